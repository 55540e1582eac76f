"""The trainer: what each request does to a run and what it leaves alone, against longhand sums in float64."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.nn import ACTIVATIONS, Network
from playground.session.dataset import Dataset, class_labels, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.grid import Grid
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.sources import load_source
from playground.session.trainer import Trainer

Matrix = NDArray[np.float64]

BLOBS = generate(Recipe("blobs", classes=3, points=60))
BATCHES = Settings(batch_size=8)
GRID = Grid(left=-1.0, right=2.0, bottom=-2.0, top=1.5, columns=7, rows=5)
PROBE = (0.3, -0.4)

LONGHAND: dict[str, Callable[[Matrix], Matrix]] = {
    "tanh": np.tanh,
    "relu": lambda Z: np.maximum(Z, 0),
    "leaky relu": lambda Z: np.maximum(Z, 0.01 * Z),
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "linear": lambda Z: Z,
}

thorough = settings(derandomize=True, deadline=None, max_examples=25)


def trainer_on(dataset: Dataset = BLOBS, chosen: Settings | None = None, **request: Any) -> Trainer:
    return Trainer(Request(dataset, chosen or Settings(), running=True, **request))


def change(trainer: Trainer, **changes: Any) -> None:
    """Let the trainer accept its request with something changed; settings by their names."""
    names = set(Settings.__dataclass_fields__)
    chosen = {name: value for name, value in changes.items() if name in names}
    rest = {name: value for name, value in changes.items() if name not in names}
    trainer.accept(replace(trainer.request, settings=replace(trainer.request.settings, **chosen), **rest))


def train(trainer: Trainer, steps: int) -> Trainer:
    for _ in range(steps):
        trainer.step()
    return trainer


def parameters(trainer: Trainer) -> Matrix:
    return trainer.snapshot().parameters.astype(np.float64)


def layers_of(snapshot: Snapshot) -> list[tuple[Matrix, Matrix]]:
    """W and b of each layer of a snapshot, in float64."""
    net = Network(snapshot.sizes)
    net.parameters[:] = snapshot.parameters
    return [(W.astype(float), b.astype(float)) for W, b in zip(net.weights, net.biases, strict=True)]


def longhand_probabilities(snapshot: Snapshot, X: Matrix, activation: str = "tanh") -> Matrix:
    A = X
    *hidden, output = layers_of(snapshot)
    for W, b in hidden:
        A = LONGHAND[activation](W @ A + b[:, None])
    Z = output[0] @ A + output[1][:, None]
    powers = np.exp(Z - Z.max(axis=0))
    probabilities: Matrix = powers / powers.sum(axis=0)
    return probabilities


def longhand_cost(snapshot: Snapshot, X: Matrix, labels: Matrix, l2: float, m: int, activation: str = "tanh") -> float:
    """Mean of −log ŷ of each example's class, plus l2 / (2m) times the sum of all squared weights."""
    Y_hat = longhand_probabilities(snapshot, X, activation)
    losses = [-math.log(Y_hat[label, i]) for i, label in enumerate(labels)]
    squares = sum(float((W**2).sum()) for W, _ in layers_of(snapshot))
    return sum(losses) / len(losses) + l2 / (2 * m) * squares


# Learning


@pytest.mark.parametrize("batch_size", [0, 8])
@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "rmsprop", "adam"])
def test_the_cost_falls_and_the_blobs_are_told_apart(optimizer: str, batch_size: int) -> None:
    rate = 0.5 if optimizer in ("gradient descent", "momentum") else 0.02
    trainer = trainer_on(BLOBS, Settings(optimizer=optimizer, learning_rate=rate, batch_size=batch_size))
    before = trainer.snapshot()
    after = train(trainer, 300).snapshot()
    assert before.cost is not None
    assert after.cost is not None
    assert after.cost < 0.1 * before.cost
    assert after.accuracy == 1
    assert after.step == 300


def test_one_step_of_gradient_descent_is_theta_minus_alpha_times_the_gradient_of_j() -> None:
    chosen = Settings(optimizer="gradient descent", learning_rate=0.3, l2=2.0)
    trainer = trainer_on(BLOBS, chosen)
    before = trainer.snapshot()
    after = train(trainer, 1).snapshot()
    move = (after.parameters - before.parameters).astype(float)
    nudge = 1e-3
    costs = []
    for sign in (1, -1):  # the gradient's own direction, by the costs on either side
        moved = replace(before, parameters=before.parameters + np.float32(sign * nudge) * (move / np.linalg.norm(move)))
        costs.append(longhand_cost(moved, BLOBS.X, BLOBS.labels, 2.0, 60))
    slope = (costs[0] - costs[1]) / (2 * nudge)
    assert slope == pytest.approx(-np.linalg.norm(move) / 0.3, rel=1e-3)


@pytest.mark.parametrize("batch_size", [0, 8])
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(batch_size: int) -> None:
    chosen = Settings(batch_size=batch_size, seed=5, test_share=0.2)
    first, again = (train(trainer_on(BLOBS, chosen), 50).snapshot() for _ in range(2))
    assert first.parameters.tobytes() == again.parameters.tobytes()
    assert first.curve.cost.tobytes() == again.curve.cost.tobytes()
    assert first.curve.test_cost.tobytes() == again.curve.test_cost.tobytes()
    other = train(trainer_on(BLOBS, replace(chosen, seed=6)), 50).snapshot()
    assert not np.isclose(first.parameters, other.parameters).all()


def test_the_order_of_mini_batches_comes_from_the_seed() -> None:
    chosen = replace(BATCHES, hidden=(), optimizer="gradient descent")
    costs = []
    for seed in (0, 1):
        trainer = trainer_on(BLOBS, replace(chosen, seed=seed))
        trainer.network.parameters[:] = 0.1  # the same weights, so that only the batches differ
        costs.append(train(trainer, 3).snapshot().cost)
    assert costs[0] != costs[1]


def test_steps_and_epochs_are_counted() -> None:
    snapshot = train(trainer_on(BLOBS, BATCHES), 20).snapshot()  # 8 steps an epoch, the last of 4 examples
    assert snapshot.step == 20
    assert snapshot.epoch == pytest.approx(2 + 32 / 60)
    assert train(trainer_on(), 20).snapshot().epoch == 20


def test_mini_batches_and_full_batches_are_different_ways_to_the_same_end() -> None:
    mini, full = (train(trainer_on(BLOBS, chosen), 160) for chosen in (BATCHES, Settings()))
    assert (mini.epoch, full.epoch) == (20, 160)
    assert mini.snapshot().accuracy == full.snapshot().accuracy == 1
    assert not np.isclose(parameters(mini), parameters(full)).all()


def test_a_batch_as_large_as_the_set_is_the_full_batch() -> None:
    sizes = [0, 60, 1000]
    results = {train(trainer_on(BLOBS, Settings(batch_size=size)), 20).network.parameters.tobytes() for size in sizes}
    assert len(results) == 1


# J


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
@pytest.mark.parametrize(("l2", "test_share"), [(0.0, 0.0), (3.0, 0.0), (0.0, 0.3), (3.0, 0.3)])
def test_j_is_the_mean_loss_and_the_penalty_with_the_training_sets_m(
    activation: str, l2: float, test_share: float
) -> None:
    trainer = trainer_on(BLOBS, Settings(activation=activation, l2=l2, test_share=test_share))
    snapshot = train(trainer, 15).snapshot()
    is_test = BLOBS.is_test(test_share)
    m = np.count_nonzero(~is_test)
    expected = longhand_cost(snapshot, BLOBS.X[:, ~is_test], BLOBS.labels[~is_test], l2, m, activation)
    assert snapshot.cost == pytest.approx(expected, rel=1e-5)
    assert snapshot.curve.cost[-1] == snapshot.cost
    if is_test.any():
        expected = longhand_cost(snapshot, BLOBS.X[:, is_test], BLOBS.labels[is_test], l2, m, activation)
        assert snapshot.test_cost == pytest.approx(expected, rel=1e-5)
        assert snapshot.curve.test_cost[-1] == snapshot.test_cost
    else:
        assert snapshot.test_cost is None
        assert np.isnan(snapshot.curve.test_cost).all()


def test_accuracy_is_the_share_of_points_in_their_own_region() -> None:
    noisy = generate(Recipe("blobs", classes=3, points=90, noise=0.6))
    snapshot = train(trainer_on(noisy, Settings(test_share=0.3)), 100).snapshot()
    for mask, told in ((~noisy.is_test(0.3), snapshot.accuracy), (noisy.is_test(0.3), snapshot.test_accuracy)):
        winners = longhand_probabilities(snapshot, noisy.X[:, mask]).argmax(axis=0)
        expected = np.mean(winners == noisy.labels[mask])
        assert 0.4 < expected < 1
        assert told == expected


def test_a_mini_batch_feels_the_penalty_of_the_whole_set() -> None:
    # of equal examples every batch has the gradient of the whole set, if the penalty is shared by m and not by b
    dataset = empty_dataset(2).with_points(np.full((2, 40), 0.5), 1)
    chosen = Settings(optimizer="gradient descent", learning_rate=0.5, l2=20.0)
    mini, full = (train(trainer_on(dataset, replace(chosen, batch_size=size)), 10) for size in (8, 0))
    np.testing.assert_allclose(parameters(mini), parameters(full), rtol=1e-4, atol=1e-6)


def test_the_penalty_holds_weights_small() -> None:
    sums = []
    for l2 in (0.0, 1.0, 30.0):
        snapshot = train(trainer_on(BLOBS, Settings(l2=l2)), 300).snapshot()
        sums.append(sum((W**2).sum() for W, _ in layers_of(snapshot)))
    assert sums[0] > 1.5 * sums[1] > 3 * sums[2]


def test_held_out_points_teach_nothing() -> None:
    chosen = Settings(test_share=0.3)
    is_test = BLOBS.is_test(0.3)
    shifted = replace(BLOBS, X=np.where(is_test, -BLOBS.X, BLOBS.X))
    assert is_test.any()
    one, other = (train(trainer_on(dataset, chosen), 50).snapshot() for dataset in (BLOBS, shifted))
    assert one.parameters.tobytes() == other.parameters.tobytes()
    assert one.test_cost != other.test_cost


# The curve


def test_the_curve_starts_with_the_untrained_network_and_follows_every_step_of_a_full_batch() -> None:
    trainer = trainer_on()
    costs = [trainer.snapshot().cost]
    for _ in range(30):
        costs.append(train(trainer, 1).snapshot().cost)
    curve = trainer.snapshot().curve
    assert curve.epoch.tolist() == list(range(31))
    assert curve.cost.tolist() == costs


def test_the_curve_has_ten_records_an_epoch_where_steps_are_many() -> None:
    dataset = generate(Recipe(points=400))
    curve = train(trainer_on(dataset, Settings(batch_size=10)), 100).snapshot().curve
    np.testing.assert_allclose(curve.epoch, np.arange(0, 2.51, 0.1))


# Edits while training


EDITS: dict[str, Callable[[Dataset], Dataset]] = {
    "draw": lambda dataset: dataset.with_points([[2.0, 0.1], [2.0, 0.2]], 1),
    "erase": lambda dataset: dataset.without(np.arange(dataset.m) % 4 == 0),
    "move": lambda dataset: dataset.with_moved(3, -1.0, 1.0),
    "rename": lambda dataset: dataset.with_name(0, "cat"),
}


@pytest.mark.parametrize("batch_size", [0, 8])
@pytest.mark.parametrize("edit", list(EDITS))
def test_an_edit_keeps_everything_learned(edit: str, batch_size: int) -> None:
    trainer = train(trainer_on(BLOBS, Settings(batch_size=batch_size)), 30)
    before = trainer.snapshot()
    edited = EDITS[edit](BLOBS)
    change(trainer, dataset=edited)
    after = trainer.snapshot()
    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.curve.cost.tobytes() == before.curve.cost.tobytes()
    assert after.step == 30
    assert after.epoch == pytest.approx(before.epoch, abs=1 / 40)
    assert after.dataset is edited


def test_a_new_point_bends_the_border() -> None:
    trainer = train(trainer_on(), 200)
    place = BLOBS.X[:, 0]
    change(trainer, probe=(float(place[0]), float(place[1])))
    was = trainer.snapshot().probe_probabilities
    other = int(BLOBS.labels[0] + 1) % 3
    change(trainer, dataset=BLOBS.with_points(np.repeat(place[:, None], 60, axis=1), other))
    now = train(trainer, 100).snapshot().probe_probabilities
    assert was is not None
    assert now is not None
    assert was[other] < 0.1
    assert now[other] > 0.5


def test_the_cost_is_that_of_the_points_on_the_plane_now() -> None:
    trainer = train(trainer_on(), 30)
    edited = BLOBS.without(BLOBS.labels == 0)
    change(trainer, dataset=edited)
    snapshot = trainer.snapshot()
    assert snapshot.cost == pytest.approx(longhand_cost(snapshot, edited.X, edited.labels, 0, 40), rel=1e-5)


def test_of_several_edits_the_last_one_counts() -> None:
    edits = [BLOBS.with_points([[9.0], [9.0]], 0), BLOBS.with_moved(0, 5, 5), BLOBS.without(BLOBS.X[0] > 0)]
    skipping, following = (train(trainer_on(), 20) for _ in range(2))
    change(skipping, dataset=edits[-1])
    for edit in edits:
        change(following, dataset=edit)
    assert train(skipping, 20).network.parameters.tobytes() == train(following, 20).network.parameters.tobytes()


def test_a_new_name_leaves_the_run_as_it_is() -> None:
    plain, renamed = (train(trainer_on(BLOBS, BATCHES), 5) for _ in range(2))
    change(renamed, dataset=BLOBS.with_name(0, "cat"))
    assert train(plain, 20).network.parameters.tobytes() == train(renamed, 20).network.parameters.tobytes()


# Classes


def output_rows(snapshot: Snapshot) -> Matrix:
    W, b = layers_of(snapshot)[-1]
    return np.column_stack([W, b])


def hidden_part(snapshot: Snapshot) -> list[list[float]]:
    return [np.column_stack([W, b]).ravel().tolist() for W, b in layers_of(snapshot)[:-1]]


def test_a_new_class_keeps_every_learned_row_and_wins_nowhere_yet() -> None:
    trainer = train(trainer_on(grid=GRID), 100)
    before = trainer.snapshot()
    change(trainer, dataset=BLOBS.with_class())
    after = trainer.snapshot()
    assert before.sizes == (2, 8, 8, 3)
    assert after.sizes == (2, 8, 8, 4)
    np.testing.assert_array_equal(output_rows(after)[:3], output_rows(before))
    assert hidden_part(after) == hidden_part(before)
    assert after.probabilities is not None
    assert before.probabilities is not None
    winners, were = after.probabilities.argmax(axis=0), before.probabilities.argmax(axis=0)
    np.testing.assert_array_equal(winners, were)
    assert after.step == 100


def test_a_new_class_is_learned_once_it_has_points() -> None:
    trainer = train(trainer_on(), 100)
    grown = BLOBS.with_class().with_points(np.random.default_rng(0).normal(0, 0.05, (2, 20)), 3)
    change(trainer, dataset=grown)
    snapshot = train(trainer, 300).snapshot()
    assert snapshot.accuracy == 1


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_removed_class_takes_its_row_along(index: int) -> None:
    trainer = train(trainer_on(), 60)
    before = trainer.snapshot()
    change(trainer, dataset=BLOBS.without_class(index))
    after = trainer.snapshot()
    assert after.sizes == (2, 8, 8, 2)
    np.testing.assert_array_equal(output_rows(after), np.delete(output_rows(before), index, axis=0))
    assert hidden_part(after) == hidden_part(before)


def test_undoing_the_removal_of_a_class_keeps_the_others_and_learns_it_again() -> None:
    trainer = train(trainer_on(), 200)
    before = trainer.snapshot()
    change(trainer, dataset=BLOBS.without_class(0))
    change(trainer, dataset=BLOBS)
    after = trainer.snapshot()
    assert after.sizes == before.sizes
    np.testing.assert_array_equal(output_rows(after)[1:], output_rows(before)[1:])
    assert train(trainer, 300).snapshot().accuracy == 1


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "rmsprop", "adam"])
def test_a_class_that_comes_and_goes_leaves_no_trace(optimizer: str) -> None:
    plain, visited = (train(trainer_on(BLOBS, Settings(optimizer=optimizer)), 30) for _ in range(2))
    change(visited, dataset=BLOBS.with_class())
    change(visited, dataset=BLOBS)
    assert train(plain, 30).network.parameters.tobytes() == train(visited, 30).network.parameters.tobytes()


def test_several_changes_of_classes_at_once_keep_the_rows_of_those_that_stayed() -> None:
    trainer = train(trainer_on(), 60)
    before = trainer.snapshot()
    edited = BLOBS.with_class().without_class(0).with_class().with_points([[0.0], [0.0]], 2)
    change(trainer, dataset=edited)  # the trainer never saw the steps between
    after = trainer.snapshot()
    styles = [label.style for label in edited.classes]
    assert styles == [1, 2, 3, 0]
    assert after.sizes == (2, 8, 8, 4)
    np.testing.assert_array_equal(output_rows(after)[:2], output_rows(before)[1:])
    assert math.isfinite(train(trainer, 10).snapshot().cost or math.nan)


def test_as_many_classes_as_before_may_be_others() -> None:
    trainer = train(trainer_on(), 60)
    before = output_rows(trainer.snapshot())
    change(trainer, dataset=BLOBS.with_class().without_class(0))
    after = output_rows(trainer.snapshot())
    np.testing.assert_array_equal(after[:2], before[1:])
    assert not np.isin(after[2], before).any()


def test_before_the_first_step_a_change_of_classes_is_the_start_that_reset_returns_to() -> None:
    edited = BLOBS.with_class()
    trainer = trainer_on()
    change(trainer, dataset=edited)
    assert trainer.snapshot().parameters.tobytes() == trainer_on(edited).snapshot().parameters.tobytes()
    train(trainer, 10)
    change(trainer, run_id=1)
    assert trainer.snapshot().parameters.tobytes() == trainer_on(edited).snapshot().parameters.tobytes()


@thorough
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(["class", "no class", "draw", "erase", "step"]), st.integers(0, 9)), max_size=15
    )
)
def test_after_any_edits_the_network_fits_the_data_set_and_kept_rows_are_exact(edits: list[tuple[str, int]]) -> None:
    trainer = train(trainer_on(BLOBS, Settings(hidden=(4,), batch_size=16)), 3)
    dataset = BLOBS
    for kind, number in edits:
        before = trainer.snapshot()
        if kind == "class" and dataset.C < 10:
            dataset = dataset.with_class()
        elif kind == "no class" and dataset.C > 2:
            dataset = dataset.without_class(number % dataset.C)
        elif kind == "draw":
            dataset = dataset.with_points([[number / 5], [0.1]], number % dataset.C)
        elif kind == "erase":
            dataset = dataset.without(np.arange(dataset.m) % 10 == number)
        else:
            train(trainer, number)
            continue
        change(trainer, dataset=dataset)
        after = trainer.snapshot()
        old_rows = {label.style: row for label, row in zip(before.dataset.classes, output_rows(before), strict=True)}
        new_rows = {label.style: row for label, row in zip(dataset.classes, output_rows(after), strict=True)}
        assert after.sizes == (2, 4, dataset.C)
        for style in old_rows.keys() & new_rows.keys():
            np.testing.assert_array_equal(new_rows[style], old_rows[style])
        assert (after.cost is None) == (dataset.m == 0)
        assert after.cost is None or math.isfinite(after.cost)


# Settings that act on the live network


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", 0.5),
        ("optimizer", "gradient descent"),
        ("batch_size", 10),
        ("l2", 5.0),
        ("test_share", 0.3),
        ("speed", "max"),
    ],
)
def test_a_live_setting_keeps_everything_learned(name: str, value: object) -> None:
    trainer = train(trainer_on(), 30)
    before = trainer.snapshot()
    change(trainer, **{name: value})
    after = trainer.snapshot()
    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.curve.cost.tobytes() == before.curve.cost.tobytes()
    assert (after.step, after.epoch) == (30, 30)
    assert train(trainer, 1).snapshot().step == 31


def test_the_speed_changes_nothing_about_what_is_learned() -> None:
    plain, fast = (train(trainer_on(BLOBS, BATCHES), 10) for _ in range(2))
    change(fast, speed="max")
    assert train(plain, 20).network.parameters.tobytes() == train(fast, 20).network.parameters.tobytes()


def test_a_new_learning_rate_scales_the_next_step() -> None:
    moves = []
    for rate in (0.1, 0.2):
        trainer = train(trainer_on(BLOBS, Settings(optimizer="gradient descent", learning_rate=0.1)), 10)
        before = parameters(trainer)
        change(trainer, learning_rate=rate)
        moves.append(parameters(train(trainer, 1)) - before)
    np.testing.assert_allclose(moves[1], 2 * moves[0], rtol=1e-3, atol=1e-6)


def test_a_new_learning_rate_keeps_the_averages_of_the_optimiser() -> None:
    plain, touched = (train(trainer_on(), 20) for _ in range(2))
    change(touched, learning_rate=0.3)
    change(touched, learning_rate=0.01)
    assert train(plain, 5).network.parameters.tobytes() == train(touched, 5).network.parameters.tobytes()


def test_a_new_optimiser_makes_the_next_step_from_here() -> None:
    adam = train(trainer_on(), 20)
    start = adam.snapshot()
    change(adam, optimizer="gradient descent", learning_rate=0.1)
    net = Network(start.sizes)
    net.parameters[:] = start.parameters
    gradient = net.cost_and_gradient(BLOBS.X, BLOBS.labels)[1]
    expected = start.parameters - np.float32(0.1) * gradient
    np.testing.assert_allclose(train(adam, 1).snapshot().parameters, expected, rtol=1e-5, atol=1e-7)


def test_a_new_batch_size_acts_on_the_next_step() -> None:
    trainer = train(trainer_on(), 3)
    change(trainer, batch_size=15)
    assert trainer.steps_per_epoch == 4
    assert train(trainer, 1).epoch == 3.25
    assert train(trainer, 3).epoch == 4


def test_a_new_penalty_is_part_of_j_at_once() -> None:
    trainer = train(trainer_on(), 10)
    plain = trainer.snapshot()
    change(trainer, l2=4.0)
    snapshot = trainer.snapshot()
    squares = sum((W**2).sum() for W, _ in layers_of(snapshot))
    assert plain.cost is not None
    assert snapshot.cost == pytest.approx(plain.cost + 4.0 / (2 * 60) * squares, rel=1e-5)


def test_a_new_test_share_holds_points_out_at_once() -> None:
    trainer = train(trainer_on(), 10)
    assert trainer.snapshot().test_cost is None
    change(trainer, test_share=0.5, batch_size=10)
    snapshot = trainer.snapshot()
    assert snapshot.test_cost is not None
    assert trainer.steps_per_epoch == 3


# Runs


def test_a_new_run_id_starts_again_from_the_same_start() -> None:
    trainer = trainer_on(BLOBS, BATCHES)
    start = trainer.snapshot()
    first = train(trainer, 25).snapshot()
    change(trainer, run_id=1)
    again = trainer.snapshot()
    assert again.parameters.tobytes() == start.parameters.tobytes()
    assert (again.run_id, again.step, again.epoch, again.curve.cost.size) == (1, 0, 0, 0)
    second = train(trainer, 25).snapshot()
    assert second.parameters.tobytes() == first.parameters.tobytes()
    assert second.curve.cost.tobytes() == first.curve.cost.tobytes()


@pytest.mark.parametrize(
    "new", [{"hidden": (5,)}, {"activation": "relu"}, {"seed": 3}, {"hidden": ()}, {"standardise": True}]
)
def test_a_new_run_takes_the_settings_of_its_start(new: dict[str, Any]) -> None:
    trainer = train(trainer_on(), 10)
    change(trainer, run_id=1, **new)
    fresh = trainer_on(BLOBS, replace(Settings(), **new))
    assert train(trainer, 5).network.parameters.tobytes() == train(fresh, 5).network.parameters.tobytes()
    assert trainer.snapshot().sizes == (2, *trainer.request.settings.hidden, 3)


# Single steps


def run_wanted(trainer: Trainer, limit: int = 1000) -> int:
    """Make the single steps that are wanted; how many those were."""
    before = trainer.step_count
    for _ in range(limit):
        if not trainer.wants_single_step:
            return trainer.step_count - before
        trainer.single_step()
    raise AssertionError("single steps are wanted without end")


def paused(chosen: Settings = BATCHES) -> Trainer:
    return Trainer(Request(BLOBS, chosen))


def test_single_steps_are_made_as_often_as_asked() -> None:
    trainer = paused()
    assert run_wanted(trainer) == 0
    change(trainer, single_steps=1)
    assert run_wanted(trainer) == 1
    change(trainer, single_steps=4)
    change(trainer, single_steps=6)
    assert run_wanted(trainer) == 5
    change(trainer, probe=PROBE)
    assert run_wanted(trainer) == 0


@pytest.mark.parametrize(("chosen", "steps"), [(BATCHES, 8), (Settings(), 1), (Settings(batch_size=1), 60)])
def test_a_single_epoch_is_all_steps_of_one(chosen: Settings, steps: int) -> None:
    trainer = paused(chosen)
    change(trainer, single_epochs=1)
    assert run_wanted(trainer) == steps
    assert trainer.epoch == 1
    change(trainer, single_epochs=4)
    assert run_wanted(trainer) == 3 * steps
    assert trainer.epoch == 4


def test_a_single_epoch_goes_on_to_the_end_of_the_one_begun() -> None:
    trainer = paused()
    change(trainer, single_steps=3)
    run_wanted(trainer)
    change(trainer, single_epochs=1)
    assert run_wanted(trainer) == 5
    assert trainer.epoch == 1


def test_single_steps_and_epochs_can_be_asked_for_at_once() -> None:
    trainer = paused()
    change(trainer, single_steps=10, single_epochs=1)
    assert run_wanted(trainer) == 16  # ten steps reach into the second epoch, which is then finished
    assert trainer.epoch == 2


def test_single_steps_are_the_steps_that_training_makes() -> None:
    singly = paused()
    change(singly, single_steps=13)
    run_wanted(singly)
    assert singly.network.parameters.tobytes() == train(trainer_on(BLOBS, BATCHES), 13).network.parameters.tobytes()


def test_a_new_run_owes_the_steps_asked_for_in_it_and_none_of_the_one_before() -> None:
    trainer = trainer_on(BLOBS, single_steps=7, single_epochs=2)
    change(trainer, run_id=1, single_steps=0, single_epochs=0)
    assert run_wanted(trainer) == 0
    change(trainer, run_id=2, single_steps=3, single_epochs=0)
    assert run_wanted(trainer) == 3


def test_a_snapshot_says_it_is_running_while_steps_are_owed() -> None:
    trainer = paused()
    assert not trainer.snapshot().running
    change(trainer, single_steps=2)
    assert trainer.snapshot().running
    run_wanted(trainer)
    assert not trainer.snapshot().running
    change(trainer, running=True)
    assert trainer.snapshot().running


# Divergence

# With this penalty a step multiplies the weights by about -9, until float32 ends.
DIVERGING = Settings(optimizer="gradient descent", learning_rate=6.0, l2=100.0)
BURST = Settings(activation="relu", optimizer="gradient descent", learning_rate=100.0)
LARGE_UNITS = replace(BLOBS, X=BLOBS.X * 1e6)


def diverged(dataset: Dataset = BLOBS, chosen: Settings = DIVERGING) -> tuple[Trainer, list[Matrix]]:
    """A trainer whose run diverged, and its parameters after each step on the way there."""
    trainer = trainer_on(dataset, chosen)
    way = [parameters_now(trainer)]
    while trainer.can_step:
        trainer.step()
        way.append(parameters_now(trainer))
        assert len(way) < 5000
    return trainer, way


def parameters_now(trainer: Trainer) -> Matrix:
    """A copy without a look by `snapshot`."""
    return trainer.network.parameters.copy()


@pytest.mark.parametrize(
    ("dataset", "chosen"),
    [
        (BLOBS, DIVERGING),
        (LARGE_UNITS, BURST),
        (LARGE_UNITS, replace(BURST, optimizer="momentum")),
        (LARGE_UNITS, replace(BURST, activation="linear")),
        (BLOBS, replace(DIVERGING, batch_size=8)),
    ],
)
def test_a_run_that_diverges_stops_at_finite_parameters_and_says_so(dataset: Dataset, chosen: Settings) -> None:
    trainer, way = diverged(dataset, chosen)
    snapshot = trainer.snapshot()
    assert snapshot.diverged
    assert not snapshot.running
    assert np.isfinite(snapshot.parameters).all()
    assert math.isfinite(snapshot.cost or math.nan)
    assert any(snapshot.parameters.tobytes() == moment.tobytes() for moment in way[:-1])
    assert np.isfinite(snapshot.curve.cost).all()
    assert snapshot.cost == snapshot.curve.cost[-1]
    steps = trainer.step_count
    assert train(trainer, 5).step_count == steps


def test_the_parameters_kept_are_those_of_the_last_record() -> None:
    trainer, way = diverged()
    records = trainer.snapshot().curve.cost.size  # one for the start and one for each step
    assert records > 10
    assert trainer.snapshot().parameters.tobytes() == way[records - 1].tobytes()


def test_a_diverged_run_learns_on_once_it_is_asked_to_run_again() -> None:
    trainer, _ = diverged()
    change(trainer, learning_rate=0.01, l2=0.0)
    assert not trainer.can_step
    change(trainer, running=False)
    assert trainer.snapshot().diverged
    before = trainer.snapshot()
    change(trainer, running=True)
    assert not trainer.snapshot().diverged
    after = train(trainer, 1).snapshot()
    assert after.step == before.step + 1
    assert math.isfinite(after.cost or math.nan)
    assert after.parameters.tobytes() != before.parameters.tobytes()


@pytest.mark.parametrize("wish", ["single_steps", "single_epochs"])
def test_a_single_step_goes_on_after_a_divergence_too(wish: str) -> None:
    trainer, _ = diverged()
    change(trainer, running=False, learning_rate=0.01, l2=0.0)
    before = trainer.snapshot()
    assert not trainer.wants_single_step
    change(trainer, **{wish: 1})
    assert run_wanted(trainer) == 1
    after = trainer.snapshot()
    assert not after.diverged
    assert after.parameters.tobytes() != before.parameters.tobytes()


def test_a_diverged_run_that_is_asked_to_run_again_unchanged_diverges_again() -> None:
    trainer, _ = diverged()
    for _ in range(3):
        change(trainer, running=False)
        change(trainer, running=True)
        assert trainer.can_step
        train(trainer, 100)
        assert trainer.snapshot().diverged
        assert np.isfinite(trainer.snapshot().parameters).all()


def test_after_a_divergence_the_optimiser_starts_afresh_too() -> None:
    trainer, _ = diverged(LARGE_UNITS, replace(BURST, optimizer="momentum"))
    change(trainer, running=False)
    change(trainer, running=True, dataset=BLOBS, learning_rate=0.01)
    snapshot = train(trainer, 200).snapshot()
    assert not snapshot.diverged
    assert np.isfinite(snapshot.parameters).all()


def test_a_new_run_forgets_the_divergence() -> None:
    trainer, _ = diverged()
    change(trainer, run_id=1, learning_rate=0.01, l2=0.0)
    assert not trainer.snapshot().diverged
    assert train(trainer, 200).snapshot().accuracy == 1


def test_a_look_before_the_next_record_says_not_finite_and_leaves_the_run_as_it_is() -> None:
    dataset = replace(generate(Recipe(points=400)), X=generate(Recipe(points=400)).X * 1e6)
    trainer = trainer_on(dataset, replace(BURST, batch_size=10))  # a record every 4 steps
    start = parameters_now(trainer)
    train(trainer, 3)
    snapshot = trainer.snapshot()
    assert (snapshot.is_finite, snapshot.diverged, snapshot.cost, snapshot.accuracy) == (False, False, None, None)
    assert trainer.step_count == train(trainer, 1).step_count - 1
    assert trainer.snapshot().diverged
    assert trainer.snapshot().is_finite
    assert parameters_now(trainer).tobytes() == start.tobytes()


@thorough
@given(looks=st.sets(st.integers(0, 40), min_size=5), seed=st.integers(0, 9), rate=st.sampled_from([1e-9, 1.0, 100.0]))
def test_looking_at_a_run_does_not_change_it(looks: set[int], seed: int, rate: float) -> None:
    points = generate(Recipe(points=400))
    dataset = replace(points, X=points.X * 1e6)
    chosen = replace(BURST, activation="linear", learning_rate=rate, batch_size=4, seed=seed)  # a record every 10 steps
    pictures = frozenset({"points", "ties", "zero_lines", "step"})
    seen, alone = (trainer_on(dataset, chosen, grid=GRID, probe=(0.1, 0.2), pictures=pictures) for _ in range(2))
    for step in range(40):
        if step in looks:
            seen.snapshot()
        seen.step()
        alone.step()
        assert (seen.step_count, seen.diverged) == (alone.step_count, alone.diverged)
        assert parameters_now(seen).tobytes() == parameters_now(alone).tobytes()


def test_a_change_of_classes_before_the_divergence_is_found_can_be_recovered_from() -> None:
    dataset = replace(generate(Recipe(points=400)), X=generate(Recipe(points=400)).X * 1e6)
    trainer = train(trainer_on(dataset, replace(BURST, batch_size=10)), 3)
    change(trainer, dataset=dataset.with_class())
    train(trainer, 10)
    assert math.isfinite(trainer.snapshot().cost or math.nan)


def test_a_diverging_run_warns_of_nothing(recwarn: pytest.WarningsRecorder) -> None:
    trainer, _ = diverged(LARGE_UNITS, BURST)
    change(trainer, grid=GRID, probe=PROBE)
    trainer.snapshot()
    assert not recwarn.list


# Too few points


def test_without_points_there_is_nothing_to_learn_and_nothing_to_tell() -> None:
    trainer = trainer_on(empty_dataset(3), grid=GRID, probe=PROBE)
    assert not trainer.can_step
    snapshot = train(trainer, 5).snapshot()
    assert (snapshot.cost, snapshot.accuracy, snapshot.test_cost, snapshot.test_accuracy) == (None,) * 4
    assert (snapshot.step, snapshot.epoch, snapshot.running, snapshot.diverged) == (0, 0, False, False)
    assert snapshot.curve.cost.size == 0
    assert snapshot.probabilities is not None
    assert snapshot.probabilities.shape == (3, 5, 7)
    assert not trainer.wants_single_step


@pytest.mark.parametrize("standardise", [False, True])
def test_one_point_is_learned(standardise: bool) -> None:
    dataset = empty_dataset(3).with_points([[0.5], [0.5]], 2)
    snapshot = train(trainer_on(dataset, Settings(standardise=standardise)), 100).snapshot()
    assert snapshot.accuracy == 1
    assert snapshot.cost is not None
    assert snapshot.cost < 0.1
    assert np.isfinite(snapshot.parameters).all()


def test_one_class_is_learned() -> None:
    dataset = empty_dataset(2).with_points(np.random.default_rng(0).normal(size=(2, 30)), 1)
    assert train(trainer_on(dataset), 100).snapshot().accuracy == 1


def test_with_all_points_held_out_nothing_is_trained_and_the_test_set_is_told() -> None:
    dataset = empty_dataset(2).with_points([[0.5], [0.5]], 1)
    trainer = trainer_on(dataset, Settings(test_share=0.9, l2=1.0))
    assert not trainer.can_step
    snapshot = train(trainer, 3).snapshot()
    assert (snapshot.cost, snapshot.accuracy, snapshot.step) == (None, None, 0)
    assert math.isfinite(snapshot.test_cost or math.nan)
    assert snapshot.test_accuracy in (0, 1)


def test_a_run_goes_on_once_points_come_back() -> None:
    trainer = train(trainer_on(), 20)
    before = trainer.snapshot()
    change(trainer, dataset=BLOBS.cleared())
    train(trainer, 5)
    empty = trainer.snapshot()
    assert (empty.cost, empty.step, empty.running) == (None, 20, False)
    assert empty.parameters.tobytes() == before.parameters.tobytes()
    change(trainer, dataset=BLOBS)
    assert trainer.snapshot().cost == before.cost
    assert train(trainer, 5).step_count == 25


def test_points_drawn_onto_an_empty_plane_while_it_runs_are_learned() -> None:
    trainer = trainer_on(empty_dataset(3))
    change(trainer, dataset=BLOBS)
    assert train(trainer, 200).snapshot().accuracy == 1


# Standardised inputs


def test_penguins_are_learned_with_standardised_inputs_and_not_without() -> None:
    loaded = load_source("penguins", Recipe(), Settings())
    assert loaded.settings.standardise
    accuracies = [
        train(trainer_on(loaded.dataset, replace(loaded.settings, standardise=on)), 300).snapshot().accuracy
        for on in (True, False)
    ]
    assert accuracies[0] is not None
    assert accuracies[1] is not None
    assert accuracies[0] > 0.9
    assert accuracies[1] < 0.8


@pytest.mark.parametrize("test_share", [0.0, 0.25])
def test_standardised_inputs_have_the_training_sets_mean_and_spread_taken_out(test_share: float) -> None:
    dataset = load_source("penguins", Recipe(), Settings()).dataset
    grid = Grid(left=35.0, right=55.0, bottom=3000.0, top=5000.0, columns=1, rows=1)  # whose middle is the probe
    trainer = trainer_on(dataset, Settings(standardise=True, test_share=test_share), grid=grid, probe=(45.0, 4000.0))
    snapshot = train(trainer, 50).snapshot()
    X = dataset.X[:, ~dataset.is_test(test_share)]
    means = [sum(row) / len(row) for row in X.tolist()]
    spreads = [
        math.sqrt(sum((x - mean) ** 2 for x in row) / len(row)) for row, mean in zip(X.tolist(), means, strict=True)
    ]
    place = np.array([[(45.0 - means[0]) / spreads[0]], [(4000.0 - means[1]) / spreads[1]]])
    expected = longhand_probabilities(snapshot, place)[:, 0]
    assert snapshot.probe_probabilities is not None
    np.testing.assert_allclose(snapshot.probe_probabilities, expected, rtol=1e-4, atol=1e-6)
    assert snapshot.probabilities is not None
    np.testing.assert_allclose(snapshot.probabilities[:, 0, 0], expected, rtol=1e-4, atol=1e-6)
    scaled = (X - np.array([means]).T) / np.array([spreads]).T
    labels = dataset.labels[~dataset.is_test(test_share)]
    assert snapshot.cost == pytest.approx(longhand_cost(snapshot, scaled, labels, 0, labels.size), rel=1e-4)


@pytest.mark.parametrize("constant", [7.0, 0.1])
def test_an_input_that_is_the_same_everywhere_is_only_centred(constant: float) -> None:
    dataset = empty_dataset(2).with_points([[constant] * 3, [1.0, 2.0, 3.0]], 0)
    trainer = trainer_on(dataset, Settings(standardise=True), probe=(constant + 0.5, 2.0))
    snapshot = trainer.snapshot()
    assert snapshot.probe_probabilities is not None
    expected = longhand_probabilities(snapshot, np.array([[0.5], [0.0]]))[:, 0]
    np.testing.assert_allclose(snapshot.probe_probabilities, expected, rtol=1e-5)


def test_before_the_first_step_the_scale_follows_the_points() -> None:
    large = replace(BLOBS, X=BLOBS.X * 1000 + 5000)
    chosen = Settings(standardise=True)
    edited, fresh = trainer_on(BLOBS, chosen), trainer_on(large, chosen)
    change(edited, dataset=large)
    for trainer in (edited, fresh):
        change(trainer, grid=Grid(4000, 6000, 4000, 6000, 4, 3), probe=(5100.0, 4900.0))
    one, other = edited.snapshot(), fresh.snapshot()
    assert one.cost == other.cost
    np.testing.assert_array_equal(one.probabilities, other.probabilities)
    np.testing.assert_array_equal(one.probe_probabilities, other.probe_probabilities)
    assert one.probabilities is not None
    assert np.ptp(one.probabilities) > 0.01


def test_after_the_first_step_the_scale_stays() -> None:
    trainer = trainer_on(BLOBS, Settings(standardise=True), grid=GRID, probe=PROBE)
    before = train(trainer, 1).snapshot()
    change(trainer, dataset=BLOBS.with_points([[500.0] * 30, [-900.0] * 30], 1))
    after = trainer.snapshot()
    np.testing.assert_array_equal(after.probabilities, before.probabilities)
    np.testing.assert_array_equal(after.probe_probabilities, before.probe_probabilities)


def test_a_test_point_far_beyond_the_scale_has_a_finite_cost() -> None:
    X = np.array([[0.0, 1e-9, 2e-9, 1e30], [0.0, 1e-9, 3e-9, 1e30]])
    dataset = Dataset(X, np.array([0, 1, 0, 1]), np.array([0.5, 0.6, 0.7, 0.1]), class_labels(2))
    trainer = train(trainer_on(dataset, Settings(activation="relu", standardise=True, test_share=0.2)), 3)
    snapshot = trainer.snapshot()
    assert math.isfinite(snapshot.test_cost if snapshot.test_cost is not None else math.nan)
    assert math.isfinite(snapshot.cost if snapshot.cost is not None else math.nan)
    assert not snapshot.diverged


def test_a_point_far_beyond_the_scale_is_no_overflow() -> None:
    near = empty_dataset(2).with_points([[0.0, 1e-9, 2e-9], [0.0, 1e-9, 3e-9]], 0)
    trainer = train(trainer_on(near, Settings(standardise=True)), 1)
    change(trainer, dataset=near.with_points([[1e30], [1e30]], 1))
    assert math.isfinite(trainer.snapshot().cost or math.nan)


# Pictures


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_each_cell_of_the_grid_has_the_probabilities_at_its_middle(activation: str) -> None:
    trainer = train(trainer_on(BLOBS, Settings(activation=activation)), 20)
    change(trainer, grid=GRID)
    snapshot = trainer.snapshot()
    assert snapshot.grid == GRID
    assert snapshot.probabilities is not None
    assert snapshot.probabilities.shape == (3, 5, 7)
    for row in range(5):
        for column in range(7):
            place = np.array([[-1 + (column + 0.5) * 3 / 7], [-2 + (row + 0.5) * 3.5 / 5]])
            expected = longhand_probabilities(snapshot, place, activation)[:, 0]
            np.testing.assert_allclose(snapshot.probabilities[:, row, column], expected, rtol=1e-4, atol=1e-6)


def test_row_0_is_the_bottom_and_column_0_the_left() -> None:
    dataset = Dataset(
        np.array([[-1.0, 1.0, -1.0, 1.0], [-1.0, -1.0, 1.0, 1.0]]), np.arange(4), np.zeros(4), class_labels(4)
    )
    trainer = train(trainer_on(dataset, Settings(learning_rate=0.1)), 200)
    change(trainer, grid=Grid(-2, 2, -2, 2, 2, 2))
    snapshot = trainer.snapshot()
    assert snapshot.probabilities is not None
    assert snapshot.probabilities.argmax(axis=0).tolist() == [[0, 1], [2, 3]]
    assert snapshot.regions is not None
    assert snapshot.regions.winner.tolist() == [[0, 1], [2, 3]]


def test_the_probe_has_the_probabilities_at_its_place() -> None:
    trainer = train(trainer_on(probe=PROBE), 20)
    snapshot = trainer.snapshot()
    assert snapshot.probe == PROBE
    assert snapshot.probe_probabilities is not None
    expected = longhand_probabilities(snapshot, np.array([PROBE]).T)[:, 0]
    np.testing.assert_allclose(snapshot.probe_probabilities, expected, rtol=1e-5)
    assert snapshot.probe_probabilities.sum() == pytest.approx(1)


def test_a_probe_at_the_origin_is_a_probe() -> None:
    assert trainer_on(probe=(0.0, 0.0)).snapshot().probe_probabilities is not None


def test_pictures_that_were_not_asked_for_are_not_made() -> None:
    snapshot = trainer_on().snapshot()
    assert (snapshot.grid, snapshot.probabilities, snapshot.regions) == (None, None, None)
    assert (snapshot.probe, snapshot.probe_probabilities) == (None, None)


def test_a_picture_is_that_of_the_newest_grid_and_the_newest_weights() -> None:
    trainer = trainer_on(grid=GRID)
    untrained = trainer.snapshot().probabilities
    trained = train(trainer, 50).snapshot().probabilities
    assert untrained is not None
    assert trained is not None
    assert not np.isclose(untrained, trained).all()
    for grid in (replace(GRID, left=-5.0), replace(GRID, rows=9), replace(GRID, top=7.0), GRID):
        change(trainer, grid=grid)
        fresh = train(trainer_on(grid=grid), 50)
        np.testing.assert_array_equal(trainer.snapshot().probabilities, fresh.snapshot().probabilities)


def test_a_snapshot_is_a_copy_that_later_steps_do_not_change() -> None:
    trainer = train(trainer_on(BLOBS, Settings(test_share=0.2), grid=GRID, probe=PROBE), 10)
    snapshot = trainer.snapshot()
    assert snapshot.regions is not None
    arrays = [
        snapshot.parameters,
        snapshot.curve.epoch,
        snapshot.curve.cost,
        snapshot.curve.test_cost,
        snapshot.probabilities,
        snapshot.regions.winner,
        snapshot.regions.confidence,
        snapshot.regions.borders,
        snapshot.probe_probabilities,
    ]
    before = [np.array(array) for array in arrays]
    train(trainer, 3000)  # past the moment when the curve thins itself
    trainer.snapshot()
    for array, kept in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, kept)


def test_writing_into_a_snapshot_does_not_reach_the_run() -> None:
    trainer = train(trainer_on(grid=GRID), 10)
    snapshot = trainer.snapshot()
    snapshot.parameters[:] = 0
    snapshot.curve.cost[:] = 0
    untouched = train(trainer_on(grid=GRID), 10)
    assert trainer.snapshot().curve.cost.tobytes() == untouched.snapshot().curve.cost.tobytes()
    assert train(trainer, 5).network.parameters.tobytes() == train(untouched, 5).network.parameters.tobytes()


# Looking


sides, cells = st.floats(0, 5), st.integers(1, 9)
grids = st.builds(Grid, st.just(-1.0), sides, st.just(-2.0), sides, cells, cells)
probes = st.tuples(st.floats(-5, 5), st.floats(-5, 5))
looks = st.lists(st.tuples(st.integers(0, 12), st.none() | grids, st.none() | probes), max_size=8)


@thorough
@given(looks=looks, batch_size=st.sampled_from([0, 1, 8, 60]), test_share=st.sampled_from([0.0, 0.3]))
def test_looking_never_touches_the_run(
    looks: list[tuple[int, Grid | None, tuple[float, float] | None]], batch_size: int, test_share: float
) -> None:
    chosen = Settings(hidden=(4,), batch_size=batch_size, test_share=test_share)
    watched, alone = trainer_on(BLOBS, chosen), trainer_on(BLOBS, chosen)
    for steps, grid, probe in looks:
        train(watched, steps)
        change(watched, grid=grid, probe=probe)
        watched.snapshot()
        train(alone, steps)
    watched_end, alone_end = train(watched, 5).snapshot(), train(alone, 5).snapshot()
    assert watched_end.parameters.tobytes() == alone_end.parameters.tobytes()
    assert watched_end.curve.epoch.tobytes() == alone_end.curve.epoch.tobytes()
    assert watched_end.curve.cost.tobytes() == alone_end.curve.cost.tobytes()
    assert watched_end.curve.test_cost.tobytes() == alone_end.curve.test_cost.tobytes()
