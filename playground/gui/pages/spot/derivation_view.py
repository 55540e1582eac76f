"""How dz = ŷ − y comes about, with the spot's numbers: the short way, and the long way by the Jacobian of ŷ."""

from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from playground.gui.pages.page import Page
from playground.gui.pages.spot.derivation_formulas import CHAIN, JACOBIAN, START, TOTAL, loss_line
from playground.gui.pages.spot.sections import for_class, section
from playground.gui.palette import Theme
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import sentence, set_text
from playground.gui.parts.matrix_picture import MatrixPicture
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.gui.style import steady
from playground.session.dataset import Dataset
from playground.session.derivation import Derivation
from playground.session.derivation_numbers import LongWay, ShortWay, long_way, short_way
from playground.session.derivation_text import derivation_latex, derivation_text
from playground.session.grid import Point
from playground.session.light import Light
from playground.session.messages import Snapshot

FRAMES_A_ROUND = 30  # while training: two matrices a second are as many as can be read
LINE_WIDTH = 392  # pixels of a label that changes with every frame
UNKNOWN = "–"
HOW_TO_READ = "Rest the mouse on a cell to read it, or lead Tab and the arrows there."
JACOBIAN_NAME = "∂ŷ/∂z"
LOSS_COLUMNS = (
    Column("sum", "log Σ eᶻ", chars=12, tip="The logarithm of the sum of e to the power of each z"),
    Column("", "−", chars=1, align="centre"),
    Column("z", "z{y}", chars=12, tip="The score of the class y"),
    Column("", "=", chars=1, align="centre"),
    Column("L", "L", chars=12, tip="The loss of this spot"),
)
COLUMNS = (
    Column("", "", chars=2, kind="marker", align="left"),
    Column("z", "z", chars=11, tip="The score of each class"),
    Column("y_hat", "ŷ", chars=9, tip="The derivative of log Σ eᶻ by each z"),
    Column("y", "y", chars=2, tip="The derivative of z of y by each z: 1 for the class y, 0 for the others"),
    Column("dz", "dz = ŷ − y", chars=10, tip="The derivative of L by each z"),
    Column("dz", "∂J/∂z = dz/m", chars=10, tip="The derivative of J by each z of this example"),
)
LONG_COLUMNS = (
    Column("", "", chars=2, kind="marker", align="left"),
    Column("y_hat", "∂ŷ{y}/∂z", chars=10, tip="The row of y in the matrix above"),
    Column("y_hat", "× −1/ŷ{y}", chars=11, tip="The derivative of L by the ŷ of class y; by the others it is 0"),
    Column("dz", "=", chars=10, tip="Their product: the derivative of L by each z, the long way"),
    Column("dz", "dz = ŷ − y", chars=10, tip="The same, the short way"),
)
SAME = "The same, to the digits shown: the ŷ that the row holds as a factor is divided out again."
TOO_SMALL = (
    "The ŷ of class y is too small to divide by: the long way comes to 0 / 0. The short way still has its numbers, "
    "which is why it is the one that is computed."
)
IN_J = "dz is the derivative of this example's own L. J is the mean of m = {m} losses, so it feels a part in {m} of it."
NOT_IN_J = (
    "dz is the derivative of L here. J is the mean over m = {m} training points, and this spot is not one of them."
)


class DerivationView(Page):
    """Two sections: from log Σ eᶻ, and by the chain rule through every ŷ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._derivation: Derivation | None = None
        self._point: Point | None = None
        self._frame = FRAMES_A_ROUND  # since the matrix was written: the first is written at once
        self._loss, self._total, self._start, self._jacobian, self._chain = (Formula() for _ in range(5))
        self._loss_table, self._table, self._long_table = NumberTable(), NumberTable(), NumberTable()
        self._matrix = MatrixPicture()
        self._counted, self._verdict = sentence(), sentence()
        self._readout = QLabel(HOW_TO_READ)
        self._is_shifted: bool | None = None
        self._columns_for: tuple[bool, int] | None = None
        self._matrix.read.connect(lambda text: self._readout.setText(text or HOW_TO_READ))
        self._body = QWidget()
        self._parts: dict[str, list[QWidget]] = {}
        for view in self._views():
            view.lit.connect(self.lit)
        self._lay_out()

    def _lay_out(self) -> None:
        self._readout.setProperty("role", "muted")
        short = section(
            "The short way", self._loss, self._loss_table, self._total, self._start, self._table, self._counted
        )
        matrix = section(
            "The long way, by the chain rule", self._jacobian, self._matrix, steady(self._readout, LINE_WIDTH)
        )
        product = section("", self._chain, self._long_table, self._verdict)
        self._parts = {"short_way": [short], "jacobian": [matrix], "long_way": [product]}
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        for part in (short, matrix, product):
            body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._body)
        self._body.hide()

    def _views(self) -> tuple[Formula | NumberTable, ...]:
        formulas = self._loss, self._total, self._start, self._jacobian, self._chain
        return *formulas, self._loss_table, self._table, self._long_table

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        for view in (*self._views(), self._matrix):
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in self._views():
            view.show_light(light)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Typeset the formulas that stay as they are."""
        for formula, line in (
            (self._total, TOTAL),
            (self._start, START),
            (self._jacobian, JACOBIAN),
            (self._chain, CHAIN),
        ):
            formula.set_latex(*line)
        super().showEvent(event)

    def parts(self) -> dict[str, list[QWidget]]:
        """What can be pointed out on it."""
        return self._parts

    def text(self, kind: str) -> str:
        """The derivation as it is shown, as "text" or as "latex"."""
        if self._derivation is None or self._point is None:
            return ""
        write = derivation_text if kind == "text" else derivation_latex
        return write(self._derivation, self._point)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the derivation at the probe in this moment; a spot that the snapshot does not derive leaves it empty."""
        derivation = snapshot.derivation
        if derivation is None and snapshot.example is not None and snapshot.example.softmax is not None:
            return  # made before this view was asked for: the next one has it
        self._derivation, self._point = derivation, snapshot.probe
        self._body.setVisible(derivation is not None)
        if derivation is None:
            return
        self._set_up(derivation)
        self._show_short(derivation, short_way(derivation), snapshot.dataset)
        self._frame += 1
        if not snapshot.running or self._frame >= FRAMES_A_ROUND:
            self._frame = 0
            self._show_long(derivation, long_way(derivation), snapshot.dataset)

    def _set_up(self, derivation: Derivation) -> None:
        is_shifted, label = derivation.table.is_shifted, derivation.label
        if (is_shifted, label) != self._columns_for:
            self._columns_for = is_shifted, label
            self._loss_table.set_columns(for_class(_shifted(LOSS_COLUMNS) if is_shifted else LOSS_COLUMNS, label))
            self._loss_table.set_rows(1)
            self._long_table.set_columns(for_class(LONG_COLUMNS, label))
        if is_shifted != self._is_shifted:
            self._is_shifted = is_shifted
            self._loss.set_latex(*loss_line(is_shifted=is_shifted))
            self._table.set_columns(_shifted(COLUMNS) if is_shifted else COLUMNS)
        for table in (self._table, self._long_table):
            table.set_rows(derivation.table.Z.size)

    def _show_short(self, derivation: Derivation, numbers: ShortWay, dataset: Dataset) -> None:
        self._loss_table.show_row(0, [numbers.log_total, "−", _term(numbers.z[derivation.label]), "=", numbers.loss])
        for label, each in enumerate(dataset.classes):
            dj = numbers.dj[label] if derivation.is_in_cost else UNKNOWN
            cells = (getattr(numbers, name)[label] for name in ("z", "y_hat", "y", "dz"))
            self._table.show_row(label, [str(label + 1), *cells, dj], label, each.style)
        counted = IN_J if derivation.is_in_cost else NOT_IN_J
        set_text(self._counted, counted.format(m=derivation.m))

    def _show_long(self, derivation: Derivation, numbers: LongWay, dataset: Dataset) -> None:
        styles = [each.style for each in dataset.classes]
        self._matrix.set_markers(styles, styles)
        self._matrix.show_matrix(derivation.jacobian, JACOBIAN_NAME, texts=numbers.jacobian)
        for label, style in enumerate(styles):
            product = UNKNOWN if numbers.dz is None else numbers.dz[label]
            cells = (
                numbers.jacobian[derivation.label][label],
                numbers.by_share or UNKNOWN,
                product,
                numbers.short[label],
            )
            self._long_table.show_row(label, [str(label + 1), *cells], label, style)
        set_text(self._verdict, TOO_SMALL if numbers.dz is None else SAME)


def _term(text: str) -> str:
    """A number after a minus, which takes a negative one in brackets."""
    return f"({text})" if text.startswith("−") else text


def _shifted(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of scores from each of which the largest has been taken."""
    titles = {"log Σ eᶻ": "log Σ eᶻ⁻ᵐᵃˣ", "z{y}": "z{y} − max z", "z": "z − max z"}
    return tuple(
        Column(
            each.term, titles.get(each.title, each.title), each.chars, each.kind, each.align, each.foot_term, each.tip
        )
        for each in columns
    )
