"""Each gesture, dialog and menu again and again: objects of Qt and of Python that stay."""

import gc
import tempfile
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt
from PyQt6.QtGui import QContextMenuEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QWidget

from playground.gui.main_window import MainWindow
from playground.resources import asset
from playground.session.lessons.lessons import load_lessons
from playground.session.looking import OVERLAYS, PAGES, Desk
from tests.trials.trial import Outcome, Trial
from tests.trials.window import open_window

WARM = 8  # times that are not counted
MS = 5  # between two looks
ANSWER_MS = 200  # that the worker has for a page
MOST_QT, MOST_PYTHON = 0.2, 20.0  # objects a time

Gesture = Callable[[MainWindow, int], object]


def settle() -> None:
    """Let the worker answer, what was shown be closed, and what is closed be deleted."""
    for _ in range(5):
        QTest.qWait(MS)
    while popup := QApplication.activePopupWidget():
        popup.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def change_classes(window: MainWindow, page: str) -> None:
    window.controller.show(page=page, pin=(0.1, 0.2))
    window.controller.add_class()
    settle()
    window.controller.remove_class(0)


def turn_pages(window: MainWindow, _i: int) -> None:
    for page in PAGES:
        window.controller.show(page=page)
        settle()


def change_layers(window: MainWindow, i: int) -> None:
    window.controller.show(page="step")
    window.controller.set_setting("hidden", (4,) * (i % 4))


def change_desk(window: MainWindow, i: int) -> None:
    window.controller.show(page="desk", desk=Desk(Z=(1.0,) * (2 + i % 7), label=None))


def play_lesson(window: MainWindow, i: int) -> None:
    lessons = load_lessons([asset("lessons")])[0]
    window.lessons.begin(lessons[i % 4])
    settle()
    window.lessons.player.leave()


def menu_on(widget: QWidget, x: int = 5) -> None:
    place = QPoint(x, x)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    QTest.qWait(MS)
    assert QApplication.activePopupWidget() is not None


def menu_of_a_class(window: MainWindow, _i: int) -> None:
    custom = Qt.ContextMenuPolicy.CustomContextMenu
    menu_on(next(one for one in window.controls.classes.findChildren(QWidget) if one.contextMenuPolicy() == custom))


def open_dialog(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    settle()
    dialog.close()


def open_table(window: MainWindow, accept: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "points.csv"
        path.write_text("a,b,class\n1,2,x\n3,4,y\n5,1,x\n", encoding="ascii")
        window.documents.opening.open(path)
        while window.documents.opening.is_reading:
            QTest.qWait(MS)
        dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
        if accept:
            dialog.accept()
        else:
            dialog.reject()
        settle()


def notice(window: MainWindow, i: int) -> None:
    window.controller.noticed.emit(f"Something new, for the {i}th time.", "note" if i % 2 else "error")


def train(window: MainWindow, _i: int) -> None:
    window.controller.toggle_training()
    settle()
    window.controller.reset()


GESTURES: dict[str, Gesture] = {
    **{f"another class, page {page}": lambda w, _i, page=page: change_classes(w, page) for page in PAGES},
    "every page": turn_pages,
    "overlays": lambda w, i: w.controller.show(overlays=frozenset(OVERLAYS if i % 2 else ())),
    "light or dark": lambda w, _i: w.actions_by_name["theme"].trigger(),
    "another data set": lambda w, i: w.controller.load_built_in(("blobs", "iris", "spiral")[i % 3]),
    "other layers": change_layers,
    "other scores by hand": change_desk,
    "a lesson": play_lesson,
    "the menu of lessons": lambda w, _i: w.lessons.fill_menu(),
    "the plane's menu": lambda w, _i: menu_on(w.plane.viewport(), 150),
    "a class's menu": menu_of_a_class,
    "the keys": lambda w, _i: open_dialog(w, "keys"),
    "the words": lambda w, _i: open_dialog(w, "words"),
    "a table, opened": lambda w, _i: open_table(w, accept=True),
    "a table, not opened": lambda w, _i: open_table(w, accept=False),
    "a notice": notice,
    "trained and reset": train,
}


def count_objects(window: MainWindow) -> tuple[int, int]:
    """Of Qt, all windows with what is in them; of Python."""
    gc.collect()
    tops = QApplication.topLevelWidgets()
    return len(tops) + sum(len(one.findChildren(QObject)) for one in {window, *tops}), len(gc.get_objects())


def run(count: int, offset: int) -> Outcome:
    """Each gesture ``count`` times, after some that are not counted; ``offset`` is the first number of each."""
    _, window = open_window()
    failures, worst = list[str](), 0.0
    for _ in range(2):  # what is made once, at the first look at a page, is no gesture's
        _at_rest(window)
    for name, gesture in GESTURES.items():
        before = (0, 0)
        for i in range(WARM + count):
            if i == WARM:
                before = _at_rest(window)
            gesture(window, offset + i)
            settle()
        qt, python = ((after - earlier) / count for after, earlier in zip(_at_rest(window), before, strict=True))
        worst = max(worst, qt)
        print(f"    {name:24} {qt:+6.2f} objects of Qt, {python:+7.1f} of Python a time", flush=True)
        if qt > MOST_QT or python > MOST_PYTHON:
            failures.append(f"{name}: {qt:.2f} objects of Qt and {python:.0f} of Python stay each time")
    window.controller.stop()
    return Outcome(len(GESTURES), failures, f"at most {worst:+.2f} objects of Qt a time")


def _at_rest(window: MainWindow) -> tuple[int, int]:
    """How many there are with the same on screen and nothing to undo."""
    controller = window.controller
    while controller.dataset.C > 3:
        controller.remove_class(0)
    controller.load_built_in("blobs")
    controller.set_setting("hidden", (8, 8))
    controller.show(overlays=frozenset(), desk=Desk(), pin=(0.1, 0.2))
    controller.undo_stack.clear()
    before, now = (-1, 0), _tour(window)
    while now[0] != before[0]:  # the worker had not answered for each page yet
        before, now = now, _tour(window)
    return now


def _tour(window: MainWindow) -> tuple[int, int]:
    """How many objects there are after a look at every page."""
    for page in PAGES:
        window.controller.show(page=page)
        QTest.qWait(ANSWER_MS)
    settle()
    return count_objects(window)


TRIAL = Trial("objects that a gesture leaves", 24, run)
