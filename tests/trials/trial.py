"""What a trial is, and what trials share: deadlines, memory, children that may die."""

import multiprocessing
import random
import resource
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """How many things were tried, a line for each that failed (with the seed that replays it), and the figure."""

    tried: int
    failures: list[str] = field(default_factory=list)
    figure: str = ""


@dataclass(frozen=True)
class Trial:
    """What is tried; ``run(count, offset)`` does it ``count`` times, with the seeds offset, offset + 1, …"""

    tries: str
    count: int
    run: Callable[[int, int], Outcome]


Case = Callable[[Path, random.Random], str]  # in a folder, by chance: what is wrong, or nothing


def run_named(name: str, count: int | None, offset: int) -> Outcome:
    """The trial in the module of that name, in this process; as often as it likes itself where no count is given."""
    trial = import_module(f"tests.trials.{name}").TRIAL
    assert isinstance(trial, Trial)
    return trial.run(trial.count if count is None else count, offset)


class TooSlow(BaseException):
    """A deadline is past. No Exception, so that nothing on the way takes it for an error of its own."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in the main thread where the body takes longer."""

    def ring(*_: object) -> None:
        raise TooSlow(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def resident_mb() -> float:
    """Memory of this process that is in use now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def peak_mb() -> float:
    """The most memory that this process has ever used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def child(function: Callable[..., None], *arguments: object) -> Iterator[tuple[BaseProcess, Connection]]:
    """A fresh process that runs a module's function, and what it sends down the pipe that it is given last.

    At the end it is killed, if it still runs.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=function, args=(*arguments, theirs), daemon=False)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def in_child(function: Callable[..., Any], *arguments: object, seconds: float) -> tuple[Any, str]:
    """What a module's function returns in a fresh process, or None and why there is nothing: it died, raised, hung."""
    with child(_send, function, arguments) as (process, pipe):
        try:
            if not pipe.poll(seconds):
                return None, f"hung: ended after {seconds:g} s"
            result: tuple[Any, str] = pipe.recv()
            return result
        except EOFError:
            process.join()
            return None, f"died with {process.exitcode}"


def _send(function: Callable[..., Any], arguments: tuple[object, ...], pipe: Connection) -> None:
    try:
        pipe.send((function(*arguments), ""))
    except BaseException as error:  # noqa: BLE001 - whatever it was, the parent hears of it
        pipe.send((None, f"{type(error).__name__}: {error}"))


def try_cases(cases: Sequence[Case], count: int, offset: int, *, seconds: float, kind: str) -> Outcome:
    """Each case ``count`` times, every time in a fresh process and a folder of its own; ``kind`` names them all."""
    failures = []
    for seed in range(offset, offset + count):
        for case in cases:
            problem, why = in_child(_in_folder, case, seed, seconds=seconds)
            if problem or problem is None:
                failures.append(f"{case.__name__}, seed {seed}: {problem or why}")
    return Outcome(count * len(cases), failures, f"{len(cases)} {kind}")


def _in_folder(case: Case, seed: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return case(Path(folder), random.Random(seed))


def crash_text(error: BaseException, most: int = 200) -> str:
    """An error that no trial expects, in a line with its place."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {str(error)[:most]} ({Path(where.filename).name}:{where.lineno})"
