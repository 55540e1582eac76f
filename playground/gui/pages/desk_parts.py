"""What both cards of the desk are put together from."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLabel, QPushButton, QWidget

from playground.gui.palette import Theme
from playground.gui.parts.buttons import keep_space_for, small_button
from playground.gui.parts.labels import set_text, set_tip
from playground.gui.parts.number_field import NumberField
from playground.gui.style import heading
from playground.session.dataset import MAX_CLASSES, MIN_CLASSES


class CardHead(QWidget):
    """A card's title, how many classes it has, and the way back to the course's numbers."""

    count_wished = pyqtSignal(int)
    course_wished = pyqtSignal()

    def __init__(self, title: str, course_tip: str) -> None:
        super().__init__()
        self._shown = MIN_CLASSES
        self._count = QLabel()
        self._fewer = small_button("−", f"Take the last class off: {title}")
        self._more = small_button("+", f"Add a class: {title}")
        self._course = text_button("Course's numbers", course_tip)
        for button in (self._fewer, self._more, self._course):
            take_typed_before(button)
        self._fewer.clicked.connect(lambda: self.count_wished.emit(self._shown - 1))
        self._more.clicked.connect(lambda: self.count_wished.emit(self._shown + 1))
        self._course.clicked.connect(lambda _down: self.course_wished.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(heading(title))
        row.addStretch(1)
        for widget in (self._count, self._fewer, self._more, self._course):
            row.addWidget(widget)

    def show_count(self, count: int) -> None:
        """Show how many classes there are."""
        self._shown = count
        set_text(self._count, f"C = {count}")
        self._fewer.setEnabled(count > MIN_CLASSES)
        self._more.setEnabled(count < MAX_CLASSES)

    def in_tab_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [self._fewer, self._more, self._course]


def text_button(text: str, tip: str) -> QPushButton:
    """A button that says what it does."""
    button = QPushButton(text)
    set_tip(button, tip)
    button.setAccessibleDescription(tip)
    keep_space_for(button)
    return button


def take_typed_before(button: QAbstractButton) -> None:
    """Let what is being typed in a field count before a button acts, which does not take the focus from it."""
    button.pressed.connect(_leave_field)


def _leave_field() -> None:
    focused = QApplication.focusWidget()
    if isinstance(focused, NumberField):
        focused.clearFocus()


def warn(widget: QWidget, theme: Theme, *, on: bool) -> None:
    """Write a widget's labels in the warning colour, or in their own."""
    sheet = f"QLabel {{ color: {theme.warning}; }}" if on else ""
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)
