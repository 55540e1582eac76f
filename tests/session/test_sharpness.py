"""Sharpness: a slow machine gets coarser pictures, a fast one gets them fine again, and the two do not take turns."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.sharpness import FLAT_OUT, PACED, PAUSED, TRAINING, WATCHED, Sharpness

thorough = settings(derandomize=True, deadline=None, max_examples=80)


def cells(resolution: int) -> float:
    """How many cells there are, in those of the finest picture."""
    return (resolution / TRAINING[0]) ** 2


def train(sharpness: Sharpness, cost: Callable[[int], float], snapshots: int, *, is_flat_out: bool = True) -> list[int]:
    """The resolution of each snapshot of a machine that takes ``cost(resolution)`` seconds for one."""
    shown = []
    for _ in range(snapshots):
        shown.append(sharpness.resolution(running=True))
        sharpness.learn(cost(shown[-1]), is_flat_out=is_flat_out)
    return shown


def test_a_paused_run_has_all_the_time_there_is() -> None:
    sharpness = Sharpness()
    assert sharpness.resolution(running=False) == PAUSED
    train(sharpness, lambda _: 1.0, 200)
    assert sharpness.resolution(running=False) == PAUSED


def test_it_is_fine_until_there_is_reason_to_be_coarse() -> None:
    assert train(Sharpness(), lambda _: 0.9 * FLAT_OUT, 500) == [TRAINING[0]] * 500


def test_each_resolution_has_nine_sixteenths_of_the_cells_of_the_one_before() -> None:
    for fine, coarse in pairwise(TRAINING):
        assert cells(coarse) / cells(fine) == pytest.approx(9 / 16, rel=0.02)


@thorough
@given(fixed=st.floats(0, 0.01), by_cell=st.floats(0, 0.05), is_flat_out=st.booleans())
def test_it_settles_on_the_finest_one_that_holds_the_limit(fixed: float, by_cell: float, is_flat_out: bool) -> None:
    def cost(resolution: int) -> float:
        return fixed + by_cell * cells(resolution)

    shown = train(Sharpness(), cost, 10 * WATCHED, is_flat_out=is_flat_out)
    assert len(set(shown[-5 * WATCHED :])) == 1
    assert shown == sorted(shown, reverse=True)
    limit = FLAT_OUT if is_flat_out else PACED
    fitting = [resolution for resolution in TRAINING if cost(resolution) <= limit]
    assert shown[-1] == (fitting[0] if fitting else TRAINING[-1])


@thorough
@given(by_cell=st.floats(0.005, 0.05))
def test_it_becomes_fine_again_once_there_is_time(by_cell: float) -> None:
    sharpness = Sharpness()
    train(sharpness, lambda resolution: by_cell * cells(resolution), 10 * WATCHED)
    assert sharpness.resolution(running=True) < TRAINING[0]
    assert train(sharpness, lambda resolution: 0.002 * cells(resolution), 10 * WATCHED)[-1] == TRAINING[0]


def test_a_single_slow_snapshot_changes_nothing() -> None:
    sharpness = Sharpness()
    for number in range(10 * WATCHED):
        assert not sharpness.learn(0.5 if number % WATCHED == 0 else 0.001, is_flat_out=True)
    assert sharpness.resolution(running=True) == TRAINING[0]


def test_it_says_when_the_resolution_has_changed() -> None:
    sharpness = Sharpness()
    said = [sharpness.learn(1.0, is_flat_out=True) for _ in range(5 * WATCHED)]
    assert [number for number, has_changed in enumerate(said) if has_changed] == [
        WATCHED - 1,
        2 * WATCHED - 1,
        3 * WATCHED - 1,
    ]
