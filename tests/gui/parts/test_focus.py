"""The keys' focus: from part to part, before a part, and back from a field."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.pages.page import Page
from playground.gui.parts.focus import first_to_focus, focus_before, focus_into, focus_next, hand_keys_back
from tests.gui.hands import bring_up


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[SimpleNamespace]:
    """A plane that takes keys itself, a page with two fields, and a column with one button that is off and one on."""
    window, plane, page, column = QWidget(), QPushButton("plane"), Page(), QWidget()
    first, second, off, on = QLineEdit(), QLineEdit(), QPushButton("off"), QPushButton("on")
    whole, fields, buttons = QVBoxLayout(window), QVBoxLayout(page), QVBoxLayout(column)
    for part in (plane, page, column):
        whole.addWidget(part)
    for field in (first, second):
        fields.addWidget(field)
    for button in (off, on):
        buttons.addWidget(button)
    off.setEnabled(False)
    bring_up(qtbot, window, 300, 300)
    parts = SimpleNamespace(window=window, plane=plane, page=page, column=column)
    yield SimpleNamespace(**vars(parts), first=first, second=second, off=off, on=on)
    window.close()
    window.deleteLater()


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_a_part_gets_the_keys_itself_or_by_the_first_thing_in_it_that_takes_them(scene: SimpleNamespace) -> None:
    for part, taker in ((scene.plane, scene.plane), (scene.page, scene.first), (scene.column, scene.on)):
        focus_into(part)
        assert focused() is taker
    scene.plane.setFocus()
    scene.on.setEnabled(False)
    assert first_to_focus(scene.column) is None
    focus_into(scene.column)
    assert focused() is scene.plane


def test_the_keys_go_round_the_parts(scene: SimpleNamespace) -> None:
    parts = [scene.plane, scene.page, scene.column]
    scene.second.setFocus()
    found = []
    for _ in range(4):
        focus_next(parts)
        found.append(focused())
    assert found == [scene.on, scene.plane, scene.first, scene.on]
    scene.window.setFocus()
    focus_next(parts)
    assert focused() is scene.plane


def test_tab_leads_into_the_part_that_the_keys_are_before(scene: SimpleNamespace, qtbot: QtBot) -> None:
    focus_before([scene.page, scene.plane])
    assert focused() is scene.page
    qtbot.keyClick(scene.page, Qt.Key.Key_Tab)
    assert focused() is scene.first


def test_what_takes_keys_itself_or_is_not_there_leaves_them_to_the_last(scene: SimpleNamespace) -> None:
    for first in (scene.on, scene.plane):
        scene.second.setFocus()
        focus_before([first, scene.plane])
        assert focused() is scene.plane
    scene.page.hide()
    focus_before([scene.page, scene.on])
    assert focused() is scene.on
    focus_before([scene.plane])
    assert focused() is scene.plane


def test_a_field_hands_the_keys_to_its_page_and_one_without_a_page_to_nobody(
    scene: SimpleNamespace, qtbot: QtBot
) -> None:
    scene.first.setFocus()
    hand_keys_back(scene.first)
    assert focused() is scene.page
    stray = QLineEdit(scene.column)
    stray.show()
    stray.setFocus()
    hand_keys_back(stray)
    assert not stray.hasFocus()
