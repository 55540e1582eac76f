"""Points as rows: cells that are written as they come into view, sorted by their numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PyQt6.QtGui import QColor, QPixmap

from playground.gui.pages.point_cells import MARKER
from playground.gui.palette import LIGHT, Array, Theme, lit_ground
from playground.gui.parts.labels import as_tip
from playground.gui.parts.markers import marker_pixmap
from playground.session.light import UNLIT, Light

ARROWS = (" ▴", " ▾")  # beside the title of what the rows are sorted by: smallest first, largest first

ROOT = QModelIndex()
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, eq=False)
class PointColumn:
    """One number of every point, ``values`` (m,), how it is written, and in at most how many characters.

    Its ``title`` tells it from the others; ``term`` and ``label`` say what of the calculation it shows. With ``styles``
    its numbers are classes, shown with their markers: hollow ones where half is added, for points that are held out;
    ``names`` are what they are called in full.
    """

    title: str
    tip: str
    values: Array
    write: Callable[[float], str]
    chars: int
    term: str = ""
    label: int | None = None
    styles: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


class PointsModel(QAbstractTableModel):
    """Columns of numbers, and the order of the points: the rows' own where it is given, else sorted by a column."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[PointColumn, ...] = ()
        self._order = np.empty(0, np.intp)
        self._all = self._order  # of all points, sorted
        self._among: Array | None = None
        self._sort_title = ""
        self._is_descending = False
        self._sorted: tuple[Array, bool] | None = None  # the numbers that the order was made of
        self._theme = LIGHT
        self._light = UNLIT
        self._markers: dict[tuple[int, bool], QPixmap] = {}

    @property
    def columns(self) -> tuple[PointColumn, ...]:
        """The columns on show."""
        return self._columns

    @property
    def sorted_by(self) -> int:
        """The column that the rows are sorted by."""
        return next((i for i, column in enumerate(self._columns) if column.title == self._sort_title), 0)

    @property
    def is_descending(self) -> bool:
        """Whether its largest number comes first."""
        return self._is_descending

    def point(self, row: int) -> int:
        """The point of a row."""
        return int(self._order[row])

    def values(self, column: PointColumn) -> list[float]:
        """A column's numbers as the rows show them."""
        found: list[float] = column.values[self._order].tolist()
        return found

    def row_of(self, point: int) -> int | None:
        """The row of a point, if it has one."""
        rows = np.flatnonzero(self._order == point)
        return int(rows[0]) if rows.size else None

    def show_columns(
        self,
        columns: Sequence[PointColumn],
        order: Array | None = None,
        *,
        among: Array | None = None,
        will_repaint: bool = False,
    ) -> None:
        """Show other numbers; ``order`` (rows,) names the points to show, all of them where it is None, sorted.

        With ``among`` (k,) these are sorted, and the others left out.

        Whoever ``will_repaint`` calls `repaint` for the rows in view.
        """
        is_alike = [column.title for column in columns] == [column.title for column in self._columns]
        m = columns[0].values.size
        old_m = self._columns[0].values.size if self._columns else 0
        self._among = among
        if not is_alike or m != old_m:
            self.beginResetModel()
            self._columns = tuple(columns)
            self._sorted = None
            self._order = self._sorted_order() if order is None else order
            self.endResetModel()
            return
        self._columns = tuple(columns)
        self._become(self._sorted_order() if order is None else order)
        if not will_repaint:
            self.repaint()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's numbers; equal ones by the points' own."""
        if not 0 <= column < len(self._columns):
            return
        self._sort_title = self._columns[column].title
        self._is_descending = order == Qt.SortOrder.DescendingOrder
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self._become(self._sorted_order())
        self.repaint()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._markers.clear()
        self.repaint()

    def show_light(self, light: Light) -> None:
        """Tint the columns of that term; those of a class with that class alone."""
        if light != self._light:
            self._light = light
            self.repaint()

    # -- what Qt asks -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = ROOT) -> int:
        """One row for each point on show."""
        return 0 if parent.isValid() else self._order.size

    def columnCount(self, parent: QModelIndex = ROOT) -> int:
        """One for each kind of number."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        """The text of a cell, its marker, and how it stands."""
        column = self._columns[index.column()]
        if role == Role.DisplayRole:
            return column.write(column.values[self._order[index.row()]])
        if role == Role.TextAlignmentRole:
            return LEFT if column.styles else RIGHT
        if role == Role.DecorationRole and column.styles:
            return self._marker(column, float(column.values[self._order[index.row()]]))
        if role == Role.ToolTipRole and column.names:
            return as_tip(column.names[int(column.values[self._order[index.row()]])])
        if role == Role.BackgroundRole and self._is_lit(column):
            return QColor(lit_ground(self._theme))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The titles, and what they mean."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Role.TextAlignmentRole:
            return LEFT if column.styles else RIGHT
        arrow = ARROWS[self._is_descending] if column.title == self._sort_title else ""
        return {int(Role.DisplayRole): column.title + arrow, int(Role.ToolTipRole): as_tip(column.tip)}.get(role)

    # -- the order ----------------------------------------------------------------------------------------------------

    def _sorted_order(self) -> Array:
        """The points, sorted; the order as it is where nothing has changed that it depends on."""
        if not self._columns:
            return np.empty(0, np.intp)
        values, before = self._columns[self.sorted_by].values, self._sorted
        self._sorted = (values, self._is_descending)
        is_same_way = before is not None and before[1] == self._is_descending
        if before is None or not is_same_way or not np.array_equal(before[0], values, equal_nan=True):
            self._all = np.argsort(-values if self._is_descending else values, kind="stable")
        if self._among is None:
            return self._all
        is_among = np.zeros(values.size, bool)
        is_among[self._among] = True
        return self._all[is_among[self._all]]

    def _become(self, order: Array) -> None:
        """Have rows for these points: new ones come and old ones go at the end, so that what stays can move there."""
        if order.size != self._order.size:
            extra = order[~np.isin(order, self._order)]
            if extra.size:
                self.beginInsertRows(ROOT, self._order.size, self._order.size + extra.size - 1)
                self._order = np.concatenate([self._order, extra])
                self.endInsertRows()
            gone = self._order[~np.isin(self._order, order)]
            if gone.size:
                self._reorder(np.concatenate([order, gone]))
                self.beginRemoveRows(ROOT, order.size, self._order.size - 1)
                self._order = order
                self.endRemoveRows()
        self._reorder(order)

    def _reorder(self, order: Array) -> None:
        """Bring the rows into another order; what is selected goes with its point."""
        if order is self._order or np.array_equal(order, self._order):
            return
        if not self.persistentIndexList():  # nothing is selected
            self._order = order
            return
        self.layoutAboutToBeChanged.emit()  # upon which the selection asks for an index of each of its cells
        old, self._order = self._order, order
        held = self.persistentIndexList()
        self.changePersistentIndexList(held, [self._moved(index, old) for index in held])
        self.layoutChanged.emit()

    def _moved(self, index: QModelIndex, old: Array) -> QModelIndex:
        row = self.row_of(int(old[index.row()]))
        return QModelIndex() if row is None else self.index(row, index.column())

    def repaint(self, first: int = 0, last: int | None = None) -> None:
        """Have the rows from the first to the last, or all from there on, painted again."""
        last = self._order.size - 1 if last is None else min(last, self._order.size - 1)
        if self._columns and first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    # -- cells --------------------------------------------------------------------------------------------------------

    def _is_lit(self, column: PointColumn) -> bool:
        light = self._light
        return light.term != "" and column.term == light.term and light.label in (None, column.label)

    def _marker(self, column: PointColumn, value: float) -> QPixmap:
        key = column.styles[int(value)], value % 1 > 0
        if key not in self._markers:
            self._markers[key] = marker_pixmap(key[0], self._theme, MARKER, 2.0, is_hollow=key[1])
        return self._markers[key]
