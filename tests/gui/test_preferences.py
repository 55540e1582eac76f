"""What is remembered for the user: on its own, damaged, and from one window to the next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QByteArray, Qt
from PyQt6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

import playground
from playground.app import make_window
from playground.gui.main_window import MainWindow
from playground.gui.palette import DARK, LIGHT
from playground.gui.preferences import Preferences
from playground.gui.style import FOLLOW_SYSTEM
from tests.gui.hands import CONTROL, Hands, bring_up


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where the preferences of a test lie."""
    path = tmp_path / "preferences" / "softmax-playground" / "preferences.json"
    path.parent.mkdir(parents=True)
    return path


def test_at_first_nothing_is_remembered() -> None:
    preferences = Preferences()
    assert preferences.theme == FOLLOW_SYSTEM
    assert preferences.log_cost is False
    assert preferences.folder == ""
    assert preferences.layout("window").isEmpty()


def test_what_is_set_is_there_for_the_next_one() -> None:
    first = Preferences()
    first.theme, first.log_cost, first.folder = "dark", True, "/some where/ä, ö"
    first.remember_layouts({"window": QByteArray(b"\x00\x01layout")})
    first.remember_layouts({"row": QByteArray(b"another")})
    second = Preferences()
    assert (second.theme, second.log_cost, second.folder) == ("dark", True, "/some where/ä, ö")
    assert second.layout("window") == QByteArray(b"\x00\x01layout")
    first.log_cost = False
    assert Preferences().log_cost is False


@pytest.mark.parametrize(
    "text",
    [
        '{"theme": "purple", "log_cost": "perhaps", "layouts": {"window": "garbage"}}',
        '{"layouts": {"window": "\xa7\xa7", "row": 3}}',
        "\x00\x01\x02 no preferences",
        "[" * 10**5,
        '"' + "x" * 2**21,
        "[General]\ntheme=@Variant(\\0\\0\\0)\n",
        "",
    ],
    ids=["wrong values", "no base64", "no text", "nested without end", "too large", "another program's", "empty"],
)
def test_damaged_preferences_count_as_none(store: Path, text: str) -> None:
    store.write_text(text, encoding="utf-8")
    preferences = Preferences()
    assert preferences.theme == FOLLOW_SYSTEM
    assert preferences.log_cost is False
    assert preferences.layout("window").isEmpty()
    preferences.theme = "dark"
    assert Preferences().theme == "dark"


def test_an_unknown_theme_is_the_system_s_and_what_a_later_version_keeps_is_let_pass(store: Path) -> None:
    store.write_text('{"theme": "purple", "log_cost": true, "hatches": 3}')
    assert Preferences().theme == FOLLOW_SYSTEM
    assert Preferences().log_cost is True


def test_two_windows_keep_what_each_other_has_changed() -> None:
    first, second = Preferences(), Preferences()
    first.theme = "dark"
    second.log_cost = True
    assert (first.theme, first.log_cost) == ("dark", True)


def test_a_place_that_cannot_be_written_is_no_trouble(store: Path, caplog: pytest.LogCaptureFixture) -> None:
    store.mkdir()
    preferences = Preferences()
    preferences.theme = "dark"
    assert preferences.theme == FOLLOW_SYSTEM
    assert "cannot be written" in caplog.text


def test_nothing_that_runs_what_it_reads_is_used() -> None:
    """Qt's settings, pickles and the like: what a file holds is data."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(playground.__file__).parent.rglob("*.py"))
    for word in ("QSettings", "pickle", "marshal", "shelve", "eval(", "yaml.load(", "unsafe_load", "allow_pickle=True"):
        assert word not in sources.replace("as pickles", ""), word


# From window to window


def next_window(hands: Hands, open_window: Callable[[], MainWindow]) -> MainWindow:
    hands.window.close()
    return open_window()


def test_the_theme_is_remembered(hands: Hands, open_window: Callable[[], MainWindow]) -> None:
    first = hands.window.theme
    hands.key(Qt.Key.Key_T, CONTROL)
    changed = hands.window.theme
    assert {first.name, changed.name} == {LIGHT.name, DARK.name}
    assert next_window(hands, open_window).theme == changed


def test_the_scale_of_j_is_remembered(hands: Hands, open_window: Callable[[], MainWindow]) -> None:
    hands.key(Qt.Key.Key_J)
    assert hands.window.cost_plot.is_log()
    window = next_window(hands, open_window)
    assert window.cost_plot.is_log()
    assert window.actions_by_name["log"].isChecked()


def test_the_window_s_size_is_remembered(hands: Hands, qtbot: QtBot) -> None:
    hands.window.resize(1444, 855)
    hands.window.close()
    second = make_window()
    bring_up(qtbot, second, second.width(), second.height())
    size = (second.width(), second.height())
    second.close()
    second.deleteLater()
    assert size == (1444, 855)


def test_the_splitters_are_remembered(hands: Hands, open_window: Callable[[], MainWindow]) -> None:
    def sizes(window: MainWindow) -> list[list[int]]:
        return [splitter.sizes() for splitter in window.findChildren(QSplitter)]

    for splitter in hands.window.findChildren(QSplitter):
        total = sum(splitter.sizes())
        splitter.setSizes([total * 3 // 5, total * 2 // 5])
    changed = sizes(hands.window)
    second = next_window(hands, open_window)
    for own, expected in zip(sizes(second), changed, strict=True):
        assert own == pytest.approx(expected, abs=3)


def test_damaged_preferences_open_a_window_all_the_same(store: Path, open_window: Callable[[], MainWindow]) -> None:
    store.write_text('{"layouts": {"window": "bm9uc2Vuc2U=", "row": "eA==", "column": ""}}')
    assert open_window().isVisible()


def test_settings_of_the_drawing_are_not_preferences(hands: Hands, open_window: Callable[[], MainWindow]) -> None:
    hands.controller.set_setting("learning_rate", 0.5)
    assert next_window(hands, open_window).controller.settings.learning_rate == 0.01
