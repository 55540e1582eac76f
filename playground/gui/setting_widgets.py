"""One widget for each kind of setting: it shows a value, and reports a wish for another or why it takes none."""

from collections.abc import Callable
from itertools import count
from typing import Any

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from playground.gui.parts.buttons import keep_space_for, pass_wheel_on, small_button
from playground.gui.parts.labels import as_tip, set_tip
from playground.gui.parts.number_field import NumberField
from playground.gui.parts.step_slider import StepSlider
from playground.gui.parts.units_field import UnitsField
from playground.session.specs import Choice, Layers, Number, Spec, Switch

TICKS = 1000
LABEL_WIDTH = 92
NEW_LAYER_UNITS = 8
UNITS_WIDTH, FIELD_WIDTH = 56, 62

NO_DRAG = -1
_DRAGS = count(-2, -1)


class SettingWidget(QWidget):
    """The base: ``changed`` carries a checked value, ``rejected`` why there is none; see `NumberField`."""

    changed = pyqtSignal(object)
    rejected = pyqtSignal(str)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec
        self.drag = NO_DRAG  # which drag of a slider the next wish is part of
        set_tip(self, spec.tip)

    def show_value(self, value: Any) -> None:
        """Show this value, without reporting it as a wish."""
        raise NotImplementedError

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        label = QLabel(self.spec.label)
        label.setFixedWidth(LABEL_WIDTH)
        label.setBuddy(widgets[0])
        row.addWidget(label)
        for widget in widgets:
            widget.setAccessibleName(self.spec.label)
            widget.setAccessibleDescription(self.spec.tip)
            row.addWidget(widget)
        return row


class ChoiceWidget(SettingWidget):
    """A list to choose from."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        assert isinstance(spec.kind, Choice)
        self._box = QComboBox()
        self._kind = spec.kind
        for place, option in enumerate(spec.kind.options):
            self._box.addItem(spec.kind.title(option), option)
            if option in spec.kind.tips:
                self._box.setItemData(place, as_tip(spec.kind.tips[option]), Qt.ItemDataRole.ToolTipRole)
        self._box.activated.connect(lambda place: self.changed.emit(spec.check(self._box.itemData(place))))
        keep_space_for(self._box)
        pass_wheel_on(self._box)
        self._row(self._box).setStretch(1, 1)

    def show_value(self, value: str) -> None:
        """Show this value, without reporting it as a wish."""
        self._box.setCurrentIndex(self._kind.options.index(value))
        if value in self._kind.tips:
            own = f"{self._kind.title(value)}: {self._kind.tips[value]}"
            set_tip(self, f"{self.spec.tip}\n{own}")
            self._box.setAccessibleDescription(f"{self.spec.tip} {own}")


class SwitchWidget(SettingWidget):
    """A box to tick."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self._box = QCheckBox(spec.label)
        self._box.setAccessibleDescription(spec.tip)
        self._box.clicked.connect(self.changed.emit)
        keep_space_for(self._box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)

    def show_value(self, value: bool) -> None:
        """Show this value, without reporting it as a wish."""
        self._box.setChecked(value)


class NumberWidget(SettingWidget):
    """A slider with a field that says, and takes, the exact value."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        assert isinstance(spec.kind, Number)
        self._kind = spec.kind
        self._value = spec.kind.low
        self._slider = StepSlider(TICKS)
        self._slider.sliderPressed.connect(self._begin_drag)
        self._slider.sliderReleased.connect(self._end_drag)
        self._slider.valueChanged.connect(lambda tick: self._wish(self._kind.at(tick / TICKS)))
        self._slider.stepped.connect(lambda count: self._wish(self._kind.stepped(self._value, count)))
        self._field = NumberField(spec, spec.kind.stepped)
        self._field.setFixedWidth(FIELD_WIDTH)
        self._field.changed.connect(self._wish)
        self._field.rejected.connect(self.rejected)
        self._row(self._slider, self._field).setStretch(1, 1)

    def show_value(self, value: float) -> None:
        """Show this value, without reporting it as a wish."""
        self._value = value
        self._field.show_value(value)
        with QSignalBlocker(self._slider):
            self._slider.setValue(self._tick(value))

    def show_unknown(self) -> None:
        """Show that there is no such number here."""
        self._field.show_unknown()
        with QSignalBlocker(self._slider):
            self._slider.setValue(0)

    def _tick(self, value: float) -> int:
        """Where the slider stands: at an end only for the value that is the end."""
        if value in (self._kind.at(0), self._kind.at(1)):
            return TICKS if value == self._kind.at(1) else 0
        return min(max(round(self._kind.fraction(value) * TICKS), 1), TICKS - 1)

    def _begin_drag(self) -> None:
        self.drag = next(_DRAGS)

    def _end_drag(self) -> None:
        self.drag = NO_DRAG

    def _wish(self, value: float) -> None:
        if value != self._value:
            self.show_value(value)
            self.changed.emit(value)


class LayersWidget(SettingWidget):
    """A number of units for each hidden layer; plus and minus add and remove the last layer."""

    PER_ROW = 4

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        assert isinstance(spec.kind, Layers)
        self._kind = spec.kind
        self._value: tuple[int, ...] = ()
        self._fields: list[UnitsField] = []
        self._fewer = small_button("−", "Remove the last hidden layer")
        self._more = small_button("+", "Add a hidden layer behind the last")
        self._fewer.clicked.connect(self._remove_layer)
        self._more.clicked.connect(self._add_layer)
        self._summary = QLabel()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(QLabel(spec.label))
        head.addStretch(1)
        for widget in (self._summary, self._fewer, self._more):
            head.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(self.PER_ROW, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._grid)

    def show_value(self, value: tuple[int, ...]) -> None:
        """Show this value, without reporting it as a wish."""
        self._value = value
        while len(self._fields) > len(value):
            self._fields.pop().deleteLater()
        while len(self._fields) < len(value):
            self._add_field()
            QWidget.setTabOrder([self._more, *self._fields][-2], self._fields[-1])
        for field, units in zip(self._fields, value, strict=True):
            if field.value() != units:
                with QSignalBlocker(field):
                    field.setValue(units)
        self._fewer.setEnabled(bool(value))
        self._more.setEnabled(len(value) < self._kind.most_layers)
        self._summary.setText("straight borders" if not value else "")

    def _add_field(self) -> None:
        index = len(self._fields)
        field = UnitsField(self._kind.most_units)
        set_tip(field, f"Units of hidden layer {index + 1}. {self.spec.tip}")
        field.setAccessibleName(f"Units of hidden layer {index + 1}")
        field.valueChanged.connect(lambda units: self._wish((*self._value[:index], units, *self._value[index + 1 :])))
        field.setFixedWidth(UNITS_WIDTH)
        self._grid.addWidget(field, index // self.PER_ROW, index % self.PER_ROW)
        self._fields.append(field)

    def _add_layer(self) -> None:
        self._wish((*self._value, self._value[-1] if self._value else NEW_LAYER_UNITS))

    def _remove_layer(self) -> None:
        self._wish(self._value[:-1])

    def _wish(self, value: tuple[int, ...]) -> None:
        self.changed.emit(self.spec.check(value))


WIDGETS: dict[type, Callable[[Spec], SettingWidget]] = {
    Choice: ChoiceWidget,
    Switch: SwitchWidget,
    Number: NumberWidget,
    Layers: LayersWidget,
}


def setting_widget(spec: Spec) -> SettingWidget:
    """The widget for a setting."""
    return WIDGETS[type(spec.kind)](spec)
