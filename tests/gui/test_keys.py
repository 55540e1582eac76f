"""The table of keys in a whole window: what each does, on every page, held, and after something was typed."""

from html import escape
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMessageBox, QSpinBox, QTabBar, QToolButton

from playground.gui.actions import ACTIONS, ALL, TOOLS, keys_of
from playground.session.looking import PAGES
from tests.gui.eyes import read_tip
from tests.gui.hands import CONTROL, LEFT, NONE, Hands, answer_question, choose_file, return_to
from tests.shown_numbers import number


@pytest.mark.qt_log_ignore("keyToAscii")  # a test cannot type the keys of some keyboards that say "Open"
def test_every_key_in_the_table_triggers_its_action_alone(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_file(monkeypatch, None)
    answer_question(monkeypatch, QMessageBox.StandardButton.Cancel)
    pressed: list[str] = []
    for name, action in hands.window.actions_by_name.items():
        action.triggered.connect(lambda _checked, name=name: pressed.append(name))
    for spec in ALL:
        for key in keys_of(spec):
            if spec.menu == "Lessons":  # whose keys are alive within a lesson alone
                continue
            hands.click(hands.place(0.5, 0.5))
            hands.click(hands.place(0.6, 0.5))
            hands.undo()  # so that there is something to undo and something to redo
            pressed.clear()
            hands.key(key[0].key(), key[0].keyboardModifiers())
            assert pressed == [spec.name], key.toString()
            for dialog in hands.window.findChildren(QDialog):
                dialog.close()
                return_to(hands.qtbot, hands.window)


def test_no_two_actions_share_a_key(hands: Hands) -> None:
    keys = [key.toString() for action in hands.window.actions_by_name.values() for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)


def test_the_keys_are_those_that_users_of_other_programs_know(hands: Hands) -> None:
    """And those that mean something else there, or will here, are free."""
    keys = {key.toString(): name for name, it in hands.window.actions_by_name.items() for key in it.shortcuts()}
    wanted = {"Ctrl+Z": "undo", "Ctrl+Y": "redo", "Ctrl+Shift+Z": "redo", "Ctrl+N": "new", "Ctrl+O": "open"}
    wanted |= {"Ctrl+S": "save", "Ctrl+Shift+S": "save_as", "Ctrl+W": "close", "Ctrl+Q": "quit", "F1": "keys"}
    wanted |= {"Ctrl+R": "reset", "Ctrl+Shift+R": "new_start", "Ctrl+Backspace": "clear", "Ctrl+C": "copy_text"}
    wanted |= {
        "Space": "train",
        ".": "step",
        ">": "epoch",
        "J": "log",
        "F": "fit",
        "Ctrl+T": "theme",
        "F6": "next_part",
    }
    wanted |= {"P": "point", "S": "spray", "M": "move", "E": "erase", "I": "probe", "Esc": "release", "0": "class_10"}
    assert wanted.items() <= keys.items()
    later = {
        "L",
        "V",
        "R",
        "Ctrl++",
        "Ctrl+=",
        "Ctrl+-",
        "Ctrl+0",
        "F11",
        "F4",
        ",",
        "<",
        "Home",
        "End",
        "Del",
        "Ctrl+D",
    }
    assert not later & set(keys)


def test_keys_that_zoom_elsewhere_change_nothing_yet(hands: Hands) -> None:
    before, request = hands.dataset, hands.controller.request
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        hands.key(key, CONTROL)
    assert hands.dataset is before
    assert hands.controller.request is request


def test_ctrl_n_is_an_empty_drawing_without_a_file_and_an_undo_away(hands: Hands, tmp_path: Path) -> None:
    hands.window.documents._save_to(tmp_path / "mine.softmax")
    before, seed = hands.dataset, hands.controller.settings.seed
    hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_N, CONTROL)
    assert hands.dataset.m == 0
    assert not hands.running
    assert hands.controller.settings.seed == seed
    assert hands.window.documents.path is None
    assert hands.window.windowTitle() == "Softmax Playground"
    hands.undo()
    assert hands.dataset is before


def test_every_action_has_a_menu_entry_and_a_tooltip_with_its_key(hands: Hands) -> None:
    menus = [menu for action in hands.window.menuBar().actions() if (menu := action.menu())]
    entries = {action.text() for menu in menus for action in menu.actions()}
    for spec in ACTIONS:
        action = hands.window.actions_by_name[spec.name]
        assert action.text() in entries, spec.name
        tip = read_tip(action.toolTip())
        assert spec.tip in tip
        if spec.keys:
            assert f"({spec.keys.split(';')[0]})" in tip


def test_help_lists_every_key(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F1)
    (dialog,) = hands.window.findChildren(QDialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for spec in ACTIONS + TOOLS:
        if spec.keys:
            assert spec.text.replace("…", "") in text
            for key in spec.keys.split("; "):
                assert escape(key) in text
    for words in ("Wheel", "Right button", "Arrows", "Enter", "1 … 9, 0"):
        assert words in text
    dialog.close()


# Space, and what is typed


def test_a_key_that_is_held_acts_once_but_for_those_that_go_on(hands: Hands) -> None:
    repeating = {name for name, action in hands.window.actions_by_name.items() if action.autoRepeat()}
    assert repeating == {"undo", "redo", "step", "epoch", "zoom_in", "zoom_out", "next_part"}


@pytest.mark.parametrize("page", list(PAGES))
def test_space_trains_and_pauses_on_every_page_however_it_was_come_to(hands: Hands, page: str) -> None:
    place = list(PAGES).index(page)
    tabs = hands.find(QTabBar, "Pages")
    for reach in (
        lambda: hands.key(str(place + 1), Qt.KeyboardModifier.AltModifier),
        lambda: hands.qtbot.mouseClick(tabs, LEFT, NONE, tabs.tabRect(place).center()),
    ):
        hands.choose("page_points" if page != "points" else "page_step")
        hands.key(Qt.Key.Key_Tab)
        reach()
        assert hands.window.explanations.page is hands.window.explanations.pages[page]
        for expected in (True, False):
            hands.key(Qt.Key.Key_Space)
            assert hands.running == expected
    assert hands.controller.request.single_checks == 0


def test_space_presses_the_button_that_tab_has_led_to(hands: Hands) -> None:
    reset = hands.find(QToolButton, "Step")
    for _ in range(60):
        if QApplication.focusWidget() is reset:
            break
        hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Space)
    assert not hands.running
    assert hands.controller.request.single_steps == 1


def test_a_click_on_a_button_leaves_the_keys_where_they_were(hands: Hands) -> None:
    hands.plane.setFocus()
    for name in ("Step", "Reset", "Spray", "Logarithmic J axis"):
        hands.qtbot.mouseClick(hands.find(QToolButton, name), LEFT)
        assert QApplication.focusWidget() is hands.plane


def test_a_button_that_is_switched_off_under_the_keys_gives_them_to_no_other(hands: Hands) -> None:
    hands.choose("remove_class")
    fewer = hands.window.controls.classes.findChildren(QToolButton)[0]
    assert fewer.isEnabled() != (hands.dataset.C == 2)
    fewer.setEnabled(True)
    fewer.setFocus(Qt.FocusReason.TabFocusReason)
    fewer.setEnabled(False)
    assert not isinstance(QApplication.focusWidget(), QToolButton)
    hands.key(Qt.Key.Key_Space)
    assert hands.running


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_R, CONTROL),
        (Qt.Key.Key_Space, NONE),
        (Qt.Key.Key_T, CONTROL),
        (Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier),
    ],
    ids=["Reset", "Train", "theme", "page"],
)
def test_what_is_typed_into_a_field_counts_before_a_key_acts(
    hands: Hands, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    hands.click(hands.place(0.5, 0.5))
    field = hands.find(QLineEdit, "Learning rate")
    hands.type_into(field, "0.5", enter=False)
    assert hands.controller.settings.learning_rate != 0.5
    runs = hands.run_id
    hands.key(key, modifier)
    assert hands.controller.settings.learning_rate == 0.5
    assert field.text() == "0.5"
    assert hands.running == (key == Qt.Key.Key_Space)
    assert (hands.run_id > runs) == (key == Qt.Key.Key_R)


def test_digits_and_letters_typed_into_a_field_stay_in_it(hands: Hands) -> None:
    field = next(it for it in hands.window.controls.findChildren(QLineEdit) if it.accessibleName() == "Learning rate")
    label, tool = hands.controller.label, hands.window.tools.tool
    hands.type_into(field, "2e3psm", enter=False)
    assert field.text() == "2e3psm"
    assert (hands.controller.label, hands.window.tools.tool) == (label, tool)


FIELDS = {  # one of each kind
    "a slider's": (QLineEdit, "Learning rate", "desk"),
    "a layer's": (QSpinBox, "Units of hidden layer 1", "desk"),
    "a table's": (QLineEdit, "z of class 1", "desk"),
    "the dial's": (QLineEdit, "Temperature T", "desk"),
}


@pytest.mark.parametrize(("kind", "name", "page"), FIELDS.values(), ids=FIELDS)
def test_esc_in_a_field_takes_back_what_was_typed_and_nothing_else(
    hands: Hands, kind: type[QLineEdit | QSpinBox], name: str, page: str
) -> None:
    hands.controller.show(page=page, pin=(0.25, 0.5))
    field = hands.find(kind, name)
    line = field.lineEdit() if isinstance(field, QSpinBox) else field
    assert line is not None
    request, looking, shown = hands.controller.request, hands.controller.looking, line.text()
    for text in ("3", "x"):
        hands.type_into(line, text, enter=False)
        for _ in range(2):  # the second one has nothing to take back
            hands.key(Qt.Key.Key_Escape)
            assert QApplication.focusWidget() is field
            assert number(line.text()) == number(shown)
        assert hands.controller.request is request
        assert hands.controller.looking is looking
    hands.plane.setFocus()
    assert hands.controller.request is request
    hands.key(Qt.Key.Key_Escape)
    assert hands.controller.looking.pin is None
