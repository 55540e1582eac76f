"""Saving where it cannot be, or not simply: refused in words with nothing lost, or saved and read again."""

import os
import random
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from playground.session.dataset import Dataset
from playground.session.errors import UserError
from playground.session.generators import Recipe
from playground.session.project_files import load_project, save_project
from playground.session.settings import Settings
from playground.session.sources import load_built_in
from tests.trials.trial import Case, Outcome, Trial, child, try_cases

SAVES = 60  # of each of two savers
DISK = "400k"


def drawing(points: int) -> Dataset:
    """Some points; as many bytes as there are more of them."""
    return load_built_in("blobs", Recipe(points=points), Settings()).dataset


def save(path: Path, points: int = 100) -> int:
    """The number of points that were saved; UserError."""
    dataset = drawing(points)
    save_project(path, dataset, Settings())
    return dataset.m


def refused(path: Path, points: int = 100) -> str:
    """What is wrong where it is not refused in words, or anything is there afterwards that was not before."""
    before = sorted(path.parent.glob("*")) if path.parent.is_dir() else []
    try:
        save(path, points)
    except UserError as error:
        after = sorted(path.parent.glob("*")) if path.parent.is_dir() else []
        return "" if after == before else f"it left {set(after) - set(before)} ({error})"
    return "it was not refused"


def saved(path: Path, points: int = 100) -> str:
    """What is wrong where it is not saved as it is."""
    m = save(path, points)
    held = load_project(path)[0].m
    return "" if held == m else f"{m} points were saved, {held} are there"


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk that is soon full; only root has one."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], check=True)
    try:
        yield folder / "drawing.softmax"
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def no_folder(folder: Path, _r: random.Random) -> str:
    return refused(folder / "gone" / "a.softmax")


def a_folder_is_there(folder: Path, _r: random.Random) -> str:
    path = folder / "a.softmax"
    path.mkdir()
    return refused(path)


def a_name_as_long_as_can_be(folder: Path, r: random.Random) -> str:
    return saved(folder / f"{'x' * (255 - len('.softmax') - r.randrange(3))}.softmax")


def a_name_too_long(folder: Path, r: random.Random) -> str:
    return refused(folder / f"{'x' * r.randint(248, 5000)}.softmax")


def a_name_that_none_can_have(folder: Path, _r: random.Random) -> str:
    return refused(folder / "a\0b.softmax")


def the_system_s_own_folder(_folder: Path, _r: random.Random) -> str:
    return refused(Path("/proc/a.softmax"))


def a_name_that_is_not_utf_8(folder: Path, r: random.Random) -> str:
    return saved(folder / os.fsdecode(bytes([r.randint(0x80, 0xFF), 0x61]) + b".softmax"))


def a_full_disk(folder: Path, r: random.Random) -> str:
    with small_disk(folder) as path:
        problem = saved(path, r.randint(100, 2000))
        before = path.read_bytes()
        problem = problem or refused(path, r.randint(8000, 9999))
        return problem or ("" if path.read_bytes() == before else "the file before was changed")


def a_read_only_disk(folder: Path, r: random.Random) -> str:
    with small_disk(folder) as path:
        saved(path, 200)
        before = path.read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        problem = refused(path, r.randint(100, 300)) or refused(folder / "another.softmax")
        return problem or ("" if path.read_bytes() == before else "the file before was changed")


def a_link(folder: Path, r: random.Random) -> str:
    path, link = folder / "real.softmax", folder / "link.softmax"
    save(path, 50)
    link.symlink_to(path)
    problem = saved(link, r.randint(100, 300))
    kept = link.is_symlink() and load_project(path)[0].m == load_project(link)[0].m
    return problem or ("" if kept else "the link was replaced")


def links_in_a_circle(folder: Path, _r: random.Random) -> str:
    path = folder / "circle.softmax"
    path.symlink_to(path)
    return refused(path)


def a_file_with_a_mode(folder: Path, r: random.Random) -> str:
    path, mode = folder / "private.softmax", r.choice((0o600, 0o640, 0o660, 0o664))
    save(path)
    path.chmod(mode)
    problem = saved(path, 200)
    now = stat.S_IMODE(path.stat().st_mode)
    return problem or ("" if now == mode else f"its mode was {mode:o} and is {now:o}")


def neighbours(folder: Path, _r: random.Random) -> str:
    others = [folder / f"a.softmax{ending}" for ending in (".new", ".tmp", ".bak", "~")]
    for other in others:
        other.write_text("of somebody's own", encoding="ascii")
    problem = saved(folder / "a.softmax")
    kept = all(other.read_text(encoding="ascii") == "of somebody's own" for other in others)
    return problem or ("" if kept else "a neighbour was changed")


def two_savers(folder: Path, r: random.Random) -> str:
    path, sizes = folder / "both.softmax", (r.randint(1000, 3000), r.randint(5000, 9000))
    may_be = {save(path, points) for points in sizes}
    with child(save_often, path, sizes[0]) as (one, _), child(save_often, path, sizes[1]) as (other, _):
        while one.is_alive() or other.is_alive():
            if (m := load_project(path)[0].m) not in may_be:
                return f"{m} points were read"
        codes = one.exitcode, other.exitcode
    beside = [file.name for file in folder.iterdir() if file != path]
    return "" if codes == (0, 0) and not beside else f"the savers ended with {codes}, and left {beside}"


def save_often(path: Path, points: int, _pipe: Connection) -> None:
    """Again and again; any error ends the process with 1."""
    for _ in range(SAVES):
        save(path, points)


CASES: tuple[Case, ...] = (
    no_folder,
    a_folder_is_there,
    a_name_as_long_as_can_be,
    a_name_too_long,
    a_name_that_none_can_have,
    the_system_s_own_folder,
    a_name_that_is_not_utf_8,
    a_link,
    links_in_a_circle,
    a_file_with_a_mode,
    neighbours,
    two_savers,
    *((a_full_disk, a_read_only_disk) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)


def run(count: int, offset: int) -> Outcome:
    """Each place ``count`` times."""
    return try_cases(CASES, count, offset, seconds=120, kind="places")


TRIAL = Trial("places that are hard to save to", 3, run)
