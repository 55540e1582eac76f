"""One map for each class: its probability over the plane, with a crosshair and its value at the probe."""

import numpy as np
from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PyQt6.QtWidgets import QWidget

from playground.gui.images import image_of
from playground.gui.markers import paint_marker
from playground.gui.palette import LEVELS, LIGHT, Array, Theme, levels, map_table
from playground.gui.style import tabular
from playground.session.dataset import ClassLabel
from playground.session.grid import Grid, Point
from playground.session.messages import Snapshot

HEADER = 22  # pixels for marker, name and value above each map
GAP = 10
COARSEST = 96  # a map is drawn from every n-th cell, but from at least about this many along its longer side


class ClassMap(QWidget):
    """The probability of one class."""

    entered = pyqtSignal(object)  # its class index
    left = pyqtSignal()
    hovered = pyqtSignal(object)

    def __init__(self, label: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self._theme = LIGHT
        self._class = ClassLabel(label)
        self._image: QImage | None = None
        self._grid: Grid | None = None
        self._probe: Point | None = None
        self._value: float | None = None
        self.setMouseTracking(True)
        self.setToolTip("The probability of this class: paper is 0, full colour 1. Rest here to see it on the plane.")

    def show_class(self, class_label: ClassLabel, theme: Theme) -> None:
        """Stand for this class from now on."""
        self._class, self._theme = class_label, theme
        self.setAccessibleName(f"Probability of {class_label.name or f'class {self._label + 1}'}")
        self.update()

    def show_pixels(self, pixels: Array, grid: Grid) -> None:
        """Show its probability over the plane, as pixels (rows, columns), top row first."""
        self._image = image_of(pixels)
        self._grid = grid
        self.update()

    def show_probe(self, probe: Point | None, value: float | None) -> None:
        """Show a crosshair and the value there, or neither."""
        if (probe, value) != (self._probe, self._value):
            self._probe, self._value = probe, value
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Header, picture, frame, crosshair."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_header(painter)
        area = self._picture_area()
        if self._image is not None:
            painter.drawImage(area, self._image)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawRect(area)
        if self._probe is not None and self._grid is not None:
            self._paint_crosshair(painter, area, self._grid, self._probe)

    def _paint_header(self, painter: QPainter) -> None:
        paint_marker(painter, self._class.style, self._theme, 8, HEADER / 2 - 1, 10)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(tabular(self.font()))
        value = "" if self._value is None else f"{self._value:.3f}"
        line = QRectF(18, 0, self.width() - 20, HEADER - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, value)
        metrics = QFontMetrics(painter.font())
        name = f"{self._label + 1}  {self._class.name}"
        room = int(line.width()) - metrics.horizontalAdvance(value) - 6
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        )

    def _paint_crosshair(self, painter: QPainter, area: QRectF, grid: Grid, probe: Point) -> None:
        x = area.left() + (probe[0] - grid.left) / (grid.right - grid.left) * area.width()
        y = area.bottom() - (probe[1] - grid.bottom) / (grid.top - grid.bottom) * area.height()
        if not area.contains(QPointF(x, y)):
            return
        for colour, width in ((self._theme.paper, 3.5), (self._theme.text, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x - 5, y), QPointF(x + 5, y))
            painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))

    def _picture_area(self) -> QRectF:
        return QRectF(0.5, HEADER + 0.5, self.width() - 1, self.height() - HEADER - 1)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Ask to be enlarged onto the plane."""
        self.entered.emit(self._label)

    def leaveEvent(self, event: QEvent | None) -> None:
        """Give the plane back."""
        self.left.emit()
        self.hovered.emit(None)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Probe the spot of the plane under the mouse."""
        area = self._picture_area()
        if event is None or self._grid is None or not area.contains(event.position()):
            return
        grid = self._grid
        right = (event.position().x() - area.left()) / area.width()
        up = (area.bottom() - event.position().y()) / area.height()
        self.hovered.emit((grid.left + right * (grid.right - grid.left), grid.bottom + up * (grid.top - grid.bottom)))


class ProbabilityMaps(QWidget):
    """All classes' maps, as large as the room allows."""

    enlarged = pyqtSignal(object)  # class index, or None
    hovered = pyqtSignal(object)  # Point or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps: list[ClassMap] = []
        self._theme = LIGHT
        self._classes: tuple[ClassLabel, ...] = ()
        self._aspect = 1.0
        self._snapshot: Snapshot | None = None

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._show_classes(self._classes)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show each class's probability at this moment."""
        self._snapshot = snapshot
        if snapshot.dataset.classes != self._classes:
            self._show_classes(snapshot.dataset.classes)
        if snapshot.probabilities is None or snapshot.grid is None:
            return
        aspect = snapshot.grid.columns / snapshot.grid.rows
        if abs(aspect - self._aspect) > 0.01:
            self._aspect = aspect
            self._lay_out()
        values = snapshot.probe_probabilities
        pixels = self._pixels(snapshot.probabilities)
        for label, tile in enumerate(self._maps):
            tile.show_pixels(pixels[label], snapshot.grid)
            tile.show_probe(snapshot.probe, None if values is None else float(values[label]))

    def _pixels(self, probabilities: Array) -> Array:
        """The pixels of all maps at once, (C, rows, columns), top row first."""
        step = max(1, max(probabilities.shape[1:]) // COARSEST)
        index = levels(probabilities[:, ::-step, ::step])
        index += (LEVELS * np.arange(len(index), dtype=index.dtype))[:, None, None]
        tables = np.concatenate([map_table(label.style, self._theme) for label in self._classes])
        return tables.take(index)

    def sizeHint(self) -> QSize:
        """A column beside the plane."""
        return QSize(300, 500)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the maps to the room."""
        self._lay_out()

    def _show_classes(self, classes: tuple[ClassLabel, ...]) -> None:
        self._classes = classes
        while len(self._maps) > len(classes):
            self._maps.pop().deleteLater()
        while len(self._maps) < len(classes):
            self._maps.append(self._new_map(len(self._maps)))
        for tile, class_label in zip(self._maps, classes, strict=True):
            tile.show_class(class_label, self._theme)
        self._lay_out()

    def _new_map(self, label: int) -> ClassMap:
        tile = ClassMap(label, self)
        tile.entered.connect(self.enlarged)
        tile.left.connect(lambda: self.enlarged.emit(None))
        tile.hovered.connect(self.hovered)
        tile.show()
        return tile

    def _lay_out(self) -> None:
        if not self._maps:
            return
        columns, width = max(
            ((columns, self._width_in(columns)) for columns in range(1, len(self._maps) + 1)), key=lambda fit: fit[1]
        )
        height = width / self._aspect + HEADER
        for i, tile in enumerate(self._maps):
            row, column = divmod(i, columns)
            tile.setGeometry(
                round(column * (width + GAP)), round(row * (height + GAP)), max(1, round(width)), max(1, round(height))
            )

    def _width_in(self, columns: int) -> float:
        """How wide each map can be in that many columns."""
        rows = -(-len(self._maps) // columns)
        by_width = (self.width() - GAP * (columns - 1)) / columns
        by_height = ((self.height() - GAP * (rows - 1)) / rows - HEADER - 1) * self._aspect
        return min(by_width, by_height)
