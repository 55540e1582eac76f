"""The class markers: pyqtgraph's shapes, as small pictures for the plane, buttons and legends."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QBrush, QColor, QIcon, QPainter, QPen, QPixmap
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols

from playground.gui.palette import CLASS_COLOURS, CLASS_SYMBOLS, SYMBOL_SIZES, Theme, luminance, mix

LIGHT_COLOUR = 0.5  # luminance


def outline_of(style: int, theme: Theme) -> QColor:
    """A line round a marker that shows on its own region: its colour, far darker or far lighter."""
    colour = CLASS_COLOURS[style]
    if luminance(colour) > LIGHT_COLOUR:  # a white line would be lost on it
        return QColor(mix(colour, "#000000", 0.6))
    return QColor(mix(colour, theme.outline, 0.85))


def marker_pixmap(
    style: int, theme: Theme, size: int, ratio: float, *, is_hollow: bool = False, across: float | None = None
) -> QPixmap:
    """A marker on a transparent square of ``size`` pixels; ``ratio`` is the screen's pixels per pixel.

    The marker fills the square well, or is ``across`` pixels large.
    """
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    across = SYMBOL_SIZES[style] * size / 14 if across is None else across
    paint_marker(painter, style, theme, size / 2, size / 2, across, is_hollow=is_hollow)
    painter.end()
    return pixmap


def paint_marker(
    painter: QPainter, style: int, theme: Theme, x: float, y: float, size: float, *, is_hollow: bool = False
) -> None:
    """Paint one marker with its centre at (x, y), hollow as those of held-out points are."""
    painter.save()
    painter.translate(x, y)
    painter.scale(size, size)
    colour = QColor(CLASS_COLOURS[style])
    pen = QPen(colour, 1.6) if is_hollow else QPen(outline_of(style, theme), 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(QBrush(QColor(theme.paper) if is_hollow else colour))
    painter.drawPath(Symbols[CLASS_SYMBOLS[style]])
    painter.restore()


def marker_icon(style: int, theme: Theme) -> QIcon:
    """A marker as a button's icon."""
    return QIcon(marker_pixmap(style, theme, 16, 2.0))
