"""One stage of a step: its name, what happens there, its formulas, its matrices, and what a cell of them holds."""

from dataclasses import replace

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from playground.gui.pages.plates import Plates
from playground.gui.pages.stage_facts import facts, remark
from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.flow import Flow
from playground.gui.parts.formula import SIZE, Formula
from playground.gui.parts.typesetting import typeset
from playground.gui.style import tabular
from playground.session.light import Light
from playground.session.rehearsal import Rehearsal
from playground.session.stages.stage_formulas import StageFormula, formulas, is_spoilt, planted
from playground.session.stages.stage_matrices import matrices
from playground.session.stages.stage_texts import about
from playground.session.stages.stages import stages

MOST_FORMULAS = 3
AHEAD_MS = 60  # after a stage is shown, before the formulas of its neighbours are typeset, one at a time
NO_CELL = "Blue above 0, orange below. Point at a cell to read it, or Tab to it."


class StageView(QWidget):
    """Shows a stage of a rehearsed step; typesets the stages beside it while there is nothing else to do."""

    lit = pyqtSignal(object)  # Light

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._formulas_shown: tuple[StageFormula, ...] = ()
        self._about, self._warning, self._facts, self._remark, self._readout = (QLabel() for _ in range(5))
        self._formulas = tuple(Formula() for _ in range(MOST_FORMULAS))
        self._flow = Flow(self._formulas)
        self._plates = Plates()
        self._ahead: list[StageFormula] = []
        self._timer = QTimer(self)
        self._timer.setInterval(AHEAD_MS)
        self._timer.timeout.connect(self._typeset_one)
        for view in self._views():
            view.lit.connect(self.lit)
        self._plates.read.connect(lambda text: self._readout.setText(text or NO_CELL))
        self._readout.setText(NO_CELL)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for label in (self._about, self._warning, self._facts, self._remark, self._readout):
            label.setWordWrap(True)
        for label in (self._remark, self._readout):
            label.setProperty("role", "muted")
        for label in (self._facts, self._readout):
            label.setFont(tabular(label.font()))
        column.addWidget(self._about)
        column.addWidget(self._warning)
        column.addWidget(self._flow)
        column.addWidget(self._facts)
        column.addWidget(self._readout)  # above the matrices, where it is in view with the first and with the last
        column.addWidget(self._plates)
        column.addWidget(self._remark)

    def _views(self) -> tuple[Formula | Plates, ...]:
        return *self._formulas, self._plates

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._warning.setStyleSheet(f"color: {theme.warning}; font-weight: 700;")
        self._plates.set_theme(theme)
        if self.isVisible():
            self._show_formulas()

    def show_light(self, light: Light) -> None:
        """Light up the terms of the formulas and the names of the matrices."""
        for view in self._views():
            view.show_light(light)

    def show_stage(self, rehearsal: Rehearsal, place: int, mistake: str | None, styles: tuple[int, ...]) -> None:
        """Show the stage at a place in the order; ``styles`` are the classes' markers."""
        names = stages(len(rehearsal.sizes) - 1)
        stage = names[place]
        spoilt = is_spoilt(rehearsal, stage, mistake)
        self._about.setText(about(stage, rehearsal))
        _show(self._warning, f"Planted mistake: {planted(mistake)}" if mistake and spoilt else "")
        self._formulas_shown = formulas(rehearsal, stage, mistake)
        self._show_formulas()
        _show(self._facts, facts(rehearsal, stage))
        self._plates.show_rows(matrices(rehearsal, stage, mistake), styles)
        _show(self._remark, remark(rehearsal, stage))
        beside = [names[other] for other in (place + 1, place - 1) if 0 <= other < len(names)]
        self._ahead = [formula for name in beside for formula in formulas(rehearsal, name, mistake)]
        self._timer.start()

    def _show_formulas(self) -> None:
        for number, view in enumerate(self._formulas):
            view.setVisible(number < len(self._formulas_shown))
            if number < len(self._formulas_shown):
                formula = self._formulas_shown[number]
                view.set_theme(self._theme_of(formula))
                view.set_latex(formula.latex, formula.spoken)
        self._flow.lay_out()

    def _theme_of(self, formula: StageFormula) -> Theme:
        return warned(self._theme) if formula.is_mistaken else self._theme

    @property
    def is_typesetting(self) -> bool:
        """Whether formulas that may be wanted next are still to be typeset."""
        return self._timer.isActive()

    def _typeset_one(self) -> None:
        """Have one formula ready that may be wanted next, since the first time takes longer than a frame."""
        if not self._ahead or not self.isVisible():
            self._timer.stop()
            return
        formula = self._ahead.pop(0)
        typeset(formula.latex, SIZE, self._theme_of(formula).text)


def warned(theme: Theme) -> Theme:
    """The theme with its warning's colour for text."""
    return replace(theme, text=theme.warning)


def _show(label: QLabel, text: str) -> None:
    """Show a text, or nothing where there is none."""
    label.setText(text)
    label.setVisible(bool(text))
