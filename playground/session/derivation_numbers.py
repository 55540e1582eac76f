"""The numbers of a derivation as they are shown and copied: each follows from the digits shown before it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from playground.session.derivation import Derivation
from playground.session.digits import Write, following, parts, raised, read, unit
from playground.session.grid import Array
from playground.session.number_text import fixed, scientific, significant, width
from playground.session.softmax_table import SoftmaxTable

DECIMALS = 6
BY_FIGURES, LARGE = 6, 1e6  # of −1/ŷ_y, and from where on it is written as a power of ten
LEAST = 1e-300  # below it a float has fewer figures, down to none: no power of ten can be read off it
SMALL, SMALL_FIGURES = 1e-3, 3  # from where on down a share's figures count, and how many it has
TINY, TINY_FIGURES = 1e-99, 2  # the same where the exponent has three digits, which are paid for with a figure
POWER_ROOM, LONGEST_EXPONENT = 12.91, 10  # of a power of e: in figures' widths, and in digits


@dataclass(frozen=True, slots=True)
class ShortWay:
    """Texts of each class, in order, with ∂J/∂z as ``dj``; and of the loss, log Σ eᶻ − z_y."""

    z: tuple[str, ...]
    y_hat: tuple[str, ...]
    y: tuple[str, ...]
    dz: tuple[str, ...]
    dj: tuple[str, ...]
    log_total: str
    loss: str


@dataclass(frozen=True, slots=True)
class LongWay:
    """Texts of every ∂ŷ_i/∂z_j, by rows; of −1/ŷ_y, which the row of y is multiplied by; and of what comes of it.

    These two are None where ŷ_y is too small to divide by. ``short`` is dz by the short way, of the same moment.
    """

    jacobian: tuple[tuple[str, ...], ...]
    by_share: str | None
    dz: tuple[str, ...] | None
    short: tuple[str, ...]


def share(value: float, kept: int) -> str:
    """A number like a probability to six decimals, or so many; a small one to as many figures as are beyond six."""
    if abs(value) >= SMALL or abs(value) < LEAST or kept <= DECIMALS:
        return fixed(value, min(kept, DECIMALS))
    return scientific(value, min(kept - DECIMALS, SMALL_FIGURES if abs(value) >= TINY else TINY_FIGURES))


def signed_share(value: float, kept: int) -> str:
    """The same with its sign."""
    text = share(value, kept)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text


def short_way(derivation: Derivation) -> ShortWay:
    """The texts of L and of its derivative, from log Σ eᶻ."""
    table, label, m = derivation.table, derivation.label, max(derivation.m, 1)
    z, y_hat = scores_of(table), shares_of(table)
    log_total = following(fixed, derivation.log_total, _log_sum_exp([read(text) for text in z]), DECIMALS)
    Y = np.eye(len(z))[label]
    dz = differences_of(table, label)
    return ShortWay(
        z=z,
        y_hat=y_hat,
        y=tuple(f"{y:.0f}" for y in Y),
        dz=dz,
        dj=following_each(signed_share, (table.Y_hat - Y) / m, read_all(dz) / m),
        log_total=log_total,
        loss=following(fixed, table.loss or 0.0, read(log_total) - read(z[label]), DECIMALS),
    )


def long_way(derivation: Derivation) -> LongWay:
    """The texts of the Jacobian of ŷ, and of the product that is dz again."""
    label, shares = derivation.label, read_all(shares_of(derivation.table))
    by_hand = shares[:, None] * (np.eye(shares.size) - shares)
    jacobian = tuple(following_each(share, *rows) for rows in zip(derivation.jacobian, by_hand, strict=True))
    short = differences_of(derivation.table, label)
    if derivation.long_way is None or shares[label] == 0:
        return LongWay(jacobian, None, None, short)
    by_share = following(_large, float(derivation.by_share[label]), -1 / float(shares[label]), BY_FIGURES)
    products = read_all(jacobian[label]) * read(by_share)
    dz = tuple(
        _agreeing(float(value), float(product), other)
        for value, product, other in zip(derivation.long_way, products, read_all(short), strict=True)
    )
    return LongWay(jacobian, by_share, dz, short)


def _agreeing(value: float, product: float, short: float) -> str:
    """The value with figures that follow from the product, and no more than it shares with the short way's."""
    text = ""
    for most in range(DECIMALS + SMALL_FIGURES, 0, -1):
        text = following(signed_share, value, product, most)
        if abs(read(text) - short) <= unit(text):
            break
    return text


def scores_of(table: SoftmaxTable) -> tuple[str, ...]:
    """z, or, where the largest was taken from each, z − max z."""
    return tuple(fixed(float(exponent), DECIMALS) for exponent in table.exponents)


@lru_cache(maxsize=4)  # asked for by all that is written of one moment
def shares_of(table: SoftmaxTable) -> tuple[str, ...]:
    """ŷ as it follows from `scores_of`."""
    scores = read_all(scores_of(table))
    powers = np.exp(scores - scores.max())
    return following_each(share, table.Y_hat, powers / powers.sum())


def differences_of(table: SoftmaxTable, label: int) -> tuple[str, ...]:
    """Ŷ − y as it follows from `shares_of`."""
    Y = np.eye(table.Y_hat.size)[label]
    return following_each(signed_share, table.Y_hat - Y, read_all(shares_of(table)) - Y)


def following_each(write: Write, values: Array, by_hand: Array) -> tuple[str, ...]:
    """Each value, like a probability in size, with the figures that follow from what the digits shown make it."""
    most = DECIMALS + SMALL_FIGURES
    return tuple(following(write, float(a), float(b), most) for a, b in zip(values, by_hand, strict=True))


def read_all(texts: Iterable[str]) -> Array:
    """The numbers that texts show."""
    return np.array([read(text) for text in texts])


def log_of(text: str) -> float:
    """The natural logarithm of a number's text, whether or not a float can hold the number; of zeros, −∞."""
    digits, exponent = parts(text)
    return math.log(float(digits)) + exponent * math.log(10) if float(digits) else -math.inf


def loss_of(loss: float, text: str) -> str:
    """A loss as it follows from the text of its ŷ; as it is where that is too small to be written."""
    by_hand = -log_of(text)
    return following(fixed, loss, by_hand, DECIMALS) if math.isfinite(by_hand) else fixed(loss, DECIMALS)


def power_of_e(exponent: float, figures: int = 5) -> str:
    """E to a power, as a power of ten where it is small, even where no float is; no more figures than it bears.

    Where even the exponent is too long, it is 0.000000.
    """
    if exponent > math.log(SMALL):
        return significant(math.exp(exponent), figures)
    tens = exponent / math.log(10)
    whole = math.floor(tens)
    if len(str(-whole)) > LONGEST_EXPONENT:
        return fixed(0.0, DECIMALS)
    kept = max(1, min(figures, 15 - len(str(-whole))))
    texts = (_power_of_ten(tens - whole, whole, fewer) for fewer in range(kept, 0, -1))
    return next(text for text in texts if width(text) <= POWER_ROOM)


def _power_of_ten(part: float, whole: int, figures: int) -> str:
    """Ten to the power of both, ``part`` from 0 to 1."""
    mantissa = f"{10**part:.{figures - 1}f}"
    if mantissa.startswith("10"):
        mantissa, whole = f"{1:.{figures - 1}f}", whole + 1
    return mantissa + raised(whole)


def _log_sum_exp(scores: Sequence[float]) -> float:
    top = max(scores)
    return top + math.log(math.fsum(math.exp(score - top) for score in scores))


def _large(value: float, figures: int) -> str:
    """So many figures and no more: 2320 has four of them, 2.32×10³ three."""
    return significant(value, figures) if abs(value) < min(LARGE, 10.0**figures) else scientific(value, figures)
