"""Errors in the program: where they are written down, and the last one, to be copied into a report."""

import faulthandler
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from PyQt6.QtCore import QStandardPaths

LARGEST, OLDER = 256 * 2**10, 3  # bytes of the log, and how many full ones are kept beside it
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_crashes: list[TextIO] = []  # open for as long as the program runs


class LastError(logging.Handler):
    """Remembers the last error and its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep this one."""
        self.text = self.format(record)


last_error = LastError()
logging.getLogger("playground").addHandler(last_error)


def log_folder() -> Path:
    """Where the log lies, whether or not it is there."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "log"


def start_log(*, debug: bool) -> None:
    """Write errors into a file of the program's own, a crash of Python itself too; with ``debug`` to the terminal."""
    logger = logging.getLogger("playground")
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    handlers: list[logging.Handler] = [logging.StreamHandler()] if debug else []
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        path = log_folder() / "softmax-playground.log"
        handlers.append(RotatingFileHandler(path, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8"))
        crashes = (log_folder() / "crashes.log").open("a", encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"softmax-playground: there will be no log: {error}\n")
    else:
        _crashes.append(crashes)
        faulthandler.enable(crashes)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(LINE))
        logger.addHandler(handler)


def stop_log() -> None:
    """Close the files."""
    faulthandler.disable()
    logger = logging.getLogger("playground")
    for handler in [handler for handler in logger.handlers if handler is not last_error]:
        logger.removeHandler(handler)
        handler.close()
    while _crashes:
        _crashes.pop().close()
