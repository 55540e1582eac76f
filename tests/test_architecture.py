"""The rules of the house hold, and are seen to be broken when they are: each one is seeded with a violation once."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400

CONTROLLER, NETWORK = "import playground.gui.controller", "from playground.nn import Network"
# contract, and lines that break it, each in a file of its own; a file that is not there yet is made
VIOLATIONS = {
    "The house: imports only go down": {
        "session/dataset.py": "from playground.gui import palette",
        "nn/losses.py": "from playground.session import grid",
        "gui/plots/plane.py": "import playground.command_line",
        "resources.py": "import playground.nn",
    },
    "The mathematics knows NumPy alone": {
        "nn/network.py": "import time",
        "nn/activations.py": "from PyQt6 import QtCore",
        "nn/new.py": "import json",
    },
    "The session runs without a screen, a thread or a clock": {
        "session/trainer.py": "import threading",
        "session/pace.py": "import time",
        "session/stages/new.py": "import PyQt6",
    },
    "The palette is NumPy alone": {"gui/palette.py": "from PyQt6.QtGui import QColor"},
    "The floors of the window: every module has one": {
        "gui/parts/buttons.py": "import playground.gui.plots.plane",
        "gui/plots/cost_plot.py": "import playground.gui.pages.page",
        "gui/pages/spot/head.py": "import playground.gui.lessons.pointer",
        "gui/controller.py": "import playground.gui.top_bar",
        "gui/style.py": "import playground.gui.actions",
    },
    "Views show values: they know neither the network nor who decides": {
        "gui/chips.py": NETWORK,
        "gui/class_list.py": CONTROLLER,
        "gui/control_panel.py": NETWORK,
        "gui/csv_dialog.py": CONTROLLER,
        "gui/data_gallery.py": CONTROLLER,
        "gui/explanations.py": CONTROLLER,
        "gui/help/words_dialog.py": NETWORK,
        "gui/help_dialogs.py": CONTROLLER,
        "gui/lessons/lesson_card.py": CONTROLLER,
        "gui/lessons/pointer.py": CONTROLLER,
        "gui/notices.py": CONTROLLER,
        "gui/pages/desk/cat.py": NETWORK,
        "gui/pages/new.py": CONTROLLER,
        "gui/pages/spot/new.py": "from playground.session.trainer import Trainer",
        "gui/parts/new.py": NETWORK,
        "gui/plots/new.py": CONTROLLER,
        "gui/setting_widgets.py": CONTROLLER,
        "gui/top_bar.py": "import playground.gui.training_thread",
    },
    "Views do not know each other": {
        "gui/plots/cost_plot.py": "from playground.gui.plots import plane",
        "gui/top_bar.py": "from playground.gui import notices",
    },
    "Pages do not know each other": {"gui/pages/twin_page.py": "import playground.gui.pages.spot_page"},
    "Parts do not know each other": {"gui/parts/formula.py": "import playground.gui.parts.number_table"},
    "Only the thread and the programs without a window drive the trainer": {
        "gui/controller.py": "from playground.session.trainer import Trainer",
        "gui/jobs.py": "from playground.session.trainer import Trainer",
    },
}


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


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_each_seeded_violation_breaks_its_contract(copy: Path, contract: str) -> None:
    for file, line in VIOLATIONS[contract].items():
        path = copy / "playground" / file
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    report = broken_contracts(copy)
    assert f"{contract} BROKEN" in report
    told = " ".join(report.split())
    for file in VIOLATIONS[contract]:
        module = ".".join(("playground", *Path(file).with_suffix("").parts))
        assert f"- {module} -> " in told, f"{module} may break it"


def test_a_violation_is_known_of_each_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert [contract["name"] for contract in contracts] == list(VIOLATIONS)


def test_a_module_of_the_window_without_a_floor_is_found(copy: Path) -> None:
    (copy / "playground/gui/novelty.py").write_text("", encoding="utf-8")
    assert "every module has one BROKEN" in broken_contracts(copy)


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
