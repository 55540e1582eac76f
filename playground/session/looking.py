"""What the user looks at, as one value: none of it touches the run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import fsum

from playground.session.confusion import Cell, has_classes
from playground.session.dataset import MAX_CLASSES, MIN_CLASSES
from playground.session.errors import UserError
from playground.session.grid import Point
from playground.session.specs import Number, Spec

# The pages beside the plane: what each is called, and what it shows.
PAGES = {
    "spot": ("Spot", "The whole calculation at the spot that the probe is on"),
    "points": ("Points", "Every point's loss, and how they add up to J"),
    "step": ("Step", "One update taken apart, backpropagation and its check"),
    "desk": ("By hand", "A softmax whose scores you type or drag"),
    "twin": ("C = 2", "Two classes are logistic regression: the two side by side"),
}

# What the page of the spot shows of it: the switch's words, and what is shown, with the key that leads there.
SPOT_VIEWS = {
    "calculation": ("Calculation", "The whole calculation at the spot, from x to dz", "Alt+C"),
    "derivation": ("dz derived", "Why dz = ŷ − y, line by line with the spot's numbers, by two ways", "Alt+D"),
    "why_log": ("Why −log", "Why the loss is −log ŷ: maximum likelihood, and squared error beside it", "Alt+W"),
}

# What can be laid over the plane: name, what the menu says, cause and effect in a sentence.
OVERLAYS = {
    "haloes": ("Loss as haloes", "Ring each point by its loss L: the larger, the harder it pulls on the weights"),
    "misses": ("Mark misclassified points", "Cross out each point whose most probable class is not its own"),
    "ties": (
        "Whole borders",
        "Draw each decision boundary, the line zᵢ = zⱼ, to its end: faint where a third class wins",
    ),
    "zero_lines": ("Zero lines", "Draw where each class's own score is 0, to see that this is not a border"),
}

TEMPERATURE = Spec(
    "temperature",
    "Temperature T",
    Number(0.01, 100, log=True),
    "ŷ = softmax(z / T). A small T makes the winner take all, as hardmax does; a large one makes all classes equal. "
    "It orders them as before, and changes nothing about the run.",
)
NO_LENS = 1.0  # the temperature that changes nothing
SCORE = Spec("score", "z", Number(-1e300, 1e300), "A score: any number. Drag its slider, or type.")
PROBABILITY = Spec(
    "probability",
    "ŷ",
    Number(0, 1),
    "A probability: drag its slider, or type it, to four decimals. The others keep their proportions, and "
    "all add up to 1.",
)
SAME = 1e-9  # how far a sum may miss 1 by rounding alone


@dataclass(frozen=True, slots=True)
class Desk:
    """Softmax by hand: scores ``Z``, a chosen class, a temperature; and a second card of probabilities and their y.

    ``Y_hat`` adds up to 1. ``shares`` (C,) are what it was rounded from, or empty: where one ŷ has left nothing for the
    others, they still know their proportions. ``is_lens`` says that the plane is seen through the temperature too,
    whatever it is: at T = 1 nothing else tells.
    """

    Z: tuple[float, ...] = (5.0, 2.0, -1.0, 3.0)
    label: int | None = None
    temperature: float = 1.0
    Y_hat: tuple[float, ...] = (0.3, 0.2, 0.1, 0.4)
    Y_hat_label: int = 1
    is_lens: bool = False
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for values, label, spec in ((self.Z, self.label, SCORE), (self.Y_hat, self.Y_hat_label, PROBABILITY)):
            if not MIN_CLASSES <= len(values) <= MAX_CLASSES:
                raise UserError(f"a desk takes {MIN_CLASSES} to {MAX_CLASSES} numbers, not {len(values)}")
            if label is not None and not (isinstance(label, int) and 0 <= label < len(values)):
                raise UserError(f"y must be one of the classes 1 to {len(values)}")
            for value in values:
                spec.check(value)
        if abs(fsum(self.Y_hat) - 1) > SAME:
            raise UserError(f"probabilities must add up to 1, and these to {fsum(self.Y_hat):.6g}")
        TEMPERATURE.check(self.temperature)


@dataclass(frozen=True, slots=True)
class Looking:
    """The page beside the plane, what is pinned and laid over it, and the lens of a temperature before it.

    ``spot_view`` is what the page of the spot shows, and ``supposed`` the class that stands for y there where the spot
    is no point; beyond the last it is the last. ``stage`` is how far into the step taken apart the user is; beyond the
    last it is the last. ``cell`` is the one of the confusion matrix whose points are framed, while the page of the
    points is open.
    """

    page: str = "spot"
    spot_view: str = "calculation"
    supposed: int = 0
    pin: Point | None = None
    overlays: frozenset[str] = field(default_factory=frozenset)
    temperature: float = NO_LENS
    stage: int = 0
    desk: Desk = Desk()
    cell: Cell | None = None


def pictures_of(looking: Looking) -> frozenset[str]:
    """The optional pictures that are on screen: overlays, and what the page beside the plane needs."""
    views = {looking.spot_view} if looking.page == "spot" else set()
    return looking.overlays | {looking.page} | views


def framed_cell(looking: Looking, C: int) -> Cell | None:
    """The cell whose points are framed; none while another page is open, or where its class is gone."""
    cell = looking.cell
    return cell if cell is not None and looking.page == "points" and has_classes(cell, C) else None


def with_overlay(overlays: Sequence[str] | frozenset[str], name: str, *, on: bool) -> frozenset[str]:
    """The overlays with one of them switched."""
    return frozenset(overlays) | {name} if on else frozenset(overlays) - {name}
