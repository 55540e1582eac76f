"""The map of one class: its probability over the plane, with a crosshair and its value at the probe."""

from PyQt6.QtCore import QEvent, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QMouseEvent, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QFrame, QLabel, QWidget

from playground.gui.palette import Array, Theme
from playground.gui.parts.images import image_of
from playground.gui.parts.labels import elided, set_text, set_tip
from playground.gui.parts.markers import marker_pixmap
from playground.gui.style import tabular
from playground.session.dataset import ClassLabel
from playground.session.grid import Grid, Point

HEADER, LINE = 22, 15  # pixels for marker, name and value above each map; and for the value on a line of its own
MARKER, VALUE = 19, 40  # pixels across for the marker, and for the value
ARM = 5  # of the crosshair, in pixels
TIP = "Its probability: paper is 0, full colour 1. Rest here to see it on the plane."


class ClassMap(QWidget):
    """The probability of one class: put together from labels, which Qt paints without Python."""

    entered = pyqtSignal(object)  # its class index
    left = pyqtSignal()
    hovered = pyqtSignal(object)

    def __init__(self, label: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self._class_name = ""
        self._header = HEADER
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

    def show_class(self, class_label: ClassLabel, theme: Theme) -> None:
        """Stand for this class from now on."""
        self._marker.setPixmap(marker_pixmap(class_label.style, theme, 14, 2.0))
        self._class_name = name = class_label.name
        set_tip(self, f"Class {self._titled(name)}. {TIP}")
        self._picture.setStyleSheet(f"color: {theme.line};")
        self._is_lit = False
        for line in self._lines:
            line.setStyleSheet(f"background: {theme.text};")
        self._frame_colours = (theme.line, theme.accent)
        self.setAccessibleName(f"Probability of {name or f'class {self._label + 1}'}")
        self.resizeEvent(None)

    def has_room(self, width: int) -> bool:
        """Whether its marker, its name and a value stand beside one another in that many pixels."""
        return MARKER + self._pixels(self._titled(self._class_name)) + VALUE <= width

    def _titled(self, name: str) -> str:
        return f"{self._label + 1} {name}".strip()

    def _pixels(self, text: str) -> int:
        self._name.ensurePolished()
        return self._name.fontMetrics().horizontalAdvance(text)

    def set_header(self, height: int) -> None:
        """Keep that many pixels free above the picture: `HEADER`, or more for a value that stands below the name."""
        self._header = height
        self.resizeEvent(None)

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
        """Header above, picture below; the tile's tip has the whole name."""
        width, height, below = self.width(), HEADER - 2, self._header - HEADER
        name_width = width - MARKER - (0 if below else VALUE)
        self._marker.setGeometry(1, 0, MARKER - 1, height)
        self._name.setGeometry(MARKER, 0, name_width, height)
        room = name_width - self._pixels(f"{self._label + 1} ")  # the number is never cut
        set_text(self._name, self._titled(elided(self._name, self._class_name, room)))
        self._value.setGeometry(width - VALUE, below, VALUE - 1, height)
        self._picture.setGeometry(0, self._header, width, self.height() - self._header)

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
