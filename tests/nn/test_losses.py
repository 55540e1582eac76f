"""Softmax, hardmax and cross-entropy: the course's numbers, the extremes, and the formula in long decimals."""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import ArrayLike, NDArray

from playground.nn import cross_entropy, hardmax, log_softmax, softmax

Matrix = NDArray[np.float64]

thorough = settings(derandomize=True, deadline=None, max_examples=60)


def matrices(elements: st.SearchStrategy[float]) -> st.SearchStrategy[Matrix]:
    return hnp.arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 4)), elements=elements)


moderate = matrices(st.floats(-1e4, 1e4))
any_finite = matrices(st.floats(allow_nan=False, allow_infinity=False))
whole = matrices(st.integers(-1000, 1000).map(float))
columns_without_tie = st.lists(st.integers(-50, 50), min_size=1, max_size=6, unique=True)


def exact_softmax(Z: Matrix, temperature: float = 1.0) -> list[list[Decimal]]:
    """e^(z / T) over their sum as written, column by column, in decimals to which e^10000 is an ordinary number."""
    result = []
    with localcontext(prec=50):
        for column in Z.T:
            powers = [(Decimal(float(z)) / Decimal(temperature)).exp() for z in column]
            result.append([power / sum(powers) for power in powers])
    return result


def as_matrix(columns: list[list[Decimal]]) -> Matrix:
    return np.array([[float(entry) for entry in column] for column in columns]).T


def exact_log_softmax(Z: Matrix) -> Matrix:
    with localcontext(prec=50):
        return as_matrix([[y_hat.ln() for y_hat in column] for column in exact_softmax(Z)])


def any_labels(Z: Matrix) -> NDArray[np.int64]:
    """A label for each column, which ones does not matter."""
    labels: NDArray[np.int64] = np.arange(Z.shape[1]) * 7 % Z.shape[0]
    return labels


# The course's numbers


def test_softmax_of_the_worked_example() -> None:
    np.testing.assert_allclose(softmax([5, 2, -1, 3]), [0.842, 0.042, 0.002, 0.114], atol=5e-4)


def test_hardmax_of_the_worked_example() -> None:
    np.testing.assert_array_equal(hardmax([5, 2, -1, 3]), [1, 0, 0, 0])


def test_cross_entropy_of_the_worked_example() -> None:
    Y_hat = [0.3, 0.2, 0.1, 0.4]
    loss = cross_entropy([math.log(y_hat) for y_hat in Y_hat], 1)
    assert loss.shape == (1,)
    assert loss[0] == pytest.approx(-math.log(0.2), rel=1e-12)
    assert loss[0] == pytest.approx(1.609, abs=5e-4)


# The formulas


@thorough
@given(Z=moderate)
def test_softmax_is_the_formula(Z: Matrix) -> None:
    # the difference of two logits near 1e4 is rounded by up to 4e-12, and so is the exponent
    np.testing.assert_allclose(softmax(Z), as_matrix(exact_softmax(Z)), rtol=1e-11, atol=1e-300)


@thorough
@given(Z=matrices(st.floats(-100, 100)), temperature=st.floats(0.05, 50))
def test_temperature_divides_the_logits(Z: Matrix, temperature: float) -> None:
    expected = as_matrix(exact_softmax(Z, temperature))
    np.testing.assert_allclose(softmax(Z, temperature), expected, rtol=1e-11, atol=1e-300)


@thorough
@given(Z=moderate)
def test_log_softmax_is_the_formula(Z: Matrix) -> None:
    np.testing.assert_allclose(log_softmax(Z), exact_log_softmax(Z), rtol=1e-12, atol=1e-11)


@thorough
@given(Z=moderate)
def test_cross_entropy_is_minus_the_log_of_the_labels_probability(Z: Matrix) -> None:
    labels = any_labels(Z)
    expected = [-exact_log_softmax(Z)[label, i] for i, label in enumerate(labels)]
    np.testing.assert_allclose(cross_entropy(Z, labels), expected, rtol=1e-12, atol=1e-11)


@thorough
@given(Z=matrices(st.integers(-3, 3).map(float)))
def test_hardmax_marks_the_first_of_the_largest(Z: Matrix) -> None:
    for column, marked in zip(Z.T.tolist(), hardmax(Z).T.tolist(), strict=True):
        winner = column.index(max(column))
        assert marked == [1.0 if j == winner else 0.0 for j in range(len(column))]


def test_hardmax_takes_the_first_on_a_tie() -> None:
    np.testing.assert_array_equal(hardmax([2, 7, 7, 1]), [0, 1, 0, 0])


# What holds for every finite input


@thorough
@given(Z=any_finite)
def test_probabilities_lie_between_0_and_1_and_sum_to_1(Z: Matrix) -> None:
    Y_hat = softmax(Z)
    assert Y_hat.shape == Z.shape
    assert np.all((Y_hat >= 0) & (Y_hat <= 1))
    np.testing.assert_allclose(Y_hat.sum(axis=0), 1, rtol=1e-14)


@thorough
@given(Z=any_finite, temperature=st.floats(min_value=0, exclude_min=True, allow_infinity=False))
def test_any_temperature_gives_probabilities(Z: Matrix, temperature: float) -> None:
    np.testing.assert_allclose(softmax(Z, temperature).sum(axis=0), 1, rtol=1e-14)


@thorough
@given(Z=any_finite)
def test_losses_are_finite_and_not_negative(Z: Matrix) -> None:
    losses = cross_entropy(Z, any_labels(Z))
    assert losses.shape == (Z.shape[1],)
    assert np.all(np.isfinite(losses) & (losses >= 0))
    assert np.all(np.isfinite(log_softmax(Z)))


@thorough
@given(Z=whole, k=st.integers(-(10**6), 10**6))
def test_adding_a_constant_to_every_logit_changes_nothing(Z: Matrix, k: int) -> None:
    # whole numbers, so that Z + k is exact and the results agree to the bit
    labels = any_labels(Z)
    np.testing.assert_array_equal(softmax(Z + k), softmax(Z))
    np.testing.assert_array_equal(log_softmax(Z + k), log_softmax(Z))
    np.testing.assert_array_equal(hardmax(Z + k), hardmax(Z))
    np.testing.assert_array_equal(cross_entropy(Z + k, labels), cross_entropy(Z, labels))


@thorough
@given(Z=moderate)
def test_each_column_is_on_its_own(Z: Matrix) -> None:
    labels = any_labels(Z)
    for i, label in enumerate(labels):
        np.testing.assert_allclose(softmax(Z)[:, i], softmax(Z[:, i]), rtol=1e-14)
        np.testing.assert_allclose(log_softmax(Z)[:, i], log_softmax(Z[:, i]), rtol=1e-14, atol=1e-15)
        np.testing.assert_array_equal(hardmax(Z)[:, i], hardmax(Z[:, i]))
        np.testing.assert_allclose(
            cross_entropy(Z, labels)[i], cross_entropy(Z[:, i], label)[0], rtol=1e-14, atol=1e-15
        )


# Temperature


@thorough
@given(column=columns_without_tie)
def test_a_temperature_near_0_gives_the_hardmax(column: list[int]) -> None:
    np.testing.assert_allclose(softmax(column, 0.01), hardmax(column), atol=1e-40)


@thorough
@given(column=columns_without_tie)
def test_a_large_temperature_gives_every_class_its_share(column: list[int]) -> None:
    np.testing.assert_allclose(softmax(column, 1e12), 1 / len(column), rtol=1e-9)


@pytest.mark.parametrize("temperature", [1e-30, 1e-300, 5e-324])
def test_the_coldest_softmax_is_the_hardmax(temperature: float) -> None:
    np.testing.assert_array_equal(softmax([5, 2, -1, 3], temperature), [1, 0, 0, 0])


@pytest.mark.parametrize("temperature", [1e-46, 1e-300])
def test_the_coldest_softmax_is_the_hardmax_in_float32_too(temperature: float) -> None:
    np.testing.assert_array_equal(softmax(np.array([5, 2, -1, 3], np.float32), temperature), [1, 0, 0, 0])


@pytest.mark.parametrize("temperature", [0, -0.0, -1, -math.inf, math.nan])
def test_a_temperature_that_is_not_above_0_is_refused(temperature: float) -> None:
    with pytest.raises(ValueError, match="temperature must be greater than 0"):
        softmax([1, 2], temperature)


# Extremes


def test_logits_of_1000_are_right() -> None:
    Z = [1000, 0, -1000]
    np.testing.assert_array_equal(softmax(Z), [1, 0, 0])
    np.testing.assert_array_equal(log_softmax(Z), [0, -1000, -2000])
    np.testing.assert_array_equal(hardmax(Z), [1, 0, 0])
    assert [cross_entropy(Z, label)[0] for label in range(3)] == [0, 1000, 2000]


def test_logits_of_1e30_are_right() -> None:
    Z = [-1e30, 1e30, 0]
    np.testing.assert_array_equal(softmax(Z), [0, 1, 0])
    np.testing.assert_array_equal(log_softmax(Z), [-2e30, 0, -1e30])
    assert [cross_entropy(Z, label)[0] for label in range(3)] == [2e30, 0, 1e30]


def test_logits_of_1e308_give_the_right_probabilities_and_finite_losses() -> None:
    np.testing.assert_array_equal(softmax([1e308, 0, -1e308]), [1, 0, 0])
    np.testing.assert_allclose(softmax([1e308] * 4), [0.25] * 4)
    np.testing.assert_allclose(log_softmax([-1e308] * 4), [-math.log(4)] * 4)
    largest_loss = cross_entropy([1e308, -1e308], 1)[0]  # truly 2e308, which no float can hold
    assert 8e307 < largest_loss < math.inf


def test_a_difference_of_1e308_is_right() -> None:
    np.testing.assert_array_equal(log_softmax([0, -1e308]), [0, -1e308])


def test_the_largest_float32_logits_are_right() -> None:
    Z = np.array([3e38, 0, -3e38], np.float32)
    np.testing.assert_array_equal(softmax(Z), [1, 0, 0])
    assert np.all(np.isfinite(log_softmax(Z)))


def test_a_single_class_is_certain() -> None:
    np.testing.assert_array_equal(softmax([[3.0, -1e308]]), [[1, 1]])
    np.testing.assert_array_equal(hardmax([[3.0, -1e308]]), [[1, 1]])
    np.testing.assert_array_equal(cross_entropy([[3.0, -1e308]], [0, 0]), [0, 0])


def test_no_examples_give_no_results() -> None:
    Z = np.empty((3, 0))
    assert softmax(Z).shape == log_softmax(Z).shape == hardmax(Z).shape == (3, 0)
    assert cross_entropy(Z, []).shape == (0,)


# Forms of input


@pytest.mark.parametrize("Z", [[[5, 1], [2, 1], [-1, 0]], np.array([[5, 1], [2, 1], [-1, 0]], np.int8)])
def test_lists_and_whole_numbers_count_as_logits(Z: ArrayLike) -> None:
    floats = np.array([[5.0, 1.0], [2.0, 1.0], [-1.0, 0.0]])
    np.testing.assert_array_equal(softmax(Z), softmax(floats))
    np.testing.assert_array_equal(log_softmax(Z), log_softmax(floats))
    np.testing.assert_array_equal(hardmax(Z), hardmax(floats))
    np.testing.assert_array_equal(cross_entropy(Z, [2, 0]), cross_entropy(floats, np.array([2, 0])))


def test_unsigned_logits_do_not_wrap_around() -> None:
    np.testing.assert_allclose(softmax(np.array([3, 5], np.uint8)), softmax([3.0, 5.0]))


@pytest.mark.parametrize("call", [softmax, log_softmax, hardmax, lambda Z: cross_entropy(Z, [0, 1, 0])])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_logits_are_never_changed(call: Callable[[Matrix], Matrix], dtype: type) -> None:
    Z: Matrix = np.array([[5, 2, 0], [1, 4, 0]], dtype)
    before = Z.copy()
    result = call(Z)
    result += 1  # nor is the answer a view of them
    np.testing.assert_array_equal(Z, before)


def test_the_labels_are_never_changed() -> None:
    labels = np.array([1, 0, 1])
    cross_entropy(np.eye(2, 3), labels)
    np.testing.assert_array_equal(labels, [1, 0, 1])


# What is refused


@pytest.mark.parametrize("call", [softmax, log_softmax, hardmax, lambda Z: cross_entropy(Z, [])])
@pytest.mark.parametrize("Z", [[], np.empty((0, 4)), np.empty((0, 0)), 3.0])
def test_no_classes_are_refused(call: Callable[[ArrayLike], Matrix], Z: ArrayLike) -> None:
    with pytest.raises(ValueError, match="at least one class"):
        call(Z)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, -1], "between 0 and 2, not -1 to 0"),
        ([3, 0], "between 0 and 2, not 0 to 3"),
        ([0.0, 1.0], "whole numbers, not float64"),
        ([True, False], "whole numbers, not bool"),
        (["a", "b"], "whole numbers"),
        ([0], "2 examples need 2 labels"),
        ([0, 1, 2], "2 examples need 2 labels"),
        ([[0, 1]], r"2 examples need 2 labels, not an array of shape \(1, 2\)"),
        (1, "2 examples need 2 labels"),
    ],
)
def test_labels_that_are_no_classes_are_refused(labels: ArrayLike, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cross_entropy(np.zeros((3, 2)), labels)
