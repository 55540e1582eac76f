"""What the mouse rests on, said by one view so that the others can light up what they show of it."""

from dataclasses import dataclass

# The terms of the calculation, by the names of its steps.
TERMS = ("x", "z", "exp", "sum", "y_hat", "hard", "y", "dz", "L", "J")


@dataclass(frozen=True, slots=True)
class Light:
    """What the mouse rests on: one of `TERMS`, a class, or both; views that show it light it up."""

    term: str = ""
    label: int | None = None


UNLIT = Light()
