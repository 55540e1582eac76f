"""The file that the drawing belongs to: saving it, and the question before work would be lost."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QWidget

from playground.gui.controller import Controller
from playground.gui.opening import Opening
from playground.gui.parts.labels import as_text
from playground.gui.preferences import Preferences
from playground.gui.rescue import rescues
from playground.session.dataset import Dataset, empty_dataset
from playground.session.errors import UserError
from playground.session.files import Mark, has_changed, mark_of, printable
from playground.session.project_files import SUFFIX, save_project
from playground.session.sources import Loaded, load_project_file

SAVE_FILTER = f"Softmax Playground project (*{SUFFIX})"


class Documents(QObject):
    """The file that the drawing belongs to."""

    changed = pyqtSignal()

    def __init__(self, controller: Controller, preferences: Preferences, window: QWidget, plane: QWidget) -> None:
        super().__init__(window)
        self._controller, self._preferences, self._window = controller, preferences, window
        self.path: Path | None = None
        self._at_path: Dataset | None = None  # what was last read from it or written to it
        self._mark: Mark | None = None  # and what the file was known by then
        self._rescued: Path | None = None  # where this drawing lies that is not saved yet
        controller.drawing_loaded.connect(self._forget_path)
        self.opening = Opening(controller, preferences, window, plane, self._take)

    @property
    def name(self) -> str:
        """The file's name; empty where there is none, or a lesson is on."""
        return self.path.name if self.path and not self._controller.is_work_aside else ""

    def begin_anew(self) -> None:
        """An empty drawing without a file; the one before is an undo away, and a file that is being read is let go."""
        self.opening.cancel()
        self._controller.load(Loaded(empty_dataset(), self._controller.settings), "New drawing")
        self._take(None)

    def save(self) -> bool:
        """Save where the drawing was saved or opened, or ask; whether it was saved."""
        if self.path is None:
            return self.ask_save()
        return self._may_replace(self.path) and self._save_to(self.path)

    def ask_save(self) -> bool:
        """Ask where to save; whether it was saved."""
        start = (
            self.path
            or Path(self._preferences.folder)
            / f"{Path(printable(self._controller.dataset.name) or 'drawing').stem}{SUFFIX}"
        )
        name, _ = QFileDialog.getSaveFileName(self._window, "Save", str(start), SAVE_FILTER)
        if not name:
            return False
        path = Path(name)
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
            if path.exists() and not self._may_overwrite(path):
                return False
        return self._save_to(path)

    def _may_overwrite(self, path: Path) -> bool:
        """Whether the user wants to; the file dialog asked about the name without its ending."""
        return self._may(f"{printable(path.name)} is there already. Replace it?")

    def _may_replace(self, path: Path) -> bool:
        """Whether what is in the file is what this window knows, or the user wants it gone."""
        if self._mark is None or not has_changed(path, self._mark):
            return True
        name = printable(path.name)
        return self._may(
            f"{name} was changed by another window or program since it was opened or saved here. Replace it with this "
            f"drawing? No keeps both: save under another name then."
        )

    def _may(self, question: str) -> bool:
        buttons = QMessageBox.StandardButton
        return (
            QMessageBox.question(self._window, "Replace the file?", as_text(question), buttons.Yes | buttons.No)
            == buttons.Yes
        )

    def may_close(self) -> bool:
        """Whether the window may go: nothing is unsaved, or the user saved it, or wants it gone."""
        if not self._controller.has_unsaved_work:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "Save the drawing?",
            "You drew points that are not saved.",
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Discard:
            self._end_rescue()
        return self.save() if answer == buttons.Save else answer == buttons.Discard

    def rescue(self) -> None:
        """Write what is unsaved to a place of the program's own; UserError where that is not possible."""
        work = self._controller.unsaved_work
        if work is not None:
            self._rescued = rescues.write(work, self._rescued)

    def open_rescued(self, path: Path) -> None:
        """Go on with a rescued drawing, which is there until it is saved or thrown away."""
        try:
            loaded = load_project_file(path)
        except UserError as error:
            self._controller.noticed.emit(f"{error}.", "error")
            return
        self._controller.load(replace(loaded, file=""), "Open the rescued drawing")
        self._controller.disown()
        self._rescued = path
        self.changed.emit()

    def put_away(self, path: Path) -> bool:
        """Remove a rescued drawing that nobody wants; whether it could be removed."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self._controller.noticed.emit(f"{path} cannot be removed: {error.strerror}.", "error")
            return False
        return True

    def _end_rescue(self) -> None:
        """It is saved, or nobody wants it."""
        if self._rescued is not None:
            with suppress(OSError):  # it is offered once more then
                self._rescued.unlink(missing_ok=True)
            self._rescued = None

    def _save_to(self, path: Path) -> bool:
        try:
            mark = save_project(path, self._controller.dataset, self._controller.settings)
        except UserError as error:
            self._controller.noticed.emit(f"{error}.", "error")
            return False
        self._preferences.folder = str(path.parent)
        self._controller.noticed.emit(f"Saved as {printable(path.name)}.", "note")
        self._take(path, mark)
        self._end_rescue()
        return True

    def _forget_path(self) -> None:
        """Another data set came in: saving it must not overwrite the file of the one before."""
        if self._controller.dataset is not self._at_path and not self._controller.is_work_aside:
            self.path = None
            self.changed.emit()

    def _take(self, path: Path | None, mark: Mark | None = None) -> None:
        self.path, self._at_path, self._mark = path, self._controller.dataset, mark
        if path is not None and mark is None:
            with suppress(OSError):  # gone already: there is nothing left to lose in it
                self._mark = mark_of(path)
        self._controller.keep()
        self.changed.emit()
