"""Words and conventions: each statement held against the code, and against the field's own algorithms longhand."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest

from playground.nn import ACTIVATIONS, OPTIMIZERS, Network, cross_entropy, softmax, with_ones
from playground.nn.activations import LEAK
from playground.nn.optimizers import Adam, RMSProp
from playground.session.choices import ACTIVATION_TIPS, OPTIMIZER_TIPS, power_of_ten
from playground.session.dataset import MAX_CLASSES, MIN_CLASSES, Dataset, class_labels
from playground.session.messages import Request
from playground.session.settings import SPECS, Settings
from playground.session.specs import Choice
from playground.session.trainer import Trainer
from playground.session.words import SECTIONS, find

MEANINGS = {entry.term: entry.meaning for section in SECTIONS for entry in section.entries}
DATA = Dataset(
    np.random.default_rng(5).normal(size=(2, 30)), np.arange(30) % 3, (np.arange(30) + 0.5) / 30, class_labels(3)
)
STEPS, RATE = 12, 0.05
GRADIENTS = np.random.default_rng(0).normal(size=STEPS) * np.logspace(-3, 1, STEPS)


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(?<![\w₀-₉^⁻])\d+(?:\.\d+)?", text)]


# Choices


def test_every_choice_has_a_tip_and_a_title_that_it_is_read_back_from() -> None:
    kinds = {spec.name: spec.kind for spec in SPECS if isinstance(spec.kind, Choice)}
    assert set(ACTIVATION_TIPS) == set(ACTIVATIONS)
    assert set(OPTIMIZER_TIPS) == set(OPTIMIZERS)
    assert kinds["optimizer"].title("adam") == "Adam"
    assert kinds["activation"].title("relu") == "ReLU"
    for kind in kinds.values():
        assert [kind.parse(kind.title(option)) for option in kind.options] == list(kind.options)


def test_the_tips_name_the_decays_that_are_used() -> None:
    assert numbers(OPTIMIZER_TIPS["momentum"])[:2] == [*OPTIMIZERS["momentum"].decays, 0.1]
    assert numbers(OPTIMIZER_TIPS["rmsprop"])[:2] == [*OPTIMIZERS["rmsprop"].decays, 0.1]
    assert numbers(OPTIMIZER_TIPS["adam"])[:4] == [0.9, 0.1, 0.999, 0.001]
    assert Adam.decays == (0.9, 0.999)
    for kind, name in ((RMSProp, "rmsprop"), (Adam, "adam")):
        assert kind.epsilon == 1e-8
        assert f"ε\u00a0=\u00a0{power_of_ten(kind.epsilon)}" in OPTIMIZER_TIPS[name]
    assert power_of_ten(1e-8) == "10⁻⁸"
    assert f"max({LEAK:g} z, z)" in ACTIVATION_TIPS["leaky relu"]


def torch_sgd(lr: float, momentum: float = 0.0) -> list[float]:
    """PyTorch's SGD as its documentation has it: the buffer is the first gradient, then momentum times it plus g."""
    moves, buffer = [], 0.0
    for t, g in enumerate(GRADIENTS):
        buffer = g if t == 0 else momentum * buffer + g
        moves.append(lr * buffer)
    return moves


def torch_rmsprop(lr: float, alpha: float, eps: float) -> list[float]:
    moves, square = [], 0.0
    for g in GRADIENTS:
        square = alpha * square + (1 - alpha) * g * g
        moves.append(lr * g / (math.sqrt(square) + eps))
    return moves


def torch_adam(lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> list[float]:
    moves, mean, square = [], 0.0, 0.0
    for t, g in enumerate(GRADIENTS, start=1):
        mean = betas[0] * mean + (1 - betas[0]) * g
        square = betas[1] * square + (1 - betas[1]) * g * g
        root = math.sqrt(square / (1 - betas[1] ** t)) + eps
        moves.append(lr * mean / (1 - betas[0] ** t) / root)
    return moves


TORCH: dict[str, Callable[..., list[float]]] = {"SGD": torch_sgd, "RMSprop": torch_rmsprop, "Adam": torch_adam}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_the_tip_says_to_write_in_pytorch_makes_the_same_moves(name: str) -> None:
    """The call is read out of the tip."""
    (call,) = re.findall(r"In PyTorch: (\w+\([^)]*\))", OPTIMIZER_TIPS[name])
    kind, _, given = call.rstrip(")").partition("(")
    arguments = dict(part.split("=") for part in given.split(", "))
    factor = float(arguments.pop("lr").replace("α", "").rstrip("·") or 1)
    expected = TORCH[kind](lr=factor * RATE, **{key: float(value) for key, value in arguments.items()})
    optimizer = OPTIMIZERS[name](np.zeros(1))
    for gradient, move in zip(GRADIENTS, expected, strict=True):
        parameters = np.zeros(1)
        optimizer.update(parameters, np.array([gradient]), RATE)
        assert -parameters[0] == pytest.approx(move, rel=1e-10)


# Conventions


def test_the_penalty_adds_lambda_over_m_times_the_weight_in_every_batch_and_nothing_to_biases() -> None:
    assert "λ/m W" in MEANINGS["penalty, λ"]
    for batch_size in (0, 7):
        moved = []
        for l2 in (0.0, 3.0):
            settings = Settings(
                hidden=(), optimizer="gradient descent", learning_rate=1.0, l2=l2, batch_size=batch_size
            )
            trainer = Trainer(Request(DATA, settings))
            before = trainer.network.parameters.copy()
            trainer.step()
            moved.append((before, trainer.network.parameters.copy()))
        (start, free), (_, held) = moved
        pull = (free - held).reshape(3, 3)
        np.testing.assert_allclose(pull[:, :2], 3.0 / DATA.m * start.reshape(3, 3)[:, :2], rtol=1e-9)
        np.testing.assert_allclose(pull[:, 2], 0, atol=1e-12)


def test_weights_start_with_the_variance_that_is_told_and_biases_at_0() -> None:
    text = MEANINGS["initialisation"]
    told = {name: float(gain) for gain, name in re.findall(r"([\d.]+)/n for (tanh|ReLU|leaky ReLU|sigmoid)", text)}
    for title, gain in told.items():
        network = Network((200, 300, 100), title.lower(), seed=1, dtype=np.float64)
        assert network.weights[0].var() == pytest.approx(gain / 200, rel=0.05)
        assert network.weights[1].var() == pytest.approx(1 / 300, rel=0.05)
        assert abs(network.weights[0].mean()) < 0.01
        assert not any(b.any() for b in network.biases)
    assert len(told) == 4


@pytest.mark.parametrize(("hidden", "name"), [((4,), "float32"), ((), "float64")])
def test_the_type_of_numbers_is_the_one_told(hidden: tuple[int, ...], name: str) -> None:
    with_layers, without = MEANINGS["float32, float64"].split(";")
    assert name in (with_layers if hidden else without)
    assert Trainer(Request(DATA, Settings(hidden=hidden))).network.dtype == name


def test_a_point_is_held_out_while_its_rank_is_below_the_share() -> None:
    held = [set(np.flatnonzero(DATA.is_test(share))) for share in (0.1, 0.3, 0.7)]
    assert held[0] < held[1] < held[2]
    assert held[1] == {i for i, rank in enumerate(DATA.ranks) if rank < 0.3}


def test_dz_of_one_example_is_of_its_own_loss_and_in_j_it_counts_one_mth() -> None:
    network = Network((2, 3), seed=0, dtype=np.float64)
    inputs = with_ones(DATA.X, np.float64)
    Z = network.logits_of(inputs).copy()
    dz = softmax(Z) - np.eye(3)[:, DATA.labels]
    step = 1e-6
    moved = Z.copy()
    moved[1, 4] += step
    by_hand = (cross_entropy(moved, DATA.labels) - cross_entropy(Z, DATA.labels)) / step
    assert by_hand[4] == pytest.approx(dz[1, 4], abs=1e-5)
    assert by_hand.mean() == pytest.approx(dz[1, 4] / DATA.m, abs=1e-6)
    gradient = network.cost_and_gradient(DATA.X, DATA.labels)[1].reshape(3, 3)
    np.testing.assert_allclose(gradient[:, 2], dz.mean(axis=1), atol=1e-12)


# The glossary


def test_the_field_s_words_stand_beside_ours() -> None:
    for ours, theirs in (
        ("score, z", "logit"),
        ("border", "decision boundary"),
        ("loss, L", "cross-entropy"),
        ("loss, L", "maximum likelihood"),
        ("y", "one-hot"),
        ("logistic regression", "binary classification"),
        ("softmax", "hardmax"),
        ("log", "natural"),
        ("cost, J", "w[1], b[1]"),
    ):
        assert theirs in MEANINGS[ours]
    assert f"{MIN_CLASSES} to {MAX_CLASSES}" in MEANINGS["class, C"]
    assert len(MEANINGS) == sum(len(section.entries) for section in SECTIONS)


def test_what_is_typed_is_found_in_terms_and_meanings_whatever_its_case() -> None:
    assert [entry.term for section in find("LOGIT") for entry in section.entries] == ["score, z"]
    assert "Adam" in [entry.term for section in find("pytorch adam") for entry in section.entries]
    assert find("no such word") == ()
    assert find("") == SECTIONS
