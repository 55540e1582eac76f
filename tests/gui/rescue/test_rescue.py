"""Drawings that are written down when nobody can be asked, and what becomes of them at the next start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import QStandardPaths
from PyQt6.QtWidgets import QMessageBox

from playground.gui.rescue import rescues
from playground.gui.rescue.offer import offer_rescued
from playground.resources import asset
from playground.session.errors import UserError
from playground.session.lessons.lessons import load_lessons
from playground.session.project_files import load_project
from tests.gui.hands import LEFT, Hands, answer_question, choose_file, same_drawing

ROOT = Path(__file__).parents[3]
Buttons = QMessageBox.StandardButton


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of the test's own."""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "place"))
    return tmp_path / "place" / "rescued"


def answer_offer(hands: Hands, word: str) -> None:
    """Press a button of the question that is open."""
    documents = hands.window.documents
    offer_rescued(hands.window, documents.open_rescued, documents.put_away)
    (box,) = hands.window.findChildren(QMessageBox)
    (button,) = (button for button in box.buttons() if button.text() == word)
    hands.qtbot.mouseClick(button, LEFT)
    hands.until(lambda: not box.isVisible())


def test_what_is_unsaved_is_written_and_nothing_else(hands: Hands, place: Path) -> None:
    hands.window.documents.rescue()
    assert rescues.found() == []
    hands.click(hands.place(0.5, 0.5))
    hands.window.documents.rescue()
    hands.click(hands.place(0.4, 0.5))
    hands.window.documents.rescue()
    (path,) = place.iterdir()  # the same drawing, further on
    assert rescues.found() == [path]
    assert same_drawing(load_project(path)[0], hands.dataset)


def test_in_a_lesson_the_user_s_own_drawing_is_rescued(hands: Hands) -> None:
    hands.click(hands.place(0.5, 0.5))
    own = hands.dataset
    hands.window.lessons.begin(load_lessons([asset("lessons")])[0][0])
    assert hands.dataset is not own
    hands.window.documents.rescue()
    assert same_drawing(load_project(rescues.found()[0])[0], own)
    hands.window.lessons.player.leave()


@pytest.mark.parametrize("end", ["saved", "discarded"])
def test_an_opened_one_is_unsaved_until_it_is_saved_or_thrown_away(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, end: str
) -> None:
    hands.click(hands.place(0.5, 0.5))
    drawn = hands.dataset
    hands.window.documents.rescue()
    hands.undo()
    answer_offer(hands, "Open it")
    assert same_drawing(hands.dataset, drawn)
    assert hands.controller.has_unsaved_work
    assert len(rescues.found()) == 1
    asked = answer_question(monkeypatch, Buttons.Save if end == "saved" else Buttons.Discard)
    choose_file(monkeypatch, tmp_path / "mine.softmax")
    hands.window.close()
    assert len(asked) == 1
    assert rescues.found() == []
    assert (tmp_path / "mine.softmax").exists() == (end == "saved")


def test_one_that_is_put_away_is_gone_and_the_one_before_is_offered(hands: Hands, place: Path) -> None:
    hands.click(hands.place(0.5, 0.5))
    hands.window.documents.rescue()
    work = hands.controller.unsaved_work
    assert work is not None
    rescues.write(work)
    assert len(rescues.found()) == 2
    newest = rescues.found()[0]
    answer_offer(hands, "Put it away")
    assert newest not in rescues.found()
    boxes = [box for box in hands.window.findChildren(QMessageBox) if box.isVisible()]
    assert len(boxes) == 1
    boxes[0].reject()
    assert len(rescues.found()) == 1


def test_one_that_cannot_be_put_away_is_told_of(hands: Hands, place: Path) -> None:
    folder = place / "2026-01-02 03.04.05.softmax"  # which nothing can unlink, whoever runs this
    folder.mkdir(parents=True)
    answer_offer(hands, "Put it away")
    assert "cannot be removed" in hands.said("error")[0]
    assert folder.exists()
    assert not [box for box in hands.window.findChildren(QMessageBox) if box.isVisible()]


def test_later_keeps_it(hands: Hands) -> None:
    hands.click(hands.place(0.5, 0.5))
    hands.window.documents.rescue()
    answer_offer(hands, "Later")
    assert len(rescues.found()) == 1


def test_a_broken_one_is_told_of_and_kept(hands: Hands, place: Path) -> None:
    place.mkdir(parents=True)
    (place / "2026-01-02 03.04.05.softmax").write_bytes(b"{")
    before = hands.dataset
    answer_offer(hands, "Open it")
    assert "2026-01-02" in hands.said("error")[0]
    assert hands.dataset is before
    assert len(rescues.found()) == 1


def test_a_place_that_cannot_be_written_is_told_of(hands: Hands, place: Path) -> None:
    place.parent.mkdir(exist_ok=True)  # the window may have kept its preferences there already
    place.write_text("a file where the folder should be")
    hands.click(hands.place(0.5, 0.5))
    with pytest.raises(UserError, match="cannot be"):
        hands.window.documents.rescue()
    assert hands.dataset.m == 201


PROGRAM = """
import os, signal, sys
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QMessageBox
from playground import app as program
from playground.gui.main_window import MainWindow

def question(*_):
    print("asked", flush=True)
    return QMessageBox.StandardButton.Discard

QMessageBox.question = question
make = program.make_window

def make_and_draw():
    window = make()
    controller = window.controller
    controller.edit("Draw", controller.dataset.with_points([[0.5], [0.5]], 0))
    controller.toggle_training()
    frames = []
    def count(_):
        frames.append(1)
        if len(frames) == 5:
            os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    controller.snapshot_ready.connect(count)
    return window

program.make_window = make_and_draw
sys.exit(program.main([]))
"""


@pytest.mark.parametrize(("name", "asked", "rescued"), [("SIGINT", 1, 0), ("SIGTERM", 0, 1), ("SIGHUP", 0, 1)])
def test_a_signal_asks_or_rescues(tmp_path: Path, name: str, asked: int, rescued: int) -> None:
    if not hasattr(signal, name):
        pytest.skip("not on this system")
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name],
        cwd=ROOT,
        env=os.environ | homes | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("asked") == asked
    assert len(list(tmp_path.rglob("*.softmax"))) == rescued
