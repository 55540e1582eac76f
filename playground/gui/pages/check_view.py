"""The gradient check: what it does, its progress, and for each W and b how far backpropagation is from the truth."""

from PyQt6.QtCore import QEvent, QTimer, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.formula import Formula
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.number_text import significant
from playground.gui.parts.table_cells import Column
from playground.gui.style import heading
from playground.session.inquiries import CheckReport
from playground.session.light import Light
from playground.session.messages import Snapshot

ABOUT = (
    "Is the gradient right? Nudge one parameter by h to both sides: how much J changes tells its derivative, without "
    "backpropagation. The relative error holds all of a W or a b against it, in float64."
)
CENTRAL = (
    r"\frac{\partial J}{\partial \theta_i} \approx \frac{J(\theta_i + h) - J(\theta_i - h)}{2h}",
    "the derivative of J by theta i is about J with h more, minus J with h less, over 2 h",
)
ERROR = (
    r"\frac{\| d\theta_{num} - d\theta \|}{\| d\theta_{num} \| + \| d\theta \|}",
    "the relative error is the norm of the difference of both gradients over the sum of their norms",
)
COLUMNS = (
    Column("", "", 4, align="left"),
    Column("", "error", 7, tip="Relative error of all of its derivatives: rounding leaves about 1e−9, a mistake 1e−2"),
    Column("", "verdict", 7, align="left", tip="Right where the error is no more than 1e−6, or nothing but rounding"),
    Column("", "worst at", 7, tip="Row and column of the entry where the two differ most"),
    Column("", "backprop", 9, tip="The derivative there by backpropagation"),
    Column("", "numeric", 9, tip="The derivative there by central differences"),
)
RIGHT, WRONG = "✓ right", "✗ wrong"
TOLERANCE = 1e-6
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
        self.button.setToolTip("Hold backpropagation against central differences of J, at the present weights")
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
        state = snapshot.check, _is_past(snapshot), snapshot.mistake
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
            error = significant(block.relative_error, 2)
            self._table.show_row(row, [block.name, error, RIGHT if block.is_right else WRONG, place, *values])
        self._verdict.setText(verdict(report))
        self._when.setText(about_moment(report, snapshot))
        self._dress()

    def _dress(self) -> None:
        report = self._shown[0] if self._shown is not None else None
        colour = self._theme.warning if report is not None and not report.is_right else self._theme.text
        self._verdict.setStyleSheet(f"font-weight: 700; color: {colour};")


def verdict(report: CheckReport) -> str:
    """What a check that is done has found, in a sentence."""
    wrong = [block.name for block in report.blocks if not block.is_right]
    if wrong:
        return f"{WRONG[0]} Wrong in {', '.join(wrong)}."
    if all(block.relative_error <= TOLERANCE for block in report.blocks):
        return f"{RIGHT[0]} Backpropagation is right: all errors are below 1e−6."
    return f"{RIGHT[0]} Backpropagation is right: where an error is above 1e−6, the two differ by rounding alone."


def about_moment(report: CheckReport, snapshot: Snapshot) -> str:
    """When the check was made and of what, where that is not plain."""
    examples = "1 example" if report.m == 1 else f"{report.m} examples"
    text = f"Checked at step {report.step} on {examples}"
    text += f", with the mistake “{report.mistake}” planted." if report.mistake else "."
    if report.mistake != snapshot.mistake:
        planted = f"“{snapshot.mistake}” is planted" if snapshot.mistake else "no mistake is planted"
        return f"{text} Now {planted}: check again."
    return f"{text} The run has gone on since." if _is_past(snapshot) else text


def _is_past(snapshot: Snapshot) -> bool:
    """Whether steps have been made since the latest check."""
    return snapshot.check is not None and snapshot.check.step != snapshot.step
