"""A table of numbers in which one column is typed or dragged, and a class is chosen for y."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PyQt6.QtCore import QEvent, QObject, QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import QSlider, QToolButton, QWidget

from playground.gui.palette import Theme
from playground.gui.parts.buttons import keep_space_for, pass_wheel_on
from playground.gui.parts.labels import set_tip
from playground.gui.parts.number_field import NumberField
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Cell, Column
from playground.session.by_hand import added
from playground.session.light import UNLIT, Light
from playground.session.specs import Number, Spec

GAP = 4  # pixels between rows, whose fields would touch
UNDER = 18  # pixels under a row's numbers, for its slider and its bar
SLIDER_HEIGHT = 14
INSET = 2  # pixels between a field and its column's edges
Y = "y"  # the term of the column that holds the buttons


@dataclass(frozen=True, slots=True)
class Drag:
    """Sliders under the fields, from ``low`` to ``high``; they lie under the columns up to ``last``.

    Under the other columns lies a bar for each row, of the term ``bar_term``.
    """

    low: float
    high: float
    last: int
    bar_term: str


@dataclass(frozen=True, slots=True)
class _Row:
    field: NumberField
    y: QToolButton
    slider: QSlider | None
    bar: Cell | None

    def widgets(self) -> list[QWidget]:
        return [self.field, self.y, *([self.slider] if self.slider is not None else [])]


class FieldTable(NumberTable):
    """Rows of a class each: its number in a field, with a slider under it where there is ``drag``, and its y.

    Of the columns, the one after the marker holds the fields, and the one of the term y the buttons.
    """

    typed = pyqtSignal(int, float)  # row, number
    label_chosen = pyqtSignal(int)  # row
    rejected = pyqtSignal(str)

    def __init__(self, columns: Sequence[Column], spec: Spec, step: float, drag: Drag | None = None) -> None:
        super().__init__(under=GAP if drag is None else UNDER)
        self._spec, self._step, self._drag = spec, step, drag
        self._hands: list[_Row] = []
        self._y_column = next(i for i, column in enumerate(columns) if column.term == Y)
        self.set_columns(columns)

    def set_rows(self, count: int) -> None:
        """Have that many rows; new ones are empty until they are shown."""
        while len(self._hands) > count:
            self._drop(self._hands.pop())
        while len(self._hands) < count:
            self._hands.append(self._new_row(len(self._hands)))
        super().set_rows(count)

    def show_number(self, row: int, value: float, share: float | None = None) -> None:
        """Show a row's own number, and the share that its bar shows."""
        hands = self._hands[row]
        hands.field.show_value(value)
        if hands.slider is not None and self._drag is not None:
            with QSignalBlocker(hands.slider):
                ends = self._drag.low, self._drag.high
                hands.slider.setValue(round(min(max(value, ends[0]), ends[1]) / self._step))
        if hands.bar is not None and share is not None:
            hands.bar.set_style(row, self._theme)
            hands.bar.show(share)

    def shown(self) -> tuple[str, ...]:
        """The numbers of all rows as they stand in their fields."""
        return tuple(hands.field.short_text() for hands in self._hands)

    def show_label(self, label: int | None) -> None:
        """Show which class y is."""
        for row, hands in enumerate(self._hands):
            text = "" if label is None else "1" if row == label else "0"
            if hands.y.text() != text:
                hands.y.setText(text)
            hands.y.setChecked(row == label)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for hands in getattr(self, "_hands", ()):  # the base dresses before there are any
            if hands.bar is not None:
                hands.bar.set_theme(theme)

    def in_tab_order(self) -> list[QWidget]:
        """What Tab goes through: all fields first, from top to bottom."""
        sliders = [hands.slider for hands in self._hands if hands.slider is not None]
        return [*(hands.field for hands in self._hands), *(hands.y for hands in self._hands), *sliders]

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Report what the mouse rests on where it is no cell of the table."""
        if event is not None and event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            is_entered = event.type() == QEvent.Type.Enter
            self._report(self._light_on(watched) if is_entered else UNLIT)
        return False

    def _light_on(self, watched: QObject | None) -> Light:
        for row, hands in enumerate(self._hands):
            if watched in (hands.field, hands.slider):
                return Light(self._columns[1].term, row)
            if watched is hands.y:
                return Light(Y, row)
        return UNLIT

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _new_row(self, row: int) -> _Row:
        spec = replace(self._spec, label=f"{self._spec.label} of class {row + 1}")
        field = NumberField(spec, self._stepped, self)
        field.changed.connect(lambda value: self.typed.emit(row, value))
        field.rejected.connect(self.rejected)
        hands = _Row(field, self._y_button(row), self._slider(row), self._bar())
        for widget in hands.widgets():
            widget.installEventFilter(self)
            widget.show()
        return hands

    def _stepped(self, value: float, count: int) -> float:
        assert isinstance(self._spec.kind, Number)
        return min(max(added(value, count * self._step), self._spec.kind.low), self._spec.kind.high)

    def _drop(self, hands: _Row) -> None:
        for widget in hands.widgets():
            with QSignalBlocker(widget):  # a field that is hidden takes what was typed
                widget.hide()
            widget.deleteLater()
        if hands.bar is not None:
            hands.bar.delete()

    def _y_button(self, row: int) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setProperty("role", "small")
        set_tip(button, f"Let y be class {row + 1}")
        button.setAccessibleName(f"y is class {row + 1}")
        button.clicked.connect(lambda: self.label_chosen.emit(row))
        keep_space_for(button)
        return button

    def _slider(self, row: int) -> QSlider | None:
        if self._drag is None:
            return None
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(round(self._drag.low / self._step), round(self._drag.high / self._step))
        slider.setPageStep(10)
        slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        slider.setAccessibleName(f"Drag {self._spec.label} of class {row + 1}")
        set_tip(slider, self._spec.tip)
        slider.valueChanged.connect(lambda tick: self.typed.emit(row, round(tick * self._step, 9)))
        pass_wheel_on(slider)
        return slider

    def _bar(self) -> Cell | None:
        return None if self._drag is None else Cell(Column(self._drag.bar_term, "", kind="bar"), self)

    def _lay_out(self) -> None:
        super()._lay_out()
        for row, hands in enumerate(self._hands[: len(self._rows)]):
            hands.field.setGeometry(self._place(row, 1).adjusted(INSET, 0, -INSET, 0))
            place = self._place(row, self._y_column)
            hands.y.setGeometry(place.adjusted((place.width() - 22) // 2, 0, -((place.width() - 22) // 2), 0))
            if self._drag is None or hands.slider is None or hands.bar is None:
                continue
            below = self._place(row, 1, self._drag.last).translated(0, self._place(row, 1).height())
            below.setHeight(SLIDER_HEIGHT)
            hands.slider.setGeometry(below.adjusted(INSET, 0, -INSET, 0))
            under = self._place(row, self._drag.last + 1, len(self._columns) - 1)
            under.translate(0, under.height())
            under.setHeight(SLIDER_HEIGHT)
            hands.bar.set_place(under)
