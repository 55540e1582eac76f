"""The dialog that asks for the columns of a CSV file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from playground.gui.csv_dialog import CsvDialog
from playground.session.csv import Columns, likely_columns, read_table
from tests.gui.eyes import read_tip
from tests.gui.hands import choose, press_button

FLOWERS = "length,width,leaf,species\n1.5,0.2,3,rose\n2.5,0.7,4,lily\n3.5,,5,rose\n4.5,1.5,6,lily\n"
MANY = "a,b,name\n" + "".join(f"{i},{i},n{i}\n" for i in range(30))

Make = Callable[..., CsvDialog]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Make:
    dialogs: list[CsvDialog] = []  # Python would let go of them in the middle of a line

    def make_one(text: str = FLOWERS, guess: Columns | None = None) -> CsvDialog:
        path = tmp_path / "flowers.csv"
        path.write_text(text)
        table = read_table(path)
        dialog = CsvDialog(table, guess or likely_columns(table))
        dialogs.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make_one


def boxes(dialog: CsvDialog) -> list[QComboBox]:
    """The choices, for x₁, x₂ and the class."""
    return sorted(dialog.findChildren(QComboBox), key=lambda box: box.y())


def verdict(dialog: CsvDialog) -> str:
    return max(dialog.findChildren(QLabel), key=lambda label: label.y() if label.wordWrap() else -1).text()


def can_open(dialog: CsvDialog) -> bool:
    (box,) = dialog.findChildren(QDialogButtonBox)
    button = box.button(QDialogButtonBox.StandardButton.Open)
    assert button is not None
    return button.isEnabled()


def test_the_guess_is_chosen_and_what_it_gives_is_told(make: Make) -> None:
    dialog = make()
    assert dialog.columns() == Columns("length", "width", "species")
    assert "3 points of 2 classes" in verdict(dialog)
    assert "1 row" in verdict(dialog)
    assert can_open(dialog)
    assert "flowers.csv" in dialog.windowTitle()


def test_every_column_can_be_chosen_for_each_part(make: Make) -> None:
    for box in boxes(make()):
        assert [box.itemText(i) for i in range(box.count())] == ["length", "width", "leaf", "species"]


def test_another_choice_is_judged_at_once_and_taken(make: Make, qtbot: QtBot) -> None:
    dialog = make()
    choose(qtbot, boxes(dialog)[1], "leaf")
    assert dialog.columns() == Columns("length", "leaf", "species")
    assert verdict(dialog) == "4 points of 2 classes."


def test_a_choice_that_gives_nothing_says_why_and_cannot_be_opened(make: Make, qtbot: QtBot) -> None:
    dialog = make()
    choose(qtbot, boxes(dialog)[0], "species")
    assert not can_open(dialog)
    assert "different columns" in verdict(dialog)
    choose(qtbot, boxes(dialog)[2], "leaf")
    assert not can_open(dialog)
    assert verdict(dialog).startswith("Column “species” holds no numbers, line 2 (“1.5,0.2,3,rose”)")
    choose(qtbot, boxes(dialog)[0], "length")
    assert can_open(dialog)


def test_too_many_classes_are_refused_in_a_sentence(make: Make) -> None:
    dialog = make(MANY, Columns("a", "b", "name"))
    assert not can_open(dialog)
    assert "30 different values" in verdict(dialog)
    assert verdict(dialog).endswith(".")


def test_the_first_rows_are_shown_as_they_are(make: Make) -> None:
    (table,) = make(MANY, Columns("a", "b", "name")).findChildren(QTableWidget)
    headers = [table.horizontalHeaderItem(i) for i in range(3)]
    assert [header.text() for header in headers if header] == ["a", "b", "name"]
    assert 3 <= table.rowCount() <= 30
    cells = [table.item(2, column) for column in range(3)]
    assert [cell.text() for cell in cells if cell] == ["2", "2", "n2"]


def test_a_short_file_is_shown_whole(make: Make) -> None:
    (table,) = make().findChildren(QTableWidget)
    assert table.rowCount() == 4
    missing = table.item(2, 1)
    assert missing is not None
    assert missing.text() == ""


def test_the_cells_cannot_be_edited(make: Make) -> None:
    (table,) = make().findChildren(QTableWidget)
    assert table.editTriggers() == QTableWidget.EditTrigger.NoEditTriggers


@pytest.mark.parametrize(
    ("which", "result"),
    [
        (QDialogButtonBox.StandardButton.Open, QDialog.DialogCode.Accepted),
        (QDialogButtonBox.StandardButton.Cancel, QDialog.DialogCode.Rejected),
    ],
)
def test_open_accepts_and_cancel_rejects(
    make: Make, qtbot: QtBot, which: QDialogButtonBox.StandardButton, result: QDialog.DialogCode
) -> None:
    dialog = make()
    press_button(qtbot, dialog, which)
    assert dialog.result() == result
    assert not dialog.isVisible()


def test_without_two_columns_of_numbers_three_columns_are_shown_and_why_they_do_not_do(make: Make) -> None:
    dialog = make("a,b,c\nx,y,z\n")
    assert dialog.columns() == Columns("a", "b", "c")
    assert not can_open(dialog)
    assert verdict(dialog) == "Column “a” holds no numbers, line 2 (“x,y,z”): “x”: choose another column."


def test_one_class_is_called_one_class(make: Make) -> None:
    dialog = make("a,b,kind\n1,2,oak\n3,4,oak\n")
    assert can_open(dialog)
    assert verdict(dialog) == "2 points of one class only (“oak”), where a softmax needs two to tell apart."


def test_how_the_file_was_read_is_told(make: Make) -> None:
    dialog = make("2,2,high\n1,5,0\n3,4,1\n")
    assert verdict(dialog).endswith("Line 1 (“2,2,high”) left out, which counts the rows.")


def test_a_file_of_very_many_columns_shows_the_first_ones_and_the_guessed(make: Make) -> None:
    names = [f"c{i}" for i in range(20_000)]
    dialog = make(f"{','.join(names)},kind\n{','.join(['1'] * 20_000)},a\n{','.join(['2'] * 20_000)},b\n")
    assert dialog.columns() == Columns("c0", "c1", "kind")
    (table,) = dialog.findChildren(QTableWidget)
    assert 3 < table.columnCount() < 100
    last = table.item(1, table.columnCount() - 1)
    assert last is not None
    assert last.text() == "b"
    assert all(box.count() == 20_001 for box in boxes(dialog))
    assert dialog.sizeHint().width() < 1200


def test_a_long_name_or_cell_has_an_ellipsis_and_a_tip_with_the_whole(make: Make) -> None:
    name, kind = "the width of a petal at its widest place, in centimetres " * 2, "versicolor, with <b>markup</b> " * 4
    dialog = make(f'"{name}",x,kind\n' + "".join(f'{i},{i % 7},"{kind}{i % 2}"\n' for i in range(20)))
    (table,) = dialog.findChildren(QTableWidget)
    for item, whole in ((table.horizontalHeaderItem(0), name.strip()), (table.item(0, 2), f"{kind}0")):
        assert item is not None
        assert item.text().endswith("…")
        assert read_tip(item.toolTip()) == whole
    box = boxes(dialog)[0]
    assert read_tip(str(box.itemData(0, Qt.ItemDataRole.ToolTipRole))) == name.strip()
    assert box.itemText(0).endswith("…")
    box.setCurrentIndex(0)
    assert dialog.columns().x == name.strip()
    assert read_tip(box.toolTip()).endswith(f"Chosen: {name.strip()}")
