"""The time of one training step, beside PyTorch, scikit-learn and JAX on the same data."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.rivals import CONTENDERS, STEPS, Contender, Problem
from tests.benchmarks.stopwatch import in_turns

CASES = (((2, 8, 8, 4), 400), ((2, 4), 200), ((2, 32, 32, 6), 2000), ((2, 8, 8, 4), 10))
TOLERANCE = 1e-3  # relative difference in J between two ways to compute the same float32 steps
HEADER = ["network", "m", "library", "min µs", "median µs", "x ours", f"J after {STEPS} steps", "differs by"]


def rows(rounds: int) -> list[list[str]]:
    """Table rows, the header first; "x ours" is the median over rounds of a library's time by ours."""
    return [HEADER, *(row for sizes, m in CASES for row in case_rows(sizes, m, rounds))]


def case_rows(sizes: tuple[int, ...], m: int, rounds: int) -> list[list[str]]:
    """One row a library. All make the same number of steps a round, so all train at the same stage."""
    problem = Problem.make(sizes, m)
    built = {name: _build(contender, problem) for name, contender in CONTENDERS.items()}
    present = {name: contender for name, contender in built.items() if contender}
    checks = _checks(list(present.values()))
    microseconds = in_turns([contender.run for contender in present.values()], rounds) / STEPS * 1e6
    cells = {
        name: [*_timing_cells(times, microseconds[0]), *check]
        for name, times, check in zip(present, microseconds, checks, strict=True)
    }
    start = ["-".join(map(str, sizes)), str(m)]
    return [[*start, name, *cells.get(name, ["not installed", "", "", "", ""])] for name in built]


def _build(contender: Callable[[Problem], Contender], problem: Problem) -> Contender | None:
    try:
        return contender(problem)
    except ImportError:
        return None


def _checks(contenders: list[Contender]) -> list[list[str]]:
    """J of each after its first run, and how far that is from the first one's, relatively."""
    for contender in contenders:
        contender.run()
    costs = [contender.cost() if contender.cost else None for contender in contenders]
    return [_check_cells(cost, costs[0]) for cost in costs]


def _check_cells(cost: float | None, ours: float | None) -> list[str]:
    if cost is None or ours is None:
        return ["own start", ""]
    difference = abs(cost / ours - 1)
    return [f"{cost:.6f}", f"{difference:.0e}{' NOT THE SAME' if difference > TOLERANCE else ''}"]


def _timing_cells(times: NDArray[np.float64], ours: NDArray[np.float64]) -> list[str]:
    return [f"{times.min():.1f}", f"{np.median(times):.1f}", f"{np.median(times / ours):.2f}"]
