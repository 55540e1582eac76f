"""The arrays that a pass through the network writes."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import DTypeLike

from playground.nn.arrays import Floats


class Workspace:
    """The arrays that one forward and backward pass over m examples writes.

    ``A[l]`` holds the activations of hidden layer l + 1 over a last row of ones: the bias is the weight of that row,
    so one product gives W A + b and one gives dW and db together.
    """

    def __init__(self, m: int, sizes: Sequence[int], dtype: DTypeLike) -> None:
        self._shapes = [(n, m) for n in sizes[1:]]
        self._dtype = dtype
        self.A = [np.ones((n + 1, m), dtype) for n in sizes[1:-1]]
        self.A_rows = [A[:-1] for A in self.A]
        self.A_transposed = [A.T for A in self.A]
        self.scratch = [np.empty(shape, dtype) for shape in self._shapes]
        self.output = np.empty(self._shapes[-1], dtype)
        self.row = np.empty((1, m), dtype)

    @cached_property
    def dZ(self) -> list[Floats]:
        """Derivatives of J by each layer's pre-activations; made for the first backward pass."""
        return [np.empty(shape, self._dtype) for shape in self._shapes]
