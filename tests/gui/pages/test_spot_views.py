"""The views of the spot: reached by a switch and by keys, recomputed by hand from the digits shown, steady, copied."""

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from playground.gui.pages.spot.class_choice import NOWHERE, OWN, SUPPOSED
from playground.gui.pages.spot.derivation_view import SAME, TOO_SMALL
from playground.gui.pages.spot.likelihood_view import NO_PENALTY, NO_POINTS
from playground.gui.pages.spot.views import SpotViews
from playground.gui.parts.number_table import NumberTable
from playground.session.dataset import Dataset, empty_dataset
from playground.session.digits import read, unit
from playground.session.generators import Recipe, generate
from playground.session.lessons.lessons import load_lesson
from playground.session.looking import SPOT_VIEWS, Looking, pictures_of
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.eyes import Eyes
from tests.gui.hands import CONTROL, LEFT, SHIFT, Hands, bring_up, turn
from tests.shown_numbers import follows

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
DATA = generate(Recipe("blobs", classes=4, points=40, noise=0.6))
GAP = (0.31, -0.27)
WIDTH = 427  # of the page in a window of 1280 pixels


def moment(
    view: str, probe: Any, dataset: Dataset = DATA, steps: int = 10, scale: float = 1.0, **other: Any
) -> Snapshot:
    """A snapshot for a view after some steps, its output layer as many times as large."""
    looking = Looking(spot_view=view)
    asked = {key: other.pop(key) for key in ("temperature", "supposed") if key in other}
    trainer = Trainer(Request(dataset, Settings(**other), probe=probe, pictures=pictures_of(looking), **asked))
    for _ in range(steps):
        trainer.step()
    trainer.network.layers[-1][:] *= scale
    return trainer.snapshot()


def point(index: int, dataset: Dataset = DATA) -> tuple[float, float]:
    return float(dataset.X[0, index]), float(dataset.X[1, index])


class Views:
    """A page of the spot on its own, shown moments of a view."""

    def __init__(self, qtbot: QtBot) -> None:
        self.page, self.page_bot = SpotViews(), qtbot
        qtbot.addWidget(self.page)
        bring_up(qtbot, self.page, WIDTH, 1000)
        self.eyes = Eyes(self.page, qtbot)

    def show(self, view: str, probe: Any, **other: Any) -> Snapshot:
        self.page.show_looking(Looking(spot_view=view, supposed=other.get("supposed", 0)))
        snapshot = moment(view, probe, **other)
        self.page.show_snapshot(snapshot)
        turn(self.page_bot)
        return snapshot

    def tables(self) -> list[NumberTable]:
        return self.eyes.seen(NumberTable)


@pytest.fixture
def views(qtbot: QtBot) -> Views:
    return Views(qtbot)


def numbers(texts: list[str]) -> list[float]:
    return [read(text.lstrip("+")) for text in texts]


def recompute_derivation(eyes: Eyes, label: int, m: int | None) -> None:
    """Every number of the derivation on screen from the digits before it, with nothing but a calculator."""
    index = str(label + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    (log_total,), (own,), (loss,) = (eyes.column(title, 0) for title in ("log Σ eᶻ", f"z{index}", "L"))
    z, shares = (numbers(eyes.column(title, 1)) for title in ("z", "ŷ"))
    assert follows(log_total, math.log(sum(map(math.exp, z))))
    assert read(own.strip("()")) == z[label]
    assert follows(loss, read(log_total) - read(own.strip("()")))
    assert [int(y) for y in eyes.column("y", 1)] == [int(j == label) for j in range(len(z))]
    dz, dj = (eyes.column(title, 1) for title in ("dz = ŷ − y", "∂J/∂z = dz/m"))
    row, by, product, short = (
        eyes.column(title, 2) for title in (f"∂ŷ{index}/∂z", f"× −1/ŷ{index}", "=", "dz = ŷ − y")
    )
    assert short == dz
    for j in range(len(z)):
        assert follows(eyes.column("ŷ", 1)[j], math.exp(z[j]) / sum(map(math.exp, z)))
        assert follows(dz[j], shares[j] - (j == label))
        assert follows(row[j], shares[label] * ((j == label) - shares[j]))
        assert follows(by[j], -1 / shares[label])
        assert follows(product[j], read(row[j]) * read(by[j]))
        assert abs(read(product[j].lstrip("+")) - numbers(dz)[j]) <= unit(product[j].lstrip("+"))
        if m is None:
            assert dj[j] == "–"
        else:
            assert follows(dj[j], numbers(dz)[j] / m)
    cells = eyes.matrix("∂ŷ/∂z")
    for i, texts in enumerate(cells):
        for j, text in enumerate(texts):
            assert follows(text, shares[i] * ((i == j) - shares[j]))


# Three spots of the window, recomputed


def set_up(hands: Hands, classes: int, *, standardise: bool = False) -> None:
    while classes > hands.dataset.C:
        hands.controller.add_class()
    hands.controller.load_built_in("blobs")
    hands.controller.set_setting("standardise", standardise)
    for _ in range(5):
        hands.key(Key.Key_Period, on=hands.plane)
    hands.until(lambda: hands.step == 5)


@pytest.mark.parametrize(("classes", "temperature", "standardise"), [(4, 1.0, False), (10, 1.0, False), (4, 2.5, True)])
def test_the_derivation_is_recomputed_by_hand(
    hands: Hands, classes: int, temperature: float, standardise: bool
) -> None:
    set_up(hands, classes, standardise=standardise)
    hands.controller.show(temperature=temperature)
    hands.window.probing.pin_to(11)
    hands.key(Key.Key_D, ALT)
    hands.until(lambda: hands.settled().derivation is not None)
    eyes = Eyes(hands.window.explanations.page, hands.qtbot)
    recompute_derivation(eyes, int(hands.dataset.labels[11]), hands.dataset.m)
    assert SAME in eyes.texts()
    assert ("standardised" in eyes.texts()) == standardise


def test_the_likelihood_on_screen_comes_to_the_j_of_the_readouts(hands: Hands) -> None:
    set_up(hands, 3)
    hands.controller.set_setting("test_share", 0.3)
    hands.key(Key.Key_W, ALT)
    hands.until(lambda: hands.settled().why_log is not None)
    eyes = Eyes(hands.window.explanations.page, hands.qtbot)
    (product,), (total,), (m,), (mean,) = (eyes.column(title, 0) for title in ("∏ ŷ", "Σ −log ŷ = Σ L", "m", "1/m Σ L"))
    mantissa, _, power = product.partition("×10")
    exponent = int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
    assert follows(total, -math.log(float(mantissa)) - exponent * math.log(10))
    assert follows(mean, read(total) / int(m))
    assert int(m) < hands.dataset.m
    assert read(mean) == pytest.approx(hands.snapshot.cost, abs=1e-5)
    assert NO_PENALTY in eyes.texts()


# Two gestures


@pytest.mark.parametrize(
    ("view", "key"), [("derivation", Key.Key_D), ("why_log", Key.Key_W), ("calculation", Key.Key_C)]
)
def test_a_key_brings_a_view_up_from_any_page_and_its_button_from_the_spot(
    hands: Hands, view: str, key: Qt.Key
) -> None:
    title, _, keys = SPOT_VIEWS[view]
    hands.key(Key.Key_2, ALT)
    hands.key(key, ALT)
    assert (hands.controller.looking.page, hands.controller.looking.spot_view) == ("spot", view)
    assert hands.find(QToolButton, f"Spot: {title}").isChecked()
    assert keys in hands.find(QToolButton, f"Spot: {title}").toolTip()
    other = next(name for name in SPOT_VIEWS if name != view)
    for name in (other, view):
        button = hands.find(QToolButton, f"Spot: {SPOT_VIEWS[name][0]}")
        assert button.text() == SPOT_VIEWS[name][0]
        hands.qtbot.mouseClick(button, LEFT)
        assert hands.controller.looking.spot_view == name


def test_a_view_is_computed_while_it_is_on_screen_alone(hands: Hands) -> None:
    hands.window.probing.pin_to(3)
    for key, field in ((Key.Key_D, "derivation"), (Key.Key_W, "why_log")):
        hands.key(key, ALT)
        hands.until(lambda field=field: getattr(hands.round_trip(), field) is not None)
        hands.key(Key.Key_2, ALT)
        hands.until(lambda field=field: getattr(hands.round_trip(), field) is None)


def test_the_numbers_follow_the_run_while_it_trains(hands: Hands) -> None:
    hands.window.probing.pin_to(3)
    hands.key(Key.Key_D, ALT)
    hands.until(lambda: hands.settled().derivation is not None)
    eyes = Eyes(hands.window.explanations.page, hands.qtbot)
    before = eyes.column("L", 0)
    hands.key(Key.Key_Space, on=hands.plane)
    hands.until(lambda: eyes.column("L", 0) != before)
    hands.key(Key.Key_Space, on=hands.plane)
    hands.settled()
    recompute_derivation(eyes, int(hands.dataset.labels[3]), hands.dataset.m)  # all of one moment again


# y, where no point lies


def test_in_a_gap_y_is_supposed_and_chosen_and_on_a_point_it_is_the_point_s(hands: Hands) -> None:
    hands.key(Key.Key_D, ALT)
    hands.controller.show(pin=GAP)
    hands.until(lambda: hands.settled().derivation is not None)
    eyes = Eyes(hands.window.explanations.page, hands.qtbot)
    names = [hands.dataset.class_name(label) for label in range(3)]
    hands.qtbot.mouseClick(hands.find(QToolButton, f"Suppose y is {names[2]}"), LEFT)
    hands.until(lambda: hands.settled().derivation.label == 2)
    recompute_derivation(eyes, 2, None)
    assert SUPPOSED in eyes.texts()
    hands.window.probing.pin_to(11)
    hands.until(lambda: not hands.settled().derivation.is_supposed)
    own = int(hands.dataset.labels[11])
    assert hands.find(QToolButton, f"Suppose y is {names[own]}").isChecked()
    assert not hands.find(QToolButton, f"Suppose y is {names[2]}").isEnabled()
    assert OWN in eyes.texts()
    assert hands.controller.looking.supposed == 2


@pytest.mark.parametrize("view", ["derivation", "why_log"])
def test_nothing_moves_when_the_mouse_goes_from_a_gap_to_a_point(views: Views, view: str) -> None:
    places = []
    for probe in (GAP, point(3), GAP, point(7)):
        views.show(view, probe)
        tables = views.tables()
        places.append([(table.mapTo(views.page, QPoint()), table.size()) for table in tables])
    assert places[0] == places[1] == places[2] == places[3]


def test_a_class_that_is_supposed_and_gone_is_the_last(views: Views) -> None:
    fewer = generate(Recipe("blobs", classes=2, points=20))
    views.show("derivation", GAP, dataset=fewer, supposed=9)
    recompute_derivation(views.eyes, 1, None)


def test_without_a_spot_there_is_the_likelihood_alone(views: Views) -> None:
    views.show("derivation", None)
    assert views.tables() == []
    views.show("why_log", None)
    assert len(views.tables()) == 1
    assert NOWHERE in views.eyes.texts()
    assert views.page.copy_button.isEnabled()


def test_without_points_there_is_no_likelihood(views: Views) -> None:
    views.show("why_log", GAP, dataset=empty_dataset(3), steps=0)
    assert NO_POINTS in views.eyes.texts()
    assert len(views.tables()) == 3


# Held out, extreme, every C


def test_a_held_out_point_is_not_in_j(views: Views) -> None:
    index = int(np.flatnonzero(DATA.is_test(0.4))[0])
    snapshot = views.show("derivation", point(index), test_share=0.4)
    assert snapshot.derivation is not None
    recompute_derivation(views.eyes, int(DATA.labels[index]), None)
    assert f"m = {int((~DATA.is_test(0.4)).sum())} training points" in views.eyes.texts()


@pytest.mark.parametrize("view", ["derivation", "why_log"])
@pytest.mark.parametrize(("classes", "scale"), [(2, 1), (5, 60), (9, 3), (10, 1), (10, 60), (10, 5e4)])
def test_nothing_is_cut_for_any_number_of_classes_however_sure(
    views: Views, view: str, classes: int, scale: float
) -> None:
    dataset = generate(Recipe("blobs", classes=classes, points=40))
    views.show(view, point(3, dataset), dataset=dataset, scale=scale)
    assert views.page.minimumSizeHint().width() <= WIDTH
    for label in views.eyes.seen(QLabel):
        if label.text() and not label.wordWrap():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), label.text()


def test_where_the_share_is_too_small_to_divide_by_the_long_way_says_so(views: Views) -> None:
    shown = (views.show("derivation", GAP, scale=1e6, supposed=label) for label in range(4))
    lost = [snapshot.derivation for snapshot in shown if TOO_SMALL in views.eyes.texts()]
    assert [each is not None and each.table.Y_hat[each.label] for each in lost] == [0] * 3


# Why −log


def along(eyes: Eyes) -> dict[str, list[str]]:
    return {"here": eyes.column("here", 1), "tried": eyes.column("tried", 1)}


def test_both_losses_and_both_gradients_are_recomputed_by_hand(views: Views) -> None:
    views.show("why_log", point(3), steps=40)
    label, eyes = int(DATA.labels[3]), views.eyes
    shares = numbers(eyes.column("ŷ", 2))
    u = [share - (j == label) for j, share in enumerate(shares)]
    s = sum(share * apart for share, apart in zip(shares, u, strict=True))
    for j, (log_dz, square_dz) in enumerate(zip(eyes.column("∂L/∂z = ŷ − y", 2), eyes.column("∂S/∂z", 2), strict=True)):
        assert follows(log_dz, u[j])
        assert follows(square_dz, shares[j] * (u[j] - s))
    p, loss, pull, square, square_pull = along(eyes)["here"]
    assert read(p) == shares[label]
    assert follows(loss, -math.log(read(p)))
    assert follows(pull, 1 - read(p))
    assert follows(square, sum(apart**2 for apart in u) / 2)
    assert follows(square_pull, shares[label] * (s - u[label]))


def test_another_share_is_tried_by_keys_and_shows_squared_error_dying(hands: Hands) -> None:
    hands.window.probing.pin_to(3)
    hands.key(Key.Key_W, ALT)
    hands.until(lambda: hands.settled().why_log is not None)
    slider = hands.find(QSlider, "Another ŷ of class y")
    eyes = Eyes(hands.window.explanations.page, hands.qtbot)
    step, theta = hands.step, hands.snapshot.parameters.copy()
    slider.setFocus()
    hands.key(Key.Key_Home, on=slider)
    (r,) = re.findall(r"^r = (\S+) is", eyes.texts(), re.MULTILINE)
    p, loss, pull, square, square_pull = along(eyes)["tried"]
    assert (read(p), pull) == (0.001, "0.999")
    assert follows(loss, -math.log(0.001))
    assert follows(square, 0.999**2 * (1 + read(r)) / 2)
    assert follows(square_pull, 0.001 * 0.999**2 * (1 + read(r)))
    assert read(square_pull) < 0.002
    assert hands.round_trip().step == step
    np.testing.assert_array_equal(hands.snapshot.parameters, theta)


# Copied


@pytest.mark.parametrize(
    ("view", "says"),
    [
        ("derivation", ("dz = y_hat − y", "log Σ e^z", r"\hat y_i ([i = j] - \hat y_j)")),
        ("why_log", ("likelihood", "squared error", r"\prod_{i=1}^m")),
    ],
)
def test_what_a_view_shows_is_what_is_copied(hands: Hands, view: str, says: tuple[str, str, str]) -> None:
    hands.window.probing.pin_to(3)
    hands.controller.show(page="spot", spot_view=view)
    hands.until(lambda: getattr(hands.settled(), view) is not None)
    eyes = Eyes(hands.window.explanations.page, hands.qtbot)
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    hands.key(Key.Key_C, CONTROL, on=hands.plane)
    copied = clipboard.text()
    assert all(part in copied for part in says[:2])
    texts = {text for table in eyes.seen(NumberTable) for text in table_texts(table)}
    tried = set(eyes.column("tried", 1)) if view == "why_log" else set()
    shown = [text for text in texts - tried if re.match(r"[+−]?\d", text)]
    assert len(shown) > 10
    assert [text for text in shown if text not in copied] == []
    hands.key(Key.Key_C, CONTROL | SHIFT, on=hands.plane)
    assert says[2] in clipboard.text()
    assert "−" not in clipboard.text()
    hands.key(Key.Key_2, ALT)
    hands.key(Key.Key_C, CONTROL, on=hands.plane)
    assert "layer 1" in clipboard.text()  # elsewhere the calculation, as ever


def table_texts(table: NumberTable) -> list[str]:
    labels = [label for label in table.findChildren(QLabel) if label.isVisibleTo(table) and label.y() > 0]
    return [label.text().strip("()") for label in labels]


# A lesson

LESSON = """
title: One
summary: One.
steps:
  - text: Look.
    look: jacobian
    scene:
      page: spot
      spot_view: derivation
      pin: [0.3, 0.2]
"""


def test_a_lesson_brings_a_view_up_and_points_out_a_part_of_it(hands: Hands, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(LESSON, encoding="utf-8")
    hands.window.lessons.begin(load_lesson(file))
    hands.until(lambda: hands.settled().derivation is not None)
    hands.until(hands.window.lessons.pointer.isVisible)
    (jacobian,) = hands.window.lessons.parts["jacobian"]
    frame = hands.window.lessons.pointer.geometry()
    assert frame.contains(jacobian.mapTo(hands.window, QPoint(10, 10)))
