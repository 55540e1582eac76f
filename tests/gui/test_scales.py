"""The plane at every scale, in a whole window: each tool, the view, the regions and every readout."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QLabel

from playground.gui.plots.plane_axis import PlaneAxis
from playground.session.dataset import LARGEST, Dataset
from playground.session.generators import Recipe, generate
from playground.session.settings import Settings
from playground.session.sources import Loaded
from playground.session.strokes import ERASER_RADIUS, SPRAY_RADIUS
from tests.gui.hands import Hands, ask_for_menu

BLOBS = generate(Recipe("blobs", points=60))
SCALES = {
    "a million-millionth": (0.0, 0.0, 1e-13, 1e-13),
    "10⁻⁹⁰": (0.0, 0.0, 1e-90, 1e-90),
    "a second since 1970": (1.7e9, 5.0, 0.1, 10.0),
    "Julian dates": (2459004.5, 2.0, 1.0, 1.0),
    "UTM": (691234.5, 5335012.25, 30.0, 30.0),
    "trillions": (8.4e12, 70.0, 2e12, 2.0),
    "10³⁰": (0.0, 0.0, 1e29, 1e29),
}


def at_scale(name: str) -> Dataset:
    shift_1, shift_2, scale_1, scale_2 = SCALES[name]
    X = BLOBS.X - BLOBS.X.mean(axis=1, keepdims=True)
    return replace(BLOBS, X=X * [[scale_1], [scale_2]] + [[shift_1], [shift_2]])


@pytest.fixture(params=list(SCALES))
def data(request: pytest.FixtureRequest, hands: Hands) -> Dataset:
    dataset = at_scale(request.param)
    hands.controller.load(Loaded(dataset, Settings(standardise=True)), "Open")
    return dataset


def pixels(hands: Hands, X: np.ndarray, at: QPoint) -> np.ndarray:
    """How far points (2, m) lie from a pixel on screen, (m,)."""
    places = [hands.pixel(*x) for x in X.T]
    return np.array([np.hypot((place - at).x(), (place - at).y()) for place in places])


def texts_of(axis: PlaneAxis) -> list[str]:
    """The numbers that an axis writes, in order, those of its largest step."""
    low, high = axis.range
    spacing, values = axis.tickValues(low, high, 400)[0]
    return axis.tickStrings(sorted(values), 1.0, spacing)


def test_every_tool_and_the_view_work_and_readouts_differ(hands: Hands, data: Dataset) -> None:
    look_at_the_view(hands, data)
    draw_with_each_tool(hands)
    zoom_in_and_out(hands)
    read_places(hands)
    assert hands.said("error") == []


def look_at_the_view(hands: Hands, data: Dataset) -> None:
    inside = np.array([pixels(hands, data.X, hands.place(0.5, 0.5))]).max()
    assert 150 < inside < 500  # the data fills the view
    for axis in hands.plane.axes.values():
        numbers = texts_of(axis)
        assert len(set(numbers)) == len(numbers) >= 2
        assert max(map(len, numbers)) <= 10
    grid = hands.settled().grid
    assert grid is not None
    x1, x2 = grid.centres()
    assert (np.diff(x1) > 0).all()
    assert (np.diff(x2) > 0).all()


def draw_with_each_tool(hands: Hands) -> None:
    at, plane = hands.place(0.3, 0.4), hands.plane
    hands.click(at)
    width = np.abs(np.subtract(hands.spot(at + QPoint(1, 1)), hands.spot(at)))
    assert (np.abs(hands.dataset.X[:, -1] - hands.spot(at)) <= 0.01 * width + 1e-15 * np.abs(hands.spot(at))).all()
    count = hands.dataset.m
    hands.key(Qt.Key.Key_S)
    hands.stroke([at, at + QPoint(3, 0)])
    assert hands.dataset.m > count
    assert pixels(hands, hands.dataset.X[:, count:], at).max() <= SPRAY_RADIUS + 2
    hands.key(Qt.Key.Key_E)
    hands.stroke([at - QPoint(60, 0), at + QPoint(60, 0)])
    assert pixels(hands, hands.dataset.X, at).min() > ERASER_RADIUS - 2
    plane.setFocus()
    hands.key(Qt.Key.Key_P)
    before = hands.dataset.m
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Return):
        hands.key(key)
    assert hands.dataset.m == before + 1
    centre = hands.place(0.5, 0.5)
    assert pixels(hands, hands.dataset.X[:, -1:], centre + QPoint(8, -8)).max() <= 3
    hands.key(Qt.Key.Key_M)
    grip = hands.pixel(*hands.dataset.X[:, -1])
    hands.stroke([grip, grip + QPoint(20, 10), grip + QPoint(40, 20)])
    assert pixels(hands, hands.dataset.X[:, -1:], grip + QPoint(40, 20)).max() <= 3
    hands.key(Qt.Key.Key_P)


def zoom_in_and_out(hands: Hands) -> None:
    box = hands.plane.box
    hands.key(Qt.Key.Key_F)
    fitted = np.array(box.viewRange())
    for notches in (3, -3):
        hands.wheel(hands.place(0.5, 0.5), notches)
        now = np.diff(box.viewRange())
        assert (now < np.diff(fitted)).all() if notches > 0 else now == pytest.approx(np.diff(fitted))
    for notches in (200, -400):
        for _ in range(3):
            hands.wheel(hands.place(0.5, 0.5), notches)
        for _ in range(20):
            hands.wheel(hands.place(0.5, 0.5), notches / 200)
        assert np.isfinite(box.viewRange()).all()
    hands.key(Qt.Key.Key_F)
    np.testing.assert_allclose(box.viewRange(), fitted, atol=1e-6 * np.ptp(fitted))


def read_places(hands: Hands) -> None:
    said, probes = set(), set()
    for step in range(0, 12, 2):
        at = hands.place(0.2, 0.2) + QPoint(step, step)
        hands.move(at)
        hands.settled()
        said |= {it.text() for it in hands.window.pages.spot.findChildren(QLabel) if it.text().startswith("x = (")}
        probes.add(hands.controller.request.probe)  # near a point they are that point's place
    assert len(said) == len(probes) > 1


@pytest.mark.parametrize("name", ["Julian dates", "a million-millionth", "a second since 1970"])
def test_the_regions_fall_where_the_classes_lie(hands: Hands, name: str) -> None:
    dataset = at_scale(name)
    hands.controller.load(Loaded(dataset, Settings(standardise=True)), "Open")
    hands.trained_to(300)
    snapshot = hands.snapshot
    assert snapshot.accuracy is not None
    assert snapshot.accuracy > 0.95
    grid, regions = snapshot.grid, snapshot.regions
    assert grid is not None
    assert regions is not None
    column = ((dataset.X[0] - grid.left) / (grid.right - grid.left) * grid.columns).astype(int)
    row = ((dataset.X[1] - grid.bottom) / (grid.top - grid.bottom) * grid.rows).astype(int)
    assert np.mean(regions.winner[row, column] == dataset.labels) > 0.95
    ends = regions.borders.reshape(-1, 2)
    assert ((ends >= (grid.left, grid.bottom)) & (ends <= (grid.right, grid.top))).all()
    assert len(np.unique(ends, axis=0)) > 50


def test_a_click_beyond_the_largest_coordinate_is_told_of(hands: Hands) -> None:
    X = np.array([[LARGEST, -LARGEST, 0], [LARGEST, 0, -LARGEST]])
    far = replace(BLOBS, X=X, labels=np.arange(3), ranks=np.full(3, 0.5))
    hands.controller.load(Loaded(far, Settings(standardise=True)), "Open")
    before = hands.dataset
    hands.click(hands.place(0.01, 0.01))
    assert hands.dataset is before
    assert any("10³⁰" in text for text in hands.said("note"))
    hands.click(hands.place(0.5, 0.5))
    assert hands.dataset.m == before.m + 1


def test_a_stroke_in_the_least_window(hands: Hands) -> None:
    hands.window.resize(1, 1)
    assert hands.plane.height() >= 100
    before = hands.dataset.m
    hands.key(Qt.Key.Key_S)
    hands.stroke([hands.place(0.5, 0.5), hands.place(0.5, 0.5) + QPoint(2, 2)])
    assert hands.dataset.m > before
    hands.plane.resize(200, 0)
    hands.plane.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert np.isfinite(hands.dataset.X).all()
    ask_for_menu(hands.plane.viewport(), QPoint(5, 5))
