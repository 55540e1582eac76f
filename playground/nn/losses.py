"""Softmax, hardmax and the cross-entropy loss, computed from logits.

Everything subtracts the largest logit first: softmax does not change when a constant is added to every logit, and
after the shift the largest exponent is 0, so nothing overflows.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.arrays import Floats

LOWEST_LOGIT = -40.0  # below the largest


def softmax(Z: ArrayLike, temperature: float = 1.0) -> Floats:
    """Probabilities e^(z / T) / sum of e^(z / T) over axis 0.

    Z: logits (C,) or (C, m), finite. Returns the same shape; each column sums to 1. As the temperature T goes to 0
    the result goes to the hardmax, as T grows to 1/C each. Raises ValueError for T <= 0 or without classes.
    """
    if not temperature > 0:
        raise ValueError(f"the temperature must be greater than 0, not {temperature}")
    Y_hat = _shifted(Z)
    with np.errstate(over="ignore", under="ignore"):
        Y_hat /= max(temperature, float(np.finfo(Y_hat.dtype).tiny))
        np.exp(Y_hat, out=Y_hat)
        Y_hat /= Y_hat.sum(axis=0, keepdims=True)
    return Y_hat


def log_softmax(Z: ArrayLike) -> Floats:
    """The logarithms of `softmax`, (C,) or (C, m): z - max - log of the sum of e^(z - max); never log(0)."""
    shifted = _shifted(Z)
    with np.errstate(under="ignore"):
        shifted -= np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return shifted


def hardmax(Z: ArrayLike) -> Floats:
    """One-hot of the largest logit over axis 0, (C,) or (C, m); the first one on a tie."""
    logits = _logits(Z)
    winner = logits.argmax(axis=0, keepdims=True)
    result = np.zeros_like(logits)
    np.put_along_axis(result, winner, 1, axis=0)
    return result


def cross_entropy(Z: ArrayLike, labels: ArrayLike) -> Floats:
    """Loss L = -log y_hat[label] of each example, from logits.

    Z: logits (C, m), or (C,) for one example; labels: (m,) class indices 0 to C - 1. Returns (m,).
    Raises ValueError for a label that is no class and for shapes that do not fit.
    """
    log_Y_hat = log_softmax(Z)
    if log_Y_hat.ndim == 1:
        log_Y_hat = log_Y_hat[:, None]
    index = checked_labels(labels, *log_Y_hat.shape)
    losses: Floats = -np.take_along_axis(log_Y_hat, index[None, :], axis=0)[0]
    return losses


def checked_labels(labels: ArrayLike, classes: int, examples: int) -> NDArray[np.intp]:
    """The labels as an index array (m,), or a ValueError that says which rule they break."""
    index = np.atleast_1d(np.asarray(labels))
    if index.shape != (examples,):
        raise ValueError(f"{examples} examples need {examples} labels, not an array of shape {index.shape}")
    if index.size and not np.issubdtype(index.dtype, np.integer):
        raise ValueError(f"labels are class indices, whole numbers, not {index.dtype}")
    if index.size and (index.min() < 0 or index.max() >= classes):
        raise ValueError(f"labels must lie between 0 and {classes - 1}, not {index.min()} to {index.max()}")
    return index.astype(np.intp, copy=False)


def softmax_in_place(Z: Floats, row: Floats) -> None:
    """Turn logits Z (C, m) into probabilities without allocating; ``row`` (1, m) is overwritten.

    No probability is taken below e^-40 = 4e-18: that is far below a rounding error, and without it those of a well
    trained network become denormal numbers, which processors handle a hundred times more slowly.
    """
    np.maximum.reduce(Z, axis=0, out=row, keepdims=True)
    np.subtract(Z, row, out=Z)
    np.maximum(Z, LOWEST_LOGIT, out=Z)
    np.exp(Z, out=Z)
    np.add.reduce(Z, axis=0, out=row, keepdims=True)
    np.divide(Z, row, out=Z)


def _logits(Z: ArrayLike) -> Floats:
    """Z as floats, or a ValueError where there is no class to choose from."""
    logits: NDArray[Any] = np.asarray(Z)
    if not np.issubdtype(logits.dtype, np.floating):
        logits = logits.astype(np.float64)
    if logits.ndim == 0 or logits.shape[0] == 0:
        raise ValueError("softmax needs at least one class: Z must have at least one row")
    return logits


def _shifted(Z: ArrayLike) -> Floats:
    """A new array Z - max over axis 0, kept finite where the difference itself would overflow."""
    logits = _logits(Z)
    with np.errstate(over="ignore"):
        shifted: Floats = logits - logits.max(axis=0, keepdims=True)
    np.maximum(shifted, np.finfo(shifted.dtype).min, out=shifted)
    return shifted
