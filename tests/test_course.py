"""The course's page through the public face of the core, against numbers of its own and, where installed, PyTorch."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import Network, cross_entropy, hardmax, log_softmax, softmax
from playground.session.dataset import Dataset
from playground.session.example_text import as_text
from playground.session.generators import Recipe, generate
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer

Matrix = NDArray[Any]
SHAPES = [((2, 3, 3), "tanh"), ((2, 8, 8, 4), "tanh"), ((2, 8, 8, 4), "sigmoid"), ((2, 5), "tanh"), ((2, 2), "relu")]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?")


# The course's own numbers


def test_the_course_s_softmax_hardmax_and_loss() -> None:
    Z = np.array([5.0, 2.0, -1.0, 3.0])
    np.testing.assert_allclose(np.exp(Z), [148.41, 7.389, 0.368, 20.086], rtol=1e-3)
    assert softmax(Z).round(3).tolist() == [0.842, 0.042, 0.002, 0.114]
    assert hardmax(Z).tolist() == [1, 0, 0, 0]
    Y_hat = np.array([0.3, 0.2, 0.1, 0.4])
    assert cross_entropy(np.log(Y_hat), [1])[0] == pytest.approx(-np.log(0.2), rel=1e-12)
    assert round(float(cross_entropy(np.log(Y_hat), [1])[0]), 3) == 1.609


# Against PyTorch


def scores(C: int, m: int, size: float) -> Matrix:
    return np.random.default_rng(C).normal(0, size, (C, m))


@pytest.mark.parametrize("size", [1.0, 30.0, 1000.0])
@pytest.mark.parametrize("C", [2, 4, 10])
def test_softmax_its_logarithm_and_the_loss_are_pytorchs(C: int, size: float) -> None:
    torch = pytest.importorskip("torch")
    Z = scores(C, 50, size)
    labels = np.arange(50) % C
    theirs = torch.tensor(Z)
    np.testing.assert_allclose(softmax(Z), torch.softmax(theirs, 0).numpy(), rtol=1e-10, atol=1e-300)
    np.testing.assert_allclose(log_softmax(Z), torch.log_softmax(theirs, 0).numpy(), rtol=1e-12, atol=1e-12)
    losses = torch.nn.functional.cross_entropy(theirs.T, torch.tensor(labels), reduction="none")
    np.testing.assert_allclose(cross_entropy(Z, labels), losses.numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(softmax(Z, 2.5), torch.softmax(theirs / 2.5, 0).numpy(), rtol=1e-10, atol=1e-300)


def network_of(sizes: tuple[int, ...], activation: str) -> Network:
    """A network with biases too, which are 0 at a run's start."""
    network = Network(sizes, activation, seed=3, dtype=np.float64)
    network.parameters += np.random.default_rng(7).normal(0, 0.4, network.parameters.size)
    return network


def rivals_backprop(network: Network, X: Matrix, labels: Matrix, l2: float) -> tuple[float, list[Matrix], list[Matrix]]:
    """J, every dW[l] and every db[l] by PyTorch's automatic differentiation, from the weights alone."""
    torch = pytest.importorskip("torch")
    weights = [torch.tensor(W.copy(), requires_grad=True) for W in network.weights]
    biases = [torch.tensor(b.copy(), requires_grad=True) for b in network.biases]
    A = torch.tensor(X)
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        Z = W @ A + b[:, None]
        A = Z if layer == len(weights) - 1 else getattr(torch, network.activation)(Z)
    mean = torch.nn.functional.cross_entropy(A.T, torch.tensor(labels))
    J = mean + l2 / (2 * labels.size) * sum((W**2).sum() for W in weights)
    J.backward()
    return float(J.detach()), [W.grad.numpy() for W in weights], [b.grad.numpy() for b in biases]


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize(("sizes", "activation"), SHAPES)
def test_j_and_every_dw_and_db_are_pytorchs(sizes: tuple[int, ...], activation: str, l2: float) -> None:
    network = network_of(sizes, activation)
    X, labels = np.random.default_rng(1).normal(size=(2, 37)), np.arange(37) % sizes[-1]
    J, flat = network.cost_and_gradient(X, labels, l2)
    gradient = Network(sizes, activation, dtype=np.float64)
    gradient.parameters[:] = flat
    their_cost, their_dw, their_db = rivals_backprop(network, X, labels, l2)
    assert pytest.approx(their_cost, rel=1e-12) == J
    for dW, rivals in zip(gradient.weights, their_dw, strict=True):
        np.testing.assert_allclose(dW, rivals, rtol=1e-9, atol=1e-14)
    for db, rivals in zip(gradient.biases, their_db, strict=True):
        np.testing.assert_allclose(db, rivals, rtol=1e-9, atol=1e-14)


# The copied example against SciPy and PyTorch, from its own digits


def floats(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text)]


def copied(hidden: tuple[int, ...], classes: int) -> tuple[str, Dataset, Trainer]:
    """A trained run's example at a data point, as it is copied."""
    dataset = generate(Recipe("blobs", classes=classes, points=40, noise=0.7))
    point = float(dataset.X[0, 5]), float(dataset.X[1, 5])
    trainer = Trainer(Request(dataset, Settings(hidden=hidden, l2=0.5, learning_rate=0.05), probe=point))
    for _ in range(60):
        trainer.step()
    snapshot = trainer.snapshot()
    assert snapshot.example is not None
    return as_text(snapshot.example, dataset, snapshot.cost), dataset, trainer


def layer_of(text: str, number: int) -> tuple[Matrix, Matrix]:
    (rows,) = re.findall(rf"W\[{number}\] = \[([^]]*)\]", text)
    (b,) = re.findall(rf"  b\[{number}\] = \(([^)]*)\)", text)
    return np.array([floats(row) for row in rows.split(";")]), np.array(floats(b))


def table_of(text: str) -> tuple[Matrix, list[float]]:
    """The rows under the head of the table, (C, columns), and their sums."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.strip().startswith("class "))
    end = next(i for i, line in enumerate(lines) if line.strip().startswith("sum"))
    return np.array([floats(line) for line in lines[start + 1 : end]]), floats(lines[end])


@pytest.mark.parametrize(("hidden", "classes"), [((3,), 3), ((8, 8), 4)])
def test_the_copied_example_is_pytorchs_calculation_with_the_copied_weights(
    hidden: tuple[int, ...], classes: int
) -> None:
    torch = pytest.importorskip("torch")
    text, dataset, _ = copied(hidden, classes)
    head, _, _ = text.partition("\n")
    a = torch.tensor(floats(head.partition(")")[0])[:2], dtype=torch.float64)
    for number in range(1, len(hidden) + 2):
        W, b = (torch.tensor(part) for part in layer_of(text, number))
        a = W @ a + b
        a = torch.tanh(a) if number <= len(hidden) else a
    rows, sums = table_of(text)
    label = int(dataset.labels[5])
    y_hat = torch.softmax(a, 0).numpy()
    np.testing.assert_allclose(rows[:, 1], a.numpy(), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(rows[:, 2], np.exp(a.numpy()), rtol=1e-5)
    assert sums[0] == pytest.approx(float(torch.exp(a).sum()), rel=1e-5)
    np.testing.assert_allclose(rows[:, 3], y_hat, rtol=1e-5)
    np.testing.assert_array_equal(rows[:, 4], np.eye(classes)[int(a.argmax())])
    np.testing.assert_array_equal(rows[:, 5], np.eye(classes)[label])
    np.testing.assert_allclose(rows[:, 6], y_hat - np.eye(classes)[label], rtol=1e-4, atol=1e-7)
    (loss,) = re.findall(r"L = −log \S+ = (\S+)", text)
    theirs = float(torch.nn.functional.cross_entropy(a[None], torch.tensor([label])))
    assert float(loss) == pytest.approx(theirs, rel=1e-4)


@pytest.mark.parametrize(("hidden", "classes"), [((3,), 3), ((8, 8), 4)])
def test_the_copied_j_is_pytorchs_of_all_points_with_the_copied_weights(hidden: tuple[int, ...], classes: int) -> None:
    pytest.importorskip("torch")
    text, dataset, _ = copied(hidden, classes)
    network = Network((2, *hidden, classes), "tanh", dtype=np.float64)
    for number, (W, b) in enumerate(zip(network.weights, network.biases, strict=True), start=1):
        W[:], b[:] = layer_of(text, number)
    J, _, _ = rivals_backprop(network, dataset.X, dataset.labels, 0.5)
    ((share, told),) = re.findall(r"L / m = (\S+) of J = (\S+)", text)
    assert float(told) == pytest.approx(J, rel=1e-6)
    (loss,) = re.findall(r"L = −log \S+ = (\S+)", text)
    assert float(share) == pytest.approx(float(loss) / 40, rel=1e-8)


@pytest.mark.parametrize(("hidden", "classes"), [((3,), 3), ((8, 8), 4)])
def test_the_step_taken_apart_has_pytorchs_derivatives(hidden: tuple[int, ...], classes: int) -> None:
    pytest.importorskip("torch")
    _, dataset, trainer = copied(hidden, classes)
    trainer.accept(replace(trainer.request, pictures=frozenset({"step"})))
    rehearsal = trainer.snapshot().rehearsal
    assert rehearsal is not None
    network = trainer.network.copy(np.float64)
    _, their_dw, their_db = rivals_backprop(network, dataset.X, dataset.labels, 0.5)
    for number, (dW, db) in enumerate(zip(their_dw, their_db, strict=True), start=1):
        np.testing.assert_allclose(rehearsal.trace.dW[number], dW, rtol=1e-3, atol=1e-6)
        np.testing.assert_allclose(rehearsal.trace.db[number], db, rtol=1e-3, atol=1e-6)


def test_softmax_and_its_logarithm_are_scipys() -> None:
    special = pytest.importorskip("scipy.special")
    for size in (1.0, 100.0):
        Z = scores(6, 30, size)
        np.testing.assert_allclose(softmax(Z), special.softmax(Z, axis=0), rtol=1e-10, atol=1e-300)
        np.testing.assert_allclose(log_softmax(Z), special.log_softmax(Z, axis=0), rtol=1e-12, atol=1e-12)


def test_the_loss_of_many_is_scikit_learns_log_loss() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    Z, labels = scores(5, 60, 2.0), np.arange(60) % 5
    theirs = metrics.log_loss(labels, softmax(Z).T, labels=range(5))
    assert cross_entropy(Z, labels).mean() == pytest.approx(theirs, rel=1e-12)
