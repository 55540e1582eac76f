"""Of all parameters the one that a step changes most."""

from dataclasses import dataclass

import numpy as np

from playground.nn.network import layer_views
from playground.session.rehearsal import Rehearsal


@dataclass(frozen=True, slots=True)
class Move:
    """How one parameter moves: ``symbol`` with its ``row`` and ``column``, from 1, and the numbers that move it."""

    symbol: str
    row: int
    column: int
    before: float
    gradient: float
    averages: tuple[float, ...]
    direction: float
    after: float


def largest_move(rehearsal: Rehearsal) -> Move:
    """The parameter that the step changes most; the first one of several."""
    change = np.abs(rehearsal.after - rehearsal.before)
    index = int(np.nanargmax(change)) if not np.isnan(change).all() else 0
    numbers = layer_views(np.arange(change.size), rehearsal.sizes)
    layer = next(number for number, part in enumerate(numbers, start=1) if index <= part[-1, -1])
    row, column = divmod(index - int(numbers[layer - 1][0, 0]), numbers[layer - 1].shape[1])
    is_bias = column == numbers[layer - 1].shape[1] - 1
    return Move(
        symbol=f"b[{layer}]" if is_bias else f"W[{layer}]",
        row=row + 1,
        column=1 if is_bias else column + 1,
        before=float(rehearsal.before[index]),
        gradient=float(rehearsal.gradient[index]),
        averages=tuple(float(average) for average in rehearsal.averages[:, index]),
        direction=float(rehearsal.direction[index]),
        after=float(rehearsal.after[index]),
    )
