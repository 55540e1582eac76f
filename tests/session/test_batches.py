"""Mini-batches: every example once an epoch, in an order that the seed alone decides, without allocating."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.session.batches import Batches
from playground.session.settings import FULL_BATCH

thorough = settings(derandomize=True, deadline=None, max_examples=60)


def numbered(m: int) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """m examples that carry their number as x1, half of it as x2 and its remainder by 3 as their class."""
    number = np.arange(m)
    return np.stack([number, number / 2]), number % 3


def batches_of(m: int, seed: int = 0) -> Batches:
    batches = Batches(seed)
    batches.use(*numbered(m), 3)
    return batches


def draw_numbers(batches: Batches, batch_size: int) -> list[int]:
    """The numbers of the next batch, after a check that inputs, ones and Y still belong together."""
    inputs, Y = batches.draw(batch_size)
    numbers = np.round(inputs[0]).astype(int)
    np.testing.assert_array_equal(inputs[1], numbers / 2)
    np.testing.assert_array_equal(inputs[2], 1)
    np.testing.assert_array_equal(Y, np.eye(3)[:, numbers % 3])
    return [int(number) for number in numbers]


def epoch_of(batches: Batches, batch_size: int) -> list[list[int]]:
    return [draw_numbers(batches, batch_size) for _ in range(batches.steps_per_epoch(batch_size))]


def order_of(batches: Batches, batch_size: int) -> list[int]:
    return [number for batch in epoch_of(batches, batch_size) for number in batch]


# An epoch


@thorough
@given(m=st.integers(1, 60), batch_size=st.integers(1, 70))
def test_every_epoch_shows_every_example_exactly_once(m: int, batch_size: int) -> None:
    batches = batches_of(m)
    for epoch in range(1, 4):
        assert sorted(order_of(batches, batch_size)) == list(range(m))
        assert batches.epoch == epoch


@thorough
@given(m=st.integers(1, 60), sizes=st.lists(st.integers(1, 20), min_size=1, max_size=60))
def test_every_example_is_shown_once_even_where_the_batch_size_changes_on_the_way(m: int, sizes: list[int]) -> None:
    batches = batches_of(m)
    shown: list[int] = []
    for size in sizes:
        if size < m:  # a full batch shows all of them at once
            shown += draw_numbers(batches, size)
    whole = len(shown) // m * m
    for start in range(0, whole, m):
        assert sorted(shown[start : start + m]) == list(range(m))
    assert len(set(shown[whole:])) == len(shown) - whole


def test_the_last_batch_of_an_epoch_is_used_as_it_is() -> None:
    assert [len(batch) for batch in epoch_of(batches_of(10), 4)] == [4, 4, 2]
    assert [len(batch) for batch in epoch_of(batches_of(9), 8)] == [8, 1]


@pytest.mark.parametrize("batch_size", [FULL_BATCH, 10, 11, 100_000])
def test_a_full_batch_is_the_whole_set_in_its_own_order(batch_size: int) -> None:
    batches = batches_of(10)
    assert draw_numbers(batches, batch_size) == list(range(10))
    assert draw_numbers(batches, batch_size) == list(range(10))
    assert batches.epoch == 2


@pytest.mark.parametrize(
    ("m", "batch_size", "steps"), [(10, 4, 3), (10, 5, 2), (10, 10, 1), (10, 64, 1), (10, FULL_BATCH, 1), (7, 1, 7)]
)
def test_the_steps_of_an_epoch_are_counted(m: int, batch_size: int, steps: int) -> None:
    assert batches_of(m).steps_per_epoch(batch_size) == steps


def test_an_empty_set_has_an_epoch_of_one_step_so_that_a_pace_can_be_told() -> None:
    batches = batches_of(0)
    assert (batches.m, batches.epoch) == (0, 0)
    assert [batches.steps_per_epoch(size) for size in (FULL_BATCH, 1, 8)] == [1, 1, 1]


def test_the_epoch_counts_the_share_of_the_present_one() -> None:
    batches = batches_of(10)
    epochs = []
    for _ in range(5):
        batches.draw(4)
        epochs.append(batches.epoch)
    assert epochs == [0.4, 0.8, 1.0, 1.4, 1.8]


# The order


def test_the_order_is_another_in_every_epoch() -> None:
    batches = batches_of(40)
    orders = [tuple(order_of(batches, 8)) for _ in range(5)]
    assert len({*orders, tuple(range(40))}) == 6


def test_the_seed_alone_decides_the_order() -> None:
    first, again, other = ([epoch_of(batches_of(40, seed), 8) for _ in range(2)] for seed in (3, 3, 4))
    assert first == again
    assert first != other


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_the_order_is_not_drawn_from_the_numbers_that_the_weights_are_drawn_from(seed: int) -> None:
    places = np.arange(40)
    np.random.default_rng(seed).shuffle(places)
    assert order_of(batches_of(40, seed), 8) != places.tolist()
    places = np.arange(40)
    np.random.default_rng([seed, 1]).shuffle(places)  # so that a run can be done again by a later version
    assert order_of(batches_of(40, seed), 8) == places.tolist()


def test_every_place_in_an_epoch_goes_to_every_example_about_as_often() -> None:
    batches = batches_of(4)
    firsts = np.bincount([order_of(batches, 3)[0] for _ in range(1000)])
    np.testing.assert_allclose(firsts, 250, atol=62)  # four and a half standard deviations


# Which were drawn


@thorough
@given(
    m=st.integers(1, 40),
    sizes=st.lists(st.sampled_from([FULL_BATCH, 1, 2, 5, 13, 40]), min_size=1, max_size=30),
)
def test_the_places_drawn_last_are_those_of_the_batch_in_its_order(m: int, sizes: list[int]) -> None:
    batches = batches_of(m)
    for size in sizes:
        numbers = draw_numbers(batches, size)
        assert batches.last_drawn().tolist() == numbers


def test_the_places_drawn_last_are_a_copy_that_later_draws_leave_alone() -> None:
    batches = batches_of(10)
    numbers = draw_numbers(batches, 4)
    drawn = batches.last_drawn()
    order_of(batches, 4)
    assert drawn.tolist() == numbers


def test_of_a_set_that_nothing_was_drawn_from_yet_no_place_was_drawn_last() -> None:
    assert Batches(0).last_drawn().size == 0
    batches = batches_of(10)
    for batch_size in (4, FULL_BATCH):
        batches.draw(batch_size)
        batches.use(*numbered(5), 3)
        assert batches.last_drawn().size == 0


# Another set


@pytest.mark.parametrize(("before", "after"), [(10, 20), (20, 10), (10, 10), (8, 4)])
def test_another_set_goes_on_at_the_same_share_of_the_epoch(before: int, after: int) -> None:
    batches = batches_of(before)
    for _ in range(2 * before + before // 2):
        batches.draw(1)
    batches.use(*numbered(after), 3)
    assert batches.epoch == 2.5
    rest = [draw_numbers(batches, 1)[0] for _ in range(after // 2)]
    assert batches.epoch == 3
    assert len(set(rest)) == after // 2
    assert sorted(order_of(batches, 3)) == list(range(after))


def test_examples_of_another_set_take_the_place_of_the_old_ones_at_once() -> None:
    batches = batches_of(10)
    batches.draw(4)
    X, labels = numbered(10)
    batches.use(X + 120, labels, 3)
    for batch_size in (4, FULL_BATCH):
        assert (batches.draw(batch_size)[0][:2] >= 120).all()


def test_the_share_of_the_epoch_outlives_an_empty_set() -> None:
    batches = batches_of(10)
    for _ in range(15):
        batches.draw(1)
    batches.use(*numbered(0), 3)
    assert batches.epoch == 1.5
    batches.use(*numbered(20), 3)
    assert batches.epoch == 1.5


def test_another_set_never_ends_the_epoch_by_itself() -> None:
    batches = batches_of(10)
    for _ in range(9):
        batches.draw(1)
    batches.use(*numbered(1), 3)
    assert batches.epoch == 0
    assert draw_numbers(batches, 1) == [0]
    assert batches.epoch == 1


def test_another_set_of_the_same_size_leaves_the_epoch_where_it_is() -> None:
    for m in range(2, 100):
        batches = batches_of(m)
        for at in range(1, m):
            batches.draw(1)
            batches.use(*numbered(m), 3)
            assert batches.epoch == at / m


def test_a_full_batch_after_half_an_epoch_adds_a_whole_one() -> None:
    batches = batches_of(10)
    batches.draw(5)
    batches.draw(FULL_BATCH)
    assert batches.epoch == 1.5


# Memory


@pytest.mark.parametrize("batch_size", [FULL_BATCH, 1000, 1])
def test_drawing_allocates_nothing_that_grows_with_the_set(batch_size: int) -> None:
    m = 20_000
    batches = batches_of(m)
    batches.draw(1)  # makes room for a shuffled copy, once
    for _ in range(min(m, 3 * batches.steps_per_epoch(batch_size))):
        batches.draw(batch_size)
    draws = batches.steps_per_epoch(batch_size) + 1 if batch_size != 1 else 200
    tracemalloc.start()
    for _ in range(draws):
        batches.draw(batch_size)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000  # one row of the set takes 80 000


def test_the_order_is_drawn_from_a_stream_of_its_own() -> None:
    """From the weights' own stream, an order would depend on how many weights there are, or repeat their numbers."""
    m, seed = 64, 5
    batches = Batches(seed)
    batches.use(np.zeros((2, m)), np.arange(m) % 2, 2)
    batches.draw(m // 2)
    of_its_own, of_the_weights = (np.random.default_rng(source) for source in ([seed, 1], seed))
    orders = [np.arange(m), np.arange(m)]
    for rng, order in zip((of_its_own, of_the_weights), orders, strict=True):
        rng.shuffle(order)
    assert np.array_equal(batches.last_drawn(), orders[0][: m // 2])
    assert not np.array_equal(batches.last_drawn(), orders[1][: m // 2])
