"""Sentences for the user, laid over the foot of the plane."""

from collections.abc import Mapping

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QAction, QFontMetrics
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from playground.gui.parts.buttons import action_button, small_button
from playground.gui.parts.labels import set_tip

# How long each kind stays, in ms; a "state" stays for as long as it holds.
STAYS = {"note": 6000, "undo": 15_000, "error": 20_000, "refusal": 20_000, "fault": 60_000}
MARGIN = 14
WIDEST = 620
PADDING = 12  # at each side, and between text and buttons
MOST_LINES = 2


class Notice(QFrame):
    """One sentence over ``host``: it goes by itself, by a click, or with what it was about.

    ``offers`` are what can be done about a kind, by a button in it.
    """

    def __init__(self, host: QWidget, offers: Mapping[str, QAction]) -> None:
        super().__init__(host)
        self._host = host
        self._text = self._state = ""
        self.setProperty("role", "notice")
        self.setAccessibleName("Message")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # a click takes it all away
        self._offers = {kind: action_button(action, icon=False) for kind, action in offers.items()}
        self._close = small_button("×", "Close the message")
        self._close.clicked.connect(self.close_notice)
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 0, PADDING, 0)
        row.setSpacing(PADDING)
        row.addWidget(self._label, 1)
        for button in self._buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fall_back)
        host.installEventFilter(self)
        self.hide()

    @property
    def _buttons(self) -> list[QToolButton]:
        return [*self._offers.values(), self._close]

    def text(self) -> str:
        """The whole sentence that is shown, though its end may be cut off."""
        return self._text

    @property
    def kind(self) -> str:
        """The kind of what is shown; empty where nothing is."""
        return "" if self.isHidden() else str(self.property("kind"))

    def show_notice(self, text: str, kind: str) -> None:
        """Show a sentence of one of the kinds of `STAYS`, or a "state" for as long as it holds.

        Without a text what was said of that kind holds no longer.
        """
        if kind == "state":
            self._state = text
            if not self._timer.isActive():
                self._fall_back()
        elif text:
            self._show(text, kind)
            self._timer.start(STAYS[kind])
        elif self.kind == kind:
            self.close_notice()

    def close_notice(self) -> None:
        """Take it away, though a state comes back."""
        self._timer.stop()
        self._fall_back()

    def mousePressEvent(self, event: object) -> None:
        """A click takes it away."""
        self.close_notice()

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
        self._text = text if _is_name(text.partition(" ")[0]) else text[:1].upper() + text[1:]
        self.setAccessibleDescription(text)
        for own, button in self._offers.items():
            button.setVisible(kind == own)
        self._close.setVisible(kind != "state")
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        buttons = sum(button.sizeHint().width() + PADDING for button in self._buttons if not button.isHidden())
        metrics = self._label.fontMetrics()
        frame = 2 * PADDING + 4
        room = min(self._host.width() - 6 * MARGIN, WIDEST) - buttons - frame
        lines = in_lines(self._text, metrics, room)
        self._label.setText("\n".join(lines))
        set_tip(self, "" if " ".join(lines) == " ".join(self._text.split()) else self._text)
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 + buttons + frame
        height = len(lines) * metrics.lineSpacing() + 2 * PADDING
        self.setGeometry((self._host.width() - width) // 2, self._host.height() - height - 4 * MARGIN, width, height)


def in_lines(text: str, metrics: QFontMetrics, width: int, most: int = MOST_LINES) -> list[str]:
    """A text broken between words into lines of a width in pixels; what no longer fits the last one is left out."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        count = next((n for n in range(len(rest), 1, -1) if metrics.horizontalAdvance(" ".join(rest[:n])) <= width), 1)
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    lines.append(" ".join(rest))
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines if line] or [""]


def _is_name(word: str) -> bool:
    """Whether a first word is a file's name, which stays as it is."""
    return "." in word.rstrip(".:,")
