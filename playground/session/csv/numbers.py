"""What counts as a number in a file, and whether a comma in one is a decimal comma or groups thousands.

Python's own idea of a number is wider: ``1_000``, ``nan``, ``infinity`` and digits of other scripts are words here.
"""

import re
from collections.abc import Sequence

import numpy as np

from playground.session.dataset import Array

SEPARATOR = "\x1f"  # between the cells of a piece of a column
# what stands for no value in a column of numbers
MISSING = frozenset(
    ("", "na", "n/a", "n.a.", "#n/a", "#na", "nan", "null", "(null)", "none", "missing", "?", "-", "--", "–", ".")
)
_SPACES = " '’\u00a0\u2009\u202f"  # group thousands in either way of writing
_SIGN = r"[+\-−]?"


def _number(decimal: str, grouping: str) -> str:
    d, g = re.escape(decimal), re.escape(grouping)
    grouped = "|".join(rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+" for sign in (g, f"[{_SPACES}]"))
    return rf"{_SIGN}(?:(?:[0-9]+|{grouped})(?:{d}[0-9]*)?|{d}[0-9]+)(?:[eE][+\-]?[0-9]+)?"


def _cell(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<={SEPARATOR})){_SIGN}(?:{pattern})(?={SEPARATOR}|\Z)")


_NUMBER = {".": re.compile(_number(".", ",")), ",": re.compile(_number(",", "."))}
_PLAIN = {
    ".": re.compile(rf"[0-9.eE+\-{SEPARATOR}]*"),
    ",": re.compile(rf"[0-9,eE+\-{SEPARATOR}]*"),
}
_POINTED = {
    ".": str.maketrans("−", "-", f",{_SPACES}"),
    ",": str.maketrans(",−", ".-", f".{_SPACES}"),
}


def _tells(decimal: str, grouping: str) -> re.Pattern[str]:
    d, g = re.escape(decimal), re.escape(grouping)
    fraction = rf"[0-9]*{d}(?:[0-9]{{1,2}}|[0-9]{{4,}})|(?:0[0-9]*|[0-9]{{4,}}){d}[0-9]+"
    groups = rf"[1-9][0-9]{{0,2}}(?:[{g}{_SPACES}][0-9]{{3}})+{d}[0-9]*|[1-9][0-9]{{0,2}}(?:{g}[0-9]{{3}}){{2,}}"
    return _cell(f"{fraction}|{groups}")


# a cell that can be a number only with this decimal mark; 1,174 and 1.174 can be read either way
_TELLING = {".": _tells(".", ","), ",": _tells(",", ".")}
_EITHER = _cell(r"[1-9][0-9]{0,2}[,.][0-9]{3}")
_DOTTED = re.compile(r"\.[0-9]{3}\.")
_SHORT, _LONG = _cell("[0-9]{1,3}"), _cell("[1-9][0-9]{3,}")


def is_number(cell: str) -> bool:
    """Whether a cell is a number in either way of writing."""
    return any(pattern.fullmatch(cell) for pattern in _NUMBER.values())


def read_number(cell: str, decimal: str = ".") -> float:
    """The number in a cell; NaN where it says that there is none, infinity where it is no number that can be held."""
    if cell.lower() in MISSING:
        return np.nan
    if not _NUMBER[decimal].fullmatch(cell):
        return np.inf
    return float(cell.translate(_POINTED[decimal]))


def read_numbers(piece: str, decimal: str) -> Array:
    """`read_number` of each cell of a piece of a column."""
    if _PLAIN[decimal].fullmatch(piece):
        try:
            return np.array([*map(float, piece.replace(",", ".").split(SEPARATOR))])
        except ValueError:
            pass  # an empty cell, or a word such as e-1
    known: dict[str, float] = {}
    cells = piece.split(SEPARATOR)
    return np.array(
        [known[cell] if cell in known else known.setdefault(cell, read_number(cell, decimal)) for cell in cells]
    )


def telling_marks(piece: str) -> set[str]:
    """The decimal marks that some cell of a piece of a column can be read with alone."""
    return {mark for mark, pattern in _TELLING.items() if pattern.search(piece)}


def decimal_mark(pieces: Sequence[str], elsewhere: str | None, delimiter: str) -> tuple[str, bool]:
    """The decimal mark of a column, point or comma, and whether that is sure.

    The whole column decides; where it can be read either way, ``elsewhere``, the one mark that the file's other columns
    tell of; then whole numbers beside it: 941 beside 1,174 says thousands, 1174 beside 1,174 says decimals.
    """
    if elsewhere != "," and not any("," in piece or _DOTTED.search(piece) for piece in pieces):
        return ".", True
    told = set().union(*map(telling_marks, pieces))
    if len(told) == 2:
        told = {min(",.", key=lambda mark: sum(np.isinf(read_numbers(piece, mark)).sum() for piece in pieces))}
    if told:
        return told.pop(), True
    if not any(_EITHER.search(piece) for piece in pieces):
        return ".", True
    if elsewhere:
        return elsewhere, True
    has_short, has_long = (any(pattern.search(piece) for piece in pieces) for pattern in (_SHORT, _LONG))
    if has_short != has_long:
        return "." if has_short else ",", True
    return "." if delimiter == "," else ",", False
