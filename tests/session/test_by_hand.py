"""What is done on the desk: the numbers on it, and softmax two ways, against sums done longhand."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.by_hand import (
    COURSE,
    added,
    is_lens_on,
    shifted,
    two_ways,
    with_course_scores,
    with_label,
    with_score,
    with_score_count,
)
from playground.session.errors import UserError
from playground.session.looking import Desk, Looking
from playground.session.softmax_table import softmax_table

scores = st.lists(st.floats(-150, 150), min_size=2, max_size=10)
temperatures = st.sampled_from([0.5, 1.0, 3.0, 100.0])
two_decimals = st.integers(-100_000, 100_000).map(lambda hundredths: hundredths / 100)


def longhand(Z: list[float], temperature: float = 1.0) -> list[float]:
    """Softmax with the ratios of exponentials, which never overflow where the scores lie near each other."""
    return [1 / sum(math.exp((other - z) / temperature) for other in Z) for z in Z]


# What is on the desk


def test_the_desk_opens_with_the_course_s_numbers() -> None:
    assert Desk() == COURSE
    assert COURSE.Z == (5, 2, -1, 3)
    assert (COURSE.Y_hat, COURSE.Y_hat_label) == ((0.3, 0.2, 0.1, 0.4), 1)
    assert COURSE.label is None


def test_one_number_is_changed_and_the_others_stay() -> None:
    assert with_score(Desk(), 2, 7.5).Z == (5, 2, 7.5, 3)


@pytest.mark.parametrize("z", [math.nan, math.inf, -math.inf, 1e308])
def test_a_score_that_is_no_number_or_too_large_is_refused(z: float) -> None:
    with pytest.raises(UserError, match="z must be a number between"):
        with_score(Desk(), 0, z)


def test_new_classes_start_at_0_and_the_last_ones_go() -> None:
    assert with_score_count(Desk(), 6).Z == (5, 2, -1, 3, 0, 0)
    assert with_score_count(Desk(), 2).Z == (5, 2)


@pytest.mark.parametrize("count", [1, 11])
def test_a_desk_takes_2_to_10_classes(count: int) -> None:
    with pytest.raises(UserError):
        with_score_count(Desk(), count)


def test_y_goes_with_its_class() -> None:
    assert with_score_count(Desk(label=3), 3).label is None
    assert with_score_count(Desk(label=1), 2).label == 1
    assert with_course_scores(Desk(Z=(0,) * 9, label=7)).label is None


def test_choosing_the_class_that_y_is_chooses_none() -> None:
    assert with_label(Desk(), 2).label == 2
    assert with_label(Desk(label=2), 2).label is None
    assert with_label(Desk(label=2), 0).label == 0


def test_the_course_s_numbers_come_back_on_their_own_card_only() -> None:
    changed = Desk(Z=(1, 2), label=1, temperature=4, Y_hat=(1, 0), Y_hat_label=0)
    assert with_course_scores(changed) == replace(changed, Z=COURSE.Z, temperature=1)


@given(st.lists(two_decimals, min_size=2, max_size=10), st.sampled_from([1, 10, 1000, -1000]))
def test_adding_k_and_taking_it_away_leaves_no_trace(Z: list[float], k: float) -> None:
    desk = Desk(Z=tuple(Z))
    moved = shifted(desk, k)
    assert [Fraction(str(z)) - Fraction(str(old)) for z, old in zip(moved.Z, Z, strict=True)] == [k] * len(Z)
    assert shifted(moved, -k) == desk


def test_steps_of_a_tenth_stay_tenths() -> None:
    z, seen = -0.5, []
    for _ in range(10):
        z = added(z, 0.1)
        seen.append(z)
    assert seen == [-0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5]


def test_the_largest_score_takes_k_as_well() -> None:
    assert shifted(Desk(Z=(1e300, -1e300)), 1000).Z == (1e300, -1e300)


@pytest.mark.parametrize(
    ("lens", "desk", "is_on"),
    [
        (1.0, Desk(), False),
        (1.0, Desk(is_lens=True), True),  # on its way through 1
        (1.0, Desk(is_lens=True, temperature=3), False),  # taken away elsewhere
        (3.0, Desk(), True),
        (3.0, Desk(is_lens=True, temperature=3), True),
    ],
)
def test_the_lens_is_on_where_it_changes_the_plane_or_soon_may(lens: float, desk: Desk, is_on: bool) -> None:
    assert is_lens_on(Looking(temperature=lens, desk=desk)) == is_on


# Softmax, two ways


@given(scores, temperatures)
def test_both_ways_are_softmax_where_both_work(Z: list[float], temperature: float) -> None:
    ways = two_ways(Z, temperature)
    expected = longhand(Z, temperature)
    assert ways.failure == ""
    np.testing.assert_allclose(ways.Y_hat, expected, rtol=1e-9)
    np.testing.assert_allclose(ways.stable_Y_hat, expected, rtol=1e-9)
    assert ways.total == pytest.approx(math.fsum(math.exp(z / temperature) for z in Z), rel=1e-9)
    assert ways.stable_exponentials.max() == 1


def test_the_naive_way_overflows_at_1000_and_the_stable_one_does_not() -> None:
    ways = two_ways(shifted(Desk(), 1000).Z)
    assert ways.failure == "overflow"
    assert ways.total == math.inf
    assert np.isnan(ways.Y_hat).all()
    np.testing.assert_allclose(ways.stable_Y_hat, longhand([5, 2, -1, 3]), rtol=1e-12)


def test_beside_an_infinite_exponential_the_others_come_out_as_0() -> None:
    ways = two_ways([1000, 2, -1, 3])
    assert np.isnan(ways.Y_hat[0])
    assert ways.Y_hat[1:].tolist() == [0, 0, 0]
    assert ways.failure == "overflow"


def test_the_sum_can_overflow_where_no_exponential_does() -> None:
    ways = two_ways([709.7, 709.7])
    assert np.isfinite(ways.exponentials).all()
    assert ways.failure == "overflow"
    assert ways.stable_Y_hat.tolist() == [0.5, 0.5]


def test_the_naive_way_vanishes_at_minus_1000() -> None:
    ways = two_ways(shifted(Desk(), -1000).Z)
    assert (ways.failure, ways.total) == ("underflow", 0)
    assert np.isnan(ways.Y_hat).all()
    np.testing.assert_allclose(ways.stable_Y_hat, longhand([5, 2, -1, 3]), rtol=1e-12)


def test_shortly_before_it_vanishes_the_naive_way_loses_its_figures() -> None:
    ways = two_ways([-742, -743])
    assert ways.failure == "rounding"
    assert ways.stable_Y_hat[0] == pytest.approx(1 / (1 + math.exp(-1)), rel=1e-12)


@given(st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=10), st.sampled_from([0.01, 1.0, 100.0]))
def test_the_stable_way_works_for_any_score(Z: list[float], temperature: float) -> None:
    ways = two_ways(Z, temperature)
    assert ways.stable_Y_hat.sum() == pytest.approx(1)
    assert ways.stable_Y_hat[int(np.argmax(Z))] == ways.stable_Y_hat.max()


@given(scores, temperatures)
def test_the_table_s_derivative_is_that_of_its_loss(Z: list[float], temperature: float) -> None:
    near = [z / 100 for z in Z]
    table = softmax_table(near, 0, temperature)
    assert table.dZ is not None
    for j in range(len(near)):
        ends = []
        for step in (1e-5, -1e-5):
            moved = [*near]
            moved[j] += step
            ends.append(-math.log(longhand(moved, temperature)[0]))
        assert table.dZ[j] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-6)
