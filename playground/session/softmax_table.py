"""Softmax written out: every term between the scores and the loss, in float64, for a reader to recompute."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from playground.nn import cross_entropy, hardmax, softmax
from playground.session.grid import Array

# Beyond it the sum of up to ten e^z is no float64 any more (e^709.78 is the last), or every one of them is 0.
LARGEST_EXPONENT = 700.0
LEAST = float(np.finfo(float).min)


@dataclass(frozen=True, slots=True, eq=False)
class SoftmaxTable:
    """One softmax, term by term; arrays are (C,).

    ``exponents`` are z / T − ``shift``, ``exponentials`` e to their power and ``total`` the sum of those. The shift is
    0, and the table the textbook's, until e^z would overflow or all of them vanish: then it is the largest z / T.
    Where a ``label`` is known, ``Y`` is its one-hot, ``loss`` = −log Y_hat[label] and ``dZ`` = (Y_hat − Y) / T its
    derivative by each z.
    """

    Z: Array
    temperature: float
    shift: float
    exponents: Array
    exponentials: Array
    total: float
    Y_hat: Array
    hardmax: Array
    label: int | None
    Y: Array | None
    dZ: Array | None
    loss: float | None

    @property
    def is_shifted(self) -> bool:
        """Whether the exponentials are those of z / T less the largest."""
        return self.shift != 0


def softmax_table(Z: ArrayLike, label: int | None = None, temperature: float = 1.0) -> SoftmaxTable:
    """The table of scores Z (C,), finite; what is computed is log-softmax, so that it is right for any of them.

    Raises ValueError for a temperature of 0 or below and for a label that is no class.
    """
    scores = np.asarray(Z, np.float64)
    Y_hat = softmax(scores, temperature)
    with np.errstate(over="ignore", under="ignore"):
        largest = float(np.clip(scores.max() / temperature, LEAST, -LEAST))
        shift = largest if abs(largest) > LARGEST_EXPONENT else 0.0
        # shifted first and divided then, as `softmax` does it: scores that differ by little keep their difference
        exponents = np.maximum((scores - scores.max() if shift else scores) / temperature, LEAST)
        exponentials = np.exp(exponents)
    loss = None if label is None else float(cross_entropy(exponents, [label])[0])
    Y = None if label is None else np.eye(scores.size)[label]
    return SoftmaxTable(
        Z=scores,
        temperature=temperature,
        shift=shift,
        exponents=exponents,
        exponentials=exponentials,
        total=float(exponentials.sum()),
        Y_hat=Y_hat,
        hardmax=hardmax(scores),
        label=label,
        Y=Y,
        dZ=None if Y is None else (Y_hat - Y) / temperature,
        loss=loss,
    )
