"""A reader of shown numbers who knows nothing of the program: what a text stands for, and whether it follows."""

MINUS = "\u2212"
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SPACES = " =+\u2007\u2008\u2060"  # what stands round a number, or keeps points under one another
SLACK = 1e-6  # of a unit: what float64 leaves of the comparison itself


def in_parts(text: str) -> tuple[str, int]:
    """A number's digits, with a sign that Python reads, and its power of ten."""
    mantissa, _, exponent = text.strip(SPACES).replace(MINUS, "-").partition("×10")
    return mantissa, int(exponent.translate(LOWERED) or 0)


def number(text: str) -> float:
    """What a number's text stands for."""
    mantissa, exponent = in_parts(text)
    return float(f"{mantissa}e{exponent}")


def unit(text: str) -> float:
    """One unit of a number's last place."""
    mantissa, exponent = in_parts(text)
    return float(10.0 ** (exponent - len(mantissa.partition(".")[2])))


def follows(text: str, by_hand: float) -> bool:
    """Whether a number is what the digits before it make, to one unit of its last place."""
    return abs(number(text) - by_hand) <= unit(text) * (1 + SLACK)
