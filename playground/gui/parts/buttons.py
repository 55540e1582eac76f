"""Buttons that several views use."""

import re
from collections.abc import Iterable
from functools import lru_cache

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, QSize, Qt
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from playground.gui.parts.labels import as_action, set_tip

MNEMONIC = re.compile("&(.)")  # an ampersand that stands for itself too: it is written twice
KEEPS_SPACE = "keeps space"  # a widget's property
STYLES = {
    (True, True): Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    (True, False): Qt.ToolButtonStyle.ToolButtonIconOnly,
    (False, True): Qt.ToolButtonStyle.ToolButtonTextOnly,
}


def action_button(action: QAction, *, icon: bool = True, text: bool = True, role: str = "") -> QToolButton:
    """A button for an action, named and explained as the action is.

    The action is not the button's default one: with that, Qt connects the two once more at each change of the action
    and tells all the connections of it, so that after an hour each edit took half a second.
    """
    button = QToolButton()
    button.setCheckable(action.isCheckable())
    button.setIconSize(QSize(16, 16))
    if not text:
        button.setFixedWidth(34)
    button.setToolButtonStyle(STYLES[icon, text])
    if role:
        button.setProperty("role", role)
    keep_space_for(button)

    def follow() -> None:
        name = MNEMONIC.sub(r"\1", action.text())
        button.setText(as_action(action.iconText()))
        button.setAccessibleName(name)
        button.setToolTip(action.toolTip())
        button.setAccessibleDescription(action.toolTip().replace("\n", " "))
        button.setIcon(action.icon())
        button.setEnabled(action.isEnabled())
        button.setChecked(action.isChecked())

    def press() -> None:
        action.trigger()
        button.setChecked(action.isChecked())  # a click on what is chosen already has unchecked the button alone

    follow()
    action.changed.connect(follow)
    button.clicked.connect(press)
    return button


class _SpacePresses(QObject):
    """Lets Space press what Tab has led to, though in the rest of the window it trains, in a field for a number too.

    It filters the events of the widget with the focus alone: a filter in Python is asked about every paint event too.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and not sip.isdeleted(old):
            old.removeEventFilter(self)
        if new is not None and new.property(KEEPS_SPACE):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Claim the key before it becomes the shortcut, or leave it to that."""
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if event is None or watched is None or not is_space or event.type() != QEvent.Type.ShortcutOverride:
            return False
        event.setAccepted(watched.property(KEEPS_SPACE) == "yes")
        return True


@lru_cache(maxsize=1)
def _watch_focus(app: QApplication) -> _SpacePresses:
    return _SpacePresses(app)


def keep_space_for(widget: QWidget) -> None:
    """Tab, but not a click, gives the widget the focus; there Space presses it."""
    widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    _decide_space(widget, "yes")


def leave_space_to_window(field: QWidget) -> None:
    """A number has no space in it: in this field too the key trains."""
    _decide_space(field, "no")


def _decide_space(widget: QWidget, keeps: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    _watch_focus(app)
    widget.setProperty(KEEPS_SPACE, keeps)


class _PassesWheelOn(QObject):
    """Leaves the wheel to what scrolls around a widget that does not have the focus."""

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Keep a passing wheel from changing a value."""
        if event is not None and event.type() == QEvent.Type.Wheel:
            event.ignore()
            return isinstance(watched, QWidget) and not watched.hasFocus()
        return False


def pass_wheel_on(widget: QWidget) -> None:
    """Let the wheel change the widget's value only once it has the focus."""
    widget.installEventFilter(_PassesWheelOn(widget))


def small_button(text: str, tip: str) -> QToolButton:
    """A button of one sign, such as plus, explained by its tip."""
    button = QToolButton()
    button.setText(text)
    set_tip(button, tip)
    button.setAccessibleName(tip)
    button.setProperty("role", "small")
    keep_space_for(button)
    return button


def word_button(text: str, tip: str) -> QToolButton:
    """A button that says what it does, explained by its tip."""
    button = QToolButton()
    button.setText(text)
    set_tip(button, tip)
    button.setAccessibleName(text)
    button.setAccessibleDescription(tip)
    keep_space_for(button)
    return button


def menu_button(text: str, tip: str) -> QToolButton:
    """A button that opens a menu, which `fill_menu` fills."""
    button = word_button(text, tip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setProperty("role", "menu")
    button.setMenu(QMenu(button))
    return button


def fill_menu(button: QToolButton, actions: Iterable[QAction]) -> None:
    """Offer these under a `menu_button`."""
    menu = button.menu()
    assert menu is not None
    menu.setToolTipsVisible(True)
    menu.addActions(list(actions))
