"""What a reader sees of a window, off its widgets: labels, tables, matrices cell by cell; and how exact it is."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.parts.formula import Formula
from playground.gui.parts.matrix_picture import MatrixPicture
from playground.gui.parts.number_table import NumberTable
from tests.gui.hands import delete_the_dying
from tests.shown_numbers import in_parts

Key = Qt.Key
ROUNDING = 2e-6  # what float32 leaves of a sum, as a share of its largest summand


@dataclass(frozen=True)
class Reading:
    """A number as it can be read: it lies somewhere from ``low`` to ``high``."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def doubt(self) -> float:
        return (self.high - self.low) / 2

    def __add__(self, other: "Reading | float") -> "Reading":
        other = exactly(other)
        return Reading(self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Reading":
        return Reading(-self.high, -self.low)

    def __sub__(self, other: "Reading | float") -> "Reading":
        return self + -exactly(other)

    def __mul__(self, other: "Reading | float") -> "Reading":
        other = exactly(other)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Reading(min(ends), max(ends))

    def __truediv__(self, other: "Reading | float") -> "Reading":
        other = exactly(other)
        assert other.low > 0
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Reading(min(ends), max(ends))

    def by(self, rising: Callable[[float], float]) -> "Reading":
        """A function that only rises, of this."""
        return Reading(rising(self.low), rising(self.high))

    def agrees_with(self, other: "Reading") -> bool:
        """Whether both may be the same number, float32's rounding allowed for."""
        slack = ROUNDING * max(1.0, abs(self.middle))
        return self.low - slack <= other.high and other.low <= self.high + slack


def exactly(value: "Reading | float") -> Reading:
    return value if isinstance(value, Reading) else Reading(value, value)


def total(readings: list[Reading]) -> Reading:
    return Reading(math.fsum(each.low for each in readings), math.fsum(each.high for each in readings))


def reading(text: str) -> Reading:
    """A number's text, half a unit of its last digit to either side."""
    mantissa, exponent = in_parts(text)
    half = 0.5 * 10.0 ** (exponent - len(mantissa.partition(".")[2]))
    plain = f"{mantissa}e{exponent}"
    is_exact = mantissa == "0"  # which is written so for nothing but 0, of an integer, or of a probability's y
    return Reading(float(plain) - half * (not is_exact), float(plain) + half * (not is_exact))


def read_tip(tip: str) -> str:
    """A tip as it is read: its lines, and without what keeps Qt from taking a name for markup."""
    return tip.replace("\n", " ").replace("\u2060", "")


class Eyes:
    """A reader of one page, or of a part of it, with keys to move a matrix's cursor."""

    def __init__(self, page: QWidget, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot

    def seen(self, kind: type[Any]) -> list[Any]:
        delete_the_dying()
        return [widget for widget in self.page.findChildren(kind) if widget.isVisibleTo(self.page)]

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.seen(QLabel) if label.text())

    def formulas(self) -> list[str]:
        """The readings of the formulas."""
        return [formula.accessibleName() for formula in self.seen(Formula) if formula.accessibleName()]

    def formula(self, start: str) -> Formula:
        (found,) = (each for each in self.seen(Formula) if each.accessibleName().startswith(start))
        assert isinstance(found, Formula)
        return found

    def column(self, title: str, table: int = 0) -> list[str]:
        """The texts under a title of a table, foot included, by where they stand on the screen."""
        owner: NumberTable = self.seen(NumberTable)[table]
        kind = Qt.FindChildOption.FindDirectChildrenOnly
        labels = [label for label in owner.findChildren(QLabel, options=kind) if label.isVisibleTo(owner)]
        (head,) = (label for label in labels if label.text() == title)
        below = [label for label in labels if label.y() > head.y() and abs(label.x() - head.x()) <= 1 and label.text()]
        return [label.text() for label in sorted(below, key=QWidget.y)]

    # -- matrices -----------------------------------------------------------------------------------------------------

    def pictures(self) -> dict[str, MatrixPicture]:
        """The matrices by their names, as W[1]."""
        return {picture.accessibleName().partition(",")[0]: picture for picture in self.seen(MatrixPicture)}

    def matrix(self, name: str, most_columns: int = 20) -> list[list[str]]:
        """Every cell of a matrix as it is read out, the cursor moved by keys from one to the next."""
        picture = self.pictures()[name]
        rows, columns = map(int, re.findall(r"\d+", picture.accessibleName().rpartition(",")[2]))
        heard: list[str] = []
        picture.read.connect(heard.append)
        picture.setFocus()
        for _ in range(rows):
            self.qtbot.keyClick(picture, Key.Key_Up)
        cells: list[list[str]] = []
        for row in range(rows):
            self.qtbot.keyClick(picture, Key.Key_Home)
            cells.append([])
            for column in range(min(columns, most_columns)):
                text = heard[-1] if heard else picture.accessibleDescription()
                assert text in self.texts(), "what is read out stands on the page"
                start, _, value = text.rpartition(" = ")
                assert start == f"{name} row {row + 1}, column {column + 1}"
                cells[-1].append(value)
                self.qtbot.keyClick(picture, Key.Key_Right)
            self.qtbot.keyClick(picture, Key.Key_Down)
        picture.read.disconnect(heard.append)
        return cells

    def readings(self, name: str, most_columns: int = 20) -> list[list[Reading]]:
        return [[reading(text) for text in row] for row in self.matrix(name, most_columns)]

    def vector(self, name: str) -> list[Reading]:
        return [value for (value,) in self.readings(name)]
