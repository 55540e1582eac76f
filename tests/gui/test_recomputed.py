"""The screen is recomputed by hand: a 2-3-3 network, every number from the ones shown before it, with a calculator.

Each shown number stands for all that round to it, so what is computed from them is a range too; it must agree with the
next shown number, and be narrow enough to mean something.
"""

import math
import re

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QTableView

from tests.gui.eyes import Eyes, Reading, exactly, reading, total
from tests.gui.hands import Hands, named
from tests.shown_numbers import number

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
STEPS = 40
PENALTY = 2.0
HIDDEN, CLASSES = 3, 3


def page(hands: Hands, key: Qt.Key) -> Eyes:
    hands.key(key, ALT)
    hands.settled()
    return Eyes(hands.window.explanations.page, hands.qtbot)


@pytest.fixture(params=["tanh", "sigmoid"])
def trained(hands: Hands, request: pytest.FixtureRequest) -> tuple[Hands, str]:
    """A 2-3-3 network after some steps, made one by one, and the probe pinned to a point that it has not got right."""
    hands.controller.set_setting("hidden", (HIDDEN,))
    hands.controller.set_setting("activation", request.param)
    hands.controller.set_setting("l2", PENALTY)
    hands.controller.set_setting("learning_rate", 0.05)
    for _ in range(STEPS):
        hands.key(Key.Key_Period, on=hands.plane)
    hands.until(lambda: hands.step == STEPS)
    hands.settled()
    hands.window.probing.pin_to(11)
    hands.settled()
    return hands, request.param


G = {"tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z))}


def weighted(W: list[Reading], a: list[Reading], b: Reading) -> Reading:
    return total([*(w * value for w, value in zip(W, a, strict=True)), b])


def assert_agree(computed: list[Reading], shown: list[Reading], doubt: float) -> None:
    """Each is the shown number, and the digits shown left no more doubt about it than that."""
    for one, other in zip(computed, shown, strict=True):
        assert one.agrees_with(other), f"{one} is not {other}"
        assert one.doubt <= doubt, f"{one} leaves too much open"


def column(eyes: Eyes, title: str) -> tuple[list[Reading], str]:
    """A column of the table, and its foot."""
    *rows, foot = eyes.column(title)
    return [reading(text) for text in rows], foot


def test_from_x_to_z_each_number_follows_from_the_ones_before_it(trained: tuple[Hands, str]) -> None:
    hands, activation = trained
    eyes = page(hands, Key.Key_1)
    x = eyes.vector("x")
    (told,) = re.findall(r"^x = \((\S+), (\S+)\)$", eyes.texts(), re.MULTILINE)
    assert_agree(x, [reading(text) for text in told], 1e-5)
    W, b, z = eyes.readings("W[1]"), eyes.vector("b[1]"), eyes.vector("z[1]")
    assert (len(W), len(W[0])) == (HIDDEN, 2)
    assert_agree([weighted(row, x, b_j) for row, b_j in zip(W, b, strict=True)], z, 2e-5)
    a = eyes.vector("a[1]")
    assert_agree([value.by(G[activation]) for value in z], a, 1e-5)
    W, b, z = eyes.readings("W[2]"), eyes.vector("b[2]"), eyes.vector("z[2]")
    assert (len(W), len(W[0])) == (CLASSES, HIDDEN)
    assert_agree([weighted(row, a, b_j) for row, b_j in zip(W, b, strict=True)], z, 2e-5)
    assert_agree(z, [reading(text) for text in eyes.column("z")], 1e-5)


def test_from_z_to_dz_and_l_each_number_follows_from_the_ones_before_it(trained: tuple[Hands, str]) -> None:
    hands, _ = trained
    eyes = page(hands, Key.Key_1)
    z = eyes.vector("z[2]")
    powers, sigma = column(eyes, "eᶻ")
    assert_agree([value.by(math.exp) for value in z], powers, 1e-4 * max(power.high for power in powers))
    assert_agree([total(powers)], [reading(sigma)], 1e-4 * number(sigma))
    y_hat, all_shares = column(eyes, "ŷ")
    assert all_shares == "1"
    assert_agree([power / reading(sigma) for power in powers], y_hat, 1e-4)
    assert_agree([total(y_hat)], [exactly(1.0)], 1e-4)
    largest = max(range(CLASSES), key=lambda j: z[j].middle)
    assert [number(text) for text in eyes.column("hard")[:-1]] == [float(j == largest) for j in range(CLASSES)]
    y = [number(text) for text in eyes.column("y")[:-1]]
    label = y.index(1)
    assert sum(y) == 1
    assert f"Point 12 of 200, class {label + 1}." in eyes.texts()
    dz, no_sum = column(eyes, "dz")
    assert no_sum == "0"
    assert_agree([share - y_j for share, y_j in zip(y_hat, y, strict=True)], dz, 1e-5)
    (loss, _) = re.findall(r"^= (\S+)$", eyes.texts(), re.MULTILINE)
    assert_agree([-y_hat[label].by(math.log)], [reading(loss)], 1e-3)
    assert_agree([reading(sigma).by(math.log) - z[label]], [reading(loss)], 1e-4)


def test_j_follows_from_every_point_s_l_and_every_weight(trained: tuple[Hands, str]) -> None:
    hands, _ = trained
    eyes = page(hands, Key.Key_1)
    loss, cost = (reading(text) for text in re.findall(r"^= (\S+)$", eyes.texts(), re.MULTILINE))
    weights = [value for layer in "12" for row in eyes.readings(f"W[{layer}]") for value in row]
    (added, percent) = re.findall(r"adds L / m = (\S+) to J: (\S+) %", eyes.texts())[0]
    points = page(hands, Key.Key_2)
    hands.until(lambda: "m = " in points.texts())
    (m,) = (int(text) for text in re.findall(r"^m = (\d+)$", points.texts(), re.MULTILINE))
    assert_agree([loss / m], [reading(added)], 1e-6)
    assert_agree([reading(added) / cost * 100.0], [reading(percent)], 0.05)
    losses = losses_of(hands)
    assert len(losses) == m
    assert losses[11].agrees_with(loss)
    penalty = number(named(hands.window.controls, QLineEdit, "L2 penalty λ").text())
    assert penalty == PENALTY
    squares = total([weight * weight for weight in weights])
    mean = total(losses) / m
    assert_agree([mean + squares * (penalty / (2 * m))], [cost], 1e-3)
    assert_agree([cost], [reading(named(hands.window.top_bar, QLabel, "J train").text())], 1e-4)
    shown = [reading(text) for text in re.findall(r"^(\d\.\d{4,})$", points.texts(), re.MULTILINE)]
    assert_agree([mean, squares * (penalty / (2 * m)), cost], shown[:3], 1e-3)


def losses_of(hands: Hands) -> list[Reading]:
    """The L of every point by its number, off the table of all points."""
    model = named(hands.window.explanations.page, QTableView, "All points").model()
    titles = [str(model.headerData(i, Qt.Orientation.Horizontal)).split()[0] for i in range(model.columnCount())]
    at, of = titles.index("point"), titles.index("L")
    found = {int(model.index(i, at).data()): reading(model.index(i, of).data()) for i in range(model.rowCount())}
    return [loss for _, loss in sorted(found.items())]


def test_a_share_too_small_for_five_decimals_still_gives_its_loss(hands: Hands) -> None:
    hands.controller.set_setting("learning_rate", 0.1)
    hands.trained_to(300)
    eyes = page(hands, Key.Key_1)
    hands.window.probing.pin_to(11)
    hands.settled()
    *shares, _ = eyes.column("ŷ")
    z = [number(text) for text in eyes.column("z")]
    assert min(map(number, shares)) < 1e-3
    whole = sum(map(math.exp, z))
    for share, z_j in zip(shares, z, strict=True):
        assert number(share) == pytest.approx(math.exp(z_j) / whole, rel=6e-3)
        assert number(share) > 0
