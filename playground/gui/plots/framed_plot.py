"""A plot of the plane in a frame of its own: places in pixels, in the frame and on the plane, and zooming."""

import pyqtgraph as pg
from PyQt6.QtCore import QPointF, pyqtSignal
from PyQt6.QtWidgets import QWidget

from playground.gui.plots.fast_plot import FastPlot
from playground.gui.plots.frame import PLAIN, Frame
from playground.gui.plots.plane_axis import PlaneAxis
from playground.session.dataset import LARGEST
from playground.session.grid import Point
from playground.session.strokes import Touch

WIDEST, NARROWEST = 1e12, 1e-9  # views, in the frame's units
FINEST = 1e-12  # of the distance from 0: there the pixels of a narrower view would share their coordinates
FARTHEST = 4 * LARGEST  # a view of all that a coordinate can be
LEAST_WIDTH, LEAST_HEIGHT = 160, 120  # pixels: on a plane without any there is no place to draw at


class FramedPlot(FastPlot):
    """Its box and all items in it lie in the frame; what it takes and reports are the plane's coordinates."""

    view_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, make_axis=PlaneAxis)
        self.frame = PLAIN
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.box.sigRangeChanged.connect(lambda *_: self.view_changed.emit())

    def set_frame(self, frame: Frame) -> None:
        """Draw in this frame from now on; the view is to be set anew."""
        self.frame = frame
        for axis in self.axes.values():
            axis.set_frame(frame)

    def touch_at(self, position: QPointF) -> Touch:
        """The plane's coordinates under a pixel of this widget."""
        place = self.to_plot(position)
        return self.touch_in_frame((place.x(), place.y()))

    def touch_in_frame(self, place: Point) -> Touch:
        """The plane's coordinates at a place of the frame."""
        return Touch(*self.frame.outward_point(place), *self.pixel_size())

    def _is_on_plane(self, position: QPointF) -> bool:
        return bool(self.box.sceneBoundingRect().contains(self.mapToScene(position.toPoint())))

    def pixel_size(self) -> Point:
        """How many of the plane's units one pixel is in each direction."""
        (left, right), (bottom, top) = self.box.viewRange()
        unit_1, unit_2 = self.frame.unit
        return (
            unit_1 * (right - left) / max(self.box.width(), 1),
            unit_2 * (top - bottom) / max(self.box.height(), 1),
        )

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Show ``factor`` times as much of the plane, about a place in the frame or the centre."""
        for axis, (low, high) in enumerate(self.box.viewRange()):
            size = (high - low) * factor
            ends = abs(self.frame.outward(axis, low)), abs(self.frame.outward(axis, high))
            least = max(NARROWEST, FINEST * max(ends) / self.frame.unit[axis])
            most = min(WIDEST, FARTHEST / self.frame.unit[axis])
            if (factor < 1 and size < least) or (factor > 1 and size > most):
                return
        self.box.scaleBy((factor, factor), center=pg.Point(about) if about is not None else None)
