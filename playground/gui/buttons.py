"""Buttons that several views use."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QToolButton

STYLES = {
    (True, True): Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    (True, False): Qt.ToolButtonStyle.ToolButtonIconOnly,
    (False, True): Qt.ToolButtonStyle.ToolButtonTextOnly,
}


def action_button(action: QAction, *, icon: bool = True, text: bool = True, role: str = "") -> QToolButton:
    """A button for an action, named and explained as the action is."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(16, 16))
    if not text:
        button.setFixedWidth(34)
    button.setToolButtonStyle(STYLES[icon, text])
    button.setAccessibleName(action.text().replace("&", ""))
    button.setAccessibleDescription(action.toolTip())
    if role:
        button.setProperty("role", role)
    return button


def small_button(text: str, tip: str) -> QToolButton:
    """A button of one sign, such as plus, explained by its tip."""
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setProperty("role", "small")
    return button
