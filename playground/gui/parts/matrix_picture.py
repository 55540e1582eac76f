"""A matrix as a picture of its signs and sizes, every cell of which can be read, by mouse and by keys."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QPointF, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from playground.gui.palette import LIGHT, Theme, signed_picture
from playground.gui.parts.images import image_of
from playground.gui.parts.labels import set_tip
from playground.gui.parts.markers import marker_pixmap
from playground.gui.parts.matrix_places import EQUAL, Places, fit
from playground.gui.style import small_font, tabular
from playground.session.number_text import fixed, significant

GUTTER = 18  # pixels for the markers of rows or columns
REMARK = 16  # pixels for what is left out
NUMBER_WIDTH, NUMBER_HEIGHT = 38, 18  # pixels from which a cell shows its number
ROW_HEIGHT, TALLEST = 20, 160  # pixels of a row with numbers, and of a picture with more rows
FEW_ROWS = 12
FIGURES = (4, 3, 2, 1)
WHOLE = "−0."  # before the decimals of a share
DECIMALS = (6, 5, 4, 3, 2)  # of cells whose texts are given, all with as many as there is room for
READ_FIGURES = 9  # of a cell that is read out: all that a float32 holds, so that what follows can be computed
CHARACTERS = "0123456789−+.×⁻⁰¹²³⁴⁵⁶⁷⁸⁹∞na…"  # of numbers' texts

_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}

Cell = tuple[int, int]  # row and column, from 0
ColumnTexts = Callable[[int], Sequence[str]]  # by how many figures there are elsewhere


class MatrixPicture(QWidget):
    """A real matrix: orange below 0, blue above; numbers where there is room, and a readout of any cell.

    Where there is not a pixel for each column, every so-manyth is shown, none is averaged, and a remark says so; the
    keys reach the others too.
    """

    read = pyqtSignal(str)  # what the cell under the mouse or the keys' cursor says; empty when there is none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._values: NDArray[Any] = np.empty((0, 0))
        self._name = ""
        self._scale = 0.0
        self._texts: Sequence[Sequence[str]] | None = None
        self._column_texts: ColumnTexts | None = None
        self._row_styles: tuple[int, ...] = ()
        self._column_styles: tuple[int, ...] = ()
        self._hovered: Cell | None = None
        self._cursor: Cell = (0, 0)
        self._readout = ""
        self._markers: dict[tuple[int, str, float], QPixmap] = {}
        self._picture: QPixmap | None = None  # of the cells as they are; None once they have changed
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_matrix(
        self,
        values: NDArray[Any],
        name: str,
        scale: float | None = None,
        texts: Sequence[Sequence[str]] | None = None,
        column_texts: ColumnTexts | None = None,
    ) -> None:
        """Show a matrix (rows, columns) under its name.

        A value of size ``scale`` has full colour; without it, or with 0, the largest finite one has. ``texts`` write
        the values where they are to have no more figures than these; ``column_texts`` write those of a single column
        where other pictures have so many figures. Raises ValueError for another number of
        dimensions, and for a scale that is negative or not finite.
        """
        if scale is not None and not 0 <= scale < math.inf:
            raise ValueError(f"The scale of {name} must be finite and at least 0, not {scale}")
        if values.ndim != 2:
            raise ValueError(f"{name} has {values.ndim} dimensions; a picture needs rows and columns")
        is_resized, is_another = values.shape != self._values.shape, name != self._name
        self._values, self._name, self._scale = values, name, scale or 0.0
        self._texts, self._column_texts = texts, column_texts
        self._picture = None
        if is_resized or is_another:
            rows, columns = values.shape
            self.setAccessibleName(f"{name}, {rows} × {columns}")
        if is_resized:
            self._cursor = (0, 0)
            self._hovered = None
            self.updateGeometry()
        self._read_again()
        self.update()

    def set_markers(self, rows: Sequence[int] = (), columns: Sequence[int] = ()) -> None:
        """Mark rows or columns with the markers of the classes that they belong to, by style; none for none."""
        if (tuple(rows), tuple(columns)) != (self._row_styles, self._column_styles):
            self._row_styles, self._column_styles = tuple(rows), tuple(columns)
            self._picture = None
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        """All the width there is, and a height that shows numbers where the rows are few."""
        rows = self._values.shape[0]
        height = rows * ROW_HEIGHT if rows <= FEW_ROWS else min(TALLEST, rows * 10)
        gutter = GUTTER if self._column_styles else 0
        return QSize(360, height + gutter + (REMARK if self._places().column_step > 1 else 0) + 2)

    def _places(self) -> Places:
        """Where the cells lie, which leave a pixel for the frame round them."""
        rows, columns = self._values.shape
        left = 1 + (GUTTER if self._row_styles else 0)
        top = 1 + (GUTTER if self._column_styles else 0)
        width, height = self.width() - left - 1, self.height() - top - 1
        places = fit(rows, columns, left, top, width, height)
        return fit(rows, columns, left, top, width, height - REMARK) if places.remark() else places

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The cells, painted once for each matrix, and a frame round the one that is read."""
        if self._picture is None:
            self._picture = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        cell = self._cell_in_focus()
        if cell is not None:
            places = self._places()
            frame = QRect(*places.corner_of(*cell), places.cell_width, places.cell_height).adjusted(-1, -1, 0, 0)
            painter.setPen(QPen(QColor(self._theme.text), 2))
            painter.drawRect(frame)
        painter.end()

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        if self._values.size:
            painter = QPainter(picture)
            self._paint(painter, self._places())
            painter.end()
        return picture

    def _paint(self, painter: QPainter, places: Places) -> None:
        shown = self._values[:: places.row_step, :: places.column_step]
        area = QRect(places.left, places.top, places.width, places.height)
        pixels = signed_picture(shown, self._full_scale(), self._theme)
        if places.spread:
            pixels = np.repeat(pixels, np.diff([places.left_of(place) for place in range(shown.shape[1] + 1)]), axis=1)
        painter.drawImage(area, image_of(pixels))
        has_numbers = places.cell_width >= NUMBER_WIDTH and places.cell_height >= NUMBER_HEIGHT
        if not has_numbers:
            self._hatch(painter, places, shown)
        if min(places.cell_width, places.cell_height) >= EQUAL:
            self._rule(painter, places)
        painter.setPen(QColor(self._theme.line))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))
        if has_numbers:
            self._write(painter, places, shown)
        self._mark(painter, places)
        if places.remark():
            painter.setPen(QColor(self._theme.muted))
            painter.setFont(small_font(self.font()))
            place = QRect(places.left, area.bottom() + 2, self.width() - places.left, REMARK)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, places.remark())

    def _full_scale(self) -> float:
        """The value that has full colour; a matrix of zeros is pale at any."""
        if self._scale:
            return self._scale
        sizes = np.abs(self._values[np.isfinite(self._values)])
        return float(sizes.max()) or 1.0 if sizes.size else 1.0

    def _hatch(self, painter: QPainter, places: Places, shown: NDArray[Any]) -> None:
        """Mark what is not finite, which has no place on the scale."""
        brush = QBrush(QColor(self._theme.text), Qt.BrushStyle.BDiagPattern)
        for row, column in np.argwhere(~np.isfinite(shown)):
            x, y = places.left_of(int(column)), places.top + int(row) * places.cell_height
            painter.fillRect(QRect(x, y, places.cell_width, places.cell_height), brush)

    def _rule(self, painter: QPainter, places: Places) -> None:
        painter.setPen(QColor(self._theme.panel))
        right, bottom = places.left + places.width - 1, places.top + places.height - 1
        for x in range(places.left + places.cell_width, right, places.cell_width):
            painter.drawLine(x - 1, places.top, x - 1, bottom)
        for y in range(places.top + places.cell_height, bottom, places.cell_height):
            painter.drawLine(places.left, y - 1, right, y - 1)

    def _write(self, painter: QPainter, places: Places, shown: NDArray[Any]) -> None:
        """The numbers, each with as many figures as its cell has room for."""
        font = tabular(small_font(self.font()))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        metrics = QFontMetricsF(font)
        advances = {character: metrics.horizontalAdvance(character) for character in CHARACTERS}
        room, drop = places.cell_width - 3, (places.cell_height + metrics.capHeight()) / 2
        for row, values in enumerate(shown.tolist()):
            for column, value in enumerate(values):
                texts = self._writings(row * places.row_step, column * places.column_step, value, room // advances["0"])
                widths = ((sum(map(advances.__getitem__, text)), text) for text in texts)
                width, text = next((pair for pair in widths if pair[0] <= room), (advances["…"], "…"))
                x, y = places.left + column * places.cell_width, places.top + row * places.cell_height
                painter.drawText(QPointF(x + (places.cell_width - width) / 2, y + drop), text)

    def _writings(self, row: int, column: int, value: float, room: float) -> Iterator[str]:
        """A value with fewer and fewer figures; where texts are given, with decimals for ``room`` characters."""
        if self._column_texts is not None:
            return (self._column_texts(figures)[row] for figures in FIGURES)
        if self._texts is None:
            return (significant(value, figures) for figures in FIGURES)
        most = min(_decimals_in(self._texts[row][column]), room - len(WHOLE))
        return (fixed(value, decimals) for decimals in DECIMALS if decimals <= max(most, DECIMALS[-1]))

    def _mark(self, painter: QPainter, places: Places) -> None:
        for row, style in enumerate(self._row_styles[:: places.row_step]):
            y = places.top + row * places.cell_height + (places.cell_height - 14) // 2
            painter.drawPixmap(0, y, self._marker(style))
        for column, style in enumerate(self._column_styles[:: places.column_step]):
            x = places.left_of(column) + (places.cell_width - 14) // 2
            painter.drawPixmap(x, 0, self._marker(style))

    def _marker(self, style: int) -> QPixmap:
        """A class's marker, which takes as long to draw as ten numbers, so it is kept."""
        key = (style, self._theme.name, self.devicePixelRatioF())
        if key not in self._markers:
            self._markers[key] = marker_pixmap(style, self._theme, 14, key[2])
        return self._markers[key]

    # -- reading ------------------------------------------------------------------------------------------------------

    def _cell_in_focus(self) -> Cell | None:
        """The cell that is read: the one under the mouse, else the keys' one."""
        if self._hovered is not None or not self._values.size:
            return self._hovered
        return self._cursor if self.hasFocus() else None

    def _read_again(self) -> None:
        """Say what the cell in focus holds now, if that is something new."""
        cell = self._cell_in_focus()
        readout = ""
        if cell is not None:
            row, column = cell
            readout = f"{self._name} row {row + 1}, column {column + 1} = {self._reading(row, column)}"
        if readout != self._readout:
            self._readout = readout
            set_tip(self, readout)
            self.setAccessibleDescription(readout)
            self.read.emit(readout)

    def _reading(self, row: int, column: int) -> str:
        if self._column_texts is not None:
            return self._column_texts(READ_FIGURES)[row]
        if self._texts is not None:
            return self._texts[row][column]
        return significant(float(self._values[row, column]), READ_FIGURES)

    def _look(self, hovered: Cell | None) -> None:
        self._hovered = hovered
        self._read_again()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Read the cell under the mouse."""
        if event is not None:
            cell = self._places().cell_at(event.position().x(), event.position().y())
            if cell != self._hovered:
                self._look(cell)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Let the keys go on from here."""
        if event is not None:
            self._cursor = self._places().cell_at(event.position().x(), event.position().y()) or self._cursor

    def leaveEvent(self, event: QEvent | None) -> None:
        """Nothing is under the mouse any more."""
        self._look(None)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move the cursor to a neighbour, or to an end of its row."""
        if event is None:
            return
        row, column = self._cursor
        rows, columns = self._values.shape
        key = event.key()
        if key in _STEPS:
            row, column = row + _STEPS[key][0], column + _STEPS[key][1]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            column = 0 if key == Qt.Key.Key_Home else columns - 1
        else:
            super().keyPressEvent(event)
            return
        self._cursor = (max(0, min(row, rows - 1)), max(0, min(column, columns - 1)))
        self._look(None)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Read the cell that the keys were on."""
        self._look(self._hovered)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Stop reading it."""
        self._look(self._hovered)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Place the cells anew."""
        self._picture = None
        self.updateGeometry()


def _decimals_in(text: str) -> float:
    """How many decimals a number's text has; those of a power of ten are beyond counting."""
    return math.inf if "×" in text else len(text.partition(".")[2])
