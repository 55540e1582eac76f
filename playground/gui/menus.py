"""The menu bar, made from the table of actions."""

from collections.abc import Mapping

from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMainWindow, QMenu

from playground.gui.actions import ACTIONS, CLASSES, TOOLS


def fill_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """A menu for each that the table names, in its order; tools and classes have keys and buttons, but no menu."""
    bar = window.menuBar()
    assert bar is not None
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        if spec.menu not in menus:
            menu = bar.addMenu(f"&{spec.menu}")
            assert menu is not None
            menus[spec.menu] = menu
        menus[spec.menu].addAction(actions[spec.name])
    for spec in TOOLS + CLASSES:
        window.addAction(actions[spec.name])
    return menus
