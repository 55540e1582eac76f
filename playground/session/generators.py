"""Synthetic data sets for any number of classes, each seeded and about one unit in radius."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.session.dataset import MAX_CLASSES, MIN_CLASSES, Dataset, class_labels, stratified_ranks
from playground.session.specs import Choice, Number, Spec

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a synthetic data set is made from; one value for each row of `RECIPE_SPECS`."""

    name: str = "blobs"
    classes: int = 3
    points: int = 200
    noise: float = 0.1
    data_seed: int = 0


@dataclass(frozen=True, slots=True)
class _Draw:
    """What a generator draws from: labels (m,), C, position (m,) of each point along its class in [0, 1), noise."""

    labels: Array
    C: int
    along: Array
    noise: float
    rng: np.random.Generator

    def jitter(self, scale: float) -> Array:
        """Normal displacements (2, m), ``scale`` times the noise."""
        return self.rng.standard_normal((2, self.labels.size)) * self.noise * scale


def _polar(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)])


def _blobs(draw: _Draw) -> Array:
    centres = _polar(np.full(draw.labels.size, 0.7), 2 * np.pi * draw.labels / draw.C + np.pi / 2)
    spread = draw.rng.standard_normal((2, draw.labels.size)) * min(0.12, 0.4 / draw.C)
    return centres + spread + draw.jitter(0.8)


def _wedges(draw: _Draw) -> Array:
    """Sectors around the origin; up to a noise of 0.15 straight lines separate them, beyond it they overlap."""
    share_of_sector = 0.7 + 2 * draw.noise
    across = 0.5 + (draw.rng.random(draw.labels.size) - 0.5) * share_of_sector
    return _polar(np.sqrt(0.06 + 0.94 * draw.along), 2 * np.pi / draw.C * (draw.labels + across))


def _spiral(draw: _Draw) -> Array:
    turns = 2.2 * np.pi * draw.along
    return _polar(0.08 + 0.92 * draw.along, turns + 2 * np.pi * draw.labels / draw.C) + draw.jitter(0.25)


def _rings(draw: _Draw) -> Array:
    radius = (draw.labels + 0.35) / draw.C
    return _polar(radius, 2 * np.pi * draw.along) + draw.jitter(0.9 / draw.C)


def _moons(draw: _Draw) -> Array:
    """A chain of half circles, every second one turned over and moved into its neighbours."""
    up = np.where(draw.labels % 2, -1, 1)
    angle = np.pi * draw.along
    x1 = np.cos(angle) + draw.labels
    x2 = up * np.sin(angle) + np.where(up < 0, 0.5, 0.0)
    half_width = (draw.C + 1) / 2
    centred = np.stack([x1 - (draw.C - 1) / 2, x2 - 0.25])
    return (centred + draw.jitter(1.0)) / half_width


def _checkerboard(draw: _Draw) -> Array:
    side = 4 if draw.C <= 4 else draw.C
    row, column = np.divmod(np.arange(side * side), side)
    cell_class = (column + (1 if draw.C < 4 else 2) * row) % draw.C
    X = np.empty((2, draw.labels.size))
    for label in range(draw.C):
        members = np.flatnonzero(draw.labels == label)
        cells = np.resize(draw.rng.permutation(np.flatnonzero(cell_class == label)), members.size)
        X[0, members], X[1, members] = column[cells], row[cells]
    within = 0.08 + 0.84 * draw.rng.random(X.shape)
    return 2 * (X + within) / side - 1 + draw.jitter(0.4)


@dataclass(frozen=True, slots=True)
class Generator:
    """How a data set is drawn, X (2, m), and what it is."""

    draw: Callable[[_Draw], Array]
    tip: str


GENERATORS: dict[str, Generator] = {
    "blobs": Generator(_blobs, "A cloud of points for each class."),
    "wedges": Generator(_wedges, "Sectors around the origin, which straight lines can separate."),
    "spiral": Generator(_spiral, "Arms wound into each other; needs hidden layers."),
    "rings": Generator(_rings, "A ring in a ring."),
    "moons": Generator(_moons, "Half circles that reach into each other."),
    "checkerboard": Generator(_checkerboard, "Squares in turn; the hardest."),
}

RECIPE_SPECS: tuple[Spec, ...] = (
    Spec("name", "Data set", Choice(tuple(GENERATORS)), "The shape of the classes."),
    Spec(
        "classes",
        "Classes",
        Number(MIN_CLASSES, MAX_CLASSES, whole=True),
        "C, the number of classes that the data set has.",
    ),
    Spec(
        "points",
        "Points",
        Number(10, 100_000, whole=True, log=True),
        "How many points the data set has, shared out evenly among the classes.",
        "Draws a generated data set anew; of another it only says how many there are.",
    ),
    Spec(
        "noise",
        "Noise",
        Number(0, 1),
        "How far points stray from their class's shape: more noise makes classes overlap.",
        "Draws a generated data set anew.",
    ),
    Spec(
        "data_seed",
        "Data seed",
        Number(0, 999_999, whole=True),
        "Which random points are drawn: the same seed gives the same points.",
        "Draws a generated data set anew.",
    ),
)


def changed(recipe: Recipe, dataset: Dataset, name: str, value: Any) -> Recipe | None:
    """The recipe of this data set with one thing different; None where it is so already.

    It has as many points as the data set has now, or as few or many as can be generated: more noise is noise alone.
    """
    present = replace(recipe, name=dataset.name, classes=dataset.C, points=dataset.m)
    if value == getattr(present, name):
        return None
    new = replace(present, **{name: value})
    (kind,) = (spec.kind for spec in RECIPE_SPECS if spec.name == "points")
    assert isinstance(kind, Number)
    return replace(new, points=int(min(max(new.points, kind.low), kind.high)))


def generate(recipe: Recipe) -> Dataset:
    """The data set that a recipe describes, always the same one; UserError for a value out of its limits."""
    for spec in RECIPE_SPECS:
        spec.check(getattr(recipe, spec.name))
    rng = np.random.default_rng(recipe.data_seed)
    labels = np.arange(recipe.points) * recipe.classes // recipe.points
    along = _positions(labels, rng)
    X = GENERATORS[recipe.name].draw(_Draw(labels, recipe.classes, along, recipe.noise, rng))
    ranks = stratified_ranks(labels, rng)
    return Dataset(X, labels, ranks, class_labels(recipe.classes), name=recipe.name)


def _positions(labels: Array, rng: np.random.Generator) -> Array:
    """Evenly spaced positions in [0, 1) within each class, each jittered by up to one spacing, (m,)."""
    counts = np.bincount(labels)
    firsts = np.cumsum(counts) - counts
    nth = np.arange(labels.size) - firsts[labels]
    return (nth + rng.random(labels.size)) / counts[labels]


def needs_standardising(X: Array) -> bool:
    """Whether training on X (2, m) as it is would stall on an axis: far from the unit scale, or from the other's."""
    if X.shape[1] == 0:
        return False
    mean, spread = np.abs(X.mean(axis=1)), X.std(axis=1)
    varying = spread[spread > 0]  # one number for all points tells no classes apart at any scale
    is_foreign = (mean > 5).any() or (spread > 5).any() or not (varying >= 0.1).all()
    return bool(is_foreign or (varying.size and varying.max() > 20 * varying.min()))
