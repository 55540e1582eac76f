"""Opening files: chosen, read beside the window's own work, asked about their columns, and loaded."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from playground.gui.controller import Controller
from playground.gui.csv_dialog import CsvDialog
from playground.gui.jobs import Jobs, Progress
from playground.gui.parts.job_bar import JobBar
from playground.gui.preferences import Preferences
from playground.session.csv import Table, likely_columns, read_table
from playground.session.errors import UserError
from playground.session.files import printable
from playground.session.lessons.lesson_nodes import SUFFIXES as LESSONS
from playground.session.project_files import SUFFIX
from playground.session.sources import Loaded, load_csv, load_project_file

TABLES = ("csv", "tsv", "tab", "txt", "dat", "data", "arff")
ENDINGS = (*(f".{ending}" for ending in TABLES), SUFFIX, *LESSONS)
OPEN_FILTER = f"Points, projects and lessons ({' '.join(f'*{ending}' for ending in ENDINGS)});;All files (*)"
LEAVE_FIRST = "Leave the lesson first (Ctrl+L): {} would take the place of what it shows, not of your own work."


class Opening(QObject):
    """Brings files into the drawing; ``taken`` is called with the project's path, or None, once one is in."""

    lesson_opened = pyqtSignal(Path)

    def __init__(
        self,
        controller: Controller,
        preferences: Preferences,
        window: QWidget,
        plane: QWidget,
        taken: Callable[[Path | None], None],
    ) -> None:
        super().__init__(window)
        self._controller, self._preferences, self._window, self._taken = controller, preferences, window, taken
        self._jobs = Jobs(self)
        self._bar = JobBar(plane)
        self._bar.cancelled.connect(self.cancel)
        self._jobs.advanced.connect(self._bar.advance)
        self._jobs.ended.connect(self._bar.end)

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._jobs.is_running

    def ask(self) -> None:
        """Choose a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._preferences.folder, OPEN_FILTER)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a project, or a table by way of the choice of its columns; the drawing before is an undo away.

        A lesson is opened by others: it takes the place of no drawing.

        It is read beside what the window does; a file that is still being read is let go.
        """
        if path.suffix.lower() in LESSONS:
            self.lesson_opened.emit(path)
            return
        if not self._may_open(path):
            return
        self._start(path, lambda progress: _read(path, progress), lambda found: self._go_on(path, found))

    def cancel(self) -> bool:
        """Stop reading; whether anything was being read."""
        was_reading = self.is_reading
        self._jobs.cancel()
        return was_reading

    def stop(self) -> None:
        """The window is closed: end what is going on."""
        self._jobs.stop()

    def _start(self, path: Path, work: Callable[[Progress], object], then: Callable[[object], None]) -> None:
        self._jobs.start(work, then, self._refuse)
        self._bar.begin(f"Reading {printable(path.name)}")

    def _may_open(self, path: Path) -> bool:
        if self._controller.is_work_aside:
            self._controller.noticed.emit(LEAVE_FIRST.format(printable(path.name)), "note")
        return not self._controller.is_work_aside

    def _refuse(self, error: UserError) -> None:
        self._controller.noticed.emit(f"{error}.", "error")

    def _go_on(self, path: Path, found: object) -> None:
        """With what was read: a lesson may have been begun since."""
        if not self._may_open(path):
            return
        if isinstance(found, Table):
            self._ask_columns(path, found)
        elif isinstance(found, Loaded):
            self._load(path, found)

    def _ask_columns(self, path: Path, table: Table) -> None:
        dialog = CsvDialog(table, likely_columns(table), self._window)

        def take() -> None:
            columns, settings = dialog.columns(), self._controller.settings
            self._start(path, lambda _: load_csv(table, columns, settings), lambda found: self._go_on(path, found))

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)  # else it would stay as a child of the window
        dialog.open()

    def _load(self, path: Path, loaded: Loaded) -> None:
        self._controller.load(loaded, f"Open {printable(path.name)}")
        self._preferences.folder = str(path.parent)
        self._taken(path if path.suffix == SUFFIX else None)


def _read(path: Path, progress: Progress) -> Table | Loaded:
    return load_project_file(path, progress) if path.suffix == SUFFIX else read_table(path, progress)
