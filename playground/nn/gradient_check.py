"""The gradient check: backpropagation held against central differences of J, parameter by parameter."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from playground.nn.arrays import Floats, Integers
from playground.nn.differences import Differences
from playground.nn.network import Network, layer_views, one_hot, with_ones
from playground.nn.rounding import gradient_rounding

SURE = 5e-5  # what is in doubt, relative to the gradient: a mistake twice as large is always seen
ALIKE = 1e-7  # relative: below it two float64 sums differ by their order


class Verdict(Enum):
    """What a check can say of one array."""

    RIGHT = "right"
    WRONG = "wrong"
    AT_A_CORNER = "at a corner"
    TOO_SMALL = "too small to tell"


@dataclass(frozen=True, eq=False)
class BlockCheck:
    """One W[l] or b[l], held against central differences.

    ``relative_error`` is ||numeric - analytic|| / (||numeric|| + ||analytic||), 0 where both are 0. The entry that the
    verdict goes by is at ``worst`` (row, column), counted from 0: the one furthest beyond doubt, or of those at a
    corner the one where it is sharpest; with its ``numeric`` and ``analytic`` value. ``at_corner`` entries are at one.
    """

    name: str
    shape: tuple[int, ...]
    verdict: Verdict
    relative_error: float
    worst: tuple[int, int]
    numeric: float
    analytic: float
    at_corner: int


class GradientCheck:
    """Central differences (J(theta_i + eps) - J(theta_i - eps)) / 2 eps of every parameter, some at a time, in float64.

    The network is copied with the mistake planted in it, so what is checked is what trains. inputs (n_x + 1, m) from
    `with_ones`; labels (m,), m >= 1.

    An array is wrong where an entry is further from its difference than rounding and bending can explain. It is right
    where they explain so little that a mistake of a ten-thousandth of it would have been seen. Else it is at a corner,
    if an entry of it moves a unit that is at the corner of its ReLU, where J has no derivative; or too small to tell.
    """

    def __init__(self, network: Network, inputs: Floats, labels: Integers, l2: float = 0.0) -> None:
        self._sizes = network.sizes
        copy = network.copy(np.float64)
        seen: dict[int, list[Floats]] = {}

        def watch(name: str, layer: int, array: Floats) -> None:
            if name == "A":  # in chunks, where there are many examples
                seen.setdefault(layer, []).append(array.copy())

        X = inputs.astype(np.float64)
        self._analytic = copy.gradient(X, one_hot(labels, network.sizes[-1], np.float64), l2, watch).copy()
        coming_in = [X, *(with_ones(np.concatenate(seen[layer], axis=1), np.float64) for layer in sorted(seen))]
        self._differences = Differences(copy, coming_in, labels, l2)
        self._numeric, self._across = np.zeros_like(self._analytic), np.zeros_like(self._analytic)
        self._doubt = np.concatenate([layer.ravel() for layer in gradient_rounding(copy, coming_in)])
        self._is_at_corner = np.zeros_like(self._analytic)
        self._done = 0

    @property
    def size(self) -> int:
        """How many parameters there are to check."""
        return self._numeric.size

    @property
    def is_done(self) -> bool:
        """Whether every parameter is checked."""
        return self._done == self.size

    @property
    def share_done(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._done / self.size

    def advance(self, count: int = 1) -> None:
        """Check that many parameters more."""
        for i in range(self._done, min(self._done + count, self.size)):
            found = self._differences.derivative(i)
            self._numeric[i], self._across[i], self._is_at_corner[i] = found.value, found.across, found.is_at_corner
            self._doubt[i] += found.doubt
            self._done = i + 1

    def blocks(self) -> tuple[BlockCheck, ...]:
        """The result for W[1], b[1], ... W[L], b[L]; ValueError before it is done."""
        if not self.is_done:
            raise ValueError("the check is not done: advance it first")
        flat = (self._numeric, self._analytic, self._doubt, self._across, self._is_at_corner)
        layers = zip(*(layer_views(part, self._sizes) for part in flat), strict=True)
        found = []
        for number, layer in enumerate(layers, start=1):
            found.append(_compare(f"W[{number}]", *(part[:, :-1] for part in layer)))
            found.append(_compare(f"b[{number}]", *(part[:, -1:] for part in layer)))
        return tuple(found)


def _compare(
    name: str, numeric: Floats, analytic: Floats, doubt: Floats, across: Floats, is_at_corner: Floats
) -> BlockCheck:
    """The verdict on one array; all are of its shape."""
    difference = np.abs(numeric - analytic)
    beyond = difference - (doubt + ALIKE * (np.abs(numeric) + np.abs(analytic)))
    size, corners = float(np.linalg.norm(numeric) + np.linalg.norm(analytic)), int(is_at_corner.sum())
    verdict, shown, ranked = Verdict.TOO_SMALL, numeric, difference
    if bool((beyond > 0).any()):
        verdict, ranked = Verdict.WRONG, beyond
    elif corners:
        verdict, shown, ranked = Verdict.AT_A_CORNER, across, np.abs(across - analytic) + is_at_corner
    elif np.linalg.norm(doubt) <= SURE * size:
        verdict = Verdict.RIGHT
    row, column = np.unravel_index(int(np.nan_to_num(ranked, nan=-1.0).argmax()), numeric.shape)
    return BlockCheck(
        name=name,
        shape=numeric.shape if name[0] == "W" else (numeric.shape[0],),
        verdict=verdict,
        relative_error=0.0 if size == 0 else float(np.linalg.norm(difference)) / size,
        worst=(int(row), int(column)),
        numeric=float(shown[row, column]),
        analytic=float(analytic[row, column]),
        at_corner=corners,
    )
