"""The controller: turns wishes into new values, sends the latest down, shows the latest that came up."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any
from weakref import WeakSet

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QUndoGroup, QUndoStack

from playground.gui.commands import NO_STROKE, Change, Drawing, ReplaceDrawing, forget_oldest
from playground.gui.training_thread import TrainingThread
from playground.gui.work import Work, is_unsaved
from playground.session.advice import about_data, about_divergence, about_loss, why_not_training
from playground.session.dataset import MIN_CLASSES, Dataset
from playground.session.errors import UserError
from playground.session.generators import GENERATORS, Recipe, changed
from playground.session.grid import Grid, Point
from playground.session.looking import Looking, pictures_of, with_overlay
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings, another_seed, starts_new_run
from playground.session.sources import Loaded, load_built_in
from playground.session.worked_example import carried

FRAME_MS = 16
UNDO_LIMIT = 500


class Controller(QObject):
    """Owns the present request and the undo stack; knows no widget."""

    dataset_changed = pyqtSignal()
    drawing_loaded = pyqtSignal()  # a data set came in
    drawing_replaced = pyqtSignal()  # so, or by a lesson's beginning or end: the view should be fitted to it
    settings_changed = pyqtSignal()
    label_changed = pyqtSignal()
    running_changed = pyqtSignal(bool)
    looking_changed = pyqtSignal()
    mistake_changed = pyqtSignal()
    snapshot_ready = pyqtSignal(object)
    noticed = pyqtSignal(str, str)  # a sentence for the user and its kind, see `notices`; "" where it holds no longer

    def __init__(self, loaded: Loaded, recipe: Recipe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawing_loaded.connect(self.drawing_replaced)
        self.looking = Looking()
        self.request = Request(loaded.dataset, loaded.settings, pictures=pictures_of(self.looking))
        self.recipe = recipe
        self.label = 0
        self._kept = WeakSet([loaded.dataset])  # what was loaded or saved, and so is not lost with the window
        self._has_diverged = False
        self._aside: Work | None = None  # while what is on the plane is a lesson's
        self.undo_group = QUndoGroup(self)
        self.undo_stack = self._new_undo_stack()
        self._is_sent = False
        self._strokes = self._runs = 0
        self._thread = TrainingThread()
        self._thread.failed.connect(self._on_failure)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.frame)

    def start(self) -> None:
        """Start the worker and the frames."""
        self._thread.start()
        self._timer.start(FRAME_MS)
        self.drawing_loaded.emit()
        self._show_all()

    def stop(self) -> None:
        """End the worker and wait for it."""
        self._timer.stop()
        self._thread.stop()

    def _new_undo_stack(self) -> QUndoStack:
        stack = QUndoStack(self.undo_group)
        stack.setUndoLimit(UNDO_LIMIT)
        self.undo_group.setActiveStack(stack)
        return stack

    # -- the user's work and a lesson's -----------------------------------------------------------------------------

    def set_aside(self) -> Work:
        """Keep the user's drawing, run, undo and looks aside, paused; what is done from now on is a lesson's."""
        self._set_running(running=False)
        work = Work(self.request, self.looking, self.recipe, self.label, self.undo_stack, self._kept)
        self._aside = work
        self.undo_stack = self._new_undo_stack()
        self._change(parked=self.request.run_id, mistake=None)
        self._new_run()
        self.drawing_replaced.emit()
        self._show_all()
        return work

    def take_back(self, work: Work) -> None:
        """Give the user's work back as it was."""
        self._set_running(running=False)
        lessons_own, self.undo_stack = self.undo_stack, work.undo_stack
        self.undo_group.setActiveStack(self.undo_stack)
        lessons_own.deleteLater()
        self.looking, self.recipe, self.label = work.looking, work.recipe, work.label
        self._kept, self._aside = work.kept, None
        self._change(**{field.name: getattr(work.request, field.name) for field in fields(Request)})
        self._has_diverged = False  # so that it is told again where the user's own run has
        self.drawing_replaced.emit()
        self._show_all()

    @property
    def dataset(self) -> Dataset:
        """The points on the plane."""
        return self.request.dataset

    @property
    def settings(self) -> Settings:
        """The present settings."""
        return self.request.settings

    @property
    def is_work_aside(self) -> bool:
        """Whether what is on the plane is a lesson's."""
        return self._aside is not None

    @property
    def has_unsaved_work(self) -> bool:
        """Whether there are points on the plane that are neither loaded as they are nor saved."""
        return is_unsaved(self.dataset, self._kept)

    @property
    def unsaved_work(self) -> Loaded | None:
        """The user's own drawing, also while a lesson is on, where it would be lost; else None."""
        request, kept = (self.request, self._kept) if self._aside is None else (self._aside.request, self._aside.kept)
        return Loaded(request.dataset, request.settings) if is_unsaved(request.dataset, kept) else None

    def keep(self) -> None:
        """The present points are saved."""
        self._kept.add(self.dataset)

    def disown(self) -> None:
        """The present points are in no file of the user's."""
        self._kept.discard(self.dataset)

    def frame(self) -> None:
        """Send what changed since the last frame, show what came back."""
        self._send()
        with self._thread.resting():
            snapshot = self._thread.take()
            if snapshot is not None and snapshot.run_id == self.request.run_id:
                self._receive(snapshot)

    def _receive(self, snapshot: Snapshot) -> None:
        is_news = not self._has_diverged or (snapshot.asked_to_run and self.request.running)
        self._has_diverged = snapshot.diverged
        if snapshot.diverged and is_news:
            self._set_running(running=False)
            self.noticed.emit(about_divergence(self.dataset, self.settings), "error")
        self.snapshot_ready.emit(snapshot)

    # -- training ---------------------------------------------------------------------------------------------------

    def toggle_training(self) -> None:
        """Train, or pause."""
        if self.request.running:
            self._set_running(running=False)
        elif self._can_train():
            self._set_running(running=True)

    def pause(self) -> None:
        """Pause, if it is training."""
        self._set_running(running=False)

    def single_step(self) -> None:
        """Pause, and make one update."""
        if self._can_train():
            self._set_running(running=False)
            self._change(single_steps=self.request.single_steps + 1)

    def single_epoch(self) -> None:
        """Pause, and go on to the end of the epoch."""
        if self._can_train():
            self._set_running(running=False)
            self._change(single_epochs=self.request.single_epochs + 1)

    def check_gradient(self) -> None:
        """Hold backpropagation against central differences, at the present weights."""
        if self._can_train():
            self._change(single_checks=self.request.single_checks + 1)

    def plant_mistake(self, mistake: str | None) -> None:
        """Make backpropagation wrong in one way, or right again; nothing of it is ever saved."""
        if mistake != self.request.mistake:
            self._change(mistake=mistake)
            self.mistake_changed.emit()

    def reset(self) -> None:
        """Back to the same start, paused."""
        self._set_running(running=False)
        self._new_run()

    def new_start(self) -> None:
        """Another start, with a seed of its own, and on or paused as before."""
        self.set_setting("seed", another_seed())

    def set_setting(self, name: str, value: Any) -> None:
        """Change one setting; a new run begins only where the live network cannot take it."""
        new = replace(self.settings, **{name: value})
        old = self.settings
        if new == old:
            return
        self._change(settings=new)
        if starts_new_run(old, new):
            self._new_run()
        self.settings_changed.emit()
        if name == "test_share":
            self.dataset_changed.emit()
            self._say_state()

    def _can_train(self) -> bool:
        reason = why_not_training(self.dataset, self.settings)
        if reason:
            self.noticed.emit(reason, "note")
        return reason is None

    def _set_running(self, *, running: bool) -> None:
        if running:
            self.noticed.emit("", "error")
        if running != self.request.running:
            self._change(running=running)
            self._send()
            self.running_changed.emit(running)

    def _new_run(self) -> None:
        self.noticed.emit("", "error")  # whatever was wrong with the run before
        self._change(run_id=self._next_run(), single_steps=0, single_epochs=0, single_checks=0)
        self._say_state()

    def _next_run(self) -> int:
        self._runs += 1
        return self._runs

    # -- the drawing ------------------------------------------------------------------------------------------------

    def new_stroke(self) -> int:
        """A number for a stroke, so that its edits become one step of undo."""
        self._strokes += 1
        return self._strokes

    def edit(self, text: str, after: Dataset, stroke: int = NO_STROKE) -> None:
        """Put an edited data set on the plane; training goes on with it."""
        if after is not self.dataset:
            self._push(Change(text, self._drawing(), replace(self._drawing(), dataset=after), stroke=stroke))

    def take_back_stroke(self, stroke: int) -> None:
        """Undo what a stroke has done so far, if it has done anything."""
        last = self.undo_stack.command(self.undo_stack.index() - 1)
        if last is not None and last.id() == stroke:
            self.undo_stack.undo()

    def load(self, loaded: Loaded, text: str, recipe: Recipe | None = None, stroke: int = NO_STROKE) -> None:
        """Put another data set on the plane and start a new run, paused."""
        self._kept.add(loaded.dataset)
        after = Drawing(loaded.dataset, loaded.settings, recipe or self.recipe)
        is_told = self._push(Change(text, self._drawing(), after, is_load=True, stroke=stroke))
        if loaded.note and not is_told:
            self.noticed.emit(f"{loaded.note}.", "note")

    def load_built_in(self, name: str) -> None:
        """Load a generated or shipped data set; a generated one has as many classes as are on the plane."""
        recipe = replace(self.recipe, name=name, classes=self.dataset.C) if name in GENERATORS else self.recipe
        self.load(load_built_in(name, recipe, self.settings), f"Load {name}", recipe)

    def set_recipe(self, name: str, value: Any, drag: int = NO_STROKE) -> None:
        """Generate the present data set anew with one thing different; a slider's drag is one step of undo."""
        recipe = changed(self.recipe, self.dataset, name, value)
        if recipe is None:
            return
        loaded = load_built_in(recipe.name, recipe, self.settings)
        named = replace(loaded, dataset=replace(loaded.dataset, classes=self.dataset.classes))
        self.load(named, f"Change {name.replace('_', ' ')}", recipe, drag)

    def choose_label(self, label: int) -> None:
        """Draw with this class from now on, if there is one."""
        if 0 <= label < self.dataset.C:
            self.label = label
            self.label_changed.emit()

    def add_class(self) -> None:
        """One class more, chosen."""
        before = self.dataset.C
        self._try_edit("Add class", self.dataset.with_class)
        if before < self.dataset.C:
            self.choose_label(self.dataset.C - 1)

    def remove_class(self, label: int) -> None:
        """One class fewer."""
        self._try_edit(f"Remove {self.dataset.class_name(label)}", lambda: self.dataset.without_class(label))

    def keep_two_classes(self) -> None:
        """The first two classes and their points alone, as one step of undo."""
        self.edit("Keep two classes", self.dataset.with_first_classes(MIN_CLASSES))

    def rename_class(self, label: int, name: str) -> None:
        """Name a class."""
        self.edit("Name class", self.dataset.with_name(label, name))

    def clear(self) -> None:
        """Erase all points."""
        if self.dataset.m:
            self.edit("Erase all points", self.dataset.cleared())

    def _try_edit(self, text: str, make: Callable[[], Dataset]) -> None:
        try:
            self.edit(text, make())
        except UserError as error:
            self.noticed.emit(f"{error}.", "note")

    def _drawing(self) -> Drawing:
        return Drawing(self.dataset, self.settings, self.recipe)

    def _push(self, change: Change) -> bool:
        """Make the change; whether the user is told that it took points away, which may not have been meant."""
        is_own = self.has_unsaved_work and not self.is_work_aside
        self.undo_stack.push(ReplaceDrawing(change, self._show))
        forget_oldest(self.undo_stack)
        may_surprise = is_own if change.is_load else change.stroke == NO_STROKE  # a stroke erases what it is to erase
        loss = about_loss(change.before.dataset, change.after.dataset, is_replaced=change.is_load)
        if loss and may_surprise:
            self.noticed.emit(loss, "undo")
        return bool(loss and may_surprise)

    def _show(self, change: Change, drawing: Drawing) -> None:
        """Called by the undo stack, whichever way it goes."""
        style = self.dataset.classes[self.label].style
        pin = None if change.is_load else carried(self.looking.pin, self.dataset, drawing.dataset)
        self._change(dataset=drawing.dataset, settings=replace(self.settings, **change.settings_of(drawing)))
        styles = [label.style for label in drawing.dataset.classes]
        self.label = styles.index(style) if style in styles else min(self.label, len(styles) - 1)
        if pin != self.looking.pin:
            self.show(pin=pin)
        if change.is_load:
            self.recipe = drawing.recipe
            self.noticed.emit("", "note")  # which told of the data set before
            self._new_run()
            self.drawing_loaded.emit()
        if change.is_load or drawing.dataset.m == 0:
            self._set_running(running=False)
        self.noticed.emit("", "undo")  # which would now undo something else
        self.dataset_changed.emit()
        self.settings_changed.emit()
        self._send()
        self._say_state()

    # -- looking ----------------------------------------------------------------------------------------------------

    def look(self, grid: Grid | None = None, probe: Point | None = None) -> None:
        """Ask for the probabilities over this part of the plane and at this spot; changes nothing about the run."""
        self._change(grid=grid, probe=probe)

    def show(self, **changes: Any) -> None:
        """Change what is looked at, by the fields of `Looking`."""
        if "pin" in changes:
            self._change(probe=changes["pin"])
        self.looking = replace(self.looking, **changes)
        looking = self.looking
        self._change(pictures=pictures_of(looking), temperature=looking.temperature, supposed=looking.supposed)
        self.looking_changed.emit()

    def switch_overlay(self, name: str, *, on: bool) -> None:
        """Lay something over the plane, or take it away."""
        self.show(overlays=with_overlay(self.looking.overlays, name, on=on))

    # -- the request ------------------------------------------------------------------------------------------------

    def _change(self, **changes: Any) -> None:
        self.request = replace(self.request, **changes)
        self._is_sent = False

    def _send(self) -> None:
        if not self._is_sent:
            self._is_sent = True
            self._thread.submit(self.request)

    def _say_state(self) -> None:
        self.noticed.emit(about_data(self.dataset, self.settings) or "", "state")

    def _show_all(self) -> None:
        self.dataset_changed.emit()
        self.settings_changed.emit()
        self.label_changed.emit()
        self.running_changed.emit(self.request.running)
        self.looking_changed.emit()
        self.mistake_changed.emit()
        self._say_state()

    def _on_failure(self, what: str) -> None:
        self._set_running(running=False)
        self._new_run()
        self.noticed.emit(
            f"Training stopped by an error in the program ({what}). Your points are safe; the run was Reset.",
            "fault",
        )
