"""A gradient taken apart: every stage against the course's equations, and against the gradient that trains."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.nn import Network, one_hot, with_ones
from playground.nn.trace import COLUMNS_KEPT, Trace, trace_gradient

Matrix = NDArray[np.floating]

G: dict[str, tuple[Callable[[Matrix], Matrix], Callable[[Matrix], Matrix]]] = {
    "tanh": (np.tanh, lambda Z: 1 - np.tanh(Z) ** 2),
    "relu": (lambda Z: np.where(Z > 0, Z, 0), lambda Z: np.where(Z > 0, 1.0, 0.0)),
    "leaky relu": (lambda Z: np.where(Z > 0, Z, 0.01 * Z), lambda Z: np.where(Z > 0, 1.0, 0.01)),
    "sigmoid": (lambda Z: 1 / (1 + np.exp(-Z)), lambda Z: np.exp(-Z) / (1 + np.exp(-Z)) ** 2),
    "linear": (lambda Z: Z, np.ones_like),
}


def problem(sizes: tuple[int, ...], activation: str, m: int, seed: int = 0) -> tuple[Network, Matrix, Matrix]:
    net = Network(sizes, activation, seed, np.float64)
    rng = np.random.default_rng(seed)
    net.parameters += 0.1 * rng.standard_normal(net.parameters.size)
    X, labels = rng.uniform(-2, 2, (sizes[0], m)), rng.integers(0, sizes[-1], m)
    return net, with_ones(X, np.float64), one_hot(labels, sizes[-1], np.float64)


def assert_follows_the_course(trace: Trace, net: Network, m: int, l2: float) -> None:
    """Each stage from the ones before it, by the equations; valid where every column is kept."""
    g, slope = G[net.activation]
    last = len(net.layers)
    A = {0: trace.X, **trace.A}
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True), start=1):
        np.testing.assert_allclose(trace.Z[layer], W @ A[layer - 1] + b[:, None], atol=1e-12)
        if layer < last:
            np.testing.assert_allclose(trace.A[layer], g(trace.Z[layer]), atol=1e-12)
            np.testing.assert_allclose(trace.dA[layer], net.weights[layer].T @ trace.dZ[layer + 1], atol=1e-12)
            np.testing.assert_allclose(trace.dZ[layer], trace.dA[layer] * slope(trace.Z[layer]), atol=1e-12)
        np.testing.assert_allclose(trace.dW[layer], (trace.dZ[layer] @ A[layer - 1].T + l2 * W) / m, atol=1e-12)
        np.testing.assert_allclose(trace.db[layer], trace.dZ[layer].sum(axis=1) / m, atol=1e-12)
        np.testing.assert_allclose(trace.sums[layer][:, :-1], trace.dZ[layer] @ A[layer - 1].T, atol=1e-10)
        np.testing.assert_allclose(trace.sums[layer][:, -1], trace.dZ[layer].sum(axis=1), atol=1e-10)
    powers = np.exp(trace.Z[last])
    np.testing.assert_allclose(trace.Y_hat, powers / powers.sum(axis=0), atol=1e-12)
    np.testing.assert_allclose(trace.dZ[last], trace.Y_hat - trace.Y, atol=1e-15)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    activation=st.sampled_from(list(G)),
    hidden=st.lists(st.integers(1, 5), max_size=3),
    m=st.integers(1, 9),
    l2=st.sampled_from([0.0, 0.7]),
    seed=st.integers(0, 99),
)
def test_every_stage_is_the_courses(activation: str, hidden: list[int], m: int, l2: float, seed: int) -> None:
    net, inputs, Y = problem((2, *hidden, 3), activation, m, seed)
    trace = trace_gradient(net, inputs, Y, l2)
    layers = range(1, len(hidden) + 2)
    assert [list(stage) for stage in (trace.Z, trace.dZ, trace.dW, trace.db, trace.sums)] == [list(layers)] * 5
    assert [list(stage) for stage in (trace.A, trace.dA)] == [list(layers[:-1])] * 2
    assert trace.m == m
    np.testing.assert_array_equal(trace.X, inputs[:-1])
    np.testing.assert_array_equal(trace.Y, Y)
    assert_follows_the_course(trace, net, m, l2)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_watching_changes_no_bit_of_the_gradient(dtype: type) -> None:
    net, inputs, Y = problem((2, 8, 8, 4), "tanh", 50)
    net, inputs, Y = net.copy(dtype), inputs.astype(dtype), Y.astype(dtype)
    unwatched = net.gradient(inputs, Y, 0.7).copy()
    trace = trace_gradient(net, inputs, Y, 0.7)
    np.testing.assert_array_equal(net.gradient(inputs, Y, 0.7), unwatched)
    watched = [np.column_stack([trace.dW[layer], trace.db[layer]]).ravel() for layer in trace.dW]
    np.testing.assert_array_equal(np.concatenate(watched), unwatched)


@pytest.mark.parametrize(
    ("m", "kept"), [(COLUMNS_KEPT - 1, COLUMNS_KEPT - 1), (COLUMNS_KEPT, COLUMNS_KEPT), (9000, COLUMNS_KEPT)]
)
@pytest.mark.parametrize("sizes", [(2, 3), (2, 40, 41, 3)])  # the wide one goes in chunks of 609 examples
def test_of_many_examples_the_first_columns_are_kept_and_all_are_summed(
    sizes: tuple[int, ...], m: int, kept: int
) -> None:
    net, inputs, Y = problem(sizes, "tanh", m)
    trace = trace_gradient(net, inputs, Y, 0.7)
    first = trace_gradient(net, inputs[:, :kept], Y[:, :kept], 0.7)
    for stage in ("X", "Y", "Y_hat"):
        np.testing.assert_allclose(getattr(trace, stage), getattr(first, stage), atol=1e-12)
    for stage in ("Z", "A", "dZ", "dA"):
        for layer, array in getattr(trace, stage).items():
            assert array.shape == (sizes[layer], kept)
            np.testing.assert_allclose(array, getattr(first, stage)[layer], atol=1e-12)
    assert trace.m == m
    for layer, W in enumerate(net.weights, start=1):
        np.testing.assert_allclose(trace.dW[layer], (trace.sums[layer][:, :-1] + 0.7 * W) / m, atol=1e-12)
        np.testing.assert_allclose(trace.db[layer], trace.sums[layer][:, -1] / m, atol=1e-12)
    np.testing.assert_allclose(trace.db[len(net.layers)], (net.probabilities_of(inputs) - Y).mean(axis=1), atol=1e-12)


def test_a_trace_stays_as_it_was_while_training_goes_on() -> None:
    net, inputs, Y = problem((2, 5, 4, 3), "tanh", 6)
    trace = trace_gradient(net, inputs, Y, 0.7)
    net.parameters += 1
    net.gradient(inputs, Y)
    inputs[:-1] += 1
    Y[:] = 0
    net.parameters -= 1
    assert_follows_the_course(trace, net, 6, 0.7)


def test_nothing_of_a_trace_can_be_written_to() -> None:
    trace = trace_gradient(*problem((2, 5, 3), "tanh", 6))
    stages = (trace.Z, trace.A, trace.dZ, trace.dA, trace.sums, trace.dW, trace.db)
    arrays = [trace.X, trace.Y, trace.Y_hat, *(array for stage in stages for array in stage.values())]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_stages_are_told_in_the_order_of_the_pass() -> None:
    net, inputs, Y = problem((2, 5, 4, 3), "tanh", 6)
    told: list[tuple[str, int]] = []
    net.gradient(inputs, Y, watch=lambda name, layer, array: told.append((name, layer)))
    forward = [("Z", 1), ("A", 1), ("Z", 2), ("A", 2), ("Z", 3), ("Y_hat", 3), ("dZ", 3)]
    backward = [("dW_db", 3), ("dA", 2), ("dZ", 2), ("dW_db", 2), ("dA", 1), ("dZ", 1), ("dW_db", 1)]
    assert told == forward + backward
