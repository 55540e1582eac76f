"""The twin: a logistic regression beside two classes that makes the same moves, and says so where it does not."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.grid import Grid
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from playground.session.twin import TwinReport

MOONS = generate(Recipe("moons", classes=2, points=40, noise=0.3))  # which no line separates
WEDGES = generate(Recipe("wedges", classes=3, points=30))
GRID = Grid(left=-2.0, right=3.0, bottom=-2.0, top=2.0, columns=31, rows=29)
PROBE = (0.3, -0.4)
ON_SCREEN = frozenset({"twin"})
RATES = {"gradient descent": 0.5, "momentum": 0.5, "rmsprop": 0.01, "adam": 0.05}
ROUNDING = 1e-12

each_optimizer = pytest.mark.parametrize("optimizer", list(RATES))
each_batch_size = pytest.mark.parametrize("batch_size", [0, 7])


def settings_of(optimizer: str = "gradient descent", **changes: Any) -> Settings:
    return replace(Settings(hidden=(), optimizer=optimizer, learning_rate=RATES[optimizer]), **changes)


def trainer_of(chosen: Settings | None = None, dataset: Dataset = MOONS, **changes: Any) -> Trainer:
    wishes = {"running": True, "grid": GRID, "probe": PROBE, "pictures": ON_SCREEN} | changes
    return Trainer(Request(dataset, chosen or settings_of(), **wishes))


def change(trainer: Trainer, **changes: Any) -> None:
    """Accept the trainer's request with something changed; settings by their names."""
    names = set(Settings.__dataclass_fields__)
    chosen = {name: value for name, value in changes.items() if name in names}
    rest = {name: value for name, value in changes.items() if name not in names}
    trainer.accept(replace(trainer.request, settings=replace(trainer.request.settings, **chosen), **rest))


def train(trainer: Trainer, steps: int) -> Trainer:
    for _ in range(steps):
        trainer.step()
    return trainer


def report(trainer: Trainer) -> TwinReport:
    found = trainer.snapshot().twin
    assert found is not None
    return found


def difference(found: TwinReport) -> float:
    assert found.largest_difference is not None
    return found.largest_difference


def over_the_plane(found: TwinReport) -> float:
    """The largest difference of the two's probabilities at the grid's points, by the numbers of the report."""
    X = GRID.points()
    z_1, z_2 = found.W @ X + found.b[:, None]
    y_hat = 1 / (1 + np.exp(z_2 - z_1))
    sigma = 1 / (1 + np.exp(-(found.w @ X + found.b_twin)))
    return float(np.abs(y_hat - sigma).max())


def assert_equal_to_rounding(trainer: Trainer) -> None:
    found = report(trainer)
    assert found.agrees
    assert difference(found) <= ROUNDING
    assert over_the_plane(found) <= ROUNDING
    np.testing.assert_allclose(found.w, found.W[0] - found.W[1], rtol=0, atol=1e-11)
    assert found.b_twin == pytest.approx(found.b[0] - found.b[1], abs=1e-11)


# The same moves


@each_batch_size
@pytest.mark.parametrize(
    ("optimizer", "l2"),
    [("gradient descent", 0.0), ("gradient descent", 2.0), ("momentum", 0.0), ("momentum", 2.0), ("adam", 0.0)],
)
def test_five_hundred_steps_from_the_start_lead_both_to_the_same_place(
    optimizer: str, l2: float, batch_size: int
) -> None:
    trainer = trainer_of(settings_of(optimizer, l2=l2, batch_size=batch_size))
    start = report(trainer).w
    train(trainer, 500)
    assert np.abs(report(trainer).w - start).max() > 0.5  # they went somewhere
    assert_equal_to_rounding(trainer)


@each_batch_size
def test_rmsprop_stays_near_but_does_not_claim_to_agree(batch_size: int) -> None:
    found = report(train(trainer_of(settings_of("rmsprop", batch_size=batch_size)), 500))
    assert difference(found) <= 1e-6
    assert not found.agrees


@each_batch_size
def test_adam_with_a_penalty_goes_to_the_same_optimum_another_way(batch_size: int) -> None:
    trainer = trainer_of(settings_of("adam", l2=2.0, batch_size=batch_size))
    early = difference(report(train(trainer, 60)))
    assert not report(trainer).agrees
    late = difference(report(train(trainer, 1500)))
    assert early > 1e-4
    assert late < early / 10


def test_both_have_the_same_cost_and_with_a_penalty_too_once_the_common_part_is_gone() -> None:
    plain = train(trainer_of(), 50).snapshot()
    assert plain.twin is not None
    assert plain.twin.cost == pytest.approx(plain.cost, abs=1e-14)
    trainer = trainer_of(settings_of(l2=4.0))
    for steps in (0, 20):
        penalised = train(trainer, steps).snapshot()
        assert penalised.twin is not None
        common = penalised.twin.W.sum(axis=0)
        excess = 4.0 / (4 * MOONS.m) * float(common @ common)
        assert excess > 1e-4
        assert penalised.cost == pytest.approx((penalised.twin.cost or 0) + excess, abs=1e-13)
    late = train(trainer, 600).snapshot()
    assert late.twin is not None
    assert late.cost == pytest.approx(late.twin.cost, abs=1e-12)


@pytest.mark.parametrize("lens", [1.0, 0.2])
def test_the_report_is_of_the_plane_and_the_probe_in_view_and_knows_no_lens(lens: float) -> None:
    trainer = train(trainer_of(settings_of("adam", l2=2.0), temperature=lens), 60)
    found = report(trainer)
    assert difference(found) == pytest.approx(over_the_plane(found), rel=1e-6)
    at = found.at_probe
    assert at is not None
    z_1, z_2 = found.W @ PROBE + found.b
    assert (at.z_1, at.z_2) == pytest.approx((z_1, z_2), rel=1e-12)
    assert at.y_hat == pytest.approx(math.exp(z_1) / (math.exp(z_1) + math.exp(z_2)), rel=1e-12)
    assert at.score == pytest.approx(float(found.w @ PROBE) + found.b_twin, rel=1e-12)
    assert at.sigma == pytest.approx(1 / (1 + math.exp(-at.score)), rel=1e-12)
    change(trainer, grid=None, probe=None)
    assert (report(trainer).largest_difference, report(trainer).at_probe) == (None, None)


def test_standardised_inputs_are_the_same_for_both() -> None:
    far = replace(MOONS, X=MOONS.X * 300 + 4000)
    grid = Grid(3400, 4900, 3400, 4600, 20, 20)
    trainer = train(trainer_of(settings_of(standardise=True), far, grid=grid, probe=(4100.0, 3900.0)), 300)
    found = report(trainer)
    assert difference(found) <= ROUNDING
    assert found.at_probe is not None
    assert found.at_probe.sigma == pytest.approx(found.at_probe.y_hat, abs=ROUNDING)
    assert 0.001 < found.at_probe.sigma < 0.999


def test_scores_beyond_all_bounds_are_probabilities_all_the_same() -> None:
    far = replace(MOONS, X=MOONS.X * 1e4)
    wide = Grid(-1e8, 1e8, -1e8, 1e8, 9, 9)
    found = report(train(trainer_of(settings_of(learning_rate=0.01), far, grid=wide, probe=(-1e8, 1e8)), 20))
    assert difference(found) <= ROUNDING
    assert found.at_probe is not None
    assert abs(found.at_probe.score) > 1e6


# Longhand


def longhand_regression(
    X: NDArray[np.float64], labels: NDArray[np.int64], start: tuple[float, float, float], steps: int
) -> list[tuple[float, float, float, float]]:
    """Gradient descent on logistic regression in plain numbers, rate 1, penalty 1: w1, w2, b and J after each step."""
    w1, w2, b = start
    m = len(labels)
    found = []
    for _ in range(steps):
        dw1 = dw2 = db = 0.0
        for (x1, x2), label in zip(X.T.tolist(), labels.tolist(), strict=True):
            error = 1 / (1 + math.exp(-(w1 * x1 + w2 * x2 + b))) - (1 if label == 0 else 0)
            dw1, dw2, db = dw1 + error * x1, dw2 + error * x2, db + error
        w1, w2, b = w1 - (dw1 + w1) / m, w2 - (dw2 + w2) / m, b - db / m
        J = (w1 * w1 + w2 * w2) / (2 * m)
        for (x1, x2), label in zip(X.T.tolist(), labels.tolist(), strict=True):
            sigma = 1 / (1 + math.exp(-(w1 * x1 + w2 * x2 + b)))
            J -= math.log(sigma if label == 0 else 1 - sigma) / m
        found.append((w1, w2, b, J))
    return found


def test_the_twin_is_logistic_regression_at_twice_the_rate_and_half_the_penalty() -> None:
    trainer = trainer_of(settings_of(learning_rate=0.5, l2=2.0))
    start = report(trainer)
    assert (start.learning_rate, start.l2) == (1.0, 1.0)
    first = (float(start.w[0]), float(start.w[1]), start.b_twin)
    for w1, w2, b, J in longhand_regression(MOONS.X, MOONS.labels, first, 6):
        found = report(train(trainer, 1))
        assert (found.w[0], found.w[1], found.b_twin, found.cost) == pytest.approx((w1, w2, b, J), abs=1e-13)


# In the middle of a run


@each_batch_size
@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
def test_opened_in_mid_run_it_starts_as_the_difference_and_keeps_step(optimizer: str, batch_size: int) -> None:
    trainer = train(trainer_of(settings_of(optimizer, batch_size=batch_size), pictures=frozenset()), 123)
    assert trainer.snapshot().twin is None
    change(trainer, pictures=ON_SCREEN)
    opened = report(trainer)
    assert opened.since == 123
    np.testing.assert_array_equal(opened.w, opened.W[0] - opened.W[1])
    assert opened.b_twin == opened.b[0] - opened.b[1]
    assert difference(opened) < 1e-15
    assert_equal_to_rounding(train(trainer, 300))


def test_closed_and_opened_again_it_starts_anew() -> None:
    trainer = train(trainer_of(), 5)
    change(trainer, pictures=frozenset())
    train(trainer, 4)
    change(trainer, pictures=ON_SCREEN)
    assert report(trainer).since == 9


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
def test_it_goes_on_over_edits_of_points_and_changes_of_rate_penalty_and_batch(optimizer: str) -> None:
    trainer = train(trainer_of(settings_of(optimizer)), 40)
    penalty = 0.0 if optimizer == "adam" else 3.0
    changes: list[dict[str, Any]] = [
        {"dataset": MOONS.with_points([[2.0, 2.1], [1.0, -1.0]], 0)},
        {"learning_rate": RATES[optimizer] / 3},
        {"l2": penalty},
        {"batch_size": 5},
        {"test_share": 0.3},
        {"dataset": MOONS.with_moved(3, 1.5, 1.5)},
        {"dataset": MOONS.with_name(0, "moon")},
        {"grid": replace(GRID, right=2.0)},
        {"probe": None},
        {"running": False},
        {"dataset": MOONS.cleared()},
        {"dataset": MOONS},
    ]
    for one in changes:
        change(trainer, **one)
        train(trainer, 30)
        assert report(trainer).since == 0
        assert_equal_to_rounding(trainer)
    assert report(trainer).learning_rate == pytest.approx(2 * RATES[optimizer] / 3)
    assert report(trainer).l2 == penalty / 2


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
def test_two_classes_left_of_three_have_a_twin_from_there(optimizer: str) -> None:
    trainer = train(trainer_of(settings_of(optimizer), WEDGES), 50)
    assert trainer.snapshot().twin is None
    change(trainer, dataset=WEDGES.without_class(2))
    opened = report(trainer)
    assert opened.since == 50
    train(trainer, 100)
    if optimizer == "adam":  # which remembers gradients of three classes, no two of them opposite
        assert not opened.agrees
        assert not report(trainer).agrees
    else:
        assert_equal_to_rounding(trainer)
    change(trainer, dataset=WEDGES)
    assert trainer.snapshot().twin is None


def test_what_adam_remembers_of_a_penalty_outlasts_the_penalty() -> None:
    trainer = train(trainer_of(settings_of("adam", l2=2.0)), 50)
    change(trainer, l2=0.0)
    train(trainer, 50)
    assert difference(report(trainer)) > 1e-6
    assert not report(trainer).agrees
    change(trainer, pictures=frozenset())
    change(trainer, pictures=ON_SCREEN)
    assert not report(trainer).agrees
    assert difference(report(train(trainer, 50))) > 1e-9


def test_it_is_made_anew_on_a_change_of_optimiser() -> None:
    trainer = train(trainer_of(settings_of("rmsprop")), 20)
    change(trainer, optimizer="adam", learning_rate=0.05)
    assert report(trainer).since == 20
    assert report(trainer).optimizer == "adam"
    assert_equal_to_rounding(train(trainer, 200))


def test_a_reset_starts_both_from_the_start() -> None:
    trainer = trainer_of()
    first = report(trainer)
    train(trainer, 20)
    change(trainer, run_id=1)
    again = report(trainer)
    assert again.since == 0
    assert again.w.tobytes() == first.w.tobytes()
    assert_equal_to_rounding(train(trainer, 100))


def test_after_a_divergence_it_is_made_anew_from_the_last_finite_weights() -> None:
    trainer = trainer_of(settings_of(learning_rate=100.0, l2=100.0))  # a step takes away 250 times the weights
    while not trainer.diverged:
        trainer.step()
        assert trainer.step_count < 1000
    stopped = trainer.snapshot()
    assert stopped.diverged
    assert stopped.twin is not None
    np.testing.assert_array_equal(stopped.twin.w, stopped.twin.W[0] - stopped.twin.W[1])
    change(trainer, learning_rate=0.1, l2=1.0, running=False)
    change(trainer, running=True)
    assert report(train(trainer, 1)).since == stopped.step
    assert np.isfinite(report(trainer).w).all()
    np.testing.assert_allclose(report(trainer).w, report(trainer).W[0] - report(trainer).W[1], rtol=1e-12)


# A planted mistake


@pytest.mark.parametrize("mistake", ["wrong sign", "forget 1/m", "forget a bias"])
def test_a_mistake_spoils_the_network_alone(mistake: str) -> None:
    wrong = train(trainer_of(mistake=mistake), 30)
    right = report(train(trainer_of(), 30))
    found = report(wrong)
    assert found.is_spoiled
    assert not right.is_spoiled
    np.testing.assert_array_equal(found.w, right.w)
    assert difference(found) > 1e-3


def test_once_a_mistake_is_taken_out_the_two_agree_from_there() -> None:
    trainer = train(trainer_of(settings_of("adam"), mistake="wrong sign"), 5)
    change(trainer, mistake=None)
    assert report(trainer).since == 5
    assert not report(trainer).is_spoiled
    assert_equal_to_rounding(train(trainer, 200))


def test_a_mistake_that_makes_no_difference_spoils_nothing() -> None:
    trainer = train(trainer_of(mistake="forget g′"), 30)
    assert not report(trainer).is_spoiled
    assert_equal_to_rounding(trainer)


# What there is no twin for, and what it costs


@pytest.mark.parametrize("chosen", [Settings(hidden=(4,)), Settings(hidden=(2, 2))])
def test_there_is_none_with_hidden_layers(chosen: Settings) -> None:
    assert train(trainer_of(chosen), 3).snapshot().twin is None


def test_without_points_it_stands_still_and_agrees() -> None:
    trainer = train(trainer_of(dataset=empty_dataset(2)), 3)
    assert report(trainer).cost is None
    assert_equal_to_rounding(trainer)
    change(trainer, dataset=MOONS)
    assert_equal_to_rounding(train(trainer, 50))


@each_optimizer
@each_batch_size
def test_the_run_is_the_same_to_the_last_bit_with_and_without_it(optimizer: str, batch_size: int) -> None:
    chosen = settings_of(optimizer, batch_size=batch_size, l2=0.5)
    alone, watched = trainer_of(chosen, pictures=frozenset()), trainer_of(chosen)
    for _ in range(3):
        first, second = train(alone, 40).snapshot(), train(watched, 40).snapshot()
        assert first.parameters.tobytes() == second.parameters.tobytes()
        assert (first.cost, first.epoch, first.accuracy) == (second.cost, second.epoch, second.accuracy)
        assert first.curve.cost.tobytes() == second.curve.cost.tobytes()
        assert (first.twin is None, second.twin is None) == (True, False)
