"""Backpropagation against central differences of a cost written out here, and against itself in other company."""

import itertools
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import DTypeLike, NDArray

from playground.nn import ACTIVATIONS, Network, one_hot, with_ones

Matrix = NDArray[np.floating]
Labels = NDArray[np.int64]

STEP = 1e-5
CLEAR_OF_THE_KINK = 2e-3

LONGHAND: dict[str, Callable[[Matrix], Matrix]] = {
    "tanh": np.tanh,
    "relu": lambda Z: np.where(Z > 0, Z, 0),
    "leaky relu": lambda Z: np.where(Z > 0, Z, 0.01 * Z),
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "linear": lambda Z: Z,
}

each_activation = pytest.mark.parametrize("activation", list(LONGHAND))


def hidden_pre_activations(net: Network, X: Matrix) -> list[Matrix]:
    result: list[Matrix] = []
    for W, b in zip(net.weights[:-1], net.biases[:-1], strict=True):
        result.append(W @ X + b[:, None])
        X = LONGHAND[net.activation](result[-1])
    return result


def sides_of_the_kink(net: Network, X: Matrix) -> list[bytes]:
    """For every hidden unit and example, whether the pre-activation is above 0, in a form that compares fast."""
    return [(Z > 0).tobytes() for Z in hidden_pre_activations(net, X)]


def longhand_cost(net: Network, X: Matrix, labels: Labels, l2: float) -> float:
    """J as the course writes it: mean of -log y_hat[label] + l2 / (2m) sum of the squared weights."""
    m = X.shape[1]
    hidden = hidden_pre_activations(net, X)
    A = LONGHAND[net.activation](hidden[-1]) if hidden else X
    Z = net.weights[-1] @ A + net.biases[-1][:, None]
    Y_hat = np.exp(Z) / np.exp(Z).sum(axis=0)
    losses = [-np.log(Y_hat[label, i]) for i, label in enumerate(labels)]
    squares = sum(float((W**2).sum()) for W in net.weights)
    return float(sum(losses) / m + l2 / (2 * m) * squares)


def central_differences(net: Network, X: Matrix, labels: Labels, l2: float) -> Matrix:
    gradient = np.empty_like(net.parameters)
    sides = sides_of_the_kink(net, X)
    for i, value in enumerate(net.parameters.copy()):
        costs = []
        for nudged in (value - STEP, value + STEP):
            net.parameters[i] = nudged
            assert sides_of_the_kink(net, X) == sides  # else this is no derivative: see smooth_problem
            costs.append(longhand_cost(net, X, labels, l2))
        net.parameters[i] = value
        gradient[i] = (costs[1] - costs[0]) / (2 * STEP)
    return gradient


def examples(m: int, classes: int, seed: int) -> tuple[Matrix, Labels]:
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, (2, m)), rng.integers(0, classes, m)


def passes(m: int, classes: int, seed: int, dtype: DTypeLike = np.float64) -> tuple[Matrix, Matrix]:
    """The same examples in the form that `Network.gradient` takes."""
    X, labels = examples(m, classes, seed)
    return with_ones(X, dtype), one_hot(labels, classes, dtype)


def smooth_problem(sizes: tuple[int, ...], activation: str, m: int) -> tuple[Network, Matrix, Labels]:
    """A network and examples at which J has a derivative.

    The ReLUs have none at 0, and a difference quotient across it is no derivative. So we take the first seed that
    keeps every hidden pre-activation far enough from 0 for no nudge of one parameter to carry it over.
    """
    for seed in itertools.count():
        net = Network(sizes, activation, seed, np.float64)
        net.parameters += 0.1 * np.random.default_rng(seed).standard_normal(net.parameters.size)  # biases too
        X, labels = examples(m, sizes[-1], seed)
        if all(np.abs(Z).min() > CLEAR_OF_THE_KINK for Z in hidden_pre_activations(net, X)):
            return net, X, labels
    raise AssertionError


def relative_error(a: Matrix, b: Matrix) -> float:
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def test_every_activation_is_checked_here() -> None:
    assert list(LONGHAND) == list(ACTIVATIONS)


@each_activation
@pytest.mark.parametrize("depth", range(4))
@pytest.mark.parametrize("classes", [2, 3, 5, 10])
@pytest.mark.parametrize("l2", [0, 0.7])
def test_backpropagation_agrees_with_central_differences(activation: str, depth: int, classes: int, l2: float) -> None:
    sizes = (2, *(5, 4, 3)[:depth], classes)  # unequal widths: a transposed product would not fit
    net, X, labels = smooth_problem(sizes, activation, m=6)
    cost, gradient = net.cost_and_gradient(X, labels, l2)
    assert cost == pytest.approx(longhand_cost(net, X, labels, l2), rel=1e-12)
    assert relative_error(gradient, central_differences(net, X, labels, l2)) < 1e-6


@pytest.mark.parametrize("classes", range(2, 11))
def test_one_example_alone_has_the_right_gradient(classes: int) -> None:
    net, X, labels = smooth_problem((2, 4, classes), "tanh", m=1)
    _, gradient = net.cost_and_gradient(X, labels, 0.7)
    assert relative_error(gradient, central_differences(net, X, labels, 0.7)) < 1e-6


def test_without_a_hidden_layer_the_gradient_is_y_hat_minus_y_times_x() -> None:
    net = Network((2, 3), dtype=np.float64)
    net.parameters[:] = 0  # so every y_hat is 1/3
    _, gradient = net.cost_and_gradient([[2.0, 0.0], [0.0, -4.0]], [0, 2])
    net.parameters[:] = gradient  # to read it by layer
    np.testing.assert_allclose(net.biases[0], [(-2 / 3 + 1 / 3) / 2, (1 / 3 + 1 / 3) / 2, (1 / 3 - 2 / 3) / 2])
    expected = [[-2 / 3 * 2 / 2, 1 / 3 * -4 / 2], [1 / 3 * 2 / 2, 1 / 3 * -4 / 2], [1 / 3 * 2 / 2, -2 / 3 * -4 / 2]]
    np.testing.assert_allclose(net.weights[0], expected)


@each_activation
def test_the_penalty_pulls_at_weights_and_not_at_biases(activation: str) -> None:
    net, X, labels = smooth_problem((2, 5, 4, 3), activation, m=6)
    pull = net.cost_and_gradient(X, labels, 0.7)[1] - net.cost_and_gradient(X, labels)[1]
    weights = [W.copy() for W in net.weights]
    net.parameters[:] = pull  # to read it by layer
    for W, pulled, b in zip(weights, net.weights, net.biases, strict=True):
        np.testing.assert_allclose(pulled, 0.7 / 6 * W, atol=1e-14)
        np.testing.assert_array_equal(b, 0)


def test_the_order_and_number_of_copies_of_the_examples_do_not_matter() -> None:
    net, X, labels = smooth_problem((2, 5, 3), "tanh", m=6)
    cost, gradient = net.cost_and_gradient(X, labels)
    order = [3, 1, 5, 0, 2, 4] * 3
    other_cost, other_gradient = net.cost_and_gradient(X[:, order], labels[order])
    assert other_cost == pytest.approx(cost, rel=1e-12)
    np.testing.assert_allclose(other_gradient, gradient, atol=1e-14)


@each_activation
def test_float32_follows_float64(activation: str) -> None:
    gradients = []
    for dtype in (np.float32, np.float64):
        net = Network((2, 8, 8, 4), activation, seed=3, dtype=dtype)
        gradient = net.cost_and_gradient(*examples(50, 4, seed=3), 0.7)[1]
        assert gradient.dtype == dtype
        gradients.append(gradient)
    # rounding is 6e-8 a step; measured 1e-7 to 3e-7
    assert relative_error(gradients[0].astype(np.float64), gradients[1]) < 2e-6


@each_activation
@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["gradient", "probabilities", "evaluate"])), max_size=15))
def test_passes_of_other_sizes_leave_no_trace(activation: str, before: list[tuple[int, str]]) -> None:
    sizes = (2, 5, 4, 3)
    net = Network(sizes, activation, seed=1, dtype=np.float64)
    for m, kind in [*before, (5, "gradient"), (5, "probabilities"), (7, "gradient"), (5, "evaluate")]:
        inputs, Y = passes(m, 3, seed=m)
        if kind == "gradient":
            fresh = Network(sizes, activation, seed=1, dtype=np.float64)
            np.testing.assert_array_equal(net.gradient(inputs, Y, 0.7), fresh.gradient(inputs, Y, 0.7))
        elif kind == "probabilities":
            net.probabilities_of(inputs)
        else:
            net.evaluate(inputs, Y.argmax(axis=0))


def test_a_gradient_without_penalty_follows_one_with_it_unharmed() -> None:
    net = Network((2, 5, 3), dtype=np.float64)
    inputs, Y = passes(6, 3, seed=1)
    before = net.gradient(inputs, Y).copy()
    net.gradient(inputs, Y, 0.7)
    np.testing.assert_array_equal(net.gradient(inputs, Y), before)


def test_the_gradient_is_taken_at_the_parameters_of_the_moment() -> None:
    net = Network((2, 5, 3), dtype=np.float64)
    other = Network((2, 5, 3), seed=1, dtype=np.float64)
    inputs, Y = passes(6, 3, seed=1)
    net.gradient(inputs, Y)
    net.parameters[:] = other.parameters
    np.testing.assert_array_equal(net.gradient(inputs, Y), other.gradient(inputs, Y))


def test_a_mini_batch_may_be_a_slice_of_the_examples() -> None:
    net = Network((2, 5, 3), dtype=np.float64)
    inputs, Y = passes(30, 3, seed=1)
    part = net.gradient(inputs[:, 10:17], Y[:, 10:17], 0.7).copy()
    whole = net.gradient(inputs[:, 10:17].copy(), Y[:, 10:17].copy(), 0.7)
    np.testing.assert_allclose(part, whole, rtol=1e-12, atol=1e-15)


def test_nothing_that_comes_in_is_changed() -> None:
    net = Network((2, 5, 3), dtype=np.float64)
    inputs, Y = passes(6, 3, seed=1)
    X, labels = examples(6, 3, seed=1)
    kept = [array.copy() for array in (inputs, Y, X, labels, net.parameters)]
    net.gradient(inputs, Y, 0.7)
    net.cost_and_gradient(X, labels, 0.7)
    for array, before in zip((inputs, Y, X, labels, net.parameters), kept, strict=True):
        np.testing.assert_array_equal(array, before)


def test_the_gradient_handed_out_with_the_cost_is_the_callers_own() -> None:
    net = Network((2, 5, 3), dtype=np.float64)
    _, gradient = net.cost_and_gradient(*examples(6, 3, seed=1))
    before = gradient.copy()
    net.cost_and_gradient(*examples(6, 3, seed=2))
    np.testing.assert_array_equal(gradient, before)


@each_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_allocates_nothing_that_grows_with_m(activation: str, dtype: DTypeLike) -> None:
    m = 100_000
    net = Network((2, 8, 8, 4), activation, dtype=dtype)
    inputs, Y = passes(m, 4, seed=1, dtype=dtype)
    net.gradient(inputs, Y, 0.7)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        net.gradient(inputs, Y, 0.7)
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    # Measured 1 kB of views and NumPy's own buffer of at most 8192 numbers; one (1, m) float32 row would be 400 kB.
    assert peak < 80_000
