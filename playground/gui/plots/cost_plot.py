"""The chart of J: training and test cost over epochs, with a readout under the mouse."""

import math

import numpy as np
from PyQt6.QtCore import QEvent, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QColor, QEnterEvent, QMouseEvent, QPainterPath, QResizeEvent
from PyQt6.QtWidgets import QGraphicsSimpleTextItem, QLabel, QToolButton, QWidget

from playground.gui.palette import TEST_CURVE, TRAIN_CURVE, Array, Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.labels import set_tip
from playground.gui.plots.fast_plot import FastPlot, line_path, path_item, recolour
from playground.gui.plots.landmark_words import Box, place_words
from playground.gui.style import small_font
from playground.session.landmarks import Landmark
from playground.session.light import UNLIT, Light
from playground.session.messages import Curve

GROWTH = 1.25  # an axis that is outgrown grows by such steps, so that it is not redrawn with every frame
LOWEST_COST = 1e-9
COLUMNS = 120
TRAIN_WIDTH, LIT_WIDTH = 2.0, 4.0
MOST_LANDMARKS = 3
MOST_DECADES = 6  # that are named on a logarithmic axis


class CostPlot(FastPlot):
    """Shows a `Curve`; keeps nothing but what is on screen."""

    lit = pyqtSignal(object)  # Light

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, top_margin=30)
        self._curve = Curve(np.empty(0), np.empty(0), np.empty(0))
        self._train = path_item(z=3, width=TRAIN_WIDTH)
        self._test = path_item(z=2, width=1.8, dashed=True)
        self._marker = path_item(z=1)
        self._landmarks: tuple[Landmark, ...] = ()
        self._landmarks_shown: object = None
        self._curves: list[tuple[Array, Array]] = []  # as they are drawn, in pixels
        self._landmark_lines = path_item(z=0, dotted=True)
        self._landmark_labels = [QGraphicsSimpleTextItem(self.box) for _ in range(MOST_LANDMARKS)]
        for item in (self._train, self._test, self._marker, self._landmark_lines):
            item.setParentItem(self.box)  # whose units are pixels: these are wider than the one that costs nothing
        recolour(self._train, TRAIN_CURVE)
        recolour(self._test, TEST_CURVE)
        self.axes["bottom"].setLabel("epoch")
        self.axes["left"].setLabel("cost J")
        self.axes["left"].setWidth(72)
        self.setMouseTracking(True)
        self.setAccessibleName("Cost J over epochs")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on its button would give it the keys
        self.log_button = self._make_log_button()
        self._readout = QLabel(self)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.hide()
        self._mouse = QPointF()
        self._legend = QLabel(self)
        self._legend.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._show_range()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        recolour(self._marker, theme.muted)
        recolour(self._landmark_lines, theme.muted)
        for label in self._landmark_labels:
            label.setBrush(QBrush(QColor(theme.muted)))
            label.setFont(small_font(self.font()))

    def show_curve(self, curve: Curve, landmarks: tuple[Landmark, ...] = ()) -> None:
        """Show J so far, and the landmarks that lie in its range."""
        self._curve, self._landmarks = curve, landmarks
        has_test = bool(np.isfinite(curve.test_cost).any())
        self._show_legend(has_test)
        self._show_range()
        self._curves = []
        self._train.setPath(self._path(curve.epoch, curve.cost))
        self._test.setPath(self._path(curve.epoch, curve.test_cost) if has_test else QPainterPath())
        self._show_landmarks()
        if self._readout.isVisible():
            self._read(self._mouse)

    def _show_landmarks(self) -> None:
        """A dotted line for each landmark in view, and its words where nothing else is drawn."""
        width, height = self.box.width(), self.box.height()
        costs = np.array([landmark.cost for landmark in self._landmarks])
        lines = self._to_pixels(np.zeros(costs.size), costs)[1].tolist()
        in_view = [
            (landmark, y) for landmark, y in zip(self._landmarks, lines, strict=True) if -1 <= y <= height
        ]  # fmt: skip
        for place, label in enumerate(self._landmark_labels):
            label.setVisible(place < len(in_view))
        shown = (in_view, self.box.size())
        if shown != self._landmarks_shown:
            self._landmarks_shown = shown
            path = QPainterPath()
            for (landmark, y), label in zip(in_view, self._landmark_labels, strict=False):
                label.setText(landmark.text)
                path.moveTo(0, y)
                path.lineTo(width, y)
            self._landmark_lines.setPath(path)
        labels = self._landmark_labels[: len(in_view)]
        sizes = [(words.width(), words.height()) for words in (label.boundingRect() for label in labels)]
        before = [Box(label.x(), label.y(), 0, 0) for label in labels]
        boxes = place_words([y for _, y in in_view], sizes, self._curves, (width, height), before)
        for label, box in zip(labels, boxes, strict=True):
            label.setPos(box.left, box.top)

    def _path(self, epoch: Array, cost: Array) -> QPainterPath:
        """The curve in the pixels of the view box, which the landmarks' words keep off."""
        x, y = self._to_pixels(*_envelope(epoch, cost))
        self._curves.append((x, y))
        return line_path(x, y)

    def _to_pixels(self, epoch: Array, cost: Array) -> tuple[Array, Array]:
        (left, right), (bottom, top) = self.box.viewRange()
        across, up = self.box.width() / (right - left), self.box.height() / (top - bottom)
        return (epoch - left) * across, (top - self._height(cost)) * up

    def set_log(self, is_log: bool) -> None:
        """Scale J by its logarithm or as it is."""
        self.log_button.setChecked(is_log)
        self.show_curve(self._curve, self._landmarks)

    def is_log(self) -> bool:
        """Whether the J axis is logarithmic."""
        return self.log_button.isChecked()

    def _make_log_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("log")
        button.setCheckable(True)
        set_tip(button, "Scale J by its logarithm: small costs spread out. Changes the picture only. (J)")
        button.setAccessibleName("Logarithmic J axis")
        keep_space_for(button)
        button.toggled.connect(self.set_log)
        return button

    def _height(self, cost: Array) -> Array:
        return np.log10(np.maximum(cost, LOWEST_COST)) if self.is_log() else cost

    def _show_legend(self, has_test: bool) -> None:
        test = f'&nbsp;&nbsp;<span style="color:{TEST_CURVE}">┅</span> test' if has_test else ""
        text = f'<span style="color:{TRAIN_CURVE}">━</span> training{test}'
        if text != self._legend.text():
            self._legend.setText(text)
            self._place_overlays()

    def _show_range(self) -> None:
        """Widen or narrow the axes to the curve, in steps."""
        curve = self._curve
        last = float(curve.epoch[-1]) if curve.epoch.size else 0.0
        costs = np.concatenate([curve.cost, curve.test_cost])
        costs = costs[np.isfinite(costs)]
        highest, lowest = (float(costs.max()), float(costs.min())) if costs.size else (1.0, 0.1)
        if self.is_log():
            high = math.log10(max(highest, 1e-8)) + 0.1
            low = float(min(math.floor(math.log10(max(lowest, LOWEST_COST))), math.floor(high - 0.2)))
        else:
            low, high = 0.0, _next_step(highest * 1.02, 0.05)
        right = _next_step(last, 10.0)
        x_range, y_range = self.box.viewRange()
        if not _is_alike(x_range, [-0.01 * right, right]):
            self.box.setXRange(-0.01 * right, right, padding=0)
        if not _is_alike(y_range, [low - 0.02 * (high - low), high]):
            self.box.setYRange(low - 0.02 * (high - low), high, padding=0)
            self.axes["left"].setTicks(_decades(low, high) if self.is_log() else None)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Read the record nearest to the mouse."""
        if event is None:
            return
        self._mouse = event.position()
        self._read(self._mouse)

    def _read(self, place: QPointF) -> None:
        if self._curve.epoch.size == 0:
            self._readout.hide()
            self._marker.setPath(QPainterPath())
            return
        self._show_readout(int(np.abs(self._curve.epoch - self.to_plot(place).x()).argmin()))

    def _show_readout(self, index: int) -> None:
        epoch, cost, test = (values[index] for values in (self._curve.epoch, self._curve.cost, self._curve.test_cost))
        text = f"epoch {epoch:.4g}   J {cost:.4g}"
        self._readout.setText(text + (f"   test J {test:.4g}" if math.isfinite(test) else ""))
        self._readout.adjustSize()
        (left, right), _ = self.box.viewRange()
        x = (epoch - left) * self.box.width() / (right - left)
        self._marker.setPath(line_path(np.array([x, x]), np.array([0.0, self.box.height()])))
        self._readout.show()
        self._place_overlays()

    def show_light(self, light: Light) -> None:
        """Draw the curve of J heavier while J is lit."""
        pen = self._train.pen()
        pen.setWidthF(LIT_WIDTH if light.term == "J" else TRAIN_WIDTH)
        self._train.setPen(pen)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Light up J elsewhere."""
        self.lit.emit(Light("J"))

    def leaveEvent(self, event: QEvent | None) -> None:
        """Take the readout away."""
        self.lit.emit(UNLIT)
        self._readout.hide()
        self._marker.setPath(QPainterPath())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the overlays in their corners."""
        super().resizeEvent(event)
        if hasattr(self, "_legend"):
            self._place_overlays()
            self.show_curve(self._curve, self._landmarks)

    def _place_overlays(self) -> None:
        self.log_button.adjustSize()
        self._legend.adjustSize()
        right = self.width() - 12
        self.log_button.move(right - self.log_button.width(), 4)
        self._legend.move(74, 8)
        self._readout.move(right - self.log_button.width() - 16 - self._readout.width(), 8)


def _envelope(x: Array, y: Array) -> tuple[Array, Array]:
    """The curve through the lowest and the highest point of each of `COLUMNS` stretches, so that no spike is lost.

    A wide antialiased line costs Qt several microseconds a point; a screen shows no more than this.
    """
    k = len(x) // COLUMNS
    if k <= 2:
        return x, y
    whole = k * COLUMNS
    stretches = y[:whole].reshape(COLUMNS, k)
    picks = np.sort(np.stack([stretches.argmin(axis=1), stretches.argmax(axis=1)], axis=1), axis=1)
    index = np.concatenate([(picks + np.arange(COLUMNS)[:, None] * k).ravel(), np.arange(whole, len(x))])
    return x[index], y[index]


def _is_alike(shown: list[float], wanted: list[float]) -> bool:
    """Whether two ranges are the same but for rounding; an axis takes milliseconds to draw anew."""
    size = wanted[1] - wanted[0]
    return all(math.isclose(a, b, rel_tol=0, abs_tol=1e-9 * size) for a, b in zip(shown, wanted, strict=True))


def _decades(low: float, high: float) -> list[list[tuple[float, str]]]:
    """Ticks of a logarithmic axis: powers of ten with their names, and the nine steps between them without."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    every = 1 + len(powers) // MOST_DECADES
    named = [(float(power), f"{10.0**power:g}") for power in powers if power % every == 0]
    between = [(power + math.log10(digit), "") for power in powers for digit in range(2, 10)]
    return [named, between]


def _next_step(value: float, least: float) -> float:
    """The smallest of least * GROWTH^k that is not below the value."""
    if value <= least:
        return least
    return least * GROWTH ** math.ceil(math.log(value / least) / math.log(GROWTH) - 1e-9)
