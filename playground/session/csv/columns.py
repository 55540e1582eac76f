"""One column of a table: its cells as numbers, and, where they are few, as words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from playground.session.csv.numbers import SEPARATOR, decimal_mark, read_number, read_numbers
from playground.session.dataset import Array

FEW = 1000  # different cells up to which a column may hold words that stand for something

Words = tuple[tuple[str, ...], Array]  # the different cells, and for each row (m,) which of them it holds


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of m cells.

    ``values`` (m,) float64: NaN where a cell stands for no value, infinite where it is no number. ``words`` are the
    different cells and which of them each row holds; None where there are more than `FEW`. ``strange`` is the first
    cell that is no number, by row and text.
    """

    name: str
    values: Array
    words: Words | None
    strange: tuple[int, str] | None = None
    is_sure: bool = True  # whether its numbers can be read in one way only
    example: str = ""  # a cell that could be read in another way

    @property
    def is_numeric(self) -> bool:
        """Whether more than half of the cells that hold something are numbers."""
        numbers = np.count_nonzero(np.isfinite(self.values))
        return bool(2 * numbers > self.values.size - np.count_nonzero(np.isnan(self.values)))


def make_column(name: str, pieces: Sequence[str], elsewhere: str | None, delimiter: str) -> Column:
    """A column from its pieces, each some rows' cells with `SEPARATOR` between them."""
    decimal, is_sure = decimal_mark(pieces, elsewhere, delimiter)
    words = _words(pieces)
    if words is not None:
        of_each_word = np.array([read_number(word, decimal) for word in words[0]])
        values = of_each_word[words[1]]
    else:
        values = np.concatenate([read_numbers(piece, decimal) for piece in pieces])
    is_strange = np.isinf(values)
    strange = None
    if is_strange.any():
        row = int(is_strange.argmax())
        strange = row, cell_at(pieces, row)
    example = "" if is_sure else next(cell for piece in pieces for cell in piece.split(SEPARATOR) if "," in cell)
    return Column(name, values, words, strange, is_sure, example)


def cell_at(pieces: Iterable[str], row: int) -> str:
    """The cell of one row."""
    for piece in pieces:
        count = piece.count(SEPARATOR) + 1
        if row < count:
            return piece.split(SEPARATOR)[row]
        row -= count
    raise IndexError(row)


def _words(pieces: Sequence[str]) -> Words | None:
    places: dict[str, int] = {}
    indices = []
    for piece in pieces:
        cells = piece.split(SEPARATOR)
        for cell in set(cells) - places.keys():
            places[cell] = len(places)
        if len(places) > FEW:
            return None
        indices.append(np.array([places[cell] for cell in cells], np.uint16))
    return tuple(places), np.concatenate(indices)
