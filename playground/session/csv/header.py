"""The first rows of a table: names of its columns, a count of its rows, or values already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from playground.session.csv.numbers import MISSING, is_number

Row = list[str]

_ORANGE_TYPES = frozenset(("continuous", "c", "discrete", "d", "string", "s", "time", "t", "basket", ""))
_ORANGE_FLAG = re.compile(r"(class|c|meta|m|ignore|i|weight|w)?(\s*-?\w+=\S*)*", re.IGNORECASE)
_ORANGE_PREFIX = re.compile(r"([mic]?[CDSTN]|[mic])#(?=\S)")
YEARS = range(1800, 2200)


@dataclass(frozen=True, slots=True)
class Heading:
    """Names of columns ("" where one has none), the class's column and those left out, where the file says so."""

    names: tuple[str, ...]
    label: int | None = None
    left_out: frozenset[int] = frozenset()
    rows: int = 1  # that it takes, none where the names are not in the file


def counts_the_rows(first: Row, body: Sequence[Row], width: int) -> bool:
    """Whether the first line is such as ``150,4,setosa,versicolor,virginica``: rows, features, names of classes."""
    if len(first) < 3 or not all(cell.isascii() and cell.isdigit() for cell in first[:2]):
        return False
    names = first[2:]
    known = {cell for row in body for cell in row}
    return int(first[1]) == width - 1 and not any(is_number(name) or name in known for name in names)


def names_columns(first: Row, body: Sequence[Row]) -> bool:
    """Whether the first row holds names: words over numbers, or numbers that can be no values, such as years."""
    if not any(map(is_number, first)):
        return True
    columns = list(zip(*body, strict=True))
    over_numbers = [cell for cell, column in zip(first, columns, strict=False) if _is_of_numbers(column)]
    if any(not is_number(cell) and cell.lower() not in MISSING for cell in over_numbers):
        return True
    whole = [int(cell) for cell in over_numbers if cell.isascii() and cell.isdigit()]
    if not whole or len(whole) < sum(map(is_number, first)) or len(set(whole)) < len(whole):
        return False
    if len(whole) < len([cell for cell in first if cell]):
        signs = _are_years(whole), _are_beyond(first, columns), _has_a_strange_word(first, columns)
        return sum(signs) >= 2
    in_turn = all(after - before == 1 for before, after in pairwise(whole))
    return in_turn and len(whole) >= 3 and _hold_fractions(columns) and (whole[0] in (0, 1) or _are_years(whole))


def heading_of(rows: Sequence[Row]) -> Heading:
    """What the first row says about the columns; Orange's two more rows of types and roles are read as well."""
    names = rows[0]
    if len(rows) > 3 and _are_orange_s(rows[1], rows[2]):
        roles = [cell.split()[0].lower() if cell else "" for cell in rows[2]]
        words = frozenset(i for i, cell in enumerate(rows[1]) if cell.lower() in ("string", "s"))
        return Heading(tuple(names), *_roles(roles, words), rows=3)
    prefixes = [_ORANGE_PREFIX.match(name) for name in names]
    if any(prefixes):
        roles = [prefix.group(1)[0] if prefix else "" for prefix in prefixes]
        plain = tuple(_ORANGE_PREFIX.sub("", name, count=1) for name in names)
        return Heading(plain, *_roles(roles, frozenset()))
    return Heading(tuple(names))


def unlike_each_other(names: Sequence[str]) -> tuple[str, ...]:
    """Each name made unlike those before it; the column's number where there is none."""
    taken: set[str] = set()
    result = []
    for i, given in enumerate(names, start=1):
        name = given or f"column {i}"
        while name in taken:
            name += f" ({i})"
        taken.add(name)
        result.append(name)
    return tuple(result)


def _roles(roles: Sequence[str], words: frozenset[int]) -> tuple[int | None, frozenset[int]]:
    label = next((i for i, role in enumerate(roles) if role in ("class", "c")), None)
    left_out = {i for i, role in enumerate(roles) if role in ("meta", "m", "ignore", "i", "weight", "w")}
    return label, frozenset(left_out | words)


def _are_orange_s(types: Row, roles: Row) -> bool:
    plain = [cell.lower() for cell in types]
    has_types = any(cell in _ORANGE_TYPES - {""} for cell in plain)
    return (
        has_types
        and all(cell in _ORANGE_TYPES or len(cell.split()) > 1 for cell in plain)
        and all(_ORANGE_FLAG.fullmatch(cell) for cell in roles)
    )


def _is_of_numbers(column: Sequence[str]) -> bool:
    present = [cell for cell in column if cell.lower() not in MISSING]
    return 2 * sum(map(is_number, present)) > len(present)


def _has_a_strange_word(first: Row, columns: Sequence[Sequence[str]]) -> bool:
    """Whether a word in the first row is none of its column's few words: no class of this file."""
    return any(
        cell and not is_number(cell) and cell not in column and 2 * len(set(column)) <= len(column)
        for cell, column in zip(first, columns, strict=False)
    )


def _are_years(whole: Sequence[int]) -> bool:
    return all(number in YEARS for number in whole)


def _are_beyond(first: Row, columns: Sequence[Sequence[str]]) -> bool:
    """Whether each number of the first row is outside of what its column holds."""
    pairs = [(int(cell), column) for cell, column in zip(first, columns, strict=False) if cell.isdigit()]
    values = [
        (number, [float(cell.replace(",", ".")) for cell in column if _is_simple(cell)]) for number, column in pairs
    ]
    return all(column and not min(column) <= number <= max(column) for number, column in values)


def _hold_fractions(columns: Sequence[Sequence[str]]) -> bool:
    return sum(any("." in cell or "," in cell for cell in column) for column in columns) >= 2


def _is_simple(cell: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]+([.,][0-9]*)?", cell) is not None
