"""Which class stands for y at a spot: a point's own, or one to suppose where no point lies."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.labels import sentence, set_text, set_tip
from playground.gui.parts.markers import marker_pixmap
from playground.session.dataset import Dataset
from playground.session.messages import Snapshot

MARKER, WIDTH, WIDER = 12, 35, 43  # pixels; ten buttons have to stand in a row, and the last has two figures
OWN = "y is the class of this point."
SUPPOSED = "No point lies here, so there is no y: choose the class to suppose."
NOWHERE = "Where no point lies, this class is supposed for y."


class ClassChoice(QWidget):
    """A button for each class, of which one is down; they can be pressed where no point says what y is."""

    chosen = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._styles: tuple[int, ...] = ()
        self._buttons: list[QToolButton] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._about = sentence(SUPPOSED)
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        self._row.addWidget(QLabel("y = "))
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self._about)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._dress()

    def show_snapshot(self, snapshot: Snapshot, supposed: int) -> None:
        """Show y at the probe: the class of the point there, or the ``supposed`` one, the last if there are fewer."""
        self._show_classes(snapshot.dataset)
        example = snapshot.example
        table = example.softmax if example is not None else None
        own = table.label if table is not None else None
        label = min(supposed, snapshot.dataset.C - 1) if own is None else own
        self._buttons[label].setChecked(True)
        for button in self._buttons:
            button.setEnabled(own is None)
        set_text(self._about, NOWHERE if example is None else SUPPOSED if own is None else OWN)

    def _show_classes(self, dataset: Dataset) -> None:
        styles = tuple(each.style for each in dataset.classes)
        if styles != self._styles:
            self._styles = styles
            self._make_buttons(len(styles))
            self._dress()
        for label, button in enumerate(self._buttons):
            name = dataset.class_name(label)
            set_tip(button, f"Suppose that y is {name}; the run is not touched")
            button.setAccessibleName(f"Suppose y is {name}")

    def _make_buttons(self, count: int) -> None:
        while len(self._buttons) > count:
            button = self._buttons.pop()
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        while len(self._buttons) < count:
            button = QToolButton()
            button.setText(str(len(self._buttons) + 1))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(MARKER, MARKER))
            button.setCheckable(True)
            button.setFixedWidth(WIDTH if len(self._buttons) < 9 else WIDER)
            button.setProperty("role", "tool")
            keep_space_for(button)
            self._group.addButton(button, len(self._buttons))
            self._buttons.append(button)
            self._row.insertWidget(len(self._buttons), button)

    def _dress(self) -> None:
        for style, button in zip(self._styles, self._buttons, strict=True):
            picture = marker_pixmap(style, self._theme, MARKER, 2.0)
            icon = QIcon(picture)
            icon.addPixmap(picture, QIcon.Mode.Disabled)  # a class keeps its colour
            button.setIcon(icon)
