"""Widgets that stand for a term of the calculation, and light it up elsewhere while the mouse rests on them."""

from PyQt6.QtCore import QEvent, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QMouseEvent
from PyQt6.QtWidgets import QLabel, QWidget

from playground.gui.style import tabular
from playground.session.light import UNLIT, Light

# Enter and leave are reimplemented, not filtered: a filter in Python would also be asked about each of a running
# number's paint events, sixty times a second, and each time wait for the training thread to let go.


class LitLabel(QLabel):
    """A live value, bold and in figures of equal width, that stands for a term."""

    lit = pyqtSignal(object)  # Light

    def __init__(self, term: str, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.term = term
        self.setProperty("role", "strong")
        self.setFont(tabular(self.font()))

    def show_light(self, light: Light) -> None:
        """Underline the value while its term is lit."""
        font = self.font()
        if font.underline() != (light.term == self.term):
            font.setUnderline(light.term == self.term)
            self.setFont(font)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Light the term up elsewhere."""
        self.lit.emit(Light(self.term))

    def leaveEvent(self, event: QEvent | None) -> None:
        """Nothing is lit any more."""
        self.lit.emit(UNLIT)


class LitCell(QWidget):
    """A value with its title, which stands for a term together."""

    lit = pyqtSignal(object)  # Light

    def __init__(self, term: str) -> None:
        super().__init__()
        self.term = term

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Light the term up elsewhere."""
        if self.term:
            self.lit.emit(Light(self.term))

    def leaveEvent(self, event: QEvent | None) -> None:
        """Nothing is lit any more."""
        if self.term:
            self.lit.emit(UNLIT)


class LitParts(QWidget):
    """A widget parts of which stand for terms, and say so while the mouse rests on them."""

    lit = pyqtSignal(object)  # Light: what the mouse rests on, or UNLIT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = UNLIT
        self.setMouseTracking(True)

    def _light_at(self, position: QPointF) -> Light:
        """What the part at a place stands for."""
        raise NotImplementedError

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Report the part under the mouse."""
        if event is not None:
            self._report(self._light_at(event.position()))

    def leaveEvent(self, event: QEvent | None) -> None:
        """Nothing is under the mouse any more."""
        self._report(UNLIT)

    def _report(self, light: Light) -> None:
        if light != self._hovered:
            self._hovered = light
            self.lit.emit(light)
