"""The window is closed, Save is the answer, and saving fails: the window stays, says why, and has the drawing still."""

import os
import random
from pathlib import Path

from tests.trials.bad_places import small_disk
from tests.trials.trial import Case, Outcome, Trial, try_cases

LONGEST = 60  # seconds of one case


def a_folder_that_is_gone(folder: Path, _r: random.Random) -> str:
    return close_over(folder / "gone" / "a.softmax")


def a_name_too_long(folder: Path, r: random.Random) -> str:
    return close_over(folder / f"{'x' * r.randint(248, 2000)}.softmax")


def a_name_that_none_can_have(folder: Path, _r: random.Random) -> str:
    return close_over(folder / "a\0b.softmax")


def a_folder_of_that_name(folder: Path, _r: random.Random) -> str:
    path = folder / "a.softmax"
    path.mkdir()
    return close_over(path)


def a_read_only_file(folder: Path, _r: random.Random) -> str:
    path = folder / "a.softmax"
    path.write_bytes(b"not to be touched")
    path.chmod(0o400)
    return close_over(path) or ("" if path.read_bytes() == b"not to be touched" else "the file was changed")


def a_full_disk(folder: Path, _r: random.Random) -> str:
    with small_disk(folder) as path:
        (folder / "all").write_bytes(bytes(os.statvfs(folder).f_bavail * os.statvfs(folder).f_bsize))
        return close_over(path)


def a_table_whose_name_is_not_utf_8(folder: Path, r: random.Random) -> str:
    """Nothing fails here: the drawing that came from it is saved, and the window closes."""
    from playground.session.project_files import load_project

    table, path = folder / os.fsdecode(bytes([0x61, r.randint(0x80, 0xFF)]) + b".csv"), folder / "a.softmax"
    table.write_text("a,b,class\n1,2,x\n3,4,y\n", encoding="ascii")
    problem = close_over(path, table)
    if problem != "it closed":
        return problem or "it did not close"
    return "" if load_project(path)[0].m == 3 else "another drawing was saved"


CASES: tuple[Case, ...] = (
    a_folder_that_is_gone,
    a_name_too_long,
    a_name_that_none_can_have,
    a_folder_of_that_name,
    a_read_only_file,
    a_table_whose_name_is_not_utf_8,
    *((a_full_disk,) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)


def close_over(path: Path, table: Path | None = None) -> str:
    """Draw, close, answer Save, name this path: what is wrong with what comes of it, "it closed" if it does."""
    from PyQt6.QtTest import QTest
    from PyQt6.QtWidgets import QFileDialog, QMessageBox

    from playground.gui.csv_dialog import CsvDialog
    from tests.trials.window import open_window

    app, window = open_window()
    controller, said = window.controller, list[str]()
    controller.noticed.connect(lambda text, _kind: said.append(text))
    QMessageBox.question = lambda *_a, **_k: QMessageBox.StandardButton.Save  # type: ignore[method-assign]
    QFileDialog.getSaveFileName = lambda *_a, **_k: (str(path), "")  # type: ignore[method-assign]
    if table is not None:
        window.documents.opening.open(table)
        while controller.dataset.m != 2:
            QTest.qWait(5)
            for dialog in window.findChildren(CsvDialog):
                dialog.accept()
    controller.edit("Draw", controller.dataset.with_points([[0.5], [0.5]], 0))
    controller.toggle_training()
    app.processEvents()
    m = controller.dataset.m
    if window.close():
        return "it closed"
    if not any("cannot be written" in text for text in said):
        return f"it said {said}"
    return "" if window.isVisible() and controller.dataset.m == m and controller.has_unsaved_work else "it is not whole"


def run(count: int, offset: int) -> Outcome:
    """Each case ``count`` times."""
    return try_cases(CASES, count, offset, seconds=LONGEST, kind="ways")


TRIAL = Trial("closed, and saving fails", 1, run)
