"""Every optimiser against its textbook, number by number in plain Python floats."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray

from playground.nn import OPTIMIZERS, Network, one_hot, with_ones

NAMES = ["gradient descent", "momentum", "rmsprop", "adam"]
SIZE = 12

each_optimizer = pytest.mark.parametrize("name", NAMES)

# One parameter's moves (what is subtracted from it) for its gradients and the learning rates of the steps.
Moves = Callable[[list[float], list[float]], list[float]]


def descent_moves(gradients: list[float], rates: list[float]) -> list[float]:
    return [rate * g for g, rate in zip(gradients, rates, strict=True)]


def momentum_moves(gradients: list[float], rates: list[float]) -> list[float]:
    v, moves = 0.0, []
    for g, rate in zip(gradients, rates, strict=True):
        v = 0.9 * v + 0.1 * g
        moves.append(rate * v)
    return moves


def rmsprop_moves(gradients: list[float], rates: list[float]) -> list[float]:
    s, moves = 0.0, []
    for g, rate in zip(gradients, rates, strict=True):
        s = 0.9 * s + 0.1 * g**2
        moves.append(rate * g / (math.sqrt(s) + 1e-8))
    return moves


def adam_moves(gradients: list[float], rates: list[float]) -> list[float]:
    v, s, moves = 0.0, 0.0, []
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), start=1):
        v = 0.9 * v + 0.1 * g
        s = 0.999 * s + 0.001 * g**2
        v_corrected = v / (1 - 0.9**t)
        s_corrected = s / (1 - 0.999**t)
        moves.append(rate * v_corrected / (math.sqrt(s_corrected) + 1e-8))
    return moves


TEXTBOOK: dict[str, Moves] = {
    "gradient descent": descent_moves,
    "momentum": momentum_moves,
    "rmsprop": rmsprop_moves,
    "adam": adam_moves,
}


def random_gradients(steps: int) -> NDArray[np.float64]:
    """(steps, SIZE), each parameter on a scale of its own from 1e-9 to 100, so that epsilon has its say too."""
    scales = np.logspace(-9, 2, SIZE)
    return np.random.default_rng(0).standard_normal((steps, SIZE)) * scales


def test_the_four_optimizers_are_offered_by_name() -> None:
    assert list(OPTIMIZERS) == NAMES


@each_optimizer
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 2e-5)])
def test_twenty_steps_are_those_of_the_textbook(name: str, dtype: DTypeLike, tolerance: float) -> None:
    gradients = random_gradients(20)
    rates = [0.1 / (1 + step % 3) for step in range(20)]  # a learning rate acts on its own step alone
    expected = np.array([TEXTBOOK[name](list(column), rates) for column in gradients.T]).T
    optimizer = OPTIMIZERS[name](np.zeros(SIZE, dtype))
    for gradient, rate, move in zip(gradients, rates, expected, strict=True):
        parameters = np.zeros(SIZE, dtype)  # from 0, so that the step is not rounded away beside a large parameter
        optimizer.update(parameters, gradient.astype(dtype), rate)
        # float32: an average in which gradients cancel is rounded on the scale of its terms, hence the atol
        np.testing.assert_allclose(-parameters, move, rtol=tolerance, atol=tolerance * np.abs(move).max() / 1e6)


@each_optimizer
def test_steps_add_up(name: str) -> None:
    gradients = random_gradients(20)
    start = np.random.default_rng(1).standard_normal(SIZE)
    expected = [x - sum(TEXTBOOK[name](list(g), [0.1] * 20)) for x, g in zip(start, gradients.T, strict=True)]
    parameters = start.copy()
    optimizer = OPTIMIZERS[name](parameters)
    for gradient in gradients:
        optimizer.update(parameters, gradient, 0.1)
    np.testing.assert_allclose(parameters, expected, rtol=1e-12, atol=1e-13)


# By hand: theta = [1, -2], gradient [0.5, -4] twice, learning rate 0.1.
@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("gradient descent", [0.95, -1.6], [0.9, -1.2]),
        # v = 0.1 g, then 0.9 * 0.1 g + 0.1 g = 0.19 g
        ("momentum", [0.995, -1.96], [0.9855, -1.884]),
        # s = 0.1 g^2, so the move is 0.1 / sqrt(0.1) either way; then s = 0.19 g^2
        ("rmsprop", [0.683772, -1.683772], [0.454357, -1.454357]),
        # corrected, the averages are g and g^2 both times, so the move is the learning rate
        ("adam", [0.9, -1.9], [0.8, -1.8]),
    ],
)
def test_two_steps_by_hand(name: str, first: list[float], second: list[float]) -> None:
    parameters = np.array([1.0, -2.0])
    optimizer = OPTIMIZERS[name](parameters)
    for expected in (first, second):
        optimizer.update(parameters, np.array([0.5, -4.0]), 0.1)
        np.testing.assert_allclose(parameters, expected, atol=1e-6)


@each_optimizer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_is_made_in_place_and_leaves_the_gradient_alone(name: str, dtype: DTypeLike) -> None:
    net, same = Network((2, 3, 2), dtype=dtype), Network((2, 3, 2), dtype=dtype)
    start = same.parameters
    gradient = np.linspace(1, 2, start.size, dtype=dtype)
    before = gradient.copy()
    optimizer = OPTIMIZERS[name](net.parameters)
    np.testing.assert_array_equal(net.parameters, start)
    for _ in range(3):
        optimizer.update(net.parameters, gradient, 0.01)
    np.testing.assert_array_equal(gradient, before)
    assert net.parameters.dtype == dtype
    assert np.all(net.parameters < start)
    # the network's own views have moved with it: the vector is still the same one
    for part, unmoved in zip((*net.weights, *net.biases), (*same.weights, *same.biases), strict=True):
        assert np.all(part < unmoved)


@each_optimizer
def test_no_gradient_means_no_step(name: str) -> None:
    parameters = np.array([1.0, -2.0])
    OPTIMIZERS[name](parameters).update(parameters, np.zeros(2), 0.1)
    np.testing.assert_array_equal(parameters, [1, -2])


@each_optimizer
def test_every_optimizer_starts_with_a_memory_of_its_own(name: str) -> None:
    parameters = np.zeros(2)
    used = OPTIMIZERS[name](parameters)
    for _ in range(5):
        used.update(parameters, np.array([5.0, -5.0]), 0.1)
    ends = []
    for _ in range(2):
        parameters = np.zeros(2)
        OPTIMIZERS[name](parameters).update(parameters, np.array([1.0, 2.0]), 0.1)
        ends.append(parameters)
    np.testing.assert_array_equal(ends[0], ends[1])
    np.testing.assert_allclose(-ends[0], [TEXTBOOK[name]([g], [0.1])[0] for g in (1.0, 2.0)])


@each_optimizer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_brings_the_cost_down(name: str, dtype: DTypeLike) -> None:
    rng = np.random.default_rng(0)
    labels = np.arange(60) % 3
    centres = np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.5]])
    inputs = with_ones(centres[:, labels] + 0.2 * rng.standard_normal((2, 60)), dtype)
    net = Network((2, 6, 3), dtype=dtype)
    optimizer = OPTIMIZERS[name](net.parameters)
    rate = {"gradient descent": 0.5, "momentum": 0.5, "rmsprop": 0.02, "adam": 0.02}[name]
    costs = [net.evaluate(inputs, labels).cost]
    for _ in range(4):
        for _ in range(50):
            optimizer.update(net.parameters, net.gradient(inputs, one_hot(labels, 3, dtype)), rate)
        costs.append(net.evaluate(inputs, labels).cost)
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < 0.1 * costs[0]
    assert net.evaluate(inputs, labels).accuracy == 1


@each_optimizer
def test_a_copy_goes_on_as_the_original_would_and_leaves_it_alone(name: str) -> None:
    gradients = random_gradients(12)
    parameters = np.ones(SIZE)
    original = OPTIMIZERS[name](parameters)
    for gradient in gradients[:7]:
        original.update(parameters, gradient, 0.1)
    rehearsed = parameters.copy()
    copy = original.copy(rehearsed)
    for gradient in gradients[7:]:
        copy.update(rehearsed, gradient, 0.1)
    assert original.steps == 7
    for gradient in gradients[7:]:
        original.update(parameters, gradient, 0.1)
    np.testing.assert_array_equal(rehearsed, parameters)
    assert type(copy) is type(original)
