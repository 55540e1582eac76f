"""The page of the step: the next update taken apart, stage by stage, and below it the check of its gradient."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.gui.pages.check_view import CheckView
from playground.gui.pages.mistake_view import MistakeView
from playground.gui.pages.page import Page
from playground.gui.pages.stage_map import Bead, StageMap
from playground.gui.pages.stage_view import StageView
from playground.gui.palette import Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.labels import set_tip
from playground.session.light import Light
from playground.session.looking import Looking
from playground.session.messages import Snapshot
from playground.session.rehearsal import Rehearsal
from playground.session.stages.stage_formulas import is_spoilt
from playground.session.stages.stage_places import stage_place
from playground.session.stages.stage_texts import symbol, title
from playground.session.stages.stages import LAST, stages

RUNNING = "Training is under way, and its steps are over before they can be read. Pause to take the next one apart."
NO_POINTS = "There is no step to take apart: click some points onto the plane, or choose a data set."
ALL_HELD_OUT = "There is no step to take apart: every point is held out for the test. Lower the test share."
DIVERGED = "There is no next step: J is no longer finite. Lower the learning rate, or Reset."


class StepPage(Page):
    """Where one is in the step, the stage itself, and below them the gradient check and the mistakes."""

    stage_chosen = pyqtSignal(int)
    step_wanted = pyqtSignal()
    pause_wanted = pyqtSignal()
    check_wanted = pyqtSignal()
    mistake_chosen = pyqtSignal(object)  # a mistake's name, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._stage = 0
        self._shown: tuple[object, ...] = ()
        self._head, self._title, self._why = QLabel(), QLabel(), QLabel()
        self._map, self._view = StageMap(), StageView()
        self.back_button = _button("‹ Back", "The stage before this one (Left, on the string of stages)")
        self.next_button = _button("Next ›", "The stage after this one (Right, on the string of stages)")
        self.pause_button = _button("Pause", "Stop training, and take the next step apart")
        self.step_button = _button("Make this step", "Move the parameters by exactly this update", role="primary")
        self.check_view, self.mistake_view = CheckView(), MistakeView()
        self._step, self._none = QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self._step.hide()

    def _lay_out(self) -> None:
        self._head.setProperty("role", "strong")
        self._title.setProperty("role", "value")
        self._why.setWordWrap(True)
        turning = QHBoxLayout()
        turning.setSpacing(6)
        turning.addWidget(self._title)
        turning.addStretch(1)
        turning.addWidget(self.back_button)
        turning.addWidget(self.next_button)
        step = _column(self._step)
        step.addWidget(self._head)
        step.addWidget(self._map)
        step.addSpacing(2)
        step.addLayout(turning)
        step.addWidget(self._view)
        making = QHBoxLayout()
        making.addWidget(self.step_button)
        making.addStretch(1)
        step.addLayout(making)
        none = _column(self._none)
        none.addWidget(self._why)
        pausing = QHBoxLayout()
        pausing.addWidget(self.pause_button)
        pausing.addStretch(1)
        none.addLayout(pausing)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 8, 7, 8)
        column.setSpacing(6)
        for part in (self._step, self._none, self.check_view, self.mistake_view):
            column.addWidget(part)
            column.addSpacing(6)
        column.addStretch(1)

    def _connect(self) -> None:
        self._map.chosen.connect(self.stage_chosen)
        self._view.lit.connect(self.lit)
        self.back_button.clicked.connect(lambda: self.stage_chosen.emit(self._place() - 1))
        self.next_button.clicked.connect(lambda: self.stage_chosen.emit(self._place() + 1))
        self.pause_button.clicked.connect(self.pause_wanted)
        self.step_button.clicked.connect(self.step_wanted)
        self.check_view.wanted.connect(self.check_wanted)
        self.mistake_view.chosen.connect(self.mistake_chosen)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for view in (self._map, self._view, self.check_view):
            view.set_theme(theme)
        if not self.isVisible():
            self._shown = ()  # formulas take their time: they get their colours once they are looked at

    def parts(self) -> dict[str, list[QWidget]]:
        """What can be pointed out on it."""
        return {"stage": [self._step], "check": [self.check_view], "mistakes": [self.mistake_view]}

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term."""
        for view in (self._view, self.check_view):
            view.show_light(light)

    def show_looking(self, looking: Looking) -> None:
        """Open the stage that is looked at."""
        if looking.stage != self._stage:
            self._stage = looking.stage
            self._show_step()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the step that comes next, or why there is none to show, and the latest check."""
        self._snapshot = snapshot
        self._show_step()
        self.check_view.show_snapshot(snapshot)
        self.mistake_view.show_snapshot(snapshot)

    def _place(self) -> int:
        """The number of the stage on screen: beyond the last it is the last."""
        snapshot = self._snapshot
        count = len(stages(len(snapshot.sizes) - 1)) if snapshot is not None else 1
        return min(self._stage, count - 1)

    def _show_step(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        rehearsal = snapshot.rehearsal
        state = (rehearsal, self._place(), snapshot.mistake, why_none(snapshot), _styles(snapshot))
        if state == self._shown:
            return
        self._shown = state
        self._step.setVisible(rehearsal is not None)
        self._none.setVisible(rehearsal is None)
        if rehearsal is None:
            self._why.setText(why_none(snapshot))
            self.pause_button.setVisible(snapshot.running)
        else:
            self._show_rehearsal(rehearsal, snapshot)

    def _show_rehearsal(self, rehearsal: Rehearsal, snapshot: Snapshot) -> None:
        place = self._place()
        names = stages(len(rehearsal.sizes) - 1)
        self._head.setText(about_step(rehearsal))
        self._map.show_stages(_beads(rehearsal, snapshot.mistake), place)
        self._title.setText(title(names[place], rehearsal.sizes))
        self._view.show_stage(rehearsal, place, snapshot.mistake, _styles(snapshot))
        self.back_button.setEnabled(place > 0)
        self.next_button.setEnabled(place < len(names) - 1)
        self.step_button.setVisible(names[place] == LAST)


def why_none(snapshot: Snapshot) -> str:
    """Why no step is taken apart; of no interest where one is."""
    if snapshot.running:
        return RUNNING
    if snapshot.diverged:
        return DIVERGED
    return ALL_HELD_OUT if snapshot.dataset.m else NO_POINTS


def about_step(rehearsal: Rehearsal) -> str:
    """Which step it is, and on how many examples."""
    m = rehearsal.trace.m
    batch = "the current batch" if m < rehearsal.m else "the whole set as one batch"
    return f"Step {rehearsal.step} → {rehearsal.step + 1} on {batch} of {m}"


def _beads(rehearsal: Rehearsal, mistake: str | None) -> tuple[Bead, ...]:
    layers = len(rehearsal.sizes) - 1
    return tuple(
        Bead(
            symbol(stage),
            *stage_place(stage, layers),
            f"{symbol(stage)}: {title(stage, rehearsal.sizes)}",
            is_spoilt(rehearsal, stage, mistake),
        )
        for stage in stages(layers)
    )


def _styles(snapshot: Snapshot) -> tuple[int, ...]:
    return tuple(label.style for label in snapshot.dataset.classes)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column


def _button(text: str, tip: str, role: str = "") -> QToolButton:
    button = QToolButton()
    button.setText(text)
    set_tip(button, tip)
    button.setAccessibleName(text.strip("‹› "))
    if role:
        button.setProperty("role", role)
    keep_space_for(button)
    return button
