"""Costs to measure J by: what two answers that look at no input would cost."""

import math
from typing import NamedTuple

import numpy as np

from playground.session.grid import Array


class Landmark(NamedTuple):
    """A cost, and what would cost that much."""

    text: str
    cost: float


def landmarks(labels: Array, C: int) -> tuple[Landmark, ...]:
    """The landmarks of a training set with these labels (m,): two where they differ, none where there is no point.

    Guessing 1/C everywhere costs ln C. Of all answers that are the same everywhere, the shares of the classes cost
    least: their entropy, the sum of -p ln p.
    """
    if labels.size == 0:
        return ()
    shares = np.bincount(labels, minlength=C) / labels.size
    present = shares[shares > 0]
    entropy = max(0.0, float(-(present * np.log(present)).sum()))
    uniform = Landmark(f"ln C = {math.log(C):.3f}  uniform guess", math.log(C))
    if math.isclose(entropy, uniform.cost, abs_tol=0.02):  # one line on screen, whatever its last digits
        return (uniform,)
    return (uniform, Landmark(f"{entropy:.3f}  best constant answer", entropy))
