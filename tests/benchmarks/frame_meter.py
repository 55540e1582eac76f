"""The frame meter: the real window at 1440 x 900, training flat out."""

import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np

CLICKS = 25
ROUNDS, SETTLE_MS, WARM_UP, BARE_SECONDS = 12, 300, 1.5, 0.4  # of training, in turn bare and in the window
BARE: dict[str, Any] = {"page": "desk"}  # which needs nothing of the run
WORKED: dict[str, Any] = {"page": "spot", "pin": (0.3, 0.2), "overlays": frozenset({"ties", "haloes", "misses"})}
POINTS: dict[str, Any] = WORKED | {"page": "points"}

START_APP = """
from PyQt6.QtCore import QTimer
from playground.app import make_application, make_window
app = make_application()
window = make_window()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
window.controller.stop()
"""
START_EMPTY_PLOT = """
from PyQt6.QtCore import QTimer
import pyqtgraph
app = pyqtgraph.mkQApp()
window = pyqtgraph.plot()
QTimer.singleShot(0, app.quit)
app.exec()
"""


def rows(seconds: float) -> list[list[str]]:
    """What was measured, a line each: name, figure, the design's figure."""
    small = _flat_out(400, seconds)
    large = _flat_out(100_000, seconds)
    worked, points, linear = (_flat_out(400, seconds, looks, **more) for looks, more in _EXPLAINED)
    start, empty = _start_seconds(START_APP), _start_seconds(START_EMPTY_PLOT)
    return [
        ["what", "measured", "asked"],
        ["frames a second", f"{small['fps']:.1f}", "60"],
        ["frame time p50 / p99 (ms)", f"{small['p50']:.1f} / {small['p99']:.1f}", "p99 < 20"],
        ["longest stall of the GUI thread (ms)", f"{small['stall']:.1f}", ""],
        ["training rate kept while drawing", f"{small['kept']:.0%} of {small['bare']:,.0f} steps/s", ">= 50 %"],
        [
            "click to point on screen, median / worst (ms)",
            f"{small['point']:.1f} / {small['point_worst']:.1f}",
            "<= 16",
        ],
        ["click to region that knows it (ms)", f"{small['region']:.1f} / {small['region_worst']:.1f}", "<= 50"],
        ["GUI time of a frame, 400 / 100 000 points (ms)", f"{small['busy']:.2f} / {large['busy']:.2f}", "<= 1.5 x"],
        *(
            [f"{name}: frames a second, p99 (ms), rate kept", _in_short(figures), "60, < 20, >= 50 %"]
            for name, figures in (
                ("worked example, borders, residuals", worked),
                ("table of points, borders, residuals", points),
                ("worked example and J*, no hidden layers", linear),
            )
        ),
        ["frames a second with 100 000 points", f"{large['fps']:.1f}, p99 {large['p99']:.1f} ms", "60"],
        ["start to window / to an empty plot (s)", f"{start:.2f} / {empty:.2f} = {start / empty:.2f} x", "<= 2 x"],
    ]


_EXPLAINED: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = ((WORKED, {}), (POINTS, {}), (WORKED, {"hidden": ()}))


def _in_short(figures: dict[str, float]) -> str:
    return f"{figures['fps']:.1f}, {figures['p99']:.1f}, {figures['kept']:.0%}"


def _flat_out(
    points: int, seconds: float, looks: dict[str, Any] = BARE, hidden: tuple[int, ...] = (8, 8)
) -> dict[str, float]:
    """Figures of a window that trains a network on a spiral of four classes as fast as it can, looked at so."""
    from PyQt6.QtWidgets import QApplication

    from playground.app import make_application, make_window

    app = QApplication.instance() or make_application()
    window = make_window()
    window.resize(1440, 900)
    window.show()
    controller = window.controller
    for _ in range(controller.dataset.C, 4):
        controller.add_class()
    controller.load_built_in("spiral")
    controller.set_recipe("points", points)
    controller.set_setting("hidden", hidden)
    controller.set_setting("speed", "max")
    _wait(500)
    controller.show(**looks)
    meter = _Meter(window)
    bare, kept = _rates(window, meter, seconds)
    controller.toggle_training()
    _wait(300)
    figures = meter.figures() | {"bare": bare, "kept": kept}
    figures |= _click_latencies(window, meter)
    controller.keep()
    window.close()
    window.deleteLater()
    del app
    return figures


def _rates(window: Any, meter: "_Meter", seconds: float) -> tuple[float, float]:
    """Steps a second of the bare loop, and the share of them that the window keeps: medians over many short rounds.

    The two take turns, since what a machine gives one program may double or halve from one second to the next. The
    bare loop trains the same alone in this process, and like the window's its curve is thinned before it counts.
    """
    from playground.session.trainer import Trainer

    controller = window.controller
    bare_trainer = Trainer(replace(controller.request, pictures=frozenset()))
    _rate(bare_trainer, WARM_UP)
    controller.toggle_training()
    _wait(int(1000 * WARM_UP))
    controller.pause()
    bare, kept = [], []
    for _ in range(ROUNDS):
        _wait(SETTLE_MS)
        bare.append(_rate(bare_trainer, BARE_SECONDS))
        controller.toggle_training()
        _wait(SETTLE_MS)
        meter.watch()
        before, started = meter.step, time.perf_counter()
        _wait(int(1000 * seconds / ROUNDS))
        rate = (meter.step - before) / (time.perf_counter() - started)
        meter.rest()
        controller.pause()
        kept.append(rate / bare[-1])
    return float(np.median(bare)), float(np.median(kept))


def _rate(trainer: Any, seconds: float) -> float:
    """Steps a second of a trainer alone."""
    before, started = trainer.step_count, time.perf_counter()
    while time.perf_counter() < started + seconds:
        trainer.step()
    return (trainer.step_count - before) / (time.perf_counter() - started)


def _wait(milliseconds: int) -> None:
    """Let the event loop run as it does in the app; QTest.qWait would sleep ten milliseconds at a time."""
    from PyQt6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class _Meter:
    """Watches the plane's paint events, the controller's frames and a fast timer."""

    def __init__(self, window: Any) -> None:
        from PyQt6.QtCore import QEvent, QObject, Qt, QTimer

        meter = self
        self.paints: list[float] = []
        self.intervals: list[float] = []  # between paints, and between ticks, in the watched stretches
        self.waits: list[float] = []
        self.shown: list[tuple[float, Any]] = []
        self.ticks: list[float] = []
        self.busy: list[float] = []
        self.step = 0

        class Watcher(QObject):
            def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
                if event is not None and event.type() == QEvent.Type.Paint:
                    meter.paints.append(time.perf_counter())
                return False

        self._watcher = Watcher()
        window.plane.viewport().installEventFilter(self._watcher)
        window.controller.snapshot_ready.connect(self._on_snapshot)
        self._timer = QTimer(self._watcher)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.ticks.append(time.perf_counter()))
        self._timer.start(2)
        frame = window.controller.frame

        def timed_frame() -> None:
            start = time.perf_counter()
            frame()
            window.plane.viewport().repaint()
            self.busy.append(time.perf_counter() - start)

        self._timed_frame = timed_frame

    def _on_snapshot(self, snapshot: Any) -> None:
        self.step = snapshot.step
        self.shown.append((time.perf_counter(), snapshot.dataset))

    def watch(self) -> None:
        """Begin a stretch that counts."""
        self.paints.clear()
        self.ticks.clear()

    def rest(self) -> None:
        """End it."""
        self.intervals += list(1000 * np.diff(self.paints))
        self.waits += list(1000 * np.diff(self.ticks))

    def figures(self) -> dict[str, float]:
        for _ in range(60):
            self._timed_frame()
            _wait(10)
        return {
            "fps": 1000 / float(np.mean(self.intervals)),
            "p50": float(np.percentile(self.intervals, 50)),
            "p99": float(np.percentile(self.intervals, 99)),
            "stall": max(self.waits),
            "busy": 1000 * float(np.median(self.busy)),
        }


def _click_latencies(window: Any, meter: _Meter) -> dict[str, float]:
    """Milliseconds from a press on the plane to its point, and to regions computed with it, on screen."""
    from PyQt6.QtCore import QPoint, Qt
    from PyQt6.QtTest import QTest

    rng = np.random.default_rng(0)
    to_point, to_region = [], []
    viewport = window.plane.viewport()
    for _ in range(CLICKS):
        place = QPoint(int(viewport.width() * rng.uniform(0.2, 0.9)), int(viewport.height() * rng.uniform(0.1, 0.8)))
        started = time.perf_counter()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        dataset = window.controller.dataset
        clicked = time.perf_counter()
        _wait(500)
        to_point.append(1000 * (next(t for t in meter.paints if t > clicked) - started))
        region = next(t for t, shown in meter.shown if shown is dataset)
        to_region.append(1000 * (next(t for t in meter.paints if t >= region) - started))
    return {
        "point": float(np.median(to_point)),
        "point_worst": max(to_point),
        "region": float(np.median(to_region)),
        "region_worst": max(to_region),
    }


def _start_seconds(program: str, runs: int = 5) -> float:
    """Median seconds of a process that opens a window, paints it once and ends."""
    seconds = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return float(np.median(seconds[1:]))
