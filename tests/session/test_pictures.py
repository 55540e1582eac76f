"""Pictures of a moment: made where they are asked for, of this moment, and through a lens that touches nothing."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.nn import Network
from playground.session.generators import Recipe, generate
from playground.session.grid import Grid
from playground.session.looking import OVERLAYS, PAGES, SPOT_VIEWS, Looking, pictures_of
from playground.session.messages import Request, Snapshot
from playground.session.pictures import through_lens
from playground.session.settings import Settings
from playground.session.trainer import Trainer

BLOBS = generate(Recipe("blobs", classes=4, points=60))
GRID = Grid(left=-1.0, right=2.0, bottom=-2.0, top=1.5, columns=24, rows=21)
PROBE = (0.3, -0.4)

thorough = settings(derandomize=True, deadline=None, max_examples=60)


def trained(steps: int = 40, **request: Any) -> Trainer:
    trainer = Trainer(Request(BLOBS, **{"settings": Settings(), "grid": GRID, "probe": PROBE} | request))
    for _ in range(steps):
        trainer.step()
    return trainer


def change(trainer: Trainer, **changes: Any) -> Snapshot:
    trainer.accept(replace(trainer.request, **changes))
    return trainer.snapshot()


def answers_over_grid(snapshot: Snapshot, temperature: float = 1.0) -> NDArray[np.float64]:
    """Softmax of z / T at every cell, in float64, by the snapshot's own parameters."""
    network = Network(snapshot.sizes)
    network.parameters[:] = snapshot.parameters
    Z = network.copy(np.float64).logits(GRID.points()) / temperature
    powers = np.exp(Z - Z.max(axis=0))
    return (powers / powers.sum(axis=0)).reshape(-1, GRID.rows, GRID.columns)


# The lens


@thorough
@given(
    Z=st.lists(st.lists(st.floats(-30, 30, width=32), min_size=3, max_size=3), min_size=1, max_size=5),
    temperature=st.floats(0.05, 100),
)
def test_the_lens_is_the_softmax_of_z_over_t(Z: list[list[float]], temperature: float) -> None:
    scores = np.array(Z, np.float32).T
    before = scores.copy()
    seen = through_lens(scores, temperature)
    for column, shown in zip(Z, seen.T.tolist(), strict=True):
        powers = [math.exp((z - max(column)) / temperature) for z in column]
        assert shown == pytest.approx([power / sum(powers) for power in powers], rel=1e-4, abs=1e-6)
    np.testing.assert_array_equal(scores, before)


def test_the_lens_changes_confidence_and_neither_regions_nor_borders_nor_the_run() -> None:
    trainer = trained()
    plain = trainer.snapshot()
    assert plain.regions is not None
    for temperature in (0.01, 0.3, 3.0, 100.0):
        seen = change(trainer, temperature=temperature)
        assert seen.regions is not None
        assert seen.probabilities is not None
        assert seen.probe_probabilities is not None
        assert seen.regions.winner.tobytes() == plain.regions.winner.tobytes()
        assert seen.regions.borders.tobytes() == plain.regions.borders.tobytes()
        expected = answers_over_grid(seen, temperature)
        np.testing.assert_allclose(seen.probabilities, expected, atol=2e-3)
        np.testing.assert_array_equal(seen.regions.confidence, seen.probabilities.max(axis=0))
        surer = seen.regions.confidence.mean() > plain.regions.confidence.mean()
        assert surer == (temperature < 1)
        assert seen.probe_probabilities.sum() == pytest.approx(1, abs=1e-5)
        assert seen.temperature == temperature
        assert_same_run(seen, plain)
    assert_same_run(change(trainer, temperature=1.0), plain)
    trainer.step()
    unlensed = trained(41)
    assert trainer.network.parameters.tobytes() == unlensed.network.parameters.tobytes()


def assert_same_run(seen: Snapshot, plain: Snapshot) -> None:
    """Everything but what is looked at through the lens."""
    assert seen.parameters.tobytes() == plain.parameters.tobytes()
    assert (seen.cost, seen.accuracy, seen.step, seen.epoch) == (plain.cost, plain.accuracy, plain.step, plain.epoch)
    assert seen.curve.cost.tobytes() == plain.curve.cost.tobytes()
    assert seen.example is not None
    assert plain.example is not None
    assert seen.example.softmax is not None
    assert plain.example.softmax is not None
    assert seen.example.softmax.Y_hat.tobytes() == plain.example.softmax.Y_hat.tobytes()


def test_without_a_lens_the_probabilities_are_those_of_the_network() -> None:
    snapshot = trained().snapshot()
    network = Network(snapshot.sizes)
    network.parameters[:] = snapshot.parameters
    assert snapshot.probabilities is not None
    np.testing.assert_array_equal(snapshot.probabilities.reshape(4, -1), network.probabilities(GRID.points()))


# Of this moment


CHANGES: dict[str, Callable[[Request, int], Request]] = {
    "step": lambda request, number: request,
    "lens": lambda request, number: replace(request, temperature=0.5 if request.temperature == 1 else 1.0),
    "grid": lambda request, number: replace(request, grid=replace(GRID, left=-1.0 - number)),
    "class": lambda request, number: replace(request, dataset=BLOBS.with_class()),
    "no class": lambda request, number: replace(request, dataset=BLOBS.without_class(number % 4)),
    "run": lambda request, number: replace(request, run_id=request.run_id + 1),
    "probe": lambda request, number: replace(request, probe=(0.1 * number, 0.0)),
    "optimiser": lambda request, number: replace(request, settings=replace(request.settings, optimizer="momentum")),
}


@thorough
@given(changes=st.lists(st.sampled_from(list(CHANGES)), max_size=12))
def test_the_pictures_are_of_the_parameters_and_the_wishes_of_this_moment(changes: list[str]) -> None:
    trainer = trained(3, settings=Settings(hidden=(4,)))
    request = trainer.request
    for number, kind in enumerate(changes):
        if kind == "step":
            trainer.step()
        request = CHANGES[kind](request, number)
        trainer.accept(request)
        snapshot = trainer.snapshot()
        assert request.grid is not None
        assert snapshot.probabilities is not None
        assert snapshot.regions is not None
        Z = trainer.network.logits(request.grid.points())
        expected = through_lens(Z, request.temperature)
        np.testing.assert_array_equal(snapshot.probabilities.reshape(expected.shape), expected)
        np.testing.assert_array_equal(snapshot.regions.winner.ravel(), Z.argmax(axis=0))
        assert (snapshot.grid, snapshot.probe) == (request.grid, request.probe)


def test_the_plane_of_standardised_inputs_stays_in_the_users_units() -> None:
    far = replace(BLOBS, X=BLOBS.X * 200 + 5000)
    grid = Grid(4800, 5400, 4600, 5300, 12, 10)
    trainer = Trainer(Request(far, Settings(standardise=True), grid=grid))
    for _ in range(30):
        trainer.step()
    snapshot = trainer.snapshot()
    mean, spread = far.X.mean(axis=1, keepdims=True), far.X.std(axis=1, keepdims=True)
    expected = trainer.network.probabilities((grid.points() - mean) / spread)
    assert snapshot.probabilities is not None
    np.testing.assert_allclose(snapshot.probabilities.reshape(4, -1), expected, atol=1e-5)


def test_looking_about_makes_no_picture_of_the_plane_anew() -> None:
    trainer = trained()
    first = trainer.snapshot()
    again = change(trainer, probe=(1.0, 1.0))
    assert again.regions is first.regions
    trainer.step()
    assert trainer.snapshot().regions is not first.regions


# What is asked for

FIELDS = {
    "points": {"answers"},
    "haloes": {"answers"},
    "misses": {"answers"},
    "ties": {"ties_beyond"},
    "zero_lines": {"zero_lines"},
    "step": {"rehearsal"},
    "derivation": {"derivation"},
    "why_log": {"why_log", "answers"},
}


@pytest.mark.parametrize("name", [*PAGES, *OVERLAYS, *SPOT_VIEWS])
def test_each_page_view_and_overlay_gets_its_pictures_and_no_others(name: str) -> None:
    looking = Looking(page=name) if name in PAGES else Looking(overlays=frozenset({name}) & frozenset(OVERLAYS))
    looking = replace(looking, spot_view=name) if name in SPOT_VIEWS else looking
    snapshot = trained(pictures=pictures_of(looking)).snapshot()
    optional = {field for fields in FIELDS.values() for field in fields}
    assert {field for field in optional if getattr(snapshot, field) is not None} == FIELDS.get(name, set())


def test_without_a_grid_and_a_probe_nothing_is_shown_of_the_plane() -> None:
    snapshot = trained(grid=None, probe=None, pictures=frozenset(OVERLAYS)).snapshot()
    empty = (snapshot.regions, snapshot.probabilities, snapshot.ties_beyond, snapshot.zero_lines)
    assert empty == (None,) * 4
    assert (snapshot.probe_probabilities, snapshot.example) == (None, None)
    assert snapshot.answers is not None


def test_every_class_has_its_zero_lines() -> None:
    snapshot = trained(pictures=frozenset({"zero_lines", "ties"})).snapshot()
    assert snapshot.zero_lines is not None
    assert len(snapshot.zero_lines) == 4
    assert any(len(pieces) for pieces in snapshot.zero_lines)
    network = Network(snapshot.sizes)
    network.parameters[:] = snapshot.parameters
    largest = np.abs(network.logits(GRID.points())).max()
    for label, pieces in enumerate(snapshot.zero_lines):
        own = network.logits(pieces.reshape(-1, 2).T)[label]
        assert (np.abs(own) < 0.1 * largest).all()
