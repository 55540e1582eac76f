"""Whether Qt can run and open a window on this machine, and the one line to run where it cannot."""

import ctypes
import os
import sys
from pathlib import Path

LIBRARIES = "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 fonts-dejavu-core"
WINDOW_LIBRARIES = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libwayland-cursor0"
)


def why_no_qt() -> str | None:
    """Why PyQt6 does not load, and what to do; None where it does."""
    try:
        import PyQt6.QtWidgets  # noqa: F401 - only to see whether it loads
    except ModuleNotFoundError:
        return "Softmax Playground needs PyQt6. Run:\n  pip install PyQt6"
    except ImportError as error:
        return missing_library(str(error))
    return None


def why_no_window() -> str | None:
    """Why no window can open here, and what to do; None where one can. Qt itself would abort with a core dump."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY") and _plugin_problem("libqwayland*.so") is None:
        return None
    if not os.environ.get("DISPLAY"):
        return "There is no screen to open a window on. To train without one, run:\n  softmax-playground train blobs"
    problem = _plugin_problem("libqxcb.so")
    if problem:
        return missing_library(problem)
    if not _x_answers():
        return f"The screen {os.environ['DISPLAY']} (DISPLAY) does not answer. To train without one, run:\n" + (
            "  softmax-playground train blobs"
        )
    return None


def missing_library(problem: str) -> str:
    """The line that brings what is missing."""
    return (
        f"A system library is missing ({problem}). On Debian or Ubuntu, run:\n"
        f"  sudo apt install {LIBRARIES} {WINDOW_LIBRARIES}"
    )


def _plugin_problem(pattern: str) -> str | None:
    """What keeps Qt's platform plugins of that name from loading; None where one loads."""
    from PyQt6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    problem: str | None = f"no {pattern}"
    for plugin in folder.glob(pattern):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            problem = str(error)
        else:
            return None
    return problem


def _x_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    is_well: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return is_well
