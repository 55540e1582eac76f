"""Touching a plot on its own: what each gesture and key is reported as, and how it moves the view."""

from collections.abc import Iterator
from typing import Any

import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QGraphicsEllipseItem, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.palette import LIGHT
from playground.gui.plots.touch_plot import TouchPlot
from playground.session.strokes import Brush
from tests.gui.hands import (
    CONTROL,
    LEFT,
    MIDDLE,
    NONE,
    RIGHT,
    SHIFT,
    ask_for_menu,
    box_of,
    bring_up,
    pixel_of,
    send_leave,
    send_move,
    spot_under,
    turn,
    turn_wheel,
)

Range = tuple[tuple[float, float], tuple[float, float]]


class Ear:
    """Everything a plot reports, in order."""

    def __init__(self, plot: TouchPlot) -> None:
        self.heard: list[tuple[str, Any]] = []
        for name in ("pressed", "dragged", "hovered"):
            getattr(plot, name).connect(lambda value, name=name: self.heard.append((name, value)))
        plot.released.connect(lambda: self.heard.append(("released", None)))
        plot.view_changed.connect(lambda: self.heard.append(("view_changed", None)))
        plot.menu_requested.connect(lambda touch, at: self.heard.append(("menu_requested", (touch, at))))

    def names(self) -> list[str]:
        return [name for name, _ in self.heard]

    def of(self, name: str) -> list[Any]:
        return [value for own_name, value in self.heard if own_name == name]


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[TouchPlot]:
    plot = TouchPlot()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    bring_up(qtbot, plot, 480, 400)
    plot.box.setRange(xRange=(-2, 6), yRange=(10, 14), padding=0)
    plot.grab()
    turn(qtbot)  # the axes make room for their numbers
    plot.setFocus()
    yield plot
    for button in (LEFT, MIDDLE):  # QTest holds what a test pressed, and the moves of those after it would be drags
        qtbot.mouseRelease(plot.viewport(), button)


@pytest.fixture
def ear(plot: TouchPlot) -> Ear:
    return Ear(plot)


def view_of(plot: TouchPlot) -> Range:
    (left, right), (bottom, top) = plot.box.viewRange()
    return (float(left), float(right)), (float(bottom), float(top))


def near(view: Range) -> tuple[Any, ...]:
    return tuple(pytest.approx(side, abs=1e-9) for side in view)


def middle(plot: TouchPlot) -> QPoint:
    return box_of(plot).center().toPoint()


# Touches


def test_a_click_is_a_press_and_a_release_at_the_spot_under_the_pixel(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    at = pixel_of(plot, 1.5, 11.0)
    qtbot.mouseClick(plot.viewport(), LEFT, NONE, at)
    assert ear.names() == ["pressed", "released"]
    (touch,) = ear.of("pressed")
    assert (touch.x1, touch.x2) == pytest.approx(spot_under(plot, at), abs=1e-12)
    assert (touch.x1, touch.x2) == pytest.approx((1.5, 11.0), abs=0.02)


def test_a_touch_knows_how_large_a_pixel_is_in_each_direction(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.mouseClick(plot.viewport(), LEFT, NONE, middle(plot))
    (touch,) = ear.of("pressed")
    area = box_of(plot)
    assert touch.per_pixel_1 == pytest.approx(8 / area.width())
    assert touch.per_pixel_2 == pytest.approx(4 / area.height())


def test_every_corner_of_the_box_is_on_the_plane_and_beyond_it_there_is_none(
    plot: TouchPlot, ear: Ear, qtbot: QtBot
) -> None:
    area = box_of(plot)
    left, right, top, bottom = (round(side) for side in (area.left(), area.right(), area.top(), area.bottom()))
    for inside in (QPoint(left + 1, top + 1), QPoint(right - 1, bottom - 1)):
        qtbot.mouseClick(plot.viewport(), LEFT, NONE, inside)
    assert len(ear.of("pressed")) == 2
    for outside in (QPoint(left - 4, top + 9), QPoint(left + 9, bottom + 4), QPoint(right + 3, top + 9)):
        qtbot.mouseClick(plot.viewport(), LEFT, NONE, outside)
    assert len(ear.of("pressed")) == len(ear.of("released")) == 2


def test_a_drag_reports_each_place_and_then_the_release(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    path = [pixel_of(plot, x1, 12) for x1 in (0, 1, 3, 5)]
    qtbot.mousePress(plot.viewport(), LEFT, NONE, path[0])
    for at in path[1:]:
        qtbot.mouseMove(plot.viewport(), at)
    qtbot.mouseRelease(plot.viewport(), LEFT, NONE, path[-1])
    assert [name for name in ear.names() if name != "hovered"] == ["pressed", *["dragged"] * 3, "released"]
    places = [(touch.x1, touch.x2) for touch in ear.of("dragged")]
    assert places == [pytest.approx(spot_under(plot, at)) for at in path[1:]]
    assert ear.of("view_changed") == []


def test_a_stroke_goes_on_and_ends_beyond_the_edge_of_the_plane(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.mousePress(plot.viewport(), LEFT, NONE, middle(plot))
    qtbot.mouseMove(plot.viewport(), QPoint(3, 200))
    qtbot.mouseRelease(plot.viewport(), LEFT, NONE, QPoint(3, 200))
    assert len(ear.of("dragged")) == 1
    assert ear.names()[-1] == "released"


def test_moving_without_a_press_only_hovers(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    at = pixel_of(plot, 0, 13)
    qtbot.mouseMove(plot.viewport(), at)
    assert ear.heard == [("hovered", pytest.approx(spot_under(plot, at)))]


def test_hovering_ends_beside_the_plane_and_when_the_mouse_leaves(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.mouseMove(plot.viewport(), middle(plot))
    qtbot.mouseMove(plot.viewport(), QPoint(3, 200))
    assert ear.of("hovered")[-1] is None
    qtbot.mouseMove(plot.viewport(), middle(plot))
    send_leave(plot)
    assert ear.of("hovered")[-2:] == [pytest.approx(spot_under(plot, middle(plot))), None]


@pytest.mark.parametrize("button", [RIGHT, MIDDLE, Qt.MouseButton.BackButton])
def test_only_the_left_button_is_a_touch(plot: TouchPlot, ear: Ear, qtbot: QtBot, button: Qt.MouseButton) -> None:
    qtbot.mouseClick(plot.viewport(), button, NONE, middle(plot))
    assert ear.names() == []


def test_the_right_button_during_a_stroke_does_not_end_it(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.mousePress(plot.viewport(), LEFT, NONE, middle(plot))
    qtbot.mouseClick(plot.viewport(), RIGHT, NONE, middle(plot))
    assert ear.of("released") == []
    qtbot.mouseRelease(plot.viewport(), LEFT, NONE, middle(plot))
    assert len(ear.of("released")) == 1


def test_a_right_click_asks_for_a_menu_at_the_spot_and_touches_nothing(plot: TouchPlot, ear: Ear) -> None:
    at = pixel_of(plot, 4, 11)
    ask_for_menu(plot.viewport(), at)
    assert ear.names() == ["menu_requested"]
    ((touch, on_screen),) = ear.of("menu_requested")
    assert (touch.x1, touch.x2) == pytest.approx(spot_under(plot, at))
    assert on_screen == plot.viewport().mapToGlobal(at)


def test_there_is_no_menu_beside_the_plane(plot: TouchPlot, ear: Ear) -> None:
    ask_for_menu(plot.viewport(), QPoint(3, 200))
    assert ear.heard == []


# Moving the view


@pytest.mark.parametrize(("button", "modifier"), [(MIDDLE, NONE), (LEFT, CONTROL)], ids=["middle", "Ctrl"])
def test_panning_holds_the_spot_under_the_mouse_and_touches_nothing(
    plot: TouchPlot, ear: Ear, qtbot: QtBot, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    before = view_of(plot)
    start = pixel_of(plot, 1, 12)
    held = spot_under(plot, start)
    qtbot.mousePress(plot.viewport(), button, modifier, start)
    for at in (start + QPoint(10, 0), start + QPoint(37, -21), start + QPoint(-40, 50)):
        qtbot.mouseMove(plot.viewport(), at)
        assert spot_under(plot, at) == pytest.approx(held, abs=1e-9)
    qtbot.mouseRelease(plot.viewport(), button, modifier, at)
    (left, right), (bottom, top) = view_of(plot)
    assert (right - left, top - bottom) == pytest.approx((8, 4))
    assert view_of(plot) != before
    assert ear.of("pressed") == ear.of("dragged") == ear.of("released") == []
    after_pan = view_of(plot)
    qtbot.mouseMove(plot.viewport(), start)
    assert view_of(plot) == after_pan


def test_the_hand_closes_while_panning(plot: TouchPlot, qtbot: QtBot) -> None:
    usual = plot.cursor().shape()
    qtbot.mousePress(plot.viewport(), MIDDLE, NONE, middle(plot))
    assert plot.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    qtbot.mouseRelease(plot.viewport(), MIDDLE, NONE, middle(plot))
    assert plot.cursor().shape() == usual


@pytest.mark.parametrize("notches", [1, -1, 3, 0.5])
def test_the_wheel_zooms_about_the_mouse_by_a_quarter_for_each_notch(plot: TouchPlot, notches: float) -> None:
    at = pixel_of(plot, 4.5, 10.7)
    held = spot_under(plot, at)
    event = turn_wheel(plot.viewport(), at, notches)
    (left, right), (bottom, top) = view_of(plot)
    assert (right - left, top - bottom) == pytest.approx((8 / 1.25**notches, 4 / 1.25**notches))
    assert spot_under(plot, at) == pytest.approx(held, abs=1e-9)
    assert event.isAccepted()


def test_zooming_in_and_out_again_returns_to_the_view(plot: TouchPlot) -> None:
    before, at = view_of(plot), pixel_of(plot, -1, 13.5)
    for notches in (1, 1, -1, 1, -1, -1):
        turn_wheel(plot.viewport(), at, notches)
    assert view_of(plot) == near(before)


def test_zoom_without_a_place_keeps_the_centre(plot: TouchPlot) -> None:
    plot.zoom(0.5)
    assert view_of(plot) == near(((0, 4), (11, 13)))
    plot.zoom(2)
    assert view_of(plot) == near(((-2, 6), (10, 14)))


@pytest.mark.parametrize("notches", [40, -40])
def test_the_zoom_has_an_end_in_both_directions(plot: TouchPlot, notches: int) -> None:
    for _ in range(20):
        turn_wheel(plot.viewport(), middle(plot), notches)
    (left, right), (bottom, top) = view_of(plot)
    assert 1e-10 < top - bottom < right - left < 1e13
    still = view_of(plot)
    turn_wheel(plot.viewport(), middle(plot), notches)
    assert view_of(plot) == still


def test_each_change_of_the_view_is_reported(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    turn_wheel(plot.viewport(), middle(plot), 1)
    assert "view_changed" in ear.names()
    ear.heard.clear()
    with qtbot.waitSignal(plot.view_changed):
        plot.box.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)


# Keys


def test_the_arrows_move_a_crosshair_from_the_centre_and_enter_touches_there(
    plot: TouchPlot, ear: Ear, qtbot: QtBot
) -> None:
    area = box_of(plot)
    across, up = 8 / area.width(), 4 / area.height()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    qtbot.keyClick(plot, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(plot, Qt.Key.Key_Up, SHIFT)
    place = (2 - 8 * across + across, 12 - 16 * up + up)
    assert ear.of("hovered")[-1] == pytest.approx(place)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert ear.names() == [*["hovered"] * 5, "pressed", "released"]
    (touch,) = ear.of("pressed")
    assert (touch.x1, touch.x2) == pytest.approx(place)
    assert (touch.per_pixel_1, touch.per_pixel_2) == pytest.approx((across, up))


def test_the_crosshair_stops_at_the_edge_of_the_view(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    for _ in range(120):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
        qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert ear.of("hovered")[-1] == pytest.approx((6, 14))
    for _ in range(120):
        qtbot.keyClick(plot, Qt.Key.Key_Left)
        qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert ear.of("hovered")[-1] == pytest.approx((-2, 10))


def test_enter_without_a_crosshair_touches_the_centre(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Enter)
    (touch,) = ear.of("pressed")
    assert (touch.x1, touch.x2) == pytest.approx((2, 12))


def test_the_mouse_takes_the_crosshair_over(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    for _ in range(10):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.mouseClick(plot.viewport(), LEFT, NONE, middle(plot))
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    touch = ear.of("pressed")[-1]
    assert (touch.x1, touch.x2) == pytest.approx((2, 12))


def test_other_keys_are_left_to_the_window(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_Escape, Qt.Key.Key_Delete):
        qtbot.keyClick(plot, key)
    assert ear.heard == []


@pytest.mark.parametrize("ending", ["Enter", "click", "other keys"])
def test_with_a_tool_that_is_swept_enter_begins_a_stroke_and_the_next_ends_it(
    plot: TouchPlot, ear: Ear, qtbot: QtBot, ending: str
) -> None:
    plot.set_brush(Brush(24, is_swept=True))
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert brush_of(plot).isVisible()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.mouseMove(plot.viewport(), middle(plot) + QPoint(50, 50))  # the mouse is not what draws
    assert ear.names() == ["pressed", "dragged", "hovered"]
    if ending == "Enter":
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    elif ending == "click":
        qtbot.mouseClick(plot.viewport(), LEFT, NONE, middle(plot))
    else:
        plot.clearFocus()
    assert "released" in ear.names()[3:5]
    touch = ear.of("dragged")[0]
    assert (touch.x1, touch.x2) == pytest.approx((2 + 8 * 8 / box_of(plot).width(), 12))


def test_enter_that_is_held_holds_the_tool_and_does_not_end_its_stroke(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    plot.set_brush(Brush(24, is_swept=True))
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    for _ in range(3):
        hold(plot, Qt.Key.Key_Return)
    assert ear.names() == ["pressed", "dragged", "dragged", "dragged"]
    plot.end_stroke()
    plot.set_brush(Brush())
    ear.heard.clear()
    hold(plot, Qt.Key.Key_Return)
    assert ear.heard == []


# What ends a stroke


def test_a_move_without_a_button_ends_a_stroke_whose_release_was_lost(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.mousePress(plot.viewport(), LEFT, NONE, middle(plot))
    hover(plot, middle(plot) + QPoint(9, 9))
    assert ear.names() == ["pressed", "released", "hovered"]
    hover(plot, middle(plot) + QPoint(20, 9))
    assert ear.names()[3:] == ["hovered"]


def test_a_move_without_a_button_lets_the_plane_go(plot: TouchPlot, qtbot: QtBot) -> None:
    qtbot.mousePress(plot.viewport(), MIDDLE, NONE, middle(plot))
    view = view_of(plot)
    hover(plot, middle(plot) + QPoint(40, 40))
    assert view_of(plot) == view
    assert plot.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_another_window_in_front_ends_a_stroke(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    for press in (
        lambda: qtbot.mousePress(plot.viewport(), LEFT, NONE, middle(plot)),
        lambda: qtbot.keyClick(plot, Qt.Key.Key_Return),
    ):
        plot.set_brush(Brush(24, is_swept=True))
        ear.heard.clear()
        press()
        bring_up(qtbot, other, 100, 100)
        qtbot.waitUntil(lambda: "released" in ear.names())
        bring_up(qtbot, plot, 480, 400)
        plot.setFocus()
    qtbot.mouseRelease(plot.viewport(), LEFT, NONE, middle(plot))
    assert ear.names().count("released") == 1


def test_keys_neither_move_nor_use_a_tool_that_the_mouse_holds(plot: TouchPlot, ear: Ear, qtbot: QtBot) -> None:
    qtbot.mousePress(plot.viewport(), LEFT, NONE, middle(plot))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert ear.names() == ["pressed"]
    qtbot.mouseRelease(plot.viewport(), LEFT, NONE, middle(plot))
    assert ear.names() == ["pressed", "released"]


def hold(plot: TouchPlot, key: Qt.Key) -> None:
    """What a keyboard sends for a key that stays down."""
    QApplication.sendEvent(plot, QKeyEvent(QEvent.Type.KeyPress, key, NONE, "", True))


def hover(plot: TouchPlot, at: QPoint) -> None:
    """Move the mouse with no button down, whatever was pressed before."""
    send_move(plot.viewport(), at)


# The brush


def brush_of(plot: TouchPlot) -> QGraphicsEllipseItem:
    scene = plot.scene()
    assert scene is not None
    (brush,) = [item for item in scene.items() if isinstance(item, QGraphicsEllipseItem)]
    return brush


def test_a_tool_with_a_radius_shows_its_circle_under_the_mouse(plot: TouchPlot, qtbot: QtBot) -> None:
    plot.set_brush(Brush(24))
    brush = brush_of(plot)
    assert not brush.isVisible()
    qtbot.mouseMove(plot.viewport(), middle(plot))
    assert brush.isVisible()
    on_screen = brush.deviceTransform(plot.viewportTransform()).mapRect(brush.rect())
    assert (on_screen.width(), on_screen.height()) == pytest.approx((48, 48))
    assert (on_screen.center() - middle(plot).toPointF()).manhattanLength() < 0.01
    send_leave(plot)
    assert not brush.isVisible()


def test_the_circle_stays_within_the_plane(plot: TouchPlot, qtbot: QtBot) -> None:
    plot.set_brush(Brush(24))
    qtbot.mouseMove(plot.viewport(), middle(plot))
    qtbot.mouseMove(plot.viewport(), QPoint(3, 200))
    assert not brush_of(plot).isVisible()


def test_a_tool_that_works_at_a_point_has_no_circle(plot: TouchPlot, qtbot: QtBot) -> None:
    plot.set_brush(Brush(24))
    qtbot.mouseMove(plot.viewport(), middle(plot))
    plot.set_brush(Brush())
    assert not brush_of(plot).isVisible()
    qtbot.mouseMove(plot.viewport(), middle(plot) + QPoint(5, 5))
    assert not brush_of(plot).isVisible()
