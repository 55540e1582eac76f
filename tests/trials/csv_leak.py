"""Opening files and class menus again and again: memory and objects that stay."""

import gc
import tempfile
from pathlib import Path

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt
from PyQt6.QtGui import QContextMenuEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QToolButton

from playground.app import make_application, make_window
from playground.gui.csv_dialog import CsvDialog
from playground.gui.main_window import MainWindow
from tests.trials.trial import Outcome, Trial, deadline, resident_mb

MOST_MB, MOST_OBJECTS = 2.0, 1.0  # for each pair of files
SETTLING = 2  # pairs that are not counted
MS = 5  # between two looks


def run(count: int, offset: int) -> Outcome:
    """Two files a time, the drawing before them forgotten; ``offset`` rows more in the larger one."""
    app = make_application()
    window = make_window()
    window.show()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.csv", Path(folder) / "small.csv"
        rows = (f"{i % 997 * 0.01:.2f},{i % 991 * 0.01:.2f},{i % 3}\n" for i in range(50_000 + offset))
        large.write_text("a,b,class\n" + "".join(rows), encoding="utf-8")
        small.write_text("a,b,class\n1,2,x\n3,4,y\n", encoding="utf-8")
        sizes = []
        for _ in range(count):
            _open(window, large, 50_000 + offset)
            _open(window, small, 2)
            _show_class_menu(window)
            window.controller.undo_stack.clear()
            _settle()
            sizes.append((resident_mb(), len(window.findChildren(QObject))))
    counted = len(sizes) - 1 - SETTLING
    mb, objects = ((last - first) / counted for first, last in zip(sizes[SETTLING], sizes[-1], strict=True))
    if mb > MOST_MB or objects > MOST_OBJECTS:
        failures.append(f"{mb:.1f} MB and {objects:.0f} objects stay of each pair of files")
    window.controller.clear()
    window.close()
    del app
    return Outcome(count, failures, f"{mb:.1f} MB and {objects:.0f} objects a pair")


def _open(window: MainWindow, path: Path, points: int) -> None:
    window.documents.opening.open(path)
    with deadline(60):
        while window.controller.dataset.m != points:
            QTest.qWait(MS)
            for dialog in window.findChildren(CsvDialog):
                if dialog.isVisible():
                    dialog.accept()


def _show_class_menu(window: MainWindow) -> None:
    buttons = window.controls.classes.findChildren(QToolButton)
    button = next(one for one in buttons if one.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu)
    place = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, button.mapToGlobal(place))
    QApplication.sendEvent(button, event)
    QTest.qWait(MS)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def _settle() -> None:
    for _ in range(20):
        QTest.qWait(MS)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


TRIAL = Trial("files opened and class menus shown again and again: memory and objects that stay", 10, run)
