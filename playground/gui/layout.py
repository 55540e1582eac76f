"""Where each view stands in the window."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from playground.gui.style import card

PLANE_HEIGHT, COST_HEIGHT = 610, 190
MIDDLE_WIDTH, RIGHT_WIDTH = 726, 450


def lay_out(
    top_bar: QWidget,
    controls: QWidget,
    lesson: QWidget,
    plane: QWidget,
    cost_plot: QWidget,
    explanations: QWidget,
) -> tuple[QWidget, dict[str, QSplitter]]:
    """The central widget, and its splitters by the names that their states are remembered under."""
    column = _splitter(Qt.Orientation.Vertical, [card(plane), card(cost_plot)], [PLANE_HEIGHT, COST_HEIGHT])
    middle = QWidget()
    below_lesson = QVBoxLayout(middle)
    below_lesson.setContentsMargins(0, 0, 0, 0)
    below_lesson.setSpacing(6)
    below_lesson.addWidget(lesson)
    below_lesson.addWidget(column, 1)
    row = _splitter(Qt.Orientation.Horizontal, [middle, explanations], [MIDDLE_WIDTH, RIGHT_WIDTH])
    body = QHBoxLayout()
    body.setSpacing(0)
    body.addWidget(controls)
    body.addWidget(row, 1)
    central = QWidget()
    whole = QVBoxLayout(central)
    whole.setContentsMargins(0, 0, 0, 8)
    whole.setSpacing(0)
    whole.addWidget(top_bar)
    whole.addLayout(body, 1)
    return central, {"row": row, "column": column}


def _splitter(orientation: Qt.Orientation, parts: list[QWidget], sizes: list[int]) -> QSplitter:
    splitter = QSplitter(orientation)
    for part in parts:
        splitter.addWidget(part)
    splitter.setSizes(sizes)
    splitter.setStretchFactor(0, 1)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(8)
    return splitter
