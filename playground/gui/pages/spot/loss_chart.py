"""Two curves over ŷ of y, −log ŷ and squared error, with the spot on each, and another ŷ that is tried."""

from collections.abc import Callable

import numpy as np
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QBrush, QColor, QPen, QResizeEvent
from PyQt6.QtWidgets import QGraphicsEllipseItem

from playground.gui.palette import Array, Theme
from playground.gui.plots.fast_plot import FastPlot, line_path, path_item, recolour

HEIGHT, AXIS_WIDTH = 150, 34  # pixels
WIDTH = 2.0
RADIUS = 5.0  # pixels of a spot
MARGIN = 0.06  # round the curves, as a share of their ranges: room for a spot
SMALLEST = 1e-300  # whose logarithm is still a number
FIRST = 1e-6  # of ŷ: −log 0 has no place on a chart
SHARES = np.concatenate([np.geomspace(FIRST, 0.05, 40), np.linspace(0.05, 1, 60)[1:]])

Curve = Callable[[Array], Array]


class LossChart(FastPlot):
    """The solid curve is that of −log ŷ, the dashed one that of squared error."""

    def __init__(self, name: str, top: float) -> None:
        super().__init__(top_margin=8)
        self._curves: tuple[Curve, Curve] = (np.zeros_like, np.zeros_like)
        self._top = 0.0
        self._lines = (path_item(z=2, width=WIDTH), path_item(z=1, width=WIDTH, dashed=True))
        self._spots = tuple(_dot(z=4) for _ in self._lines)
        self._tried = tuple(_dot(z=3) for _ in self._lines)
        for item in (*self._lines, *self._spots, *self._tried):
            item.setParentItem(self.box)
        self._places: tuple[float | None, float | None] = (None, None)
        self.axes["left"].setWidth(AXIS_WIDTH)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(name)
        self.set_top(top)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for line, spot, tried, colour in zip(
            self._lines, self._spots, self._tried, (theme.accent, theme.warning), strict=True
        ):
            recolour(line, colour)
            spot.setBrush(QBrush(QColor(colour)))
            spot.setPen(QPen(QColor(theme.panel), 1))
            tried.setBrush(QBrush(QColor(theme.panel)))
            tried.setPen(QPen(QColor(colour), 2))

    def set_top(self, top: float) -> None:
        """Show values from 0 to there."""
        if top != self._top:
            self._top = top
            self.box.setRange(xRange=(-MARGIN, 1 + MARGIN), yRange=(-MARGIN * top, (1 + MARGIN) * top), padding=0)
            self._draw()

    def show_curves(self, first: Curve, second: Curve) -> None:
        """Draw these of ŷ."""
        self._curves = first, second
        self._draw()

    def show_places(self, spot: float | None, tried: float | None) -> None:
        """Put the spot, and the one that is tried, at their ŷ; none where there is none."""
        self._places = spot, tried
        self._put()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the curves to the room."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        for line, curve in zip(self._lines, self._curves, strict=True):
            values = np.minimum(curve(SHARES), self._top)
            line.setPath(line_path(*self._pixels(SHARES, values)))
        self._put()

    def _put(self) -> None:
        for dots, p in zip((self._spots, self._tried), self._places, strict=True):
            for dot, curve in zip(dots, self._curves, strict=True):
                dot.setVisible(p is not None)
                if p is not None:
                    at = np.array([p])
                    (x,), (y,) = self._pixels(at, np.minimum(curve(np.maximum(at, SMALLEST)), self._top))
                    dot.setPos(QPointF(x, y))

    def _pixels(self, p: Array, values: Array) -> tuple[Array, Array]:
        across, up = ((share + MARGIN) / (1 + 2 * MARGIN) for share in (p, values / self._top))
        return across * self.box.width(), (1 - up) * self.box.height()


def _dot(z: float) -> QGraphicsEllipseItem:
    dot = QGraphicsEllipseItem(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)
    dot.setZValue(z)
    return dot
