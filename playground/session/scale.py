"""How the user's units become the network's inputs."""

from typing import NamedTuple

import numpy as np

from playground.session.dataset import LARGEST
from playground.session.grid import Array


class Scale(NamedTuple):
    """Inputs are (x − mean) / spread, both (2, 1): of the training set, or 0 and 1 where they are taken as they are."""

    mean: Array
    spread: Array

    def apply(self, X: Array) -> Array:
        """Points (2, m) in the user's units as the network sees them."""
        return np.clip((X - self.mean) / self.spread, -LARGEST, LARGEST)


PLAIN = Scale(np.zeros((2, 1)), np.ones((2, 1)))


def scale_of(X: Array, *, standardise: bool) -> Scale:
    """The scale by a training set's (2, m) mean and standard deviation; plain where that is not wanted or known."""
    if not standardise or X.shape[1] == 0:
        return PLAIN
    spread = X.std(axis=1, keepdims=True)
    # rounding gives equal numbers a spread too, and takes it from numbers whose squared differences vanish
    varies = (np.ptp(X, axis=1, keepdims=True) > 0) & (spread > 0)
    return Scale(X.mean(axis=1, keepdims=True), np.where(varies, spread, 1.0))
