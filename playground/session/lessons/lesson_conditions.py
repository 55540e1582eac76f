"""When the task of a lesson's step counts as done: one table of conditions, which a lesson file calls by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.session.dataset import MAX_CLASSES, MIN_CLASSES
from playground.session.lessons.lesson_nodes import Node, fields, refuse, settings_of
from playground.session.lessons.lesson_state import (
    LessonState,
    are_close,
    checks_made,
    has_begun_anew,
    has_settings,
    is_cell_chosen,
    is_desk_shifted,
    is_pinned,
    is_stage_reached,
    points_added,
    steps_made,
)
from playground.session.lessons.lesson_values import (
    NONE,
    class_index,
    class_or_none,
    of_kind,
    overlays,
    page,
    probabilities,
    scores,
    spot_view,
    temperature,
)
from playground.session.messages import Snapshot
from playground.session.settings import SPECS
from playground.session.specs import Choice, Layers, Number, Switch
from playground.session.stages.mistake_choices import mistake_names
from playground.session.stages.stages import stages

ANY, MISS = "any", "miss"

Holds = Callable[[LessonState, LessonState, Any], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """What is written after a condition's name, when it holds, how it is read, and whether it holds.

    ``read`` is given what is written and the name, ``holds`` the state when the step began, the state now, and what
    was read.
    """

    takes: str
    meaning: str
    read: Callable[[Node, str], Any]
    holds: Holds


def _of_moment(holds: Callable[[Snapshot, Any], bool]) -> Holds:
    return lambda _before, now, value: now.moment is not None and holds(now.moment, value)


def _stage_names() -> tuple[str, ...]:
    """Of every network that there can be."""
    kind = next(spec.kind for spec in SPECS if spec.name == "hidden")
    most = kind.most_layers + 1 if isinstance(kind, Layers) else 1
    return tuple(dict.fromkeys(stage for layers in range(1, most + 1) for stage in stages(layers)))


_count = of_kind(Number(1, 1_000_000, whole=True))
_amount = of_kind(Number(0, 1_000_000))
_share = of_kind(Number(0, 1))
_yes_or_no = of_kind(Switch())

CONDITIONS: dict[str, Condition] = {
    "trained": Condition(
        "a number of steps",
        "so many steps have been made since this step of the lesson began",
        _count,
        lambda before, now, least: steps_made(before, now) >= least,
    ),
    "steps": Condition(
        "a number of steps",
        "the run has made so many steps",
        _count,
        _of_moment(lambda moment, least: moment.step >= least),
    ),
    "epochs": Condition(
        "a number of epochs",
        "the run has made so many epochs",
        _amount,
        _of_moment(lambda moment, least: moment.epoch >= least),
    ),
    "cost_below": Condition(
        "a cost",
        "J is below it",
        _amount,
        _of_moment(lambda moment, limit: moment.cost is not None and moment.cost < limit),
    ),
    "cost_above": Condition(
        "a cost",
        "J is above it",
        _amount,
        _of_moment(lambda moment, limit: moment.cost is not None and moment.cost > limit),
    ),
    "accuracy": Condition(
        "a share from 0 to 1",
        "at least this share of the training points lies in the region of its own class",
        _share,
        _of_moment(lambda moment, least: moment.accuracy is not None and moment.accuracy >= least),
    ),
    "drawn": Condition(
        "a number of points",
        "there are so many points more than when this step began",
        _count,
        lambda before, now, least: points_added(before, now) >= least,
    ),
    "erased": Condition(
        "a number of points",
        "there are so many points fewer than when this step began",
        _count,
        lambda before, now, least: -points_added(before, now) >= least,
    ),
    "classes": Condition(
        f"a number from {MIN_CLASSES} to {MAX_CLASSES}",
        "there are exactly so many classes",
        of_kind(Number(MIN_CLASSES, MAX_CLASSES, whole=True)),
        lambda _before, now, count: count == now.request.dataset.C,
    ),
    "page": Condition(
        "a page",
        "this page is open beside the plane",
        page,
        lambda _before, now, name: now.looking.page == name,
    ),
    "spot_view": Condition(
        "a view of the spot",
        "the page `spot` is open and shows this",
        spot_view,
        lambda _before, now, view: now.looking.page == "spot" and now.looking.spot_view == view,
    ),
    "pinned": Condition(
        "`spot`, `point` or `miss`",
        "the probe is pinned: to any spot, to a data point, or to one in the region of another class",
        of_kind(Choice(("spot", "point", MISS))),
        lambda _before, now, what: is_pinned(now, what),
    ),
    "supposed": Condition(
        "a class number",
        "this class is supposed for y where the spot is no point",
        class_index,
        lambda _before, now, label: now.looking.supposed == label,
    ),
    "cell": Condition(
        "`any`, `miss` or `none`",
        "a cell of the confusion matrix is chosen: any one, one off the diagonal, or none is",
        of_kind(Choice((ANY, MISS, NONE))),
        lambda _before, now, what: is_cell_chosen(now, what),
    ),
    "overlay": Condition(
        "an overlay, or a list of some",
        "all of them are laid over the plane",
        overlays,
        lambda _before, now, names: now.looking.overlays.issuperset(names),
    ),
    "no_overlay": Condition(
        "an overlay, or a list of some",
        "none of them is laid over the plane",
        overlays,
        lambda _before, now, names: now.looking.overlays.isdisjoint(names),
    ),
    "desk": Condition(
        "a list of z's",
        "these are the scores on the desk, to three decimals",
        scores,
        lambda _before, now, Z: are_close(now.looking.desk.Z, Z),
    ),
    "desk_y": Condition(
        "a class number, or `none`",
        "this is the class y that is chosen on the desk",
        class_or_none,
        lambda _before, now, label: now.looking.desk.label == label,
    ),
    "desk_shifted": Condition(
        "a number",
        "every z on the desk has moved by the same amount, of at least this, since this step began",
        of_kind(Number(0.001, 1e300)),
        is_desk_shifted,
    ),
    "desk_temperature_below": Condition(
        "a temperature",
        "T on the desk is below it",
        temperature,
        lambda _before, now, limit: now.looking.desk.temperature < limit,
    ),
    "desk_temperature_above": Condition(
        "a temperature",
        "T on the desk is above it",
        temperature,
        lambda _before, now, limit: now.looking.desk.temperature > limit,
    ),
    "card": Condition(
        "a list of ŷ's",
        "these are the probabilities on the desk's second card, to three decimals",
        probabilities,
        lambda _before, now, Y_hat: are_close(now.looking.desk.Y_hat, Y_hat),
    ),
    "card_y": Condition(
        "a class number",
        "this is the class y on the desk's second card",
        class_index,
        lambda _before, now, label: now.looking.desk.Y_hat_label == label,
    ),
    "card_certain": Condition(
        "a share from 0 to 1",
        "the second card gives its class y at least this ŷ",
        _share,
        lambda _before, now, least: now.looking.desk.Y_hat[now.looking.desk.Y_hat_label] >= least,
    ),
    "temperature_below": Condition(
        "a temperature",
        "T of the lens before the plane is below it",
        temperature,
        lambda _before, now, limit: now.looking.temperature < limit,
    ),
    "temperature_above": Condition(
        "a temperature",
        "T of the lens before the plane is above it",
        temperature,
        lambda _before, now, limit: now.looking.temperature > limit,
    ),
    "setting": Condition(
        "settings, as in a scene",
        "all of these settings have these values",
        lambda node, _name: settings_of(node, SPECS),
        lambda _before, now, values: has_settings(now, values),
    ),
    "stage": Condition(
        "a stage",
        "the page of the step is open and has come to this stage, or past it",
        of_kind(Choice(_stage_names())),
        lambda _before, now, stage: is_stage_reached(now, stage),
    ),
    "checked": Condition(
        "`yes` or `no`",
        "a gradient check has been finished since this step began, or none has",
        _yes_or_no,
        lambda before, now, wanted: (checks_made(before, now) > 0) == wanted,
    ),
    "mistake": Condition(
        "a mistake, `any` or `none`",
        "this mistake is planted in backpropagation, or any one, or none is",
        of_kind(Choice((ANY, NONE, *mistake_names()))),
        lambda _before, now, what: what in ((NONE,) if now.request.mistake is None else (ANY, now.request.mistake)),
    ),
    "reset": Condition(
        "`yes` or `no`",
        "a new run has begun since this step began, or none has",
        _yes_or_no,
        lambda before, now, wanted: has_begun_anew(before, now) == wanted,
    ),
    "running": Condition(
        "`yes` or `no`",
        "training is running, or it is paused",
        _yes_or_no,
        lambda _before, now, wanted: now.request.running == wanted,
    ),
}


def read_conditions(node: Node) -> dict[str, Any]:
    """The conditions that a node names, at least one, with their values."""
    found = {name: CONDITIONS[name].read(value, name) for name, value in fields(node, CONDITIONS).items()}
    if not found:
        refuse(node, "there is no condition here; write one, such as “trained: 1”")
    return found


def all_hold(conditions: Mapping[str, Any], before: LessonState, now: LessonState) -> bool:
    """Whether all of these conditions hold now, in a step that began with ``before``."""
    return all(CONDITIONS[name].holds(before, now, value) for name, value in conditions.items())
