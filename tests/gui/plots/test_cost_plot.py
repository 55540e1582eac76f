"""The chart of J on its own: the curve at its places, the readout under the mouse, and the logarithmic scale."""

import math
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playground.gui.palette import DARK, LIGHT, TEST_CURVE, TRAIN_CURVE
from playground.gui.plots.cost_plot import CostPlot
from playground.session.messages import Curve
from tests.gui.hands import LEFT, Matrix, are_near, box_of, bring_up, pixel_of, pixels_of, send_leave, unlikeness


@pytest.fixture
def plot(qtbot: QtBot) -> CostPlot:
    plot = CostPlot()
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    bring_up(qtbot, plot, 640, 240)
    return plot


def curve_of(cost: Any, test_cost: Any = None, epoch: Any = None) -> Curve:
    cost = np.asarray(cost, float)
    test = np.full(cost.shape, np.nan) if test_cost is None else np.asarray(test_cost, float)
    return Curve(np.arange(cost.size, dtype=float) if epoch is None else np.asarray(epoch, float), cost, test)


FALLING = curve_of([1.1, 0.8, 0.5, 0.3, 0.2, 0.15], epoch=[0, 2, 4, 6, 8, 10])
WITH_TEST = curve_of([1.1, 0.5, 0.2], [1.2, 0.9, 0.7], epoch=[0, 5, 10])


def has_near(image: QImage, at: QPoint, colour: str, reach: int = 2) -> bool:
    """Whether a pixel of nearly that colour lies within reach."""
    around = [at + QPoint(i, j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1)]
    return any(unlikeness(image.pixelColor(place).name(), colour) < 70 for place in around)


def count_of(plot: CostPlot, colour: str) -> int:
    """How many pixels of the chart's box, below the button, have nearly that colour."""
    image, area = plot.grab().toImage(), box_of(plot).toRect()
    area.setTop(plot.log_button.geometry().bottom() + 1)
    return int(are_near(pixels_of(image.copy(area)), colour, 40).sum())


def label_with(plot: CostPlot, words: str) -> QLabel:
    (label,) = [label for label in plot.findChildren(QLabel) if words in label.text()]
    return label


def readout(plot: CostPlot) -> str | None:
    shown = [label for label in plot.findChildren(QLabel) if label.isVisible() and " J " in f" {label.text()}"]
    return shown[0].text() if shown else None


def hover_at(plot: CostPlot, qtbot: QtBot, epoch: float) -> None:
    qtbot.mouseMove(plot.viewport(), pixel_of(plot, epoch, plot.box.viewRange()[1][0]) - QPoint(0, 40))


# The curve


@pytest.mark.parametrize("is_log", [False, True], ids=["linear", "log"])
def test_every_record_is_drawn_at_its_epoch_and_cost(plot: CostPlot, is_log: bool) -> None:
    plot.set_log(is_log)
    plot.show_curve(FALLING)
    image = plot.grab().toImage()
    for epoch, cost in zip(FALLING.epoch, FALLING.cost, strict=True):
        at = pixel_of(plot, epoch, math.log10(cost) if is_log else cost)
        assert has_near(image, at, TRAIN_CURVE), epoch


def test_the_test_curve_has_its_own_colour_and_place(plot: CostPlot) -> None:
    plot.show_curve(WITH_TEST)
    image = plot.grab().toImage()
    for epoch, test_cost in ((0, 1.2), (5, 0.9)):
        assert has_near(image, pixel_of(plot, epoch, test_cost), TEST_CURVE, reach=5)
        assert not has_near(image, pixel_of(plot, epoch, test_cost), TRAIN_CURVE)
    assert has_near(image, pixel_of(plot, 5, 0.5), TRAIN_CURVE)


def test_without_a_test_set_there_is_neither_its_curve_nor_its_legend(plot: CostPlot) -> None:
    plot.show_curve(WITH_TEST)
    assert "test" in label_with(plot, "training").text()
    assert count_of(plot, TEST_CURVE) > 50
    plot.show_curve(FALLING)
    assert "test" not in label_with(plot, "training").text()
    assert count_of(plot, TEST_CURVE) == 0


def test_the_test_curve_is_broken_where_there_was_no_test_set(plot: CostPlot) -> None:
    nan = np.nan
    plot.show_curve(curve_of([1.0] * 7, [2.0, 2.0, nan, nan, nan, 2.0, 2.0]))
    image = plot.grab().toImage()
    assert has_near(image, pixel_of(plot, 0.5, 2), TEST_CURVE, reach=4)
    assert has_near(image, pixel_of(plot, 5.5, 2), TEST_CURVE, reach=4)
    assert not has_near(image, pixel_of(plot, 3, 2), TEST_CURVE, reach=12)


def test_a_new_run_takes_the_old_curve_away(plot: CostPlot) -> None:
    plot.show_curve(WITH_TEST)
    assert count_of(plot, TRAIN_CURVE) > 50
    plot.show_curve(curve_of([]))
    assert count_of(plot, TRAIN_CURVE) == 0
    assert count_of(plot, TEST_CURVE) == 0


@pytest.mark.parametrize("is_log", [False, True], ids=["linear", "log"])
@pytest.mark.parametrize(
    "cost", [[1.0], [3.0, 900.0], [1e-7, 1e-8], [0.0, 0.0], [2.0] * 40, [1e6, 1e-3]], ids=lambda cost: f"{cost[:2]}"
)
def test_the_whole_curve_is_in_view_whatever_its_size(plot: CostPlot, cost: list[float], is_log: bool) -> None:
    plot.set_log(is_log)
    plot.show_curve(curve_of(cost, epoch=np.arange(len(cost)) * 7.0))
    (left, right), (bottom, top) = plot.box.viewRange()
    heights = np.log10(np.maximum(cost, 1e-9)) if is_log else np.asarray(cost)
    assert left <= 0 <= 7 * (len(cost) - 1) <= right
    assert bottom <= heights.min() <= heights.max() <= top
    assert top - bottom < 2.5 * max(float(np.ptp(heights)), abs(float(heights.max())), 1)


def test_a_growing_curve_widens_the_axes_now_and_then_only(plot: CostPlot) -> None:
    ranges = []
    for count in range(20, 200):
        plot.show_curve(curve_of(np.linspace(1, 0.1, count)))
        ranges.append(tuple(map(tuple, plot.box.viewRange())))
        assert ranges[-1][0][1] >= count - 1
    assert 5 < len(set(ranges)) < 20
    assert ranges[-1][0][1] < 1.3 * 199


def test_a_resized_chart_draws_its_curve_to_the_new_size(plot: CostPlot) -> None:
    plot.show_curve(FALLING)
    plot.resize(420, 330)
    image = plot.grab().toImage()
    for epoch, cost in zip(FALLING.epoch, FALLING.cost, strict=True):
        assert has_near(image, pixel_of(plot, epoch, cost), TRAIN_CURVE), epoch


def test_a_long_curve_loses_none_of_its_spikes(plot: CostPlot) -> None:
    cost = np.full(2000, 0.5)
    cost[777], cost[1503] = 4.0, 0.01
    plot.show_curve(curve_of(cost))
    image = plot.grab().toImage()
    assert has_near(image, pixel_of(plot, 777, 3.9), TRAIN_CURVE, reach=3)
    assert has_near(image, pixel_of(plot, 1503, 0.05), TRAIN_CURVE, reach=3)
    assert has_near(image, pixel_of(plot, 1999, 0.5), TRAIN_CURVE, reach=3)


def test_the_axes_say_what_they_are(plot: CostPlot) -> None:
    assert plot.axes["bottom"].labelText == "epoch"
    assert "J" in plot.axes["left"].labelText


def test_the_chart_s_paper_follows_the_theme(plot: CostPlot) -> None:
    def paper() -> str:
        return plot.grab().toImage().pixelColor(box_of(plot).center().toPoint()).name().upper()

    assert paper() == LIGHT.panel
    plot.set_theme(DARK)
    assert paper() == DARK.panel


# The readout


@pytest.mark.parametrize(
    ("epoch", "text"), [(0.2, "epoch 0   J 1.1"), (5.4, "epoch 6   J 0.3"), (9.7, "epoch 10   J 0.15")]
)
def test_the_readout_says_the_record_nearest_to_the_mouse(
    plot: CostPlot, qtbot: QtBot, epoch: float, text: str
) -> None:
    plot.show_curve(FALLING)
    hover_at(plot, qtbot, epoch)
    assert readout(plot) == text


def test_the_readout_says_the_same_on_a_logarithmic_scale(plot: CostPlot, qtbot: QtBot) -> None:
    plot.show_curve(FALLING)
    plot.set_log(True)
    hover_at(plot, qtbot, 5.4)
    assert readout(plot) == "epoch 6   J 0.3"


def test_the_readout_says_test_j_where_there_was_one(plot: CostPlot, qtbot: QtBot) -> None:
    plot.show_curve(curve_of([1.1, 0.5], [np.nan, 0.9], epoch=[0, 5]))
    hover_at(plot, qtbot, 5)
    assert readout(plot) == "epoch 5   J 0.5   test J 0.9"
    hover_at(plot, qtbot, 0)
    assert readout(plot) == "epoch 0   J 1.1"


def marker_column(plot: CostPlot) -> int | None:
    """The column of pixels in the box's upper part that a vertical line fills."""
    image, area = plot.grab().toImage(), box_of(plot).toRect()

    def fills(x: int) -> bool:
        rows: Matrix = np.arange(area.top() + 3, area.top() + 12)
        return all(unlikeness(image.pixelColor(x, int(y)).name(), LIGHT.panel) > 40 for y in rows)

    columns = [x for x in range(area.left() + 2, area.right() - 2) if fills(x)]
    return columns[0] if columns else None


def test_a_line_marks_the_record_that_is_read(plot: CostPlot, qtbot: QtBot) -> None:
    plot.show_curve(FALLING)
    assert marker_column(plot) is None
    hover_at(plot, qtbot, 5.4)
    column = marker_column(plot)
    assert column is not None
    assert abs(column - pixel_of(plot, 6, 0).x()) <= 1


def test_the_readout_and_its_line_go_with_the_mouse(plot: CostPlot, qtbot: QtBot) -> None:
    plot.show_curve(FALLING)
    hover_at(plot, qtbot, 5)
    send_leave(plot)
    assert readout(plot) is None
    assert marker_column(plot) is None


def test_there_is_nothing_to_read_without_a_curve(plot: CostPlot, qtbot: QtBot) -> None:
    hover_at(plot, qtbot, 0.5)
    assert readout(plot) is None


# The log button


def test_the_log_button_scales_j_by_its_logarithm_and_back(plot: CostPlot, qtbot: QtBot) -> None:
    plot.show_curve(FALLING)
    plain = plot.grab().toImage()
    qtbot.mouseClick(plot.log_button, LEFT)
    assert plot.is_log()
    (_, _), (bottom, top) = plot.box.viewRange()
    assert bottom < math.log10(0.15) < math.log10(1.1) < top < 1
    qtbot.mouseClick(plot.log_button, LEFT)
    assert not plot.is_log()
    assert plot.grab().toImage() == plain


def test_the_overlays_stay_inside_and_apart(plot: CostPlot, qtbot: QtBot) -> None:
    plot.show_curve(WITH_TEST)
    for size in ((640, 240), (420, 200), (900, 300)):
        plot.resize(*size)
        hover_at(plot, qtbot, 5)
        legend, shown = label_with(plot, "training"), label_with(plot, "epoch 5")
        assert plot.rect().contains(plot.log_button.geometry())
        assert plot.rect().contains(legend.geometry())
        assert plot.rect().contains(shown.geometry())
        assert not shown.geometry().intersects(plot.log_button.geometry())
        assert not shown.geometry().intersects(legend.geometry())
