"""Lessons in a window: beginning one sets the user's work aside, leaving brings it back, and bad files are told."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QToolButton

from playground.gui.lessons import lessons as lessons_module
from playground.session.messages import Request
from playground.session.project_files import SUFFIX, save_project
from playground.session.trainer import Trainer
from tests.gui.hands import CONTROL, LEFT, Hands, answer_question, drop_files
from tests.gui.lessons.lesson_hands import Pupil

FIRST, HARD, TWO = "Understanding softmax", "Softmax and hardmax", "Two classes are logistic regression"
STRAIGHT, BACKPROP = "A softmax classifier without hidden layers", "Backpropagation, from dz = ŷ − y"
OWN = """title: {title}
summary: One of the user's own.
steps:
  - text: Read this.
"""


@pytest.fixture
def pupil(hands: Hands) -> Pupil:
    return Pupil(hands)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of lessons."""
    own = tmp_path / "own lessons"
    own.mkdir()
    monkeypatch.setattr(lessons_module, "own_folder", lambda: own)
    return own


def leave_by_key(pupil: Pupil) -> None:
    pupil.press("Ctrl+L")


def leave_by_button(pupil: Pupil) -> None:
    button = next(one for one in pupil.card.findChildren(QToolButton) if one.text() == "Leave")
    pupil.hands.qtbot.mouseClick(button, LEFT)


def finish(pupil: Pupil) -> None:
    while pupil.player.lesson is not None:
        pupil.press("Alt+Right")


def have_work(hands: Hands) -> None:
    """Points drawn and one of them taken back, a class chosen, settings changed, and something to look at."""
    controller = hands.controller
    hands.click(hands.place(0.4, 0.4))
    hands.key(Qt.Key.Key_3)
    hands.click(hands.place(0.6, 0.6))
    hands.click(hands.place(0.7, 0.7))
    hands.undo()
    controller.set_setting("batch_size", 16)
    controller.set_setting("l2", 0.25)
    controller.show(page="points", overlays=frozenset({"ties"}), temperature=0.5, pin=(0.25, 0.5))
    make_steps(hands, 20)


def make_steps(hands: Hands, count: int) -> None:
    goal = hands.settled().step + count
    for _ in range(count):
        hands.key(".")
    hands.until(lambda: hands.step == goal)
    hands.settled()


def work_of(hands: Hands) -> dict[str, Any]:
    """All of the user's work, but for the part of the plane that is in view."""
    controller = hands.controller
    values = {field.name: getattr(controller.request, field.name) for field in fields(Request)} | {
        "looking": controller.looking,
        "recipe": controller.recipe,
        "label": controller.label,
        "undo": (controller.undo_stack, controller.undo_stack.index(), controller.undo_stack.count()),
        "undo group": controller.undo_group.activeStack(),
        "unsaved": controller.has_unsaved_work,
        "tool": hands.window.tools.tool,
        "title": hands.window.windowTitle(),
    }
    del values["grid"]
    return values


def busy_in(pupil: Pupil, title: str) -> None:
    """Do all kinds of things in a lesson, and be in the middle of training."""
    hands = pupil.hands
    pupil.begin(title)
    hands.click(hands.place(0.5, 0.5))
    pupil.choose("E", "Add a class")
    pupil.press("2", "S")
    hands.controller.set_setting("l2", 5.0)
    hands.controller.show(temperature=20.0, overlays=frozenset({"haloes"}), pin=(1.0, 1.0))
    hands.controller.plant_mistake("wrong sign")
    pupil.press("Space")
    hands.until(lambda: hands.step > 30)


@pytest.mark.parametrize("leave", [leave_by_key, leave_by_button, finish])
def test_leaving_in_the_midst_of_it_all_gives_the_own_work_back(
    hands: Hands, pupil: Pupil, leave: Callable[[Pupil], None]
) -> None:
    have_work(hands)
    before, moment = work_of(hands), hands.snapshot
    busy_in(pupil, FIRST)
    assert work_of(hands) != before
    leave(pupil)
    assert work_of(hands) == before
    assert not hands.running
    after = hands.settled()
    assert (after.run_id, after.step, after.epoch) == (moment.run_id, moment.step, moment.epoch)
    np.testing.assert_array_equal(after.parameters, moment.parameters)
    for name in ("epoch", "cost", "test_cost"):
        np.testing.assert_array_equal(getattr(after.curve, name), getattr(moment.curve, name))
    count = hands.dataset.m
    hands.redo()
    assert hands.dataset.m == count + 1
    hands.undo(3)
    assert hands.dataset.m == count - 2


def test_the_own_run_goes_on_as_if_there_had_been_no_lesson(hands: Hands, pupil: Pupil) -> None:
    hands.controller.set_setting("batch_size", 16)
    make_steps(hands, 20)
    alone = Trainer(hands.controller.request)
    busy_in(pupil, HARD)
    pupil.begin(TWO)
    pupil.press("Ctrl+L")
    make_steps(hands, 15)
    for _ in range(35):
        alone.step()
    np.testing.assert_array_equal(hands.snapshot.parameters, alone.network.parameters)
    assert hands.snapshot.step == 35
    run = hands.run_id
    pupil.press("Ctrl+R")
    assert hands.run_id > run
    hands.until(lambda: hands.step == 0)


def test_a_lesson_begun_while_training_pauses_the_own_run(hands: Hands, pupil: Pupil) -> None:
    hands.train_as_fast_as_possible()
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step > 100)
    run, step = hands.run_id, hands.step
    pupil.begin(FIRST)
    assert not hands.running
    assert hands.settled().step == 0
    pupil.press("Ctrl+L")
    back = hands.settled()
    assert (back.run_id, back.running) == (run, False)
    assert back.step >= step
    assert hands.round_trip().step == back.step


def test_a_mistake_that_was_planted_before_is_there_again_and_not_in_the_lesson(hands: Hands, pupil: Pupil) -> None:
    hands.controller.plant_mistake("wrong sign")
    make_steps(hands, 3)
    pupil.begin(FIRST)
    assert hands.controller.request.mistake is None
    assert hands.settled().mistake is None
    pupil.press("Ctrl+L")
    assert hands.settled().mistake == "wrong sign"


def test_files_wait_until_the_lesson_is_left(hands: Hands, pupil: Pupil, tmp_path: Path) -> None:
    path, other = tmp_path / f"mine{SUFFIX}", tmp_path / "other.csv"
    save_project(path, hands.dataset, hands.controller.settings)
    other.write_text("a,b,c\n1,2,x\n3,4,y\n")
    hands.drop(hands.window, path)
    hands.click(hands.place(0.5, 0.5))
    title, own = hands.window.windowTitle(), hands.dataset
    assert title.startswith("mine")
    assert "*" in title
    pupil.begin(FIRST)
    assert "mine" not in hands.window.windowTitle()
    for name in ("open", "save", "save_as"):
        assert not hands.window.actions_by_name[name].isEnabled()
    lessons_own = hands.dataset
    hands.key(Qt.Key.Key_S, CONTROL)
    drop_files(hands.window, other)
    drop_files(hands.window, path)
    assert hands.dataset is lessons_own
    assert "Leave the lesson first" in hands.said("note")[-1]
    pupil.press("Ctrl+L")
    assert hands.dataset is own
    assert hands.window.windowTitle() == title
    hands.key(Qt.Key.Key_S, CONTROL)
    assert hands.said("note")[-1] == f"Saved as {path.name}."
    assert "*" not in hands.window.windowTitle()


@pytest.mark.parametrize("has_drawn", [True, False])
def test_closing_asks_about_the_own_drawing_alone(
    hands: Hands, pupil: Pupil, monkeypatch: pytest.MonkeyPatch, has_drawn: bool
) -> None:
    asked = answer_question(monkeypatch, QMessageBox.StandardButton.Cancel)
    if has_drawn:
        hands.click(hands.place(0.5, 0.5))
    own = hands.dataset
    busy_in(pupil, FIRST)
    hands.window.close()
    assert hands.dataset is own
    assert len(asked) == has_drawn
    assert hands.window.isVisible() == has_drawn


# Going to and fro


def test_undo_goes_back_to_a_lesson_s_beginning_and_no_farther(hands: Hands, pupil: Pupil) -> None:
    own = hands.dataset
    pupil.begin("Understanding softmax")
    start = hands.dataset
    pupil.press("Ctrl+Z")
    assert hands.dataset is start
    hands.click(hands.place(0.5, 0.5))
    pupil.press("Ctrl+Z", "Ctrl+Z")
    assert hands.dataset is start
    assert start is not own


def test_a_folder_of_own_lessons_that_cannot_be_made_is_told_of(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setattr(lessons_module, "own_folder", lambda: tmp_path / "a file" / "lessons")
    hands.choose("lesson_folder")
    (said,) = hands.said("error")
    assert str(tmp_path / "a file" / "lessons") in said
    assert "Not a directory" in said


def test_another_lesson_can_be_begun_from_the_end_of_a_longer_one(hands: Hands, pupil: Pupil) -> None:
    own = hands.dataset
    pupil.begin(STRAIGHT)
    pupil.press(*["Alt+Right"] * 6)
    pupil.begin(FIRST)
    assert (pupil.player.place, pupil.player.is_done) == (0, False)
    pupil.press("Ctrl+L")
    assert hands.dataset is own


def test_a_task_is_measured_from_the_beginning_of_its_own_step(hands: Hands, pupil: Pupil, folder: Path) -> None:
    (folder / "9.yaml").write_text(
        OWN.format(title="Twice")
        + "    task: Train.\n    done:\n      trained: 5\n"
        + "  - text: Again.\n    scene:\n      page: desk\n    task: Train.\n    done:\n      trained: 5\n"
    )
    pupil.begin("Twice", "1 step/s")
    make_steps(hands, 7)
    assert pupil.player.is_done is True
    pupil.press("Alt+Right")
    assert pupil.player.is_done is False
    make_steps(hands, 4)
    assert pupil.player.is_done is False
    make_steps(hands, 1)
    assert pupil.player.is_done is True


def test_going_back_changes_nothing_on_the_window(hands: Hands, pupil: Pupil, folder: Path) -> None:
    scene = "    scene:\n      settings:\n        l2: 3\n"
    (folder / "9.yaml").write_text(OWN.format(title="Back") + scene + "  - text: More.\n" + scene)
    pupil.begin("Back")
    pupil.press("Alt+Right")
    hands.controller.set_setting("l2", 7.0)
    pupil.press("Alt+Left")
    assert pupil.player.place == 0
    assert hands.controller.settings.l2 == 7
    pupil.press("Alt+Left")
    assert pupil.player.place == 0


# Files


def test_a_broken_file_is_told_by_name_and_line_and_the_others_are_listed(
    hands: Hands, pupil: Pupil, folder: Path
) -> None:
    (folder / "8-good.yaml").write_text(OWN.format(title="A good one"))
    (folder / "9-bad.yaml").write_text(OWN.format(title="A bad one") + "    look: nowhere\n")
    pupil.begin("A good one")
    (said,) = hands.said("error")
    assert said.startswith("9-bad.yaml, line 5")
    assert "A bad one" not in titles(hands)
    assert {FIRST, BACKPROP} < set(titles(hands))


@pytest.mark.parametrize("formula", [r"\left( x", r"\frac{1}", "x_1_2"])
def test_a_lesson_with_a_formula_that_cannot_be_typeset_is_refused(
    hands: Hands, pupil: Pupil, folder: Path, formula: str
) -> None:
    (folder / "9.yaml").write_text(OWN.format(title="Odd") + f"  - text: See.\n    formula: |\n      {formula}\n")
    own, run = hands.dataset, hands.run_id
    pupil.choose("L", "Odd")
    (said,) = hands.said("error")
    assert said.startswith(f"9.yaml, step 2: the formula {formula} cannot be typeset")
    assert pupil.player.lesson is None
    assert hands.dataset is own
    assert hands.run_id == run


def test_a_file_is_read_anew_each_time_the_menu_opens(hands: Hands, pupil: Pupil, folder: Path) -> None:
    (folder / "9.yaml").write_text(OWN.format(title="Before"))
    assert "Before" in listed(hands)
    (folder / "9.yaml").write_text(OWN.format(title="After"))
    found = listed(hands)
    assert "After" in found
    assert "Before" not in found


def listed(hands: Hands) -> list[str]:
    hands.window.lessons.fill_menu()
    return titles(hands)


def titles(hands: Hands) -> list[str]:
    return [action.text() for action in hands.window.menus["Lessons"].actions()]


def open_lesson(hands: Hands, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(path), ""))
    hands.key(Qt.Key.Key_O, CONTROL)


def drop_lesson(hands: Hands, _monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    assert drop_files(hands.window, path)


@pytest.mark.parametrize("bring", [open_lesson, drop_lesson])
def test_a_lesson_s_file_is_played_wherever_it_lies(
    hands: Hands, pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bring: Callable[..., None]
) -> None:
    path, own = tmp_path / "Mine.YAML", hands.dataset
    path.write_text(OWN.format(title="Brought along"))
    bring(hands, monkeypatch, path)
    assert pupil.player.lesson is not None
    assert pupil.player.lesson.title == "Brought along"
    assert hands.said("error") == []
    pupil.press("Ctrl+L")
    assert hands.dataset is own


def test_a_broken_lesson_that_is_dropped_is_told_by_its_line_and_nothing_is_begun(
    hands: Hands, pupil: Pupil, tmp_path: Path
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(OWN.format(title="Bad") + "    look: nowhere\n")
    drop_files(hands.window, path)
    (said,) = hands.said("error")
    assert said.startswith("bad.yaml, line 5")
    assert pupil.player.lesson is None
