"""Rows of matrices as plates in a textbook: each with its name and shape above, and signs between them."""

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.matrix_picture import GUTTER, REMARK, MatrixPicture
from playground.gui.parts.matrix_places import WIDEST
from playground.session.light import UNLIT, Light
from playground.session.stages.stage_matrices import Matrix, Row

NUMBER_ROW, ROW = 18, 8  # pixels of a row of cells with numbers, and without
MOST_NUMBER_ROWS, MOST_NUMBER_COLUMNS, TALLEST = 8, 3, 96
MARKED_ROW, MOST_MARKED = 15, 6  # pixels of a row that has a class's marker, and how many such rows there can be
NUMBER = 46  # pixels of a cell whose number can be read
NARROWEST, NARROWEST_OF_MANY = 60, 24
ROOM, ROOM_BESIDE = 360, 150  # pixels that a matrix has about, alone and beside others
MANY = 4  # matrices in a row, which then show their numbers to the mouse alone


class Plates(QWidget):
    """The matrices of a stage, put together once for a stage and kept while its numbers change."""

    lit = pyqtSignal(object)  # Light
    read = pyqtSignal(str)  # what the cell under the mouse or the cursor holds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: list[_PlateRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def show_rows(self, rows: Sequence[Row], styles: Sequence[int]) -> None:
        """Show these rows; ``styles`` are those of the classes, for the rows of matrices that belong to them."""
        while len(self._rows) < len(rows):
            row = _PlateRow()
            row.set_theme(self._theme)
            row.lit.connect(self.lit)
            row.read.connect(self.read)
            self._column.addWidget(row)
            self._rows.append(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(rows))
            if number < len(rows):
                row.show_row(rows[number], styles)

    def show_light(self, light: Light) -> None:
        """Underline the names of what is lit."""
        for row in self._rows:
            row.show_light(light)


class _PlateRow(QWidget):
    lit = pyqtSignal(object)
    read = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._plates: list[_Plate] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(0)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for plate in self._plates:
            plate.set_theme(theme)

    def show_row(self, row: Row, styles: Sequence[int]) -> None:
        while len(self._plates) < len(row):
            plate = _Plate()
            plate.set_theme(self._theme)
            plate.lit.connect(self.lit)
            plate.read.connect(self.read)
            self._row.insertWidget(len(self._plates), plate)
            self._plates.append(plate)
        height, is_crowded = _height(row), len(row) > MANY
        for number, plate in enumerate(self._plates):
            plate.setVisible(number < len(row))
            self._row.setStretch(number, _share(row[number]) if number < len(row) else 0)
            if number < len(row):
                plate.show_matrix(row[number], styles, height, is_crowded=is_crowded)

    def show_light(self, light: Light) -> None:
        for plate in self._plates:
            plate.show_light(light)


class _Plate(QWidget):
    """A sign, and beside it one matrix under its name."""

    lit = pyqtSignal(object)
    read = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._term = ""
        self._sign, self._name, self._shape = QLabel(), QLabel(), QLabel()
        self._shape.setProperty("role", "muted")
        self._picture = MatrixPicture()
        self._picture.read.connect(self._tell)
        self._sign.setProperty("role", "strong")
        head = self._head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._sign)
        head.addWidget(self._name)
        head.addWidget(self._shape)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._picture)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._picture.set_theme(theme)

    def show_matrix(self, matrix: Matrix, styles: Sequence[int], height: int, *, is_crowded: bool) -> None:
        self._term = matrix.term
        rows, columns = matrix.shape
        self._sign.setText(matrix.sign)
        self._sign.setVisible(bool(matrix.sign))
        self._name.setText(matrix.symbol)
        self._shape.setText(f"({rows}, {columns})")
        self._shape.setVisible(not is_crowded or (not matrix.sign and columns > 1))
        has_markers = matrix.is_by_class and rows <= MOST_MARKED
        self._picture.set_markers(rows=tuple(styles[:rows]) if has_markers else ())
        self._picture.show_matrix(matrix.values, matrix.name, matrix.scale)
        self._picture.setFixedHeight(height)
        gutter = 2 + (GUTTER if has_markers else 0)
        least = NUMBER * columns + gutter if columns <= MOST_NUMBER_COLUMNS else NARROWEST
        least = NARROWEST_OF_MANY if is_crowded else least
        self._picture.setMinimumWidth(least)
        self._picture.setMaximumWidth(columns * WIDEST + gutter)
        self.setMaximumWidth(max(columns * WIDEST + gutter, self._head.sizeHint().width()))

    def show_light(self, light: Light) -> None:
        font = self._name.font()
        is_lit = bool(light.term) and light.term == self._term
        if font.underline() != is_lit:
            font.setUnderline(is_lit)
            self._name.setFont(font)

    def _tell(self, readout: str) -> None:
        self.read.emit(readout)
        self.lit.emit(Light(self._term) if readout else UNLIT)


def _height(row: Row) -> int:
    """The pixels of a row's pictures: enough for numbers where the largest part of it can show them."""
    rows = max(matrix.shape[0] for matrix in row)
    has_numbers = rows <= MOST_NUMBER_ROWS and any(1 < matrix.shape[1] <= MOST_NUMBER_COLUMNS for matrix in row)
    marked = [matrix for matrix in row if matrix.is_by_class and rows <= MOST_MARKED]
    each = NUMBER_ROW if has_numbers and len(row) <= MANY else MARKED_ROW if marked else ROW
    least = NUMBER_ROW if rows == 1 else 2 * MARKED_ROW - 4
    has_remark = any(matrix.values.shape[1] > (ROOM if len(row) == 1 else ROOM_BESIDE) for matrix in row)
    return max(least, min(TALLEST if each == ROW else rows * each, rows * each)) + 2 + (REMARK if has_remark else 0)


def _share(matrix: Matrix) -> int:
    """How much of the row's spare room a matrix gets beside others."""
    return min(matrix.shape[1], 24)
