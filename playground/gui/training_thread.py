"""The one thread and the one lock: the latest `Request` goes down, the latest `Snapshot` comes up."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PyQt6.QtCore import QThread, pyqtSignal

from playground.session.messages import Request, Snapshot
from playground.session.pace import Meter, Pace
from playground.session.settings import steps_per_second
from playground.session.trainer import Trainer

SLICE = 0.004  # seconds of training between two looks at the latest request
# Seconds that the worker lets go of the interpreter after each slice. NumPy gives it up for microseconds at a time, too
# short for a waiting window to wake and take it: on a few points it could miss frames for a fifth of a second.
BREATH = 0.0001

log = logging.getLogger(__name__)


class TrainingThread(QThread):
    """Trains at the requested pace and makes the next snapshot only once the last was taken or is out of date.

    An exception ends the run it happened in, not the thread: ``failed`` tells of it and a new run starts afresh.
    """

    failed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._changed = threading.Condition()
        self._request: Request | None = None  # these three are shared, under the lock
        self._latest: Snapshot | None = None
        self._stopping = False
        self._is_resting = False  # the window's word, which the worker looks at before each step
        self._followed: Request | None = None  # these belong to the worker
        self._trainer: Trainer | None = None
        self._parked: Trainer | None = None  # a run kept aside for a later request
        self._has_news = False
        self._pace = Pace()
        self._meter = Meter()

    def submit(self, request: Request) -> None:
        """Replace what the trainer is to do."""
        with self._changed:
            self._request = request
            self._changed.notify()

    def take(self) -> Snapshot | None:
        """The newest snapshot, once; None until there is another."""
        with self._changed:
            snapshot, self._latest = self._latest, None
            if snapshot is not None:
                self._changed.notify()
            return snapshot

    @contextmanager
    def resting(self) -> Iterator[None]:
        """The worker makes no step meanwhile: with the window busy in Python, each would keep waiting for the other."""
        self._is_resting = True
        try:
            yield
        finally:
            with self._changed:
                self._is_resting = False
                self._changed.notify()

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        """Work until stopped."""
        while (request := self._next_request()) is not None:
            try:
                self._work(request)
            except Exception as error:
                log.exception("The training failed")
                self._trainer = None
                self.failed.emit(f"{type(error).__name__}: {error}")

    def _next_request(self) -> Request | None:
        """The latest request, as soon as there is something to do about it; None to stop."""
        with self._changed:
            self._changed.wait(BREATH)
            while not self._stopping and (self._is_resting or not self._has_work()):
                self._changed.wait(None if self._is_resting else self._patience())
            return None if self._stopping else self._request

    def _has_work(self) -> bool:
        if self._request is not self._followed:
            return True
        is_wanted = self._has_news and self._latest is None
        return self._trainer is not None and (is_wanted or self._trainer.is_inquiring or self._steps_due() > 0)

    def _patience(self) -> float | None:
        is_training = self._trainer is not None and self._trainer.request.running and self._trainer.can_step
        return self._pace.seconds_to_next(time.perf_counter()) if is_training else None

    def _steps_due(self) -> float:
        trainer = self._trainer
        if trainer is None or not trainer.can_step or not trainer.request.running:
            return float(trainer is not None and trainer.wants_single_step)
        rate = steps_per_second(trainer.request.settings.speed, trainer.steps_per_epoch)
        return self._pace.steps_due(time.perf_counter(), rate)

    def _work(self, request: Request) -> None:
        is_new = request is not self._followed
        if is_new:
            self._follow(request)
        if self._trainer is None:
            return
        self._has_news |= self._train(self._trainer) or is_new
        if self._trainer.is_inquiring:
            self._trainer.inquire()
            self._has_news = True
        with self._changed:
            is_wanted = self._has_news and (self._latest is None or is_new)
        if is_wanted:
            self._publish(self._trainer)

    def _follow(self, request: Request) -> None:
        old, self._followed = self._followed, request
        self._park(request)
        if self._trainer is not None:
            self._trainer.accept(request)
        elif old is None or request.run_id != old.run_id:
            self._trainer = Trainer(request)

    def _park(self, request: Request) -> None:
        """Put the present run aside where the request says so, and take the parked one up where it asks for that."""
        present = self._trainer
        runs = {trainer.request.run_id: trainer for trainer in (present, self._parked) if trainer is not None}
        self._parked = None if request.parked in (None, request.run_id) else runs.get(request.parked)
        self._trainer = runs.get(request.run_id, present if present is not self._parked else None)
        if self._trainer is not present:
            self._meter = Meter()  # the other run's steps are not this one's

    def _train(self, trainer: Trainer) -> bool:
        """Make the steps that are due, for a slice of time at most; whether any was made."""
        end = time.perf_counter() + SLICE
        before = trainer.step_count
        while trainer.wants_single_step and time.perf_counter() < end and not self._is_resting:
            trainer.single_step()
        due = self._steps_due() if trainer.request.running else 0
        made = 0
        while made < due and trainer.can_step and time.perf_counter() < end and not self._is_resting:
            trainer.step()
            made += 1
        self._pace.made(made)
        return trainer.step_count != before or trainer.diverged

    def _publish(self, trainer: Trainer) -> None:
        began = time.perf_counter()
        snapshot = trainer.snapshot()
        now = time.perf_counter()
        if not snapshot.running:
            self._meter = Meter()
        rate = self._meter.rate(now, snapshot.step) if snapshot.running else None
        with self._changed:
            self._latest = replace(snapshot, steps_per_second=rate, seconds_taken=now - began)
        self._has_news = False
