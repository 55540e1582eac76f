"""The network: its passes in loops of plain Python, its symmetries, its parameters as views, its changes of classes."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, DTypeLike, NDArray

from playground.nn import ACTIVATIONS, OPTIMIZERS, Network, one_hot, with_ones

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

SIZES = (2, 5, 4, 3)

LONGHAND: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky relu": lambda z: z if z > 0 else 0.01 * z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}

thorough = settings(derandomize=True, deadline=None, max_examples=40)
each_activation = pytest.mark.parametrize("activation", list(LONGHAND))
each_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def network(sizes: tuple[int, ...] = SIZES, activation: str = "tanh", seed: int = 0) -> Network:
    """A float64 network whose biases are not 0, as after some training."""
    net = Network(sizes, activation, seed, np.float64)
    net.parameters += 0.3 * np.random.default_rng(seed).standard_normal(net.parameters.size)
    return net


def examples(m: int, classes: int = 3, seed: int = 0) -> tuple[Matrix, Labels]:
    rng = np.random.default_rng(seed)
    return rng.uniform(-2, 2, (2, m)), rng.integers(0, classes, m)


def longhand_logits(net: Network, x: list[float]) -> list[float]:
    """z of one example, one sum at a time."""
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        z = [sum(w * a for w, a in zip(row, x, strict=True)) + b_i for row, b_i in zip(W.tolist(), b, strict=True)]
        x = z if layer == len(net.weights) - 1 else [LONGHAND[net.activation](z_i) for z_i in z]
    return [float(z_i) for z_i in x]


def longhand_softmax(z: list[float]) -> list[float]:
    powers = [math.exp(z_j) for z_j in z]
    return [power / sum(powers) for power in powers]


# The parameters


def test_weights_and_biases_have_the_shapes_of_their_layers() -> None:
    net = Network((2, 5, 4, 3))
    assert [W.shape for W in net.weights] == [(5, 2), (4, 5), (3, 4)]
    assert [b.shape for b in net.biases] == [(5,), (4,), (3,)]
    assert net.parameters.shape == (5 * 2 + 5 + 4 * 5 + 4 + 3 * 4 + 3,)


@pytest.mark.parametrize("sizes", [(2, 3), (1, 1), SIZES])
def test_every_parameter_is_one_entry_of_one_weight_or_bias(sizes: tuple[int, ...]) -> None:
    net = Network(sizes)
    net.parameters[:] = np.arange(net.parameters.size)
    entries = np.concatenate([part.ravel() for part in (*net.weights, *net.biases)])
    np.testing.assert_array_equal(np.sort(entries), np.arange(net.parameters.size))


def test_writing_a_weight_or_a_bias_writes_the_parameters() -> None:
    net = network()
    for part in (*net.weights, *net.biases):
        before = net.parameters.copy()
        part.flat[1] = 1234.0
        np.testing.assert_array_equal(np.sort(net.parameters[net.parameters != before]), [1234.0])
        net.parameters[:] = before
        assert part.flat[1] != 1234.0


def test_a_layer_is_its_weights_beside_its_biases() -> None:
    net = network()
    for layer, W, b in zip(net.layers, net.weights, net.biases, strict=True):
        np.testing.assert_array_equal(layer, np.column_stack([W, b]))
        assert np.shares_memory(layer, net.parameters)


@each_dtype
def test_everything_has_the_networks_own_precision(dtype: DTypeLike) -> None:
    net = Network(SIZES, dtype=dtype)
    X, labels = examples(4)
    arrays = [net.parameters, *net.weights, *net.biases, net.probabilities(X), net.logits(X)]
    assert {array.dtype for array in [*arrays, net.cost_and_gradient(X, labels)[1]]} == {np.dtype(dtype)}
    assert net.dtype == dtype


# The start


@each_activation
@each_dtype
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(activation: str, dtype: DTypeLike) -> None:
    first, again, other = (Network(SIZES, activation, seed, dtype) for seed in (7, 7, 8))
    assert first.parameters.tobytes() == again.parameters.tobytes()
    X, _ = examples(9)
    assert first.probabilities(X).tobytes() == again.probabilities(X).tobytes()
    for W, other_W, b in zip(first.weights, other.weights, first.biases, strict=True):
        assert not np.any(np.equal(W, other_W))
        np.testing.assert_array_equal(b, 0)


@each_activation
def test_both_precisions_start_from_the_same_draw(activation: str) -> None:
    single, double = (Network(SIZES, activation, 7, dtype).parameters for dtype in (np.float32, np.float64))
    np.testing.assert_array_equal(single, double.astype(np.float32))


@pytest.mark.parametrize(
    ("activation", "gain"), [("tanh", 1), ("relu", 2), ("leaky relu", 2), ("sigmoid", 16), ("linear", 1)]
)
def test_weights_start_with_variance_gain_over_n_in(activation: str, gain: float) -> None:
    net = Network((400, 300, 200, 100), activation, seed=1)
    # 20 000 weights or more: their variance is off by 1 % (one standard error), their mean by 0.7 % of sigma
    for W, variance in zip(net.weights, [gain / 400, gain / 300, 1 / 200], strict=True):
        assert W.var() == pytest.approx(variance, rel=0.04)
        assert abs(W.mean()) < 0.03 * math.sqrt(variance)
        assert np.mean(np.abs(W) < math.sqrt(variance)) == pytest.approx(0.683, abs=0.015)  # normal


# The forward pass


@each_activation
@pytest.mark.parametrize("hidden", [(), (4,), (5, 4), (5, 4, 3)])
def test_logits_and_probabilities_are_those_of_the_longhand_sums(activation: str, hidden: tuple[int, ...]) -> None:
    net = network((2, *hidden, 4), activation)
    X, _ = examples(6)
    Z = [longhand_logits(net, column) for column in X.T.tolist()]
    np.testing.assert_allclose(net.logits(X).T, Z, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(net.probabilities(X).T, [longhand_softmax(z) for z in Z], rtol=1e-12)


@thorough
@given(order=st.permutations(range(5)), seed=st.integers(0, 99))
def test_swapping_classes_swaps_their_outputs(order: list[int], seed: int) -> None:
    net = network((2, 6, 5), seed=seed)
    X, _ = examples(6)
    before = net.probabilities(X)
    net.weights[-1][:] = net.weights[-1][order]
    net.biases[-1][:] = net.biases[-1][order]
    np.testing.assert_allclose(net.probabilities(X), before[order], rtol=1e-12)


@thorough
@given(k=st.floats(-100, 100), seed=st.integers(0, 99))
def test_adding_a_constant_to_every_output_bias_changes_no_probability(k: float, seed: int) -> None:
    net = network(seed=seed)
    X, _ = examples(6)
    before = net.probabilities(X)
    net.biases[-1] += k
    np.testing.assert_allclose(net.probabilities(X), before, rtol=1e-12)


@thorough
@given(seed=st.integers(0, 99))
def test_two_classes_are_logistic_regression(seed: int) -> None:
    net = network((2, 5, 2), seed=seed)
    X, _ = examples(6)
    first, second = net.logits(X)
    expected = [1 / (1 + math.exp(-(z_1 - z_2))) for z_1, z_2 in zip(first, second, strict=True)]
    np.testing.assert_allclose(net.probabilities(X)[0], expected, rtol=1e-12)


@each_dtype
def test_huge_parameters_still_give_probabilities(dtype: DTypeLike) -> None:
    net = Network(SIZES, "relu", seed=3, dtype=dtype)
    net.parameters *= 1e6
    Y_hat = net.probabilities(examples(50)[0])
    np.testing.assert_allclose(Y_hat.sum(axis=0), 1, rtol=1e-6)
    np.testing.assert_allclose(np.minimum(Y_hat, 1 - Y_hat), 0, atol=1e-17)


@pytest.mark.parametrize("m", [1, 8191, 8192, 8193, 2 * 8192, 2 * 8192 + 77])
def test_many_columns_are_evaluated_as_each_alone(m: int) -> None:
    net = network((2, 3, 4))
    X, _ = examples(m)
    Y_hat, Z = net.probabilities(X), net.logits(X)
    assert Y_hat.shape == Z.shape == (4, m)
    # all around the borders of the chunks, and some between
    chosen = sorted({i for i in (*range(0, m, 97), *range(4090, 4100), *range(8186, 8196), m - 1) if i < m})
    alone = np.hstack([net.probabilities(X[:, [i]]) for i in chosen])
    np.testing.assert_allclose(Y_hat[:, chosen], alone, rtol=1e-12)
    np.testing.assert_allclose(Z[:, chosen], np.hstack([net.logits(X[:, [i]]) for i in chosen]), rtol=1e-12, atol=1e-14)


def test_no_columns_give_no_probabilities() -> None:
    assert network().probabilities(np.empty((2, 0))).shape == (3, 0)


def test_inputs_may_be_lists_of_whole_numbers() -> None:
    net = network()
    X = np.array([[1.0, -2.0], [0.0, 3.0]])
    np.testing.assert_array_equal(net.probabilities([[1, -2], [0, 3]]), net.probabilities(X))
    cost, gradient = net.cost_and_gradient([[1, -2], [0, 3]], [2, 0])
    same_cost, same_gradient = net.cost_and_gradient(X, np.array([2, 0]))
    assert cost == same_cost
    np.testing.assert_array_equal(gradient, same_gradient)


def test_a_result_is_not_touched_by_the_next_pass_nor_the_inputs_by_any() -> None:
    net = network()
    X, _ = examples(6)
    inputs = with_ones(X, np.float64)
    Y_hat, Z = net.probabilities_of(inputs), net.logits(X)
    kept = [array.copy() for array in (X, inputs, Y_hat, Z)]
    net.probabilities(-X)
    net.logits(-X)
    for array, before in zip((X, inputs, Y_hat, Z), kept, strict=True):
        np.testing.assert_array_equal(array, before)


def test_probabilities_may_be_asked_for_with_the_ones_already_there() -> None:
    net = network()
    X, _ = examples(6)
    np.testing.assert_array_equal(net.probabilities_of(with_ones(X, np.float64)), net.probabilities(X))


def test_with_ones_adds_a_last_row_of_ones() -> None:
    np.testing.assert_array_equal(with_ones([[1, 2, 3], [4, 5, 6]]), [[1, 2, 3], [4, 5, 6], [1, 1, 1]])
    assert with_ones([[1]]).dtype == np.float32


def test_one_hot_marks_the_row_of_the_label() -> None:
    np.testing.assert_array_equal(one_hot(np.array([2, 0, 2]), 4), [[0, 1, 0], [0, 0, 0], [1, 0, 1], [0, 0, 0]])
    assert one_hot(np.array([], int), 4).shape == (4, 0)


# Cost and accuracy


@each_activation
@pytest.mark.parametrize(("l2", "m"), [(0, None), (0.7, None), (0.7, 500)])
def test_cost_and_accuracy_are_the_longhand_ones(activation: str, l2: float, m: int | None) -> None:
    net = network(activation=activation)
    X, labels = examples(30)
    losses, correct = [], 0
    for x, label in zip(X.T.tolist(), labels.tolist(), strict=True):
        y_hat = longhand_softmax(longhand_logits(net, x))
        losses.append(-math.log(y_hat[label]))
        correct += y_hat.index(max(y_hat)) == label
    squares = sum(w * w for W in net.weights for w in W.ravel().tolist())
    cost = sum(losses) / 30 + l2 / (2 * (m or 30)) * squares
    evaluation = net.evaluate(with_ones(X, np.float64), labels, l2, m)
    assert 0 < correct < 30
    assert evaluation.accuracy == correct / 30
    assert evaluation.cost == pytest.approx(cost, rel=1e-12)
    if m is None:
        assert net.cost_and_gradient(X, labels, l2)[0] == pytest.approx(cost, rel=1e-12)


def test_a_penalty_of_nothing_but_biases_is_0() -> None:
    net = Network(SIZES, dtype=np.float64)
    for W, b in zip(net.weights, net.biases, strict=True):
        W[:] = 0
        b[:] = 5
    assert net.penalty(0.7, 10) == 0
    net.weights[1][0, 0] = -3
    assert net.penalty(0.7, 10) == pytest.approx(0.7 / 20 * 9)


@each_dtype
def test_the_cost_is_precise_where_the_loss_is_nearly_0(dtype: DTypeLike) -> None:
    net = Network((1, 2), dtype=dtype)
    net.weights[0][:] = [[1], [0]]
    # logits (18.5, 0) and (17, 0): 1 + e^-18.5 is 1 in float32, and its logarithm would be 0
    expected = (math.log1p(math.exp(-18.5)) + math.log1p(math.exp(-17))) / 2
    assert net.evaluate(with_ones([[18.5, 17.0]], dtype), np.array([0, 0])).cost == pytest.approx(expected, rel=1e-6)
    assert net.cost_and_gradient([[18.5, 17.0]], [0, 0])[0] == pytest.approx(expected, rel=1e-6)


@each_dtype
def test_the_cost_is_finite_where_the_probability_is_0(dtype: DTypeLike) -> None:
    net = Network((1, 2), dtype=dtype)
    net.weights[0][:] = [[1], [0]]
    evaluation = net.evaluate(with_ones([[3000.0, -1000.0]], dtype), np.array([1, 0]))
    assert evaluation == (2000, 0)


def test_on_a_tie_the_first_class_counts() -> None:
    net = Network((2, 3))
    net.parameters[:] = 0
    evaluation = net.evaluate(with_ones(examples(4)[0]), np.array([0, 0, 1, 2]))
    assert evaluation.accuracy == 0.5
    assert evaluation.cost == pytest.approx(math.log(3), rel=1e-6)


# The two precisions


@each_activation
def test_float32_probabilities_follow_float64(activation: str) -> None:
    X, _ = examples(200)
    single, double = (Network((2, 8, 8, 4), activation, dtype=dtype) for dtype in (np.float32, np.float64))
    np.testing.assert_allclose(single.probabilities(X), double.probabilities(X), atol=1e-5)  # measured 1e-7


def descent(activation: str, dtype: DTypeLike) -> list[float]:
    """The costs along 50 Adam steps on four clouds."""
    rng = np.random.default_rng(0)
    labels = np.arange(60) % 4
    X = rng.uniform(-1, 1, (2, 4))[:, labels] + 0.2 * rng.standard_normal((2, 60))
    inputs, Y = with_ones(X, dtype), one_hot(labels, 4, dtype)
    net = Network((2, 8, 8, 4), activation, dtype=dtype)
    adam = OPTIMIZERS["adam"](net.parameters)
    costs = []
    for _ in range(50):
        adam.update(net.parameters, net.gradient(inputs, Y, 0.1), 0.02)
        costs.append(net.evaluate(inputs, labels, 0.1).cost)
    return costs


@each_activation
def test_float32_training_follows_float64(activation: str) -> None:
    single, double = descent(activation, np.float32), descent(activation, np.float64)
    # Rounding is 6e-8 a step and the descent damps it: measured 5e-7 at most over 10 seeds, so 5e-6 leaves room for
    # another BLAS and still shows a change of any moment of the run.
    np.testing.assert_allclose(single, double, rtol=5e-6)
    assert double[-1] < 0.75 * double[0]


def test_training_repeats_itself_to_the_bit() -> None:
    assert descent("tanh", np.float32) == descent("tanh", np.float32)


# Copies


@each_activation
def test_a_copy_answers_alike_and_learns_alone(activation: str) -> None:
    net = network(activation=activation)
    X, labels = examples(20)
    twin = net.copy()
    assert (twin.sizes, twin.activation, twin.dtype) == (net.sizes, activation, net.dtype)
    np.testing.assert_array_equal(twin.probabilities(X), net.probabilities(X))
    np.testing.assert_array_equal(twin.cost_and_gradient(X, labels, 0.7)[1], net.cost_and_gradient(X, labels, 0.7)[1])
    before = net.parameters.copy()
    twin.parameters += 1
    twin.cost_and_gradient(X, labels)
    np.testing.assert_array_equal(net.parameters, before)


@pytest.mark.parametrize(("dtype", "other"), [(np.float32, np.float64), (np.float64, np.float32)])
def test_a_copy_in_another_precision_has_the_same_parameters(dtype: DTypeLike, other: DTypeLike) -> None:
    net = Network(SIZES, seed=3, dtype=dtype)
    twin = net.copy(other)
    assert twin.dtype == other
    np.testing.assert_array_equal(twin.parameters, net.parameters.astype(other))


# Changes of classes


# At least two kept classes, all different, with None for new ones after them: any argument to `with_classes` that
# leaves a border to be kept.
kept_classes = st.lists(st.integers(0, 4), min_size=2, max_size=5, unique=True)


@thorough
@given(kept=kept_classes, seed=st.integers(0, 99), dtype=st.sampled_from([np.float32, np.float64]))
def test_classes_kept_in_any_order_keep_their_rows_and_their_odds(kept: list[int], seed: int, dtype: DTypeLike) -> None:
    net = Network((2, 6, 5), seed=seed, dtype=dtype)
    net.parameters += network((2, 6, 5), seed=seed).parameters.astype(dtype)
    changed = net.with_classes(kept)
    assert changed.sizes == (2, 6, len(kept))
    assert (changed.activation, changed.dtype) == (net.activation, net.dtype)
    np.testing.assert_array_equal(changed.weights[0], net.weights[0])
    np.testing.assert_array_equal(changed.biases[0], net.biases[0])
    np.testing.assert_array_equal(changed.weights[-1], net.weights[-1][kept])
    np.testing.assert_array_equal(changed.biases[-1], net.biases[-1][kept])
    X, _ = examples(20)
    Z = net.logits(X).astype(np.float64)
    expected = [longhand_softmax([column[j] for j in kept]) for column in Z.T.tolist()]
    np.testing.assert_allclose(changed.probabilities(X).T, expected, rtol=1e-4 if dtype == np.float32 else 1e-12)


@thorough
@given(kept=kept_classes, places=st.lists(st.integers(0, 5), min_size=1, max_size=3), seed=st.integers(0, 99))
def test_a_new_class_wins_nowhere(kept: list[int], places: list[int], seed: int) -> None:
    net = network((2, 6, 5), seed=seed)
    sources: list[int | None] = list(kept)
    for place in places:
        sources.insert(place, None)
    grown = net.with_classes(sources)
    X = np.random.default_rng(seed).uniform(-5, 5, (2, 300))
    winners = grown.probabilities(X).argmax(axis=0)
    assert [sources[winner] for winner in winners] == [kept[i] for i in net.logits(X)[kept].argmax(axis=0)]
    for i, source in enumerate(sources):
        if source is not None:
            np.testing.assert_array_equal(grown.layers[-1][i], net.layers[-1][source])


def test_a_new_class_learns_from_its_first_example_on() -> None:
    net = network((2, 6, 3))
    grown = net.with_classes([0, 1, 2, None])
    x, label = np.array([[0.5], [0.5]]), np.array([3])
    before = grown.probabilities(x)[3, 0]
    descent = OPTIMIZERS["gradient descent"](grown.parameters)
    for _ in range(200):
        descent.update(grown.parameters, grown.cost_and_gradient(x, label)[1], 0.1)
    assert before < 0.5
    assert grown.probabilities(x)[3, 0] > 0.9


def test_a_change_of_classes_leaves_the_old_network_as_it_was() -> None:
    net = network()
    before = net.parameters.copy()
    for sources in ([0, 1, 2], [0, 1, 2, None], [2, 0], [None, None]):
        net.with_classes(sources).parameters[:] = 0
        np.testing.assert_array_equal(net.parameters, before)


@each_activation
def test_all_classes_may_be_new(activation: str) -> None:
    net = network(activation=activation)
    renewed = net.with_classes([None] * 4)
    for W, b, new_W, new_b in zip(net.weights[:-1], net.biases[:-1], renewed.weights, renewed.biases, strict=False):
        np.testing.assert_array_equal(new_W, W)
        np.testing.assert_array_equal(new_b, b)
    assert renewed.activation == activation
    X, _ = examples(20)
    Z = [longhand_logits(renewed, column) for column in X.T.tolist()]
    np.testing.assert_allclose(renewed.probabilities(X).T, [longhand_softmax(z) for z in Z], rtol=1e-12)
    assert len({row.tobytes() for row in renewed.layers[-1]}) == 4  # no two alike: they could not be told apart


@pytest.mark.parametrize("sources", [[0, 1, 2, None], [1, 0], [None, None]])
def test_a_change_of_classes_works_without_a_hidden_layer(sources: list[int | None]) -> None:
    net = network((2, 3))
    changed = net.with_classes(sources)
    for i, source in enumerate(sources):
        if source is not None:
            np.testing.assert_array_equal(changed.layers[0][i], net.layers[0][source])
    np.testing.assert_allclose(changed.probabilities(examples(5)[0]).sum(axis=0), 1, rtol=1e-12)


# What is refused


@pytest.mark.parametrize("sizes", [(), (2,), (0, 3), (2, 0), (2, 0, 3), (2, -1, 3)])
def test_sizes_that_make_no_network_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="sizes must name the inputs and the classes, each at least 1"):
        Network(sizes)


@pytest.mark.parametrize("activation", ["softplus", "", "ReLU"])
def test_an_unknown_activation_is_refused_with_the_names_of_the_known(activation: str) -> None:
    with pytest.raises(ValueError, match=f"tanh, relu, leaky relu, sigmoid, linear, not '{activation}'"):
        Network((2, 3), activation)
    assert set(ACTIVATIONS) == set(LONGHAND)


def test_a_cost_over_no_examples_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        network().cost_and_gradient(np.empty((2, 0)), [])


@pytest.mark.parametrize("labels", [[0, 3], [-1, 0], [0.0, 1.0], [0], [[0, 1]]])
def test_a_cost_of_labels_that_are_no_classes_is_refused(labels: ArrayLike) -> None:
    with pytest.raises(ValueError, match="labels"):
        network().cost_and_gradient(np.zeros((2, 2)), labels)


def test_a_network_of_no_classes_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one class"):
        network().with_classes([])
