"""Broken lessons: refused in a sentence, or a lesson whose scenes can be set and formulas be shown; quickly."""

import os
import random
import re
import tempfile
from collections import Counter
from pathlib import Path

from playground.resources import asset
from playground.session.errors import UserError
from playground.session.lessons.lessons import Lesson, emphasised, load_lesson, load_lessons
from playground.session.looking import Looking
from playground.session.settings import Settings
from tests.trials.lesson_breaks import BREAKS, PLANTED
from tests.trials.trial import Outcome, TooSlow, Trial, crash_text, deadline

SECONDS = 4  # for each file, all its formulas typeset
LONGEST_SENTENCE = 1000
MOST_SHOWN = 300  # signs of a sentence that is a failure


def run(count: int, offset: int) -> Outcome:
    """Each seed breaks a file; after that a folder in which nothing but one lesson can be read."""
    from PyQt6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    failures, tally = list[str](), Counter[str]()
    wholes = _wholes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(offset, offset + count):
            r = random.Random(seed)
            way = r.choice(BREAKS)
            path = folder / "case.yaml"
            path.write_bytes(way(r, r.choice(wholes)))
            verdict = _try(path)
            is_good = verdict in ("read", "refused", "formula refused")
            tally[verdict if is_good else "failed"] += 1
            if not is_good:
                failures.append(f"seed {seed}, {way.__name__}: {verdict}")
        failures += [f"odd folder: {problem}" for problem in _odd_folder(folder / "odd", wholes[0])]
    if Path(PLANTED).exists():
        failures.append(f"a lesson ran a command: {PLANTED} is there")
    app.processEvents()
    return Outcome(count + 1, failures, ", ".join(f"{number} {verdict}" for verdict, number in tally.most_common()))


def _wholes() -> list[str]:
    """The lessons, and the example of their guide."""
    lessons = [path.read_text(encoding="utf-8") for path in sorted(asset("lessons").glob("*.yaml"))]
    example = re.search(r"```yaml\n(.*?)```", asset("lessons/README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    return [*lessons, example[1]]


def _try(path: Path) -> str:
    """``read``, ``refused``, ``formula refused``, or what went wrong, and where."""
    from playground.gui.lessons.lessons import broken_formula

    try:
        with deadline(SECONDS):
            try:
                lesson = load_lesson(path)
            except UserError as error:
                return _judged(str(error), "refused")
            if problem := broken_formula(lesson):
                return _judged(problem, "formula refused")
            _set_scenes(lesson)
    except TooSlow as slow:
        return str(slow)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the trial looks for
        return crash_text(error, MOST_SHOWN)
    return "read"


def _judged(sentence: str, verdict: str) -> str:
    is_readable = 8 < len(sentence) < LONGEST_SENTENCE and sentence.isprintable()
    return verdict if is_readable else f"{verdict} by {len(sentence)} signs: {sentence[:MOST_SHOWN]!r}"


def _set_scenes(lesson: Lesson) -> None:
    """All that playing would make of what the file says."""
    for scene in (lesson.scene, *(step.scene for step in lesson.steps)):
        scene.loaded(Settings())
        scene.looking(Looking())
    for step in lesson.steps:
        for paragraph in step.text:
            emphasised(paragraph)


def _odd_folder(folder: Path, whole: str) -> list[str]:
    """What is wrong where one good lesson lies among what cannot be read."""
    folder.mkdir()
    (folder / "good.yaml").write_text(whole, encoding="utf-8")
    (folder / "directory.yaml").mkdir()
    (folder / "circle.yaml").symlink_to(folder / "circle.yaml")
    (folder / "dangling.yaml").symlink_to(folder / "nowhere")
    (folder / "endless.yaml").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.yaml")
    try:
        with deadline(SECONDS):
            lessons, problems = load_lessons([folder])
    except (Exception, TooSlow) as error:  # noqa: BLE001 - each is a failure to be told
        return [f"{type(error).__name__}: {error}"]
    wrong = [_judged(problem, "told") for problem in problems]
    return [f"{len(lessons)} lessons were read"] * (len(lessons) != 1) + [
        verdict for verdict in wrong if verdict != "told"
    ]


TRIAL = Trial("broken lessons, each formula typeset", 1500, run)
