"""The page on which a softmax and its loss are done by hand."""

from dataclasses import replace
from itertools import pairwise

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from playground.gui.pages.desk_dial import TemperatureDial
from playground.gui.pages.desk_loss import LossCard
from playground.gui.pages.desk_scores import ScoreCard
from playground.gui.pages.desk_shift import ShiftView
from playground.gui.pages.page import Page
from playground.gui.palette import Theme
from playground.session.by_hand import is_lens_on
from playground.session.light import Light
from playground.session.looking import NO_LENS, Desk, Looking


class DeskPage(Page):
    """Scores, their softmax, its temperature and a shift on the first card; probabilities and their loss below.

    Nothing is shown before the page is looked at: typesetting takes longer than the window may take to open.
    """

    desk_changed = pyqtSignal(object)  # Desk
    lens_changed = pyqtSignal(float)  # the temperature that the plane is seen through; 1 takes the lens away
    rejected = pyqtSignal(str)  # a sentence for the user

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looking = Looking()
        self._shown: tuple[Desk, float] | None = None
        self._scores, self._dial, self._shift, self._loss = ScoreCard(), TemperatureDial(), ShiftView(), LossCard()
        for card in (self._scores, self._shift, self._loss):
            card.wished.connect(self._wish)
            card.lit.connect(self.lit)
        for taker in (self._scores, self._dial, self._loss):
            taker.rejected.connect(self.rejected)
        self._dial.temperature_wished.connect(self._wish_temperature)
        self._dial.lens_wished.connect(self._wish_lens)
        self._scores.loss_wanted.connect(self._go_to_loss)
        self._rule = QFrame()
        self._rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 8, 7, 8)
        column.setSpacing(12)
        for part in (self._scores, self._dial, self._shift, self._rule, self._loss):
            column.addWidget(part)
        column.addStretch(1)
        self.set_theme(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        self._rule.setStyleSheet(f"background: {theme.line};")
        for view in (self._scores, self._dial, self._shift, self._loss):
            view.set_theme(theme)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for card in (self._scores, self._shift, self._loss):
            card.show_light(light)

    def parts(self) -> dict[str, list[QWidget]]:
        """What can be pointed out on it."""
        return {
            "scores": [self._scores],
            "temperature": [self._dial],
            "shift": [self._shift],
            "cat": [self._loss],
        }

    def showEvent(self, event: QShowEvent | None) -> None:
        """Show what has changed while the page was out of sight."""
        super().showEvent(event)
        self._show()

    def show_looking(self, looking: Looking) -> None:
        """Show the desk, and whether the plane is seen through its temperature."""
        self._looking = looking
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        desk, looking = self._looking.desk, self._looking
        if self._shown == (desk, looking.temperature):
            return
        has_other_rows = self._shown is None or _counts(desk) != _counts(self._shown[0])
        self._shown = desk, looking.temperature
        self._dial.show_desk(looking, is_on=is_lens_on(looking))
        self._scores.show_desk(desk)
        self._shift.show_desk(desk, self._scores.shown())
        self._loss.show_desk(desk)
        if has_other_rows:
            self._set_tab_order()

    def _set_tab_order(self) -> None:
        order = [
            widget
            for view in (self._scores, self._dial, self._shift, self._loss)
            for widget in view.in_tab_order()
        ]  # fmt: skip
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _go_to_loss(self) -> None:
        """Bring the card of the loss to the top, and the keys into it, if they were in the other card."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        bar = area.verticalScrollBar() if isinstance(area, QScrollArea) else None
        if bar is not None:
            bar.setValue(self._loss.y())
        focused = QApplication.focusWidget()
        if focused is not None and self._scores.isAncestorOf(focused):
            self._loss.in_tab_order()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _wish(self, desk: Desk) -> None:
        """Ask for another desk, and for a lens of its temperature while there is one."""
        is_on = is_lens_on(self._looking)
        has_other_temperature = desk.temperature != self._looking.desk.temperature
        self.desk_changed.emit(replace(desk, is_lens=is_on))
        if is_on and has_other_temperature:
            self.lens_changed.emit(desk.temperature)

    def _wish_temperature(self, temperature: float) -> None:
        self._wish(replace(self._looking.desk, temperature=temperature))

    def _wish_lens(self, on: bool) -> None:
        desk = replace(self._looking.desk, is_lens=on)
        self.desk_changed.emit(desk)
        self.lens_changed.emit(desk.temperature if on else NO_LENS)


def _counts(desk: Desk) -> tuple[int, int]:
    return len(desk.Z), len(desk.Y_hat)
