"""Where training takes a probability for larger than it is."""

import numpy as np

from playground.nn.losses import LOWEST_LOGIT
from playground.session.rehearsal import Rehearsal


def lifted_cells(rehearsal: Rehearsal) -> int:
    """How many cells of Ŷ are below e⁻⁴⁰ of their column's largest, which training takes instead."""
    Z = rehearsal.trace.Z[len(rehearsal.sizes) - 1]
    return int(np.count_nonzero(Z - Z.max(axis=0) < LOWEST_LOGIT))
