"""Sentences for the user, laid over the foot of the plane."""

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtWidgets import QLabel, QWidget

NOTE_MS = 6000
ERROR_MS = 20_000
MARGIN = 14


class Notice(QLabel):
    """One sentence over ``host``: a note or an error goes by itself or by a click, a state stays until it is ended."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._state = ""
        self.setProperty("role", "notice")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName("Message")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fall_back)
        host.installEventFilter(self)
        self.hide()

    def show_notice(self, text: str, kind: str) -> None:
        """Show a "note" or an "error" for a while, or a "state" for as long as it holds ("" ends it)."""
        if kind == "state":
            self._state = text
            if not self._timer.isActive():
                self._fall_back()
            return
        self._show(text, kind)
        self._timer.start(ERROR_MS if kind == "error" else NOTE_MS)

    def mousePressEvent(self, event: object) -> None:
        """A click takes it away."""
        self._timer.stop()
        self._fall_back()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay at the foot of the host."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _fall_back(self) -> None:
        if self._state:
            self._show(self._state, "state")
        else:
            self.hide()

    def _show(self, text: str, kind: str) -> None:
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            style = self.style()
            if style is not None:
                style.polish(self)
        self.setText(text[:1].upper() + text[1:])
        self.setAccessibleDescription(text)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        width = min(self._host.width() - 6 * MARGIN, 620)
        one_line = self.fontMetrics().horizontalAdvance(self.text()) + 40
        width = min(width, one_line)
        height = self.heightForWidth(width)
        self.setGeometry((self._host.width() - width) // 2, self._host.height() - height - 4 * MARGIN, width, height)
