"""Timing in turns, so that a busy moment of the machine falls on every contender alike."""

from collections.abc import Callable, Sequence
from timeit import timeit

import numpy as np
from numpy.typing import NDArray


def in_turns(runs: Sequence[Callable[[], object]], rounds: int) -> NDArray[np.float64]:
    """Seconds of each run in each round, (runs, rounds), taken A B C, A B C, ..."""
    return np.array([[_seconds(run) for run in runs] for _ in range(rounds)]).T


def _seconds(run: Callable[[], object]) -> float:
    run()  # brings back what the turns before it pushed out of the processor's caches
    return timeit(run, number=1)
