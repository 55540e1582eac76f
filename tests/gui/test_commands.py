"""Undo commands on Qt's stack: what they show, and which become one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PyQt6.QtGui import QUndoStack

from playground.gui.commands import NO_STROKE, Change, Drawing, ReplaceDrawing, forget_oldest
from playground.session.dataset import empty_dataset
from playground.session.generators import Recipe
from playground.session.settings import Settings

POINTS = [empty_dataset()]
for place in range(3):
    POINTS.append(POINTS[-1].with_points([[place], [place]], place))
EMPTY, ONE, TWO, THREE = (Drawing(dataset, Settings(), Recipe()) for dataset in POINTS)

Shown = list[tuple[Drawing, dict[str, Any]]]
Push = Callable[..., None]


@pytest.fixture
def stack() -> Iterator[QUndoStack]:
    stack = QUndoStack()
    yield stack
    stack.clear()


@pytest.fixture
def shown() -> Shown:
    """Each drawing that was shown, and the settings that were to be changed with it."""
    return []


@pytest.fixture
def push(stack: QUndoStack, shown: Shown) -> Push:
    def show(change: Change, drawing: Drawing) -> None:
        shown.append((drawing, change.settings_of(drawing)))

    def push_one(before: Drawing, after: Drawing, text: str = "Edit", **rest: Any) -> None:
        stack.push(ReplaceDrawing(Change(text, before, after, **rest), show))

    return push_one


def with_settings(drawing: Drawing, **values: Any) -> Drawing:
    return replace(drawing, settings=replace(drawing.settings, **values))


def test_a_push_shows_what_is_after_undo_what_was_before_and_redo_the_former(
    stack: QUndoStack, shown: Shown, push: Push
) -> None:
    push(EMPTY, ONE)
    stack.undo()
    stack.redo()
    assert [drawing for drawing, _ in shown] == [ONE, EMPTY, ONE]


def test_an_edit_touches_no_settings(stack: QUndoStack, shown: Shown, push: Push) -> None:
    push(EMPTY, with_settings(ONE, l2=1.0))
    stack.undo()
    assert [settings for _, settings in shown] == [{}, {}]


def test_a_load_touches_the_settings_it_came_with_and_undo_puts_those_back(
    stack: QUndoStack, shown: Shown, push: Push
) -> None:
    push(EMPTY, with_settings(ONE, hidden=(4,), standardise=True), is_load=True)
    stack.undo()
    assert [settings for _, settings in shown] == [
        {"hidden": (4,), "standardise": True},
        {"hidden": (8, 8), "standardise": False},
    ]


def test_the_parts_of_a_stroke_are_one_step(stack: QUndoStack, shown: Shown, push: Push) -> None:
    push(EMPTY, ONE, "Spray 1 point", stroke=4)
    push(ONE, TWO, "Spray 2 points", stroke=4)
    push(TWO, THREE, "Spray 3 points", stroke=4)
    assert stack.count() == 1
    assert stack.undoText() == "Spray 3 points"
    stack.undo()
    stack.redo()
    assert [drawing for drawing, _ in shown] == [ONE, TWO, THREE, EMPTY, THREE]


def test_strokes_stay_apart_and_so_do_edits_without_one(stack: QUndoStack, push: Push) -> None:
    push(EMPTY, ONE, stroke=4)
    push(ONE, TWO, stroke=5)
    push(TWO, THREE, stroke=NO_STROKE)
    push(THREE, TWO, stroke=NO_STROKE)
    assert stack.count() == 4


def test_the_parts_of_a_load_keep_the_first_settings_before_and_the_last_after(
    stack: QUndoStack, shown: Shown, push: Push
) -> None:
    middle, last = with_settings(ONE, learning_rate=0.5), with_settings(TWO, learning_rate=0.5, standardise=True)
    push(EMPTY, middle, is_load=True, stroke=-4)
    push(middle, last, is_load=True, stroke=-4)
    stack.undo()
    assert shown[-1] == (EMPTY, {"learning_rate": 0.01, "standardise": False})
    stack.redo()
    assert shown[-1] == (last, {"learning_rate": 0.5, "standardise": True})


def test_what_fits_into_the_memory_given_can_be_undone_and_the_rest_is_forgotten(
    stack: QUndoStack, shown: Shown, push: Push
) -> None:
    drawings = [EMPTY]
    for place in range(20):
        more = drawings[-1].dataset.with_points([[place] * 100, [place] * 100], 0)
        drawings.append(replace(EMPTY, dataset=more))
        push(drawings[-2], drawings[-1], f"Edit {place}")
    sizes = [32 * drawing.dataset.m for drawing in drawings]  # four numbers of 8 bytes a point
    forget_oldest(stack, sum(sizes[-5:]))
    assert stack.count() == 4
    assert stack.undoText() == "Edit 19"
    assert [drawing for drawing, _ in shown] == drawings[1:]  # forgetting shows nothing
    shown.clear()
    while stack.canUndo():
        stack.undo()
    while stack.canRedo():
        stack.redo()
    assert [drawing for drawing, _ in shown] == [*drawings[-2:-6:-1], *drawings[-4:]]


def test_arrays_that_drawings_share_count_once_and_the_newest_change_is_kept_whatever_it_takes(
    stack: QUndoStack, push: Push
) -> None:
    dataset = EMPTY.dataset.with_points([[0.0] * 1000, [1.0] * 1000], 0)
    for i in range(50):
        renamed = dataset.with_name(0, str(i))
        push(replace(EMPTY, dataset=dataset), replace(EMPTY, dataset=renamed))
        dataset = renamed
    forget_oldest(stack, 32_000)
    assert stack.count() == 50
    forget_oldest(stack, 31_999)
    assert stack.count() == 1


def test_a_stroke_that_goes_on_counts_what_it_has_become(stack: QUndoStack, push: Push) -> None:
    push(EMPTY, ONE, stroke=1)
    push(ONE, replace(ONE, dataset=ONE.dataset.with_points([[0.0] * 99, [0.0] * 99], 0)), stroke=1)
    command = stack.command(0)
    assert isinstance(command, ReplaceDrawing)
    assert command.bytes == 32 * 100
