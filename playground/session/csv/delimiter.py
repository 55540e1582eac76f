"""What stands between two cells: found by trying each sign on the first lines of a file."""

import csv
from collections import Counter
from collections.abc import Sequence

from playground.session.csv.lines import BLANK, cells_of, trimmed
from playground.session.csv.numbers import is_number

DELIMITERS = (";", "\t", "|", ",", BLANK)  # of two that do equally well, the first

Row = list[str]


def find_delimiter(lines: Sequence[str]) -> str:
    """The sign that cuts most lines into the same number of cells, three at least, with numbers in two columns."""
    return max(DELIMITERS, key=lambda delimiter: (_worth(lines, delimiter), -DELIMITERS.index(delimiter)))


def usual_width(rows: Sequence[Row]) -> int:
    """How many cells most rows have; of two numbers that are equally usual, the larger."""
    widths = Counter(map(len, rows))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _worth(lines: Sequence[str], delimiter: str) -> tuple[int, bool, bool, bool]:
    try:
        rows = [row for row in map(trimmed, cells_of(lines, delimiter)) if row]
    except csv.Error:
        return 0, False, False, False
    width = usual_width(rows)
    usual = [row for row in rows if len(row) == width]
    if not rows or 2 * len(usual) < len(rows):
        return 1, False, False, False
    body = usual[1:] or usual
    numbers = sum(2 * sum(map(is_number, column)) > len(column) for column in zip(*body, strict=True))
    return min(width, 3), numbers >= 2, len(rows[0]) == width, 10 * len(usual) >= 9 * len(rows)
