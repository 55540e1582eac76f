"""A window for a trial, in a real event loop: only that deletes what is to be deleted later."""

from collections.abc import Callable

import numpy as np
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from playground.app import make_application, make_window
from playground.gui.main_window import MainWindow
from playground.session.dataset import Dataset, class_labels
from playground.session.sources import Loaded


def open_window() -> tuple[QApplication, MainWindow]:
    """The window as the program opens it."""
    app = make_application()
    window = make_window()
    window.resize(1440, 900)
    window.show()
    return app, window


def every(milliseconds: int, tick: Callable[[], None]) -> QTimer:
    """Call again and again from the event loop, for as long as the timer is held."""
    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(milliseconds)
    return timer


def many_points(m: int, rng: np.random.Generator) -> Dataset:
    """Points of three classes, all over each other."""
    return Dataset(rng.standard_normal((2, m)), rng.integers(0, 3, m), rng.random(m), class_labels(3), name="many")


def load(window: MainWindow, dataset: Dataset) -> None:
    """Put it on the plane, with nothing to undo."""
    window.controller.load(Loaded(dataset, window.controller.settings), "Load")
    window.controller.undo_stack.clear()
