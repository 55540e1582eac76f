"""The row above the plane: what starts and stops training, its readouts, and what opens, saves and undoes."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.parts.buttons import action_button, keep_space_for, menu_button, pass_wheel_on
from playground.gui.parts.labels import set_text, set_tip
from playground.gui.parts.lit_label import LitCell
from playground.gui.style import steady, tabular
from playground.session.light import Light
from playground.session.messages import Snapshot
from playground.session.settings import SPECS, SPEEDS

# name, a text as wide as it gets, what it is
READOUTS = (
    ("step", "000 000", "Updates of the weights in this run"),
    ("epoch", "000 000", "Passes over the training set in this run"),
    ("J train", "0.0e-00", "The cost on the training set at the present weights, penalty included"),
    ("J test", "0.0e-00", "The cost on the held-out points, with the same penalty"),
    ("accuracy", "100.0 %", "The share of training points whose most probable class is their own"),
    ("test acc.", "100.0 %", "The share of held-out points whose most probable class is their own"),
    ("steps/s", "00 000", "Updates a second, over the last half second"),
)
NONE = "–"
J_READOUT = "J train"
CELL_MARGIN = 3  # pixels


class TopBar(QWidget):
    """Buttons for actions, the speed, and a snapshot's numbers."""

    speed_changed = pyqtSignal(str)
    lit = pyqtSignal(object)  # Light

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, QLabel] = {}
        self._speed = self._speed_box()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 4)
        row.setSpacing(4)
        train = action_button(actions["train"], role="primary")
        train.setFixedWidth(98)
        buttons = [train]
        buttons += [
            action_button(actions[name], icon=icon, text=text)
            for name, icon, text in (("step", False, True), ("epoch", False, True), ("reset", True, True))
        ]
        buttons.append(action_button(actions["new_start"], text=False))
        readouts = [self._readout(name, widest, tip) for name, widest, tip in READOUTS]
        self.parts: dict[str, list[QWidget]] = {  # what can be pointed out
            "train": [*buttons],
            "speed": [self._speed],
            "readouts": readouts,
        }
        for widget in (*buttons, self._speed):
            row.addWidget(widget)
        row.addSpacing(1)
        for readout in readouts:
            row.addWidget(readout)
        row.addStretch(1)
        self.lessons_button = menu_button("Lessons", "Seven short guided tours, and your own")
        self.lessons_button.setIconSize(QSize(16, 16))
        self.lessons_button.setFixedWidth(44)
        row.addWidget(self.lessons_button)
        for name in ("undo", "redo", "open", "save", "theme"):
            row.addWidget(action_button(actions[name], text=False))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment's numbers."""
        texts = {
            "step": grouped(snapshot.step),
            "epoch": grouped(int(snapshot.epoch)),
            "J train": cost_text(snapshot.cost) if snapshot.is_finite else "not finite",
            "J test": cost_text(snapshot.test_cost),
            "accuracy": share_text(snapshot.accuracy),
            "test acc.": share_text(snapshot.test_accuracy),
            "steps/s": NONE if snapshot.steps_per_second is None else rate_text(snapshot.steps_per_second),
        }
        for name, text in texts.items():
            set_text(self._values[name], text)

    def show_speed(self, speed: str) -> None:
        """Show the chosen speed."""
        self._speed.setCurrentText(speed)

    def show_light(self, light: Light) -> None:
        """Underline J while it is lit."""
        font = self._values[J_READOUT].font()
        if font.underline() != (light.term == "J"):
            font.setUnderline(light.term == "J")
            self._values[J_READOUT].setFont(font)

    def _speed_box(self) -> QComboBox:
        box = QComboBox()
        box.addItems(list(SPEEDS))
        box.setFixedWidth(118)
        spec = next(spec for spec in SPECS if spec.name == "speed")
        set_tip(box, spec.tip)
        box.setAccessibleName("Speed")
        box.setAccessibleDescription(spec.tip)
        box.textActivated.connect(self.speed_changed)
        keep_space_for(box)
        pass_wheel_on(box)
        return box

    def _readout(self, name: str, widest: str, tip: str) -> QWidget:
        title, value = QLabel(name), QLabel(NONE)
        title.setProperty("role", "muted")
        value.setProperty("role", "value")
        value.setFont(tabular(value.font()))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(name)
        self._values[name] = value
        cell = LitCell("J" if name == J_READOUT else "")
        set_tip(cell, tip)
        column = QVBoxLayout(cell)
        column.setContentsMargins(CELL_MARGIN, 0, CELL_MARGIN, 0)
        column.setSpacing(0)
        column.addWidget(title)
        width = 10 * len(widest) + 4
        column.addWidget(steady(value, width - 2 * CELL_MARGIN))
        cell.setFixedWidth(width)
        cell.lit.connect(self.lit)
        return cell


def cost_text(cost: float | None) -> str:
    """J to four decimals, or by its power of ten."""
    if cost is None:
        return NONE
    if 1e-3 <= cost < 1e5:
        return f"{cost:.4f}" if cost < 100 else f"{cost:.0f}"
    text = f"{cost:.1e}" if cost > 1e-99 or not cost else f"{cost:.0e}"
    return text.replace("e+0", "e").replace("e+", "e")  # for which there is no room


def share_text(share: float | None) -> str:
    """A share in percent; 100 % is said only of all."""
    if share is None:
        return NONE
    percent = min(100 * share, 99.9) if share < 1 else 100
    return f"{percent:.1f} %"


def rate_text(rate: float) -> str:
    """A rate, grouped; with a decimal while it is slow."""
    return f"{rate:.1f}" if rate < 10 else grouped(round(rate))


def grouped(number: int) -> str:
    """A whole number with thin gaps between the thousands, or in millions."""
    if number >= 10**6:
        return f"{number / 10**6:.4g} M"
    return f"{number:,}".replace(",", "\u2009")
