"""The widget of each kind of setting on its own: what it shows, what it asks for, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playground.gui.setting_widgets import SettingWidget, setting_widget
from playground.session.digits import as_typed
from playground.session.generators import RECIPE_SPECS
from playground.session.settings import FULL_BATCH, SPECS, Settings
from playground.session.specs import Number, Spec
from tests.gui.eyes import read_tip
from tests.gui.hands import LEFT, bring_up, choose, colour_at, delete_the_dying, turn_wheel, type_into

ALL_SPECS = {spec.name: spec for spec in SPECS + RECIPE_SPECS}
NUMBERS = [name for name, spec in ALL_SPECS.items() if isinstance(spec.kind, Number)]

Make = Callable[[str], "Kit"]


class Kit:
    """A setting's widget in a window of its own, and what it has reported."""

    def __init__(self, spec: Spec, qtbot: QtBot) -> None:
        self.qtbot, self.spec = qtbot, spec
        self.window = QWidget()
        self.elsewhere = QLineEdit()
        self.widget: SettingWidget = setting_widget(spec)
        column = QVBoxLayout(self.window)
        column.addWidget(self.elsewhere)
        column.addWidget(self.widget)
        qtbot.addWidget(self.window)
        bring_up(qtbot, self.window, 300, 120)
        self.wishes: list[Any] = []
        self.refusals: list[str] = []
        self.said = ""  # what is said of the field now
        self.widget.changed.connect(self.wishes.append)
        self.widget.rejected.connect(self._hear)
        self.widget.changed.connect(self.widget.show_value)  # every wish is granted

    def _hear(self, text: str) -> None:
        self.said = text
        if text:
            self.refusals.append(text)

    def part(self, kind: type[Any]) -> Any:
        (found,) = self.widget.findChildren(kind)
        return found

    @property
    def field(self) -> QLineEdit:
        return self.part(QLineEdit)

    @property
    def slider(self) -> QSlider:
        return self.part(QSlider)

    def type(self, text: str, *, enter: bool = True) -> None:
        type_into(self.qtbot, self.field, text, enter=enter)

    def go_elsewhere(self) -> None:
        self.elsewhere.setFocus()

    def is_marked(self) -> bool:
        return bool(self.field.property("valid") == "false")


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return lambda name: Kit(ALL_SPECS[name], qtbot)


def test_every_setting_has_a_widget_that_explains_it(make: Make) -> None:
    for name, spec in ALL_SPECS.items():
        kit = make(name)
        assert read_tip(kit.widget.toolTip()) == spec.tip
        texts = [child.text() for child in kit.widget.findChildren(QLabel) + kit.widget.findChildren(QCheckBox)]
        assert spec.label in texts


@pytest.mark.parametrize(
    ("name", "kind"),
    [("learning_rate", QLineEdit), ("learning_rate", QSlider), ("activation", QComboBox), ("standardise", QCheckBox)],
)
def test_what_takes_the_focus_has_a_name_and_a_description_for_a_screen_reader(
    make: Make, name: str, kind: type[QWidget]
) -> None:
    kit = make(name)
    part = kit.part(kind)
    assert kit.spec.label in (part.accessibleName(), getattr(part, "text", str)())
    assert part.accessibleDescription() == kit.spec.tip


# Choices and switches


def test_a_choice_offers_its_options_and_reports_the_one_clicked(make: Make, qtbot: QtBot) -> None:
    kit = make("activation")
    box = kit.part(QComboBox)
    assert [box.itemText(i) for i in range(box.count())] == ["tanh", "ReLU", "leaky ReLU", "sigmoid", "linear"]
    choose(qtbot, box, "leaky ReLU")
    assert kit.wishes == ["leaky relu"]


def test_each_choice_tells_what_it_does_and_the_widget_what_the_chosen_one_does(make: Make) -> None:
    kit = make("optimizer")
    box = kit.part(QComboBox)
    assert [box.itemText(i) for i in range(box.count())] == ["gradient descent", "momentum", "RMSProp", "Adam"]
    tips = [read_tip(str(box.itemData(i, Qt.ItemDataRole.ToolTipRole))) for i in range(box.count())]
    for tip, word in zip(tips, ("θ − α dθ", "0.9 v + 0.1 dθ", "alpha=0.9", "0.999 s"), strict=True):
        assert word in tip
    for value, tip in zip(("momentum", "adam"), tips[1::2], strict=True):
        kit.widget.show_value(value)
        assert box.currentData() == value
        shown = read_tip(kit.widget.toolTip())
        assert tip in shown
        assert kit.spec.tip in shown


def test_a_choice_shows_a_value_without_wishing_for_it(make: Make) -> None:
    kit = make("activation")
    kit.widget.show_value("sigmoid")
    assert kit.part(QComboBox).currentText() == "sigmoid"
    assert kit.wishes == []


def test_a_switch_reports_each_click_and_shows_a_value_silently(make: Make, qtbot: QtBot) -> None:
    kit = make("standardise")
    kit.widget.show_value(True)
    assert kit.part(QCheckBox).isChecked()
    assert kit.wishes == []
    for expected in (False, True):
        qtbot.mouseClick(kit.part(QCheckBox), LEFT, pos=QPoint(9, kit.part(QCheckBox).height() // 2))
        assert kit.wishes.pop() is expected


# Numbers


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_shows_its_value_in_field_and_slider_without_wishing_for_it(make: Make, name: str) -> None:
    kit = make(name)
    assert isinstance(kit.spec.kind, Number)
    for value in (kit.spec.kind.high, kit.spec.kind.low, kit.spec.kind.at(0.5)):
        kit.widget.show_value(value)
        assert kit.spec.parse(as_typed(kit.field.text())) == value
        assert kit.slider.value() == round(kit.spec.kind.fraction(value) * kit.slider.maximum())
    assert kit.wishes == kit.refusals == []


@pytest.mark.parametrize("name", NUMBERS)
def test_the_slider_s_ends_are_the_number_s(make: Make, name: str) -> None:
    kit = make(name)
    assert isinstance(kit.spec.kind, Number)
    kit.widget.show_value(kit.spec.kind.at(0.5))
    kit.slider.setValue(kit.slider.minimum())
    assert kit.wishes.pop() == kit.spec.kind.low
    kit.slider.setValue(kit.slider.maximum())
    assert kit.wishes == [next(iter(kit.spec.kind.words.values()), kit.spec.kind.high)]


def test_moving_the_slider_reports_each_value_and_writes_it_into_the_field(make: Make, qtbot: QtBot) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.slider.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Left):
        qtbot.keyClick(kit.slider, key)
        assert kit.field.text() == kit.spec.write(kit.wishes[-1])
    assert len(kit.wishes) == 3
    assert 0.01 < kit.wishes[0] < kit.wishes[2] < kit.wishes[1]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("learning_rate", "0.5", 0.5),
        ("learning_rate", "3e-3", 0.003),
        ("learning_rate", " 2 ", 2.0),
        ("learning_rate", "1e2", 100.0),
        ("batch_size", "32", 32),
        ("batch_size", "full", FULL_BATCH),
        ("batch_size", "FULL", FULL_BATCH),
        ("l2", "0", 0.0),
        ("test_share", ".25", 0.25),
        ("seed", "999999", 999_999),
        ("points", "1e3", 1000),
        ("noise", "1", 1.0),
    ],
)
def test_a_number_that_is_typed_is_reported_exactly(make: Make, name: str, text: str, value: float) -> None:
    kit = make(name)
    kit.widget.show_value(ALL_SPECS[name].kind.at(0.35))
    kit.type(text)
    assert kit.wishes == [value]
    assert type(kit.wishes[0]) is type(value)
    assert kit.refusals == []
    assert not kit.is_marked()


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["", "   ", "abc", "1,5,", "1e999", "nan", "inf", "-1", "1e9", "1 2", "0x10", "--"])
def test_nonsense_is_marked_explained_and_never_used(make: Make, name: str, text: str) -> None:
    kit = make(name)
    assert isinstance(kit.spec.kind, Number)
    value = kit.spec.kind.at(0.5)
    kit.widget.show_value(value)
    kit.type(text)
    assert kit.wishes == []
    assert kit.is_marked()
    (sentence,) = kit.refusals
    assert sentence.startswith(kit.spec.label)
    assert kit.spec.kind.allowed() in sentence
    assert kit.spec.write(value) in sentence
    assert kit.field.text() == text


@pytest.mark.parametrize("text", ["2.5", "0.5", "0", "1,5", "1,000"])
def test_a_count_takes_whole_numbers_within_its_limits_only(make: Make, text: str) -> None:
    kit = make("points")
    kit.widget.show_value(200)
    kit.type(text)
    assert kit.wishes == []
    assert len(kit.refusals) == 1


@pytest.mark.parametrize("name", [name for name in NUMBERS if not ALL_SPECS[name].kind.whole])
def test_a_decimal_comma_is_a_point(make: Make, name: str) -> None:
    kit = make(name)
    kit.type("0,5")
    assert kit.wishes == [0.5]
    assert kit.field.text() == "0.5"
    assert kit.refusals == []


def frame_of(field: QLineEdit) -> str:
    return colour_at(field, QPoint(field.width() // 2, 0))


def test_a_mark_goes_as_soon_as_the_text_is_a_number_again(make: Make, qtbot: QtBot) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.field.setFocus()
    plain = frame_of(kit.field)
    kit.type("0.5x")
    assert kit.said
    assert frame_of(kit.field) != plain
    qtbot.keyClick(kit.field, Qt.Key.Key_Backspace)
    assert not kit.is_marked()
    assert frame_of(kit.field) == plain
    assert kit.said == "", "that the old value is still in use is said no longer"
    assert kit.wishes == [], "it counts once it is entered"
    qtbot.keyClick(kit.field, Qt.Key.Key_Return)
    assert kit.wishes == [0.5]


@pytest.mark.parametrize("text", ["0.5", "abc"])
@pytest.mark.parametrize("is_entered", [True, False])
def test_esc_takes_back_what_was_typed(make: Make, qtbot: QtBot, text: str, is_entered: bool) -> None:
    kit = make("noise")
    kit.widget.show_value(0.125)
    kit.type(text, enter=is_entered and text == "abc")
    qtbot.keyClick(kit.field, Qt.Key.Key_Escape)
    assert kit.field.text() == "0.125"
    assert kit.field.hasFocus()
    assert not kit.is_marked()
    kit.go_elsewhere()
    assert kit.wishes == []
    assert kit.said == ""


@pytest.mark.parametrize("name", NUMBERS)
def test_an_arrow_on_the_slider_or_in_the_field_is_one_step_and_a_page_key_ten(
    make: Make, qtbot: QtBot, name: str
) -> None:
    kit = make(name)
    assert isinstance(kit.spec.kind, Number)
    start = kit.spec.kind.at(0.5)
    keys = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
    for key, count in keys.items():
        for part in (kit.slider, kit.field):
            kit.widget.show_value(start)
            part.setFocus()
            qtbot.keyClick(part, key)
            assert kit.wishes.pop() == kit.spec.kind.stepped(start, count)
    assert kit.wishes == []


def test_a_step_of_a_seed_is_one_by_keys_and_by_the_wheel(make: Make, qtbot: QtBot) -> None:
    kit = make("seed")
    kit.widget.show_value(41)
    kit.slider.setFocus()
    qtbot.keyClick(kit.slider, Qt.Key.Key_Right)
    assert kit.wishes == [42]
    turn_wheel(kit.slider, QPoint(5, 5), -1)
    assert kit.wishes == [42, 41]
    for _ in range(4):
        turn_wheel(kit.slider, QPoint(5, 5), 0.25)
    assert kit.wishes == [42, 41, 42]
    qtbot.keyClick(kit.slider, Qt.Key.Key_End)
    assert kit.wishes[-1] == 999_999


@pytest.mark.parametrize("name", NUMBERS)
def test_the_slider_stands_at_an_end_only_for_the_value_that_is_the_end(make: Make, name: str) -> None:
    kit = make(name)
    kind = kit.spec.kind
    assert isinstance(kind, Number)
    kit.widget.show_value(kind.low)
    assert kit.slider.value() == kit.slider.minimum()
    kit.widget.show_value(kind.at(1))
    assert kit.slider.value() == kit.slider.maximum()
    nudge = 1 if kind.whole else kind.high * 1e-9
    for value in (kind.low + nudge, kind.high - nudge):
        kit.widget.show_value(kind.check(value))
        assert kit.slider.minimum() < kit.slider.value() < kit.slider.maximum()


@pytest.mark.parametrize("name", NUMBERS)
def test_a_whole_number_is_never_rounded_nor_cut_and_another_never_cut(make: Make, name: str) -> None:
    kit = make(name)
    kind = kit.spec.kind
    assert isinstance(kind, Number)
    wide = kit.spec.write(kind.high) if kind.whole else "0.1234567890123"
    kit.type(wide)
    kit.go_elsewhere()
    text = kit.field.text()
    assert text == wide if kind.whole else float(text) == pytest.approx(float(wide), rel=1e-2)
    room = kit.field.width() - 2 * (1 + 4 + 2)  # frame, padding and what Qt keeps free on either side
    assert kit.field.fontMetrics().horizontalAdvance(text) <= room


def test_the_same_nonsense_is_explained_once_however_often_enter_is_pressed(make: Make, qtbot: QtBot) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("abc")
    qtbot.keyClick(kit.field, Qt.Key.Key_Return)
    kit.go_elsewhere()
    assert len(kit.refusals) == 1


def test_going_elsewhere_reports_what_was_typed_once(make: Make) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("0.5", enter=False)
    assert kit.wishes == []
    kit.go_elsewhere()
    assert kit.wishes == [0.5]


def test_nonsense_that_is_left_gives_way_to_the_value_in_use(make: Make) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("abc", enter=False)
    kit.go_elsewhere()
    assert len(kit.refusals) == 1
    assert kit.field.text() == "0.01"
    assert not kit.is_marked()


def test_a_good_number_after_nonsense_is_taken_and_unmarked(make: Make) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("abc")
    kit.type("0.02")
    assert kit.wishes == [0.02]
    assert not kit.is_marked()


def test_the_value_in_use_typed_again_is_no_wish_but_clears_the_mark(make: Make) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("abc")
    kit.type("0.01")
    assert kit.wishes == []
    assert not kit.is_marked()


def test_news_from_elsewhere_does_not_overwrite_what_is_being_mended(make: Make) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("0.0x")
    kit.widget.show_value(0.01)
    assert kit.field.text() == "0.0x"
    assert kit.is_marked()


def test_the_slider_mends_a_field_of_nonsense(make: Make) -> None:
    kit = make("learning_rate")
    kit.widget.show_value(0.01)
    kit.type("abc")
    kit.slider.setValue(kit.slider.maximum())
    assert kit.field.text() == "100"
    assert not kit.is_marked()
    assert kit.wishes == [100.0]


# Layers


def spins(kit: Kit) -> list[QSpinBox]:
    delete_the_dying()
    found = kit.widget.findChildren(QSpinBox)
    return sorted(found, key=lambda box: box.accessibleName())


def press(kit: Kit, sign: str) -> None:
    (button,) = [button for button in kit.widget.findChildren(QToolButton) if button.text() == sign]
    kit.qtbot.mouseClick(button, LEFT)


@pytest.fixture
def layers(make: Make) -> Kit:
    kit = make("hidden")
    kit.widget.show_value(Settings().hidden)
    return kit


def test_there_is_a_field_for_each_hidden_layer(layers: Kit) -> None:
    for value in ((8, 8), (3,), (), (1, 2, 3, 4, 5, 64), (7, 7, 7)):
        layers.widget.show_value(value)
        assert tuple(box.value() for box in spins(layers)) == value
    assert layers.wishes == []


def test_plus_adds_a_layer_like_the_last_and_minus_removes_the_last(layers: Kit) -> None:
    layers.widget.show_value((5, 3))
    for sign in "+−−−":
        press(layers, sign)
    assert layers.wishes == [(5, 3, 3), (5, 3), (5,), ()]
    press(layers, "+")
    assert layers.wishes[-1] == (8,)


def test_the_number_of_layers_has_its_limits(layers: Kit) -> None:
    for _ in range(8):
        press(layers, "+")
    assert layers.wishes[-1] == (8,) * 6
    assert len(layers.wishes) == 4
    for _ in range(8):
        press(layers, "−")
    assert layers.wishes[-1] == ()
    assert len(layers.wishes) == 10


def test_the_arrows_change_the_units_of_one_layer(layers: Kit, qtbot: QtBot) -> None:
    layers.widget.show_value((8, 5, 3))
    qtbot.keyClick(spins(layers)[1], Qt.Key.Key_Up)
    qtbot.keyClick(spins(layers)[2], Qt.Key.Key_Down)
    assert layers.wishes == [(8, 6, 3), (8, 6, 2)]


def type_units(layers: Kit, index: int, text: str) -> None:
    edit = spins(layers)[index].lineEdit()
    assert edit is not None
    type_into(layers.qtbot, edit, text)


def test_units_that_are_typed_count_once_they_are_entered(layers: Kit) -> None:
    type_units(layers, 1, "12")
    assert layers.wishes == [(8, 12)]


@pytest.mark.parametrize("text", ["", "abc", "0", "-"])
def test_nonsense_for_units_is_not_accepted_and_the_last_value_returns(layers: Kit, text: str) -> None:
    type_units(layers, 0, text)
    layers.go_elsewhere()
    assert layers.wishes == []
    assert spins(layers)[0].value() == 8
    assert spins(layers)[0].text() == "8"


@pytest.mark.parametrize("text", ["12", "", "x"])
def test_esc_takes_back_units_that_were_typed(layers: Kit, text: str) -> None:
    field = spins(layers)[1]
    line = field.lineEdit()
    assert line is not None
    before = field.value()
    type_into(layers.qtbot, line, text, enter=False)
    layers.qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == str(before)
    assert field.hasFocus()
    layers.go_elsewhere()
    assert layers.wishes == []


def test_too_many_units_cannot_be_typed(layers: Kit) -> None:
    type_units(layers, 0, "65")
    assert all(units <= 64 for wish in layers.wishes for units in wish)
    assert spins(layers)[0].value() <= 64


def test_without_hidden_layers_the_widget_says_what_that_means(layers: Kit) -> None:
    layers.widget.show_value(())
    assert any("straight" in label.text() for label in layers.widget.findChildren(QLabel))
    layers.widget.show_value((2,))
    assert not any("straight" in label.text() for label in layers.widget.findChildren(QLabel))
