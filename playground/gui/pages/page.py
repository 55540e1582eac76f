"""What the column beside the plane asks of each of its pages."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.focus import HOLDS_KEYS
from playground.session.light import Light
from playground.session.looking import Looking
from playground.session.messages import Snapshot


class Page(QWidget):
    """The base of the pages: each shows what concerns it and lets the rest pass."""

    lit = pyqtSignal(object)  # Light

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(HOLDS_KEYS, True)  # noqa: FBT003 - Qt's own call
        self.theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self.theme = theme

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment of the run; called for the page on screen alone."""

    def show_looking(self, looking: Looking) -> None:
        """Show what is looked at."""

    def formulas(self) -> tuple[str, ...]:
        """The LaTeX that it is sure to show, so that it can be typeset before it is looked at."""
        return ()

    def parts(self) -> dict[str, list[QWidget]]:
        """What of it a lesson can point out, by its names; a list may be filled once the part is there."""
        return {}

    def text(self, kind: str) -> str:
        """What is copied in place of the calculation at the probe, as "text" or as "latex"; empty for that."""
        return ""

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
