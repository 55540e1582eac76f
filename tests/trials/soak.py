"""Flat out with a batch of edits each second: memory, objects and frames over time."""

import gc
import time
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QObject

from playground.gui.main_window import MainWindow
from playground.session.looking import OVERLAYS, PAGES
from tests.trials.trial import Outcome, Trial, resident_mb
from tests.trials.window import every, open_window

LOOK = 10  # seconds between two looks at the memory
WARM = 120  # seconds until caches are full
MOST_GROWTH = 0.5  # MB a minute, undo emptied now and then
MOST_OBJECTS = 1.0  # a minute
SETS, PAGE_NAMES = ("blobs", "spiral", "rings", "moons"), tuple(PAGES)


@dataclass(frozen=True)
class Look:
    """What was in use at a time, in seconds since the beginning."""

    seconds: float
    mb: float
    frames: int


def pour(window: MainWindow, rng: np.random.Generator, _tick: int) -> None:
    """A stroke of 40 points."""
    controller = window.controller
    stroke = controller.new_stroke()
    for _ in range(20):
        X, label = rng.standard_normal((2, 2)) / 2, int(rng.integers(controller.dataset.C))
        controller.edit("Spray", controller.dataset.with_points(X, label), stroke)


def erase(window: MainWindow, rng: np.random.Generator, _tick: int) -> None:
    """A third of the points."""
    controller = window.controller
    controller.edit(
        "Erase", controller.dataset.without(rng.random(controller.dataset.m) < 0.3), controller.new_stroke()
    )


def go_back(window: MainWindow, _rng: np.random.Generator, _tick: int) -> None:
    """Three steps back and two forth."""
    group = window.controller.undo_group
    for step in (group.undo,) * 3 + (group.redo,) * 2:
        step()


def change_classes(window: MainWindow, _rng: np.random.Generator, _tick: int) -> None:
    """One more, or where there are six one fewer."""
    controller = window.controller
    if controller.dataset.C < 6:
        controller.add_class()
    else:
        controller.remove_class(0)


def turn_page(window: MainWindow, _rng: np.random.Generator, tick: int) -> None:
    """To the next one, with everything laid over the plane on every second."""
    turn = tick // TURN if tick > WARM else tick // 2
    overlays = frozenset(OVERLAYS) if turn % 2 else frozenset[str]()
    window.controller.show(page=PAGE_NAMES[turn % len(PAGE_NAMES)], overlays=overlays)


def load_another(window: MainWindow, _rng: np.random.Generator, tick: int) -> None:
    """The next set."""
    window.controller.load_built_in(SETS[tick % len(SETS)])


def switch_theme(window: MainWindow, _rng: np.random.Generator, _tick: int) -> None:
    """Light to dark and back."""
    window.actions_by_name["theme"].trigger()


def forget(window: MainWindow, _rng: np.random.Generator, _tick: int) -> None:
    """Empty undo: what it holds is its own, and limited by bytes of its own."""
    window.controller.undo_stack.clear()


TURN = 10
# Seconds between two of each.
EDITS = (
    (1, pour),
    (3, erase),
    (5, go_back),
    (7, change_classes),
    (TURN, turn_page),
    (40, forget),
    (45, switch_theme),
    (61, load_another),
)
# Each page in both themes, with and without overlays, so that caches are full before memory counts.
WARMING = ((1, pour), (2, turn_page), (3, erase), (5, go_back), (7, change_classes), (23, switch_theme))


def rest(window: MainWindow, tick: int) -> None:
    """Three classes, and each page once: a page that is hidden has as many objects as the classes it last showed."""
    controller = window.controller
    while controller.dataset.C > 3:
        controller.remove_class(0)
    controller.show(page=PAGE_NAMES[tick % len(PAGE_NAMES)], overlays=frozenset())
    controller.undo_stack.clear()


RESTING = len(PAGE_NAMES) + 2  # seconds


def run(count: int, offset: int) -> Outcome:
    """``count`` seconds of it."""
    app, window = open_window()
    controller, rng = window.controller, np.random.default_rng(offset)
    frames, tick, looks, counts, began = [0], [0], list[Look](), dict[float, int](), time.monotonic()
    warm, end = min(WARM, count / 3), count - RESTING
    controller.snapshot_ready.connect(lambda _: frames.__setitem__(0, frames[0] + 1))
    controller.set_setting("speed", "max")

    def each_second() -> None:
        tick[0] += 1
        seconds = time.monotonic() - began
        rests = [start for start in (warm, end) if 0 <= seconds - start <= RESTING]
        if rests:
            counts[rests[0]] = len(window.findChildren(QObject))  # in the end, after the last page
            rest(window, tick[0])
        else:
            for period, edit in EDITS if seconds > warm else WARMING:
                if tick[0] % period == 0:
                    edit(window, rng, tick[0])
        if not controller.request.running:
            controller.toggle_training()
        if seconds > LOOK * (len(looks) + 1):
            gc.collect()
            looks.append(Look(seconds, resident_mb(), frames[0]))
            print(f"    {seconds:4.0f} s  {looks[-1].mb:6.1f} MB  {frames[0]} frames", flush=True)
        if seconds > count:
            app.exit()

    timer = every(1000, each_second)
    app.exec()
    timer.stop()
    controller.stop()
    objects = (counts[end] - counts[warm]) / (end - warm) * 60
    return judge([look for look in looks if look.seconds > warm], objects, count)


def judge(looks: list[Look], objects: float, seconds: int) -> Outcome:
    """A line through memory once the caches are full, beside the objects that came in a minute; frames, too."""
    growth = float(np.polyfit([look.seconds / 60 for look in looks], [look.mb for look in looks], 1)[0])
    half = len(looks) // 2
    first, last = (_rate(part) for part in (looks[: half + 1], looks[half:]))
    failures = [f"memory grows by {growth:.2f} MB a minute"] if growth > MOST_GROWTH else []
    if objects > MOST_OBJECTS:
        failures.append(f"{objects:.1f} objects more a minute")
    figure = f"{growth:+.2f} MB, {objects:+.1f} objects a minute; {first:.0f}, then {last:.0f} frames/s"
    return Outcome(seconds, failures, figure)


def _rate(looks: list[Look]) -> float:
    return (looks[-1].frames - looks[0].frames) / (looks[-1].seconds - looks[0].seconds)


TRIAL = Trial("training flat out while everything is edited, in seconds", 600, run)
