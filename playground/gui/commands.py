"""Undo: a command keeps the drawing before and after, and one stroke is one command."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from PyQt6.QtGui import QUndoCommand

from playground.session.dataset import Dataset
from playground.session.generators import Recipe
from playground.session.settings import Settings

NO_STROKE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A data set, and the settings and the recipe that stood beside it."""

    dataset: Dataset
    settings: Settings
    recipe: Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """From one drawing to another. An edit changes the data set alone; ``is_load`` brings settings and recipe too.

    ``stroke`` tells which press to release it belongs to.
    """

    text: str
    before: Drawing
    after: Drawing
    is_load: bool = False
    stroke: int = NO_STROKE

    def settings_of(self, drawing: Drawing) -> dict[str, Any]:
        """The settings that this change touches, as they are in one of its drawings."""
        if not self.is_load:
            return {}
        before, after = self.before.settings, self.after.settings
        names = [field.name for field in fields(Settings)]
        touched = [name for name in names if getattr(before, name) != getattr(after, name)]
        return {name: getattr(drawing.settings, name) for name in touched}


class ReplaceDrawing(QUndoCommand):
    """A change that can be undone; ``show(change, drawing)`` puts one of its drawings on the plane."""

    def __init__(self, change: Change, show: Callable[[Change, Drawing], None]) -> None:
        super().__init__(change.text)
        self._change, self._show = change, show

    def id(self) -> int:
        """The stroke; Qt offers commands of equal id to `mergeWith`."""
        return self._change.stroke

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        """Take over where the same stroke went on."""
        if not isinstance(other, ReplaceDrawing) or other.id() != self.id():
            return False
        self._change = replace(other._change, before=self._change.before)
        self.setText(self._change.text)
        return True

    def redo(self) -> None:
        """Show the drawing after; Qt calls it on the push too."""
        self._show(self._change, self._change.after)

    def undo(self) -> None:
        """Show the drawing before."""
        self._show(self._change, self._change.before)
