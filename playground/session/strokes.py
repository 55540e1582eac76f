"""What a touch of each tool does to a data set."""

from typing import NamedTuple

import numpy as np

from playground.session.dataset import Dataset
from playground.session.grid import Array

ERASER_RADIUS = 16.0  # pixels
SPRAY_RADIUS = 32.0
GRAB_RADIUS = 14.0
SPRAY_AT_ONCE = 2


class Touch(NamedTuple):
    """A place on the plane, and how many plane units one pixel is there in each direction."""

    x1: float
    x2: float
    per_pixel_1: float
    per_pixel_2: float


def add_point(dataset: Dataset, touch: Touch, label: int) -> Dataset:
    """One point, exactly there."""
    return dataset.with_points([[touch.x1], [touch.x2]], label)


def spray(dataset: Dataset, touch: Touch, label: int, rng: np.random.Generator) -> Dataset:
    """A few points around the place, evenly over a disc."""
    radius = SPRAY_RADIUS * np.sqrt(rng.random(SPRAY_AT_ONCE))
    angle = 2 * np.pi * rng.random(SPRAY_AT_ONCE)
    X = [
        touch.x1 + touch.per_pixel_1 * radius * np.cos(angle),
        touch.x2 + touch.per_pixel_2 * radius * np.sin(angle),
    ]
    return dataset.with_points(X, label)


def erase(dataset: Dataset, touch: Touch) -> Dataset:
    """All points under the eraser gone; the same data set where there are none."""
    under = pixels_away(dataset, touch) <= ERASER_RADIUS
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
