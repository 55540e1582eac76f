"""The plane on its own: regions, borders and points at their places, by the pixels they leave."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from playground.gui.palette import (
    CLASS_COLOURS,
    CLASS_SYMBOLS,
    DARK,
    LEVELS,
    LIGHT,
    SYMBOL_SIZES,
    Theme,
    levels,
    region_table,
)
from playground.gui.plots.plane import Plane
from playground.gui.plots.scatter import Scatter
from playground.session.dataset import ClassLabel, Dataset, empty_dataset
from playground.session.grid import Grid
from playground.session.messages import Snapshot
from tests.gui.hands import (
    Matrix,
    box_of,
    bring_up,
    colour_at,
    linear_map,
    pixel_of,
    snapshot_with,
    spot_under,
    unlikeness,
)

STYLES = (0, 3, 5)
GRID = Grid(left=-4, right=4, bottom=-2, top=6, columns=160, rows=160)
# Class 1 lies to the left of x1 = 1, class 2 below x2 = 2 on the right, class 3 above it.
W, B = np.array([[-3.0, 0.0], [3.0, -4.0], [3.0, 4.0]]), np.array([6.0, 8.0, -8.0])


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    plane = Plane()
    qtbot.addWidget(plane)
    plane.set_theme(LIGHT)
    bring_up(qtbot, plane, 520, 500)
    plane.box.setRange(xRange=(-4, 4), yRange=(-2, 6), padding=0)
    plane.grab()  # the axes make room for their numbers
    return plane


@pytest.fixture
def data() -> Dataset:
    X = [[-3.0, -2.0, 3.0, 2.5, 3.0], [0.0, 4.0, -1.0, 0.5, 5.0]]
    classes = tuple(ClassLabel(style) for style in STYLES)
    return Dataset(np.array(X), np.array([0, 0, 1, 1, 2]), np.array([0.1, 0.5, 0.2, 0.6, 0.7]), classes)


@pytest.fixture
def moment(data: Dataset) -> Snapshot:
    return snapshot_with(data, GRID, linear_map(W, B, GRID))


def scatters(plane: Plane) -> list[Scatter]:
    scene = plane.scene()
    assert scene is not None
    return [item for item in scene.items() if isinstance(item, Scatter) and item.isVisible()]


def spots_shown(plane: Plane) -> set[tuple[str, float, float]]:
    """The symbol and place of every marker."""
    shown = [(CLASS_SYMBOLS[item.style], float(x1), float(x2)) for item in scatters(plane) for x1, x2 in item.X.T]
    assert len(set(shown)) == len(shown)
    return set(shown)


def spots_of(dataset: Dataset) -> set[tuple[str, float, float]]:
    styles = [dataset.classes[label].style for label in dataset.labels]
    return {(CLASS_SYMBOLS[style], float(x1), float(x2)) for style, (x1, x2) in zip(styles, dataset.X.T, strict=True)}


def colour_of(plane: Plane, x1: float, x2: float) -> str:
    return colour_at(plane, pixel_of(plane, x1, x2))


def region_colour(p: Matrix, theme: Theme) -> str:
    """What the table says about a spot with these class probabilities (C,)."""
    winner = int(p.argmax())
    table = region_table(STYLES, theme)
    return f"#{int(table[winner * LEVELS + int(levels(p.max()))]) & 0xFFFFFF:06X}"


def answer(x1: float, x2: float) -> Matrix:
    z = W @ (x1, x2) + B
    shares: Matrix = np.exp(z - z.max())
    return shares / shares.sum()


# Regions and borders


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_region_has_its_colour_where_it_is(plane: Plane, moment: Snapshot, theme: Theme) -> None:
    plane.set_theme(theme)
    plane.show_snapshot(moment)
    for x1, x2 in ((-3.5, -1.5), (-3.5, 5.5), (0.6, 1.0), (3.5, -1.5), (2.0, 1.7), (3.5, 5.5), (1.8, 2.5)):
        assert unlikeness(colour_of(plane, x1, x2), region_colour(answer(x1, x2), theme)) <= 6, (x1, x2)


def test_a_part_of_the_plane_beyond_the_grid_stays_paper(plane: Plane, moment: Snapshot) -> None:
    plane.box.setRange(xRange=(-8, 8), yRange=(-6, 10), padding=0)
    plane.show_snapshot(moment)
    for x1, x2 in ((-6, 2), (6, 2), (0, -5), (0, 9)):
        assert colour_of(plane, x1, x2) == LIGHT.panel
    assert unlikeness(colour_of(plane, -3.5, 5), region_colour(answer(-3.5, 5), LIGHT)) <= 3


def test_a_snapshot_without_probabilities_leaves_bare_paper(plane: Plane, moment: Snapshot) -> None:
    plane.show_snapshot(moment)
    assert colour_of(plane, -3, 0) != LIGHT.panel
    plane.show_snapshot(replace(moment, probabilities=None, regions=None, grid=None))
    assert {colour_of(plane, x1, x2) for x1, x2 in ((-3, 0), (3, 0), (3, 5), (1, 4))} == {LIGHT.panel}


def darkest_along(plane: Plane, start: QPoint, end: QPoint) -> QPoint:
    count = max(abs(end.x() - start.x()), abs(end.y() - start.y()))
    image = plane.grab().toImage()
    path = [start + (end - start) * i / count for i in range(count + 1)]
    return min(path, key=lambda at: image.pixelColor(at).lightness())


def test_the_border_is_drawn_where_two_classes_tie(plane: Plane, moment: Snapshot) -> None:
    plane.show_snapshot(moment)
    crossing = darkest_along(plane, pixel_of(plane, 2, 0.5), pixel_of(plane, 2, 3.5))
    assert abs(spot_under(plane, crossing)[1] - 2) < 2 * 8 / box_of(plane).height()
    # between classes 1 and 2 the tie is 6 x1 - 4 x2 + 2 = 0
    crossing = darkest_along(plane, pixel_of(plane, -1.5, -1), pixel_of(plane, 1, -1))
    assert abs(spot_under(plane, crossing)[0] + 1) < 2 * 8 / box_of(plane).width()


def test_the_border_follows_the_next_snapshot(plane: Plane, moment: Snapshot, data: Dataset) -> None:
    plane.show_snapshot(moment)
    plane.show_snapshot(snapshot_with(data, GRID, linear_map(W, np.array([6.0, 4.0, -4.0]), GRID)))
    crossing = darkest_along(plane, pixel_of(plane, 3, -0.5), pixel_of(plane, 3, 2.5))
    assert abs(spot_under(plane, crossing)[1] - 1) < 2 * 8 / box_of(plane).height()


def test_another_theme_repaints_what_is_shown(plane: Plane, moment: Snapshot, data: Dataset) -> None:
    plane.show_dataset(data, 0)
    plane.show_snapshot(moment)
    light = colour_of(plane, -3.5, -1.5)
    plane.set_theme(DARK)
    dark = colour_of(plane, -3.5, -1.5)
    assert unlikeness(dark, region_colour(answer(-3.5, -1.5), DARK)) <= 3
    plane.set_theme(LIGHT)
    assert colour_of(plane, -3.5, -1.5) == light != dark


# One class enlarged


def test_an_enlarged_class_is_strong_where_it_is_sure_and_paper_where_it_is_not(plane: Plane, moment: Snapshot) -> None:
    plane.show_snapshot(moment)
    before = plane.grab().toImage()
    sure = {0: (-3.5, 0.0), 1: (3.5, -1.5), 2: (3.5, 5.5)}
    for label, style in enumerate(STYLES):
        plane.enlarge(label)
        for own_label, (x1, x2) in sure.items():
            colour = colour_of(plane, x1, x2)
            if own_label == label:
                assert unlikeness(colour, CLASS_COLOURS[style]) < unlikeness(colour, LIGHT.paper)
            else:
                assert unlikeness(colour, LIGHT.paper) <= 2
    plane.enlarge(None)
    assert plane.grab().toImage() == before


def test_an_enlarged_class_follows_the_next_snapshot(plane: Plane, moment: Snapshot, data: Dataset) -> None:
    plane.show_snapshot(moment)
    plane.enlarge(0)
    swapped = snapshot_with(data, GRID, linear_map(W[::-1], B[::-1], GRID))
    plane.show_snapshot(swapped)
    assert unlikeness(colour_of(plane, 3.5, 5.5), CLASS_COLOURS[0]) < 100
    assert unlikeness(colour_of(plane, -3.5, 0), LIGHT.paper) <= 2


def test_a_class_that_is_gone_cannot_be_enlarged(plane: Plane, moment: Snapshot) -> None:
    plane.show_snapshot(moment)
    before = plane.grab().toImage()
    plane.enlarge(7)
    assert plane.grab().toImage() == before


# Points


def test_each_point_is_shown_at_its_place_with_its_class_s_shape(plane: Plane, data: Dataset) -> None:
    plane.show_dataset(data, 0)
    assert spots_shown(plane) == spots_of(data)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_point_has_its_class_s_colour_and_lies_above_regions_and_borders(
    plane: Plane, data: Dataset, moment: Snapshot, theme: Theme
) -> None:
    on_the_border = data.with_points([[-1.0], [-1.0]], 1)
    plane.set_theme(theme)
    plane.show_dataset(on_the_border, 0)
    plane.show_snapshot(moment)
    for (x1, x2), label in zip(on_the_border.X.T, on_the_border.labels, strict=True):
        assert unlikeness(colour_of(plane, x1, x2), CLASS_COLOURS[STYLES[label]]) <= 3, (x1, x2)


def test_an_outline_sets_a_point_off_from_its_own_region(plane: Plane, data: Dataset, moment: Snapshot) -> None:
    plane.show_dataset(data, 0)
    plane.show_snapshot(moment)
    at = pixel_of(plane, -3, 0)
    image = plane.grab().toImage()
    across = [image.pixelColor(at + QPoint(i, 0)).name().upper() for i in range(-12, 13)]
    distinct = [
        colour
        for colour in across
        if unlikeness(colour, CLASS_COLOURS[0]) > 40 and unlikeness(colour, region_colour(answer(-3, 0), LIGHT)) > 40
    ]
    assert len(distinct) >= 2


def test_held_out_points_are_hollow(plane: Plane, data: Dataset) -> None:
    share = 0.3  # holds out the first and the third
    assert data.is_test(share).tolist() == [True, False, True, False, False]
    plane.show_dataset(data, share)
    assert spots_shown(plane) == spots_of(data)
    for (x1, x2), label, is_test in zip(data.X.T, data.labels, data.is_test(share), strict=True):
        colour = CLASS_COLOURS[STYLES[label]]
        centre = colour_of(plane, x1, x2)
        assert unlikeness(centre, LIGHT.paper if is_test else colour) <= 3
        image = plane.grab().toImage()
        ring = [image.pixelColor(pixel_of(plane, x1, x2) + QPoint(i, 0)).name().upper() for i in range(-8, 9)]
        assert any(unlikeness(pixel, colour) < 60 for pixel in ring)


def test_the_test_share_moves_points_between_filled_and_hollow(plane: Plane, data: Dataset) -> None:
    for share in (0.3, 0.0, 0.9, 0.3):
        plane.show_dataset(data, share)
        hollow = [unlikeness(colour_of(plane, *x), LIGHT.paper) <= 3 for x in data.X.T]
        assert hollow == data.is_test(share).tolist()
        assert spots_shown(plane) == spots_of(data)


def test_points_follow_every_edit(plane: Plane, data: Dataset) -> None:
    versions = [
        data,
        data.with_points([[0.0, 1.0], [0.0, 1.0]], 2),
        data.with_moved(1, 3.5, 3.5),
        data.without(data.labels == 0),
        data.without_class(1),
        data.with_class().with_points([[0.5], [0.5]], 3),
        data.cleared(),
        data,
    ]
    for version in versions:
        plane.show_dataset(version, 0)
        assert spots_shown(plane) == spots_of(version)


def test_a_point_moved_in_one_coordinate_alone_is_seen(plane: Plane, data: Dataset) -> None:
    for moved in (data.with_moved(4, 2.0, 5.0), data.with_moved(4, 2.0, 4.0)):
        plane.show_dataset(moved, 0)
        assert spots_shown(plane) == spots_of(moved)


def test_an_edit_touches_the_items_of_its_class_alone(
    plane: Plane, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    plane.show_dataset(data, 0)
    items = scatters(plane)
    plane.grab()
    painted: list[int] = []
    usual = Scatter.paint

    def record(item: Scatter, *arguments: Any) -> None:
        painted.append(item.style)
        usual(item, *arguments)

    monkeypatch.setattr(Scatter, "paint", record)
    more = data.with_points([[0.0], [0.0]], 1)
    plane.show_dataset(more, 0)
    plane.show_dataset(replace(more, name="another"), 0)
    plane.grab()
    assert painted == [STYLES[1]]
    assert scatters(plane) == items


def test_an_item_knows_how_far_its_points_reach_whatever_is_done(plane: Plane, data: Dataset) -> None:
    plane.show_dataset(data, 0)
    changes: list[Callable[[], object]] = [
        lambda: plane.show_dataset(data.with_points([[9.0], [-7.0]], 1), 0),
        lambda: plane.show_dataset(data, 0),
        lambda: plane.zoom(0.3),
        lambda: plane.resize(300, 420),
        lambda: plane.set_theme(DARK),
    ]
    for change in changes:
        change()
        for item in scatters(plane):
            low, high = item.X.min(axis=1), item.X.max(axis=1)
            reach = item.mapRectToScene(item.boundingRect())
            ends = [item.mapToScene(*low), item.mapToScene(*high)]
            half = SYMBOL_SIZES[item.style] / 2
            assert reach.left() <= min(end.x() for end in ends) - half
            assert reach.right() >= max(end.x() for end in ends) + half
            assert reach.top() <= min(end.y() for end in ends) - half
            assert reach.bottom() >= max(end.y() for end in ends) + half
            assert reach.width() <= abs(ends[1].x() - ends[0].x()) + 4 * half
            assert reach.height() <= abs(ends[1].y() - ends[0].y()) + 4 * half


# The crosshair


def test_the_crosshair_runs_through_its_spot_and_goes_without_a_trace(plane: Plane) -> None:
    bare = plane.grab().toImage()
    plane.show_probe((1.0, 3.0), is_pinned=False, is_on_point=False)
    image = plane.grab().toImage()
    at, area = pixel_of(plane, 1, 3), box_of(plane).toRect().adjusted(2, 2, -2, -2)
    changed = np.array(
        [
            [image.pixel(x, y) != bare.pixel(x, y) for x in range(area.left(), area.right())]
            for y in range(area.top(), area.bottom())
        ]
    )
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    full_rows = np.flatnonzero(changed.sum(axis=1) > 0.3 * area.width()) + area.top()
    full_columns = np.flatnonzero(changed.sum(axis=0) > 0.3 * area.height()) + area.left()
    assert abs(full_rows - at.y()).max() <= 1
    assert abs(full_columns - at.x()).max() <= 1
    assert rows[0] < 10 < area.height() - 10 < rows[-1]
    assert columns[0] < 10 < area.width() - 10 < columns[-1]
    plane.show_probe(None, is_pinned=False, is_on_point=False)
    assert plane.grab().toImage() == bare


def test_the_crosshair_of_a_pin_goes_from_side_to_side_of_another_view_too(plane: Plane) -> None:
    changes: list[Callable[[], object]] = [
        lambda: plane.zoom(2.0),
        lambda: plane.resize(640, 360),
        lambda: plane.resize(360, 640),
        lambda: plane.box.translateBy(x=1.5, y=-1.0),
    ]
    plane.show_probe((1.0, 3.0), is_pinned=True, is_on_point=False)
    for change in changes:
        change()
        image = plane.grab().toImage()
        plane.show_probe((1.0, 3.0), is_pinned=True, is_on_point=False)
        assert image == plane.grab().toImage()


# The view


def test_fit_brings_every_point_into_view_with_a_margin(plane: Plane, data: Dataset) -> None:
    for dataset in (data, data.without(data.labels != 1), replace(data, X=data.X * 1000), replace(data, X=data.X + 50)):
        plane.fit(dataset)
        (left, right), (bottom, top) = plane.box.viewRange()
        room = 0.02 * (right - left)
        assert left + room < dataset.X[0].min() <= dataset.X[0].max() < right - room
        assert bottom < dataset.X[1].min() <= dataset.X[1].max() < top


def scales(plane: Plane) -> tuple[float, float]:
    across, up = plane.box.viewPixelSize()
    return float(across), float(up)


def test_fit_shows_axes_of_one_order_at_equal_scales(plane: Plane, data: Dataset) -> None:
    plane.fit(data)
    across, up = scales(plane)
    assert across == pytest.approx(up)
    plane.resize(700, 380)
    assert scales(plane)[0] == pytest.approx(scales(plane)[1])


def test_fit_stretches_axes_of_different_orders_to_fill_the_plane(plane: Plane, data: Dataset) -> None:
    plane.fit(replace(data, X=data.X * [[1], [1000]]))
    (left, right), (bottom, top) = plane.box.viewRange()
    assert right - left < 6 * 1.5
    assert 6000 < top - bottom < 6000 * 1.5


@pytest.mark.parametrize("place", [(0.0, 0.0), (3.0, -2.0), (5000.0, 1e9)])
def test_fit_shows_a_single_point_in_the_middle(plane: Plane, place: tuple[float, float]) -> None:
    plane.fit(empty_dataset().with_points(np.array([place]).T, 0))
    (left, right), (bottom, top) = plane.box.viewRange()
    assert ((left + right) / 2, (bottom + top) / 2) == pytest.approx(place)
    assert right > left
    assert top > bottom


def test_fit_without_points_shows_the_square_about_the_origin(plane: Plane) -> None:
    plane.fit(empty_dataset())
    (left, right), (bottom, top) = plane.box.viewRange()
    assert left <= -1 < 1 <= right < 2
    assert bottom <= -1 < 1 <= top < 2


@pytest.mark.parametrize("resolution", [64, 256])
def test_the_grid_covers_the_view_with_square_cells(plane: Plane, resolution: int) -> None:
    for size in ((520, 500), (700, 380), (300, 500)):
        plane.resize(*size)
        grid = plane.grid(resolution)
        assert ((grid.left, grid.right), (grid.bottom, grid.top)) == tuple(map(tuple, plane.box.viewRange()))
        assert max(grid.columns, grid.rows) == resolution
        assert grid.columns / grid.rows == pytest.approx(plane.box.width() / plane.box.height(), rel=0.02)


def test_the_axes_carry_the_data_set_s_names(plane: Plane, data: Dataset) -> None:
    plane.show_dataset(replace(data, axes=("bill length", "body mass")), 0)
    assert plane.axes["bottom"].labelText == "bill length"
    assert plane.axes["left"].labelText == "body mass"
    plane.show_dataset(data, 0)
    assert plane.axes["bottom"].labelText == "x₁"
