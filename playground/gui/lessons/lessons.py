"""The Lessons menu, and what it brings: the card of a lesson, the frame that points parts out, and the player."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, QStandardPaths, QUrl
from PyQt6.QtGui import QAction, QDesktopServices
from PyQt6.QtWidgets import QMenu, QWidget

from playground.gui.actions import TOOLS
from playground.gui.controller import Controller
from playground.gui.lessons.lesson_card import LessonCard
from playground.gui.lessons.lesson_player import LessonPlayer
from playground.gui.lessons.pointer import Pointer
from playground.gui.lessons.view_keeper import ViewKeeper
from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.focus import focus_before
from playground.gui.parts.formula import SIZE
from playground.gui.parts.labels import as_action, set_tip
from playground.gui.parts.typesetting import typeset
from playground.resources import asset
from playground.session.errors import UserError
from playground.session.lessons.lesson_formulas import check_height
from playground.session.lessons.lessons import Lesson, load_lesson, load_lessons

OWN_FOLDER = "lessons"


class Lessons(QObject):
    """Puts lessons into a menu and plays the chosen one; ``parts`` are what a step can point out, by its names."""

    def __init__(
        self,
        menu: QMenu,
        actions: Mapping[str, QAction],
        controller: Controller,
        card: LessonCard,
        parts: Mapping[str, Sequence[QWidget]],
    ) -> None:
        super().__init__(controller)
        self._controller, self._actions, self._menu = controller, actions, menu
        self._card, self.parts = card, parts
        self._titles: list[QAction] = []
        self._own_tool: QAction | None = None  # the one to go back to once the lesson is left
        host = card.window()
        assert host is not None
        self.pointer = Pointer(host)
        self._keeper = ViewKeeper(self)
        self.player = LessonPlayer(controller)
        menu.setToolTipsVisible(True)
        self._below_titles = menu.insertSeparator(menu.actions()[0])
        menu.aboutToShow.connect(self.fill_menu)
        for name, slot in (
            ("next_step", self.player.go_on),
            ("previous_step", self.player.go_back),
            ("leave_lesson", self.player.leave),
            ("lesson_folder", self._open_own_folder),
        ):
            actions[name].triggered.connect(lambda _checked, slot=slot: slot())
        card.next_wanted.connect(self.player.go_on)
        card.back_wanted.connect(self.player.go_back)
        card.leave_wanted.connect(self.player.leave)
        self.player.changed.connect(self._show)
        self.player.entered.connect(self._enter)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._card.set_theme(theme)
        self.pointer.set_theme(theme)

    def fill_menu(self) -> None:
        """Read the lessons anew, the user's own too, and list them."""
        lessons, problems = load_lessons([asset("lessons"), own_folder()])
        for action in self._titles:
            self._menu.removeAction(action)
            action.deleteLater()
        self._titles = []
        for lesson in lessons:
            action = QAction(as_action(lesson.title), self._menu)
            set_tip(action, lesson.summary)
            action.triggered.connect(lambda _checked, lesson=lesson: self.begin(lesson))
            self._menu.insertAction(self._below_titles, action)
            self._titles.append(action)
        if problems:
            more = f" {len(problems) - 1} more of your lessons cannot be read." if len(problems) > 1 else ""
            self._controller.noticed.emit(f"{problems[0]}.{more}", "error")

    def open(self, path: Path) -> None:
        """Play the lesson of a file from anywhere."""
        try:
            lesson = load_lesson(path)
        except UserError as error:
            self._controller.noticed.emit(f"{error}.", "error")
            return
        self.begin(lesson)

    def begin(self, lesson: Lesson) -> None:
        """Play a lesson, if its formulas can be shown."""
        problem = broken_formula(lesson)
        if problem:
            self._controller.noticed.emit(problem, "error")
            return
        self.player.begin(lesson)

    def _show(self) -> None:
        player = self.player
        self._keep_tool(is_on=player.lesson is not None)
        self._card.show_step(player.lesson, player.place, is_done=player.is_done)
        for name in ("next_step", "previous_step", "leave_lesson"):
            self._actions[name].setEnabled(player.lesson is not None)
        for name in ("new", "open", "save", "save_as"):
            self._actions[name].setEnabled(player.lesson is None)
        self.pointer.point_at(self._pointed_out())

    def _enter(self) -> None:
        parts = self._pointed_out()
        focus_before([*parts, *self.parts["plane"]])
        self._keeper.keep(parts)

    def _keep_tool(self, *, is_on: bool) -> None:
        if is_on and self._own_tool is None:
            self._own_tool = next((self._actions[t.name] for t in TOOLS if self._actions[t.name].isChecked()), None)
        elif not is_on and self._own_tool is not None:
            self._own_tool.trigger()
            self._own_tool = None

    def _pointed_out(self) -> Sequence[QWidget]:
        step = self.player.step
        return self.parts.get(step.look, ()) if step is not None else ()

    def _open_own_folder(self) -> None:
        """Where the user's own lessons are looked for, in the system's file manager."""
        folder = own_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._controller.noticed.emit(
                f"{folder}, where lessons of your own would go, cannot be made ({error.strerror}).", "error"
            )
            return
        self._controller.noticed.emit(f"Lessons of your own go into {folder}. How to write one: {guide()}", "note")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def own_folder() -> Path:
    """The user's folder of lessons, which need not be there."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / OWN_FOLDER


def guide() -> Path:
    """How lessons are written."""
    return asset("lessons") / "README.md"


def broken_formula(lesson: Lesson) -> str:
    """What is wrong with the first formula of a lesson that cannot be typeset, or shown; empty where all can."""
    for number, step in enumerate(lesson.steps, start=1):
        try:
            if step.formula:
                check_height(typeset(step.formula, SIZE, LIGHT.text).height)
        except UserError as error:
            return f"{lesson.file}, step {number}: {error}."
        except Exception as error:  # noqa: BLE001 - the typesetter raises whatever its parser stumbles over
            what = str(error) or type(error).__name__
            return f"{lesson.file}, step {number}: the formula {step.formula} cannot be typeset ({what})."
    return ""
