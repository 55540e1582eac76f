"""Why the loss is −log ŷ: the likelihood whose logarithm it is, and squared error, which stops pulling where it should.

Of a spot whose class y has ŷ_y = p, squared error ½ Σ (ŷ − y)² is ½ (1 − p)² (1 + r), with r = Σ (ŷ_k / (1 − p))² over
the other classes: how unevenly they share what is left. Its derivative by z_y is −p (1 − p)² (1 + r), which goes to 0
with p, where that of −log p, p − 1, goes to −1.
"""

from dataclasses import dataclass

import numpy as np

from playground.session.answers import Answers
from playground.session.derivation import softmax_jacobian, with_label
from playground.session.grid import Array
from playground.session.softmax_table import SoftmaxTable
from playground.session.worked_example import WorkedExample


@dataclass(frozen=True, slots=True, eq=False)
class TwoLosses:
    """Cross-entropy and squared error at a spot, whose ``table`` knows y; ``is_supposed`` where that is no point's.

    ``square`` is ½ Σ (ŷ − y)², ``square_gradient`` (C,) its derivative by each z, ``unevenness`` is r above.
    """

    table: SoftmaxTable
    label: int
    loss: float
    is_supposed: bool
    square: float
    square_gradient: Array
    unevenness: float


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Of ``m`` training points: the logarithm of Π ŷ_y, which is −Σ L, and the mean of L: J but for the ``penalty``."""

    m: int
    log_product: float
    mean_loss: float
    penalty: float


@dataclass(frozen=True, slots=True, eq=False)
class WhyLog:
    """What there is to say of −log: at the spot, if there is one, and over the training points, if there are any."""

    at_spot: TwoLosses | None
    likelihood: Likelihood | None


def why_log(example: WorkedExample | None, supposed: int, answers: Answers | None) -> WhyLog:
    """Both of a moment: ``supposed`` is y where the spot is no point, and without points there are no answers."""
    return WhyLog(
        at_spot=None if example is None else two_losses(example, supposed),
        likelihood=None if answers is None else likelihood(answers),
    )


def two_losses(example: WorkedExample, supposed: int) -> TwoLosses | None:
    """Both losses at an example's spot; None where the scores are no numbers."""
    table = with_label(example, supposed)
    if table is None or table.label is None or table.loss is None or table.Y is None:
        return None
    apart = table.Y_hat - table.Y
    return TwoLosses(
        table=table,
        label=table.label,
        loss=table.loss,
        is_supposed=example.index is None,
        square=float(apart @ apart) / 2,
        square_gradient=softmax_jacobian(table.Y_hat).T @ apart,
        unevenness=unevenness(table.Y_hat, table.label),
    )


def unevenness(Y_hat: Array, label: int) -> float:
    """Σ over the other classes of the square of their share of what is left: 1 where one has it all.

    Where nothing is left they are taken to be equal, 1 / (C − 1).
    """
    others = np.delete(Y_hat, label)
    left = float(others.sum())
    shares = others / left if left > 0 else np.full(others.size, 1 / others.size)
    return float(shares @ shares)


def likelihood(answers: Answers) -> Likelihood | None:
    """The likelihood of the training points' labels; None where there are none, or a loss is no number."""
    losses = answers.losses[~answers.is_test]
    if not losses.size or answers.mean_loss is None or not np.isfinite(losses).all():
        return None
    return Likelihood(losses.size, -float(losses.sum()), answers.mean_loss, answers.penalty)


def log_loss(p: Array) -> Array:
    """−log p of probabilities above 0 that a class was given."""
    loss: Array = -np.log(p)
    return loss


def log_pull(p: Array) -> Array:
    """How hard −log p pulls z_y up: 1 − p, the negative of its derivative."""
    pull: Array = 1 - p
    return pull


def square_loss(p: Array, unevenness: float) -> Array:
    """Squared error of the same spot, the other classes' proportions kept."""
    loss: Array = (1 - p) ** 2 * (1 + unevenness) / 2
    return loss


def square_pull(p: Array, unevenness: float) -> Array:
    """How hard squared error pulls z_y up: p (1 − p)² (1 + r), the negative of its derivative."""
    pull: Array = p * (1 - p) ** 2 * (1 + unevenness)
    return pull
