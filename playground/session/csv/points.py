"""Three columns of a table as points of classes."""

from dataclasses import dataclass

import numpy as np

from playground.session.csv.columns import Column
from playground.session.csv.guess import Columns
from playground.session.csv.numbers import is_number, read_number
from playground.session.csv.table import Table
from playground.session.csv.words import grouped, plural, short
from playground.session.dataset import LARGEST, MAX_CLASSES, MIN_CLASSES, Array, ClassLabel, Dataset, stratified_ranks
from playground.session.errors import UserError


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What three columns give: the classes' names in order, each row's class (m,), and which rows miss nothing (m,)."""

    names: tuple[str, ...]
    labels: Array
    is_whole: Array

    @property
    def m(self) -> int:
        """How many points there are."""
        return int(np.count_nonzero(self.is_whole))

    @property
    def skipped(self) -> int:
        """How many rows miss something."""
        return int(self.is_whole.size) - self.m

    @property
    def verdict(self) -> str:
        """Points and classes, in words; without a full stop."""
        if len(self.names) == 1:
            classes = f"one class only (“{short(self.names[0])}”), where a softmax needs two to tell apart"
        else:
            classes = f"{len(self.names)} classes"
        return f"{plural(self.m, 'point')} of {classes}{skipped_rows(self.skipped)}"


def skipped_rows(count: int) -> str:
    """What to say of rows that miss a value; empty where there are none."""
    return f", {plural(count, 'row')} with missing values skipped" if count else ""


def judge(table: Table, columns: Columns) -> Choice:
    """What three columns give; UserError, with the line that it speaks of, where they give nothing."""
    if len({columns.x, columns.y, columns.label}) < 3:
        raise UserError("the two axes and the class must be three different columns")
    axes = [table.column(columns.x), table.column(columns.y)]
    for axis in axes:
        _refuse_strange(table, axis)
    names, labels = _classes(table.column(columns.label))
    is_whole = (labels >= 0) & np.isfinite(axes[0].values) & np.isfinite(axes[1].values)
    if not is_whole.any():
        raise UserError(
            f"every row of {table.path.name} misses a value in {short(columns.x)}, {short(columns.y)} or "
            f"{short(columns.label)}"
        )
    present = np.flatnonzero(np.bincount(labels[is_whole], minlength=len(names)))
    place = np.full(len(names) + 1, -1)
    place[present] = np.arange(present.size)
    return Choice(tuple(names[i] for i in present), place[labels], is_whole)


def dataset_from(table: Table, columns: Columns) -> tuple[Dataset, int]:
    """The points of three columns, and how many rows were skipped because one of the three was missing."""
    choice = judge(table, columns)
    X = np.array([table.column(name).values[choice.is_whole] for name in (columns.x, columns.y)])
    labels = choice.labels[choice.is_whole]
    names = [*choice.names, *[""] * (MIN_CLASSES - len(choice.names))]
    classes = tuple(ClassLabel(style, name) for style, name in enumerate(names))
    ranks = stratified_ranks(labels, np.random.default_rng(0))
    return Dataset(X, labels, ranks, classes, (columns.x, columns.y), table.path.stem), choice.skipped


def doubts(table: Table, columns: Columns) -> tuple[str, ...]:
    """A sentence for each axis whose numbers can be read in two ways."""
    axes = [table.column(name) for name in (columns.x, columns.y)]
    return tuple(
        f"“{short(axis.example)}” in column “{short(axis.name)}” is read as {_number_of(axis)}"
        for axis in axes
        if not axis.is_sure
    )


def _number_of(axis: Column) -> str:
    return f"{axis.values[np.isfinite(axis.values)][0]:g}"


def _refuse_strange(table: Table, axis: Column) -> None:
    if axis.strange is not None:
        row, cell = axis.strange
        where = f"{table.at_row(row)}: “{short(cell)}”"
        if not axis.is_numeric:
            raise UserError(f"column “{short(axis.name)}” holds no numbers, {where}: choose another column")
        raise UserError(f"{where} in column “{short(axis.name)}” is not a number; mend it or choose another column")
    too_large = np.abs(axis.values) > LARGEST
    if too_large.any():
        raise UserError(
            f"{table.at_row(int(too_large.argmax()))}: coordinates must be numbers between −{LARGEST:g} and {LARGEST:g}"
        )


def _classes(column: Column) -> tuple[list[str], Array]:
    """The names of a column's classes in order, and the class of each row, −1 where its cell is empty."""
    if column.words is None:
        raise UserError(_TOO_MANY.format(short(column.name), _how_many(column)))
    words, indices = column.words
    named = _same_numbers_as_one([word for word in words if word])
    names = sorted(set(named.values()), key=_natural)
    if len(names) > MAX_CLASSES:
        raise UserError(_TOO_MANY.format(short(column.name), grouped(len(names))))
    place = {name: i for i, name in enumerate(names)}
    of_each_word = np.array([place[named[word]] if word else -1 for word in words], np.intp)
    return names, of_each_word[indices]


_TOO_MANY = (
    "column “{}” has {} different values; the plane shows "
    f"{MIN_CLASSES} to {MAX_CLASSES} classes: choose another column for the class, or merge some in the file"
)


def _how_many(column: Column) -> str:
    return f"{grouped(np.unique(column.values).size)}" if column.strange is None else "more than 1000"


def _same_numbers_as_one(words: list[str]) -> dict[str, str]:
    """Each word's class: in a column of numbers alone 1, 1.0 and 01 are one, which is called by its shortest word."""
    if not all(map(is_number, words)):
        return {word: word for word in words}
    numbers = {word: _value(word) for word in words}
    shortest: dict[float, str] = {}
    for word in words:
        known = shortest.setdefault(numbers[word], word)
        shortest[numbers[word]] = min(known, word, key=len)
    return {word: shortest[numbers[word]] for word in words}


def _value(word: str) -> float:
    number = read_number(word)
    return number if np.isfinite(number) else read_number(word, ",")


def _natural(name: str) -> tuple[float, str]:
    return (_value(name), name) if is_number(name) else (np.inf, name)
