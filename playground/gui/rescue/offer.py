"""The offer, at the start, of drawings that were rescued."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMessageBox, QWidget

from playground.gui.rescue import rescues

Role = QMessageBox.ButtonRole


def offer_rescued(window: QWidget, open_it: Callable[[Path], None]) -> None:
    """Ask what is to become of the newest one, and, once it is put away, of the one before."""
    paths = rescues.found()
    if paths:
        _ask(window, open_it, paths[0], len(paths) - 1)


def _ask(window: QWidget, open_it: Callable[[Path], None], path: Path, more: int) -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("A drawing was rescued")
    others = "" if not more else " One more is there." if more == 1 else f" {more} more are there."
    box.setText(f"The program was ended on {rescues.when(path)}, with points that were not saved.{others}")
    box.setInformativeText("Opened, it is a drawing that is not saved yet. Put away, it is gone.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    opens = box.addButton("Open it", Role.AcceptRole)
    put_away = box.addButton("Put it away", Role.DestructiveRole)
    later = box.addButton("Later", Role.RejectRole)
    box.setDefaultButton(opens)
    box.setEscapeButton(later)

    def act() -> None:
        if box.clickedButton() is opens:
            open_it(path)
        elif box.clickedButton() is put_away:
            path.unlink(missing_ok=True)
            offer_rescued(window, open_it)

    box.finished.connect(act)
    box.open()
