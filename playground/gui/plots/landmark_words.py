"""Where the words of J's landmarks stand: at their lines, and on no line, curve or other words."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from playground.gui.palette import Array

EDGE = 6.0  # pixels that words keep from the sides
COLUMNS = 6  # places along a line that are tried, from the right
AIR = 1.0  # pixels that words keep from the middle of curves
SPACE = 3.0  # pixels that words keep from their line, along which a curve may come to run


class Box(NamedTuple):
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not is_beside and self.top < other.bottom and other.top < self.bottom


def place_words(
    lines: Sequence[float],
    sizes: Sequence[tuple[float, float]],
    curves: Sequence[tuple[Array, Array]],
    area: tuple[float, float],
    before: Sequence[Box | None],
) -> list[Box]:
    """A box for the words of each line, which lies at a height y: below or above it, as far right as is free.

    ``curves`` are (x, y) in pixels, x rising. Words stay where they were ``before`` while that is free, so that they do
    not jump while J falls. Where nothing is free, what meets the fewest others is taken.
    """
    known = [(x[np.isfinite(y)], y[np.isfinite(y)]) for x, y in curves]
    boxes: list[Box] = []
    for line, size, old in zip(lines, sizes, before, strict=True):
        tried = list(_candidates(line, size, area))
        kept = [box for box in tried if old is not None and _is_same(box, old)]
        boxes.append(_freest([*kept, *tried], lines, known, boxes))
    return boxes


def _freest(
    tried: Sequence[Box], lines: Sequence[float], curves: Sequence[tuple[Array, Array]], others: Sequence[Box]
) -> Box:
    """The first that meets nothing, which is mostly the first of all, in every frame; else the one that meets least."""
    meetings = []
    for box in tried:
        meetings.append(_meetings(box, lines, curves, others))
        if not meetings[-1]:
            return box
    return tried[meetings.index(min(meetings))]


def _candidates(line: float, size: tuple[float, float], area: tuple[float, float]) -> Iterator[Box]:
    width, height = size
    lefts = np.linspace(max(EDGE, area[0] - width - EDGE), EDGE, COLUMNS)
    lowest = area[1] - height
    tops = [top for top in (line + SPACE, line - height - SPACE) if 0 <= top <= lowest] or [min(max(line, 0.0), lowest)]
    for left, top in product(lefts.tolist(), tops):
        yield Box(left, top, left + width, top + height)


def _is_same(box: Box, other: Box) -> bool:
    """Whether they are the same place along a line, on the same side of it, wherever the line has gone."""
    return abs(box.left - other.left) < 1 and abs(box.top - other.top) < (box.bottom - box.top) / 2


def _meetings(box: Box, lines: Sequence[float], curves: Sequence[tuple[Array, Array]], others: Sequence[Box]) -> int:
    struck = sum(box.top < line < box.bottom for line in lines)
    return struck + sum(map(box.touches, others)) + sum(_meets(box, x, y) for x, y in curves)


def _meets(box: Box, x: Array, y: Array) -> bool:
    """Whether a curve passes through the box."""
    if not x.size or x[0] > box.right or x[-1] < box.left:
        return False
    first, last = np.searchsorted(x, [box.left, box.right])
    ends = np.interp([box.left, box.right], x, y)
    passed = np.concatenate([y[first:last], ends])
    return bool(passed.min() < box.bottom + AIR and passed.max() > box.top - AIR)
