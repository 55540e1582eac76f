"""The worker's time in the hands of a test: a clock that stands still, and whether the worker waits to be asked."""

import math
import sys
import threading  # noqa: TID251 - to see the worker wait, not to make a thread
import time
from types import FrameType

import pytest

from playground.gui import training_thread
from playground.gui.training_thread import TrainingThread


class Clock:
    """The clock of all workers, in seconds: it goes on when a test says so, and by ``tick`` at each look at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.tick = time.perf_counter(), 0.0
        monkeypatch.setattr(training_thread, "time", self)

    def perf_counter(self) -> float:
        self.now += self.tick
        return self.now


def rests(thread: TrainingThread) -> bool:
    """Whether the worker has done all it was asked for, and waits without end until it is asked for more."""
    return seconds_to_wait(thread) == math.inf


def seconds_to_wait(thread: TrainingThread) -> float:
    """For how long the worker is about to wait, unless it is told of anything; 0 where it is at work."""
    for frame in sys._current_frames().values():
        at: FrameType | None = frame
        waiting: FrameType | None = None
        while at is not None:
            if at.f_code is threading.Condition.wait.__code__:
                waiting = at
            if at.f_code is TrainingThread.run.__code__ and at.f_locals["self"] is thread:
                return 0.0 if waiting is None else _seconds_left_to(waiting)
            at = at.f_back
    return 0.0


def _seconds_left_to(waiting: FrameType) -> float:
    held = waiting.f_locals.get("waiter")  # let go of as soon as the worker is told of anything
    if held is None or not held.locked():
        return 0.0
    seconds: float | None = waiting.f_locals["timeout"]
    return math.inf if seconds is None else seconds
