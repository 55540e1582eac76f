"""What is said of a run goes with that run: when a lesson begins, and when it is left."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gui.hands import Hands, drop_files
from tests.gui.lessons.lesson_hands import Pupil

FIRST = "Understanding softmax"
WILD = (("activation", "linear"), ("hidden", (8,)), ("optimizer", "gradient descent"), ("speed", "max"))
OWN_RATE, LESSONS_RATE = 100.0, 90.0
GONE_ON = """title: Gone on
summary: One of the user's own.
steps:
  - text: Go on.
    scene:
      page: step
    task: Go on to J.
    done:
      stage: J
  - text: Now come back to it.
    scene:
      page: spot
    task: Open the page of the step again.
    done:
      stage: J
"""


@pytest.fixture
def pupil(hands: Hands) -> Pupil:
    return Pupil(hands)


def diverge(hands: Hands, rate: float) -> None:
    """Train with Space until J is no longer finite, and the window says so."""
    for name, value in (*WILD, ("learning_rate", rate)):
        hands.controller.set_setting(name, value)
    hands.settled()
    hands.key(" ")
    hands.until(lambda: tells_of(hands, rate))
    assert not hands.running


def tells_of(hands: Hands, rate: float) -> bool:
    """Whether the message on screen says that a run of this learning rate diverged."""
    notice = hands.window.notice
    return notice.kind == "error" and f"a learning rate of {rate:g} the weights blew up" in notice.text()


def test_the_divergence_of_a_lesson_s_run_goes_with_the_lesson(hands: Hands, pupil: Pupil) -> None:
    pupil.begin(FIRST)
    diverge(hands, LESSONS_RATE)
    pupil.press("Ctrl+L")
    assert hands.window.notice.kind == ""
    assert not hands.settled().diverged
    assert hands.window.notice.kind == ""


def test_the_divergence_of_the_own_run_is_no_lesson_s_and_is_told_again_behind_it(hands: Hands, pupil: Pupil) -> None:
    diverge(hands, OWN_RATE)
    pupil.begin(FIRST)
    assert hands.window.notice.kind != "error"
    pupil.press("Ctrl+L")
    assert hands.settled().diverged
    assert tells_of(hands, OWN_RATE)


def test_where_both_diverged_the_own_run_s_rate_is_told_behind_the_lesson(hands: Hands, pupil: Pupil) -> None:
    diverge(hands, OWN_RATE)
    pupil.begin(FIRST)
    diverge(hands, LESSONS_RATE)
    pupil.press("Ctrl+L")
    assert hands.settled().diverged
    assert tells_of(hands, OWN_RATE)


def test_a_run_that_diverges_behind_a_lesson_whose_run_did_is_told(hands: Hands, pupil: Pupil) -> None:
    pupil.begin(FIRST)
    diverge(hands, LESSONS_RATE)
    pupil.press("Ctrl+L")
    diverge(hands, OWN_RATE)


def remove_class(hands: Hands, _pupil: Pupil, _folder: Path) -> None:
    hands.controller.remove_class(0)


def drop_table(hands: Hands, _pupil: Pupil, folder: Path) -> None:
    path = folder / "some.csv"
    path.write_text("a,b,c\n1,2,x\n3,4,y\n")
    drop_files(hands.window, path)


@pytest.mark.parametrize(("do", "kind"), [(remove_class, "undo"), (drop_table, "note")])
def test_no_message_about_a_lesson_s_drawing_stays_over_the_own_one(
    hands: Hands, pupil: Pupil, tmp_path: Path, do: Callable[[Hands, Pupil, Path], None], kind: str
) -> None:
    pupil.begin(FIRST)
    do(hands, pupil, tmp_path)
    assert hands.window.notice.kind == kind
    pupil.press("Ctrl+L")
    assert hands.window.notice.kind == ""


def test_a_stage_that_was_reached_counts_once_its_page_is_open_again(
    hands: Hands, pupil: Pupil, tmp_path: Path
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GONE_ON)
    drop_files(hands.window, path)
    hands.settled()
    pupil.tab_to("Next")
    while not pupil.player.is_done:
        pupil.press("Space")
    pupil.press("Alt+Right")
    hands.settled()
    assert pupil.player.is_done is False
    pupil.press("Alt+3")
    assert pupil.player.is_done is True
    pupil.press("Alt+1")
    assert pupil.player.is_done is True  # what is done stays so
