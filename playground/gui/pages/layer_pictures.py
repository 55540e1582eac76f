"""From x to z: each layer's weights, bias and values at the spot, as matrices to be read cell by cell."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT, Theme
from playground.gui.parts.formula import Formula
from playground.gui.parts.matrix_picture import MatrixPicture
from playground.session.choices import ACTIVATION_TITLES
from playground.session.layer_text import LayerText, layer_texts
from playground.session.light import Light
from playground.session.number_text import significant
from playground.session.worked_example import LayerAt

PARTS = ("W", "before", "b", "Z", "A")
FRAMES_A_ROUND = 30  # at least, while training: two rounds a second are as many as can be read
WIDEST_SHARE = 3  # of W's width to a vector's


class _Calculation(NamedTuple):
    """The layers, and their numbers as they are written with so many figures."""

    layers: tuple[LayerAt, ...]
    texts: Callable[[int], list[LayerText]]


class LayerPictures(QWidget):
    """A row for each layer: W times what comes in, plus b, is z, and g of that is a."""

    lit = pyqtSignal(object)  # Light
    read = pyqtSignal(str)  # what the cell under the mouse or the cursor holds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: list[_LayerRow] = []
        self._round: list[tuple[_LayerRow, str, _Calculation]] = []  # matrices of one moment that are still to be shown
        self._frame = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def show_layers(self, layers: tuple[LayerAt, ...], activation: str, *, is_live: bool) -> None:
        """Show these layers: at once, or, where there will be others in the next frame, one matrix a frame.

        To write a matrix takes half a millisecond, and there are a dozen; what a round shows is of one moment.
        """
        self._make_rows(len(layers))
        calculation = _Calculation(layers, cache(partial(layer_texts, layers, activation, significant)))
        for row, layer in zip(self._rows, layers, strict=True):
            row.set_up(layer, activation, calculation)
        self._frame += 1
        if not is_live or (not self._round and self._frame >= FRAMES_A_ROUND):
            self._frame = 0
            self._round = [(row, part, calculation) for row in self._rows for part in row.parts]
        while self._round:
            row, part, shown = self._round.pop(0)
            row.show_part(part, shown)
            if is_live:
                return

    def _make_rows(self, count: int) -> None:
        if count == len(self._rows):
            return
        self._round = []
        while len(self._rows) > count:
            self._rows.pop().deleteLater()
            self.read.emit("")  # it may have been one of its cells
        while len(self._rows) < count:
            row = _LayerRow(len(self._rows) + 1)
            row.lit.connect(self.lit)
            row.read.connect(self.read)
            row.set_theme(self._theme)
            self._column.addWidget(row)
            self._rows.append(row)

    def show_light(self, light: Light) -> None:
        """Light up the terms of the formulas."""
        for row in self._rows:
            row.show_light(light)


class _LayerRow(QWidget):
    lit = pyqtSignal(object)
    read = pyqtSignal(str)

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        before = "x" if number == 1 else f"a[{number - 1}]"
        self._names = dict(zip(PARTS, (f"W[{number}]", before, *(f"{n}[{number}]" for n in "bza")), strict=True))
        self._key: object = None
        self._is_last = False
        self._formula = Formula()
        self._formula.lit.connect(self.lit)
        self._pictures = {part: MatrixPicture() for part in PARTS}
        self._captions = {part: QLabel() for part in PARTS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._formula, 0, 0, 1, len(PARTS) + 1)
        for column, part in enumerate(PARTS):
            self._captions[part].setProperty("role", "muted")
            grid.addWidget(self._captions[part], 1, column)
            grid.addWidget(self._pictures[part], 2, column)
            self._pictures[part].read.connect(self.read)
        self._grid = grid

    def set_theme(self, theme: Theme) -> None:
        self._formula.set_theme(theme)
        for picture in self._pictures.values():
            picture.set_theme(theme)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that it has: the last layer's a is its z."""
        return PARTS[:-1] if self._is_last else PARTS

    def set_up(self, layer: LayerAt, activation: str, shown: "_Calculation") -> None:
        """Have the formula, the captions and the room for such a layer; the same again costs next to nothing."""
        is_last = self._number == len(shown.layers)
        key = (layer.W.shape, activation, is_last)
        if key == self._key:
            return
        self._key, self._is_last = key, is_last
        for column, part in enumerate(PARTS):
            self._grid.setColumnStretch(column, min(layer.W.shape[1], WIDEST_SHARE) if part == "W" else 1)
            self._pictures[part].setVisible(part in self.parts)
            self._captions[part].setVisible(part in self.parts)
            self._captions[part].setText(self._names[part])
        C = layer.W.shape[0]
        if is_last:
            self._captions["Z"].setText(f"{self._names['Z']} ({C} × 1)")
            self._formula.set_latex(*_output_formula(self._number, C, self._names))
        else:
            self._formula.set_latex(_latex(self._number, activation), _spoken(self._names, activation))
        for part in self.parts:
            self.show_part(part, shown)

    def show_part(self, part: str, shown: "_Calculation") -> None:
        """Show one of its matrices."""
        at = self._number - 1
        layer = shown.layers[at]
        values = {"W": layer.W, "before": layer.A_before, "b": layer.b, "Z": layer.Z, "A": layer.A}[part]
        picture, name = self._pictures[part], self._names[part]
        if part in ("W", "b"):
            picture.show_matrix(values if part == "W" else values[:, None], name)
        else:
            picture.show_matrix(
                values[:, None], name, column_texts=lambda figures: getattr(shown.texts(figures)[at], part)
            )

    def show_light(self, light: Light) -> None:
        self._formula.show_light(light)


def _sum(number: int, z: str) -> str:
    """The layer's z in LaTeX, written as ``z``."""
    before = r"\term{x}{x}" if number == 1 else f"a^{{[{number - 1}]}}"
    return f"{z} = W^{{[{number}]}} {before} + b^{{[{number}]}}"


def _latex(number: int, activation: str) -> str:
    """The formula of a hidden layer."""
    z = f"z^{{[{number}]}}"
    names = {"tanh": r"\tanh", "sigmoid": r"\sigma", "relu": r"\mathrm{ReLU}", "leaky relu": r"\mathrm{LReLU}"}
    return rf"{_sum(number, z)}, \quad a^{{[{number}]}} = {names.get(activation, '')}({z})"


def _spoken(names: dict[str, str], activation: str) -> str:
    """The formula of a hidden layer in plain characters."""
    g = ACTIVATION_TITLES.get(activation, activation)
    return f"{names['Z']} = {names['W']} {names['before']} + {names['b']}, {names['A']} = {g}({names['Z']})"


def _output_formula(number: int, C: int, names: dict[str, str]) -> tuple[str, str]:
    """The formula of the output layer, whose g is softmax, in LaTeX, with the shape of ŷ; and its reading."""
    z = rf"\term{{z}}{{z^{{[{number}]}}}}"
    y_hat = r"\term{y_hat}{\hat y}"
    return (
        rf"{_sum(number, z)}, \quad {y_hat} = a^{{[{number}]}} = \mathrm{{softmax}}({z}) \; ({C} \times 1)",
        f"{names['Z']} = {names['W']} {names['before']} + {names['b']}, "
        f"ŷ = {names['A']} = g[{number}]({names['Z']}), where g[{number}] is softmax; {C} by 1",
    )
