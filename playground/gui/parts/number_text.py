"""How numbers are written for the reader: with a true minus sign, and never wider than a column was made for."""

import math
from collections.abc import Callable

MINUS = "\u2212"
PLAIN_DIGITS = 3  # before the point, with fixed decimals; more become a power of ten
SMALLEST_PLAIN = 1e-3  # with significant figures


def fixed(value: float, decimals: int) -> str:
    """A number with that many decimals, such as −12.345; at most ``widest_fixed(decimals)`` characters.

    From 1000 on it is written with that many significant figures instead. A zero never has a sign.
    """
    if not math.isfinite(value):
        return _not_finite(value)
    text = f"{value:.{decimals}f}" if abs(value) < 10**PLAIN_DIGITS else ""
    digits = text.lstrip("-").partition(".")[0]
    if not text or len(digits) > PLAIN_DIGITS:
        return significant(value, max(decimals, 2))
    return _with_minus(text)


def signed(value: float, decimals: int) -> str:
    """A number as ``fixed`` writes it, with a plus sign where it is positive: +0.158, −0.842, 0.000."""
    text = fixed(value, decimals)
    is_zero = not text.strip("0.")
    return f"+{text}" if value > 0 and not is_zero else text


def significant(value: float, figures: int) -> str:
    """A number to that many figures: 31.19, 0.3679, 3201, 32014, 7.512e−4.

    Whole numbers keep two digits more before they become a power of ten. A long exponent is paid for with figures, so
    that the text has at most ``widest_significant(figures)`` characters: 1.23e−45.
    """
    if not math.isfinite(value):
        return _not_finite(value)
    if value == 0:
        return "0"
    exponent = int(f"{value:.{figures - 1}e}".partition("e")[2])  # after rounding
    if abs(value) >= SMALLEST_PLAIN and exponent < figures + 2:
        return _with_minus(f"{value:.{max(0, figures - 1 - exponent)}f}")
    room = widest_significant(figures) - 1
    texts = (_scientific(value, kept) for kept in range(figures, 0, -1))
    return _with_minus(next(text for text in texts if len(text.lstrip("-")) <= room))


def fitting(write: Callable[[float, int], str], value: float, figures: int, room: int) -> str:
    """The number as ``write`` writes it, with as many figures, or decimals, as there is room for in characters."""
    texts = (write(value, kept) for kept in range(figures, 0, -1))
    return next((text for text in texts if len(text) <= room), write(value, 1))


def widest_fixed(decimals: int) -> int:
    """The most characters that ``fixed`` and ``signed`` take for any number."""
    return max(decimals, 2) + PLAIN_DIGITS + 2


def widest_significant(figures: int) -> int:
    """The most characters that ``significant`` takes for any number."""
    return max(figures, 2) + 5


def _scientific(value: float, figures: int) -> str:
    mantissa, _, exponent = f"{value:.{figures - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def _not_finite(value: float) -> str:
    return "nan" if math.isnan(value) else "∞" if value > 0 else f"{MINUS}∞"


def _with_minus(text: str) -> str:
    """The text with a true minus sign, or with none where nothing but zeros is left."""
    if text.startswith("-") and not text.strip("-0."):
        text = text[1:]
    return text.replace("-", MINUS)
