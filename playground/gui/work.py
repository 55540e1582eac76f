"""The user's own work as one value, and whether it would be lost."""

from dataclasses import dataclass
from weakref import WeakSet

from PyQt6.QtGui import QUndoStack

from playground.session.dataset import Dataset
from playground.session.generators import Recipe
from playground.session.looking import Looking
from playground.session.messages import Request


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """All that is the user's own, kept aside while a lesson has the window."""

    request: Request
    looking: Looking
    recipe: Recipe
    label: int
    undo_stack: QUndoStack
    kept: WeakSet[Dataset]


def is_unsaved(dataset: Dataset, kept: WeakSet[Dataset]) -> bool:
    """Whether there are points in it, and it is none of those that were loaded as they are or saved."""
    return dataset.m > 0 and dataset not in kept
