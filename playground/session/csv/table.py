"""A file as a table: columns of cells, each made into numbers and words when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playground.session.csv.columns import Column, make_column
from playground.session.csv.encoding import find_encoding
from playground.session.csv.header import unlike_each_other
from playground.session.csv.layout import Layout, find_layout
from playground.session.csv.lines import Source
from playground.session.csv.numbers import SEPARATOR, telling_marks
from playground.session.csv.rows import read_rows
from playground.session.csv.words import grouped, listed, plural
from playground.session.dataset import Array
from playground.session.errors import UserError
from playground.session.file_bytes import MB, Kind, Progress, no_progress, read_bytes

TABLE = Kind("CSV file", 64 * MB, "save a sample of its rows")
MOST_COLUMNS = 100_000
PREVIEW_ROWS = 8
LOOKED_AT = 100  # columns from either end, among which x, y and the class are guessed


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file's columns by name, their cells in pieces of rows; ``column`` makes one of them ready to be used."""

    source: Source
    header: tuple[str, ...]
    line_numbers: Array  # (m,) of each row's last line
    pieces: list[list[str]]  # of each column, `SEPARATOR` between the cells of a piece
    delimiter: str
    decimal: str | None  # the one decimal mark that its first rows tell of
    label: str | None = None  # the class, where the file says so
    left_out: frozenset[str] = frozenset()  # columns that the file says are neither inputs nor class
    remarks: tuple[str, ...] = ()
    _made: dict[str, Column] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update((name, i) for i, name in enumerate(self.header))

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def m(self) -> int:
        """How many rows there are."""
        return int(self.line_numbers.size)

    def column(self, name: str) -> Column:
        """A column, made once; KeyError where there is none of that name."""
        if name not in self._made:
            pieces = self.pieces[self._places[name]]
            self._made[name] = make_column(name, pieces, self.decimal, self.delimiter)
        return self._made[name]

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self._places

    def first_rows(self, names: Sequence[str]) -> list[list[str]]:
        """The first rows' cells in these columns."""
        columns = [self.pieces[self._places[name]][0].split(SEPARATOR)[:PREVIEW_ROWS] for name in names]
        return [list(row) for row in zip(*columns, strict=True)]

    def at_row(self, row: int) -> str:
        """``line 3 (“1,x,a”)``, for a message; rows are counted from 0."""
        return self.source.at_line(int(self.line_numbers[row]))


def read_table(path: Path, progress: Progress = no_progress) -> Table:
    """A file as a table; UserError, in a sentence, for anything that is not one.

    ``progress`` is told the share that is done and may raise, which ends the reading.
    """
    data = read_bytes(path, TABLE, lambda share: progress(0.1 * share))
    encoding, remark = find_encoding(path, data, lambda share: progress(0.1 + 0.1 * share))
    source = Source(path, data, encoding)
    layout = find_layout(source)
    _refuse_width(source, layout.heading.names)
    pieces, line_numbers = read_rows(source, layout, lambda share: progress(0.2 + 0.6 * share))
    table = _table(source, layout, pieces, line_numbers, remark)
    looked_at = table.header[:LOOKED_AT] + table.header[LOOKED_AT:][-LOOKED_AT:]
    for i, name in enumerate(looked_at, start=1):
        table.column(name)
        progress(0.8 + 0.2 * i / len(looked_at))
    return table


def _table(source: Source, layout: Layout, pieces: list[list[str]], line_numbers: Array, remark: str) -> Table:
    names = list(layout.heading.names)
    while names and not names[-1] and not any(piece.strip(SEPARATOR) for piece in pieces[len(names) - 1]):
        names.pop()
    header = unlike_each_other(names)
    _refuse_width(source, header)
    if not line_numbers.size:
        raise UserError(f"{source.path.name} has a header but no rows: it needs a line for each point")
    told = set().union(*(telling_marks(column[0]) for column in pieces[:LOOKED_AT] if column))
    label = layout.heading.label
    return Table(
        source,
        header,
        line_numbers,
        pieces,
        layout.delimiter,
        told.pop() if len(told) == 1 else None,
        None if label is None else header[label],
        frozenset(header[i] for i in layout.heading.left_out if i < len(header)),
        tuple(filter(None, (*layout.remarks, remark))),
    )


def _refuse_width(source: Source, header: Sequence[str]) -> None:
    name, count = source.path.name, len(header)
    if count < 3:
        raise UserError(
            f"{name} has {plural(count, 'column')} ({listed(header)}): it needs three, two with numbers "
            "and one with the class, separated by commas"
        )
    if count > MOST_COLUMNS:
        raise UserError(
            f"{name} has {grouped(count)} columns; up to {grouped(MOST_COLUMNS)} can be read: save fewer of them"
        )
