"""The whole window: training, looking, keys, menus, themes, errors and the end, as a user meets them."""

import re
import threading  # noqa: TID251 - to ask which thread this is, not to make one
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QMenu, QMessageBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playground import __version__
from playground.app import make_window
from playground.gui import main_window
from playground.gui.main_window import MainWindow
from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT, THEMES, Theme
from playground.nn import Network
from playground.session.generators import Recipe, generate
from playground.session.settings import Settings
from playground.session.sources import Loaded
from playground.session.trainer import Trainer
from tests.gui.clock import Clock
from tests.gui.hands import (
    CONTROL,
    LEFT,
    MIDDLE,
    NONE,
    PATIENCE,
    SHIFT,
    Hands,
    Matrix,
    ask_for_menu,
    box_of,
    channels,
    colour_at,
    evaluated,
    return_to,
    ring,
    send_leave,
    spot_under,
    turn,
    unlikeness,
)

SPACE = Qt.Key.Key_Space
furnished = pytest.mark.parametrize("furnish_ms", [main_window.FURNISH_MS], ids=["furnished"])


def means(hands: Hands) -> Matrix:
    """The middle of each class's points, (2, C)."""
    X, labels = hands.dataset.X, hands.dataset.labels
    return np.stack([X[:, labels == label].mean(axis=1) for label in range(hands.dataset.C)], axis=1)


def hue_share(colour: str, style: int, theme: Theme = LIGHT) -> float:
    """How far a colour lies on the way from paper to a class's colour."""
    way = channels(CLASS_COLOURS[style]) - channels(theme.paper)
    return float((channels(colour) - channels(theme.paper)) @ way / (way @ way))


# Training


def test_a_window_opens_ready_with_a_small_problem(hands: Hands) -> None:
    assert hands.dataset.C == 3
    assert 100 <= hands.dataset.m <= 1000
    assert not hands.running
    snapshot = hands.settled()
    assert snapshot.step == 0
    assert snapshot.regions is not None
    assert hands.said("error") == hands.said("state") == []


def test_space_trains_and_the_regions_follow(hands: Hands) -> None:
    hands.train_as_fast_as_possible()
    start = hands.settled().cost
    end = hands.trained_to(300)
    assert start is not None
    assert end.cost is not None
    assert end.cost < 0.1 * start
    assert hands.share_right() > 0.98
    assert end.accuracy == pytest.approx(hands.share_right())
    for style, (x1, x2) in enumerate(means(hands).T):
        beside = hands.pixel(x1, x2)
        around = [beside + QPoint(i, j) for i in range(-30, 31, 6) for j in range(-30, 31, 6)]
        image = hands.plane.grab().toImage()
        shares = [hue_share(image.pixelColor(at).name(), style) for at in around]
        assert np.median(shares) > 0.4


def test_the_regions_shown_are_the_network_s(hands: Hands) -> None:
    snapshot = hands.trained_to(30)
    assert snapshot.grid is not None
    assert snapshot.probabilities is not None
    flat = hands.probabilities(snapshot.grid.points())
    np.testing.assert_allclose(snapshot.probabilities.reshape(3, -1), flat, atol=1e-5)


def test_pausing_really_stops(hands: Hands) -> None:
    hands.train_as_fast_as_possible()
    paused = hands.trained_to(20)
    for _ in range(3):
        later = hands.round_trip()
        assert later.step == paused.step
        np.testing.assert_array_equal(later.parameters, paused.parameters)


def test_a_full_stop_makes_one_step_and_a_greater_sign_one_epoch(hands: Hands) -> None:
    for batch_size, steps in ((0, 1), (32, 7), (199, 2)):
        hands.controller.set_setting("batch_size", batch_size)
        hands.key(Qt.Key.Key_R, CONTROL)
        hands.settled()
        hands.key(".")
        hands.until(lambda: hands.step == 1)
        assert hands.round_trip().step == 1
        hands.key(Qt.Key.Key_R, CONTROL)
        hands.settled()
        for epoch in (1, 2):
            hands.key(">")
            made = epoch * steps
            hands.until(lambda: hands.step == made)
            snapshot = hands.round_trip()
            assert (snapshot.step, snapshot.epoch) == (made, epoch)
        assert not hands.running


def test_reset_returns_to_the_same_start_and_trains_the_same_way(hands: Hands) -> None:
    start = hands.settled()
    for _ in range(3):
        hands.key(".")
    hands.until(lambda: hands.step == 3)
    third = hands.settled()
    hands.key(Qt.Key.Key_R, CONTROL)
    again = hands.settled()
    assert (again.step, again.curve.epoch.size) == (0, 0)
    np.testing.assert_array_equal(again.parameters, start.parameters)
    for _ in range(3):
        hands.key(".")
    hands.until(lambda: hands.step == 3)
    np.testing.assert_array_equal(hands.settled().parameters, third.parameters)


def test_reset_while_training_pauses(hands: Hands) -> None:
    hands.key(SPACE)
    hands.until(lambda: hands.step > 3)
    hands.key(Qt.Key.Key_R, CONTROL)
    assert not hands.running
    assert hands.settled().step == 0


def test_a_new_start_is_another_and_reset_returns_to_that(hands: Hands) -> None:
    start = hands.settled().parameters
    hands.key(Qt.Key.Key_R, CONTROL | SHIFT)
    other = hands.settled().parameters
    assert (other != start).any()
    hands.key(".")
    hands.until(lambda: hands.step == 1)
    hands.key(Qt.Key.Key_R, CONTROL)
    np.testing.assert_array_equal(hands.settled().parameters, other)


def test_at_one_step_a_second_a_step_is_made_at_once_and_the_next_a_second_later(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.controller.set_setting("speed", "1 step/s")
    hands.settled()
    clock = Clock(monkeypatch)
    hands.key(SPACE)
    hands.until(lambda: hands.step == 1)
    clock.now += 0.99
    assert hands.round_trip().step == 1
    clock.now += 0.02
    hands.look_again()
    hands.until(lambda: hands.step == 2)
    assert hands.round_trip().step == 2


def test_the_worker_alone_evaluates_the_network(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()
    usual = Network.forward

    def forward(network: Network, *stage: Any) -> Matrix:
        threads.add(threading.get_ident())
        return usual(network, *stage)

    monkeypatch.setattr(Network, "forward", forward)
    hands.key(SPACE)
    hands.click(hands.place(0.4, 0.4))
    hands.until(lambda: hands.step > 5)
    hands.move(hands.place(0.6, 0.6))
    hands.wheel(hands.place(0.5, 0.5), 1)
    hands.key(Qt.Key.Key_T, CONTROL)
    hands.choose("add_class")
    hands.key(Qt.Key.Key_J)
    hands.controller.load_built_in("iris")
    hands.undo(2)
    hands.key(".")
    hands.settled()
    assert threads
    assert threading.get_ident() not in threads


# Looking


def map_values(hands: Hands) -> list[str]:
    """The value beside each map, first to last; "" where there is none."""
    values = []
    for label in range(hands.dataset.C):
        name = hands.dataset.class_name(label)
        tile = hands.find(QWidget, f"Probability of {name}")
        texts = [part.text() for part in tile.findChildren(QLabel) if part.text() and "." in part.text()]
        values.append(texts[0] if texts else "")
    return values


def crosshairs(hands: Hands) -> int:
    """How many lines are shown on the maps."""
    lines = [frame for frame in hands.window.maps.findChildren(QFrame) if not isinstance(frame, QLabel)]
    return sum(line.isVisible() for line in lines)


def told_at(hands: Hands, x1: float, x2: float) -> list[str]:
    p = evaluated(hands.snapshot, hands.controller.settings.activation, np.array([[x1], [x2]]))
    return [f"{value:.3f}" for value in p[:, 0]]


def test_hovering_shows_the_network_s_answer_at_that_spot_in_every_map(hands: Hands) -> None:
    hands.trained_to(20)
    for share in (0.2, 0.5, 0.83):
        at = hands.place(share, 1 - share)
        hands.move(at)
        hands.settled()
        assert hands.snapshot.probe == pytest.approx(hands.spot(at))
        assert map_values(hands) == told_at(hands, *hands.spot(at))
        assert crosshairs(hands) == 6


def test_the_answer_at_the_mouse_follows_the_training(hands: Hands) -> None:
    hands.settled()
    at = hands.place(0.5, 0.8)
    hands.move(at)
    hands.settled()
    before = map_values(hands)
    hands.trained_to(30)
    probe = hands.controller.request.probe  # the spot under the mouse, or a point within a few pixels of it
    assert probe is not None
    assert map_values(hands) == told_at(hands, *probe) != before


def test_leaving_the_plane_clears_the_maps(hands: Hands) -> None:
    hands.settled()
    hands.move(hands.place(0.5, 0.5))
    hands.settled()
    assert "" not in map_values(hands)
    send_leave(hands.plane)
    hands.settled()
    assert map_values(hands) == [""] * 3
    assert crosshairs(hands) == 0


def test_hovering_a_map_shows_the_answer_at_the_spot_under_the_mouse(hands: Hands) -> None:
    hands.trained_to(20)
    tile = hands.find(QWidget, "Probability of class 2")
    hands.hover(tile, QPoint(60, 70))
    hands.until(lambda: hands.controller.request.probe is not None)
    probe = hands.settled().probe
    assert probe is not None
    assert map_values(hands) == told_at(hands, *probe)
    hands.hover(tile, QPoint(61, 70))
    (left, right), (bottom, top) = hands.plane.box.viewRange()
    assert left < probe[0] < right
    assert bottom < probe[1] < top


def test_the_arrow_keys_probe_as_the_mouse_does(hands: Hands) -> None:
    hands.settled()
    hands.plane.setFocus()
    hands.key(Qt.Key.Key_Right)
    probe = hands.settled().probe
    assert probe is not None
    assert map_values(hands) == told_at(hands, *probe)


def bare_spot(hands: Hands, label: int) -> QPoint:
    """A pixel that surely belongs to a class and is far from every point and border."""
    snapshot = hands.snapshot
    assert snapshot.grid is not None
    assert snapshot.probabilities is not None
    spots = snapshot.grid.points()[:, ::7]
    away = np.min(np.linalg.norm(spots[:, :, None] - hands.dataset.X[:, None, :], axis=0), axis=1)
    sure = snapshot.probabilities[label].ravel()[::7] > 0.99
    x1, x2 = spots[:, int(np.argmax(np.where(sure, away, -1.0)))]
    (left, right), (bottom, top) = hands.plane.box.viewRange()
    inset = 0.03 * (right - left)  # a spot on the very edge would be on the axis
    return hands.pixel(min(max(x1, left + inset), right - inset), min(max(x2, bottom + inset), top - inset))


def test_entering_a_map_enlarges_it_on_the_plane_and_leaving_restores_the_regions(hands: Hands) -> None:
    hands.train_as_fast_as_possible()
    hands.trained_to(300)
    spots = [bare_spot(hands, label) for label in range(3)]
    usual = [colour_at(hands.plane, at) for at in spots]
    run, step = hands.run_id, hands.step
    for label in range(3):
        tile = hands.find(QWidget, f"Probability of class {label + 1}")
        hands.hover(tile, QPoint(5, 5))
        hands.until(lambda: [colour_at(hands.plane, at) for at in spots] != usual)
        for own_label, at in enumerate(spots):
            colour = colour_at(hands.plane, at)
            assert (hue_share(colour, label) > 0.5) == (own_label == label)
            assert (unlikeness(colour, LIGHT.paper) <= 6) == (own_label != label)
        hands.hover(hands.window.top_bar, QPoint(2, 2))
        hands.until(lambda: [colour_at(hands.plane, at) for at in spots] == usual)
    assert (hands.run_id, hands.step) == (run, step)


def test_removing_the_class_whose_map_is_enlarged_gives_the_plane_back(hands: Hands) -> None:
    hands.train_as_fast_as_possible()
    hands.trained_to(200)
    hands.key("3")
    hands.hover(hands.find(QWidget, "Probability of class 3"), QPoint(5, 5))
    hands.until(lambda: hands.plane._enlarged == 2)
    hands.choose("remove_class")
    hands.settled()
    hands.choose("add_class")
    hands.settled()
    hands.hover(hands.window.top_bar, QPoint(2, 2))
    hands.until(lambda: hands.plane._enlarged is None)


@furnished
def test_looking_never_touches_the_run(hands: Hands) -> None:
    hands.controller.set_setting("batch_size", 16)
    before = hands.trained_to(20)
    stack = hands.controller.undo_stack.count()
    hands.key(Qt.Key.Key_J)
    hands.key(Qt.Key.Key_T, CONTROL)
    hands.key(Qt.Key.Key_T, CONTROL)
    hands.wheel(hands.place(0.3, 0.3), 2)
    hands.key("+")
    hands.key("-")
    hands.stroke([hands.place(0.5, 0.5), hands.place(0.6, 0.6)], MIDDLE)
    for share in (0.2, 0.4, 0.6):
        hands.move(hands.place(share, share))
    hands.window.resize(1400, 850)
    hands.settled()
    hands.hover(hands.find(QWidget, "Probability of class 1"), QPoint(50, 60))
    hands.hover(hands.window.top_bar, QPoint(2, 2))
    hands.key(Qt.Key.Key_F)
    hands.key(Qt.Key.Key_J)
    now = hands.round_trip()
    assert (now.run_id, now.step, now.epoch) == (before.run_id, before.step, before.epoch)
    np.testing.assert_array_equal(now.parameters, before.parameters)
    np.testing.assert_array_equal(now.curve.epoch, before.curve.epoch)
    np.testing.assert_array_equal(now.curve.cost, before.curve.cost)
    assert hands.controller.undo_stack.count() == stack


def test_looking_while_training_leaves_the_curve_as_it_would_be(hands: Hands) -> None:
    hands.settled()
    hands.key(SPACE)
    for i in range(12):
        hands.move(hands.place(0.2 + 0.05 * i, 0.5))
        hands.wheel(hands.place(0.5, 0.5), (-1) ** i)
        if i % 4 == 0:
            hands.key(Qt.Key.Key_T, CONTROL)
        seen = len(hands.runs_and_steps)
        hands.until(lambda seen=seen: len(hands.runs_and_steps) > seen)
    hands.key(SPACE)
    end = hands.settled()
    twin = Trainer(hands.controller.request)
    while twin.step_count < end.step:
        twin.step()
    expected = twin.snapshot()
    assert end.step > 5
    np.testing.assert_array_equal(end.parameters, expected.parameters)
    np.testing.assert_array_equal(end.curve.cost, expected.curve.cost)


# The view


def test_the_regions_cover_the_view_wherever_it_goes(hands: Hands) -> None:
    hands.settled()
    hands.stroke([hands.place(0.2, 0.2), hands.place(0.9, 0.8)], LEFT, CONTROL)
    hands.wheel(hands.place(0.5, 0.5), -3)
    hands.settled()
    (left, right), (bottom, top) = hands.plane.box.viewRange()
    grid = hands.snapshot.grid
    assert grid is not None
    assert (grid.left, grid.right, grid.bottom, grid.top) == pytest.approx((left, right, bottom, top))
    corners = [hands.place(across, up) for across in (0.02, 0.98) for up in (0.02, 0.85)]  # below the button
    assert all(colour_at(hands.plane, at) != LIGHT.panel for at in corners)


def test_the_mouse_pans_and_the_wheel_zooms_about_it(hands: Hands) -> None:
    held = hands.place(0.3, 0.7)
    spot = hands.spot(held)
    hands.wheel(held, 3)
    assert hands.spot(held) == pytest.approx(spot, abs=1e-9)
    for button, modifier in ((MIDDLE, NONE), (LEFT, CONTROL)):
        spot = hands.spot(held)
        hands.stroke([held, held + QPoint(25, 10)], button, modifier)
        assert hands.spot(held + QPoint(25, 10)) == pytest.approx(spot, abs=1e-9)


def test_f_fits_and_plus_and_minus_zoom(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F)
    fitted = hands.plane.box.viewRange()
    (left, right), _ = fitted
    hands.key("+")
    (closer_left, closer_right), _ = hands.plane.box.viewRange()
    assert closer_right - closer_left == pytest.approx(0.8 * (right - left))
    hands.key("-")
    np.testing.assert_allclose(hands.plane.box.viewRange(), fitted)
    hands.wheel(hands.place(0.1, 0.1), -5)
    hands.stroke([hands.place(0.2, 0.2), hands.place(0.9, 0.8)], MIDDLE)
    hands.key(Qt.Key.Key_F)
    np.testing.assert_allclose(hands.plane.box.viewRange(), fitted)


def test_a_zoom_into_large_coordinates_ends_in_a_view_that_can_be_drawn_in(hands: Hands) -> None:
    data = generate(Recipe("blobs", points=60))
    far = replace(data, X=data.X + [[1.7e9], [5000.0]])
    hands.controller.load(Loaded(far, Settings(standardise=True)), "Open timestamps")
    for _ in range(120):
        hands.wheel(hands.place(0.5, 0.5), 1)
    (left, right), (bottom, top) = hands.plane.box.viewRange()
    assert right > left
    assert top > bottom
    hands.click(hands.place(0.25, 0.5))
    hands.click(hands.place(0.75, 0.5))
    assert hands.dataset.m == 62
    assert hands.dataset.X[0, -1] > hands.dataset.X[0, -2]
    hands.settled()


# The menu under the right button


def menu_on(hands: Hands, at: QPoint) -> QMenu:
    ask_for_menu(hands.plane.viewport(), at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def numbers_in(text: str) -> list[float]:
    return [float(number.replace("−", "-")) for number in re.findall(r"[−-]?\d+\.\d+", text)]


def test_a_right_click_opens_a_menu_and_changes_nothing(hands: Hands) -> None:
    before, request = hands.dataset, hands.controller.request
    at = hands.place(0.5, 0.5)
    hands.press(at, Qt.MouseButton.RightButton)
    menu = menu_on(hands, at)
    hands.release(at, Qt.MouseButton.RightButton)
    texts = [action.text() for action in menu.actions()]
    place = next(numbers for text in texts if len(numbers := numbers_in(text)) == 2)
    assert place == pytest.approx(hands.spot(at), abs=2e-3)
    assert "Fit the view" in texts
    menu.close()
    return_to(hands.qtbot, hands.window)
    assert hands.dataset is before
    assert hands.controller.request.run_id == request.run_id
    assert hands.controller.undo_stack.count() == 0


def test_the_menu_erases_only_when_told_to(hands: Hands) -> None:
    menu = menu_on(hands, hands.place(0.5, 0.5))
    (action,) = [action for action in menu.actions() if action.text() == "Erase all points"]
    hands.qtbot.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    menu.close()
    return_to(hands.qtbot, hands.window)
    assert hands.dataset.m == 0
    hands.undo()
    assert hands.dataset.m == 200


def test_a_menu_in_the_middle_of_a_spray_does_not_leave_it_pouring(hands: Hands) -> None:
    hands.key(Qt.Key.Key_S)
    at = hands.place(0.5, 0.5)
    hands.press(at)
    ask_for_menu(hands.plane.viewport(), at)
    menu = QApplication.activePopupWidget()
    if menu is not None:  # it has the mouse now: the release goes to the menu
        hands.qtbot.mouseRelease(menu, LEFT)
        menu.close()
    else:
        hands.release(at)
    return_to(hands.qtbot, hands.window)
    count = hands.dataset.m
    ring(hands.window, 3)
    assert hands.dataset.m == count


# Keys and menus


def test_about_tells_version_and_licence(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "about", lambda _window, title, text: told.append(title + text))
    hands.window.actions_by_name["about"].trigger()
    assert __version__ in told[0]
    assert "General Public License" in told[0]


# The look


@furnished
@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)], ids=str)
def test_everything_fits_into_a_small_screen(hands: Hands, size: tuple[int, int]) -> None:
    hands.window.resize(*size)
    hands.until(lambda: bool(hands.window._is_furnished))
    hands.qtbot.waitUntil(lambda: look_for_what_is_cut(hands, size), timeout=PATIENCE)  # it is laid out in passes


def look_for_what_is_cut(hands: Hands, size: tuple[int, int]) -> None:
    assert (hands.window.width(), hands.window.height()) == size
    assert hands.window.controls.verticalScrollBar().maximum() == 0
    for button in hands.window.findChildren(QToolButton):
        shows_text = button.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly
        if button.isVisible() and button.text() and shows_text:
            assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width(), button.text()
    for label in hands.window.controls.findChildren(QLabel):
        if label.isVisible():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()


@furnished
def test_the_theme_changes_with_a_key_and_repaints_everything(hands: Hands) -> None:
    hands.settled()
    hands.window.set_theme("light")
    light = hands.window.grab().toImage()
    hands.key(Qt.Key.Key_T, CONTROL)
    assert hands.window.theme is DARK
    dark = hands.window.grab().toImage()
    for place in ((0.02, 0.5), (0.5, 0.5), (0.5, 0.95), (0.95, 0.3), (0.5, 0.06)):
        at = QPoint(round(place[0] * light.width()), round(place[1] * light.height()))
        assert unlikeness(light.pixelColor(at).name(), dark.pixelColor(at).name()) > 40, place
    assert unlikeness(dark.pixelColor(1275, 790).name(), DARK.window) <= 30
    hands.key(Qt.Key.Key_T, CONTROL)
    assert hands.window.theme is LIGHT
    assert hands.window.grab().toImage().pixelColor(600, 500) == light.pixelColor(600, 500)


def test_a_theme_that_follows_the_system_changes_with_it(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QApplication.styleHints()
    assert hints is not None
    system = [LIGHT]
    monkeypatch.setattr(main_window, "chosen_theme", lambda name: THEMES.get(name, system[0]))
    hands.window.actions_by_name["system_theme"].trigger()
    for scheme, theme in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        system[0] = theme
        hints.colorSchemeChanged.emit(scheme)
        assert hands.window.theme is theme
    hands.window.set_theme("light")
    system[0] = DARK
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert hands.window.theme is LIGHT


def test_logarithmic_j_is_the_same_by_key_menu_and_button(hands: Hands) -> None:
    hands.trained_to(20)
    action, plot = hands.window.actions_by_name["log"], hands.window.cost_plot
    hands.key(Qt.Key.Key_J)
    assert plot.is_log()
    assert action.isChecked()
    hands.qtbot.mouseClick(plot.log_button, LEFT)
    assert not plot.is_log()
    assert not action.isChecked()
    action.trigger()
    assert plot.is_log()


def test_the_curve_on_the_chart_is_the_run_s(hands: Hands) -> None:
    snapshot = hands.trained_to(30)
    plot = hands.window.cost_plot
    hands.qtbot.mouseMove(plot.viewport(), box_of(plot).center().toPoint())
    shown = [label.text() for label in plot.findChildren(QLabel) if label.isVisible() and "epoch" in label.text()]
    epoch, _ = spot_under(plot, box_of(plot).center().toPoint())
    index = int(np.abs(snapshot.curve.epoch - epoch).argmin())
    assert shown == [f"epoch {snapshot.curve.epoch[index]:.4g}   J {snapshot.curve.cost[index]:.4g}"]


# What cannot be done


def test_an_empty_plane_says_why_it_does_not_train(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Backspace, CONTROL)
    for key in (SPACE, Qt.Key.Key_Period):
        hands.window.notice.hide()
        hands.key(key)
        assert not hands.running
        assert hands.window.notice.isVisible()
        assert "nothing to learn" in hands.window.notice.text()
    hands.click(hands.place(0.3, 0.5))
    hands.key("2")
    hands.click(hands.place(0.7, 0.5))
    hands.key(SPACE)
    assert hands.running
    hands.until(lambda: hands.snapshot.run_id == hands.run_id and hands.step > 3)


def test_where_every_point_is_held_out_the_window_says_so(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Backspace, CONTROL)
    hands.type_into(hands.find(QLineEdit, "Test share"), "0.9")
    hands.click(hands.place(0.5, 0.5))
    hands.plane.setFocus()
    hands.key(SPACE)
    assert not hands.running
    assert "held out" in hands.window.notice.text()


def test_an_error_in_the_program_reaches_the_user_and_reset_trains_again(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(trainer: Trainer) -> None:
        raise ZeroDivisionError("a test's own error")

    before = hands.dataset
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "step", break_down)
        hands.key(SPACE)
        hands.until(lambda: bool(hands.said("fault")))
    assert "ZeroDivisionError: a test's own error" in hands.window.notice.text()
    assert hands.window.notice.isVisible()
    assert not hands.running
    assert hands.dataset is before
    hands.click(hands.place(0.5, 0.5))
    assert hands.dataset.m == before.m + 1
    hands.key(Qt.Key.Key_R, CONTROL)
    hands.key(SPACE)
    hands.until(lambda: hands.snapshot.run_id == hands.run_id and hands.step > 5)


def test_train_after_an_error_trains_without_a_reset(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(trainer: Trainer) -> None:
        raise ZeroDivisionError("a test's own error")

    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "step", break_down)
        hands.key(SPACE)
        hands.until(lambda: bool(hands.said("fault")))
    hands.key(SPACE)
    hands.until(lambda: hands.step > 0)


def test_a_divergence_is_told_with_its_cure(hands: Hands) -> None:
    for name, value in (("activation", "linear"), ("optimizer", "gradient descent"), ("learning_rate", 100.0)):
        hands.controller.set_setting(name, value)
    hands.train_as_fast_as_possible()
    hands.key(SPACE)
    hands.until(lambda: bool(hands.said("error")))
    assert not hands.running
    assert "no longer finite" in hands.window.notice.text()
    assert "learning rate" in hands.window.notice.text()
    assert hands.find(QToolButton, "Train").text() == "Train"
    assert np.isfinite(hands.settled().parameters).all()
    assert len(hands.said("error")) == 1


# The end


@pytest.mark.parametrize(("speed", "to_next_step"), [("1 step/s", 60), ("max", 0)])
def test_a_window_can_be_closed_while_training(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, speed: str, to_next_step: int
) -> None:
    clock = Clock(monkeypatch)
    clock.tick = 0.001  # a slice of training has to end
    hands.controller.set_setting("speed", speed)
    hands.key(SPACE)
    hands.until(lambda: hands.step >= 1)
    clock.now -= to_next_step
    hands.round_trip()
    started = time.perf_counter()
    hands.window.close()
    assert time.perf_counter() - started < PATIENCE / 1000  # and not the minute to the next step
    assert not hands.window.isVisible()
    made = len(hands.runs_and_steps)
    ring(hands.window, 3)
    assert len(hands.runs_and_steps) == made


def test_a_window_can_be_closed_before_it_is_furnished(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_window, "FURNISH_MS", 0)
    window = make_window()
    window.show()
    window.close()
    window.deleteLater()
    turn(qtbot)


def test_a_window_can_be_closed_twice(hands: Hands) -> None:
    hands.window.close()
    hands.window.close()
    assert not hands.window.isVisible()


def test_two_windows_do_not_touch_each_other(open_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    first, second = (Hands(open_window(), qtbot) for _ in range(2))
    before = second.dataset
    first.window.activateWindow()
    qtbot.waitUntil(first.window.isActiveWindow)
    first.click(first.place(0.5, 0.5))
    first.controller.toggle_training()
    first.until(lambda: first.step > 5)
    assert second.dataset is before
    assert second.settled().step == 0


def test_the_window_opens_a_file_it_is_given(hands: Hands, tmp_path: Path) -> None:
    hands.window.documents.opening.open(tmp_path / "gone.softmax")
    hands.until_read()
    assert "there is no file" in hands.said("error")[0]
