"""What to tell the user about the state of a run, and what to do about it."""

from playground.session.confusion import Cell, about_cell
from playground.session.dataset import Dataset
from playground.session.generators import needs_standardising
from playground.session.settings import Settings

ABOUT_ZERO_LINES = (
    "Dotted: where a class's own score is 0. No border: that is where two scores tie, zᵢ = zⱼ. Adding one number to "
    "all scores moves each dotted line and no border."
)


def about_lens(temperature: float) -> str:
    """What a lens of a temperature before the plane does; empty without one."""
    if temperature == 1:
        return ""
    return f"Shown: softmax(z / T) at T = {temperature:g}. Borders stay, and so does the run."


def about_own_lens(temperature: float) -> str:
    """That the plane and the maps show other ŷ than the pages; empty without a lens."""
    if temperature == 1:
        return ""
    return f"Plane and maps are seen through the lens T = {temperature:g}. Here are the ŷ of training itself, at T = 1."


def about_frames(cell: Cell, dataset: Dataset) -> str:
    """Which points are framed on the plane."""
    return f"Framed: the {about_cell(cell, dataset)}."


def about_mistake(mistake: str | None) -> str:
    """What is planted in backpropagation; empty where nothing is."""
    return f"A mistake is planted in backpropagation: {mistake}." if mistake else ""


def why_not_training(dataset: Dataset, settings: Settings) -> str | None:
    """Why there is nothing to learn from; None where there is."""
    if dataset.m == 0:
        return "There is nothing to learn yet: click some points onto the plane, or choose a data set."
    if dataset.is_test(settings.test_share).all():
        return "Every point is held out for the test: lower the test share, or draw more points."
    return None


def about_data(dataset: Dataset, settings: Settings) -> str | None:
    """A word about a training set that will not teach much; None for a good one."""
    reason = why_not_training(dataset, settings)
    if reason:
        return reason
    labels = dataset.labels[~dataset.is_test(settings.test_share)]
    if (labels == labels[0]).all():
        name = dataset.class_name(int(labels[0]))
        return f"Only {name} has training points: the network will learn to answer {name} everywhere."
    return None


def about_divergence(dataset: Dataset, settings: Settings) -> str:
    """What happened and what to do when J stopped being finite."""
    if not settings.standardise and needs_standardising(dataset.X):
        return (
            "J is no longer finite: the inputs lie far from the scale of 1 that training works on. It has stopped at "
            "the last finite weights. Switch Standardise inputs on."
        )
    cure = "Lower the learning rate"
    if settings.activation in ("relu", "leaky relu", "linear"):
        cure += ", or take tanh, which cannot grow without bound,"
    return (
        f"J is no longer finite: with a learning rate of {settings.learning_rate:g} the weights blew up. Training has "
        f"stopped at the last finite weights. {cure} and press Reset."
    )


def about_loss(before: Dataset, after: Dataset, *, is_replaced: bool) -> str | None:
    """What a change took away: the drawing itself, where another one is in its place, or some of its points."""
    lost = before.m if is_replaced else before.m - after.m
    if lost <= 0:
        return None
    points = "1 point" if lost == 1 else f"{lost} points"
    return (
        f"Your drawing of {points} was replaced."
        if is_replaced
        else f"{points} {'was' if lost == 1 else 'were'} removed."
    )
