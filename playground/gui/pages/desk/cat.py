"""The picture that the desk's second card is about, how sure the network is of it, and whether that is good."""

from functools import lru_cache

from PyQt6.QtCore import QByteArray, QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.pages.desk_parts import warn
from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.labels import set_text
from playground.gui.parts.markers import marker_pixmap
from playground.resources import asset
from playground.session.loss_card import CAT, verdict

SIZE, RATIO = 48, 2.0  # pixels, and the screen's pixels in one
INK = "INK"  # in the drawing, for the theme's text
POOR = 0.5  # below this ŷ the verdict is in the warning colour
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Certainty(QWidget):
    """A cat, or the mark of another class, beside two sentences: what the picture is, and how sure the network is."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._label: int | None = None
        self._share = 0.0
        self._picture, self._truth, self._verdict = QLabel(), QLabel(), QLabel()
        self._picture.setFixedSize(SIZE, SIZE)
        self._verdict.setProperty("role", "strong")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self._truth, self._verdict):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(words, 1)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._draw()
        self._dress()

    def show_answer(self, label: int, share: float) -> None:
        """The picture is of this class, and the network gives it this probability."""
        self._share = share
        if label != self._label:
            self._label = label
            self._draw()
        set_text(self._truth, about_picture(label))
        set_text(self._verdict, about_share(share))
        self._dress()

    def _draw(self) -> None:
        if self._label is None:
            return
        is_cat = self._label == CAT
        made = cat_pixmap(self._theme) if is_cat else marker_pixmap(self._label, self._theme, SIZE, RATIO)
        self._picture.setPixmap(made)
        self._picture.setAccessibleName(about_picture(self._label))

    def _dress(self) -> None:
        warn(self._verdict, self._theme, on=self._share < POOR)


def about_picture(label: int) -> str:
    """What the picture is."""
    what = "a cat" if label == CAT else f"of class {label + 1}"
    return f"The picture is {what}: y{_subscript(label)} = 1, and every other y is 0."


def about_share(share: float) -> str:
    """How sure the network is of it, and what that is worth."""
    return f"The network is {100 * share:.6g} % certain: {verdict(share)}."


def _subscript(label: int) -> str:
    return str(label + 1).translate(SUBSCRIPTS)


@lru_cache(maxsize=2)
def cat_pixmap(theme: Theme) -> QPixmap:
    """The cat, its lines in the theme's ink."""
    drawing = asset("icons/cat.svg").read_text(encoding="utf-8").replace(INK, theme.text)
    pixmap = QPixmap(QSize(SIZE, SIZE) * RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(RATIO)
    return pixmap
