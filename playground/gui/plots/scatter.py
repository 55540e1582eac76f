"""All points of one class and side as one item of the plane, painted as copies of one small picture."""

from math import ceil, hypot
from typing import Any

import numpy as np
import pyqtgraph as pg
from PyQt6 import sip
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter, QPixmap, QTransform
from PyQt6.QtWidgets import QGraphicsItem

from playground.gui.palette import LIGHT, SYMBOL_SIZES, Array, Theme
from playground.gui.parts.markers import marker_pixmap

OUTLINE = 3  # pixels round a marker, both sides together; odd, so that a line of one pixel fills a row of pixels
FARTHEST = 2.0**30  # pixels; Qt crashes on copies placed beyond that
NUMBERS = 10  # that tell Qt where and how to paint one copy, see QPainter.PixmapFragment; the first two are its place
C_ARRAY: Any = sip.array  # whose stub knows no constructor


class Scatter(pg.GraphicsObject):
    """Points that share one marker; Qt keeps the item's picture, so regions change under it for nothing.

    pyqtgraph's own scatter item gives each point a style of its own, and looks them all up again at each change: a
    hundred milliseconds for as many thousand points. With one marker for all, a change costs what painting costs.
    """

    def __init__(self, style: int, *, is_hollow: bool) -> None:
        super().__init__()
        self.style, self.is_hollow = style, is_hollow
        self.X: Array = np.empty((2, 0))
        self._theme = LIGHT
        self._marker = QPixmap()
        self._bounds: QRectF | None = None
        self._copies = Copies()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(10)

    def show_points(self, X: Array) -> None:
        """Show these points (2, m); nothing is done where they are shown already."""
        if np.array_equal(X, self.X):
            return
        self._forget_bounds()
        self.X = X
        self.setVisible(X.shape[1] > 0)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint the marker in another theme's colours."""
        self._theme, self._marker = theme, QPixmap()
        self.update()

    def boundingRect(self) -> QRectF:
        """The points and their markers, in the plot's coordinates.

        Worked out once: Qt asks several times in every frame, and waits each time for the training thread to let go
        of Python.
        """
        if self._bounds is None:
            self._bounds = self._find_bounds()
        return self._bounds

    def viewTransformChanged(self) -> None:
        """The view moved or zoomed: markers keep their size in pixels, so the item's reach has changed."""
        self._forget_bounds()
        super().viewTransformChanged()

    def paint(self, painter: QPainter | None, option: object, widget: Any = None) -> None:
        """All copies at once, each at its pixel."""
        if painter is None or self.X.shape[1] == 0:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        if self._marker.isNull() or self._marker.devicePixelRatio() != ratio:
            self._marker = marker_pixmap(
                self.style, self._theme, self._side, ratio, is_hollow=self.is_hollow, across=SYMBOL_SIZES[self.style]
            )
        places = _mapped(painter.transform(), self.X)
        painter.resetTransform()
        self._copies.paint(painter, np.clip(places, -FARTHEST, FARTHEST, out=places), self._marker)

    @property
    def _side(self) -> int:
        """Of the square, in pixels, that a marker and its outline fit into."""
        return ceil(SYMBOL_SIZES[self.style]) + OUTLINE

    def _forget_bounds(self) -> None:
        self.prepareGeometryChange()
        self._bounds = None

    def _find_bounds(self) -> QRectF:
        if self.X.shape[1] == 0:
            return QRectF()
        low, high = self.X.min(axis=1), self.X.max(axis=1)
        across, up = (hypot(vector.x(), vector.y()) if vector else 0.0 for vector in self.pixelVectors())
        pad = np.array([across, up]) * self._side / 2
        return QRectF(*(low - pad), *(high - low + 2 * pad))


def _mapped(transform: QTransform, X: Array) -> Array:
    """The places (2, m) that an affine transform gives to points (2, m)."""
    linear = np.array([[transform.m11(), transform.m21()], [transform.m12(), transform.m22()]])
    places: Array = linear @ X
    places += [[transform.dx()], [transform.dy()]]
    return places


class Copies:
    """Room for what Qt is told of each copy of a picture, kept from one painting to the next."""

    def __init__(self) -> None:
        self._room: Any = None  # a C array of PixmapFragments
        self._rows: Array = np.empty((0, NUMBERS))  # the same memory
        self._picture: QPixmap | None = None

    def paint(self, painter: QPainter, places: Array, picture: QPixmap) -> None:
        """Paint the picture around each of these places (2, m), in the painter's pixels."""
        m = places.shape[1]
        if m > len(self._rows):
            size = m + m // 4  # so that not every new point needs a new array
            self._room = C_ARRAY(QPainter.PixmapFragment, size)
            memory: Any = sip.voidptr(self._room, size * NUMBERS * np.dtype(float).itemsize)
            self._rows = np.frombuffer(memory).reshape(size, NUMBERS)
            self._picture = None
        if picture is not self._picture:  # what is the same for all copies: all of it, at the screen's scale, opaque
            self._picture, ratio = picture, picture.devicePixelRatio()
            self._rows[:, 2:] = (0, 0, picture.width(), picture.height(), 1 / ratio, 1 / ratio, 0, 1)
        self._rows[:m, :2] = places.T
        painter.drawPixmapFragments(self._room[:m], picture)
