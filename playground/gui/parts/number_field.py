"""A field for one number, that reports what it is given, or why it takes none."""

from collections.abc import Callable
from contextlib import suppress

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from playground.gui.parts.buttons import leave_space_to_window
from playground.gui.parts.focus import hand_keys_back
from playground.gui.parts.labels import set_tip
from playground.session.digits import as_typed, as_written
from playground.session.errors import UserError
from playground.session.number_text import significant
from playground.session.specs import Number, Spec

MOST_FIGURES = 9
UNKNOWN = "–"
STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
MARGIN = 2  # pixels that Qt keeps free on both sides of a field's text


class NumberField(QLineEdit):
    """Enter, or going elsewhere, takes what was typed; Up and Down go a step of ``stepped``, Page keys ten.

    A number too long for the field is rounded while it is not typed in, so that no figure is cut off.
    A text that is no such number is marked and explained, until it is one; the last good one stays in use, and comes
    back when the field is left or Esc is pressed. ``rejected`` carries the explanation, or nothing once it is out of
    date. ``stepped`` gives the number so many steps up from another, or down.
    """

    changed = pyqtSignal(object)  # float, or int where whole
    rejected = pyqtSignal(str)

    def __init__(self, spec: Spec, stepped: Callable[[float, int], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert isinstance(spec.kind, Number)
        self._spec, self._kind, self._stepped = spec, spec.kind, stepped
        self._value = spec.kind.low
        self._is_known = True
        leave_space_to_window(self)
        self.setProperty("role", "number")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(spec.label)
        self.setAccessibleDescription(spec.tip)
        set_tip(self, spec.tip)
        self.returnPressed.connect(self._on_return)
        self.textEdited.connect(self._on_edit)

    def show_value(self, value: float) -> None:
        """Show this value, without reporting it as a wish; what is being typed stays where the value is the same."""
        if value == self._value and self.hasFocus() and self._is_known:
            return
        self._value, self._is_known = value, True
        self._show_text()

    def show_unknown(self) -> None:
        """Show that there is no such number."""
        self._is_known = False
        self._show_text()

    def event(self, event: QEvent | None) -> bool:
        """Claim the keys that mean something here before they become a shortcut of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._means(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take a step, or take back what was typed."""
        if event is None or not self._means(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._show_text()
        elif self._take():
            self._wish(self._stepped(self._value, STEPS[Qt.Key(event.key())]))

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show every digit."""
        super().focusInEvent(event)
        if self.text() == self.short_text():
            self.setText(self._text())
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take what was typed, or show what is in use."""
        super().focusOutEvent(event)
        self._take()
        self._show_text()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Round to the new room."""
        super().resizeEvent(event)
        if not self.hasFocus():
            self._show_text()

    def _means(self, event: QKeyEvent) -> bool:
        is_escape = event.key() == Qt.Key.Key_Escape  # stays here: it takes back no pin and no stroke
        is_step = event.key() in STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        return is_escape or is_step

    def _on_return(self) -> None:
        if self._take():
            hand_keys_back(self)

    def _take(self) -> bool:
        """Whether what stands here is a number, which is then in use."""
        if self.text() in (self._text(), self.short_text()):
            self._mark(valid=True)
            return True
        try:
            value = self._parsed()
        except UserError as error:
            if self.property("valid") != "false":
                self.rejected.emit(f"{error}. It is still {self._text()}.")
            self._mark(valid=False)
            return False
        self._wish(value)
        return True

    def _parsed(self) -> float:
        """The number that stands here; UserError where there is none. A count's comma is none: 1,000 is not 1."""
        is_count = self._kind.whole and "," in self.text()
        value: float = self._spec.parse(self.text() if is_count else as_typed(self.text()))
        return value

    def _on_edit(self) -> None:
        """Take the mark away from what is a number again."""
        if self.property("valid") == "false":
            with suppress(UserError):
                self._parsed()
                self._mark(valid=True)

    def _wish(self, value: float) -> None:
        is_new = value != self._value
        self._value = value
        self._show_text()
        if is_new:
            self.changed.emit(value)

    def _text(self) -> str:
        return as_written(self._spec.write(self._value)) if self._is_known else UNKNOWN

    def short_text(self) -> str:
        """The number with as many figures as there is room for: what is shown while it is not typed in."""
        rounded = (significant(self._value, figures) for figures in range(MOST_FIGURES, 0, -1))
        return next((text for text in (self._text(), *rounded) if self._fits(text)), significant(self._value, 1))

    def _fits(self, text: str) -> bool:
        option, style = QStyleOptionFrame(), self.style()
        self.initStyleOption(option)
        assert style is not None
        area = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return self.fontMetrics().horizontalAdvance(text) <= area.width() - 2 * MARGIN

    def _show_text(self) -> None:
        text = self._text() if self.hasFocus() else self.short_text()
        if self.text() != text:
            self.setText(text)
        self._mark(valid=True)

    def _mark(self, *, valid: bool) -> None:
        word = "true" if valid else "false"
        if valid and self.property("valid") == "false":
            self.rejected.emit("")
        if self.property("valid") != word:
            self.setProperty("valid", word)
            style = self.style()
            if style is not None:
                style.polish(self)
