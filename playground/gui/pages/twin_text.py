"""What the page of the twin says: what it needs, how far the two are apart, and why."""

import math

from playground.session.digits import following, read, unit
from playground.session.messages import Snapshot
from playground.session.number_text import significant
from playground.session.twin import SIZES, TwinReport

UNKNOWN = "–"
APART_FIGURES = 2
ROUNDING = 1e-9  # what hundreds of steps gather of rounding errors stays far below it
LAYERS_TIP = "Start a new run without hidden layers; its border is a straight line"
CLASSES_TIP = "Take away all classes but the first two, with their points; Ctrl+Z brings them back"

COMING = "The twin is about to start."
DIVERGED = (
    "J is no longer finite: training has stopped at the last finite weights, and the twin has been made anew from "
    "them. Lower the learning rate and press Reset."
)
SPOILED = (
    "A mistake is planted in the network's backpropagation. The twin's gradient is right: what sets them apart is that "
    "mistake. Once it is taken out, the twin starts again from the network as it is then."
)
NO_POINTS = "There are no training points: both stand still. Click some points of each class onto the plane."
RMSPROP = (
    "With RMSProp they need not stay together step by step: its steps jump about an optimum without shrinking, and "
    "each magnifies what was rounding."
)
ADAM_WITH_PENALTY = (
    "With a penalty, Adam does not make the same moves: the penalty makes the two vectors' gradients different in "
    "size, and Adam divides each by its own. Both have the same optimum to go to."
)
ADAM_REMEMBERS = (
    "Adam still divides by what it remembers of earlier gradients, from a penalty or a third class: their sizes were "
    "not the same for both vectors. Reset starts both anew."
)
MAGNIFIED = (
    "In exact arithmetic they would be equal. Where gradients have become as small as their rounding errors, or steps "
    "are so large that J jumps about, each step magnifies what was rounding."
)
COMMON_PART = (
    "The softmax's J is larger by λ/(4m) · ‖w₁ + w₂‖²: its vectors pay for what they have in common, which changes no "
    "ŷ and goes to 0."
)


def sigma(z: float) -> float:
    """The logistic function of a score that stands on the page."""
    return 0.5 * (1 + math.tanh(z / 2)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def apart_text(first: str, second: str, value: float, other: float) -> str:
    """How far two numbers are apart, by their texts as far as those tell it, and below their digits by the numbers."""
    apart = abs(value - other)
    if not math.isfinite(apart):
        return UNKNOWN
    shown = abs(read(first) - read(second))
    if shown <= max(unit(first), unit(second)):
        return significant(apart, APART_FIGURES)
    return following(significant, apart, shown, APART_FIGURES)


def about_needs(classes: int, hidden_layers: int) -> str:
    """What keeps a network from being a logistic regression; empty where nothing does."""
    found = []
    if classes != SIZES[-1]:
        found.append(f"{classes} classes")
    if hidden_layers:
        found.append("a hidden layer" if hidden_layers == 1 else f"{hidden_layers} hidden layers")
    if not found:
        return ""
    return (
        f"A softmax of two classes without hidden layers is a logistic regression, and one can train beside it here to "
        f"be compared number by number. This network has {' and '.join(found)}."
    )


def about_state(snapshot: Snapshot) -> str:
    """What is the matter with the run of a network that has, or could have, a twin; empty where all is well."""
    if snapshot.sizes != SIZES:
        return ""
    if snapshot.twin is None:
        return COMING
    found = {DIVERGED: snapshot.diverged, SPOILED: snapshot.twin.is_spoiled, NO_POINTS: snapshot.twin.cost is None}
    return " ".join(text for text, is_so in found.items() if is_so)


def about_difference(twin: TwinReport) -> str:
    """The largest difference over the plane, read as what it is: "3.3×10⁻¹⁶: rounding"."""
    largest = twin.largest_difference
    if largest is None:
        return "no plane in view"
    if math.isnan(largest):
        return "scores too large to be numbers"
    return f"{significant(largest, 3)}: {_meaning(twin, largest)}"


def _meaning(twin: TwinReport, largest: float) -> str:
    if largest == 0:
        return "equal to the last bit"
    if largest <= ROUNDING:
        return "rounding"
    if twin.is_spoiled:
        return "the mistake"
    return "magnified rounding" if twin.agrees else "other moves"


def why_apart(twin: TwinReport, cost: float | None) -> str:
    """Why the two are not equal to rounding, or need not stay so; empty where they are and will."""
    found = [_why_other_moves(twin)]
    if twin.l2 and cost is not None and twin.cost is not None and cost - twin.cost > ROUNDING * cost:
        found.append(COMMON_PART)
    return " ".join(text for text in found if text)


def _why_other_moves(twin: TwinReport) -> str:
    if twin.is_spoiled:  # which the state of the run says
        return ""
    if twin.agrees:
        return MAGNIFIED if twin.largest_difference is not None and twin.largest_difference > ROUNDING else ""
    if twin.optimizer == "rmsprop":
        return RMSPROP
    return ADAM_WITH_PENALTY if twin.l2 else ADAM_REMEMBERS


def about_since(twin: TwinReport) -> str:
    """Where the twin comes from."""
    return f"The twin started at step {twin.since} as the difference of the two vectors. Both see the same batches."


def about_rate(twin: TwinReport) -> str:
    """What the twin trains with, and why that makes the softmax's moves."""
    rate = (
        "Under gradient descent the softmax moves both vectors, w₁ by −α g and w₂ by +α g, so their difference moves "
        f"twice as far: the twin trains with 2α = {twin.learning_rate:g}"
    )
    penalty = f" and, since at twice the rate half the pull is enough, with λ/2 = {twin.l2:g}"
    kept = " Momentum and Adam keep that: they treat g and −g alike."
    is_kept = twin.agrees and twin.optimizer != "gradient descent"
    return f"{rate}{penalty if twin.l2 else ''}.{kept if is_kept else ''}"
