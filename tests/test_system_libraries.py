"""What is said where Qt or a screen is missing."""

import builtins
import sys
from typing import Any

import pytest

from playground import system_libraries
from playground.app import main
from playground.system_libraries import missing_library, why_no_qt, why_no_window

on_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems bring their own window system"
)


def import_failing_with(error: ImportError) -> Any:
    real = builtins.__import__

    def fail(name: str, *rest: Any) -> Any:
        if name.startswith("PyQt6"):
            raise error
        return real(name, *rest)

    return fail


def test_where_qt_loads_nothing_is_said() -> None:
    assert why_no_qt() is None


def test_a_missing_package_is_named_with_a_line_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", import_failing_with(ModuleNotFoundError("No module named 'PyQt6'")))
    assert "pip install PyQt6" in (why_no_qt() or "")


@pytest.mark.parametrize("arguments", [[], ["train", "blobs", "--figure", "x.png", "--epochs", "1"]])
def test_a_missing_library_is_named_with_a_line_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    error = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    monkeypatch.setattr(builtins, "__import__", import_failing_with(error))
    assert main(arguments) != 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "libGL.so.1" in told.err
    assert "sudo apt install libgl1" in told.err
    assert "Traceback" not in told.err


def test_the_line_to_run_brings_what_windows_need_too() -> None:
    assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(missing_library("").split())


@on_linux
def test_without_a_screen_the_way_to_train_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert "softmax-playground train" in capsys.readouterr().err


@on_linux
def test_a_screen_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":4077")
    monkeypatch.setattr(system_libraries, "_plugin_problem", lambda _pattern: None)
    monkeypatch.setattr(system_libraries, "_x_answers", lambda: False)
    assert ":4077" in (why_no_window() or "")


@on_linux
def test_a_library_that_windows_miss_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(system_libraries, "_plugin_problem", lambda _pattern: "libxcb-cursor.so.0: cannot open")
    assert "libxcb-cursor.so.0" in (why_no_window() or "")


def test_a_platform_that_was_chosen_is_not_questioned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert why_no_window() is None
