"""Plays a lesson: sets its scenes, notices when a task is done, and gives the user's own work back at the end."""

from dataclasses import fields
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from playground.gui.controller import Controller
from playground.gui.work import Work
from playground.session.generators import Recipe
from playground.session.lessons.lesson_scenes import Scene
from playground.session.lessons.lesson_state import LessonState
from playground.session.lessons.lessons import Lesson, Step, is_done
from playground.session.looking import Looking
from playground.session.messages import Snapshot
from playground.session.settings import Settings
from playground.session.sources import Loaded, load_built_in


class LessonPlayer(QObject):
    """One lesson at a time, or none. While one is on, everything on the window is the lesson's."""

    changed = pyqtSignal()  # another lesson, another step, or a task done
    entered = pyqtSignal()  # a step, whose keys are the window's and no field's

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self.lesson: Lesson | None = None
        self.place = 0  # of the step
        self.is_done = False
        self._controller = controller
        self._work: Work | None = None
        self._snapshot: Snapshot | None = None
        self._before: LessonState | None = None
        controller.snapshot_ready.connect(self._see)
        for signal in (controller.looking_changed, controller.running_changed, controller.mistake_changed):
            signal.connect(lambda *_: self._look_whether_done())

    @property
    def step(self) -> Step | None:
        """The present step."""
        return self.lesson.steps[self.place] if self.lesson is not None else None

    def begin(self, lesson: Lesson) -> None:
        """Play a lesson from its first step; the user's work is set aside, or stays so."""
        if self._work is None:
            self._work = self._controller.set_aside()
        self.lesson, self.place, self._before, self._snapshot = lesson, 0, None, None
        loaded = lesson.scene.loaded(Settings()) or _first_drawing()
        self._controller.load(loaded, f"Begin {lesson.title}")
        self._controller.undo_stack.clear()  # there is nothing before a lesson to go back to
        self._show(lesson.scene.looking(Looking()))
        self._enter(0, is_forward=True)

    def go_on(self) -> None:
        """To the next step, or behind the last one out of the lesson."""
        if self.lesson is not None and self.place + 1 < len(self.lesson.steps):
            self._enter(self.place + 1, is_forward=True)
        else:
            self.leave()

    def go_back(self) -> None:
        """To the step before, as the window is now."""
        if self.lesson is not None and self.place > 0:
            self._enter(self.place - 1, is_forward=False)

    def leave(self) -> None:
        """End the lesson, and give the user's work back as it was."""
        if self._work is None:
            return
        work, self._work, self.lesson, self._before = self._work, None, None, None
        for kind in ("error", "note", "undo"):
            self._controller.noticed.emit("", kind)  # which told of the lesson's run and drawing
        self._controller.take_back(work)
        self.changed.emit()

    def _enter(self, place: int, *, is_forward: bool) -> None:
        self.place, self.is_done, self._before = place, False, None
        step = self.step
        if step is None:
            return
        if is_forward:
            self._set(step.scene)
        self._before = self._state()
        self._look_whether_done()
        self.changed.emit()
        self.entered.emit()

    def _set(self, scene: Scene) -> None:
        loaded = scene.loaded(self._controller.settings)
        if loaded is not None:
            self._controller.load(loaded, "Set the lesson's scene")
        else:
            for name, value in scene.settings.items():
                self._controller.set_setting(name, value)
        self._show(scene.looking(self._controller.looking))

    def _show(self, looking: Looking) -> None:
        """Look at what differs from what is looked at."""
        old: Looking = self._controller.looking
        changes: dict[str, Any] = {
            field.name: getattr(looking, field.name)
            for field in fields(Looking)
            if getattr(looking, field.name) != getattr(old, field.name)
        }
        if changes:
            self._controller.show(**changes)

    def _state(self) -> LessonState:
        return LessonState(self._controller.request, self._snapshot, self._controller.looking)

    def _see(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._look_whether_done()

    def _look_whether_done(self) -> None:
        step = self.step
        if step is None or self.is_done or self._before is None or not step.task:
            return
        if is_done(step, self._before, self._state()):
            self.is_done = True
            self.changed.emit()


def _first_drawing() -> Loaded:
    """What the program opens with, for a lesson that names no data."""
    recipe = Recipe()
    return load_built_in(recipe.name, recipe, Settings())
