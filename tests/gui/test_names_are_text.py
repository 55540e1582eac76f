"""What users call their classes, axes, files and lessons is text wherever the window shows it, and tips can be read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PyQt6.QtGui import QAction, QFontMetrics, QTextDocument
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QWidget,
)

from playground.gui.csv_dialog import CsvDialog
from playground.gui.lessons import lessons as lessons_module
from playground.session.looking import PAGES, SPOT_VIEWS
from tests.gui.hands import Hands, answer_csv_dialog, answer_question, choose_file, press_button

NAMES = ("<b>x</b>", "<img src=a> & b", "&lt;u&gt; &amp;", "<!-- c -->", "a&b")
AXES = ("wide <i>w</i>", "high & <s>low</s>")
FILE = "<b>bold & <i> [*] &amp;.csv"
LESSON = """\
title: <h1>A title</h1> & more
summary: <b>What</b> it is about &amp; so on, in a summary that is longer than any tip can be wide on one line
scene:
  data: blobs
steps:
  - text: <u>Read</u> this & that
    task: <b>Train</b> &amp; see.
    hint: <b>No</b> hint &lt;
    done:
      trained: 5
"""
WIDEST = 320  # pixels of a tip's line


def might_be_markup(text: str) -> bool:
    """Whether Qt would take a text for HTML where it is not told what it is."""
    return bool(Qt.mightBeRichText(text))  # type: ignore[attr-defined]  # PyQt6's stubs leave it out


def columns_of(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()  # there the method is private


def rows_of(model: QAbstractItemModel, role: Qt.ItemDataRole) -> Iterator[str]:
    for row in range(min(model.rowCount(), 12)):
        for column in range(columns_of(model)):
            yield str(model.data(model.index(row, column, QModelIndex()), role) or "")


def headers_of(model: QAbstractItemModel, role: Qt.ItemDataRole) -> Iterator[str]:
    for way, count in ((Qt.Orientation.Horizontal, columns_of(model)), (Qt.Orientation.Vertical, model.rowCount())):
        for section in range(min(count, 12)):
            yield str(model.headerData(section, way, role) or "")


def tips_in(owner: QWidget) -> Iterator[str]:
    """Every tip that the mouse can bring up."""
    tip = Qt.ItemDataRole.ToolTipRole
    for widget in [owner, *owner.findChildren(QWidget)]:
        yield widget.toolTip()
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            model = widget.model()
            assert model is not None
            yield from rows_of(model, tip)
            yield from headers_of(model, tip)
    for action in owner.findChildren(QAction):
        yield action.toolTip()


def check_tips(tips: Iterable[str]) -> None:
    font = QApplication.font()
    font.setPixelSize(12)  # as the style has it
    metrics = QFontMetrics(font)
    for tip in set(tips):
        assert not might_be_markup(tip), tip
        for line in tip.split("\n"):
            assert metrics.horizontalAdvance(line) <= WIDEST, tip


def is_hostile(text: str) -> bool:
    return any(part in text for part in ("<b>", "<i>", "<img", "<s>", "&lt;", "&amp;", "<u>", "<h1>", "<!--"))


def shown_text(label: QLabel) -> str:
    """What a reader sees of a label, whose text may be HTML."""
    if label.textFormat() == Qt.TextFormat.PlainText:
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def check_labels(owner: QWidget) -> None:
    """No label takes a name for markup."""
    for label in owner.findChildren(QLabel):
        if is_hostile(label.text()):
            assert label.textFormat() != Qt.TextFormat.AutoText, label.text()
            assert is_hostile(shown_text(label)), label.text()


def check_mnemonics(owner: QWidget) -> None:
    """An ampersand of a name is written twice where Qt would underline what follows it."""
    texts = [it.text() for it in owner.findChildren(QAction)] + [
        it.text() for it in owner.findChildren(QAbstractButton)
    ]
    for text in texts:
        if "a" in text and any(sign in text for sign in ("& b", "a&", "amp;", "& more")):
            assert "&" not in text.replace("&&", ""), text


def check(owner: QWidget) -> None:
    check_tips(tips_in(owner))
    check_labels(owner)
    check_mnemonics(owner)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    rows = [f"{i},{(3 * i) % 7},{NAMES[i % len(NAMES)]}" for i in range(20)]
    path.write_text("\n".join([",".join((*AXES, "<u>kind</u>")), *rows, ""]))
    return path


@pytest.mark.parametrize("furnish_ms", [0])
def test_hostile_names_are_text_in_every_part_of_the_window(
    hands: Hands, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: CsvDialog) -> None:
        assert dialog.windowTitle() == f"Open {FILE}".replace("[*]", "[*][*]")
        check(dialog)
        press_button(hands.qtbot, dialog, QDialogButtonBox.StandardButton.Open)

    window = hands.window
    answer_csv_dialog(monkeypatch, hands.qtbot, answer)
    hands.drop(window, file)
    assert {label.name for label in hands.dataset.classes} == set(NAMES), hands.notices
    check(window)
    hands.controller.set_setting("test_share", 0.3)
    window.probing.pin_to(0)
    for page in PAGES:
        for view in SPOT_VIEWS if page == "spot" else [window.controller.looking.spot_view]:
            hands.controller.show(page=page, spot_view=view)
            hands.settled()
            check(window)
    hands.controller.remove_class(1)
    check(window)
    assert "“" not in window.windowTitle()
    path = tmp_path / f"{FILE}.softmax"
    path.write_bytes(b"")
    choose_file(monkeypatch, path.with_suffix(""))
    asked = answer_question(monkeypatch, QMessageBox.StandardButton.No)
    hands.choose("save_as")
    assert not any(might_be_markup(text) for text in asked), asked


def test_what_a_lesson_says_is_text_on_its_card_in_the_menu_and_in_its_tip(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hostile.yaml").write_text(LESSON)
    monkeypatch.setattr(lessons_module, "own_folder", lambda: tmp_path)
    lessons = hands.window.lessons
    lessons.fill_menu()
    (title,) = (each for each in hands.window.findChildren(QAction) if "A title" in each.text())
    check(hands.window)
    title.trigger()
    assert lessons.player.lesson is not None, hands.notices
    check(hands.window)
    shown = "\n".join(shown_text(label) for label in hands.window.findChildren(QLabel))
    for text in (
        "<u>Read</u> this & that",
        "<b>Train</b> &amp; see.",
        "<b>No</b> hint &lt;",
        "<h1>A title</h1> & more",
    ):
        assert text in shown
