"""The confusion matrix: how many points of each class are taken for which, and which points those are."""

from dataclasses import dataclass

import numpy as np

from playground.session.answers import Answers
from playground.session.dataset import Dataset
from playground.session.grid import Array

ANY = None  # in place of a class: a total's


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix of the training or the test set: points of class ``label`` that are taken for ``predicted``.

    A total has `ANY` for the class that it is summed over.
    """

    is_test: bool
    label: int | None
    predicted: int | None

    @property
    def is_miss(self) -> bool:
        """Whether it counts misclassified points alone: off the diagonal, and no total."""
        return None not in (self.label, self.predicted) and self.label != self.predicted


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """Counts (C + 1, C + 1), rows true, columns predicted, with the totals last; of the training and the test set."""

    train: Array
    test: Array


def confusion(answers: Answers, labels: Array, C: int) -> Confusion:
    """Of the answers at points of these classes (m,)."""
    pairs = labels * C + answers.predicted
    return Confusion(*(_with_totals(pairs[answers.is_test == is_test], C) for is_test in (False, True)))


def members(cell: Cell, answers: Answers, labels: Array) -> Array:
    """The indices of a cell's points, ascending."""
    found = answers.is_test == cell.is_test
    if cell.label is not ANY:
        found = found & (labels == cell.label)
    if cell.predicted is not ANY:
        found = found & (answers.predicted == cell.predicted)
    return np.flatnonzero(found)


def has_classes(cell: Cell, C: int) -> bool:
    """Whether a data set of C classes has the cell's."""
    return all(label is ANY or label < C for label in (cell.label, cell.predicted))


def about_cell(cell: Cell, dataset: Dataset) -> str:
    """Which points a cell counts, such as “test points of class 2 that are taken for class 3”."""
    kind = "test points" if cell.is_test else "training points"
    of = "" if cell.label is ANY else f" of {_name(dataset, cell.label)}"
    if cell.predicted is ANY:
        return f"{kind}{of}"
    if cell.predicted == cell.label:
        return f"{kind}{of} that are rightly taken for it"
    return f"{kind}{of} that are taken for {_name(dataset, cell.predicted)}"


def _name(dataset: Dataset, label: int) -> str:
    name = dataset.classes[label].name
    return f"class {label + 1} ({name})" if name else f"class {label + 1}"


def _with_totals(pairs: Array, C: int) -> Array:
    counts = np.bincount(pairs, minlength=C * C).reshape(C, C)
    across = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    return np.vstack([across, across.sum(axis=0, keepdims=True)])
