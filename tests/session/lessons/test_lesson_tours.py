"""The seven lessons, gone through from start to end: every task can be done, and every number said is computed anew."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import Any, cast

import numpy as np
import pytest

from playground.nn import Optimum, cross_entropy, softmax, with_ones
from playground.resources import asset
from playground.session.landmarks import landmarks
from playground.session.lessons.lesson_scenes import Scene
from playground.session.lessons.lesson_state import LessonState
from playground.session.lessons.lessons import Lesson, Step, is_done, load_lessons
from playground.session.looking import Looking, with_overlay
from playground.session.loss_card import with_probability
from playground.session.messages import Request, Snapshot
from playground.session.rehearsal import Rehearsal
from playground.session.settings import Settings, starts_new_run
from playground.session.softmax_table import softmax_table
from playground.session.stages.stages import stages
from playground.session.trainer import Trainer
from playground.session.why_log import log_pull, square_pull
from playground.session.worked_example import point_at

LESSONS, PROBLEMS = load_lessons([asset("lessons")])
BY_NUMBER = {int(lesson.file[0]): lesson for lesson in LESSONS}
Z = (5.0, 2.0, -1.0, 3.0)
PATIENCE = 4000  # steps; a minute at one a frame
ROUNDING = 5e-6

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.file for lesson in LESSONS])


class Player:
    """A learner without a window: does to request and looking what the window's keys do."""

    def __init__(self, lesson: Lesson) -> None:
        loaded = lesson.scene.loaded(Settings())
        assert loaded is not None
        self.looking = lesson.scene.looking(Looking())
        self.request = Request(loaded.dataset, loaded.settings, pictures=frozenset({"step"}))
        self.trainer = Trainer(self.request)

    def enter(self, scene: Scene) -> None:
        loaded, settings = scene.loaded(self.request.settings), scene.changed(self.request.settings)
        if loaded is not None:
            self.ask(dataset=loaded.dataset, settings=loaded.settings)
            self.begin_run()
        elif settings != self.request.settings:
            self.set(settings)
        self.looking = scene.looking(self.looking)

    def state(self) -> LessonState:
        snapshot = replace(self.trainer.snapshot(), checks_done=self.request.single_checks)
        return LessonState(self.request, snapshot, self.looking)

    def ask(self, **changes: Any) -> None:
        self.request = replace(self.request, **changes)
        self.trainer.accept(replace(self.request, mistake=None))

    def begin_run(self) -> None:
        self.ask(
            run_id=self.request.run_id + 1,
            running=False,
            single_steps=0,
            single_epochs=0,
            single_checks=0,
        )

    def set(self, settings: Settings) -> None:
        old = self.request.settings
        self.ask(settings=settings)
        if starts_new_run(old, settings):
            self.begin_run()

    def look(self, **changes: Any) -> None:
        self.looking = replace(self.looking, **changes)

    def desk(self, **changes: Any) -> None:
        self.look(desk=replace(self.looking.desk, **changes))

    def train(self, until: Callable[[Snapshot], bool]) -> None:
        self.ask(running=True)
        for _ in range(PATIENCE):
            if until(self.trainer.snapshot()):
                break
            self.trainer.step()
        self.ask(running=False)

    def press_step(self, times: int) -> None:
        self.ask(single_steps=self.request.single_steps + times)
        while self.trainer.wants_single_step:
            self.trainer.single_step()

    def draw(self, count: int) -> None:
        angle = 2 * np.pi * np.arange(count) / count
        dataset = self.request.dataset
        self.ask(dataset=dataset.with_points(0.08 * np.stack([np.cos(angle), np.sin(angle)]), dataset.C - 1))

    def add_classes(self, count: int) -> None:
        while count > self.request.dataset.C:
            self.ask(dataset=self.request.dataset.with_class())

    def pin(self, what: str) -> None:
        X, labels = self.request.dataset.X, self.request.dataset.labels
        is_missed = self.trainer.network.probabilities(X).argmax(axis=0) != labels
        spots = {"spot": X.mean(axis=1), "point": X[:, 0], "miss": X[:, int(is_missed.argmax())]}
        pin = float(spots[what][0]), float(spots[what][1])
        self.look(pin=pin)
        self.ask(probe=pin)

    def switch_on(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.look(overlays=with_overlay(self.looking.overlays, name, on=True))


# What a learner does so that a condition comes to hold.
DEEDS: dict[str, Callable[[Player, Any], None]] = {
    "trained": Player.press_step,
    "steps": lambda player, count: player.train(lambda moment: moment.step >= count),
    "cost_below": lambda player, limit: player.train(lambda moment: cast(float, moment.cost) < limit),
    "accuracy": lambda player, least: player.train(lambda moment: cast(float, moment.accuracy) >= least),
    "running": lambda player, wanted: player.ask(running=wanted),
    "drawn": Player.draw,
    "classes": Player.add_classes,
    "page": lambda player, page: player.look(page=page),
    "pinned": Player.pin,
    "spot_view": lambda player, view: player.look(page="spot", spot_view=view),
    "supposed": lambda player, label: player.look(supposed=label),
    "overlay": Player.switch_on,
    "desk": lambda player, scores: player.desk(Z=scores),
    "desk_y": lambda player, label: player.desk(label=label),
    "desk_shifted": lambda player, shift: player.desk(Z=tuple(z + shift for z in player.looking.desk.Z)),
    "desk_temperature_below": lambda player, limit: player.desk(temperature=math.floor(limit * 10) / 10),
    "desk_temperature_above": lambda player, limit: player.desk(temperature=math.ceil(limit)),
    "card_certain": lambda player, share: player.look(
        desk=with_probability(player.looking.desk, player.looking.desk.Y_hat_label, share)
    ),
    "card_y": lambda player, label: player.desk(Y_hat_label=label),
    "temperature_below": lambda player, limit: player.look(temperature=math.floor(limit * 100) / 100),
    "temperature_above": lambda player, limit: player.look(temperature=math.ceil(limit)),
    "setting": lambda player, values: player.set(replace(player.request.settings, **values)),
    "stage": lambda player, stage: player.look(
        stage=stages(len(player.request.settings.hidden) + 1).index(stage), page="step"
    ),
    "checked": lambda player, wanted: player.ask(single_checks=player.request.single_checks + 1),
    "mistake": lambda player, what: player.ask(mistake=None if what == "none" else "wrong sign"),
}


@dataclass(frozen=True)
class Played:
    """A step of a lesson, and the states in which it began and was done."""

    step: Step
    before: LessonState
    after: LessonState

    @property
    def start(self) -> Snapshot:
        assert self.before.snapshot is not None
        return self.before.snapshot

    @property
    def end(self) -> Snapshot:
        assert self.after.snapshot is not None
        return self.after.snapshot


@lru_cache(maxsize=len(LESSONS))
def played(lesson: Lesson) -> tuple[Played, ...]:
    return tuple(play(lesson))


def play(lesson: Lesson) -> Iterator[Played]:
    player = Player(lesson)
    for step in lesson.steps:
        player.enter(step.scene)
        before = player.state()
        for name, value in step.done.items():
            DEEDS[name](player, value)
        yield Played(step, before, player.state())


# Doing them


def test_all_seven_are_there_and_whole() -> None:
    assert PROBLEMS == []
    assert [lesson.title for lesson in LESSONS] == [
        "Understanding softmax",
        "Softmax and hardmax",
        "Two classes are logistic regression",
        "A softmax classifier without hidden layers",
        "The loss",
        "The cost J and its landmarks",
        "Backpropagation, from dz = ŷ − y",
    ]


@every_lesson
def test_every_task_can_be_done_and_is_not_done_before(lesson: Lesson) -> None:
    for number, part in enumerate(played(lesson), start=1):
        if part.step.task:
            assert not is_done(part.step, part.before, part.before), f"step {number} begins done"
        assert is_done(part.step, part.before, part.after), f"step {number} cannot be done"


@every_lesson
def test_steps_are_short_and_say_where_to_look_and_which_keys_do_it(lesson: Lesson) -> None:
    assert 4 <= len(lesson.steps) <= 9
    for step in lesson.steps:
        assert sum(len(paragraph.split()) for paragraph in step.text) <= 60
        assert step.look
        assert bool(step.task) == bool(step.hint)
    assert sum(not step.task for step in lesson.steps) <= 2  # more to do than to read
    assert lesson.steps[-1].task


# The numbers said

NUMBER = re.compile(r"−?\d+\.\d+")  # whole ones are counted or chosen, and claimed where they are not


def words_of(step: Step) -> str:
    return " ".join([*step.text, step.formula, step.task, step.hint])


def given(value: Any) -> set[str]:
    """The numbers that a lesson file itself sets or asks for, as they are written."""
    if isinstance(value, float):
        return {f"{value:g}".replace("-", "−"), f"{value}".replace("-", "−")}
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, tuple | list | frozenset):
        fields = getattr(value, "__dataclass_fields__", {})
        value = [getattr(value, name) for name in fields]
    return {number for part in value for number in given(part)}


def fixed(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def exps(scores: tuple[float, ...]) -> list[float]:
    return [math.exp(z) for z in scores]


def cost(snapshot: Snapshot) -> str:
    assert snapshot.cost is not None
    return fixed(snapshot.cost)


def optimum(state: LessonState) -> Optimum:
    """J* of a state's data set."""
    dataset = state.request.dataset
    found = Optimum(with_ones(dataset.X.astype(np.float32)), dataset.labels, dataset.C, state.request.settings.l2)
    while not found.is_done:
        found.advance()
    return found


def rehearsal(part: Played) -> Rehearsal:
    assert part.start.rehearsal is not None
    return part.start.rehearsal


def softmax_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    table = softmax_table(Z)
    return {
        2: [*map(fixed, exps(Z)), fixed(math.e), fixed(table.total)],
        3: [*map(fixed, table.Y_hat), fixed(softmax((5, 2, 3, 3))[2]), fixed(softmax((5, 2, 3, 3))[3])],
        4: [fixed(math.exp(10), 0)],
        5: [cost(parts[4].start)],
    }


def hardmax_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    close = softmax((5, 2, -1, 4.9))
    return {
        1: [*map(fixed, softmax(Z)), fixed(close[0]), fixed(close[3])],
        2: ["0.5", fixed(softmax(Z, 0.5)[0]), "0.2", fixed(softmax(Z, 0.2)[0], 5)],
        3: [*map(fixed, softmax(Z, 20.0))],
        4: [fixed(softmax(Z)[3]), fixed(softmax((5, 2, -1, 3.1))[3])],
        6: ["0.05"],
    }


def twin_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    return {
        1: [fixed(1 / (1 + math.exp(-2)))],
        3: [cost(parts[2].start), cost(parts[2].end)],
        4: ["0.5"],
        6: [fixed(1 / (1 + math.exp(0)), 1)],
    }


def border_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    return {
        5: [str(len(list(combinations(range(6), 2))))],
        6: [fixed(optimum(parts[5].before).cost, 4), fixed(math.log(3), 4)],
    }


def loss_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    hard = softmax_table(Z, 2)
    assert hard.dZ is not None
    tried, evens = np.array([0.01]), (0.5, 1.0)  # two other classes share what is left: from evenly to not at all
    pulls = [float(square_pull(tried, r)[0]) for r in evens]
    assert max(pulls) < 0.02
    return {
        1: [fixed(-math.log(0.2)), fixed(-math.log(0.9))],
        2: [fixed(-math.log(0.4)), "0.4"],
        3: [
            fixed(cross_entropy(Z, [2])[0]),
            fixed(hard.total),
            fixed(math.log(hard.total)),
            fixed(hard.dZ[2]),
            fixed(hard.dZ[0]),
        ],
        7: ["0.01", "0.02", fixed(float(log_pull(tried)[0]), 2)],
    }


def cost_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    shares = np.array([8, 3, 1]) / 12
    return {
        1: [cost(parts[0].start)],
        2: [cost(parts[0].start), fixed(math.log(3))],
        3: [fixed(optimum(parts[2].before).cost, 4)],
        4: [fixed(float(-(shares * np.log(shares)).sum()))],
        6: [fixed(optimum(parts[5].after).cost, 4)],
    }


def backpropagation_claims(parts: tuple[Played, ...]) -> dict[int, list[str]]:
    trace = rehearsal(parts[4]).trace
    return {
        5: [fixed(float(trace.Y_hat[0, 0])), fixed(float(trace.dZ[2][0, 0]))],
        6: ["0.5", str(parts[5].start.parameters.size), cost(parts[5].start), cost(parts[5].end)],
        7: [str(parts[5].start.parameters.size)],
    }


CLAIMS = {
    1: softmax_claims,
    2: hardmax_claims,
    3: twin_claims,
    4: border_claims,
    5: loss_claims,
    6: cost_claims,
    7: backpropagation_claims,
}


@pytest.mark.parametrize("number", CLAIMS)
def test_every_number_said_is_the_one_computed(number: int) -> None:
    lesson = BY_NUMBER[number]
    claims = CLAIMS[number](played(lesson))
    for place, step in enumerate(lesson.steps, start=1):
        claimed = set(claims.get(place, []))
        assert [claim for claim in claimed if claim not in words_of(step)] == [], f"step {place} says it otherwise"
        own = given(step.done) | given(step.scene) | given(lesson.scene)
        uncounted = set(NUMBER.findall(words_of(step))) - claimed - own
        assert uncounted == set(), f"step {place} says numbers that nothing has computed"


# What else is said


def test_hardmax_does_not_move_where_softmax_does() -> None:
    for scores in (Z, (5, 2, -1, 4.9), (5, 2, -1, 3.1)):
        assert softmax_table(scores).hardmax.tolist() == [1, 0, 0, 0]
    orders = {tuple(np.argsort(softmax(Z, temperature))) for temperature in (0.2, 0.5, 1.0, 20.0)}
    assert len(orders) == 1


def test_the_twin_of_lesson_3_stays_at_rounding_with_twice_the_rate() -> None:
    """A logistic regression by hand, in float64, beside the trainer's own 500 steps."""
    player = Player(BY_NUMBER[3])
    X, labels = player.request.dataset.X, player.request.dataset.labels
    is_first = (labels == 0).astype(float)
    W, b = layers(player.trainer.snapshot())
    w, b_twin, rate = W[0] - W[1], b[0] - b[1], player.request.settings.learning_rate
    for _ in range(500):
        dz = 1 / (1 + np.exp(-(w @ X + b_twin))) - is_first
        w, b_twin = w - 2 * rate * (dz @ X.T) / dz.size, b_twin - 2 * rate * dz.mean()
    player.press_step(500)
    W, b = layers(player.trainer.snapshot())
    plane = np.random.default_rng(0).uniform(-2, 2, (2, 500))
    difference = 1 / (1 + np.exp(-(w @ plane + b_twin))) - softmax(W @ plane + b[:, None])[0]
    assert np.abs(difference).max() < ROUNDING


def layers(snapshot: Snapshot) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """W and b of a network without hidden layers, in float64."""
    W_b = snapshot.parameters.astype(float).reshape(snapshot.sizes[1], 3)
    return W_b[:, :2], W_b[:, 2]


def test_lesson_4_shows_what_straight_borders_can_and_cannot_do() -> None:
    parts = played(BY_NUMBER[4])
    *_, six, rings, bent = (cast(float, part.end.accuracy) for part in parts)
    assert six >= 0.95
    assert rings < 0.5
    assert bent >= 0.95
    W, b = layers(parts[3].end)
    drawn = parts[3].end.dataset.X[:, -10:]
    assert (np.argmax(W @ drawn + b[:, None], axis=0) == 3).all()  # the new class has the middle


def test_lesson_5_has_misses_to_pin_that_are_sure_and_wrong() -> None:
    parts = played(BY_NUMBER[5])
    W, b = layers(parts[-1].end)
    dataset = parts[-1].end.dataset
    own = softmax(W @ dataset.X + b[:, None])[dataset.labels, np.arange(dataset.m)]
    assert own.min() < 0.1
    assert 0.85 < cast(float, parts[-1].end.accuracy) < 1
    pin = parts[-1].after.looking.pin
    assert pin is not None
    assert point_at(parts[-1].after.request.dataset, pin) is not None
    assert parts[-1].end.dataset.m == 90


def test_lesson_6_starts_worse_than_guessing_and_ends_with_a_lowest_cost() -> None:
    parts = played(BY_NUMBER[6])
    assert cast(float, parts[0].start.cost) > math.log(3)
    texts = {place: star(part.before) for place, part in enumerate(parts, start=1)}
    assert "lowest with straight borders" in texts[1]
    assert "separable: never reached" in texts[4]
    assert "lowest with straight borders" in star(parts[-1].after)
    assert cast(float, parts[-1].end.cost) > optimum(parts[-1].after).cost
    counts = parts[3].start.dataset.counts()
    assert counts.tolist() == [8, 3, 1]


def star(state: LessonState) -> str:
    """What the chart says of J*."""
    dataset = state.request.dataset
    return landmarks(dataset.labels, dataset.C, optimum(state))[-1].text


def test_lesson_7_has_the_shapes_that_it_says() -> None:
    made = rehearsal(played(BY_NUMBER[7])[4])
    assert made.trace.X.shape == (2, 60)
    assert made.trace.A[1].shape == made.trace.Y_hat.shape == (3, 60)
    assert (made.trace.dW[2].shape, made.trace.dW[1].shape) == ((3, 3), (3, 2))
    assert made.trace.Y[:, 0].tolist() == [1, 0, 0]  # the first example is of class 1
