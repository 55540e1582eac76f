"""The frame of a plane: where Qt draws what, so that data of any size and at any distance is drawn exactly.

Qt takes a scale or a shift below 1e−12 for none, and rounds what lies far from the origin; data may be 1e−12 wide, or
a second wide a thousand million seconds from 0. So items lie in a frame of their own, in which the data is near the
origin and about as large as 1.
"""

import math
from typing import NamedTuple, overload

import numpy as np

from playground.session.grid import Array, Point

FLAT = 1e-12  # of their distance from 0: points that lie no farther apart cannot be told apart on the plane
SMALLEST_UNIT = 1e-100  # so that the squares of what is measured in it are numbers
ORDINARY = 1e-6, 1e9  # sizes of data that are drawn as they are
NEAR = 1e4  # times its own size: data that lies no farther from 0 is drawn where it is


class Frame(NamedTuple):
    """A place x of the plane is drawn at (x − origin) / unit, axis by axis."""

    origin: Point = (0.0, 0.0)
    unit: Point = (1.0, 1.0)

    @overload
    def inward(self, axis: int, values: Array) -> Array: ...
    @overload
    def inward(self, axis: int, values: float) -> float: ...
    def inward(self, axis: int, values: Array | float) -> Array | float:
        """Where coordinates of one axis are drawn."""
        if self is PLAIN:
            return values
        return (values - self.origin[axis]) / self.unit[axis]

    def outward(self, axis: int, value: float) -> float:
        """The coordinate that is drawn there."""
        return self.origin[axis] + self.unit[axis] * value

    def inward_points(self, X: Array) -> Array:
        """Where points (2, m) are drawn."""
        return X if self is PLAIN else np.stack([self.inward(axis, X[axis]) for axis in (0, 1)])

    def inward_pieces(self, pieces: Array) -> Array:
        """Where ends of lines (..., 2) are drawn."""
        return pieces if self is PLAIN else np.stack([self.inward(axis, pieces[..., axis]) for axis in (0, 1)], axis=-1)

    def outward_point(self, place: Point) -> Point:
        """The spot of the plane that is drawn there."""
        return self.outward(0, place[0]), self.outward(1, place[1])

    def inward_point(self, spot: Point) -> Point:
        """Where a spot of the plane is drawn."""
        return self.inward(0, spot[0]), self.inward(1, spot[1])


PLAIN = Frame()


def frame_of(low: Array, high: Array, *, is_alike: bool) -> Frame:
    """The frame for data between two corners (2,), with one unit for both axes where they are to be scaled alike."""
    size, far = high - low, np.maximum(np.abs(low), np.abs(high))
    if (size >= ORDINARY[0]).all() and (size <= ORDINARY[1]).all() and (far <= NEAR * size).all():
        return PLAIN
    sizes = [size.max()] * 2 if is_alike else size
    units = [max(10.0 ** math.floor(math.log10(max(float(it), SMALLEST_UNIT))), SMALLEST_UNIT) for it in sizes]
    middle = low + size / 2
    return Frame((float(middle[0]), float(middle[1])), (units[0], units[1]))


def extent(X: Array) -> tuple[Array, Array]:
    """Lowest and highest coordinates of points (2, m), (2,) each; where they do not differ, room to either side."""
    if X.shape[1] == 0:
        return np.array([-1.0, -1.0]), np.array([1.0, 1.0])
    low, high = X.min(axis=1), X.max(axis=1)
    far = np.maximum(np.abs(low), np.abs(high))
    is_flat = high - low <= np.maximum(FLAT * far, SMALLEST_UNIT)
    room = np.where(is_flat, np.maximum(1.0, 0.1 * np.abs(high)), 0.0)
    return low - room, high + room
