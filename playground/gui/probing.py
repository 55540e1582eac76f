"""The probe: it follows the mouse, snaps to points, and stays where it is pinned."""

from PyQt6.QtCore import QObject

from playground.gui.controller import Controller
from playground.session.grid import Point
from playground.session.strokes import Touch, nearest

SNAP_RADIUS = 8.0  # pixels from a point to the mouse that is taken to mean it


class Probing(QObject):
    """Turns hovering and pinning into the request's probe."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._pin_before: Point | None = None  # the press that moves it now

    def hover(self, touch: Touch | None) -> None:
        """Follow the mouse, unless the probe is pinned; None once the mouse has left."""
        if self._controller.looking.pin is None:
            spot = None if touch is None else self._snapped(touch)
            self._controller.look(self._controller.request.grid, spot)

    def pin(self, touch: Touch) -> None:
        """Stay at this spot; where it is pinned to already, let go."""
        spot = self._snapped(touch)
        self._pin_before = self._controller.looking.pin
        self._controller.show(pin=None if spot == self._controller.looking.pin else spot)

    def drag(self, touch: Touch) -> None:
        """Take the pin along; where the press has let go of it there is none to take."""
        spot = self._snapped(touch)
        if self._controller.looking.pin not in (None, spot):
            self._controller.show(pin=spot)

    def take_back(self) -> None:
        """Pin the probe where it was pinned before the last press, or nowhere."""
        self._controller.show(pin=self._pin_before)

    def pin_to(self, index: int) -> None:
        """Stay at a data point."""
        x1, x2 = self._controller.dataset.X[:, index]
        self._controller.show(pin=(float(x1), float(x2)))

    def release(self) -> None:
        """Follow the mouse again; where nothing is pinned, frame no points any more."""
        if self._controller.looking.pin is not None:
            self._controller.show(pin=None)
        elif self._controller.looking.cell is not None:
            self._controller.show(cell=None)

    def _snapped(self, touch: Touch) -> Point:
        dataset = self._controller.dataset
        index = nearest(dataset, touch, SNAP_RADIUS)
        if index is None:
            return touch.x1, touch.x2
        x1, x2 = dataset.X[:, index]
        return float(x1), float(x2)
