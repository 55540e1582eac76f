"""The page of the twin: the same numbers on both sides, what their difference is, and the way to two classes."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.pages import twin_text
from playground.gui.pages.twin_page import TwinPage
from playground.gui.palette import DARK
from playground.gui.parts.formula import Formula
from playground.gui.parts.number_table import NumberTable
from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.grid import Grid
from playground.session.light import UNLIT, Light
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.hands import LEFT, bring_up, delete_the_dying
from tests.shown_numbers import number

MOONS = generate(Recipe("moons", classes=2, points=30, noise=0.3))
WEDGES = generate(Recipe("wedges", classes=3, points=10))
GRID = Grid(-2, 3, -2, 2, 20, 16)
PROBE = (0.4, -0.2)
WIDTH, NARROW, HEIGHT = 400, 390, 560


def shown(steps: int = 40, dataset: Dataset = MOONS, **changes: Any) -> Snapshot:
    """A run's moment with the page on screen; settings and wishes by their names."""
    settings = {"hidden": (), "optimizer": "gradient descent", "learning_rate": 0.5}
    names = set(Settings.__dataclass_fields__)
    settings |= {name: value for name, value in changes.items() if name in names}
    wishes = {"grid": GRID, "probe": PROBE} | {name: value for name, value in changes.items() if name not in names}
    trainer = Trainer(Request(dataset, Settings(**settings), running=True, pictures=frozenset({"twin"}), **wishes))
    for _ in range(steps):
        trainer.step()
    return trainer.snapshot()


def with_twin(snapshot: Snapshot, **changes: Any) -> Snapshot:
    assert snapshot.twin is not None
    return replace(snapshot, twin=replace(snapshot.twin, **changes))


@pytest.fixture
def page(qtbot: QtBot) -> TwinPage:
    page = TwinPage()
    qtbot.addWidget(page)
    bring_up(qtbot, page, WIDTH, HEIGHT)
    return page


def texts(widget: QWidget) -> list[str]:
    delete_the_dying()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def said(page: TwinPage) -> str:
    return " ".join(texts(page))


def rows(page: TwinPage, table: int) -> list[list[str]]:
    """The texts of a table's rows, titles first: the parameters' table is 0, that of both side by side 1."""
    delete_the_dying()
    found: dict[int, list[QLabel]] = {}
    for label in page.findChildren(NumberTable)[table].findChildren(QLabel):
        if label.isVisible():
            found.setdefault(label.y(), []).append(label)
    return [[label.text() for label in sorted(found[y], key=QLabel.x)] for y in sorted(found)]


# Two that are one


def test_each_parameter_stands_beside_the_twins_own_and_their_difference(page: TwinPage) -> None:
    snapshot = shown()
    page.show_snapshot(snapshot)
    titles, *shown_rows = rows(page, 0)
    assert titles == ["", "class 1", "class 2", "difference", "twin", "apart"]
    assert [row[0] for row in shown_rows] == ["w (x₁)", "w (x₂)", "b"]
    theta = snapshot.parameters.reshape(2, 3)
    for i, row in enumerate(shown_rows):
        first, second, difference, twin, apart = (number(text) for text in row[1:])
        assert first == pytest.approx(theta[0, i], abs=5e-4)
        assert second == pytest.approx(theta[1, i], abs=5e-4)
        assert difference == pytest.approx(theta[0, i] - theta[1, i], abs=5e-4)
        assert twin == difference
        assert apart < 1e-14


def test_scores_probabilities_and_costs_stand_side_by_side_and_agree_with_a_calculator(page: TwinPage) -> None:
    snapshot = shown()
    page.show_snapshot(snapshot)
    titles, score, probability, cost = rows(page, 1)
    assert titles == ["", "softmax", "twin", "apart"]
    (w11, w12, b1), (w21, w22, b2) = snapshot.parameters.reshape(2, 3)
    z = (w11 - w21) * PROBE[0] + (w12 - w22) * PROBE[1] + b1 - b2
    for row, expected in ((score, z), (probability, 1 / (1 + math.exp(-z))), (cost, snapshot.cost)):
        assert number(row[1]) == pytest.approx(expected, rel=1e-4)
        assert row[2] == row[1]
        assert number(row[3]) < 1e-14


def test_the_largest_difference_reads_as_what_it_is(page: TwinPage) -> None:
    page.show_snapshot(shown())
    (text,) = (text for text in texts(page) if "rounding" in text)
    assert re.fullmatch(r"\d(\.\d+)?×10⁻¹[⁵⁶⁷]: rounding", text)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"largest_difference": 3.3e-16}, "3.3×10⁻¹⁶: rounding"),
        ({"largest_difference": 0.0}, "0: equal to the last bit"),
        ({"largest_difference": 0.021}, "0.0210: magnified rounding"),
        ({"largest_difference": 0.021, "agrees": False}, "0.0210: other moves"),
        ({"largest_difference": 0.021, "is_spoiled": True}, "0.0210: the mistake"),
        ({"largest_difference": 1e-15, "agrees": False, "is_spoiled": True}, "1.0×10⁻¹⁵: rounding"),
        ({"largest_difference": math.nan}, "scores too large to be numbers"),
        ({"largest_difference": None}, "no plane in view"),
    ],
)
def test_a_difference_has_its_cause(page: TwinPage, changes: dict[str, Any], expected: str) -> None:
    page.show_snapshot(with_twin(shown(), **changes))
    assert expected in texts(page)


def test_it_follows_the_run(page: TwinPage) -> None:
    for steps in (0, 7, 80):
        snapshot = shown(steps)
        page.show_snapshot(snapshot)
        assert snapshot.cost is not None
        assert number(rows(page, 1)[3][1]) == pytest.approx(snapshot.cost, rel=1e-4)


def test_without_a_probe_it_says_how_to_get_one(page: TwinPage) -> None:
    page.show_snapshot(shown(probe=None))
    assert "Rest the mouse on the plane" in said(page)
    assert rows(page, 1)[1][1:] == ["–", "–", "–"]
    page.show_snapshot(shown())
    assert "Rest the mouse on the plane" not in said(page)


# Why


@pytest.mark.parametrize("rate", [0.5, 0.003, 1e-5])
def test_the_twin_has_twice_the_rate(page: TwinPage, rate: float) -> None:
    page.show_snapshot(shown(3, learning_rate=rate))
    assert f"2α = {2 * rate:g}" in said(page)
    assert "w₁ by −α g and w₂ by +α g" in said(page)
    assert "λ/2" not in said(page)


def test_and_half_the_penalty_where_there_is_one(page: TwinPage) -> None:
    page.show_snapshot(shown(l2=3.0))
    assert "λ/2 = 1.5" in said(page)


def test_it_says_since_when_the_twin_trains(page: TwinPage) -> None:
    page.show_snapshot(with_twin(shown(), since=17))
    assert "started at step 17" in said(page)


REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "rmsprop": ({"optimizer": "rmsprop", "learning_rate": 0.01}, twin_text.RMSPROP),
    "adam with a penalty": ({"optimizer": "adam", "l2": 2.0, "steps": 400}, twin_text.ADAM_WITH_PENALTY),
    "a penalty on what both share": ({"l2": 2.0, "steps": 3}, twin_text.COMMON_PART),
}
AGREEING: list[dict[str, Any]] = [
    {"optimizer": "adam", "learning_rate": 0.01},
    {"optimizer": "momentum"},
    {"l2": 5.0, "steps": 600},
]


@pytest.mark.parametrize("name", list(REASONS))
def test_where_the_two_go_other_ways_it_says_why(page: TwinPage, name: str) -> None:
    changes, reason = REASONS[name]
    page.show_snapshot(shown(**changes))
    assert reason in said(page)


@pytest.mark.parametrize("changes", AGREEING)
def test_where_they_agree_it_gives_no_reason(page: TwinPage, changes: dict[str, Any]) -> None:
    page.show_snapshot(shown(**changes))
    reasons = [reason for _, reason in REASONS.values()] + [twin_text.ADAM_REMEMBERS, twin_text.MAGNIFIED]
    assert not [reason for reason in reasons if reason in said(page)]


def test_what_adam_remembers_and_what_steps_magnify_is_said_too(page: TwinPage) -> None:
    page.show_snapshot(with_twin(shown(optimizer="adam", learning_rate=0.01), agrees=False))
    assert twin_text.ADAM_REMEMBERS in said(page)
    page.show_snapshot(with_twin(shown(), largest_difference=1e-5))
    assert twin_text.MAGNIFIED in said(page)


# What may be the matter


def test_a_planted_mistake_spoils_only_the_network(page: TwinPage) -> None:
    page.show_snapshot(shown(mistake="wrong sign"))
    assert twin_text.SPOILED in said(page)
    assert ": the mistake" in said(page)
    page.show_snapshot(shown())
    assert twin_text.SPOILED not in said(page)


def test_an_empty_plane_is_a_sentence_and_two_that_agree(page: TwinPage) -> None:
    page.show_snapshot(shown(dataset=empty_dataset(2)))
    assert twin_text.NO_POINTS in said(page)
    assert rows(page, 1)[3] == ["J", "–", "–", "–"]
    assert rows(page, 0)[1][3] == rows(page, 0)[1][4]


def test_a_diverged_run_is_a_sentence(page: TwinPage) -> None:
    snapshot = shown(400, learning_rate=100.0, l2=100.0)
    assert snapshot.diverged
    page.show_snapshot(snapshot)
    assert twin_text.DIVERGED in said(page)


def test_numbers_that_are_none_are_no_blank(page: TwinPage) -> None:
    snapshot = shown()
    assert snapshot.twin is not None
    assert snapshot.twin.at_probe is not None
    lost = replace(snapshot.twin.at_probe, z_1=math.inf, z_2=math.inf, y_hat=math.nan, score=math.nan)
    page.show_snapshot(with_twin(snapshot, at_probe=lost, w=snapshot.twin.w * math.inf))
    assert rows(page, 1)[1][1:] == ["nan", "nan", "–"]
    assert "∞" in said(page)


def test_until_the_twin_is_made_it_says_so(page: TwinPage) -> None:
    page.show_snapshot(replace(shown(), twin=None))
    assert twin_text.COMING in said(page)
    assert not page.findChildren(NumberTable)[0].isVisible()


# The way there

NEEDS: dict[str, tuple[dict[str, Any], str, tuple[bool, bool]]] = {
    "layers": ({"hidden": (8, 8)}, "2 hidden layers", (True, False)),
    "one layer": ({"hidden": (4,)}, "a hidden layer", (True, False)),
    "classes": ({"dataset": WEDGES}, "3 classes", (False, True)),
    "both": ({"hidden": (4,), "dataset": WEDGES}, "3 classes and a hidden layer", (True, True)),
    "nothing": ({}, "", (False, False)),
}


def test_at_first_nothing_stands_there_but_the_title_and_the_formula(page: TwinPage) -> None:
    assert texts(page) == ["BINARY CLASSIFICATION IS LOGISTIC REGRESSION"]
    assert [formula.isVisible() for formula in page.findChildren(Formula)].count(True) == 1


@pytest.mark.parametrize("name", list(NEEDS))
def test_each_button_is_there_where_it_is_needed(page: TwinPage, name: str) -> None:
    changes, expected, buttons = NEEDS[name]
    page.show_snapshot(shown(2, **changes))
    assert f"This network has {expected}." in said(page) or not expected
    assert ("This network has" in said(page)) == bool(expected)
    assert (page.layers_button.isVisible(), page.classes_button.isVisible()) == buttons
    assert page.findChildren(NumberTable)[0].isVisible() == (name == "nothing")
    page.show_snapshot(shown(2))
    assert page.findChildren(NumberTable)[0].isVisible()
    assert not page.layers_button.isVisible()


Press = Callable[[QtBot, QToolButton], None]


def click(qtbot: QtBot, button: QToolButton) -> None:
    qtbot.mouseClick(button, LEFT)


def press_space(qtbot: QtBot, button: QToolButton) -> None:
    page = button.window()
    assert page is not None
    for _ in range(3):
        if not button.hasFocus():
            qtbot.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize("press", [click, press_space])
def test_the_buttons_report_what_is_wished_for(page: TwinPage, qtbot: QtBot, press: Press) -> None:
    page.show_snapshot(shown(2, WEDGES, hidden=(4,)))
    wishes: list[str] = []
    page.layers_unwanted.connect(lambda: wishes.append("layers"))
    page.two_classes_wanted.connect(lambda: wishes.append("classes"))
    press(qtbot, page.layers_button)
    press(qtbot, page.classes_button)
    assert wishes == ["layers", "classes"]


# The look


def test_a_parameter_under_the_mouse_lights_up_its_column_and_the_formula(page: TwinPage, qtbot: QtBot) -> None:
    page.show_snapshot(shown())
    table = page.findChildren(NumberTable)[0]
    lights: list[Light] = []
    page.lit.connect(lights.append)
    title = next(label for label in table.findChildren(QLabel) if label.text() == "twin")
    qtbot.mouseMove(table, title.geometry().center())
    qtbot.waitUntil(lambda: Light("twin") in lights)
    formula = page.findChildren(Formula)[1]
    before = formula.grab().toImage()
    page.show_light(Light("twin"))
    assert formula.grab().toImage() != before
    page.show_light(UNLIT)
    assert formula.grab().toImage() == before


EXTREMES: list[dict[str, Any]] = [
    {"optimizer": "adam", "l2": 2.0, "learning_rate": 0.05},
    {"optimizer": "rmsprop", "learning_rate": 5.0, "steps": 300},
    {"mistake": "forget 1/m", "steps": 300},
    {"dataset": replace(MOONS, X=MOONS.X * 1e-4), "learning_rate": 90.0, "steps": 2000},
    {"dataset": WEDGES, "hidden": (8, 8, 8)},
    {"dataset": empty_dataset(2), "probe": None},
]


@pytest.mark.parametrize("changes", EXTREMES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_clipped_where_there_is_least_room(page: TwinPage, changes: dict[str, Any], theme: str) -> None:
    if theme == "dark":
        page.set_theme(DARK)
    page.resize(NARROW, HEIGHT)
    page.show_snapshot(shown(**changes))
    page.layout().activate()
    assert page.minimumSizeHint().width() <= NARROW
    assert page.layout().heightForWidth(NARROW) <= HEIGHT
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text():
            place = QRect(label.mapTo(page, QPoint(0, 0)), label.size())
            assert page.rect().contains(place), label.text()
            if not label.wordWrap():
                assert QFontMetricsF(label.font()).horizontalAdvance(label.text()) <= label.width() + 1, label.text()


def test_the_same_moment_again_changes_no_label(page: TwinPage, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = shown()
    page.show_snapshot(snapshot)
    changed: list[str] = []
    set_text = QLabel.setText

    def watched(label: QLabel, text: str) -> None:
        changed.append(text)
        set_text(label, text)

    monkeypatch.setattr(QLabel, "setText", watched)
    page.show_snapshot(snapshot)
    assert changed == []
    page.show_snapshot(shown(41))
    assert len(changed) > 10
