"""Extremes in the real window, each in a process of its own: sizes, numbers, names, places that cannot be written."""

import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.trials.trial import Outcome, Trial, in_child

LONGEST = 150  # seconds of one case
POINTS_OF_SIZE = {"0": 0.0, "1e-300": 1e-300, "1e-12": 1e-12, "1e13": 1e13, "1e30": 1e30}


class Stage:
    """A window that is up, what it said, and what went wrong."""

    def __init__(self, offset: int) -> None:
        home = tempfile.mkdtemp(prefix="extremes-")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ.setdefault(f"XDG_{name}_HOME", home)
        from PyQt6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

        from playground.app import make_application, make_window

        self.rng = np.random.default_rng(offset)
        self.problems: list[str] = []
        sys.excepthook = lambda *error: self.problems.append("".join(traceback.format_exception(*error))[-900:])
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)  # of libraries, about their own insides
        self.app = make_application()

        def hear(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
            if "This plugin does not support" not in (text or ""):
                self.problems.append(f"Qt, {kind.name}: {text}")

        qInstallMessageHandler(hear)
        self.window = make_window()
        self.controller, self.plane = self.window.controller, self.window.plane
        self.said: list[str] = []
        self.snapshots = 0
        self.controller.noticed.connect(lambda text, _kind: self.said.append(text))
        self.controller.snapshot_ready.connect(self._count)
        self.window.resize(1300, 820)
        self.window.show()
        self.controller.set_setting("speed", "max")
        self.wait(300)

    def _count(self, _snapshot: Any) -> None:
        self.snapshots += 1

    def wait(self, milliseconds: int) -> None:
        from PyQt6.QtTest import QTest

        QTest.qWait(milliseconds)

    def train(self, milliseconds: int = 700) -> None:
        """Train for a while; a window that shows nothing new by then has failed."""
        before = self.snapshots
        self.controller.toggle_training()
        self.wait(milliseconds)
        self.controller.pause()
        if self.snapshots == before:
            self.problems.append("no snapshot came")

    def load(self, X: Any, labels: Any, *, standardise: bool = False, names: str = "", axes: Any = ("a", "b")) -> None:
        """Put these points (2, m) on the plane."""
        from playground.session.dataset import ClassLabel, Dataset
        from playground.session.settings import Settings
        from playground.session.sources import Loaded

        X = np.asarray(X, float)
        classes = tuple(ClassLabel(style, names) for style in range(3))
        data = Dataset(X, labels, self.rng.random(X.shape[1]), classes, axes)
        self.controller.load(Loaded(data, Settings(standardise=standardise, speed="max")), "Open")

    def look_everywhere(self) -> None:
        """Every page, with everything laid over the plane."""
        from playground.session.looking import OVERLAYS, PAGES

        for page in PAGES:
            self.controller.show(page=page, overlays=frozenset(OVERLAYS))
            self.wait(250)

    def click_all_over(self) -> None:
        """A stroke of each tool, and clicks in every corner."""
        from PyQt6.QtCore import QPoint, Qt
        from PyQt6.QtTest import QTest

        area = self.plane.viewport()
        for tool in ("point", "spray", "move", "erase"):
            self.window.actions_by_name[tool].trigger()
            for x, y in self.rng.random((8, 2)):
                at = QPoint(int(x * area.width()), int(y * area.height()))
                QTest.mouseClick(area, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
                self.wait(1)


def at_size(stage: Stage) -> None:
    """Points of every size, about 0 and far from it, with each tool, at every zoom."""
    for size in POINTS_OF_SIZE.values():
        for shift in (0.0, 1e3 * size, 1e9 * size):
            X = np.clip(shift + size * stage.rng.uniform(-1, 1, (2, 60)), -1e30, 1e30)
            for standardise in (False, True):
                stage.load(X, np.arange(60) % 3, standardise=standardise)
                stage.train(150)
                for factor in (1e-30, 0.25, 8.0, 1e30, 0.1):
                    stage.plane.zoom(factor)
                    stage.click_all_over()
                stage.window.wishes.fit()
    stage.look_everywhere()


def ten_classes(stage: Stage) -> None:
    while stage.controller.dataset.C < 10:
        stage.controller.add_class()
    stage.controller.load_built_in("blobs")
    stage.train()
    stage.look_everywhere()


def learning_rates(stage: Stage) -> None:
    from playground.session.settings import SPECS

    optimizers = next(spec.kind for spec in SPECS if spec.name == "optimizer").options
    for optimizer in optimizers:
        stage.controller.set_setting("optimizer", optimizer)
        stage.controller.set_setting("learning_rate", 100.0)
        stage.controller.reset()
        stage.train()
    stage.controller.set_setting("learning_rate", 0.01)
    stage.controller.reset()
    stage.train()


def deep(stage: Stage) -> None:
    for name, value in (("hidden", (64,) * 6), ("activation", "relu"), ("learning_rate", 1.0)):
        stage.controller.set_setting(name, value)
    stage.train()
    stage.look_everywhere()


def sizes(stage: Stage) -> None:
    stage.controller.toggle_training()
    for width, height in ((1, 1), (200, 150), (3840, 2160), (300, 2160), (3840, 200), (1300, 820)):
        stage.window.resize(width, height)
        stage.wait(300)
        stage.click_all_over()


def no_points(stage: Stage) -> None:
    stage.controller.clear()
    stage.controller.toggle_training()
    stage.controller.single_step()
    stage.controller.check_gradient()
    stage.look_everywhere()


def one_place(stage: Stage) -> None:
    for count in (1, 50):
        stage.load(np.full((2, count), 3.0), np.arange(count) % 3, standardise=count > 1)
        stage.train(300)
        stage.look_everywhere()


def long_names(stage: Stage) -> None:
    stage.load(
        stage.rng.normal(size=(2, 30)), np.arange(30) % 3, names="n" * 100_000, axes=("a" * 100_000, "b" * 100_000)
    )
    stage.look_everywhere()


def html_names(stage: Stage) -> None:
    from PyQt6.QtCore import Qt
    from PyQt6.QtWidgets import QLabel

    bold = "<h1>BIG</h1>"
    stage.load(stage.rng.normal(size=(2, 30)), np.arange(30) % 3, names=bold, axes=(bold, bold))
    stage.look_everywhere()
    for label in stage.window.findChildren(QLabel):
        if bold in label.text() and label.textFormat() != Qt.TextFormat.PlainText:
            stage.problems.append(f"HTML shown as such: {label.text()[:60]}")


def no_home(stage: Stage) -> None:
    stage.window.actions_by_name["theme"].trigger()
    stage.window.actions_by_name["lesson_folder"].trigger()
    stage.wait(100)
    if not any("cannot be made" in text for text in stage.said):
        stage.problems.append(f"nothing was said of the folder: {stage.said[-2:]}")
    stage.controller.clear()
    stage.window.close()


CASES: dict[str, tuple[Callable[[Stage], None], dict[str, str]]] = {
    "points of every size": (at_size, {}),
    "ten classes": (ten_classes, {}),
    "learning rate 100": (learning_rates, {}),
    "six layers of 64": (deep, {}),
    "windows of every size": (sizes, {}),
    "no points": (no_points, {}),
    "all points at one place": (one_place, {}),
    "names of 10⁵ signs": (long_names, {}),
    "names with HTML": (html_names, {}),
    "a home that cannot be written": (
        no_home, {"HOME": "/proc", **{f"XDG_{name}_HOME": "/proc/x" for name in ("CONFIG", "DATA", "STATE", "CACHE")}}
    ),
    "German": (ten_classes, {"LC_ALL": "de_DE.UTF-8"}),
    "Arabic, from right to left": (no_points, {"LC_ALL": "ar_EG.UTF-8"}),
    "no locale": (no_points, {"LC_ALL": "C", "PYTHONUTF8": "0"}),
}  # fmt: skip


def play(name: str, offset: int) -> list[str]:
    """What went wrong in one case."""
    case, environment = CASES[name]
    os.environ.update(environment)
    stage = Stage(offset)
    try:
        case(stage)
    except Exception:  # noqa: BLE001 - whatever it is, it is what the trial looks for
        stage.problems.append(traceback.format_exc()[-900:])
    stage.problems += [text for text in stage.said if "error in the program" in text.lower()]
    stage.controller.stop()
    return sorted(set(stage.problems))


def run(count: int, offset: int) -> Outcome:
    """Each case ``count`` times, with the seeds offset, offset + 1, …"""
    failures = []
    for seed in range(offset, offset + count):
        for name in CASES:
            problems, why = in_child(play, name, seed, seconds=LONGEST)
            failures += [f"{name}, seed {seed}: {problem}" for problem in ([why] if problems is None else problems)]
    return Outcome(count * len(CASES), failures, f"{len(CASES)} cases")


TRIAL = Trial("extremes", 1, run)
