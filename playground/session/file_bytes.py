"""Reading a file whole: no pipe, no device, nothing without end, and a sentence for each file that cannot be read."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playground.session.errors import UserError
from playground.session.files import printable

MB = 2**20
PIECE = MB  # bytes between two reports of progress

Progress = Callable[[float], None]  # is told the share that is done, from 0 to 1; it may raise, which ends the reading


def no_progress(_share: float) -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, how many bytes one may have, and what to do about one that has more."""

    name: str
    largest: int
    advice: str


def read_bytes(path: Path, kind: Kind, progress: Progress = no_progress) -> bytes:
    """What is in the file; UserError where there is none, where it is no file, too large, or changes meanwhile."""
    try:
        if "\0" in str(path):  # no file can be called that: Python raises ValueError, and not OSError
            raise FileNotFoundError
        _refuse_what_is_no_file(path, path.stat(), kind)
        # not blocking: between the look and the opening it may have become a pipe
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            _refuse_what_is_no_file(path, before, kind)
            data = _pieces(path, kind, file.read, before.st_size, progress)
            after = os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"there is no file {printable(str(path))}") from None
    except OSError as error:
        raise UserError(f"{printable(path.name)} cannot be read: {error.strerror}") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UserError(f"{printable(path.name)} was changed while it was read: open it again once it is written")
    return data


def _refuse_what_is_no_file(path: Path, about: os.stat_result, kind: Kind) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise UserError(f"{printable(str(path))} is a folder: choose a {kind.name} inside it")
    if not stat.S_ISREG(about.st_mode):
        raise UserError(
            f"{printable(str(path))} is a pipe or a device, not a file: "
            "write what comes out of it into a file and open that"
        )
    if about.st_size > kind.largest:
        raise UserError(_too_large(path, f"has {about.st_size / MB:,.0f} MB", kind))


def _pieces(path: Path, kind: Kind, read: Callable[[int], bytes | None], size: int, progress: Progress) -> bytes:
    pieces: list[bytes] = []
    count = 0
    while piece := read(PIECE):
        pieces.append(piece)
        count += len(piece)
        if count > kind.largest:
            raise UserError(_too_large(path, "does not end", kind))
        progress(min(1.0, count / max(size, 1)))
    return b"".join(pieces)


def _too_large(path: Path, what: str, kind: Kind) -> str:
    return f"{printable(path.name)} {what}; files up to {kind.largest / MB:.0f} MB can be read: {kind.advice}"
