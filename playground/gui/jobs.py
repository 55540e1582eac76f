"""What takes longer than a frame and is no training: one job at a time, a function of values, in its own thread."""

import threading
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication

from playground.session.errors import UserError

Progress = Callable[[float], None]
Work = Callable[[Progress], Any]

LOOK_MS = 16  # between two looks at how far it is
PATIENCE = 2.0  # seconds that the end of the program waits for a job to notice that it is cancelled


class _CancelledError(Exception):
    """Nobody waits for the job any more."""


class _Job:
    """Work that goes on in a thread; what it says of itself is written by the thread and read by the window.

    Each of the fields is written once or only grows, so there is no lock:
    a look too early is made up for by the next.
    """

    def __init__(self, work: Work) -> None:
        self.share = 0.0
        self.result: Any = None
        self.error: BaseException | None = None
        self.is_done = False
        self.is_cancelled = False
        self._work = work
        # as a daemon: a read that hangs, on a network that is gone, must not keep the program from ending
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.result = self._work(self._advance)
        except _CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001 - whatever it was, it is raised again in the window
            self.error = error
        self.is_done = True

    def _advance(self, share: float) -> None:
        if self.is_cancelled:
            raise _CancelledError
        self.share = share


class Jobs(QObject):
    """Starts a job, tells how far it is, and hands its result over, all in the window's thread.

    A new job takes the place of one that runs. A result waits until no dialog is open that the user is answering.
    """

    advanced = pyqtSignal(float)  # the share that is done; by the window's own timer, not by the job
    ended = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._left: list[_Job] = []  # cancelled, and not ended yet
        self._then: Callable[[Any], None] = lambda _result: None
        self._refused: Callable[[UserError], None] = lambda _error: None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Whether there is a job whose result is still waited for."""
        return self._job is not None

    def start(self, work: Work, then: Callable[[Any], None], refused: Callable[[UserError], None]) -> None:
        """Do the work, then ``then`` with its result or ``refused`` with what the user is to hear; raise all else."""
        self.cancel()
        self._left = [job for job in self._left if not job.is_done]
        self._job, self._then, self._refused = _Job(work), then, refused
        self._timer.start()

    def cancel(self) -> None:
        """Wait for the job's result no longer; the job itself ends when it next tells how far it is."""
        if self._job is not None:
            self._job.is_cancelled = True
            self._left.append(self._job)
            self._end()

    def stop(self) -> None:
        """Cancel, and give the threads of what was cancelled time to end."""
        self.cancel()
        for job in self._left:
            job.thread.join(PATIENCE)

    def _look(self) -> None:
        job = self._job
        assert job is not None
        if not job.is_done:
            self.advanced.emit(job.share)
        elif QApplication.activeModalWidget() is None:
            then, refused = self._then, self._refused
            self._end()
            if isinstance(job.error, UserError):
                refused(job.error)
            elif job.error is not None:
                raise job.error
            else:
                then(job.result)

    def _end(self) -> None:
        self._timer.stop()
        self._job = None
        self.ended.emit()
