"""Scrolls what a lesson points out into view, and keeps it there while the window still takes shape."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, QRect
from PyQt6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget

AROUND = 6  # pixels that stay visible beside what is pointed out
TAKES_SHAPE = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}


class ViewKeeper(QObject):
    """Keeps some widgets in view until the user scrolls, or goes elsewhere by Tab.

    Once is not enough: a page that has just been opened is laid out later, and grows when its numbers come.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._targets: Sequence[QWidget] = ()
        self._watched: list[QWidget] = []
        self._area: QScrollArea | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def keep(self, targets: Sequence[QWidget]) -> None:
        """Bring these into view and keep them there; what holds pages of its own is shown from its top."""
        self.let_go()
        for target in targets:
            for inner in target.findChildren(QScrollArea):
                _bar(inner).setValue(0)
        self._area = _area_around(targets[0]) if targets else None
        if self._area is None:
            return
        self._targets = targets
        self._watched = [widget for target in targets for widget in _up_to(self._area.widget(), target)]
        for widget in self._watched:
            widget.installEventFilter(self)
        bar = _bar(self._area)
        bar.rangeChanged.connect(self._scroll)
        bar.actionTriggered.connect(self.let_go)  # by the user's wheel, keys or drag, before it scrolls
        self._scroll()

    def let_go(self) -> None:
        """Leave it to the user what is in view."""
        if self._area is None:
            return
        for widget in self._watched:
            widget.removeEventFilter(self)
        bar = _bar(self._area)
        bar.rangeChanged.disconnect(self._scroll)
        bar.actionTriggered.disconnect(self.let_go)
        self._area, self._targets, self._watched = None, (), []

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow what is kept in view."""
        if event is not None and event.type() in TAKES_SHAPE:
            self._scroll()
        return False

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The area has scrolled to what has the keys now; that is where the user is."""
        content = self._area.widget() if self._area is not None else None
        if new is None or content is None or not content.isAncestorOf(new):
            return
        if not any(target is new or target.isAncestorOf(new) for target in self._targets):
            self.let_go()

    def _scroll(self) -> None:
        content = self._area.widget() if self._area is not None else None
        shown = [target for target in self._targets if target.isVisible()]
        if self._area is None or content is None or not shown:
            return
        whole = QRect()
        for target in shown:
            whole = whole.united(QRect(target.mapTo(content, target.rect().topLeft()), target.size()))
        top, bottom = whole.top() - AROUND, whole.bottom() + AROUND
        bar, view = _bar(self._area), self._area.viewport()
        room = view.height() if view is not None else 0
        if top < bar.value() or bottom - top > room:  # its top is seen where it is taller than the view
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)


def _bar(area: QScrollArea) -> QScrollBar:
    bar = area.verticalScrollBar()
    assert bar is not None
    return bar


def _area_around(widget: QWidget) -> QScrollArea | None:
    """The scroll area that a widget lies in."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def _up_to(content: QWidget | None, target: QWidget) -> list[QWidget]:
    """A target and all that it lies in, below the content of its area."""
    found = [target]
    while (parent := found[-1].parentWidget()) is not None and parent is not content:
        found.append(parent)
    return found
