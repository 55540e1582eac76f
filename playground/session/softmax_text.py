"""A softmax as it is shown, on a page or copied: each number with the digits that follow from the others."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.session.digits import TIMES, Write, following, read
from playground.session.grid import Array
from playground.session.number_text import fitting, fixed, scientific, signed, significant
from playground.session.softmax_table import LARGEST_EXPONENT, SoftmaxTable

SCORE_DECIMALS, SCORE_ROOM = 6, 10  # in figures' widths, as the others
POWER_FIGURES, POWER_ROOM = 6, 9.3
SHARE_DECIMALS, SHARE_FIGURES, SHARE_ROOM = 5, 3, 8.3
LEAST_PLAIN = 1e-3  # below it a share or a power of e is a power of ten
DERIVATIVE_ROOM = 8
LOSS_DECIMALS = ((0.05, 5), (math.log(10), 4), (math.log(100), 3), (math.inf, 2))  # below which L, so many follow


@dataclass(frozen=True, slots=True)
class SoftmaxText:
    """The texts of a table's numbers, (C,) each; ``dZ`` and ``loss`` are empty where no class is known."""

    Z: tuple[str, ...]
    exponentials: tuple[str, ...]
    total: str
    Y_hat: tuple[str, ...]
    dZ: tuple[str, ...]
    loss: str


@dataclass(frozen=True, slots=True)
class Style:
    """How the numbers of a softmax are written, and how many figures or decimals each has at most."""

    power: tuple[Write, int]
    share: tuple[Write, int]
    derivative: tuple[Write, int]
    loss: tuple[Write, int]
    least: int  # of all but powers: 0 where decimals are meant, since a power of one figure may leave none


def softmax_text(table: SoftmaxTable, scores: tuple[str, ...] | None = None, style: Style | None = None) -> SoftmaxText:
    """The texts of a softmax, in the page's style or another; of its scores these, where they stand elsewhere too."""
    style = style or PAGE
    Z = scores or score_texts(table.Z)
    scaled = _scaled([read(z) for z in Z], table)
    exponentials, total, Y_hat = quotient_texts(scaled, table.exponentials, table.total, table.Y_hat, style)
    if table.label is None or table.dZ is None or table.loss is None:
        return SoftmaxText(Z, exponentials, total, Y_hat, (), "")
    shares = [read(text) for text in Y_hat]
    shown = [(share - (j == table.label)) / table.temperature for j, share in enumerate(shares)]
    dZ = _all(style.derivative, table.dZ, shown, style.least)
    by_share = -math.log(shares[table.label]) if shares[table.label] else math.log(read(total)) - scaled[table.label]
    write, most = style.loss
    return SoftmaxText(Z, exponentials, total, Y_hat, dZ, following(write, table.loss, by_share, most, style.least))


def quotient_texts(
    exponents: Sequence[float], exponentials: Array, total: float, Y_hat: Array, style: Style | None = None
) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The texts of e to the power of exponents shown, of their sum, and of each over the sum."""
    style = style or PAGE
    powers = _all(style.power, exponentials, [_exp(value) for value in exponents])
    values = [read(text) for text in powers]
    write, most = style.power
    sigma = following(write, total, sum(values), most)
    below = read(sigma) or math.nan
    shares = np.where(
        (np.array(values) == 0) & np.isfinite(Y_hat), 0.0, Y_hat
    )  # what is too small to be shown above is so here too
    return powers, sigma, _all(style.share, shares, [value / below for value in values], style.least)


def score_texts(Z: Array) -> tuple[str, ...]:
    """Scores to six decimals; where one is too long for their column, all of them have as many fewer."""
    texts = [fixed(float(z), SCORE_DECIMALS, SCORE_ROOM) for z in Z]
    decimals = min((len(text.partition(".")[2]) for text in texts if TIMES not in text), default=0)
    return tuple(fixed(float(z), decimals, SCORE_ROOM) for z in Z)


def power_text(value: float, figures: int) -> str:
    """A power of e to so many figures, and at most as many decimals as its score has.

    With fewer figures than it has before the point it is a power of ten: 17699 would claim all five of them.
    """
    whole = len(f"{value:.0f}") if 1 <= value < 10**POWER_FIGURES else 0
    if LEAST_PLAIN <= value < 10**POWER_FIGURES and whole <= figures:
        return fixed(value, min(SCORE_DECIMALS, figures - whole), POWER_ROOM)
    return fitting(scientific if whole else significant, value, figures, POWER_ROOM)


def share_text(value: float, decimals: int = SHARE_DECIMALS) -> str:
    """A probability to five decimals; a small one to three figures, or its loss could not be computed from it."""
    if value >= LEAST_PLAIN or value == 0:
        return fixed(value, decimals)
    return fitting(significant, value, min(max(decimals, 1), SHARE_FIGURES), SHARE_ROOM)


def derivative_text(value: float, decimals: int) -> str:
    """A derivative with its sign, with as many decimals as there is room for."""
    return fitting(signed, value, decimals, DERIVATIVE_ROOM)


def loss_decimals(loss: float) -> int:
    """How many decimals of L follow from its ŷ as `share_text` writes it."""
    return next(decimals for below, decimals in LOSS_DECIMALS if loss < below)


def _loss_text(loss: float, decimals: int) -> str:
    return fixed(loss, min(decimals, loss_decimals(loss)))


def _scaled(Z: list[float], table: SoftmaxTable) -> list[float]:
    """The exponents that the scores shown make."""
    least = max(Z) if table.is_shifted else 0.0
    return [(z - least) / table.temperature for z in Z]


def _exp(value: float) -> float:
    return math.exp(value) if value < LARGEST_EXPONENT + 9 else math.inf


def _all(style: tuple[Write, int], values: Array, shown: Sequence[float], least: int = 1) -> tuple[str, ...]:
    write, most = style
    return tuple(following(write, float(value), own, most, least) for value, own in zip(values, shown, strict=True))


PAGE = Style(
    power=(power_text, POWER_FIGURES),
    share=(share_text, SHARE_DECIMALS),
    derivative=(derivative_text, SHARE_DECIMALS),
    loss=(_loss_text, max(decimals for _, decimals in LOSS_DECIMALS)),
    least=0,
)
