"""The worker thread without a window: the latest request goes down, the latest snapshot comes up."""

import threading  # noqa: TID251 - to ask which thread this is, not to make one
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.gui.training_thread import TrainingThread
from playground.session.generators import Recipe, generate
from playground.session.grid import Grid
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.clock import Clock, rests, seconds_to_wait
from tests.gui.hands import PATIENCE

DATA = generate(Recipe("blobs", classes=3, points=240))
OTHER = generate(Recipe("blobs", classes=2, points=30))
GRID = Grid(-1, 1, -1, 1, 8, 8)
FAST = Settings(speed="max")
PAUSED = Request(DATA, FAST)


class Worker:
    """A started thread, and the snapshots taken from it."""

    def __init__(self, thread: TrainingThread, qtbot: QtBot) -> None:
        self.thread, self.qtbot = thread, qtbot
        self.request = PAUSED
        self.taken: list[Snapshot] = []
        self.failures: list[str] = []
        thread.failed.connect(self.failures.append)

    def ask(self, **changes: Any) -> None:
        self.request = replace(self.request, **changes)
        self.thread.submit(self.request)

    def take(self) -> Snapshot | None:
        snapshot = self.thread.take()
        if snapshot is not None:
            self.taken.append(snapshot)
        return snapshot

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def taken_until(self, condition: Callable[[Snapshot], bool]) -> Snapshot:
        """Take snapshots until one is as wanted."""

        def is_there() -> bool:
            snapshot = self.take()
            return snapshot is not None and condition(snapshot)

        self.until(is_there)
        return self.taken[-1]

    def until_it_rests(self) -> None:
        """Until the worker waits, without end, to be asked for something."""
        self.until(lambda: rests(self.thread))

    def answer(self, **changes: Any) -> Snapshot:
        """The snapshot that answers a request, told by a probe of its own."""
        probe = (float(len(self.taken)), 0.25)
        self.ask(**changes, probe=probe)
        return self.taken_until(lambda snapshot: snapshot.probe is probe)


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    thread = TrainingThread()
    thread.start()
    yield Worker(thread, qtbot)
    thread.stop()
    assert thread.isFinished()


class Calls:
    """How often, and on which threads, a method of the trainer was called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.threads: list[int] = []
        usual = getattr(Trainer, name)

        def counted(trainer: Trainer) -> Any:
            self.threads.append(threading.get_ident())
            return usual(trainer)

        monkeypatch.setattr(Trainer, name, counted)

    def __len__(self) -> int:
        return len(self.threads)


# Requests and snapshots


def test_there_is_nothing_to_take_before_the_first_request(worker: Worker) -> None:
    worker.until_it_rests()
    assert worker.take() is None


def test_a_request_is_answered_once_with_all_it_asks_for(worker: Worker) -> None:
    probe = (0.3, -0.2)
    worker.ask(grid=GRID, probe=probe, run_id=7)
    snapshot = worker.taken_until(lambda _: True)
    assert (snapshot.run_id, snapshot.step, snapshot.running, snapshot.diverged) == (7, 0, False, False)
    assert snapshot.dataset is DATA
    assert snapshot.grid is GRID
    assert snapshot.probe is probe
    expected = Trainer(worker.request).snapshot()
    np.testing.assert_array_equal(snapshot.parameters, expected.parameters)
    assert snapshot.cost == expected.cost
    assert snapshot.probabilities is not None
    assert expected.probabilities is not None
    np.testing.assert_array_equal(snapshot.probabilities, expected.probabilities)
    worker.until_it_rests()
    assert worker.take() is None


def test_the_last_of_many_requests_wins(worker: Worker) -> None:
    for run in range(50):
        worker.ask(run_id=run)
    assert worker.taken_until(lambda snapshot: snapshot.run_id == 49).step == 0
    runs = [snapshot.run_id for snapshot in worker.taken]
    assert runs == sorted(runs)


def test_training_happens_on_the_worker_alone(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [Calls(monkeypatch, name) for name in ("step", "snapshot")]
    worker.ask(running=True)
    worker.taken_until(lambda snapshot: snapshot.step > 10)
    for call in calls:
        assert len(set(call.threads)) == 1
        assert threading.get_ident() not in call.threads


def test_no_snapshot_is_made_while_the_last_one_is_not_taken(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.answer(running=True)
    steps, snapshots = Calls(monkeypatch, "step"), Calls(monkeypatch, "snapshot")
    worker.until(lambda: len(steps) > 200)
    assert len(snapshots) <= 1
    before = len(snapshots)
    worker.taken_until(lambda _: True)
    worker.until(lambda: len(snapshots) > before)


def test_a_newer_request_is_answered_though_the_last_snapshot_is_not_taken(worker: Worker) -> None:
    worker.ask(probe=(0.0, 0.0))
    worker.until_it_rests()
    probe = (1.0, 1.0)
    worker.ask(probe=probe)
    worker.until_it_rests()
    snapshot = worker.take()
    assert snapshot is not None
    assert snapshot.probe is probe


# Running and pausing


def test_nothing_is_trained_before_it_is_asked_for(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Calls(monkeypatch, "step")
    for _ in range(3):
        assert worker.answer().step == 0
    assert len(steps) == 0


def test_training_goes_on_from_frame_to_frame(worker: Worker) -> None:
    worker.ask(running=True)
    first = worker.taken_until(lambda snapshot: snapshot.step > 0)
    later = worker.taken_until(lambda snapshot: snapshot.step > first.step + 50)
    assert later.running
    assert first.cost is not None
    assert later.cost is not None
    assert later.cost < first.cost


def test_the_worker_makes_no_step_while_the_window_has_it_rest_and_goes_on_after(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Calls(monkeypatch, "step")
    worker.ask(running=True)
    worker.taken_until(lambda snapshot: snapshot.step > 0)
    with worker.thread.resting():
        worker.until_it_rests()  # the step that was being made is over
        before = len(steps)
        worker.take()
        worker.ask(probe=(0.5, 0.5))
        worker.until_it_rests()
        assert len(steps) == before
    worker.until(lambda: len(steps) > before + 10)


def test_the_worker_goes_on_though_the_window_had_an_error(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Calls(monkeypatch, "step")
    worker.ask(running=True)
    with suppress(KeyError), worker.thread.resting():
        raise KeyError
    worker.until(lambda: len(steps) > 10)


def test_a_resting_worker_can_be_stopped(qtbot: QtBot) -> None:
    thread = TrainingThread()
    thread.start()
    thread.submit(replace(PAUSED, running=True))
    with thread.resting():
        qtbot.waitUntil(lambda: rests(thread), timeout=PATIENCE)
        thread.stop()
    assert thread.isFinished()


def test_pausing_stops_and_training_goes_on_from_there(worker: Worker) -> None:
    worker.ask(running=True)
    worker.taken_until(lambda snapshot: snapshot.step > 20)
    paused = worker.answer(running=False)
    assert not paused.running
    for _ in range(3):
        later = worker.answer()
        assert later.step == paused.step
        np.testing.assert_array_equal(later.parameters, paused.parameters)
    worker.ask(running=True)
    assert worker.taken_until(lambda snapshot: snapshot.step > paused.step).run_id == paused.run_id


def test_the_rate_is_told_while_training_only(worker: Worker) -> None:
    assert worker.answer().steps_per_second is None
    worker.ask(running=True)
    rate = worker.taken_until(lambda snapshot: snapshot.steps_per_second is not None).steps_per_second
    assert rate is not None
    assert rate > 100
    assert worker.answer(running=False).steps_per_second is None


SLOW = replace(FAST, speed="1 step/s")


def wait_for_a_step_far_off(worker: Worker, clock: Clock) -> None:
    """Train slowly, until the worker waits for a step that is a minute away, longer than any test waits."""
    worker.ask(running=True, settings=SLOW)
    worker.taken_until(lambda snapshot: snapshot.step == 1)
    clock.now -= 60
    worker.answer()
    worker.until(lambda: seconds_to_wait(worker.thread) > 30)


def test_one_step_a_second_makes_one_at_once_and_the_next_a_second_later(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    worker.answer(settings=SLOW)
    worker.ask(running=True)
    worker.taken_until(lambda snapshot: snapshot.step == 1)
    clock.now += 0.99
    assert worker.answer().step == 1
    clock.now += 0.02
    assert worker.answer().step == 2


def test_the_worker_wakes_by_itself_for_each_step(worker: Worker) -> None:
    worker.ask(running=True, settings=replace(FAST, speed="20 steps/s"))
    worker.taken_until(lambda snapshot: snapshot.step >= 4)


def test_a_slow_run_answers_other_wishes_at_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_a_step_far_off(worker, Clock(monkeypatch))
    answer = worker.answer(grid=GRID)
    assert answer.grid is GRID
    assert answer.step == 1


def test_the_speed_can_be_changed_while_training(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    wait_for_a_step_far_off(worker, clock)
    clock.tick = 0.001  # a slice of training has to end
    worker.ask(settings=FAST)
    worker.taken_until(lambda snapshot: snapshot.step > 100)


# Single steps


@pytest.mark.parametrize("speed", ["1 step/s", "max"])
@pytest.mark.parametrize("steps", [1, 5])
def test_exactly_the_single_steps_asked_for_are_made(worker: Worker, steps: int, speed: str) -> None:
    worker.answer(settings=replace(FAST, speed=speed))
    for i in range(1, steps + 1):
        worker.ask(single_steps=i)
    worker.taken_until(lambda snapshot: snapshot.step == steps and not snapshot.running)
    assert worker.answer().step == steps


def test_a_single_epoch_is_a_whole_pass_of_mini_batches(worker: Worker) -> None:
    worker.answer(settings=replace(FAST, batch_size=64))  # 240 points: 64 + 64 + 64 + 48
    worker.ask(single_epochs=1)
    worker.taken_until(lambda snapshot: snapshot.epoch >= 1 and not snapshot.running)
    end = worker.answer()
    assert (end.step, end.epoch) == (4, 1.0)


def test_a_single_epoch_goes_on_to_the_end_of_the_present_one(worker: Worker) -> None:
    worker.answer(settings=replace(FAST, batch_size=64))
    worker.ask(single_steps=2)
    worker.taken_until(lambda snapshot: snapshot.step == 2)
    worker.ask(single_epochs=1)
    worker.taken_until(lambda snapshot: snapshot.step == 4)
    end = worker.answer()
    assert (end.step, end.epoch) == (4, 1.0)


# Runs


def test_a_new_run_begins_at_the_same_start_and_another_seed_elsewhere(worker: Worker) -> None:
    start = worker.answer()
    worker.ask(running=True)
    worker.taken_until(lambda snapshot: snapshot.step > 20)
    again = worker.answer(running=False, run_id=1)
    assert (again.run_id, again.step, again.epoch, again.curve.cost.size) == (1, 0, 0.0, 0)
    np.testing.assert_array_equal(again.parameters, start.parameters)
    other = worker.answer(run_id=2, settings=replace(FAST, seed=5))
    assert (other.parameters != start.parameters).any()


def test_no_snapshot_of_the_old_run_follows_one_of_the_new(worker: Worker) -> None:
    worker.ask(running=True)
    for run in range(1, 6):
        worker.taken_until(lambda snapshot, run=run: snapshot.run_id == run - 1 and snapshot.step > 5)
        worker.ask(run_id=run)
    runs = [snapshot.run_id for snapshot in worker.taken]
    assert runs == sorted(runs)


def test_a_diverged_run_says_so_and_stops(worker: Worker) -> None:
    worker.ask(
        running=True, settings=replace(FAST, activation="linear", optimizer="gradient descent", learning_rate=100)
    )
    snapshot = worker.taken_until(lambda snapshot: snapshot.diverged)
    assert not snapshot.running
    assert np.isfinite(snapshot.parameters).all()
    assert worker.answer().step == snapshot.step


# A run that is parked: asked for without a single step owed, so that a run made anew would show


def state_of(snapshot: Snapshot) -> tuple[Any, ...]:
    curve = snapshot.curve
    return (snapshot.run_id, snapshot.step, snapshot.epoch, snapshot.parameters.tobytes(), curve.cost.tobytes())


def steps(worker: Worker, count: int, **changes: Any) -> Snapshot:
    """The run after so many single steps more."""
    worker.ask(**changes, single_steps=worker.request.single_steps + count)
    return worker.taken_until(lambda snapshot: not snapshot.running and snapshot.step >= count)


def test_a_parked_run_is_taken_up_exactly_where_it_was(worker: Worker) -> None:
    chosen = replace(FAST, batch_size=16, optimizer="adam")
    worker.answer(settings=chosen)
    own = steps(worker, 20)  # within the second epoch
    kept = worker.request
    lesson = worker.answer(
        run_id=1, parked=0, single_steps=0, settings=replace(chosen, hidden=(3,), seed=2), dataset=OTHER
    )
    assert (lesson.run_id, lesson.step, lesson.sizes, lesson.dataset) == (1, 0, (2, 3, 2), OTHER)
    steps(worker, 7)
    worker.request = kept
    back = worker.answer(single_steps=0)
    assert state_of(back) == state_of(own)
    assert back.dataset is DATA
    reference = Trainer(replace(kept, running=True))
    for _ in range(50):
        reference.step()
    after_it = steps(worker, 50)  # 30 more: the optimiser's sums and the order of the batches are those of the run
    assert after_it.step == 50
    np.testing.assert_array_equal(after_it.parameters, reference.network.parameters)


def test_a_run_that_is_not_parked_any_more_starts_again(worker: Worker) -> None:
    worker.answer()
    own = steps(worker, 20)
    worker.answer(run_id=1, parked=0, single_steps=0)
    worker.answer(parked=None)
    again = worker.answer(run_id=0)
    assert (again.run_id, again.step) == (0, 0)
    assert again.parameters.tobytes() != own.parameters.tobytes()


def test_a_run_stays_parked_from_one_run_to_the_next(worker: Worker) -> None:
    worker.answer()
    own = steps(worker, 20)
    for run in (1, 2, 3):
        assert worker.answer(run_id=run, parked=0, single_steps=0).step == 0
        steps(worker, run)
    assert state_of(worker.answer(run_id=0, parked=None, single_steps=0)) == state_of(own)


def test_two_runs_can_change_places(worker: Worker) -> None:
    worker.answer()
    first = steps(worker, 20)
    worker.answer(run_id=1, parked=0, single_steps=0, settings=replace(FAST, seed=3))
    second = steps(worker, 5)
    for _ in range(2):
        assert state_of(worker.answer(run_id=0, parked=1, single_steps=0, settings=FAST)) == state_of(first)
        other = worker.answer(run_id=1, parked=0, single_steps=0, settings=replace(FAST, seed=3))
        assert state_of(other) == state_of(second)


def test_a_request_that_was_never_seen_parks_nothing_and_loses_nothing(worker: Worker) -> None:
    worker.answer()
    own = steps(worker, 20)
    kept = replace(worker.request, single_steps=0)
    worker.ask(run_id=1, parked=0)
    worker.request = kept
    assert state_of(worker.answer()) == state_of(own)
    worker.ask(run_id=1, parked=0, single_steps=0)
    worker.answer(run_id=2, parked=0, single_steps=0)
    worker.request = kept
    assert state_of(worker.answer()) == state_of(own)


def test_an_error_in_another_run_leaves_the_parked_one_as_it_was(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.answer()
    own = steps(worker, 20)
    kept = replace(worker.request, single_steps=0)
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "_start", lambda self, request: break_down(self))
        worker.ask(run_id=1, parked=0, single_steps=0)
        worker.until(lambda: bool(worker.failures))
    worker.request = kept
    assert state_of(worker.answer()) == state_of(own)


def test_the_rate_of_a_run_taken_up_is_its_own(worker: Worker) -> None:
    worker.answer(settings=FAST)
    steps(worker, 3000)
    kept = worker.request
    slow = replace(FAST, speed="20 steps/s")
    worker.ask(run_id=1, parked=0, single_steps=0, running=True, settings=slow)
    worker.taken_until(lambda snapshot: snapshot.run_id == 1 and snapshot.steps_per_second is not None)
    worker.request = replace(kept, running=True, settings=slow)
    worker.ask()
    back = worker.taken_until(lambda snapshot: snapshot.run_id == 0 and snapshot.steps_per_second is not None)
    assert back.steps_per_second is not None
    assert back.steps_per_second < 100  # and not the 3000 steps between the two runs


# Errors


def break_down(self: Trainer) -> None:
    raise RuntimeError("the trainer broke")


@pytest.mark.parametrize("name", ["step", "snapshot"])
def test_an_error_is_told_and_the_next_run_trains(worker: Worker, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    worker.answer()
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, name, break_down)
        worker.ask(running=True)
        worker.until(lambda: bool(worker.failures))
    assert worker.failures == ["RuntimeError: the trainer broke"]
    assert worker.thread.isRunning()
    worker.ask(running=True, run_id=1)
    assert worker.taken_until(lambda snapshot: snapshot.run_id == 1 and snapshot.step > 5)
    assert len(worker.failures) == 1


def test_an_error_in_making_a_trainer_is_told_too(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "_start", lambda self, request: break_down(self))
        worker.ask()
        worker.until(lambda: bool(worker.failures))
    assert worker.answer(run_id=1).run_id == 1


@pytest.mark.parametrize("name", ["step", "snapshot"])
def test_after_an_error_the_worker_rests(worker: Worker, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    worker.ask(running=True)
    worker.taken_until(lambda snapshot: snapshot.step > 5)
    monkeypatch.setattr(Trainer, name, break_down)
    worker.ask(running=False)
    worker.ask(running=True)
    worker.until(lambda: bool(worker.failures))
    worker.ask(running=False)
    worker.take()
    worker.until_it_rests()


# What takes longer than a frame


def test_a_check_is_made_while_paused_shown_from_beginning_to_end_and_then_the_worker_rests(worker: Worker) -> None:
    assert worker.answer().check is None
    worker.ask(single_checks=1)
    done = worker.taken_until(lambda snapshot: snapshot.checks_done == 1)
    shares = [snapshot.check.share_done for snapshot in worker.taken if snapshot.check is not None]
    assert shares == sorted(shares)
    assert len(shares) > 2
    assert done.check is not None
    assert done.check.is_right
    assert (done.check.step, done.step) == (0, 0)
    worker.take()
    worker.until_it_rests()
    assert worker.take() is None


def test_a_result_that_nobody_took_a_snapshot_before_is_there_afterwards(worker: Worker) -> None:
    inquiring = replace(FAST, hidden=())
    worker.ask(settings=inquiring, run_id=1, single_checks=1)
    worker.until_it_rests()  # all is found out, and the first snapshot still waits
    worker.take()
    found = worker.taken_until(lambda snapshot: snapshot.checks_done == 1)
    assert any(mark.text.startswith("J*") for mark in found.landmarks)
    worker.until_it_rests()
    assert worker.take() is None


def test_steps_go_on_during_a_check(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, steps_at_inquiries = Trainer.inquire, []

    def inquire(trainer: Trainer) -> None:
        steps_at_inquiries.append(trainer.step_count)
        usual(trainer)

    monkeypatch.setattr(Trainer, "inquire", inquire)
    worker.ask(running=True, settings=replace(FAST, hidden=(16, 16)), run_id=1)
    before = worker.taken_until(lambda snapshot: snapshot.step > 5)
    worker.ask(single_checks=1)
    done = worker.taken_until(lambda snapshot: snapshot.checks_done == 1)
    assert done.check is not None
    assert before.step <= done.check.step < done.step
    assert done.check.is_right
    assert steps_at_inquiries[0] < steps_at_inquiries[-1], "steps were made between the parts of the check"


def test_a_click_is_answered_in_the_middle_of_a_check(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, click = Trainer.inquire, (0.5, 0.5)
    parts: list[object] = []  # the probe that each is made for

    def inquire(trainer: Trainer) -> None:
        parts.append(trainer.request.probe)
        if len(parts) == 3:
            worker.ask(probe=click)
        usual(trainer)

    monkeypatch.setattr(Trainer, "inquire", inquire)
    worker.ask(single_checks=1, settings=replace(FAST, hidden=(64, 64, 64)), run_id=1)
    snapshot = worker.taken_until(lambda snapshot: snapshot.probe is click)
    assert parts[:4] == [None, None, None, click], "the next part of the check knows of the click"
    assert snapshot.checks_done == 0
    assert snapshot.check is not None
    assert snapshot.check.share_done < 0.01, "a part of a check is a small one"
    assert worker.answer(run_id=2, single_checks=0, settings=FAST).check is None


def test_an_error_in_an_inquiry_is_told_and_the_worker_rests(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.answer()
    monkeypatch.setattr(Trainer, "inquire", break_down)
    worker.ask(single_checks=1)
    worker.until(lambda: bool(worker.failures))
    worker.take()
    worker.until_it_rests()
    assert worker.failures == ["RuntimeError: the trainer broke"]


# The end


@pytest.mark.parametrize(
    "changes", [{}, {"running": True}, {"running": True, "settings": replace(FAST, speed="1 step/s")}]
)
def test_the_thread_ends_whatever_it_is_doing(qtbot: QtBot, changes: dict[str, Any]) -> None:
    thread = TrainingThread()
    thread.start()
    thread.submit(replace(PAUSED, **changes))
    qtbot.waitUntil(lambda: thread.take() is not None, timeout=PATIENCE)
    thread.stop()
    assert thread.isFinished()


def test_the_thread_ends_at_once_though_its_next_step_is_far_off(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_a_step_far_off(worker, Clock(monkeypatch))
    started = time.perf_counter()
    worker.thread.stop()
    assert time.perf_counter() - started < PATIENCE / 1000  # and not the minute to that step
    assert worker.thread.isFinished()


def test_a_thread_that_was_never_started_can_be_stopped(qtbot: QtBot) -> None:
    thread = TrainingThread()
    thread.stop()
    assert not thread.isRunning()
