"""Mistakes that can be planted in backpropagation, to see what becomes of it and how a gradient check finds them."""

from collections.abc import Sequence
from dataclasses import dataclass

FORGET_MEAN = "forget 1/m"
WRONG_SIGN = "wrong sign"
FORGET_SLOPE = "forget g′"
FORGET_BIAS = "forget a bias"


@dataclass(frozen=True)
class Mistake:
    """What is wrong, in a sentence; the name of what it spoils first; and the formula that is computed, in LaTeX."""

    what: str
    spoils: str
    latex: str


MISTAKES: dict[str, Mistake] = {
    FORGET_MEAN: Mistake(
        "The gradient is the sum over the batch, not its mean: m times as long, and so are gradient descent's steps. "
        "Adam and RMSProp divide by the gradient's own size, so they hide it.",
        "dW",
        r"dW^{[l]} = dZ^{[l]} A^{[l-1]T}",
    ),
    WRONG_SIGN: Mistake(
        "dZ of the output layer is y − ŷ instead of ŷ − y: every step climbs.",
        "dZ",
        r"dZ^{[L]} = Y - \hat Y",
    ),
    FORGET_SLOPE: Mistake(
        "dZ of a hidden layer is dA, without the slope g′(Z): as if no activation bent anything.",
        "dZ",
        r"dZ^{[l]} = dA^{[l]}",
    ),
    FORGET_BIAS: Mistake(
        "db of the output layer is 0: its biases never learn.",
        "db",
        r"db^{[L]} = 0",
    ),
}


def can_show(mistake: str, sizes: Sequence[int], activation: str) -> bool:
    """Whether it makes a difference: without hidden layers, or with linear ones, there is no slope to forget."""
    return mistake != FORGET_SLOPE or (len(sizes) > 2 and activation != "linear")
