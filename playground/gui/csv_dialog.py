"""Which columns of a file of points to show: a preview, a guess, and three choices."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from PyQt6.QtCore import QModelIndex, QStringListModel, Qt
from PyQt6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.gui.parts.labels import as_tip, as_title, set_tip
from playground.session.csv import Columns, Table, doubts, judge
from playground.session.csv.words import plural, short
from playground.session.errors import UserError

PREVIEW_COLUMNS = 40
NAME_SIGNS = 24  # of a column, beyond which a box does not grow
PARTS = {
    "Across, x₁": "The column that becomes the horizontal axis: it needs numbers",
    "Up, x₂": "The column that becomes the vertical axis: it needs numbers",
    "Class": "The column that says which class a row is of: it may hold 2 to 10 different values",
}


class CsvDialog(QDialog):
    """Lets the user choose columns; says at once what a choice gives, or why it gives nothing."""

    def __init__(self, table: Table, guess: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setWindowTitle(as_title(f"Open {table.path.name}"))
        self.resize(600, 460)
        names = _Names(table.header, self)  # one for the three
        self._boxes = {what: self._box(names, chosen) for what, chosen in zip(PARTS, astuple(guess), strict=True)}
        self._verdict = _sentence()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout()
        for what, box in self._boxes.items():
            form.addRow(what, box)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(f"{plural(table.m, 'row')}, {plural(len(table.header), 'column')}. The first rows:"))
        column.addWidget(_preview(table, guess))
        column.addLayout(form)
        column.addWidget(self._verdict)
        column.addWidget(self._buttons)
        self._check()

    def columns(self) -> Columns:
        """The present choice."""
        return Columns(*(self._table.header[box.currentIndex()] for box in self._boxes.values()))

    def _box(self, names: QStringListModel, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setModel(names)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(NAME_SIGNS)
        box.setCurrentIndex(self._table.header.index(chosen))
        box.currentIndexChanged.connect(self._check)
        return box

    def _check(self) -> None:
        for (what, box), name in zip(self._boxes.items(), astuple(self.columns()), strict=True):
            set_tip(box, f"{PARTS[what]}.\nChosen: {name}")
        open_button = self._buttons.button(QDialogButtonBox.StandardButton.Open)
        assert open_button is not None
        try:
            verdict = judge(self._table, self.columns()).verdict
            remarks = [*self._table.remarks, *doubts(self._table, self.columns())]
        except UserError as error:
            self._verdict.setText(_as_sentences([str(error)]))
            open_button.setEnabled(False)
            return
        self._verdict.setText(_as_sentences([verdict, *remarks]))
        open_button.setEnabled(True)


class _Names(QStringListModel):
    """The columns' names, in short, each with the whole as its tip."""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(str(super().data(index)))
        found = super().data(index, role)
        return short(found) if role == Qt.ItemDataRole.DisplayRole and isinstance(found, str) else found


def _as_sentences(parts: Sequence[str]) -> str:
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def _sentence() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAccessibleName("What these columns give")
    return label


def _preview(table: Table, guess: Columns) -> QTableWidget:
    """The first rows; of very many columns the first ones and those that were guessed."""
    guessed = [name for name in astuple(guess) if name not in table.header[:PREVIEW_COLUMNS]]
    names = [*table.header[:PREVIEW_COLUMNS], *guessed]
    rows = table.first_rows(names)
    view = QTableWidget(len(rows), len(names))
    view.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setAccessibleName("The first rows")
    for j, name in enumerate(names):
        view.setHorizontalHeaderItem(j, _item(name))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            view.setItem(i, j, _item(cell))
    view.resizeColumnsToContents()
    return view


def _item(text: str) -> QTableWidgetItem:
    """A cell of the preview, whose tip has what is cut."""
    item = QTableWidgetItem(short(text))
    if item.text() != text:
        item.setToolTip(as_tip(text))
    return item
