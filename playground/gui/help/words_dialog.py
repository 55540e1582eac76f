"""Help → Words and conventions: a glossary that can be searched, selected and copied."""

from collections.abc import Iterable
from html import escape

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from playground.gui.parts.labels import set_tip
from playground.session.words import SECTIONS, Section, find

SIZE = 680, 620  # pixels
NOTHING = "<p>No entry has all of these words. Try a shorter one.</p>"


class WordsDialog(QDialog):
    """Every entry, or those in which the words occur that are typed above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Words and conventions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._field = QLineEdit()
        self._field.setPlaceholderText("Find: logit, momentum, 1/m …")
        self._field.setClearButtonEnabled(True)
        self._field.setAccessibleName("Find a word")
        set_tip(self._field, "Only the entries with these words stay")
        self._field.textChanged.connect(self._show)
        self._text = QTextBrowser()
        self._text.setAccessibleName("Words and conventions")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)
        column = QVBoxLayout(self)
        for widget in (self._field, self._text, buttons):
            column.addWidget(widget)
        self._show("")

    def _find(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def _show(self, query: str) -> None:
        self._text.setHtml(as_html(find(query)) or NOTHING)


def as_html(sections: Iterable[Section] = SECTIONS) -> str:
    """The entries as tables under their titles."""
    return "".join(
        f"<h3>{escape(section.title)}</h3><table cellspacing='0' cellpadding='4'>"
        + "".join(
            f"<tr><td width='130'><b>{escape(entry.term)}</b></td><td>{escape(entry.meaning)}</td></tr>"
            for entry in section.entries
        )
        + "</table>"
        for section in sections
    )
