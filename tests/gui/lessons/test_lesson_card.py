"""The card of a lesson: its words, its mark, its buttons, and that all of it can be read."""

from collections.abc import Iterator
from functools import partial

import pytest
from PyQt6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from playground.gui.lessons.lesson_card import DONE, OPEN, LessonCard
from playground.gui.main_window import MainWindow
from playground.gui.palette import DARK, LIGHT, Theme
from playground.gui.parts.formula import Formula
from playground.resources import asset
from playground.session.lessons.lessons import PANELS, Lesson, Step, load_lessons
from tests.gui.conftest import wear
from tests.gui.hands import LEFT, PATIENCE, Hands, turn
from tests.gui.lessons.test_pointer import TO_OPEN

TASK = Step(text=("Read *this* & that <b>.", "More."), task="Do it.", hint="Press a key.", formula="J^*")
LESSON = Lesson(
    "A title", "A summary.", load_lessons([asset("lessons")])[0][0].scene, (TASK, Step(text=("End.",))), "f"
)


@pytest.fixture
def card(qapp: QApplication, qtbot: QtBot) -> Iterator[LessonCard]:
    card = LessonCard()
    card.resize(600, 300)
    yield card
    card.hide()
    card.deleteLater()


def seen(card: LessonCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card) and label.text()]


def button(card: LessonCard, name: str) -> QToolButton:
    (found,) = [one for one in card.findChildren(QToolButton) if one.accessibleName().startswith(name)]
    return found


def test_nothing_is_shown_without_a_lesson(card: LessonCard) -> None:
    card.show_step(None, 0, is_done=False)
    assert not card.isVisible()


def test_a_step_is_shown_with_its_place_emphasis_task_and_hint(card: LessonCard) -> None:
    card.show_step(LESSON, 0, is_done=False)
    title, place, text, task, hint = seen(card)
    assert (title, place) == ("A title", "1 of 2")
    assert "Read <b>this</b> &amp; that &lt;b&gt;." in text
    assert text.count("<p") == 2
    assert (task, hint) == (f"{OPEN}  Do it.", "Press a key.")
    assert card.findChild(Formula).isVisibleTo(card)
    assert "Do it." in card.accessibleDescription()
    assert not button(card, "Back").isEnabled()
    assert button(card, "Next").text() == "Next"
    assert button(card, "Next").property("role") != "primary"


def test_a_task_done_is_marked_its_hint_goes_and_next_comes_first(card: LessonCard) -> None:
    card.show_step(LESSON, 0, is_done=False)
    card.set_theme(DARK)
    colour = next(label for label in card.findChildren(QLabel) if "Do it." in label.text())
    open_sheet = colour.styleSheet()
    card.show_step(LESSON, 0, is_done=True)
    assert f"{DONE}  Do it." in seen(card)
    assert "Press a key." not in seen(card)
    assert button(card, "Next").property("role") == "primary"
    assert "Done." in card.accessibleDescription()
    assert DARK.accent in colour.styleSheet() != open_sheet


def test_the_last_step_ends_with_finish_and_one_without_a_task_asks_for_nothing(card: LessonCard) -> None:
    card.show_step(LESSON, 1, is_done=False)
    assert seen(card)[1] == "2 of 2"
    assert len(seen(card)) == 3
    assert not card.findChild(Formula).isVisibleTo(card)
    assert button(card, "Next").text() == "Finish"
    assert button(card, "Next").property("role") == "primary"
    assert button(card, "Back").isEnabled()


@pytest.mark.parametrize("name", ["Next", "Back", "Leave"])
def test_each_button_reports_its_own_wish(card: LessonCard, qtbot: QtBot, name: str) -> None:
    wishes: list[str] = []
    card.next_wanted.connect(lambda: wishes.append("Next"))
    card.back_wanted.connect(lambda: wishes.append("Back"))
    card.leave_wanted.connect(lambda: wishes.append("Leave"))
    card.show_step(LESSON, 1, is_done=False)
    qtbot.mouseClick(button(card, name), LEFT)
    assert wishes == [name]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_step_of_every_lesson_is_read_whole_on_a_small_screen(
    qapp: QApplication, hands: Hands, theme: Theme
) -> None:
    hands.window.resize(1280, 800)
    wear(qapp, theme)
    hands.window.lessons.set_theme(theme)
    card: LessonCard = hands.window.lesson_card
    for lesson in load_lessons([asset("lessons")])[0]:
        for place in range(len(lesson.steps)):
            card.show_step(lesson, place, is_done=False)
            where = f"{lesson.file}, step {place + 1}"
            turn(hands.qtbot)
            hands.qtbot.waitUntil(partial(look_through, card, where), timeout=PATIENCE)  # it is laid out in passes
            assert (hands.window.width(), hands.window.height()) == (1280, 800), where
            assert hands.plane.height() > 250, where
    card.show_step(None, 0, is_done=False)


def look_through(card: LessonCard, where: str) -> None:
    for label in card.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert card.rect().contains(label.geometry()), f"{where}: {label.text()}"
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert needed <= label.height(), f"{where}: {label.text()}"
            assert label.wordWrap() or label.sizeHint().width() <= label.width(), f"{where}: {label.text()}"
    formula = card.findChild(Formula)
    if formula.isVisible():
        assert card.rect().contains(formula.geometry()), where
        assert formula.sizeHint().width() <= formula.width(), where
        assert formula.sizeHint().height() <= formula.height(), where


def test_every_part_that_a_lesson_can_name_is_on_the_window(window: MainWindow) -> None:
    for looks in TO_OPEN.values():
        window.controller.show(**looks)
    parts = window.lessons.parts
    assert set(parts) == set(PANELS)
    for name, widgets in parts.items():
        assert widgets, name
        assert all(window.isAncestorOf(widget) for widget in widgets), name
