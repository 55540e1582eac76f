"""Widgets in lines, as words are: each beside the one before it where there is room, else on the next line."""

from collections.abc import Sequence

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

BESIDE, BELOW = 22, 4  # pixels between


class Flow(QWidget):
    """Places the widgets that are not hidden at their own size, or in the width there is; as high as that takes."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Break the lines anew."""
        self.lay_out()

    def lay_out(self) -> None:
        """Place the widgets; to be called when one of them has another size or is shown or hidden."""
        top = 0
        for line in self._lines():
            heights = [widget.heightForWidth(width) for widget, width in line]
            left = 0
            for (widget, width), height in zip(line, heights, strict=True):
                widget.setGeometry(left, top + (max(heights) - height) // 2, width, height)
                left += width + BESIDE
            top += max(heights) + BELOW
        self.setFixedHeight(max(top - BELOW, 0))

    def _lines(self) -> list[list[tuple[QWidget, int]]]:
        """Each line's widgets with their widths."""
        lines: list[list[tuple[QWidget, int]]] = []
        taken = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            width = min(widget.sizeHint().width(), self.width())
            if not lines or taken + BESIDE + width > self.width():
                lines.append([])
                taken = -BESIDE
            lines[-1].append((widget, width))
            taken += BESIDE + width
        return lines
