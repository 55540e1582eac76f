"""The maps of ŷ on their own: their pixels, values, crosshairs, and what the mouse on them is reported as."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF
from PyQt6.QtGui import QEnterEvent
from PyQt6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT
from playground.gui.plots.probability_maps import ProbabilityMaps
from playground.session.dataset import ClassLabel, Dataset, empty_dataset
from playground.session.grid import Grid, Point
from playground.session.messages import Snapshot
from tests.gui.hands import (
    Matrix,
    bring_up,
    colour_at,
    delete_the_dying,
    linear_map,
    send_leave,
    snapshot_with,
    unlikeness,
)

GRID = Grid(left=-4, right=4, bottom=-2, top=6, columns=128, rows=128)
WIDE = Grid(left=-4, right=4, bottom=0, top=2, columns=128, rows=32)
W, B = np.array([[-3.0, 0.0], [3.0, -4.0], [3.0, 4.0]]), np.array([6.0, 8.0, -8.0])
CORNERS = {0: (-3.5, 5.0), 1: (3.5, -1.5), 2: (3.5, 5.5)}  # where each class is sure


@pytest.fixture
def maps(qtbot: QtBot) -> ProbabilityMaps:
    maps = ProbabilityMaps()
    qtbot.addWidget(maps)
    maps.set_theme(LIGHT)
    bring_up(qtbot, maps, 330, 560)
    return maps


def three_classes() -> Dataset:
    return empty_dataset(3).with_name(1, "setosa")


def moment(probe: Point | None = None, dataset: Dataset | None = None, grid: Grid = GRID) -> Snapshot:
    return snapshot_with(dataset or three_classes(), grid, linear_map(W, B, grid), probe)


def many(classes: int) -> Snapshot:
    angles = 2 * np.pi * np.arange(classes) / classes
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return snapshot_with(empty_dataset(classes), GRID, linear_map(3 * rows, np.zeros(classes), GRID))


def tiles(maps: ProbabilityMaps) -> list[QWidget]:
    """The map of each class, first to last."""
    delete_the_dying()
    found = [child for child in maps.findChildren(QWidget) if child.accessibleName().startswith("Probability of")]
    return [tile for tile in found if tile.isVisible()]


def picture_of(tile: QWidget) -> QLabel:
    """The label that carries the map itself: the largest."""
    return max(tile.findChildren(QLabel), key=lambda label: label.width() * label.height())


def texts_of(tile: QWidget) -> list[str]:
    return [label.text() for label in tile.findChildren(QLabel) if label.text()]


def place_on(tile: QWidget, spot: Point, grid: Grid = GRID) -> QPoint:
    """The tile's pixel over a spot of the plane."""
    area = picture_of(tile).geometry()
    x = area.x() + (spot[0] - grid.left) / (grid.right - grid.left) * area.width()
    y = area.y() + (grid.top - spot[1]) / (grid.top - grid.bottom) * area.height()
    return QPoint(round(x), round(y))


def enter(tile: QWidget) -> None:
    place = QPointF(5, 5)
    QApplication.sendEvent(tile, QEnterEvent(place, place, place))


def test_there_is_a_map_for_each_class_named_and_in_order(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment())
    assert [tile.accessibleName() for tile in tiles(maps)] == [
        "Probability of class 1",
        "Probability of setosa",
        "Probability of class 3",
    ]
    assert [texts_of(tile)[0].split() for tile in tiles(maps)] == [["1"], ["2", "setosa"], ["3"]]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_map_is_full_colour_where_its_class_is_sure_and_paper_elsewhere(maps: ProbabilityMaps, theme: Any) -> None:
    maps.set_theme(theme)
    maps.show_snapshot(moment())
    for label, tile in enumerate(tiles(maps)):
        for sure, spot in CORNERS.items():
            expected = CLASS_COLOURS[label] if sure == label else theme.paper
            assert unlikeness(colour_at(tile, place_on(tile, spot)), expected) <= 4, (label, sure)


def test_another_theme_repaints_the_maps(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment())
    maps.set_theme(DARK)
    tile = tiles(maps)[0]
    assert unlikeness(colour_at(tile, place_on(tile, CORNERS[1])), DARK.paper) <= 4


def test_a_class_keeps_its_colour_by_its_style(maps: ProbabilityMaps) -> None:
    dataset = Dataset(np.empty((2, 0)), np.empty(0), np.empty(0), tuple(ClassLabel(style) for style in (4, 0, 9)))
    maps.show_snapshot(moment(dataset=dataset))
    for tile, spot, style in zip(tiles(maps), CORNERS.values(), (4, 0, 9), strict=True):
        assert unlikeness(colour_at(tile, place_on(tile, spot)), CLASS_COLOURS[style]) <= 4


# The probe


def lines_of(tile: QWidget) -> list[QFrame]:
    return [frame for frame in tile.findChildren(QFrame) if not isinstance(frame, QLabel) and frame.isVisibleTo(tile)]


def test_each_map_says_its_class_s_probability_at_the_probe(maps: ProbabilityMaps) -> None:
    shown = moment(probe=(0.3, -0.4))
    assert shown.probe_probabilities is not None
    maps.show_snapshot(shown)
    assert [texts_of(tile)[-1] for tile in tiles(maps)] == [f"{p:.3f}" for p in shown.probe_probabilities]


def test_a_crosshair_marks_the_probe_in_every_map(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment(probe=(1.5, 4.0)))
    for tile in tiles(maps):
        across, down = sorted(lines_of(tile), key=lambda line: line.height())
        at = place_on(tile, (1.5, 4.0))
        assert across.height() == down.width() == 1
        assert abs(down.x() - at.x()) <= 1
        assert abs(across.y() - at.y()) <= 1
        assert across.geometry().intersects(down.geometry())


def test_without_a_probe_there_is_neither_value_nor_crosshair(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment(probe=(1.5, 4.0)))
    maps.show_snapshot(moment())
    for tile in tiles(maps):
        assert lines_of(tile) == []
        assert len(texts_of(tile)) == 1


def test_a_probe_beside_the_view_has_a_value_but_no_crosshair(maps: ProbabilityMaps) -> None:
    shown = moment(probe=(7.0, 0.0))
    maps.show_snapshot(shown)
    for tile in tiles(maps):
        assert lines_of(tile) == []
        assert len(texts_of(tile)) == 2


# The mouse


def heard_from(maps: ProbabilityMaps) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []
    maps.hovered.connect(lambda spot: heard.append(("hovered", spot)))
    maps.enlarged.connect(lambda label: heard.append(("enlarged", label)))
    return heard


def test_moving_over_a_map_probes_the_spot_under_the_mouse(maps: ProbabilityMaps, qtbot: QtBot) -> None:
    maps.show_snapshot(moment())
    heard = heard_from(maps)
    for tile in tiles(maps):
        area = picture_of(tile).geometry()
        for spot in ((-3.0, 5.0), (0.0, 0.0), (2.5, -1.0)):
            qtbot.mouseMove(tile, place_on(tile, spot))
            place = [value for name, value in heard if name == "hovered"][-1]
            assert place[0] == pytest.approx(spot[0], abs=1.5 * 8 / area.width())
            assert place[1] == pytest.approx(spot[1], abs=1.5 * 8 / area.height())


def test_the_crosshair_lands_under_the_mouse(maps: ProbabilityMaps, qtbot: QtBot) -> None:
    maps.show_snapshot(moment())
    maps.hovered.connect(lambda spot: maps.show_snapshot(moment(probe=spot)))
    tile = tiles(maps)[1]
    area = picture_of(tile).geometry()
    for share in (0.1, 0.5, 0.9):
        at = QPoint(round(area.x() + share * area.width()), round(area.y() + (1 - share) * area.height()))
        qtbot.mouseMove(tile, at)
        across, down = sorted(lines_of(tile), key=lambda line: line.height())
        assert (down.x(), across.y()) == (at.x(), at.y())


def test_a_map_s_heading_is_no_spot_of_the_plane(maps: ProbabilityMaps, qtbot: QtBot) -> None:
    maps.show_snapshot(moment())
    heard = heard_from(maps)
    qtbot.mouseMove(tiles(maps)[0], QPoint(40, 5))
    assert [value for name, value in heard if name == "hovered"] == []


def test_entering_a_map_lends_it_the_plane_and_leaving_gives_it_back(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment())
    heard = heard_from(maps)
    for label, tile in enumerate(tiles(maps)):
        enter(tile)
        assert heard == [("enlarged", label)]
        send_leave(tile)
        assert sorted(heard[1:]) == [("enlarged", None), ("hovered", None)]
        heard.clear()


# The layout


@pytest.mark.parametrize("classes", range(2, 11))
@pytest.mark.parametrize("size", [(300, 500), (330, 760), (600, 240)], ids=str)
def test_the_maps_fit_their_room_without_overlapping(
    maps: ProbabilityMaps, classes: int, size: tuple[int, int]
) -> None:
    maps.resize(*size)
    maps.show_snapshot(many(classes))
    shown = tiles(maps)
    assert len(shown) == classes
    for i, tile in enumerate(shown):
        assert maps.rect().contains(tile.geometry())
        assert picture_of(tile).width() > 40
        assert picture_of(tile).width() == pytest.approx(picture_of(tile).height(), abs=2)
        assert not any(tile.geometry().intersects(other.geometry()) for other in shown[:i])
    areas = sum(tile.width() * tile.height() for tile in shown)
    assert areas > 0.25 * size[0] * size[1]


def test_the_maps_take_the_shape_of_the_plane(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment())
    maps.show_snapshot(moment(grid=WIDE))
    for tile in tiles(maps):
        picture = picture_of(tile)
        assert picture.width() / picture.height() == pytest.approx(4, rel=0.05)


def test_maps_come_and_go_with_the_classes(maps: ProbabilityMaps) -> None:
    for classes in (3, 5, 2, 10, 3):
        maps.show_snapshot(many(classes))
        assert len(tiles(maps)) == classes


def test_a_snapshot_without_probabilities_leaves_the_maps_as_they_are(maps: ProbabilityMaps) -> None:
    maps.show_snapshot(moment())
    before = [colour_at(tile, place_on(tile, CORNERS[0])) for tile in tiles(maps)]
    maps.show_snapshot(replace(moment(), probabilities=None, regions=None, grid=None))
    assert [colour_at(tile, place_on(tile, CORNERS[0])) for tile in tiles(maps)] == before


def test_a_fine_grid_is_drawn_from_every_nth_cell_the_right_way_up(maps: ProbabilityMaps) -> None:
    fine = Grid(-4, 4, -2, 6, 512, 512)
    maps.show_snapshot(snapshot_with(three_classes(), fine, linear_map(W, B, fine)))
    sure: Matrix = np.array([colour_at(tile, place_on(tile, CORNERS[i])) for i, tile in enumerate(tiles(maps))])
    assert [unlikeness(colour, CLASS_COLOURS[i]) <= 4 for i, colour in enumerate(sure)] == [True] * 3
