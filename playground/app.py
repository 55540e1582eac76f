"""Composition: the command line, or a window put together from controller and views."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from playground.command_line import parse, run_training
from playground.session.generators import Recipe
from playground.session.settings import Settings
from playground.session.sources import load_built_in

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QApplication

    from playground.gui.main_window import MainWindow

SWITCH_INTERVAL = 0.0005  # seconds until a thread that waits for the interpreter gets it; 10 times shorter than usual
LIBRARIES = "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
X_LIBRARIES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.command == "train":
        return run_training(options)
    return run_window(options.file)


def run_window(file: str | None) -> int:
    """Open the window, on a file if one is named, and stay until it is closed."""
    try:
        import PyQt6.QtWidgets  # noqa: F401 - only to see whether it loads
    except ImportError as error:
        print(missing_library(str(error)), file=sys.stderr)
        return 1
    reason = why_no_screen()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    app = make_application()
    window = make_window()
    window.show()
    app.aboutToQuit.connect(window.controller.stop)
    sys.excepthook = partial(report_error, window)
    if file is not None:
        window.documents.open(Path(file))
    return int(app.exec())


def report_error(
    window: "MainWindow", kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell of an error in the program in the window, which stays open; Ctrl+C in the terminal closes it."""
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    sys.__excepthook__(kind, error, trace)  # for a bug report
    what = f"{kind.__name__}: {error}"
    window.notice.show_notice(f"An error in the program ({what}). Your points are here still: save them.", "error")


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


def missing_library(error: str) -> str:
    """One line to run where PyQt6 is there but a library of the system is not."""
    if "PyQt6" in error and "No module" in error:
        return "Softmax Playground needs PyQt6. Run: pip install PyQt6"
    return f"A system library is missing ({error}). On Debian or Ubuntu, run:\n  apt install {LIBRARIES} {X_LIBRARIES}"


def why_no_screen() -> str | None:
    """Why no window can open here, and what to do; None where one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return "There is no screen to open a window on. To train without one, run: softmax-playground train blobs"
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    import ctypes

    for library in ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0"):
        try:
            ctypes.CDLL(library)
        except OSError as error:
            return missing_library(str(error))
    return None
