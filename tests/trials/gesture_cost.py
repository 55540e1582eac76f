"""Milliseconds of the window's own processor time for a gesture, with few points and with many."""

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PyQt6.QtWidgets import QApplication

from playground.gui.main_window import MainWindow
from tests.trials.trial import Outcome, Trial
from tests.trials.window import load, many_points, open_window

PAUSE = 0.05  # seconds that the worker has after each gesture, so that its answer is not taken for the gesture's cost


class Gesture(NamedTuple):
    """What is done, the i-th time, and the most that the median of it may take, in ms."""

    text: str
    act: Callable[[MainWindow, int, np.random.Generator], None]
    most: float


def add_point(window: MainWindow, i: int, rng: np.random.Generator) -> None:
    """One point of each class in turn."""
    controller = window.controller
    controller.edit("Add", controller.dataset.with_points(rng.standard_normal((2, 1)), i % 3), controller.new_stroke())


def erase(window: MainWindow, i: int, rng: np.random.Generator) -> None:
    """One point in a thousand, of all classes."""
    controller = window.controller
    kept = controller.dataset.without(rng.random(controller.dataset.m) < 1e-3)
    controller.edit("Erase", kept, controller.new_stroke())


def undo(window: MainWindow, i: int, rng: np.random.Generator) -> None:
    """One change back."""
    window.controller.undo_group.undo()


def change_classes(window: MainWindow, i: int, rng: np.random.Generator) -> None:
    """One class more, one fewer."""
    controller = window.controller
    if i % 2:
        controller.remove_class(controller.dataset.C - 1)
    else:
        controller.add_class()


def load_another(window: MainWindow, i: int, rng: np.random.Generator) -> None:
    """One of the sets that are built in."""
    window.controller.load_built_in(("spiral", "rings", "blobs")[i % 3])


def switch_theme(window: MainWindow, i: int, rng: np.random.Generator) -> None:
    """Light to dark and back."""
    window.actions_by_name["theme"].trigger()


FEW = (
    Gesture("a point, 200 points", add_point, 16),
    Gesture("undo, 200 points", undo, 16),
    Gesture("a class more or fewer", change_classes, 100),
    Gesture("another data set", load_another, 100),
    Gesture("light or dark", switch_theme, 200),
)
MANY = (
    Gesture("a point, 100 000 points", add_point, 30),
    Gesture("an erasing, 100 000 points", erase, 30),
    Gesture("undo, 100 000 points", undo, 30),
)


def cost(app: QApplication, window: MainWindow, gesture: Gesture, count: int, rng: np.random.Generator) -> float:
    """The median of what the window's thread takes for it, painting included."""
    times = []
    for i in range(count):
        began = time.thread_time()
        gesture.act(window, i, rng)
        app.processEvents()
        times.append(1000 * (time.thread_time() - began))
        settle(app)
    print(f"    {gesture.text:32} median {np.median(times):5.1f} ms, at most {max(times):5.1f} ms", flush=True)
    return float(np.median(times))


def settle(app: QApplication) -> None:
    """Let the worker answer, and show that."""
    end = time.monotonic() + PAUSE
    while time.monotonic() < end:
        app.processEvents()


def run(count: int, offset: int) -> Outcome:
    """Each gesture ``count`` times."""
    app, window = open_window()
    settle(app)
    rng, failures, worst = np.random.default_rng(offset), list[str](), 0.0
    for gestures, m in ((FEW, 200), (MANY, 100_000)):
        load(window, many_points(m, rng))
        settle(app)
        for gesture in gestures:
            taken = cost(app, window, gesture, count, rng)
            worst = max(worst, taken / gesture.most)
            if taken > gesture.most:
                failures.append(f"{gesture.text}: {taken:.0f} ms, of {gesture.most:.0f}")
    window.controller.stop()
    return Outcome(len(FEW) + len(MANY), failures, f"at most {worst:.0%} of what a gesture may take")


TRIAL = Trial("the window's time for a gesture", 15, run)
