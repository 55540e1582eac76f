"""The scale of the inputs: mean and standard deviation in longhand."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.dataset import LARGEST
from playground.session.scale import PLAIN, Scale, scale_of

thorough = settings(derandomize=True, deadline=None, max_examples=100)
coordinates = st.floats(-LARGEST, LARGEST)
points = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12)


def longhand(values: list[float]) -> tuple[float, float]:
    """Mean and standard deviation in exact fractions."""
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    variance = sum((value - mean) ** 2 for value in exact) / len(exact)
    scale = max([Fraction(1), *map(abs, exact)]) ** 2  # so that the square root's argument is a float
    return float(mean), math.sqrt(variance / scale) * math.sqrt(scale)


@thorough
@given(given_points=st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=2, max_size=12))
def test_the_scale_is_mean_and_standard_deviation_and_makes_them_0_and_1(
    given_points: list[tuple[float, float]],
) -> None:
    X = np.array(given_points).T
    scale = scale_of(X, standardise=True)
    scaled = scale.apply(X)
    for row in range(2):
        mean, spread = longhand(X[row].tolist())
        assert float(scale.mean[row, 0]) == pytest.approx(mean, rel=1e-9, abs=1e-9)
        if np.ptp(X[row]) > 1e-3:
            assert float(scale.spread[row, 0]) == pytest.approx(spread, rel=1e-6)
            by_hand = [(x - mean) / spread for x in X[row].tolist()]
            assert scaled[row].tolist() == pytest.approx(by_hand, rel=1e-5, abs=1e-5)


@thorough
@given(given_points=points, probe=st.tuples(coordinates, coordinates))
def test_whatever_the_points_the_network_is_given_numbers(
    given_points: list[tuple[float, float]], probe: tuple[float, float]
) -> None:
    scale = scale_of(np.array(given_points).T, standardise=True)
    assert (scale.spread > 0).all()
    for X in (np.array(given_points).T, np.array(probe)[:, None]):
        assert (np.abs(scale.apply(X)) <= LARGEST).all()


@pytest.mark.parametrize("values", [[0.1] * 3, [0.0, 1e-200, 5e-201], [-0.3] * 7, [5.0]])
def test_an_input_that_does_not_vary_or_whose_squares_vanish_is_only_centred(values: list[float]) -> None:
    scale = scale_of(np.array([values, range(len(values))]), standardise=True)
    assert scale.spread[0, 0] == 1
    assert np.allclose(scale.apply(np.array([values, values]))[0], 0, atol=1e-15)


@pytest.mark.parametrize("X", [np.empty((2, 0)), np.array([[3.0, 5.0], [1.0, 9.0]])])
def test_inputs_are_taken_as_they_are_where_that_is_wanted_or_nothing_is_known(X: np.ndarray) -> None:
    for scale in (scale_of(X, standardise=X.size == 0), PLAIN):
        assert scale.mean.tolist() == [[0], [0]]
        assert scale.spread.tolist() == [[1], [1]]
        np.testing.assert_array_equal(scale.apply(X), X)


def test_what_would_be_too_large_for_the_network_is_cut_off() -> None:
    scale = Scale(np.zeros((2, 1)), np.full((2, 1), 1e-3))
    assert scale.apply(np.array([[1e30], [-1e29]])).tolist() == [[LARGEST], [-LARGEST]]
