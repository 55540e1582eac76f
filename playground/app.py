"""Composition: the command line, or a window put together from controller and views."""

import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from playground.command_line import parse, run_training
from playground.session.generators import Recipe
from playground.session.settings import Settings
from playground.session.sources import load_built_in
from playground.system_libraries import why_no_qt, why_no_window

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QApplication

    from playground.gui.main_window import MainWindow

SWITCH_INTERVAL = 0.0005  # seconds until a thread that waits for the interpreter gets it; 10 times shorter than usual


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    _prepare_streams()
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        code = run_training(options) if options.command == "train" else run_window(options.file, debug=options.debug)
        sys.stdout.flush()
        return code
    except OSError as error:
        if error.filename is not None:  # not of what is printed
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is written once more at the end
        if not isinstance(error, BrokenPipeError):  # who reads has read enough
            print(f"softmax-playground: the result could not be written: {error.strerror}", file=sys.stderr)
        return 1


def _prepare_streams() -> None:
    """Let anything be printed anywhere: a pipe that knows no θ gets "?" for it, and a closed one nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - open until the program ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def run_window(file: str | None, *, debug: bool = False) -> int:
    """Open the window, on a file if one is named, and stay until it is closed; ``debug`` tells errors here too."""
    reason = why_no_qt() or why_no_window()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    from PyQt6.QtCore import QTimer

    from playground.gui.faults import start_log, stop_log
    from playground.gui.rescue.endings import Endings
    from playground.gui.rescue.offer import offer_rescued

    app = make_application()
    start_log(debug=debug)
    window = make_window()
    window.show()
    app.aboutToQuit.connect(window.controller.stop)
    sys.excepthook = partial(report_error, window)
    endings = Endings(app, window.close, window.documents.rescue)
    if file is not None:
        window.documents.opening.open(Path(file))
    else:
        documents = window.documents
        QTimer.singleShot(0, partial(offer_rescued, window, documents.open_rescued, documents.put_away))
    code = int(app.exec())
    endings.stop()
    stop_log()
    return code


def report_error(
    window: "MainWindow", kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell of an error in the program in the window, which stays open."""
    logging.getLogger(__name__).error("An error in the program", exc_info=(kind, error, trace))
    what = f"{kind.__name__}: {error}"
    window.notice.show_notice(f"An error in the program ({what}). Your points are here still: save them.", "fault")


def make_application() -> "QApplication":
    """The Qt application, its threads taking turns often enough for a smooth picture."""
    from PyQt6.QtWidgets import QApplication

    sys.setswitchinterval(SWITCH_INTERVAL)
    app = QApplication(["softmax-playground"])
    app.setApplicationName("Softmax Playground")
    app.setStyle("Fusion")
    return app


def make_window() -> "MainWindow":
    """A main window on a small problem that is ready to train."""
    from playground.gui.controller import Controller
    from playground.gui.main_window import MainWindow
    from playground.gui.preferences import Preferences

    recipe = Recipe()
    controller = Controller(load_built_in(recipe.name, recipe, Settings()), recipe)
    window = MainWindow(controller, Preferences())
    controller.start()
    return window
