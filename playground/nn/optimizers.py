"""Optimisers: each moves the flat parameter vector in place and keeps its running averages in one small array.

Momentum, RMSProp and Adam use exponentially weighted averages, v := beta v + (1 - beta) g, so that the learning rate
keeps its meaning from one to the next.
"""

from typing import ClassVar

import numpy as np

from playground.nn.arrays import Floats


class Optimizer:
    """Gradient descent, theta := theta - rate * g; the base of the others.

    ``averages`` has one row per running average and a column per parameter; rows start at zero.
    """

    rows: ClassVar[int] = 0

    def __init__(self, parameters: Floats) -> None:
        self.averages = np.zeros((self.rows, parameters.size), parameters.dtype)
        self.steps = 0
        self._move = np.empty_like(parameters)

    def update(self, parameters: Floats, gradient: Floats, learning_rate: float) -> None:
        """Make one step in place; all arrays are flat and of the same size."""
        self.steps += 1
        self._compute_move(gradient, learning_rate)
        np.subtract(parameters, self._move, out=parameters)

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        np.multiply(gradient, learning_rate, out=self._move)

    def _average(self, row: int, decay: float, values: Floats) -> Floats:
        """Average ``values`` into a row: v := decay v + (1 - decay) values. Overwrites ``_move``."""
        average: Floats = self.averages[row]
        np.multiply(values, 1 - decay, out=self._move)
        np.multiply(average, decay, out=average)
        np.add(average, self._move, out=average)
        return average


class Momentum(Optimizer):
    """Steps along the average gradient (Polyak 1964, in the averaged form)."""

    rows = 1
    decay = 0.9

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        np.multiply(self._average(0, self.decay, gradient), learning_rate, out=self._move)


class RMSProp(Optimizer):
    """Divides each gradient by the root of its mean square (Hinton 2012)."""

    rows = 1
    decay = 0.9
    epsilon = 1e-8

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        move = self._move
        mean_square = self._average(0, self.decay, np.multiply(gradient, gradient, out=move))
        np.sqrt(mean_square, out=move)
        np.add(move, self.epsilon, out=move)
        np.divide(gradient, move, out=move)
        np.multiply(move, learning_rate, out=move)


class Adam(Optimizer):
    """Momentum over RMSProp, both corrected for their start at zero (Kingma & Ba 2015, algorithm 1)."""

    rows = 2
    decay_1 = 0.9
    decay_2 = 0.999
    epsilon = 1e-8

    def _compute_move(self, gradient: Floats, learning_rate: float) -> None:
        move = self._move
        mean = self._average(0, self.decay_1, gradient)
        mean_square = self._average(1, self.decay_2, np.multiply(gradient, gradient, out=move))
        # mean / (1 - b1^t) over sqrt(mean_square / (1 - b2^t)) + eps, with both corrections drawn into two scalars
        root = float(np.sqrt(1 - self.decay_2**self.steps))
        np.sqrt(mean_square, out=move)
        np.add(move, self.epsilon * root, out=move)
        np.divide(mean, move, out=move)
        np.multiply(move, learning_rate * root / (1 - self.decay_1**self.steps), out=move)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "gradient descent": Optimizer,
    "momentum": Momentum,
    "rmsprop": RMSProp,
    "adam": Adam,
}
