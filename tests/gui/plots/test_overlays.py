"""What is laid over the plane: rings that show losses, crosses on the misses, lines of the scores; nothing unasked."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QPainterPath, QPolygonF
from PyQt6.QtWidgets import QApplication, QGraphicsPathItem
from pytestqt.qtbot import QtBot

from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT, Theme
from playground.gui.plots.overlays import LARGEST_HALO, LEAST_HALO, MOST_HALOES, MOST_MISSES, Overlays, haloes, misses
from playground.gui.plots.plane import Plane
from playground.session.answers import Answers
from playground.session.dataset import Dataset, class_labels
from playground.session.grid import Grid
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.hands import Matrix, bring_up, linear_map, pixels_of, snapshot_with

PIXEL = (0.01, 0.04)  # a pixel's width and height, far from square
ALL = frozenset({"haloes", "misses", "ties", "zero_lines"})


def answers_of(losses: Matrix, is_miss: Matrix | None = None, is_test: Matrix | None = None) -> Answers:
    m = len(losses)
    none = np.zeros(m, bool)
    return Answers(
        Z=np.zeros((2, m)),
        Y_hat=np.full((2, m), 0.5),
        losses=np.asarray(losses, float),
        predicted=np.zeros(m, int),
        is_miss=none if is_miss is None else np.asarray(is_miss, bool),
        is_test=none if is_test is None else np.asarray(is_test, bool),
        mean_loss=1.0,
        penalty=0.0,
        mean_Y_hat=None,
        shares=None,
    )


def row_of_points(count: int) -> Matrix:
    return np.stack([np.arange(count, dtype=float), 2.0 * np.arange(count)])


def pieces(path: QPainterPath) -> list[Matrix]:
    """Each unbroken part of a path, (n, 2), in pixels."""
    return [corners(polygon) / PIXEL for polygon in path.toSubpathPolygons()]


def corners(polygon: QPolygonF) -> Matrix:
    points = [polygon.at(i) for i in range(polygon.count())]
    return np.array([(point.x(), point.y()) for point in points])


def rings(X: Matrix, answers: Answers) -> dict[int, float]:
    """The radius in pixels of the ring round each point; each ring is seen to be round, and round a point."""
    found: dict[int, float] = {}
    for ring in pieces(haloes(X, answers, PIXEL)):
        centre = (ring.min(axis=0) + ring.max(axis=0)) / 2
        (point,) = np.flatnonzero(np.hypot(*(X.T / PIXEL - centre).T) < 0.01)
        radii = np.hypot(*(ring - centre).T)
        assert np.ptp(radii) < 1e-6 * radii.mean()
        found[int(point)] = float(radii.mean())
    return found


def crossed(X: Matrix, answers: Answers) -> list[int]:
    """The points that lie under the middle of a cross: of lines up and lines down."""
    lines = pieces(misses(X, answers, PIXEL))
    assert {line.shape for line in lines} <= {(2, 2)}
    found: dict[int, set[float]] = {}
    for line in lines:
        nearest = int(np.abs(X.T / PIXEL - line.mean(axis=0)).sum(axis=1).argmin())
        assert np.abs(X[:, nearest] / PIXEL - line.mean(axis=0)).max() < 1
        slope = float(np.prod(np.sign(line[1] - line[0])))
        found.setdefault(nearest, set()).add(slope)
    assert all(slopes == {-1.0, 1.0} for slopes in found.values())
    return sorted(found)


# Haloes


def test_a_ring_s_area_is_proportional_to_the_loss() -> None:
    losses = np.array([1.0, 0.75, 3.0, 6.0, 1.5])
    found = rings(row_of_points(5), answers_of(losses))
    areas = np.array([found[point] ** 2 for point in range(5)])
    np.testing.assert_allclose(areas / areas[0], losses, rtol=1e-6)


def test_a_ring_stays_within_bounds_and_a_small_loss_has_none() -> None:
    found = rings(row_of_points(4), answers_of(np.array([1e-3, 1.0, 1e4, np.inf])))
    assert set(found) == {1, 2, 3}
    assert found[2] == pytest.approx(LARGEST_HALO)
    assert found[3] == pytest.approx(LARGEST_HALO)
    assert min(found.values()) > LEAST_HALO


def test_a_held_out_point_and_a_loss_that_is_no_number_have_no_ring() -> None:
    answers = answers_of(np.array([2.0, 2.0, np.nan]), is_test=np.array([False, True, False]))
    assert set(rings(row_of_points(3), answers)) == {0}


def test_of_very_many_points_the_largest_losses_are_ringed() -> None:
    losses = 1 + np.random.default_rng(0).random(3 * MOST_HALOES)
    found = rings(row_of_points(losses.size), answers_of(losses))
    assert set(found) == set(np.argsort(-losses)[:MOST_HALOES].tolist())


# Misses


def test_crosses_are_exactly_on_the_misses_held_out_ones_too() -> None:
    is_miss = np.array([True, False, False, True, True])
    answers = answers_of(np.ones(5), is_miss, np.array([False, False, True, True, False]))
    assert crossed(row_of_points(5), answers) == [0, 3, 4]


@pytest.mark.parametrize("count", [0, 1, 700])
def test_few_and_many_misses_are_all_crossed(count: int) -> None:
    is_miss = np.arange(900) < count
    assert crossed(row_of_points(900), answers_of(np.ones(900), is_miss)) == list(range(count))


def test_of_too_many_misses_some_everywhere_are_crossed_and_stay_so() -> None:
    count = 3 * MOST_MISSES
    X, is_miss = row_of_points(count), np.ones(count, bool)
    before = crossed(X, answers_of(np.ones(count), is_miss))
    assert len(before) == MOST_MISSES
    assert np.diff(before).max() < 10  # whatever the order of the classes is
    is_miss[before[7]] = False
    after = set(crossed(X, answers_of(np.ones(count), is_miss)))
    assert len(after) == MOST_MISSES
    assert len(after & set(before)) == MOST_MISSES - 1


# What is asked for


def shown_snapshot() -> Snapshot:
    """Three classes in a row of points, with all overlays' pictures."""
    X = np.array([[-1.0, -0.2, 0.9, 1.0], [0.5, -0.5, 0.3, -1.0]])
    dataset = Dataset(X, np.array([0, 1, 2, 0]), np.zeros(4), class_labels(3))
    grid = Grid(-2, 2, -2, 2, 16, 16)
    W, b = np.array([[-2.0, 0.3], [0.1, 0.5], [2.0, 1.0]]), np.array([0.1, 0.3, -0.2])
    made = snapshot_with(dataset, grid, linear_map(W, b, grid))
    pictures = Trainer(Request(dataset, Settings(hidden=()), grid=grid, pictures=ALL)).snapshot()
    assert pictures.answers is not None
    answers = answers_of(np.array([2.0, 0.1, 1.0, 3.0]), np.array([False, False, True, True]))
    return replace(made, answers=answers, ties_beyond=pictures.ties_beyond, zero_lines=pictures.zero_lines)


def drawn(overlays: Overlays) -> list[QGraphicsPathItem]:
    found = []
    for item in overlays.items:
        assert isinstance(item, QGraphicsPathItem)
        if not item.path().isEmpty():
            found.append(item)
    return found


def test_nothing_is_drawn_that_is_not_asked_for(qapp: QApplication) -> None:
    overlays, snapshot = Overlays(), shown_snapshot()
    overlays.show_snapshot(snapshot, frozenset(), PIXEL)
    assert drawn(overlays) == []
    counts = {}
    for name in ALL:
        overlays.show_snapshot(snapshot, frozenset({name}), PIXEL)
        counts[name] = len(drawn(overlays))
    assert counts == {"haloes": 1, "misses": 1, "ties": 1, "zero_lines": 3}
    overlays.show_snapshot(snapshot, frozenset(), PIXEL)
    assert drawn(overlays) == []


def test_asked_for_before_it_is_there_nothing_is_drawn(qapp: QApplication) -> None:
    overlays = Overlays()
    empty = replace(shown_snapshot(), answers=None, ties_beyond=None, zero_lines=None)
    overlays.show_snapshot(empty, ALL, PIXEL)
    assert drawn(overlays) == []


def test_ties_and_zero_lines_are_the_snapshot_s_lines(qapp: QApplication) -> None:
    overlays, snapshot = Overlays(), shown_snapshot()
    overlays.show_snapshot(snapshot, frozenset({"ties"}), PIXEL)
    (ties,) = drawn(overlays)
    assert snapshot.ties_beyond is not None
    expected = {tuple(np.round(piece.ravel(), 6)) for piece in snapshot.ties_beyond}
    ends = [corners(polygon).ravel() for polygon in ties.path().toSubpathPolygons()]
    assert {tuple(np.round(line, 6)) for line in ends} == expected
    overlays.show_snapshot(snapshot, frozenset({"zero_lines"}), PIXEL)
    assert [item.pen().color() for item in drawn(overlays)] == [QColor(colour) for colour in CLASS_COLOURS[:3]]


def test_a_removed_class_takes_its_zero_line_along_and_the_others_keep_their_colours(qapp: QApplication) -> None:
    overlays, snapshot = Overlays(), shown_snapshot()
    overlays.show_snapshot(snapshot, ALL, PIXEL)
    assert snapshot.zero_lines is not None
    fewer = replace(snapshot, dataset=snapshot.dataset.without_class(0), zero_lines=snapshot.zero_lines[1:])
    overlays.show_snapshot(fewer, frozenset({"zero_lines"}), PIXEL)
    assert [item.pen().color() for item in drawn(overlays)] == [QColor(colour) for colour in CLASS_COLOURS[1:3]]


# On the plane


@pytest.mark.parametrize(("width", "height"), [(500, 300), (260, 420)])
@pytest.mark.parametrize("zoom", [1.0, 0.02])
def test_rings_are_round_on_the_screen_at_any_zoom_and_shape(
    width: int, height: int, zoom: float, qtbot: QtBot
) -> None:
    plane, snapshot = Plane(), shown_snapshot()
    qtbot.addWidget(plane)
    bring_up(qtbot, plane, width, height)
    plane.box.setAspectLocked(False)
    plane.box.setRange(xRange=(-zoom, 3 * zoom), yRange=(-zoom, zoom), padding=0)
    plane.ask_overlays(frozenset({"haloes"}))
    plane.show_snapshot(snapshot)
    (item,) = (item for item in path_items(plane) if item.zValue() == 12)
    boxes = [item.mapToScene(polygon).boundingRect() for polygon in item.path().toSubpathPolygons()]
    assert len(boxes) == 3
    for box in boxes:
        assert box.width() == pytest.approx(box.height(), rel=1e-6)
    largest = max(box.width() for box in boxes)
    assert sorted((box.width() / largest) ** 2 for box in boxes) == pytest.approx([1 / 3, 2 / 3, 1], abs=1e-6)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_ring_and_a_cross_show_over_the_points(theme: Theme, qtbot: QtBot) -> None:
    plane, snapshot = Plane(), shown_snapshot()
    qtbot.addWidget(plane)
    bring_up(qtbot, plane, 400, 300)
    plane.set_theme(theme)
    plane.show_dataset(snapshot.dataset, 0)
    plane.show_snapshot(snapshot)
    bare = pixels_of(plane.grab().toImage())
    for name in ("haloes", "misses"):
        plane.ask_overlays(frozenset({name}))
        changed = np.abs(pixels_of(plane.grab().toImage()) - bare).max(axis=-1) > 90
        assert changed.sum() > 20, name


def path_items(plane: Plane) -> list[QGraphicsPathItem]:
    scene = plane.scene()
    assert scene is not None
    found = [item for item in scene.items() if isinstance(item, QGraphicsPathItem) and not item.path().isEmpty()]
    assert all(item.path().boundingRect() != QRectF() for item in found)
    return found
