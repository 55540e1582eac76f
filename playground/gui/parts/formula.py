"""A typeset formula whose terms light up, and say so when the mouse rests on them."""

import math
from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.gui.palette import LIGHT, Theme, lit_ground
from playground.gui.parts.lit_label import LitParts
from playground.gui.parts.typesetting import Term, Typeset, typeset
from playground.session.light import UNLIT, Light

SIZE = 16.0  # pixels of the font, whose small letters are then as tall as those of 12 pixel labels
NARROWEST = 60  # pixels; no formula can be read below that
REACH = 2.0  # pixels round a term that still belong to it, and that its light covers
ROUNDING = 4.0


def prepare(formulas: Sequence[str], theme: Theme) -> None:
    """Typeset these, one a turn of the event loop, so that the first look at them does not stall the window."""
    if formulas:
        typeset(formulas[0], SIZE, theme.text)
        QTimer.singleShot(0, lambda: prepare(formulas[1:], theme))


class Formula(LitParts):
    """A formula in the theme's colours, scaled down where there is no room for it."""

    def __init__(self, parent: QWidget | None = None, size: float = SIZE) -> None:
        super().__init__(parent)
        self._size = size
        self._theme = LIGHT
        self._latex = ""
        self._typeset: Typeset | None = None
        self._light = UNLIT
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_latex(self, latex: str, spoken: str) -> None:
        r"""Show this formula, with its reading in plain words; the same one again costs nothing.

        ``\term{name}{...}`` or ``\term{name:label}{...}`` marks what lights up. Raises ValueError for a broken mark.
        """
        self.setAccessibleName(spoken)
        if latex == self._latex:
            return
        self._latex = latex
        self._set()

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        if theme != self._theme:
            self._theme = theme
            self._set()

    def show_light(self, light: Light) -> None:
        """Light up the terms of that name, and of that class where both have one."""
        if light != self._light:
            self._light = light
            self.update()

    def _set(self) -> None:
        self._typeset = typeset(self._latex, self._size, self._theme.text) if self._latex else None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the formula is by itself."""
        if self._typeset is None:
            return QSize(0, 0)
        return QSize(math.ceil(self._typeset.width), math.ceil(self._typeset.height))

    def minimumSizeHint(self) -> QSize:
        """Narrower than the formula, which is then scaled down."""
        width = min(NARROWEST, self.sizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """The height of the formula scaled to a width."""
        if self._typeset is None:
            return 0
        return math.ceil(self._typeset.height * min(1.0, width / self._typeset.width))

    def _scale(self) -> float:
        if self._typeset is None:
            return 1.0
        return min(1.0, self.width() / self._typeset.width, self.height() / self._typeset.height)

    def _top(self) -> float:
        height = 0.0 if self._typeset is None else self._typeset.height
        return (self.height() - self._scale() * height) / 2

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The lights, and the formula on them."""
        if self._typeset is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, self._top())
        painter.scale(self._scale(), self._scale())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(lit_ground(self._theme)))
        for term in self._typeset.terms:
            if _is_lit(term, self._light):
                painter.drawRoundedRect(_reach(term), ROUNDING, ROUNDING)
        self._typeset.picture.render(painter, QRectF(0, 0, self._typeset.width, self._typeset.height))
        painter.end()

    def _light_at(self, position: QPointF) -> Light:
        """What the innermost term there stands for: the smallest one, as terms lie whole inside each other."""
        spot = QPointF(position.x(), position.y() - self._top()) / self._scale()
        found = [term for term in self._typeset.terms if _reach(term).contains(spot)] if self._typeset else []
        if not found:
            return UNLIT
        return min(reversed(found), key=lambda term: term.box.width() * term.box.height()).light


def beside(formula: Formula, *others: QWidget) -> QHBoxLayout:
    """A formula with what belongs behind it."""
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(formula)
    for other in others:
        row.addWidget(other)
    row.addStretch(1)
    return row


def apart(first: Formula, second: Formula) -> QHBoxLayout:
    """Two formulas at the ends of a row."""
    row = QHBoxLayout()
    row.addWidget(first)
    row.addStretch(1)
    row.addWidget(second)
    return row


def _reach(term: Term) -> QRectF:
    return term.box.adjusted(-REACH, -REACH, REACH, REACH)


def _is_lit(term: Term, light: Light) -> bool:
    """Whether a term shows what is lit.

    A term that stands for every class is lit with any of them; one of a single class only with that one. A class
    without a term lights whatever stands for it.
    """
    if light.term == "":
        return light.label is not None and term.light.label == light.label
    return term.light.term == light.term and term.light.label in (None, light.label)
