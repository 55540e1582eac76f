"""The program on a real display, ended from outside while it trains on a drawing that is not saved: nothing is lost."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from playground.session.project_files import load_project
from tests.trials.trial import Outcome, Trial, child

PATIENCE = 60  # seconds for a start
LONGEST = 1.0  # seconds from the first frame to the end
ENDING = 10  # seconds that an end may take
LOST = "display"


class End(NamedTuple):
    """How it is ended, and what must come of it: how many questions, how many rescued drawings, the exit code."""

    signal: str
    questions: int
    rescued: int
    code: int | None  # None: whatever it is


ENDS = (
    End("SIGINT", 1, 0, 0),
    End("SIGTERM", 0, 1, 0),
    End("SIGHUP", 0, 1, 0),
    End(LOST, 0, 1, None),
    End("SIGKILL", 0, 0, -9),  # nobody is told: what is not saved is lost, and nothing else
)


def run(count: int, offset: int) -> Outcome:
    """Each end ``count`` times, at a random moment."""
    if shutil.which("Xvfb") is None:
        return Outcome(0, ["it needs Xvfb, a display without a screen"])
    failures = []
    for seed in range(offset, offset + count):
        for end in ENDS:
            with tempfile.TemporaryDirectory() as home:
                problem = _end_one(end, seed, Path(home))
            if problem:
                failures.append(f"{end.signal}, seed {seed}: {problem}")
    return Outcome(count * len(ENDS), failures, f"{len(ENDS)} ends")


@contextmanager
def display() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """An X server of its own, and its name."""
    reading, writing = os.pipe()
    command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-noreset")
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as numbers:
            name = f":{numbers.readline().strip()}"
        try:
            yield server, name
        finally:
            server.kill()


def _end_one(end: End, seed: int, home: Path) -> str:
    """What is wrong with what comes of it."""
    r, questions, m = random.Random(seed), 0, 0
    with display() as (server, name), child(draw_and_train, name, home, seed) as (process, pipe):
        if not pipe.poll(PATIENCE):
            return "it did not start"
        m = pipe.recv()
        process.join(r.random() * LONGEST)
        if end.signal == LOST:
            server.kill()
        else:
            os.kill(process.pid or 0, getattr(signal, end.signal))
        process.join(ENDING)
        code = process.exitcode
        with suppress(EOFError):
            while pipe.poll():
                questions += pipe.recv() == "asked"
    drawings = [load_project(path)[0].m for path in home.rglob("*.softmax")]
    if code is None:
        return "it lives on"
    if drawings != [m] * end.rescued or questions != end.questions or end.code not in (None, code):
        return f"exit {code}, {questions} questions, rescued {drawings} where {m} points were drawn"
    return ""


def draw_and_train(name: str, home: Path, seed: int, pipe: Connection) -> None:
    """The program as it is started; how many points there are goes down the pipe, and "asked" for each question."""
    os.environ |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    os.environ |= {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    from PyQt6.QtWidgets import QMessageBox

    from playground import app as program
    from playground.gui.main_window import MainWindow

    def discard(*_a: object, **_k: object) -> QMessageBox.StandardButton:
        pipe.send("asked")
        return QMessageBox.StandardButton.Discard

    def make_and_draw() -> MainWindow:
        window = make_window()
        controller, frames = window.controller, list[None]()

        def count(_snapshot: object) -> None:
            frames.append(None)
            if len(frames) == 5:
                pipe.send(controller.dataset.m)

        for i in range(1 + seed % 5):
            controller.edit("Draw", controller.dataset.with_points([[0.1 * i], [0.5]], 0), controller.new_stroke())
        controller.set_setting("speed", "max")
        controller.toggle_training()
        controller.snapshot_ready.connect(count)
        return window

    QMessageBox.question = discard  # type: ignore[method-assign]
    make_window, program.make_window = program.make_window, make_and_draw
    raise SystemExit(program.main([]))


TRIAL = Trial("signals, and a lost display", 3, run)
