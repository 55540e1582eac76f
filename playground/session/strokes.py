"""What a touch of each tool does to a data set."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.session.dataset import Dataset
from playground.session.grid import Array

ERASER_RADIUS = 16.0  # pixels
SPRAY_RADIUS = 32.0
GRAB_RADIUS = 14.0
SPRAY_AT_ONCE = 2


class Touch(NamedTuple):
    """A place on the plane, how many plane units one pixel is there in each direction, and whether keys touch it."""

    x1: float
    x2: float
    per_pixel_1: float
    per_pixel_2: float
    by_keys: bool = False


class Brush(NamedTuple):
    """How far a tool reaches, in pixels; one that is swept does something all along its way."""

    radius: float = 0.0
    is_swept: bool = False


BRUSHES = {
    "point": Brush(),
    "spray": Brush(SPRAY_RADIUS, is_swept=True),
    "move": Brush(is_swept=True),
    "probe": Brush(),
    "erase": Brush(ERASER_RADIUS, is_swept=True),
}


def add_point(dataset: Dataset, touch: Touch, label: int) -> Dataset:
    """One point, exactly there."""
    return dataset.with_points([[touch.x1], [touch.x2]], label)


def spray(dataset: Dataset, path: Sequence[Touch], label: int, rng: np.random.Generator) -> Dataset:
    """A few points around places on a path, evenly along it and evenly over a disc; a path may be one touch."""
    end = path[-1]
    x1, x2 = np.array([touch.x1 for touch in path]), np.array([touch.x2 for touch in path])
    steps = np.hypot(np.diff(x1) / end.per_pixel_1, np.diff(x2) / end.per_pixel_2)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    at = way[-1] * rng.random(SPRAY_AT_ONCE)
    radius = SPRAY_RADIUS * np.sqrt(rng.random(SPRAY_AT_ONCE))
    angle = 2 * np.pi * rng.random(SPRAY_AT_ONCE)
    X = [
        np.interp(at, way, x1) + end.per_pixel_1 * radius * np.cos(angle),
        np.interp(at, way, x2) + end.per_pixel_2 * radius * np.sin(angle),
    ]
    return dataset.with_points(X, label)


def erase(dataset: Dataset, start: Touch, end: Touch) -> Dataset:
    """All points gone that the eraser passes over from one touch to the next; the same data set where there are none.

    A fast hand is seen at places that lie far apart: what is between them is erased too.
    """
    under = pixels_from_way(dataset, start, end) <= ERASER_RADIUS
    return dataset.without(under) if under.any() else dataset


def nearest(dataset: Dataset, touch: Touch, radius: float = GRAB_RADIUS) -> int | None:
    """The point that a hand at this place would take hold of, if one is near enough; ``radius`` in pixels."""
    if dataset.m == 0:
        return None
    away = pixels_away(dataset, touch)
    index = int(away.argmin())
    return index if away[index] <= radius else None


def pixels_away(dataset: Dataset, touch: Touch) -> Array:
    """Distance of each point from the place, as seen on screen, (m,)."""
    across, up = (dataset.X[0] - touch.x1) / touch.per_pixel_1, (dataset.X[1] - touch.x2) / touch.per_pixel_2
    away: Array = np.hypot(across, up)
    return away


def pixels_from_way(dataset: Dataset, start: Touch, end: Touch) -> Array:
    """Distance of each point from the straight way between two places, as seen on screen, (m,)."""
    per_1, per_2 = end.per_pixel_1, end.per_pixel_2
    across, up = (dataset.X[0] - start.x1) / per_1, (dataset.X[1] - start.x2) / per_2
    way = np.array([(end.x1 - start.x1) / per_1, (end.x2 - start.x2) / per_2])
    length = float(np.hypot(*way))
    direction = way / length if length else way
    along = np.clip(across * direction[0] + up * direction[1], 0, length)
    away: Array = np.hypot(across - along * direction[0], up - along * direction[1])
    return away
