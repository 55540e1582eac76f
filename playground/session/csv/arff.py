"""Weka's ARFF: ``@attribute`` lines name the columns, the rows come after ``@data``, ``?`` is a missing value."""

import re
from collections.abc import Iterable

from playground.session.csv.header import Heading
from playground.session.csv.lines import Source
from playground.session.errors import UserError

_FIRST = re.compile(r"\s*@(relation|attribute|data)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s*@attribute\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|\S+?)\s*(\{.*|\s\S+)", re.IGNORECASE)
_DATA = re.compile(r"\s*@data\b", re.IGNORECASE)


def is_arff(lines: Iterable[str]) -> bool:
    """Whether the first line that is no comment is one of ARFF's."""
    return any(_FIRST.match(line) for line in [line for line in lines if line.strip() and line.lstrip()[0] != "%"][:1])


def read_heading(source: Source) -> tuple[Heading, int]:
    """The names of the columns, the last one of named values as the class, and the number of the line ``@data``."""
    names: list[str] = []
    nominal: list[int] = []
    words: set[int] = set()
    for number, line in enumerate(source.lines(), start=1):
        if attribute := _ATTRIBUTE.match(line):
            kind = attribute.group(2).strip().lower()
            nominal += [len(names)] if kind.startswith("{") else []
            words |= {len(names)} if kind.startswith(("string", "date", "relational")) else set()
            names.append(re.sub(r"\\(.)", r"\1", attribute.group(1).strip("'\"")))
        elif _DATA.match(line):
            return Heading(tuple(names), nominal[-1] if nominal else None, frozenset(words), rows=0), number
        elif line.lower().lstrip().startswith("@attribute"):
            raise UserError(f"{source.path.name}, {source.at_line(number)}: an @attribute needs a name and a type")
    raise UserError(f"{source.path.name} has no line @data: it needs one, and a line for each point after it")
