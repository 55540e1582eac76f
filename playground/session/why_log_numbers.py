"""The numbers of two losses and of a likelihood as they are shown and copied: each follows from those before it."""

from dataclasses import dataclass

import numpy as np

from playground.session.derivation_numbers import (
    DECIMALS,
    differences_of,
    following_each,
    loss_of,
    power_of_e,
    read_all,
    share,
    shares_of,
    signed_share,
)
from playground.session.digits import MINUS, following, read
from playground.session.number_text import fixed
from playground.session.why_log import (
    Likelihood,
    TwoLosses,
    log_loss,
    log_pull,
    square_loss,
    square_pull,
    unevenness,
)

PRODUCT_FIGURES = 5


@dataclass(frozen=True, slots=True)
class AlongNumbers:
    """At one ŷ_y: both losses, and how hard each pulls z_y up."""

    y_hat: str
    log_loss: str
    log_pull: str
    square_loss: str
    square_pull: str

    def row(self) -> tuple[str, ...]:
        """All of them, in this order."""
        return self.y_hat, self.log_loss, self.log_pull, self.square_loss, self.square_pull


@dataclass(frozen=True, slots=True)
class TwoLossesNumbers:
    """Texts of each class in order, of both losses at the spot, and of r, how unevenly the others share the rest."""

    y_hat: tuple[str, ...]
    y: tuple[str, ...]
    log_gradient: tuple[str, ...]
    square_gradient: tuple[str, ...]
    at_spot: AlongNumbers
    unevenness: str


@dataclass(frozen=True, slots=True)
class LikelihoodNumbers:
    """The product of the ŷ_y, the sum of their −log, its mean, and, with a penalty, that and J."""

    product: str
    total: str
    m: str
    mean: str
    penalty: str
    cost: str


def two_losses_numbers(losses: TwoLosses) -> TwoLossesNumbers:
    """The texts of both losses at a spot."""
    table, label = losses.table, losses.label
    y_hat = shares_of(table)
    shares, Y = read_all(y_hat), np.eye(len(y_hat))[label]
    apart = shares - Y
    gradient = following_each(signed_share, losses.square_gradient, shares * (apart - shares @ apart))
    own = y_hat[label] if shares[label] else power_of_e(-losses.loss)
    return TwoLossesNumbers(
        y_hat=y_hat,
        y=tuple(f"{y:.0f}" for y in Y),
        log_gradient=differences_of(table, label),
        square_gradient=gradient,
        at_spot=AlongNumbers(
            y_hat=own,
            log_loss=loss_of(losses.loss, own),
            log_pull=_share_following(1 - float(table.Y_hat[label]), 1 - float(shares[label])),
            square_loss=_share_following(losses.square, float(apart @ apart) / 2),
            square_pull=gradient[label].lstrip(MINUS),
        ),
        unevenness=following(fixed, losses.unevenness, unevenness(shares, label), DECIMALS),
    )


def tried_numbers(p: float, losses: TwoLosses, r: str) -> AlongNumbers:
    """The texts at another ŷ_y, an exact decimal, the other classes' proportions being those of the spot, by r."""
    at, own, shown = np.array([p]), losses.unevenness, read(r)
    return AlongNumbers(
        y_hat=f"{p:g}",
        log_loss=fixed(float(log_loss(at)[0]), DECIMALS),
        log_pull=f"{float(log_pull(at)[0]):.6g}",
        square_loss=following_each(share, square_loss(at, own), square_loss(at, shown))[0],
        square_pull=following_each(share, square_pull(at, own), square_pull(at, shown))[0],
    )


def _share_following(value: float, by_hand: float) -> str:
    return following_each(share, np.array([value]), np.array([by_hand]))[0]


def likelihood_numbers(likelihood: Likelihood) -> LikelihoodNumbers:
    """The texts of a likelihood: product, sum, mean, J."""
    product = power_of_e(likelihood.log_product, PRODUCT_FIGURES)
    total = loss_of(-likelihood.log_product, product)
    mean = following(fixed, likelihood.mean_loss, read(total) / likelihood.m, DECIMALS)
    penalty = fixed(likelihood.penalty, DECIMALS) if likelihood.penalty else ""
    both = read(mean) + (read(penalty) if penalty else 0.0)
    cost = following(fixed, likelihood.mean_loss + likelihood.penalty, both, DECIMALS)
    return LikelihoodNumbers(product, total, str(likelihood.m), mean, penalty, cost)
