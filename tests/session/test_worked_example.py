"""The worked example: a network's whole calculation at a spot, again in plain Python, number by number."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.nn import ACTIVATIONS, Network
from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.grid import Point
from playground.session.messages import Request
from playground.session.scale import PLAIN, Scale, scale_of
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from playground.session.worked_example import WorkedExample, point_at, work_example

BLOBS = generate(Recipe("blobs", classes=3, points=60))
thorough = settings(derandomize=True, deadline=None, max_examples=60)


def longhand_g(name: str, z: float) -> float:
    return {
        "tanh": math.tanh(z),
        "relu": max(z, 0.0),
        "leaky relu": z if z > 0 else 0.01 * z,
        "sigmoid": 1 / (1 + math.exp(-z)),
        "linear": z,
    }[name]


def longhand_layers(network: Network, x: list[float]) -> list[tuple[list[float], list[float]]]:
    """z and a of each layer, by the sums as the course writes them; a of the last is its z."""
    found, a = [], x
    for number, (W, b) in enumerate(zip(network.weights, network.biases, strict=True), start=1):
        z = [
            sum(w * a_k for w, a_k in zip(row, a, strict=True)) + b_j
            for row, b_j in zip(W.tolist(), b.tolist(), strict=True)
        ]
        is_last = number == len(network.weights)
        a = z if is_last else [longhand_g(network.activation, value) for value in z]
        found.append((z, a))
    return found


def longhand_softmax(z: list[float]) -> list[float]:
    powers = [math.exp(value) for value in z]
    return [power / sum(powers) for power in powers]


def a_network(sizes: tuple[int, ...] = (2, 3, 3), activation: str = "tanh", seed: int = 0) -> Network:
    network = Network(sizes, activation, seed)
    network.parameters += np.random.default_rng(seed).normal(0, 0.3, network.parameters.size).astype(np.float32)
    return network


def at(network: Network, point: Point, dataset: Dataset = BLOBS, **other: Any) -> WorkedExample:
    return work_example(network, other.get("scale", PLAIN), dataset, other.get("test_share", 0.0), point)


# The calculation


@thorough
@given(
    activation=st.sampled_from(list(ACTIVATIONS)),
    hidden=st.lists(st.integers(1, 4), max_size=3),
    seed=st.integers(0, 99),
    point=st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    scale=st.sampled_from([PLAIN, Scale(np.array([[0.5], [-2.0]]), np.array([[0.25], [3.0]]))]),
)
def test_every_number_is_that_of_the_calculation_by_hand(
    activation: str, hidden: list[int], seed: int, point: Point, scale: Scale
) -> None:
    network = a_network((2, *hidden, 3), activation, seed)
    example = at(network, point, scale=scale)
    means, spreads = scale.mean[:, 0].tolist(), scale.spread[:, 0].tolist()
    x = [(value - mean) / spread for value, mean, spread in zip(point, means, spreads, strict=True)]
    assert example.point == point
    assert example.scale is scale
    assert example.activation == activation
    assert example.x.tolist() == pytest.approx(x, rel=1e-6, abs=1e-6)
    longhand = longhand_layers(network, x)
    assert len(example.layers) == len(longhand)
    before = x
    for layer, (z, a) in zip(example.layers, longhand, strict=True):
        assert layer.A_before.tolist() == pytest.approx(before, rel=1e-5, abs=1e-5)
        assert layer.Z.tolist() == pytest.approx(z, rel=1e-5, abs=1e-5)
        assert layer.A.tolist() == pytest.approx(a, rel=1e-5, abs=1e-5)
        before = a
    table = example.softmax
    assert table is not None
    assert table.Z.tolist() == example.layers[-1].Z.tolist()
    assert table.Y_hat.tolist() == pytest.approx(longhand_softmax(longhand[-1][0]), rel=1e-4, abs=1e-7)


def test_what_is_shown_is_what_the_network_answers() -> None:
    network = a_network((2, 8, 8, 4))
    example = at(network, (0.3, -0.7))
    assert example.softmax is not None
    answer = network.probabilities([[0.3], [-0.7]])[:, 0]
    np.testing.assert_allclose(example.softmax.Y_hat, answer, rtol=1e-5)
    for layer, W, b in zip(example.layers, network.weights, network.biases, strict=True):
        np.testing.assert_array_equal(layer.W, W)
        np.testing.assert_array_equal(layer.b, b)


def test_an_example_stays_as_it_was_while_training_goes_on() -> None:
    network = a_network()
    example = at(network, (0.3, -0.7))
    before = [array.copy() for layer in example.layers for array in (layer.W, layer.b, layer.Z, layer.A)]
    network.parameters += 1
    at(network, (9.0, 9.0))
    after = [array for layer in example.layers for array in (layer.W, layer.b, layer.Z, layer.A)]
    for was, now in zip(before, after, strict=True):
        np.testing.assert_array_equal(now, was)


def test_scores_that_are_no_numbers_any_more_have_no_softmax() -> None:
    network = a_network((2, 3, 3), "linear")
    network.parameters[:] = 3e38
    with np.errstate(over="ignore", invalid="ignore"):  # as the trainer does around a look at a run
        example = at(network, (BLOBS.X[0, 4], BLOBS.X[1, 4]))
    assert example.softmax is None
    assert example.cost_share is None
    assert example.index == 4
    assert np.abs(example.layers[-1].Z).max() > np.finfo(network.dtype).max


def test_the_largest_finite_scores_still_have_one() -> None:
    network = a_network((2, 3))
    network.parameters[:] = 0
    network.biases[0][:] = [3e38, -3e38, 3e38]
    example = at(network, (0.0, 0.0))
    assert example.softmax is not None
    assert example.softmax.Y_hat.tolist() == [0.5, 0, 0.5]


# Data points


def test_where_no_point_lies_no_class_is_known() -> None:
    example = at(a_network(), (0.123, 4.567))
    assert (example.index, example.is_test, example.cost_share) == (None, False, None)
    assert example.softmax is not None
    assert (example.softmax.label, example.softmax.loss) == (None, None)


def test_on_a_point_its_class_and_its_share_of_j_are_known() -> None:
    network = a_network()
    for index in (0, 25, 59):
        example = at(network, (float(BLOBS.X[0, index]), float(BLOBS.X[1, index])))
        label = int(BLOBS.labels[index])
        y_hat = longhand_softmax(longhand_layers(network, BLOBS.X[:, index].tolist())[-1][0])[label]
        assert example.index == index
        assert example.softmax is not None
        assert example.softmax.label == label
        assert example.softmax.loss == pytest.approx(-math.log(y_hat), rel=1e-4)
        assert example.cost_share == pytest.approx(-math.log(y_hat) / 60, rel=1e-4)


def test_of_several_points_at_one_spot_the_last_one_drawn_is_meant() -> None:
    dataset = empty_dataset(3).with_points([[1.0, 2.0, 1.0], [0.5, 0.5, 0.5]], 0).with_points([[1.0], [0.5]], 2)
    dataset = dataset.with_points([[1.0], [0.6]], 1)
    assert point_at(dataset, (1.0, 0.5)) == 3
    assert point_at(dataset, (2.0, 0.5)) == 1
    assert point_at(dataset, (2.0, 0.6)) is None
    assert point_at(empty_dataset(3), (1.0, 0.5)) is None
    example = at(a_network(), (1.0, 0.5), dataset)
    assert example.softmax is not None
    assert example.softmax.label == 2


@pytest.mark.parametrize("test_share", [0.0, 0.4])
@pytest.mark.parametrize("standardise", [False, True])
def test_the_shares_of_all_training_points_add_up_to_the_mean_loss(test_share: float, standardise: bool) -> None:
    is_test = BLOBS.is_test(test_share)
    scale = scale_of(BLOBS.X[:, ~is_test], standardise=standardise)
    network = a_network((2, 5, 3))
    examples = [at(network, (x1, x2), scale=scale, test_share=test_share) for x1, x2 in BLOBS.X.T.tolist()]
    assert [example.is_test for example in examples] == is_test.tolist()
    assert [example.cost_share is None for example in examples] == is_test.tolist()
    assert all(example.softmax is not None and example.softmax.loss is not None for example in examples)
    mean = network.cost_and_gradient(scale.apply(BLOBS.X[:, ~is_test]), BLOBS.labels[~is_test])[0]
    assert math.fsum(example.cost_share or 0 for example in examples) == pytest.approx(mean, rel=1e-5)


# In a run


def test_a_run_shows_the_example_at_the_probe_by_its_own_scale() -> None:
    point = (float(BLOBS.X[0, 7]), float(BLOBS.X[1, 7]))
    grams = replace(BLOBS, X=BLOBS.X * 1000 + 5000)
    place = (float(grams.X[0, 7]), float(grams.X[1, 7]))
    for dataset, probe, standardise in ((BLOBS, point, False), (grams, place, True)):
        trainer = Trainer(Request(dataset, Settings(standardise=standardise), running=True, probe=probe))
        for _ in range(20):
            trainer.step()
        snapshot = trainer.snapshot()
        example = snapshot.example
        assert example is not None
        assert example.softmax is not None
        assert (example.point, example.index) == (probe, 7)
        assert snapshot.probe_probabilities is not None
        np.testing.assert_allclose(example.softmax.Y_hat, snapshot.probe_probabilities, rtol=1e-5, atol=1e-7)
        mean, spread = np.mean(dataset.X, axis=1), np.std(dataset.X, axis=1)
        by_hand = (np.array(probe) - mean) / spread if standardise else np.array(probe)
        np.testing.assert_allclose(example.x, by_hand, rtol=1e-5)


@pytest.mark.parametrize("points", [0, 1])
def test_a_run_without_points_or_with_one_shows_an_example_too(points: int) -> None:
    dataset = empty_dataset(3).with_points(np.full((2, points), 0.25), 1)
    example = Trainer(Request(dataset, Settings(), probe=(0.25, 0.25))).snapshot().example
    assert example is not None
    assert example.softmax is not None
    assert example.index == (0 if points else None)
    assert example.cost_share == example.softmax.loss
