"""Each line of the course's page, reached in the window by keys and clicks, and its numbers read off the screen."""

import math
import re

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QSlider, QToolButton, QWidget

from playground.gui.pages.desk_loss import LossCard
from playground.gui.pages.desk_scores import ScoreCard
from playground.gui.parts.number_field import NumberField
from tests.gui.eyes import Eyes
from tests.gui.hands import LEFT, Hands, named
from tests.shown_numbers import number

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
STAGES = 12  # of a step of three layers, less the first
PAGES = {"spot": Key.Key_1, "step": Key.Key_3, "desk": Key.Key_4, "twin": Key.Key_5}


def page(hands: Hands, name: str) -> Eyes:
    """Turn to a page by its key."""
    hands.key(PAGES[name], ALT)
    hands.settled()
    hands.until(lambda: hands.window.explanations.page is getattr(hands.window.pages, name))
    return Eyes(hands.window.explanations.page, hands.qtbot)


def card(hands: Hands, kind: type[QWidget]) -> Eyes:
    eyes = page(hands, "desk")
    (found,) = eyes.seen(kind)
    return Eyes(found, hands.qtbot)


def fields(eyes: Eyes) -> list[str]:
    found: list[NumberField] = eyes.seen(NumberField)
    return [field.text() for field in sorted(found, key=QWidget.y)]


def to_places(texts: list[str], decimals: int) -> list[float]:
    return [round(number(text), decimals) for text in texts]


# By hand


def test_softmax_of_the_course_s_z_by_way_of_e_to_the_z_and_their_sum_and_hardmax(hands: Hands) -> None:
    eyes = card(hands, ScoreCard)
    assert fields(eyes) == ["5", "2", "−1", "3"]
    *powers, total = eyes.column("eᶻ")
    assert powers == ["148.413", "7.38906", "0.367879", "20.0855"]
    assert total == "176.256"
    assert number(total) == pytest.approx(sum(map(number, powers)), abs=0.01)
    *shares, all_shares = eyes.column("ŷ")
    assert to_places(shares, 3) == [0.842, 0.042, 0.002, 0.114]
    assert all_shares == "1"
    assert eyes.column("hard")[:4] == ["1", "0", "0", "0"]
    assert "y hat j is e to the power of z, divided by the sum of those of all classes" in eyes.formulas()


def test_the_course_s_loss_and_where_backpropagation_starts(hands: Hands) -> None:
    eyes = card(hands, LossCard)
    assert fields(eyes) == ["0.3", "0.2", "0.1", "0.4"]
    assert [button.text() for button in eyes.seen(QToolButton) if "y is" in button.accessibleName()] == list("0100")
    assert eyes.column("dz")[:4] == ["+0.3000", "−0.8000", "+0.1000", "+0.4000"]
    (way, loss) = re.findall(r"= −log (\S+) = (\S+)", eyes.texts())[0]
    assert way == "0.2"
    assert to_places([loss], 3) == [1.609] == to_places([f"{-math.log(0.2)}"], 3)
    assert "dz j is y hat j minus y j" in eyes.formulas()
    assert any(reading.startswith("L is minus the sum of y j log y hat j") for reading in eyes.formulas())


def certainty(eyes: Eyes) -> tuple[float, str]:
    """How sure of the cat the network is, in percent, and how good that is said to be."""
    (said,) = re.findall(r"The network is (\S+) % certain: ([a-z ]+)\.", eyes.texts())
    return number(said[0]), said[1]


def test_the_picture_is_a_cat_and_making_l_small_is_making_its_y_hat_large(hands: Hands) -> None:
    eyes = card(hands, LossCard)
    assert "The picture is a cat: y₂ = 1, and every other y is 0." in eyes.texts()
    assert certainty(eyes) == (20, "bad")
    slider = named(hands.window, QSlider, "Drag ŷ of class 2")
    slider.setFocus()
    seen = []
    for _ in range(7):
        hands.key(Key.Key_PageUp, on=slider)
        percent, word = certainty(eyes)
        (way, loss) = re.findall(r"= −log (\S+) = (\S+)", eyes.texts())[0]
        assert percent == pytest.approx(100 * number(way))
        assert number(loss) == pytest.approx(-math.log(number(way)), rel=5e-5)
        seen.append((percent, number(loss), word))
    assert fields(eyes) == ["0.0375", "0.9", "0.0125", "0.05"]
    assert (seen[-1][0], round(seen[-1][1], 3), seen[-1][2]) == (90, 0.105, "good")
    assert [loss for _, loss, _ in seen] == sorted((loss for _, loss, _ in seen), reverse=True)


def test_the_field_s_words_stand_where_a_learner_meets_what_they_mean(hands: Hands) -> None:
    eyes = page(hands, "desk")
    for words in ("z and ŷ are (4 × 1)", "also called a logit", "called the cross-entropy", "one-hot", "named against"):
        assert eyes.texts().count(words) == 1
    assert "decision boundary" in hands.window.actions_by_name["ties"].toolTip()
    assert "BINARY CLASSIFICATION IS LOGISTIC REGRESSION" in page(hands, "twin").texts()


def test_g_of_the_last_layer_is_softmax_and_j_depends_on_every_w_and_b(hands: Hands) -> None:
    hands.settled()
    hands.window.probing.pin_to(7)
    for hidden, last in (((3,), 2), ((), 1), ((2, 2, 2), 4)):
        hands.controller.set_setting("hidden", hidden)
        hands.settled()
        eyes = page(hands, "spot")
        ending = f"ŷ = a[{last}] = g[{last}](z[{last}]), where g[{last}] is softmax; 3 by 1"
        hands.until(lambda eyes=eyes, ending=ending: any(text.endswith(ending) for text in eyes.formulas()))
        assert f"z[{last}] (3 × 1)" in eyes.texts()
        eyes = page(hands, "step")
        hands.until(lambda eyes=eyes: bool(eyes.pictures()))
        turn_to_stage(hands, eyes, "Ŷ")
        assert f"Y hat is A {last}, g {last} of Z {last}, where g {last} is softmax" in eyes.formulas()
        turn_to_stage(hands, eyes, "L")
        assert "J of all weights and biases is the mean of the losses" in eyes.formulas()
        hands.controller.show(stage=0)


# Softmax regression and logistic regression


def without_hidden_layers(hands: Hands, steps: int = 40) -> None:
    """Start a run without hidden layers and train it, step by step."""
    hands.controller.set_setting("hidden", ())
    for _ in range(steps):
        hands.key(Key.Key_Period, on=hands.plane)
    hands.until(lambda: hands.step == steps)
    hands.settled()


def test_of_two_classes_it_is_logistic_regression_number_by_number(hands: Hands) -> None:
    hands.settled()
    hands.window.probing.pin_to(7)
    eyes = page(hands, "twin")
    for name in ("Remove the hidden layers", "Keep the first two classes"):
        hands.qtbot.mouseClick(hands.find(QToolButton, name), LEFT)
        hands.settled()
    for _ in range(40):
        hands.key(Key.Key_Period, on=hands.plane)
    hands.until(lambda: hands.step == 40 and hands.snapshot.twin is not None)
    first, second, difference, twin = (
        [number(text) for text in eyes.column(title)] for title in ("class 1", "class 2", "difference", "twin")
    )
    assert len(twin) == 3
    assert twin == difference
    assert difference == pytest.approx(np.subtract(first, second).tolist(), abs=1.01e-3)
    assert any(difference)
    softmax, logistic = eyes.column("softmax", 1), eyes.column("twin", 1)
    assert softmax == logistic
    score, y_hat, _ = map(number, softmax)
    assert y_hat == pytest.approx(1 / (1 + math.exp(-score)), rel=1e-4)
    assert re.search(r"×10⁻¹[⁰¹²³⁴⁵⁶⁷⁸⁹]: rounding", eyes.texts())
    assert max(number(text) for text in [*eyes.column("apart"), *eyes.column("apart", 1)]) < 1e-9


def border_pieces(hands: Hands) -> np.ndarray:
    """The ends (n, 2) of the pieces of the drawn border."""
    path = hands.plane._borders.path()
    ends = [path.elementAt(i) for i in range(path.elementCount())]
    return np.array([(end.x, end.y) for end in ends])


def test_of_three_classes_without_hidden_layers_all_borders_are_straight_lines_of_the_shown_weights(
    hands: Hands,
) -> None:
    without_hidden_layers(hands)
    hands.window.probing.pin_to(7)
    eyes = page(hands, "spot")
    W = np.array([[number(text) for text in row] for row in eyes.matrix("W[1]")])
    b = np.array([[number(text) for text in row] for row in eyes.matrix("b[1]")])
    ends = border_pieces(hands)
    Z = np.sort(W @ ends.T + b, axis=0)
    assert ends.shape[0] > 300
    assert np.percentile(Z[2] - Z[1], 98) < 2e-3  # the two largest scores tie; but where three regions meet
    assert (Z[2] - Z[0]).max() > 0.1
    assert np.ptp(ends, axis=0).max() > 1


# The loss and the cost


def test_the_formulas_of_loss_and_cost_stand_beside_their_numbers_of_this_moment(hands: Hands) -> None:
    hands.settled()
    hands.window.probing.pin_to(7)
    eyes = page(hands, "spot")
    seen = []
    for step in (0, 1, 2):
        hands.until(lambda step=step: hands.step == step)
        hands.settled()
        label = int(hands.dataset.labels[7]) + 1
        assert f"L is minus the sum of y j log y hat j, which is minus log y hat {label}" in eyes.formulas()
        assert "J is the mean of the losses" in eyes.formulas()
        assert "y hat j is e to the z j over the sum of e to the z k" in eyes.formulas()
        loss, cost = (number(text) for text in re.findall(r"^= (\S+)$", eyes.texts(), re.MULTILINE))
        y_hat = number(eyes.column("ŷ")[label - 1])
        assert loss == pytest.approx(-math.log(y_hat), abs=1e-5 / y_hat + 5.1e-5)
        readout = hands.find(QWidget, "J train")
        assert cost == pytest.approx(number(readout.text()), abs=5.1e-5)  # type: ignore[attr-defined]
        seen.append((loss, cost))
        hands.key(Key.Key_Period, on=hands.plane)
    assert len({cost for _, cost in seen}) == 3


# Backpropagation


def test_backpropagation_is_gone_through_from_y_hat_minus_y_down_to_the_first_layer(hands: Hands) -> None:
    hands.settled()
    hands.key(Key.Key_Period, on=hands.plane)
    hands.until(lambda: hands.step == 1)
    eyes = page(hands, "step")
    hands.until(lambda: any("Next" in button.text() for button in eyes.seen(QToolButton)))
    found: list[str] = []
    next_button = named(hands.window.explanations.page, QToolButton, "Next")
    for _ in range(STAGES):
        found += eyes.formulas()
        next_button.setFocus()
        hands.key(Key.Key_Space)
        hands.settled()
    assert not next_button.isEnabled()
    assert not hands.running
    assert "theta becomes theta minus alpha times" in " ".join(eyes.formulas())
    order = [
        "dZ 3 is Y hat minus Y",
        "dW 3 is the mean of dZ 3 times the transpose of what came in",
        "db 3 is the mean of dZ 3 over the examples",
        "dA 2 is W 3 transposed times dZ 3",
        "dZ 2 is dA 2 times the slope of g, cell by cell",
        "dW 2 is the mean of dZ 2 times the transpose of what came in",
        "dA 1 is W 2 transposed times dZ 2",
        "dZ 1 is dA 1 times the slope of g, cell by cell",
        "dW 1 is the mean of dZ 1 times the transpose of what came in",
        "db 1 is the mean of dZ 1 over the examples",
    ]
    places = [found.index(reading) for reading in order]
    assert places == sorted(places)


def turn_to_stage(hands: Hands, eyes: Eyes, matrix: str) -> None:
    """Click Next until a matrix of that name comes, and is not just brought along."""
    button = named(eyes.page, QToolButton, "Next")
    for _ in range(STAGES):
        hands.until(lambda: bool(eyes.pictures()))  # none while the next step is rehearsed
        if list(eyes.pictures())[-1] == matrix:
            return
        hands.qtbot.mouseClick(button, LEFT)
        hands.settled()
    raise AssertionError(f"{matrix} was never the last matrix of a stage")


def test_the_matrices_of_backpropagation_are_y_hat_minus_y_and_the_products_of_what_stands_there(hands: Hands) -> None:
    hands.controller.set_setting("hidden", (3,))
    hands.settled()
    beyond = np.arange(hands.dataset.m) >= 8  # a batch whose columns a reader can add up
    hands.controller.edit("Erase points", hands.dataset.without(beyond))
    hands.settled()
    eyes = page(hands, "step")
    hands.until(lambda: bool(eyes.pictures()))
    turn_to_stage(hands, eyes, "dZ[2]")
    Y_hat, Y, dZ = (read(eyes, name) for name in ("Ŷ", "Y", "dZ[2]"))
    assert dZ.shape == (3, 8)
    np.testing.assert_allclose(dZ, Y_hat - Y, atol=2e-6)
    turn_to_stage(hands, eyes, "db[2]")
    A = read(eyes, "A[1]ᵀ")
    np.testing.assert_allclose(read(eyes, "dW[2]"), dZ @ A / 8, atol=3e-6)
    np.testing.assert_allclose(read(eyes, "db[2]")[:, 0], dZ.mean(axis=1), atol=3e-6)
    turn_to_stage(hands, eyes, "dZ[1]")
    dA, dz_1 = read(eyes, "dA[1]"), read(eyes, "dZ[1]")
    np.testing.assert_allclose(dA, read(eyes, "W[2]ᵀ") @ dZ, atol=1e-5)
    np.testing.assert_allclose(dz_1, dA * (1 - A.T**2), atol=1e-5)
    turn_to_stage(hands, eyes, "db[1]")
    np.testing.assert_allclose(read(eyes, "dW[1]"), dz_1 @ read(eyes, "Xᵀ") / 8, atol=1e-5)
    np.testing.assert_allclose(read(eyes, "db[1]")[:, 0], dz_1.mean(axis=1), atol=1e-5)


def read(eyes: Eyes, name: str) -> np.ndarray:
    return np.array([[number(text) for text in row] for row in eyes.matrix(name)])
