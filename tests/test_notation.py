"""One notation everywhere: in the formulas and texts of the window, and in the lessons that come with it."""

import re
from pathlib import Path

import pytest

from playground.resources import asset

ROOT = Path(__file__).parents[1]
LESSONS = sorted(asset("lessons").glob("*.yaml"))
SOURCES = [
    path
    for folder in ("gui", "session")
    for path in sorted((ROOT / "playground" / folder).rglob("*.py"))
    if path.name != "words.py"  # which tells how others write it
]  # fmt: skip
FOREIGN = {
    r"∗|\\ast\b": "⊙ is the product cell by cell",
    r"\\ln\b|\bln [A-Z0-9⅓]": "there is one log",
    r"ᵀ ?x|\^T x|\^\{T\} x": "a score is w x + b",
    r"Σ‖W‖|\\\|W\\\|": "the penalty sums over the layers' W[l]",
    r"[(+−-] ?h\)|\{2h\}": "the check nudges by ε",
}


@pytest.mark.parametrize("foreign", list(FOREIGN))
def test_nothing_is_written_in_another_notation(foreign: str) -> None:
    for path in [*SOURCES, *LESSONS, ROOT / "README.md"]:
        found = re.search(foreign, path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found and found.group()}; {FOREIGN[foreign]}"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_lesson_has_raw_powers_in_its_sentences(lesson: Path) -> None:
    text = re.sub(r"formula: \|\n(?:      .*\n)+", "", lesson.read_text(encoding="utf-8"))
    assert not re.search(r"\w\^\w", text)
