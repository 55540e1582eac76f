"""The calculation at the spot, whole, with the numbers of this very moment: what the page of the spot shows first."""

from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from playground.gui.pages.layer_pictures import LayerPictures
from playground.gui.pages.page import Page
from playground.gui.pages.term_formulas import loss_formula, start_formula
from playground.gui.palette import Theme
from playground.gui.parts.formula import Formula, apart, beside
from playground.gui.parts.labels import set_text
from playground.gui.parts.lit_label import LitLabel
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.gui.style import heading, steady
from playground.session.cost_text import added_texts, cost_text
from playground.session.dataset import Dataset
from playground.session.digits import read
from playground.session.light import Light
from playground.session.messages import Snapshot
from playground.session.number_text import aligned
from playground.session.softmax_table import SoftmaxTable
from playground.session.softmax_text import POWER_ROOM, SCORE_ROOM, SHARE_ROOM, SoftmaxText, softmax_text
from playground.session.worked_example import WorkedExample

UNKNOWN = "–"
LOSS = r"L(\hat y, y)"
VALUE_WIDTH, LINE_WIDTH = 110, 392  # pixels of labels that change with every frame
COLUMNS = (
    Column("", "", chars=2, kind="marker", align="left"),
    Column("z", "z", chars=SCORE_ROOM, tip="The score of each class: what the output layer computes"),
    Column("exp", "eᶻ", chars=POWER_ROOM, foot_term="sum", tip="e to the power of the score; under it their sum"),
    Column("y_hat", "ŷ", chars=SHARE_ROOM, tip="The probability: eᶻ divided by the sum"),
    Column("y_hat", "", chars=1, kind="bar"),
    Column("hard", "hard", chars=2, tip="Hardmax: 1 for the largest score, 0 for the others"),
    Column("y", "y", chars=1, tip="1 for the class that the point has, 0 for the others"),
    Column("dz", "dz", chars=8, tip="The derivative of L by each score: where backpropagation starts"),
)
SHIFTED_COLUMNS = tuple(
    Column("exp", "eᶻ⁻ᵐᵃˣ", chars=POWER_ROOM, foot_term="sum", tip="eᶻ is too large or too small for a number here, so "
           "the largest z is taken from each first: ŷ stays the same")
    if column.term == "exp" else column
    for column in COLUMNS
)  # fmt: skip


class SpotPage(Page):
    """Formulas above, live numbers in a table, and the way from x to z below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_shifted = False
        self._softmax, self._start, self._loss, self._cost = (Formula() for _ in range(4))
        self._table = NumberTable()
        self._table.set_columns(COLUMNS)
        self._values = {term: LitLabel(term) for term in ("L", "J")}
        self._layers = LayerPictures()
        self._readout = QLabel()
        self._added = QLabel()
        self._added.setProperty("role", "muted")
        self._body = QWidget()
        for view in self._views():
            view.lit.connect(self.lit)
        for value in self._values.values():
            value.lit.connect(self.lit)
        self._layers.read.connect(self._readout.setText)
        self._lay_out()

    def _lay_out(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        body.addLayout(apart(self._softmax, self._start))
        body.addWidget(self._table)
        body.addSpacing(4)
        for formula, value in ((self._loss, self._values["L"]), (self._cost, self._values["J"])):
            body.addLayout(beside(formula, steady(value, VALUE_WIDTH)))
        body.addWidget(steady(self._added, LINE_WIDTH))
        body.addSpacing(4)
        body.addWidget(heading("From x to z"))
        body.addWidget(self._layers)
        self._readout.setProperty("role", "muted")
        body.addWidget(steady(self._readout, LINE_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._body)
        self._body.hide()

    def formulas(self) -> tuple[str, ...]:
        """The LaTeX that it is sure to show at a data point."""
        first = (
            softmax_formula(is_shifted=False),
            start_formula(),
            loss_formula(0, LOSS),
            cost_formula(has_penalty=False),
        )
        return tuple(latex for latex, _ in first)

    def _views(self) -> tuple[Formula | NumberTable | LayerPictures, ...]:
        return self._softmax, self._start, self._loss, self._cost, self._table, self._layers

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for view in self._views():
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in self._views():
            view.show_light(light)
        for label in self._values.values():
            label.show_light(light)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the worked example of this moment, if there is one."""
        example = snapshot.example
        self._body.setVisible(example is not None and example.softmax is not None)
        if example is None or example.softmax is None:
            return
        texts = softmax_text(example.softmax)
        self._show_softmax(example.softmax, texts, snapshot.dataset)
        self._show_loss(example, texts.loss, snapshot)
        self._layers.show_layers(example.layers, snapshot.activation, is_live=snapshot.running)

    def _show_softmax(self, table: SoftmaxTable, texts: SoftmaxText, dataset: Dataset) -> None:
        if table.is_shifted != self._is_shifted:
            self._is_shifted = table.is_shifted
            self._table.set_columns(SHIFTED_COLUMNS if table.is_shifted else COLUMNS)
        self._softmax.set_latex(*softmax_formula(is_shifted=table.is_shifted))
        self._table.set_rows(table.Z.size)
        *powers, total = aligned([*texts.exponentials, texts.total], POWER_ROOM)
        for label, class_label in enumerate(dataset.classes):
            self._table.show_row(label, _row(table, texts, powers, label), label, class_label.style)
        known = table.dZ is not None
        self._table.show_foot(["Σ", "", total, "1", "", "1", "1" if known else "", "0" if known else ""])

    def _show_loss(self, example: WorkedExample, loss: str, snapshot: Snapshot) -> None:
        table, cost = example.softmax, snapshot.cost
        is_known = table is not None and table.loss is not None
        for view in (self._start, self._loss, self._values["L"], self._added):
            view.setVisible(is_known)
        for formula_or_value in (self._cost, self._values["J"]):
            formula_or_value.setVisible(is_known and cost is not None)
        if table is None or table.label is None or table.loss is None:
            return
        self._start.set_latex(*start_formula())
        self._loss.set_latex(*loss_formula(table.label, LOSS))
        set_text(self._values["L"], f"= {loss}")
        set_text(self._added, _about_share(example, snapshot, loss))
        if cost is not None:
            self._cost.set_latex(*cost_formula(has_penalty=snapshot.penalty > 0))
            set_text(self._values["J"], f"= {cost_text(cost)}")


def cost_formula(*, has_penalty: bool) -> tuple[str, str]:
    """The cost in LaTeX, with the penalty where there is one, and its reading."""
    penalty = r" + \frac{\lambda}{2m} \sum_l \|W^{[l]}\|^2" if has_penalty else ""
    return (
        rf"\term{{J}}{{J}} = \frac{{1}}{{m}} \sum_{{i=1}}^m \term{{L}}{{L(\hat y^{{(i)}}, y^{{(i)}})}}{penalty}",
        "J is the mean of the losses" + (", plus the penalty" if has_penalty else ""),
    )


def softmax_formula(*, is_shifted: bool) -> tuple[str, str]:
    """The softmax in LaTeX with its terms marked, and its reading."""
    if is_shifted:
        top, below = r"e^{\term{z}{z_j} - \max z}", r"e^{z_k - \max z}"
        return (
            rf"\term{{y_hat}}{{\hat y_j}} = \frac{{\term{{exp}}{{{top}}}}}{{\term{{sum}}{{\sum_{{k=1}}^C {below}}}}}",
            "y hat j is e to the z j less the largest z, over the sum of those",
        )
    top, below = r"e^{\term{z}{z_j}}", r"e^{z_k}"
    return (
        rf"\term{{y_hat}}{{\hat y_j}} = \frac{{\term{{exp}}{{{top}}}}}{{\term{{sum}}{{\sum_{{k=1}}^C {below}}}}}",
        "y hat j is e to the z j over the sum of e to the z k",
    )


def _row(table: SoftmaxTable, texts: SoftmaxText, powers: list[str], label: int) -> list[str | float]:
    return [
        str(label + 1),
        texts.Z[label],
        powers[label],
        texts.Y_hat[label],
        float(table.Y_hat[label]),
        f"{table.hardmax[label]:.0f}",
        UNKNOWN if table.Y is None else f"{table.Y[label]:.0f}",
        texts.dZ[label] if texts.dZ else UNKNOWN,
    ]


def _about_share(example: WorkedExample, snapshot: Snapshot, loss: str) -> str:
    """What the point adds to J, by the digits shown of its loss and of J."""
    if example.is_test:
        return "A held-out point: nothing of its loss is in J."
    if example.cost_share is None or not snapshot.cost:
        return ""
    if not read(loss):
        return "This point adds next to nothing to J."
    added, percent = added_texts(example.cost_share, loss, example.m, snapshot.cost)
    return f"This point adds L / m = {added} to J: {percent or 'less than 0.1'} % of it."
