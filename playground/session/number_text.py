"""How numbers are written for the reader: with a true minus sign, and never wider than a column was made for."""

import math
from collections.abc import Sequence

from playground.session.digits import MINUS, TIMES, Write, raised

POINT_SPACE, FIGURE_SPACE, END = "\u2008", "\u2007", "\u2060"  # END keeps the spaces before it from being trailing ones
WIDTHS = dict.fromkeys(raised(-1234567890)[3:], 0.67) | dict.fromkeys("+×" + MINUS, 1.34) | {".": 0.54, END: 0.0}
PLAIN_DIGITS = 3  # before the point, with fixed decimals; more become a power of ten
SMALLEST_PLAIN = 1e-3  # with significant figures


def fixed(value: float, decimals: int, room: float | None = None) -> str:
    """A number with that many decimals, such as −12.345, as wide as ``room`` figures, or ``widest_fixed``, at most.

    A longer one has as many decimals fewer, or is a power of ten. A zero never has a sign.
    """
    if not math.isfinite(value):
        return _not_finite(value)
    size, most = abs(value), (room or widest_fixed(decimals)) - WIDTHS[MINUS]
    texts = (f"{size:.{kept}f}" for kept in range(decimals, -1, -1)) if size < 10**most else ()
    text = next((text for text in texts if width(text) <= most), None) or fitting(
        significant, size, decimals or 1, most
    )
    return _with_minus(f"-{text}" if value < 0 else text)


def signed(value: float, decimals: int) -> str:
    """A number as ``fixed`` writes it, with a plus sign where it is positive: +0.158, −0.842, 0.000."""
    text = fixed(value, decimals)
    is_zero = not text.strip("0.")
    return f"+{text}" if value > 0 and not is_zero else text


def significant(value: float, figures: int) -> str:
    """A number to that many figures: 31.19, 0.3679, 3201, 32014, 7.512×10⁻⁴.

    Whole numbers keep two digits more before they become a power of ten. A long exponent is paid for with figures, so
    that the text has at most ``widest_significant(figures)`` characters: 1.23×10⁻¹²³.
    """
    if not math.isfinite(value):
        return _not_finite(value)
    if value == 0:
        return "0"
    exponent = int(f"{value:.{figures - 1}e}".partition("e")[2])  # after rounding
    if abs(value) >= SMALLEST_PLAIN and exponent < figures + 2:
        return _with_minus(f"{value:.{max(0, figures - 1 - exponent)}f}")
    room = widest_significant(figures) - 1
    texts = (scientific(value, kept) for kept in range(figures, 0, -1))
    return next(text for text in texts if len(text.lstrip(MINUS)) <= room)


def fitting(write: Write, value: float, figures: int, room: float) -> str:
    """The number as ``write`` writes it, with as many figures, or decimals, as there is room for in figures' widths."""
    texts = (write(value, kept) for kept in range(figures, 0, -1))
    return next((text for text in texts if width(text) <= room), write(value, min(figures, 1)))


def width(text: str) -> float:
    """About how wide a number's text is, in figures: those that are raised are smaller, signs are wider."""
    return sum(WIDTHS.get(character, 1.0) for character in text)


def aligned(texts: Sequence[str], room: float) -> list[str]:
    """The texts with spaces behind them, so that their points stand under one another where they end at one line.

    Powers of ten stay as they are; so do all where the longest would be wider than so many figures.
    """
    tails = [len(text.partition(".")[2]) if _is_plain(text) else -1 for text in texts]
    longest = max(tails, default=0)
    padded = [
        text if tail in (-1, longest) else text + POINT_SPACE * (tail == 0) + FIGURE_SPACE * (longest - tail) + END
        for text, tail in zip(texts, tails, strict=True)
    ]
    return padded if all(width(text) <= room for text in padded) else list(texts)


def widest_fixed(decimals: int) -> int:
    """The most that ``fixed`` and ``signed`` take for any number, in figures' widths."""
    return max(decimals, 3) + PLAIN_DIGITS + 2


def widest_significant(figures: int) -> int:
    """The most characters that ``significant`` takes for any number."""
    return max(figures, 2) + 7


def scientific(value: float, figures: int) -> str:
    """A number as so many figures times a power of ten, however long that is: −1.77×10⁴."""
    mantissa, _, exponent = f"{value:.{figures - 1}e}".partition("e")
    return mantissa.replace("-", MINUS) + raised(int(exponent))


def _not_finite(value: float) -> str:
    return "nan" if math.isnan(value) else "∞" if value > 0 else f"{MINUS}∞"


def _with_minus(text: str) -> str:
    """The text with a true minus sign, or with none where nothing but zeros is left."""
    if text.startswith("-") and not text.strip("-0."):
        text = text[1:]
    return text.replace("-", MINUS)


def _is_plain(text: str) -> bool:
    return TIMES not in text and text[-1:].isdigit()
