"""What is remembered for the user, not for the drawing: the window's size, the theme, the scale of J."""

from PyQt6.QtCore import QByteArray, QSettings

from playground.gui.palette import THEMES
from playground.gui.style import FOLLOW_SYSTEM


class Preferences:
    """Typed access to the user's preferences; a damaged value counts as none."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "softmax-playground", "window")

    @property
    def theme(self) -> str:
        """A theme's name, or `FOLLOW_SYSTEM`."""
        name = str(self._store.value("theme", FOLLOW_SYSTEM))
        return name if name in THEMES else FOLLOW_SYSTEM

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def log_cost(self) -> bool:
        """Whether J is shown by its logarithm."""
        return str(self._store.value("log_cost", "false")) == "true"

    @log_cost.setter
    def log_cost(self, is_log: bool) -> None:
        self._store.setValue("log_cost", "true" if is_log else "false")

    @property
    def folder(self) -> str:
        """The folder that a file was last opened from or saved to."""
        return str(self._store.value("folder", ""))

    @folder.setter
    def folder(self, folder: str) -> None:
        self._store.setValue("folder", folder)

    def layout(self, name: str) -> QByteArray:
        """A remembered geometry; empty where there is none."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_layout(self, name: str, layout: QByteArray) -> None:
        """Remember a geometry."""
        self._store.setValue(name, layout)
