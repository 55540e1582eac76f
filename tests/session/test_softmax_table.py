"""The softmax table: the course's figures, and every cell from the others in longhand."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.softmax_table import SoftmaxTable, softmax_table

thorough = settings(derandomize=True, deadline=None, max_examples=100)

moderate = st.lists(st.floats(-300, 300), min_size=2, max_size=10)
any_finite = st.lists(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from([1e308, -1e308, 750.0, -750.0, 0.0, 5e-324, 1000.0]),
    ),
    min_size=2,
    max_size=10,
)
temperatures = st.floats(0.01, 100)


def longhand(Z: list[float], temperature: float = 1.0) -> list[float]:
    """Softmax by its definition, to 60 digits and with exponents that no float has."""
    with localcontext(prec=60, Emax=10**9, Emin=-(10**9)):
        scaled = [Decimal(z) / Decimal(temperature) for z in Z]
        powers = [(z - max(scaled)).exp() for z in scaled]
        return [float(power / sum(powers)) for power in powers]


# The course's page


def test_the_courses_scores_give_the_courses_probabilities() -> None:
    table = softmax_table([5, 2, -1, 3])
    assert [f"{y:.3f}" for y in table.Y_hat] == ["0.842", "0.042", "0.002", "0.114"]
    assert [f"{power:.1f}" for power in table.exponentials] == ["148.4", "7.4", "0.4", "20.1"]
    assert f"{table.total:.1f}" == "176.3"
    assert table.hardmax.tolist() == [1, 0, 0, 0]
    assert (table.shift, table.is_shifted, table.temperature) == (0, False, 1)
    assert table.exponents.tolist() == table.Z.tolist() == [5, 2, -1, 3]
    assert (table.label, table.Y, table.dZ, table.loss) == (None,) * 4


def test_the_courses_second_card_costs_minus_the_logarithm_of_a_fifth() -> None:
    table = softmax_table([math.log(y) for y in (0.3, 0.2, 0.1, 0.4)], label=1)
    np.testing.assert_allclose(table.Y_hat, [0.3, 0.2, 0.1, 0.4], rtol=1e-14)
    assert table.Y is not None
    assert table.dZ is not None
    assert table.loss is not None
    assert f"{table.loss:.3f}" == "1.609"
    assert table.Y.tolist() == [0, 1, 0, 0]
    np.testing.assert_allclose(table.dZ, [0.3, -0.8, 0.1, 0.4], rtol=1e-13)


# Every cell from the others


def assert_adds_up(table: SoftmaxTable, label: int) -> None:
    """Recompute each column from the one before, and the loss and dz from ŷ, as a reader does."""
    for z, exponent in zip(table.Z.tolist(), table.exponents.tolist(), strict=True):
        largest = max(abs(z / table.temperature), abs(table.shift))
        assert exponent == pytest.approx(z / table.temperature - table.shift, rel=1e-13, abs=1e-14 * largest)
    powers = [math.exp(exponent) for exponent in table.exponents.tolist()]
    assert table.exponentials.tolist() == pytest.approx(powers, rel=1e-13, abs=1e-300)
    assert table.total == pytest.approx(math.fsum(powers), rel=1e-13)
    assert table.Y_hat.tolist() == pytest.approx([power / table.total for power in powers], rel=1e-12, abs=1e-300)
    assert table.hardmax.tolist() == [float(j == int(table.Z.argmax())) for j in range(table.Z.size)]
    assert table.Y is not None
    assert table.dZ is not None
    assert table.Y.tolist() == [float(j == label) for j in range(table.Z.size)]
    errors = [y_hat - y for y_hat, y in zip(table.Y_hat.tolist(), table.Y.tolist(), strict=True)]
    assert table.dZ.tolist() == [error / table.temperature for error in errors]
    assert abs(math.fsum(table.dZ)) < 1e-14 / table.temperature
    expected = math.log(table.total) - float(table.exponents[label])
    assert table.loss == pytest.approx(expected, rel=1e-12, abs=1e-13)


@thorough
@given(Z=moderate, temperature=temperatures, data=st.data())
def test_every_cell_follows_from_the_others_and_is_right(
    Z: list[float], temperature: float, data: st.DataObject
) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    table = softmax_table(Z, label, temperature)
    assert_adds_up(table, label)
    assert table.Y_hat.tolist() == pytest.approx(longhand(Z, temperature), rel=1e-9, abs=1e-300)
    assert table.loss == pytest.approx(longhand_loss(Z, label, temperature), rel=1e-9, abs=1e-13)


def longhand_loss(Z: list[float], label: int, temperature: float) -> float:
    with localcontext(prec=60, Emax=10**9, Emin=-(10**9)):
        scaled = [Decimal(z) / Decimal(temperature) for z in Z]
        return float(sum((z - scaled[label]).exp() for z in scaled).ln())


def test_large_scores_that_differ_by_little_keep_their_difference() -> None:
    # a third of 3e15 and of 3e15 + 1 differ by 0.33, of which floats that large keep 0.25 or 0.375
    table = softmax_table([3e15, 3e15 + 1], 0, 3.0)
    assert table.exponents.tolist() == pytest.approx([-1 / 3, 0], rel=1e-14)
    assert table.exponentials[0] / table.total == pytest.approx(table.Y_hat[0], rel=1e-14)
    assert table.loss == pytest.approx(math.log(1 + math.exp(1 / 3)), rel=1e-14)


def test_scores_whose_share_by_the_temperature_overflows_keep_their_order() -> None:
    table = softmax_table([1e308, 9e307], 1, 0.01)
    assert table.exponentials.tolist() == table.Y_hat.tolist() == [1, 0]


# Extremes


@thorough
@given(Z=any_finite, temperature=temperatures, data=st.data())
def test_any_finite_scores_give_finite_cells(Z: list[float], temperature: float, data: st.DataObject) -> None:
    table = softmax_table(Z, data.draw(st.integers(0, len(Z) - 1)), temperature)
    assert table.dZ is not None
    assert table.loss is not None
    for cells in (table.Z, table.exponents, table.exponentials, table.Y_hat, table.hardmax, table.dZ):
        assert np.isfinite(cells).all()
    assert math.isfinite(table.shift)
    assert 0 < table.total < math.inf
    assert 0 <= table.loss < math.inf
    assert math.fsum(table.Y_hat) == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(table.exponentials / table.total, table.Y_hat, rtol=1e-9, atol=1e-20)


@pytest.mark.parametrize("Z", [[700.0, 1.0], [-700.0, -710.0], [0.0, -1e308], [-690.0, -1000.0, -2000.0], [0.0, 0.0]])
def test_the_table_is_the_textbooks_while_floats_can_hold_it(Z: list[float]) -> None:
    table = softmax_table(Z)
    assert (table.shift, table.is_shifted) == (0, False)
    assert table.exponents.tolist() == Z
    assert table.exponentials.tolist() == pytest.approx([math.exp(z) for z in Z], rel=1e-13, abs=5e-324)


@pytest.mark.parametrize(
    ("Z", "shift", "Y_hat"),
    [
        ([750.0, 750.0, 0.0], 750, [0.5, 0.5, 0]),
        ([709.0] * 10, 709, [0.1] * 10),  # each e^z is a float64, their sum is not
        ([-750.0, -750.0], -750, [0.5, 0.5]),
        ([1000.0, 1000 + math.log(3)], 1000 + math.log(3), [0.25, 0.75]),
        ([1e308, -1e308], 1e308, [1, 0]),
        ([-1e308, -1e308, -1e308, -1e308], -1e308, [0.25] * 4),
    ],
)
def test_beyond_that_the_largest_is_taken_away_from_each(Z: list[float], shift: float, Y_hat: list[float]) -> None:
    table = softmax_table(Z)
    assert (table.shift, table.is_shifted) == (shift, True)
    assert table.exponents.max() == 0
    assert table.Y_hat.tolist() == pytest.approx(Y_hat, rel=1e-12)


def test_the_shift_is_of_what_the_temperature_leaves() -> None:
    assert softmax_table([1400.0, 0.0], temperature=2).shift == 0
    assert softmax_table([400.0, 0.0], temperature=0.5).shift == 800


# +k, and the dial


@thorough
@given(Z=st.lists(st.integers(-50, 50), min_size=2, max_size=10), k=st.integers(-(10**6), 10**6), data=st.data())
def test_adding_k_to_every_score_changes_nothing_but_the_terms(Z: list[int], k: int, data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    plain, moved = softmax_table(Z, label), softmax_table([z + k for z in Z], label)
    assert moved.Y_hat.tobytes() == plain.Y_hat.tobytes()
    assert moved.hardmax.tobytes() == plain.hardmax.tobytes()
    assert moved.dZ is not None
    assert plain.dZ is not None
    assert moved.dZ.tobytes() == plain.dZ.tobytes()
    assert moved.loss == plain.loss


@thorough
@given(Z=st.lists(st.integers(-20, 20), min_size=2, max_size=10, unique=True))
def test_the_dial_goes_from_hardmax_to_uniform(Z: list[int]) -> None:
    cold, hot = softmax_table(Z, temperature=1e-3), softmax_table(Z, temperature=1e12)
    np.testing.assert_allclose(cold.Y_hat, cold.hardmax, atol=1e-300)
    np.testing.assert_allclose(hot.Y_hat, 1 / len(Z), rtol=1e-10)
    shares = [softmax_table(Z, temperature=T).Y_hat.max() for T in (0.1, 0.5, 1, 2, 10, 100)]
    assert shares == sorted(shares, reverse=True)


@thorough
@given(Z=moderate, temperature=temperatures)
def test_no_temperature_changes_the_order(Z: list[float], temperature: float) -> None:
    Y_hat = softmax_table(Z, temperature=temperature).Y_hat
    assert (np.diff(Y_hat[np.argsort(Z)]) >= 0).all()


# What is refused


@pytest.mark.parametrize("temperature", [0.0, -1.0, math.nan])
def test_a_temperature_of_0_or_below_is_refused(temperature: float) -> None:
    with pytest.raises(ValueError, match="temperature must be greater than 0"):
        softmax_table([5, 2], temperature=temperature)


@pytest.mark.parametrize("label", [-1, 4])
def test_a_label_that_is_no_class_is_refused(label: int) -> None:
    with pytest.raises(ValueError, match="labels must lie between 0 and 3"):
        softmax_table([5, 2, -1, 3], label)


def test_the_scores_given_are_not_changed() -> None:
    Z = np.array([800.0, 2.0, -1.0])
    table = softmax_table(Z, 1, 2.0)
    assert Z.tolist() == [800, 2, -1]
    assert table.Z.tolist() == [800, 2, -1]
