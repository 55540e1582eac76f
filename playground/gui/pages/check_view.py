"""The gradient check: what it does, its progress, and for each W and b how far backpropagation is from the truth."""

from PyQt6.QtCore import QEvent, QTimer, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.gui.pages.step.check_text import CELLS, about_moment, is_past, verdict
from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import set_tip
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.gui.style import heading
from playground.session.inquiries import CheckReport, Verdict
from playground.session.light import Light
from playground.session.messages import Snapshot
from playground.session.number_text import significant

ABOUT = (
    "Is the gradient right? Nudge one parameter by ε to both sides: how much J changes tells its derivative, without "
    "backpropagation. The relative error holds all of a W or a b against it, in float64."
)
CENTRAL = (
    r"\frac{\partial J}{\partial \theta_i} \approx \frac{J(\theta_i + \varepsilon) - J(\theta_i - \varepsilon)}"
    r"{2\varepsilon}",
    "the derivative of J by theta i is about J with epsilon more, minus J with epsilon less, over 2 epsilon",
)
ERROR = (
    r"\frac{\| d\theta_{num} - d\theta \|}{\| d\theta_{num} \| + \| d\theta \|}",
    "the relative error is the norm of the difference of both gradients over the sum of their norms",
)
COLUMNS = (
    Column("", "", 4, align="left"),
    Column("", "error", 7, tip="Relative error of all of its derivatives: rounding leaves about 10⁻⁹, a mistake 10⁻²"),
    Column(
        "",
        "verdict",
        9,
        align="left",
        tip="Wrong: the two are further apart than rounding can set them. Right: so near that a mistake of a "
        "ten-thousandth would show. Corner: a ReLU’s z is 0, and J has no derivative. Too small: lost in rounding",
    ),
    Column("", "worst at", 7, tip="Row and column of the entry that the verdict goes by: where the two differ most"),
    Column("", "backprop", 9, tip="The derivative there by backpropagation"),
    Column("", "numeric", 9, tip="The derivative there by central differences"),
)
NO_ERROR = "–"  # of what has no derivative
FORMULAS_MS = 150  # after the page is up, for what is not looked at first


class CheckView(QWidget):
    """Shows the latest gradient check of a run, and asks for another."""

    wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._shown: tuple[CheckReport | None, bool, str | None] | None = None
        self.button = QToolButton()
        self.button.setText("Check the gradient")
        set_tip(self.button, "Hold backpropagation against central differences of J, at the present weights")
        self.button.setAccessibleName("Check the gradient")
        keep_space_for(self.button)
        self.button.clicked.connect(self.wanted)
        self._about, self._progress, self._verdict, self._when = QLabel(ABOUT), QLabel(), QLabel(), QLabel()
        self._formulas = Formula(), Formula()
        self._table = NumberTable()
        self._table.set_columns(COLUMNS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._typeset)
        self._lay_out()
        for view in (self._table, self._verdict, self._when):
            view.hide()

    def _lay_out(self) -> None:
        for label in (self._about, self._verdict, self._when):
            label.setWordWrap(True)
        for label in (self._about, self._when):
            label.setProperty("role", "muted")
        asking, formulas = QHBoxLayout(), QHBoxLayout()
        asking.addWidget(self.button)
        asking.addWidget(self._progress)
        asking.addStretch(1)
        formulas.setSpacing(18)
        for formula in self._formulas:
            formulas.addWidget(formula)
        formulas.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading("Gradient check"))
        column.addWidget(self._about)
        column.addLayout(formulas)
        column.addLayout(asking)
        column.addWidget(self._verdict)
        column.addWidget(self._table)
        column.addWidget(self._when)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Typeset the formulas once there is time."""
        self._timer.start(FORMULAS_MS)

    def hideEvent(self, event: QEvent | None) -> None:
        """There is no hurry."""
        self._timer.stop()

    def _typeset(self) -> None:
        for view, formula in zip(self._formulas, (CENTRAL, ERROR), strict=True):
            view.set_theme(self._theme)
            view.set_latex(*formula)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._table.set_theme(theme)
        if self.isVisible():
            self._typeset()
        self._dress()

    def show_light(self, light: Light) -> None:
        """Light up the terms of the formulas."""
        for view in self._formulas:
            view.show_light(light)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how far the run's latest check is, or what it found."""
        state = snapshot.check, is_past(snapshot), snapshot.mistake
        if state == self._shown:
            return
        self._shown = state
        report = snapshot.check
        is_done = report is not None and bool(report.blocks)
        is_open = report is not None and not is_done
        self.button.setEnabled(not is_open)
        self._progress.setText(f"Checking, {100 * report.share_done:.0f} % done" if report and is_open else "")
        for view in (self._table, self._verdict, self._when):
            view.setVisible(is_done)
        if report is not None and is_done:
            self._show_report(report, snapshot)

    def _show_report(self, report: CheckReport, snapshot: Snapshot) -> None:
        self._table.set_rows(len(report.blocks))
        for row, block in enumerate(report.blocks):
            place = f"{block.worst[0] + 1}, {block.worst[1] + 1}"
            values = (significant(value, 4) for value in (block.analytic, block.numeric))
            is_at_corner = block.verdict is Verdict.AT_A_CORNER
            error = NO_ERROR if is_at_corner else significant(block.relative_error, 2)
            self._table.show_row(row, [block.name, error, CELLS[block.verdict], place, *values])
        self._verdict.setText(verdict(report))
        self._when.setText(about_moment(report, snapshot))
        self._dress()

    def _dress(self) -> None:
        report = self._shown[0] if self._shown is not None else None
        is_wrong = report is not None and bool(report.names(Verdict.WRONG))
        colour = self._theme.warning if is_wrong else self._theme.text
        self._verdict.setStyleSheet(f"font-weight: 700; color: {colour};")
