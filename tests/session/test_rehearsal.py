"""The next step taken apart: it is the step that training makes, to the bit, and taking it apart touches nothing."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import Network
from playground.nn.trace import COLUMNS_KEPT
from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.messages import Request
from playground.session.rehearsal import Rehearsal
from playground.session.settings import Settings
from playground.session.trainer import Trainer

Matrix = NDArray[Any]

BLOBS = generate(Recipe("blobs", classes=3, points=60))
STEP = frozenset({"step"})
RATES = {"gradient descent": 0.5, "momentum": 0.5, "rmsprop": 0.02, "adam": 0.02}


def trained(dataset: Dataset = BLOBS, steps: int = 0, **chosen: Any) -> Trainer:
    """A paused run that shows its next step, after some steps."""
    trainer = Trainer(Request(dataset, replace(Settings(), **chosen), pictures=STEP))
    for _ in range(steps):
        trainer.step()
    return trainer


def rehearsed(trainer: Trainer) -> Rehearsal:
    rehearsal = trainer.snapshot().rehearsal
    assert rehearsal is not None
    return rehearsal


def change(trainer: Trainer, **changes: Any) -> None:
    trainer.accept(replace(trainer.request, **changes))


def longhand_costs(trainer: Trainer, X: Matrix, labels: Matrix) -> tuple[list[float], float]:
    """Each example's loss in float64, and the sum of all squared weights."""
    net, A = trainer.network, X.astype(float)
    for W, b in zip(net.weights[:-1], net.biases[:-1], strict=True):
        A = np.tanh(W.astype(float) @ A + b[:, None])
    Z = net.weights[-1].astype(float) @ A + net.biases[-1][:, None]
    losses = [
        math.log(sum(math.exp(z) for z in column)) - column[y] for column, y in zip(Z.T.tolist(), labels, strict=True)
    ]
    return losses, sum(float((W.astype(float) ** 2).sum()) for W in net.weights)


# The step that comes next


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize("batch_size", [0, 1, 8, 60])
@pytest.mark.parametrize("optimizer", list(RATES))
def test_the_step_that_is_made_next_is_the_one_that_was_shown(optimizer: str, batch_size: int, l2: float) -> None:
    chosen = {"optimizer": optimizer, "learning_rate": RATES[optimizer], "batch_size": batch_size, "l2": l2}
    trainer = trained(**chosen, test_share=0.2)
    for _ in range(20):  # from the first step on, within epochs and over their ends
        rehearsal = rehearsed(trainer)
        assert rehearsal.step == trainer.step_count
        assert rehearsal.before.tobytes() == trainer.network.parameters.tobytes()
        trainer.step()
        assert rehearsal.after.tobytes() == trainer.network.parameters.tobytes()


def grow(trainer: Trainer) -> None:
    change(trainer, dataset=BLOBS.with_class().with_points([[0.0, 0.1], [0.0, 0.1]], 3))


def shrink(trainer: Trainer) -> None:
    change(trainer, dataset=BLOBS.without_class(1))


def set_anew(**chosen: Any) -> Callable[[Trainer], None]:
    return lambda trainer: change(trainer, settings=replace(trainer.request.settings, **chosen))


@pytest.mark.parametrize("optimizer", list(RATES))
@pytest.mark.parametrize(
    "edit",
    [
        grow,
        shrink,
        lambda trainer: change(trainer, dataset=BLOBS.with_moved(3, 1.0, -1.0)),
        lambda trainer: change(trainer, run_id=1),
        set_anew(optimizer="momentum"),
        set_anew(learning_rate=0.3),
        set_anew(batch_size=0),
        set_anew(batch_size=5),
        set_anew(l2=7.0),
        set_anew(test_share=0.4),
    ],
)
def test_after_any_change_the_step_shown_is_the_one_made(edit: Callable[[Trainer], None], optimizer: str) -> None:
    trainer = trained(BLOBS, 11, optimizer=optimizer, learning_rate=RATES[optimizer], batch_size=8)
    rehearsed(trainer)  # which is out of date once it is changed
    edit(trainer)
    rehearsal = rehearsed(trainer)
    trainer.step()
    assert rehearsal.after.tobytes() == trainer.network.parameters.tobytes()


@pytest.mark.parametrize("batch_size", [0, 8])
def test_looking_at_a_step_leaves_no_trace_in_the_run(batch_size: int) -> None:
    looked_at, left_alone = (trained(BLOBS, 13, batch_size=batch_size, test_share=0.2, l2=1.0) for _ in range(2))
    change(left_alone, pictures=frozenset())
    for step in range(50):
        if step % 3 == 0:
            rehearsed(looked_at)
            change(looked_at, probe=(float(step), 0.0))
            rehearsed(looked_at)
        looked_at.step()
        left_alone.step()
        assert looked_at.network.parameters.tobytes() == left_alone.network.parameters.tobytes()
    one, other = looked_at.snapshot(), left_alone.snapshot()
    assert (one.epoch, one.step) == (other.epoch, other.step)
    assert one.curve.cost.tobytes() == other.curve.cost.tobytes()


def test_a_step_shown_stays_as_it_was_while_training_goes_on() -> None:
    trainer = trained(BLOBS, 3, batch_size=8)
    rehearsal = rehearsed(trainer)
    names = ("before", "after", "gradient", "losses", "columns")
    before = [getattr(rehearsal, name).copy() for name in names] + [
        rehearsal.trace.X.copy(),
        rehearsal.trace.Z[1].copy(),
    ]
    for _ in range(10):
        trainer.step()
        rehearsed(trainer)
    after = [getattr(rehearsal, name) for name in names] + [rehearsal.trace.X, rehearsal.trace.Z[1]]
    for was, now in zip(before, after, strict=True):
        np.testing.assert_array_equal(now, was)


# What it says


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize(("batch_size", "b"), [(0, None), (7, 7), (1, 1)])
def test_the_columns_are_the_examples_of_the_batch(batch_size: int, b: int | None, standardise: bool) -> None:
    trainer = trained(BLOBS, 4, batch_size=batch_size, test_share=0.3, standardise=standardise)
    is_test = BLOBS.is_test(0.3)
    X, labels = BLOBS.X[:, ~is_test], BLOBS.labels[~is_test]
    if standardise:
        X = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    for _ in range(10):
        rehearsal = rehearsed(trainer)
        assert rehearsal.m == labels.size
        assert rehearsal.trace.m == rehearsal.columns.size == (b or labels.size)
        np.testing.assert_allclose(rehearsal.trace.X, X[:, rehearsal.columns], rtol=1e-6)
        np.testing.assert_array_equal(rehearsal.trace.Y.argmax(axis=0), labels[rehearsal.columns])
        trainer.step()


def test_an_epoch_of_batches_shows_every_example_once_the_last_batch_as_it_is() -> None:
    trainer = trained(BLOBS, batch_size=8)
    shown = []
    for _ in range(8):
        shown.append(rehearsed(trainer).columns.tolist())
        trainer.step()
    assert [len(columns) for columns in shown] == [8] * 7 + [4]
    assert sorted(column for columns in shown for column in columns) == list(range(60))


@pytest.mark.parametrize(("batch_size", "l2"), [(0, 0.0), (0, 3.0), (8, 0.0), (8, 3.0)])
def test_losses_and_j_of_the_batch_are_those_of_the_sums_by_hand(batch_size: int, l2: float) -> None:
    trainer = trained(BLOBS, 5, batch_size=batch_size, l2=l2)
    rehearsal = rehearsed(trainer)
    losses, squares = longhand_costs(trainer, BLOBS.X[:, rehearsal.columns], BLOBS.labels[rehearsal.columns])
    assert rehearsal.losses.tolist() == pytest.approx(losses, rel=1e-4, abs=1e-6)
    mean = math.fsum(losses) / len(losses)
    assert rehearsal.batch_cost == pytest.approx(mean + l2 / (2 * 60) * squares, rel=1e-5)
    if batch_size == 0:
        assert rehearsal.batch_cost == trainer.snapshot().cost
    assert rehearsal.l2 == pytest.approx(l2 * len(losses) / 60)


def test_tiny_losses_add_up_to_the_tiny_j_of_the_batch() -> None:
    dataset = generate(Recipe("blobs", classes=2, points=40, noise=0.05))
    rehearsal = rehearsed(trained(dataset, 800, learning_rate=0.1))
    assert 0 < rehearsal.batch_cost < 1e-7
    assert np.mean(rehearsal.losses) == pytest.approx(rehearsal.batch_cost, rel=1e-4)


@pytest.mark.parametrize("l2", [0.0, 3.0])
def test_the_gradient_is_the_traces_and_plain_descent_goes_down_it(l2: float) -> None:
    trainer = trained(BLOBS, 5, optimizer="gradient descent", learning_rate=0.25, batch_size=8, l2=l2)
    rehearsal = rehearsed(trainer)
    trace = rehearsal.trace
    parts = [np.column_stack([trace.dW[layer], trace.db[layer]]).ravel() for layer in trace.dW]
    assert np.concatenate(parts).tobytes() == rehearsal.gradient.tobytes()
    by_hand = rehearsal.before.astype(float) - 0.25 * rehearsal.gradient.astype(float)
    np.testing.assert_allclose(rehearsal.after, by_hand, rtol=1e-6, atol=1e-7)
    assert (rehearsal.optimizer, rehearsal.learning_rate) == ("gradient descent", 0.25)


@pytest.mark.parametrize("hidden", [(), (5,), (4, 6)])
def test_every_stage_has_its_shape(hidden: tuple[int, ...]) -> None:
    rehearsal = rehearsed(trained(BLOBS, 2, hidden=hidden, activation="relu", batch_size=8))
    trace, sizes = rehearsal.trace, (2, *hidden, 3)
    assert (rehearsal.sizes, rehearsal.activation) == (sizes, "relu")
    for layer in range(1, len(sizes)):
        assert trace.Z[layer].shape == trace.dZ[layer].shape == (sizes[layer], 8)
        assert trace.dW[layer].shape == (sizes[layer], sizes[layer - 1])
        assert trace.db[layer].shape == (sizes[layer],)
        if layer < len(sizes) - 1:
            assert trace.A[layer].shape == trace.dA[layer].shape == (sizes[layer], 8)
    assert trace.X.shape == (2, 8)
    assert trace.Y.shape == trace.Y_hat.shape == (3, 8)
    assert (
        rehearsal.before.shape == rehearsal.gradient.shape == rehearsal.after.shape == Network(sizes).parameters.shape
    )


def test_of_many_examples_the_first_are_kept_and_all_make_the_step() -> None:
    many = generate(Recipe("blobs", classes=3, points=COLUMNS_KEPT + 500))
    trainer = trained(many, 2)
    rehearsal = rehearsed(trainer)
    assert rehearsal.trace.m == rehearsal.m == many.m
    assert rehearsal.columns.tolist() == list(range(COLUMNS_KEPT))
    assert rehearsal.losses.shape == (COLUMNS_KEPT,)
    assert rehearsal.batch_cost == trainer.snapshot().cost
    trainer.step()
    assert rehearsal.after.tobytes() == trainer.network.parameters.tobytes()


# When there is one


def test_a_step_is_taken_apart_where_it_is_looked_at_and_none_is_being_made() -> None:
    trainer = trained()
    first = rehearsed(trainer)
    change(trainer, probe=(0.5, 0.5))
    assert rehearsed(trainer) is first  # looking about does not make another
    change(trainer, running=True)
    assert trainer.snapshot().rehearsal is None
    change(trainer, running=False, pictures=frozenset({"points"}))
    assert trainer.snapshot().rehearsal is None


def test_without_points_there_is_no_next_step() -> None:
    assert trained(empty_dataset(3)).snapshot().rehearsal is None
    all_held_out = empty_dataset(2).with_points([[0.5], [0.5]], 1)
    assert trained(all_held_out, test_share=0.9).snapshot().rehearsal is None


def test_a_diverged_run_has_no_next_step_until_it_is_asked_to_go_on() -> None:
    trainer = trained(BLOBS, 300, optimizer="gradient descent", learning_rate=6.0, l2=100.0)
    assert trainer.snapshot().diverged
    assert trainer.snapshot().rehearsal is None
