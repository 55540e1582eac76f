"""Random gestures on the real window while it trains: releases that go elsewhere, keys within strokes, any zoom."""

import faulthandler
import json
import os
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.trials.trial import Outcome, Trial

EVERY_UNDO, EVERY_ANSWER = 15, 40  # gestures
PATIENCE_MS = 10_000
SIZES = ((1300, 820), (1280, 800), (640, 400), (1, 1), (1920, 1080))
KEYS = [
    *(
        "Space",
        "Period",
        "Greater",
        "Comma",
        "Plus",
        "Minus",
        "Equal",
        "Return",
        "Escape",
        "Tab",
        "Backtab",
        "F6",
        "F1",
    ),
    *("Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "Delete", "Backspace"),
    *"FJPSMIELRVACNWYZT12390",
]
TYPED = ("5", "-3", "1e400", "nan", "", "abc", "0", "0,5", "−2", "1e-400", "½", "full", "none", "7.25", "inf", " ")


def files(folder: Path) -> list[Path]:
    """Points at every scale, and what is no file of points."""
    scales = {"tiny": (0, 1e-13), "none": (0, 0), "smallest": (0, 1e-300), "largest": (0, 1e30), "unix": (1.7e9, 0.1)}
    scales |= {"julian": (2459000, 3), "plain": (0, 1)}
    rng = np.random.default_rng(0)
    for name, (shift, size) in scales.items():
        X = shift + size * rng.uniform(-1, 1, (30, 2))
        rows = (f"{x1!r},{x2!r},{'xyz'[i % 3]}\n" for i, (x1, x2) in enumerate(X.tolist()))
        (folder / f"{name}.csv").write_text("a,b,class\n" + "".join(rows))
    (folder / "broken.csv").write_text("a,b\n1,2\n")
    (folder / "broken.softmax").write_text("{}")
    return [*sorted(folder.glob("*.*")), folder, folder / "is not there.csv"]


class Monkey:
    """Hands without sense on one window, and eyes for what must never be."""

    def __init__(self, seed: int, home: Path) -> None:
        from PyQt6.QtCore import QTimer, QtMsgType, qInstallMessageHandler
        from PyQt6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

        from playground.app import make_application, make_window

        self.random = random.Random(seed)
        self.problems: list[str] = []
        self.app = make_application()
        sys.excepthook = lambda kind, error, trace: self.problems.append(
            "".join(traceback.format_exception(kind, error, trace))[-1500:]
        )

        def hear(kind: QtMsgType, _context: Any, text: str | None) -> None:
            if "This plugin does not support" not in (text or ""):
                self.problems.append(f"Qt, {kind.name}: {text}")

        qInstallMessageHandler(hear)
        self.open_next: Path | None = None
        QFileDialog.getOpenFileName = self._ask_file  # type: ignore[method-assign]
        QFileDialog.getSaveFileName = self._ask_nothing  # type: ignore[method-assign]
        QInputDialog.getText = lambda *_a, **_k: ("<b>é", True)  # type: ignore[method-assign]
        QMessageBox.about = lambda *_a, **_k: None  # type: ignore[method-assign]
        QMessageBox.question = lambda *_a, **_k: QMessageBox.StandardButton.Cancel  # type: ignore[method-assign]
        QDialog.exec = lambda self: 1  # type: ignore[method-assign]
        self.files = files(home)
        self.closer = QTimer()
        self.closer.timeout.connect(self._close_popup)
        self.closer.start(50)
        self.window = make_window()
        self.controller, self.plane = self.window.controller, self.window.plane
        self.shown: Any = None
        self.controller.snapshot_ready.connect(self._see)
        self.controller.noticed.connect(self._hear_notice)
        self.window.resize(*SIZES[0])
        self.window.show()
        self.window.activateWindow()
        self.wait(200)
        self.controller.set_setting("speed", "max")

    # -- what the window asks and says --------------------------------------------------------------------------------

    def _ask_nothing(self, *_: Any, **__: Any) -> tuple[str, str]:
        """A dialog that has the keys and the mouse for a moment, and is cancelled."""
        from PyQt6.QtWidgets import QDialog

        dialog = QDialog(self.window)
        dialog.show()
        dialog.activateWindow()
        self.wait(2)
        dialog.close()
        dialog.deleteLater()
        self.window.activateWindow()
        return "", ""

    def _ask_file(self, *_: Any, **__: Any) -> tuple[str, str]:
        self._ask_nothing()
        return (str(self.random.choice(self.files)), "") if self.random.random() < 0.5 else ("", "")

    def _close_popup(self) -> None:
        """A menu under a button waits in a loop of its own."""
        from PyQt6.QtWidgets import QApplication

        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def _see(self, snapshot: Any) -> None:
        self.shown = snapshot

    def _hear_notice(self, text: str, _kind: str) -> None:
        if "error in the program" in text.lower():
            self.problems.append(text)

    def wait(self, milliseconds: int) -> None:
        from PyQt6.QtTest import QTest

        QTest.qWait(milliseconds)

    # -- gestures ----------------------------------------------------------------------------------------------------

    def gesture(self) -> str:
        """Make one, and say which."""
        kinds: dict[Callable[[], None], int] = {
            self.press: 8, self.move: 14, self.hover: 5, self.release: 7, self.wheel: 6, self.key: 22, self.act: 10,
            self.setting: 6, self.drop: 3, self.resize: 1, self.type: 4, self.lesson: 2, self.edit: 3,
        }  # fmt: skip
        (gesture,) = self.random.choices(list(kinds), list(kinds.values()))
        gesture()
        return gesture.__name__

    def _at(self) -> Any:
        from PyQt6.QtCore import QPoint

        area = self.plane.viewport()
        return QPoint(int(self.random.random() * area.width()), int(self.random.random() * area.height()))

    def _mouse(self, kind: str, button: str, buttons: str) -> None:
        from PyQt6.QtCore import QEvent, QPointF, Qt
        from PyQt6.QtGui import QMouseEvent
        from PyQt6.QtWidgets import QApplication

        at, area = self._at(), self.plane.viewport()
        which = Qt.MouseButton[f"{button}Button"]
        down = Qt.MouseButton[f"{buttons}Button"]
        control = Qt.KeyboardModifier.ControlModifier if self.random.random() < 0.1 else Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(QEvent.Type[kind], QPointF(at), QPointF(area.mapToGlobal(at)), which, down, control)
        QApplication.sendEvent(area, event)

    def press(self) -> None:
        button = self.random.choice(["Left"] * 5 + ["Middle", "Right"])
        self._mouse(self.random.choice(["MouseButtonPress"] * 4 + ["MouseButtonDblClick"]), button, button)

    def move(self) -> None:
        self._mouse("MouseMove", "No", "Left")

    def hover(self) -> None:
        self._mouse("MouseMove", "No", "No")
        if self.window.tools._stroke is not None and self.plane._stroke_by != "keys":
            self.problems.append("a stroke goes on with no button down")

    def release(self) -> None:
        self._mouse("MouseButtonRelease", self.random.choice(["Left"] * 5 + ["Middle"]), "No")

    def wheel(self) -> None:
        from tests.gui.hands import turn_wheel

        turn_wheel(self.plane.viewport(), self._at(), self.random.choice([1, 1, -1, -1, 5, -5, 60, -60, 0.1]))

    def key(self) -> None:
        from PyQt6.QtCore import QEvent, Qt
        from PyQt6.QtGui import QKeyEvent
        from PyQt6.QtTest import QTest
        from PyQt6.QtWidgets import QApplication

        key = Qt.Key[f"Key_{self.random.choice(KEYS)}"]
        (name,) = self.random.choices(["No", "Shift", "Control", "Alt"], [7, 1, 2, 1])
        to = QApplication.focusWidget() or self.window
        if self.random.random() < 0.1:
            QApplication.sendEvent(to, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True))
        else:
            QTest.keyClick(to, key, Qt.KeyboardModifier[f"{name}Modifier"])

    def act(self) -> None:
        names = [name for name in self.window.actions_by_name if name not in ("quit", "close", "lesson_folder")]
        action = self.window.actions_by_name[self.random.choice(names)]
        if action.isEnabled():
            action.trigger()

    def setting(self) -> None:
        from playground.session.settings import SPECS
        from playground.session.specs import Choice, Layers, Switch

        spec = self.random.choice(SPECS)
        if isinstance(spec.kind, Choice):
            value: Any = self.random.choice(spec.kind.options)
        elif isinstance(spec.kind, Switch):
            value = self.random.random() < 0.5
        elif isinstance(spec.kind, Layers):
            value = tuple(self.random.choice([1, 2, 8, 16]) for _ in range(self.random.randrange(4)))
        else:
            value = spec.kind.at(self.random.random())
        self.controller.set_setting(spec.name, value)

    def drop(self) -> None:
        from tests.gui.hands import drop_files

        drop_files(self.window, self.random.choice(self.files))

    def resize(self) -> None:
        self.window.resize(*self.random.choice(SIZES))

    def type(self) -> None:
        from PyQt6.QtWidgets import QLineEdit

        fields = [field for field in self.window.findChildren(QLineEdit) if field.isVisible()]
        if fields:
            field = self.random.choice(fields)
            field.setFocus()
            field.selectAll()
            field.insert(self.random.choice(TYPED))

    def lesson(self) -> None:
        from playground.resources import asset
        from playground.session.lessons.lessons import load_lessons

        player = self.window.lessons.player
        ways = (lambda: self.window.lessons.begin(self.random.choice(load_lessons([asset("lessons")])[0])),)
        self.random.choice([*ways, player.go_on, player.go_back, player.leave])()

    def edit(self) -> None:
        controller = self.controller
        label = self.random.randrange(controller.dataset.C)
        deeds = (controller.add_class, lambda: controller.remove_class(label), controller.clear)
        self.random.choice(deeds)()

    # -- what must never be ------------------------------------------------------------------------------------------

    def look(self, number: int) -> None:
        """Whether all is as it must be."""
        self._close_popup()
        dataset = self.controller.dataset
        if not np.isfinite(dataset.X).all() or (dataset.m and dataset.labels.max() >= dataset.C):
            self.problems.append("a point that is none")
        if not np.isfinite(self.plane.box.viewRange()).all() or min(self.plane.pixel_size()) <= 0:
            self.problems.append(f"a view that is none: {self.plane.box.viewRange()}")
        if number % EVERY_UNDO == 0:
            self._undo_and_redo()
        if number % EVERY_ANSWER == 0:
            self._await_answer()

    def _undo_and_redo(self) -> None:
        self.release()
        self.hover()
        before, stack = self.controller.dataset, self.controller.undo_stack
        if stack.canUndo():
            stack.undo()
            stack.redo()
            after = self.controller.dataset
            if not (np.array_equal(before.X, after.X) and np.array_equal(before.labels, after.labels)):
                self.problems.append("undo and redo are not where they began")

    def _await_answer(self) -> None:
        for _ in range(PATIENCE_MS // 20):
            if self.shown is not None and self.shown.dataset is self.controller.dataset:
                return
            self.wait(20)
        request = self.controller.request
        self.problems.append(
            f"no snapshot of {request.dataset.m} points in {PATIENCE_MS / 1000:g} s of {request.settings}"
        )


def run(count: int, offset: int) -> Outcome:
    """``count`` gestures by the random numbers of one seed."""
    faulthandler.enable()
    home = Path(tempfile.mkdtemp(prefix="gestures-"))
    screen = {
        "name": "s",
        "x": 0,
        "y": 0,
        "width": 1920,
        "height": 1200,
        "logicalDpi": 96,
        "dpr": 1,
        "logicalBaseDpi": 96,
    }
    (home / "screens.json").write_text(json.dumps({"screens": [screen]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={home / 'screens.json'}"
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home)
    (home / "files").mkdir()
    monkey = Monkey(offset, home / "files")
    made: list[str] = []
    failures = []
    for number in range(1, count + 1):
        try:
            made.append(monkey.gesture())
            monkey.wait(0)
            monkey.look(number)
        except Exception:  # noqa: BLE001 - whatever it is, it is what the trial looks for
            monkey.problems.append(traceback.format_exc()[-1500:])
        failures += [f"seed {offset}, gesture {number} {made[-4:]}: {problem}" for problem in monkey.problems]
        monkey.problems.clear()
    monkey.controller.stop()
    common = ", ".join(f"{name} {times}" for name, times in Counter(made).most_common(3))
    return Outcome(count, failures, f"{monkey.controller.dataset.m} points at the end; {common}")


TRIAL = Trial("gestures", 3000, run)
