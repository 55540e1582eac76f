"""Where each stage of a step stands when they are laid out by layers."""

from playground.session.stages.stage_matrices import split
from playground.session.stages.stages import LAST

FORWARD, ERRORS, GRADIENTS = range(3)  # the rows


def stage_place(stage: str, layers: int) -> tuple[int, int]:
    """The column and row of a stage in a network of that many layers.

    Forward from X in column 0 by each layer to Y_hat and J; below, from right to left, each layer's dZ under its Z,
    and under that its dW; the update under X.
    """
    kind, layer = split(stage)
    places = {
        "X": (0, FORWARD),
        "Z": (layer, FORWARD),
        "Y_hat": (layers + 1, FORWARD),
        "J": (layers + 2, FORWARD),
        "dZ": (layer, ERRORS),
        "dW": (layer, GRADIENTS),
        LAST: (0, GRADIENTS),
    }
    return places[kind]
