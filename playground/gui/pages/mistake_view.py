"""Mistakes to be planted in backpropagation: none, or one of a few, each with what it does."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.labels import sentence
from playground.gui.style import heading
from playground.session.messages import Snapshot
from playground.session.stages.mistake_choices import mistake_choices, mistake_names

HINT = "Plant a mistake, check the gradient again, then train and watch J. Nothing of it is ever saved."
INDENT = 22  # pixels, under the button's text


class MistakeView(QWidget):
    """Shows which mistake is planted; reports which is wished for."""

    chosen = pyqtSignal(object)  # the name of a mistake, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[int, ...], str, str | None] | None = None
        self._group = QButtonGroup(self)
        self._buttons: dict[str | None, QRadioButton] = {}
        self._texts: dict[str, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addWidget(heading("Plant a mistake"))
        self._column.addWidget(sentence(HINT))
        self._add(None, "None: backpropagation as it should be")
        self._buttons[None].setChecked(True)
        for name in mistake_names():
            self._add(name, name[:1].upper() + name[1:])
            self._texts[name] = self._add_text()

    def _add(self, name: str | None, text: str) -> None:
        button = QRadioButton(text)
        keep_space_for(button)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._buttons[name] = button
        self._column.addWidget(button)

    def _add_text(self) -> QLabel:
        text = sentence()
        text.setIndent(INDENT)
        self._column.addWidget(text)
        return text

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Offer what can be planted in this network, and show what is."""
        state = snapshot.sizes, snapshot.activation, snapshot.mistake
        if state == self._shown:
            return
        self._shown = state
        for choice in mistake_choices(snapshot.sizes, snapshot.activation):
            text = choice.obstacle or choice.what
            self._texts[choice.name].setText(text)
            self._buttons[choice.name].setEnabled(not choice.obstacle)
            self._buttons[choice.name].setAccessibleDescription(text)
        self._buttons[snapshot.mistake].setChecked(True)
