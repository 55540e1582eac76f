"""Gestures: what press, drag and release mean for each tool."""

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from playground.gui.controller import Controller
from playground.session.strokes import ERASER_RADIUS, SPRAY_RADIUS, Touch, add_point, erase, nearest, spray

POUR_MS = 40
BRUSH_RADII = {"point": 0.0, "spray": SPRAY_RADIUS, "move": 0.0, "probe": 0.0, "erase": ERASER_RADIUS}


class DrawingTools(QObject):
    """Turns touches of the plane into edits; a whole stroke, press to release, is one step of undo.

    The probe edits nothing: ``probed`` carries the `Touch` that it is pressed at, ``probe_dragged`` those after it.
    """

    probed = pyqtSignal(object)
    probe_dragged = pyqtSignal(object)

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self.tool = "point"
        self._controller = controller
        self._touch: Touch | None = None
        self._stroke = 0
        self._tool_of_stroke = "point"
        self._held: int | None = None
        self._reach = (0.0, 0.0)  # from the hand to the point it holds
        self._at_start = 0
        self._rng = np.random.default_rng()
        self._pour = QTimer(self)
        self._pour.timeout.connect(self._use)

    def press(self, touch: Touch) -> None:
        """Begin a stroke with the present tool."""
        self._tool_of_stroke = self.tool
        if self.tool == "probe":
            self.probed.emit(touch)
            return
        dataset = self._controller.dataset
        self._touch, self._stroke = touch, self._controller.new_stroke()
        self._at_start = dataset.m
        self._held = nearest(dataset, touch) if self.tool == "move" else None
        if self._held is not None:
            x1, x2 = dataset.X[:, self._held]
            self._reach = (float(x1) - touch.x1, float(x2) - touch.x2)
        if self.tool != "move":
            self._use()
        if self.tool == "spray":
            self._pour.start(POUR_MS)

    def drag(self, touch: Touch) -> None:
        """Go on with the stroke."""
        if self._tool_of_stroke == "probe":
            self.probe_dragged.emit(touch)
            return
        self._touch = touch
        if self._tool_of_stroke in ("move", "erase"):
            self._use()

    def release(self) -> None:
        """End the stroke at once."""
        self._pour.stop()
        self._touch, self._held = None, None

    def _use(self) -> None:
        """Use the stroke's tool at the place of the last touch."""
        controller, touch = self._controller, self._touch
        if touch is None:
            return
        dataset, label = controller.dataset, controller.label
        if self._tool_of_stroke == "point":
            controller.edit("Add point", add_point(dataset, touch, label), self._stroke)
        elif self._tool_of_stroke == "spray":
            after = spray(dataset, touch, label, self._rng)
            controller.edit(f"Spray {after.m - self._at_start} points", after, self._stroke)
        elif self._tool_of_stroke == "erase":
            after = erase(dataset, touch)
            gone = self._at_start - after.m
            controller.edit(f"Erase {gone} point{'s' if gone > 1 else ''}", after, self._stroke)
        elif self._held is not None and self._held < dataset.m:
            x1, x2 = touch.x1 + self._reach[0], touch.x2 + self._reach[1]
            controller.edit("Move point", dataset.with_moved(self._held, x1, x2), self._stroke)
