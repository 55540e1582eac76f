"""A plot to be touched: what mouse and keys do on it becomes touches, hovering, zooming and panning."""

import pyqtgraph as pg
from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainterPath, QWheelEvent
from PyQt6.QtWidgets import QGraphicsEllipseItem, QWidget

from playground.gui.palette import Theme
from playground.gui.plots.fast_plot import FastPlot, path_item
from playground.session.grid import Point
from playground.session.strokes import Touch

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
ARROW_PIXELS = 8
CURSOR_ARM = 7  # pixels
NOTCH = 120  # what a wheel reports for one notch
ZOOM_OF_NOTCH = 1.25
WIDEST, NARROWEST = 1e12, 1e-9


class TouchPlot(FastPlot):
    """Left is the tool, middle or Ctrl-left holds the plane, the wheel zooms, arrows and Enter are a mouse too."""

    pressed = pyqtSignal(object)  # Touch
    dragged = pyqtSignal(object)
    released = pyqtSignal()
    hovered = pyqtSignal(object)  # Point, or None once the mouse has left
    view_changed = pyqtSignal()
    menu_requested = pyqtSignal(object, object)  # Touch, QPoint on screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cursor: Point | None = None  # where the arrow keys have moved to
        self._pan_from: QPointF | None = None
        self._is_stroke = False
        self._brush_radius = 0.0
        self._brush = QGraphicsEllipseItem()
        self._brush.setZValue(21)
        self._brush.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._cursor_mark = path_item(z=23, width=2)
        self._cursor_mark.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._cursor_mark.setPath(_plus(CURSOR_ARM))
        for item in (self._brush, self._cursor_mark):
            item.setVisible(False)
            self.box.addItem(item, ignoreBounds=True)
        self.box.sigRangeChanged.connect(lambda *_: self.view_changed.emit())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme's colours."""
        super().set_theme(theme)
        self._brush.setPen(pg.mkPen(theme.text, width=1))
        self._cursor_mark.setPen(pg.mkPen(theme.text, width=2))

    def set_brush_radius(self, radius: float) -> None:
        """The circle, in pixels, that the tool works in; 0 for a tool that works at a point."""
        self._brush_radius = radius
        self._brush.setRect(QRectF(-radius, -radius, 2 * radius, 2 * radius))
        self._brush.setVisible(False)

    def touch_at(self, position: QPointF) -> Touch:
        """The plane's coordinates under a pixel of this widget."""
        spot = self.to_plot(position)
        per_1, per_2 = self.box.viewPixelSize()
        return Touch(spot.x(), spot.y(), per_1, per_2)

    def _is_on_plane(self, position: QPointF) -> bool:
        return bool(self.box.sceneBoundingRect().contains(self.mapToScene(position.toPoint())))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Left is the tool, middle or Ctrl-left holds the plane, the wheel zooms, arrows and Enter are a mouse too."""
        if event is None or not self._is_on_plane(event.position()):
            return
        self._cursor = None
        self._cursor_mark.setVisible(False)
        is_left = event.button() == Qt.MouseButton.LeftButton
        holds_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.button() == Qt.MouseButton.MiddleButton or (is_left and holds_control):
            self._pan_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif is_left:
            self._is_stroke = True
            self.pressed.emit(self.touch_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Go on with the stroke or the pan, or just hover."""
        if event is None:
            return
        if self._pan_from is not None:
            before, now = self.touch_at(self._pan_from), self.touch_at(event.position())
            self._pan_from = event.position()
            self.box.translateBy(x=before.x1 - now.x1, y=before.x2 - now.x2)
            return
        touch = self.touch_at(event.position())
        if self._is_stroke:
            self.dragged.emit(touch)
        is_on_plane = self._is_on_plane(event.position())
        self._brush.setVisible(is_on_plane and self._brush_radius > 0)
        self._brush.setPos(touch.x1, touch.x2)
        self._cursor_mark.setVisible(False)
        self.hovered.emit((touch.x1, touch.x2) if is_on_plane else None)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End the stroke or the pan."""
        self._pan_from = None
        self.unsetCursor()
        if self._is_stroke and event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._is_stroke = False
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Two quick clicks are two clicks."""
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent | None) -> None:
        """The mouse has left the plane."""
        self._brush.setVisible(False)
        self.hovered.emit(None)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Zoom about the mouse, a quarter for each notch."""
        if event is None or not event.angleDelta().y():
            return
        touch = self.touch_at(event.position())
        self.zoom(ZOOM_OF_NOTCH ** (-event.angleDelta().y() / NOTCH), (touch.x1, touch.x2))
        event.accept()

    def zoom(self, factor: float, about: Point | None = None) -> None:
        """Show ``factor`` times as much of the plane, about a point or the centre."""
        (left, right), (bottom, top) = self.box.viewRange()
        sizes = (right - left) * factor, (top - bottom) * factor
        if max(sizes) < WIDEST and min(sizes) > NARROWEST:
            self.box.scaleBy((factor, factor), center=pg.Point(*about) if about else None)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Right-click asks for the menu."""
        if event is not None and not self._is_stroke and self._is_on_plane(QPointF(event.pos())):
            self.menu_requested.emit(self.touch_at(QPointF(event.pos())), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Arrows move a crosshair, Enter uses the tool there; Shift moves by single pixels."""
        if event is None:
            return
        if event.key() in ARROWS:
            self._move_cursor(*ARROWS[Qt.Key(event.key())], is_fine=bool(event.modifiers() & _SHIFT))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(Touch(*self._cursor_or_centre(), *self.box.viewPixelSize()))
            self.released.emit()
        else:
            event.ignore()

    def _cursor_or_centre(self) -> Point:
        (left, right), (bottom, top) = self.box.viewRange()
        cursor = self._cursor
        if cursor is None or not (left <= cursor[0] <= right and bottom <= cursor[1] <= top):
            self._cursor = ((left + right) / 2, (bottom + top) / 2)
            return self._cursor
        return cursor

    def _move_cursor(self, right: int, up: int, *, is_fine: bool) -> None:
        pixels = 1 if is_fine else ARROW_PIXELS
        per_1, per_2 = self.box.viewPixelSize()
        x1, x2 = self._cursor_or_centre()
        (low_1, high_1), (low_2, high_2) = self.box.viewRange()
        self._cursor = (
            min(max(x1 + right * pixels * per_1, low_1), high_1),
            min(max(x2 + up * pixels * per_2, low_2), high_2),
        )
        self._cursor_mark.setPos(*self._cursor)
        self._cursor_mark.setVisible(True)
        self.hovered.emit(self._cursor)


_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _plus(arm: float) -> QPainterPath:
    path = QPainterPath(QPointF(-arm, 0))
    path.lineTo(arm, 0)
    path.moveTo(0, -arm)
    path.lineTo(0, arm)
    return path
