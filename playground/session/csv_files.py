"""Reading points from a CSV file: which columns, which rows, and a clear word where something does not fit."""

import csv
import io
import math
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from playground.session.dataset import MAX_CLASSES, MIN_CLASSES, ClassLabel, Dataset, stratified_ranks
from playground.session.errors import UserError

LARGEST_FILE = 64 * 2**20
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-"})
DELIMITERS = (";", "\t", "|", ",")
LABEL_HEADERS = ("class", "label", "species", "target", "category", "group", "type", "variety", "kind")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file's header and rows of text, all as long as the header, and which columns hold numbers."""

    path: Path
    header: tuple[str, ...]
    rows: list[list[str]]
    numeric: frozenset[str] = field(default_factory=frozenset)

    def column(self, name: str) -> list[str]:
        """The cells of a column, top to bottom."""
        index = self.header.index(name)
        return [row[index] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold x1, x2 and the class."""

    x: str
    y: str
    label: str


def read_table(path: Path) -> Table:
    """A CSV file as text; UserError, in a sentence, for anything that is not one."""
    rows = _rows(path)
    if not rows:
        raise UserError(f"{path.name} is empty: it needs a header line and a line for each point")
    header = _header(rows[0])
    body = rows if any(map(_is_number, rows[0])) else rows[1:]
    for number, row in enumerate(body, start=len(rows) - len(body) + 1):
        if len(row) != len(header):
            raise UserError(f"{path.name}, row {number}: {len(row)} cells where the header has {len(header)}")
    if len(header) < 3:
        raise UserError(
            f"{path.name} has {len(header)} column{'s' if len(header) > 1 else ''} ({', '.join(header)}): it needs "
            "three, two with numbers and one with the class, separated by commas"
        )
    if not body:
        raise UserError(f"{path.name} has a header but no rows: it needs a line for each point")
    table = Table(path, header, body)
    return replace(table, numeric=frozenset(name for name in header if _is_mostly_numbers(table.column(name))))


def guess_columns(table: Table) -> Columns:
    """The likely columns: the class by its header or as the last text column, x1 and x2 as the first numeric ones."""
    return choose_columns(table, None, None, None)


def choose_columns(table: Table, x: str | None, y: str | None, label: str | None) -> Columns:
    """The named columns, and a guess for those not named; UserError where that leaves one without a column."""
    for name in (x, y, label):
        if name is not None and name not in table.header:
            raise UserError(f"{table.path.name} has no column “{name}”; its columns are {', '.join(table.header)}")
    label = label or _guess_label(table, taken=(x, y))
    free = [name for name in table.header if name in table.numeric and name not in (x, y, label)]
    if len(free) < (x is None) + (y is None):
        found = f"only “{free[0]}” is free" if free else "none is free"
        raise UserError(
            f"{table.path.name} needs two columns with numbers beside the class, which is “{label}”: {found}"
        )
    return Columns(x or free.pop(0), y or free.pop(0), label)


def dataset_from(table: Table, columns: Columns) -> tuple[Dataset, int]:
    """The points of three columns, and how many rows were skipped because one of the three was missing."""
    if len({columns.x, columns.y, columns.label}) < 3:
        raise UserError("the two axes and the class must be three different columns")
    cells = list(zip(*(table.column(name) for name in (columns.x, columns.y, columns.label)), strict=True))
    kept = [(i, row) for i, row in enumerate(cells, start=1) if not any(_is_missing(cell) for cell in row)]
    if not kept:
        raise UserError(f"every row of {table.path.name} misses a value in {columns.x}, {columns.y} or {columns.label}")
    X = np.array([[_number(row[k], i, columns, k) for i, row in kept] for k in (0, 1)])
    names = sorted({row[2] for _, row in kept}, key=_natural)
    if len(names) > MAX_CLASSES:
        raise UserError(
            f"column “{columns.label}” has {len(names)} different values; the plane shows {MIN_CLASSES} to "
            f"{MAX_CLASSES} classes: choose another column for the class, or merge some in the file"
        )
    index = {name: i for i, name in enumerate(names)}
    labels = np.array([index[row[2]] for _, row in kept])
    names += [""] * (MIN_CLASSES - len(names))
    classes = tuple(ClassLabel(style, name) for style, name in enumerate(names))
    ranks = stratified_ranks(labels, np.random.default_rng(0))
    axes = (columns.x, columns.y)
    return Dataset(X, labels, ranks, classes, axes, table.path.stem), len(cells) - len(kept)


def _text(path: Path) -> str:
    if path.is_dir():
        raise UserError(f"{path} is a folder: choose a CSV file inside it")
    if not path.is_file():
        raise UserError(f"there is no file {path}")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UserError(
            f"{path.name} has {size / 2**20:,.0f} MB; files up to {LARGEST_FILE / 2**20:.0f} MB can be read: "
            "save a sample of its rows"
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path.name} is not UTF-8 text (byte {error.start} is not): save it as “CSV UTF-8” and open it again"
        ) from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}") from None


def _rows(path: Path) -> list[list[str]]:
    """The file's cells, row by row, without empty rows; decimal commas made points where commas do not separate."""
    text = _text(path)
    try:
        delimiter = _delimiter(text)
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise UserError(f"{path.name} cannot be read as CSV: {error}") from None
    if delimiter != ",":
        rows = [[_with_point(cell) for cell in row] for row in rows]
    return [row for row in rows if any(row)]


def _delimiter(text: str) -> str:
    """The first sign that cuts each of the first lines into the same number of cells, at least two; else the comma."""
    lines = [line for line in text[:65536].splitlines() if line.strip()][:50]
    for delimiter in DELIMITERS:
        widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
        if len(widths) == 1 and widths.pop() > 1:
            return delimiter
    return ","


def _with_point(cell: str) -> str:
    pointed = cell.replace(",", ".")
    return pointed if cell.count(",") == 1 and _is_number(pointed) else cell


def _header(first: list[str]) -> tuple[str, ...]:
    """The names in the first row, each made unlike the others; numbers of columns where it holds no names."""
    has_names = not any(map(_is_number, first))
    header: list[str] = []
    for i, cell in enumerate(first, start=1):
        name = cell if has_names and cell else f"column {i}"
        while name in header:
            name += f" ({i})"
        header.append(name)
    return tuple(header)


def _guess_label(table: Table, taken: tuple[str | None, ...] = ()) -> str:
    columns = [name for name in table.header if name not in taken] or list(table.header)
    by_plain = {name.lower(): name for name in reversed(columns)}
    named = [by_plain[header] for header in LABEL_HEADERS if header in by_plain]
    text = [name for name in reversed(columns) if name not in table.numeric]
    if "y" in by_plain and "x" not in by_plain and not text:  # beside an x it is a coordinate
        named.append(by_plain["y"])
    few = [name for name in reversed(columns) if len(set(table.column(name))) <= MAX_CLASSES]
    fitting = [name for name in named + text if name in few]
    return (fitting + named + text + few + columns[-1:])[0]


def _number(cell: str, row: int, columns: Columns, k: int) -> float:
    if not _is_number(cell):
        name = (columns.x, columns.y)[k]
        raise UserError(
            f"column “{name}”, point {row}: “{cell[:40]}” is not a number; mend it or choose another column"
        )
    return float(_plain_number(cell))


def _is_missing(cell: str) -> bool:
    return cell.lower() in MISSING


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(_plain_number(cell)))
    except ValueError:
        return False


def _plain_number(cell: str) -> str:
    return cell.replace("−", "-")


def _is_mostly_numbers(cells: list[str]) -> bool:
    present = [cell for cell in cells if not _is_missing(cell)]
    return bool(present) and sum(map(_is_number, present)) > 0.5 * len(present)


def _natural(name: str) -> tuple[float, str]:
    return (float(_plain_number(name)), name) if _is_number(name) else (math.inf, name)
