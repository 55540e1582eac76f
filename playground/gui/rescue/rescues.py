"""Rescued drawings: projects in a place of the program's own, there until the user has saved them or put them away."""

from datetime import datetime
from pathlib import Path

from PyQt6.QtCore import QStandardPaths

from playground.session.errors import UserError
from playground.session.project_files import SUFFIX, save_project
from playground.session.sources import Loaded

MOST_NAMES = 100  # tried for one second


def folder() -> Path:
    """Where they lie, whether or not it is there."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "rescued"


def found() -> list[Path]:
    """All of them, the newest first."""
    return sorted(folder().glob(f"*{SUFFIX}"), reverse=True)


def write(work: Loaded, path: Path | None = None) -> Path:
    """Write a drawing, to its own file where it has been rescued before; UserError where that is not possible."""
    path = path or _free_name()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{path.parent} cannot be made: {error.strerror}") from None
    save_project(path, work.dataset, work.settings)
    return path


def when(path: Path) -> str:
    """The day and the time that one was written, as its name tells."""
    try:
        return f"{datetime.strptime(path.name[: len(_stamp())], STAMP):%d %B %Y, %H:%M}"
    except ValueError:
        return path.stem


STAMP = "%Y-%m-%d %H.%M.%S"


def _stamp() -> str:
    return f"{datetime.now():{STAMP}}"


def _free_name() -> Path:
    stamp = _stamp()
    names = (f"{stamp}{f' {i}' if i else ''}{SUFFIX}" for i in range(MOST_NAMES))
    return next(path for name in names if not (path := folder() / name).exists())
