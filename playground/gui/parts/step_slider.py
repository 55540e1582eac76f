"""A slider for values that do not lie evenly on it: dragged it goes by ticks, by keys and the wheel by steps."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QWheelEvent
from PyQt6.QtWidgets import QSlider

from playground.gui.parts.buttons import pass_wheel_on

NOTCH = 120  # of the wheel, in Qt's units
KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class StepSlider(QSlider):
    """``stepped`` carries how many steps up are asked for, or down; whoever knows the values shows where that leads."""

    stepped = pyqtSignal(int)

    def __init__(self, ticks: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, ticks)
        self.setPageStep(ticks // 10)  # a click beside the handle
        self.setMinimumWidth(40)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._turned = 0  # of the wheel, towards the next notch
        pass_wheel_on(self)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Ask for a step, or ten; Home and End lead to the ends."""
        if event is not None and event.key() in KEYS:
            self.stepped.emit(KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Ask for a step a notch."""
        if event is None:
            return
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches:
            self.stepped.emit(notches)
        event.accept()
