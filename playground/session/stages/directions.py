"""What an optimiser makes of the gradient, and what that is called."""

from playground.nn import OPTIMIZERS


def direction_letter(optimizer: str) -> str:
    """What the rule calls that which the optimiser makes of the gradient: d, v or u, before a parameter's name."""
    return {(): "d", (1,): "v"}.get(OPTIMIZERS[optimizer].powers, "u")
