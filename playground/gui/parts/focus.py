"""Moving the keys' focus from one part of the window to the next."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QWidget

from playground.gui.parts.buttons import KEEPS_SPACE

HOLDS_KEYS = "holds keys"  # a widget's property: fields in it give the keys back to it


def focus_into(part: QWidget) -> None:
    """Give the keys to a part of the window: to itself, or to the first thing in it that Tab would lead to.

    A button would keep Space for itself, though Tab has not led to it: the part then has the keys, and Tab does lead.
    """
    target = part if part.focusPolicy() & Qt.FocusPolicy.TabFocus else first_to_focus(part)
    if target is not None:
        is_button = target.property(KEEPS_SPACE) == "yes"
        (part if is_button else target).setFocus(Qt.FocusReason.TabFocusReason)


def focus_before(parts: Sequence[QWidget]) -> None:
    """Give the keys to the window, yet so that Tab leads into the first part; to the last where the first takes keys.

    A button or a list would keep Space, or the arrows, for itself: those are to mean what they mean on the plane.
    """
    first, last = parts[0], parts[-1]
    if first.focusPolicy() == Qt.FocusPolicy.NoFocus and first.isVisible():
        first.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        focus_into(last)


def focus_instead(gone: QWidget, plane: QWidget) -> None:
    """Give the keys to the plane where what had them was hidden; to what is around it where it was only switched off.

    Qt would give them to the next widget in the order of Tab: to a button that nobody has gone to.
    """
    around = gone.parentWidget()
    (around if gone.isVisible() and around is not None else plane).setFocus(Qt.FocusReason.OtherFocusReason)


def hand_keys_back(field: QWidget) -> None:
    """Give the keys back to the window, yet so that Tab goes on within the page that the field is on."""
    holder = field.parentWidget()
    while holder is not None and not holder.property(HOLDS_KEYS):
        holder = holder.parentWidget()
    if holder is None:
        field.clearFocus()
    else:
        holder.setFocus()


def focus_next(parts: Sequence[QWidget]) -> None:
    """Give the keys to the part after the one that has them; to the first where none has."""
    focused = QApplication.focusWidget()
    at = next((i for i, part in enumerate(parts) if focused is not None and _is_in(focused, part)), -1)
    focus_into(parts[(at + 1) % len(parts)])


def first_to_focus(part: QWidget) -> QWidget | None:
    """The first visible widget within a part, in the order of Tab, that takes the focus."""
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
        if takes_tab and part.isAncestorOf(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def _is_in(widget: QWidget, part: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)
