"""The frame that points something out: where it lies, that it follows, and that clicks go through it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PyQt6.QtCore import QRect
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.lessons.pointer import AROUND, Pointer
from playground.gui.palette import DARK
from playground.session.lessons.lesson_scenes import Scene
from playground.session.lessons.lessons import PANELS, Lesson, Step
from tests.gui.hands import LEFT, Hands, bring_up
from tests.gui.lessons.lesson_eyes import is_framed_whole


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[SimpleNamespace]:
    """Two buttons in a frame that can move."""
    host = QWidget()
    frame = QWidget(host)
    frame.setGeometry(50, 40, 200, 100)
    first, second = QPushButton("1", frame), QPushButton("2", frame)
    first.setGeometry(10, 10, 60, 30)
    second.setGeometry(90, 20, 60, 40)
    pointer = Pointer(host)
    pointer.set_theme(DARK)
    bring_up(qtbot, host, 400, 300)
    yield SimpleNamespace(host=host, frame=frame, first=first, second=second, pointer=pointer)
    host.close()
    host.deleteLater()


def around(rect: QRect) -> QRect:
    return rect.adjusted(-AROUND, -AROUND, AROUND, AROUND)


def test_it_lies_around_all_that_is_pointed_out(scene: SimpleNamespace) -> None:
    assert not scene.pointer.isVisible()
    scene.pointer.point_at([scene.first])
    assert scene.pointer.geometry() == around(QRect(60, 50, 60, 30))
    scene.pointer.point_at([scene.first, scene.second])
    assert scene.pointer.geometry() == around(QRect(60, 50, 140, 50))
    scene.pointer.point_at([])
    assert not scene.pointer.isVisible()


def test_it_follows_what_moves_and_what_it_lies_in(scene: SimpleNamespace) -> None:
    scene.pointer.point_at([scene.first])
    scene.first.setGeometry(20, 20, 80, 20)
    assert scene.pointer.geometry() == around(QRect(70, 60, 80, 20))
    scene.frame.move(100, 100)
    assert scene.pointer.geometry() == around(QRect(120, 120, 80, 20))


def test_it_goes_and_comes_with_what_it_points_out(scene: SimpleNamespace) -> None:
    scene.pointer.point_at([scene.first])
    scene.first.hide()
    assert not scene.pointer.isVisible()
    scene.first.show()
    assert scene.pointer.isVisible()


def test_it_forgets_what_it_pointed_out_before(scene: SimpleNamespace) -> None:
    scene.pointer.point_at([scene.first])
    scene.pointer.point_at([scene.second])
    place = scene.pointer.geometry()
    scene.first.move(0, 0)
    assert scene.pointer.geometry() == place


def test_clicks_go_through_it(scene: SimpleNamespace, qtbot: QtBot) -> None:
    clicks: list[bool] = []
    scene.first.clicked.connect(lambda: clicks.append(True))
    scene.pointer.point_at([scene.first])
    at = scene.first.mapTo(scene.host, scene.first.rect().center())
    assert scene.host.childAt(at) is scene.first
    qtbot.mouseClick(scene.host.windowHandle(), LEFT, pos=at)
    assert clicks == [True]


def test_what_is_scrolled_out_of_view_is_not_framed(scene: SimpleNamespace) -> None:
    scene.first.move(10, 90)  # 10 of its 30 pixels are within the frame
    scene.pointer.point_at([scene.first])
    assert scene.pointer.geometry() == around(QRect(60, 130, 60, 10))
    scene.first.move(10, 100)
    assert not scene.pointer.isVisible()


# What has to be open for parts that are not on screen at first.
DESK: dict[str, Any] = {"page": "desk"}
STEP: dict[str, Any] = {"page": "step"}
DERIVED: dict[str, Any] = {"page": "spot", "spot_view": "derivation", "pin": (0.3, 0.2)}
WHY = DERIVED | {"spot_view": "why_log"}
TO_OPEN: dict[str, dict[str, Any]] = {
    "confusion": {"page": "points"},
    **dict.fromkeys(("scores", "temperature", "shift", "cat"), DESK),
    **dict.fromkeys(("stage", "check", "mistakes"), STEP),
    **dict.fromkeys(("short_way", "jacobian", "long_way"), DERIVED),
    **dict.fromkeys(("likelihood", "two_losses", "gradients"), WHY),
}


@pytest.mark.parametrize("name", PANELS)
def test_each_part_of_the_window_is_brought_into_view_framed_and_stays_framed(hands: Hands, name: str) -> None:
    window = hands.window
    window.resize(1280, 800)
    looks = TO_OPEN.get(name, {})
    step = Step(("Look.",), look=name, scene=Scene(looks=looks))
    window.lessons.begin(Lesson("Where", "A part.", Scene(looks=looks), (step,), "where.yaml"))
    hands.round_trip()
    parts = window.lessons.parts[name]
    hands.until(lambda: is_framed_whole(window, parts))
    window.resize(1400, 880)
    hands.until(lambda: is_framed_whole(window, parts))
