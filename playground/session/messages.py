"""The two values that pass between the window and the trainer: each complete, so that the latest one is enough."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.session.dataset import Dataset
from playground.session.settings import Settings

Array = NDArray[Any]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """A lattice of cells over a rectangle of the plane, in the user's units; values belong to cell centres."""

    left: float
    right: float
    bottom: float
    top: float
    columns: int
    rows: int

    def centres(self) -> tuple[Array, Array]:
        """The x1 of each column (columns,) and the x2 of each row (rows,), bottom row first."""
        return (
            self.left + (np.arange(self.columns) + 0.5) * (self.right - self.left) / self.columns,
            self.bottom + (np.arange(self.rows) + 0.5) * (self.top - self.bottom) / self.rows,
        )

    def points(self) -> Array:
        """All cell centres, row by row from the bottom, (2, rows * columns)."""
        x1, x2 = np.meshgrid(*self.centres())
        return np.stack([x1.ravel(), x2.ravel()])


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Everything the window wants of the trainer at this moment.

    A new ``run_id`` starts a new run. ``single_steps`` and ``single_epochs`` count how often one step or one epoch
    has been asked for in this run; the trainer makes up the difference, so asking is a value too and none is lost.
    Without a ``grid`` no class probabilities are computed.
    """

    dataset: Dataset
    settings: Settings
    run_id: int = 0
    running: bool = False
    single_steps: int = 0
    single_epochs: int = 0
    grid: Grid | None = None
    probe: Point | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The cost curve so far: epoch, J and test J of each recorded moment, (k,) each; NaN where there was none."""

    epoch: Array
    cost: Array
    test_cost: Array


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everything the trainer has to say about one moment of a run.

    Costs and accuracies are those of ``parameters``, None where there is no example to take them from.
    ``probabilities`` (C, rows, columns) belong to ``grid`` and ``probe_probabilities`` (C,) to ``probe``. All of it was
    computed with ``dataset``. ``diverged``: J stopped being finite and the last finite parameters were kept.
    """

    run_id: int
    step: int
    epoch: float
    sizes: tuple[int, ...]
    parameters: Array
    dataset: Dataset
    cost: float | None
    accuracy: float | None
    test_cost: float | None
    test_accuracy: float | None
    curve: Curve
    diverged: bool
    running: bool
    steps_per_second: float | None = None
    grid: Grid | None = None
    probabilities: Array | None = None
    probe: Point | None = None
    probe_probabilities: Array | None = None
