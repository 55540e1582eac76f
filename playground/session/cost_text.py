"""Losses and J as they are shown: what a point's loss makes of J, and every point's, whose mean J is."""

import math

import numpy as np

from playground.session.digits import SLACK, following, read, unit
from playground.session.grid import Array
from playground.session.number_text import fixed, significant
from playground.session.softmax_text import LEAST_PLAIN, LOSS_DECIMALS, loss_decimals, share_text

FIGURES, FEW_FIGURES = 5, 4  # of J, and of what a point adds to it
SMALL_FIGURES = 3  # of a small loss, and of how little a ŷ lacks to 1
LEAST_LACK = 1e-9
NONE = "–"


def added_texts(cost_share: float, loss: str, m: int, cost: float) -> tuple[str, str]:
    """L / m, by the digits shown of L, and the percentage of J that it is, by those shown of both."""
    added = following(significant, cost_share, read(loss) / m, FEW_FIGURES)
    percent = 100 * cost_share / cost
    shown = 100 * read(added) / read(cost_text(cost))
    return added, following(fixed, percent, shown, 1, least=0) if percent >= 0.1 else ""


def cost_text(cost: float) -> str:
    """J to five figures."""
    return significant(cost, FIGURES)


def own_share_text(value: float) -> str:
    """A ŷ to five decimals, but to three figures of what it lacks to 0 or to 1, so that its loss follows from it."""
    lack = 1 - value
    if not 0 < lack < LEAST_PLAIN:
        return share_text(value)
    return f"{value:.{SMALL_FIGURES - 1 - math.floor(math.log10(max(lack, LEAST_LACK)))}f}"


def loss_text(loss: float) -> str:
    """L = −log ŷ with the decimals that follow from ŷ as `own_share_text` writes it."""
    share = read(own_share_text(math.exp(-loss)))
    return following(_loss, loss, -math.log(share) if share else loss, loss_decimals(loss), least=0)


def doubt_of_mean(losses: Array) -> float:
    """By how much the mean of losses (m,) may differ from that of their texts."""
    small = losses < LEAST_PLAIN
    doubt = 0.5 * 10.0 ** (1 - SMALL_FIGURES) * float(losses[small].sum())
    below = int(np.count_nonzero(small))
    for limit, decimals in LOSS_DECIMALS:
        count = int(np.count_nonzero(losses < limit))
        doubt, below = doubt + 0.5 * 10.0**-decimals * (count - below), count
    return doubt / losses.size


def sum_texts(mean_loss: float, doubt: float, penalty: float, cost: float | None) -> tuple[str, str, str]:
    """The mean loss, which is in doubt by so much, the penalty, and J as follows from both."""
    if cost is None or not math.isfinite(mean_loss):
        return significant(mean_loss, FIGURES), significant(penalty, FIGURES), NONE
    write = fixed if cost >= LEAST_PLAIN else significant
    texts = (write(mean_loss, kept) for kept in range(FIGURES, 0, -1))
    mean = next((text for text in texts if unit(text) / 2 * (1 + SLACK) >= doubt), write(mean_loss, 1))
    of_weights = write(penalty, FIGURES)
    total = following(write, cost, read(mean) + read(of_weights), FIGURES) if penalty else mean
    return mean, of_weights, total


def _loss(value: float, decimals: int) -> str:
    return fixed(value, decimals) if value >= LEAST_PLAIN else significant(value, min(max(decimals, 1), SMALL_FIGURES))
