"""Which columns are likely to be x, y and the class: by their names, what they hold, and where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.session.csv.columns import Column
from playground.session.csv.table import LOOKED_AT, Table
from playground.session.csv.words import listed, short
from playground.session.dataset import MAX_CLASSES, Array
from playground.session.errors import UserError

CLASS_NAMES = frozenset(
    (
        *("class", "classes", "classname", "label", "labels", "target", "species", "category", "group", "type", "kind"),
        *("variety", "sort", "cultivar", "diagnosis", "outcome", "result", "survived", "cluster", "state", "phase"),
        *("klasse", "art", "gruppe", "typ", "sorte", "kategorie", "clase", "especie", "classe", "espèce"),
    )
)
# of columns that number, date or remark on the rows
ROW_NAMES = frozenset(("id", "ids", "index", "idx", "rownames", "rowname", "number", "nr", "no", "num", "key", "uuid"))
DATE_NAMES = frozenset(("date", "datetime", "timestamp", "datum"))
NOTE_NAMES = frozenset(
    ("note", "notes", "comment", "comments", "remark", "remarks", "description", "memo", "name", "url")
)
_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ].*)?|\d{1,2}:\d{2}(:\d{2}.*)?|\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold x1, x2 and the class."""

    x: str
    y: str
    label: str


def guess_columns(table: Table) -> Columns:
    """The likely columns; UserError where there are no two with numbers beside the class."""
    return choose_columns(table, None, None, None)


def likely_columns(table: Table) -> Columns:
    """Three different columns, the likely ones as far as there are any."""
    label = _guess_label(table, ())
    rest = [name for name in _looked_at(table) if name != label]
    x, y = [*_by_worth_as_axis(table, rest), *(name for name in rest if not table.column(name).is_numeric)][:2]
    return Columns(*_in_order(x, y), label)


def choose_columns(table: Table, x: str | None, y: str | None, label: str | None) -> Columns:
    """The named columns, and a guess for those not named; UserError where that leaves one without a column."""
    for name in (x, y, label):
        if name is not None and not table.has(name):
            raise UserError(f"{table.path.name} has no column “{short(name)}”; its columns are {listed(table.header)}")
    label = label or _guess_label(table, (x, y))
    free = _by_worth_as_axis(table, [name for name in _looked_at(table) if name not in (x, y, label)])
    if len(free) < (x is None) + (y is None):
        found = f"only “{short(free[0])}” is free" if free else "none is free"
        raise UserError(
            f"{table.path.name} needs two columns with numbers beside the class, which is “{short(label)}”: {found}"
        )
    if x is None and y is None:
        return Columns(*_in_order(*free[:2]), label)
    return Columns(x or free[0], y or free[0], label)


def _looked_at(table: Table) -> tuple[str, ...]:
    """The columns that a guess looks at: all but those in the middle of very many."""
    return table.header[:LOOKED_AT] + table.header[LOOKED_AT:][-LOOKED_AT:]


def _tokens(name: str) -> list[str]:
    """The words of a column's name: ``Sample Number``, ``user_id`` and ``PassengerId`` have two each."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [token.lower() for token in re.split(r"[\W_]+", parted) if token]


def _in_order(first: str, second: str) -> tuple[str, str]:
    """Across and up: a column called y is not across where there is one called x."""
    is_turned = (first.lower(), second.lower()) in (("y", "x"), ("x2", "x1"), ("y1", "x1"), ("lat", "lon"))
    return (second, first) if is_turned else (first, second)


# -- axes


def _by_worth_as_axis(table: Table, names: Sequence[str]) -> list[str]:
    """Those with numbers, the best first, those of one worth as they stand in the file."""
    numeric = [name for name in names if table.column(name).is_numeric]
    return sorted(numeric, key=lambda name: -_worth_as_axis(table, table.column(name)))


def _worth_as_axis(table: Table, column: Column) -> int:
    if column.name in table.left_out:
        return 0
    if numbers_the_rows(column) or DATE_NAMES & set(_tokens(column.name)):
        return 1
    values = column.values[np.isfinite(column.values)]
    if _goes_evenly(values):
        return 2
    if column.words is None:
        return 4
    different = np.unique(values).size
    if different < 2 <= values.size:
        return 1
    return 3 if different <= MAX_CLASSES and values.size > 2 * MAX_CLASSES else 4


def numbers_the_rows(column: Column) -> bool:
    """Whether a column says which row it is: whole numbers, hardly two alike, with a name for that or without one."""
    values = column.values
    if not np.isfinite(values).all() or (values != np.rint(values)).any():
        return False
    tokens = _tokens(column.name)
    is_named = not tokens or re.fullmatch(r"column \d+|unnamed.*", column.name.lower()) is not None
    if tokens and (tokens[-1] in ROW_NAMES or tokens[0] in {"rownames", "unnamed"}):
        return values.size < 2 or 5 * np.unique(values).size > 4 * values.size
    return is_named and values.size > 2 and np.unique(values).size == values.size


def _goes_evenly(values: Array) -> bool:
    """Whether the values are whole and go on by the same step, as row numbers do; an axis of time may do so too."""
    steps = np.diff(values)
    return bool(values.size > 2 and steps[0] != 0 and (steps == steps[0]).all() and values[0] == np.rint(values[0]))


# -- the class


def _guess_label(table: Table, taken: tuple[str | None, ...]) -> str:
    looked_at = _looked_at(table)
    names = [name for name in looked_at if name not in taken] or list(looked_at)
    if table.label in names:
        return table.label
    has_words = any(_worth_as_class(table, name) > 0 and not table.column(name).is_numeric for name in names)
    is_y_free = "x" not in {name.lower() for name in table.header} and not has_words

    def worth(name: str) -> float:
        if name.lower() == "y":
            return _worth_as_class(table, name) + (4 if is_y_free else -4)
        return _worth_as_class(table, name)

    return max(reversed(names), key=worth)


def _worth_as_class(table: Table, name: str) -> float:
    """The more the likelier; what may be a class at all is above zero."""
    column = table.column(name)
    tokens = set(_tokens(name))
    worth = 4.0 if name.lower() in CLASS_NAMES else 3.0 if tokens & CLASS_NAMES else 0.0
    worth += 1.5 if name == table.header[-1] else 0.5 if name == table.header[0] else 0.0
    worth += 2.5 if not column.is_numeric else 0.0
    if tokens & NOTE_NAMES:
        worth -= 3
    if name in table.left_out or numbers_the_rows(column) or tokens & DATE_NAMES:
        worth -= 8
    return worth + _worth_of_words(column, name == table.header[-1])


def _worth_of_words(column: Column, is_last: bool) -> float:
    if column.words is None:
        return -9
    words, indices = column.words
    counts = np.bincount(indices, minlength=len(words))
    present = {word: int(count) for word, count in zip(words, counts, strict=True) if word}
    if not present or len(present) > MAX_CLASSES:
        return -6
    if 2 * sum(_DATE.fullmatch(word) is not None for word in present) > len(present):
        return -8
    empty = 1 - sum(present.values()) / indices.size
    worth = -1.5 if empty else 0.0
    worth -= 1.5 if len(present) == 1 < indices.size else 0.0
    if indices.size >= 6 and 2 * len(present) > indices.size:
        worth -= 6.0 if len(present) == indices.size else 3.0
    if column.is_numeric and is_last and len(present) == 2 and column.strange is None:
        values = column.values[np.isfinite(column.values)]
        worth += 2.5 if (values == np.rint(values)).all() else 0.0
    if column.is_numeric and any("." in word for word in present):
        worth -= 0.5
    return worth
