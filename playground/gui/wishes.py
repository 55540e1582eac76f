"""What each action of the table does, whether a key, a menu or a button calls it."""

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from playground.gui.actions import CLASSES, TOOLS, page_action, view_action
from playground.gui.controller import Controller
from playground.gui.documents import Documents
from playground.gui.drawing_tools import DrawingTools
from playground.gui.explanations import Explanations
from playground.gui.faults import last_error
from playground.gui.parts.focus import focus_into, focus_next
from playground.gui.plots.plane import Plane
from playground.gui.probing import Probing
from playground.session.looking import OVERLAYS, PAGES, SPOT_VIEWS
from playground.session.strokes import BRUSHES

NOTHING_TO_COPY = "There is nothing to copy: rest the mouse on the plane."


class Wishes(QObject):
    """Carries the actions out on the parts of one window; ``controls`` is the column that F6 leads to."""

    def __init__(
        self,
        actions: Mapping[str, QAction],
        controller: Controller,
        documents: Documents,
        plane: Plane,
        tools: DrawingTools,
        probing: Probing,
        explanations: Explanations,
        controls: QWidget,
    ) -> None:
        super().__init__(controller)
        self._actions, self._controller = actions, controller
        self._plane, self._tools, self._probing, self._explanations = plane, tools, probing, explanations
        self._controls, self._opening = controls, documents.opening
        self.connect(self._of_documents(documents) | self._of_the_drawing() | self._of_training() | self._of_looking())
        for name in OVERLAYS:
            actions[name].toggled.connect(lambda on, name=name: controller.switch_overlay(name, on=on))

    def connect(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Let each action do this, once what is typed into a field has been taken over."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _checked, slot=slot: self._act(slot))

    def _act(self, slot: Callable[[], object]) -> None:
        if isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox):
            self._plane.setFocus()
        slot()

    # -- the tables -------------------------------------------------------------------------------------------------

    def _of_documents(self, documents: Documents) -> dict[str, Callable[[], object]]:
        return {
            "new": documents.begin_anew,
            "open": documents.opening.ask,
            "save": documents.save,
            "save_as": documents.ask_save,
        }

    def _of_the_drawing(self) -> dict[str, Callable[[], object]]:
        controller = self._controller
        tools = {tool.name: lambda name=tool.name: self._choose_tool(name) for tool in TOOLS}
        classes = {spec.name: lambda i=i: controller.choose_label(i) for i, spec in enumerate(CLASSES)}
        return {
            "undo": controller.undo_group.undo,
            "redo": controller.undo_group.redo,
            "clear": controller.clear,
            "add_class": controller.add_class,
            "remove_class": lambda: controller.remove_class(controller.label),
            **tools,
            **classes,
        }

    def _of_training(self) -> dict[str, Callable[[], object]]:
        controller = self._controller
        return {
            "train": controller.toggle_training,
            "step": controller.single_step,
            "epoch": controller.single_epoch,
            "reset": controller.reset,
            "new_start": controller.new_start,
        }

    def _of_looking(self) -> dict[str, Callable[[], object]]:
        pages = {page_action(page): lambda page=page: self._turn_to(page) for page in PAGES}
        views = {view_action(view): lambda view=view: self._turn_to_view(view) for view in SPOT_VIEWS}
        return {
            "copy_text": lambda: self._copy("text"),
            "copy_latex": lambda: self._copy("latex"),
            "release": self._let_go,
            "copy_error": self._copy_error,
            "next_part": lambda: focus_next([self._plane, self._explanations.page, self._controls]),
            "fit": self.fit,
            "zoom_in": lambda: self._plane.zoom(0.8),
            "zoom_out": lambda: self._plane.zoom(1.25),
            **pages,
            **views,
        }

    # -- the wishes that take more than a call ------------------------------------------------------------------------

    def fit(self) -> None:
        """Bring all points into view."""
        self._plane.fit(self._controller.dataset)

    def _let_go(self) -> None:
        """Undo the innermost of what is going on: a stroke, the reading of a file, a loan to mouse or keys, the pin."""
        is_stroke = self._tools.take_back()
        self._plane.end_stroke()
        if not is_stroke and not self._opening.cancel() and not self._plane.end_loan():
            self._probing.release()

    def _choose_tool(self, name: str) -> None:
        self._tools.tool = name
        self._plane.set_brush(BRUSHES[name])

    def _turn_to(self, page: str) -> None:
        """Bring a page up, and give the keys to it, or to the plane that it is about."""
        self._controller.show(page=page)
        focus_into(self._plane if page == "spot" else self._explanations.page)  # where the arrows move the probe

    def _turn_to_view(self, view: str) -> None:
        """Bring up a view of the spot; where its page is open already, the keys stay where they are."""
        self._controller.show(spot_view=view)
        if self._controller.looking.page != "spot":
            self._turn_to("spot")

    def _copy(self, kind: str) -> None:
        text = self._explanations.text(kind)
        self._put(text, "The calculation is copied." if text else NOTHING_TO_COPY)

    def _copy_error(self) -> None:
        text = last_error.text
        self._put(text, "The error is copied." if text else "There was no error since the program was started.")

    def _put(self, text: str, told: str) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None and text:
            clipboard.setText(text)
        self._controller.noticed.emit(told, "note")
