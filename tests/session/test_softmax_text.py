"""A softmax as it is shown, computed again from the digits shown alone: each number to one unit of its last place."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.cost_text import added_texts, cost_text, loss_text, own_share_text
from playground.session.number_text import width
from playground.session.softmax_table import softmax_table
from playground.session.softmax_text import (
    DERIVATIVE_ROOM,
    POWER_ROOM,
    SCORE_ROOM,
    SHARE_ROOM,
    quotient_texts,
    softmax_text,
)
from tests.shown_numbers import follows, in_parts, number, unit

thorough = settings(derandomize=True, deadline=None, max_examples=400)
untrained, trained, extreme = (st.floats(-size, size) for size in (2, 30, 5000))


@thorough
@given(
    scores=st.lists(st.one_of(untrained, trained, extreme), min_size=2, max_size=10),
    temperature=st.sampled_from([1.0, 0.25, 3.0]),
    choose=st.integers(0, 9),
)
def test_every_number_follows_from_those_before_it(scores: list[float], temperature: float, choose: int) -> None:
    label = choose % len(scores)
    table = softmax_table(scores, label, temperature)
    texts = softmax_text(table)
    Z = [number(text) for text in texts.Z]
    least = max(Z) if table.is_shifted else 0.0
    powers = [number(text) for text in texts.exponentials]
    for text, z in zip(texts.exponentials, Z, strict=True):
        assert follows(text, math.exp(min(709.0, (z - least) / temperature)))
    assert follows(texts.total, math.fsum(powers))
    for text, power in zip(texts.Y_hat, powers, strict=True):
        assert follows(text, power / number(texts.total))
    shares = [number(text) for text in texts.Y_hat]
    for j, (text, share) in enumerate(zip(texts.dZ, shares, strict=True)):
        assert follows(text, (share - (j == label)) / temperature)
    if shares[label]:
        assert follows(texts.loss, -math.log(shares[label]))


@thorough
@given(scores=st.lists(st.one_of(untrained, trained), min_size=2, max_size=10))
def test_every_number_is_the_one_computed_and_fits_its_column(scores: list[float]) -> None:
    table = softmax_table(scores, 0)
    texts = softmax_text(table)
    columns = (
        (texts.Z, table.Z, SCORE_ROOM),
        (texts.exponentials, table.exponentials, POWER_ROOM),
        (texts.Y_hat, table.Y_hat, SHARE_ROOM),
        (texts.dZ, table.dZ, DERIVATIVE_ROOM),
    )
    for shown, exact, room in columns:
        assert exact is not None
        for text, value in zip(shown, exact, strict=True):
            assert abs(number(text) - float(value)) <= unit(text) / 2 * (1 + 1e-6)
            assert width(text) <= room


def test_the_course_s_example() -> None:
    texts = softmax_text(softmax_table([5, 2, -1, 3], 0))
    assert texts.exponentials == ("148.413", "7.38906", "0.367879", "20.0855")
    assert texts.total == "176.256"
    assert texts.Y_hat == ("0.84203", "0.04192", "0.00209", "0.11396")
    assert texts.dZ == ("−0.15797", "+0.04192", "+0.00209", "+0.11396")
    assert texts.loss == "0.1719"


@pytest.mark.parametrize("spread", [0.5, 8.0])
def test_a_quotient_has_at_least_three_figures_where_its_numbers_are_ordinary(spread: float) -> None:
    Z = np.random.default_rng(5).normal(0, spread, 4)
    exponentials = np.exp(Z)
    powers, total, shares = quotient_texts(
        [float(f"{z:.6f}") for z in Z], exponentials, float(exponentials.sum()), exponentials / exponentials.sum()
    )
    for text in (*powers, total, *shares):
        assert len(Decimal(in_parts(text)[0]).as_tuple().digits) >= 3, text


@thorough
@given(loss=st.floats(1e-9, 400), m=st.integers(1, 10**6), others=st.floats(0, 100))
def test_a_loss_follows_from_its_share_and_what_it_adds_from_the_loss(loss: float, m: int, others: float) -> None:
    share = own_share_text(math.exp(-loss))
    text = loss_text(loss)
    if number(share):
        assert follows(text, -math.log(number(share)))
    cost = loss / m + others
    added, percent = added_texts(loss / m, text, m, cost)
    assert follows(added, number(text) / m)
    if percent:
        assert follows(percent, 100 * number(added) / number(cost_text(cost)))
