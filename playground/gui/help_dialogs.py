"""Help: all keys and what the mouse does, and what this program is."""

from html import escape

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from playground import __version__
from playground.gui.actions import key_table

ROWS = 16


class KeysDialog(QDialog):
    """A table of every key, made from the table of actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for i, (key, meaning) in enumerate(key_table()):
            row, column = i % ROWS, 2 * (i // ROWS)
            name = QLabel(f"<b>{escape(key)}</b>")
            grid.addWidget(name, row, column)
            grid.addWidget(QLabel(meaning), row, column + 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(buttons)


def show_about(parent: QWidget) -> None:
    """Name, version and licence."""
    QMessageBox.about(
        parent,
        "About Softmax Playground",
        f"<h3>Softmax Playground {__version__}</h3><p>Draw points of up to ten classes and watch a softmax network "
        "learn them.</p><p>Free software under the GNU General Public License, version 3 or later.</p>",
    )
