"""Rest the mouse, moved over the window, on any term of the worked example: what it stands for lights up elsewhere."""

from collections.abc import Iterator

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF
from PyQt6.QtWidgets import QLabel, QScrollArea, QWidget

from playground.gui.pages.spot.views import SpotViews
from playground.gui.parts.formula import Formula
from playground.gui.parts.number_table import NumberTable
from playground.session.light import UNLIT, Light
from tests.gui.hands import Hands
from tests.gui.pages.test_spot_page import SEEN, looks

AWAY = QPoint(2, 2)
SUM = Light("sum")
GENERAL = {Light("x"), Light("z"), Light("exp"), Light("sum"), Light("y_hat"), Light("y"), Light("dz"), Light("L")}


@pytest.fixture
def pinned(hands: Hands) -> tuple[Hands, SpotViews]:
    """A run with a curve of J, the probe pinned to a point of class 1, and the mouse beside everything."""
    hands.trained_to(20)
    index = int(np.flatnonzero(hands.dataset.labels == 0)[3])
    hands.window.probing.pin_to(index)
    hands.settled()
    (page,) = hands.window.findChildren(SpotViews)
    hands.hover(hands.window.top_bar, AWAY)
    return hands, page


def bring_into_view(hands: Hands, page: QWidget, widget: QWidget) -> None:
    (area,) = (area for area in hands.window.findChildren(QScrollArea) if area.widget() is page)
    area.ensureWidgetVisible(widget)


def places_in(formula: Formula) -> Iterator[QPoint]:
    """Places on and beside the middle of each term."""
    assert formula._typeset is not None
    for term in formula._typeset.terms:
        for across in (0.5, 0.1, 0.9):
            for down in (0.5, 0.1, 0.9):
                spot = QPointF(term.box.left() + across * term.box.width(), term.box.top() + down * term.box.height())
                yield (spot * formula._scale() + QPointF(0, formula._top())).toPoint()


def light_at(hands: Hands, page: SpotViews, widget: QWidget, place: QPoint) -> Light:
    """Rest the mouse there; what the page says that it rests on."""
    heard: list[Light] = []
    hands.hover(hands.window.top_bar, AWAY)
    page.lit.connect(heard.append)
    hands.hover(widget, place)
    page.lit.disconnect(heard.append)
    return heard[-1] if heard else UNLIT


def assert_lights(
    hands: Hands, page: SpotViews, widget: QWidget, place: QPoint, light: Light, plain: dict[str, bytes]
) -> None:
    """What lights up while the mouse rests there is what the light is for, and it goes out again."""
    assert light_at(hands, page, widget, place) == light
    lit = looks(hands, page)
    changed = {name for name in plain if lit[name] != plain[name]}
    assert changed == SEEN[light], f"{light} at {place} on {widget.accessibleName() or widget}"
    hands.hover(hands.window.top_bar, AWAY)
    assert looks(hands, page) == plain, light


def test_every_marked_term_of_every_formula_lights_up_what_it_stands_for(pinned: tuple[Hands, SpotViews]) -> None:
    hands, page = pinned
    plain = looks(hands, page)
    found: set[Light] = set()
    for formula in [each for each in page.findChildren(Formula) if each.isVisibleTo(page)]:
        bring_into_view(hands, page, formula)
        terms = {term.light for term in formula._typeset.terms}
        met: dict[Light, QPoint] = {}
        for place in places_in(formula):
            light = light_at(hands, page, formula, place)
            met.setdefault(light, place)
        assert set(met) - {UNLIT} == terms, formula.accessibleName()
        for light in terms - found:
            if light in SEEN:
                assert_lights(hands, page, formula, met[light], light, plain)
        found |= terms
    assert found == GENERAL | {Light("J"), Light("y_hat", 0)}


def test_every_column_and_cell_lights_up_formulas_and_maps(pinned: tuple[Hands, SpotViews]) -> None:
    hands, page = pinned
    plain = looks(hands, page)
    (table,) = page.findChildren(NumberTable)
    bring_into_view(hands, page, table)
    titles = {label.text(): label for label in table.findChildren(QLabel) if label.y() == 0 and label.isVisible()}
    terms = {"z": "z", "eᶻ": "exp", "ŷ": "y_hat", "hard": "hard", "y": "y", "dz": "dz"}
    for title, term in terms.items():
        centre = titles[title].geometry().center()
        assert_lights(hands, page, table, centre, Light(term), plain)
        for label in range(3):
            place = QPoint(centre.x(), 30 + 20 * label)
            assert light_at(hands, page, table, place) == Light(term, label)
            lit = looks(hands, page)
            changed = {name for name in plain if lit[name] != plain[name]}
            assert changed == SEEN[Light(term)] | {"maps"}, (term, label)  # a cell is of a class, as its map is
    assert_lights(hands, page, table, QPoint(titles["eᶻ"].geometry().center().x(), table.height() - 8), SUM, plain)
    assert_lights(hands, page, table, QPoint(8, 30 + 40), Light("", 2), plain)


def test_the_values_of_x_l_and_j_light_up_what_they_are_the_values_of(pinned: tuple[Hands, SpotViews]) -> None:
    hands, page = pinned
    plain = looks(hands, page)
    shown = [each for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    values = [each for each in shown if each.text().startswith(("x = ", "= "))]
    for value, term in zip(values, ("x", "L", "J"), strict=True):
        bring_into_view(hands, page, value)
        assert_lights(hands, page, value, QPoint(8, value.height() // 2), Light(term), plain)


def test_the_readout_of_j_and_the_chart_light_each_other_and_the_page_up(pinned: tuple[Hands, SpotViews]) -> None:
    hands, page = pinned
    plain = looks(hands, page)
    for widget, place in (
        (hands.find(QLabel, "J train"), QPoint(4, 4)),
        (hands.window.cost_plot, QPoint(60, 60)),
    ):
        hands.hover(widget, place)
        lit = looks(hands, page)
        assert {name for name in plain if lit[name] != plain[name]} == SEEN[Light("J")], widget
        hands.hover(hands.window.top_bar, AWAY)
        assert looks(hands, page) == plain


def test_each_map_lights_up_its_class_s_row_and_the_formulas_of_y_hat(pinned: tuple[Hands, SpotViews]) -> None:
    hands, page = pinned
    plain = looks(hands, page)
    for label in range(3):
        hands.hover(hands.find(QWidget, f"Probability of class {label + 1}"), QPoint(20, 8))
        lit = looks(hands, page)
        changed = {name for name in plain if lit[name] != plain[name]} - {"plane"}  # it shows the map while one rests
        assert changed == SEEN[Light("y_hat")], label
        hands.hover(hands.window.top_bar, AWAY)
        assert {name for name, look in looks(hands, page).items() if look != plain[name]} <= {"plane"}
