"""Undo: a command keeps the drawing before and after, and one stroke is one command."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from PyQt6.QtGui import QUndoCommand

from playground.session.dataset import Dataset
from playground.session.settings import Settings

NO_STROKE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """From one data set to another; ``stroke`` tells which press to release it belongs to.

    ``loaded`` are the settings before and after, where the data set was loaded with settings of its own; an edit of
    the one on the plane has none.
    """

    text: str
    before: Dataset
    after: Dataset
    loaded: tuple[Settings, Settings] | None = None
    stroke: int = NO_STROKE


class ReplaceDataset(QUndoCommand):
    """A change that can be undone; ``show(dataset, settings)`` puts a data set on the plane.

    ``settings`` are those that the change touches, by name, with the values they return to; None for an edit.
    """

    def __init__(self, change: Change, show: Callable[[Dataset, dict[str, Any] | None], None]) -> None:
        super().__init__(change.text)
        self._change, self._show = change, show

    def id(self) -> int:
        """The stroke; Qt offers commands of equal id to `mergeWith`."""
        return self._change.stroke

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        """Take over where the same stroke went on."""
        if not isinstance(other, ReplaceDataset) or other.id() != self.id():
            return False
        first, last = self._change, other._change
        both = (first.loaded[0], last.loaded[1]) if first.loaded and last.loaded else None
        self._change = replace(last, before=first.before, loaded=both)
        self.setText(last.text)
        return True

    def redo(self) -> None:
        """Show the data set after; Qt calls it on the push too."""
        self._show(self._change.after, self._touched(1))

    def undo(self) -> None:
        """Show the data set before."""
        self._show(self._change.before, self._touched(0))

    def _touched(self, side: int) -> dict[str, Any] | None:
        loaded = self._change.loaded
        if loaded is None:
            return None
        names = [field.name for field in fields(Settings)]
        return {
            name: getattr(loaded[side], name) for name in names if getattr(loaded[0], name) != getattr(loaded[1], name)
        }
