"""How the losses add up to J: each term of the formula with its number of this moment under it."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.gui.palette import Theme
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import set_text
from playground.gui.parts.lit_label import LitLabel
from playground.gui.style import tabular
from playground.session.digits import TIMES
from playground.session.light import Light
from playground.session.number_text import significant, widest_significant

FIGURES = 5
LEAST_DECIMALS = 4  # below 100, as in the readout of J
NONE = "–"
MEAN = (r"\frac{1}{m} \sum_{i=1}^m \term{L}{L^{(i)}}", "the mean of the losses")
PLUS, EQUALS = ("+", "plus"), ("=", "is")
PENALTY = (
    r"\frac{\lambda}{2m} \sum_l \|W^{[l]}\|^2",
    "the penalty, lambda over 2 m times the sum of all squared weights",
)
COST = (r"\term{J}{J}", "J")
PARTS = (MEAN, PLUS, PENALTY, EQUALS, COST)
PENALTY_PARTS = (1, 2)  # the places of the penalty and its plus
TERMS = {0: "L", 4: "J"}


class CostSum(QWidget):
    """The mean of the losses, plus the penalty where there is one, is J."""

    lit = pyqtSignal(object)  # Light

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formulas = [Formula() for _ in PARTS]
        self._numbers = [
            LitLabel(TERMS[place], NONE) if place in TERMS else QLabel(sign if place % 2 else NONE)
            for place, (sign, _) in enumerate(PARTS)
        ]
        self._examples = QLabel()
        self._examples.setProperty("role", "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        middle = Qt.AlignmentFlag.AlignCenter
        for place, (formula, number) in enumerate(zip(self._formulas, self._numbers, strict=True)):
            formula.lit.connect(self.lit)
            self._set_up_number(place, number)
            grid.addWidget(formula, 0, place, middle)
            grid.addWidget(number, 1, place, middle)
        grid.setColumnStretch(len(PARTS), 1)
        grid.addWidget(self._examples, 1, len(PARTS), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _set_up_number(self, place: int, number: QLabel) -> None:
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if place % 2:  # a sign
            number.setProperty("role", "muted")
            return
        number.setFont(tabular(number.font()))
        number.setProperty("role", "strong")
        # of a fixed size, so that a new number does not lay the page out anew
        number.ensurePolished()
        number.setFixedSize(
            widest_significant(FIGURES) * number.fontMetrics().horizontalAdvance("0"), number.sizeHint().height()
        )
        if isinstance(number, LitLabel):
            number.lit.connect(self.lit)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Typeset the formulas, which the window opens without."""
        for formula, part in zip(self._formulas, PARTS, strict=True):
            formula.set_latex(*part)
        super().showEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        for formula in self._formulas:
            formula.set_theme(theme)

    def show_sum(self, mean_loss: float, penalty: float, cost: float | None, m: int) -> None:
        """Show the summands and J of m examples; J is unknown where it was not finite."""
        for place in PENALTY_PARTS:
            self._formulas[place].setVisible(penalty > 0)
            self._numbers[place].setVisible(penalty > 0)
        texts = sum_texts(mean_loss, penalty, cost)
        for place, text in zip((0, 2, 4), texts, strict=True):
            set_text(self._numbers[place], text)
        set_text(self._examples, f"m = {m}")

    def show_light(self, light: Light) -> None:
        """Light up the terms of that name, and underline their numbers."""
        for formula in self._formulas:
            formula.show_light(light)
        for number in self._numbers:
            if isinstance(number, LitLabel):
                number.show_light(light)


def sum_texts(mean_loss: float, penalty: float, cost: float | None) -> tuple[str, str, str]:
    """The mean loss, the penalty and J to the same decimals, those of J to five figures, so that they add up."""
    total = NONE if cost is None else significant(cost, FIGURES)
    if cost is None or TIMES in total:
        return significant(mean_loss, FIGURES), significant(penalty, FIGURES), total
    decimals = len(total.partition(".")[2])
    if cost < 100:
        decimals = max(decimals, LEAST_DECIMALS)
    return f"{mean_loss:.{decimals}f}", f"{penalty:.{decimals}f}", f"{cost:.{decimals}f}"
