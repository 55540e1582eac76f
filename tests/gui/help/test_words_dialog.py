"""Help → Words and conventions: reached by the menu's keys, searched by typing, selected and closed."""

from html import escape

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QTextBrowser

from playground.gui.help.words_dialog import WordsDialog, as_html
from playground.session.words import SECTIONS, Entry, Section
from tests.gui.hands import LEFT, Hands, delete_the_dying, named

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(hands: Hands) -> WordsDialog:
    """By the keys of the menu."""
    hands.key(Key.Key_H, Qt.KeyboardModifier.AltModifier)
    hands.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    while menu.activeAction() is None or menu.activeAction().text() != "Words and conventions":
        hands.qtbot.keyClick(menu, Key.Key_Down)
    hands.qtbot.keyClick(menu, Key.Key_Return)
    (found,) = hands.window.findChildren(WordsDialog)
    hands.qtbot.waitExposed(found)
    assert isinstance(found, WordsDialog)
    return found


def test_it_opens_with_every_entry_and_closes_by_esc(dialog: WordsDialog, hands: Hands) -> None:
    text = named(dialog, QTextBrowser, "Words and conventions").toPlainText()
    for section in SECTIONS:
        assert section.title in text
        for entry in section.entries:
            assert entry.term in text
            assert entry.meaning in text.replace("\u2028", " ") or entry.meaning.replace("\u00a0", " ") in text
    hands.qtbot.keyClick(named(dialog, QLineEdit, "Find a word"), Key.Key_Escape)
    delete_the_dying()
    assert hands.window.findChildren(WordsDialog) == []


def test_typing_leaves_the_entries_with_these_words_alone(dialog: WordsDialog, hands: Hands) -> None:
    field = named(dialog, QLineEdit, "Find a word")
    text = named(dialog, QTextBrowser, "Words and conventions")
    hands.qtbot.keyClicks(field, "logit")
    assert "score, z" in text.toPlainText()
    assert "Adam" not in text.toPlainText()
    hands.qtbot.keyClicks(field, "xyz")
    assert "No entry" in text.toPlainText()
    hands.qtbot.keyClick(text, Key.Key_F, CONTROL)
    assert field.selectedText() == "logitxyz"
    hands.qtbot.keyClick(field, Key.Key_Delete)
    assert "Adam" in text.toPlainText()


def test_its_text_is_selected_with_the_mouse_and_copied(dialog: WordsDialog, hands: Hands) -> None:
    text = named(dialog, QTextBrowser, "Words and conventions")
    hands.qtbot.mouseDClick(text.viewport(), LEFT, pos=QPoint(30, 40))
    assert text.textCursor().hasSelection()
    hands.qtbot.keyClick(text, Key.Key_C, CONTROL)
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == text.textCursor().selectedText() != ""


def test_the_close_button_closes_it_and_no_line_is_wider_than_it(dialog: WordsDialog, hands: Hands) -> None:
    dialog.resize(420, 400)
    text = named(dialog, QTextBrowser, "Words and conventions")
    hands.until(lambda: text.horizontalScrollBar().maximum() == 0)
    assert text.verticalScrollBar().maximum() > 0
    (button,) = dialog.findChildren(QPushButton)
    hands.qtbot.mouseClick(button, LEFT)
    delete_the_dying()
    assert hands.window.findChildren(WordsDialog) == []


def test_a_word_is_text() -> None:
    assert escape("<b>") in as_html([Section("<b>", (Entry("<b>", "<b>"),))])
