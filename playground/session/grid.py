"""Places on the plane: a point, and a lattice of cells over a part of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
