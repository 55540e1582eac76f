"""The digits of shown numbers: each number follows, to one unit of its last place, from the digits shown before it.

Whoever recomputes a page with a calculator has only the digits that stand there. So a number that is computed from
others is written with as many figures as those bear, and never more; the others are never bent to fit.
"""

import math
from collections.abc import Callable

MINUS = "\u2212"
TIMES = "\u00d710"  # before the exponent of a power of ten
SLACK = 1e-6  # of a unit: what float64 leaves of the comparison itself
_RAISED = str.maketrans("-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_LOWERED = {raised: plain for plain, raised in _RAISED.items()}

Write = Callable[[float, int], str]  # a number with that many figures, or decimals


def raised(exponent: int) -> str:
    """A power of ten as it is written after a number: ×10⁻⁵."""
    return TIMES + str(exponent).translate(_RAISED)


def parts(text: str) -> tuple[str, int]:
    """A number's text as its plain digits, with a hyphen for a minus, and its power of ten."""
    digits, _, exponent = text.replace(MINUS, "-").partition(TIMES)
    return digits, int(exponent.translate(_LOWERED) or 0)


def read(text: str) -> float:
    """What a reader takes a number's text for."""
    digits, exponent = parts(text)
    return float(f"{digits.replace('∞', 'inf')}e{exponent}") if digits[-1:].isdigit() else _not_finite(digits)


def as_typed(text: str) -> str:
    """What a number typed into a field stands for, as Python reads it: 0,5 is 0.5, and 1×10⁻⁵ is 1e-5."""
    digits, _, exponent = text.strip().replace(MINUS, "-").partition(TIMES)
    if digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    return f"{digits}e{exponent.translate(_LOWERED)}" if exponent else digits


def as_written(text: str) -> str:
    """A number that Python has written, as a reader is shown it: −1×10⁻⁵ for -1e-05."""
    digits, _, exponent = text.partition("e")
    return digits.replace("-", MINUS) + (raised(int(exponent)) if exponent.lstrip("+-").isdigit() else "")


def unit(text: str) -> float:
    """One unit of the last place of a finite number's text."""
    digits, exponent = parts(text)
    return float(f"1e{exponent - len(digits.partition('.')[2])}")


def following(write: Write, value: float, shown: float, most: int, least: int = 1) -> str:
    """The value with ``most`` figures, or as many as follow from ``shown``: what the digits shown before it make.

    Where ``shown`` is no number it has ``most``; where nothing of the value follows, ``least``: 0 where decimals are
    meant.
    """
    if not math.isfinite(value) or not math.isfinite(shown):
        return write(value, most)
    texts = (write(value, kept) for kept in range(most, least - 1, -1))
    return next((text for text in texts if abs(read(text) - shown) <= unit(text) * (1 + SLACK)), write(value, least))


def _not_finite(digits: str) -> float:
    return math.nan if digits == "nan" else -math.inf if digits.startswith("-") else math.inf
