"""A plot to be touched: what mouse and keys do on it becomes touches, hovering, zooming and panning."""

import pyqtgraph as pg
from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainterPath, QWheelEvent, QWindow
from PyQt6.QtWidgets import QApplication, QGraphicsEllipseItem, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.plots.fast_plot import path_item
from playground.gui.plots.frame import Frame
from playground.gui.plots.framed_plot import FramedPlot
from playground.session.grid import Point
from playground.session.strokes import Brush, Touch

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
BY_MOUSE, BY_KEYS = "mouse", "keys"  # who makes the stroke


class TouchPlot(FramedPlot):
    """Left is the tool, middle or Ctrl-left holds the plane, the wheel zooms, arrows and Enter are a mouse too."""

    pressed = pyqtSignal(object)  # Touch
    dragged = pyqtSignal(object)
    released = pyqtSignal()
    hovered = pyqtSignal(object)  # Point, or None once the mouse has left
    menu_requested = pyqtSignal(object, object)  # Touch, QPoint on screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cursor: Point | None = None  # where the arrow keys have moved to, in the frame
        self._pan_from: QPointF | None = None
        self._theme = LIGHT
        self._stroke_by: str | None = None  # BY_MOUSE or BY_KEYS, while there is one
        self._brush_shape = Brush()
        self._brush = QGraphicsEllipseItem()
        self._brush.setZValue(21)
        self._brush.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._cursor_mark = path_item(z=23, width=2)
        self._cursor_mark.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._cursor_mark.setPath(_plus(CURSOR_ARM))
        for item in (self._brush, self._cursor_mark):
            item.setVisible(False)
            self.box.addItem(item, ignoreBounds=True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._on_other_window)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme's colours."""
        super().set_theme(theme)
        self._brush.setPen(pg.mkPen(theme.text, width=1))
        self._theme = theme
        self._colour_cursor()

    def set_brush(self, brush: Brush) -> None:
        """How far the chosen tool reaches, shown as a circle, and whether Enter begins a stroke with it or clicks."""
        self._brush_shape = brush
        radius = brush.radius
        self._brush.setRect(QRectF(-radius, -radius, 2 * radius, 2 * radius))
        self._brush.setVisible(False)

    def set_frame(self, frame: Frame) -> None:
        """Draw in this frame from now on; the view is to be set anew."""
        super().set_frame(frame)
        self._hide_cursor()

    def end_stroke(self) -> None:
        """Let go of what mouse or keys hold: the button may be released where this plot is not told of it."""
        self._pan_from = None
        self.unsetCursor()
        if self._stroke_by is not None:
            self._stroke_by = None
            self._colour_cursor()
            self.released.emit()

    def _on_other_window(self, window: QWindow | None) -> None:
        """A dialog or another program has mouse and keys now, and will have the release."""
        own = self.window()
        if own is None or window is not own.windowHandle():
            self.end_stroke()

    def drop_cursor(self) -> bool:
        """Take the crosshair of the keys away; False where there is none."""
        if not self._cursor_mark.isVisible():
            return False
        self._hide_cursor()
        self.hovered.emit(None)
        return True

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Left is the tool, middle or Ctrl-left holds the plane, the wheel zooms, arrows and Enter are a mouse too."""
        if event is None or not self._is_on_plane(event.position()) or self._stroke_by == BY_MOUSE:
            return
        self.end_stroke()
        self._hide_cursor()
        is_left = event.button() == Qt.MouseButton.LeftButton
        holds_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.button() == Qt.MouseButton.MiddleButton or (is_left and holds_control):
            self._pan_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif is_left:
            self._stroke_by = BY_MOUSE
            self.pressed.emit(self.touch_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Go on with the stroke or the pan, or just hover."""
        if event is None:
            return
        if not event.buttons() and self._stroke_by != BY_KEYS:
            self.end_stroke()
        if self._pan_from is not None:
            way = self.to_plot(self._pan_from) - self.to_plot(event.position())
            self._pan_from = event.position()
            self.box.translateBy(x=way.x(), y=way.y())
            return
        touch = self.touch_at(event.position())
        if self._stroke_by == BY_MOUSE:
            self.dragged.emit(touch)
        elif self._stroke_by == BY_KEYS:
            return
        is_on_plane = self._is_on_plane(event.position())
        self._show_brush(touch, is_visible=is_on_plane)
        self._cursor_mark.setVisible(False)
        self.hovered.emit((touch.x1, touch.x2) if is_on_plane else None)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End the stroke or the pan."""
        if self._stroke_by == BY_MOUSE and event is not None and event.button() != Qt.MouseButton.LeftButton:
            return
        if self._stroke_by != BY_KEYS:
            self.end_stroke()

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
        self.zoom(ZOOM_OF_NOTCH ** (-event.angleDelta().y() / NOTCH), self.to_plot(event.position()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Right-click asks for the menu."""
        if event is not None and self._stroke_by is None and self._is_on_plane(QPointF(event.pos())):
            self.menu_requested.emit(self.touch_at(QPointF(event.pos())), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Arrows move a crosshair, Shift by single pixels; Enter uses the tool there, from Enter to Enter if swept."""
        if event is None:
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._stroke_by == BY_MOUSE and (is_enter or event.key() in ARROWS):
            return  # the hand holds the tool
        if event.key() in ARROWS:
            self._move_cursor(*ARROWS[Qt.Key(event.key())], is_fine=bool(event.modifiers() & _SHIFT))
        elif is_enter:
            self._enter(is_repeated=event.isAutoRepeat())
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """The keys go elsewhere: their stroke ends."""
        super().focusOutEvent(event)
        if self._stroke_by == BY_KEYS:
            self.end_stroke()

    def _enter(self, *, is_repeated: bool) -> None:
        if self._stroke_by == BY_KEYS:
            self.dragged.emit(self._touch_of_keys())
            if not is_repeated:  # held, it holds the tool there
                self.end_stroke()
        elif not is_repeated:
            self._stroke_by = BY_KEYS
            touch = self._touch_of_keys()
            self._show_cursor()
            self.pressed.emit(touch)
            if not self._brush_shape.is_swept:
                self.end_stroke()

    def _touch_of_keys(self) -> Touch:
        return self.touch_in_frame(self._cursor_or_centre())._replace(by_keys=True)

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
        self._show_cursor()
        if self._stroke_by == BY_KEYS:
            self.dragged.emit(self._touch_of_keys())
        self.hovered.emit(self.frame.outward_point(self._cursor))

    def _show_cursor(self) -> None:
        touch = self._touch_of_keys()
        self._cursor_mark.setPos(*self._cursor_or_centre())
        self._cursor_mark.setVisible(True)
        self._colour_cursor()
        self._show_brush(touch, is_visible=True)

    def _hide_cursor(self) -> None:
        self._cursor = None
        self._cursor_mark.setVisible(False)
        self._brush.setVisible(False)

    def _colour_cursor(self) -> None:
        """Heavy and in the accent's colour while the keys hold the tool."""
        theme, holds = self._theme, self._stroke_by == BY_KEYS
        self._cursor_mark.setPen(pg.mkPen(theme.accent if holds else theme.text, width=4 if holds else 2))

    def _show_brush(self, touch: Touch, *, is_visible: bool) -> None:
        self._brush.setVisible(is_visible and self._brush_shape.radius > 0)
        self._brush.setPos(*self.frame.inward_point((touch.x1, touch.x2)))


_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _plus(arm: float) -> QPainterPath:
    path = QPainterPath(QPointF(-arm, 0))
    path.lineTo(arm, 0)
    path.moveTo(0, -arm)
    path.lineTo(0, arm)
    return path
