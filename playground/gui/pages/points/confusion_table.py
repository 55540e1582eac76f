"""The confusion matrix of one set of points: counts in cells that are chosen by click or key."""

from functools import lru_cache

from PyQt6.QtCore import QItemSelection, QItemSelectionModel, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QColor, QIcon, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from playground.gui.palette import LIGHT, Array, Theme, mix
from playground.gui.parts.labels import as_tip
from playground.gui.parts.markers import marker_pixmap
from playground.gui.style import tabular
from playground.session.confusion import ANY, Cell, about_cell
from playground.session.dataset import Dataset

ROW, HEADER, SIDE, BORDER, SCROLL_BAR = 22, 22, 38, 1, 8  # pixels
LEAST_CELL, WIDEST_CELL, PAD = 30, 56, 6
LEAST_TITLE = 36  # of a class of two digits, for its mark and its number
ROOM = 350  # pixels for all cells of a row beside a window of 1280
MARKER = 12
STRONGEST = 0.42  # of a cell's tint: the theme's text can be read on it
TOTAL = "Σ"
HEADERS = "QHeaderView::section { padding: 2px 1px; }"
Role = Qt.ItemDataRole


class ConfusionTable(QTableWidget):
    """Rows are the true classes, columns the predicted ones, with their totals; the counts are put down as they change.

    Qt paints it without Python. A cell that is clicked, or come to by the arrow keys, is a wish to see its points; one
    that is chosen already, or Enter on it, a wish to see them no more.
    """

    cell_chosen = pyqtSignal(object)  # Cell, or None

    def __init__(self, name: str, *, is_test: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_test = is_test
        self._theme = LIGHT
        self._dataset: Dataset | None = None
        self._counts: list[list[int]] = []
        self._is_again = False  # the press is on the cell that is chosen already
        self._is_showing = False  # what is selected meanwhile was not chosen by the user
        self.setAccessibleName(name)
        self.setAccessibleDescription("Arrow keys choose a cell, Enter lets it go: its points are framed on the plane")
        self.setFont(tabular(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(HEADERS)
        for header, size in ((self.horizontalHeader(), LEAST_CELL), (self.verticalHeader(), ROW)):
            assert header is not None
            header.setMinimumSectionSize(1)
            header.setDefaultSectionSize(size)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        down, across = self.verticalHeader(), self.horizontalHeader()
        assert down is not None
        assert across is not None
        down.setFixedWidth(SIDE)
        across.setFixedHeight(HEADER)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        if self._dataset is not None:
            self._set_headers(self._dataset)
            counts, self._counts = self._counts, []
            self._put_down(counts)

    def show_counts(self, counts: Array, dataset: Dataset) -> None:
        """Show these counts (C + 1, C + 1), whose last row and column are totals."""
        if self._dataset is None or self._dataset.classes != dataset.classes:
            self._set_up(dataset)
        self._dataset = dataset
        self._put_down(counts.tolist())

    def show_cell(self, cell: Cell | None) -> None:
        """Select this cell; none where it is another matrix's."""
        size = self.rowCount()
        if cell == self._selected() or not size:
            return
        self._is_showing = True
        if cell is None or cell.is_test != self._is_test:
            self.clearSelection()
        else:
            row, column = (size - 1 if label is ANY else label for label in (cell.label, cell.predicted))
            self.setCurrentCell(row, column, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._is_showing = False

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _set_up(self, dataset: Dataset) -> None:
        self._is_showing = True
        self._counts = []
        self.setRowCount(dataset.C + 1)
        self.setColumnCount(dataset.C + 1)
        for row in range(dataset.C + 1):
            for column in range(dataset.C + 1):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                about = f"The {about_cell(self._cell(row, column, dataset.C), dataset)}"
                item.setToolTip(as_tip(f"{about}. Click to frame them on the plane."))
                item.setData(Role.AccessibleDescriptionRole, about)
                self.setItem(row, column, item)
        self._set_headers(dataset)
        self._is_showing = False

    def _set_headers(self, dataset: Dataset) -> None:
        for place in range(dataset.C + 1):
            is_total = place == dataset.C
            for set_item, way in (
                (self.setHorizontalHeaderItem, "taken for"),
                (self.setVerticalHeaderItem, "that are"),
            ):
                item = QTableWidgetItem(TOTAL if is_total else str(place + 1))
                if not is_total:
                    style = dataset.classes[place].style
                    item.setIcon(QIcon(marker_pixmap(style, self._theme, MARKER, 2.0)))
                whom = "any class" if is_total else dataset.class_name(place)
                item.setToolTip(as_tip(f"Points {way} {whom}"))
                set_item(place, item)

    def _put_down(self, counts: list[list[int]]) -> None:
        if counts == self._counts:
            return
        last = len(counts) - 1
        before = self._counts or [[-1] * (last + 1)] * (last + 1)
        for row in range(last + 1):
            for column in range(last + 1):
                if counts[row][column] != before[row][column] or counts[row][last] != before[row][last]:
                    self._put(row, column, counts[row][column], counts[row][last], is_new=not self._counts)
        if before[last][last] != counts[last][last]:
            self._fit(counts[last][last])
        self._counts = counts

    def _put(self, row: int, column: int, count: int, of: int, *, is_new: bool) -> None:
        item, last, theme = self._item(row, column), self.rowCount() - 1, self._theme
        text = str(count)
        if item.text() != text or is_new:
            item.setText(text)
            item.setForeground(QBrush(QColor(theme.text if count else theme.muted)))
        share = round(count / of, 2) if of else 0.0  # so that few shades are mixed anew while it trains
        item.setBackground(QBrush(QColor(shade(row, column, last, share, theme))))

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    def _fit(self, most: int) -> None:
        """Room for the largest count; where the cells do not fit side by side they scroll."""
        digits = self.fontMetrics().horizontalAdvance("0") * len(str(most))
        cells = self.columnCount()
        width = max(LEAST_CELL, digits + PAD, min(WIDEST_CELL, ROOM // cells))
        widths = [max(width, LEAST_TITLE) if 8 < column < cells - 1 else width for column in range(cells)]
        for column, own in enumerate(widths):
            self.setColumnWidth(column, own)
        self.setMaximumWidth(SIDE + sum(widths) + 2 * BORDER)
        is_wide = sum(widths) > ROOM
        self.setFixedHeight(HEADER + self.rowCount() * ROW + 2 * BORDER + SCROLL_BAR * is_wide)

    # -- choosing -----------------------------------------------------------------------------------------------------

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Report the cell that the user has come to."""
        super().selectionChanged(selected, deselected)
        if not self._is_showing:
            self.cell_chosen.emit(self._selected())

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Know whether the cell is chosen already."""
        before = self._selected()
        super().mousePressEvent(event)
        self._is_again = before is not None and before == self._selected()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Let the cell go that was chosen already."""
        super().mouseReleaseEvent(event)
        if self._is_again:
            self._is_again = False
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter chooses the cell that the keys are on, or lets it go."""
        if event is None:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._selected() is None:
                self.setCurrentCell(
                    max(0, self.currentRow()),
                    max(0, self.currentColumn()),
                    QItemSelectionModel.SelectionFlag.ClearAndSelect,
                )
            else:
                self.clearSelection()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str | None) -> None:
        """Letters are the window's keys."""

    def _selected(self) -> Cell | None:
        index = next(iter(self.selectedIndexes()), None)
        return None if index is None else self._cell(index.row(), index.column(), self.rowCount() - 1)

    def _cell(self, row: int, column: int, last: int) -> Cell:
        label, predicted = (ANY if place == last else place for place in (row, column))
        return Cell(self._is_test, label, predicted)


@lru_cache(maxsize=4096)
def shade(row: int, column: int, last: int, share: float, theme: Theme) -> str:
    """The ground of a cell with that share of its row: blue where it is right, red where it is not, none for totals."""
    if last in (row, column):
        return theme.window
    tint = theme.accent if row == column else theme.warning
    strength = STRONGEST * (0.15 + 0.85 * share) if share else 0.0
    return mix(theme.field, tint, strength)
