"""The offer, at the start, of drawings that were rescued."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMessageBox, QPushButton, QWidget

from playground.gui.rescue import rescues

Role = QMessageBox.ButtonRole


def offer_rescued(window: QWidget, open_it: Callable[[Path], None], put_away: Callable[[Path], bool]) -> None:
    """Ask what is to become of the newest one, and, once it is put away, of the one before."""
    paths = rescues.found()
    if not paths:
        return
    box, (opens, puts_away) = _question(window, paths[0], len(paths) - 1)

    def act() -> None:
        if box.clickedButton() is opens:
            open_it(paths[0])
        elif box.clickedButton() is puts_away and put_away(paths[0]):
            offer_rescued(window, open_it, put_away)

    box.finished.connect(act)
    box.open()


def _question(window: QWidget, path: Path, more: int) -> tuple[QMessageBox, tuple[QPushButton | None, ...]]:
    """The question about one of them, and its buttons that do something."""
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("A drawing was rescued")
    others = "" if not more else " One more is there." if more == 1 else f" {more} more are there."
    box.setText(f"The program was ended on {rescues.when(path)}, with points that were not saved.{others}")
    box.setInformativeText("Opened, it is a drawing that is not saved yet. Put away, it is gone.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    opens = box.addButton("Open it", Role.AcceptRole)
    puts_away = box.addButton("Put it away", Role.DestructiveRole)
    later = box.addButton("Later", Role.RejectRole)
    box.setDefaultButton(opens)
    box.setEscapeButton(later)
    return box, (opens, puts_away)
