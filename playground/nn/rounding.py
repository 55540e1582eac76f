"""How far rounding carries the losses and a gradient from what they should be, all but surely.

Each operation adds its own rounding to what came with its operands, and as these are as good as independent, their
squares add up (Higham and Mary 2019, A New Approach to Probabilistic Rounding Error Analysis). The bounds for certain
would add up the sizes instead, and through seven layers they are ten thousand times what ever comes of it. Everything
here is of a float64 network.
"""

import math

import numpy as np

from playground.nn.activations import ACTIVATIONS
from playground.nn.arrays import Floats
from playground.nn.losses import LOWEST_LOGIT, softmax
from playground.nn.network import Network

UNIT = float(np.finfo(np.float64).eps)
SURELY = 5.0  # times the root of the sum of squares; UNIT is twice what one operation adds at most
OF_G = 2 * UNIT  # of tanh and of what sigmoid makes of it


def reaching(network: Network, coming_in: list[Floats]) -> list[Floats]:
    """For each layer whether a unit's z can change an example's loss at all (n_l, m), as 1.0 or 0.0.

    ``coming_in`` are the inputs of each layer over a row of ones. Behind a ReLU that is shut nothing arrives, exactly;
    a slope of tanh that is 0 to the last bit is only rounded.
    """
    reaches: list[Floats] = [np.ones((network.sizes[-1], coming_in[0].shape[1]))]
    for number in range(len(network.layers) - 1, 0, -1):
        arriving = (network.weights[number] != 0).T @ reaches[0] > 0
        if ACTIVATIONS[network.activation].has_corner:
            arriving &= _slopes(network, coming_in[number]) != 0
        reaches.insert(0, arriving.astype(np.float64))
    return reaches


def loss_rounding(network: Network, coming_in: list[Floats], Z: Floats, Y: Floats, start: int) -> Floats:
    """What rounding does to each loss (m,) where the layers from ``start`` on, counted from 0, are computed.

    ``Z`` (C, m) are the logits; Y is one-hot.
    """
    squares = _of_product(network, coming_in, start)
    for number in range(start + 1, len(network.layers)):
        A = coming_in[number][:-1]
        rounded = squares * _slopes(network, coming_in[number]) ** 2 + (OF_G * np.maximum(1, np.abs(A))) ** 2
        squares = network.weights[number] ** 2 @ rounded + _of_product(network, coming_in, number)
    error = np.sqrt(squares) + UNIT * np.abs(Z)
    Y_hat = softmax(Z)
    others = np.where(Y == 1, 0, Y_hat)  # the derivatives of the loss by the logits, but for the own one's
    losses = -np.log(np.maximum((Y_hat * Y).sum(axis=0), np.finfo(np.float64).tiny))
    return np.asarray(SURELY * ((others * (error + (error * Y).sum(axis=0))).sum(axis=0) + UNIT * losses))


def gradient_rounding(network: Network, coming_in: list[Floats]) -> list[Floats]:
    """What rounding does to each layer's dW and db at most, side by side (n_l, n_(l-1) + 1).

    It begins with y_hat - y: sure of its class a network has y_hat = 1 to the last bit, and no y_hat is taken below
    e^-40. That is little of a J near 1 and much of a J near 0.
    """
    m = coming_in[0].shape[1]
    error = np.full((network.sizes[-1], m), 4 * UNIT + np.exp(LOWEST_LOGIT))
    found: list[Floats] = []
    for number in range(len(network.layers) - 1, -1, -1):
        found.insert(0, error @ np.abs(coming_in[number]).T / m)
        if number:
            error = (np.abs(network.weights[number]).T @ error) * _slopes(network, coming_in[number])
    return found


def _of_product(network: Network, coming_in: list[Floats], number: int) -> Floats:
    """The square of what one layer's product W A + b adds."""
    A = np.abs(coming_in[number])
    return np.asarray((UNIT * math.sqrt(A.shape[0]) * (np.abs(network.layers[number]) @ A)) ** 2)


def _slopes(network: Network, over_ones: Floats) -> Floats:
    """The slopes g' (n, m) of a hidden layer by its activations over a row of ones."""
    A = over_ones[:-1]
    slopes = np.ones_like(A)
    ACTIVATIONS[network.activation].times_slope(slopes, A, np.empty_like(A))
    return slopes
