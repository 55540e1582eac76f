"""One map for each class: its probability over the plane, with a crosshair and its value at the probe."""

import numpy as np
from PyQt6.QtCore import QEvent, QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QMouseEvent, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QFrame, QLabel, QWidget

from playground.gui.palette import LEVELS, LIGHT, Array, Theme, levels, map_table
from playground.gui.parts.images import image_of
from playground.gui.parts.labels import set_text, set_tip
from playground.gui.parts.markers import marker_pixmap
from playground.gui.style import tabular
from playground.session.dataset import ClassLabel
from playground.session.grid import Grid, Point
from playground.session.light import UNLIT, Light
from playground.session.messages import Snapshot

HEADER = 22  # pixels for marker, name and value above each map
GAP = 10
ARM = 5  # of the crosshair, in pixels
LEAST_SIDE = 64  # pixels of a map that there must be room for
MOST_IN_A_ROW = 5
COARSEST = 96  # a map is drawn from every n-th cell, but from at least about this many along its longer side


class ClassMap(QWidget):
    """The probability of one class: put together from labels, which Qt paints without Python."""

    entered = pyqtSignal(object)  # its class index
    left = pyqtSignal()
    hovered = pyqtSignal(object)

    def __init__(self, label: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self._grid: Grid | None = None
        self._marker, self._name, self._value, self._picture = (QLabel(self) for _ in range(4))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setFont(tabular(self._value.font()))
        self._name.setProperty("role", "muted")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._picture.setScaledContents(True)
        self._picture.setFrameShape(QFrame.Shape.Box)
        self._lines = [QFrame(self) for _ in range(2)]
        for child in (self._picture, *self._lines):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMouseTracking(True)
        set_tip(self, "The probability of this class: paper is 0, full colour 1. Rest here to see it on the plane.")

    def show_class(self, class_label: ClassLabel, theme: Theme) -> None:
        """Stand for this class from now on."""
        self._marker.setPixmap(marker_pixmap(class_label.style, theme, 14, 2.0))
        self._name.setText(f"{self._label + 1}  {class_label.name}")
        self._picture.setStyleSheet(f"color: {theme.line};")
        self._is_lit = False
        for line in self._lines:
            line.setStyleSheet(f"background: {theme.text};")
        self._frame_colours = (theme.line, theme.accent)
        self.setAccessibleName(f"Probability of {class_label.name or f'class {self._label + 1}'}")

    def show_pixels(self, pixels: Array, grid: Grid) -> None:
        """Show its probability over the plane, as pixels (rows, columns), top row first."""
        self._picture.setPixmap(QPixmap.fromImage(image_of(pixels)))
        self._grid = grid

    def show_probe(self, probe: Point | None, value: float | None) -> None:
        """Show a crosshair and the value there, or neither."""
        set_text(self._value, "" if value is None else f"{value:.3f}")
        spot = None if probe is None or self._grid is None else self._pixel_of(probe, self._grid)
        for line in self._lines:
            line.setVisible(spot is not None)
        if spot is not None:
            across, down = self._lines
            across.setGeometry(spot.x() - ARM, spot.y(), 2 * ARM + 1, 1)
            down.setGeometry(spot.x(), spot.y() - ARM, 1, 2 * ARM + 1)

    def show_lit(self, *, is_lit: bool) -> None:
        """Frame the picture in the accent's colour, or as always."""
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self._picture.setStyleSheet(f"color: {self._frame_colours[is_lit]};")
            self._picture.setLineWidth(3 if is_lit else 1)

    def _pixel_of(self, probe: Point, grid: Grid) -> QPoint | None:
        """Where a point of the plane lies on the picture; None beside it."""
        area = self._picture.geometry()
        x = area.left() + (probe[0] - grid.left) / (grid.right - grid.left) * area.width()
        y = area.bottom() - (probe[1] - grid.bottom) / (grid.top - grid.bottom) * area.height()
        is_inside = area.left() <= x <= area.right() and area.top() <= y <= area.bottom()
        return QPoint(round(x), round(y)) if is_inside else None

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Header above, picture below."""
        width, value_width = self.width(), 44
        self._marker.setGeometry(1, 0, 18, HEADER - 2)
        self._name.setGeometry(19, 0, width - value_width - 19, HEADER - 2)
        self._value.setGeometry(width - value_width, 0, value_width - 1, HEADER - 2)
        self._picture.setGeometry(0, HEADER, width, self.height() - HEADER)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Ask to be enlarged onto the plane."""
        self.entered.emit(self._label)

    def leaveEvent(self, event: QEvent | None) -> None:
        """Give the plane back."""
        self.left.emit()
        self.hovered.emit(None)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Probe the spot of the plane under the mouse."""
        area = self._picture.geometry()
        if event is None or self._grid is None or not area.contains(event.position().toPoint()):
            return
        grid = self._grid
        right = (event.position().x() - area.left()) / area.width()
        up = (area.bottom() - event.position().y()) / area.height()
        self.hovered.emit((grid.left + right * (grid.right - grid.left), grid.bottom + up * (grid.top - grid.bottom)))


class ProbabilityMaps(QWidget):
    """All classes' maps, as large as the room allows."""

    enlarged = pyqtSignal(object)  # class index, or None
    hovered = pyqtSignal(object)  # Point or None
    lit = pyqtSignal(object)  # Light

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

    def show_light(self, light: Light) -> None:
        """Frame the map of the class that is lit; all of them where ŷ is."""
        for label, tile in enumerate(self._maps):
            tile.show_lit(is_lit=light.label == label or (light.label is None and light.term == "y_hat"))

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
        if len(self._maps) > len(classes):
            self.enlarged.emit(None)  # the mouse may rest on one that goes, which will not tell when it leaves
        while len(self._maps) > len(classes):
            self._maps.pop().deleteLater()
        while len(self._maps) < len(classes):
            self._maps.append(self._new_map(len(self._maps)))
        for tile, class_label in zip(self._maps, classes, strict=True):
            tile.show_class(class_label, self._theme)
        rows = -(-len(classes) // MOST_IN_A_ROW)
        self.setMinimumHeight(max(0, rows * (HEADER + LEAST_SIDE) + (rows - 1) * GAP))
        self._lay_out()

    def _new_map(self, label: int) -> ClassMap:
        tile = ClassMap(label, self)
        tile.entered.connect(self.enlarged)
        tile.left.connect(lambda: self.enlarged.emit(None))
        tile.hovered.connect(self.hovered)
        tile.entered.connect(lambda label: self.lit.emit(Light("y_hat", label)))
        tile.left.connect(lambda: self.lit.emit(UNLIT))
        tile.show()
        return tile

    def _lay_out(self) -> None:
        if not self._maps:
            return
        columns, width = max(
            ((columns, self._width_in(columns)) for columns in range(1, len(self._maps) + 1)), key=lambda fit: fit[1]
        )
        height = width / self._aspect + HEADER
        left = (self.width() - columns * width - (columns - 1) * GAP) / 2
        for i, tile in enumerate(self._maps):
            row, column = divmod(i, columns)
            tile.setGeometry(
                round(left + column * (width + GAP)),
                round(row * (height + GAP)),
                max(1, round(width)),
                max(1, round(height)),
            )

    def _width_in(self, columns: int) -> float:
        """How wide each map can be in that many columns."""
        rows = -(-len(self._maps) // columns)
        by_width = (self.width() - GAP * (columns - 1)) / columns
        by_height = ((self.height() - GAP * (rows - 1)) / rows - HEADER - 1) * self._aspect
        return min(by_width, by_height)
