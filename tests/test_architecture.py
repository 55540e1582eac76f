"""The rules of the house hold, and are seen to be broken when they are: each one is seeded with a violation once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400

# contract, file, line that breaks it
VIOLATIONS = [
    ("The house: imports only go down", "session/dataset.py", "from playground.gui import palette"),
    ("The house: imports only go down", "nn/losses.py", "from playground.session import grid"),
    ("The house: imports only go down", "gui/plots/plane.py", "import playground.command_line"),
    ("The mathematics knows NumPy alone", "nn/network.py", "import time"),
    ("The mathematics knows NumPy alone", "nn/activations.py", "from PyQt6 import QtCore"),
    ("The session runs without a screen, a thread or a clock", "session/trainer.py", "import threading"),
    ("The session runs without a screen, a thread or a clock", "session/pace.py", "import time"),
    ("The palette is NumPy alone", "gui/palette.py", "from PyQt6.QtGui import QColor"),
    ("Views do not know each other", "gui/plots/cost_plot.py", "from playground.gui.plots import plane"),
    (
        "Views show values: they know neither the network nor who decides",
        "gui/plots/plane.py",
        "from playground.nn import Network",
    ),
    (
        "Views show values: they know neither the network nor who decides",
        "gui/top_bar.py",
        "import playground.gui.controller",
    ),
    (
        "Only the thread and the programs without a window drive the trainer",
        "gui/controller.py",
        "from playground.session.trainer import Trainer",
    ),
]


def broken_contracts(folder: Path) -> str:
    """What import-linter prints about a copy of the package."""
    program = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    command = [*program, "--config", str(folder / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "playground", tmp_path / "playground", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(copy: Path) -> None:
    report = broken_contracts(copy)
    assert "0 broken" in report
    assert " BROKEN" not in report


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_a_seeded_violation_breaks_its_contract(copy: Path, contract: str, file: str, line: str) -> None:
    path = copy / "playground" / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    assert f"{contract} BROKEN" in broken_contracts(copy)


def test_no_file_is_past_the_wall() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "playground").rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_only_training_and_jobs_have_threads() -> None:
    words = ("import threading", "QThread(", "QMutex", "processEvents(", "time.sleep(")
    found = {
        path.name
        for path in (ROOT / "playground").rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    }
    assert found == {"training_thread.py", "jobs.py"}
