"""The scene of a lesson: what it puts on the plane, how it sets the training, and what it opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from playground.session.dataset import LARGEST, MAX_CLASSES, MIN_CLASSES, Dataset, empty_dataset
from playground.session.generators import GENERATORS, RECIPE_SPECS, Recipe, needs_standardising
from playground.session.lessons.lesson_nodes import Node, at, fields, items, refuse, settings_of, value_of
from playground.session.lessons.lesson_values import (
    NONE,
    class_index,
    class_or_none,
    overlays,
    page,
    probabilities,
    scores,
    spot_view,
    temperature,
)
from playground.session.looking import OVERLAYS, PAGES, SPOT_VIEWS, Desk, Looking
from playground.session.settings import SPECS, Settings
from playground.session.sources import BUILT_IN, Loaded, load_built_in
from playground.session.specs import Choice, Number, Spec

MOST_POINTS = 5000

SCENE_KEYS = {
    "data": "a built-in data set: " + ", ".join(BUILT_IN),
    "classes": f"how many classes it has, {MIN_CLASSES} to {MAX_CLASSES}; with a list of points, how many there are",
    "points": "how many points it has; or, without `data`, a list of points `[x1, x2, class]`",
    "noise": "how far its points stray, from 0 to 1",
    "data_seed": "which random points are drawn, a whole number; the same number draws the same points",
    "settings": "settings by their names: " + ", ".join(f"`{spec.name}`" for spec in SPECS),
    "page": "the page to open: " + ", ".join(f"`{name}` ({title})" for name, (title, _) in PAGES.items()),
    "spot_view": "what the page `spot` shows: "
    + ", ".join(f"`{name}` ({title})" for name, (title, _, _) in SPOT_VIEWS.items()),
    "supposed": "the class that is supposed for y where the spot is no point",
    "overlays": "a list of what is laid over the plane, or `none`: " + ", ".join(f"`{name}`" for name in OVERLAYS),
    "temperature": "T of the lens before the plane, 0.01 to 100; 1 is no lens",
    "pin": "where the probe is pinned, `[x1, x2]`, or `none`",
    "desk": "what lies on the desk of the page `desk`; what is not named is as when the program starts",
}
DESK_KEYS = {
    "z": "a list of 2 to 10 scores",
    "y": "the chosen class, or `none`",
    "temperature": "T, 0.01 to 100",
    "card": "the second card's probabilities, a list that adds up to 1",
    "card_y": "the second card's class",
}

_RECIPE_KEYS = ("classes", "points", "noise", "data_seed")
_COORDINATE = Spec("x", "A coordinate", Number(-LARGEST, LARGEST), "")
_DATA = Spec("data", "data", Choice(tuple(BUILT_IN)), "")


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a lesson sets, and nothing else is touched.

    Data by a ``recipe`` (its name any of `BUILT_IN`) or as ``points``, or none of both; ``settings`` by their names,
    and ``looks`` by the fields of `Looking`.
    """

    recipe: Recipe | None = None
    points: Dataset | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    looks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_data(self) -> bool:
        """Whether it puts other points on the plane, and so starts a new run."""
        return self.recipe is not None or self.points is not None

    def loaded(self, settings: Settings) -> Loaded | None:
        """The scene's data with these settings changed as it says; None where it keeps the drawing."""
        if self.points is not None:
            standardise = needs_standardising(self.points.X)
            loaded = Loaded(self.points, replace(settings, standardise=standardise))
        elif self.recipe is not None:
            loaded = load_built_in(self.recipe.name, self.recipe, settings)
        else:
            return None
        return replace(loaded, settings=self.changed(loaded.settings))

    def changed(self, settings: Settings) -> Settings:
        """These settings changed as the scene says."""
        return replace(settings, **self.settings)

    def looking(self, looking: Looking) -> Looking:
        """What is looked at, changed as the scene says; other data take the pin away, and begin the step anew."""
        fresh = replace(looking, pin=None, stage=0, cell=None) if self.has_data else looking
        return replace(fresh, **self.looks)


def read_scene(node: Node) -> Scene:
    """The scene that a node describes."""
    found = fields(node, SCENE_KEYS)
    looks = {name: _LOOKS[name](value, name) for name, value in found.items() if name in _LOOKS}
    settings = settings_of(found["settings"], SPECS) if "settings" in found else {}
    if "data" in found:
        return Scene(recipe=_recipe(found), settings=settings, looks=looks)
    if "points" in found:
        return Scene(points=_drawn(found), settings=settings, looks=looks)
    stray = next((found[name] for name in _RECIPE_KEYS if name in found), None)
    if stray is not None:
        refuse(stray, f"this needs “data:” beside it, one of {', '.join(BUILT_IN)}, or a list of points")
    return Scene(settings=settings, looks=looks)


def _recipe(found: Mapping[str, Node]) -> Recipe:
    name = value_of(found["data"], _DATA)
    given = {key: found[key] for key in _RECIPE_KEYS if key in found}
    if name not in GENERATORS and given:
        key, node = next(iter(given.items()))
        refuse(node, f"{name} is measured data: it cannot be given “{key}:”; delete this line")
    specs = {spec.name: spec for spec in RECIPE_SPECS}
    return Recipe(name, **{key: value_of(value, specs[key]) for key, value in given.items()})


def _drawn(found: Mapping[str, Node]) -> Dataset:
    """The data set of a list of points."""
    node = found["points"]
    stray = next((found[name] for name in ("noise", "data_seed") if name in found), None)
    if stray is not None:
        refuse(stray, "a list of points has none of this; delete this line, or name a built-in data set with “data:”")
    points = [_point(entry) for entry in items(node, "points, without “data:” beside it,", 1, MOST_POINTS)]
    labels = np.array([label for *_, label in points])
    specs = {spec.name: spec for spec in RECIPE_SPECS}
    needed = max(MIN_CLASSES, int(labels.max()) + 1)
    count = value_of(found["classes"], specs["classes"]) if "classes" in found else needed
    if count < needed:
        refuse(found["classes"], f"there are points of class {needed}, so there must be at least {needed} classes")
    dataset = empty_dataset(count)
    for label in range(count):  # one class after the other, each with ranks that spread its points
        dataset = dataset.with_points([[point[k] for point in points if point[2] == label] for k in (0, 1)], label)
    return dataset


def _point(node: Node) -> tuple[float, float, int]:
    x1, x2, label = items(node, "a point", 3, 3)
    return *_place(x1, x2), class_index(label, "the class of a point")


def _pin(node: Node, name: str) -> tuple[float, float] | None:
    return None if node.value == NONE else _place(*items(node, name, 2, 2))


def _place(x1: Node, x2: Node) -> tuple[float, float]:
    return value_of(x1, _COORDINATE), value_of(x2, _COORDINATE)


def _overlays_or_none(node: Node, name: str) -> frozenset[str]:
    return frozenset() if node.value == NONE else frozenset(overlays(node, name))


def _desk(node: Node, _name: str) -> Desk:
    found = fields(node, DESK_KEYS).items()
    values: dict[str, Any] = {_DESK[key].field: _DESK[key].read(value, key) for key, value in found}
    with at(node):
        return Desk(**values)


class _DeskValue(NamedTuple):
    """A field of `Desk`, and how its value is read."""

    field: str
    read: Callable[[Node, str], Any]


_DESK = {
    "z": _DeskValue("Z", scores),
    "y": _DeskValue("label", class_or_none),
    "temperature": _DeskValue("temperature", temperature),
    "card": _DeskValue("Y_hat", probabilities),
    "card_y": _DeskValue("Y_hat_label", class_index),
}
# The fields of `Looking` that a scene sets, by its keys.
_LOOKS: dict[str, Callable[[Node, str], Any]] = {
    "page": page,
    "spot_view": spot_view,
    "supposed": class_index,
    "overlays": _overlays_or_none,
    "temperature": temperature,
    "pin": _pin,
    "desk": _desk,
}
