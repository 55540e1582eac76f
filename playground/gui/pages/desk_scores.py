"""The desk's first card: scores under the user's fingers, and the softmax of them term by term."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.gui.pages.desk_parts import CardHead
from playground.gui.pages.term_formulas import loss_formula, start_formula
from playground.gui.palette import Theme
from playground.gui.parts.buttons import word_button
from playground.gui.parts.field_table import Drag, FieldTable
from playground.gui.parts.formula import Formula, apart, beside
from playground.gui.parts.labels import sentence, set_text
from playground.gui.parts.lit_label import LitLabel
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.session.by_hand import with_course_scores, with_label, with_score, with_score_count
from playground.session.light import Light
from playground.session.looking import SCORE, Desk
from playground.session.number_text import aligned
from playground.session.softmax_table import SoftmaxTable, softmax_table
from playground.session.softmax_text import DERIVATIVE_ROOM, POWER_ROOM, SHARE_ROOM, SoftmaxText, softmax_text

UNKNOWN = "–"
STEP = 0.1  # of z: an arrow key, and a tick of its slider
EXP = 2  # the column of e to the z
DRAG = Drag(-10, 10, last=EXP, bar_term="y_hat")
ABOUT_Z = "A score z is also called a logit."
CHOOSE = "Choose a class for y, in its column, to see the loss L and dz."
SHIFTED = "eᶻ is out of a number's reach here, so the largest z is taken from each first."
TOO_SMALL = "This ŷ is too small for a number, so L is worked out from the scores themselves."
COLUMNS = (
    Column("", "", chars=2, kind="marker", align="left"),
    Column("z", "z", chars=8, tip="The score of each class: type it, or drag it between −10 and 10"),
    Column("exp", "eᶻ", chars=POWER_ROOM, foot_term="sum", tip="e to the power of the score; under it their sum"),
    Column("y_hat", "ŷ", chars=SHARE_ROOM, tip="The probability: its e to the power of z, divided by the sum"),
    Column("hard", "hard", chars=2, tip="Hardmax: 1 for the largest score, 0 for the others"),
    Column("y", "y", chars=2, align="centre", tip="1 for the class that it is, 0 for the others: click one"),
    Column("dz", "dz", chars=DERIVATIVE_ROOM, tip="The derivative of L by each score: where backpropagation starts"),
)
# has a temperature, is shifted: title of the exponentials, and what they are
EXP_TITLES = {
    (False, False): ("eᶻ", COLUMNS[EXP].tip),
    (False, True): ("eᶻ⁻ᵐᵃˣ", "e to the power of the score less the largest; under it their sum"),
    (True, False): ("e^(z/T)", "e to the power of the score over T; under it their sum"),
    (True, True): ("exp, shifted", "e to the power of the score less the largest, over T; under it their sum"),
}


class ScoreCard(QWidget):
    """Formulas above, the table of the softmax below, its scores in fields with sliders."""

    wished = pyqtSignal(object)  # Desk
    rejected = pyqtSignal(str)
    lit = pyqtSignal(object)  # Light
    loss_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._desk = Desk()
        self._kind = (False, False)
        self._head = CardHead("Softmax of z", "Put back z = 5, 2, −1, 3 and T = 1")
        self._softmax, self._start, self._loss = (Formula() for _ in range(3))
        self._L = LitLabel("L")
        self._table = FieldTable(COLUMNS, SCORE, STEP, DRAG)
        self._remark = sentence()
        self._to_loss = word_button("The cat ↓", "Go down to the loss by hand: the course's example")
        self._head.count_wished.connect(lambda count: self._wish(with_score_count(self._desk, count)))
        self._head.course_wished.connect(lambda: self._wish(with_course_scores(self._desk)))
        self._table.typed.connect(lambda row, z: self._wish(with_score(self._desk, row, z)))
        self._table.label_chosen.connect(lambda row: self._wish(with_label(self._desk, row)))
        self._table.rejected.connect(self.rejected)
        self._to_loss.clicked.connect(lambda _down: self.loss_wanted.emit())
        for view in self._views():
            view.lit.connect(self.lit)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addLayout(apart(self._softmax, self._start))
        column.addWidget(self._table)
        column.addLayout(beside(self._loss, self._L))
        row = QHBoxLayout()
        row.addWidget(self._remark, 1)
        row.addWidget(self._to_loss, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)

    def _views(self) -> tuple[Formula | NumberTable | LitLabel, ...]:
        return self._softmax, self._start, self._loss, self._table, self._L

    def _wish(self, desk: Desk) -> None:
        self.wished.emit(desk)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        for view in (self._softmax, self._start, self._loss, self._table):
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in self._views():
            view.show_light(light)

    def in_tab_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [*self._table.in_tab_order(), *self._head.in_tab_order(), self._to_loss]

    def shown(self) -> tuple[str, ...]:
        """The scores as they stand in their fields."""
        return self._table.shown()

    def show_desk(self, desk: Desk) -> None:
        """Show these scores and their softmax at the desk's temperature."""
        self._desk = desk
        table = softmax_table(desk.Z, desk.label, desk.temperature)
        self._head.show_count(len(desk.Z))
        self._show_formulas(table)
        self._table.set_rows(len(desk.Z))
        for row, z in enumerate(desk.Z):
            self._table.show_number(row, z, float(table.Y_hat[row]))
        texts = softmax_text(table, self._table.shown())
        *powers, total = aligned([*texts.exponentials, texts.total], POWER_ROOM)
        for row in range(len(desk.Z)):
            self._table.show_row(row, _row(table, texts, powers, row), row, row)
        self._table.show_label(desk.label)
        known = desk.label is not None
        self._table.show_foot(["Σ", "", total, "1", "1", "1" if known else "", "0" if known else ""])
        self._show_loss(table, texts)

    def _show_formulas(self, table: SoftmaxTable) -> None:
        kind = (table.temperature != 1, table.is_shifted)
        self._softmax.set_latex(*softmax_formula(*kind))
        self._start.set_latex(*start_formula(has_temperature=kind[0]))
        if kind != self._kind:
            self._kind = kind
            self._table.set_title(EXP, *EXP_TITLES[kind])

    def _show_loss(self, table: SoftmaxTable, texts: SoftmaxText) -> None:
        is_known = table.label is not None and table.loss is not None
        self._loss.setVisible(is_known)
        self._L.setVisible(is_known)
        if table.label is not None and table.loss is not None:
            share = texts.Y_hat[table.label]
            way = f"−log {share} = " if table.Y_hat[table.label] else ""
            self._loss.set_latex(*loss_formula(table.label))
            set_text(self._L, f"= {way}{texts.loss}")
        C = len(table.Z)
        parts = [f"z and ŷ are ({C} × 1): a number for each class. {ABOUT_Z}"]
        if not is_known:
            parts.append(CHOOSE)
        if table.is_shifted:
            parts.append(SHIFTED)
        if table.label is not None and table.Y_hat[table.label] == 0:
            parts.append(TOO_SMALL)
        set_text(self._remark, " ".join(parts))


def softmax_formula(has_temperature: bool, is_shifted: bool) -> tuple[str, str]:
    """The softmax in LaTeX with its terms marked, and its reading."""
    top, below, reading = r"\term{z}{z_j}", "z_k", "the power of z"
    if is_shifted:
        top, below, reading = rf"{top} - \max z", r"z_k - \max z", "the power of z less the largest z"
    if has_temperature:
        top, below = (f"({part})/T" if is_shifted else f"{part}/T" for part in (top, below))
        reading += ", over T"
    return (
        rf"\term{{y_hat}}{{\hat y_j}} = "
        rf"\frac{{\term{{exp}}{{e^{{{top}}}}}}}{{\term{{sum}}{{\sum_{{k=1}}^C e^{{{below}}}}}}}",
        f"y hat j is e to {reading}, divided by the sum of those of all classes",
    )


def _row(table: SoftmaxTable, texts: SoftmaxText, powers: list[str], row: int) -> list[str | float]:
    dz = texts.dZ[row] if texts.dZ else UNKNOWN
    return [str(row + 1), "", powers[row], texts.Y_hat[row], f"{table.hardmax[row]:.0f}", "", dz]
