"""The lowest cost without hidden layers: by hand, stationary, below all else; and where no parameters have it."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from playground.nn import Network, one_hot, with_ones
from playground.nn.optimum import Optimum, optimum

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

thorough = settings(derandomize=True, deadline=None, max_examples=80)
seeds = st.integers(0, 10_000)


def solved(X: ArrayLike, labels: ArrayLike, C: int, l2: float = 0.0) -> Optimum:
    return optimum(with_ones(X, np.float64), np.asarray(labels), C, l2)


def network_of(result: Optimum, n: int, C: int) -> Network:
    net = Network((n, C), dtype=np.float64)
    net.parameters[:] = result.parameters
    return net


def cost_and_slopes(result: Optimum, X: Matrix, labels: Labels, C: int, l2: float) -> tuple[float, Matrix]:
    """J by the network, and its derivatives (C, n + 1) by weights and bias of the standardised inputs."""
    cost, gradient = network_of(result, len(X), C).cost_and_gradient(X, labels, l2)
    slopes: Matrix = gradient.reshape(C, -1).astype(np.float64)
    spread = np.ptp(X, axis=1)  # a standard deviation of equal numbers is rounding, not 0
    slopes[:, :-1] -= slopes[:, -1:] * X.mean(axis=1)
    slopes[:, :-1] /= np.where(spread > 0, spread, 1)
    return cost, slopes


def entropy(counts: ArrayLike) -> float:
    shares = np.asarray(counts) / np.sum(counts)
    return float(-(shares * np.log(shares)).sum())


def every_kind_of_set(kind: str, C: int, m: int, seed: int) -> tuple[Matrix, Labels]:
    """Points that are easy or awkward, each with a class drawn at will."""
    rng = np.random.default_rng(seed)
    t = rng.normal(size=m)
    X = {
        "cloud": rng.normal(size=(2, m)),
        "lattice": rng.integers(-2, 3, (2, m)).astype(np.float64),  # with many points on one spot
        "line": np.array([t, 0.3 * t + 0.1]),
        "one spot": np.tile(rng.normal(size=(2, 1)), (1, m)),
        "grams and millimetres": rng.normal([[4e3], [0.02]], [[800], [0.004]], (2, m)),
        "far out": rng.standard_cauchy((2, m)),
    }[kind]
    return X, rng.integers(0, C, m)


kinds = st.sampled_from(["cloud", "lattice", "line", "one spot", "grams and millimetres", "far out"])


# By hand


def test_two_points_with_a_penalty_by_hand() -> None:
    # x = -1 of class 0, x = 1 of class 1: by symmetry w = (-v, v), b = 0, and J = log(1 + e^-2v) + l2 / 4 * 2 v^2.
    # dJ/dv = -2 sigma(-2v) + l2 v is 0 at v = 1 for l2 = 2 sigma(-2).
    l2 = 2 / (1 + math.exp(2))
    result = solved([[-1.0, 1.0]], [0, 1], 2, l2)
    assert result.cost == pytest.approx(math.log(1 + math.exp(-2)) + l2 / 2, abs=1e-12)
    np.testing.assert_allclose(result.parameters, [-1, 0, 1, 0], atol=1e-6)
    assert result.is_attained
    assert not result.is_separable


def test_four_points_without_a_penalty_by_hand() -> None:
    # On x = 0 one of three is of class 1, on x = 1 two of three: two free logits, so y_hat are those shares.
    result = solved([[0.0, 0, 0, 1, 1, 1]], [1, 0, 0, 1, 1, 0], 2)
    assert result.cost == pytest.approx(entropy([1, 2]), abs=1e-12)
    Y_hat = network_of(result, 1, 2).probabilities([[0.0, 1.0]])
    np.testing.assert_allclose(Y_hat, [[2 / 3, 1 / 3], [1 / 3, 2 / 3]], atol=1e-6)
    assert result.is_attained


@pytest.mark.parametrize("l2", [0, 0.5])
@pytest.mark.parametrize("counts", [[1, 1], [5, 2, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]])
def test_points_on_one_spot_can_do_no_better_than_their_shares(counts: list[int], l2: float) -> None:
    labels = np.repeat(np.arange(len(counts)), counts)
    result = solved(np.full((2, labels.size), 7.3), labels, len(counts), l2)
    assert result.cost == pytest.approx(entropy(counts), abs=1e-12)
    assert result.is_attained


@pytest.mark.parametrize("mirror", [1, -1])
def test_classes_that_touch_keep_the_loss_of_the_spot_where_they_touch(mirror: int) -> None:
    result = solved([[0.0, 0, -1, 1, 2, -3]], [0, 1, *([0, 1, 1, 0] if mirror == 1 else [1, 0, 0, 1])], 2)
    assert result.cost == pytest.approx(2 / 6 * math.log(2), abs=1e-9)
    assert not result.is_separable
    assert not result.is_attained


def test_a_separated_class_beside_two_mixed_ones_leaves_the_loss_of_these() -> None:
    result = solved([[0.0, 0, 0, 50, 51], [0.0, 0, 0, 0, 1]], [0, 0, 1, 2, 2], 3)
    assert result.cost == pytest.approx(3 / 5 * entropy([2, 1]), abs=1e-9)
    assert not result.is_attained


def test_three_points_on_a_line_with_another_class_between_are_not_separable() -> None:
    X = np.array([[0.0, 1, 2], [0.1, 0.4, 0.7]], np.float32)  # which float32 does not put quite on a line
    result = optimum(with_ones(X), np.array([0, 1, 0]), 2)
    assert not result.is_separable
    assert result.cost == pytest.approx(entropy([1, 2]), abs=1e-9)


# Separable classes


@thorough
@given(C=st.integers(2, 8), m=st.integers(2, 60), seed=seeds, scale=st.sampled_from([1, 1e-3, 1e5]))
def test_classes_drawn_by_straight_borders_are_separable(C: int, m: int, seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(2, m))
    Z = rng.normal(size=(C, 2)) @ X + rng.normal(size=(C, 1))
    labels = Z.argmax(axis=0)
    gap = np.diff(np.sort(Z, axis=0)[-2:], axis=0)
    assume(gap.min() > 1e-3 * gap.max())
    result = solved(X * [[scale], [1]], labels, C)
    assert result.is_done
    assert result.is_separable
    assert result.cost == 0
    assert not result.is_attained
    np.testing.assert_array_equal(network_of(result, 2, C).logits(X * [[scale], [1]]).argmax(axis=0), labels)


@pytest.mark.parametrize("l2", [0, 1])
def test_one_class_alone_costs_nothing(l2: float) -> None:
    alone = solved([[1.0, 2], [3, 4]], [0, 0], 1, l2)
    assert (alone.cost, alone.is_attained, alone.is_done) == (0, True, True)
    others_absent = solved([[1.0, 2], [3, 4]], [1, 1], 3, l2)
    assert (others_absent.cost, others_absent.is_attained) == (0, False)
    assert cost_and_slopes(others_absent, np.array([[1.0, 2], [3, 4]]), np.array([1, 1]), 3, l2)[0] < 1e-15


def test_a_penalty_makes_separable_classes_attain_their_optimum() -> None:
    result = solved([[-1.0, 1.0]], [0, 1], 2, 1e-3)
    assert result.is_attained
    assert not result.is_separable
    assert 0 < result.cost < 0.01


# Classes without points


@pytest.mark.parametrize("l2", [0, 0.3])
def test_a_class_without_points_leaves_the_optimum_of_the_others(l2: float) -> None:
    X, labels = every_kind_of_set("cloud", 3, 50, seed=1)
    among_three = solved(X, labels, 3, l2)
    among_five = solved(X, np.array([0, 2, 3])[labels], 5, l2)
    assert among_five.cost == pytest.approx(among_three.cost, abs=1e-12)
    assert among_three.is_attained
    assert not among_five.is_attained
    cost, _ = cost_and_slopes(among_five, X, np.array([0, 2, 3])[labels], 5, l2)
    assert cost == pytest.approx(among_five.cost, abs=1e-12)


# Properties


@thorough
@given(kind=kinds, C=st.integers(2, 6), m=st.integers(1, 40), l2=st.sampled_from([0, 1e-6, 0.1, 50.0]), seed=seeds)
def test_the_end_is_flat_and_its_cost_is_the_networks(kind: str, C: int, m: int, l2: float, seed: int) -> None:
    X, labels = every_kind_of_set(kind, C, m, seed)
    result = solved(X, labels, C, l2)
    if result.is_separable:
        return
    cost, slopes = cost_and_slopes(result, X, labels, C, l2)
    assert cost == pytest.approx(result.cost, abs=1e-10)
    np.testing.assert_allclose(slopes, 0, atol=1e-9)


@thorough
@given(kind=kinds, C=st.integers(2, 6), m=st.integers(1, 40), l2=st.sampled_from([0, 0.1]), seed=seeds)
def test_no_other_parameters_cost_less(kind: str, C: int, m: int, l2: float, seed: int) -> None:
    X, labels = every_kind_of_set(kind, C, m, seed)
    result = solved(X, labels, C, l2)
    inputs, net = with_ones(X, np.float64), network_of(result, 2, C)
    best, rng = net.parameters.copy(), np.random.default_rng(seed)
    for size in (1e-3, 0.1, 1):
        net.parameters[:] = best + size * rng.normal(size=best.size) * np.tile(
            [*1 / (np.abs(X).max(axis=1) + 1e-3), 1], C
        )
        assert net.evaluate(inputs, labels, l2).cost > result.cost - 1e-10


@thorough
@given(C=st.integers(2, 6), m=st.integers(1, 40), seed=seeds)
@example(C=2, m=4, seed=471440)  # three points on one line, which the other units round off it
@example(C=5, m=9, seed=987360)
@example(C=2, m=6, seed=421104)
def test_without_a_penalty_the_units_do_not_matter(C: int, m: int, seed: int) -> None:
    X, labels = every_kind_of_set("lattice", C, m, seed)
    moved = np.array([[3e5, 0.0], [2e2, 1e-4]]) @ X + [[1e5], [-3.0]]
    assert solved(moved, labels, C).cost == pytest.approx(solved(X, labels, C).cost, abs=1e-8)


@thorough
@given(kind=kinds, C=st.integers(2, 6), m=st.integers(1, 40), l2=st.sampled_from([0, 0.1]), seed=seeds)
def test_every_iteration_lowers_the_cost_until_it_is_done(kind: str, C: int, m: int, l2: float, seed: int) -> None:
    X, labels = every_kind_of_set(kind, C, m, seed)
    newton = Optimum(with_ones(X, np.float64), labels, C, l2)
    costs = [newton.cost]
    while not newton.is_done:
        newton.advance()
        costs.append(newton.cost)
    assert len(costs) < 60
    assert costs[0] == pytest.approx(entropy(np.unique(labels, return_counts=True)[1]), abs=1e-12)
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(costs))
    end = newton.parameters
    newton.advance()
    np.testing.assert_array_equal(newton.parameters, end)
    assert newton.cost == costs[-1]


def test_a_long_descent_ends_above_the_optimum() -> None:
    X, labels = every_kind_of_set("cloud", 3, 60, seed=2)
    inputs, Y = with_ones(X, np.float64), one_hot(labels, 3, np.float64)
    net = Network((2, 3), dtype=np.float64)
    for _ in range(3000):
        net.parameters -= 2 * net.gradient(inputs, Y, 0.1)
    best = optimum(inputs, labels, 3, 0.1)
    assert net.evaluate(inputs, labels, 0.1).cost == pytest.approx(best.cost, abs=1e-9)
    net.parameters[:] = Network((2, 3), seed=1, dtype=np.float64).parameters
    assert net.evaluate(inputs, labels, 0.1).cost > best.cost


def test_more_inputs_than_points_are_separable_or_flat() -> None:
    rng = np.random.default_rng(0)
    result = solved(rng.normal(size=(5, 3)), [0, 1, 2], 3)
    assert result.is_separable


# What is refused


def test_an_optimum_over_no_examples_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        solved(np.empty((2, 0)), np.empty(0, int), 2)


@pytest.mark.parametrize("labels", [[0, 2], [-1, 0], [0]])
def test_labels_that_are_no_classes_are_refused(labels: list[int]) -> None:
    with pytest.raises(ValueError, match="labels"):
        solved(np.zeros((2, 2)), labels, 2)
