"""When a task is done: each condition holds for the states that its sentence says, and for none beside them."""

from dataclasses import replace
from typing import Any

import pytest

from playground.session.confusion import Cell
from playground.session.dataset import Dataset
from playground.session.generators import Recipe, generate
from playground.session.grid import Point
from playground.session.lessons.lesson_conditions import CONDITIONS, all_hold
from playground.session.lessons.lesson_state import LessonState
from playground.session.lessons.lessons import Step, is_done
from playground.session.looking import Desk, Looking
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer

BLOBS = generate(Recipe("blobs", points=12))
START = Request(BLOBS, Settings(), run_id=4)
MOMENT = replace(Trainer(START).snapshot(), step=10, epoch=2.5, cost=0.5, accuracy=0.75, checks_done=3)


def state(*, snapshot: dict[str, Any] | None = None, desk: dict[str, Any] | None = None, **changes: Any) -> LessonState:
    """The state of `START` and `MOMENT`, with fields of the request, of what is looked at, and of the settings."""
    looks = {name: changes.pop(name) for name in list(changes) if name in Looking.__dataclass_fields__}
    values = {name: changes.pop(name) for name in list(changes) if name in Settings.__dataclass_fields__}
    request = replace(START, **changes, settings=replace(START.settings, **values))
    looking = replace(Looking(desk=replace(Desk(), **(desk or {}))), **looks)
    return LessonState(request, replace(MOMENT, run_id=request.run_id, **(snapshot or {})), looking)


def drawn(count: int) -> Dataset:
    return BLOBS.with_points([[0.1] * count, [0.2] * count], 0)


def shifted(*moves: float) -> dict[str, Any]:
    return {"Z": tuple(z + move for z, move in zip(Desk().Z, moves, strict=True))}


def framing(label: int | None, predicted: int | None) -> LessonState:
    return state(page="points", cell=Cell(False, label, predicted))


def answered(probe: Point, pin: Point) -> LessonState:
    """With the calculation at one spot, and the pin on another or the same."""
    return state(pin=pin, snapshot={"example": Trainer(replace(START, probe=probe)).snapshot().example})


def point(index: int) -> Point:
    return float(BLOBS.X[0, index]), float(BLOBS.X[1, index])


IS_RIGHT = Trainer(START).network.probabilities(BLOBS.X).argmax(axis=0) == BLOBS.labels
POINT, RIGHT, MISSED = point(3), point(int(IS_RIGHT.argmax())), point(int(IS_RIGHT.argmin()))

# condition, its value, what holds now, what does not
CASES: list[tuple[str, Any, list[LessonState], list[LessonState]]] = [
    (
        "trained",
        5,
        [state(snapshot={"step": 15}), state(snapshot={"step": 16})],
        [state(), state(snapshot={"step": 14})],
    ),
    ("trained", 5, [state(run_id=5, snapshot={"step": 5})], [state(run_id=5, snapshot={"step": 4})]),
    ("steps", 11, [state(snapshot={"step": 11})], [state()]),
    ("epochs", 3.0, [state(snapshot={"epoch": 3})], [state()]),
    ("cost_below", 0.5, [state(snapshot={"cost": 0.49})], [state(), state(snapshot={"cost": None})]),
    ("cost_above", 0.5, [state(snapshot={"cost": 0.51})], [state(), state(snapshot={"cost": None})]),
    ("accuracy", 0.8, [state(snapshot={"accuracy": 0.8})], [state(), state(snapshot={"accuracy": None})]),
    ("drawn", 2, [state(dataset=drawn(2)), state(dataset=drawn(3))], [state(), state(dataset=drawn(1))]),
    ("erased", 1, [state(dataset=BLOBS.without(BLOBS.labels == 0))], [state(), state(dataset=drawn(1))]),
    ("classes", 4, [state(dataset=BLOBS.with_class())], [state(), state(dataset=BLOBS.with_class().with_class())]),
    ("page", "twin", [state(page="twin")], [state(), state(page="desk")]),
    (
        "spot_view",
        "why_log",
        [state(page="spot", spot_view="why_log")],
        [state(), state(page="points", spot_view="why_log"), state(page="spot", spot_view="derivation")],
    ),
    ("pinned", "spot", [state(pin=(5, 5)), state(pin=POINT)], [state()]),
    ("pinned", "point", [state(pin=POINT)], [state(), state(pin=(5, 5))]),
    ("pinned", "miss", [answered(MISSED, MISSED)], [state(), answered(RIGHT, RIGHT), answered(MISSED, POINT)]),
    ("pinned", "miss", [], [state(pin=MISSED), answered((5, 5), (5, 5))]),
    ("supposed", 1, [state(supposed=1)], [state(), state(supposed=2)]),
    (
        "overlay",
        ("ties", "misses"),
        [state(overlays=frozenset({"ties", "misses", "haloes"}))],
        [state(), state(overlays=frozenset({"ties"}))],
    ),
    (
        "no_overlay",
        ("ties", "misses"),
        [state(), state(overlays=frozenset({"haloes"}))],
        [state(overlays=frozenset({"ties"}))],
    ),
    (
        "desk",
        (5, 2, 3, 3),
        [state(desk={"Z": (5, 2, 3, 3)}), state(desk={"Z": (5.0004, 2, 3, 2.9996)})],
        [
            state(),
            state(desk={"Z": (5.001, 2, 3, 3)}),
            state(desk={"Z": (5, 2, 3)}),
            state(desk={"Z": (5, 2, 3, 3, 1)}),
        ],
    ),
    ("desk_y", 1, [state(desk={"label": 1})], [state(), state(desk={"label": 0})]),
    ("desk_y", None, [state()], [state(desk={"label": 0})]),
    (
        "desk_shifted",
        10.0,
        [state(desk=shifted(10, 10, 10, 10)), state(desk=shifted(-12, -12, -12, -12))],
        [
            state(),
            state(desk=shifted(9.9, 9.9, 9.9, 9.9)),
            state(desk=shifted(10, 10, 10, 11)),
            state(desk=shifted(10, 10, -10, 10)),
            state(desk={"Z": (15, 12)}),
        ],
    ),
    ("desk_temperature_below", 1.0, [state(desk={"temperature": 0.9})], [state(), state(temperature=0.9)]),
    ("desk_temperature_above", 1.0, [state(desk={"temperature": 1.1})], [state(), state(temperature=1.1)]),
    ("card", (0.5, 0.5), [state(desk={"Y_hat": (0.5, 0.5)})], [state(), state(desk={"Y_hat": (0.4, 0.6)})]),
    ("cell", "any", [framing(0, 0), framing(0, 1)], [state()]),
    ("cell", "miss", [framing(0, 1)], [state(), framing(0, 0), framing(1, None)]),
    ("cell", "none", [state(), framing(0, 7)], [framing(0, 0)]),
    ("card_certain", 0.9, [state(desk={"Y_hat": (0.1, 0.9)})], [state(), state(desk={"Y_hat": (0.11, 0.89)})]),
    ("card_y", 3, [state(desk={"Y_hat_label": 3})], [state(), state(desk={"label": 3})]),
    ("temperature_below", 1.0, [state(temperature=0.9)], [state(), state(desk={"temperature": 0.9})]),
    ("temperature_above", 1.0, [state(temperature=1.1)], [state(), state(desk={"temperature": 1.1})]),
    ("setting", {"l2": 0.5, "hidden": ()}, [state(l2=0.5, hidden=())], [state(), state(l2=0.5)]),
    (
        "stage",
        "dW[2]",
        [
            state(page="step", stage=8, hidden=(3,)),
            state(page="step", stage=6, hidden=(3,)),
            state(page="step", stage=99),
        ],
        [state(), state(page="step", stage=5, hidden=(3,)), state(stage=99), state(page="step", stage=99, hidden=())],
    ),
    ("checked", True, [state(snapshot={"checks_done": 4})], [state()]),
    ("checked", True, [state(run_id=5, snapshot={"checks_done": 1})], [state(run_id=5, snapshot={"checks_done": 0})]),
    ("checked", False, [state()], [state(snapshot={"checks_done": 4})]),
    ("mistake", "any", [state(mistake="wrong sign")], [state()]),
    ("mistake", "wrong sign", [state(mistake="wrong sign")], [state(), state(mistake="forget 1/m")]),
    ("mistake", "none", [state()], [state(mistake="wrong sign")]),
    ("reset", True, [state(run_id=5)], [state()]),
    ("reset", False, [state()], [state(run_id=5)]),
    ("running", True, [state(running=True)], [state()]),
    ("running", False, [state()], [state(running=True)]),
]


@pytest.mark.parametrize(("name", "value", "holding", "failing"), CASES, ids=[case[0] for case in CASES])
def test_a_condition_holds_where_it_says(
    name: str, value: Any, holding: list[LessonState], failing: list[LessonState]
) -> None:
    assert [all_hold({name: value}, state(), now) for now in holding] == [True] * len(holding)
    assert [all_hold({name: value}, state(), now) for now in failing] == [False] * len(failing)


def test_every_condition_has_been_tried() -> None:
    assert {case[0] for case in CASES} == set(CONDITIONS)


@pytest.mark.parametrize(
    "snapshot", [None, replace(MOMENT, run_id=3, step=10**5, cost=0.0, accuracy=1.0, checks_done=9)]
)
@pytest.mark.parametrize(
    ("name", "value"),
    [("trained", 1), ("steps", 1), ("epochs", 1), ("cost_below", 1), ("accuracy", 0), ("checked", True)],
)
def test_a_snapshot_of_another_run_counts_as_none(snapshot: Any, name: str, value: Any) -> None:
    now = replace(state(), snapshot=snapshot)
    assert now.moment is None
    assert not all_hold({name: value}, state(), now)


def test_a_run_that_had_no_snapshot_when_the_step_began_is_counted_from_its_start() -> None:
    before = replace(state(), snapshot=None)
    assert all_hold({"trained": 10}, before, state())
    assert not all_hold({"trained": 11}, before, state())


def test_all_conditions_of_a_task_must_hold_at_once() -> None:
    step = Step(text=("a",), task="b", done={"running": False, "page": "desk"})
    assert not is_done(step, state(), state())
    assert not is_done(step, state(), state(page="desk", running=True))
    assert is_done(step, state(), state(page="desk"))


def test_a_step_without_a_task_has_nothing_left_to_do() -> None:
    assert is_done(Step(text=("a",)), state(), state())
