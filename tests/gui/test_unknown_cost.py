"""Where J is unknown no place shows a number for it: not the top bar, nor Points, nor Spot, nor what is copied."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel

from playground.gui.pages.cost_sum import CostSum
from playground.session.dataset import Dataset
from playground.session.generators import Recipe, generate
from playground.session.settings import Settings
from playground.session.sources import Loaded
from tests.gui.eyes import Eyes
from tests.gui.hands import Hands, named

DIGITS = set("0123456789")
FAR = Settings(activation="relu", optimizer="gradient descent", learning_rate=100.0, batch_size=10, standardise=False)


def held_out(dataset: Dataset, share: float) -> Dataset:
    """The same points, each with a rank below the share."""
    return replace(dataset, ranks=share * dataset.ranks)


def empty(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)


def all_held_out(hands: Hands) -> None:
    hands.controller.load(Loaded(held_out(hands.dataset, 0.5), Settings(test_share=0.5)), "Open")


def not_finite(hands: Hands) -> None:
    """Three steps towards a divergence that the record of the fourth would find."""
    points = generate(Recipe(points=800))
    ranks = np.arange(800) / 800  # so 400 of them train
    hands.controller.load(Loaded(replace(points, X=points.X * 1e6, ranks=ranks), replace(FAR, test_share=0.5)), "Open")
    for _ in range(3):
        hands.key(Qt.Key.Key_Period, on=hands.plane)
    hands.until(lambda: hands.step == 3)


def readout(hands: Hands, name: str) -> str:
    return named(hands.window.top_bar, QLabel, name).text()


@pytest.mark.parametrize(
    ("unlearn", "train", "test"),
    [(empty, "–", False), (all_held_out, "–", True), (not_finite, "not finite", False)],
)
def test_where_j_is_unknown_no_number_is_shown_for_it(
    hands: Hands, unlearn: Callable[[Hands], None], train: str, test: bool
) -> None:
    hands.trained_to(3)
    hands.window.probing.pin_to(0)
    hands.settled()
    assert any(formula.startswith("J is") for formula in Eyes(hands.window.explanations.page, hands.qtbot).formulas())
    unlearn(hands)
    if hands.dataset.m:
        hands.window.probing.pin_to(0)
    snapshot = hands.settled()
    assert snapshot.cost is None
    assert (readout(hands, "J train"), readout(hands, "accuracy")) == (train, "–")
    for name in ("J test", "test acc."):
        assert bool(DIGITS & set(readout(hands, name))) == test
    hands.controller.show(page="points")
    hands.settled()
    for view in hands.window.explanations.page.findChildren(CostSum):
        numbers = [label.text() for label in view.findChildren(QLabel)]
        assert not view.isVisible() or not DIGITS & set(numbers[4]), numbers
    hands.controller.show(page="spot")
    hands.settled()
    said = Eyes(hands.window.explanations.page, hands.qtbot)
    assert "This point adds" not in said.texts()
    assert not any(formula.startswith("J is") for formula in said.formulas())
    for kind in ("text", "latex"):
        assert "J =" not in hands.window.explanations.text(kind)
        assert "of J" not in hands.window.explanations.text(kind)
