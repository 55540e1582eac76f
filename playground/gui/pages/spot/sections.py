"""What the views of the spot are put together from: widgets below a heading, and titles with the number of y."""

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from playground.gui.parts.table_cells import Column
from playground.gui.style import heading

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def section(title: str, *widgets: QWidget) -> QWidget:
    """Widgets below one another, under a heading if there is a title."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    if title:
        column.addWidget(heading(title))
    for widget in widgets:
        column.addWidget(widget)
    return holder


def subscript(label: int) -> str:
    """The number of a class as an index: ₁."""
    return str(label + 1).translate(SUBSCRIPTS)


def for_class(columns: Sequence[Column], label: int) -> tuple[Column, ...]:
    """The columns with the number of a class where their titles have {y}."""
    return tuple(replace(column, title=column.title.replace("{y}", subscript(label))) for column in columns)
