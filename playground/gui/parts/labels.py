"""Labels: small print, and texts that change with every frame."""

from html import escape

from PyQt6.QtWidgets import QLabel


def sentence(text: str = "") -> QLabel:
    """A remark in small print."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("role", "muted")
    return label


def wrapped_tip(*paragraphs: str) -> str:
    """A long tip, which Qt breaks into lines where it is rich text alone."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def set_text(label: QLabel, text: str) -> None:
    """Another text, if it is another: the same one again would be painted again."""
    if label.text() != text:
        label.setText(text)
