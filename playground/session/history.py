"""The cost curve, which thins itself when it is full."""

import numpy as np

from playground.session.messages import Curve

CAPACITY = 2048
RECORDS_PER_EPOCH = 10


class History:
    """J and test J at fixed intervals of steps, never of time, so that the curve does not depend on the frame rate.

    When ``CAPACITY`` records are reached every second one is dropped and the interval doubles.
    """

    def __init__(self) -> None:
        self._records = np.empty((CAPACITY, 3))
        self._count = 0
        self._thinnings = 0
        self._next_step = 0

    def is_due(self, step: int) -> bool:
        """Whether the moment after this many steps is to be recorded."""
        return step >= self._next_step

    def record(self, step: int, steps_per_epoch: int, epoch: float, cost: float, test_cost: float | None) -> None:
        """Append one moment and set the next one, a tenth of an epoch on (at least one step) times 2^thinnings."""
        if self._count == CAPACITY:
            self._records[: CAPACITY // 2] = self._records[::2].copy()
            self._count = CAPACITY // 2
            self._thinnings += 1
        self._records[self._count] = epoch, cost, np.nan if test_cost is None else test_cost
        self._count += 1
        self._next_step = step + max(1, steps_per_epoch // RECORDS_PER_EPOCH) * 2**self._thinnings

    def curve(self) -> Curve:
        """A copy of the records so far."""
        epoch, cost, test_cost = self._records[: self._count].T.copy()
        return Curve(epoch, cost, test_cost)
