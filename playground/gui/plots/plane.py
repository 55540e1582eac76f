"""The plane: regions, borders and points, and the wishes of mouse and keys on it."""

from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import (
    QAction,
    QPainterPath,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PyQt6.QtWidgets import QGraphicsEllipseItem, QGraphicsPixmapItem, QWidget

from playground.gui.palette import (
    Array,
    Theme,
    levels,
    map_table,
    region_picture,
    region_table,
)
from playground.gui.parts.buttons import fill_menu, menu_button
from playground.gui.parts.images import image_of
from playground.gui.plots.fast_plot import line_path, path_item, recolour
from playground.gui.plots.frame import Frame, extent, frame_of
from playground.gui.plots.overlays import Overlays
from playground.gui.plots.scatter import Scatter
from playground.gui.plots.touch_plot import TouchPlot
from playground.session.confusion import Cell
from playground.session.dataset import Dataset
from playground.session.grid import Grid, Point
from playground.session.light import Light
from playground.session.messages import Snapshot

ENLARGED_STRENGTH = 0.75  # so that the class's own points show on it
CORNER = 14  # pixels from the widget's edges to the button
RING = 9.5  # pixels of radius, round the probe where it is pinned or on a point
MARGIN = 0.08  # of the data's extent, left free around it by `fit`


class Plane(TouchPlot):
    """Shows a data set and a snapshot; what is done on it is reported as `TouchPlot` says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._points: tuple[Dataset, float] | None = None  # as `show_dataset` was given them
        self._enlarged: int | None = None
        self._scatters: dict[tuple[int, bool], Scatter] = {}
        self._regions = QGraphicsPixmapItem()
        self._regions.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._borders = path_item(z=5)
        self._crosshair = path_item(z=20, dashed=True)
        self._ring = QGraphicsEllipseItem(QRectF(-RING, -RING, 2 * RING, 2 * RING))
        self._ring.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._ring.setZValue(22)
        self._ring.setVisible(False)
        self._probe: Point | None = None
        self._is_pinned = self._is_x_lit = False
        self._overlays, self._asked = Overlays(), frozenset[str]()
        self._cell: Cell | None = None
        for item in (self._regions, self._borders, self._crosshair, self._ring, *self._overlays.items):
            self.box.addItem(item, ignoreBounds=True)
        self.box.sigRangeChanged.connect(self._draw_crosshair)
        self.setAccessibleName("The plane: points and regions")
        self.overlay_button = menu_button(
            "Lines and marks", "Lay lines of the scores or marks of the losses over the plane"
        )
        self.overlay_button.setParent(self)
        self.overlay_button.hide()  # until there is something to choose

    def offer_overlays(self, actions: Iterable[QAction]) -> None:
        """Let these be chosen by a button in the corner."""
        fill_menu(self.overlay_button, actions)
        self.overlay_button.show()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        if hasattr(self, "overlay_button"):
            self.overlay_button.adjustSize()
            self.overlay_button.move(self.width() - self.overlay_button.width() - CORNER, CORNER)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme's colours."""
        super().set_theme(theme)
        recolour(self._borders, theme.border, 0.8)
        self._colour_crosshair()
        self._overlays.set_theme(theme)
        self._colour_ring()
        for item in self._scatters.values():
            item.set_theme(theme)
        if self._snapshot:
            self.show_snapshot(self._snapshot)

    def show_dataset(self, dataset: Dataset, test_share: float) -> None:
        """Show these points, held-out ones hollow; items are updated, never rebuilt."""
        self._points = dataset, test_share
        groups = _groups(dataset, test_share)
        for key in self._scatters.keys() | groups.keys():
            self._show_points(key, groups.get(key, np.empty((2, 0))))
        for side, name in zip(("bottom", "left"), dataset.axes, strict=True):
            self.axes[side].set_name(name)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment's regions, or the class that is enlarged, and the borders between them."""
        self._snapshot = snapshot
        if snapshot.probabilities is None or snapshot.grid is None or snapshot.regions is None:
            self._regions.setPixmap(QPixmap())
            self._borders.setPath(QPainterPath())
            return
        styles = tuple(label.style for label in snapshot.dataset.classes)
        if self._enlarged is not None and self._enlarged < len(styles):
            table = map_table(styles[self._enlarged], self._theme, ENLARGED_STRENGTH)
            pixels = table.take(levels(snapshot.probabilities[self._enlarged]))
        else:
            pixels = region_picture(
                snapshot.regions.winner, snapshot.regions.confidence, region_table(styles, self._theme)
            )
        self._show_pixels(pixels, snapshot.grid)
        self._overlays.show_snapshot(snapshot, self._asked, self.box.viewPixelSize(), self._cell, self.frame)
        pieces = self.frame.inward_pieces(snapshot.regions.borders).reshape(-1, 2)
        self._borders.setPath(line_path(pieces[:, 0], pieces[:, 1], in_pairs=True))

    def enlarge(self, label: int | None) -> None:
        """Lend the plane to one class's probability, or, with None, give it back to the regions."""
        self._enlarged = label
        if self._snapshot:
            self.show_snapshot(self._snapshot)

    def end_loan(self) -> bool:
        """Give the plane back from the keys' crosshair or from an enlarged class; False where it is not lent."""
        if self.drop_cursor():
            return True
        was_enlarged = self._enlarged is not None
        self.enlarge(None)
        return was_enlarged

    def ask_overlays(self, overlays: frozenset[str], cell: Cell | None = None) -> None:
        """Lay these over the plane from now on, and frame the points of a cell, as soon as a snapshot brings them."""
        self._asked, self._cell = overlays, cell
        if self._snapshot:
            self.show_snapshot(self._snapshot)

    def show_probe(self, point: Point | None, *, is_pinned: bool, is_on_point: bool) -> None:
        """Two dashed lines through the probe, or none, and a ring where it is held by a pin or by a point."""
        self._ring.setVisible(point is not None and (is_pinned or is_on_point))
        if point is not None:
            self._ring.setPos(*self.frame.inward_point(point))
        if is_pinned != self._is_pinned:
            self._is_pinned = is_pinned
            self._colour_ring()
        self._probe = point
        self._draw_crosshair()

    def _draw_crosshair(self) -> None:
        """From side to side of the view as it is."""
        path = QPainterPath()
        if self._probe is not None:
            x1, x2 = self.frame.inward_point(self._probe)
            (left, right), (bottom, top) = self.box.viewRange()
            path.moveTo(left, x2)
            path.lineTo(right, x2)
            path.moveTo(x1, bottom)
            path.lineTo(x1, top)
        self._crosshair.setPath(path)

    def _colour_crosshair(self) -> None:
        pen = self._crosshair.pen()
        pen.setStyle(Qt.PenStyle.SolidLine if self._is_x_lit else Qt.PenStyle.DashLine)
        self._crosshair.setPen(pen)
        if self._is_x_lit:
            recolour(self._crosshair, self._theme.accent)
        else:
            recolour(self._crosshair, self._theme.text, 0.7)

    def _colour_ring(self) -> None:
        pinned = pg.mkPen(self._theme.accent, width=2.5)
        self._ring.setPen(pinned if self._is_pinned else pg.mkPen(self._theme.text, width=1.2))

    def show_light(self, light: Light) -> None:
        """Draw the crosshair heavier while x is lit."""
        self._is_x_lit = light.term == "x"
        self._colour_crosshair()

    def fit(self, dataset: Dataset) -> None:
        """Bring all points into view, at equal scales where both axes are of the same order."""
        low, high = extent(dataset.X)
        size = high - low
        is_alike = bool(size.max() < 4 * size.min())
        self.box.setAspectLocked(is_alike)
        self._use_frame(frame_of(low, high, is_alike=is_alike))
        corners = self.frame.inward_points(np.stack([low - MARGIN * size, high + MARGIN * size], axis=1))
        self.box.setRange(xRange=tuple(corners[0]), yRange=tuple(corners[1]), padding=0)

    def _use_frame(self, frame: Frame) -> None:
        """Draw in another frame from now on; regions and lines come anew with the view's next snapshot."""
        if frame == self.frame:
            return
        self.set_frame(frame)
        self._snapshot = None
        self._regions.setPixmap(QPixmap())
        self._borders.setPath(QPainterPath())
        self._overlays.clear()
        if self._points is not None:
            self.show_dataset(*self._points)

    def bring_into_view(self, place: Array) -> None:
        """Move the view to a place (2,) that lies outside it."""
        (left, right), (bottom, top) = self.box.viewRange()
        x1, x2 = self.frame.inward_point((float(place[0]), float(place[1])))
        if not (left <= x1 <= right and bottom <= x2 <= top):
            self.box.translateBy(x=x1 - (left + right) / 2, y=x2 - (bottom + top) / 2)

    def grid(self, resolution: int) -> Grid:
        """A lattice over the part of the plane in view, ``resolution`` cells along its longer side."""
        (left, right), (bottom, top) = self.box.viewRange()
        width, height = max(self.box.width(), 1), max(self.box.height(), 1)
        scale = resolution / max(width, height)
        left, bottom = self.frame.outward_point((left, bottom))
        right, top = self.frame.outward_point((right, top))
        return Grid(left, right, bottom, top, max(2, round(width * scale)), max(2, round(height * scale)))

    def _show_points(self, key: tuple[int, bool], X: Array) -> None:
        if key not in self._scatters:
            style, is_test = key
            item = self._scatters[key] = Scatter(style, is_hollow=is_test)
            item.set_theme(self._theme)
            self.box.addItem(item, ignoreBounds=True)
        self._scatters[key].show_points(self.frame.inward_points(X))

    def _show_pixels(self, pixels: Array, grid: Grid) -> None:
        self._regions.setPixmap(QPixmap.fromImage(image_of(pixels)))
        self._regions.setTransform(_cells_to_frame(grid, self.frame))


def _groups(dataset: Dataset, test_share: float) -> dict[tuple[int, bool], Array]:
    """The points (2, k) of each class's style, the held-out ones apart, where there are any; one pass over them all."""
    group = (2 * dataset.labels + dataset.is_test(test_share)).astype(np.int8)
    ends = np.cumsum(np.bincount(group, minlength=2 * dataset.C))
    X = np.split(dataset.X.take(np.argsort(group, kind="stable"), axis=1), ends[:-1], axis=1)
    keys = [(label.style, is_test) for label in dataset.classes for is_test in (False, True)]
    return {key: points for key, points in zip(keys, X, strict=True) if points.shape[1]}


def _cells_to_frame(grid: Grid, frame: Frame) -> QTransform:
    """From cells, counted from the grid's lower left corner, to the plane's frame."""
    left, bottom = frame.inward_point((grid.left, grid.bottom))
    right, top = frame.inward_point((grid.right, grid.top))
    return QTransform((right - left) / grid.columns, 0, 0, (top - bottom) / grid.rows, left, bottom)
