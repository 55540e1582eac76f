"""+s to every z: ŷ stays as it is, and where the naive way of computing it stops being able to."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.pages.desk_parts import take_typed_before, text_button, warn
from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.formula import Formula
from playground.gui.parts.labels import sentence, set_text
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.gui.style import heading
from playground.session.by_hand import TwoWays, shifted, two_ways
from playground.session.digits import MINUS, following, read
from playground.session.grid import Array
from playground.session.light import Light
from playground.session.looking import Desk
from playground.session.number_text import aligned, fixed
from playground.session.softmax_text import POWER_ROOM, SHARE_ROOM, quotient_texts

SUM_DECIMALS = 4
KS = (1, 10, 1000, -1000)
FAILURES = {
    "overflow": "The naive way fails: e to such a power is larger than 1.8e308, the largest number there is room for, "
    "so it counts as ∞. ∞ / ∞ is no number (nan), and anything else over ∞ is 0.",
    "underflow": "The naive way fails: e to such powers is smaller than any number there is room for, so all of them "
    "count as 0, and 0 / 0 is no number (nan).",
    "rounding": "The naive way fails: e to such powers is so small that there is no room for its figures, and ŷ comes "
    "out wrong.",
    "": "Both ways agree. Add 1000, or take it away, and see which of them still works.",
}


class ShiftView(QWidget):
    """Buttons that add s, and the two ways side by side."""

    wished = pyqtSignal(object)  # Desk
    lit = pyqtSignal(object)  # Light

    def __init__(self) -> None:
        super().__init__()
        self._desk = Desk()
        self._theme = LIGHT
        self._failure = ""
        self._has_temperature: bool | None = None
        self._formula = Formula(size=15)
        self._buttons = [self._button(k) for k in KS]
        self._naive, self._stable = NumberTable(), NumberTable()
        self._verdict = sentence()
        for view in (self._formula, self._naive, self._stable):
            view.lit.connect(self.lit)
        self._lay_out()

    def _button(self, k: int) -> QWidget:
        sign = "+" if k > 0 else MINUS
        button = text_button(f"{sign}{abs(k)}", f"Add {k} to every z".replace("-", MINUS))
        button.setAccessibleName(f"Add {k} to every z")
        take_typed_before(button)
        button.clicked.connect(lambda: self.wished.emit(shifted(self._desk, k)))
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(QLabel("s = "))
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        ways = QHBoxLayout()
        ways.setSpacing(18)
        for title, table, share in (("The naive way", self._naive, 170), ("The stable way", self._stable, 128)):
            way = QVBoxLayout()
            way.setSpacing(0)
            way.addWidget(QLabel(title))
            way.addWidget(table)
            ways.addLayout(way, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading("+s to every z"))
        column.addLayout(buttons)
        column.addWidget(self._formula)
        column.addWidget(sentence("ŷ does not change: the factor that s brings stands above and below, and cancels."))
        column.addLayout(ways)
        column.addWidget(self._verdict)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        for view in (self._formula, self._naive, self._stable):
            view.set_theme(theme)
        self._warn()

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in (self._formula, self._naive, self._stable):
            view.show_light(light)

    def in_tab_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return list(self._buttons)

    def show_desk(self, desk: Desk, shown: tuple[str, ...]) -> None:
        """Show the softmax of these scores, which stand so in their fields, computed both ways."""
        self._desk = desk
        self._formula.set_latex(*shift_formula(has_temperature=desk.temperature != 1))
        ways = two_ways(desk.Z, desk.temperature)
        self._set_columns(has_temperature=desk.temperature != 1)
        for table in (self._naive, self._stable):
            table.set_rows(len(desk.Z))
        self._show_ways(ways, [read(z) for z in shown], desk.temperature)
        self._failure = ways.failure
        set_text(self._verdict, FAILURES[ways.failure])
        self._warn()

    def _show_ways(self, ways: TwoWays, Z: list[float], temperature: float) -> None:
        """Show both, with the digits that follow from the scores shown."""
        naive = _columns_of([z / temperature for z in Z], ways.exponentials, ways.total, ways.Y_hat)
        stable = _columns_of(
            [(z - max(Z)) / temperature for z in Z], ways.stable_exponentials, ways.stable_total, ways.stable_Y_hat
        )
        for row in range(len(Z)):
            self._naive.show_row(row, [str(row + 1), *naive[row]], row, row)
            self._stable.show_row(row, stable[row], row, row)
        self._naive.show_foot(["Σ", *naive[-1]])
        self._stable.show_foot(stable[-1])

    def _set_columns(self, *, has_temperature: bool) -> None:
        if has_temperature == self._has_temperature:
            return
        self._has_temperature = has_temperature
        naive, stable = ("e^(z/T)", "exp, shifted") if has_temperature else ("eᶻ", "eᶻ⁻ᵐᵃˣ")
        marker = Column("", "", chars=2, kind="marker", align="left")
        self._naive.set_columns((marker, *_columns(naive, "e to the power of z, or of z / T, as it stands")))
        self._stable.set_columns(_columns(stable, "The same with the largest z taken from each: none is above 1"))

    def _warn(self) -> None:
        is_failing = bool(self._failure)
        warn(self._naive, self._theme, on=is_failing)
        warn(self._verdict, self._theme, on=is_failing)


def shift_formula(*, has_temperature: bool) -> tuple[str, str]:
    """That e to the s cancels, in LaTeX with its terms marked, and its reading."""
    over = "/T" if has_temperature else ""
    z, top, below = (f"{part}{over}" for part in ("z", "z_j", "z_k"))
    plus_s = tuple(rf"({part} + s){over}" if over else f"{part} + s" for part in ("z_j", "z_k"))
    return (
        rf"\frac{{e^{{{plus_s[0]}}}}}{{\sum_k e^{{{plus_s[1]}}}}} = "
        rf"\frac{{e^{{s{over}}} e^{{{top}}}}}{{e^{{s{over}}} \sum_k e^{{{below}}}}} = "
        rf"\frac{{\term{{exp}}{{e^{{{top}}}}}}}{{\term{{sum}}{{\sum_k e^{{{below}}}}}}} = \term{{y_hat}}{{\hat y_j}}",
        f"With s added, e to the {z} and the sum of those are both e to the s{over} times as large, which cancels: "
        "y hat j is as before",
    )


def _columns(title: str, tip: str) -> tuple[Column, Column]:
    return (
        Column("exp", title, chars=POWER_ROOM, foot_term="sum", tip=tip),
        Column("y_hat", "over Σ", chars=SHARE_ROOM, tip="ŷ: each divided by their sum"),
    )


def _columns_of(exponents: list[float], exponentials: Array, total: float, Y_hat: Array) -> list[tuple[str, str]]:
    """The cells of a way, row by row, and its foot."""
    powers, sigma, shares = quotient_texts(exponents, exponentials, total, Y_hat)
    of_all = following(fixed, float(Y_hat.sum()), sum(read(share) for share in shares), SUM_DECIMALS)
    return list(zip(aligned([*powers, sigma], POWER_ROOM), (*shares, of_all), strict=True))
