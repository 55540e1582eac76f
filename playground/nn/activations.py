"""Activation functions g and their slopes g', both in place and both written in terms of A = g(Z)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.nn.arrays import Floats

LEAK = 0.01


@dataclass(frozen=True)
class Activation:
    """One activation function.

    ``apply(Z, scratch)`` turns Z into A = g(Z) in place. ``times_slope(dA, A, scratch)`` turns dA into
    dZ = dA * g'(Z), cell by cell, in place. ``scratch`` has the shape of Z and is overwritten.
    ``gain`` is n_in times the variance that initial weights need to keep a signal's size through the layer.
    ``has_corner``: g is a line on each side of Z = 0, with another slope on either, so g(Z) = g'(Z) Z.
    """

    apply: Callable[[Floats, Floats], None]
    times_slope: Callable[[Floats, Floats, Floats], None]
    gain: float
    has_corner: bool = False


def _tanh(Z: Floats, scratch: Floats) -> None:
    np.tanh(Z, out=Z)


def _times_tanh_slope(dA: Floats, A: Floats, scratch: Floats) -> None:
    np.multiply(A, A, out=scratch)
    np.multiply(dA, scratch, out=scratch)
    np.subtract(dA, scratch, out=dA)


def _relu(Z: Floats, scratch: Floats) -> None:
    np.maximum(Z, 0, out=Z)


def _times_relu_slope(dA: Floats, A: Floats, scratch: Floats) -> None:
    np.sign(A, out=scratch)  # A >= 0, so its sign is the slope; at Z = 0 the slope is taken as 0
    np.multiply(dA, scratch, out=dA)


def _leaky_relu(Z: Floats, scratch: Floats) -> None:
    np.multiply(Z, LEAK, out=scratch)
    np.maximum(Z, scratch, out=Z)


def _times_leaky_relu_slope(dA: Floats, A: Floats, scratch: Floats) -> None:
    np.greater(A, 0, out=scratch)
    np.multiply(scratch, 1 - LEAK, out=scratch)
    np.add(scratch, LEAK, out=scratch)
    np.multiply(dA, scratch, out=dA)


def _sigmoid(Z: Floats, scratch: Floats) -> None:
    np.multiply(Z, 0.5, out=Z)  # 1 / (1 + e^-z) = (1 + tanh(z / 2)) / 2, which cannot overflow
    np.tanh(Z, out=Z)
    np.add(Z, 1, out=Z)
    np.multiply(Z, 0.5, out=Z)


def _times_sigmoid_slope(dA: Floats, A: Floats, scratch: Floats) -> None:
    np.subtract(1, A, out=scratch)
    np.multiply(scratch, A, out=scratch)
    np.multiply(dA, scratch, out=dA)


def _linear(Z: Floats, scratch: Floats) -> None:
    pass


def _times_linear_slope(dA: Floats, A: Floats, scratch: Floats) -> None:
    pass


# Gains: 1 keeps the variance of a linear layer (LeCun 1998; Glorot & Bengio 2010), 2 makes up for the half that
# ReLU cuts off (He et al. 2015), 16 for the sigmoid's slope of 1/4 at zero.
ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(_tanh, _times_tanh_slope, gain=1),
    "relu": Activation(_relu, _times_relu_slope, gain=2, has_corner=True),
    "leaky relu": Activation(_leaky_relu, _times_leaky_relu_slope, gain=2 / (1 + LEAK**2), has_corner=True),
    "sigmoid": Activation(_sigmoid, _times_sigmoid_slope, gain=16),
    "linear": Activation(_linear, _times_linear_slope, gain=1),
}
