"""Logistic regression against loops in plain Python, and beside the softmax network with two classes that it is."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.nn import (
    OPTIMIZERS,
    LogisticRegression,
    Network,
    agrees_step_by_step,
    one_hot,
    twin_optimizer,
    twin_settings,
    with_ones,
)
from playground.nn.logistic import sigmoid

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

thorough = settings(derandomize=True, deadline=None, max_examples=30)
PAIRS = [(optimizer, l2) for optimizer in OPTIMIZERS for l2 in (0.0, 3.0)]


def examples(m: int, seed: int) -> tuple[Matrix, Labels]:
    """Two clouds that overlap, so that nothing runs off to infinity."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, m)
    return rng.normal(size=(2, m)) + labels, labels


def longhand_sigma(z: float) -> float:
    return float(1 / (1 + (-Decimal(z)).exp()))


def longhand_cost(w: Matrix, b: float, X: Matrix, labels: Labels, l2: float) -> float:
    """1/m sum of -log of what is given to each one's class, and l2 / (2m) sum of w^2, term by term."""
    m, total = len(labels), 0.0
    for i in range(m):
        z = sum(float(w[k]) * float(X[k, i]) for k in range(len(w))) + b
        total -= math.log(longhand_sigma(z if labels[i] == 0 else -z))
    return total / m + l2 / (2 * m) * sum(float(value) ** 2 for value in w)


def regression_with(w: Matrix, b: float) -> LogisticRegression:
    regression = LogisticRegression(w.size, np.float64)
    regression.w[:] = w
    regression.b[...] = b
    return regression


# The sigmoid


@thorough
@given(st.floats(-700, 700))
def test_sigma_is_one_over_one_plus_e_to_the_minus_z_to_the_last_figures(z: float) -> None:
    (found,) = sigmoid(np.array([z]))
    assert found == pytest.approx(longhand_sigma(z), rel=1e-13)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigma_of_scores_beyond_any_exponential_is_as_good_as_0_or_1_without_a_warning(dtype: type) -> None:
    found = sigmoid(np.array([-np.inf, -1e30, -800, 800, 1e30, np.inf], dtype))
    assert found.dtype == dtype
    np.testing.assert_array_equal(found[3:], 1)
    assert ((found[:3] >= 0) & (found[:3] < 1e-37)).all()


@thorough
@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=20))
def test_sigma_never_falls_and_its_two_sides_add_up_to_1(z: list[float]) -> None:
    scores = np.sort(z)
    assert (np.diff(sigmoid(scores)) >= 0).all()
    np.testing.assert_allclose(sigmoid(scores) + sigmoid(-scores), 1, atol=1e-15)


# The regression


def test_a_regression_starts_undecided_and_its_parts_are_views() -> None:
    regression = LogisticRegression(2, np.float64)
    np.testing.assert_array_equal(regression.probabilities(with_ones(np.eye(2), np.float64)), 0.5)
    regression.parameters[:] = 1, 2, 3
    np.testing.assert_array_equal(regression.w, [1, 2])
    assert regression.b == 3


@thorough
@given(st.integers(0, 999), st.integers(1, 12), st.sampled_from([0.0, 0.7, 40.0]))
def test_probabilities_and_cost_are_those_of_a_loop(seed: int, m: int, l2: float) -> None:
    X, labels = examples(m, seed)
    w, b = np.random.default_rng(seed).normal(size=2) * 3, 0.3
    regression, inputs = regression_with(w, b), with_ones(X, np.float64)
    expected = [longhand_sigma(float(w[0] * X[0, i] + w[1] * X[1, i]) + b) for i in range(m)]
    np.testing.assert_allclose(regression.probabilities(inputs), expected, rtol=1e-12)
    assert regression.cost(inputs, labels, l2) == pytest.approx(longhand_cost(w, b, X, labels, l2), rel=1e-12)


@thorough
@given(st.integers(0, 999), st.integers(1, 12), st.sampled_from([0.0, 0.7, 40.0]))
def test_the_gradient_is_the_slope_of_the_cost_of_a_loop(seed: int, m: int, l2: float) -> None:
    X, labels = examples(m, seed)
    parameters = np.random.default_rng(seed).normal(size=3)
    regression = regression_with(parameters[:2], parameters[2])
    found = regression.gradient(with_ones(X, np.float64), one_hot(labels, 2, np.float64), l2)
    for k in range(3):
        costs = []
        for nudge in (1e-5, -1e-5):
            nudged = parameters.copy()
            nudged[k] += nudge
            costs.append(longhand_cost(nudged[:2], nudged[2], X, labels, l2))
        assert found[k] == pytest.approx((costs[0] - costs[1]) / 2e-5, rel=1e-6, abs=1e-8)


def test_a_loss_beyond_the_overflow_of_e_to_the_z_is_the_score_itself() -> None:
    regression = regression_with(np.array([1000.0]), 0.0)
    inputs = with_ones(np.array([[2.0]]), np.float64)
    assert regression.cost(inputs, np.array([1])) == 2000
    assert regression.cost(inputs, np.array([0])) == 0


# Beside a softmax


@thorough
@given(st.integers(0, 999))
def test_taken_from_a_softmax_it_gives_the_same_probabilities_and_cost(seed: int) -> None:
    net = Network((2, 2), seed=seed, dtype=np.float64)
    net.biases[0][:] = np.random.default_rng(seed).normal(size=2)
    regression = LogisticRegression.from_softmax(net)
    X, labels = examples(20, seed)
    inputs = with_ones(X, np.float64)
    np.testing.assert_allclose(regression.probabilities(inputs), net.probabilities(X)[0], rtol=1e-12)
    np.testing.assert_allclose(regression.w, net.weights[0][0] - net.weights[0][1])
    assert regression.cost(inputs, labels) == pytest.approx(net.cost_and_gradient(X, labels)[0], rel=1e-12)


@pytest.mark.parametrize("sizes", [(2, 3), (2, 5, 2), (2, 1)])
def test_no_other_network_is_a_logistic_regression(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="only two classes without hidden layers"):
        LogisticRegression.from_softmax(Network(sizes))


def trained_side_by_side(optimizer: str, l2: float, steps: int, head_start: int = 0) -> float:
    """The largest difference of a probability, once the network has trained on its own for a while and then both."""
    X, labels = examples(60, seed=1)
    inputs, Y = with_ones(X, np.float64), one_hot(labels, 2, np.float64)
    net, rate = Network((2, 2), seed=3, dtype=np.float64), 0.05
    own = OPTIMIZERS[optimizer](net.parameters)
    for _ in range(head_start):
        own.update(net.parameters, net.gradient(inputs, Y, l2), rate)
    regression = LogisticRegression.from_softmax(net)
    twin = twin_optimizer(own, regression)
    twin_rate, twin_l2 = twin_settings(rate, l2)
    largest = 0.0
    for _ in range(steps):
        own.update(net.parameters, net.gradient(inputs, Y, l2), rate)
        twin.update(regression.parameters, regression.gradient(inputs, Y, twin_l2), twin_rate)
        largest = max(largest, float(np.abs(net.probabilities(X)[0] - regression.probabilities(inputs)).max()))
    return largest


def test_the_twin_takes_twice_the_rate_and_half_the_penalty() -> None:
    assert twin_settings(0.3, 8.0) == (0.6, 4.0)


@pytest.mark.parametrize("head_start", [0, 40])
@pytest.mark.parametrize(("optimizer", "l2"), [pair for pair in PAIRS if agrees_step_by_step(*pair)])
def test_where_it_is_said_to_agree_500_steps_leave_nothing_but_rounding(
    optimizer: str, l2: float, head_start: int
) -> None:
    assert trained_side_by_side(optimizer, l2, 500, head_start) < 1e-10


def test_it_is_said_to_agree_for_all_but_rmsprop_and_a_penalty_under_adam() -> None:
    assert [pair for pair in PAIRS if not agrees_step_by_step(*pair)] == [
        ("rmsprop", 0.0),
        ("rmsprop", 3.0),
        ("adam", 3.0),
    ]


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam"])
def test_with_a_penalty_moves_divided_by_their_size_are_no_regression_s(optimizer: str) -> None:
    assert trained_side_by_side(optimizer, 3.0, 200) > 1e-4


@pytest.mark.parametrize(("rate_factor", "penalty_factor"), [(1.0, 0.5), (2.0, 1.0)])
def test_with_another_rate_or_penalty_it_goes_elsewhere(
    rate_factor: float, penalty_factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.nn.logistic.RATE_FACTOR", rate_factor)
    monkeypatch.setattr("playground.nn.logistic.PENALTY_FACTOR", penalty_factor)
    assert trained_side_by_side("gradient descent", 3.0, 100) > 1e-3
