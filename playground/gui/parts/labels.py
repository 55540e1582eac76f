"""Labels and tips, which show what users wrote as it is: small print, and texts that change or may be too long."""

from functools import lru_cache

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QTextLayout, QTextOption
from PyQt6.QtWidgets import QLabel, QWidget

from playground.gui.style import text_font

WIDEST_TIP = 320  # pixels
JOINER = "\u2060"  # is not seen, and no tag begins with it


def plain_label(text: str = "") -> QLabel:
    """A label that shows its text as it is, whatever tags are in it."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def sentence(text: str = "") -> QLabel:
    """A remark in small print."""
    label = plain_label(text)
    label.setWordWrap(True)
    label.setProperty("role", "muted")
    return label


def set_text(label: QLabel, text: str) -> None:
    """Another text, if it is another: the same one again would be painted again."""
    if label.text() != text:
        label.setText(text)


def elided(owner: QWidget, text: str, width: int) -> str:
    """A text in the pixels there are, with an ellipsis where it is longer: its owner's tip is to have the whole."""
    owner.ensurePolished()
    return owner.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


def set_tip(owner: QWidget | QAction, text: str) -> None:
    """A tip, if it is another, in lines that can be read, and as it is: Qt takes what looks like a tag for one."""
    tip = as_tip(text)
    if owner.toolTip() != tip:
        owner.setToolTip(tip)


@lru_cache(maxsize=1024)
def as_tip(text: str) -> str:
    """A text as Qt is to have it for a tip: in lines of at most `WIDEST_TIP` pixels, and not taken for markup."""
    return "\n".join(as_text(line) for part in text.split("\n") for line in lines_of(part, WIDEST_TIP))


def as_text(text: str) -> str:
    """A text that Qt shows as it is where it would take tags for markup and has no switch for that."""
    return text.replace("<", f"<{JOINER}").replace("&lt;", f"&{JOINER}lt;")


def as_action(text: str) -> str:
    """A text for an action or a button, in which Qt would take an ampersand for a mnemonic."""
    return text.replace("&", "&&")


def as_title(text: str) -> str:
    """A text for a window's title, in which Qt would take [*] for the place of its star."""
    return text.replace("[*]", "[*][*]")


def lines_of(text: str, width: int) -> list[str]:
    """A text broken into lines of at most that many pixels, between words where they are short enough."""
    layout = QTextLayout(text, text_font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = []
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts in these
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        lines.append(units[start:end].decode("utf-16-le", "surrogatepass").rstrip())
    layout.endLayout()
    return lines or [""]
