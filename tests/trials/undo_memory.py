"""What undo takes of memory when strokes are made on 100 000 and on 10⁶ points, and that it still goes back exactly."""

import numpy as np

from playground.gui.commands import MOST_BYTES
from tests.trials.trial import Outcome, Trial, resident_mb
from tests.trials.window import load, many_points, open_window

SLACK = 150  # MB, for what Qt and the worker keep of so many points


def run(count: int, offset: int) -> Outcome:
    """``count`` strokes on 100 000 points, a tenth of that on a million."""
    app, window = open_window()
    controller, rng, failures, largest = window.controller, np.random.default_rng(offset), list[str](), 0.0
    for m, strokes in ((100_000, count), (1_000_000, max(count // 10, 5))):
        load(window, many_points(m, rng))
        app.processEvents()
        before, drawings = resident_mb(), [controller.dataset.m]
        for _ in range(strokes):
            stroke = controller.new_stroke()
            for _ in range(5):
                points = controller.dataset.with_points(rng.standard_normal((2, 2)), 0)
                controller.edit("Spray", points, stroke)
            drawings.append(controller.dataset.m)
            app.processEvents()
        grown = resident_mb() - before
        largest = max(largest, grown)
        kept = controller.undo_stack.count()
        for _ in range(kept):
            controller.undo_group.undo()
        if controller.dataset.m != drawings[-1 - kept] or not kept:
            failures.append(f"{m} points: {kept} undone, and {controller.dataset.m} points are left")
        if grown > MOST_BYTES / 2**20 + SLACK:
            failures.append(f"{m} points: {strokes} strokes take {grown:.0f} MB")
        print(f"    {m} points, {strokes} strokes: {grown:+.0f} MB, {kept} can be undone", flush=True)
    controller.stop()
    return Outcome(2, failures, f"at most {largest:.0f} MB")


TRIAL = Trial("strokes on 100 000 and 10⁶ points", 300, run)
