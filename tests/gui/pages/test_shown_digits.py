"""What stands on Step and on C = 2 is recomputed from the digits that stand there, at random states of a run."""

import math
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.pages.step_page import StepPage
from playground.gui.pages.twin_page import TwinPage
from playground.session.generators import Recipe, generate
from playground.session.looking import Looking
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.stages.stages import stages
from playground.session.trainer import Trainer
from tests.gui.eyes import Eyes
from tests.gui.hands import bring_up
from tests.shown_numbers import follows, number, unit

NUMBER = r"\(?(−?[\d.]+(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)\)?"
OPTIMIZERS = ("gradient descent", "momentum", "rmsprop", "adam")


def at_random(seed: int, picture: str, **chosen: Any) -> Snapshot:
    """A moment of some run, fresh or trained, with inputs of some scale."""
    luck = random.Random(seed)
    settings = {
        "optimizer": OPTIMIZERS[seed % 4],
        "learning_rate": luck.choice([1e-5, 0.03, 0.5]),
        "l2": luck.choice([0.0, 0.02, 3.0]),
        "batch_size": luck.choice([0, 7]),
        "seed": seed,
    }
    data = generate(Recipe("moons", classes=chosen.pop("classes", 3), points=40, noise=0.3, data_seed=seed))
    data = replace(data, X=data.X * luck.choice([0.01, 1.0, 1.0, 50.0]))
    wanted = replace(Settings(), **(settings | chosen))
    trainer = Trainer(Request(data, wanted, pictures=frozenset({picture}), probe=(0.4, -0.2)))
    for _ in range(luck.choice([0, 1, 30])):
        trainer.step()
    return trainer.snapshot()


def texts(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@pytest.fixture
def step_page(qtbot: QtBot) -> Iterator[StepPage]:
    page = StepPage()
    qtbot.addWidget(page)
    bring_up(qtbot, page, 400, 1300)
    yield page


@pytest.fixture
def twin_page(qtbot: QtBot) -> Iterator[TwinPage]:
    page = TwinPage()
    qtbot.addWidget(page)
    bring_up(qtbot, page, 400, 560)
    yield page


def test_the_update_and_j_add_up_in_the_digits_shown(step_page: StepPage) -> None:
    for seed in range(24):
        snapshot = at_random(seed, "step", hidden=(3,))
        step_page.show_snapshot(snapshot)
        step_page.show_looking(Looking(page="step", stage=stages(2).index("update")))
        said = texts(step_page)
        (alpha,) = re.findall(r"α = ([\d.]+\d)", said)
        ((before, rate, direction, after, by),) = re.findall(
            rf"Largest change: .+: {NUMBER} − (\S+) · {NUMBER} = {NUMBER}, by \+?(−?\d[\d.]*\d)", said
        )
        assert rate == alpha
        assert follows(after, number(before) - float(rate) * number(direction)), seed
        assert follows(by, number(after) - number(before)), seed
        assert_direction_follows(said, direction, seed % 4)
        step_page.show_looking(Looking(page="step", stage=stages(2).index("J")))
        for mean, penalty, cost in re.findall(rf"J of this batch = {NUMBER} \+ {NUMBER} = {NUMBER}:", texts(step_page)):
            assert follows(cost, number(mean) + number(penalty)), seed


def assert_direction_follows(said: str, direction: str, kind: int) -> None:
    """That u comes from what is told of it, by the rule that stands above."""
    if OPTIMIZERS[kind] == "rmsprop":
        ((s, gradient),) = re.findall(rf"From s = {NUMBER}, dθ = {NUMBER} comes u = ", said)
        assert follows(direction, number(gradient) / (math.sqrt(number(s)) + 1e-8))
    if OPTIMIZERS[kind] == "adam":
        ((v, s),) = re.findall(rf"From v = {NUMBER}, s = {NUMBER} comes u = ", said)
        t = int(re.findall(r"t = (\d+)", said)[0])
        hats = number(v) / (1 - 0.9**t), number(s) / (1 - 0.999**t)
        assert follows(direction, hats[0] / (math.sqrt(hats[1]) + 1e-8))


def test_parameters_scores_and_probabilities_of_the_twin_follow_from_the_digits_shown(
    twin_page: TwinPage, qtbot: QtBot
) -> None:
    for seed in range(24):
        twin_page.show_snapshot(at_random(seed, "twin", hidden=(), classes=2))
        eyes = Eyes(twin_page, qtbot)
        columns = [eyes.column(title) for title in ("class 1", "class 2", "difference", "twin", "apart")]
        for first, second, difference, twin, apart in zip(*columns, strict=True):
            assert follows(difference, number(first) - number(second)), seed
            assert is_apart(difference, twin, apart), seed
        both = [eyes.column(title, table=1) for title in ("softmax", "twin", "apart")]
        for softmax, twin, apart in zip(*both, strict=True):
            assert is_apart(softmax, twin, apart), seed
        for score, share, _ in both[:2]:
            assert follows(share, 1 / (1 + math.exp(-number(score)))), seed


def is_apart(first: str, second: str, apart: str) -> bool:
    """What two numbers are apart follows from them, or is less than they show."""
    least = max(unit(first), unit(second))
    shown = abs(number(first) - number(second))
    return follows(apart, shown) or (shown <= least * (1 + 1e-6) and number(apart) <= 2 * least)
