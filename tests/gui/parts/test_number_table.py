"""A table of live numbers: aligned, unclipped, lit by what the mouse rests on elsewhere, and quick to be changed."""

from collections.abc import Sequence

import pytest
from PyQt6.QtCore import QEvent, QObject, QPoint, QRect
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot

from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT, lit_ground
from playground.gui.parts.number_table import Column, NumberTable
from playground.session.light import UNLIT, Light
from playground.session.number_text import fixed, signed, significant
from tests.gui.hands import bring_up, colour_at, delete_the_dying, send_leave, unlikeness

COLUMNS = (
    Column("", "", 2, "marker", align="left"),
    Column("z", "z", 8),
    Column("exp", "eᶻ", 8, foot_term="sum", tip="e to the power of z"),
    Column("y_hat", "ŷ", 4, "bar", align="left"),
    Column("y_hat", "", 5),
    Column("hard", "hard", 2),
    Column("y", "y", 1),
    Column("dz", "dz", 6),
)
WIDEST = ("10", "−1×10²⁰⁰", "1.2×10⁻⁴⁵", 0.5, "0.842", "1", "1", "−0.842")
FOOT = ("", "", "176.2", "", "1.000", "1", "1", "0.000")


def contents(row: int) -> tuple[str | float, ...]:
    return (str(row + 1), fixed(row / 3, 3), significant(row + 0.5, 4), row / 10, "0.100", "0", "0", signed(-row, 3))


@pytest.fixture
def table(qtbot: QtBot) -> NumberTable:
    table = NumberTable()
    qtbot.addWidget(table)
    table.set_columns(COLUMNS)
    fill(table, 10)
    table.show_foot(FOOT)
    bring_up(qtbot, table, 370, table.sizeHint().height())
    qtbot.mouseMove(table, QPoint(369, 0))
    return table


def fill(table: NumberTable, rows: int) -> None:
    table.set_rows(rows)
    for row in range(rows):
        table.show_row(row, contents(row), label=row, style=row)


def labels(table: NumberTable) -> list[QLabel]:
    delete_the_dying()
    return [label for label in table.findChildren(QLabel) if label.isVisibleTo(table)]


def texts(table: NumberTable) -> list[str]:
    return [label.text() for label in labels(table) if label.text()]


def with_text(table: NumberTable, text: str) -> QLabel:
    (found,) = (label for label in labels(table) if label.text() == text)
    return found


def cell(table: NumberTable, row: int, column: int) -> QPoint:
    """The middle of a cell; row -1 has the titles, and the row below the last is the foot."""
    edges = [label.geometry() for label in labels(table) if label.y() == 0 and label.height() < 30]
    title = sorted(edges, key=QRect.left)[column]
    return QPoint(title.center().x(), 10 + 20 * (row + 1))


# What is shown


def test_the_table_shows_titles_contents_and_foot(table: NumberTable) -> None:
    shown = texts(table)
    expected = [column.title for column in COLUMNS] + [text for text in FOOT if text]
    expected += [str(content) for row in range(10) for content in contents(row) if isinstance(content, str)]
    assert sorted(shown) == sorted(text for text in expected if text)


def test_numbers_of_a_column_end_at_the_same_pixel_under_its_title(table: NumberTable) -> None:
    rights = {with_text(table, signed(-row, 3)).geometry().right() for row in range(1, 10)}
    assert rights == {with_text(table, "dz").geometry().right()}


def test_ten_classes_and_eight_columns_fit_370_pixels_unclipped(table: NumberTable) -> None:
    assert table.minimumSizeHint().width() <= 370
    for row in range(10):
        table.show_row(row, WIDEST, label=row, style=row)
    for label in labels(table):
        if label.text():
            needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
            assert needed <= label.width(), label.text()
            assert table.rect().contains(label.geometry())


def test_rows_and_cells_do_not_overlap(table: NumberTable) -> None:
    shown = [label for label in labels(table) if label.text()]
    for i, label in enumerate(shown):
        assert not any(label.geometry().intersects(other.geometry()) for other in shown[:i]), label.text()


def bars(table: NumberTable) -> list[QFrame]:
    """The coloured bars from the first row to the last."""
    found = [frame for frame in table.findChildren(QFrame) if type(frame) is QFrame and frame.height() == 10]
    return sorted(found, key=QFrame.y)


def test_bars_are_as_long_as_their_shares_and_of_the_class_s_colour(table: NumberTable) -> None:
    table.show_row(9, (*contents(9)[:3], 1.0, *contents(9)[4:]), label=9, style=9)
    full = bars(table)[9].width()
    for row, bar in enumerate(bars(table)[:9]):
        assert bar.width() == pytest.approx(full * row / 10, abs=1)
    assert unlikeness(colour_at(table, bars(table)[8].geometry().center()), CLASS_COLOURS[8]) <= 2


@pytest.mark.parametrize(("share", "of_full"), [(float("nan"), 0), (-0.5, 0), (2.0, 1), (float("inf"), 0)])
def test_a_share_that_is_none_stays_in_its_column(table: NumberTable, share: float, of_full: int) -> None:
    table.show_row(0, (*contents(0)[:3], 1.0, *contents(0)[4:]), label=0, style=0)
    full = bars(table)[0].width()
    table.show_row(0, (*contents(0)[:3], share, *contents(0)[4:]), label=0, style=0)
    assert bars(table)[0].width() == of_full * full


def test_a_class_s_marker_stands_in_its_row(table: NumberTable) -> None:
    for row in (0, 3):
        seen = {colour_at(table, QPoint(x, 30 + 20 * row)) for x in range(6, 16)}
        assert any(unlikeness(colour, CLASS_COLOURS[row]) <= 4 for colour in seen)


@pytest.mark.parametrize("rows", [2, 4, 10])
def test_rows_come_and_go(table: NumberTable, rows: int) -> None:
    fill(table, rows)
    assert len([text for text in texts(table) if text == "0.100"]) == rows
    assert table.sizeHint().height() == 20 * (rows + 1) + 25


def test_without_sums_there_is_no_foot(table: NumberTable) -> None:
    before = table.sizeHint().height()
    table.show_foot([""] * 8)
    assert table.sizeHint().height() == before - 25
    assert "176.2" not in texts(table)


def test_other_columns_start_anew(table: NumberTable) -> None:
    table.set_columns([Column("x", "x₁"), Column("x", "x₂")])
    table.set_rows(1)
    table.show_row(0, ["0.5", "1.5"])
    assert sorted(texts(table)) == sorted(["x₁", "x₂", "0.5", "1.5"])


@pytest.mark.parametrize("wrong", [contents(0)[:7], (*contents(0), "more")])
def test_a_row_has_one_content_for_each_column(table: NumberTable, wrong: Sequence[str | float]) -> None:
    with pytest.raises(ValueError, match="argument 2 is"):
        table.show_row(0, wrong)


# The mouse


def heard_from(table: NumberTable) -> list[Light]:
    heard: list[Light] = []
    table.lit.connect(heard.append)
    return heard


@pytest.mark.parametrize(
    ("row", "column", "light"),
    [
        (0, 1, Light("z", 0)),
        (9, 7, Light("dz", 9)),
        (4, 3, Light("y_hat", 4)),
        (4, 4, Light("y_hat", 4)),
        (6, 0, Light("", 6)),
        (-1, 2, Light("exp")),
        (10, 2, Light("sum")),
    ],
)
def test_the_mouse_on_a_cell_reports_its_term_and_class(
    table: NumberTable, qtbot: QtBot, row: int, column: int, light: Light
) -> None:
    heard = heard_from(table)
    qtbot.mouseMove(table, cell(table, row, column))
    qtbot.mouseMove(table, cell(table, row, column) + QPoint(1, 1))
    send_leave(table)
    send_leave(table)
    assert heard == [light, UNLIT]


def test_a_column_says_what_it_is(table: NumberTable, qtbot: QtBot) -> None:
    qtbot.mouseMove(table, cell(table, 3, 2))
    assert table.toolTip() == "e to the power of z"
    qtbot.mouseMove(table, cell(table, 3, 1))
    assert table.toolTip() == ""


# The light


def lit_cells(table: NumberTable) -> set[tuple[int, int]]:
    """The cells, titles and feet that stand on the light's colour."""
    image = table.grab().toImage()
    found = set()
    for row in range(-1, 11):
        for column in range(8):
            middle = cell(table, row, column)
            ground = image.pixelColor(middle.x(), middle.y() - 8 if row < 10 else middle.y() - 3).name()
            if unlikeness(ground.upper(), lit_ground(LIGHT)) <= 2:
                found.add((row, column))
    return found


@pytest.mark.parametrize(
    ("light", "cells"),
    [
        (Light("z"), {(row, 1) for row in range(-1, 10)}),
        (Light("y_hat"), {(row, column) for row in range(-1, 10) for column in (3, 4)}),
        (Light("", 2), {(2, column) for column in range(8)}),
        (Light("dz", 5), {(-1, 7), (5, 7)}),
        (Light("sum"), {(10, 2)}),
        (Light("L"), set()),
        (Light("z", 12), set()),
        (UNLIT, set()),
    ],
)
def test_a_light_tints_a_column_a_row_or_a_cell(table: NumberTable, light: Light, cells: set[tuple[int, int]]) -> None:
    table.show_light(Light("exp", 1))
    table.show_light(light)
    assert lit_cells(table) == cells


def test_a_light_stays_on_its_class_when_rows_change(table: NumberTable) -> None:
    table.show_light(Light("", 2))
    table.show_row(2, contents(2), label=7, style=7)
    table.show_row(7, contents(7), label=2, style=2)
    assert {row for row, _ in lit_cells(table)} == {7}


def test_another_theme_has_its_own_light(table: NumberTable) -> None:
    table.show_light(Light("z"))
    table.set_theme(DARK)
    assert unlikeness(colour_at(table, cell(table, 3, 1) - QPoint(0, 8)), lit_ground(DARK)) <= 2


# The cost


class Layouts(QObject):
    """Counts what a widget is asked that new numbers should not ask of it."""

    count = 0

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest, QEvent.Type.StyleChange)
        self.count += event is not None and event.type() in kinds
        return False


def test_new_numbers_move_no_text(table: NumberTable, qtbot: QtBot) -> None:
    layouts = Layouts()
    for label in labels(table):
        label.installEventFilter(layouts)
    for row in range(10):
        table.show_row(row, [*contents(row)[:1], "1.5", "2", 0.5, "3", "4", "5", "6"], label=row, style=row)
    table.grab()
    assert layouts.count == 0
