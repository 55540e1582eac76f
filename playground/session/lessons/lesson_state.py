"""What a task of a lesson can be about, and what can be said of it: each says so of the state now.

Those that tell what has happened are given the state when the step began, ``before``, too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.session.grid import Point
from playground.session.looking import Looking, framed_cell
from playground.session.messages import Request, Snapshot
from playground.session.stages.stages import stages
from playground.session.worked_example import point_at

CLOSE = 5e-4  # numbers on a desk agree to three decimals


@dataclass(frozen=True, slots=True, eq=False)
class LessonState:
    """All that a task can be about: what is asked for, what came of it so far, and what is looked at."""

    request: Request
    snapshot: Snapshot | None
    looking: Looking

    @property
    def moment(self) -> Snapshot | None:
        """The moment of the present run; None while the last one known is of another run."""
        return self.snapshot if self.snapshot is not None and self.snapshot.run_id == self.request.run_id else None


def gone_on(before: LessonState, now: LessonState, count: Callable[[Snapshot], int]) -> int:
    """How far a count of the run has come since the step began; from 0 where the run began later."""
    if now.moment is None:
        return 0
    is_same_run = before.request.run_id == now.request.run_id and before.moment is not None
    return count(now.moment) - (count(before.moment) if is_same_run and before.moment else 0)


def steps_made(before: LessonState, now: LessonState) -> int:
    """Steps of training since the step began."""
    return gone_on(before, now, lambda moment: moment.step)


def checks_made(before: LessonState, now: LessonState) -> int:
    """Gradient checks finished since the step began."""
    return gone_on(before, now, lambda moment: moment.checks_done)


def points_added(before: LessonState, now: LessonState) -> int:
    """How many more points there are, negative where there are fewer."""
    return now.request.dataset.m - before.request.dataset.m


def has_begun_anew(before: LessonState, now: LessonState) -> bool:
    """Whether this is another run."""
    return now.request.run_id != before.request.run_id


def is_pinned(now: LessonState, what: str) -> bool:
    """Whether the probe is pinned: to a "spot" of any kind, a "point" of the data, or a "miss", a misclassified one."""
    pin = now.looking.pin
    if pin is None or what == "spot":
        return pin is not None
    return _is_missed(now, pin) if what == "miss" else point_at(now.request.dataset, pin) is not None


def _is_missed(now: LessonState, pin: Point) -> bool:
    """Whether the calculation that is shown is that of a point at the pin, and makes another class most probable."""
    example = now.moment.example if now.moment is not None else None
    table = example.softmax if example is not None and example.point == pin else None
    return table is not None and table.label is not None and bool(table.hardmax[table.label] == 0)


def is_cell_chosen(now: LessonState, what: str) -> bool:
    """Whether a cell of the confusion matrix is chosen, "any" or a "miss", one off the diagonal; or "none" is."""
    cell = framed_cell(now.looking, now.request.dataset.C)
    if what == "none":
        return cell is None
    return cell is not None and (what == "any" or cell.is_miss)


def are_close(values: Iterable[float], wanted: Iterable[float]) -> bool:
    """Whether two rows of numbers are as long and agree to three decimals."""
    found, expected = tuple(values), tuple(wanted)
    return len(found) == len(expected) and all(abs(a - b) < CLOSE for a, b in zip(found, expected, strict=True))


def is_desk_shifted(before: LessonState, now: LessonState, least: float) -> bool:
    """Whether every z on the desk has moved by the same amount, of at least this."""
    old, new = before.looking.desk.Z, now.looking.desk.Z
    if len(old) != len(new):
        return False
    moves = [b - a for a, b in zip(old, new, strict=True)]
    return max(moves) - min(moves) < CLOSE and min(map(abs, moves)) > least - CLOSE


def is_stage_reached(now: LessonState, stage: str) -> bool:
    """Whether the step taken apart is on screen and has come to this stage or past it."""
    order = stages(len(now.request.settings.hidden) + 1)
    return now.looking.page == "step" and stage in order[: now.looking.stage + 1]


def has_settings(now: LessonState, values: Mapping[str, Any]) -> bool:
    """Whether these settings have these values."""
    return all(getattr(now.request.settings, name) == value for name, value in values.items())
