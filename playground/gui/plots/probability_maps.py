"""The maps of all classes, laid out as large as the room allows."""

import numpy as np
from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from playground.gui.palette import LEVELS, LIGHT, Array, Theme, levels, map_table
from playground.gui.plots.class_map import HEADER, LINE, ClassMap
from playground.session.dataset import ClassLabel
from playground.session.light import UNLIT, Light
from playground.session.messages import Snapshot

GAP = 10
LEAST_SIDE = 64  # pixels of a map that there must be room for
MOST_IN_A_ROW = 5
COARSEST = 96  # a map is drawn from every n-th cell, but from at least about this many along its longer side


class ProbabilityMaps(QWidget):
    """All classes' maps, as large as the room allows."""

    enlarged = pyqtSignal(object)  # class index, or None
    hovered = pyqtSignal(object)  # Point or None
    lit = pyqtSignal(object)  # Light

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps: list[ClassMap] = []
        self._theme = LIGHT
        self._classes: tuple[ClassLabel, ...] = ()
        self._aspect = 1.0
        self._snapshot: Snapshot | None = None

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._show_classes(self._classes)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show each class's probability at this moment."""
        self._snapshot = snapshot
        if snapshot.dataset.classes != self._classes:
            self._show_classes(snapshot.dataset.classes)
        if snapshot.probabilities is None or snapshot.grid is None:
            return
        aspect = snapshot.grid.columns / snapshot.grid.rows
        if abs(aspect - self._aspect) > 0.01:
            self._aspect = aspect
            self._lay_out()
        values = snapshot.probe_probabilities
        pixels = self._pixels(snapshot.probabilities)
        for label, tile in enumerate(self._maps):
            tile.show_pixels(pixels[label], snapshot.grid)
            tile.show_probe(snapshot.probe, None if values is None else float(values[label]))

    def show_light(self, light: Light) -> None:
        """Frame the map of the class that is lit; all of them where ŷ is."""
        for label, tile in enumerate(self._maps):
            tile.show_lit(is_lit=light.label == label or (light.label is None and light.term == "y_hat"))

    def _pixels(self, probabilities: Array) -> Array:
        """The pixels of all maps at once, (C, rows, columns), top row first."""
        step = max(1, max(probabilities.shape[1:]) // COARSEST)
        index = levels(probabilities[:, ::-step, ::step])
        index += (LEVELS * np.arange(len(index), dtype=index.dtype))[:, None, None]
        tables = np.concatenate([map_table(label.style, self._theme) for label in self._classes])
        return tables.take(index)

    def sizeHint(self) -> QSize:
        """A column beside the plane."""
        return QSize(300, 500)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the maps to the room."""
        self._lay_out()

    def _show_classes(self, classes: tuple[ClassLabel, ...]) -> None:
        self._classes = classes
        if len(self._maps) > len(classes):
            self.enlarged.emit(None)  # the mouse may rest on one that goes, which will not tell when it leaves
        while len(self._maps) > len(classes):
            self._maps.pop().deleteLater()
        while len(self._maps) < len(classes):
            self._maps.append(self._new_map(len(self._maps)))
        for tile, class_label in zip(self._maps, classes, strict=True):
            tile.show_class(class_label, self._theme)
        self._lay_out()

    def _new_map(self, label: int) -> ClassMap:
        tile = ClassMap(label, self)
        tile.entered.connect(self.enlarged)
        tile.left.connect(lambda: self.enlarged.emit(None))
        tile.hovered.connect(self.hovered)
        tile.entered.connect(lambda label: self.lit.emit(Light("y_hat", label)))
        tile.left.connect(lambda: self.lit.emit(UNLIT))
        tile.show()
        return tile

    def _lay_out(self) -> None:
        if not self._maps:
            return
        _, width = self._fit(HEADER)
        has_room = all(tile.has_room(round(width)) for tile in self._maps)
        header = HEADER if has_room else HEADER + LINE
        rows = -(-len(self._maps) // MOST_IN_A_ROW)
        self.setMinimumHeight(rows * (header + LEAST_SIDE) + (rows - 1) * GAP)  # which may make it higher at once
        columns, width = self._fit(header)
        height = width / self._aspect + header
        left = (self.width() - columns * width - (columns - 1) * GAP) / 2
        for i, tile in enumerate(self._maps):
            row, column = divmod(i, columns)
            tile.set_header(header)
            tile.setGeometry(
                round(left + column * (width + GAP)),
                round(row * (height + GAP)),
                max(1, round(width)),
                max(1, round(height)),
            )

    def _fit(self, header: int) -> tuple[int, float]:
        """In how many columns the maps are widest under such a header, and how wide."""
        fits = [(columns, self._width_in(columns, header)) for columns in range(1, len(self._maps) + 1)]
        return max(fits, key=lambda fit: fit[1])

    def _width_in(self, columns: int, header: int) -> float:
        """How wide each map can be in that many columns."""
        rows = -(-len(self._maps) // columns)
        by_width = (self.width() - GAP * (columns - 1)) / columns
        by_height = ((self.height() - GAP * (rows - 1)) / rows - header - 1) * self._aspect
        return min(by_width, by_height)
