"""The numbers of a stage that belong in a sentence: J and its parts, 1/m, the optimiser's, and the largest move."""

from playground.session.digits import following, read, unit
from playground.session.number_text import fixed, signed, significant
from playground.session.rehearsal import Rehearsal
from playground.session.stages.factors import decay, rate
from playground.session.stages.largest_move import Move, largest_move
from playground.session.stages.lifted import lifted_cells
from playground.session.stages.stage_matrices import split
from playground.session.stages.stages import LAST

FIGURES = 5
DECIMALS = 5  # of a parameter
OF_BATCH = "m<sub>b</sub>"
GIVEN = {"momentum": ("v",), "rmsprop": ("s", "dθ"), "adam": ("v", "s")}  # what the direction is made of


def facts(rehearsal: Rehearsal, stage: str) -> str:
    """What to add to a stage's formulas in numbers, as rich text; empty where the matrices say it all."""
    kind, _ = split(stage)
    writers = {"X": _examples, "J": _cost, "dW": _means, LAST: _update}
    return writers[kind](rehearsal) if kind in writers else ""


def remark(rehearsal: Rehearsal, stage: str) -> str:
    """What is not plain from the matrices: where training rounds, or that not every example has its column."""
    kept, kind = rehearsal.trace.X.shape[1], split(stage)[0]
    found = []
    if kept < rehearsal.trace.m and stage != LAST:
        found.append(f"The first {kept} of {rehearsal.trace.m} examples are shown; sums and means are those of all.")
    lifted = lifted_cells(rehearsal) if kind in ("Y_hat", "J") else 0
    if lifted and kind == "Y_hat":
        cells = "1 cell is" if lifted == 1 else f"{lifted} cells are"
        found.append(
            "Training takes no ŷ for less than e⁻⁴⁰ = 4×10⁻¹⁸ of the largest in its column, which is far below "
            f"rounding: {cells} lifted to that here."
        )
    if lifted and kind == "J":
        found.append("L is computed from Z: where ŷ is lifted to e⁻⁴⁰ of the largest, L is still the true one.")
    return " ".join(found)


def _examples(rehearsal: Rehearsal) -> str:
    b, m = rehearsal.trace.m, rehearsal.m
    return f"{OF_BATCH} = {b} examples in this batch, of m = {m} in the training set." if rehearsal.is_part else ""


def _cost(rehearsal: Rehearsal) -> str:
    if not rehearsal.penalty:
        return f"J of this batch = {significant(rehearsal.batch_cost, FIGURES)}, the mean of its losses."
    mean = significant(rehearsal.batch_cost - rehearsal.penalty, FIGURES)
    penalty = significant(rehearsal.penalty, FIGURES)
    cost = following(significant, rehearsal.batch_cost, read(mean) + read(penalty), FIGURES)
    of_all = f", whose m is the training set's {rehearsal.m}" if rehearsal.is_part else ""
    return f"J of this batch = {mean} + {penalty} = {cost}: mean loss plus penalty{of_all}."


def _means(rehearsal: Rehearsal) -> str:
    b, m = rehearsal.trace.m, rehearsal.m
    name = OF_BATCH if rehearsal.is_part else "m"
    text = f"{name} = {b}, so 1/{name} = {significant(1 / b, FIGURES)}"
    if rehearsal.l2:
        of_all = f", by the training set's m = {m}" if rehearsal.is_part else ""
        text += f"; λ/m = {decay(rehearsal)}/{m} = {significant(rehearsal.l2 / b, FIGURES)}{of_all}"
    return f"{text}."


def _update(rehearsal: Rehearsal) -> str:
    alpha = f"α = {rate(rehearsal)}"
    own = f", t = {rehearsal.updates}" if rehearsal.optimizer == "adam" else ""
    return f"{alpha}{own}.<br>{_largest(rehearsal, largest_move(rehearsal))}"


def _largest(rehearsal: Rehearsal, move: Move) -> str:
    before, direction, after = move_texts(move, rehearsal.learning_rate)
    taken = f"{rate(rehearsal)} · {direction if move.direction >= 0 else f'({direction})'}"
    text = (
        f"Largest change: {move.symbol} row {move.row}, column {move.column}: {before} − {taken} = {after}, "
        f"by {signed(move.after - move.before, DECIMALS)}"
    )
    letters = GIVEN.get(rehearsal.optimizer, ())
    if len(letters) < 2:  # dθ or v is the direction itself
        return f"{text}."
    numbers = dict(zip(("v", "s") if rehearsal.optimizer == "adam" else ("s",), move.averages, strict=True))
    numbers["dθ"] = move.gradient
    given = ", ".join(f"{letter} = {significant(numbers[letter], FIGURES + 3)}" for letter in letters)
    return f"{text}. From {given} comes u = {direction}."


def move_texts(move: Move, learning_rate: float) -> tuple[str, str, str]:
    """A parameter before, what α multiplies, and the parameter after, with digits that add up."""
    texts = ("", "", "")
    for decimals in range(DECIMALS, 0, -1):
        before, after = fixed(move.before, decimals), fixed(move.after, decimals)
        for figures in range(FIGURES, FIGURES + 4):
            direction = significant(move.direction, figures)
            texts = before, direction, after
            left = read(before) - learning_rate * read(direction) - read(after)
            if abs(left) <= max(unit(before), unit(after)):
                return texts
    return texts
