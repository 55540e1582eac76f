"""Shows what is looked at: the page, what lies over the plane, the probe, what is different from the plain run."""

from collections.abc import Mapping

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction

from playground.gui.actions import page_action, view_action
from playground.gui.chips import Chips
from playground.gui.controller import Controller
from playground.gui.explanations import Explanations
from playground.gui.plots.plane import Plane
from playground.gui.probing import Probing
from playground.session.advice import ABOUT_ZERO_LINES, about_frames, about_lens, about_mistake
from playground.session.grid import Point
from playground.session.looking import OVERLAYS, framed_cell
from playground.session.strokes import Touch
from playground.session.worked_example import point_at


class Looks(QObject):
    """Keeps plane, column of pages, menus and chips in step with the controller's `Looking`."""

    def __init__(
        self, controller: Controller, plane: Plane, explanations: Explanations, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__(controller)
        self._controller, self._plane, self._explanations, self._actions = controller, plane, explanations, actions
        self.probing = Probing(controller)
        self.chips = Chips(plane)
        self.chips.dismissed.connect(self._dismiss)
        plane.hovered.connect(self.probe)
        explanations.maps.hovered.connect(self.probe)
        controller.looking_changed.connect(self._show)
        controller.mistake_changed.connect(self._show_chips)

    def probe(self, point: Point | None) -> None:
        """Follow the mouse on the plane or on a map."""
        self.probing.hover(None if point is None else Touch(*point, *self._plane.pixel_size()))
        self._show_probe()

    def _show(self) -> None:
        looking = self._controller.looking
        self._plane.ask_overlays(looking.overlays, framed_cell(looking, self._controller.dataset.C))
        self._explanations.show_looking(looking)
        self._actions[page_action(looking.page)].setChecked(True)
        self._actions[view_action(looking.spot_view)].setChecked(True)
        for name in OVERLAYS:
            self._actions[name].setChecked(name in looking.overlays)
        self._show_probe()
        self._show_chips()

    def _show_chips(self) -> None:
        looking, mistake = self._controller.looking, self._controller.request.mistake
        self.chips.show_chip("mistake", about_mistake(mistake), is_warning=True)
        self.chips.show_chip("lens", about_lens(looking.temperature))
        dataset = self._controller.dataset
        cell = framed_cell(looking, dataset.C)
        self.chips.show_chip("cell", "" if cell is None else about_frames(cell, dataset))
        self.chips.show_chip("zero_lines", ABOUT_ZERO_LINES if "zero_lines" in looking.overlays else "")

    def _dismiss(self, chip: str) -> None:
        if chip == "mistake":
            self._controller.plant_mistake(None)
        elif chip == "lens":
            self._controller.show(temperature=1.0)
        elif chip == "cell":
            self._controller.show(cell=None)
        else:
            self._controller.switch_overlay(chip, on=False)

    def _show_probe(self) -> None:
        probe, pin = self._controller.request.probe, self._controller.looking.pin
        is_on_point = probe is not None and point_at(self._controller.dataset, probe) is not None
        self._plane.show_probe(probe, is_pinned=pin is not None, is_on_point=is_on_point)
