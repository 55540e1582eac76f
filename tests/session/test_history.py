"""The cost curve: evenly spaced from the first moment on, however long it grows."""

import numpy as np
import pytest

from playground.session.history import CAPACITY, History
from playground.session.messages import Curve


def curve_after(steps: int, steps_per_epoch: int = 1) -> Curve:
    """The curve of a run whose J after n steps is 1 / (n + 1) and whose test J is twice that."""
    history = History()
    for step in range(steps + 1):
        if history.is_due(step):
            history.record(step, steps_per_epoch, step / steps_per_epoch, 1 / (step + 1), 2 / (step + 1))
    return history.curve()


def test_the_start_is_the_first_record() -> None:
    history = History()
    assert history.is_due(0)
    history.record(0, 1, 0.0, 1.5, None)
    assert not history.is_due(0)
    curve = history.curve()
    assert (curve.epoch.tolist(), curve.cost.tolist()) == ([0.0], [1.5])


def test_a_new_curve_is_empty() -> None:
    curve = History().curve()
    assert curve.epoch.shape == curve.cost.shape == curve.test_cost.shape == (0,)


@pytest.mark.parametrize(
    ("steps_per_epoch", "interval"), [(1, 1), (2, 1), (10, 1), (19, 1), (20, 2), (40, 4), (400, 40)]
)
def test_a_record_is_made_every_tenth_of_an_epoch_but_at_most_every_step(steps_per_epoch: int, interval: int) -> None:
    steps = curve_after(20 * interval, steps_per_epoch).epoch * steps_per_epoch
    np.testing.assert_allclose(steps, np.arange(0, 20 * interval + 1, interval))


@pytest.mark.parametrize("steps_per_epoch", [1, 40])
@pytest.mark.parametrize("steps", [CAPACITY - 2, CAPACITY - 1, CAPACITY, CAPACITY + 1, 3 * CAPACITY, 40_001])
def test_the_curve_stays_bounded_evenly_spaced_and_whole(steps: int, steps_per_epoch: int) -> None:
    curve = curve_after(steps, steps_per_epoch)
    recorded = np.round(curve.epoch * steps_per_epoch)
    intervals = np.diff(recorded)
    assert recorded[0] == 0
    assert len(set(intervals)) == 1
    assert steps - recorded[-1] < intervals[0]
    assert min(steps // 4, CAPACITY // 2) <= recorded.size <= CAPACITY
    np.testing.assert_allclose(curve.cost, 1 / (recorded + 1))
    np.testing.assert_allclose(curve.test_cost, 2 / (recorded + 1))


def test_thinning_keeps_only_moments_that_were_recorded() -> None:
    early, late = curve_after(CAPACITY - 1), curve_after(CAPACITY + 500)
    assert early.epoch.size == CAPACITY
    assert late.epoch.size < CAPACITY
    early_moments = set(zip(early.epoch, early.cost, strict=True))
    kept = [moment for moment in zip(late.epoch, late.cost, strict=True) if moment[0] < CAPACITY]
    assert kept
    assert set(kept) <= early_moments


def test_without_a_test_set_its_cost_is_not_a_number() -> None:
    history = History()
    history.record(0, 1, 0.0, 1.5, None)
    history.record(1, 1, 1.0, 1.0, 0.75)
    curve = history.curve()
    assert np.isnan(curve.test_cost[0])
    assert curve.test_cost[1] == 0.75


def test_a_curve_is_a_copy_that_later_records_do_not_change() -> None:
    history = History()
    for step in range(CAPACITY):
        history.record(step, 1, step, 1 / (step + 1), None)
    curve = history.curve()
    before = curve.epoch.copy(), curve.cost.copy()
    for step in range(CAPACITY, CAPACITY + 10):
        history.record(step, 1, step, 5.0, 5.0)
    np.testing.assert_array_equal((curve.epoch, curve.cost), before)
    curve.cost[:] = 9
    assert history.curve().cost[0] == 1
