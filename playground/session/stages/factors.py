"""The numbers of the settings that a step multiplies by, written out: never as 1e-05."""

import numpy as np

from playground.session.rehearsal import Rehearsal


def rate(rehearsal: Rehearsal) -> str:
    """α, the learning rate."""
    return _written(rehearsal.learning_rate)


def decay(rehearsal: Rehearsal) -> str:
    """λ, of which the rehearsal keeps the batch's share."""
    return _written(rehearsal.l2 * rehearsal.m / rehearsal.trace.m)


def _written(value: float) -> str:
    """With all of its figures, but for what rounding has made of the last."""
    return np.format_float_positional(float(f"{value:.12g}"), trim="-")
