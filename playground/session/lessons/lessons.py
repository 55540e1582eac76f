"""Lessons: short guided tours, each a file that a teacher can read and write; see assets/lessons/README.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.session.errors import UserError
from playground.session.lessons.lesson_conditions import all_hold, read_conditions
from playground.session.lessons.lesson_formulas import check_formula
from playground.session.lessons.lesson_nodes import (
    SUFFIXES,
    Node,
    at,
    fields,
    items,
    line,
    read_nodes,
    refuse,
    text,
    value_of,
)
from playground.session.lessons.lesson_scenes import Scene, read_scene
from playground.session.lessons.lesson_state import LessonState
from playground.session.specs import Choice, Spec

MOST_STEPS = 50

LESSON_KEYS = {
    "title": "what the lesson is called, on one line; needed",
    "summary": "what is learned, in one sentence; needed",
    "scene": "how it begins: data, settings, pages",
    "steps": "its steps, a list; needed",
}
STEP_KEYS = {
    "text": "what the learner reads: paragraphs with an empty line between them, `*emphasis*` between stars; needed",
    "formula": "a formula in LaTeX, below the text",
    "look": "the part of the window to point out",
    "scene": "what changes on entering this step",
    "task": "what to do, in one sentence",
    "done": "when the task counts as done; needed with a task",
    "hint": "which keys do it",
}
# The parts of the window that a step can point out.
PANELS = {
    "plane": "the plane with the points",
    "cost": "the chart of J",
    "maps": "the probability maps",
    "page": "the page beside the plane",
    "tabs": "the tabs of the pages",
    "classes": "the list of classes",
    "tools": "the drawing tools",
    "data": "the data sets",
    "network": "the network's settings",
    "training": "the settings of training",
    "train": "the buttons that train, step and reset",
    "speed": "the speed",
    "readouts": "J, accuracy, epoch and step",
    "confusion": "the confusion matrix on the page `points` (Points)",
    "scores": "on the page `desk` (By hand): the card of scores, their softmax and their loss",
    "temperature": "there: the temperature, and the box that lays it over the plane",
    "shift": "there: what adding a number to every score does",
    "cat": "there: the card *Loss by hand*; with class 2 for y its picture is a cat",
    "stage": "on the page `step` (Step): the stages of the step",
    "check": "there: the gradient check",
    "mistakes": "there: the mistakes that can be planted",
    "short_way": "on the page `spot`, view `derivation`: dz from log Σ eᶻ",
    "jacobian": "there: the matrix of ∂ŷ by z",
    "long_way": "there: that matrix times −y/ŷ",
    "likelihood": "on the page `spot`, view `why_log`: the likelihood and J",
    "two_losses": "there: the curves of −log ŷ and of squared error",
    "gradients": "there: both gradients at the spot",
}

NO_CHANGE = Scene()

_EMPHASIS = re.compile(r"(?<!\w)\*(?!\s)([^*]+?)(?<!\s)\*(?!\w)")  # and not the star of J*


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step: ``text`` by paragraphs, a LaTeX ``formula``, the panel to ``look`` at, the scene's changes.

    ``task`` is what to do, ``done`` the conditions by which it is; both empty where there is only something to read.
    """

    text: tuple[str, ...]
    formula: str = ""
    look: str = ""
    scene: Scene = NO_CHANGE
    task: str = ""
    done: Mapping[str, Any] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A lesson, and the name of the file that it came from.

    Its numbers are true of a run that begins with ``scene.loaded(Settings())`` and ``scene.looking(Looking())``.
    """

    title: str
    summary: str
    scene: Scene
    steps: tuple[Step, ...]
    file: str


def is_done(step: Step, before: LessonState, now: LessonState) -> bool:
    """Whether a step's task is done; ``before`` is the state when the step began, its scene set.

    Where there is no task there is nothing left to do.
    """
    return all_hold(step.done, before, now)


def emphasised(paragraph: str) -> list[tuple[str, bool]]:
    """A paragraph in pieces, each with whether it stands between stars."""
    pieces = [(piece, place % 2 == 1) for place, piece in enumerate(_EMPHASIS.split(paragraph))]
    return [(piece, is_emphasised) for piece, is_emphasised in pieces if piece]


def load_lessons(folders: Sequence[Path]) -> tuple[list[Lesson], list[str]]:
    """The lessons of some folders, by their file names, and a sentence for each file that is none.

    A file of a later folder takes the place of one with the same name; a folder that is not there holds none.
    """
    lessons: dict[str, Lesson] = {}
    problems = []
    for folder in folders:
        try:
            paths = _lesson_files(folder)
        except OSError as error:
            problems.append(f"The folder of lessons {folder} cannot be read: {error.strerror}")
            continue
        for path in paths:
            try:
                lessons[path.name] = load_lesson(path)
            except UserError as error:
                problems.append(str(error))
    return [lesson for _, lesson in sorted(lessons.items())], problems


def _lesson_files(folder: Path) -> list[Path]:
    if not folder.exists():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.name[0] != ".")


def load_lesson(path: Path) -> Lesson:
    """The lesson of a file; UserError, with its name and line, says what is wrong and what to do."""
    root = read_nodes(path)
    found = fields(root, LESSON_KEYS, required=("title", "summary", "steps"))
    return Lesson(
        title=line(found["title"], "title"),
        summary=line(found["summary"], "summary"),
        scene=_scene(found),
        steps=tuple(_step(node) for node in items(found["steps"], "steps", 1, MOST_STEPS)),
        file=path.name,
    )


def _step(node: Node) -> Step:
    found = fields(node, STEP_KEYS, required=("text",))
    for given, other in (("task", "done"), ("done", "task")):
        if given in found and other not in found:
            refuse(found[given], f"this needs “{other}:” beside it, so that it is known {_WHY[other]}")
    return Step(
        text=tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text(found["text"], "text"))),
        formula=_formula(found["formula"]) if "formula" in found else "",
        look=value_of(found["look"], _LOOK) if "look" in found else "",
        scene=_scene(found),
        task=line(found["task"], "task") if "task" in found else "",
        done=read_conditions(found["done"]) if "done" in found else {},
        hint=line(found["hint"], "hint") if "hint" in found else "",
    )


_LOOK = Spec("look", "look", Choice(tuple(PANELS)), "")
_WHY = {"task": "what to do", "done": "when it is done"}


def _scene(found: Mapping[str, Node]) -> Scene:
    return read_scene(found["scene"]) if "scene" in found else NO_CHANGE


def _formula(node: Node) -> str:
    latex = line(node, "formula")
    with at(node):
        check_formula(latex)
    return latex
