"""A field for the units of a layer, with arrows."""

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QSpinBox

from playground.gui.parts.buttons import leave_space_to_window, pass_wheel_on


class UnitsField(QSpinBox):
    """From 1 to ``most`` units, which count once they are entered; Esc takes back what was typed."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.setRange(1, most)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        pass_wheel_on(self)
        leave_space_to_window(self)
        self.valueChanged.connect(lambda _units: self._leave_after_click())

    def event(self, event: QEvent | None) -> bool:
        """Claim Esc before it becomes a shortcut of the window."""
        is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event is None or not is_key or event.type() != QEvent.Type.ShortcutOverride:
            return super().event(event)
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take back what was typed."""
        line = self.lineEdit()
        if event is not None and line is not None and event.key() == Qt.Key.Key_Escape:
            line.setText(self.textFromValue(self.value()))
            line.selectAll()
        else:
            super().keyPressEvent(event)

    def _leave_after_click(self) -> None:
        """A click on an arrow is done with; typing and Tab keep the focus."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.clearFocus()
