"""The gradient check: its figures against derivatives in fifty digits; right ones pass, mistakes do not."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import (
    ACTIVATIONS,
    MISTAKES,
    BlockCheck,
    GradientCheck,
    Network,
    Verdict,
    can_show,
    one_hot,
    with_ones,
)
from playground.nn.mistakes import FORGET_BIAS, FORGET_MEAN, FORGET_SLOPE, WRONG_SIGN
from playground.nn.network import layer_views
from playground.nn.optimum import optimum
from playground.session.generators import Recipe, generate

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

NUDGE = Decimal("1e-15")  # in fifty digits
DEPTHS = [(), (5,), (5, 4, 3)]

each_activation = pytest.mark.parametrize("activation", list(ACTIVATIONS))
each_depth = pytest.mark.parametrize("hidden", DEPTHS, ids=len)

LONGHAND: dict[str, Callable[[Decimal], Decimal]] = {
    "tanh": lambda z: 1 - 2 / ((2 * z).exp() + 1),
    "relu": lambda z: max(z, Decimal(0)),
    "leaky relu": lambda z: z if z > 0 else z * Decimal("0.01"),
    "sigmoid": lambda z: 1 / (1 + (-z).exp()),
    "linear": lambda z: z,
}


def problem(
    sizes: tuple[int, ...], activation: str = "tanh", m: int = 20, seed: int = 0, mistake: str | None = None
) -> tuple[Network, Matrix, Labels]:
    """A network with biases that are not 0, as a training one has, and points of all classes."""
    rng = np.random.default_rng(seed)
    net = Network(sizes, activation, seed)
    net.parameters += 0.1 * rng.standard_normal(net.parameters.size).astype(np.float32)
    net.mistake = mistake
    return net, rng.normal(size=(sizes[0], m)), np.arange(m) % sizes[-1]


def checked(net: Network, X: Matrix, labels: Labels, l2: float = 0.0) -> tuple[BlockCheck, ...]:
    check = GradientCheck(net, with_ones(X, net.dtype), labels, l2)
    check.advance(check.size)
    return check.blocks()


def wrong(blocks: tuple[BlockCheck, ...]) -> list[str]:
    return [block.name for block in blocks if block.verdict is Verdict.WRONG]


def layers_in(flat: list[Decimal], sizes: tuple[int, ...]) -> list[list[list[Decimal]]]:
    """Rows [W b] of each layer."""
    layers, at = [], 0
    for n_in, n_out in pairwise(sizes):
        layers.append([flat[at + r * (n_in + 1) : at + (r + 1) * (n_in + 1)] for r in range(n_out)])
        at += n_out * (n_in + 1)
    return layers


def longhand_cost(flat: list[Decimal], net: Network, X: Matrix, labels: Labels, l2: float) -> Decimal:
    layers, m = layers_in(flat, net.sizes), len(labels)
    total = Decimal(0)
    for i, label in enumerate(labels):
        a = [Decimal(float(x)) for x in X[:, i]]
        for number, layer in enumerate(layers, start=1):
            z = [sum((w * value for w, value in zip(row, a, strict=False)), row[-1]) for row in layer]
            a = z if number == len(layers) else [LONGHAND[net.activation](value) for value in z]
        total += sum((value.exp() for value in a), Decimal(0)).ln() - a[label]
    squares = sum((w * w for layer in layers for row in layer for w in row[:-1]), Decimal(0))
    return total / m + Decimal(l2) / (2 * m) * squares


def longhand_derivatives(net: Network, X: Matrix, labels: Labels, l2: float) -> list[Decimal]:
    theta = [Decimal(float(value)) for value in net.parameters]
    found = []
    for i in range(len(theta)):
        above, below = ([*theta[:i], theta[i] + nudge, *theta[i + 1 :]] for nudge in (NUDGE, -NUDGE))
        costs = [longhand_cost(flat, net, X, labels, l2) for flat in (above, below)]
        found.append((costs[0] - costs[1]) / (2 * NUDGE))
    return found


# What is told


@pytest.mark.parametrize("mistake", [None, FORGET_MEAN])
@each_activation
def test_the_figures_told_are_the_derivatives_and_what_backpropagation_says(
    activation: str, mistake: str | None
) -> None:
    net, X, labels = problem((2, 2, 2), activation, m=3, seed=4, mistake=mistake)
    X = X.astype(np.float32).astype(np.float64)
    with localcontext() as context:
        context.prec = 50
        expected = layers_in(longhand_derivatives(net, X, labels, 0.5), net.sizes)
    found = layers_in(
        [Decimal(float(value)) for value in net.copy(np.float64).cost_and_gradient(X, labels, 0.5)[1]], net.sizes
    )
    for number, block in enumerate(checked(net, X, labels, 0.5)):
        layer, (row, column) = number // 2, block.worst
        column = -1 if block.name[0] == "b" else column
        assert block.numeric == pytest.approx(float(expected[layer][row][column]), rel=1e-7, abs=5e-8)
        assert block.analytic == pytest.approx(float(found[layer][row][column]), rel=1e-12)


def test_every_w_and_b_is_told_with_its_shape_from_the_first_layer_to_the_last() -> None:
    blocks = checked(*problem((2, 5, 4, 3)))
    assert [(block.name, block.shape) for block in blocks] == [
        ("W[1]", (5, 2)),
        ("b[1]", (5,)),
        ("W[2]", (4, 5)),
        ("b[2]", (4,)),
        ("W[3]", (3, 4)),
        ("b[3]", (3,)),
    ]


@pytest.mark.parametrize(("layer", "row", "column"), [(0, 4, 1), (1, 0, 2), (1, 2, 5), (0, 3, 2)])
def test_the_one_entry_that_is_wrong_is_pointed_at(
    layer: int, row: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Network.gradient

    def spoilt(net: Network, *given: Any) -> Matrix:
        gradient: Matrix = usual(net, *given).astype(np.float64, copy=False)
        net._dlayers[layer][row, column] += 0.01
        return gradient

    monkeypatch.setattr(Network, "gradient", spoilt)
    net, X, labels = problem((2, 5, 3))
    (block,) = (block for block in checked(net, X, labels) if block.verdict is Verdict.WRONG)
    is_bias = column == net.layers[layer].shape[1] - 1
    assert block.name == f"{'b' if is_bias else 'W'}[{layer + 1}]"
    assert block.worst == (row, 0 if is_bias else column)
    assert block.analytic - block.numeric == pytest.approx(0.01, rel=1e-4)


def test_the_relative_error_is_the_size_of_the_difference_over_the_sum_of_sizes() -> None:
    m = 20
    for block in checked(*problem((2, 5, 3), mistake=WRONG_SIGN, m=m)):
        assert block.relative_error == pytest.approx(1, abs=1e-6)  # g and -g
    for block in checked(*problem((2, 5, 3), mistake=FORGET_MEAN, m=m)):
        assert block.relative_error == pytest.approx((m - 1) / (m + 1), abs=1e-6)  # g and m g


# How it goes on


def test_it_is_done_some_parameters_at_a_time() -> None:
    net, X, labels = problem((2, 5, 3))  # 33 parameters
    check = GradientCheck(net, with_ones(X), labels)
    shares = []
    while not check.is_done:
        with pytest.raises(ValueError, match="not done"):
            check.blocks()
        check.advance(10)
        shares.append(check.share_done)
    assert check.size == 33
    assert shares == pytest.approx([10 / 33, 20 / 33, 30 / 33, 1])
    check.advance()
    assert wrong(check.blocks()) == []


def test_one_parameter_at_a_time_is_the_same_as_all_at_once() -> None:
    net, X, labels = problem((2, 4, 3))
    one_by_one = GradientCheck(net, with_ones(X), labels)
    while not one_by_one.is_done:
        one_by_one.advance()
    for first, second in zip(one_by_one.blocks(), checked(net, X, labels), strict=True):
        assert (first.numeric, first.analytic, first.worst) == (second.numeric, second.analytic, second.worst)


def test_the_network_is_left_alone_and_may_train_on_meanwhile() -> None:
    net, X, labels = problem((2, 4, 3), mistake=FORGET_BIAS)
    before, inputs = net.parameters.copy(), with_ones(X)
    expected = checked(net, X, labels)
    check = GradientCheck(net, inputs, labels)
    check.advance(7)
    np.testing.assert_array_equal(net.parameters, before)
    net.parameters += 1
    net.mistake = None
    inputs[:] = 0
    check.advance(check.size)
    found = check.blocks()
    assert [block.numeric for block in found] == [block.numeric for block in expected]
    assert wrong(found) == ["b[2]"]


# Right gradients pass


@each_activation
@each_depth
def test_a_right_gradient_passes_whatever_the_scale_of_the_inputs_and_the_penalty(
    activation: str, hidden: tuple[int, ...]
) -> None:
    net, X, labels = problem((2, *hidden, 3), activation)
    for reach, l2 in ((1.0, 0.0), (1e-3, 100.0), (1e3, 0.0), (1e3, 100.0)):
        assert wrong(checked(net, reach * X, labels, l2)) == [], (reach, l2)


@each_activation
def test_a_right_gradient_passes_whatever_the_size_of_the_weights(activation: str) -> None:
    for size in (0.01, 30.0):
        net, X, labels = problem((2, 5, 3), activation)
        net.parameters *= size
        assert wrong(checked(net, X, labels)) == [], size


@each_activation
@pytest.mark.parametrize("hidden", [(2, 2), (3, 3), (4, 4, 4)])
@pytest.mark.parametrize("seed", range(5))
def test_a_fresh_network_passes_though_its_biases_are_all_0(
    activation: str, hidden: tuple[int, ...], seed: int
) -> None:
    # where all units of a layer are cut off, those of the next are at the corner of the ReLU: in most narrow networks
    net = Network((2, *hidden, 3), activation, seed)
    _, X, labels = problem((2, 3), m=40, seed=seed)
    assert wrong(checked(net, X, labels)) == []


@each_activation
@pytest.mark.parametrize("hidden", [(5,), (5, 4), (3, 3, 3)])
def test_a_point_at_the_origin_is_no_mistake(activation: str, hidden: tuple[int, ...]) -> None:
    net = Network((2, *hidden, 3), activation)
    _, X, labels = problem((2, 3))
    X[:, 4] = 0
    assert wrong(checked(net, X, labels)) == []
    assert wrong(checked(net, np.zeros((2, 1)), labels[:1])) == []


def verdicts(blocks: tuple[BlockCheck, ...]) -> dict[str, str]:
    return {block.name: block.verdict.value for block in blocks}


@pytest.mark.parametrize("activation", ["relu", "leaky relu"])
@pytest.mark.parametrize("away", [1e-5, -1e-5, 3e-7, 1e-10])
def test_a_corner_near_by_is_none(activation: str, away: float) -> None:
    net, X, labels = problem((1, 4, 2), activation, m=12)
    net = net.copy(np.float64)
    W, b = net.weights[0], net.biases[0]
    X[0] = -b.repeat(3) / W[:, 0].repeat(3) + away
    assert set(verdicts(checked(net, X, labels)).values()) == {"right"}


@pytest.mark.parametrize("activation", ["relu", "leaky relu"])
def test_at_a_corner_it_says_so_and_shows_that_the_two_differ_there(activation: str) -> None:
    net, X, labels = problem((2, 4, 2), activation, m=12)
    net.biases[0][:] = 0
    X[:, 5] = 0  # a point at the origin: all of its z are 0, and it pays for that with the first biases alone
    blocks = checked(net, X, labels)
    assert verdicts(blocks) == {"W[1]": "right", "b[1]": "at a corner", "W[2]": "right", "b[2]": "right"}
    corner = blocks[1]
    assert corner.at_corner == 4
    assert abs(corner.numeric - corner.analytic) > 1e-3


@pytest.mark.parametrize("activation", ["relu", "leaky relu"])
@pytest.mark.parametrize("mistake", [FORGET_MEAN, WRONG_SIGN])
def test_at_a_corner_a_mistake_is_one_all_the_same(activation: str, mistake: str) -> None:
    net, X, labels = problem((2, 4, 2), activation, m=12, mistake=mistake)
    net.biases[0][:] = 0
    X[:, 5] = 0
    assert wrong(checked(net, X, labels)) == ["W[1]", "b[1]", "W[2]", "b[2]"]


def test_a_narrow_network_that_was_accused_is_right() -> None:
    data = generate(Recipe("moons", classes=3, points=200))
    blocks = checked(Network((2, 2, 1, 2, 3), "leaky relu", seed=35), data.X, data.labels)
    assert set(verdicts(blocks).values()) == {"right"}


@pytest.mark.parametrize("l2", [0.0, 0.5])
def test_a_gradient_that_is_nothing_but_rounding_passes(l2: float) -> None:
    _, X, labels = problem((2, 3), m=60)
    net = Network((2, 3), dtype=np.float64)
    net.parameters[:] = optimum(with_ones(X, np.float64), labels, 3, l2).parameters
    assert np.abs(net.cost_and_gradient(X, labels, l2)[1]).max() < 1e-6
    assert wrong(checked(net, X, labels, l2)) == []


@each_activation
def test_a_network_that_is_sure_of_every_point_passes(activation: str) -> None:
    net, _, labels = problem((2, 5, 3), activation, m=30)
    X = 2 * np.eye(3)[:2, labels] - (labels == 2)
    inputs, Y = with_ones(X), one_hot(labels, 3)
    for _ in range(300):
        net.parameters -= 2 * net.gradient(inputs, Y)
    net.weights[-1][:] *= 4
    net.biases[-1][:] *= 4
    assert net.evaluate(inputs, labels).cost < 1e-4
    assert wrong(checked(net, X, labels)) == []


# Mistakes do not


def expected_to_be_wrong(mistake: str, sizes: tuple[int, ...]) -> set[str]:
    last = len(sizes) - 1
    names = {f"{part}[{number}]" for part in "Wb" for number in range(1, last + 1)}
    if mistake == FORGET_BIAS:
        return {f"b[{last}]"}
    return {name for name in names if name[2] != str(last)} if mistake == FORGET_SLOPE else names


@each_activation
@each_depth
def test_each_mistake_is_caught_where_it_is_and_nowhere_else(activation: str, hidden: tuple[int, ...]) -> None:
    sizes = (2, *hidden, 3)
    for mistake in MISTAKES:
        net, X, labels = problem(sizes, activation, m=21, mistake=mistake)
        for l2 in (0.0, 2.0):
            blocks = checked(net, X, labels, l2)
            is_shown = can_show(mistake, sizes, activation)
            assert set(wrong(blocks)) == (expected_to_be_wrong(mistake, sizes) if is_shown else set()), (mistake, l2)
            assert all(block.relative_error > 1e-2 for block in blocks if block.verdict is Verdict.WRONG)


@each_activation
def test_each_mistake_is_caught_in_a_fresh_network(activation: str) -> None:
    net = Network((2, 8, 3), activation)
    _, X, labels = problem((2, 3))
    for mistake in MISTAKES:
        net.mistake = mistake
        assert bool(wrong(checked(net, X, labels))) == can_show(mistake, net.sizes, activation), mistake


def test_of_one_example_the_sum_is_the_mean() -> None:
    assert wrong(checked(*problem((2, 5, 3), m=1, mistake=FORGET_MEAN))) == []
    assert wrong(checked(*problem((2, 5, 3), m=2, mistake=FORGET_MEAN))) != []


def test_what_rounding_hides_is_too_small_to_tell_with_a_mistake_and_without() -> None:
    _, X, labels = problem((2, 3), m=60)
    net = Network((2, 3), dtype=np.float64)
    net.parameters[:] = optimum(with_ones(X, np.float64), labels, 3).parameters
    for mistake in (None, WRONG_SIGN):
        net.mistake = mistake
        assert set(verdicts(checked(net, X, labels)).values()) == {"too small to tell"}


@pytest.mark.parametrize("mistake", [FORGET_MEAN, WRONG_SIGN])
def test_a_mistake_in_a_gradient_of_a_billionth_is_seen(mistake: str) -> None:
    net, _, labels = problem((2, 3), m=30, mistake=mistake)
    X = 2 * np.eye(3)[:2, labels] - (labels == 2)
    net.parameters[:] = 0
    net.weights[0][:] = 9 * np.array([[2, -1], [-1, 2], [-1, -1]])
    blocks = checked(net, X, labels)
    assert 0 < max(abs(block.numeric) for block in blocks) < 1e-9
    assert wrong(blocks) == ["W[1]", "b[1]"]


# A sweep: whatever the start, no right gradient is accused and no mistake acquitted

HIDDEN: list[tuple[int, ...]] = [(), (2,), (1, 1), (2, 1, 2), (3, 3, 3), (8,), (5, 4)]


def start(seed: int) -> tuple[Network, Matrix, Labels, float]:
    """A network, inputs, labels and a penalty: fresh, shaken or trained, of any size and scale."""
    rng = np.random.default_rng(seed)
    m = int(rng.choice([1, 10, 40]))
    data = generate(Recipe(str(rng.choice(["blobs", "moons", "spiral"])), classes=3, points=40, data_seed=seed))
    X = data.X[:, :m] * rng.choice([1.0, 1.0, 1e-6, 1e3])
    X[:, 0] *= rng.choice([0.0, 1.0])
    labels = data.labels[:m]
    net = Network((2, *HIDDEN[rng.integers(len(HIDDEN))], 3), list(ACTIVATIONS)[seed % len(ACTIVATIONS)], seed)
    if rng.random() < 0.3:
        net.parameters += 0.3 * rng.standard_normal(net.parameters.size).astype(np.float32)
    for _ in range(int(rng.choice([0, 30]))):
        net.parameters -= 0.5 / np.abs(X).max(initial=1) * net.gradient(with_ones(X), one_hot(labels, 3))
    return net, X, labels, float(rng.choice([0.0, 1.0, 100.0]))


def arrays_of(flat: Matrix, sizes: tuple[int, ...]) -> list[Matrix]:
    """W[1], b[1], ... out of a vector laid out like theta."""
    return [part for layer in layer_views(flat, sizes) for part in (layer[:, :-1], layer[:, -1])]


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_no_start_has_a_right_gradient_accused_or_a_mistake_acquitted(first: int) -> None:
    told = 0
    for seed in range(first, first + 10):
        net, X, labels, l2 = start(seed)
        truth = arrays_of(net.copy(np.float64).cost_and_gradient(X, labels, l2)[1], net.sizes)
        assert wrong(checked(net, X, labels, l2)) == [], seed
        for mistake in MISTAKES:
            net.mistake = mistake
            spoilt = arrays_of(net.copy(np.float64).cost_and_gradient(X, labels, l2)[1], net.sizes)
            for block, right, used in zip(checked(net, X, labels, l2), truth, spoilt, strict=True):
                if np.linalg.norm(used - right) > 1e-4 * (np.linalg.norm(used) + np.linalg.norm(right)):
                    assert block.verdict is not Verdict.RIGHT, (seed, mistake, block.name)
                    told += block.verdict is Verdict.WRONG
    assert told > 50  # "too small to tell" would be no answer to everything
