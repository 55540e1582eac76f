"""Broken project files: refused in a sentence, or a drawing that trains and is the same once it is saved again."""

import copy
import json
import os
import random
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from playground.session.errors import UserError
from playground.session.generators import Recipe
from playground.session.grid import Grid
from playground.session.looking import OVERLAYS, PAGES
from playground.session.messages import Request
from playground.session.project_files import load_project, save_project
from playground.session.settings import Settings
from playground.session.sources import load_built_in
from playground.session.trainer import Trainer
from tests.trials.project_breaks import BREAKS
from tests.trials.trial import Outcome, TooSlow, Trial, crash_text, deadline, in_child, peak_mb

SECONDS = 5  # for each of the small ones
SECONDS_OF_A_LARGE_ONE = 60
LONGEST_SENTENCE = 1000
MOST_MB = 1500
POINTS = (10**5, 10**6)


def run(count: int, offset: int) -> Outcome:
    """Each seed breaks a file; after that what is no file, and many points."""
    warnings.simplefilter("error")
    failures, tally = list[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built_in = load_built_in("blobs", Recipe(points=30), Settings())
        save_project(folder / "whole.softmax", built_in.dataset, built_in.settings)
        whole = json.loads((folder / "whole.softmax").read_bytes())
        for seed in range(offset, offset + count):
            r = random.Random(seed)
            way = r.choice(BREAKS)
            (folder / "case.softmax").write_bytes(way(copy.deepcopy(whole), r))
            verdict = _try(folder / "case.softmax")
            tally[verdict if verdict in ("read", "refused") else "failed"] += 1
            if verdict not in ("read", "refused"):
                failures.append(f"seed {seed}, {way.__name__}: {verdict}")
        cases: list[tuple[Callable[..., str], object]] = [(refuse, path) for path in no_files(folder)]
        cases += [(keep_many, points + offset % 100) for points in POINTS]
        for case, about in cases:
            problem, why = in_child(case, about, seconds=SECONDS_OF_A_LARGE_ONE)
            if problem or problem is None:
                failures.append(f"{about}: {problem or why}")
    figure = ", ".join(f"{number} {verdict}" for verdict, number in tally.most_common())
    return Outcome(count + len(cases), failures, figure)


def _try(path: Path) -> str:
    """``read``, ``refused``, or what went wrong, and where."""
    try:
        with deadline(SECONDS):
            try:
                dataset, settings = load_project(path)
            except UserError as error:
                return "refused" if len(str(error)) < LONGEST_SENTENCE else f"a sentence of {len(str(error))} signs"
            save_project(path, dataset, settings)
            again = load_project(path)
            if again[1] != settings or (again[0].classes, again[0].axes) != (dataset.classes, dataset.axes):
                return "another one once it was saved"
            for name in ("X", "labels", "ranks"):
                if not np.array_equal(getattr(dataset, name), getattr(again[0], name)):
                    return f"another {name} once it was saved"
            _train(Request(dataset, settings, grid=Grid(-1, 1, -1, 1, 32, 32), probe=(0.1, 0.2), running=True))
    except TooSlow as slow:
        return str(slow)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the trial looks for
        return crash_text(error)
    return "read"


def _train(request: Request) -> None:
    """Some steps, with every picture there is."""
    trainer = Trainer(request)
    trainer.snapshot()
    for _ in range(3):
        if trainer.can_step:
            trainer.step()
    everything = frozenset((*PAGES, *OVERLAYS))
    trainer.accept(Request(request.dataset, request.settings, request.grid, (0.1, 0.2), pictures=everything))
    trainer.snapshot()


def no_files(folder: Path) -> list[Path]:
    """What can be named and is no project that can be read."""
    directory, pipe, circle, dangling = (
        folder / f"{name}.softmax" for name in ("folder", "pipe", "circle", "dangling")
    )
    directory.mkdir()
    os.mkfifo(pipe)
    circle.symlink_to(circle)
    dangling.symlink_to(folder / "nowhere")
    devices = [Path("/dev/zero"), Path("/proc/self/mem"), Path("/proc/self/environ")]
    return [directory, pipe, circle, dangling, *devices, folder / f"{'x' * 5000}.softmax", Path("a\0b.softmax")]


def refuse(path: Path) -> str:
    """What is wrong where it is not refused in words."""
    try:
        load_project(path)
    except UserError:
        return ""
    return "it was read"


def keep_many(points: int) -> str:
    """What is wrong where a drawing of so many points, all digits used, cannot be saved and opened again."""
    from tests.trials.window import many_points

    dataset = many_points(points, np.random.default_rng(points))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.softmax"
        save_project(path, dataset, Settings())
        size = path.stat().st_size / 2**20
        same = np.array_equal(load_project(path)[0].X, dataset.X)
    if not same:
        return "other points came back"
    print(f"    {points} points: {size:.0f} MB, at most {peak_mb():.0f} MB of memory", flush=True)
    return f"it took {peak_mb():.0f} MB" if peak_mb() > MOST_MB else ""


TRIAL = Trial("broken project files", 3000, run)
