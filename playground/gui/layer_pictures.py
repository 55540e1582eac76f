"""From x to z: each layer's weights, bias and values at the spot, as matrices to be read cell by cell."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.formula import Formula
from playground.gui.matrix_picture import MatrixPicture
from playground.gui.palette import LIGHT, Theme
from playground.session.light import Light
from playground.session.worked_example import LayerAt

PARTS = ("W", "before", "b", "Z", "A")
FRAMES_A_ROUND = 12  # while training: five rounds a second are as many as can be read
WIDEST_SHARE = 3  # of W's width to a vector's


class LayerPictures(QWidget):
    """A row for each layer: W times what comes in, plus b, is z, and g of that is a."""

    lit = pyqtSignal(object)  # Light
    read = pyqtSignal(str)  # what the cell under the mouse or the cursor holds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: list[_LayerRow] = []
        self._round: list[tuple[_LayerRow, LayerAt]] = []  # rows of one moment that are still to be shown
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
        """Show these layers, first to last: at once, or, where there will be others in the next frame, row by row.

        To write a matrix takes a millisecond or two, so a frame has room for one row; a round shows one moment.
        """
        self._make_rows(len(layers))
        moment = list(zip(self._rows, layers, strict=True))
        if not is_live:
            self._round = moment
            while self._round:
                self._show_next(activation)
            return
        self._frame = (self._frame + 1) % FRAMES_A_ROUND
        if self._frame == 0:
            self._round = moment
        if self._round:
            self._show_next(activation)

    def _show_next(self, activation: str) -> None:
        row, layer = self._round.pop(0)
        row.show_layer(layer, activation, is_last=row is self._rows[-1])

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

    def show_layer(self, layer: LayerAt, activation: str, *, is_last: bool) -> None:
        number, before = self._number, "x" if self._number == 1 else f"a[{self._number - 1}]"
        for column, part in enumerate(PARTS):
            self._grid.setColumnStretch(column, min(layer.W.shape[1], WIDEST_SHARE) if part == "W" else 1)
        values = {"W": layer.W, "before": layer.A_before, "b": layer.b, "Z": layer.Z, "A": layer.A}
        names = {"W": f"W[{number}]", "before": before, "b": f"b[{number}]", "Z": f"z[{number}]", "A": f"a[{number}]"}
        for part, picture in self._pictures.items():
            is_shown = part != "A" or not is_last
            picture.setVisible(is_shown)
            self._captions[part].setVisible(is_shown)
            if is_shown:
                matrix = values[part] if part == "W" else values[part][:, None]
                picture.show_matrix(matrix, names[part])
                self._captions[part].setText(names[part])
        self._formula.set_latex(_latex(number, activation, is_last=is_last), f"z[{number}] = W[{number}] {before} + b")

    def show_light(self, light: Light) -> None:
        self._formula.show_light(light)


def _latex(number: int, activation: str, *, is_last: bool) -> str:
    """The layer's formula; its z lights up with the table's where it is the last."""
    before = r"\term{x}{x}" if number == 1 else f"a^{{[{number - 1}]}}"
    z = f"z^{{[{number}]}}"
    marked = rf"\term{{z}}{{{z}}}" if is_last else z
    first = f"{marked} = W^{{[{number}]}} {before} + b^{{[{number}]}}"
    names = {"tanh": r"\tanh", "sigmoid": r"\sigma", "relu": r"\mathrm{ReLU}", "leaky relu": r"\mathrm{LReLU}"}
    g = names.get(activation, "")
    return first if is_last else rf"{first}, \quad a^{{[{number}]}} = {g}({z})"
