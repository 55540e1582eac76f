"""The stages of a step as beads on a string: forward along the top, back below it, each layer in a column."""

from dataclasses import dataclass
from itertools import pairwise

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PyQt6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.gui.palette import LIGHT, Theme, mix
from playground.gui.parts.labels import as_tip

HEIGHT, GAP = 22.0, 9.0  # pixels of a bead, and between rows
WIDEST, BETWEEN = 76.0, 6.0  # pixels from a bead to the next, and of the string between them
LETTERS, LAYERS = 12, 9  # pixels of the fonts
NARROW = 38  # pixels of a bead, below which letters are one smaller
ARROW = 3.0

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Bead:
    """One stage: what is written on it, its place in the string's columns and rows, and what a tip says of it."""

    symbol: str
    column: int
    row: int
    tip: str
    is_spoilt: bool = False


class StageMap(QWidget):
    """Beads to be clicked or gone through with the arrow keys; shows which one is open and which come before it."""

    chosen = pyqtSignal(int)  # the bead's number in the order of the stages

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._beads: tuple[Bead, ...] = ()
        self._current = 0
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Stages of the step")

    def show_stages(self, beads: tuple[Bead, ...], current: int) -> None:
        """Show these stages, in their order, one of them open."""
        if (beads, current) == (self._beads, self._current):
            return
        self._beads, self._current = beads, current
        self.setAccessibleDescription(f"{beads[current].tip}, {current + 1} of {len(beads)}")
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self.update()

    # -- places -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """All the width there is, and the rows."""
        rows = 1 + max((bead.row for bead in self._beads), default=0)
        return QSize(360, round(rows * HEIGHT + (rows - 1) * GAP) + 4)

    def minimumSizeHint(self) -> QSize:
        """Beads as narrow as their writing allows."""
        return QSize(200, self.sizeHint().height())

    def place_of(self, stage: int) -> QRectF:
        """Where a stage's bead lies."""
        return self._place(self._beads[stage].column, self._beads[stage].row)

    def _place(self, column: int, row: int) -> QRectF:
        columns = 1 + max(bead.column for bead in self._beads)
        pitch = min(WIDEST, (self.width() - 4 + BETWEEN) / columns)
        return QRectF(2 + column * pitch, 2 + row * (HEIGHT + GAP), pitch - BETWEEN, HEIGHT)

    def _stage_at(self, spot: QPointF) -> int | None:
        reach = (-BETWEEN / 2, -GAP / 2, BETWEEN / 2, GAP / 2)
        found = (stage for stage in range(len(self._beads)) if self.place_of(stage).adjusted(*reach).contains(spot))
        return next(found, None)

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The string, and the beads on it."""
        if not self._beads:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_string(painter)
        for stage in range(len(self._beads)):
            self._paint_bead(painter, stage)
        painter.end()

    def _paint_string(self, painter: QPainter) -> None:
        """From each bead to those that are made from it; from all gradients to the update behind the last of them."""
        beads = range(len(self._beads))
        errors, gradients = ([stage for stage in beads if self._beads[stage].row == row] for row in (1, 2))
        strings = [(stage, stage + 1) for stage in beads if self._beads[stage].row == 0]
        strings += pairwise(errors)
        strings += zip(errors, gradients, strict=False)
        strings.append((gradients[0], gradients[-1]))
        colour = QColor(mix(self._theme.line, self._theme.muted, 0.6))
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(colour)
        for start, end in strings:
            _paint_arrow(painter, self.place_of(start), self.place_of(end))

    def _paint_bead(self, painter: QPainter, stage: int) -> None:
        theme, bead, place = self._theme, self._beads[stage], self.place_of(stage)
        is_open, is_past = stage == self._current, stage < self._current
        ground = theme.accent if is_open else mix(theme.panel, theme.accent, 0.16) if is_past else theme.panel
        edge = theme.warning if bead.is_spoilt else theme.accent if is_open or stage == self._hovered else theme.line
        painter.setPen(QPen(QColor(edge), 2 if bead.is_spoilt else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(place, 7, 7)
        if is_open and self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent_text), 1))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 5, 5)
        painter.setPen(QColor(theme.accent_text if is_open else theme.text))
        self._write(painter, place, bead.symbol)

    def _write(self, painter: QPainter, place: QRectF, symbol: str) -> None:
        """The symbol in the middle, its layer above and beside it."""
        letters, bracket, layer = symbol.partition("[")
        smaller = int(place.width() < NARROW)
        fonts = self._font(LETTERS - smaller, italic=True), self._font(LAYERS - smaller)
        texts = letters, bracket + layer
        widths = [QFontMetricsF(font).horizontalAdvance(text) for font, text in zip(fonts, texts, strict=True)]
        x = place.center().x() - sum(widths) / 2
        baseline = place.center().y() + LETTERS * 0.36
        for font, text, width, rise in zip(fonts, texts, widths, (0.0, LETTERS * 0.36), strict=True):
            painter.setFont(font)
            painter.drawText(QPointF(x, baseline - rise), text)
            x += width

    def _font(self, pixels: int, *, italic: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setItalic(italic)
        return font

    # -- wishes -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Open the stage under the mouse."""
        stage = self._stage_at(event.position()) if event is not None else None
        if stage is not None:
            self.chosen.emit(stage)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show that the bead under the mouse can be clicked."""
        if event is not None:
            self._hover(self._stage_at(event.position()))

    def leaveEvent(self, event: QEvent | None) -> None:
        """Nothing is under the mouse any more."""
        self._hover(None)

    def _hover(self, stage: int | None) -> None:
        if stage != self._hovered:
            self._hovered = stage
            self.setCursor(Qt.CursorShape.ArrowCursor if stage is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def event(self, event: QEvent | None) -> bool:
        """Say what the bead under the mouse stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            stage = self._stage_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if stage is None else as_tip(self._beads[stage].tip), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Go on, back, to the first stage or to the last."""
        if event is None or not self._beads:
            return
        last, key = len(self._beads) - 1, event.key()
        if key in _STEPS:
            stage = max(0, min(self._current + _STEPS[key], last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            stage = 0 if key == Qt.Key.Key_Home else last
        else:
            super().keyPressEvent(event)
            return
        if stage != self._current:
            self.chosen.emit(stage)


def _paint_arrow(painter: QPainter, start: QRectF, end: QRectF) -> None:
    """A line from the edge of one bead to that of another in its row or column, round a corner if in neither."""
    if start.top() != end.top() and start.left() != end.left():
        corner = QPointF(start.center().x(), end.center().y())
        painter.drawLine(QPointF(start.center().x(), start.bottom()), corner)
        tail, tip, along = corner, QPointF(end.right(), end.center().y()), QPointF(-1, 0)
    elif start.top() == end.top():
        is_forward = start.left() < end.left()
        along = QPointF(1 if is_forward else -1, 0)
        tail = QPointF(start.right() if is_forward else start.left(), start.center().y())
        tip = QPointF(end.left() if is_forward else end.right(), end.center().y())
    else:
        along = QPointF(0, 1)
        tail, tip = QPointF(start.center().x(), start.bottom()), QPointF(end.center().x(), end.top())
    painter.drawLine(tail, tip)
    across = QPointF(-along.y(), along.x())
    painter.drawPolygon(QPolygonF([tip, tip - along * ARROW + across * ARROW, tip - along * ARROW - across * ARROW]))
