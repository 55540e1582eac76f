"""The desk's second card: probabilities that are moved and still add up to 1, the verdict, and the loss longhand."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.by_hand import COURSE
from playground.session.errors import UserError
from playground.session.looking import Desk
from playground.session.loss_card import (
    loss_table,
    verdict,
    with_course_probabilities,
    with_probability,
    with_probability_count,
)

shares = st.floats(0, 1)
moves = st.lists(st.tuples(st.integers(0, 9), shares), max_size=12)


def exact_sum(Y_hat: tuple[float, ...]) -> Fraction:
    """Of the digits that are shown, which are at most four decimals."""
    assert all(len(repr(share).partition(".")[2]) <= 4 and "e" not in repr(share) for share in Y_hat)
    return sum(map(Fraction, map(repr, Y_hat)), Fraction(0))


def test_the_course_s_cat() -> None:
    moved = with_probability(Desk(), 1, 0.9)
    assert moved.Y_hat == (0.0375, 0.9, 0.0125, 0.05)
    assert loss_table(moved.Y_hat, 1).loss == pytest.approx(0.105360516, abs=1e-9)
    assert with_probability(moved, 1, 0.2).Y_hat == COURSE.Y_hat


@given(st.integers(2, 10), moves)
def test_the_digits_always_add_up_to_exactly_1(count: int, path: list[tuple[int, float]]) -> None:
    desk = with_probability_count(Desk(), count)
    assert exact_sum(desk.Y_hat) == 1
    for label, y_hat in path:
        desk = with_probability(desk, label % count, y_hat)
        assert exact_sum(desk.Y_hat) == 1
        assert desk.Y_hat[label % count] == pytest.approx(y_hat, abs=1.0001e-4)
        assert (desk.Y_hat[label % count] in (0, 1)) == (y_hat in (0, 1))


@given(st.lists(shares, min_size=1, max_size=30))
def test_the_others_keep_their_proportions_however_one_is_dragged(path: list[float]) -> None:
    desk = Desk()
    for y_hat in [*path, 1.0]:
        desk = with_probability(desk, 1, y_hat)
        left = 1 - desk.Y_hat[1]
        assert [desk.Y_hat[i] for i in (0, 2, 3)] == pytest.approx([left * w / 8 for w in (3, 1, 4)], abs=1.01e-4)
    assert desk.Y_hat == (0, 1, 0, 0)
    assert with_probability(desk, 1, 0.2).Y_hat == COURSE.Y_hat


def test_where_the_others_are_all_0_they_share_alike() -> None:
    assert with_probability(Desk(Y_hat=(0, 1, 0), Y_hat_label=1), 1, 0.4).Y_hat == (0.3, 0.4, 0.3)


def test_what_was_left_behind_at_0_stays_there() -> None:
    desk = with_probability(with_probability(Desk(), 1, 1), 0, 0.5)
    assert desk.Y_hat == (0.5, 0.5, 0, 0)
    assert with_probability(desk, 1, 0.2).Y_hat == (0.8, 0.2, 0, 0)


@pytest.mark.parametrize("y_hat", [-0.01, 1.01, math.nan])
def test_a_probability_outside_0_to_1_is_refused(y_hat: float) -> None:
    with pytest.raises(UserError, match="must be a number between 0 and 1"):
        with_probability(Desk(), 0, y_hat)


@pytest.mark.parametrize("Y_hat", [(0.5, 0.4), (1, 1), (0, 0)])
def test_probabilities_that_miss_1_are_refused(Y_hat: tuple[float, float]) -> None:
    with pytest.raises(UserError, match="must add up to 1"):
        Desk(Y_hat=Y_hat)


def test_a_new_class_starts_at_0_and_the_last_ones_leave_theirs_to_the_others() -> None:
    assert with_probability_count(Desk(), 5).Y_hat == (0.3, 0.2, 0.1, 0.4, 0)
    assert with_probability_count(Desk(), 3).Y_hat == (0.5, 0.3333, 0.1667)
    assert with_probability_count(Desk(Y_hat=(0, 0, 0, 1)), 3).Y_hat == (0.3334, 0.3333, 0.3333)
    assert with_probability_count(Desk(Y_hat_label=3), 3).Y_hat_label == 2


@pytest.mark.parametrize("count", [1, 11])
def test_a_card_takes_2_to_10_classes(count: int) -> None:
    with pytest.raises(UserError):
        with_probability_count(Desk(), count)


def test_the_course_s_card_comes_back_alone() -> None:
    changed = with_probability(Desk(Z=(1, 2), label=1, temperature=4, Y_hat=(0.75, 0.25), Y_hat_label=0), 1, 1)
    assert with_course_probabilities(changed) == replace(changed, Y_hat=COURSE.Y_hat, Y_hat_label=1, shares=())


def test_the_verdict_follows_the_number() -> None:
    assert verdict(0.2) == "bad"
    assert verdict(0.9) == "good"
    words = list(dict.fromkeys(verdict(share / 1000) for share in range(1001)))
    assert words == ["very bad", "bad", "poor", "not good yet", "fairly good", "good", "very good"]


# The loss


def test_the_course_s_loss() -> None:
    table = loss_table(COURSE.Y_hat, COURSE.Y_hat_label)
    assert table.loss == pytest.approx(1.6094379, abs=1e-7)
    np.testing.assert_allclose(table.dZ, [0.3, -0.8, 0.1, 0.4])


@given(st.lists(st.floats(1e-6, 1), min_size=2, max_size=10), st.data())
def test_the_loss_is_the_sum_of_its_terms(Y_hat: list[float], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Y_hat) - 1))
    table = loss_table(Y_hat, label)
    expected = -sum((j == label) * math.log(share) for j, share in enumerate(Y_hat))
    assert table.loss == table.terms.sum() == pytest.approx(expected)
    assert table.Y.tolist() == [float(j == label) for j in range(len(Y_hat))]


def test_no_chance_costs_without_limit_and_adds_nothing_elsewhere() -> None:
    assert loss_table((0, 1), 0).loss == math.inf
    assert loss_table((0, 1), 0).terms.tolist() == [math.inf, 0]
    assert math.copysign(1, loss_table((0, 1), 1).loss) == 1
    assert loss_table((0, 1), 1).terms.tolist() == [0, 0]
