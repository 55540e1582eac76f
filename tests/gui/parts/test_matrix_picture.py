"""Matrices as pictures: each cell's colour and number, what is read by mouse and by keys, and what is left out."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT, SIGNED, Theme
from playground.gui.parts.matrix_picture import MatrixPicture
from playground.gui.parts.matrix_places import fit
from tests.gui.hands import Matrix, bring_up, channels, colour_at, pixels_of, send_leave

thorough = settings(derandomize=True, deadline=None, max_examples=200)
NEGATIVE, ZERO, POSITIVE = SIGNED["light"]
SMALL = np.array([[1.0, -0.5, 0.0], [0.25, -1.0, 0.75]])
Key = Qt.Key


@pytest.fixture
def picture(qtbot: QtBot) -> MatrixPicture:
    picture = MatrixPicture()
    qtbot.addWidget(picture)
    bring_up(qtbot, picture, 360, 200)
    picture.clearFocus()
    qtbot.mouseMove(picture, QPoint(359, 199))
    return picture


def show(picture: MatrixPicture, values: Matrix, name: str = "W[1]", width: int = 360, **kwargs: Any) -> None:
    picture.show_matrix(values, name, **kwargs)
    picture.resize(width, picture.sizeHint().height())
    picture.resize(width, picture.sizeHint().height())


def extent(picture: MatrixPicture) -> tuple[int, int, int, int]:
    """The left, top, right and bottom pixel inside the frame, of a picture without markers or remark."""
    seen = pixels_of(picture.grab().toImage())
    away = np.abs(seen - channels(LIGHT.line)).max(axis=-1) <= 2
    rows, columns = np.nonzero(away)
    return columns.min() + 1, rows.min() + 1, columns.max() - 1, rows.max() - 1


def place(picture: MatrixPicture, row: float, column: float, shape: tuple[int, int]) -> QPoint:
    """A pixel near the upper left corner of a cell, beside its number."""
    left, top, right, bottom = extent(picture)
    x = left + column * (right + 1 - left) / shape[1]
    y = top + row * (bottom + 1 - top) / shape[0]
    return QPoint(round(x) + 2, round(y) + 2)


def heard_from(picture: MatrixPicture) -> list[str]:
    heard: list[str] = []
    picture.read.connect(heard.append)
    return heard


# Colours and numbers


def test_each_cell_has_the_colour_of_its_sign_and_size(picture: MatrixPicture) -> None:
    show(picture, SMALL)
    for (row, column), value in np.ndenumerate(SMALL):
        end = channels(POSITIVE if value > 0 else NEGATIVE)
        expected = channels(ZERO) + abs(value) * (end - channels(ZERO))
        seen = channels(colour_at(picture, place(picture, row, column, SMALL.shape)))
        np.testing.assert_allclose(seen, expected, atol=3)


def test_a_given_scale_makes_two_matrices_comparable(picture: MatrixPicture) -> None:
    show(picture, SMALL, scale=2.0)
    seen = channels(colour_at(picture, place(picture, 0, 0, SMALL.shape)))
    np.testing.assert_allclose(seen, (channels(ZERO) + channels(POSITIVE)) / 2, atol=3)


def ink(picture: MatrixPicture, theme: Theme = LIGHT) -> int:
    """How many pixels of the cells are nearly of the text's colour."""
    seen = pixels_of(picture.grab().toImage())[1:-1, 1:200]
    return int((np.abs(seen - channels(theme.text)).max(axis=-1) < 60).sum())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_small_matrix_shows_its_numbers_and_a_large_one_colours_alone(picture: MatrixPicture, theme: Theme) -> None:
    picture.set_theme(theme)
    show(picture, SMALL)
    assert ink(picture, theme) > 40
    show(picture, np.tile(SMALL, (1, 20)))
    assert ink(picture, theme) == 0


def test_numbers_stay_inside_their_cells(picture: MatrixPicture) -> None:
    values = -np.array([[1234.5, 1e-10, 0.001234, 1e-300, 123456.0, 99.99, 1e22, np.inf]])
    show(picture, values)
    left, top, right, bottom = extent(picture)
    lines = pixels_of(picture.grab().toImage())[top : bottom + 1, left : right + 1]
    width = (right + 1 - left) // 8
    for column in range(1, 8):
        edge = lines[:, column * width - 1]
        assert (np.abs(edge - channels(LIGHT.panel)).max(axis=-1) <= 2).all(), column


@pytest.mark.parametrize("columns", [3, 30])
def test_what_is_not_finite_is_shown_and_said(picture: MatrixPicture, qtbot: QtBot, columns: int) -> None:
    values = np.zeros((2, columns))
    values[0, 0], values[0, 1], values[1, 1] = np.nan, np.inf, -np.inf
    show(picture, values)
    heard = heard_from(picture)
    for row, column in ((0, 0), (0, 1), (1, 1)):
        qtbot.mouseMove(picture, place(picture, row, column, values.shape) + QPoint(1, 3))
    assert [text.partition("= ")[2] for text in heard] == ["nan", "∞", "−∞"]
    assert ink(picture) > 0


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.full((2, 3), np.nan), np.zeros((0, 3)), np.zeros((2, 0))])
def test_a_matrix_without_a_size_is_shown_all_the_same(picture: MatrixPicture, values: Matrix) -> None:
    show(picture, values)
    picture.grab()
    assert picture.accessibleName() == f"W[1], {values.shape[0]} × {values.shape[1]}"


def test_a_vector_or_a_wrong_scale_is_refused(picture: MatrixPicture) -> None:
    with pytest.raises(ValueError, match=r"b\[1\] has 1 dimensions"):
        picture.show_matrix(np.zeros(3), "b[1]")
    for scale in (-1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="scale of"):
            picture.show_matrix(SMALL, "W[1]", scale)


def test_rows_and_columns_carry_their_classes_markers(picture: MatrixPicture) -> None:
    show(picture, SMALL)
    plain = picture.sizeHint().height()
    picture.set_markers(rows=(3, 5), columns=(0, 1, 2))
    assert picture.sizeHint().height() > plain
    picture.resize(picture.width(), picture.sizeHint().height())
    seen = pixels_of(picture.grab().toImage())
    for style in (3, 5):
        assert (np.abs(seen[18:, :18] - channels(CLASS_COLOURS[style])).max(axis=-1) < 6).any()
    for style in (0, 1, 2):
        assert (np.abs(seen[:18, 18:] - channels(CLASS_COLOURS[style])).max(axis=-1) < 6).any()


def test_another_matrix_of_the_same_shape_is_named_anew(picture: MatrixPicture) -> None:
    show(picture, SMALL, "W[1]")
    show(picture, SMALL, "W[2]")
    assert picture.accessibleName() == "W[2], 2 × 3"


# Reading by mouse


def test_the_mouse_reads_the_cell_under_it(picture: MatrixPicture, qtbot: QtBot) -> None:
    show(picture, SMALL)
    heard = heard_from(picture)
    qtbot.mouseMove(picture, place(picture, 0, 1, SMALL.shape))
    qtbot.mouseMove(picture, place(picture, 1, 2, SMALL.shape))
    assert picture.toolTip() == picture.accessibleDescription() == "W[1] row 2, column 3 = 0.750000000"
    send_leave(picture)
    assert heard == ["W[1] row 1, column 2 = −0.500000000", "W[1] row 2, column 3 = 0.750000000", ""]


def test_a_cell_that_is_read_is_read_again_when_it_changes(picture: MatrixPicture, qtbot: QtBot) -> None:
    show(picture, SMALL)
    qtbot.mouseMove(picture, place(picture, 0, 1, SMALL.shape))
    heard = heard_from(picture)
    picture.show_matrix(SMALL, "W[1]")
    picture.show_matrix(2 * SMALL, "W[1]")
    assert heard == ["W[1] row 1, column 2 = −1.00000000"]


def test_beside_the_cells_nothing_is_read(picture: MatrixPicture, qtbot: QtBot) -> None:
    show(picture, SMALL)
    qtbot.mouseMove(picture, place(picture, 0, 0, SMALL.shape))
    heard = heard_from(picture)
    qtbot.mouseMove(picture, QPoint(355, 10))
    assert heard == [""]


def test_a_wide_matrix_is_squeezed_honestly(picture: MatrixPicture, qtbot: QtBot) -> None:
    """Every column shown is one of the matrix, at its own place, and the mouse reads that very one."""
    values = np.random.default_rng(0).normal(size=(3, 2000))
    show(picture, values)
    heard = heard_from(picture)
    seen = pixels_of(picture.grab().toImage())
    for x in (1, 2, 100, 333):
        qtbot.mouseMove(picture, QPoint(x, 10))
        column = int(heard[-1].partition("column ")[2].partition(" ")[0]) - 1
        assert column % 6 == 0
        assert column / 2000 == pytest.approx((x - 1) / 358, abs=2 / 334)
        share = values[0, column] / np.abs(values).max()
        expected = channels(ZERO) + abs(share) * (channels(POSITIVE if share > 0 else NEGATIVE) - channels(ZERO))
        np.testing.assert_allclose(seen[5, x], expected, atol=3)


def test_narrow_cells_fill_the_width_and_differ_by_a_pixel_at_most(picture: MatrixPicture, qtbot: QtBot) -> None:
    show(picture, np.arange(1.0, 201.0)[None, :])
    left, _, right, _ = extent(picture)
    assert (left, right) == (1, 358)
    heard = heard_from(picture)
    for x in range(left, right + 1):
        qtbot.mouseMove(picture, QPoint(x, 10))
    read = [int(text.partition("column ")[2].partition(" ")[0]) for text in heard]
    assert read == list(range(1, 201))


# Reading by keys


def test_the_keys_reach_every_cell(picture: MatrixPicture, qtbot: QtBot) -> None:
    show(picture, SMALL)
    heard = heard_from(picture)
    picture.setFocus()
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_End, Key.Key_Down, Key.Key_Right, Key.Key_Home, Key.Key_Up):
        qtbot.keyClick(picture, key)
    cells = [(1, 1), (1, 2), (2, 2), (2, 3), (2, 1), (1, 1)]
    assert [text.partition(" = ")[0] for text in heard] == [f"W[1] row {row}, column {column}" for row, column in cells]
    picture.clearFocus()
    assert heard[-1] == ""


def test_the_keys_reach_columns_that_have_no_place(picture: MatrixPicture, qtbot: QtBot) -> None:
    values = np.arange(4000.0).reshape(2, 2000)
    show(picture, values)
    heard = heard_from(picture)
    picture.setFocus()
    for _ in range(3):
        qtbot.keyClick(picture, Key.Key_Right)
    qtbot.keyClick(picture, Key.Key_End)
    assert heard[1:] == [
        "W[1] row 1, column 2 = 1.00000000",
        "W[1] row 1, column 3 = 2.00000000",
        "W[1] row 1, column 4 = 3.00000000",
        "W[1] row 1, column 2000 = 1999.00000",
    ]


def test_the_keys_go_on_from_a_click(picture: MatrixPicture, qtbot: QtBot) -> None:
    show(picture, SMALL)
    at = place(picture, 1, 1, SMALL.shape)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at)
    heard = heard_from(picture)
    qtbot.keyClick(picture, Key.Key_Right)
    assert heard[-1] == "W[1] row 2, column 3 = 0.750000000"


def test_the_cell_that_is_read_is_framed(picture: MatrixPicture) -> None:
    show(picture, np.zeros((4, 30)))
    assert ink(picture) == 0
    picture.setFocus()
    assert ink(picture) > 10


# Places


sizes = st.integers(1, 3000)


@thorough
@given(rows=sizes, columns=sizes, width=st.integers(1, 500), height=st.integers(1, 300))
def test_places_fit_their_room_and_each_reads_its_own_cell(rows: int, columns: int, width: int, height: int) -> None:
    places = fit(rows, columns, 7, 11, width, height)
    assert places.width <= width
    assert places.height <= height
    for row, column in ((0, 0), (rows - 1, columns - 1), (rows // 2, columns // 3)):
        x, y = places.corner_of(row, column)
        read = places.cell_at(x + places.cell_width / 2, y + places.cell_height / 2)
        assert read == (row - row % places.row_step, column - column % places.column_step)
    assert bool(places.remark()) == (rows > height or columns > width)


@pytest.mark.parametrize(
    ("shape", "remark"),
    [
        ((3, 100), ""),
        ((3, 101), "every 2nd column shown"),
        ((3, 300), "every 3rd column shown"),
        ((3, 400), "every 4th column shown"),
        ((3, 1100), "every 11th column shown"),
        ((3, 2100), "every 21st column shown"),
        ((101, 5), "every 2nd row shown"),
        ((101, 101), "every 2nd row and every 2nd column shown"),
    ],
)
def test_what_is_left_out_is_said(shape: tuple[int, int], remark: str) -> None:
    assert fit(*shape, 0, 0, 100, 100).remark() == remark
