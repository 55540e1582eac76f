"""The confusion matrices of training and test set, one below the other, and what they mean."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from playground.gui.pages.points.confusion_table import ConfusionTable
from playground.gui.palette import Theme
from playground.gui.parts.labels import sentence, set_text
from playground.gui.style import heading
from playground.session.confusion import Cell, Confusion
from playground.session.dataset import Dataset

ABOUT = (
    "Rows are the true classes, columns the predicted ones, whose ŷ is largest. Off the diagonal are the misclassified "
    "points. A cell frames its points on the plane and lists them below."
)


class ConfusionView(QWidget):
    """Both matrices; that of the test set only where there is one."""

    cell_chosen = pyqtSignal(object)  # Cell, or None

    def __init__(self) -> None:
        super().__init__()
        self._titles = {name: QLabel() for name in ("train", "test")}
        self._tables = {
            "train": ConfusionTable("Confusion matrix of the training points", is_test=False),
            "test": ConfusionTable("Confusion matrix of the test points", is_test=True),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading("Confusion matrix"))
        column.addWidget(sentence(ABOUT))
        for name, table in self._tables.items():
            column.addWidget(self._titles[name])
            column.addWidget(table)
            table.cell_chosen.connect(self.cell_chosen)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        for table in self._tables.values():
            table.set_theme(theme)

    def show_confusion(self, confusion: Confusion, dataset: Dataset) -> None:
        """Show these counts."""
        for name, counts in (("train", confusion.train), ("test", confusion.test)):
            total, right = int(counts[-1, -1]), int(counts[:-1, :-1].trace())
            self._titles[name].setVisible(total > 0)
            self._tables[name].setVisible(total > 0)
            set_text(self._titles[name], about_counts(name, total, right))
            self._tables[name].show_counts(counts, dataset)

    def show_cell(self, cell: Cell | None) -> None:
        """Show which cell's points are framed."""
        for table in self._tables.values():
            table.show_cell(cell)


def about_counts(name: str, total: int, right: int) -> str:
    """How many of the points of a set are on the diagonal."""
    kind = "Training" if name == "train" else "Test"
    share = f", {100 * right / total:.1f} %" if total else ""
    return f"{kind}: {right} of {total} right{share}"
