"""The order in which a training set is shown: mini-batches, reshuffled each epoch."""

import math

import numpy as np
from numpy.typing import DTypeLike

from playground.nn import one_hot, with_ones
from playground.session.grid import Array
from playground.session.settings import FULL_BATCH


class Batches:
    """Draws mini-batches of columns out of a training set, without allocating.

    The last batch of an epoch is used as it is, however small. A change of the set goes on at the same share of the
    present epoch, in a new order; a change of the batch size goes on where it is.
    """

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 1])  # a stream of its own: weights are drawn from `seed` alone
        self._epochs_done = 0
        self._share_done = 0.0  # of the present epoch, kept while there is no order to have a place in
        self._at = 0
        self._order = np.empty(0, np.intp)
        self._is_shuffled = False
        self._drawn: slice | None = slice(0)  # of the order; None for all
        self._shuffled_inputs = self._shuffled_Y = np.empty((0, 0), np.float32)

    def use(self, X: Array, labels: Array, classes: int, dtype: DTypeLike = np.float32) -> None:
        """Draw from this set from now on; X (n, m) as the network is to see it, labels (m,), in the network's type."""
        self._share_done = self._at / self.m if self.m else self._share_done
        self.inputs = with_ones(X, dtype)
        self.labels = labels
        self.Y = one_hot(labels, classes, dtype)
        self._order = np.arange(labels.size)
        self._at = min(round(self._share_done * self.m), max(self.m - 1, 0))
        self._is_shuffled = False
        self._drawn = slice(0)

    @property
    def m(self) -> int:
        """The number of training examples."""
        return self._order.size

    @property
    def epoch(self) -> float:
        """Passes over the training set so far, with the share of the present one."""
        return self._epochs_done + (self._at / self.m if self.m else self._share_done)

    def steps_per_epoch(self, batch_size: int) -> int:
        """Steps that one pass takes, at least 1."""
        return 1 if batch_size == FULL_BATCH else max(1, math.ceil(self.m / batch_size))

    def draw(self, batch_size: int) -> tuple[Array, Array]:
        """The next batch: inputs (n + 1, b) with their row of ones, and Y (C, b); views, valid until the next draw."""
        if batch_size == FULL_BATCH or batch_size >= self.m:
            self._drawn = None
            self._epochs_done += 1  # a whole pass, though it may begin within one that small batches have begun
            return self.inputs, self.Y
        if not self._is_shuffled:
            self._shuffle()
        batch = slice(self._at, self._at + batch_size)
        drawn = self._shuffled_inputs[:, batch], self._shuffled_Y[:, batch]
        self._drawn = batch
        self._at = min(batch.stop, self.m)
        if self._at == self.m:
            self._end_epoch()
        return drawn

    def last_drawn(self) -> Array:
        """The places (b,) in the present set of the examples drawn last, in the batch's order; none before a draw."""
        return np.arange(self.m) if self._drawn is None else self._order[self._drawn].copy()

    def _end_epoch(self) -> None:
        self._epochs_done += 1
        self._at = 0
        self._is_shuffled = False

    def _shuffle(self) -> None:
        if self._shuffled_Y.shape != self.Y.shape or self._shuffled_Y.dtype != self.Y.dtype:
            self._shuffled_inputs, self._shuffled_Y = np.empty_like(self.inputs), np.empty_like(self.Y)
        self._rng.shuffle(self._order)
        # mode="clip" writes straight into `out`; the default would go through a copy
        np.take(self.inputs, self._order, axis=1, out=self._shuffled_inputs, mode="clip")
        np.take(self.Y, self._order, axis=1, out=self._shuffled_Y, mode="clip")
        self._is_shuffled = True
