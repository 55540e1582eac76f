"""The table of points: rows that are chosen by click or key, columns that are sorted by click or key."""

from collections.abc import Sequence

import numpy as np
from PyQt6.QtCore import QElapsedTimer, QEvent, QItemSelection, QModelIndex, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PyQt6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from playground.gui.pages.point_cells import MARKER, PAD, PointCells
from playground.gui.pages.points_model import ARROWS, PointColumn, PointsModel
from playground.gui.palette import Array, Theme, lit_ground
from playground.gui.style import tabular
from playground.session.light import UNLIT, Light
from playground.session.messages import Snapshot

HEADER, ROW, BORDER = 24, 20, 1  # pixels
TITLE_PAD = 8  # pixels left and right of a title
NO_ARROWS = "QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }"  # they hide titles
FEW = 10  # rows
ROWS_A_FRAME = 1  # is painted while training: Python paints each cell, for which the training thread waits
ANSWER_MS = 300  # how long a choice may take to come back as the probe's place
SORT_KEYS = {Qt.Key.Key_Up: Qt.SortOrder.AscendingOrder, Qt.Key.Key_Down: Qt.SortOrder.DescendingOrder}


class PointsTable(QTableView):
    """Shows columns of numbers for points; a row that is selected, or pressed Enter on, is a point chosen."""

    point_chosen = pyqtSignal(int)  # its index in the data set
    lit = pyqtSignal(object)  # Light: what the mouse rests on, or UNLIT

    def __init__(self, name: str, *, can_sort: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points = PointsModel()
        self._X = np.empty((2, 0))
        self._chosen: int | None = None
        self._since_choice = QElapsedTimer()
        self._is_showing = False  # what is selected meanwhile was not chosen by the user
        self._is_new = True  # and its columns have no widths yet
        self._hovered = UNLIT
        self._unpainted = range(0)  # rows
        self.setAccessibleName(name)
        self.setModel(self.points)
        self.setItemDelegate(PointCells(self))
        self.setFont(tabular(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_headers(can_sort=can_sort)
        self.entered.connect(lambda index: self._report(self._light_at(index)))

    def _set_headers(self, *, can_sort: bool) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        assert across is not None
        assert down is not None
        self._across = across
        down.hide()
        down.setMinimumSectionSize(ROW)
        down.setDefaultSectionSize(ROW)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setFixedHeight(HEADER)
        across.setHighlightSections(False)
        across.setSectionsClickable(can_sort)
        across.setMinimumSectionSize(2 * PAD)
        if can_sort:
            across.setStyleSheet(NO_ARROWS)
            across.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
            self.setAccessibleDescription("Ctrl+Up and Ctrl+Down sort by the column that the cursor is in")

    def set_room(self, rows: int) -> None:
        """Be as high as so many rows."""
        self.setFixedHeight(HEADER + rows * ROW + 2 * BORDER)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(lit_ground(theme)))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(palette)
        self.points.set_theme(theme)

    def show_points(
        self,
        X: Array,
        columns: Sequence[PointColumn],
        order: Array | None = None,
        *,
        among: Array | None = None,
        is_live: bool = False,
    ) -> None:
        """Show numbers of points (2, m), those of ``order`` in that order, or all, or ``among`` them, sorted as chosen.

        Where it ``is_live``, and there will be other numbers soon, the rows in view are painted by `paint_on`.
        """
        self._X = X
        shape = self.points.rowCount(), self.points.columnCount()
        self.points.show_columns(columns, order, among=among, will_repaint=is_live)
        self._unpainted = self._rows_in_view() if is_live else range(0)
        if shape != (self.points.rowCount(), self.points.columnCount()):
            self._is_new = True
            if self.isSortingEnabled():
                self.sortByColumn(self.points.sorted_by, self._across.sortIndicatorOrder())
        self._fit_columns()

    def paint_on(self, *, is_live: bool) -> None:
        """Paint the next few of the rows whose numbers have changed, or all that are left."""
        count = ROWS_A_FRAME if is_live else len(self._unpainted)
        rows, self._unpainted = self._unpainted[:count], self._unpainted[count:]
        if rows:
            self.points.repaint(rows[0], rows[-1])

    def _rows_in_view(self) -> range:
        area = self.visibleRegion().boundingRect() if self.isVisible() else QRect()
        first, last = (self.rowAt(y - HEADER) for y in (max(area.top(), HEADER), area.bottom()))
        return range(0) if first < 0 else range(first, (self.points.rowCount() - 1 if last < 0 else last) + 1)

    def show_probe(self, snapshot: Snapshot) -> None:
        """Select the row of the point that the probe is on, and bring it into view, or select none."""
        probed = snapshot.example.index if snapshot.example is not None else None
        is_awaited = self._since_choice.isValid() and self._since_choice.elapsed() < ANSWER_MS
        if probed == self._selected() or (is_awaited and probed != self._chosen):
            return
        selected, row = self._selected(), None if probed is None else self.points.row_of(probed)
        if selected is not None and row is not None and (self._X[:, probed] == self._X[:, selected]).all():
            return  # of points at the same place the probe names the last one
        if selected is not None or row is not None:
            self._is_showing = True
            self._select(row)
            self._is_showing = False

    def show_light(self, light: Light) -> None:
        """Tint the columns of that term."""
        self.points.show_light(light)

    # -- choosing -----------------------------------------------------------------------------------------------------

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Report the point that the user has come to."""
        super().selectionChanged(selected, deselected)
        if not self._is_showing:
            self._choose()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Report the point again that was selected already."""
        before = self._selected()
        super().mousePressEvent(event)
        is_on_row = event is not None and self.indexAt(event.pos()).isValid()
        if is_on_row and before is not None and before == self._selected():
            self._choose()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter chooses the selected point again; Ctrl with an arrow sorts."""
        if event is None:
            return
        is_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif is_ctrl and event.key() in SORT_KEYS and self.isSortingEnabled():
            self.sortByColumn(max(0, self.currentIndex().column()), SORT_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str | None) -> None:
        """Letters are the window's keys."""

    def _selected(self) -> int | None:
        selection = self.selectionModel()
        rows = selection.selectedRows() if selection is not None else []
        return self.points.point(rows[0].row()) if rows else None

    def _choose(self) -> None:
        point = self._selected()
        if point is not None:
            self._chosen = point
            self._since_choice.start()
            self.point_chosen.emit(point)

    def _select(self, row: int | None) -> None:
        if row is None:
            self.clearSelection()
            return
        self.setCurrentIndex(self.points.index(row, max(0, self.currentIndex().column())))

    # -- columns ------------------------------------------------------------------------------------------------------

    def _fit_columns(self) -> None:
        """Make each column wide enough for its numbers, and never narrower again."""
        metrics = self.fontMetrics()
        for i, column in enumerate(self.points.columns):
            marker = MARKER + PAD if column.styles else 0
            title = metrics.horizontalAdvance(column.title + max(ARROWS) * self.isSortingEnabled())
            numbers = self._chars(column) * metrics.horizontalAdvance("0") + marker
            width = max(numbers + 2 * PAD, title + 2 * TITLE_PAD)
            if self.columnWidth(i) < width or self._is_new:
                self.setColumnWidth(i, width)
        self._is_new = False

    def _chars(self, column: PointColumn) -> int:
        """As many as the widest of a few rows has, or as any number may have."""
        if self.points.rowCount() > FEW:
            return column.chars
        return max((len(column.write(value)) for value in self.points.values(column)), default=0)

    # -- the mouse ----------------------------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent | None) -> None:
        """Nothing is under the mouse any more."""
        super().leaveEvent(event)
        self._report(UNLIT)

    def _light_at(self, index: QModelIndex) -> Light:
        column = self.points.columns[index.column()]
        return Light(column.term, column.label) if column.term else UNLIT

    def _report(self, light: Light) -> None:
        if light != self._hovered:
            self._hovered = light
            self.lit.emit(light)
