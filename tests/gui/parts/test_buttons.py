"""Buttons of actions: they say and do what their action says and does, and are bound to it once."""

from collections.abc import Iterator

import pytest
from PyQt6.QtGui import QAction, QActionGroup, QIcon, QPixmap
from PyQt6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from playground.gui.parts.buttons import action_button
from tests.gui.hands import LEFT, Hands


@pytest.fixture
def action(qtbot: QtBot) -> Iterator[QAction]:
    owner = QToolButton()
    qtbot.addWidget(owner)
    action = QAction("&Train", owner)
    action.setToolTip("Step after step")
    yield action


def button_of(qtbot: QtBot, action: QAction) -> QToolButton:
    button = action_button(action)
    qtbot.addWidget(button)
    return button


def test_a_button_follows_its_action(qtbot: QtBot, action: QAction) -> None:
    button = button_of(qtbot, action)
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("Train", "Train", "Step after step")
    action.setText("Pause")
    action.setToolTip("Stop")
    action.setEnabled(False)
    action.setIcon(QIcon(QPixmap(4, 4)))
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("Pause", "Pause", "Stop")
    assert not button.isEnabled()
    action.setIconText("Wait")  # what a menu says of where it leads to is not said on the button
    assert (button.text(), button.accessibleName()) == ("Wait", "Pause")
    assert button.icon().cacheKey() == action.icon().cacheKey()


def test_a_click_triggers_the_action_once(qtbot: QtBot, action: QAction) -> None:
    button, heard = button_of(qtbot, action), list[bool]()
    action.triggered.connect(heard.append)
    qtbot.mouseClick(button, LEFT)
    assert heard == [False]


def test_of_a_group_the_chosen_one_stays_chosen_when_it_is_clicked_again(qtbot: QtBot, action: QAction) -> None:
    other = QAction("Other", action.parent())
    group = QActionGroup(action.parent())
    for one in (action, other):
        one.setCheckable(True)
        group.addAction(one)
    buttons = [button_of(qtbot, one) for one in (action, other)]
    for clicked, shown in ((0, [True, False]), (0, [True, False]), (1, [False, True])):
        qtbot.mouseClick(buttons[clicked], LEFT)
        assert [button.isChecked() for button in buttons] == shown
        assert [one.isChecked() for one in (action, other)] == shown


def test_changes_of_an_action_add_no_connections(qtbot: QtBot, action: QAction) -> None:
    button_of(qtbot, action)
    before = action.receivers(action.changed)
    for i in range(20):
        action.setText(str(i))
    assert action.receivers(action.changed) == before


def test_an_edit_changes_no_action_but_undo_and_redo(hands: Hands) -> None:
    hands.click(hands.place(0.5, 0.5))
    told: list[str] = []
    for name, action in hands.window.actions_by_name.items():
        action.changed.connect(lambda name=name: told.append(name))
    hands.click(hands.place(0.4, 0.5))
    assert set(told) <= {"undo", "redo"}
