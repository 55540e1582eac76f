"""The file that the drawing belongs to: saving it, and the question before work would be lost."""

from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QWidget

from playground.gui.controller import Controller
from playground.gui.opening import Opening
from playground.gui.preferences import Preferences
from playground.session.dataset import Dataset, empty_dataset
from playground.session.errors import UserError
from playground.session.project_files import SUFFIX, save_project
from playground.session.sources import Loaded

SAVE_FILTER = f"Softmax Playground project (*{SUFFIX})"


class Documents(QObject):
    """The file that the drawing belongs to."""

    changed = pyqtSignal()

    def __init__(self, controller: Controller, preferences: Preferences, window: QWidget, plane: QWidget) -> None:
        super().__init__(window)
        self._controller, self._preferences, self._window = controller, preferences, window
        self.path: Path | None = None
        self._at_path: Dataset | None = None  # what was last read from it or written to it
        controller.drawing_loaded.connect(self._forget_path)
        self.opening = Opening(controller, preferences, window, plane, self._take)

    @property
    def name(self) -> str:
        """The file's name; empty where there is none, or a lesson is on."""
        return self.path.name if self.path and not self._controller.is_work_aside else ""

    def begin_anew(self) -> None:
        """An empty drawing without a file; the one before is an undo away."""
        self._controller.load(Loaded(empty_dataset(), self._controller.settings), "New drawing")
        self._take(None)

    def save(self) -> bool:
        """Save where the drawing was saved or opened, or ask; whether it was saved."""
        return self._save_to(self.path) if self.path else self.ask_save()

    def ask_save(self) -> bool:
        """Ask where to save; whether it was saved."""
        start = (
            self.path
            or Path(self._preferences.folder) / f"{Path(self._controller.dataset.name or 'drawing').stem}{SUFFIX}"
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
        buttons = QMessageBox.StandardButton
        question = f"{path.name} is there already. Replace it?"
        return (
            QMessageBox.question(self._window, "Replace the file?", question, buttons.Yes | buttons.No) == buttons.Yes
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
        return self.save() if answer == buttons.Save else answer == buttons.Discard

    def _save_to(self, path: Path) -> bool:
        try:
            save_project(path, self._controller.dataset, self._controller.settings)
        except UserError as error:
            self._controller.noticed.emit(f"{error}.", "error")
            return False
        self._preferences.folder = str(path.parent)
        self._controller.noticed.emit(f"Saved as {path.name}.", "note")
        self._take(path)
        return True

    def _forget_path(self) -> None:
        """Another data set came in: saving it must not overwrite the file of the one before."""
        if self._controller.dataset is not self._at_path and not self._controller.is_work_aside:
            self.path = None
            self.changed.emit()

    def _take(self, path: Path | None) -> None:
        self.path, self._at_path = path, self._controller.dataset
        self._controller.keep()
        self.changed.emit()
