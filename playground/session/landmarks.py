"""Costs to measure J by: two answers that look at no input, and the best answer that straight borders can give."""

import math
from typing import NamedTuple

import numpy as np

from playground.nn import Optimum
from playground.session.grid import Array


class Landmark(NamedTuple):
    """A cost, and what would cost that much."""

    text: str
    cost: float


def landmarks(labels: Array, C: int, optimum: Optimum | None = None) -> tuple[Landmark, ...]:
    """The landmarks of a training set with these labels (m,), none where there is no point; J* where it is known.

    Guessing 1/C everywhere costs log C. Of all answers that are the same everywhere, the shares of the classes cost
    least: their entropy, the sum of -p log p.
    """
    if labels.size == 0:
        return ()
    shares = np.bincount(labels, minlength=C) / labels.size
    present = shares[shares > 0]
    entropy = max(0.0, float(-(present * np.log(present)).sum()))
    uniform = Landmark(f"log C = {math.log(C):.3f}  uniform guess", math.log(C))
    if math.isclose(entropy, uniform.cost, abs_tol=0.02):  # one line on screen, whatever its last digits
        return (uniform, *_star(optimum))
    return (uniform, Landmark(f"{entropy:.3f}  best constant answer", entropy), *_star(optimum))


def _star(optimum: Optimum | None) -> tuple[Landmark, ...]:
    """The lowest cost there is without hidden layers, and whether a run can get there."""
    if optimum is None:
        return ()
    if optimum.is_separable:
        return (Landmark("J* = 0  separable: never reached", 0.0),)
    reach = "lowest with straight borders" if optimum.is_attained else "approached, never reached"
    return (Landmark(f"J* = {optimum.cost:.4f}  {reach}", optimum.cost),)
