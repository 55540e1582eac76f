"""Derivatives of J without backpropagation: central differences, each with a bound of how far off it may be.

Three things set a difference quotient apart from the derivative, and each is known here. J bends: the quotient over
twice the nudge tells how much. J is rounded: `rounding` bounds that, and dividing by the nudge magnifies it. And where
g is ReLU, a hidden unit's z may cross 0 between the two sides, where J has a corner. Which units do is seen by their
signs on the two sides: z moves along a straight line as long as none does, so the same signs at its ends mean that
none did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from playground.nn.activations import ACTIVATIONS
from playground.nn.arrays import Floats, Integers
from playground.nn.network import Network, one_hot
from playground.nn.rounding import UNIT, loss_rounding, reaching

MOVE = 1e-4  # by which a nudge moves any z at most: J bends by a hundred-millionth then, and rounds by even less
AT_A_CORNER = 1e-8  # of the nudge: what crosses a corner even so is at it
PROBE = 1e-6  # of a bias, to see how far the z of the layers above move with it
SMALLEST, LARGEST = 2.0**-30, 2.0**20  # nudges, relative to a parameter where that is above 1


@dataclass(frozen=True, slots=True)
class Difference:
    """A derivative by central differences, at most ``doubt`` from the true one.

    Where a corner lies between the two sides, ``value`` is the derivative on the side where θ is, with each unit held
    on its own; ``across`` is the quotient across the corner. ``is_at_corner``: no nudge is small enough to stay on one
    side, so J has no derivative.
    """

    value: float
    doubt: float
    across: float
    is_at_corner: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    """A nudged parameter, and each layer's Z with it, from its own layer on."""

    theta: float
    Z: list[Floats]


class Differences:
    """Central differences (J(theta_i + eps) - J(theta_i - eps)) / 2 eps of a float64 network, one parameter at a time.

    ``coming_in`` are the inputs (n_(l-1) + 1, m) of each layer over a row of ones as backpropagation has seen them:
    units are held on its side of a corner. labels (m,), m >= 1.
    """

    def __init__(self, network: Network, coming_in: list[Floats], labels: Integers, l2: float) -> None:
        self._network, self._coming_in, self._labels = network, coming_in, labels
        self._penalty = l2 / (2 * labels.size)
        self._g = ACTIVATIONS[network.activation]
        self._Z = self._forward(0)
        self._places = _places(network.sizes)
        self._rounding = self._bound_rounding()
        self._nudged: tuple[tuple[int, int], Floats] | None = None  # a unit, and the nudges of its parameters

    def derivative(self, i: int) -> Difference:
        """Of J by theta_i."""
        layer, row, column = self._places[i]
        eps = self._nudge(i)
        wide = self._sides(i, 2 * eps)
        is_crossed = self._g.has_corner and _differ(*wide)
        if is_crossed:
            wide = self._sides(i, 2 * eps, is_held=True)
        value = self._quotient(i, *self._sides(i, eps, is_held=is_crossed))
        rounding = self._rounding[layer][row, column] / eps
        if self._is_weight(i):
            rounding += self._penalty * UNIT * (abs(float(self._network.parameters[i])) + eps)
        doubt = abs(value - self._quotient(i, *wide)) + rounding
        if not is_crossed:
            return Difference(value, doubt, across=value)
        least = max(AT_A_CORNER * eps, 4 * UNIT * abs(float(self._network.parameters[i])))
        across = self._quotient(i, *self._sides(i, eps))
        return Difference(value, doubt, across, is_at_corner=_differ(*self._sides(i, least)))

    def _is_weight(self, i: int) -> bool:
        layer, _, column = self._places[i]
        return column < self._network.sizes[layer]

    def _bound_rounding(self) -> list[Floats]:
        """For each layer what rounding can do to J (n_l, n_(l-1) + 1), where only what moves is rounded anew."""
        Y = one_hot(self._labels, self._network.sizes[-1], np.float64)
        found = []
        for layer, reach in enumerate(reaching(self._network, self._coming_in)):
            of_losses = loss_rounding(self._network, self._coming_in, self._Z[-1], Y, layer)
            found.append((reach * of_losses) @ (self._coming_in[layer] != 0).T / self._labels.size)
        return found

    def _nudge(self, i: int) -> float:
        """The eps of a parameter, by which no z moves further than MOVE."""
        layer, row, column = self._places[i]
        if self._nudged is None or self._nudged[0] != (layer, row):
            bias = i - column + self._network.sizes[layer]
            reach = (np.abs(self._coming_in[layer]) * self._reach_of_bias(bias)).max(axis=1)
            self._nudged = (layer, row), MOVE / np.maximum(reach, np.finfo(np.float64).tiny)
        scale = max(1.0, abs(float(self._network.parameters[i])))
        return float(np.clip(self._nudged[1][column], SMALLEST * scale, LARGEST * scale))

    def _reach_of_bias(self, i: int) -> Floats:
        """How far any z moves at most, for each example (m,), when this bias moves by 1."""
        moved_ones = self._side(i, PROBE).Z
        reach = np.ones(self._labels.size)
        for moved, Z in zip(moved_ones[1:], self._Z[-len(moved_ones) :][1:], strict=True):
            np.maximum(reach, np.abs(moved - Z).max(axis=0) / PROBE, out=reach)
        return reach

    def _sides(self, i: int, eps: float, *, is_held: bool = False) -> tuple[_Side, _Side]:
        return self._side(i, eps, is_held=is_held), self._side(i, -eps, is_held=is_held)

    def _side(self, i: int, nudge: float, *, is_held: bool = False) -> _Side:
        theta = self._network.parameters
        value = theta[i]
        theta[i] = value + nudge
        side = _Side(float(theta[i]), self._forward(self._places[i][0], is_held=is_held))
        theta[i] = value
        return side

    def _forward(self, start: int, *, is_held: bool = False) -> list[Floats]:
        """Each Z from a layer on; with units held, as if g were the line that each is on."""
        found: list[Floats] = []
        A = self._coming_in[start]
        for layer in range(start, len(self._network.layers)):
            Z = self._network.layers[layer] @ A
            found.append(Z)
            if layer < len(self._network.layers) - 1:
                before = self._coming_in[layer + 1]
                A = np.ones_like(before)
                A[:-1] = Z
                if is_held:
                    self._g.times_slope(A[:-1], before[:-1], np.empty_like(Z))
                else:
                    self._g.apply(A[:-1], np.empty_like(Z))
        return found

    def _quotient(self, i: int, above: _Side, below: _Side) -> float:
        """The difference of J over that of theta_i; of the penalty what does not cancel."""
        change = _losses(above.Z[-1], self._labels) - _losses(below.Z[-1], self._labels)
        of_loss = float(change.mean()) / (above.theta - below.theta)
        return of_loss + self._penalty * (above.theta + below.theta) * self._is_weight(i)


def _losses(Z: Floats, labels: Integers) -> Floats:
    """Each example's loss (m,), exact relative to itself however small it is: log(1 + the sum of the others)."""
    own = Z[labels, np.arange(labels.size)]
    d = Z - own
    largest = d.argmax(axis=0), np.arange(labels.size)
    top = d[largest]
    np.exp(np.subtract(d, top, out=d), out=d)
    d[largest] = 0
    return np.asarray(top + np.log1p(d.sum(axis=0)))


def _differ(above: _Side, below: _Side) -> bool:
    """Whether any hidden unit is on another side of its corner."""
    hidden = zip(above.Z[:-1], below.Z[:-1], strict=True)
    return any(bool(((Z > 0) != (other > 0)).any()) for Z, other in hidden)


def _places(sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """The layer, row and column of each parameter, all from 0; a bias is in the last column."""
    return [
        (layer, row, column)
        for layer, (n_in, n_out) in enumerate(pairwise(sizes))
        for row in range(n_out)
        for column in range(n_in + 1)
    ]
