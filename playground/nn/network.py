"""The network: layers of a flat parameter vector, forward and backward passes that reuse their arrays."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from playground.nn.activations import ACTIVATIONS
from playground.nn.arrays import Floats, Integers
from playground.nn.losses import checked_labels, softmax_in_place
from playground.nn.mistakes import FORGET_BIAS, FORGET_MEAN, FORGET_SLOPE, MISTAKES, WRONG_SIGN
from playground.nn.workspace import Workspace

COLUMNS_AT_ONCE = 8192  # so many examples that their activations stay in the processor's cache
FAST_PRODUCT = 10**6  # multiplications up to which OpenBLAS takes its kernels for small matrices

# Called with the name of an array, its layer (from 1) and the array itself, which the next stage may overwrite.
Watch = Callable[[str, int, Floats], None]


class Evaluation(NamedTuple):
    """How well the network does on a set of examples: cost J, and the share whose largest y_hat is their class."""

    cost: float
    accuracy: float


class Network:
    """A fully connected softmax network of any depth, ``sizes = (n_x, hidden ..., C)``.

    ``parameters`` is the flat vector theta; ``weights[l]`` (n_out, n_in), ``biases[l]`` (n_out,) and ``layers[l]``
    (n_out, n_in + 1), the two side by side, are views into it. Weights start normal with variance gain / n_in
    (see `activations`), drawn from ``seed`` in float64 whatever the dtype; biases start at 0.
    Raises ValueError for sizes below 1 and for an unknown activation.
    """

    def __init__(
        self, sizes: Sequence[int], activation: str = "tanh", seed: int = 0, dtype: DTypeLike = np.float32
    ) -> None:
        if len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(f"sizes must name the inputs and the classes, each at least 1, not {tuple(sizes)}")
        if activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {activation!r}")
        self.sizes = tuple(int(n) for n in sizes)
        self.activation = activation
        self._g = ACTIVATIONS[activation]
        self.mistake = None
        self.parameters = np.zeros(sum(_block_sizes(self.sizes)), dtype)
        self._gradient = np.zeros_like(self.parameters)
        self._is_weight = np.zeros_like(self.parameters)
        self._chunk_gradient = np.empty_like(self.parameters)
        self.layers = layer_views(self.parameters, self.sizes)
        self.weights = [layer[:, :-1] for layer in self.layers]
        self.biases = [layer[:, -1] for layer in self.layers]
        self._dlayers = layer_views(self._gradient, self.sizes)
        self._chunk_dlayers = layer_views(self._chunk_gradient, self.sizes)
        for layer in layer_views(self._is_weight, self.sizes):
            layer[:, :-1] = 1
        self._W_transposed = [W.T for W in self.weights]
        largest = max(layer.size for layer in self.layers)
        self._columns_at_once = min(COLUMNS_AT_ONCE, max(512, FAST_PRODUCT // largest))
        self._workspace = lru_cache(maxsize=6)(lambda m: Workspace(m, self.sizes, self.dtype))
        self._initialise(seed)

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The floating-point type of the parameters and of everything computed with them."""
        dtype: np.dtype[np.floating] = self.parameters.dtype
        return dtype

    @property
    def mistake(self) -> str | None:
        """What `gradient` does wrong on purpose, a name out of ``MISTAKES`` or None; ValueError for another."""
        return self._mistake

    @mistake.setter
    def mistake(self, mistake: str | None) -> None:
        if mistake is not None and mistake not in MISTAKES:
            raise ValueError(f"the mistake must be one of {', '.join(MISTAKES)}, not {mistake!r}")
        # chosen here and not in each step, which is to cost no more for the mistakes that it does not make
        self._mistake: str | None = mistake
        self._times_slope = ACTIVATIONS["linear"].times_slope if mistake == FORGET_SLOPE else self._g.times_slope
        self._subtract = _subtract_reversed if mistake == WRONG_SIGN else np.subtract

    def _initialise(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        for W in self.weights[:-1]:
            W[:] = rng.standard_normal(W.shape) * np.sqrt(self._g.gain / W.shape[1])
        W = self.weights[-1]
        W[:] = rng.standard_normal(W.shape) / np.sqrt(W.shape[1])

    def logits(self, X: ArrayLike) -> Floats:
        """Pre-activations Z of the output layer (C, m) for inputs X (n_x, m)."""
        return self.logits_of(with_ones(X, self.dtype))

    def logits_of(self, inputs: Floats) -> Floats:
        """Z of the output layer (C, m) for `with_ones` inputs (n_x + 1, m)."""
        return self._by_chunks(inputs, probabilities=False)

    def probabilities(self, X: ArrayLike) -> Floats:
        """Y_hat (C, m) for inputs X (n_x, m)."""
        return self.probabilities_of(with_ones(X, self.dtype))

    def probabilities_of(self, inputs: Floats) -> Floats:
        """Y_hat (C, m) for `with_ones` inputs (n_x + 1, m)."""
        return self._by_chunks(inputs, probabilities=True)

    def _by_chunks(self, inputs: Floats, *, probabilities: bool) -> Floats:
        result = np.empty((self.sizes[-1], inputs.shape[1]), self.dtype)
        for columns in self._chunks(inputs.shape[1]):
            output = self.forward(inputs[:, columns])
            if probabilities:
                softmax_in_place(output, self._workspace(output.shape[1]).row)
            result[:, columns] = output
        return result

    def forward(self, inputs: Floats, watch: Watch | None = None) -> Floats:
        """Logits (C, m) of `with_ones` inputs, in an array that the next pass over m examples overwrites.

        ``watch`` is given "Z" and "A" of each hidden layer and "Z" of the output layer; see `gradient`.
        """
        work = self._workspace(inputs.shape[1])
        A = inputs
        number = 0
        for layer, rows, A_next, scratch in zip(self.layers, work.A_rows, work.A, work.scratch, strict=False):
            np.matmul(layer, A, out=rows)
            if watch is not None:
                number += 1
                watch("Z", number, rows)
            self._g.apply(rows, scratch)
            if watch is not None:
                watch("A", number, rows)
            A = A_next
        Z = np.matmul(self.layers[-1], A, out=work.output)
        if watch is not None:
            watch("Z", len(self.layers), Z)
        return Z

    def gradient(self, inputs: Floats, Y: Floats, l2: float = 0.0, watch: Watch | None = None) -> Floats:
        """Derivative of J = mean L + l2 / (2m) sum of squared weights, flat like theta, by backpropagation.

        inputs: (n_x + 1, m) from `with_ones`; Y: one-hot (C, m), m >= 1. Allocates nothing that grows with m once a
        pass of that size has been made; the result is overwritten by the next call.

        ``watch`` is called after each stage: "Z" and "A" of the hidden layers 1 to L - 1, "Z", "Y_hat" and "dZ" of
        layer L, then from layer L down "dW_db", and "dA" and "dZ" of the layer below. "dZ" is of each example's own
        loss and "dW_db" (n_l, n_(l-1) + 1) of their sum, both before 1/m and the penalty. Where m examples are too
        many for one pass, all stages are gone through for each chunk of columns in turn.
        """
        m = inputs.shape[1]
        gradient = self._gradient
        if m <= self._columns_at_once:
            self._backpropagate(inputs, Y, self._dlayers, watch)
        else:
            gradient.fill(0)
            for columns in self._chunks(m):
                self._backpropagate(inputs[:, columns], Y[:, columns], self._chunk_dlayers, watch)
                np.add(gradient, self._chunk_gradient, out=gradient)
        if l2:
            np.multiply(self.parameters, self._is_weight, out=self._chunk_gradient)
            np.multiply(self._chunk_gradient, l2, out=self._chunk_gradient)
            np.add(gradient, self._chunk_gradient, out=gradient)
        np.multiply(gradient, 1 / m, out=gradient)
        if self._mistake is not None:
            self._spoil(gradient, m)
        return gradient

    def _spoil(self, gradient: Floats, m: int) -> None:
        """Do to the finished gradient what a planted mistake does to it."""
        if self._mistake == FORGET_MEAN:
            np.multiply(gradient, m, out=gradient)
        elif self._mistake == FORGET_BIAS:
            self._dlayers[-1][:, -1] = 0

    def _backpropagate(self, inputs: Floats, Y: Floats, dlayers: list[Floats], watch: Watch | None) -> None:
        """Write the derivatives of the sum of the losses by each layer [W b]."""
        work = self._workspace(inputs.shape[1])
        Y_hat = self.forward(inputs, watch)
        softmax_in_place(Y_hat, work.row)
        if watch is not None:
            watch("Y_hat", len(self.layers), Y_hat)
        dZ = self._subtract(Y_hat, Y, out=work.dZ[-1])
        if watch is not None:
            watch("dZ", len(self.layers), dZ)
        for layer in range(len(self.layers) - 1, 0, -1):
            np.matmul(dZ, work.A_transposed[layer - 1], out=dlayers[layer])
            dA = np.matmul(self._W_transposed[layer], dZ, out=work.dZ[layer - 1])
            if watch is not None:
                watch("dW_db", layer + 1, dlayers[layer])
                watch("dA", layer, dA)
            self._times_slope(dA, work.A_rows[layer - 1], work.scratch[layer - 1])
            dZ = dA
            if watch is not None:
                watch("dZ", layer, dZ)
        np.matmul(dZ, inputs.T, out=dlayers[0])
        if watch is not None:
            watch("dW_db", 1, dlayers[0])

    def _chunks(self, m: int) -> list[slice]:
        """The columns that go through the network at once, one slice after the other."""
        k = self._columns_at_once
        return [slice(start, start + k) for start in range(0, m, k)]

    def evaluate(self, inputs: Floats, labels: Integers, l2: float = 0.0, m: int | None = None) -> Evaluation:
        """Cost and accuracy at the current parameters, on at least one example.

        inputs: (n_x + 1, k) from `with_ones`; labels: (k,). ``m`` is the size of the training set that the penalty
        l2 / (2m) is defined by, where it is not k.
        """
        k = labels.size
        total, correct = 0.0, 0
        for columns in self._chunks(k):
            Z = self.forward(inputs[:, columns])
            chunk_total, chunk_correct = _losses_and_hits(Z, labels[columns])
            total, correct = total + chunk_total, correct + chunk_correct
        return Evaluation(total / k + self.penalty(l2, m or k), correct / k)

    def penalty(self, l2: float, m: int) -> float:
        """The term l2 / (2m) sum of squared weights; biases are not penalised."""
        if not l2:
            return 0.0
        weights = (self.parameters * self._is_weight).astype(np.float64)
        return float(l2 / (2 * m) * (weights @ weights))

    def cost_and_gradient(self, X: ArrayLike, labels: ArrayLike, l2: float = 0.0) -> tuple[float, Floats]:
        """J and its derivative, flat like theta, for inputs X (n_x, m) and labels (m,), m >= 1.

        Raises ValueError for an empty set and for a label that is no class.
        """
        inputs = with_ones(X, self.dtype)
        if inputs.shape[1] == 0:
            raise ValueError("the cost is a mean over examples: it needs at least one")
        index = checked_labels(labels, self.sizes[-1], inputs.shape[1])
        cost = self.evaluate(inputs, index, l2).cost
        return cost, self.gradient(inputs, one_hot(index, self.sizes[-1], self.dtype), l2).copy()

    def copy(self, dtype: DTypeLike | None = None) -> "Network":
        """A network of its own, mistake included, with the same parameters; in ``dtype`` where one is given."""
        twin = Network(self.sizes, self.activation, dtype=dtype or self.dtype)
        twin.mistake = self.mistake
        twin.parameters[:] = self.parameters
        return twin

    def with_classes(self, sources: Sequence[int | None]) -> "Network":
        """A network whose class i keeps the learned row ``sources[i]``, or is new where that is None.

        A new row is the mean of the kept ones: its logit is then the mean of theirs, never above the largest, so every
        region stays as it is until training moves it. (Only where a single class is kept do the two tie.)
        """
        if not sources:
            raise ValueError("a network needs at least one class")
        grown = Network((*self.sizes[:-1], len(sources)), self.activation, dtype=self.dtype)
        remapped = remap_classes(self.parameters, self.sizes, sources)
        if any(source is not None for source in sources):
            grown.parameters[:] = remapped
        else:
            grown.parameters[: -grown.layers[-1].size] = remapped[: -grown.layers[-1].size]
        return grown


def with_ones(X: ArrayLike, dtype: DTypeLike = np.float32) -> Floats:
    """Inputs X (n, m) over a row of ones, (n + 1, m): the form that the passes take."""
    rows = np.asarray(X)
    inputs = np.ones((rows.shape[0] + 1, rows.shape[1]), dtype)
    inputs[:-1] = rows
    return inputs


def one_hot(labels: Integers, classes: int, dtype: DTypeLike = np.float32) -> Floats:
    """Y (C, m): in each column a 1 in the row of its label, 0 elsewhere."""
    Y = np.zeros((classes, labels.size), dtype)
    Y[labels, np.arange(labels.size)] = 1
    return Y


def layer_views(flat: Floats, sizes: Sequence[int]) -> list[Floats]:
    """Views [W b] (n_out, n_in + 1) into a vector laid out like theta, one a layer."""
    ends = np.cumsum(_block_sizes(sizes))
    blocks = np.split(flat, ends[:-1])
    return [block.reshape(n_out, -1) for block, n_out in zip(blocks, sizes[1:], strict=True)]


def remap_classes(flat: Floats, sizes: Sequence[int], sources: Sequence[int | None]) -> Floats:
    """A vector laid out like theta with its output rows taken from ``sources``; a row of None is the others' mean."""
    output = layer_views(flat, sizes)[-1]
    kept = [source for source in sources if source is not None]
    mean = output[kept].mean(axis=0) if kept else np.zeros_like(output[0])
    rows = [mean if source is None else output[source] for source in sources]
    return np.concatenate([flat[: -output.size], *rows]).astype(flat.dtype)


def _losses_and_hits(Z: Floats, labels: Integers) -> tuple[float, int]:
    """The sum of the losses, and how many largest logits are their label's; overwrites Z (C, m)."""
    hits = int(np.count_nonzero(Z.argmax(axis=0) == labels))
    Z_label = Z[labels, np.arange(labels.size)]
    row = np.maximum.reduce(Z, axis=0, keepdims=True)
    np.subtract(Z, row, out=Z)
    Z_label -= row[0]
    np.exp(Z, out=Z)
    # float64 from here on: in float32, log(1 + 1e-8) is 0 and J would stick there
    losses = np.log(np.add.reduce(Z, axis=0, dtype=np.float64)) - Z_label
    return float(losses.sum()), hits


def _subtract_reversed(Y_hat: Floats, Y: Floats, out: Floats) -> Floats:
    """The mistake of y - y_hat."""
    return np.subtract(Y, Y_hat, out=out)


def _block_sizes(sizes: Sequence[int]) -> list[int]:
    return [n_out * (n_in + 1) for n_in, n_out in pairwise(sizes)]
