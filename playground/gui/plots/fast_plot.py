"""A plot of pyqtgraph's axes and view box that Qt paints without Python, so that training goes on while it does."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QResizeEvent
from PyQt6.QtWidgets import (
    QFrame,
    QGraphicsGridLayout,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsView,
    QGraphicsWidget,
    QWidget,
)

from playground.gui.palette import Theme

GAP = 4  # pixels between axes and box: Qt repaints what lies within two of a change


class FastPlot(QGraphicsView):
    """A view box with a left and a bottom axis, whose frames cost the worker thread next to nothing.

    pyqtgraph's own widget reimplements ``paintEvent`` in Python. That holds the interpreter's lock for the whole of
    the drawing and starves the training thread: it kept a fifth of its rate, against two thirds this way. So the view
    here is Qt's own, with pyqtgraph's items in it; items that change every frame should be plain Qt items too.
    """

    sigDeviceRangeChanged = pyqtSignal(object, object)  # the two that pyqtgraph's items expect of their view
    sigDeviceTransformChanged = pyqtSignal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        top_margin: float = 6,
        make_axis: Callable[[str, pg.ViewBox], pg.AxisItem] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)  # the window's business
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.box = pg.ViewBox(enableMenu=False, enableMouse=False)
        make = make_axis or (lambda side, box: pg.AxisItem(side, linkView=box))
        self.axes = {side: make(side, self.box) for side in ("left", "bottom")}
        self._panel = QGraphicsWidget()
        layout = QGraphicsGridLayout(self._panel)
        layout.setContentsMargins(2, top_margin, 8, 2)
        layout.setSpacing(GAP)
        layout.addItem(self.axes["left"], 0, 0)
        layout.addItem(self.box, 0, 1)
        layout.addItem(self.axes["bottom"], 1, 1)
        scene = self.scene()
        assert scene is not None
        scene.addItem(self._panel)
        self.box.disableAutoRange()
        self.box.sigRangeChanged.connect(self._prepare)
        self.box.sigResized.connect(self._prepare)
        for axis in self.axes.values():
            axis.setStyle(tickLength=4, tickTextOffset=4)  # outside, so that a frame does not repaint the axes
            axis.enableAutoSIPrefix(enable=False)
            axis.setZValue(100)
            axis.setTickDensity(0.7)

    def set_theme(self, theme: Theme) -> None:
        """Paper, axes and labels in the theme's colours."""
        self.setBackgroundBrush(QBrush(QColor(theme.panel)))
        for axis in self.axes.values():
            axis.setPen(QColor(theme.line))
            axis.setTextPen(QColor(theme.muted))

    def to_plot(self, position: QPointF) -> QPointF:
        """The plot's coordinates under a pixel of this widget."""
        spot: QPointF = self.box.mapSceneToView(self.mapToScene(position.toPoint()))
        return spot

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fill the widget."""
        super().resizeEvent(event)
        size = self.size().toSizeF()
        self.setSceneRect(0, 0, size.width(), size.height())
        self._panel.resize(size)
        self.sigDeviceRangeChanged.emit(self, self.sceneRect())
        self._prepare()

    def _prepare(self, *_: Any) -> None:
        self.box.prepareForPaint()


def path_item(z: float, width: float = 0, *, dashed: bool = False, dotted: bool = False) -> QGraphicsPathItem:
    """A line drawn by Qt alone.

    Width 0 is one pixel at any zoom and many times as fast as any other; and with a wider pen Qt would take the
    item to reach that many plot units beyond its path, and repaint the axes with it in every frame.
    """
    item = QGraphicsPathItem()
    item.setZValue(z)
    style = Qt.PenStyle.DotLine if dotted else Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    item.setPen(QPen(Qt.GlobalColor.black, width, style))
    return item


def recolour(item: QGraphicsPathItem, colour: str, alpha: float = 1.0) -> None:
    """Give a path another colour, leaving the rest of its pen."""
    pen = item.pen()
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    pen.setColor(shade)
    item.setPen(pen)


def line_path(x: NDArray[Any], y: NDArray[Any], *, in_pairs: bool = False) -> QPainterPath:
    """A path through points, broken at NaN, or through each pair of points on its own."""
    if len(x) == 0:
        return QPainterPath()
    finite = np.isfinite(x) & np.isfinite(y)
    path: QPainterPath = pg.arrayToQPath(x, y, connect="pairs" if in_pairs else "all" if finite.all() else "finite")
    return path
