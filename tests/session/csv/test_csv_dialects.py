"""The ways in which people's programs write a table, and which columns a file's reader takes for which."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.csv import (
    Columns,
    choose_columns,
    dataset_from,
    doubts,
    guess_columns,
    judge,
    likely_columns,
    read_table,
)
from playground.session.csv.numbers import SEPARATOR, decimal_mark, is_number, read_number, read_numbers
from playground.session.csv.table import Table
from playground.session.errors import UserError
from tests.trials.csv_dialects import DIALECTS, make_truth


def table_of(folder: Path, content: str | bytes, name: str = "points.csv") -> Table:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_table_is_read_exactly_and_guessed_right_in_each_order_of_its_columns(tmp_path: Path, name: str) -> None:
    for seed in range(6):
        r = random.Random(seed)
        truth = make_truth(r, seed)
        table = table_of(tmp_path, DIALECTS[name](truth, r))
        guess = guess_columns(table)
        assert (guess.label, {guess.x, guess.y}) == (truth.label, {truth.x, truth.y})
        dataset, _ = dataset_from(table, Columns(truth.x, truth.y, truth.label))
        assert dataset.X.tolist() == [[*map(float, truth.columns[axis])] for axis in (truth.x, truth.y)]
        assert [dataset.class_name(i) for i in dataset.labels] == truth.columns[truth.label]


# Numbers


@pytest.mark.parametrize(
    "cell",
    [
        "2_10",
        "1_000",
        "infinity",
        "inf",
        "1e",
        "0x1F",
        "１２",
        "١٢",
        "1.2.3",
        "--1",
        "5%",
        "$5",
        "1,5,2",
        "12:30",
        "1d5",
        "+",
    ],
)
def test_what_python_or_nobody_takes_for_a_number_is_none_here(cell: str) -> None:
    assert not is_number(cell)
    assert read_number(cell) == np.inf


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("1,174", ".", 1174),
        ("1,174", ",", 1.174),
        ("1,174.5", ".", 1174.5),
        ("1.174,5", ",", 1174.5),
        ("−1 174,5", ",", -1174.5),
        ("1'174.5", ".", 1174.5),
        ("1\u202f174", ".", 1174),
        ("0,123", ",", 0.123),
        (".5", ".", 0.5),
        ("5.", ".", 5),
        ("+1e-3", ".", 0.001),
        ("1,5e3", ",", 1500),
    ],
)
def test_numbers_are_read_by_their_decimal_mark(cell: str, decimal: str, number: float) -> None:
    assert read_number(cell, decimal) == number


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_a_piece_is_read_as_its_cells_are_to_the_last_bit(values: list[float]) -> None:
    piece = SEPARATOR.join(map(repr, values))
    assert read_numbers(piece, ".").tolist() == values == [read_number(repr(value)) for value in values]
    assert read_numbers(piece.replace(".", ","), ",").tolist() == values


@pytest.mark.parametrize(
    ("cells", "elsewhere", "delimiter", "mark", "is_sure"),
    [
        (["1,174", "941"], None, ";", ".", True),
        (["1,174", "941"], None, "\t", ".", True),
        (["1,174", "2931"], None, ";", ",", True),
        (["1,174", "941"], ",", ";", ",", True),
        (["1,174", "1,5"], None, "\t", ",", True),
        (["1,174", "0,941"], None, "\t", ",", True),
        (["1,174", "2,931,000"], None, ";", ".", True),
        (["1,174", "2,931"], None, ";", ",", False),
        (["1,174", "2,931"], None, "\t", ",", False),
        (["1,174", "2,931"], None, ",", ".", False),
        (["1,174", "2,931"], ".", "\t", ".", True),
        (["1.174", "2.931"], None, ";", ".", True),
        (["1.174", "2.931"], ",", ";", ",", True),
        (["oak, old", "elm"], None, ";", ".", True),
    ],
)
def test_the_whole_column_decides_on_its_decimal_mark(
    cells: list[str], elsewhere: str | None, delimiter: str, mark: str, is_sure: bool
) -> None:
    assert decimal_mark([SEPARATOR.join(cells)], elsewhere, delimiter) == (mark, is_sure)
    assert decimal_mark(cells, elsewhere, delimiter) == (mark, is_sure)


def test_what_can_be_read_in_two_ways_is_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, "x\ty\tkind\n1,174\t1\ta\n2,931\t3\tb\n")
    assert doubts(table, guess_columns(table)) == ("“1,174” in column “x” is read as 1.174",)


# The class


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["1", "1.0", "01", "2"], ["1", "2"]),
        (["1.0", "2.0", "1.0"], ["1.0", "2.0"]),
        (["01", "02"], ["01", "02"]),
        (["1", "1.0", "a"], ["1", "1.0", "a"]),
        (["1,0", "1"], ["1"]),
    ],
)
def test_one_number_is_one_class_however_it_is_written(tmp_path: Path, labels: list[str], names: list[str]) -> None:
    rows = "".join(f"{i};{i};{label}\n" for i, label in enumerate(labels))
    assert list(judge(table_of(tmp_path, f"x;y;class\n{rows}"), Columns("x", "y", "class")).names) == names


# The first lines


@pytest.mark.parametrize(
    ("content", "header", "m"),
    [
        ("2019,2020,kind\n1.5,2,a\n3,4,b\n5,6,a\n2,2,b\n", ("2019", "2020", "kind"), 4),
        ("name,2019,2020\na,1,2\nb,3,4\n", ("name", "2019", "2020"), 2),
        ("0,1,2\n1.5,2.5,1\n-3.5,4.2,0\n", ("0", "1", "2"), 2),
        ("5.1,3.5,rare\n5.0,3.6,a\n4.9,3.1,a\n4.8,3.0,b\n4.7,3.2,b\n", ("column 1", "column 2", "column 3"), 5),
        ("4,2,setosa,versicolor\n1.5,2,0\n3,4,1\n5,6,0\n2,2,1\n", ("column 1", "column 2", "column 3"), 4),
    ],
)
def test_a_first_line_with_numbers_is_a_header_or_a_count_or_a_point(
    tmp_path: Path, content: str, header: tuple[str, ...], m: int
) -> None:
    table = table_of(tmp_path, content)
    assert (table.header, table.m) == (header, m)


def test_a_line_that_was_left_out_is_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Plants of 2024\nx,y,kind\n1,2,a\n3,4,b\n")
    assert table.remarks == ("line 1 (“Plants of 2024”) left out, before the table",)


def test_a_decimal_comma_between_commas_is_no_row_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"line 2 \(“1,5,2,a”\): 4 cells where the header has 3: put numbers"):
        table_of(tmp_path, "x,y,kind\n1,5,2,a\n3,7,4,b\n")


# Guesses


# a row for each i, of the square and the cube beside what is to be passed over
GUESSES = [
    ("User ID,Sex,Age,Pay,Bought", "{id},{c},{s},{q},{b}", ("Age", "Pay", "Bought")),
    (",stem,leaf,kind", "{t},{s},{q},{c}", ("stem", "leaf", "kind")),
    ("Sample Number,u,v,type", "{i},{s},{q},{c}", ("u", "v", "type")),
    ("kind,date,a,b", "{c},2024-01-{i},{s},{q}", ("a", "b", "kind")),
    ("kind,a,b,note", "{c},{s},{q},see {c}", ("a", "b", "kind")),
    ("PassengerId,Survived,Pclass,Age,Fare", "{i},{b},{t},{s},{q}", ("Age", "Fare", "Survived")),
    ("y,x,class", "{s},{q},{c}", ("x", "y", "class")),
    ("t,u,kind", "{i},{s},{c}", ("u", "t", "kind")),
]


@pytest.mark.parametrize(("header", "row", "columns"), GUESSES)
def test_numbers_of_rows_dates_and_notes_are_neither_axes_nor_classes(
    tmp_path: Path, header: str, row: str, columns: tuple[str, str, str]
) -> None:
    rows = [
        row.format(i=i + 10, id=9000 + 77 * i % 500, t=3 * i, s=i * i, q=i**3, c="ab"[i % 2], b=i % 3 % 2)
        for i in range(20)
    ]
    assert guess_columns(table_of(tmp_path, "\n".join([header, *rows]))) == Columns(*columns)


def test_a_table_without_numbers_has_likely_columns_all_the_same(tmp_path: Path) -> None:
    assert likely_columns(table_of(tmp_path, "a,b,c\nx,y,z\nu,v,w\n")) == Columns("a", "b", "c")


def test_of_very_many_names_a_message_lists_the_first(tmp_path: Path) -> None:
    names = [f"c{i}" for i in range(10_000)]
    table = table_of(tmp_path, f"{','.join(names)}\n{','.join(['1'] * 10_000)}\n")
    with pytest.raises(UserError) as caught:
        choose_columns(table, "wings", None, None)
    assert str(caught.value).endswith("its columns are c0, c1, c2, c3, c4, c5, c6, c7 and 9992 more")


# Reading


def test_reading_tells_how_far_it_is_and_can_be_called_off(tmp_path: Path) -> None:
    shares: list[float] = []
    path = tmp_path / "large.csv"
    path.write_text("x,y,kind\n" + "1.5,2.5,a\n" * 20_000)
    assert read_table(path, shares.append).m == 20_000
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 5

    def call_off(share: float) -> None:
        if share > 0.5:
            raise KeyError("called off")

    with pytest.raises(KeyError, match="called off"):
        read_table(path, call_off)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_text("x,y,kind\n1,2,a\n3,4,b\n")

    def grow(_share: float) -> None:
        path.write_text("x,y,kind\n1,2,a\n3,4,b\n5,6,a\n")

    with pytest.raises(UserError, match=r"growing\.csv was changed while it was read: open it again"):
        read_table(path, grow)
