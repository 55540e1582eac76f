"""The head of the page of the spot: which spot, and which data point lies there."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from playground.gui.parts.labels import sentence, set_text
from playground.gui.parts.lit_label import LitLabel
from playground.gui.parts.place_text import point_text
from playground.gui.style import steady
from playground.session.dataset import Dataset
from playground.session.light import Light
from playground.session.looking import Looking
from playground.session.messages import Snapshot
from playground.session.number_text import fixed, significant
from playground.session.worked_example import WorkedExample

NO_SPOT = (
    "Rest the mouse on the plane, or move there with the arrow keys: the whole calculation at that spot stands here, "
    "with the numbers of this moment."
)
FOLLOWS = "Follows the mouse. Choose Probe (I) and click to pin it, near a point to pin it to that point."
TOO_LARGE = "The scores here are too large to be numbers: zoom in, or reset the run."
PIXELS = 1000  # across a plane
X_WIDTH, ABOUT_HEIGHT = 408, 28  # pixels; two lines, so that nothing moves when there is but one to say


class SpotHead(QWidget):
    """x, below it x as the network has it where that is another, and a sentence or two about the spot."""

    lit = pyqtSignal(object)  # Light

    def __init__(self) -> None:
        super().__init__()
        self._snapshot: Snapshot | None = None
        self._is_pinned = False
        self._x, self._scaled, self._about = LitLabel("x"), LitLabel("x"), sentence(NO_SPOT)
        self._about.setMinimumHeight(ABOUT_HEIGHT)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scaled.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for label in (self._x, self._scaled):
            label.lit.connect(self.lit)
            column.addWidget(steady(label, X_WIDTH))
        column.addWidget(self._about)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term."""
        for label in (self._x, self._scaled):
            label.show_light(light)

    def show_looking(self, looking: Looking) -> None:
        """Say whether the probe is pinned."""
        self._is_pinned = looking.pin is not None
        self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say where the probe is in this moment."""
        self._snapshot = snapshot
        self._show()

    def _show(self) -> None:
        example = self._snapshot.example if self._snapshot is not None else None
        self._scaled.setVisible(example is not None and _is_scaled(example))
        if example is None or self._snapshot is None:
            set_text(self._x, "No spot yet")
            set_text(self._about, NO_SPOT)
            return
        set_text(self._x, f"x = {point_text(example.point, _pixel(self._snapshot))}")
        set_text(self._scaled, f"standardised, x = {_pair(tuple(example.x))}")
        if example.softmax is None:
            set_text(self._about, TOO_LARGE)
            return
        parts = [_about_point(example, self._snapshot.dataset)] if example.index is not None else []
        parts.append("Pinned; Esc lets go." if self._is_pinned else "" if parts else FOLLOWS)
        if example.softmax.is_shifted:
            problem = "eᶻ would overflow" if example.softmax.shift > 0 else "Every eᶻ would be 0"
            parts.append(f"{problem}: the largest z, {fixed(example.softmax.shift, 4)}, is taken from each first.")
        set_text(self._about, " ".join(part for part in parts if part))


def _pixel(snapshot: Snapshot) -> tuple[float, float]:
    """About how far two neighbouring pixels of the plane in view are from each other."""
    grid = snapshot.grid
    return (0.0, 0.0) if grid is None else ((grid.right - grid.left) / PIXELS, (grid.top - grid.bottom) / PIXELS)


def _pair(values: tuple[float, ...]) -> str:
    return f"({', '.join(significant(float(value), 4) for value in values)})"


def _is_scaled(example: WorkedExample) -> bool:
    return bool(example.scale.mean.any() or (example.scale.spread != 1).any())


def _about_point(example: WorkedExample, dataset: Dataset) -> str:
    assert example.index is not None
    held_out = ", held out for the test" if example.is_test else ""
    name = dataset.class_name(int(dataset.labels[example.index]))
    return f"Point {example.index + 1} of {dataset.m}, {name}{held_out}."
