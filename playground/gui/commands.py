"""Undo: a command keeps the drawing before and after, and one stroke is one command; the oldest go by their bytes."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from PyQt6.QtCore import QSignalBlocker
from PyQt6.QtGui import QUndoCommand, QUndoStack

from playground.session.dataset import Array, Dataset
from playground.session.generators import Recipe
from playground.session.settings import Settings

NO_STROKE = -1
MOST_BYTES = 256 * 2**20  # 80 strokes on 100 000 points; with 500 alone they took 2 GB


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

    def new_bytes(self) -> int:
        """The memory of the drawing after that the one before does not share."""
        before = _arrays(self.before)
        return sum(array.nbytes for array in _arrays(self.after) if not any(array is old for old in before))

    def settings_of(self, drawing: Drawing) -> dict[str, Any]:
        """The settings that this change touches, as they are in one of its drawings."""
        if not self.is_load:
            return {}
        before, after = self.before.settings, self.after.settings
        names = [field.name for field in fields(Settings)]
        touched = [name for name in names if getattr(before, name) != getattr(after, name)]
        return {name: getattr(drawing.settings, name) for name in touched}


class ReplaceDrawing(QUndoCommand):
    """A change that can be undone; ``show(change, drawing)`` puts one of its drawings on the plane.

    ``is_shown`` says that the drawing after is on the plane already when the command is pushed.
    """

    def __init__(self, change: Change, show: Callable[[Change, Drawing], None], *, is_shown: bool = False) -> None:
        super().__init__(change.text)
        self._is_shown = is_shown
        self.change, self.show = change, show
        self.bytes = change.new_bytes()

    def id(self) -> int:
        """The stroke; Qt offers commands of equal id to `mergeWith`."""
        return self.change.stroke

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        """Take over where the same stroke went on."""
        if not isinstance(other, ReplaceDrawing) or other.id() != self.id():
            return False
        self.change = replace(other.change, before=self.change.before)
        self.bytes = self.change.new_bytes()
        self.setText(self.change.text)
        return True

    def redo(self) -> None:
        """Show the drawing after; Qt calls it on the push too."""
        if self._is_shown:
            self._is_shown = False
        else:
            self.show(self.change, self.change.after)

    def undo(self) -> None:
        """Show the drawing before."""
        self.show(self.change, self.change.before)


def forget_oldest(stack: QUndoStack, most: int = MOST_BYTES) -> None:
    """Cut a stack whose newest command has just been pushed to the newest ones that fit into ``most`` bytes.

    Qt limits a stack by a number of commands alone, and only while it is empty. So what is kept is pushed anew.
    """
    commands = [command for i in range(stack.count()) if isinstance(command := stack.command(i), ReplaceDrawing)]
    sizes = [command.bytes for command in commands]
    if not commands or sum(array.nbytes for array in _arrays(commands[0].change.before)) + sum(sizes) <= most:
        return
    kept: list[ReplaceDrawing] = []
    total = 0
    for command, size in zip(reversed(commands), reversed(sizes), strict=True):
        # the oldest one kept holds the whole drawing before it too; the newest is kept whatever it takes
        before = sum(array.nbytes for array in _arrays(command.change.before))
        if kept and total + size + before > most:
            break
        total += size
        kept.append(ReplaceDrawing(command.change, command.show, is_shown=True))
    with QSignalBlocker(stack):  # what can be undone next, and its text, stay the same
        stack.clear()
        for command in reversed(kept):
            stack.push(command)


def _arrays(drawing: Drawing) -> tuple[Array, Array, Array]:
    return drawing.dataset.X, drawing.dataset.labels, drawing.dataset.ranks
