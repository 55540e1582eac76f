"""What is different from the plain run, over the head of the plane: each says so and goes with one click."""

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from playground.gui.parts.buttons import small_button
from playground.gui.parts.labels import set_tip

MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP = 66, 18, 50  # pixels from the host's edges, inside its axes, below its button
WIDEST = 560
BESIDE_TEXT = 52  # pixels of margins and cross
LEAST_HEIGHT = 32
GAP = 6


class Chip(QFrame):
    """One sentence and a cross."""

    closed = pyqtSignal()

    def __init__(self, text: str, parent: QWidget, *, is_warning: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setProperty("kind", "error" if is_warning else "note")
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        close = small_button("✕", f"Take this away: {text}")
        set_tip(close, "Take this away")
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 5, 5)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def place(self, top: int, most: int) -> int:
        """Lie there, no wider than ``most`` pixels; the height taken."""
        self.ensurePolished()
        on_one_line = self.label.fontMetrics().horizontalAdvance(self.label.text()) + BESIDE_TEXT
        width = min(on_one_line, most)
        height = max(self.label.heightForWidth(width - BESIDE_TEXT) + 12, LEAST_HEIGHT)
        self.setGeometry(MARGIN_LEFT, top, width, height)
        return height


class Chips(QObject):
    """A stack of sentences over ``host``; ``dismissed`` carries the name of the one whose cross was clicked."""

    dismissed = pyqtSignal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._chips: dict[str, Chip] = {}
        host.installEventFilter(self)

    def show_chip(self, name: str, text: str, *, is_warning: bool = False) -> None:
        """Show this sentence under that name from now on; an empty one takes it away."""
        old = self._chips.get(name)
        if old is not None and old.label.text() == text:
            return
        if old is not None:
            old.hide()
            self._chips.pop(name).deleteLater()
        if text:
            chip = self._chips[name] = Chip(text, self._host, is_warning=is_warning)
            chip.closed.connect(lambda: self.dismissed.emit(name))
            chip.show()
        self._place()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay at the head of the host."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        top, most = MARGIN_TOP, min(self._host.width() - MARGIN_LEFT - MARGIN_RIGHT, WIDEST)
        for chip in self._chips.values():
            top += chip.place(top, most) + GAP
