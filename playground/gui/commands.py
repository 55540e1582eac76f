"""Undo: a command keeps the drawing before and after, and one stroke is one command."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PyQt6.QtGui import QUndoCommand

from playground.session.dataset import Dataset

NO_STROKE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What undo restores: the data set, and whether its inputs are standardised."""

    dataset: Dataset
    standardise: bool


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """From one drawing to another; ``is_load`` where it was loaded, not edited, and so starts a new run."""

    text: str
    before: Drawing
    after: Drawing
    is_load: bool = False
    stroke: int = NO_STROKE


class ReplaceDrawing(QUndoCommand):
    """A change that can be undone; ``show(drawing, is_load)`` puts a drawing on the plane."""

    def __init__(self, change: Change, show: Callable[[Drawing, bool], None]) -> None:
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
        self._show(self._change.after, self._change.is_load)

    def undo(self) -> None:
        """Show the drawing before."""
        self._show(self._change.before, self._change.is_load)
