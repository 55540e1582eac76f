"""An axis of the plane: numbers that differ from one another, at any size and distance from 0."""

# ruff: noqa: N802, N803 - the names are pyqtgraph's

import math
from html import escape

import pyqtgraph as pg
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import QGraphicsSceneResizeEvent

from playground.gui.parts.labels import as_tip
from playground.gui.parts.place_text import Notation, grouped, notation
from playground.gui.plots.frame import PLAIN, Frame

MARGIN = 4  # pixels that its name keeps from both ends


class PlaneAxis(pg.AxisItem):
    """Its range is that of the view box, in the plane's frame; what it writes are the plane's own coordinates."""

    def __init__(self, side: str, box: pg.ViewBox) -> None:
        self._frame, self._notation, self._name, self._shown_name = PLAIN, Notation(), "", ""
        self._number = 0 if side == "bottom" else 1
        super().__init__(side, linkView=box)

    def set_frame(self, frame: Frame) -> None:
        """Write the coordinates of what lies in another frame."""
        self._frame = frame
        self.setRange(*self.range)

    def set_name(self, name: str) -> None:
        """What is measured along it."""
        self._name = name
        self._show_name()

    def setRange(self, mn: float, mx: float) -> None:
        """Choose how to write the numbers of this range, and show it."""
        found = notation(self._frame.outward(self._number, mn), self._frame.outward(self._number, mx))
        if found != self._notation:
            self._notation = found
            self._show_name()
        super().setRange(mn, mx)
        self.picture = None  # the same range of another frame has other numbers

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """Round numbers as they are written, at their places in the frame."""
        shift, unit = self._written_of_frame()
        levels = super().tickValues(shift + unit * minVal, shift + unit * maxVal, size)
        return [(spacing / unit, [(value - shift) / unit for value in values]) for spacing, values in levels]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The numbers, with the decimals that a step between two of them needs."""
        shift, unit = self._written_of_frame()
        decimals = max(0, math.ceil(-math.log10(spacing * unit) - 1e-6))
        return [grouped(f"{shift + unit * value:.{decimals}f}") for value in values]

    def _written_of_frame(self) -> tuple[float, float]:
        """The number that is written at the frame's origin, and by how much it grows along a unit of the frame."""
        power = 10.0**self._notation.exponent
        origin, unit = self._frame.origin[self._number], self._frame.unit[self._number]
        return (origin - self._notation.offset) / power, unit / power

    def resizeEvent(self, ev: QGraphicsSceneResizeEvent | None = None) -> None:
        """Show as much of the name as there is room for."""
        if self.label is not None:  # as it is once the window is closed
            self._show_name()
        super().resizeEvent(ev)

    def _show_name(self) -> None:
        """The name, with an ellipsis and the whole as its tip where it is too long; what its numbers are, always."""
        metrics = QFontMetricsF(self.label.font())
        length = self.size().width() if self.orientation == "bottom" else self.size().height()
        room = length - metrics.horizontalAdvance(self._notation.name("")) - 2 * MARGIN
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room) if length > 0 else self._name
        self.label.setToolTip("" if name == self._name else as_tip(self._name))
        shown = escape(self._notation.name(name))
        if shown != self._shown_name:
            self._shown_name = shown
            self.setLabel(shown)
            super().resizeEvent()  # which brings it to the middle again
