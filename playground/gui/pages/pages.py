"""The pages beside the plane, made and connected: what each wishes for, and who does it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playground.gui.controller import Controller
from playground.gui.pages.desk_page import DeskPage
from playground.gui.pages.page import Page
from playground.gui.pages.points_page import PointsPage
from playground.gui.pages.spot.views import SpotViews
from playground.gui.pages.step_page import StepPage
from playground.gui.pages.twin_page import TwinPage
from playground.gui.probing import Probing
from playground.session.looking import PAGES


@dataclass(frozen=True)
class Pages:
    """One of each."""

    spot: SpotViews = field(default_factory=SpotViews)
    points: PointsPage = field(default_factory=PointsPage)
    step: StepPage = field(default_factory=StepPage)
    desk: DeskPage = field(default_factory=DeskPage)
    twin: TwinPage = field(default_factory=TwinPage)

    def by_name(self) -> dict[str, Page]:
        """The pages by their names, in the order of their tabs."""
        return {name: getattr(self, name) for name in PAGES}

    def connect(self, controller: Controller, probing: Probing, reject: Callable[[str], None]) -> None:
        """Have every wish done; ``reject`` tells the user what cannot be."""
        self.spot.class_supposed.connect(lambda label: controller.show(supposed=label))
        self.points.point_chosen.connect(probing.pin_to)
        self.points.cell_chosen.connect(lambda cell: controller.show(cell=cell))
        self.points.overlay_switched.connect(lambda name, on: controller.switch_overlay(name, on=on))
        self.step.stage_chosen.connect(lambda stage: controller.show(stage=stage))
        self.step.step_wanted.connect(controller.single_step)
        self.step.pause_wanted.connect(controller.pause)
        self.step.check_wanted.connect(controller.check_gradient)
        self.step.mistake_chosen.connect(controller.plant_mistake)
        self.desk.desk_changed.connect(lambda desk: controller.show(desk=desk))
        self.desk.lens_changed.connect(lambda temperature: controller.show(temperature=temperature))
        self.desk.rejected.connect(reject)
        self.twin.layers_unwanted.connect(lambda: controller.set_setting("hidden", ()))
        self.twin.two_classes_wanted.connect(controller.keep_two_classes)
