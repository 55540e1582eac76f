"""How many steps are due at a chosen rate, and how many were made; the time is handed in, no clock is read."""

import math
from collections import deque

LONGEST_DEBT = 0.1  # seconds of steps that are made up after a delay; more is forgotten
RATE_WINDOW = 0.5  # seconds over which the rate is measured


class Pace:
    """Doles out steps evenly at a rate in steps per second; infinite means as many as can be made."""

    def __init__(self) -> None:
        self._rate = math.nan
        self._start = 0.0
        self._made = 0

    def steps_due(self, now: float, rate: float) -> float:
        """Steps that should be made at this time; the first one at once."""
        if math.isinf(rate):
            self._rate = rate
            return math.inf
        late = (now - self._start) * rate - self._made
        if rate != self._rate or late > max(1.0, LONGEST_DEBT * rate) + 1:
            self._rate, self._start, self._made = rate, now, 0
        return max(0, math.floor((now - self._start) * rate) + 1 - self._made)

    def made(self, steps: int) -> None:
        """Count steps that were made."""
        self._made += steps

    def seconds_to_next(self, now: float) -> float:
        """How long until another step is due."""
        return max(0.0, self._start + self._made / self._rate - now) if self._rate else 0.0


class Meter:
    """Steps per second over the last half second."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def rate(self, now: float, step: int) -> float | None:
        """The rate up to this moment; None until there is a span of time to measure."""
        if self._marks and step < self._marks[-1][1]:
            self._marks.clear()
        self._marks.append((now, step))
        while len(self._marks) > 2 and now - self._marks[1][0] >= RATE_WINDOW:
            self._marks.popleft()
        then, first = self._marks[0]
        return (step - first) / (now - then) if now - then > 0.05 else None
