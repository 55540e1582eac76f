"""What files say is never run, nothing is sent or started, and damaged preferences keep no window from opening."""

import base64
import os
import pickle
import random
import sys
import tempfile
from pathlib import Path

from tests.trials.trial import Outcome, Trial, in_child

LONGEST = 60  # seconds of one case
FORBIDDEN = (
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.Request", "ftplib.connect"),
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pickle.find_class"),
)  # events that Python tells its audit hooks
WHOLE = (
    b'{"theme":"dark","log_cost":true,"folder":"/tmp","layouts":{"window":"AdnQywADAAAA","explanations":"AAAA/w=="}}'
)
LESSON = """title: A lesson
summary: It runs what it should not.
steps:
  - text: !!python/object/apply:os.mkdir ["{mark}"]
"""


class Trap:
    """Unpickled, it makes a folder."""

    def __init__(self, mark: Path) -> None:
        self.mark = str(mark)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.mark,)


def run(count: int, offset: int) -> Outcome:
    """Traps and an hour's use once; preferences damaged in ``count`` ways."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [(use_everything, offset), (open_traps, offset)]
        cases += [(start_with_damaged_preferences, seed) for seed in range(offset, offset + count)]
        failures = []
        for case, seed in cases:
            problem, why = in_child(case, Path(folder), seed, seconds=LONGEST)
            if problem or problem is None:
                failures.append(f"{case.__name__}, seed {seed}: {problem or why}")
    return Outcome(len(cases), failures, f"{count} damaged preferences")


def live_in(folder: Path) -> Path:
    """Let everything that is kept lie in a folder; where its preferences are."""
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(folder)
    place = folder / "softmax-playground"
    place.mkdir(exist_ok=True)
    return place / "preferences.json"


def use_everything(folder: Path, seed: int) -> str:
    """Which of the forbidden things happens while the window is used."""
    live_in(folder)
    heard: list[str] = []

    def hear(event: str, arguments: object) -> None:
        if event in FORBIDDEN:
            heard.append(f"{event}{arguments!r}"[:200])

    sys.addaudithook(hear)
    from PyQt6.QtTest import QTest

    from playground.resources import asset
    from playground.session.lessons.lessons import load_lessons
    from playground.session.looking import OVERLAYS, PAGES
    from tests.trials.window import open_window

    _, window = open_window()
    controller = window.controller
    controller.toggle_training()
    for page in random.Random(seed).sample(tuple(PAGES), len(PAGES)):
        controller.show(page=page, overlays=frozenset(OVERLAYS))
        QTest.qWait(200)
    window.lessons.fill_menu()
    lessons, problems = load_lessons([asset("lessons")])
    for lesson in lessons:
        window.lessons.begin(lesson)
        QTest.qWait(100)
    window.lessons.player.leave()
    controller.edit("Draw", controller.dataset.with_points([[0.5], [0.5]], 0))
    window.documents.path = folder / "drawing.softmax"
    window.documents.save()
    window.documents.opening.open(asset("data") / "penguins.csv")
    QTest.qWait(300)
    controller.stop()
    return ", ".join([*heard, *problems])


def open_traps(folder: Path, _seed: int) -> str:
    """Which of the files that hold code has it run."""
    from playground.gui.preferences import Preferences
    from playground.session.csv import read_table
    from playground.session.errors import UserError
    from playground.session.lessons.lessons import load_lessons
    from playground.session.project_files import load_project
    from tests.trials.window import open_window

    preferences, mark = live_in(folder), folder / "trapped"
    trap = pickle.dumps(Trap(mark))
    text = base64.b64encode(trap).decode("ascii")
    preferences.write_text(f'{{"folder":"@Variant({text})","layouts":{{"window":"{text}"}}}}', encoding="ascii")
    (preferences.parent / "window.ini").write_text(f"[General]\nwindow=@Variant({text})\n", encoding="ascii")
    (folder / "trap.yaml").write_text(LESSON.format(mark=mark), encoding="ascii")
    open_window()[1].controller.stop()
    Preferences().layout("window")
    _, problems = load_lessons([folder])
    for name, read in (("trap.softmax", load_project), ("trap.csv", read_table)):
        (folder / name).write_bytes(trap)
        try:
            read(folder / name)
        except UserError as error:
            problems.append(str(error))
    if mark.exists():
        return "a trap was sprung"
    return "" if len(problems) == 3 else f"not every trap was refused: {problems}"


def start_with_damaged_preferences(folder: Path, seed: int) -> str:
    """What is wrong with the window that opens all the same, and remembers what is set in it."""
    from playground.gui.preferences import Preferences
    from tests.trials.window import open_window

    r, data = random.Random(seed), bytearray(WHOLE)
    for _ in range(r.choice((1, 3, 30))):
        at = r.randrange(len(data) + 1)
        data[at : at + r.choice((0, 1, 20))] = r.choice(
            (b"\x00", b"\xff", b'"', b"{", b"[" * 10_000, b"1e999", b"null", b"\\ud800", b"a" * 10**6, r.randbytes(9))
        )
    live_in(folder).write_bytes(data)
    app, window = open_window()
    app.processEvents()
    window.actions_by_name["theme"].trigger()
    theme = window.theme.name
    window.close()
    return "" if Preferences().theme == theme else f"it has forgotten the theme {theme}"


TRIAL = Trial("traps in files, sockets, damaged preferences", 12, run)
