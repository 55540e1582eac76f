"""kill −9 while a window draws, trains and saves: the file is whole, and holds what was said to be saved."""

import random
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from playground.session.errors import UserError
from playground.session.project_files import load_project
from tests.trials.trial import Outcome, Trial, child
from tests.trials.window import load, many_points, open_window

PATIENCE = 60  # seconds until the first save
LONGEST = 0.15  # seconds from a save to the kill
POINTS = 20_000


def run(count: int, offset: int) -> Outcome:
    """``count`` kills, each after one to three saves and a moment more, the file growing from kill to kill."""
    failures, halves, said = list[str](), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawing.softmax"
        for seed in range(offset, offset + count):
            said = _kill_one(path, random.Random(seed), seed)
            try:
                held = load_project(path)[0].m
            except UserError as error:
                failures.append(f"seed {seed}: {error}")
                continue
            if held < said or said == 0:
                failures.append(f"seed {seed}: it said that {said} points were saved, and the file holds {held}")
            beside = [one for one in Path(folder).iterdir() if one != path]
            halves += len(beside)
            for one in beside:
                one.unlink()
    return Outcome(count, failures, f"{count} kills; {halves} of them left what was half written, beside the file")


def _kill_one(path: Path, r: random.Random, seed: int) -> int:
    """The number of points that the window last said to have saved."""
    said = 0
    with child(draw_and_save, path, seed) as (process, pipe):
        for _ in range(r.randint(1, 3)):
            if not pipe.poll(PATIENCE):
                return 0
            said = pipe.recv()
        process.join(r.random() * LONGEST)
        process.kill()
        with suppress(EOFError):
            while pipe.poll(PATIENCE):
                said = pipe.recv()
    return said


def draw_and_save(path: Path, seed: int, pipe: Connection) -> None:
    """Without end; the number of points goes down the pipe once it is saved."""
    app, window = open_window()
    controller, rng = window.controller, np.random.default_rng(seed)
    load(window, many_points(POINTS, rng))
    controller.set_setting("speed", "max")
    controller.toggle_training()
    window.documents.path = path
    while True:
        app.processEvents()
        X = rng.standard_normal((2, 50))
        controller.edit("Draw", controller.dataset.with_points(X, int(rng.integers(3))), controller.new_stroke())
        if window.documents.save():
            pipe.send(controller.dataset.m)


TRIAL = Trial("killed while saving", 15, run)
