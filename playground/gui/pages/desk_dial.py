"""The soft-to-hard dial: softmax(z / T) from hardmax to uniform, and as a lens over the plane."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT, Theme, lit_ground
from playground.gui.parts.buttons import keep_space_for
from playground.gui.parts.labels import sentence, set_text, set_tip
from playground.gui.setting_widgets import NumberWidget
from playground.gui.style import heading
from playground.session.looking import TEMPERATURE, Desk, Looking
from playground.session.softmax_table import softmax_table

SURE, EVEN = 0.999, 0.01  # from which share a winner takes all, and how far apart shares count as equal
UNTOUCHED = "Borders stay where they are and the run is untouched; only how sure each region looks changes."
LENS_TIP = "Show the plane's probabilities at this T as well. " + UNTOUCHED


class TemperatureDial(QWidget):
    """A slider for T with its field, what T does at this moment, and the tick box for the lens."""

    temperature_wished = pyqtSignal(object)  # float
    lens_wished = pyqtSignal(bool)
    rejected = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._dial = NumberWidget(TEMPERATURE)
        self._dial.changed.connect(self.temperature_wished)
        self._dial.rejected.connect(self.rejected)
        self._about = sentence()
        self._box = QCheckBox("Also over the plane")
        set_tip(self._box, LENS_TIP)
        self._box.setAccessibleDescription(LENS_TIP)
        self._box.clicked.connect(self.lens_wished)
        keep_space_for(self._box)
        self._lens = QLabel()
        self._lens.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (heading("From hard to soft"), self._dial, self._about, self._box, self._lens):
            column.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self._dress()

    def show_desk(self, looking: Looking, *, is_on: bool) -> None:
        """Show the temperature, and whether the plane is seen through it."""
        self._dial.show_value(looking.desk.temperature)
        set_text(self._about, about_temperature(looking.desk))
        self._box.setChecked(is_on)
        set_text(self._lens, about_lens(looking.temperature) if is_on else "")
        self._lens.setVisible(is_on)
        self._dress()

    def in_tab_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [*self._dial.findChildren(QSlider), *self._dial.findChildren(QLineEdit), self._box]

    def _dress(self) -> None:
        sheet = f"background: {lit_ground(self._theme)}; border-radius: 4px; padding: 4px 6px;"
        if self._lens.styleSheet() != sheet:
            self._lens.setStyleSheet(sheet)


def about_temperature(desk: Desk) -> str:
    """What the desk's temperature does to its scores."""
    written = TEMPERATURE.write(desk.temperature)
    Y_hat = softmax_table(desk.Z, temperature=desk.temperature).Y_hat
    if desk.temperature == 1:
        return (
            "T = 1 is the softmax itself, which is named against hardmax: a smaller T makes it harder, a larger one "
            "softer. Hardmax, the column hard, gives all to the largest score."
        )
    if Y_hat.max() > SURE:
        return f"T = {written}: the winner takes all, as good as hardmax."
    if Y_hat.max() - Y_hat.min() < EVEN:
        return f"T = {written}: all classes are nearly equal, 1/C = {1 / Y_hat.size:.4g} each."
    way = "harder" if desk.temperature < 1 else "softer"
    return (
        f"T = {written}: each z is divided by T first, which makes the softmax {way}; the order of the classes stays."
    )


def about_lens(temperature: float) -> str:
    """What the lens does to the plane."""
    if temperature == 1:
        return "The lens is on, at T = 1: the plane looks as it does without it. Turn T to see it change."
    return f"The plane is seen through T = {TEMPERATURE.write(temperature)}. {UNTOUCHED}"
