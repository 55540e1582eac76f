"""Notices: one sentence at a time over the foot of the plane, for as long as it matters."""

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QLabel, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playground.gui import notices
from playground.gui.notices import Notice
from tests.gui.eyes import read_tip
from tests.gui.hands import CONTROL, LEFT, PATIENCE, Hands, bring_up, ring


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    bring_up(qtbot, host, 600, 400)
    return host


@pytest.fixture
def undo(host: QWidget) -> QAction:
    return QAction("Undo", host)


@pytest.fixture
def notice(host: QWidget, undo: QAction) -> Notice:
    return Notice(host, {"undo": undo})


def test_there_is_no_notice_at_first(notice: Notice) -> None:
    assert not notice.isVisible()


@pytest.mark.parametrize("kind", ["note", "error", "state"])
def test_a_notice_is_shown_with_a_capital_letter_and_its_kind(notice: Notice, kind: str) -> None:
    notice.show_notice("there is no such file.", kind)
    assert notice.isVisible()
    assert notice.text() == "There is no such file."
    assert notice.kind == kind


@pytest.mark.parametrize(
    "text", ["iris.csv is empty.", "penguins.csv: line 3 has 4 cells.", "x.softmax cannot be read."]
)
def test_a_file_keeps_its_name(notice: Notice, text: str) -> None:
    notice.show_notice(text, "error")
    assert notice.text() == text


@pytest.mark.parametrize("kind", ["note", "undo", "error"])
def test_notes_and_errors_go_by_themselves(
    notice: Notice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setitem(notices.STAYS, kind, 30)
    notice.show_notice("Saved.", kind)
    assert notice.isVisible()
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=PATIENCE)


def test_an_error_stays_longer_than_a_note() -> None:
    assert 3000 < notices.STAYS["note"] < notices.STAYS["undo"] < notices.STAYS["error"]


def test_a_state_stays_until_it_ends(notice: Notice) -> None:
    notice.show_notice("There is nothing to learn yet.", "state")
    ring(notice, 3)
    assert notice.isVisible()
    notice.show_notice("", "state")
    assert not notice.isVisible()


def test_after_a_note_the_state_returns(notice: Notice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices.STAYS, "note", 30)
    notice.show_notice("Nothing to learn.", "state")
    notice.show_notice("Saved.", "note")
    assert notice.text() == "Saved."
    qtbot.waitUntil(lambda: notice.text() == "Nothing to learn.", timeout=PATIENCE)
    assert notice.isVisible()


def test_a_state_that_comes_during_a_note_waits_for_its_end(notice: Notice, qtbot: QtBot) -> None:
    notice.show_notice("Saved.", "note")
    notice.show_notice("Nothing to learn.", "state")
    assert notice.text() == "Saved."
    qtbot.mouseClick(notice, LEFT)
    assert notice.text() == "Nothing to learn."


def test_a_state_that_ends_during_a_note_does_not_return(notice: Notice, qtbot: QtBot) -> None:
    notice.show_notice("Nothing to learn.", "state")
    notice.show_notice("Saved.", "note")
    notice.show_notice("", "state")
    assert notice.isVisible()
    qtbot.mouseClick(notice, LEFT)
    assert not notice.isVisible()


def test_the_newer_of_two_notes_is_shown(notice: Notice) -> None:
    notice.show_notice("one", "note")
    notice.show_notice("two", "error")
    assert notice.text() == "Two"
    assert notice.kind == "error"


def test_what_a_user_wrote_is_shown_as_it_is(notice: Notice) -> None:
    notice.show_notice("<b>bold</b>.csv & co is empty.", "error")
    (label,) = notice.findChildren(QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<b>bold</b>.csv & co" in label.text()


@pytest.mark.parametrize("length", [5, 80, 400, 4000])
def test_a_notice_lies_inside_its_host_and_is_cut_at_two_lines(host: QWidget, notice: Notice, length: int) -> None:
    notice.show_notice("word " * (length // 5), "error")
    (label,) = notice.findChildren(QLabel)
    for size in (QSize(600, 400), QSize(420, 300), QSize(1200, 700)):
        host.resize(size)
        assert host.rect().contains(notice.geometry())
        lines = label.text().splitlines()
        assert len(lines) <= 2
        assert all(label.fontMetrics().horizontalAdvance(line) <= label.width() for line in lines)
        assert label.height() >= label.fontMetrics().height() * len(lines)
        is_whole = " ".join(lines) == notice.text().strip()
        assert is_whole or (lines[-1].endswith("…") and read_tip(notice.toolTip()) == notice.text().strip())
        assert not (is_whole and notice.toolTip())
        centre = notice.geometry().center().x()
        assert abs(centre - host.width() / 2) <= 2


def test_a_word_that_fills_no_line_is_cut(host: QWidget, notice: Notice) -> None:
    notice.show_notice("x" * 1000 + ".csv cannot be read.", "error")
    assert host.rect().contains(notice.geometry())


def test_the_cross_closes_it_by_mouse_and_by_keys(notice: Notice, qtbot: QtBot) -> None:
    (cross,) = (button for button in notice.findChildren(QToolButton) if button.text() == "×")
    assert cross.accessibleName() == "Close the message"
    notice.show_notice("Saved.", "note")
    qtbot.mouseClick(cross, LEFT)
    assert not notice.isVisible()
    notice.show_notice("Saved.", "note")
    cross.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(cross, Qt.Key.Key_Space)
    assert not notice.isVisible()


def test_what_can_be_undone_has_a_button_for_it(notice: Notice, undo: QAction, qtbot: QtBot) -> None:
    (button,) = (button for button in notice.findChildren(QToolButton) if button.text() == "Undo")
    notice.show_notice("Saved.", "note")
    assert not button.isVisible()
    notice.show_notice("24 points were removed.", "undo")
    undone: list[bool] = []
    undo.triggered.connect(undone.append)
    qtbot.mouseClick(button, LEFT)
    assert len(undone) == 1


def test_what_no_longer_holds_goes_and_takes_nothing_else_with_it(notice: Notice) -> None:
    notice.show_notice("It diverged.", "error")
    notice.show_notice("", "undo")
    assert notice.text() == "It diverged."
    assert notice.isVisible()
    notice.show_notice("", "error")
    assert not notice.isVisible()


def test_a_click_on_a_notice_adds_no_point(hands: Hands) -> None:
    hands.controller.clear()
    before = hands.dataset
    notice = hands.window.notice
    assert notice.isVisible()
    hands.qtbot.mouseClick(notice, LEFT)
    assert hands.dataset is before
    assert "nothing to learn" in notice.text()


def test_a_notice_has_an_accessible_description(notice: Notice) -> None:
    notice.show_notice("Saved.", "note")
    assert notice.accessibleName() == "Message"
    assert notice.accessibleDescription() == "Saved."


# In the window


def undo_button(hands: Hands) -> QToolButton:
    (button,) = (one for one in hands.window.notice.findChildren(QToolButton) if one.text().startswith("Undo"))
    return button


GESTURES: dict[str, Callable[[Hands], None]] = {
    "one arrow key on Noise": lambda hands: hands.key(Qt.Key.Key_Right, on=hands.find(QSlider, "Noise")),
    "one arrow key on Points": lambda hands: hands.key(Qt.Key.Key_Right, on=hands.find(QSlider, "Points")),
    "one arrow key on Data seed": lambda hands: hands.key(Qt.Key.Key_Right, on=hands.find(QSlider, "Data seed")),
    "a data set's tile": lambda hands: hands.qtbot.mouseClick(hands.find(QToolButton, "Load spiral"), LEFT),
    "a new drawing": lambda hands: hands.key(Qt.Key.Key_N, CONTROL),
    "erasing all": lambda hands: hands.key(Qt.Key.Key_Backspace, CONTROL),
    "removing a class": lambda hands: hands.controller.remove_class(0),
    "keeping two classes": lambda hands: hands.controller.keep_two_classes(),
}


@pytest.mark.parametrize("gesture", GESTURES)
def test_points_that_go_without_a_question_come_back_by_a_button(hands: Hands, gesture: str) -> None:
    hands.click(hands.place(0.5, 0.5))
    drawn, notice = hands.dataset, hands.window.notice
    GESTURES[gesture](hands)
    assert hands.dataset is not drawn
    assert notice.kind == "undo"
    assert "points" in notice.text()
    hands.qtbot.mouseClick(undo_button(hands), LEFT)
    assert hands.dataset is drawn
    assert notice.kind != "undo"  # there is nothing more to undo about it


def test_what_was_neither_drawn_nor_lost_is_no_news(hands: Hands) -> None:
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load spiral"), LEFT)
    assert hands.window.notice.kind != "undo"
    hands.controller.add_class()
    hands.controller.remove_class(hands.dataset.C - 1)
    assert hands.window.notice.kind != "undo"


def test_an_offer_to_undo_goes_with_the_next_edit(hands: Hands) -> None:
    hands.click(hands.place(0.5, 0.5))
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load spiral"), LEFT)
    assert hands.window.notice.kind == "undo"
    hands.click(hands.place(0.4, 0.5))
    assert hands.window.notice.kind != "undo"


def test_what_went_wrong_with_a_run_goes_when_it_is_reset_or_trained(hands: Hands) -> None:
    for end in (lambda: hands.key(Qt.Key.Key_R, CONTROL), lambda: hands.key(Qt.Key.Key_Space, on=hands.plane)):
        hands.controller.noticed.emit("J is not finite any more.", "error")
        assert hands.window.notice.kind == "error"
        end()
        assert hands.window.notice.kind != "error"
