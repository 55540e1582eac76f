"""The ends that ask nobody: signals, log-out, a lost display. What is unsaved is written down first.

Ctrl+C in the terminal is a close, which asks. It comes out of the event loop: a question that is opened where Python
happened to be, in the middle of a paint event, ends the program with a segmentation fault.
"""

import signal
import socket
import sys
from collections.abc import Callable

from PyQt6 import sip
from PyQt6.QtCore import QMessageLogContext, QObject, QSocketNotifier, QtMsgType, qInstallMessageHandler
from PyQt6.QtGui import QSessionManager
from PyQt6.QtWidgets import QApplication

from playground.session.errors import UserError

ENDS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

LOST_DISPLAY = "connection broke"  # as Qt tells of X11's and of Wayland's


class Endings(QObject):
    """Watches for them until it is stopped.

    ``close`` closes the window, which asks; ``rescue`` writes what is unsaved, or raises UserError.
    """

    def __init__(self, app: QApplication, close: Callable[[], object], rescue: Callable[[], None]) -> None:
        super().__init__(app)
        self._app, self._close, self._write = app, close, rescue
        self._is_asking = False
        self._theirs, ours = socket.socketpair()
        ours.settimeout(0)
        self._ours = ours  # Python writes each signal's number into it, wherever it is
        signal.set_wakeup_fd(ours.fileno(), warn_on_full_buffer=False)
        for number in ENDS:
            signal.signal(number, lambda *_: None)  # so that it is written, and does nothing else
        self._notifier = QSocketNotifier(sip.voidptr(self._theirs.fileno()), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        app.commitDataRequest.connect(self._log_out)
        qInstallMessageHandler(self._read_message)

    def stop(self) -> None:
        """The window was closed in peace: there is nothing to watch for."""
        qInstallMessageHandler(None)
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        for end in (self._theirs, self._ours):
            end.close()

    def _hear(self) -> None:
        for number in self._theirs.recv(64):
            if number == signal.SIGINT and not self._is_asking:
                self._is_asking = True
                self._close()
                self._is_asking = False
            elif number in ENDS:  # Ctrl+C once more, while it asks, is meant so too
                self._rescue()
                self._app.exit(0)

    def _log_out(self, _manager: QSessionManager) -> None:
        self._rescue()

    def _read_message(self, _kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        """Qt says that the display is gone, and ends the program as soon as it has said so."""
        sys.stderr.write(f"{text}\n")
        if LOST_DISPLAY in (text or ""):
            self._rescue()

    def _rescue(self) -> None:
        try:
            self._write()
        except UserError as error:
            sys.stderr.write(f"softmax-playground: {error}\n")
