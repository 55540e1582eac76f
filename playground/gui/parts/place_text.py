"""How coordinates are written: with as many digits as tell neighbours apart, whatever their size."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from playground.session.digits import MINUS
from playground.session.grid import Array
from playground.session.number_text import SMALLEST_PLAIN, significant

THIN = "\u2009"
FIGURES = 4  # that a coordinate has, where they tell neighbours apart
LEAST_SHARE = 1e-3  # of the width of the data: what lies nearer together is one place to the eye
PLAIN_DIGITS = 7  # of a coordinate as it is; more are written as what is left of an offset or a power of ten
FAR = 1000  # times the width of the view: from there an offset is taken away
LEAST_PLAIN = 1e-3  # a step between numbers that are written without a power of ten
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Notation(NamedTuple):
    """An axis's numbers are (x − offset) / 10^exponent."""

    offset: float = 0.0
    exponent: int = 0

    def name(self, axis: str) -> str:
        """The name of the axis, and what its numbers are of it."""
        less = f" {'−' if self.offset > 0 else '+'} {whole(abs(self.offset))}" if self.offset else ""
        return f"{axis}{less}{f', in {power(self.exponent)}' if self.exponent else ''}"


def notation(low: float, high: float) -> Notation:
    """How to write numbers that tell places between these two apart."""
    far, width = max(abs(low), abs(high)), high - low
    step = width / 10
    if _digits(far, step) <= PLAIN_DIGITS and step >= LEAST_PLAIN:
        return Notation()
    offset = 0.0
    if far > FAR * width:
        round_to = 10.0 ** (math.floor(math.log10(width)) + 1)
        offset = round((low + width / 2) / round_to) * round_to
    rest = max(abs(low - offset), abs(high - offset))
    if _digits(rest, step) <= PLAIN_DIGITS and step >= LEAST_PLAIN:
        return Notation(offset)
    return Notation(offset, 3 * math.floor(math.log10(rest) / 3))  # thousands, millions, …, as people count


def coordinate(value: float, step: float) -> str:
    """A coordinate to the digits that tell places ``step`` apart from each other: 2 459 001.43, 2.8226×10¹²."""
    if not math.isfinite(value) or not step > 0:
        return f"{value:g}"
    decimals = max(0, math.ceil(-math.log10(step) - 1e-9))
    if abs(value) < 10**12 and decimals <= 6:
        return grouped(f"{value:.{decimals}f}")
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    figures = min(max(0, exponent - math.floor(math.log10(step))), 16)
    mantissa, _, written = f"{value:.{figures}e}".partition("e")
    return f"{grouped(mantissa)}×{power(int(written))}"


def legible(value: float, step: float, figures: int = FIGURES) -> str:
    """A coordinate to so many figures; where those would not tell places ``step`` apart, to as many as do."""
    if value == 0:
        return significant(value, figures)
    is_plain = SMALLEST_PLAIN <= abs(value) < 10.0**figures
    tells_apart = is_plain and 10.0 ** (math.floor(math.log10(abs(value))) - figures + 1) <= step
    return significant(value, figures) if tells_apart else coordinate(value, step)


def point_text(values: Sequence[float], steps: Sequence[float]) -> str:
    """A spot of the plane, in brackets."""
    return f"({', '.join(legible(value, step) for value, step in zip(values, steps, strict=True))})"


def step_between(values: Array) -> float:
    """The least distance between two of these numbers (m,), and no less than can be seen beside their whole width."""
    gaps = np.diff(np.unique(values))
    return float(max(gaps.min(), LEAST_SHARE * gaps.sum())) if gaps.size else 0.0


def grouped(text: str) -> str:
    """A decimal number with a true minus sign, and thin gaps between thousands where five digits or more are whole."""
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    before, point, behind = digits.partition(".")
    if not (before + behind).strip("0"):
        sign = ""
    if len(before) > 4:
        before = f"{int(before):,}".replace(",", THIN)
    return f"{sign}{before}{point}{behind}"


def power(exponent: int) -> str:
    """A power of ten: 10⁻⁵."""
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"


def whole(value: float) -> str:
    """An offset, in full where that can be read."""
    if value >= 10**15 or value != round(value):
        mantissa, _, exponent = f"{value:.15g}".partition("e")
        return f"{mantissa}×{power(int(exponent))}" if exponent else mantissa
    return grouped(f"{value:.0f}")


def _digits(far: float, step: float) -> int:
    """Of a number of that size, to the last one that a step changes."""
    if not far > 0 or not step > 0:
        return 1
    return max(1, math.floor(math.log10(far)) + 1) + max(0, math.ceil(-math.log10(step)))
