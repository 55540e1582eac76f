"""What is laid over the plane or before it in the window: overlays by menu and by button, and the lens of T."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QCheckBox, QGraphicsPathItem, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from playground.session.advice import ABOUT_ZERO_LINES
from playground.session.looking import OVERLAYS, PAGES
from tests.gui.eyes import Eyes
from tests.gui.hands import LEFT, NONE, Hands, named, pixels_of, return_to
from tests.shown_numbers import number

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SPOT, DESK = Key.Key_1, Key.Key_4


def lines_on(hands: Hands) -> int:
    """How many lines and sets of marks are drawn over the plane."""
    items = hands.plane.scene().items()
    return sum(isinstance(item, QGraphicsPathItem) and not item.path().isEmpty() for item in items)


def sentences_over(hands: Hands) -> list[str]:
    """What the chips over the plane say."""
    return [label.text() for label in hands.plane.findChildren(QLabel) if label.isVisible() and label.text()]


def click_in(hands: Hands, menu: QMenu, text: str) -> None:
    menu.popup(QPoint(0, 0))
    (action,) = (action for action in menu.actions() if action.text() == text)
    hands.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    return_to(hands.qtbot, hands.window)


def by_menu(hands: Hands) -> QMenu:
    menu = hands.window.menus["View"]
    assert isinstance(menu, QMenu)
    return menu


def by_button(hands: Hands) -> QMenu:
    button = named(hands.plane, QToolButton, "Lines and marks")
    assert button.isVisible()
    menu = button.menu()
    assert menu is not None
    return menu


@pytest.mark.parametrize("way", [by_menu, by_button])
def test_whole_borders_and_zero_lines_are_switched_on_and_off(way: Callable[[Hands], QMenu], hands: Hands) -> None:
    hands.trained_to(30)
    plain = lines_on(hands)
    run = hands.snapshot.parameters.tobytes(), hands.step
    for overlay, more in (("ties", 1), ("zero_lines", 3)):
        text = OVERLAYS[overlay][0]
        click_in(hands, way(hands), text)
        hands.until(lambda more=more: lines_on(hands) == plain + more)
        assert next(action for action in by_menu(hands).actions() if action.text() == text).isChecked()
        assert sentences_over(hands) == ([ABOUT_ZERO_LINES] if overlay == "zero_lines" else [])
        click_in(hands, way(hands), text)
        hands.until(lambda: lines_on(hands) == plain)
        assert sentences_over(hands) == []
    assert (hands.settled().parameters.tobytes(), hands.step) == run


def test_the_sentence_says_what_a_zero_line_is_and_why_it_is_no_border() -> None:
    assert "No border: that is where two scores tie, zᵢ = zⱼ" in ABOUT_ZERO_LINES
    assert "Adding one number to all scores moves each dotted line and no border" in ABOUT_ZERO_LINES


def test_a_cross_on_the_sentence_takes_the_zero_lines_away(hands: Hands) -> None:
    hands.settled()
    click_in(hands, by_button(hands), OVERLAYS["zero_lines"][0])
    hands.until(lambda: sentences_over(hands) == [ABOUT_ZERO_LINES])
    hands.qtbot.mouseClick(cross(hands), LEFT)
    assert sentences_over(hands) == []
    assert not any(action.isChecked() for action in by_button(hands).actions())


def cross(hands: Hands) -> QToolButton:
    (found,) = (button for button in hands.plane.findChildren(QToolButton) if button.text() == "✕")
    assert isinstance(found, QToolButton)
    return found


# The lens


def shares_on_maps(hands: Hands) -> list[float]:
    """The values that the maps write beside their classes."""
    maps = (hands.find(QWidget, f"Probability of class {label}") for label in (1, 2, 3))
    texts = [[label.text() for label in each.findChildren(QLabel)] for each in maps]
    return [float(next(text for text in labels if "." in text)) for labels in texts]


def border(hands: Hands) -> list[tuple[float, float]]:
    path = hands.plane._borders.path()
    return [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]


def turn_to(hands: Hands, key: Qt.Key) -> Eyes:
    hands.key(key, ALT)
    hands.settled()
    return Eyes(hands.window.explanations.page, hands.qtbot)


def regions(hands: Hands) -> np.ndarray:
    return pixels_of(hands.plane.grab().toImage())


def look_through(hands: Hands, temperature: str) -> QCheckBox:
    """Choose T on the page by hand, and tick the box."""
    desk = turn_to(hands, DESK)
    hands.type_into(named(desk.page, QLineEdit, "Temperature T"), temperature)
    (box,) = desk.seen(QCheckBox)
    assert isinstance(box, QCheckBox)
    assert box.text() == "Also over the plane"
    hands.qtbot.mouseClick(box, LEFT, NONE, QPoint(9, box.height() // 2))
    assert box.isChecked()
    return box


@pytest.mark.parametrize("temperature", ["4", "0.5"])
def test_the_lens_shows_softmax_of_z_over_t_with_the_same_borders_and_leaves_the_run_alone(
    temperature: str, hands: Hands
) -> None:
    hands.trained_to(25)
    hands.window.probing.pin_to(11)
    hands.settled()
    z = [number(text) for text in turn_to(hands, SPOT).column("z")]
    turn_to(hands, DESK)
    plain, lines, shares = regions(hands), border(hands), shares_on_maps(hands)
    before = hands.snapshot
    assert shares == pytest.approx(softmax_of(z, 1.0), abs=6e-4)
    box = look_through(hands, temperature)
    expected = softmax_of(z, float(temperature))
    hands.until(lambda: shares_on_maps(hands) == pytest.approx(expected, abs=6e-4))
    seen = hands.settled()
    assert border(hands) == lines
    assert (regions(hands) != plain).any(axis=-1).mean() > 0.1
    assert before.probabilities is not None
    assert seen.probabilities is not None
    powers = before.probabilities.astype(float) ** (1 / float(temperature))
    np.testing.assert_allclose(seen.probabilities, powers / powers.sum(axis=0), atol=2e-3)
    assert (seen.parameters.tobytes(), seen.step, seen.run_id, seen.cost) == (
        before.parameters.tobytes(),
        before.step,
        before.run_id,
        before.cost,
    )
    (said,) = sentences_over(hands)
    assert f"softmax(z / T) at T = {temperature}" in said
    assert "Borders stay" in said
    hands.qtbot.mouseClick(cross(hands), LEFT)
    assert sentences_over(hands) == []
    assert not box.isChecked()
    hands.until(lambda: shares_on_maps(hands) == shares)
    assert border(hands) == lines
    assert hands.settled().parameters.tobytes() == before.parameters.tobytes()


def test_where_there_are_two_y_hats_each_says_which_it_is(hands: Hands) -> None:
    def told() -> list[str]:
        return [label.text() for label in hands.window.explanations.findChildren(QLabel) if label.isVisible()]

    own = "Plane and maps are seen through the lens T = 4. Here are the ŷ of training itself, at T = 1."
    hands.controller.show(temperature=4.0)
    for page in PAGES:
        hands.controller.show(page=page)
        hands.settled()
        assert "at T = 4" in told()
        assert (own in told()) == (page != "desk")  # which has a T of its own
    hands.controller.show(page="spot", temperature=1.0)
    hands.settled()
    assert not any("T = " in text for text in told())


def softmax_of(z: list[float], temperature: float) -> list[float]:
    powers = [math.exp(value / temperature) for value in z]
    return [power / sum(powers) for power in powers]
