"""How far a job is, laid over a window, with a way to call it off."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from playground.gui.parts.buttons import word_button
from playground.gui.parts.labels import elided, set_tip

PATIENCE_MS = 300  # a job that is done sooner is not worth a word
WIDTH, TEXT_WIDTH = 440, 230
PARTS = 1000  # of the whole, which a bar counts in whole numbers


class JobBar(QFrame):
    """What is being done and how much of it is, in the middle of ``host``; reports where it is to be called off."""

    cancelled = pyqtSignal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("role", "chip")
        self.setAutoFillBackground(True)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, PARTS)
        self._bar.setTextVisible(False)
        self._cancel = word_button("Cancel", "Stop reading the file: the drawing stays as it is (Esc)")
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE_MS)
        self._wait.timeout.connect(self._appear)
        self.hide()

    def begin(self, text: str) -> None:
        """Tell of a job before long."""
        shown = elided(self._text, text, TEXT_WIDTH)
        self._text.setText(shown)
        set_tip(self._text, text if shown != text else "")
        self._bar.setAccessibleName(text)
        self._bar.setValue(0)
        self._wait.start()

    def advance(self, share: float) -> None:
        """Show how much is done, from 0 to 1."""
        self._bar.setValue(round(share * PARTS))
        if self.isVisible():
            self._place()  # the window may have been made larger

    def end(self) -> None:
        """The job is over, or nobody waits for it any more."""
        self._wait.stop()
        self.hide()

    def _appear(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        width, height = min(WIDTH, self._host.width() - 40), self.sizeHint().height()
        self.setGeometry((self._host.width() - width) // 2, (self._host.height() - height) // 3, width, height)
