"""Gestures: what press, drag and release mean for each tool."""

from dataclasses import dataclass, field

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from playground.gui.controller import Controller
from playground.session.dataset import Dataset
from playground.session.errors import UserError
from playground.session.grid import Point
from playground.session.strokes import Touch, add_point, erase, nearest, spray

POUR_MS = 40


@dataclass(slots=True)
class _Stroke:
    """What a press decides for the whole stroke: a key pressed in it chooses a tool or a class for the next one."""

    number: int
    tool: str
    label: int
    at_start: Dataset
    left: Dataset  # what its last edit left
    way: list[Touch] = field(default_factory=list)  # since then
    held: int | None = None
    reach: Point = (0.0, 0.0)  # from the hand to the point it holds


class DrawingTools(QObject):
    """Turns touches of the plane into edits; a whole stroke, press to release, is one step of undo.

    The probe edits nothing: ``probed`` carries the `Touch` that it is pressed at, ``probe_dragged`` those after it.
    """

    probed = pyqtSignal(object)
    probe_dragged = pyqtSignal(object)
    probe_taken_back = pyqtSignal()

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self.tool = "point"
        self._controller = controller
        self._stroke: _Stroke | None = None
        self._rng = np.random.default_rng()
        self._pour = QTimer(self)
        self._pour.timeout.connect(self._use)

    def press(self, touch: Touch) -> None:
        """Begin a stroke with the present tool."""
        controller = self._controller
        dataset = controller.dataset
        stroke = _Stroke(controller.new_stroke(), self.tool, controller.label, dataset, dataset, [touch])
        self._stroke = stroke
        if stroke.tool == "probe":
            self.probed.emit(touch)
        elif stroke.tool == "move":
            stroke.held = nearest(dataset, touch)
            if stroke.held is not None:
                x1, x2 = dataset.X[:, stroke.held]
                stroke.reach = (float(x1) - touch.x1, float(x2) - touch.x2)
        else:
            self._use()
        if stroke.tool == "spray" and not touch.by_keys:
            self._pour.start(POUR_MS)

    def drag(self, touch: Touch) -> None:
        """Go on with the stroke."""
        stroke = self._stroke
        if stroke is None:
            return
        if stroke.tool == "probe":
            self.probe_dragged.emit(touch)
            return
        stroke.way.append(touch)
        if stroke.tool in ("move", "erase") or touch.by_keys:
            self._use()

    def release(self) -> None:
        """End the stroke at once."""
        self._pour.stop()
        self._stroke = None

    def take_back(self) -> bool:
        """End the stroke as if it had never begun; False where none is going on."""
        stroke = self._stroke
        self.release()
        if stroke is None:
            return False
        if stroke.tool == "probe":
            self.probe_taken_back.emit()
        self._controller.take_back_stroke(stroke.number)
        return True

    def _use(self) -> None:
        """Use the stroke's tool on the way since it was used last, unless something else has edited the drawing."""
        stroke = self._stroke
        if stroke is None or self._controller.dataset is not stroke.left:
            self.release()
            return
        try:
            text, after = self._edited(stroke)
        except UserError as error:  # beyond what a coordinate can be
            self._controller.noticed.emit(f"{error}.", "note")
            return
        stroke.way = stroke.way[-1:]
        self._controller.edit(text, after, stroke.number)
        stroke.left = self._controller.dataset

    def _edited(self, stroke: _Stroke) -> tuple[str, Dataset]:
        """What the tool makes of the drawing, and what undo will call it."""
        before, touch = stroke.left, stroke.way[-1]
        if stroke.tool == "point":
            return "Add point", add_point(before, touch, stroke.label)
        if stroke.tool == "spray":
            after = spray(before, stroke.way, stroke.label, self._rng)
            return f"Spray {after.m - stroke.at_start.m} points", after
        if stroke.tool == "erase":
            after = erase(before, stroke.way[0], touch)
            gone = stroke.at_start.m - after.m
            return f"Erase {gone} point{'s' if gone > 1 else ''}", after
        if stroke.held is None:
            return "", before
        return "Move point", before.with_moved(stroke.held, touch.x1 + stroke.reach[0], touch.x2 + stroke.reach[1])
