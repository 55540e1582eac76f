"""Notices: one sentence at a time over the foot of the plane, for as long as it matters."""

import pytest
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.gui import notices
from playground.gui.notices import Notice
from tests.gui.hands import LEFT, PATIENCE, Hands, after, bring_up


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    bring_up(qtbot, host, 600, 400)
    return host


@pytest.fixture
def notice(host: QWidget) -> Notice:
    return Notice(host)


def test_there_is_no_notice_at_first(notice: Notice) -> None:
    assert not notice.isVisible()


@pytest.mark.parametrize("kind", ["note", "error", "state"])
def test_a_notice_is_shown_with_a_capital_letter_and_its_kind(notice: Notice, kind: str) -> None:
    notice.show_notice("iris.csv is empty.", kind)
    assert notice.isVisible()
    assert notice.text() == "Iris.csv is empty."
    assert notice.property("kind") == kind


@pytest.mark.parametrize(("kind", "constant"), [("note", "NOTE_MS"), ("error", "ERROR_MS")])
def test_notes_and_errors_go_by_themselves(
    notice: Notice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str, constant: str
) -> None:
    monkeypatch.setattr(notices, constant, 30)
    notice.show_notice("Saved.", kind)
    assert notice.isVisible()
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=PATIENCE)


def test_an_error_stays_longer_than_a_note() -> None:
    assert 3000 < notices.NOTE_MS < notices.ERROR_MS


def test_a_state_stays_until_it_ends(notice: Notice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "NOTE_MS", 10)
    notice.show_notice("There is nothing to learn yet.", "state")
    after(qtbot, 50)
    assert notice.isVisible()
    notice.show_notice("", "state")
    assert not notice.isVisible()


def test_after_a_note_the_state_returns(notice: Notice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "NOTE_MS", 30)
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
    assert notice.property("kind") == "error"


def test_what_a_user_wrote_is_shown_as_it_is(notice: Notice) -> None:
    notice.show_notice("<b>bold</b>.csv & co is empty.", "error")
    assert notice.textFormat() == Qt.TextFormat.PlainText
    assert "<b>bold</b>.csv & co" in notice.text()


@pytest.mark.parametrize("length", [3, 80, 400])
def test_a_notice_lies_inside_its_host_and_shows_its_whole_text(host: QWidget, notice: Notice, length: int) -> None:
    notice.show_notice("word " * (length // 5), "error")
    for size in (QSize(600, 400), QSize(420, 300), QSize(1200, 700)):
        host.resize(size)
        assert host.rect().contains(notice.geometry())
        assert notice.height() >= notice.heightForWidth(notice.width())
        centre = notice.geometry().center().x()
        assert abs(centre - host.width() / 2) <= 2


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
