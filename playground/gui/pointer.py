"""A frame that points a part of the window out, and lets everything through."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, QRect, Qt
from PyQt6.QtWidgets import QFrame, QWidget

from playground.gui.palette import Theme

AROUND = 4  # pixels


class Pointer(QFrame):
    """Lies around some widgets of ``host``, wherever they go."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._targets: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self.setStyleSheet(f"Pointer {{ border: 3px solid {theme.accent}; border-radius: 10px; }}")

    def point_at(self, targets: Sequence[QWidget]) -> None:
        """Point these out from now on; none to point nothing out."""
        for target in self._targets:
            target.removeEventFilter(self)
        self._targets = list(targets)
        for target in self._targets:
            target.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the targets."""
        if event is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._place()
        return False

    def _place(self) -> None:
        host = self.parentWidget()
        areas = [
            QRect(target.mapTo(host, target.rect().topLeft()), target.size())
            for target in self._targets
            if target.isVisibleTo(host)
        ]
        self.setVisible(bool(areas))
        if areas and host is not None:
            whole = areas[0]
            for area in areas[1:]:
                whole = whole.united(area)
            self.setGeometry(whole.adjusted(-AROUND, -AROUND, AROUND, AROUND).intersected(host.rect()))
            self.raise_()
