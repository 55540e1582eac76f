"""The numbers of a stage that belong in a sentence: J and its parts, 1/m, the optimiser's, and the largest move."""

from playground.gui.parts.number_text import signed, significant
from playground.session.rehearsal import Rehearsal
from playground.session.stages.largest_move import Move, largest_move
from playground.session.stages.stage_matrices import split
from playground.session.stages.stages import LAST

FIGURES = 5
AVERAGES = {"momentum": ("v",), "rmsprop": ("s",), "adam": ("v", "s")}


def facts(rehearsal: Rehearsal, stage: str) -> str:
    """What to add to a stage's formulas in numbers; empty where the matrices say it all."""
    kind, _ = split(stage)
    writers = {"J": _cost, "dW": _means, LAST: _update}
    return writers[kind](rehearsal) if kind in writers else ""


def remark(rehearsal: Rehearsal, stage: str) -> str:
    """What is not plain from the matrices: their order, or that not every example has its column."""
    kept = rehearsal.trace.X.shape[1]
    if stage == LAST:
        return "From left to right: parameters before, what moves them, parameters after."
    if kept == rehearsal.trace.m:
        return ""
    return f"The first {kept} of {rehearsal.trace.m} examples are shown; sums and means are those of all."


def _cost(rehearsal: Rehearsal) -> str:
    cost = f"{significant(rehearsal.batch_cost, FIGURES)}"
    if not rehearsal.penalty:
        return f"J of this batch = {cost}, the mean of its losses."
    mean = significant(rehearsal.batch_cost - rehearsal.penalty, FIGURES)
    of_all = "" if rehearsal.trace.m == rehearsal.m else f", whose m is the whole training set's {rehearsal.m}"
    penalty = significant(rehearsal.penalty, FIGURES)
    return f"J of this batch = {mean} + {penalty} = {cost}: mean loss plus penalty{of_all}."


def _means(rehearsal: Rehearsal) -> str:
    m = rehearsal.trace.m
    text = f"m = {m}, so 1/m = {1 / m:.4g}"
    if rehearsal.l2:
        of_all = "" if m == rehearsal.m else f", where m is the whole training set's {rehearsal.m}"
        text += f"; λ/m = {rehearsal.l2 / m:.4g}{of_all}"
    return f"{text}."


def _update(rehearsal: Rehearsal) -> str:
    alpha = f"α = {rehearsal.learning_rate:g}"
    own = {"adam": f", t = {rehearsal.updates}"}.get(rehearsal.optimizer, "")
    return f"{alpha}{own}.\n{_largest(largest_move(rehearsal), AVERAGES.get(rehearsal.optimizer, ()))}"


def _largest(move: Move, letters: tuple[str, ...]) -> str:
    averages = (
        f", {letter} = {significant(average, 4)}" for letter, average in zip(letters, move.averages, strict=True)
    )
    return (
        f"Largest change: {move.symbol} row {move.row}, column {move.column}, from {significant(move.before, FIGURES)} "
        f"to {significant(move.after, FIGURES)} ({signed(move.after - move.before, 5)}), with dθ = "
        f"{significant(move.gradient, 4)}{''.join(averages)}."
    )
