"""Reading points from a CSV file: which columns, which rows, and a clear word where something does not fit."""

import csv
import io
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from playground.session.dataset import MAX_CLASSES, MIN_CLASSES, ClassLabel, Dataset, stratified_ranks
from playground.session.errors import UserError

LARGEST_FILE = 64 * 2**20
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-"})
LABEL_HEADERS = ("class", "label", "species", "target", "y", "category", "group", "type", "variety", "kind")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file's header and rows of text, all rows as long as the header; ``skipped`` rows were longer or shorter."""

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
    text = _text(path)
    if not text.strip():
        raise UserError(f"{path.name} is empty: it needs a header line and a line for each point")
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), _dialect(text)) if any(row)]
    except csv.Error as error:
        raise UserError(f"{path.name} cannot be read as CSV: {error}") from None
    header = _header(rows)
    body = rows if _is_number(rows[0][0]) or any(map(_is_number, rows[0])) else rows[1:]
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
    return Table(path, header, body, frozenset(name for name in header if _is_mostly_numbers(table.column(name))))


def guess_columns(table: Table) -> Columns:
    """The likely columns: the class by its header or as the last text column, x1 and x2 as the first numeric ones."""
    label = _guess_label(table)
    numbers = [name for name in table.header if name in table.numeric and name != label]
    if len(numbers) < 2:
        found = f"only “{numbers[0]}” does" if numbers else "none does"
        raise UserError(f"{table.path.name} needs two columns with numbers beside the class: {found}")
    return Columns(numbers[0], numbers[1], label)


def choose_columns(table: Table, x: str | None, y: str | None, label: str | None) -> Columns:
    """The named columns, and a guess for those not named; UserError for a name the file does not have."""
    for name in (x, y, label):
        if name is not None and name not in table.header:
            raise UserError(f"{table.path.name} has no column “{name}”; its columns are {', '.join(table.header)}")
    if x and y and label:
        return Columns(x, y, label)
    guess = guess_columns(table)
    label = label or guess.label
    free = [name for name in table.header if name in table.numeric and name not in (x, y, label)]
    if len(free) < (x is None) + (y is None):
        raise UserError(f"{table.path.name} needs two columns with numbers beside the class “{label}”")
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


def _dialect(text: str) -> type[csv.Dialect]:
    first_lines = text[:65536].rsplit("\n", 1)[0] or text[:65536]
    try:
        return csv.Sniffer().sniff(first_lines, delimiters=",;\t|")
    except csv.Error:
        return csv.excel


def _header(rows: list[list[str]]) -> tuple[str, ...]:
    first = rows[0]
    if any(map(_is_number, first)):
        return tuple(f"column {i}" for i in range(1, len(first) + 1))
    named = [name or f"column {i}" for i, name in enumerate(first, start=1)]
    return tuple(name if named.count(name) == 1 else f"{name} ({i})" for i, name in enumerate(named, start=1))


def _guess_label(table: Table) -> str:
    by_plain = {name.lower(): name for name in reversed(table.header)}
    named = [
        by_plain[header] for header in LABEL_HEADERS if header in by_plain and not (header == "y" and "x" in by_plain)
    ]
    text = [name for name in reversed(table.header) if name not in table.numeric]
    few = [name for name in reversed(table.header) if len(set(table.column(name))) <= MAX_CLASSES]
    fitting = [name for name in named + text if name in few]
    return (fitting + named + text + few + [table.header[-1]])[0]


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
    return cell.replace(",", ".").replace("−", "-") if cell.count(",") == 1 else cell.replace("−", "-")


def _is_mostly_numbers(cells: list[str]) -> bool:
    present = [cell for cell in cells if not _is_missing(cell)]
    return bool(present) and sum(map(_is_number, present)) > 0.5 * len(present)


def _natural(name: str) -> tuple[float, str]:
    return (float(_plain_number(name)), name) if _is_number(name) else (math.inf, name)
