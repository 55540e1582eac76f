"""A file's lines and rows of cells, one after the other."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from playground.session.csv.words import grouped, short
from playground.session.errors import UserError

LONGEST_LINE = 4 * 2**20  # signs
BLANK = " "  # as delimiter: any number of blanks and tabs


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text: its bytes, and how they are to be read."""

    path: Path
    data: bytes
    encoding: str

    def stream(self) -> io.BytesIO:
        """The bytes from the beginning; its ``tell`` says how far reading is."""
        return io.BytesIO(self.data)

    def lines(self, stream: io.BytesIO | None = None) -> Iterator[str]:
        """Its lines, with their ends; UserError at one that is too long for a row of cells."""
        text = io.TextIOWrapper(stream or self.stream(), self.encoding, newline="")
        for number, line in enumerate(text, start=1):
            if len(line) > LONGEST_LINE:
                raise UserError(
                    f"line {number} of {self.path.name} (“{short(line)}”) has {grouped(len(line))} signs: "
                    f"a row of cells may have up to {grouped(LONGEST_LINE)}"
                )
            yield line
        text.detach()  # else it would close the stream, which is asked how far it was read

    def line(self, number: int) -> str:
        """One line, counted from 1, cut to a readable length."""
        with suppress(UserError):
            return short(next(islice(self.lines(), number - 1, None), ""))
        return ""

    def at_line(self, number: int) -> str:
        """``line 3 (“1,x,a”)``, for a message."""
        return f"line {number} (“{self.line(number)}”)"

    def broken(self, number: int, error: Exception) -> str:
        """What to say where the rows of cells end at a line that cannot be cut into cells."""
        return (
            f"{self.path.name}, {self.at_line(number)} cannot be read as CSV ({error}): "
            "is a quotation mark missing, or is it no table?"
        )


def cells_of(lines: Iterable[str], delimiter: str, quote: str = '"') -> Any:
    """A csv reader: rows of cells; blank-separated lines are brought to one blank between two cells first."""
    if delimiter == BLANK:
        lines = (" ".join(line.split()) for line in lines)
    return csv.reader(lines, delimiter=delimiter, quotechar=quote, skipinitialspace=True)


def trimmed(row: list[str]) -> list[str]:
    """A row's cells without blanks around them, and without the empty ones at its end."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
