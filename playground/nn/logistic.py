"""Logistic regression, which a softmax network with two classes and no hidden layer is, written on its own.

The two give the same probabilities where w = w_1 - w_2 and b = b_1 - b_2: e^z1 / (e^z1 + e^z2) = 1 / (1 + e^-(z1 -
z2)).

They also learn the same. The derivative of the mean loss by z_1 is y_hat_1 - y_1 and that by z_2 its opposite. With g
the derivative by the regression's parameters, plain gradient descent moves the softmax's two vectors by -rate g and
+rate g, so their difference moves by -2 rate g: the regression makes the same moves at twice the rate. The penalty's
derivatives lambda/m w_1 and lambda/m w_2 move the difference by -rate lambda/m (w_1 - w_2) = -2 rate (lambda/2)/m w:
half the lambda. Momentum averages moves, so it keeps both. RMSProp and Adam divide a gradient by its own running
size, which is the same for g and -g: again twice the rate. But a penalty makes the two gradients different in size,
each is divided by its own, and the moves are no longer those of one regression.
"""

import numpy as np
from numpy.typing import DTypeLike

from playground.nn.arrays import Floats, Integers
from playground.nn.network import Network
from playground.nn.optimizers import OPTIMIZERS, Optimizer

RATE_FACTOR = 2.0
PENALTY_FACTOR = 0.5
OVERFLOW_SHARE = 0.99  # of the largest exponent, kept clear of rounding
ALIKE = 1e-6  # relative: rounding near an optimum stays far below it, a penalty or a third class far above


class LogisticRegression:
    """sigma(w x + b), the probability of the first of two classes.

    ``parameters`` (n_x + 1,) is flat, ``w`` (n_x,) and ``b`` () are views into it, starting at 0.
    """

    def __init__(self, n_x: int, dtype: DTypeLike = np.float32) -> None:
        self.parameters = np.zeros(n_x + 1, dtype)
        self.w = self.parameters[:-1]
        self.b = self.parameters[-1:].reshape(())

    @classmethod
    def from_softmax(cls, network: Network) -> "LogisticRegression":
        """The regression that gives what a softmax network does; ValueError unless that has sizes (n_x, 2)."""
        if len(network.sizes) != 2 or network.sizes[-1] != 2:
            raise ValueError(f"only two classes without hidden layers are a logistic regression, not {network.sizes}")
        regression = cls(network.sizes[0], network.dtype)
        first, second = network.layers[0]
        np.subtract(first, second, out=regression.parameters)
        return regression

    def scores(self, inputs: Floats) -> Floats:
        """W x + b (m,) of `with_ones` inputs (n_x + 1, m)."""
        scores: Floats = self.parameters @ inputs
        return scores

    def probabilities(self, inputs: Floats) -> Floats:
        """The probability of the first class (m,), for `with_ones` inputs (n_x + 1, m)."""
        return sigmoid(self.scores(inputs))

    def gradient(self, inputs: Floats, Y: Floats, l2: float = 0.0) -> Floats:
        """Derivative of J = mean loss + l2 / (2m) ||w||^2, flat like the parameters; Y is one-hot (2, m), m >= 1."""
        m = Y.shape[1]
        gradient: Floats = inputs @ (self.probabilities(inputs) - Y[0])
        if l2:
            gradient[:-1] += l2 * self.w
        gradient /= m
        return gradient

    def cost(self, inputs: Floats, labels: Integers, l2: float = 0.0) -> float:
        """J on `with_ones` inputs (n_x + 1, m) and labels (m,), 0 for the first class, m >= 1."""
        margins = np.where(labels == 0, 1.0, -1.0) * self.scores(inputs)
        losses = np.logaddexp(0.0, -margins)
        w = self.w.astype(np.float64)
        return float(losses.mean() + l2 / (2 * labels.size) * (w @ w))


def sigmoid(z: Floats) -> Floats:
    """1 / (1 + e^-z); where e^-z would overflow, the smallest value for which it does not."""
    lowest = -OVERFLOW_SHARE * np.log(np.finfo(z.dtype).max)
    result: Floats = 1 / (1 + np.exp(-np.maximum(z, lowest)))
    return result


def twin_settings(learning_rate: float, l2: float) -> tuple[float, float]:
    """The learning rate and the penalty with which the regression makes a softmax's moves."""
    return RATE_FACTOR * learning_rate, PENALTY_FACTOR * l2


def agrees_step_by_step(optimizer: str, l2: float) -> bool:
    """Whether, so set, the regression makes the softmax's very moves; see above.

    RMSProp would without a penalty, but its steps near an optimum jump to and fro without shrinking, and what is a
    rounding error at first grows with each of them.
    """
    return optimizer != "rmsprop" and (l2 == 0 or 2 not in OPTIMIZERS[optimizer].powers)


def remembers_alike(optimizer: Optimizer) -> bool:
    """Whether what an optimiser remembers of the two vectors' gradients divides both alike, as their moves do then.

    Squares summed with a penalty, or while there was a third class, differ from one vector to the other, and outlast
    what made them so.
    """
    rows = (row.reshape(2, -1) for power, row in zip(optimizer.powers, optimizer.sums, strict=True) if power == 2)
    return all(np.allclose(first, second, rtol=ALIKE, atol=np.finfo(first.dtype).tiny) for first, second in rows)


def twin_optimizer(optimizer: Optimizer, regression: LogisticRegression) -> Optimizer:
    """An optimiser for the regression that goes on where a softmax's is, with sums of the regression's own gradient.

    That is half the difference of the softmax's two gradients, and where these are opposite its square is either's.
    """
    twin = type(optimizer)(regression.parameters)
    twin.steps = optimizer.steps
    for power, row, twin_row in zip(optimizer.powers, optimizer.sums, twin.sums, strict=True):
        first, second = row.reshape(2, -1)
        twin_row[:] = (first - second) / 2 if power == 1 else (first + second) / 2
    return twin
