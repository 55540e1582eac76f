"""The built-in data sets as small pictures."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QGridLayout, QToolButton, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.labels import set_tip
from playground.gui.parts.markers import paint_marker
from playground.session.dataset import Dataset

SIDE = 48
COLUMNS = 4


class DataGallery(QWidget):
    """Shows a thumbnail of each data set; reports which is asked for."""

    chosen = pyqtSignal(str)

    def __init__(self, tips: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._thumbnails: dict[str, Dataset] = {}
        self._buttons = {name: self._button(name, tip) for name, tip in tips.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnStretch(COLUMNS, 1)
        for i, button in enumerate(self._buttons.values()):
            grid.addWidget(button, i // COLUMNS, i % COLUMNS)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self.show_thumbnails(self._thumbnails)

    def show_thumbnails(self, thumbnails: dict[str, Dataset]) -> None:
        """Draw these data sets as thumbnails."""
        self._thumbnails = thumbnails
        for name, dataset in thumbnails.items():
            self._buttons[name].setIcon(QIcon(self._picture(dataset)))

    def show_current(self, name: str) -> None:
        """Mark the data set that is on the plane."""
        for own_name, button in self._buttons.items():
            button.setChecked(own_name == name)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFixedSize(SIDE + 9, SIDE + 7)
        button.setStyleSheet("padding: 1px;")
        button.setCheckable(True)
        set_tip(button, f"{name.capitalize()}. {tip} Replaces the points; undo brings them back.")
        button.setAccessibleName(f"Load {name}")
        keep_space_for(button)
        button.clicked.connect(lambda: self.chosen.emit(name))
        return button

    def _picture(self, dataset: Dataset) -> QPixmap:
        ratio = 2.0
        pixmap = QPixmap(QSize(SIDE, SIDE) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        low, high = dataset.X.min(axis=1, keepdims=True), dataset.X.max(axis=1, keepdims=True)
        places = 3 + (SIDE - 6) * (dataset.X - low) / (high - low)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (x, y), label in zip(places.T, dataset.labels, strict=True):
            paint_marker(painter, dataset.classes[label].style, self._theme, x, SIDE - y, 3.6)
        painter.end()
        return pixmap
