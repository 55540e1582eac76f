"""The same training run in each library, each in the fastest form that its own users can write.

Rivals are optional: they are imported where they are built, as `Any`, and a missing one raises ImportError there.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from playground.nn import OPTIMIZERS, Network, one_hot, with_ones
from playground.nn.arrays import Floats, Integers

LEARNING_RATE = 0.01
STEPS = 100


@dataclass(frozen=True)
class Problem:
    """Inputs X (2, m) and labels (m,) for a network of these sizes."""

    sizes: tuple[int, ...]
    X: Floats
    labels: Integers

    @classmethod
    def make(cls, sizes: tuple[int, ...], m: int) -> "Problem":
        """Overlapping clouds around a circle, one a class, so that J cannot reach 0."""
        labels = np.arange(m) % sizes[-1]
        angle = 2 * np.pi * labels / sizes[-1]
        noise = np.random.default_rng(0).normal(scale=0.5, size=(2, m))
        return cls(sizes, (np.stack([np.cos(angle), np.sin(angle)]) + noise).astype(np.float32), labels)

    @property
    def m(self) -> int:
        """The number of examples."""
        return self.labels.size


@dataclass(frozen=True)
class Contender:
    """``run`` makes `STEPS` steps; ``cost`` is J by the library's own reckoning, None if it chose its own start."""

    run: Callable[[], object]
    cost: Callable[[], float] | None = None


def ours(problem: Problem) -> Contender:
    """`Network.gradient` and Adam."""
    net = Network(problem.sizes)
    adam = OPTIMIZERS["adam"](net.parameters)
    inputs, Y = with_ones(problem.X), one_hot(problem.labels, problem.sizes[-1])

    def run() -> None:
        for _ in range(STEPS):
            adam.update(net.parameters, net.gradient(inputs, Y), LEARNING_RATE)

    return Contender(run, lambda: net.evaluate(inputs, problem.labels).cost)


def pytorch(problem: Problem) -> Contender:
    """Train a Sequential by fused Adam, the fastest of Adam's three forms at every size measured."""
    torch: Any = import_module("torch")
    torch.set_num_threads(1)
    model = _torch_model(torch, Network(problem.sizes))
    adam = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, fused=True)
    X, labels = torch.tensor(np.ascontiguousarray(problem.X.T)), torch.tensor(problem.labels)
    cross_entropy = torch.nn.functional.cross_entropy

    def run() -> None:
        for _ in range(STEPS):
            adam.zero_grad()
            cross_entropy(model(X), labels).backward()
            adam.step()

    return Contender(run, lambda: float(cross_entropy(model(X), labels).item()))


def _torch_model(torch: Any, start: Network) -> Any:
    layers: list[Any] = []
    for W, b in zip(start.weights, start.biases, strict=True):
        linear = torch.nn.Linear(W.shape[1], W.shape[0])
        linear.load_state_dict({"weight": torch.tensor(W), "bias": torch.tensor(b)})
        layers += [linear, torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


def sklearn_step_by_step(problem: Problem) -> Contender:
    """One ``partial_fit`` a step, which a user would call to watch the training."""
    model, X = _sklearn_model(problem), np.ascontiguousarray(problem.X.T)
    model.partial_fit(X, problem.labels, classes=np.arange(problem.sizes[-1]))

    def run() -> None:
        for _ in range(STEPS):
            model.partial_fit(X, problem.labels)

    return Contender(run)


def sklearn_at_once(problem: Problem) -> Contender:
    """All steps in one ``fit``: checks its input once, shows nothing on the way."""
    model, X = _sklearn_model(problem), np.ascontiguousarray(problem.X.T)
    return Contender(partial(model.fit, X, problem.labels))


def _sklearn_model(problem: Problem) -> Any:
    neural_network: Any = import_module("sklearn.neural_network")
    exceptions: Any = import_module("sklearn.exceptions")
    warnings.simplefilter("ignore", exceptions.ConvergenceWarning)  # it is meant to stop after STEPS
    return neural_network.MLPClassifier(
        problem.sizes[1:-1],
        activation="tanh",
        alpha=0,
        batch_size=problem.m,
        learning_rate_init=LEARNING_RATE,
        shuffle=False,
        max_iter=STEPS,
        n_iter_no_change=STEPS + 1,
    )


def jax(problem: Problem, steps_a_call: int) -> Contender:
    """Train by a jitted gradient and Adam, on one array [theta, averages] that is donated.

    One array and examples as columns: a (W, b) a layer, and examples as rows, take up to twice as long.
    """
    jax: Any = import_module("jax")
    # the hand-over to another thread costs more than a step
    jax.config.update("jax_cpu_enable_async_dispatch", val=False)
    net = Network(problem.sizes)
    theta, unravel = import_module("jax.flatten_util").ravel_pytree(list(zip(net.weights, net.biases, strict=True)))
    X, Y = jax.numpy.array(problem.X), jax.numpy.array(one_hot(problem.labels, problem.sizes[-1]))

    def cost(theta: Any, X: Any, Y: Any) -> Any:
        return _jax_cost(jax, unravel(theta), X, Y)

    step = partial(_jax_adam, jax, jax.grad(cost))

    def steps(state: Any, X: Any, Y: Any) -> Any:
        return jax.lax.fori_loop(0, steps_a_call, lambda _, state: step(state, X, Y), state)

    compiled = jax.jit(steps, donate_argnums=0)
    state = (jax.numpy.stack([theta, 0 * theta, 0 * theta]), jax.numpy.float32(0))

    def run() -> None:
        nonlocal state
        for _ in range(STEPS // steps_a_call):
            state = jax.block_until_ready(compiled(state, X, Y))

    return Contender(run, lambda: float(cost(state[0][0], X, Y)))


def jax_tree(problem: Problem) -> Contender:
    """The same as JAX is usually written: a list of (W, b), and Adam mapped over it and its averages."""
    jax: Any = import_module("jax")
    jax.config.update("jax_cpu_enable_async_dispatch", val=False)
    net = Network(problem.sizes)
    layers = [(jax.numpy.array(W), jax.numpy.array(b)) for W, b in zip(net.weights, net.biases, strict=True)]
    X, Y = jax.numpy.array(problem.X), jax.numpy.array(one_hot(problem.labels, problem.sizes[-1]))

    def step(layers: Any, means: Any, squares: Any, t: Any) -> Any:
        t = t + 1
        g = jax.grad(lambda layers: _jax_cost(jax, layers, X, Y))(layers)
        means = jax.tree.map(lambda v, g: 0.9 * v + 0.1 * g, means, g)
        squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, squares, g)
        rate, correction = LEARNING_RATE / (1 - 0.9**t), 1 - 0.999**t
        root = jax.tree.map(lambda s: jax.numpy.sqrt(s / correction) + 1e-8, squares)
        return jax.tree.map(lambda p, v, s: p - rate * v / s, layers, means, root), means, squares, t

    compiled = jax.jit(step, donate_argnums=(0, 1, 2, 3))
    zeros = partial(jax.tree.map, jax.numpy.zeros_like)
    state = (layers, zeros(layers), zeros(layers), jax.numpy.float32(0))

    def run() -> None:
        nonlocal state
        for _ in range(STEPS):
            state = jax.block_until_ready(compiled(*state))

    return Contender(run, lambda: float(_jax_cost(jax, state[0], X, Y)))


def _jax_cost(jax: Any, layers: Sequence[tuple[Any, Any]], X: Any, Y: Any) -> Any:
    *hidden, (W_out, b_out) = layers
    A = X
    for W, b in hidden:
        A = jax.numpy.tanh(W @ A + b[:, None])
    return -(Y * jax.nn.log_softmax(W_out @ A + b_out[:, None], axis=0)).sum() / X.shape[1]


def _jax_adam(jax: Any, gradient: Callable[..., Any], state: Any, X: Any, Y: Any) -> Any:
    (theta, mean, mean_square), t = state
    t = t + 1
    g = gradient(theta, X, Y)
    mean = 0.9 * mean + 0.1 * g
    mean_square = 0.999 * mean_square + 0.001 * g * g
    scale = jax.numpy.sqrt(mean_square / (1 - 0.999**t)) + 1e-8
    theta = theta - LEARNING_RATE / (1 - 0.9**t) * mean / scale
    return jax.numpy.stack([theta, mean, mean_square]), t


CONTENDERS: dict[str, Callable[[Problem], Contender]] = {
    "ours": ours,
    "PyTorch": pytorch,
    "scikit-learn": sklearn_step_by_step,
    f"scikit-learn, {STEPS} steps a call": sklearn_at_once,
    "JAX": jax_tree,
    "JAX, packed into one array": partial(jax, steps_a_call=1),
    f"JAX, {STEPS} steps a call": partial(jax, steps_a_call=STEPS),
}
