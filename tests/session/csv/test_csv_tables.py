"""CSV files: the ways people write them, and a sentence that helps for each way that cannot be read."""

from pathlib import Path

import numpy as np
import pytest

from playground.resources import asset
from playground.session.csv import (
    Columns,
    Table,
    choose_columns,
    dataset_from,
    guess_columns,
    read_table,
)
from playground.session.dataset import Dataset
from playground.session.errors import UserError

XY = Columns("x", "y", "class")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def table_of(folder: Path, content: str | bytes) -> Table:
    path = folder / "points.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


def points_of(folder: Path, content: str | bytes, columns: Columns | None = None) -> Dataset:
    table = table_of(folder, content)
    return dataset_from(table, columns or guess_columns(table))[0]


def summary(dataset: Dataset) -> tuple[list[list[float]], list[str]]:
    """Each point's place, and its class by name."""
    return dataset.X.T.tolist(), [dataset.classes[label].name for label in dataset.labels]


TWO_POINTS = ([[1.5, 2.0], [-3.0, 4.25]], ["a", "b"])


# Ways to write the same two points


@pytest.mark.parametrize(
    "content",
    [
        "x,y,class\n1.5,2,a\n-3,4.25,b\n",
        "x,y,class\n1.5,2,a\n-3,4.25,b",
        "x;y;class\n1.5;2;a\n-3;4.25;b\n",
        "x;y;class\n1,5;2;a\n-3;4,25;b\n",
        "x\ty\tclass\n1.5\t2\ta\n-3\t4.25\tb\n",
        "x|y|class\n1.5|2|a\n-3|4.25|b\n",
        "x,y,class\r\n1.5,2,a\r\n-3,4.25,b\r\n",
        "x,y,class\r1.5,2,a\r-3,4.25,b\r",
        "\ufeffx,y,class\n1.5,2,a\n-3,4.25,b\n",
        "\ufeffx;y;class\r\n1,5;2;a\r\n-3;4,25;b\r\n",
        '"x","y","class"\n"1.5","2","a"\n"-3","4.25","b"\n',
        "x, y, class\n1.5, 2, a\n-3, 4.25, b\n",
        "x,y,class\n 1.5 ,2, a \n-3,4.25,b\n",
        "\nx,y,class\n\n1.5,2,a\n\n-3,4.25,b\n\n\n",
        "x,y,class\n1.5e0,0.2E1,a\n−3,4.25,b\n",  # a minus sign as printed
        "class,x,y\na,1.5,2\nb,-3,4.25\n",
        "x,class,y\n1.5,a,2\n-3,b,4.25\n",
    ],
)
def test_the_same_two_points_however_they_are_written(folder: Path, content: str) -> None:
    dataset = points_of(folder, content)
    assert summary(dataset) == TWO_POINTS
    assert dataset.axes == ("x", "y")
    assert dataset.name == "points"


def test_a_file_without_a_header_gets_one(folder: Path) -> None:
    table = table_of(folder, "1.5,2,a\n-3,4.25,b\n")
    assert table.header == ("column 1", "column 2", "column 3")
    dataset = dataset_from(table, guess_columns(table))[0]
    assert summary(dataset) == TWO_POINTS


def test_a_file_with_decimal_commas_and_without_a_header_is_read(folder: Path) -> None:
    assert summary(points_of(folder, "1,5;2,0;a\n-3,0;4,25;b\n")) == TWO_POINTS


def test_columns_of_the_same_name_or_none_can_be_told_apart(folder: Path) -> None:
    table = table_of(folder, "a,,a,class\n1,2,3,k\n4,5,6,l\n")
    assert table.header == ("a", "column 2", "a (3)", "class")
    assert table.column("a (3)").values.tolist() == [3, 6]
    assert points_of(folder, "a,a,class\n1.5,2,a\n-3,4.25,b\n").axes == ("a", "a (2)")


@pytest.mark.parametrize("header", ["a,a,a (1)", "a,a,a (2)"])
def test_every_column_has_a_name_of_its_own(folder: Path, header: str) -> None:
    names = table_of(folder, f"{header}\n1,2,3\n").header
    assert len(set(names)) == len(names)


def test_quoted_labels_may_hold_commas_quotes_and_line_breaks(folder: Path) -> None:
    dataset = points_of(folder, 'x,y,class\n1,2,"one, ""two"""\n3,4,"three\nfour"\n')
    assert sorted(label.name for label in dataset.classes) == ['one, "two"', "three\nfour"]


@pytest.mark.parametrize("name", ["O'Neil", "ζώα", "it's", "a b", "🐧", "a;b", "a/b", "x\0y"])
def test_labels_may_be_any_text(folder: Path, name: str) -> None:
    dataset = points_of(folder, f"x,y,class\n1,2,{name}\n3,4,other\n3,5,{name}\n")
    assert summary(dataset)[1] == [name, "other", name]


# Classes


def test_text_labels_are_numbered_in_alphabetical_order(folder: Path) -> None:
    dataset = points_of(folder, "x,y,class\n1,2,pear\n3,4,apple\n5,6,pear\n7,8,fig\n")
    assert [label.name for label in dataset.classes] == ["apple", "fig", "pear"]
    assert [label.style for label in dataset.classes] == [0, 1, 2]
    assert dataset.labels.tolist() == [2, 0, 2, 1]


@pytest.mark.parametrize(
    ("labels", "order"),
    [
        (["10", "9", "2"], ["2", "9", "10"]),
        (["1.5", "-3", "1e1"], ["-3", "1.5", "1e1"]),
        (["b", "10", "9"], ["9", "10", "b"]),
    ],
)
def test_numeric_labels_are_numbered_as_numbers(folder: Path, labels: list[str], order: list[str]) -> None:
    rows = "".join(f"{i},{i},{label}\n" for i, label in enumerate(labels))
    dataset = points_of(folder, f"x,y,class\n{rows}", XY)
    assert [label.name for label in dataset.classes] == order
    assert summary(dataset)[1] == labels


def test_a_single_class_gets_an_empty_second_one(folder: Path) -> None:
    dataset = points_of(folder, "x,y,class\n1,2,a\n3,4,a\n", XY)
    assert dataset.counts().tolist() == [2, 0]
    assert [dataset.class_name(i) for i in range(2)] == ["a", "class 2"]


def test_ten_classes_are_read_and_eleven_are_not(folder: Path) -> None:
    rows = [f"{i},{i},c{i}\n" for i in range(11)]
    assert points_of(folder, "x,y,class\n" + "".join(rows[:10])).C == 10
    with pytest.raises(UserError, match="has 11 different values; the plane shows 2 to 10 classes"):
        points_of(folder, "x,y,class\n" + "".join(rows))


def test_hundreds_of_classes_are_refused_with_a_way_out(folder: Path) -> None:
    rows = "".join(f"{i},{i},c{i}\n" for i in range(300))
    with pytest.raises(UserError, match=r"column “class” has 300 different values.*choose another column"):
        points_of(folder, f"x,y,class\n{rows}")


# Missing values


@pytest.mark.parametrize(
    "missing", ["", "NA", "n/a", "#N/A", "NaN", "nan", "null", "None", "?", "-", "--", ".", " NA "]
)
def test_a_row_with_a_missing_number_is_skipped_and_counted(folder: Path, missing: str) -> None:
    rows = f"1.5,2,a\n{missing},7,a\n8,{missing},b\n-3,4.25,b\n9,9,\n"
    table = table_of(folder, f"x,y,class\n{rows}")
    dataset, skipped = dataset_from(table, XY)
    assert summary(dataset) == TWO_POINTS
    assert skipped == 3


@pytest.mark.parametrize("name", ["-", "+", "NA", "n/a", "none", "None", "?", "nan", "null", "."])
def test_in_a_column_of_words_only_an_empty_cell_is_missing(folder: Path, name: str) -> None:
    dataset = points_of(folder, f"x,y,class\n1,2,{name}\n3,4,b\n5,6,{name}\n7,8,\n")
    assert summary(dataset) == ([[1, 2], [3, 4], [5, 6]], [name, "b", name])


@pytest.mark.parametrize("names", [("-", "1"), ("NA", "0"), ("?", "2")])
def test_so_it_is_in_a_column_of_classes_that_are_numbers(folder: Path, names: tuple[str, str]) -> None:
    dataset = points_of(folder, "x,y,class\n" + "".join(f"{i},{i},{name}\n" for i, name in enumerate(names)), XY)
    assert summary(dataset)[1] == list(names)


def test_a_value_missing_in_another_column_skips_nothing(folder: Path) -> None:
    table = table_of(folder, "x,y,z,class\n1.5,2,NA,a\n-3,4.25,,b\n")
    dataset, skipped = dataset_from(table, XY)
    assert (summary(dataset), skipped) == (TWO_POINTS, 0)


def test_a_file_in_which_every_row_misses_something_is_refused(folder: Path) -> None:
    with pytest.raises(UserError, match=r"every row of points.csv misses a value in x, y or class"):
        points_of(folder, "x,y,class\n1,NA,a\n?,2,b\n3,4,\n", XY)


# Guesses


def test_the_iris_file_is_guessed() -> None:
    table = read_table(asset("data/iris.csv"))
    assert guess_columns(table) == Columns("sepal_length_cm", "sepal_width_cm", "species")
    dataset, skipped = dataset_from(table, guess_columns(table))
    assert (dataset.counts().tolist(), skipped) == ([50, 50, 50], 0)
    assert [label.name for label in dataset.classes] == ["setosa", "versicolor", "virginica"]
    assert dataset.X[:, 0].tolist() == [5.1, 3.5]


def test_the_penguins_file_is_guessed() -> None:
    table = read_table(asset("data/penguins.csv"))
    assert guess_columns(table) == Columns("bill_length_mm", "bill_depth_mm", "species")
    dataset, skipped = dataset_from(table, guess_columns(table))
    assert (dataset.counts().tolist(), skipped) == ([151, 68, 123], 2)
    assert [label.name for label in dataset.classes] == ["Adelie", "Chinstrap", "Gentoo"]
    assert [name for name in table.header if not table.column(name).is_numeric] == ["species", "island", "sex"]


@pytest.mark.parametrize(
    ("header", "row", "columns"),
    [
        ("a,b,target", "1,2,0", Columns("a", "b", "target")),
        ("Species,a,b", "cat,1,2", Columns("a", "b", "Species")),
        ("id,a,b,kind", "1,2,3,u", Columns("a", "b", "kind")),
        ("a,b,colour", "1,2,red", Columns("a", "b", "colour")),
        ("a,note,b,colour", "1,n,2,red", Columns("a", "b", "colour")),
        ("x1,x2,y", "1,2,0", Columns("x1", "x2", "y")),
        ("y,x,class", "1,2,a", Columns("x", "y", "class")),
        ("a,b,c", "1,2,0", Columns("a", "b", "c")),
    ],
)
def test_the_class_is_guessed_by_its_header_or_as_the_last_text(
    folder: Path, header: str, row: str, columns: Columns
) -> None:
    assert guess_columns(table_of(folder, f"{header}\n{row}\n")) == columns


@pytest.mark.parametrize("header", ["x,y,colour", "x,y,group", "x,y,kind"])
def test_beside_a_text_column_y_is_an_axis(folder: Path, header: str) -> None:
    content = f"{header}\n1.5,2,a\n-3,4.25,b\n"
    assert summary(points_of(folder, content)) == TWO_POINTS


def test_beside_a_text_column_y_is_an_axis_whatever_the_other_axis_is_called(folder: Path) -> None:
    table = table_of(folder, "length,y,colour\n1.5,2,a\n-3,4.25,b\n")
    assert guess_columns(table) == Columns("length", "y", "colour")


def test_a_named_class_needs_no_guess(folder: Path) -> None:
    table = table_of(folder, "class,size,colour\n1,2,red\n3,4,blue\n")
    assert choose_columns(table, None, None, "colour") == Columns("class", "size", "colour")


def test_a_column_of_many_texts_is_no_class_where_another_fits(folder: Path) -> None:
    rows = "".join(f"{i},{i / 2},{'ab'[i % 2]},remark {i}\n" for i in range(30))
    table = table_of(folder, f"x,y,sort,remark\n{rows}")
    assert guess_columns(table) == Columns("x", "y", "sort")


def test_too_few_number_columns_are_refused(folder: Path) -> None:
    with pytest.raises(UserError, match="two columns with numbers beside the class, which is “class”: only “x”"):
        points_of(folder, "x,word,class\n1,one,a\n2,two,b\n")
    with pytest.raises(UserError, match="two columns with numbers beside the class, which is “class”: none"):
        points_of(folder, "u,v,class\nk,one,a\nl,two,b\n")


# Chosen columns


def test_named_columns_are_taken_and_the_others_guessed() -> None:
    table = read_table(asset("data/penguins.csv"))
    assert choose_columns(table, None, None, None) == guess_columns(table)
    chosen = choose_columns(table, "body_mass_g", None, None)
    assert chosen == Columns("body_mass_g", "bill_length_mm", "species")
    assert choose_columns(table, None, "bill_length_mm", None) == Columns("bill_depth_mm", "bill_length_mm", "species")
    assert choose_columns(table, None, None, "island") == Columns("bill_length_mm", "bill_depth_mm", "island")
    assert choose_columns(table, "year", "body_mass_g", "sex") == Columns("year", "body_mass_g", "sex")


@pytest.mark.parametrize("name", ["wings", "", "Species"])
def test_a_column_the_file_does_not_have_is_refused_with_those_it_has(name: str) -> None:
    table = read_table(asset("data/penguins.csv"))
    for chosen in ((name, None, None), (None, name, None), (None, None, name)):
        with pytest.raises(UserError, match=f"penguins.csv has no column “{name}”; its columns are species, island, "):
            choose_columns(table, *chosen)


@pytest.mark.parametrize("columns", [Columns("x", "x", "class"), Columns("x", "y", "x"), Columns("x", "y", "y")])
def test_the_same_column_chosen_twice_is_refused(folder: Path, columns: Columns) -> None:
    with pytest.raises(UserError, match="must be three different columns"):
        points_of(folder, "x,y,class\n1,2,a\n3,4,b\n", columns)


def test_a_chosen_column_without_another_number_beside_it_is_refused(folder: Path) -> None:
    table = table_of(folder, "x,y,class\n1,2,a\n3,4,b\n")
    with pytest.raises(UserError, match="two columns with numbers beside the class, which is “y”"):
        choose_columns(table, None, None, "y")


# What cannot be read

BAD_FILES = {
    "empty": ("", "points.csv is empty: it needs a header line"),
    "blank": (" \n\n \t\n", "points.csv is empty: it needs a header line"),
    "header only": ("x,y,class\n", "points.csv has a header but no rows"),
    "one column": ("x\n1\n2\n", r"points.csv has 1 column \(x\): it needs three, two with numbers and one with"),
    "two columns": ("x,y\n1,2\n3,4\n", r"points.csv has 2 columns \(x, y\): it needs three"),
    "short row": ("x,y,class\n1,2,a\n3,4\n", r"points.csv, line 3 \(“3,4”\): 2 cells where the header has 3$"),
    "long row": (
        "x,y,class\n1,2,a,5\n3,4,b\n",
        r"points.csv, line 2 \(“1,2,a,5”\): 4 cells where the header has 3: put",
    ),
    "short row without header": ("1,2,a\n3,b\n", r"points.csv, line 2 \(“3,b”\): 2 cells where the header has 3"),
    "a long line": (
        "x,y,class\n1,2\n" + "3,4,a\n5,6," + "b" * 500,
        r"line 2 \(“1,2”\): 2 cells where the header has 3",
    ),
    "no encoding": (
        b"x,y,class\n1,2,a\n3,4,\x81\n",
        r"is not text that can be read \(byte 20 in line 3 is not\): save it as",
    ),
    "zeros": (bytes(1000), "points.csv"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "points.csv is a picture"),
    "spreadsheet": (b"PK\x03\x04\x14\x00\x06", "points.csv is a spreadsheet or an archive: open it there and save"),
    "web page": ("<!DOCTYPE html>\n<table>", "points.csv is a web page or XML, not a table: save the table"),
    "JSON": ('{"x": [1, 2], "y": [3, 4]}', "points.csv is JSON, not a table"),
    "a line without end": (
        "x,y,class\n" + "1," * 3_000_000,
        r"line 2 of points.csv \(“1,1,.*…”\) has 6\W000\W000 signs",
    ),
    "an open quotation mark": (
        'x,y,class\n1,2,a\n3,4,"b\n' + "5,6,c\n" * 30_000,
        r"line 3 \(“3,4,.b”\) cannot be read as CSV",
    ),
    "too many columns": (",".join(["a"] * 100_001) + "\n1\n", r"has 100\W001 columns; up to 100\W000 can be read"),
    "separators after a comment": ("#\n,\n", r"points.csv has 1 column \(,\): it needs three"),
    "very long cell": (
        "x,y,class\n1,2," + "a" * 200_000 + "\n",
        r"points.csv, line 2 \(“1,2,a+…”\) cannot be read as CSV \(field larger",
    ),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(folder: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(UserError, match=message):
        points_of(folder, content)


@pytest.mark.parametrize("content", [",,,\n,,,\n", ";;\n", "sep=;\n", '""\n', '"",""\n'])
def test_a_file_of_empty_cells_is_refused_as_empty(folder: Path, content: str) -> None:
    with pytest.raises(UserError, match="empty"):
        table_of(folder, content)


BAD_CELLS = {
    "text": ("two", r"line 3 \(“3,two,b”\): “two” in column “y” is not a number; mend it or choose another column"),
    "infinite": ("inf", r"line 3 \(“3,inf,b”\): “inf” in column “y” is not a number"),
    "minus infinite": ("-Infinity", r"line 3 \(“3,-Infinity,b”\): “-Infinity” in column “y” is not a number"),
    "too large for a float": ("1e999", r"line 3 \(“3,1e999,b”\): “1e999” in column “y” is not a number"),
    "NUL": ("2\0", r"line 3 \(“3,2\0,b”\): “2\0” in column “y” is not a number"),
    "long text": ("t" * 500, f"“{'t' * 39}…” in column “y” is not a number"),
    "too large for the plane": (
        "1e31",
        r"line 3 \(“3,1e31,b”\): coordinates must be numbers between −1e\+30 and 1e\+30",
    ),
}


@pytest.mark.parametrize(("cell", "message"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_cell_that_is_no_number_is_refused_by_place(folder: Path, cell: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        points_of(folder, f"x,y,class\n1,2,a\n3,{cell},b\n5,6,c\n", XY)


def test_the_place_of_a_wrong_cell_counts_skipped_rows_too(folder: Path) -> None:
    with pytest.raises(UserError, match=r"line 4 \(“3,four,b”\): “four”"):
        points_of(folder, "x,y,class\n1,2,a\nNA,2,a\n3,four,b\n", XY)


def test_a_missing_file_and_a_folder_are_refused(folder: Path) -> None:
    with pytest.raises(UserError, match=r"there is no file .*nothing\.csv"):
        read_table(folder / "nothing.csv")
    with pytest.raises(UserError, match="is a folder: choose a CSV file inside it"):
        read_table(folder)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(folder: Path) -> None:
    path = folder / "large.csv"
    with path.open("wb") as file:
        file.truncate(64 * 2**20 + 1)  # sparse: takes no room on the disk
    with pytest.raises(UserError, match=r"large\.csv has 64 MB; files up to 64 MB can be read: save a sample"):
        read_table(path)


# Points


def test_loaded_points_can_be_held_out_the_same_way_every_time() -> None:
    table = read_table(asset("data/iris.csv"))
    first, again = (dataset_from(table, guess_columns(table))[0] for _ in range(2))
    np.testing.assert_array_equal(first.ranks, again.ranks)
    assert np.count_nonzero(first.is_test(0.2)) == 30


def test_numbers_are_read_to_the_last_bit(folder: Path) -> None:
    values = [0.1, 1 / 3, -1.7976931348623157e29, 5e-324, 12345678.9012345]
    rows = "".join(f"{value!r},{-value!r},a\n" for value in values)
    dataset = points_of(folder, f"x,y,class\n{rows}", XY)
    assert dataset.X.tolist() == [values, [-value for value in values]]
