"""The probe: it follows the mouse, snaps to points, is pinned and let go, moves with its point, and edits nothing."""

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QWidget

from playground.gui.probing import SNAP_RADIUS
from playground.session.grid import Point
from tests.gui.hands import CONTROL, Hands, same_drawing

Key = Qt.Key
BARE, OTHER = (0.1, 0.93), (0.92, 0.06)  # places, by their shares of the view, away from the points


@pytest.fixture
def probe(hands: Hands) -> Hands:
    """Hands with the Probe chosen."""
    hands.settled()
    hands.key(Key.Key_I)
    return hands


def pin_of(hands: Hands) -> Point | None:
    pin: Point | None = hands.controller.looking.pin
    return pin


def point_of(hands: Hands, index: int) -> Point:
    x1, x2 = hands.dataset.X[:, index]
    return float(x1), float(x2)


def lonely(hands: Hands) -> int:
    """The point farthest from any other, and well inside the view."""
    X = hands.dataset.X
    away = np.linalg.norm(X[:, :, None] - X[:, None, :], axis=0)
    np.fill_diagonal(away, np.inf)
    return int(away.min(axis=0).argmax())


def beside(hands: Hands, index: int, pixels: float) -> QPoint:
    return hands.pixel(*point_of(hands, index)) + QPoint(round(pixels), 0)


def follows_the_mouse(hands: Hands) -> bool:
    for place in ((0.4, 0.93), OTHER):  # two, as a mouse that is there already does not move
        hands.move(hands.place(*place))
    return hands.controller.request.probe == pytest.approx(hands.spot(hands.place(*OTHER)))


# Hovering


def test_the_probe_snaps_to_a_point_near_the_mouse_and_to_none_farther_off(hands: Hands) -> None:
    hands.settled()
    index, ring = lonely(hands), hands.plane._ring
    hands.move(beside(hands, index, SNAP_RADIUS - 2))
    assert hands.controller.request.probe == point_of(hands, index)
    example = hands.settled().example
    assert example is not None
    assert example.index == index
    assert ring.isVisible()
    at = beside(hands, index, SNAP_RADIUS + 2)
    hands.move(at)
    assert hands.controller.request.probe == pytest.approx(hands.spot(at))
    example = hands.settled().example
    assert example is not None
    assert example.index is None
    assert not ring.isVisible()


# Pinning


def test_a_click_pins_the_probe_where_it_is_hovering_moves_it_no_more_and_a_second_lets_go(probe: Hands) -> None:
    at, before = probe.place(*BARE), probe.dataset
    probe.click(at)
    pin, ring = pin_of(probe), probe.plane._ring
    assert pin == pytest.approx(probe.spot(at))
    assert ring.isVisible()
    assert (ring.pos().x(), ring.pos().y()) == pin
    assert probe.controller.request.probe == pin
    probe.move(probe.place(*OTHER))
    probe.hover(probe.find(QWidget, "Probability of class 1"), QPoint(20, 60))
    assert probe.settled().probe == pin == pin_of(probe)
    assert probe.dataset is before
    assert probe.controller.undo_stack.count() == 0
    probe.click(at)
    assert pin_of(probe) is None
    assert follows_the_mouse(probe)


def test_a_click_elsewhere_pins_there_near_a_point_to_it_and_another_near_it_lets_go(probe: Hands) -> None:
    index = lonely(probe)
    for place in (BARE, OTHER):
        probe.click(probe.place(*place))
        assert pin_of(probe) == pytest.approx(probe.spot(probe.place(*place)))
    probe.click(beside(probe, index, 5))
    assert pin_of(probe) == point_of(probe, index)
    example = probe.settled().example
    assert example is not None
    assert example.index == index
    probe.click(beside(probe, index, -4))
    assert pin_of(probe) is None


def test_a_hand_that_trembles_pins_or_lets_go_all_the_same_and_a_drag_takes_the_pin_along(probe: Hands) -> None:
    index = lonely(probe)
    for pin in (point_of(probe, index), None):
        probe.stroke([beside(probe, index, shift) for shift in (0, 1, 2, 1)])
        assert pin_of(probe) == pin
    probe.press(probe.place(*BARE))
    probe.move(probe.place(*OTHER))
    assert pin_of(probe) == pytest.approx(probe.spot(probe.place(*OTHER)))
    probe.move(beside(probe, index, 4))
    probe.move(beside(probe, index, 3))
    probe.release(beside(probe, index, 3))
    assert pin_of(probe) == point_of(probe, index)
    assert probe.controller.undo_stack.count() == 0


def test_a_tool_chosen_in_the_middle_of_a_stroke_waits_for_the_next(probe: Hands) -> None:
    before, index = probe.dataset, lonely(probe)
    probe.key(Key.Key_E)
    probe.stroke([probe.place(*OTHER)])  # the last stroke that erases, though nothing
    probe.key(Key.Key_I)
    probe.press(probe.place(*BARE))
    probe.key(Key.Key_E)
    probe.move(beside(probe, index, 0))
    probe.release(beside(probe, index, 0))
    assert probe.dataset is before
    assert pin_of(probe) == point_of(probe, index)
    pin = pin_of(probe)
    probe.key(Key.Key_P)
    probe.press(probe.place(*BARE))
    probe.key(Key.Key_I)
    probe.move(probe.place(*OTHER))
    probe.release(probe.place(*OTHER))
    assert pin_of(probe) == pin
    assert probe.dataset.m == before.m + 1


def test_with_other_tools_a_click_never_pins_and_hovering_does_with_none(hands: Hands) -> None:
    hands.settled()
    for tool in "PSMEI":
        hands.key(tool)
        at = beside(hands, lonely(hands), 0)
        if tool != "I":
            hands.click(hands.place(*BARE))
            hands.click(at)
        hands.move(hands.place(0.4, 0.6))
        hands.move(at)
        assert hands.controller.request.probe is not None
        assert pin_of(hands) is None


def test_esc_lets_go_and_arrow_keys_and_enter_pin_and_let_go_without_a_mouse(probe: Hands) -> None:
    probe.click(probe.place(*BARE))
    probe.key(Key.Key_Escape)
    assert pin_of(probe) is None
    probe.key(Key.Key_Escape)
    assert pin_of(probe) is None
    assert follows_the_mouse(probe)
    probe.plane.setFocus()
    for _ in range(3):
        probe.key(Key.Key_Up)
    hovered = probe.controller.request.probe
    probe.key(Key.Key_Return)
    assert pin_of(probe) == hovered is not None
    probe.key(Key.Key_Right)
    assert probe.controller.request.probe == hovered
    probe.key(Key.Key_Left)
    probe.key(Key.Key_Return)
    assert pin_of(probe) is None


def test_training_and_zooming_leave_the_pin_and_its_numbers_follow(probe: Hands) -> None:
    probe.window.probing.pin_to(7)
    assert pin_of(probe) == point_of(probe, 7)
    probe.click(probe.place(*BARE))
    pin, before = pin_of(probe), probe.settled().example
    probe.trained_to(20)
    probe.key("+")
    after_it = probe.settled().example
    assert pin_of(probe) == pin == probe.snapshot.probe
    assert before is not None
    assert after_it is not None
    assert (after_it.layers[-1].Z != before.layers[-1].Z).any()


# With edits


def test_the_pin_goes_with_its_point_and_comes_back_with_undo(probe: Hands) -> None:
    index, start = lonely(probe), probe.dataset
    was = point_of(probe, index)
    probe.click(beside(probe, index, 0))
    probe.key(Key.Key_M)
    probe.stroke([beside(probe, index, 0), probe.place(0.5, 0.9), probe.place(*BARE)])
    moved = point_of(probe, index)
    assert pin_of(probe) == moved != was
    assert probe.controller.request.probe == moved
    assert probe.controller.undo_stack.count() == 1
    probe.undo()
    assert pin_of(probe) == was
    assert same_drawing(probe.dataset, start)
    probe.redo()
    assert pin_of(probe) == moved
    other = int(np.argmax(np.linalg.norm(probe.dataset.X - probe.dataset.X[:, [index]], axis=0)))
    probe.stroke([beside(probe, other, 0), probe.place(*OTHER)])
    assert point_of(probe, other) != was
    assert pin_of(probe) == moved


def test_a_pin_on_a_bare_spot_stays_whatever_is_moved_drawn_or_erased(probe: Hands) -> None:
    probe.click(probe.place(*BARE))
    pin = pin_of(probe)
    probe.key(Key.Key_M)
    probe.stroke([beside(probe, lonely(probe), 0), probe.place(*OTHER)])
    probe.key(Key.Key_P)
    probe.click(probe.place(0.5, 0.93))
    probe.key(Key.Key_Backspace, CONTROL)
    assert probe.dataset.m == 0
    assert pin_of(probe) == pin == probe.settled().probe


def test_erasing_its_point_leaves_the_spot_pinned_undo_gives_it_its_class_again_and_loading_lets_go(
    probe: Hands,
) -> None:
    index = lonely(probe)
    probe.click(beside(probe, index, 0))
    pin = pin_of(probe)
    probe.key(Key.Key_E)
    probe.click(beside(probe, index, 0))
    example = probe.settled().example
    assert pin_of(probe) == pin == probe.snapshot.probe
    assert example is not None
    assert example.index is None
    probe.undo()
    example = probe.settled().example
    assert pin_of(probe) == pin
    assert example is not None
    assert example.index == index
    probe.controller.load_built_in("spiral")
    assert pin_of(probe) is None
    assert probe.controller.request.probe is None
    probe.key(Key.Key_I)
    probe.click(probe.place(*BARE))
    probe.undo()
    assert pin_of(probe) is None
