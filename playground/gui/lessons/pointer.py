"""A frame that points a part of the window out, and lets everything through."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, QRect, Qt
from PyQt6.QtWidgets import QFrame, QWidget

from playground.gui.palette import Theme

AROUND = 4  # pixels
MOVES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


class Pointer(QFrame):
    """Lies around some widgets of ``host``, wherever they go."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._targets: list[QWidget] = []
        self._watched: list[QWidget] = []  # they and all that they lie in
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self.setStyleSheet(f"Pointer {{ border: 3px solid {theme.accent}; border-radius: 10px; }}")

    def point_at(self, targets: Sequence[QWidget]) -> None:
        """Point these out from now on; none to point nothing out."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._targets = list(targets)
        self._watched = list(dict.fromkeys(widget for target in targets for widget in self._up_to_host(target)))
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the targets, and what they lie in."""
        if event is not None and event.type() in MOVES:
            self._place()
        return False

    def _up_to_host(self, target: QWidget) -> list[QWidget]:
        found = [target]
        while (parent := found[-1].parentWidget()) is not None and found[-1] is not self.parentWidget():
            found.append(parent)
        return found

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        areas = [area for target in self._targets if (area := _seen(target, host)) is not None]
        self.setVisible(bool(areas))
        if areas:
            whole = areas[0]
            for area in areas[1:]:
                whole = whole.united(area)
            self.setGeometry(whole.adjusted(-AROUND, -AROUND, AROUND, AROUND).intersected(host.rect()))
            self.raise_()


def _seen(target: QWidget, host: QWidget) -> QRect | None:
    """Where in the host a target is seen; None where it is hidden, or scrolled out of view."""
    if not target.isVisibleTo(host):
        return None
    area, widget = target.rect(), target
    while (parent := widget.parentWidget()) is not None and widget is not host:
        area = area.translated(widget.pos()).intersected(parent.rect())
        widget = parent
    return area if area.isValid() else None
