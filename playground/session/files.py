"""Writing a file so that it is the old one or the new one, never half of either, and knowing it again."""

import hashlib
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from playground.session.errors import UserError

SAVE_ELSEWHERE = "Save it somewhere else, or under another name"
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class Mark(NamedTuple):
    """What a file is known by: which one it is, when it was written, its size, and the digest of its content."""

    inode: int
    written: int  # ns
    size: int
    digest: str


def write_file(path: Path, content: bytes) -> Mark:
    """Put ``content`` in the place of a file, or of what a link points to; UserError where that is not possible.

    It is written beside, under a name that nobody else has, and brought to the disk before it takes the place: at any
    moment, and after a failure, the file is the old one or the new one. It keeps its mode, and its owner where it may.
    """
    try:
        return _replace(Path(os.path.realpath(path)), content)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UserError(f"{printable(path.name)} cannot be written: {reason}. {SAVE_ELSEWHERE}") from None


def mark_of(path: Path) -> Mark:
    """What a file is known by now; OSError where it cannot be read."""
    with path.open("rb") as file:
        return _mark(os.fstat(file.fileno()), hashlib.file_digest(file, hashlib.sha256).hexdigest())


def has_changed(path: Path, mark: Mark) -> bool:
    """Whether another content has been written to a file since it was known by ``mark``; False where it is gone."""
    try:
        now = path.stat()
        if _mark(now, mark.digest) == mark:
            return False
        return stat.S_ISREG(now.st_mode) and (now.st_size != mark.size or mark_of(path).digest != mark.digest)
    except OSError:
        return False  # there is nothing to lose, and writing says what is wrong


def printable(text: str) -> str:
    """A text as it can be shown and written: with "?" for what stands for bytes that are no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _replace(target: Path, content: bytes) -> Mark:
    old = _status(target)
    beside = target.with_name(f".{secrets.token_hex(8)}.tmp")  # short: a long name has room for no ending
    try:
        with os.fdopen(os.open(beside, NEW, 0o666 if old is None else 0o600), "wb") as file:
            file.write(content)
            file.flush()
            if old is not None:
                _wear(file.fileno(), old)
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):  # what failed first is what matters
            beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return _mark(written, hashlib.sha256(content).hexdigest())


def _status(target: Path) -> os.stat_result | None:
    """What is there, None for nothing; OSError where it must not be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is a folder or a device, not a file")
    if not status.st_mode & WRITE_BITS or not os.access(target, os.W_OK):
        raise OSError("the file there is read-only")
    return status


def _wear(descriptor: int, old: os.stat_result) -> None:
    """The mode of the file before, and its owner where that is allowed; the owner first, since that clears bits."""
    if hasattr(os, "fchown"):
        with suppress(PermissionError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk; some systems open no folders, and there the file alone must do."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mark(status: os.stat_result, digest: str) -> Mark:
    return Mark(status.st_ino, status.st_mtime_ns, status.st_size, digest)
