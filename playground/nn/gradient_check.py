"""The gradient check: backpropagation held against central differences of J, parameter by parameter."""

from dataclasses import dataclass

import numpy as np

from playground.nn.arrays import Floats, Integers
from playground.nn.network import Network, layer_views, one_hot

STEP = 1e-6  # relative to the parameter, where that is above 1: the cube root of float64's rounding, about
FINER = 50  # times; a difference across a kink of ReLU is taken again so much nearer
TOLERANCE = 1e-6  # of the relative error; the mistakes are above a hundredth
ROUNDING = 1e-9  # of a difference, for a J of 1
AT_A_CORNER = 1e-5  # a Z so near 0 may be carried across it by a step
BESIDE_IT = 1e-4
CORNERED = {"relu", "leaky relu"}


@dataclass(frozen=True, eq=False)
class BlockCheck:
    """One W[l] or b[l], held against central differences.

    ``relative_error`` is ||numeric - analytic|| / (||numeric|| + ||analytic||), 0 where both are rounding. The entry
    where they differ most is at ``worst`` (row, column), counted from 0, with its ``numeric`` and ``analytic`` value.
    """

    name: str
    shape: tuple[int, ...]
    relative_error: float
    is_right: bool
    worst: tuple[int, int]
    numeric: float
    analytic: float


class GradientCheck:
    """Central differences (J(theta_i + h) - J(theta_i - h)) / 2h of every parameter, some at a time, in float64.

    The network is copied with the mistake planted in it, so what is checked is what trains. inputs (n_x + 1, m) from
    `with_ones`; labels (m,), m >= 1. Where a hidden unit is at the corner of a ReLU, as all are at 0 while biases are
    and nothing reaches them, J has no derivative: the copy's bias there is lowered by a ten-thousandth, to the side
    whose slope backpropagation takes.
    """

    def __init__(self, network: Network, inputs: Floats, labels: Integers, l2: float = 0.0) -> None:
        self._network = network.copy(np.float64)
        self._inputs, self._labels, self._l2 = inputs.astype(np.float64), labels, l2
        if network.activation in CORNERED:
            _leave_corners(self._network, self._inputs)
        Y = one_hot(labels, network.sizes[-1], np.float64)
        self._analytic = self._network.gradient(self._inputs, Y, l2).copy()
        self._numeric = np.zeros_like(self._analytic)
        self._done = 0
        self._floor = ROUNDING * max(1.0, abs(self._cost()))

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
            self._numeric[i] = self._difference(i)
            self._done = i + 1

    def blocks(self) -> tuple[BlockCheck, ...]:
        """The result for W[1], b[1], ... W[L], b[L]; ValueError before it is done."""
        if not self.is_done:
            raise ValueError("the check is not done: advance it first")
        found = []
        layers = (layer_views(flat, self._network.sizes) for flat in (self._numeric, self._analytic))
        for number, (numeric, analytic) in enumerate(zip(*layers, strict=True), start=1):
            found.append(self._compare(f"W[{number}]", numeric[:, :-1], analytic[:, :-1]))
            found.append(self._compare(f"b[{number}]", numeric[:, -1:], analytic[:, -1:]))
        return tuple(found)

    def _compare(self, name: str, numeric: Floats, analytic: Floats) -> BlockCheck:
        difference = np.abs(numeric - analytic)
        row, column = np.unravel_index(int(difference.argmax()), difference.shape)
        size = float(np.linalg.norm(numeric) + np.linalg.norm(analytic))
        is_rounding = bool(difference.max() <= self._floor)
        error = 0.0 if size == 0 else float(np.linalg.norm(difference)) / size
        return BlockCheck(
            name=name,
            shape=numeric.shape if name[0] == "W" else (numeric.shape[0],),
            relative_error=error if size > self._floor else 0.0,
            is_right=is_rounding or error <= TOLERANCE,
            worst=(int(row), int(column)),
            numeric=float(numeric[row, column]),
            analytic=float(analytic[row, column]),
        )

    def _difference(self, i: int) -> float:
        """The derivative of J by a parameter; taken nearer where it does not fit, in case a kink lay between."""
        step = STEP * max(1.0, abs(float(self._network.parameters[i])))
        numeric = self._central(i, step)
        expected = float(self._analytic[i])
        if abs(numeric - expected) <= self._floor + TOLERANCE * abs(expected):
            return numeric
        nearer = self._central(i, step / FINER)
        return min(numeric, nearer, key=lambda value: abs(value - expected))

    def _central(self, i: int, step: float) -> float:
        theta = self._network.parameters
        value = theta[i]
        above, below = value + step, value - step
        theta[i] = above
        cost_above = self._cost()
        theta[i] = below
        cost_below = self._cost()
        theta[i] = value
        return (cost_above - cost_below) / float(above - below)

    def _cost(self) -> float:
        return self._network.evaluate(self._inputs, self._labels, self._l2).cost


def _leave_corners(network: Network, inputs: Floats) -> None:
    """Lower the biases of hidden units whose Z is as good as 0 for some example, from the first layer to the last."""

    def lower(name: str, number: int, Z: Floats) -> None:
        if name == "Z" and number < len(network.layers):
            is_at_corner = (np.abs(Z) < AT_A_CORNER).any(axis=1)
            network.biases[number - 1][is_at_corner] -= BESIDE_IT
            Z[is_at_corner] -= BESIDE_IT

    network.forward(inputs, lower)
