"""What a learner sees of what a lesson points out."""

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QRect
from PyQt6.QtWidgets import QScrollArea, QWidget


def is_framed_whole(window: Any, parts: Sequence[QWidget]) -> bool:
    """Whether the frame lies around these, and all that it lies around can be seen."""
    frame: QWidget = window.lessons.pointer
    shown = [part for part in parts if part.isVisible()]
    return frame.isVisible() and bool(shown) and all(_is_seen_in(part, frame, window) for part in shown)


def _is_seen_in(part: QWidget, frame: QWidget, window: QWidget) -> bool:
    place = _on_window(part, window)
    return frame.geometry().contains(place) and _view_around(part, window).contains(place)


def _view_around(part: QWidget, window: QWidget) -> QRect:
    """What can be seen of the area that a part is scrolled in; the window where there is none."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    view = around.viewport() if isinstance(around, QScrollArea) else None
    return _on_window(view, window) if view is not None else window.rect()


def _on_window(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
