"""The page of the twin: a softmax of two classes beside the logistic regression that it is, number for number."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.pages.page import Page
from playground.gui.pages.twin_text import (
    CLASSES_TIP,
    LAYERS_TIP,
    UNKNOWN,
    about_difference,
    about_needs,
    about_rate,
    about_since,
    about_state,
    apart_text,
    sigma,
    why_apart,
)
from playground.gui.palette import Theme
from playground.gui.parts.buttons import word_button
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import sentence, set_text, set_tip
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.gui.style import heading, tabular
from playground.session.digits import following, read
from playground.session.light import Light
from playground.session.messages import Snapshot
from playground.session.number_text import fixed, significant
from playground.session.twin import TwinReport

LONG = 100  # from here on a parameter leaves a decimal out, to fit its column
PROBABILITY = (
    r"\term{y_hat:0}{\hat y_1} = \frac{e^{\term{z:0}{z_1}}}{e^{\term{z:0}{z_1}}+e^{\term{z:1}{z_2}}}"
    r" = \frac{1}{1+e^{-(\term{z:0}{z_1}-\term{z:1}{z_2})}} = \sigma(\term{z:0}{z_1} - \term{z:1}{z_2})",
    "y hat 1 is e to the z 1 over e to the z 1 plus e to the z 2, which is one over one plus e to the minus of z 1 "
    "minus z 2, which is sigma of z 1 minus z 2",
)
PARAMETERS = (
    r"\term{twin}{w} = \term{first}{w_1} - \term{second}{w_2}, \quad "
    r"\term{twin}{b} = \term{first}{b_1} - \term{second}{b_2}",
    "w is w 1 minus w 2, b is b 1 minus b 2",
)
COLUMNS = (
    Column("", "", chars=5, align="left"),
    Column("first", "class 1", chars=7, tip="The softmax's w₁ and b₁, which give the score z₁"),
    Column("second", "class 2", chars=7, tip="The softmax's w₂ and b₂, which give the score z₂"),
    Column("difference", "difference", chars=8, tip="w₁ − w₂ and b₁ − b₂: all of the softmax that ŷ depends on"),
    Column("twin", "twin", chars=8, tip="The logistic regression's own w and b, which it has trained by itself"),
    Column("apart", "apart", chars=8, tip="How far the twin is from the softmax's difference, by all of their digits"),
)
ROWS = ("w (x₁)", "w (x₂)", "b")
BOTH_COLUMNS = (
    Column("", "", chars=15, align="left"),
    Column("softmax", "softmax", chars=10, tip="What the network computes"),
    Column("twin", "twin", chars=10, tip="What the logistic regression computes, by itself"),
    Column("apart", "apart", chars=8, tip="How far the two are apart, by all of their digits"),
)
SCORE, SIGMA, COST = range(3)
SCORE_DECIMALS, FIGURES = 6, 5
BOTH_ROWS = ("z₁ − z₂ = w x + b", "ŷ₁ = σ(w x + b)", "J")
NO_PROBE = "Rest the mouse on the plane to compare the two at a spot."


class TwinPage(Page):
    """Formulas, the two side by side with how far they are apart, and sentences about rate, penalty and rounding."""

    layers_unwanted = pyqtSignal()
    two_classes_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._probability, self._parameters = Formula(), Formula()
        self._table, self._both = NumberTable(), NumberTable()
        self._table.set_columns(COLUMNS)
        self._table.set_rows(len(ROWS))
        self._both.set_columns(BOTH_COLUMNS)
        self._both.set_rows(len(BOTH_ROWS))
        self._state, self._needs, self._since, self._rate, self._why = (sentence() for _ in range(5))
        self._spot = sentence()
        self._difference = QLabel()
        self._difference.setProperty("role", "strong")
        self._difference.setFont(tabular(self._difference.font()))
        self.layers_button = word_button("Remove the hidden layers", LAYERS_TIP)
        self.layers_button.clicked.connect(self.layers_unwanted)
        self.classes_button = word_button("Keep the first two classes", CLASSES_TIP)
        self.classes_button.clicked.connect(self.two_classes_wanted)
        for view in self._views():
            view.lit.connect(self.lit)
        self._body = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        difference = QHBoxLayout()
        difference.setSpacing(6)
        about = QLabel("Largest |ŷ₁ − σ| in view:")
        set_tip(about, "The largest difference of the two probabilities over all of the plane that is in view")
        difference.addWidget(about)
        difference.addWidget(self._difference, 1)
        body.addWidget(self._parameters)
        body.addWidget(self._table)
        body.addSpacing(4)
        body.addWidget(heading("Side by side"))
        body.addWidget(self._spot)
        body.addWidget(self._both)
        body.addLayout(difference)
        for label in (self._why, self._since, self._rate):
            body.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 8, 7, 8)
        column.setSpacing(6)
        column.addWidget(heading("Binary classification is logistic regression"))
        column.addWidget(self._probability)
        column.addWidget(self._state)
        column.addWidget(self._needs)
        for button in (self.layers_button, self.classes_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._body)
        column.addStretch(1)
        for widget in (self._state, self._needs, self.layers_button, self.classes_button, self._body):
            widget.hide()

    def _views(self) -> tuple[Formula | NumberTable, ...]:
        return self._probability, self._parameters, self._table, self._both

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for view in self._views():
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in self._views():
            view.show_light(light)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Typeset the formulas, which the window opens without."""
        self._probability.set_latex(*PROBABILITY)
        self._parameters.set_latex(*PARAMETERS)
        super().showEvent(event)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show both at this moment, or what the page needs to have two to show."""
        *hidden, classes = snapshot.sizes[1:]
        _show(self._needs, about_needs(classes, len(hidden)))
        self.layers_button.setVisible(bool(hidden))
        self.classes_button.setVisible(classes != 2)
        twin = snapshot.twin
        self._body.setVisible(twin is not None)
        _show(self._state, about_state(snapshot))
        if twin is None:
            return
        self._show_parameters(twin)
        self._show_both(twin, snapshot.cost)
        _show(self._spot, NO_PROBE if snapshot.probe is None else "The first two rows are at the probe.")
        set_text(self._difference, about_difference(twin))
        _show(self._why, why_apart(twin, snapshot.cost))
        _show(self._since, about_since(twin))
        _show(self._rate, about_rate(twin))

    def _show_parameters(self, report: TwinReport) -> None:
        vectors = zip((*report.W.T, report.b), (*report.w, report.b_twin), strict=True)
        for row, ((first, second), twin) in enumerate(vectors):
            values = [float(value) for value in (first, second, first - second, twin)]
            decimals = 3 if max(map(abs, values)) < LONG else 2  # alike, so that the difference follows
            texts = [fixed(value, decimals) for value in values]
            self._table.show_row(row, [ROWS[row], *texts, apart_text(texts[2], texts[3], values[2], values[3])])

    def _show_both(self, twin: TwinReport, cost: float | None) -> None:
        at = twin.at_probe
        unknown = [UNKNOWN] * 3
        texts = {SCORE: unknown, SIGMA: unknown, COST: unknown}
        if at is not None:
            scores = at.z_1 - at.z_2, at.score
            texts[SCORE] = _pair([fixed(score, SCORE_DECIMALS) for score in scores], scores)
            texts[SIGMA] = _pair(
                [
                    following(significant, share, sigma(read(score)), FIGURES)
                    for share, score in zip((at.y_hat, at.sigma), texts[SCORE], strict=False)
                ],
                (at.y_hat, at.sigma),
            )
        if cost is not None and twin.cost is not None:
            texts[COST] = _pair([significant(value, FIGURES) for value in (cost, twin.cost)], (cost, twin.cost))
        for row, name in enumerate(BOTH_ROWS):
            self._both.show_row(row, [name, *texts[row]])


def _pair(texts: list[str], values: tuple[float, float]) -> list[str]:
    """The softmax's number, the twin's, and how far they are apart."""
    ours, twins = texts
    return [ours, twins, apart_text(ours, twins, *values)]


def _show(label: QLabel, text: str) -> None:
    """Show a sentence, or leave no gap where there is none."""
    set_text(label, text)
    label.setVisible(bool(text))
