"""How dz = ŷ − y comes about at a spot: the short way, from log Σ eᶻ, and the long way, by the Jacobian of ŷ."""

from dataclasses import dataclass

import numpy as np

from playground.session.grid import Array
from playground.session.softmax_table import SoftmaxTable, softmax_table
from playground.session.worked_example import WorkedExample


@dataclass(frozen=True, slots=True, eq=False)
class Derivation:
    """Both ways to the derivative of L by each score; arrays are (C,) where nothing else is said.

    ``table`` knows its class y: the point's own, or, where there is no point, the ``is_supposed`` one. ``log_total`` is
    log Σ e^exponents, so that L = log_total − exponents[y]; its derivative by each z is Y_hat, and so L's is Y_hat − Y.
    The long way multiplies ``jacobian`` (C, C), ∂ŷ_i/∂z_j = ŷ_i([i = j] − ŷ_j) in row i and column j, by ``by_share``,
    ∂L/∂ŷ = −y/ŷ: ``long_way``, the same numbers, is None where ŷ_y is too small to divide by. ``m`` are the training
    points, of each of which J counts 1/m; ``is_in_cost`` says whether this spot is one.
    """

    table: SoftmaxTable
    label: int
    is_supposed: bool
    log_total: float
    jacobian: Array
    by_share: Array
    long_way: Array | None
    m: int
    is_in_cost: bool


def with_label(example: WorkedExample, supposed: int) -> SoftmaxTable | None:
    """The example's softmax with its point's class for y, or the supposed one, the last where there are not so many."""
    table = example.softmax
    if table is None or table.label is not None:
        return table
    return softmax_table(table.Z, min(supposed, table.Z.size - 1))


def derive(example: WorkedExample, supposed: int, m: int) -> Derivation | None:
    """The derivation at an example's spot, ``m`` training points being in J; None where the scores are no numbers."""
    table = with_label(example, supposed)
    if table is None or table.label is None or table.Y is None:
        return None
    jacobian = softmax_jacobian(table.Y_hat)
    with np.errstate(divide="ignore", over="ignore"):
        by_share = np.where(table.Y > 0, -1 / table.Y_hat, 0.0)
    is_finite = bool(np.isfinite(by_share).all())
    return Derivation(
        table=table,
        label=table.label,
        is_supposed=example.index is None,
        log_total=float(np.log(table.total)),
        jacobian=jacobian,
        by_share=by_share,
        long_way=jacobian.T @ by_share if is_finite else None,
        m=m,
        is_in_cost=example.index is not None and not example.is_test,
    )


def softmax_jacobian(Y_hat: Array) -> Array:
    """∂ŷ_i/∂z_j = ŷ_i([i = j] − ŷ_j) of probabilities (C,), in row i and column j of (C, C)."""
    jacobian: Array = Y_hat[:, None] * (np.eye(Y_hat.size) - Y_hat)
    return jacobian
