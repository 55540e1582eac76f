"""All rows of a file, cut into cells some at a time, and kept by column."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

import numpy as np

from playground.session.csv.layout import COMMENT, Layout
from playground.session.csv.lines import Source, cells_of
from playground.session.csv.numbers import SEPARATOR
from playground.session.csv.words import grouped
from playground.session.dataset import Array
from playground.session.errors import UserError
from playground.session.file_bytes import Progress

MOST_ROWS = 2_000_000
PIECE_CELLS = 2**14  # cut at a time: in between other threads have their turn


def read_rows(source: Source, layout: Layout, progress: Progress) -> tuple[list[list[str]], Array]:
    """The pieces of each column, and the number of each row's line."""
    width = len(layout.heading.names)
    pieces: list[list[str]] = [[] for _ in range(width)]
    numbers = [np.empty(0, np.int32)]
    count = 0
    for rows, lines in _pieces(source, layout, progress):
        for column, cells in zip(pieces, zip(*rows, strict=True), strict=True):
            column.append(_joined(cells, layout.missing))
        numbers.append(lines)
        count += lines.size
        if count > MOST_ROWS:
            raise UserError(
                f"{source.path.name} has more than {grouped(MOST_ROWS)} rows, which is as many as can be read: "
                "save a sample of them"
            )
    return pieces, np.concatenate(numbers)


def _joined(cells: Sequence[str], missing: str) -> str:
    stripped = [*map(str.strip, cells)]
    if missing:
        stripped = ["" if cell == missing else cell for cell in stripped]
    joined = SEPARATOR.join(stripped)
    if joined.count(SEPARATOR) != len(cells) - 1:
        joined = SEPARATOR.join(cell.replace(SEPARATOR, " ") for cell in stripped)
    return joined


def _pieces(source: Source, layout: Layout, progress: Progress) -> Iterator[tuple[list[list[str]], Array]]:
    """Some rows at a time, all as wide as the header, with the numbers of their lines."""
    stream = source.stream()
    reader = _rows_of(source, layout, stream)
    width = len(layout.heading.names)
    named = max((i for i, name in enumerate(layout.heading.names, start=1) if name), default=width)
    size = max(32, PIECE_CELLS // width)
    while True:
        before = layout.skipped + reader.line_num
        try:
            rows = list(islice(reader, size))
        except csv.Error as error:
            raise UserError(source.broken(_first_broken(source, layout), error)) from None
        if not rows:
            return
        lines = np.arange(before + 1, before + 1 + len(rows), dtype=np.int32)
        if layout.skipped + reader.line_num - before != len(rows):
            lines = before + np.cumsum([1 + _line_ends(row) for row in rows], dtype=np.int32)
        if not all(len(row) == width and row[0].strip() for row in rows):
            kept = [i for i, row in enumerate(rows) if not _is_empty(row, width)]
            rows, lines = [_as_wide(source, rows[i], int(lines[i]), width, named) for i in kept], lines[kept]
        if rows:
            yield rows, lines
        progress(stream.tell() / len(source.data))


def _rows_of(source: Source, layout: Layout, stream: io.BytesIO) -> Any:
    return cells_of(islice(source.lines(stream), layout.skipped, None), layout.delimiter, layout.quote)


def _first_broken(source: Source, layout: Layout) -> int:
    """The line where the row begins that cannot be cut into cells."""
    reader = _rows_of(source, layout, source.stream())
    before = 0
    with suppress(csv.Error):
        for _ in reader:
            before = reader.line_num
    return layout.skipped + before + 1


def _line_ends(row: list[str]) -> int:
    return sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row)


def _is_empty(row: list[str], width: int) -> bool:
    """Whether a row holds nothing, or is a comment among the rows."""
    return not any(map(str.strip, row)) or (len(row) != width and row[0].lstrip().startswith(COMMENT))


def _as_wide(source: Source, row: list[str], line: int, width: int, named: int) -> list[str]:
    """The row, with as many cells as the header: empty ones at its end come and go."""
    if len(row) > width and not any(map(str.strip, row[width:])):
        return row[:width]
    if named <= len(row) < width:
        return row + [""] * (width - len(row))
    if len(row) != width:
        hint = ": put numbers with a decimal comma in quotation marks, or ; between cells" if len(row) > width else ""
        raise UserError(
            f"{source.path.name}, {source.at_line(line)}: {len(row)} cells where the header has {width}{hint}"
        )
    return row
