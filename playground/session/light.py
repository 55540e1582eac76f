"""What the mouse rests on, said by one view so that the others can light up what they show of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Light:
    """What the mouse rests on: a term of the calculation, a class, or both; views that show it light it up.

    Terms go by the names of the calculation's steps: x, z, exp, sum, y_hat, hard, y, dz, L, J.
    """

    term: str = ""
    label: int | None = None


UNLIT = Light()
