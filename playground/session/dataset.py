"""The data set: an immutable value, and the edits that make a new one out of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.session.errors import UserError

MIN_CLASSES = 2
MAX_CLASSES = 10
LARGEST = 1e30  # a coordinate beyond it could not be squared in float32

_GOLDEN = (5**0.5 - 1) / 2

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """A class: its name, and the style (0 to 9) that gives it colour and shape for as long as it lives."""

    style: int
    name: str = ""


def class_labels(count: int) -> tuple[ClassLabel, ...]:
    """The first ``count`` classes, unnamed."""
    return tuple(ClassLabel(style) for style in range(count))


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Dataset:
    """Points of C classes on a plane, compared by identity; its arrays refuse writes.

    ``X`` (2, m) float64 in the user's units; ``labels`` (m,) class indices; ``ranks`` (m,) in [0, 1) decide which
    points are held out: the test set of a share s is the points with a rank below s, so a point keeps its side
    whatever happens to the others. ``made`` counts by style the points that were ever made, erased ones too; where it
    is not given, those there are. Raises UserError for anything that is not such a set.
    """

    X: Array
    labels: Array
    ranks: Array
    classes: tuple[ClassLabel, ...]
    axes: tuple[str, str] = ("x₁", "x₂")
    name: str = ""
    made: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "X", _read_only(self.X, np.float64))
        object.__setattr__(self, "labels", _read_only(self.labels, np.intp))
        object.__setattr__(self, "ranks", _read_only(self.ranks, np.float64))
        m = self.labels.size
        if self.X.shape != (2, m) or self.labels.shape != (m,) or self.ranks.shape != (m,):
            raise UserError(f"{m} labels need {m} points with two coordinates each, not {self.X.shape}")
        if m and not (self.X.min() >= -LARGEST and self.X.max() <= LARGEST):  # nor where one is no number
            raise UserError("coordinates must be numbers between −10³⁰ and 10³⁰")
        if not MIN_CLASSES <= len(self.classes) <= MAX_CLASSES:
            raise UserError(f"a data set has {MIN_CLASSES} to {MAX_CLASSES} classes, not {len(self.classes)}")
        styles = {label.style for label in self.classes}
        if len(styles) < len(self.classes) or not styles <= set(range(MAX_CLASSES)):
            raise UserError("each class needs a style of its own, 0 to 9")
        if m and not (self.labels.min() >= 0 and self.labels.max() < len(self.classes)):
            raise UserError(f"class numbers must lie between 1 and {len(self.classes)}")
        if m and not (self.ranks.min() >= 0 and self.ranks.max() < 1):
            raise UserError("ranks must lie between 0 and 1")
        object.__setattr__(self, "made", _counted(self.made or _by_style(self.classes, self.counts())))

    @property
    def m(self) -> int:
        """The number of points."""
        return int(self.labels.size)

    @property
    def C(self) -> int:
        """The number of classes."""
        return len(self.classes)

    def counts(self) -> Array:
        """Points in each class, (C,)."""
        return np.bincount(self.labels, minlength=self.C)

    def is_test(self, share: float) -> Array:
        """Mask (m,) of the points that a test share holds out."""
        return self.ranks < share

    def class_name(self, index: int) -> str:
        """The class's own name, or its number."""
        return self.classes[index].name or f"class {index + 1}"

    def with_points(self, X: ArrayLike, label: int) -> "Dataset":
        """These points and more of one class; X: (2, k)."""
        new = np.asarray(X, np.float64).reshape(2, -1)
        k = new.shape[1]
        # Golden-ratio steps spread any run of points evenly over [0, 1): a share s holds out about s of each class.
        # They go on from the points ever made: from those present, each point redrawn would get the same rank.
        if not 0 <= label < self.C:
            raise UserError(f"class numbers must lie between 1 and {self.C}")
        style = self.classes[label].style
        nth = self.made[style] + 1 + np.arange(k)
        return replace(
            self,
            X=_frozen(np.hstack([self.X, new])),
            labels=_frozen(np.append(self.labels, np.full(k, label))),
            ranks=_frozen(np.append(self.ranks, nth * _GOLDEN % 1)),
            made=(*self.made[:style], self.made[style] + k, *self.made[style + 1 :]),
        )

    def without(self, erased: ArrayLike) -> "Dataset":
        """All points but those of a mask (m,)."""
        kept = np.flatnonzero(~np.asarray(erased, bool))  # numbers: a mask is read anew for each row
        return replace(
            self,
            X=_frozen(self.X.take(kept, axis=1)),
            labels=_frozen(self.labels.take(kept)),
            ranks=_frozen(self.ranks.take(kept)),
        )

    def with_moved(self, index: int, x1: float, x2: float) -> "Dataset":
        """One point elsewhere."""
        X = self.X.copy()
        X[:, index] = x1, x2
        return replace(self, X=_frozen(X))

    def with_class(self) -> "Dataset":
        """One class more, with the first free style."""
        used = {label.style for label in self.classes}
        free = [style for style in range(MAX_CLASSES) if style not in used]
        if not free:
            raise UserError(f"{MAX_CLASSES} classes are the most that can be told apart")
        return replace(self, classes=(*self.classes, ClassLabel(free[0])))

    def without_class(self, index: int) -> "Dataset":
        """One class fewer, its points with it; the later ones move up a number and keep their styles."""
        if self.C <= MIN_CLASSES:
            raise UserError(f"a softmax needs {MIN_CLASSES} classes to choose from")
        rest = self.without(self.labels == index)
        return replace(
            rest,
            labels=np.where(rest.labels > index, rest.labels - 1, rest.labels),
            classes=self.classes[:index] + self.classes[index + 1 :],
        )

    def with_first_classes(self, count: int) -> "Dataset":
        """The first classes alone, with their points."""
        return self if count >= self.C else self.without_class(self.C - 1).with_first_classes(count)

    def with_name(self, index: int, name: str) -> "Dataset":
        """One class named anew."""
        renamed = ClassLabel(self.classes[index].style, name.encode("utf-8", "replace").decode("utf-8"))
        return replace(self, classes=(*self.classes[:index], renamed, *self.classes[index + 1 :]))

    def cleared(self) -> "Dataset":
        """The classes without their points."""
        return replace(self.without(np.ones(self.m, bool)), name="")


def stratified_ranks(labels: Array, rng: np.random.Generator) -> Array:
    """Ranks (m,) that hold out the same share of every class, to the nearest point, in random order."""
    ranks = np.empty(labels.size)
    for label in range(int(labels.max(initial=-1)) + 1):
        members = np.flatnonzero(labels == label)
        ranks[rng.permutation(members)] = (np.arange(members.size) + 0.5) / max(members.size, 1)
    return ranks


def empty_dataset(classes: int = 3, name: str = "") -> Dataset:
    """No points yet."""
    return Dataset(np.empty((2, 0)), np.empty(0), np.empty(0), class_labels(classes), name=name)


def class_sources(old: Sequence[ClassLabel], new: Sequence[ClassLabel]) -> list[int | None]:
    """For each new class, the index it had among the old ones, or None; a style tells which is which."""
    index = {label.style: i for i, label in enumerate(old)}
    return [index.get(label.style) for label in new]


def _by_style(classes: Sequence[ClassLabel], counts: Array) -> tuple[int, ...]:
    count_of = dict(zip((label.style for label in classes), counts.tolist(), strict=True))
    return tuple(count_of.get(style, 0) for style in range(MAX_CLASSES))


def _counted(made: tuple[int, ...]) -> tuple[int, ...]:
    if len(made) != MAX_CLASSES or min(made) < 0:
        raise UserError(f"the points ever made are counted for each of {MAX_CLASSES} styles, from 0")
    return made


def _read_only(values: ArrayLike, dtype: type) -> Array:
    return np.asarray(values) if _is_frozen(values, dtype) else _frozen(np.array(values, dtype))


def _frozen(array: Array) -> Array:
    """An array of one's own, which nobody can change from now on: a data set takes it as it is, without a copy."""
    array.setflags(write=False)
    return array


def _is_frozen(values: ArrayLike, dtype: type) -> bool:
    return isinstance(values, np.ndarray) and values.dtype == dtype and not values.flags.writeable
