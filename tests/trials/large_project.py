"""10⁶ points in the window: saved by its own key's action, opened again in another window, the same to the last bit."""

import tempfile
import time
from pathlib import Path

import numpy as np
from PyQt6.QtTest import QTest

from playground.session.dataset import Dataset
from tests.trials.trial import Outcome, Trial, in_child, peak_mb
from tests.trials.window import load, many_points, open_window

LONGEST = 240  # seconds for one
MS = 5  # between two looks
MOST_MB = 2000


def run(count: int, offset: int) -> Outcome:
    """``count`` drawings, each larger than the one before."""
    sizes = [10**6 + offset % 1000 + 250_000 * i for i in range(count)]
    failures, figures = list[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.softmax"
        for m in sizes:
            for step in (save, open_again):
                found, why = in_child(step, path, m, seconds=LONGEST)
                problem, figure = found or (why, "")
                if problem:
                    failures.append(f"{m} points, {step.__name__}: {problem}")
                figures.append(figure)
    return Outcome(len(sizes), failures, "; ".join(figures[:2]))


def save(path: Path, m: int) -> tuple[str, str]:
    """What is wrong, and what it took, where so many points are put on the plane and saved."""
    app, window = open_window()
    load(window, _drawing(m))
    app.processEvents()
    controller = window.controller
    window.documents.path = path
    began = time.monotonic()
    window.actions_by_name["save"].trigger()
    seconds = time.monotonic() - began
    controller.stop()
    if not path.exists() or controller.has_unsaved_work:
        return "it was not saved", ""
    return _judged(f"{path.stat().st_size / 2**20:.0f} MB saved in {seconds:.1f} s")


def open_again(path: Path, m: int) -> tuple[str, str]:
    """What is wrong, and what it took, where the file is opened."""
    _, window = open_window()
    controller = window.controller
    began = time.monotonic()
    window.documents.opening.open(path)
    while window.documents.opening.is_reading:
        QTest.qWait(MS)
    seconds = time.monotonic() - began
    QTest.qWait(1000)  # shown
    controller.stop()
    expected, dataset = _drawing(m), controller.dataset
    for name in ("X", "labels", "ranks"):
        if not np.array_equal(getattr(dataset, name), getattr(expected, name)):
            return f"another {name}: {window.notice.text()}", ""
    return _judged(f"opened in {seconds:.1f} s")


def _drawing(m: int) -> Dataset:
    return many_points(m, np.random.default_rng(m))


def _judged(figure: str) -> tuple[str, str]:
    return (f"it took {peak_mb():.0f} MB" if peak_mb() > MOST_MB else ""), f"{figure}, {peak_mb():.0f} MB"


TRIAL = Trial("a million points, saved and opened", 2, run)
