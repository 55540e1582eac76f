"""The card of a lesson: what to read, what to look at, what to do, and whether it is done."""

from html import escape

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import plain_label, set_tip
from playground.session.lessons.lessons import Lesson, emphasised
from playground.session.light import Light

OPEN, DONE = "○", "✓"


class LessonCard(QFrame):
    """Shows one step of a lesson; reports when the user wants to go on, back or out."""

    next_wanted = pyqtSignal()
    back_wanted = pyqtSignal()
    leave_wanted = pyqtSignal()
    lit = pyqtSignal(object)  # Light

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._is_done = False
        self.setProperty("role", "lesson")
        self._title, self._place = plain_label(), plain_label()
        self._title.setProperty("role", "lesson-title")
        self._place.setProperty("role", "muted")
        self._text, self._task, self._hint = QLabel(), plain_label(), plain_label()
        self._formula = Formula()
        self._formula.lit.connect(self.lit)
        for label in (self._title, self._text, self._task, self._hint):
            label.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._hint.setProperty("role", "muted")
        self._task.setProperty("role", "strong")
        self._back = _button("Back", "To the step before (Alt+Left)")
        self._next = _button("Next", "To the next step (Alt+Right)")
        self._leave = _button("Leave", "Leave the lesson: your own work comes back as it was (Ctrl+L)")
        self._back.clicked.connect(self.back_wanted)
        self._next.clicked.connect(self.next_wanted)
        self._leave.clicked.connect(self.leave_wanted)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for widget in (self._place, self._back, self._next, self._leave):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(6)
        column.addLayout(head)
        for view in (self._text, self._formula, self._task, self._hint):
            column.addWidget(view)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._formula.set_theme(theme)
        self._colour_task()

    def show_light(self, light: Light) -> None:
        """Light up the formula's terms."""
        self._formula.show_light(light)

    def show_step(self, lesson: Lesson | None, place: int, *, is_done: bool) -> None:
        """Show this step of a lesson, or, without one, nothing."""
        self.setVisible(lesson is not None)
        if lesson is None:
            return
        step, is_last = lesson.steps[place], place + 1 == len(lesson.steps)
        self._title.setText(lesson.title)
        self._place.setText(f"{place + 1} of {len(lesson.steps)}")
        self._text.setText("".join(f"<p style='margin: 0 0 5px 0'>{_html(part)}</p>" for part in step.text))
        self._formula.setVisible(bool(step.formula))
        self._formula.set_latex(step.formula, "a formula" if step.formula else "")
        self._is_done = is_done
        self._task.setVisible(bool(step.task))
        self._task.setText(f"{DONE if is_done else OPEN}  {step.task}")
        self._hint.setVisible(bool(step.hint) and not is_done)
        self._hint.setText(step.hint)
        self._back.setEnabled(place > 0)
        self._next.setText("Finish" if is_last else "Next")
        self._next.setProperty("role", "primary" if is_done or not step.task else "")
        style = self._next.style()
        if style is not None:
            style.polish(self._next)
        self.setAccessibleName(f"Lesson: {lesson.title}, step {place + 1}")
        self.setAccessibleDescription(" ".join([*step.text, step.task, "Done." if is_done else step.hint]))
        self._colour_task()

    def _colour_task(self) -> None:
        self._task.setStyleSheet(f"color: {self._theme.accent if self._is_done else self._theme.text};")


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    set_tip(button, tip)
    button.setAccessibleName(f"{text}: {tip}")
    keep_space_for(button)
    return button


def _html(paragraph: str) -> str:
    return "".join(f"<b>{escape(piece)}</b>" if strong else escape(piece) for piece, strong in emphasised(paragraph))
