"""A user who plays lessons by keys alone: opens menus, presses Tab until a widget has the focus, types and waits."""

from collections.abc import Callable

from PyQt6.QtCore import QKeyCombination
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QApplication, QMenu, QWidget

from playground.gui.lessons.lesson_card import LessonCard
from playground.gui.lessons.lesson_player import LessonPlayer
from playground.gui.plots.touch_plot import ARROW_PIXELS
from playground.session.grid import Array
from playground.session.lessons.lessons import Step
from tests.gui.hands import Hands, delete_the_dying

MOST_TABS, MOST_PARTS = 60, 3  # that a hint may ask of anybody


class Pupil:
    """Goes through a lesson by what its hints say."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.player: LessonPlayer = hands.window.lessons.player
        self.card: LessonCard = hands.window.lesson_card

    @property
    def step(self) -> Step:
        assert self.player.step is not None
        return self.player.step

    def press(self, *keys: str) -> None:
        """Press keys by their names, as "Alt+Right", where the focus, or an open menu, is."""
        for name in keys:
            combination: QKeyCombination = QKeySequence(name)[0]
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.hands.window
            self.hands.qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())

    def choose(self, menu: str, entry: str) -> None:
        """Open a menu by its letter, go down to an entry and press Enter there."""
        self.press(f"Alt+{menu}")
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu), f"Alt+{menu} opened no menu"
        for _ in popup.actions():
            self.press("Down")
            active = popup.activeAction()
            if active is not None and active.text().replace("&", "") == entry:
                break
        else:
            raise AssertionError(f"the menu has no {entry!r}")
        self.press("Return")
        delete_the_dying()
        self.hands.window.activateWindow()
        self.hands.until(self.hands.window.isActiveWindow)

    def begin(self, title: str, speed: str = "max") -> None:
        """Choose a lesson from the menu, and have no patience with it."""
        self.choose("L", title)
        assert self.player.lesson is not None
        assert self.player.lesson.title == title
        self.hands.controller.set_setting("speed", speed)
        self.hands.settled()

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the widget of this name, or text, has the focus."""
        passed = []
        for _ in range(MOST_TABS):
            self.press("Tab")
            widget = QApplication.focusWidget()
            assert widget is not None
            passed.append(name_of(widget))
            if passed[-1] == name:
                return widget
        raise AssertionError(f"Tab never leads to {name!r}, but to {passed}")

    def type(self, text: str) -> None:
        """Type where the focus is, over what is there, and press Enter."""
        self.press("Ctrl+A")
        widget = QApplication.focusWidget()
        assert widget is not None
        self.hands.qtbot.keyClicks(widget, text)
        self.press("Return")

    def train(self, until: Callable[[], bool] | None = None) -> None:
        """Train by Space until the task is done, or something else is so, and pause by Space."""
        assert not self.hands.running
        self.press("Space")
        assert self.hands.running
        self.hands.until(until or (lambda: self.player.is_done))
        if self.hands.running:
            self.press("Space")
        assert not self.hands.running

    def go_to_plane(self) -> None:
        """Press F6 until the plane has the keys."""
        for _ in range(MOST_PARTS):
            self.press("F6")
            if self.hands.plane.hasFocus():
                return
        raise AssertionError("F6 never leads to the plane")

    def walk_to(self, spot: Array) -> None:
        """Move the plane's crosshair by arrows, first in leaps and then by single pixels, onto a spot."""
        plane = self.hands.plane
        places: list[Array] = []
        plane.hovered.connect(places.append)
        self.press("Up", "Down")
        for modifier in ("", "Shift+"):
            for axis, (fewer, more) in enumerate((("Left", "Right"), ("Down", "Up"))):
                for _ in range(200):
                    gap = (spot[axis] - places[-1][axis]) / plane.box.viewPixelSize()[axis]
                    if abs(gap) <= (1 if modifier else ARROW_PIXELS / 2):
                        break
                    self.press(modifier + (more if gap > 0 else fewer))
        plane.hovered.disconnect(places.append)

    def until_done(self) -> None:
        self.hands.until(lambda: self.player.is_done)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (str(text()) if callable(text) else "")
