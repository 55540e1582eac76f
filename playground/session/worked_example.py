"""The worked example: everything that a network computes at one spot, from x to the loss."""

from dataclasses import dataclass

import numpy as np

from playground.nn import ACTIVATIONS, Network
from playground.session.dataset import Dataset
from playground.session.grid import Array, Point
from playground.session.scale import Scale
from playground.session.softmax_table import SoftmaxTable, softmax_table


@dataclass(frozen=True, slots=True, eq=False)
class LayerAt:
    """One layer at the spot: ``Z`` (n_out,) = ``W`` (n_out, n_in) ``A_before`` (n_in,) + ``b`` (n_out,), ``A`` = g(Z).

    The output layer's ``A`` is its Z: the softmax comes next.
    """

    W: Array
    b: Array
    A_before: Array
    Z: Array
    A: Array


@dataclass(frozen=True, slots=True, eq=False)
class WorkedExample:
    """The calculation at a spot of the plane, with the parameters of one moment.

    ``point`` is in the user's units, ``x`` (2,) as the network sees it, by way of ``scale`` where inputs are
    standardised; ``activation`` names the hidden layers' g. ``softmax`` is None where the scores are too large to be
    numbers. Where a data point lies exactly there, ``index`` is its place in the data set, ``softmax`` knows its class,
    and ``cost_share`` is L / ``m``, what it adds to J; None for a held-out point, which adds nothing.

    All of it is computed in float64 from the network's own parameters, so that it can be recomputed from its digits.
    """

    point: Point
    x: Array
    scale: Scale
    layers: tuple[LayerAt, ...]
    activation: str
    softmax: SoftmaxTable | None
    index: int | None = None
    is_test: bool = False
    m: int = 0
    cost_share: float | None = None


def work_example(network: Network, scale: Scale, dataset: Dataset, test_share: float, point: Point) -> WorkedExample:
    """The worked example of a network at a point of the plane; ``dataset`` is what it learns from."""
    index = point_at(dataset, point)
    label = None if index is None else int(dataset.labels[index])
    held_out = dataset.is_test(test_share)
    is_test = index is not None and bool(held_out[index])
    x = scale.apply(np.array(point, np.float64)[:, None])
    layers = _layers(network, x)
    table = softmax_table(layers[-1].Z, label) if _are_numbers(layers[-1].Z, network) else None
    m = dataset.m - int(np.count_nonzero(held_out))
    loss = table.loss if table is not None and not is_test else None
    return WorkedExample(
        point=point,
        x=x[:, 0],
        scale=scale,
        layers=layers,
        activation=network.activation,
        softmax=table,
        index=index,
        is_test=is_test,
        m=m,
        cost_share=None if loss is None else loss / m,
    )


def point_at(dataset: Dataset, point: Point) -> int | None:
    """The data point that lies exactly there; the last one drawn where there are several."""
    there = np.flatnonzero((dataset.X[0] == point[0]) & (dataset.X[1] == point[1]))
    return int(there[-1]) if there.size else None


def _are_numbers(Z: Array, network: Network) -> bool:
    """Whether the scores (C,) are numbers to the network too, whose type may have less room."""
    with np.errstate(over="ignore"):
        return bool(np.isfinite(Z.astype(network.dtype)).all())


def _layers(network: Network, x: Array) -> tuple[LayerAt, ...]:
    """The forward pass of one example x (2, 1) in float64, every intermediate kept."""
    activation, layers, A = ACTIVATIONS[network.activation], [], x
    last = len(network.weights) - 1
    parameters = zip(network.weights, network.biases, strict=True)
    for layer, (W, b) in enumerate((W.astype(np.float64), b.astype(np.float64)) for W, b in parameters):
        Z = W @ A + b[:, None]
        A_next = Z.copy()
        if layer < last:
            activation.apply(A_next, np.empty_like(A_next))
        layers.append(LayerAt(W, b, A[:, 0], Z[:, 0], A_next[:, 0]))
        A = A_next
    return tuple(layers)


def carried(pin: Point | None, before: Dataset, after: Dataset) -> Point | None:
    """Where a pin is once an edit is made: with the point that it sits on, where that was moved."""
    index = point_at(before, pin) if pin is not None else None
    if index is None or after.m != before.m:
        return pin
    x1, x2 = after.X[:, index]
    return float(x1), float(x2)
