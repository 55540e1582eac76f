"""Optimisers: each moves the flat parameter vector in place and remembers past gradients in one small array.

Momentum, RMSProp and Adam are defined by exponentially weighted averages v := beta v + (1 - beta) g, so that the
learning rate keeps its meaning from one to the next. What is kept is the discounted sum s := beta s + g, which is
v / (1 - beta): the factor goes into the step's own, and each step saves two passes over the parameters.
"""

import math
from typing import ClassVar

import numpy as np

from playground.nn.arrays import Floats


class Optimizer:
    """Gradient descent, theta := theta - rate * g; the base of the others.

    ``sums`` has a row for each discounted sum and a column for each parameter; rows start at zero. A row sums the
    gradient to the power that ``powers`` says, discounted by its ``decays``.
    """

    powers: ClassVar[tuple[int, ...]] = ()
    decays: ClassVar[tuple[float, ...]] = ()

    def __init__(self, parameters: Floats) -> None:
        self.steps = 0
        self.sums = np.zeros((len(self.powers), parameters.size), parameters.dtype)
        self._terms = np.empty_like(self.sums)
        self._decays = np.repeat(np.array(self.decays, parameters.dtype), parameters.size).reshape(self.sums.shape)
        self._move = np.zeros_like(parameters)

    def update(self, parameters: Floats, gradient: Floats, learning_rate: float) -> None:
        """Make one step in place; all arrays are flat and of the same size."""
        self.steps += 1
        if self.powers:
            self._accumulate(gradient)
        self._compute_move(gradient, learning_rate)
        np.subtract(parameters, self._move, out=parameters)

    @property
    def move(self) -> Floats:
        """What the latest step has taken from the parameters, flat like them; 0 before the first."""
        return self._move.copy()

    def copy(self, parameters: Floats) -> "Optimizer":
        """An optimiser of the same kind, steps and sums, to go on with ``parameters``, which are of the same size."""
        twin = type(self)(parameters)
        twin.steps = self.steps
        twin.sums[:] = self.sums
        return twin

    def _accumulate(self, gradient: Floats) -> None:
        for power, term in zip(self.powers, self._terms, strict=True):
            if power == 1:
                np.copyto(term, gradient)
            else:
                np.multiply(gradient, gradient, out=term)
        np.multiply(self.sums, self._decays, out=self.sums)
        np.add(self.sums, self._terms, out=self.sums)

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        np.multiply(gradient, learning_rate, out=self._move)


class Momentum(Optimizer):
    """Steps along the average gradient (Polyak 1964, in the averaged form)."""

    powers = (1,)
    decays = (0.9,)

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        np.multiply(self.sums[0], learning_rate * (1 - self.decays[0]), out=self._move)


class RMSProp(Optimizer):
    """Divides each gradient by the root of its mean square (Hinton 2012)."""

    powers = (2,)
    decays = (0.9,)
    epsilon = 1e-8

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        root = 1 / math.sqrt(1 - self.decays[0])  # of sum over mean
        np.sqrt(self.sums[0], out=self._move)
        np.add(self._move, self.epsilon * root, out=self._move)
        np.divide(gradient, self._move, out=self._move)
        np.multiply(self._move, learning_rate * root, out=self._move)


class Adam(Optimizer):
    """Momentum over RMSProp, both corrected for their start at zero (Kingma & Ba 2015, algorithm 1)."""

    powers = (1, 2)
    decays = (0.9, 0.999)
    epsilon = 1e-8

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        # The corrected mean is (1 - b1) s1 / (1 - b1^t), the corrected mean square (1 - b2) s2 / (1 - b2^t).
        decay_1, decay_2 = self.decays
        root = math.sqrt((1 - decay_2**self.steps) / (1 - decay_2))
        np.sqrt(self.sums[1], out=self._move)
        np.add(self._move, self.epsilon * root, out=self._move)
        np.divide(self.sums[0], self._move, out=self._move)
        np.multiply(self._move, learning_rate * root * (1 - decay_1) / (1 - decay_1**self.steps), out=self._move)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "gradient descent": Optimizer,
    "momentum": Momentum,
    "rmsprop": RMSProp,
    "adam": Adam,
}
