"""Windows that are opened for a test and leave nothing behind, preferences of their own, and no dialog that waits."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from playground.app import make_application, make_window
from playground.gui import main_window
from playground.gui.main_window import MainWindow
from playground.gui.palette import LIGHT, Theme
from playground.gui.style import apply_theme
from tests.gui.hands import Hands, bring_up, delete_the_dying

SCREEN = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1200, "logicalDpi": 96, "dpr": 1.0}
SIZE = (1300, 820)

if os.environ["QT_QPA_PLATFORM"] == "offscreen":  # whose own screen is smaller than the window
    _screens = Path(tempfile.mkdtemp(prefix="softmax-playground-screen-")) / "screens.json"
    _screens.write_text(json.dumps({"screens": [SCREEN | {"logicalBaseDpi": 96}]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screens}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the platform without a screen says about itself is no fault of a test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    """The application as the program makes it, where no other test has made one."""
    interval = sys.getswitchinterval()
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    yield app
    sys.setswitchinterval(interval)


@pytest.fixture(autouse=True)
def preferences_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test starts without preferences, and what it remembers is its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "preferences"))


def wear(app: QApplication, theme: Theme) -> None:
    """Give the application a theme, unless it has it: that takes longer than making a window."""
    if app.palette().window().color() != QColor(theme.window):
        apply_theme(app, theme)


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """A test starts with the light theme; after it no thread runs and no widget exists that it made."""
    wear(qapp, LIGHT)
    threads = set(sys._current_frames())
    yield
    delete_the_dying()
    assert QApplication.allWidgets() == []
    assert set(sys._current_frames()) == threads


@pytest.fixture(autouse=True)
def no_dialog_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that a test does not expect fails it instead of waiting for an answer for ever."""
    for owner, name in (
        (QMessageBox, "question"),
        (QMessageBox, "about"),
        (QFileDialog, "getOpenFileName"),
        (QFileDialog, "getSaveFileName"),
        (QInputDialog, "getText"),
        (QDialog, "exec"),
    ):
        monkeypatch.setattr(owner, name, _refusal(f"{owner.__name__}.{name}"))


def _refusal(name: str) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError(f"{name} was asked, which this test does not expect")

    return refuse


@pytest.fixture
def furnish_ms() -> int:
    """When a window gets its icons and thumbnails: never, to save time, where a test does not ask for them."""
    return 10**9


@pytest.fixture
def open_window(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, furnish_ms: int
) -> Iterator[Callable[[], MainWindow]]:
    """Opens a window as the program does; it is closed and deleted after the test, unsaved work and all."""
    monkeypatch.setattr(main_window, "FURNISH_MS", furnish_ms)
    monkeypatch.setattr(main_window, "apply_theme", wear)
    windows: list[MainWindow] = []

    def open_one() -> MainWindow:
        window = make_window()
        windows.append(window)
        bring_up(qtbot, window, *SIZE)
        return window

    yield open_one
    for window in windows:
        window.controller.clear()  # nothing to be asked about
        window.close()
        window.deleteLater()
    delete_the_dying()


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    """The window as it opens: 200 points of three classes, paused."""
    return open_window()


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    """The user's hands on the window."""
    return Hands(window, qtbot)
