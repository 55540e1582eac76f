"""What the tables of points show: a column for each number of the calculation, with what it means."""

import numpy as np

from playground.gui.pages.points_model import PointColumn
from playground.gui.parts.place_text import legible, step_between
from playground.session.answers import Answers
from playground.session.dataset import Dataset
from playground.session.grid import Array
from playground.session.messages import Snapshot
from playground.session.number_text import fixed, significant, widest_fixed, widest_significant

FIGURES, FEW_FIGURES = 4, 3  # of losses and inputs, where there is room and where there is little
SCORE_DECIMALS = 3
SHARE_DECIMALS = 4
LONGEST_NAME = 10  # characters
TEST = " test"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def point_columns(snapshot: Snapshot, answers: Answers) -> list[PointColumn]:
    """The columns of the table of all points: number, class, loss, inputs, and every ŷ and z."""
    dataset = snapshot.dataset
    return [
        _number(dataset),
        _class(dataset, answers),
        _loss(answers),
        *_inputs(dataset),
        *(_share(answers, label) for label in range(dataset.C)),
        *(_score(answers, label) for label in range(dataset.C)),
    ]


def worst_columns(snapshot: Snapshot, answers: Answers) -> list[PointColumn]:
    """The columns of the list of the largest losses, whose last is what each adds to J, in percent."""
    dataset = snapshot.dataset
    own = answers.Y_hat[dataset.labels, np.arange(dataset.m)]
    m = int(np.count_nonzero(~answers.is_test))
    of_cost = 100 * answers.losses / (m * snapshot.cost) if m and snapshot.cost else np.full(dataset.m, np.nan)
    tip = "The share of J that is this point's L / m"
    return [
        _class(dataset, answers, is_named=False),
        _number(dataset),
        *_inputs(dataset, FEW_FIGURES),
        PointColumn("ŷ", "The probability of the point's own class", own, _share_text, 6, "y_hat"),
        _loss(answers),
        PointColumn("of J", tip, of_cost, _percent, 7),
    ]


def _number(dataset: Dataset) -> PointColumn:
    tip = "The point's number: the order in which the points were drawn or loaded"
    return PointColumn("point", tip, np.arange(dataset.m), _count, max(4, len(str(dataset.m))))


def _class(dataset: Dataset, answers: Answers, *, is_named: bool = True) -> PointColumn:
    names = [_short(label.name) if label.name and is_named else str(i + 1) for i, label in enumerate(dataset.classes)]
    has_test = bool(answers.is_test.any())

    def text(value: float) -> str:
        return names[int(value)] + (TEST if value % 1 else "")

    return PointColumn(
        "class",
        "The class that the point has. Hollow: held out for the test, so its loss is not in J",
        dataset.labels + 0.5 * answers.is_test,
        text,
        max(len(name) for name in names) + (len(TEST) if has_test else 0),
        "y",
        styles=tuple(label.style for label in dataset.classes),
        names=tuple(dataset.class_name(label) for label in range(dataset.C)),
    )


def _loss(answers: Answers) -> PointColumn:
    tip = "The loss −log ŷ of the point's own class: the smaller that ŷ, the larger L"
    return PointColumn("L", tip, answers.losses, _figures, widest_significant(FIGURES), "L")


def _inputs(dataset: Dataset, figures: int = FIGURES) -> list[PointColumn]:
    return [
        _input(f"x{_subscript(i)}", f"Where the point lies: its {axis}", x, figures)
        for i, (axis, x) in enumerate(zip(dataset.axes, dataset.X, strict=True))
    ]


def _input(name: str, tip: str, x: Array, figures: int) -> PointColumn:
    """A coordinate, with as many digits as tell the points apart."""
    step = step_between(x) * 10.0 ** (FIGURES - figures)

    def text(value: float) -> str:
        return legible(value, step, figures)

    ends = (float(x.min()), float(x.max())) if x.size else ()
    chars = max([widest_significant(figures), *(len(text(end)) for end in ends)])
    return PointColumn(name, tip, x, text, chars, "x")


def _share(answers: Answers, label: int) -> PointColumn:
    tip = f"The probability of class {label + 1} at the point: e to its z, over the sum of all"
    return PointColumn(f"ŷ{_subscript(label)}", tip, answers.Y_hat[label], _share_text, 6, "y_hat", label)


def _score(answers: Answers, label: int) -> PointColumn:
    tip = f"The score of class {label + 1} at the point, which the output layer computes: the largest one wins"
    return PointColumn(
        f"z{_subscript(label)}", tip, answers.Z[label], _score_text, widest_fixed(SCORE_DECIMALS), "z", label
    )


def _subscript(label: int) -> str:
    return "".join(SUBSCRIPTS[int(digit)] for digit in str(label + 1))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _count(value: float) -> str:
    return str(int(value) + 1)


def _figures(value: float) -> str:
    return significant(value, FIGURES)


def _share_text(value: float) -> str:
    return fixed(value, SHARE_DECIMALS)


def _score_text(value: float) -> str:
    return fixed(value, SCORE_DECIMALS)


def _percent(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.1f} %"
