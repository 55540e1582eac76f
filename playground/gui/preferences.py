"""What is remembered for the user, not for the drawing: the window's size, the theme, the scale of J.

A file of its own rather than Qt's settings: those hold Python's objects as pickles, and run what is in them.
"""

import base64
import binascii
import logging
from pathlib import Path

import msgspec
from PyQt6.QtCore import QByteArray, QStandardPaths

from playground.gui.palette import THEMES
from playground.gui.style import FOLLOW_SYSTEM
from playground.session.errors import UserError
from playground.session.files import write_file

LARGEST = 2**20  # bytes; a larger file is no preferences

log = logging.getLogger(__name__)


class Kept(msgspec.Struct, frozen=True):
    """What the file holds; a geometry is Qt's own bytes, as base64."""

    theme: str = FOLLOW_SYSTEM
    log_cost: bool = False
    folder: str = ""
    layouts: dict[str, str] = {}


def preferences_file() -> Path:
    """Where they are, whether or not they are there."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "softmax-playground" / "preferences.json"


class Preferences:
    """Typed access to the user's preferences; a damaged file counts as none."""

    def __init__(self) -> None:
        self._path = preferences_file()

    @property
    def theme(self) -> str:
        """A theme's name, or `FOLLOW_SYSTEM`."""
        name = self._read().theme
        return name if name in THEMES else FOLLOW_SYSTEM

    @theme.setter
    def theme(self, name: str) -> None:
        self._change(theme=name)

    @property
    def log_cost(self) -> bool:
        """Whether J is shown by its logarithm."""
        return self._read().log_cost

    @log_cost.setter
    def log_cost(self, is_log: bool) -> None:
        self._change(log_cost=is_log)

    @property
    def folder(self) -> str:
        """The folder that a file was last opened from or saved to."""
        return self._read().folder

    @folder.setter
    def folder(self, folder: str) -> None:
        self._change(folder=folder)

    def layout(self, name: str) -> QByteArray:
        """A remembered geometry; empty where there is none."""
        try:
            return QByteArray(base64.b64decode(self._read().layouts.get(name, ""), validate=True))
        except (binascii.Error, ValueError):
            return QByteArray()

    def remember_layouts(self, layouts: dict[str, QByteArray]) -> None:
        """Remember geometries by their names."""
        texts = {name: base64.b64encode(layout.data()).decode("ascii") for name, layout in layouts.items()}
        self._change(layouts=self._read().layouts | texts)

    def _read(self) -> Kept:
        """Anew each time, since another window may have written."""
        try:
            with self._path.open("rb") as file:
                return msgspec.json.decode(file.read(LARGEST), type=Kept)
        except FileNotFoundError:
            return Kept()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            log.warning("%s cannot be read: %s", self._path, error)
            return Kept()

    def _change(self, **changes: object) -> None:
        kept = msgspec.structs.replace(self._read(), **changes)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_file(self._path, msgspec.json.format(msgspec.json.encode(kept)))
        except (OSError, UserError, UnicodeEncodeError) as error:  # nothing of the user's work is lost with it
            log.warning("%s cannot be written: %s", self._path, error)
