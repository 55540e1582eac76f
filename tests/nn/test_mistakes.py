"""Planted mistakes: the gradient that each makes, longhand, and what becomes of J."""

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import ACTIVATIONS, MISTAKES, OPTIMIZERS, Network, can_show, one_hot, with_ones
from playground.nn.mistakes import FORGET_BIAS, FORGET_MEAN, FORGET_SLOPE, WRONG_SIGN
from playground.nn.network import layer_views

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

RATE = 0.1
each_optimizer = pytest.mark.parametrize("optimizer", list(OPTIMIZERS))


def network_with(mistake: str | None, sizes: tuple[int, ...] = (2, 6, 5, 3), activation: str = "tanh") -> Network:
    net = Network(sizes, activation, seed=2, dtype=np.float64)
    net.parameters += 0.1 * np.random.default_rng(2).standard_normal(net.parameters.size)
    net.mistake = mistake
    return net


def examples(m: int = 40) -> tuple[Matrix, Labels]:
    labels = np.arange(m) % 3
    return np.random.default_rng(5).normal(size=(2, m)) + np.array([[0, 2, 1], [0, 0, 2]])[:, labels], labels


def gradients(mistake: str | None, l2: float = 0.0, m: int = 40) -> list[Matrix]:
    """By layer, [dW db]."""
    net = network_with(mistake)
    X, labels = examples(m)
    gradient = net.gradient(with_ones(X, np.float64), one_hot(labels, 3, np.float64), l2)
    return [layer.copy() for layer in layer_views(gradient, net.sizes)]


def costs_of_training(
    mistake: str | None, optimizer: str = "gradient descent", steps: int = 40
) -> tuple[list[float], Network]:
    net = network_with(mistake)
    X, labels = examples()
    inputs, Y = with_ones(X, np.float64), one_hot(labels, 3, np.float64)
    moves, costs = OPTIMIZERS[optimizer](net.parameters), []
    rate = RATE if optimizer in ("gradient descent", "momentum") else RATE / 10
    for _ in range(steps):
        costs.append(net.evaluate(inputs, labels).cost)
        moves.update(net.parameters, net.gradient(inputs, Y), rate)
    return costs, net


# The gradient


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize("m", [1, 40, 20_000])  # the last goes through the network in pieces
def test_without_1_over_m_the_gradient_is_m_times_as_long(m: int, l2: float) -> None:
    for right, found in zip(gradients(None, l2, m), gradients(FORGET_MEAN, l2, m), strict=True):
        np.testing.assert_allclose(found, m * right, rtol=1e-9, atol=1e-12)


def test_with_the_wrong_sign_the_losses_gradient_is_its_opposite_and_the_penalty_s_is_not() -> None:
    for right, found in zip(gradients(None), gradients(WRONG_SIGN), strict=True):
        np.testing.assert_allclose(found, -right, rtol=1e-9, atol=1e-15)
    pulls = [
        [with_it - without for with_it, without in zip(gradients(mistake, 3.0), gradients(mistake), strict=True)]
        for mistake in (None, WRONG_SIGN)
    ]
    for right, found in zip(*pulls, strict=True):
        np.testing.assert_allclose(found, right, atol=1e-15)


@pytest.mark.parametrize("l2", [0.0, 3.0])
def test_the_bias_forgotten_is_the_output_layer_s_alone(l2: float) -> None:
    right, found = gradients(None, l2), gradients(FORGET_BIAS, l2)
    np.testing.assert_array_equal(found[-1][:, -1], 0)
    assert (right[-1][:, -1] != 0).all()
    right[-1][:, -1] = 0
    for expected, layer in zip(right, found, strict=True):
        np.testing.assert_array_equal(layer, expected)


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_without_the_slope_each_hidden_dz_is_its_da(activation: str) -> None:
    net = network_with(FORGET_SLOPE, activation=activation)
    X, labels = examples()
    found = layer_views(net.cost_and_gradient(X, labels)[1], net.sizes)
    A = [X]
    for W, b in zip(net.weights[:-1], net.biases[:-1], strict=True):
        Z = W @ A[-1] + b[:, None]
        A.append(
            {
                "tanh": np.tanh(Z),
                "relu": np.maximum(Z, 0),
                "leaky relu": np.where(Z > 0, Z, 0.01 * Z),
                "sigmoid": 1 / (1 + np.exp(-Z)),
                "linear": Z,
            }[activation]
        )
    dZ = net.probabilities(X) - np.eye(3)[:, labels]
    for layer in (2, 1, 0):
        np.testing.assert_allclose(found[layer][:, :-1], dZ @ A[layer].T / 40, atol=1e-13)
        np.testing.assert_allclose(found[layer][:, -1], dZ.mean(axis=1), atol=1e-13)
        dZ = net.weights[layer].T @ dZ


@pytest.mark.parametrize("mistake", [None, *MISTAKES])
def test_the_answers_and_j_are_as_ever_and_taken_away_the_gradient_is_right_again(mistake: str | None) -> None:
    X, labels = examples()
    net, plain = network_with(mistake), network_with(None)
    np.testing.assert_array_equal(net.probabilities(X), plain.probabilities(X))
    cost, gradient = plain.cost_and_gradient(X, labels, 2.0)
    assert net.cost_and_gradient(X, labels, 2.0)[0] == cost
    net.mistake = None
    np.testing.assert_array_equal(net.cost_and_gradient(X, labels, 2.0)[1], gradient)


def test_a_copy_has_the_mistake_too() -> None:
    assert network_with(WRONG_SIGN).copy().mistake == WRONG_SIGN
    assert network_with(None).copy().mistake is None


# J


@each_optimizer
def test_with_the_wrong_sign_every_step_climbs(optimizer: str) -> None:
    costs, _ = costs_of_training(WRONG_SIGN, optimizer)
    assert (np.diff(costs) > 0).all()
    assert costs[-1] > 2 * costs[0]


@each_optimizer
def test_the_output_biases_forgotten_never_move_and_j_falls_all_the_same(optimizer: str) -> None:
    before = network_with(None)
    costs, net = costs_of_training(FORGET_BIAS, optimizer)
    np.testing.assert_array_equal(net.biases[-1], before.biases[-1])
    assert all((now != then).all() for now, then in zip(net.biases[:-1], before.biases[:-1], strict=True))
    assert costs[-1] < costs[0]


def test_without_1_over_m_gradient_descent_makes_m_times_the_step() -> None:
    moves = []
    for mistake in (None, FORGET_MEAN):
        _, net = costs_of_training(mistake, steps=1)
        moves.append(net.parameters - network_with(None).parameters)
    np.testing.assert_allclose(moves[1], 40 * moves[0], rtol=1e-6)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
def test_without_1_over_m_optimisers_that_divide_by_the_gradient_s_size_hide_it(optimizer: str) -> None:
    right, found = (costs_of_training(mistake, optimizer)[0] for mistake in (None, FORGET_MEAN))
    np.testing.assert_allclose(found, right, rtol=1e-4)


def test_without_the_slope_j_falls_less() -> None:
    right, found = (costs_of_training(mistake, steps=300)[0] for mistake in (None, FORGET_SLOPE))
    assert right[-1] < found[-1]


# What is told


def test_every_mistake_can_be_shown_but_a_slope_that_is_not_there_or_1() -> None:
    for mistake in MISTAKES:
        for activation in ACTIVATIONS:
            assert can_show(mistake, (2, 3), activation) == (mistake != FORGET_SLOPE)
            is_shown = mistake != FORGET_SLOPE or activation != "linear"
            assert can_show(mistake, (2, 8, 3), activation) == is_shown


def test_each_mistake_has_a_sentence_a_formula_and_the_name_of_what_it_spoils() -> None:
    for mistake in MISTAKES.values():
        assert mistake.what.endswith(".")
        assert mistake.spoils in ("dZ", "dW", "db")
        assert mistake.latex.startswith(mistake.spoils)
