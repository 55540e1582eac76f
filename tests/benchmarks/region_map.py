"""The time from parameters to a picture of the regions, stage by stage."""

from collections.abc import Callable

import numpy as np

from playground.gui.palette import LIGHT, region_picture, region_table
from playground.nn import Network, with_ones
from playground.session.regions import border_lines, winners
from tests.benchmarks.stopwatch import in_turns

RESOLUTIONS = (128, 256, 512)
HEADER = ["n", "stage", "min ms", "median ms"]


def rows(rounds: int) -> list[list[str]]:
    """Table rows, the header first."""
    return [HEADER, *(row for n in RESOLUTIONS for row in measure(n, rounds))]


def measure(n: int, rounds: int) -> list[list[str]]:
    """One row a stage for a map of n x n points."""
    net = Network((2, 8, 8, 4))
    axis = np.linspace(-1, 1, n)
    inputs = with_ones(np.stack(np.meshgrid(axis, axis)).reshape(2, -1))
    probabilities = net.probabilities_of(inputs).reshape(-1, n, n)
    winner, confidence = winners(probabilities)
    table = region_table(tuple(range(len(probabilities))), LIGHT)
    stages: list[tuple[str, Callable[[], object]]] = [
        ("probabilities", lambda: net.probabilities_of(inputs)),
        ("winners", lambda: winners(probabilities)),
        ("colours", lambda: region_picture(winner, confidence, table)),
        ("borders", lambda: border_lines(probabilities, winner)),
    ]
    milliseconds = in_turns([stage for _, stage in stages], rounds) * 1e3
    return [
        [str(n), name, f"{times.min():.2f}", f"{np.median(times):.2f}"]
        for (name, _), times in zip(stages, milliseconds, strict=True)
    ]
