"""The desk's second card: the loss of probabilities that are typed, term by term."""

from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from playground.gui.pages.desk.cat import Certainty
from playground.gui.pages.desk_parts import CardHead, warn
from playground.gui.pages.term_formulas import loss_formula, start_formula
from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.field_table import Drag, FieldTable
from playground.gui.parts.formula import Formula, apart
from playground.gui.parts.labels import sentence, set_text
from playground.gui.parts.lit_label import LitLabel
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.session.light import Light
from playground.session.looking import PROBABILITY, Desk
from playground.session.loss_card import (
    LossTable,
    loss_table,
    with_course_probabilities,
    with_probability,
    with_probability_count,
)
from playground.session.number_text import fitting, signed, significant

STEP = 0.01  # of ŷ: an arrow key, and a tick of its slider
TERM_ROOM, DZ_ROOM = 8, 7  # characters
COLUMNS = (
    Column("", "", chars=2, kind="marker", align="left"),
    Column("y_hat", "ŷ", chars=8, tip="The probability of each class: drag or type it; the others share what is left"),
    Column("y", "y", chars=2, align="centre", tip="1 for the class that it is, 0 for the others: click one"),
    Column("L", "−y log ŷ", chars=TERM_ROOM, foot_term="L", tip="What each class adds to L; under it their sum"),
    Column("dz", "dz", chars=DZ_ROOM, tip="ŷ − y: the derivative of L by the score of each class"),
)
DRAG = Drag(0, 1, last=2, bar_term="y_hat")
HINT = (
    "The other classes add nothing to L, since their y is 0. So making L small is making the ŷ of the true class "
    "large: drag it up. L is called the cross-entropy, and y one-hot. log is the natural logarithm."
)
NO_CHANCE = (
    "log 0 is −∞, so L is ∞: a class was given no chance at all, and yet it is the one. A softmax never gives exactly "
    "0, since e to any power is more than 0."
)


class LossCard(QWidget):
    """Formulas above, the table of the loss below, its probabilities in fields."""

    wished = pyqtSignal(object)  # Desk
    rejected = pyqtSignal(str)
    lit = pyqtSignal(object)  # Light

    def __init__(self) -> None:
        super().__init__()
        self._desk = Desk()
        self._theme = LIGHT
        self._head = CardHead("Loss by hand", "Put back ŷ = 0.3, 0.2, 0.1, 0.4, and class 2 for y: the course's cat")
        self._loss, self._start = Formula(), Formula()
        self._L = LitLabel("L")
        self._certainty = Certainty()
        self._table = FieldTable(COLUMNS, PROBABILITY, STEP, DRAG)
        self._remark = sentence()
        self._head.count_wished.connect(lambda count: self.wished.emit(with_probability_count(self._desk, count)))
        self._head.course_wished.connect(lambda: self.wished.emit(with_course_probabilities(self._desk)))
        self._table.typed.connect(self._move)
        self._table.label_chosen.connect(self._choose)
        self._table.rejected.connect(self.rejected)
        for view in self._views():
            view.lit.connect(self.lit)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addWidget(self._certainty)
        column.addLayout(apart(self._loss, self._start))
        column.addWidget(self._table)
        for widget in (self._L, self._remark):
            column.addWidget(widget)

    def _views(self) -> tuple[Formula | NumberTable | LitLabel, ...]:
        return self._loss, self._start, self._table, self._L

    def _move(self, row: int, y_hat: float) -> None:
        self.wished.emit(with_probability(self._desk, row, y_hat))
        self._table.show_number(row, self._desk.Y_hat[row])  # rounded, where more decimals were typed

    def _choose(self, row: int) -> None:
        self._table.show_label(self._desk.Y_hat_label)  # the chosen one stays down when it is clicked again
        self.wished.emit(replace(self._desk, Y_hat_label=row))

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        for view in (self._loss, self._start, self._table):
            view.set_theme(theme)
        self._certainty.set_theme(theme)
        warn(self._remark, theme, on=bool(self._remark.styleSheet()))

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in self._views():
            view.show_light(light)

    def in_tab_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [*self._table.in_tab_order(), *self._head.in_tab_order()]

    def show_desk(self, desk: Desk) -> None:
        """Show these probabilities and their loss."""
        self._desk = desk
        table = loss_table(desk.Y_hat, desk.Y_hat_label)
        self._head.show_count(len(desk.Y_hat))
        self._start.set_latex(*start_formula())
        self._loss.set_latex(*loss_formula(desk.Y_hat_label))
        self._table.set_rows(len(desk.Y_hat))
        for row, y_hat in enumerate(desk.Y_hat):
            self._table.show_row(row, _row(table, row), row, row)
            self._table.show_number(row, y_hat, y_hat)
        self._table.show_label(desk.Y_hat_label)
        share = desk.Y_hat[desk.Y_hat_label]
        loss = fitting(significant, table.loss, 5, TERM_ROOM)
        self._table.show_foot(["Σ", "1", "1", loss, signed(float(table.dZ.sum()), 4)])
        self._certainty.show_answer(desk.Y_hat_label, share)
        set_text(self._L, f"L = −log {PROBABILITY.write(share)} = {significant(table.loss, 5)}")
        set_text(self._remark, NO_CHANCE if share == 0 else HINT)
        warn(self._remark, self._theme, on=share == 0)


def _row(table: LossTable, row: int) -> list[str | float]:
    return [
        str(row + 1),
        "",
        "",
        fitting(significant, float(table.terms[row]), 5, TERM_ROOM),
        fitting(signed, float(table.dZ[row]), 4, DZ_ROOM),
    ]
