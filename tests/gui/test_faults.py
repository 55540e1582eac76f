"""Errors in the program: they are written down with their traceback, told, and can be copied."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QStandardPaths, Qt
from PyQt6.QtWidgets import QApplication, QToolButton

from playground.app import report_error
from playground.gui import faults
from playground.gui.faults import log_folder, start_log, stop_log
from playground.session.trainer import Trainer
from tests.gui.hands import LEFT, Hands

ROOT = Path(__file__).parents[2]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "place"))
    start_log(debug=False)
    yield log_folder() / "softmax-playground.log"
    stop_log()


def fail(*_: object) -> None:
    raise RuntimeError("no more of that")


def copy_button(hands: Hands) -> QToolButton:
    (button,) = (one for one in hands.window.notice.findChildren(QToolButton) if "Copy" in one.text())
    return button


def clipboard_text() -> str:
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


def test_an_error_in_the_worker_is_logged_told_and_copied(
    hands: Hands, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "step", fail)
        hands.key(Qt.Key.Key_Period, on=hands.plane)
        hands.until(lambda: hands.window.notice.kind == "fault")
    assert "no more of that" in hands.window.notice.text()
    written = log.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "RuntimeError: no more of that" in written
    hands.qtbot.mouseClick(copy_button(hands), LEFT)
    assert "Traceback" in clipboard_text()
    assert "RuntimeError: no more of that" in clipboard_text()


def test_an_error_in_the_window_is_logged_and_told(hands: Hands, log: Path) -> None:
    try:
        fail()
    except RuntimeError as error:
        report_error(hands.window, type(error), error, error.__traceback__)
    assert hands.window.notice.kind == "fault"
    assert copy_button(hands).isVisible()
    assert "RuntimeError: no more of that" in log.read_text(encoding="utf-8")


def test_without_an_error_there_is_nothing_to_copy(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults.last_error, "text", "")
    hands.window.actions_by_name["copy_error"].trigger()
    assert "no error" in hands.said("note")[-1]


def test_the_log_does_not_grow_without_end(log: Path) -> None:
    for _ in range(3000):
        logging.getLogger("playground.test").error("x" * 1000)
    files = list(log.parent.glob("softmax-playground.log*"))
    assert len(files) == 1 + faults.OLDER
    assert all(path.stat().st_size <= faults.LARGEST for path in files)


def test_where_no_log_can_be_written_it_is_said_and_the_program_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "file"))
    start_log(debug=False)
    stop_log()
    assert "there will be no log" in capsys.readouterr().err


@pytest.mark.parametrize("debug", [True, False])
def test_debug_tells_errors_on_the_terminal(tmp_path: Path, debug: bool) -> None:
    program = (
        "import sys\n"
        "from PyQt6.QtCore import QTimer\n"
        "from playground import app as program\n"
        "make = program.make_window\n"
        "def make_and_fail():\n"
        "    window = make()\n"
        "    QTimer.singleShot(0, lambda: 1 / 0)\n"
        "    QTimer.singleShot(50, window.close)\n"
        "    return window\n"
        "program.make_window = make_and_fail\n"
        "sys.exit(program.main(sys.argv[1:]))\n"
    )
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-c", program, *(["--debug"] if debug else [])],
        cwd=ROOT,
        env=os.environ | homes | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0
    assert ("ZeroDivisionError" in done.stderr) == debug
    (log,) = tmp_path.rglob("softmax-playground.log")
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
