"""What is done with the scores on the desk: other numbers, and what softmax makes of them, two ways."""

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from playground.session.grid import Array
from playground.session.looking import NO_LENS, SAME, Desk, Looking

COURSE = Desk()  # opens with the course's numbers
NEW_SCORE = 0.0


def with_score(desk: Desk, label: int, z: float) -> Desk:
    """The desk with another z of that class; UserError for one that no score can be."""
    return replace(desk, Z=_with(desk.Z, label, z))


def with_score_count(desk: Desk, count: int) -> Desk:
    """The desk with that many scores: new ones are 0, and the last ones go; UserError beyond 2 to 10."""
    label = desk.label if desk.label is not None and desk.label < count else None
    return replace(desk, Z=_of_length(desk.Z, count, NEW_SCORE), label=label)


def with_label(desk: Desk, label: int) -> Desk:
    """The desk with that class for y, or with none where it was that class already."""
    return replace(desk, label=None if label == desk.label else label)


def with_course_scores(desk: Desk) -> Desk:
    """The desk with the course's scores, which it shows at T = 1."""
    label = desk.label if desk.label is not None and desk.label < len(COURSE.Z) else None
    return replace(desk, Z=COURSE.Z, label=label, temperature=COURSE.temperature)


def shifted(desk: Desk, k: float) -> Desk:
    """The desk with k added to every z; UserError where one would leave what a score can be."""
    return replace(desk, Z=tuple(added(z, k) for z in desk.Z))


def added(value: float, step: float) -> float:
    """The sum as it is written in decimals, so that 0.1 + 0.2 is 0.3, and 1000 added and taken away leave no trace."""
    return float(Decimal(repr(value)) + Decimal(repr(step)))


def is_lens_on(looking: Looking) -> bool:
    """Whether the plane is seen through a temperature: one other than 1, or the desk's own on its way through 1."""
    return looking.temperature != NO_LENS or (looking.desk.is_lens and looking.desk.temperature == NO_LENS)


@dataclass(frozen=True, slots=True, eq=False)
class TwoWays:
    """Softmax of z / T the naive way, and with the largest taken away first; in float64, arrays (C,).

    The naive ``exponentials`` and ``total`` may be infinite or 0, and ``Y_hat`` then nan; the stable ones never are.
    ``failure`` is "overflow", "underflow" (all of them 0) or "rounding" where the naive ŷ is not what it should be,
    and else empty.
    """

    exponentials: Array
    total: float
    Y_hat: Array
    stable_exponentials: Array
    stable_total: float
    stable_Y_hat: Array
    failure: str


def two_ways(Z: ArrayLike, temperature: float = 1.0) -> TwoWays:
    """Both ways of scores Z (C,), finite: e^(z/T) over their sum, and e^(z/T − max) over theirs."""
    scaled = np.asarray(Z, np.float64) / temperature
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        exponentials = np.exp(scaled)
        total = float(exponentials.sum())
        Y_hat = exponentials / np.float64(total)
        stable_exponentials = np.exp(scaled - scaled.max())
    stable_total = float(stable_exponentials.sum())
    stable_Y_hat = stable_exponentials / stable_total
    return TwoWays(
        exponentials,
        total,
        Y_hat,
        stable_exponentials,
        stable_total,
        stable_Y_hat,
        failure=_failure(total, is_same=np.allclose(Y_hat, stable_Y_hat, rtol=0, atol=SAME)),
    )


def _failure(total: float, *, is_same: bool) -> str:
    if total == np.inf:
        return "overflow"
    if total == 0:
        return "underflow"
    return "" if is_same else "rounding"


def _with(values: tuple[float, ...], place: int, value: float) -> tuple[float, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _of_length(values: tuple[float, ...], count: int, new: float) -> tuple[float, ...]:
    return (*values, *(new for _ in range(count - len(values))))[:count]
