"""Each activation against its formula and its slope, point by point."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import DTypeLike, NDArray

from playground.nn import ACTIVATIONS

NAMES = ["tanh", "relu", "leaky relu", "sigmoid", "linear"]

# Longhand g(z) and g'(z), the slope in terms of z, where the code writes it in terms of g(z).
VALUES: dict[str, Callable[[float], float]] = {
    "tanh": lambda z: (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z)),
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky relu": lambda z: z if z > 0 else 0.01 * z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}
SLOPES: dict[str, Callable[[float], float]] = {
    "tanh": lambda z: 1 / math.cosh(z) ** 2,
    "relu": lambda z: 1.0 if z > 0 else 0.0,
    "leaky relu": lambda z: 1.0 if z > 0 else 0.01,
    "sigmoid": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    "linear": lambda _: 1.0,
}

thorough = settings(derandomize=True, deadline=None, max_examples=40)
each_activation = pytest.mark.parametrize("name", NAMES)
# A subnormal z is 0 after * 0.01: without it, the leak is right to the last bits.
inputs = st.lists(st.floats(-300, 300, allow_subnormal=False), min_size=1, max_size=8)


def applied(name: str, column: list[float], dtype: DTypeLike = np.float64) -> NDArray[np.floating]:
    """g of every entry, as one column; the scratch holds NaN, so that reading it before writing it shows."""
    Z = np.array(column, dtype)[:, None]
    ACTIVATIONS[name].apply(Z, np.full_like(Z, np.nan))
    return Z[:, 0]


def slopes(name: str, column: list[float]) -> NDArray[np.floating]:
    """g' of every entry: the slope times dA = 1."""
    A = applied(name, column)[:, None]
    dA = np.ones_like(A)
    ACTIVATIONS[name].times_slope(dA, A, np.full_like(A, np.nan))
    return dA[:, 0]


def test_the_five_activations_are_offered_by_name() -> None:
    assert list(ACTIVATIONS) == NAMES


@each_activation
@thorough
@given(column=inputs)
def test_the_value_is_the_formula(name: str, column: list[float]) -> None:
    np.testing.assert_allclose(applied(name, column), [VALUES[name](z) for z in column], rtol=1e-12, atol=1e-15)


@each_activation
@thorough
@given(column=inputs)
def test_the_slope_is_the_formula(name: str, column: list[float]) -> None:
    np.testing.assert_allclose(slopes(name, column), [SLOPES[name](z) for z in column], rtol=1e-12, atol=1e-15)


@each_activation
@thorough
@given(z=st.floats(-5, 5).filter(lambda z: abs(z) > 1e-3))
def test_the_slope_is_the_limit_of_the_difference_quotient(name: str, z: float) -> None:
    step = 1e-5  # less than the distance to the kink at 0
    below, above = applied(name, [z - step, z + step])
    assert slopes(name, [z])[0] == pytest.approx((above - below) / (2 * step), rel=1e-7, abs=1e-8)


@each_activation
def test_the_slope_multiplies_what_arrives_and_leaves_the_activations_alone(name: str) -> None:
    column = [-2.0, -0.5, 0.25, 3.0]
    A = applied(name, column)[:, None]
    before = A.copy()
    dA = np.array([[3.0], [-7.0], [0.0], [0.5]])
    ACTIVATIONS[name].times_slope(dA, A, np.full_like(A, np.nan))
    expected = [factor * SLOPES[name](z) for factor, z in zip([3.0, -7.0, 0.0, 0.5], column, strict=True)]
    np.testing.assert_allclose(dA[:, 0], expected, rtol=1e-12)
    np.testing.assert_array_equal(A, before)


@each_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_largest_inputs_stay_finite(name: str, dtype: DTypeLike) -> None:
    largest = float(np.finfo(dtype).max)
    limits: dict[str, list[float]] = {
        "tanh": [-1, 1],
        "relu": [0, largest],
        "leaky relu": [-0.01 * largest, largest],
        "sigmoid": [0, 1],
        "linear": [-largest, largest],
    }
    np.testing.assert_allclose(applied(name, [-largest, largest], dtype), limits[name], rtol=1e-6)


@each_activation
def test_every_shape_is_treated_entry_by_entry(name: str) -> None:
    Z = np.linspace(-2, 2, 15).reshape(3, 5)
    A = Z.copy()
    ACTIVATIONS[name].apply(A, np.full_like(A, np.nan))
    np.testing.assert_array_equal(A.ravel(), applied(name, list(Z.ravel())))


def test_the_relus_take_the_lower_slope_at_zero() -> None:
    assert slopes("relu", [0.0])[0] == 0
    assert slopes("leaky relu", [0.0])[0] == pytest.approx(0.01)


@each_activation
def test_the_gain_makes_up_for_what_the_slope_takes_away(name: str) -> None:
    # Half of the inputs come from either side of 0, so the mean square of the two slopes is what a layer keeps.
    below, above = slopes(name, [-1e-9, 1e-9])
    assert ACTIVATIONS[name].gain * (below**2 + above**2) / 2 == pytest.approx(1, rel=1e-12)
