"""Which columns of a CSV file to show: a preview, a guess, and three choices."""

from PyQt6.QtCore import Qt
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

from playground.session.csv_files import Columns, Table, dataset_from
from playground.session.errors import UserError

PREVIEW_ROWS = 8


class CsvDialog(QDialog):
    """Lets the user choose columns; says at once what a choice gives, or why it gives nothing."""

    def __init__(self, table: Table, guess: Columns | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setWindowTitle(f"Open {table.path.name}")
        self.resize(560, 420)
        self._boxes = {
            "Across, x₁": self._box(guess.x if guess else None),
            "Up, x₂": self._box(guess.y if guess else None),
            "Class": self._box(guess.label if guess else None),
        }
        self._verdict = QLabel()
        self._verdict.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout()
        for name, box in self._boxes.items():
            form.addRow(name, box)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(f"{len(table.rows)} rows, {len(table.header)} columns. The first rows:"))
        column.addWidget(_preview(table))
        column.addLayout(form)
        column.addWidget(self._verdict)
        column.addWidget(self._buttons)
        self._check()

    def columns(self) -> Columns:
        """The present choice."""
        return Columns(*(box.currentText() for box in self._boxes.values()))

    def _box(self, chosen: str | None) -> QComboBox:
        box = QComboBox()
        box.addItems(self._table.header)
        if chosen is not None:
            box.setCurrentText(chosen)
        box.currentTextChanged.connect(self._check)
        return box

    def _check(self) -> None:
        open_button = self._buttons.button(QDialogButtonBox.StandardButton.Open)
        assert open_button is not None
        try:
            dataset, skipped = dataset_from(self._table, self.columns())
        except UserError as error:
            self._verdict.setText(f"{error}.")
            open_button.setEnabled(False)
            return
        note = f", {skipped} rows with missing values skipped" if skipped else ""
        self._verdict.setText(f"{dataset.m} points of {dataset.C} classes{note}.")
        open_button.setEnabled(True)


def _preview(table: Table) -> QTableWidget:
    view = QTableWidget(min(len(table.rows), PREVIEW_ROWS), len(table.header))
    view.setHorizontalHeaderLabels(table.header)
    view.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for i, row in enumerate(table.rows[:PREVIEW_ROWS]):
        for j, cell in enumerate(row):
            view.setItem(i, j, QTableWidgetItem(cell))
    view.resizeColumnsToContents()
    return view
