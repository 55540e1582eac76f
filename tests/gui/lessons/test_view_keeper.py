"""What a lesson points out stays in view until the user looks elsewhere; pages open at their top."""

import pytest
from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QApplication, QScrollArea

from tests.gui.hands import Hands, turn_wheel
from tests.gui.lessons.lesson_eyes import is_framed_whole
from tests.gui.lessons.lesson_hands import Pupil


def area_of_page(hands: Hands) -> QScrollArea:
    (area,) = (
        area for area in hands.window.findChildren(QScrollArea) if area.widget() is hands.window.explanations.page
    )
    return area


def scrolled(area: QScrollArea) -> int:
    bar = area.verticalScrollBar()
    assert bar is not None
    return bar.value()


@pytest.fixture
def pupil(hands: Hands) -> Pupil:
    """In a lesson that points at what was below the fold."""
    hands.window.resize(1280, 800)
    pupil = Pupil(hands)
    pupil.begin("The loss")
    hands.until(lambda: is_framed_whole(hands.window, hands.window.lessons.parts["cat"]))
    assert scrolled(area_of_page(hands)) > 0
    return pupil


def make_the_window_lower(hands: Hands) -> None:
    area = area_of_page(hands)
    height = area.height()
    hands.window.resize(1280, 700)
    hands.until(lambda: area.height() < height)
    hands.round_trip()


def test_it_stays_in_view_while_the_window_takes_another_shape(hands: Hands, pupil: Pupil) -> None:
    hands.window.resize(1400, 820)
    hands.until(lambda: is_framed_whole(hands.window, hands.window.lessons.parts["cat"]))


def test_the_wheel_has_the_last_word(hands: Hands, pupil: Pupil) -> None:
    area = area_of_page(hands)
    view = area.viewport()
    assert view is not None
    while scrolled(area) > 0:
        before = scrolled(area)
        turn_wheel(view, QPoint(5, 5), 3)
        assert scrolled(area) < before
    make_the_window_lower(hands)
    assert scrolled(area) == 0
    assert not is_framed_whole(hands.window, hands.window.lessons.parts["cat"])


def test_tab_has_the_last_word(hands: Hands, pupil: Pupil) -> None:
    area = area_of_page(hands)
    pupil.press("Shift+Tab")
    while scrolled(area) > 0:
        pupil.press("Shift+Tab")
        assert QApplication.focusWidget() is not None
    make_the_window_lower(hands)
    assert scrolled(area) == 0


def test_a_page_opens_at_its_top(hands: Hands, pupil: Pupil) -> None:
    pupil.press("Ctrl+L", "Alt+4")
    area = area_of_page(hands)
    bar = area.verticalScrollBar()
    assert bar is not None
    bar.setValue(bar.maximum())
    assert scrolled(area) > 0
    pupil.press("Alt+1", "Alt+4")
    hands.round_trip()
    assert area_of_page(hands) is area
    assert scrolled(area) == 0
