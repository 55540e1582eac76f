"""Drawing with each tool: clicks, strokes and keys on the plane of a whole window."""

from collections.abc import Callable

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QDialog, QFileDialog, QToolButton, QWidget

from playground.session.dataset import Dataset
from playground.session.strokes import ERASER_RADIUS, GRAB_RADIUS, SPRAY_RADIUS, Touch
from tests.gui.hands import CONTROL, LEFT, MIDDLE, NONE, Hands, bring_up, return_to, ring, same_drawing, send_move

TOOL_KEYS = {"Point": Qt.Key.Key_P, "Spray": Qt.Key.Key_S, "Move": Qt.Key.Key_M, "Erase": Qt.Key.Key_E}


def added(before: Dataset, after_it: Dataset) -> list[tuple[float, float]]:
    """The new points, which come after the old ones."""
    np.testing.assert_array_equal(after_it.X[:, : before.m], before.X)
    return [(float(x1), float(x2)) for x1, x2 in after_it.X[:, before.m :].T]


def pixels_away(hands: Hands, dataset: Dataset, at: QPoint) -> np.ndarray:
    """How far each point lies from a pixel on screen, (m,)."""
    (left, right), _ = hands.plane.box.viewRange()
    per_pixel = (right - left) / hands.plane.box.width()
    x1, x2 = hands.spot(at)
    return np.hypot(dataset.X[0] - x1, dataset.X[1] - x2) / per_pixel


def a_point_apart(hands: Hands, room: float) -> int:
    """A point that has no other within so many pixels, the middle one of those."""
    for index in range(hands.dataset.m):
        x1, x2 = hands.dataset.X[:, index]
        away = pixels_away(hands, hands.dataset, hands.pixel(x1, x2))
        if np.sort(away)[1] > room:
            return index
    raise AssertionError("every point has a neighbour")


# Points


def test_a_click_adds_a_point_of_the_chosen_class_exactly_there_in_the_same_event(hands: Hands) -> None:
    before, at = hands.dataset, hands.place(0.3, 0.6)
    hands.key("2")
    hands.click(at)
    (new,) = added(before, hands.dataset)
    assert new == pytest.approx(hands.spot(at), abs=1e-12)
    assert hands.dataset.labels[-1] == 1
    assert hands.controller.request.dataset is hands.dataset


def test_a_point_can_be_placed_on_both_axes_where_the_coordinates_are_zero(hands: Hands) -> None:
    box = hands.plane.box
    box.setAspectLocked(False)
    width, height = box.width(), box.height()
    box.setRange(xRange=(-100, width - 100), yRange=(-200, height - 200), padding=0)  # a pixel is a unit
    before = hands.dataset
    hands.click(hands.pixel(0, 0))
    (new,) = added(before, hands.dataset)
    assert new == pytest.approx((0, 0), abs=0.51)
    assert new == pytest.approx(hands.spot(hands.pixel(0, 0)), abs=1e-9)


def test_twenty_clicks_of_three_classes_are_twenty_points(hands: Hands) -> None:
    before = hands.dataset
    rng = np.random.default_rng(3)
    places = [hands.place(*rng.uniform(0.1, 0.9, 2)) for _ in range(20)]
    for i, at in enumerate(places):
        hands.key(str(i % 3 + 1))
        hands.click(at)
    assert added(before, hands.dataset) == [pytest.approx(hands.spot(at), abs=1e-12) for at in places]
    assert hands.dataset.labels[before.m :].tolist() == [i % 3 for i in range(20)]


def test_clicks_at_one_place_make_a_point_each(hands: Hands) -> None:
    before, at = hands.dataset, hands.place(0.5, 0.5)
    for _ in range(3):
        hands.click(at)
    assert added(before, hands.dataset) == [pytest.approx(hands.spot(at))] * 3


def test_a_double_click_is_two_clicks(hands: Hands) -> None:
    from PyQt6.QtTest import QTest

    before, at = hands.dataset, hands.place(0.5, 0.5)
    QTest.mouseDClick(hands.window.windowHandle(), LEFT, NONE, hands.plane.viewport().mapTo(hands.window, at))
    assert added(before, hands.dataset) == [pytest.approx(hands.spot(at))] * 2


def test_dragging_the_point_tool_adds_only_the_point_that_was_pressed(hands: Hands) -> None:
    before = hands.dataset
    path = [hands.place(share, 0.5) for share in (0.3, 0.5, 0.7)]
    hands.stroke(path)
    assert added(before, hands.dataset) == [pytest.approx(hands.spot(path[0]))]


def test_the_new_point_is_on_screen_before_the_event_loop_turns(hands: Hands) -> None:
    at = hands.place(0.5, 0.5)
    drawn = hands.plane.grab().toImage().pixel(at)
    hands.click(at)
    assert hands.plane.grab().toImage().pixel(at) != drawn


def test_a_click_while_training_neither_stops_nor_restarts_it(hands: Hands) -> None:
    run = hands.run_id
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step > 3)
    step = hands.step
    hands.click(hands.place(0.5, 0.5))
    assert hands.running
    hands.until(lambda: hands.snapshot.dataset is hands.dataset and hands.step > step + 3)
    assert hands.snapshot.run_id == hands.run_id == run
    steps = [made for _, made in hands.runs_and_steps]
    assert steps == sorted(steps)


def test_the_border_bends_to_new_points_without_a_new_run(hands: Hands) -> None:
    hands.train_as_fast_as_possible()
    hands.trained_to(60)
    at = hands.pixel(*hands.dataset.X[:, hands.dataset.labels == 0].mean(axis=1))
    was = hands.probabilities(np.array([hands.spot(at)]).T)[2, 0]
    hands.key("3")
    for _ in range(100):
        hands.click(at)
    hands.trained_to(300)
    assert was < 0.5 < hands.probabilities(np.array([hands.spot(at)]).T)[2, 0]
    assert {run for run, _ in hands.runs_and_steps} == {hands.run_id}


def test_a_click_beside_the_plane_changes_nothing(hands: Hands) -> None:
    before = hands.dataset
    for place in ((-0.04, 0.5), (0.5, -0.05)):
        at = hands.place(*place)
        assert hands.plane.rect().contains(at)
        hands.click(at)
    assert hands.dataset is before
    assert hands.controller.undo_stack.count() == 0


# Undo


def test_five_undos_and_five_redos_give_exactly_the_same_points(hands: Hands) -> None:
    states = [hands.dataset]
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        hands.key(str(len(states) % 3 + 1))
        hands.click(hands.place(share, share))
        states.append(hands.dataset)
    for state in reversed(states[:-1]):
        hands.undo()
        assert same_drawing(hands.dataset, state)
    for state in states[1:]:
        hands.redo()
        assert same_drawing(hands.dataset, state)
    hands.undo(5)
    hands.redo(5)
    assert same_drawing(hands.dataset, states[-1])


def test_undo_goes_back_through_every_tool(hands: Hands) -> None:
    start = hands.dataset
    for tool, key in TOOL_KEYS.items():
        x1, x2 = hands.dataset.X[:, 0]
        hands.key(key)
        before = hands.dataset
        hands.stroke([hands.pixel(x1, x2), hands.pixel(x1, x2) + QPoint(40, 5)])
        assert hands.dataset is not before, tool
    end = hands.dataset
    assert hands.controller.undo_stack.index() == 4
    hands.undo(4)
    assert same_drawing(hands.dataset, start)
    hands.redo(4)
    assert same_drawing(hands.dataset, end)


def test_a_new_point_after_an_undo_takes_the_place_of_what_was_undone(hands: Hands) -> None:
    start = hands.dataset
    hands.click(hands.place(0.2, 0.5))
    hands.undo()
    hands.click(hands.place(0.8, 0.5))
    end = hands.dataset
    hands.redo()
    assert hands.dataset is end
    hands.undo()
    assert same_drawing(hands.dataset, start)


def test_undo_and_redo_while_training_keep_the_run(hands: Hands) -> None:
    run = hands.run_id
    hands.click(hands.place(0.5, 0.5))
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step > 3)
    hands.undo()
    hands.redo()
    step = hands.step
    hands.until(lambda: hands.step > step + 3 and hands.snapshot.dataset is hands.dataset)
    assert hands.running
    assert hands.run_id == run


# Spray


def test_a_spray_stroke_pours_while_held_is_one_undo_step_and_ends_at_the_release(hands: Hands) -> None:
    start = hands.dataset
    hands.key("3")
    hands.key(Qt.Key.Key_S)
    at = hands.place(0.5, 0.5)
    hands.press(at)
    hands.until(lambda: hands.dataset.m >= start.m + 8)
    held = hands.dataset
    ring(hands.window)
    assert hands.dataset.m > held.m
    hands.release(at)
    end = hands.dataset
    ring(hands.window, 3)
    assert hands.dataset is end
    assert hands.controller.undo_stack.count() == 1
    assert set(end.labels[start.m :]) == {2}
    hands.undo()
    assert same_drawing(hands.dataset, start)
    hands.redo()
    assert same_drawing(hands.dataset, end)


def test_spray_falls_within_the_circle_and_not_all_at_one_spot(hands: Hands) -> None:
    start = hands.dataset
    hands.key(Qt.Key.Key_S)
    at = hands.place(0.5, 0.5)
    hands.press(at)
    hands.until(lambda: hands.dataset.m >= start.m + 20)
    hands.release(at)
    away = pixels_away(hands, hands.dataset, at)[start.m :]
    assert away.max() <= SPRAY_RADIUS + 1e-6
    assert away.max() > SPRAY_RADIUS / 2
    assert len(np.unique(hands.dataset.X[:, start.m :], axis=1).T) == len(away)


def test_spray_follows_the_mouse(hands: Hands) -> None:
    start = hands.dataset
    hands.key(Qt.Key.Key_S)
    first, second = hands.place(0.2, 0.5), hands.place(0.8, 0.5)
    hands.press(first)
    hands.move(second)
    count = hands.dataset.m
    hands.until(lambda: hands.dataset.m >= count + 4)
    hands.release(second)
    assert (pixels_away(hands, hands.dataset, first)[start.m : count] <= SPRAY_RADIUS + 1e-6).all()
    last = hands.dataset.without(np.arange(hands.dataset.m) < count + 2)  # the two before may lie on the way
    assert (pixels_away(hands, last, second) <= SPRAY_RADIUS + 1e-6).all()


def test_two_spray_strokes_are_two_undo_steps(hands: Hands) -> None:
    hands.key(Qt.Key.Key_S)
    for _ in range(2):
        hands.click(hands.place(0.5, 0.5))
    assert hands.controller.undo_stack.count() == 2


def test_another_tool_or_class_chosen_in_a_stroke_waits_for_the_next_stroke(hands: Hands) -> None:
    start = hands.dataset
    hands.key("3")
    hands.key(Qt.Key.Key_S)
    at = hands.pixel(*start.X[:, 0])
    hands.press(at)
    hands.key(Qt.Key.Key_E)
    hands.key("1")
    hands.until(lambda: hands.dataset.m >= start.m + 6)
    hands.move(at + QPoint(1, 1))
    hands.until(lambda: hands.dataset.m >= start.m + 12)
    hands.release(at)
    count = hands.dataset.m
    assert set(hands.dataset.labels[start.m :]) == {2}
    assert hands.controller.undo_stack.count() == 1
    hands.click(at)
    assert hands.dataset.m < count


# Erase


def test_an_erase_stroke_takes_the_points_under_it_and_no_others_and_is_one_undo_step(hands: Hands) -> None:
    start = hands.dataset
    hands.key(Qt.Key.Key_E)
    path = [hands.pixel(*start.X[:, 0]) + QPoint(8 * i, 0) for i in range(12)]
    hands.stroke(path)
    under = np.min([pixels_away(hands, start, at) for at in path], axis=0) <= ERASER_RADIUS
    assert 1 < under.sum() < start.m / 2
    assert same_drawing(hands.dataset, start.without(under))
    assert hands.controller.undo_stack.count() == 1
    hands.undo()
    assert same_drawing(hands.dataset, start)


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_a_fast_hand_erases_everything_on_its_way(hands: Hands, by: str) -> None:
    width = hands.plane.box.width()
    row = [hands.spot(hands.place(0.1, 0.5) + QPoint(x, 0)) for x in range(0, round(0.8 * width), 12)]
    hands.controller.edit("row", hands.dataset.cleared().with_points(np.transpose(row), 0))
    count = hands.controller.undo_stack.count()
    hands.key(Qt.Key.Key_E)
    if by == "mouse":
        start = hands.place(0.1, 0.5)
        hands.stroke([start + QPoint(x, 0) for x in range(0, round(0.8 * width) + 80, 80)])
    else:
        hands.plane.setFocus()
        hands.key(Qt.Key.Key_Return)
        for key in [Qt.Key.Key_Left] * 60 + [Qt.Key.Key_Right] * 120:
            hands.key(key)
        hands.key(Qt.Key.Key_Return)
    assert hands.dataset.m == 0
    assert hands.controller.undo_stack.count() == count + 1


def test_an_erase_stroke_over_bare_paper_is_no_undo_step(hands: Hands) -> None:
    start = hands.dataset
    corner = hands.place(0.02, 0.02)
    assert pixels_away(hands, start, corner).min() > 60
    hands.key(Qt.Key.Key_E)
    hands.stroke([corner, corner + QPoint(20, -20)])
    assert hands.dataset is start
    assert hands.controller.undo_stack.count() == 0


def test_erasing_goes_on_while_training_and_stops_it_with_the_last_point(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_E)
    hands.stroke([hands.pixel(*hands.dataset.X[:, 0])])
    assert hands.running
    for _ in range(hands.dataset.m):
        if hands.dataset.m:
            hands.stroke([hands.pixel(*hands.dataset.X[:, 0])])
    assert hands.dataset.m == 0
    assert not hands.running
    assert hands.settled().cost is None


# Move


def test_move_drags_the_nearest_point_and_no_other_and_is_one_undo_step(hands: Hands) -> None:
    start = hands.dataset
    index = a_point_apart(hands, 8)
    grip = hands.pixel(*start.X[:, index])
    hands.key(Qt.Key.Key_M)
    hands.stroke([grip, grip + QPoint(30, 20), grip + QPoint(90, -30)])
    moved = hands.dataset
    assert tuple(moved.X[:, index]) == pytest.approx(hands.spot(grip + QPoint(90, -30)), abs=0.005)  # a pixel
    others = np.arange(start.m) != index
    np.testing.assert_array_equal(moved.X[:, others], start.X[:, others])
    np.testing.assert_array_equal(moved.labels, start.labels)
    assert hands.controller.undo_stack.count() == 1
    hands.undo()
    assert same_drawing(hands.dataset, start)


def test_a_moved_point_stays_on_its_side_of_the_test(hands: Hands) -> None:
    hands.controller.set_setting("test_share", 0.4)
    start = hands.dataset
    for is_test in (False, True):
        index = int(np.flatnonzero(start.is_test(0.4) == is_test)[5])
        grip = hands.pixel(*hands.dataset.X[:, index])
        hands.key(Qt.Key.Key_M)
        hands.stroke([grip, grip + QPoint(60, 60)])
    np.testing.assert_array_equal(hands.dataset.is_test(0.4), start.is_test(0.4))
    assert (hands.dataset.X != start.X).any(axis=0).sum() == 2


def test_a_hand_out_of_reach_of_every_point_moves_nothing(hands: Hands) -> None:
    start = hands.dataset
    corner = hands.place(0.02, 0.02)
    assert pixels_away(hands, start, corner).min() > GRAB_RADIUS
    hands.key(Qt.Key.Key_M)
    hands.stroke([corner, hands.pixel(*start.X[:, 0]), hands.place(0.9, 0.9)])
    assert hands.dataset is start


def test_a_point_is_dragged_past_others_without_changing_hands(hands: Hands) -> None:
    start = hands.dataset
    index, target = a_point_apart(hands, 8), start.X[:, -1]
    hands.key(Qt.Key.Key_M)
    hands.stroke([hands.pixel(*start.X[:, index]), hands.pixel(*target), hands.place(0.95, 0.05)])
    changed = np.flatnonzero((hands.dataset.X != start.X).any(axis=0))
    assert changed.tolist() == [index]


# Choosing


def test_p_s_m_and_e_choose_the_tool_and_its_button_shows_it(hands: Hands) -> None:
    for tool in ("Spray", "Move", "Erase", "Point"):
        hands.key(TOOL_KEYS[tool])
        assert [name for name in TOOL_KEYS if hands.find(QToolButton, name).isChecked()] == [tool]


EFFECTS: dict[str, Callable[[Dataset, Dataset], bool]] = {
    "Spray": lambda before, now: now.m > before.m + 1,
    "Move": lambda before, now: now.m == before.m and bool((now.X != before.X).any()),
    "Erase": lambda before, now: now.m < before.m,
    "Point": lambda before, now: now.m == before.m + 1,
}


def test_a_tool_is_chosen_by_its_button_too(hands: Hands) -> None:
    for tool, is_seen in EFFECTS.items():
        hands.qtbot.mouseClick(hands.find(QToolButton, tool), LEFT)
        before = hands.dataset
        grip = hands.pixel(*before.X[:, 0])
        hands.stroke([grip, grip + QPoint(30, 0)])
        assert is_seen(before, hands.dataset), tool


def test_digits_choose_classes_and_zero_the_tenth(hands: Hands) -> None:
    while hands.dataset.C < 10:
        hands.choose("add_class")
    for digit in (*range(1, 10), 0):
        hands.key(str(digit))
        hands.click(hands.place(0.5, 0.5))
        assert hands.dataset.labels[-1] == (digit - 1) % 10


def test_a_digit_without_a_class_chooses_none(hands: Hands) -> None:
    hands.key("2")
    for digit in "4567890":
        hands.key(digit)
    hands.click(hands.place(0.5, 0.5))
    assert hands.dataset.labels[-1] == 1


def test_a_point_grabbed_off_its_centre_keeps_its_distance_to_the_hand(hands: Hands) -> None:
    before = hands.dataset
    index = a_point_apart(hands, room=2 * GRAB_RADIUS)
    off = QPoint(6, -5)
    grip = hands.pixel(*before.X[:, index]) + off
    hands.press(grip)
    hands.release(grip)
    hands.undo()
    hands.key(Qt.Key.Key_M)
    hands.stroke([grip, grip + QPoint(1, 0), grip + QPoint(30, 20)])
    was, now = hands.spot(grip), hands.spot(grip + QPoint(30, 20))
    way = np.subtract(now, was)
    assert hands.dataset.X[:, index] == pytest.approx(before.X[:, index] + way, rel=1e-9)


def test_a_point_in_the_hand_is_let_go_by_an_edit_that_would_put_another_in_its_place(hands: Hands) -> None:
    at = hands.place(0.5, 0.5)
    hands.key(Qt.Key.Key_E)
    hands.click(hands.pixel(*hands.dataset.X[:, 0]))  # the points behind it move up
    hands.key(Qt.Key.Key_M)
    hands.press(hands.pixel(*hands.dataset.X[:, -1]))
    hands.undo()
    undone = hands.dataset
    hands.move(at)
    hands.release(at)
    assert hands.dataset is undone


# What ends a stroke, and what takes it back


@pytest.mark.parametrize("tool", ["Spray", "Move", "Erase"])
def test_a_stroke_whose_button_is_released_over_a_dialog_ends(
    hands: Hands, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda window, *_: open_over(hands, window))
    at = hands.pixel(*hands.dataset.X[:, 0])
    hands.key(TOOL_KEYS[tool])
    hands.press(at)
    hands.key(Qt.Key.Key_O, CONTROL)
    end = hands.dataset
    ring(hands.window, 3)
    for step in (10, 60, 120):
        send_move(hands.plane.viewport(), at + QPoint(step, 0))
    assert hands.dataset is end


def open_over(hands: Hands, window: QWidget) -> tuple[str, str]:
    """A dialog that is there for a moment: the release of the mouse goes to it."""
    dialog = QDialog(window)
    bring_up(hands.qtbot, dialog, 200, 100)
    dialog.close()
    dialog.deleteLater()
    return_to(hands.qtbot, hands.window)
    return "", ""


@pytest.mark.parametrize("tool", list(TOOL_KEYS))
def test_esc_takes_the_running_stroke_back_and_nothing_else(hands: Hands, tool: str) -> None:
    hands.click(hands.place(0.05, 0.05))
    before = hands.dataset
    at = hands.pixel(*before.X[:, 0])
    hands.key(TOOL_KEYS[tool])
    hands.press(at)
    hands.move(at + QPoint(20, 0))
    assert (hands.dataset is before) == (tool == "Nothing")
    hands.key(Qt.Key.Key_Escape)
    taken_back = hands.dataset
    assert same_drawing(taken_back, before)
    hands.move(at + QPoint(60, 0))
    hands.release(at + QPoint(60, 0))
    assert hands.dataset is taken_back
    hands.key(Qt.Key.Key_Escape)
    assert hands.dataset is taken_back


def test_esc_puts_a_dragged_pin_back_and_then_lets_it_go(hands: Hands) -> None:
    hands.key(Qt.Key.Key_I)
    first, second = hands.place(0.05, 0.05), hands.place(0.95, 0.05)
    hands.click(first)
    pin = hands.controller.looking.pin
    hands.press(second)
    hands.move(second - QPoint(30, 0))
    assert hands.controller.looking.pin != pin
    hands.key(Qt.Key.Key_Escape)
    assert hands.controller.looking.pin == pin
    hands.release(second)
    hands.key(Qt.Key.Key_Escape)
    assert hands.controller.looking.pin is None


def test_esc_takes_the_keys_crosshair_away_before_the_pin(hands: Hands) -> None:
    hands.key(Qt.Key.Key_I)
    hands.click(hands.place(0.05, 0.05))
    hands.plane.setFocus()
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Escape)
    assert hands.controller.looking.pin is not None
    hands.key(Qt.Key.Key_Escape)
    assert hands.controller.looking.pin is None


def test_a_stroke_beyond_the_largest_coordinate_is_told_of_and_changes_nothing(hands: Hands) -> None:
    before = hands.dataset
    for tool in TOOL_KEYS:
        hands.window.tools.tool = tool.lower()
        for x1 in (1e31, float("inf"), float("nan")):
            hands.window.tools.press(Touch(x1, 0.0, 0.1, 0.1))
            hands.window.tools.drag(Touch(x1, 1.0, 0.1, 0.1))
            hands.window.tools.release()
    assert hands.dataset is before
    assert "coordinates must be numbers between −10³⁰ and 10³⁰." in hands.said("note")


# Keys on the plane


def test_arrows_and_enter_place_a_point(hands: Hands) -> None:
    before = hands.dataset
    (left, right), (bottom, top) = hands.plane.box.viewRange()
    per_pixel = (right - left) / hands.plane.box.width()
    hands.plane.setFocus()
    for key in [Qt.Key.Key_Right] * 3 + [Qt.Key.Key_Up] * 2 + [Qt.Key.Key_Left]:
        hands.key(key)
    hands.key(Qt.Key.Key_Return)
    (new,) = added(before, hands.dataset)
    centre = (left + right) / 2, (bottom + top) / 2
    assert new == pytest.approx((centre[0] + 16 * per_pixel, centre[1] + 16 * per_pixel))
    assert hands.controller.undo_stack.count() == 1


def test_enter_arrows_enter_is_a_stroke_of_the_chosen_tool(hands: Hands) -> None:
    before = hands.dataset
    hands.key(Qt.Key.Key_S)
    hands.plane.setFocus()
    hands.key(Qt.Key.Key_Enter)
    begun = hands.dataset
    assert begun.m > before.m
    ring(hands.window, 3)
    assert hands.dataset is begun  # a key pours by what it does, not by the clock
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Enter)
    end = hands.dataset
    assert end.m > begun.m
    hands.key(Qt.Key.Key_Right)
    assert hands.dataset is end
    assert hands.controller.undo_stack.count() == 1


def test_a_point_is_moved_by_keys(hands: Hands) -> None:
    spot = hands.spot(hands.place(0.5, 0.5))
    hands.controller.edit("one", hands.dataset.cleared().with_points([[spot[0]], [spot[1]]], 1))
    hands.key(Qt.Key.Key_M)
    hands.plane.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Up):
        hands.key(key)
    per_pixel = hands.plane.box.viewPixelSize()[0]
    assert hands.dataset.X[:, 0] == pytest.approx((spot[0] + 16 * per_pixel, spot[1]))


# Panning is not drawing


@pytest.mark.parametrize(("button", "modifier"), [(MIDDLE, NONE), (LEFT, CONTROL)], ids=["middle", "Ctrl"])
def test_panning_draws_nothing_with_any_tool(
    hands: Hands, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    before = hands.dataset
    for key in TOOL_KEYS.values():
        hands.key(key)
        grip = hands.pixel(*before.X[:, 0])
        hands.stroke([grip, grip + QPoint(20, 10), grip + QPoint(30, 30)], button, modifier)
        assert hands.dataset is before


def test_a_point_that_is_gripped_by_its_edge_does_not_jump(hands: Hands) -> None:
    hands.choose("move")
    before = hands.dataset
    grip = hands.pixel(*before.X[:, 0]) + QPoint(3, -2)
    end = grip + QPoint(40, 30)
    hands.stroke([grip, grip + QPoint(20, 5), end])
    (moved,) = np.flatnonzero((hands.dataset.X != before.X).any(axis=0))
    way = hands.dataset.X[:, moved] - before.X[:, moved]
    assert way == pytest.approx(np.subtract(hands.spot(end), hands.spot(grip)), abs=1e-9)
