"""What is done with the probabilities on the desk's second card: moved, they still add up to 1; and their loss."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from playground.session.by_hand import COURSE
from playground.session.grid import Array
from playground.session.looking import PROBABILITY, Desk

UNIT = 10_000  # of ŷ: four decimals
LEFT_OVER = 1e-12  # what a ŷ of 1 leaves for the others, so that they keep their proportions for its way back
CAT = 1  # the class of the course's picture
# from which ŷ of the true class on an answer is called so
VERDICTS = (
    (0.99, "very good"),
    (0.9, "good"),
    (0.7, "fairly good"),
    (0.5, "not good yet"),
    (0.3, "poor"),
    (0.05, "bad"),
    (0.0, "very bad"),
)


def with_probability(desk: Desk, label: int, y_hat: float) -> Desk:
    """The desk with another ŷ of that class; the others share what is left in the proportions that they had.

    Each ŷ has four decimals, so that they add up to exactly 1 in the digits that are shown; what is typed between 0 and
    1 becomes neither. UserError for a ŷ outside 0 to 1.
    """
    PROBABILITY.check(y_hat)
    own = y_hat if y_hat in (0, 1) else min(max(round(y_hat * UNIT), 1), UNIT - 1) / UNIT
    shares = _moved(desk.shares or desk.Y_hat, label, own)
    return replace(desk, Y_hat=_decimals(shares), shares=shares)


def with_probability_count(desk: Desk, count: int) -> Desk:
    """The desk with that many ŷ: new ones are 0; the last ones go, and leave what they had to the others.

    UserError beyond 2 to 10.
    """
    kept = desk.Y_hat[:count]
    Y_hat = kept + (0.0,) * (count - len(kept))
    if kept and len(kept) < len(desk.Y_hat):
        total = fsum(kept)
        Y_hat = _decimals([share / total if total else 1 / count for share in kept])
    return replace(desk, Y_hat=Y_hat, Y_hat_label=min(desk.Y_hat_label, count - 1), shares=())


def with_course_probabilities(desk: Desk) -> Desk:
    """The desk with the course's ŷ and y."""
    return replace(desk, Y_hat=COURSE.Y_hat, Y_hat_label=COURSE.Y_hat_label, shares=())


def verdict(share: float) -> str:
    """How good an answer is that gives the true class that probability."""
    return next(word for least, word in VERDICTS if share >= least)


@dataclass(frozen=True, slots=True, eq=False)
class LossTable:
    """The loss of given probabilities, term by term; arrays are (C,).

    ``terms`` are −y_j log ŷ_j, of which the ``loss`` is the sum: infinite where the class's own ŷ is 0. ``dZ`` is
    ŷ − y.
    """

    Y_hat: Array
    Y: Array
    terms: Array
    dZ: Array
    loss: float


def loss_table(Y_hat: ArrayLike, label: int) -> LossTable:
    """The cross-entropy L = −Σ y_j log ŷ_j of probabilities (C,), each 0 to 1; where y_j is 0 its term is 0."""
    shares = np.asarray(Y_hat, np.float64)
    Y = np.eye(shares.size)[label]
    with np.errstate(divide="ignore"):
        loss = float(-np.log(shares[label])) + 0.0  # −log 1 is 0, not −0
    terms = np.zeros_like(shares)
    terms[label] = loss
    return LossTable(shares, Y, terms, dZ=shares - Y, loss=loss)


def _moved(shares: Sequence[float], label: int, share: float) -> tuple[float, ...]:
    """Shares with another one of that class, the others in their proportions, equal where they were all 0."""
    own = min(share, 1 - LEFT_OVER)
    rest = fsum(other for place, other in enumerate(shares) if place != label)
    left = 1 - own
    others = (other / rest * left if rest else left / (len(shares) - 1) for other in shares)
    return tuple(own if place == label else other for place, other in enumerate(others))


def _decimals(shares: Sequence[float]) -> tuple[float, ...]:
    """Shares of 1 as decimals that add up to exactly 1, each next to its share: by largest remainder."""
    parts = [share * UNIT for share in shares]
    whole = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place])
    for place in by_remainder[: UNIT - sum(whole)]:
        whole[place] += 1
    return tuple(count / UNIT for count in whole)
