"""Files are read beside what the window does: told of, called off, replaced, and never waited for in vain."""

import os
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox, QProgressBar, QToolButton

from playground.gui import opening
from playground.gui.csv_dialog import CsvDialog
from playground.session.csv import Table, read_table
from tests.gui.hands import (
    CONTROL,
    LEFT,
    Hands,
    answer_csv_dialog,
    answer_question,
    choose_file,
    delete_the_dying,
    press_button,
)

OpenOrCancel = QDialogButtonBox.StandardButton


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    path.write_text("length,width,species\n1.5,0.2,rose\n2.5,0.7,lily\n4.5,1.5,lily\n")
    return path


@pytest.fixture
def opened(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the dialogs that opened and were answered: they are deleted as soon as they are."""
    titles: list[str] = []

    def answer(dialog: CsvDialog) -> None:
        titles.append(dialog.windowTitle())
        press_button(hands.qtbot, dialog, OpenOrCancel.Open)

    answer_csv_dialog(monkeypatch, hands.qtbot, answer)
    return titles


class SlowDisk:
    """Files are read only as far as the test lets them be."""

    def __init__(self) -> None:
        self.gate: SimpleQueue[None] = SimpleQueue()
        self.reading: list[str] = []
        self.left: list[str] = []

    def read(self, path: Path, progress: Callable[[float], None]) -> Table:
        self.reading.append(path.name)
        try:
            while True:
                try:
                    self.gate.get(timeout=0.002)
                except Empty:
                    progress(0.4)
                else:
                    return read_table(path, progress)
        except BaseException:
            self.left.append(path.name)
            raise


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    disk = SlowDisk()
    monkeypatch.setattr(opening, "read_table", disk.read)
    return disk


def begin_to_open(hands: Hands, path: Path) -> QProgressBar:
    """Open a file on a slow disk; the bar that tells how far it is, once it is there."""
    hands.window.documents.opening.open(path)
    (bar,) = hands.window.findChildren(QProgressBar)
    hands.until(bar.isVisible)
    hands.until(lambda: bar.value() == 400)
    return bar


def test_the_window_lives_while_a_file_is_read(hands: Hands, disk: SlowDisk, flowers: Path, opened: list[str]) -> None:
    bar = begin_to_open(hands, flowers)
    assert "Reading flowers.csv" in bar.accessibleName()
    before = hands.dataset.m
    hands.click(hands.place(0.5, 0.5))
    assert hands.dataset.m == before + 1
    hands.key(Qt.Key.Key_Space)
    step = hands.step
    hands.until(lambda: hands.step > step + 2)
    disk.gate.put(None)
    hands.until_read()
    assert not bar.isVisible()
    assert len(opened) == 1
    assert hands.dataset.m == 3
    hands.undo()
    assert hands.dataset.m == before + 1


def test_reading_is_called_off_by_its_button_and_by_escape(hands: Hands, disk: SlowDisk, flowers: Path) -> None:
    before = hands.dataset
    for call_off in (
        lambda: hands.qtbot.mouseClick(hands.find(QToolButton, "Cancel"), LEFT),
        lambda: hands.key(Qt.Key.Key_Escape),
    ):
        disk.left.clear()
        bar = begin_to_open(hands, flowers)
        call_off()
        assert not bar.isVisible()
        assert not hands.window.documents.opening.is_reading
        hands.until(lambda: disk.left == ["flowers.csv"])
    assert hands.dataset is before
    assert hands.said("error") == []


def test_another_file_takes_the_place_of_one_that_is_read(
    hands: Hands, disk: SlowDisk, flowers: Path, tmp_path: Path, opened: list[str]
) -> None:
    begin_to_open(hands, tmp_path / "other.csv")
    begin_to_open(hands, flowers)
    hands.until(lambda: disk.left == ["other.csv"])
    disk.gate.put(None)
    hands.until_read()
    assert opened == ["Open flowers.csv"]
    assert hands.dataset.m == 3


def test_closing_the_window_ends_the_reading(hands: Hands, disk: SlowDisk, flowers: Path) -> None:
    begin_to_open(hands, flowers)
    hands.window.close()
    assert not hands.window.isVisible()
    assert disk.left == ["flowers.csv"]


def test_a_new_drawing_ends_the_reading(hands: Hands, disk: SlowDisk, flowers: Path) -> None:
    bar = begin_to_open(hands, flowers)
    hands.key(Qt.Key.Key_N, CONTROL)
    assert hands.dataset.m == 0
    assert not bar.isVisible()
    hands.until(lambda: disk.left == ["flowers.csv"])
    hands.click(hands.place(0.5, 0.5))
    assert hands.dataset.m == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_O])
def test_what_is_thought_better_of_lets_the_reading_go_on(
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
    disk: SlowDisk,
    flowers: Path,
    opened: list[str],
    key: Qt.Key,
) -> None:
    answer_question(monkeypatch, QMessageBox.StandardButton.Cancel)
    choose_file(monkeypatch, None)
    hands.click(hands.place(0.5, 0.5))  # so that closing asks
    bar = begin_to_open(hands, flowers)
    hands.key(key, CONTROL)
    assert hands.window.isVisible()
    assert bar.isVisible()
    disk.gate.put(None)
    hands.until_read()
    assert opened == ["Open flowers.csv"]
    assert hands.dataset.m == 3


def test_what_was_read_waits_for_an_open_question(
    hands: Hands, disk: SlowDisk, flowers: Path, opened: list[str]
) -> None:
    begin_to_open(hands, flowers)
    box = QMessageBox(hands.window)
    box.setText("Something else?")
    box.open()
    hands.until(lambda: QApplication.activeModalWidget() is box)
    disk.gate.put(None)
    hands.round_trip()
    assert opened == []
    box.accept()
    box.deleteLater()
    hands.until_read()
    assert len(opened) == 1


def test_a_lesson_that_was_begun_meanwhile_keeps_its_drawing(
    hands: Hands, disk: SlowDisk, flowers: Path, opened: list[str]
) -> None:
    begin_to_open(hands, flowers)
    work = hands.controller.set_aside()
    disk.gate.put(None)
    hands.until_read()
    assert opened == []
    assert "Leave the lesson first" in hands.said("note")[-1]
    hands.controller.take_back(work)


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
def test_what_never_ends_is_refused_in_a_sentence(hands: Hands, tmp_path: Path) -> None:
    pipe, project = tmp_path / "pipe.csv", tmp_path / "pipe.softmax"
    os.mkfifo(pipe)
    os.mkfifo(project)
    for path in (pipe, project, Path("/dev/zero"), Path("/dev/stdin")):
        hands.drop(hands.window, path)
        assert "a pipe or a device, not a file: write what comes out of it into a file" in hands.said("error")[-1]
    assert len(hands.said("error")) == 4


def test_nothing_stays_of_a_dialog(hands: Hands, flowers: Path, opened: list[str]) -> None:
    counts = []
    for _ in range(3):
        hands.drop(hands.window, flowers)
        delete_the_dying()
        counts.append(len(hands.window.findChildren(QObject)))
        assert hands.window.findChildren(CsvDialog) == []
    assert counts[1] == counts[2]


def test_an_error_in_the_reader_is_no_silence(hands: Hands, flowers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, progress: object) -> Table:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(opening, "read_table", fail)
    with hands.qtbot.captureExceptions() as caught:
        hands.drop(hands.window, flowers)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
