"""No text of the window is cut at 1280 × 800: what may be long has an ellipsis and a tip with the whole, or wraps."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QTableView, QToolButton, QWidget

from playground.gui.plots.class_map import ClassMap
from playground.session.dataset import ClassLabel, Dataset
from playground.session.looking import PAGES, SPOT_VIEWS, Desk
from playground.session.settings import Settings
from playground.session.sources import Loaded
from playground.session.stages.stages import stages
from tests.gui.eyes import read_tip
from tests.gui.hands import PATIENCE, Hands

LONG = "Chinstrap penguin of the island, seen from far away in the morning's fog"
NAMES = (LONG, "versicolor", "10", "Adelie", "W" * 20, "setosa", "a_name_without_a_space_in_it", "i", "", "W&M")


def drawing(names: tuple[str, ...], width: float = 1.0, shift: float = 0.0) -> Dataset:
    rng = np.random.default_rng(0)
    labels = np.arange(8 * len(names)) % len(names)
    angles = 2 * np.pi * labels / len(names)
    X = np.stack([np.cos(angles), np.sin(angles)]) + rng.normal(scale=0.1, size=(2, labels.size))
    classes = tuple(ClassLabel(i, name) for i, name in enumerate(names))
    return Dataset(shift + width * X, labels, rng.random(labels.size), classes, ("x1", "x2"))


DRAWINGS = {
    "ten long names": drawing(NAMES),
    "two": drawing((LONG, "")),
    "iris's names": drawing(("setosa", "versicolor", "virginica")),
    "1.1e9 wide": drawing(NAMES[1:4], 1.1e9, 3.3e9),
    "Julian dates": drawing(NAMES[1:4], 1e-3, 2459000.5),
    "far below 1": drawing(NAMES[1:4], 1e-88, -3e-88),
}
MADE_FOR = {"calculation": "example", "derivation": "derivation", "why_log": "why_log"}


def is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height()
    return label.sizeHint().width() > label.width()


def check_texts(owner: QWidget) -> None:
    labels = [label for label in owner.findChildren(QLabel) if label.isVisible() and label.text()]
    assert [label.text() for label in labels if is_cut(label)] == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_label_of_any_page_is_cut(hands: Hands, name: str) -> None:
    window = hands.window
    window.resize(1280, 760)  # of a screen of 1280 × 800
    hands.controller.load(Loaded(DRAWINGS[name], Settings(standardise=name != "two")), "Open")
    hands.controller.show(temperature=2.0)
    window.probing.pin_to(0)
    for page in PAGES:
        for view in SPOT_VIEWS if page == "spot" else [hands.controller.looking.spot_view]:
            hands.controller.show(page=page, spot_view=view)
            wait_for_page(hands)
            hands.qtbot.waitUntil(lambda: check_texts(window), timeout=PATIENCE)


def wait_for_page(hands: Hands) -> None:
    """Until the snapshot shown was made for the page and the view that are looked at."""
    hands.settled()
    looking = hands.controller.looking
    hands.until(lambda: looking.page != "spot" or getattr(hands.snapshot, MADE_FOR[looking.spot_view]) is not None)


FIELD_EDGES = 8  # pixels that a field keeps for its frame
EXTREME = (-1234.5678, -1e6, 1e300, 0.5)


def check_numbers(owner: QWidget) -> None:
    check_texts(owner)
    fields = [field for field in owner.findChildren(QLineEdit) if field.isVisible()]
    wide = [it for it in fields if it.fontMetrics().horizontalAdvance(it.text()) > it.width() - FIELD_EDGES]
    assert [field.text() for field in wide] == []
    for table in (table for table in owner.findChildren(QTableView) if table.isVisible()):
        model = table.model()
        assert model is not None
        for column in range(model.columnCount()):
            texts = [str(model.index(row, column).data() or "") for row in range(model.rowCount())]
            room = table.columnWidth(column)
            assert [text for text in texts if table.fontMetrics().horizontalAdvance(text) > room] == []


def test_no_number_is_cut_however_extreme(hands: Hands) -> None:
    window = hands.window
    window.resize(1280, 760)
    for width in (1234.5678, 1e5, 1e6, 1e17, 1e29):  # of inputs as they are, so z is of that size too
        hands.controller.load(
            Loaded(drawing(("a", "b", "c", "d"), width), Settings(hidden=(), standardise=False)), "Open"
        )
        window.probing.pin_to(0)
        looks: list[tuple[str, dict[str, object]]] = [("spot", {"spot_view": view}) for view in SPOT_VIEWS]
        looks += [("step", {"stage": stage}) for stage in range(len(stages(1)))]
        for page, look in [*looks, ("points", {}), ("desk", {"desk": Desk(Z=EXTREME)})]:
            hands.controller.show(page=page, **look)
            wait_for_page(hands)
            hands.qtbot.waitUntil(lambda: check_numbers(window), timeout=PATIENCE)


def check_titles(hands: Hands) -> None:
    """Over each map stand the number, whole, and the name, whole or with an ellipsis."""
    for i, name in enumerate(NAMES):
        tile = hands.find(ClassMap, f"Probability of {name or 'class 9'}")
        texts = [label.text() for label in tile.findChildren(QLabel)]
        (title,) = (text for text in texts if text.split(" ")[0] == str(i + 1))
        assert title == f"{i + 1} {name}".strip() or title.endswith("…")


def test_a_long_name_ends_in_an_ellipsis_and_stands_whole_in_the_tip(hands: Hands) -> None:
    hands.controller.load(Loaded(DRAWINGS["ten long names"], Settings()), "Open")
    hands.controller.show(page="points")
    hands.settled()
    hands.qtbot.waitUntil(lambda: check_titles(hands), timeout=PATIENCE)
    for name in NAMES:
        tile = hands.find(ClassMap, f"Probability of {name or 'class 9'}")
        (button,) = (
            button
            for button in hands.window.findChildren(QToolButton)
            if button.accessibleName().startswith(f"{name or 'class 9'}, ")
        )
        assert name in read_tip(tile.toolTip())
        assert name in read_tip(button.toolTip())
    points = next(
        view for view in hands.window.findChildren(QTableView) if view.isVisible() and view.model().rowCount() == 80
    )
    tips = {str(points.model().index(row, 1).data(Qt.ItemDataRole.ToolTipRole)) for row in range(80)}
    assert {read_tip(tip) for tip in tips} == {name or "class 9" for name in NAMES}


@pytest.mark.parametrize(("names", "cut"), [(("setosa", "versicolor", "virginica"), 0), (NAMES, 4)])
def test_names_are_cut_in_the_list_only_where_there_is_no_room(hands: Hands, names: tuple[str, ...], cut: int) -> None:
    hands.controller.load(Loaded(drawing(names), Settings()), "Open")
    buttons = [it for it in hands.window.findChildren(QToolButton) if it.accessibleName().endswith(", 8 points")]
    assert len(buttons) == len(names)
    assert sum("…" in button.text() for button in buttons) == cut


def test_long_names_of_axes_and_in_menus_end_in_an_ellipsis(hands: Hands) -> None:
    for plain, end in ((drawing((LONG, "b", "c")), "…"), (drawing((LONG, "b", "c"), 1.1e9, 3.3e9), "…, in 10⁹")):
        hands.controller.load(Loaded(replace(plain, axes=(LONG * 2, LONG * 2)), Settings()), "Open")
        hands.settled()
        for axis in hands.plane.axes.values():
            words = axis.label.mapRectToScene(axis.label.boundingRect())
            assert axis.mapRectToScene(axis.boundingRect()).adjusted(-6, 0, 6, 6).contains(words)
            assert axis.label.toPlainText().strip().endswith(end)
            assert read_tip(axis.label.toolTip()) == LONG * 2
    hands.controller.remove_class(0)
    assert hands.window.actions_by_name["undo"].text().startswith("Undo remove Chinstrap")
    assert hands.window.actions_by_name["undo"].text().endswith("…")
