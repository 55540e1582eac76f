"""How fine the pictures over the plane are: as fine as there is time for."""

from collections import deque
from statistics import median

PAUSED = 512  # cells along the longer side, where there is all the time that it takes
TRAINING = (256, 192, 144, 108)  # each has 9/16 of the cells of the one before
CELLS_OF_FINER = 16 / 9
# Seconds that a snapshot may take. Flat out, what it takes is taken from training, and in a frame of 16 ms a quarter is
# enough; at a chosen speed it may take most of the frame.
FLAT_OUT, PACED = 0.004, 0.012
WATCHED = 15  # snapshots, a quarter of a second, whose median decides


class Sharpness:
    """Learns from how long snapshots took which resolution there is time for; a slow machine gets coarser pictures."""

    def __init__(self) -> None:
        self._level = 0
        self._seconds: deque[float] = deque(maxlen=WATCHED)

    def resolution(self, *, running: bool) -> int:
        """Cells along the longer side of the plane."""
        return TRAINING[self._level] if running else PAUSED

    def learn(self, seconds: float, *, is_flat_out: bool) -> bool:
        """Take note of how long a snapshot took while training; whether the resolution changed.

        It becomes finer only where the finer one would hold the limit even if all the time went by the cell, so that
        the two do not take turns.
        """
        self._seconds.append(seconds)
        if len(self._seconds) < WATCHED:
            return False
        typical, limit = median(self._seconds), FLAT_OUT if is_flat_out else PACED
        before = self._level
        if typical > limit:
            self._level = min(self._level + 1, len(TRAINING) - 1)
        elif typical * CELLS_OF_FINER < limit:
            self._level = max(self._level - 1, 0)
        if self._level != before:
            self._seconds.clear()
        return self._level != before
