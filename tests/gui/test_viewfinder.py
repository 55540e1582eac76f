"""The viewfinder: the grid that is asked for covers the view, fine while paused, and as fine as a frame allows else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from playground.gui.controller import Controller
from playground.gui.plots.plane import Plane
from playground.gui.viewfinder import Viewfinder
from playground.session.generators import Recipe
from playground.session.messages import Snapshot
from playground.session.settings import Settings
from playground.session.sharpness import FLAT_OUT, PACED, PAUSED, TRAINING, WATCHED
from playground.session.sources import load_built_in
from playground.session.trainer import Trainer
from tests.gui.hands import bring_up


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    plane = Plane()
    qtbot.addWidget(plane)
    return plane


@pytest.fixture
def controller(plane: Plane, qtbot: QtBot) -> Iterator[Controller]:
    """A controller whose worker is never started: snapshots come from the test."""
    controller = Controller(load_built_in("blobs", Recipe(), Settings()), Recipe())
    Viewfinder(plane, controller)
    bring_up(qtbot, plane, 600, 400)
    yield controller
    controller.deleteLater()


def resolution(controller: Controller) -> int:
    grid = controller.request.grid
    assert grid is not None
    return max(grid.columns, grid.rows)


def show_snapshots(controller: Controller, seconds: float, count: int = WATCHED) -> None:
    """Let snapshots arrive that each took so long."""
    for _ in range(count):
        controller.snapshot_ready.emit(snapshot_of(controller, seconds))


def snapshot_of(controller: Controller, seconds: float) -> Snapshot:
    request = replace(controller.request, running=False)
    running = controller.request.running
    return replace(Trainer(request).snapshot(), running=running, seconds_taken=seconds)


def test_a_slow_worker_is_asked_for_coarser_pictures_and_a_fast_one_for_fine_ones_again(controller: Controller) -> None:
    controller.set_setting("speed", "max")
    controller.toggle_training()
    assert resolution(controller) == TRAINING[0]
    for expected in (*TRAINING[1:], TRAINING[-1]):
        show_snapshots(controller, 2 * FLAT_OUT)
        assert resolution(controller) == expected
    for expected in TRAINING[-2::-1]:
        show_snapshots(controller, 0.1 * FLAT_OUT)
        assert resolution(controller) == expected


def test_a_pause_is_fine_and_what_was_learned_is_kept(controller: Controller) -> None:
    assert resolution(controller) == PAUSED
    controller.set_setting("speed", "max")
    controller.toggle_training()
    show_snapshots(controller, 2 * FLAT_OUT)
    controller.pause()
    assert resolution(controller) == PAUSED
    show_snapshots(controller, 10 * FLAT_OUT)  # a paused one takes its time
    assert resolution(controller) == PAUSED
    controller.toggle_training()
    assert resolution(controller) == TRAINING[1]


def test_at_a_chosen_speed_pictures_may_take_longer(controller: Controller) -> None:
    controller.toggle_training()
    show_snapshots(controller, (FLAT_OUT + PACED) / 2)
    assert resolution(controller) == TRAINING[0]
    show_snapshots(controller, 1.1 * PACED)
    assert resolution(controller) == TRAINING[1]


def test_a_snapshot_of_another_grid_says_nothing_about_this_one(controller: Controller) -> None:
    controller.set_setting("speed", "max")
    controller.toggle_training()
    for _ in range(WATCHED):
        late = snapshot_of(controller, 1.0)
        controller.snapshot_ready.emit(replace(late, grid=replace(late.grid, columns=PAUSED) if late.grid else None))
    assert resolution(controller) == TRAINING[0]


def test_the_grid_follows_the_view(plane: Plane, controller: Controller) -> None:
    plane.zoom(0.5)
    plane.resize(500, 450)
    grid = controller.request.grid
    assert grid is not None
    assert ((grid.left, grid.right), (grid.bottom, grid.top)) == tuple(map(tuple, plane.box.viewRange()))
