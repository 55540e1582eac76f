"""Opening and saving in a whole window: CSV files, projects, dropped files, and the question before work is lost."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QMessageBox, QToolButton

from playground.gui import documents
from playground.gui.csv_dialog import CsvDialog
from playground.gui.main_window import MainWindow
from playground.nn.mistakes import WRONG_SIGN
from playground.session.dataset import Dataset
from playground.session.project_files import load_project
from tests.gui.hands import (
    CONTROL,
    LEFT,
    SHIFT,
    Hands,
    answer_csv_dialog,
    answer_question,
    choose,
    choose_file,
    press_button,
    same_drawing,
)

FLOWERS = "length,width,leaf,species\n1.5,0.2,30,rose\n2.5,0.7,40,lily\n3.5,,50,rose\n4.5,1.5,60,lily\n"
Buttons = QMessageBox.StandardButton
OpenOrCancel = QDialogButtonBox.StandardButton


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "mine.softmax"


@pytest.fixture
def opened(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> list[CsvDialog]:
    """The dialogs of columns that opened; each is opened as it stands."""
    return answer_csv_dialog(
        monkeypatch, hands.qtbot, lambda dialog: press_button(hands.qtbot, dialog, OpenOrCancel.Open)
    )


def open_by_key(hands: Hands, monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    starts = choose_file(monkeypatch, path)
    hands.key(Qt.Key.Key_O, CONTROL)
    hands.until_read()
    return starts


def save_by_key(hands: Hands, monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    starts = choose_file(monkeypatch, path)
    hands.key(Qt.Key.Key_S, CONTROL)
    return starts


# CSV


def test_a_csv_file_is_opened_through_its_dialog(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, flowers: Path, opened: list[CsvDialog]
) -> None:
    start, run = hands.dataset, hands.run_id
    open_by_key(hands, monkeypatch, flowers)
    assert len(opened) == 1
    np.testing.assert_array_equal(hands.dataset.X, [[1.5, 2.5, 4.5], [0.2, 0.7, 1.5]])
    assert [label.name for label in hands.dataset.classes] == ["lily", "rose"]
    assert hands.dataset.labels.tolist() == [1, 0, 0]
    assert hands.run_id > run
    assert "3 points from flowers.csv, 1 row with missing values skipped" in hands.said("note")[-1]
    assert hands.settled().sizes[-1] == 2
    assert hands.plane.axes["bottom"].labelText == "length"
    hands.undo()
    assert same_drawing(hands.dataset, start)


def test_other_columns_can_be_chosen_in_the_dialog(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, flowers: Path
) -> None:
    def take_leaves(dialog: CsvDialog) -> None:
        up = sorted(dialog.findChildren(QComboBox), key=lambda box: box.y())[1]
        choose(hands.qtbot, up, "leaf")
        press_button(hands.qtbot, dialog, OpenOrCancel.Open)

    answer_csv_dialog(monkeypatch, hands.qtbot, take_leaves)
    open_by_key(hands, monkeypatch, flowers)
    assert hands.dataset.X[1].tolist() == [30, 40, 50, 60]
    assert hands.controller.settings.standardise
    assert "inputs standardised" in hands.said("note")[-1]


def test_cancelling_either_dialog_changes_nothing(hands: Hands, monkeypatch: pytest.MonkeyPatch, flowers: Path) -> None:
    before, request = hands.dataset, hands.controller.request
    answer_csv_dialog(monkeypatch, hands.qtbot, lambda dialog: press_button(hands.qtbot, dialog, OpenOrCancel.Cancel))
    open_by_key(hands, monkeypatch, flowers)
    open_by_key(hands, monkeypatch, None)
    assert hands.dataset is before
    assert hands.controller.request.run_id == request.run_id
    assert hands.said("error") == hands.said("note") == []


BAD_FILES: list[tuple[str, bytes | None, str]] = [
    ("empty.csv", b"", "empty.csv is empty"),
    ("two.csv", b"a,b\n1,2\n", "two.csv has 2 columns"),
    ("bytes.csv", b"a,b,c\n1,2,\x81\n", "not text"),
    ("ragged.csv", b"a,b,c\n1,2,x\n1,2\n", "line 3"),
    ("header.csv", b"a,b,c\n", "no rows"),
    ("gone.csv", None, "there is no file"),
    ("bad.softmax", b"{}", "bad.softmax"),
    ("cut.softmax", b'{"format": "softmax-pl', "damaged"),
]


def test_a_bad_file_is_explained_and_nothing_is_lost(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hands.click(hands.place(0.5, 0.5))
    before, run, title = hands.dataset, hands.run_id, hands.window.windowTitle()
    for name, content, words in BAD_FILES:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        open_by_key(hands, monkeypatch, tmp_path / name)
        sentence = hands.said("error")[-1]
        assert words in sentence
        assert sentence.endswith(".")
        assert hands.window.notice.isVisible()
        assert hands.window.notice.text()[1:] == sentence[1:]
        assert hands.dataset is before
        assert (hands.run_id, hands.window.windowTitle()) == (run, title)
        assert hands.controller.undo_stack.count() == 1
    assert len(hands.said("error")) == len(BAD_FILES)


def test_a_file_that_has_no_likely_columns_is_asked_about_all_the_same(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "words.csv"
    path.write_text("a,b,c\nx,y,z\nu,v,w\n")
    dialogs = answer_csv_dialog(
        monkeypatch, hands.qtbot, lambda dialog: press_button(hands.qtbot, dialog, OpenOrCancel.Open)
    )
    before = hands.dataset
    open_by_key(hands, monkeypatch, path)
    assert len(dialogs) == 1
    assert hands.dataset is before


def test_a_csv_file_named_like_a_shape_has_no_recipe(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opened: list[CsvDialog]
) -> None:
    path = tmp_path / "spiral.csv"
    path.write_text(FLOWERS)
    open_by_key(hands, monkeypatch, path)
    assert hands.dataset.m == 3
    assert not hands.find(QToolButton, "Load spiral").isChecked()
    hands.type_into(hands.find(QLineEdit, "Noise"), "0.5")
    assert hands.dataset.m == 3


# Dropping


def test_a_file_can_be_dropped_anywhere_on_the_window(hands: Hands, flowers: Path, opened: list[CsvDialog]) -> None:
    for target in ("plane", "cost_plot", "maps", "top_bar", "controls"):
        widget = getattr(hands.window, target)
        opened.clear()
        hands.drop(widget.viewport() if hasattr(widget, "viewport") else widget, flowers)
        assert len(opened) == 1, target
        assert hands.dataset.m == 3
        hands.undo()
        assert hands.dataset.m == 200


def test_two_files_at_once_are_not_welcome(hands: Hands, flowers: Path, tmp_path: Path) -> None:
    before = hands.dataset
    hands.drop(hands.window.top_bar, flowers, tmp_path)
    hands.drop(hands.plane.viewport(), flowers, tmp_path)
    assert hands.dataset is before


def test_a_bad_file_that_is_dropped_is_explained(hands: Hands, tmp_path: Path) -> None:
    hands.drop(hands.window.top_bar, tmp_path / "gone.csv")
    assert "there is no file" in hands.said("error")[0]


def test_a_folder_that_is_dropped_is_explained(hands: Hands, tmp_path: Path) -> None:
    hands.drop(hands.window.top_bar, tmp_path)
    assert "folder" in hands.said("error")[0]


# Projects


def draw_something(hands: Hands) -> Dataset:
    hands.key("3")
    hands.click(hands.place(0.2, 0.3))
    hands.choose("add_class")
    hands.click(hands.place(0.7, 0.3))
    hands.controller.rename_class(3, "fourth")
    hands.controller.set_setting("learning_rate", 0.037)
    hands.controller.set_setting("hidden", (5, 4))
    return hands.dataset


def test_a_project_returns_as_it_was_saved(
    open_window: Callable[[], MainWindow], hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn, settings = draw_something(hands), hands.controller.settings
    path = tmp_path / "mine.softmax"
    save_by_key(hands, monkeypatch, path)
    assert path.exists()
    assert hands.said("note")[-1] == "Saved as mine.softmax."
    other = Hands(open_window(), hands.qtbot)
    open_by_key(other, monkeypatch, path)
    assert same_drawing(other.dataset, drawn)
    assert other.controller.settings == hands.controller.settings == settings
    assert other.settled().sizes == (2, 5, 4, 4)
    assert "mine.softmax" in other.window.windowTitle()
    assert not other.controller.has_unsaved_work


def test_a_planted_mistake_and_a_pin_are_saved_in_no_project(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    contents = []
    for name in ("plain", "planted"):
        save_by_key(hands, monkeypatch, tmp_path / f"{name}.softmax")
        hands.window.documents.path = None
        contents.append((tmp_path / f"{name}.softmax").read_bytes())
        hands.controller.plant_mistake(WRONG_SIGN)
        hands.window.probing.pin_to(3)
    assert contents[0] == contents[1]
    assert hands.controller.request.mistake == WRONG_SIGN


def test_saving_again_asks_no_more_and_save_as_does(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.softmax", tmp_path / "second.softmax"
    assert len(save_by_key(hands, monkeypatch, first)) == 1
    hands.click(hands.place(0.5, 0.5))
    assert save_by_key(hands, monkeypatch, second) == []
    assert load_project(first)[0].m == hands.dataset.m
    assert not second.exists()
    hands.key(Qt.Key.Key_S, CONTROL | SHIFT)
    assert second.exists()
    assert "second.softmax" in hands.window.windowTitle()


def test_cancelling_a_save_saves_nothing_and_keeps_the_title(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    title = hands.window.windowTitle()
    save_by_key(hands, monkeypatch, None)
    assert list(tmp_path.glob("*.softmax")) == []
    assert hands.window.windowTitle() == title


def test_a_name_without_an_ending_gets_the_project_s(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save_by_key(hands, monkeypatch, tmp_path / "mine")
    assert (tmp_path / "mine.softmax").exists()


def test_a_name_with_a_dot_can_be_opened_again(hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hands.click(hands.place(0.5, 0.5))
    save_by_key(hands, monkeypatch, tmp_path / "lesson 1.2")
    (saved,) = [path for path in tmp_path.iterdir() if path.is_file()]
    drawn = hands.dataset
    hands.undo()
    open_by_key(hands, monkeypatch, saved)
    assert same_drawing(hands.dataset, drawn)


def test_a_place_that_cannot_be_written_is_explained_and_the_work_stays(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hands.click(hands.place(0.5, 0.5))
    before = hands.dataset
    save_by_key(hands, monkeypatch, tmp_path / "no such folder" / "mine.softmax")
    assert "cannot be written" in hands.said("error")[0]
    assert hands.dataset is before
    assert hands.controller.has_unsaved_work
    assert "mine" not in hands.window.windowTitle()


def test_the_title_tells_of_unsaved_work(hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    save_by_key(hands, monkeypatch, tmp_path / "mine.softmax")
    assert hands.window.windowTitle().startswith("mine.softmax –")
    hands.click(hands.place(0.5, 0.5))
    assert hands.window.windowTitle().startswith("mine.softmax* –")
    hands.undo()
    assert hands.window.windowTitle().startswith("mine.softmax –")
    hands.redo()
    save_by_key(hands, monkeypatch, None)
    assert hands.window.windowTitle().startswith("mine.softmax –")


def test_the_dialogs_begin_in_the_folder_last_used(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save_by_key(hands, monkeypatch, tmp_path / "mine.softmax")
    (start,) = open_by_key(hands, monkeypatch, None)
    assert Path(start) == tmp_path


def test_saving_after_opening_a_csv_file_does_not_overwrite_the_project_before(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flowers: Path, opened: list[CsvDialog]
) -> None:
    project = tmp_path / "mine.softmax"
    hands.click(hands.place(0.5, 0.5))
    drawn = hands.dataset
    save_by_key(hands, monkeypatch, project)
    open_by_key(hands, monkeypatch, flowers)
    save_by_key(hands, monkeypatch, None)
    assert same_drawing(load_project(project)[0], drawn)


# The question before work is lost


def test_nothing_is_asked_where_nothing_was_drawn(hands: Hands) -> None:
    hands.window.close()
    assert not hands.window.isVisible()


def test_drawn_points_that_were_taken_back_are_no_unsaved_work(hands: Hands) -> None:
    hands.click(hands.place(0.5, 0.5))
    hands.undo()
    hands.window.close()
    assert not hands.window.isVisible()


def test_a_data_set_from_the_gallery_is_no_unsaved_work(hands: Hands) -> None:
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load spiral"), LEFT)
    hands.window.close()
    assert not hands.window.isVisible()


def test_cancel_keeps_the_window_and_its_training(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.click(hands.place(0.5, 0.5))
    hands.key(Qt.Key.Key_Space)
    asked = answer_question(monkeypatch, Buttons.Cancel)
    hands.window.close()
    assert len(asked) == 1
    assert "not saved" in asked[0]
    assert hands.window.isVisible()
    step = hands.step
    hands.until(lambda: hands.step > step + 2)


def test_discard_closes_without_saving(hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Discard)
    hands.window.close()
    assert not hands.window.isVisible()
    assert list(tmp_path.glob("*.softmax")) == []


def test_save_saves_and_closes(hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Save)
    choose_file(monkeypatch, tmp_path / "mine.softmax")
    hands.window.close()
    assert not hands.window.isVisible()
    assert load_project(tmp_path / "mine.softmax")[0].m == 201


def test_save_without_a_name_keeps_the_window(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Save)
    choose_file(monkeypatch, None)
    hands.window.close()
    assert hands.window.isVisible()


def test_a_save_that_fails_keeps_the_window(hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Save)
    choose_file(monkeypatch, tmp_path / "nowhere" / "mine.softmax")
    hands.window.close()
    assert hands.window.isVisible()
    assert "cannot be written" in hands.said("error")[0]


def test_quit_asks_the_same(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.click(hands.place(0.5, 0.5))
    asked = answer_question(monkeypatch, Buttons.Cancel)
    hands.key(Qt.Key.Key_Q, CONTROL)
    assert len(asked) == 1
    assert hands.window.isVisible()


@pytest.mark.parametrize("name", ["x" * 300 + ".softmax", "no\0name.softmax"], ids=["too long", "no name"])
def test_a_name_that_cannot_be_written_keeps_the_window(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Save)
    choose_file(monkeypatch, tmp_path / name)
    hands.window.close()
    assert hands.window.isVisible()
    assert "cannot be written" in hands.said("error")[0]


def test_an_error_of_the_program_while_it_saves_keeps_the_window(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no more of that")

    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Save)
    choose_file(monkeypatch, tmp_path / "mine.softmax")
    monkeypatch.setattr(documents, "save_project", fail)
    with hands.qtbot.capture_exceptions() as exceptions:
        hands.window.close()
    assert [str(error) for _, error, _ in exceptions] == ["no more of that"]
    assert hands.window.isVisible()
    hands.click(hands.place(0.4, 0.5))  # and it is alive
    assert hands.dataset.m == 202


def test_a_csv_file_whose_name_is_not_utf_8_is_saved_under_one_that_is(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opened: list[CsvDialog]
) -> None:
    strange = tmp_path / os.fsdecode(b"caf\xe9.csv")
    strange.write_text("a,b,class\n1,2,x\n3,4,y\n", encoding="ascii")
    hands.window.documents.opening.open(strange)
    hands.until_read()
    hands.click(hands.place(0.5, 0.5))
    answer_question(monkeypatch, Buttons.Save)
    starts = choose_file(monkeypatch, tmp_path / "out.softmax")
    hands.window.close()
    assert [Path(start).name for start in starts] == ["caf?.softmax"]
    assert not hands.window.isVisible()
    assert load_project(tmp_path / "out.softmax")[0].m == 3


@pytest.mark.parametrize("answer", [Buttons.Yes, Buttons.No])
def test_a_file_that_another_has_changed_is_asked_about(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, project: Path, answer: Buttons
) -> None:
    save_by_key(hands, monkeypatch, project)
    asked = answer_question(monkeypatch, answer)
    hands.click(hands.place(0.5, 0.5))
    hands.key(Qt.Key.Key_S, CONTROL)
    assert asked == []  # it is what this window wrote
    others = project.read_bytes().replace(b"0.", b"0.5", 1)
    project.write_bytes(others)
    hands.click(hands.place(0.4, 0.5))
    hands.key(Qt.Key.Key_S, CONTROL)
    assert len(asked) == 1
    assert "changed by another" in asked[0]
    assert (project.read_bytes() == others) == (answer == Buttons.No)
    assert hands.controller.has_unsaved_work == (answer == Buttons.No)


@pytest.mark.parametrize("answer", [Buttons.Yes, Buttons.No])
def test_a_name_without_its_ending_is_asked_about_where_the_file_is_there(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, project: Path, answer: Buttons
) -> None:
    project.write_bytes(b"mine")
    asked = answer_question(monkeypatch, answer)
    hands.click(hands.place(0.5, 0.5))
    choose_file(monkeypatch, project.with_suffix(""))
    hands.key(Qt.Key.Key_S, CONTROL | SHIFT)
    assert len(asked) == 1
    assert project.name in asked[0]
    assert (project.read_bytes() == b"mine") == (answer == Buttons.No)
