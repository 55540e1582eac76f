"""Why the loss is −log ŷ: maximum likelihood, and squared error beside it, which stops pulling where it should."""

from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from playground.gui.pages.page import Page
from playground.gui.pages.spot.likelihood_view import LikelihoodView
from playground.gui.pages.spot.loss_chart import LossChart
from playground.gui.pages.spot.sections import section, subscript
from playground.gui.palette import Theme
from playground.gui.parts.buttons import keep_space_for, pass_wheel_on
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import sentence, set_text, set_tip
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.session.dataset import Dataset
from playground.session.derivation_text import why_log_latex, why_log_text
from playground.session.grid import Point
from playground.session.light import Light
from playground.session.messages import Snapshot
from playground.session.why_log import TwoLosses, WhyLog, log_loss, log_pull, square_loss, square_pull
from playground.session.why_log_numbers import TwoLossesNumbers, tried_numbers, two_losses_numbers

STEPS = 1000  # of the slider; its first place is 1, since −log 0 is no number
FIRST_TRIED = 10  # ŷ = 0.01: sure, and wrong
FRAMES_A_LOOK = 6  # while training: to draw four wide curves takes as long as half a frame
LEAST_TOP = 4.0  # of the chart of losses; −log ŷ is 4 at 0.018
LOG = (
    r"\term{L}{L} = -\log \term{y_hat}{\hat y_y} , \qquad "
    r"-\frac{\partial \term{L}{L}}{\partial z_y} = 1 - \term{y_hat}{\hat y_y}",
    "L is minus log y hat y, and minus its derivative by z y is 1 less y hat y",
)
SQUARE = (
    r"S = \frac{1}{2} \sum_j (\term{y_hat}{\hat y_j} - \term{y}{y_j})^2 , \qquad "
    r"-\frac{\partial S}{\partial z_y} = \term{y_hat}{\hat y_y} (1 - \term{y_hat}{\hat y_y})^2 (1 + r)",
    "S is half the sum of the squares of y hat j less y j, and minus its derivative by z y is y hat y times the square "
    "of 1 less y hat y, times 1 plus r",
)
ALONG_COLUMNS = (
    Column("", "", chars=24, align="left"),
    Column("", "here", chars=12, tip="At the spot: the dots on the curves"),
    Column("", "tried", chars=12, tip="At the ŷ of the slider: the rings on the curves"),
)
ALONG_ROWS = ("ŷ{y}", "L = −log ŷ{y}", "its pull: 1 − ŷ{y}", "S = ½ Σ (ŷ − y)²", "its pull: ŷ{y} (1 − ŷ{y})² (1 + r)")
CLASS_COLUMNS = (
    Column("", "", chars=2, kind="marker", align="left"),
    Column("y_hat", "ŷ", chars=11, tip="The probability of each class"),
    Column("y", "y", chars=2, tip="1 for the class y, 0 for the others"),
    Column("dz", "∂L/∂z = ŷ − y", chars=11, tip="The derivative of L = −log ŷ by each z"),
    Column("square", "∂S/∂z", chars=11, tip="The derivative of half the squared error by each z"),
)
SLIDER_TIP = "Try another ŷ of class y: the rings on the curves, and the last column below; the run is not touched"
WHY = (
    "Solid: L = −log ŷ. Dashed: S, half the squared error. Where the ŷ of class y is near 0, the network is sure and "
    "wrong. There L pulls with all its force, and the pull of S dies: it hardly learns where there is most to learn."
)
REST = (
    "r = {r} is the sum of the squares of the other classes' shares of what is left. Another ŷ leaves them those "
    "shares."
)


class WhyLogView(Page):
    """The likelihood above, the two losses of the spot below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why: WhyLog | None = None
        self._point: Point | None = None
        self._likelihood = LikelihoodView()
        self._log, self._square = Formula(), Formula()
        self._losses = LossChart("Losses over the ŷ of class y", LEAST_TOP)
        self._pulls = LossChart("Their pulls on the z of class y, over its ŷ", 1.0)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._along, self._classes = NumberTable(), NumberTable()
        self._along.set_columns(ALONG_COLUMNS)
        self._along.set_rows(len(ALONG_ROWS))
        self._classes.set_columns(CLASS_COLUMNS)
        self._why_sentence, self._rest = sentence(WHY), sentence()
        self._body = QWidget()
        self._parts: dict[str, list[QWidget]] = {}
        self._uneven: float | None = None
        self._frame = FRAMES_A_LOOK  # since the spot was drawn: the first is drawn at once
        self._set_up_slider()
        for view in (self._likelihood, self._log, self._square, self._along, self._classes):
            view.lit.connect(self.lit)
        self._lay_out()

    def _set_up_slider(self) -> None:
        slider = self._slider
        slider.setRange(1, STEPS)
        slider.setValue(FIRST_TRIED)
        slider.setPageStep(STEPS // 10)
        set_tip(slider, SLIDER_TIP)
        slider.setAccessibleName("Another ŷ of class y")
        slider.setAccessibleDescription(SLIDER_TIP)
        keep_space_for(slider)
        pass_wheel_on(slider)
        slider.valueChanged.connect(self._show_spot)

    def _lay_out(self) -> None:
        charts = QHBoxLayout()
        charts.setSpacing(8)
        for title, chart in (("Loss over the ŷ of class y", self._losses), ("Pull on the z of class y", self._pulls)):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(QLabel(title))
            column.addWidget(chart)
            charts.addLayout(column)
        both = QWidget()
        both.setLayout(charts)
        charts.setContentsMargins(0, 0, 0, 0)
        tried = QHBoxLayout()
        tried.setContentsMargins(0, 0, 0, 0)
        tried.addWidget(QLabel("Try another ŷ:"))
        tried.addWidget(self._slider, 1)
        bar = QWidget()
        bar.setLayout(tried)
        losses = section(
            "The loss beside squared error", self._log, self._square, both, bar, self._along, self._why_sentence
        )
        gradients = section("Both gradients here", self._classes, self._rest)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        body.addWidget(losses)
        body.addWidget(gradients)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._likelihood)
        column.addWidget(self._body)
        self._parts = {"likelihood": [self._likelihood], "two_losses": [losses], "gradients": [gradients]}
        self._body.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for view in (self._likelihood, self._log, self._square, self._losses, self._pulls, self._along, self._classes):
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in (self._likelihood, self._log, self._square, self._along, self._classes):
            view.show_light(light)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Typeset the formulas."""
        self._likelihood.typeset()
        self._log.set_latex(*LOG)
        self._square.set_latex(*SQUARE)
        super().showEvent(event)

    def parts(self) -> dict[str, list[QWidget]]:
        """What can be pointed out on it."""
        return self._parts

    def text(self, kind: str) -> str:
        """The likelihood and both losses as they are shown."""
        if self._why is None:
            return ""
        return (why_log_text if kind == "text" else why_log_latex)(self._why, self._point)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the reasons of this moment; a snapshot made before they were asked for says nothing of them."""
        if snapshot.why_log is None:
            return
        self._why, self._point = snapshot.why_log, snapshot.probe
        self._likelihood.show_likelihood(self._why.likelihood)
        losses = self._why.at_spot
        self._body.setVisible(losses is not None)
        self._frame += 1
        if losses is not None and (not snapshot.running or self._frame >= FRAMES_A_LOOK):
            self._frame = 0
            numbers = self._show_spot()
            self._show_classes(losses, numbers, snapshot.dataset)

    def _show_spot(self) -> TwoLossesNumbers:
        losses = self._why.at_spot if self._why is not None else None
        assert losses is not None
        numbers = two_losses_numbers(losses)
        tried = self._slider.value() / STEPS
        self._draw(losses, tried)
        rows = zip(
            ALONG_ROWS, numbers.at_spot.row(), tried_numbers(tried, losses, numbers.unevenness).row(), strict=True
        )
        for row, (title, here, other) in enumerate(rows):
            self._along.show_row(row, [title.replace("{y}", subscript(losses.label)), here, other])
        return numbers

    def _draw(self, losses: TwoLosses, tried: float) -> None:
        r = losses.unevenness
        if r != self._uneven:
            self._uneven = r
            self._losses.show_curves(log_loss, partial(square_loss, unevenness=r))
            self._pulls.show_curves(log_pull, partial(square_pull, unevenness=r))
        self._losses.set_top(top_for(losses.loss))
        for chart in (self._losses, self._pulls):
            chart.show_places(float(losses.table.Y_hat[losses.label]), tried)

    def _show_classes(self, losses: TwoLosses, numbers: TwoLossesNumbers, dataset: Dataset) -> None:
        self._classes.set_rows(len(numbers.y_hat))
        columns = (numbers.y_hat, numbers.y, numbers.log_gradient, numbers.square_gradient)
        for label, cells in enumerate(zip(*columns, strict=True)):
            self._classes.show_row(label, [str(label + 1), *cells], label, dataset.classes[label].style)
        set_text(self._rest, REST.format(r=numbers.unevenness))


def top_for(loss: float) -> float:
    """How far up the chart of losses goes: to 4, or as often doubled as shows this one, so that it seldom jumps."""
    top = LEAST_TOP
    while top < loss < 1e6:
        top *= 2
    return top
