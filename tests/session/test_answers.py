"""What the network answers at every point, against sums in longhand and against the J that is shown."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.nn import Network
from playground.session.answers import Answers, answers_at
from playground.session.dataset import Dataset, class_labels, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.messages import Request, Snapshot
from playground.session.scale import PLAIN
from playground.session.settings import Settings
from playground.session.trainer import Trainer

NOISY = generate(Recipe("blobs", classes=3, points=90, noise=0.6))
thorough = settings(derandomize=True, deadline=None, max_examples=60)


def trained(dataset: Dataset, steps: int = 20, **chosen: object) -> tuple[Snapshot, Answers]:
    """A moment of a run and its answers."""
    request = Request(dataset, replace(Settings(), **chosen), running=True, pictures=frozenset({"points"}))
    trainer = Trainer(request)
    for _ in range(steps):
        trainer.step()
    snapshot = trainer.snapshot()
    assert snapshot.answers is not None
    return snapshot, snapshot.answers


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """A few points of two to four classes, some of them held out."""
    C, m = draw(st.integers(2, 4)), draw(st.integers(0, 12))
    X = draw(st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=m, max_size=m))
    labels = draw(st.lists(st.integers(0, C - 1), min_size=m, max_size=m))
    ranks = draw(st.lists(st.sampled_from([0.1, 0.3, 0.6, 0.9]), min_size=m, max_size=m))
    return Dataset(np.array(X).reshape(-1, 2).T, np.array(labels), np.array(ranks), class_labels(C))


# Point by point


@thorough
@given(dataset=datasets(), test_share=st.sampled_from([0.0, 0.5, 0.95]), l2=st.sampled_from([0.0, 2.0]))
def test_every_answer_is_that_of_the_sums_by_hand(dataset: Dataset, test_share: float, l2: float) -> None:
    network = Network((2, dataset.C), seed=3)
    answers = answers_at(network, PLAIN, dataset, test_share, l2)
    W, b = network.weights[0].tolist(), network.biases[0].tolist()
    losses, hits, trained_on = [], [], [rank >= test_share for rank in dataset.ranks.tolist()]
    for i, (x1, x2) in enumerate(dataset.X.T.tolist()):
        z = [w[0] * x1 + w[1] * x2 + b_j for w, b_j in zip(W, b, strict=True)]
        powers = [math.exp(value) for value in z]
        y_hat = [power / sum(powers) for power in powers]
        assert answers.Z[:, i].tolist() == pytest.approx(z, rel=1e-5, abs=1e-6)
        assert answers.Y_hat[:, i].tolist() == pytest.approx(y_hat, rel=1e-5)
        losses.append(-math.log(y_hat[dataset.labels[i]]))
        hits.append(sorted(z)[-1] - z[dataset.labels[i]])
    assert answers.losses.tolist() == pytest.approx(losses, rel=1e-5, abs=1e-7)
    for is_miss, gap in zip(answers.is_miss.tolist(), hits, strict=True):
        assert is_miss == (gap > 0) or gap < 1e-5
    assert answers.is_test.tolist() == [not used for used in trained_on]
    assert_sums(answers, dataset, trained_on)
    squares = sum(w * w for row in W for w in row)
    assert answers.penalty == pytest.approx(l2 / (2 * max(sum(trained_on), 1)) * squares, rel=1e-6)


def assert_sums(answers: Answers, dataset: Dataset, trained_on: list[bool]) -> None:
    m = sum(trained_on)
    if m == 0:
        assert (answers.mean_loss, answers.mean_Y_hat, answers.shares) == (None, None, None)
        return
    assert answers.mean_Y_hat is not None
    assert answers.shares is not None
    own = [loss for loss, used in zip(answers.losses.tolist(), trained_on, strict=True) if used]
    assert answers.mean_loss == pytest.approx(math.fsum(own) / m, rel=1e-12)
    counted = [
        sum(used and label == j for used, label in zip(trained_on, dataset.labels.tolist(), strict=True))
        for j in range(dataset.C)
    ]
    assert answers.shares.tolist() == [count / m for count in counted]
    for j, mean in enumerate(answers.mean_Y_hat.tolist()):
        own = [y_hat for y_hat, used in zip(answers.Y_hat[j].tolist(), trained_on, strict=True) if used]
        assert mean == pytest.approx(math.fsum(own) / m, rel=1e-12)


# J


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize(("l2", "test_share"), [(0.0, 0.0), (3.0, 0.0), (0.0, 0.3), (3.0, 0.3)])
def test_mean_loss_and_penalty_are_the_j_shown(l2: float, test_share: float, standardise: bool) -> None:
    snapshot, answers = trained(NOISY, l2=l2, test_share=test_share, standardise=standardise)
    assert answers.mean_loss is not None
    assert (answers.penalty > 0) == (l2 > 0)
    assert answers.mean_loss + answers.penalty == pytest.approx(snapshot.cost, rel=1e-6)
    used = ~answers.is_test
    assert 1 - answers.is_miss[used].mean() == pytest.approx(snapshot.accuracy)
    if test_share:
        assert answers.losses[~used].mean() + answers.penalty == pytest.approx(snapshot.test_cost, rel=1e-6)
        assert 1 - answers.is_miss[~used].mean() == pytest.approx(snapshot.test_accuracy)


def test_tiny_losses_add_up_to_a_tiny_j_too() -> None:
    dataset = generate(Recipe("blobs", classes=2, points=40, noise=0.05))
    snapshot, answers = trained(dataset, 600, learning_rate=0.1)
    assert snapshot.cost is not None
    assert 0 < snapshot.cost < 1e-6
    assert answers.mean_loss == pytest.approx(snapshot.cost, rel=1e-5)


def test_at_the_optimum_of_the_biases_the_mean_answer_is_the_share_of_each_class() -> None:
    uneven = NOISY.without((NOISY.labels == 2) & (np.arange(NOISY.m) % 3 > 0))
    _, answers = trained(uneven, 3000, hidden=(), optimizer="gradient descent", learning_rate=0.5)
    assert answers.mean_Y_hat is not None
    np.testing.assert_allclose(answers.mean_Y_hat, answers.shares, atol=2e-3)
    assert answers.shares is not None
    assert answers.shares[2] < 0.2


# The worst


@thorough
@given(dataset=datasets(), test_share=st.sampled_from([0.0, 0.5, 0.95]), count=st.integers(0, 15))
def test_the_worst_are_the_training_points_of_the_largest_losses(
    dataset: Dataset, test_share: float, count: int
) -> None:
    answers = answers_at(Network((2, dataset.C), seed=3), PLAIN, dataset, test_share, 0.0)
    own = [i for i in range(dataset.m) if dataset.ranks[i] >= test_share]
    expected = sorted(own, key=lambda i: (-answers.losses[i], i))[:count]
    assert answers.worst(count).tolist() == expected


def test_a_training_point_without_loss_comes_before_any_test_point() -> None:
    network = Network((2, 2))
    network.parameters[:] = 0
    network.biases[0][0] = 100
    dataset = Dataset(np.zeros((2, 3)), np.zeros(3), np.array([0.1, 0.9, 0.2]), class_labels(2))
    answers = answers_at(network, PLAIN, dataset, 0.5, 0.0)
    assert answers.losses.tolist() == [0, 0, 0]
    assert answers.worst(1).tolist() == answers.worst(9).tolist() == [1]


# Few points


def test_without_a_point_a_run_has_no_answers() -> None:
    request = Request(empty_dataset(3), Settings(), pictures=frozenset({"points", "haloes", "misses"}))
    assert Trainer(request).snapshot().answers is None
    answers = answers_at(Network((2, 3)), PLAIN, empty_dataset(3), 0.0, 1.0)
    assert (answers.Z.shape, answers.losses.shape, answers.mean_loss) == ((3, 0), (0,), None)
    assert answers.worst(10).size == 0


def test_points_of_one_class_alone_have_answers() -> None:
    dataset = empty_dataset(2).with_points([[0.1, 0.4], [0.2, -0.3]], 1)
    snapshot, answers = trained(dataset, 50)
    assert answers.mean_loss == pytest.approx(snapshot.cost, rel=1e-6)
    assert answers.shares is not None
    assert answers.shares.tolist() == [0, 1]
    assert not answers.is_miss.any()


def test_where_all_points_are_held_out_each_is_answered_and_none_counts() -> None:
    dataset = empty_dataset(2).with_points([[0.5], [0.5]], 1)
    snapshot, answers = trained(dataset, 3, test_share=0.9)
    assert (snapshot.cost, answers.mean_loss, answers.mean_Y_hat, answers.shares) == (None,) * 4
    assert answers.losses[0] == pytest.approx(snapshot.test_cost, rel=1e-6)
    assert answers.is_test.tolist() == [True]
    assert answers.worst(10).size == 0
