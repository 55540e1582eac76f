"""The viewfinder: asks for the part of the plane that is in view, as fine as there is time for."""

import math

from PyQt6.QtCore import QObject

from playground.gui.controller import Controller
from playground.gui.plots.plane import Plane
from playground.session.messages import Snapshot
from playground.session.settings import steps_per_second
from playground.session.sharpness import Sharpness


class Viewfinder(QObject):
    """Keeps the request's grid to the plane's view."""

    def __init__(self, plane: Plane, controller: Controller) -> None:
        super().__init__(controller)
        self._plane, self._controller = plane, controller
        self._sharpness = Sharpness()
        plane.view_changed.connect(self._look)
        plane.box.sigResized.connect(lambda *_: self._look())
        controller.running_changed.connect(lambda _running: self._look())
        controller.snapshot_ready.connect(self._learn)

    def _learn(self, snapshot: Snapshot) -> None:
        request = self._controller.request
        if snapshot.running and snapshot.seconds_taken is not None and snapshot.grid == request.grid:
            is_flat_out = math.isinf(steps_per_second(request.settings.speed, 1))
            if self._sharpness.learn(snapshot.seconds_taken, is_flat_out=is_flat_out):
                self._look()

    def _look(self) -> None:
        request = self._controller.request
        grid = self._plane.grid(self._sharpness.resolution(running=request.running))
        self._controller.look(grid, request.probe)
