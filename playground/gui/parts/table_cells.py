"""The columns of a table of numbers, and its cells: a text, a bar, or a class's marker with a text."""

import math
from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtWidgets import QFrame, QLabel, QWidget

from playground.gui.palette import CLASS_COLOURS, LIGHT, Theme
from playground.gui.parts.markers import marker_pixmap
from playground.gui.style import tabular

PAD = 3  # pixels between a cell's text and its edges
MARKER = 14  # pixels
BAR_HEIGHT = 10

Content = str | float  # a text, or a bar's share

ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column shows: its term of the calculation, its title, and room for ``chars`` figures.

    Its contents are texts; in a bar column shares from 0 to 1; in a marker column texts beside the marker of the row's
    class. ``foot_term`` is the term that its foot stands for, such as the sum.
    """

    term: str
    title: str
    chars: float = 6
    kind: Literal["text", "bar", "marker"] = "text"
    align: Literal["left", "right", "centre"] = "right"
    foot_term: str = ""
    tip: str = ""

    def width(self, figure: float) -> int:
        """The pixels it needs, where a figure takes so many."""
        return math.ceil(self.chars * figure) + 2 * PAD + (MARKER + PAD if self.kind == "marker" else 0)


class Cell:
    """One cell of a table: widgets that are told where to be, and touched only where something has changed."""

    def __init__(self, column: Column, parent: QWidget) -> None:
        self._kind = column.kind
        self.label = _label(column, parent)
        self._picture = QLabel(parent) if column.kind == "marker" else None
        self._bar = QFrame(parent) if column.kind == "bar" else None
        self._content: Content = ""
        self._style: int | None = None
        self._theme = LIGHT
        self._place = QRect()
        for widget in self._widgets():
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            widget.show()

    def show(self, content: Content) -> None:
        """Show another text, or another share."""
        if content == self._content:
            return
        self._content = content
        if self._bar is None:
            self.label.setText(str(content))
        else:
            self._place_bar()

    def set_style(self, style: int | None, theme: Theme) -> None:
        """Be of a class of that style, or of none."""
        if style != self._style or theme is not self._theme:
            self._style, self._theme = style, theme
            self._dress()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self.set_style(self._style, theme)

    def set_place(self, place: QRect) -> None:
        """Lie there in the table."""
        self._place = place
        inner = place.adjusted(PAD, 0, -PAD, 0)
        if self._picture is not None:
            self._picture.setGeometry(inner.left(), inner.top(), MARKER, inner.height())
            inner.setLeft(inner.left() + MARKER + PAD)
        self.label.setGeometry(inner)
        self._place_bar()

    def delete(self) -> None:
        """Go."""
        for widget in self._widgets():
            widget.hide()
            widget.deleteLater()

    def _widgets(self) -> list[QWidget]:
        return [widget for widget in (self.label, self._picture, self._bar) if widget is not None]

    def _dress(self) -> None:
        if self._bar is not None:
            colour = self._theme.muted if self._style is None else CLASS_COLOURS[self._style]
            self._bar.setStyleSheet(f"background: {colour}; border-radius: 2px;")
        if self._picture is None:
            return
        if self._style is None:
            self._picture.clear()
        else:
            self._picture.setPixmap(marker_pixmap(self._style, self._theme, MARKER, 2.0))

    def _place_bar(self) -> None:
        if self._bar is None:
            return
        share = self._content if isinstance(self._content, float | int) else 0.0
        share = min(1.0, max(0.0, share)) if math.isfinite(share) else 0.0
        area = self._place.adjusted(PAD, 0, -PAD, 0)
        top = area.top() + (area.height() - BAR_HEIGHT) // 2
        self._bar.setGeometry(area.left(), top, math.ceil(share * area.width()), BAR_HEIGHT)


def title_label(column: Column, parent: QWidget) -> QLabel:
    """The title over a column."""
    label = _label(column, parent)
    label.setProperty("role", "muted")
    label.setText(column.title)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.ensurePolished()
    label.show()
    return label


def _label(column: Column, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(tabular(label.font()))
    label.setAlignment(ALIGNMENTS[column.align] | Qt.AlignmentFlag.AlignVCenter)
    return label
