"""How a file is laid out: what stands between cells, what comes before the rows, what the columns are called."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from playground.session.csv import arff
from playground.session.csv.delimiter import find_delimiter, usual_width
from playground.session.csv.header import Heading, counts_the_rows, heading_of, names_columns
from playground.session.csv.lines import Source, cells_of, trimmed
from playground.session.csv.numbers import is_number
from playground.session.csv.words import short
from playground.session.errors import UserError

HEAD_ROWS, HEAD_SIGNS, LEAST_HEAD_ROWS = 200, 2**18, 4
MOST_COMMENTS = 10_000  # lines
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_MARKUP = {"<": "is a web page or XML", "{": "is JSON"}
COMMENT = ("#", "%")
_NOTHING = ' \t\r\n,;|"'


@dataclass(frozen=True, slots=True)
class Layout:
    """What cuts cells, how many lines come before the rows, what the columns are; what to tell about all that."""

    delimiter: str
    skipped: int  # lines
    heading: Heading
    remarks: tuple[str, ...] = ()
    quote: str = '"'
    missing: str = ""  # a cell that stands for no value in a column of words too


@dataclass(frozen=True, slots=True)
class _Row:
    before: int  # how many lines come before it
    end: int  # the number of its last line
    cells: list[str]  # without the empty ones at its end
    width: int  # with them


def find_layout(source: Source) -> Layout:
    """Look at the first lines; UserError where they hold nothing, or no table."""
    head = _head(source)
    first = next((line.strip() for line in head if line.strip()), "")
    empty = f"{source.path.name} is empty: it needs a header line and a line for each point"
    if not any(line.strip(_NOTHING) for line in head):
        raise UserError(empty)
    if first[:1] in _MARKUP:
        raise UserError(f"{source.path.name} {_MARKUP[first[0]]}, not a table: save the table in it as CSV")
    if arff.is_arff(head):
        heading, skipped = arff.read_heading(source)
        return Layout(",", skipped, heading, quote="'", missing="?")
    told = _SEPARATOR_LINE.fullmatch(head[0]) if head else None
    start = 1 if told else 0
    start += _leading_comments(head[start:])
    delimiter = told.group(1) if told else find_delimiter(head[start:])
    rows = _rows(source, head, start, delimiter)
    if not rows:
        raise UserError(empty)
    comment = head[start - 1].strip().lstrip("".join(COMMENT)) if start else ""
    return _laid_out(rows, delimiter, comment)


def _head(source: Source) -> list[str]:
    """The first lines, up to so many that are neither blank nor a comment."""
    lines: list[str] = []
    rows = signs = 0
    for line in source.lines():
        lines.append(line)
        signs += len(line)
        rows += not _is_comment(line)
        is_long = signs > HEAD_SIGNS and rows >= LEAST_HEAD_ROWS
        if rows >= HEAD_ROWS or is_long or len(lines) >= MOST_COMMENTS:
            break
    return lines


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith(COMMENT)


def _leading_comments(lines: Sequence[str]) -> int:
    """How many lines of comments and blanks come first; none where every line begins as they do."""
    is_comment = [*map(_is_comment, lines)]
    return 0 if all(is_comment) else is_comment.index(False)


def _rows(source: Source, head: Sequence[str], start: int, delimiter: str) -> list[_Row]:
    reader = cells_of(head[start:], delimiter)
    rows: list[_Row] = []
    before = start
    try:
        for cells in reader:
            end = start + reader.line_num
            if row := trimmed(cells):
                rows.append(_Row(before, end, row, len(cells)))
            before = end
    except csv.Error as error:
        raise UserError(source.broken(before + 1, error)) from None
    return rows


def _laid_out(rows: list[_Row], delimiter: str, comment: str) -> Layout:
    width = usual_width([row.cells for row in rows])
    remarks = []
    titles = _titles(rows, width)
    if titles:
        remarks.append(_left_out(rows[:titles], delimiter, "before the table"))
    rows = rows[titles:]
    if len(rows) > 1 and counts_the_rows(rows[0].cells, [row.cells for row in rows[1:]], width):
        remarks.append(_left_out(rows[:1], delimiter, "which counts the rows"))
        rows = rows[1:]
    heading = _heading(rows, width, comment, delimiter)
    skipped = rows[heading.rows - 1].end if heading.rows else rows[0].before
    return Layout(delimiter, skipped, heading, tuple(remarks))


def _titles(rows: Sequence[_Row], width: int) -> int:
    """How many of the first rows are titles over the table: they have far fewer cells."""
    most = 1 if width == 3 else 2 if width > 3 else 0
    return next((i for i, row in enumerate(rows) if len([cell for cell in row.cells if cell]) > most), 0)


def _heading(rows: Sequence[_Row], width: int, comment: str, delimiter: str) -> Heading:
    """The names in the first row, else those in the comment before it, else none."""
    cells = [row.cells for row in rows]
    body = [row for row in cells[1:] if len(row) == width]
    if names_columns(cells[0], body):
        if _has_row_names(rows, delimiter):
            cells[0] = ["", *cells[0]]
            width = max(width, len(cells[0]))
        heading = heading_of(cells)
        names = heading.names + ("",) * (min(rows[0].width, width) - len(heading.names))  # those without a name
        return replace(heading, names=names)
    commented = [cell.strip() for cell in next(cells_of([comment], delimiter), [])]
    if width <= len(commented) <= max(row.width for row in rows) and not any(map(is_number, commented)):
        return Heading(tuple(commented), rows=0)
    return Heading(("",) * width, rows=0)


def _has_row_names(rows: Sequence[_Row], delimiter: str) -> bool:
    """Whether each row has one cell more than the header, as R writes its row names: in front, all of them different.

    Where commas separate, numbers must count the rows, since a decimal comma would look alike.
    """
    width, body = rows[0].width + 1, rows[1:]
    if {row.width for row in body} != {width} or all(len(row.cells) < width for row in body):
        return False
    names = [row.cells[0] for row in body]
    counts = names == [str(i) for i in range(1, len(names) + 1)]
    return len(set(names)) == len(names) and (counts or delimiter != "," or not any(map(is_number, names)))


def _left_out(rows: Sequence[_Row], delimiter: str, why: str) -> str:
    lines = f"line {rows[0].end}" if len(rows) == 1 else f"lines {rows[0].end} to {rows[-1].end}"
    return f"{lines} (“{short(delimiter.join(rows[0].cells))}”) left out, {why}"
