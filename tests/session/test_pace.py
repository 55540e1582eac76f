"""The pace: steps doled out over a simulated time, without debts, and the meter that tells how fast it goes."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from playground.session.pace import LONGEST_DEBT, Meter, Pace

RATES = [1, 4, 60, 2400]

each_rate = pytest.mark.parametrize("rate", RATES)


def ticking(start: float, seconds: float, seed: int = 0) -> Iterator[float]:
    """Moments about 1/60 s apart, never twice the same distance."""
    rng = np.random.default_rng(seed)
    now = start
    while now < start + seconds:
        yield now
        now += rng.uniform(0.001, 0.032)


def walk(pace: Pace, rate: float, start: float, seconds: float) -> list[float]:
    """Make all steps that are due at each moment; how many those were."""
    dues = []
    for now in ticking(start, seconds):
        due = pace.steps_due(now, rate)
        pace.made(int(due))
        dues.append(due)
    return dues


# Steps


@each_rate
@pytest.mark.parametrize("start", [0.0, 1e6])
def test_over_any_time_as_many_steps_are_due_as_the_rate_says(rate: float, start: float) -> None:
    dues = walk(Pace(), rate, start, 10)
    assert sum(dues) == pytest.approx(rate * 10, abs=1 + rate * 0.032)


@each_rate
def test_at_every_moment_the_steps_so_far_are_right_to_one(rate: float) -> None:
    pace, made = Pace(), 0
    for now in ticking(0, 5):
        due = pace.steps_due(now, rate)
        pace.made(int(due))
        made += int(due)
        assert abs(made - rate * now) <= 1


@each_rate
def test_the_first_step_is_due_at_once(rate: float) -> None:
    assert Pace().steps_due(123.4, rate) == 1


def test_at_full_speed_as_many_steps_are_due_as_can_be_made() -> None:
    pace = Pace()
    for now in ticking(0, 0.2):
        assert pace.steps_due(now, math.inf) == math.inf
        pace.made(1000)
    assert pace.seconds_to_next(0.2) == 0


def test_steps_that_were_not_made_stay_due() -> None:
    pace = Pace()
    assert pace.steps_due(0, 100) == 1
    assert pace.steps_due(0.0201, 100) == 3
    pace.made(2)
    assert pace.steps_due(0.0201, 100) == 1


# Debts


@each_rate
@pytest.mark.parametrize("delay", [0.05, 0.099, 0.2, 1.5, 60, 1e5])
def test_after_a_delay_no_more_is_due_than_the_longest_debt(rate: float, delay: float) -> None:
    pace = Pace()
    walk(pace, rate, 0, 1)
    due = pace.steps_due(1 + delay, rate)
    assert due <= max(1, rate * LONGEST_DEBT) + 2


def test_a_short_delay_is_made_up() -> None:
    pace = Pace()
    made = sum(walk(pace, 2400, 0, 1))
    assert made + pace.steps_due(1.08, 2400) == pytest.approx(2400 * 1.08, abs=1)


@each_rate
def test_after_a_long_delay_the_pace_is_the_old_one(rate: float) -> None:
    pace = Pace()
    walk(pace, rate, 0, 1)
    dues = walk(pace, rate, 100, 5)
    assert sum(dues) == pytest.approx(rate * 5, abs=2 + rate * (0.032 + LONGEST_DEBT))


def test_a_machine_that_is_too_slow_never_owes_more_than_the_limit() -> None:
    pace = Pace()
    dues = []
    for now in ticking(0, 10):
        dues.append(pace.steps_due(now, 2400))
        pace.made(int(min(dues[-1], 10)))
    assert max(dues) <= 2400 * (LONGEST_DEBT + 0.032) + 2


# Changes of rate


def test_a_lower_rate_holds_at_once() -> None:
    pace = Pace()
    walk(pace, 2400, 0, 1)
    assert pace.steps_due(1.0, 1) <= 1
    assert sum(walk(pace, 1, 1.0, 5)) == pytest.approx(5, abs=1)


def test_a_higher_rate_holds_at_once() -> None:
    pace = Pace()
    walk(pace, 1, 0, 3.5)
    assert sum(walk(pace, 2400, 3.5, 2)) == pytest.approx(4800, abs=2400 * 0.032 + 1)


def test_after_full_speed_a_rate_holds_at_once() -> None:
    pace = Pace()
    pace.steps_due(0, math.inf)
    pace.made(1_000_000)
    assert sum(walk(pace, 60, 0.5, 5)) == pytest.approx(300, abs=3)


# Waiting


@each_rate
def test_the_wait_for_the_next_step_ends_when_it_is_due(rate: float) -> None:
    pace = Pace()
    pace.made(int(pace.steps_due(5.0, rate)))
    wait = pace.seconds_to_next(5.0)
    assert wait == pytest.approx(1 / rate)
    assert pace.steps_due(5.0 + 0.99 * wait, rate) == 0
    assert pace.steps_due(5.0 + 1.01 * wait, rate) == 1
    assert pace.seconds_to_next(5.0 + 1.01 * wait) == 0


def test_a_new_pace_waits_for_nothing() -> None:
    assert Pace().seconds_to_next(100.0) == 0


# The meter


def metered(rate: float, start: float = 0.0, seconds: float = 2.0, meter: Meter | None = None) -> float | None:
    meter = meter or Meter()
    told = None
    for now in ticking(start, seconds):
        told = meter.rate(now, round(now * rate))
    return told


@each_rate
def test_the_meter_tells_the_rate(rate: float) -> None:
    assert metered(rate) == pytest.approx(rate, rel=0.02, abs=2)


def test_the_meter_says_nothing_before_there_is_a_span_of_time_to_measure() -> None:
    meter = Meter()
    assert meter.rate(0, 0) is None
    assert meter.rate(0.01, 10) is None
    assert meter.rate(0.1, 100) == pytest.approx(1000)


def test_the_meter_follows_a_change_within_half_a_second() -> None:
    meter = Meter()
    for now in ticking(0, 2):
        meter.rate(now, round(now * 1000))
    told = None
    for now in ticking(2, 0.6):
        told = meter.rate(now, round(2000 + (now - 2) * 10))
    assert told == pytest.approx(10, abs=3)


def test_the_meter_starts_afresh_with_a_run() -> None:
    meter = Meter()
    for now in ticking(0, 1):
        meter.rate(now, round(now * 1000))
    assert meter.rate(1.01, 0) is None
    assert meter.rate(1.11, 10) == pytest.approx(100)
