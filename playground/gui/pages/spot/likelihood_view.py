"""Maximum likelihood: the probabilities of the training points' classes multiplied, their logarithms added, J."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from playground.gui.pages.spot.sections import section
from playground.gui.palette import Theme
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import sentence, set_text
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.session.light import Light
from playground.session.why_log import Likelihood
from playground.session.why_log_numbers import likelihood_numbers

FORMULA = (
    r"\prod_{i=1}^m \term{y_hat}{\hat y_y^{(i)}} , \qquad "
    r"-\log \prod_{i=1}^m \term{y_hat}{\hat y_y^{(i)}} = -\sum_{i=1}^m \log \term{y_hat}{\hat y_y^{(i)}} = "
    r"\sum_{i=1}^m \term{L}{L^{(i)}} , \qquad \term{J}{J} = \frac{1}{m} \sum_{i=1}^m \term{L}{L^{(i)}}",
    "the product of the y hat of y of all m points; minus its log is the sum of minus log y hat of y; J is the mean of "
    "those losses",
)
COLUMNS = (
    Column("y_hat", "∏ ŷ", chars=14, tip="The ŷ of each training point's own class, multiplied: the likelihood"),
    Column("L", "Σ −log ŷ = Σ L", chars=14, tip="Their losses added: minus the logarithm of the product"),
    Column("", "m", chars=7, tip="How many training points there are"),
    Column("J", "1/m Σ L", chars=12, tip="The mean of the losses: J, but for a penalty"),
)
WHAT = (
    "The likelihood of the labels is the product of what the network gave each training point's own class. Learning by "
    "maximum likelihood makes it as large as can be. Such a product is soon too small to be a number; its logarithm is "
    "a sum, and minus that sum over m is J: to make J small is to make the likelihood large."
)
NO_POINTS = "There are no training points, or their scores are no numbers, so there is no likelihood."
WITH_PENALTY = "With the penalty on large weights, {penalty}, J is {cost}."
NO_PENALTY = "There is no penalty on weights, so this is J."


class LikelihoodView(QWidget):
    """A formula, its numbers, and what they mean."""

    lit = pyqtSignal(object)  # Light

    def __init__(self) -> None:
        super().__init__()
        self._formula, self._table = Formula(), NumberTable()
        self._table.set_columns(COLUMNS)
        self._table.set_rows(1)
        self._about, self._penalty = sentence(WHAT), sentence()
        for view in (self._formula, self._table):
            view.lit.connect(self.lit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section("Maximum likelihood", self._about, self._formula, self._table, self._penalty))

    def typeset(self) -> None:
        """Have the formula, which the window opens without."""
        self._formula.set_latex(*FORMULA)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._formula.set_theme(theme)
        self._table.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up the terms."""
        self._formula.show_light(light)
        self._table.show_light(light)

    def show_likelihood(self, likelihood: Likelihood | None) -> None:
        """Show the numbers of this moment."""
        if likelihood is None:
            self._table.show_row(0, ["–"] * len(COLUMNS))
            set_text(self._penalty, NO_POINTS)
            return
        numbers = likelihood_numbers(likelihood)
        self._table.show_row(0, [numbers.product, numbers.total, numbers.m, numbers.mean])
        set_text(
            self._penalty,
            WITH_PENALTY.format(penalty=numbers.penalty, cost=numbers.cost) if numbers.penalty else NO_PENALTY,
        )
