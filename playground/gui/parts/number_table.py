"""A table of live numbers, aligned, whose columns and rows light up, and say so when the mouse rests on them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from PyQt6.QtCore import QPointF, QRect, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QResizeEvent
from PyQt6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from playground.gui.palette import LIGHT, Theme, lit_ground, mix
from playground.gui.parts.labels import set_tip
from playground.gui.parts.lit_label import LitParts
from playground.gui.parts.table_cells import PAD, Cell, Column, Content, title_label
from playground.session.light import UNLIT, Light

ROW = 20  # pixels
FOOT_GAP = 5  # pixels above the foot, with the rule in their middle
TITLE, FOOT = -1, -2  # in place of a row's number

__all__ = ["Column", "NumberTable"]


class NumberTable(LitParts):
    """Rows of numbers under titles, with a foot for their sums, put together from labels that Qt paints without Python.

    Labels lie at fixed places, so that new numbers cause no layout, and each is set only if its text has changed.
    ``under`` are pixels kept free under each row, for what a table with more than numbers shows there.
    """

    def __init__(self, parent: QWidget | None = None, under: int = 0) -> None:
        super().__init__(parent)
        self._pitch = ROW + under
        self._theme = LIGHT
        self._columns: tuple[Column, ...] = ()
        self._titles: list[QLabel] = []
        self._rows: list[list[Cell]] = []
        self._labels: list[int | None] = []  # the class of each row
        self._foot: list[Cell] = []
        self._has_foot = False
        self._edges = [0]  # of the columns, in pixels from the left
        self._light = UNLIT
        self._tints: list[QFrame] = []
        self._rule = QFrame(self)
        self._rule.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_theme(LIGHT)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Start anew with these columns and no rows."""
        self.set_rows(0)
        for title in self._titles:
            title.hide()
            title.deleteLater()
        for cell in self._foot:
            cell.delete()
        self._columns = tuple(columns)
        self._titles = [title_label(column, self) for column in self._columns]
        self._foot = [Cell(Column(column.term, "", align=column.align), self) for column in self._columns]
        self._has_foot = False
        self._lay_out()

    def set_title(self, column: int, title: str, tip: str) -> None:
        """Call a column something else."""
        columns = list(self._columns)
        columns[column] = replace(columns[column], title=title, tip=tip)
        self._columns = tuple(columns)
        self._titles[column].setText(title)
        self._lay_out()

    def set_rows(self, count: int) -> None:
        """Have that many rows; new ones are empty until they are shown."""
        if count == len(self._rows):
            return
        while len(self._rows) > count:
            for cell in self._rows.pop():
                cell.delete()
        while len(self._rows) < count:
            self._rows.append([Cell(column, self) for column in self._columns])
        self._labels = (self._labels + [None] * count)[:count]
        self._lay_out()

    def show_row(
        self, row: int, contents: Sequence[Content], label: int | None = None, style: int | None = None
    ) -> None:
        """Show a row's contents, one for each column; of class ``label``, in that style, if of one."""
        if self._labels[row] != label:
            self._labels[row] = label
            self._show_tints()
        for cell, content in zip(self._rows[row], contents, strict=True):
            cell.set_style(style, self._theme)
            cell.show(content)

    def show_foot(self, texts: Sequence[str]) -> None:
        """Show a text under each column, below a rule; without any text there is no foot."""
        for cell, text in zip(self._foot, texts, strict=True):
            cell.show(text)
        has_foot = any(texts)
        if has_foot != self._has_foot:
            self._has_foot = has_foot
            self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._rule.setStyleSheet(f"background: {mix(theme.line, theme.muted, 0.5)};")
        for cells in self._rows:
            for cell in cells:
                cell.set_theme(theme)
        for tint in self._tints:
            tint.setStyleSheet(self._tint_style())

    def show_light(self, light: Light) -> None:
        """Tint the columns of that term with their titles, or the row of that class, or the cells of both."""
        if light != self._light:
            self._light = light
            self._show_tints()

    # -- places -------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Room for the figures that the columns were made for."""
        width = sum(self._natural_widths())
        foot = FOOT_GAP + ROW if self._has_foot else 0
        return QSize(width, ROW + self._pitch * len(self._rows) + foot)

    def sizeHint(self) -> QSize:
        """The same: more room is shared among the columns."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the columns to the room."""
        self._lay_out()

    def _natural_widths(self) -> list[int]:
        self.ensurePolished()
        figure = QFontMetricsF(self.font()).horizontalAdvance("0")
        return [
            max(column.width(figure), title.sizeHint().width() + 2 * PAD)
            for column, title in zip(self._columns, self._titles, strict=True)
        ]

    def _widths(self) -> list[float]:
        """The columns' widths: bars take the room that is left over; without one, all columns share it."""
        widths: list[float] = [float(width) for width in self._natural_widths()]
        spare, bars = self.width() - sum(widths), [column.kind == "bar" for column in self._columns]
        if spare > 0 and any(bars):
            return [width + spare / sum(bars) * is_bar for width, is_bar in zip(widths, bars, strict=True)]
        return [width * self.width() / sum(widths) for width in widths]

    def _lay_out(self) -> None:
        self._edges = [0, *(round(edge) for edge in accumulate(self._widths()))]
        for i, title in enumerate(self._titles):
            title.setGeometry(self._place(TITLE, i).adjusted(PAD, 0, -PAD, 0))
        for row, cells in enumerate(self._rows):
            for i, cell in enumerate(cells):
                cell.set_place(self._place(row, i))
        for i, cell in enumerate(self._foot):
            cell.label.setVisible(self._has_foot)
            cell.set_place(self._place(FOOT, i))
        self._rule.setVisible(self._has_foot)
        self._rule.setGeometry(0, self._top(FOOT) - FOOT_GAP // 2 - 1, self.width(), 1)
        self._show_tints()
        self.updateGeometry()

    def _top(self, row: int) -> int:
        if row == TITLE:
            return 0
        return ROW + self._pitch * (len(self._rows) if row == FOOT else row) + FOOT_GAP * (row == FOOT)

    def _place(self, row: int, column: int, last: int | None = None) -> QRect:
        """Where a cell lies, or the cells of a row from one column to another."""
        left, right = self._edges[column], self._edges[(column if last is None else last) + 1]
        return QRect(left, self._top(row), right - left, ROW)

    # -- the light ----------------------------------------------------------------------------------------------------

    def _show_tints(self) -> None:
        areas = self._lit_areas()
        while len(self._tints) < len(areas):
            tint = QFrame(self)
            tint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            tint.setStyleSheet(self._tint_style())
            tint.lower()
            self._tints.append(tint)
        for i, tint in enumerate(self._tints):
            tint.setVisible(i < len(areas))
            if i < len(areas):
                tint.setGeometry(areas[i])

    def _tint_style(self) -> str:
        return f"background: {lit_ground(self._theme)}; border-radius: 4px;"

    def _lit_areas(self) -> list[QRect]:
        term, label = self._light.term, self._light.label
        rows = [row for row, own in enumerate(self._labels) if label is None or own == label]
        if self._light == UNLIT or not self._columns:
            return []
        if not term:
            return [self._place(row, 0, len(self._columns) - 1) for row in rows]
        areas = [self._place(FOOT, i) for i, column in enumerate(self._columns) if column.foot_term == term]
        for first, last in self._columns_of(term):
            title = self._place(TITLE, first, last)
            if label is None:
                areas.append(title.united(self._place(len(self._rows) - 1, first, last)))
            elif rows:
                areas += [title, *(self._place(row, first, last) for row in rows)]
        return areas

    def _columns_of(self, term: str) -> list[tuple[int, int]]:
        """The first and last of each group of neighbouring columns that show a term."""
        groups: list[tuple[int, int]] = []
        for i, column in enumerate(self._columns):
            if column.term != term:
                continue
            if groups and groups[-1][1] == i - 1:
                groups[-1] = (groups[-1][0], i)
            else:
                groups.append((i, i))
        return groups

    # -- the mouse ----------------------------------------------------------------------------------------------------

    def _light_at(self, position: QPointF) -> Light:
        index = bisect_right(self._edges, position.x()) - 1
        if not 0 <= index < len(self._columns):
            return UNLIT
        column = self._columns[index]
        set_tip(self, column.tip)
        row = int((position.y() - ROW) // self._pitch)
        if row == TITLE:
            return Light(column.term)
        if row < len(self._rows):
            return Light(column.term, self._labels[row])
        return Light(column.foot_term) if self._has_foot else UNLIT
