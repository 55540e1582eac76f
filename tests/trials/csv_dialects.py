"""Tables whose points are known, and the ways in which people's programs write such tables."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

WORDS = {
    "words": ["cat", "dog", "emu", "fox", "gnu", "hen"],
    "whole": ["1", "2", "3", "4", "5", "6"],
    "mixed": ["A1", "B2", "c-3", "D_4", "e.5", "F/6"],
    "signs": ["+", "-", "NA", "?", "none", "nan"],
    "Latin": ["Größe", "été", "Ångström", "niño", "naïf", "cœur"],
}
ENDS = ("\n", "\r\n", "\r")


@dataclass
class Truth:
    """Columns in the order of the file; of the three that matter the names are x, y and label."""

    names: list[str]
    columns: dict[str, list[str]]  # text of each cell as a program without habits writes it
    x: str
    y: str
    label: str


def make_truth(r: random.Random, seed: int) -> Truth:
    """A random table; the three columns stand in each of their six orders in turn, the others anywhere."""
    m = r.choice([12, 20, 80, 250])
    classes = r.randint(2, 6)
    words = WORDS[r.choice(list(WORDS))][:classes]
    scale, digits = r.choice([1, 10, 1e-2, 1e3, 1e6]), r.choice([1, 2, 4, 6])
    x, y = r.choice([("len", "width"), ("x", "y"), ("Age", "Pay"), ("stem", "leaf")])
    label = r.choice(["species", "class", "Kind", "label", "variety"])
    columns = {
        name: [f"{r.uniform(-scale, scale) or 1:.{max(digits, 5 if scale < 1 else 0)}f}" for _ in range(m)]
        for name in (x, y)
    }
    columns[label] = [words[i % classes] for i in range(m)]
    r.shuffle(columns[label])
    names = list(list(permutations((x, y, label)))[seed % 6])
    others: dict[str, list[str]] = {
        r.choice(["id", "", "Sample Number", "rownames"]): [str(i + 1) for i in range(m)],
        "date": [f"2024-0{r.randint(1, 9)}-1{r.randint(0, 9)}" for _ in range(m)],
        "note": [r.choice(["", "a b", "see below", "x"]) for _ in range(m)],
        "plot": [f"{1 + i // 10}_{i}" for i in range(m)],
    }
    for name, cells in others.items():
        if r.random() < 0.25:
            columns[name] = cells
            names.insert(r.randint(0, len(names)), name)
    return Truth(names, columns, x, y, label)


def _rows(truth: Truth) -> list[list[str]]:
    return [list(row) for row in zip(*(truth.columns[name] for name in truth.names), strict=True)]


def _quoted(cell: str, delimiter: str, quote: str = '"') -> str:
    return f"{quote}{cell}{quote}" if delimiter in cell or (cell == "" and delimiter == " ") else cell


def _is_float(cell: str) -> bool:
    return "." in cell and cell.replace(".", "").lstrip("-").isdigit()


def _text(rows: list[list[str]], delimiter: str, end: str = "\n") -> str:
    return "".join(delimiter.join(_quoted(cell, delimiter) for cell in row) + end for row in rows)


def _with_commas(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.replace(".", ",") if _is_float(cell) else cell for cell in row] for row in rows]


def _grouped(rows: list[list[str]], decimal: str, group: str) -> list[list[str]]:
    def cell_of(cell: str) -> str:
        if not _is_float(cell):
            return cell
        whole, fraction = cell.split(".")
        return f"{int(whole):,}".replace(",", group) + decimal + fraction if int(whole) else cell.replace(".", decimal)

    return [[cell_of(cell) for cell in row] for row in rows]


Writer = Callable[[Truth, random.Random], bytes]
DIALECTS: dict[str, Writer] = {}


def _dialect(name: str) -> Callable[[Writer], Writer]:
    def note(writer: Writer) -> Writer:
        DIALECTS[name] = writer
        return writer

    return note


def _whole(truth: Truth) -> list[list[str]]:
    return [truth.names, *_rows(truth)]


def _simple(name: str, delimiter: str, encoding: str = "utf-8", *, commas: bool = False) -> None:
    def write(truth: Truth, r: random.Random) -> bytes:
        rows = _with_commas(_rows(truth)) if commas else _rows(truth)
        return _text([truth.names, *rows], delimiter, r.choice(ENDS)).encode(encoding, "replace")

    DIALECTS[name] = write


for _name, _delimiter in (("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("blanks", " ")):
    _simple(_name, _delimiter)
    if _delimiter != ",":
        _simple(f"{_name}, decimal commas", _delimiter, commas=True)
_simple("quoted decimal commas", ",", commas=True)
_simple("UTF-8 with a mark", ",", "utf-8-sig")
_simple("UTF-16", "\t", "utf-16")
_simple("UTF-16 without a mark", ";", "utf-16-le")
_simple("Windows-1252", ";", "cp1252")


@_dialect("thousands by commas")
def _(truth: Truth, r: random.Random) -> bytes:
    return _text([truth.names, *_grouped(_rows(truth), ".", ",")], r.choice([",", ";", "\t"])).encode()


@_dialect("thousands by points, decimal commas")
def _(truth: Truth, r: random.Random) -> bytes:
    return _text([truth.names, *_grouped(_rows(truth), ",", ".")], r.choice([",", ";", "\t"])).encode()


@_dialect("thousands by blanks")
def _(truth: Truth, r: random.Random) -> bytes:
    return _text([truth.names, *_grouped(_rows(truth), r.choice(".,"), r.choice([" ", "\u202f", "'"]))], ";").encode()


@_dialect("empty header cells at the end")
def _(truth: Truth, r: random.Random) -> bytes:
    return _text([[*truth.names, "", ""], *_rows(truth)], ",").encode()


@_dialect("one comma too many in each row")
def _(truth: Truth, r: random.Random) -> bytes:
    return _text([truth.names, *([*row, ""] for row in _rows(truth))], r.choice(",;\t")).encode()


@_dialect("empty cells all through")
def _(truth: Truth, r: random.Random) -> bytes:
    return _text([[*row, "", ""] for row in _whole(truth)], ";").encode()


@_dialect("sep=")
def _(truth: Truth, r: random.Random) -> bytes:
    return ("sep=;\r\n" + _text([truth.names, *_with_commas(_rows(truth))], ";", "\r\n")).encode()


@_dialect("comments and a title")
def _(truth: Truth, r: random.Random) -> bytes:
    return ("# made by hand, 2024\n# see also: https://example.org\nMy plants\n\n" + _text(_whole(truth), ",")).encode()


@_dialect("numpy.savetxt")
def _(truth: Truth, r: random.Random) -> bytes:
    return ("# " + _text(_whole(truth), r.choice([",", " "]))).encode()


@_dialect("R's write.table")
def _(truth: Truth, r: random.Random) -> bytes:
    rows = [[f'"{i}"', *row] for i, row in enumerate(_rows(truth), start=1)]
    names = " ".join(f'"{name or "X"}"' for name in truth.names)
    return (
        names + "\n" + "".join(" ".join([row[0], *(f'"{cell}"' for cell in row[1:])]) + "\n" for row in rows)
    ).encode()


@_dialect("scikit-learn's counts")
def _(truth: Truth, r: random.Random) -> bytes:
    rows = _rows(truth)
    return (f"{len(rows)},{len(truth.names) - 1},first,second\n" + _text([truth.names, *rows], ",")).encode()


@_dialect("Orange")
def _(truth: Truth, r: random.Random) -> bytes:
    types = {truth.x: "continuous", truth.y: "c", truth.label: "discrete"}
    kinds = [types.get(name, "string") for name in truth.names]
    roles = ["class" if name == truth.label else "" if name in types else "meta" for name in truth.names]
    return _text([[name or "row" for name in truth.names], kinds, roles, *_rows(truth)], "\t").encode()


@_dialect("ARFF")
def _(truth: Truth, r: random.Random) -> bytes:
    truth.columns[truth.label] = ["q" if cell == "?" else cell for cell in truth.columns[truth.label]]  # ? is missing
    kinds = {
        truth.x: "NUMERIC",
        truth.y: "real",
        truth.label: "{" + ",".join(map(repr, set(truth.columns[truth.label]))) + "}",
    }
    head = [f"@ATTRIBUTE '{name or 'row'}' {kinds.get(name, 'string')}" for name in truth.names]
    rows = [
        ",".join(
            f"'{cell}'" if name not in (truth.x, truth.y) else cell for name, cell in zip(truth.names, row, strict=True)
        )
        for row in _rows(truth)
    ]
    return "\n".join(["% a comment", "@RELATION plants", "", *head, "", "@data", *rows, ""]).encode()


@_dialect("long lines")
def _(truth: Truth, r: random.Random) -> bytes:
    rows = [[*row, "z" * r.randint(1300, 3000)] for row in _with_commas(_rows(truth))]
    return _text([[*truth.names, "long remark"], *rows], r.choice([";", "\t"])).encode()


@_dialect("missing numbers")
def _(truth: Truth, r: random.Random) -> bytes:
    rows = _rows(truth)
    own = (truth.x, truth.y, truth.label)
    extra = [
        [str(len(rows) + 1 + i) if name not in own else rows[i][k] for k, name in enumerate(truth.names)]
        for i in range(3)
    ]
    for row in extra:
        row[truth.names.index(truth.y)] = r.choice(["NA", "", "?", "-", "nan", "#N/A"])
    return _text([truth.names, *rows, *extra], ",").encode()
