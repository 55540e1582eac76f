"""How values are read that scenes and conditions of a lesson both name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from playground.session.dataset import MAX_CLASSES, MIN_CLASSES
from playground.session.lessons.lesson_nodes import Node, value_of, values_of
from playground.session.looking import OVERLAYS, PAGES, PROBABILITY, SCORE, SPOT_VIEWS, TEMPERATURE
from playground.session.specs import Choice, Kind, Number, Spec

NONE = "none"


def of_kind(kind: Kind) -> Callable[[Node, str], Any]:
    """How to read a value of a kind, given its node and its name."""
    return lambda node, name: value_of(node, Spec(name, name, kind, ""))


def overlays(node: Node, name: str) -> tuple[str, ...]:
    """One overlay or a list of some."""
    return values_of(node, Spec(name, name, Choice(tuple(OVERLAYS)), ""), 1, len(OVERLAYS))


def scores(node: Node, name: str) -> tuple[float, ...]:
    """A row of z's for the desk."""
    return values_of(node, replace(SCORE, label=name), MIN_CLASSES, MAX_CLASSES)


def probabilities(node: Node, name: str) -> tuple[float, ...]:
    """A row of ŷ's for the desk's second card."""
    return values_of(node, replace(PROBABILITY, label=name), MIN_CLASSES, MAX_CLASSES)


def class_index(node: Node, name: str) -> int:
    """The index of a class, from its number as the user counts."""
    return int(value_of(node, Spec(name, name, Number(1, MAX_CLASSES, whole=True), ""))) - 1


def class_or_none(node: Node, name: str) -> int | None:
    """The same, or None for “none”."""
    return None if node.value == NONE else class_index(node, name)


temperature = of_kind(TEMPERATURE.kind)
page = of_kind(Choice(tuple(PAGES)))
spot_view = of_kind(Choice(tuple(SPOT_VIEWS)))
