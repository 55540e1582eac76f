"""What each stage of a step works with and makes, as matrices: the trace's own arrays under the course's names."""

from dataclasses import dataclass, replace

import numpy as np

from playground.nn.mistakes import FORGET_MEAN
from playground.nn.network import layer_views
from playground.session.grid import Array
from playground.session.rehearsal import Rehearsal
from playground.session.stages.directions import direction_letter
from playground.session.stages.factors import decay, rate
from playground.session.stages.stages import LAST

BEFORE, AFTER = "before", "after"
TRANSPOSED = "ᵀ"


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """One matrix of a stage, ``values`` (rows, k); ``columns`` are those of the real one, of which k are kept.

    A transposed one has ``values`` (k, columns), of as many ``rows`` as the real one has, and its symbol ends in ᵀ.
    ``symbol`` is its name in the formulas, and ``term`` what that lights up. ``when``
    tells the same parameters before the step from those after it. ``sign`` is written before the matrix in its row. A
    value of size ``scale`` has full colour, where it is given. With ``is_by_class`` each row belongs to a class.
    """

    symbol: str
    values: Array
    columns: int
    sign: str = ""
    when: str = ""
    scale: float | None = None
    is_by_class: bool = False
    rows: int | None = None

    @property
    def term(self) -> str:
        """What its symbol lights up in formulas."""
        return term_of(self.symbol.removesuffix(TRANSPOSED), is_output=self.is_by_class)

    @property
    def name(self) -> str:
        """What a reader is told it is."""
        return f"{self.symbol} {self.when}".strip()

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the real matrix."""
        return len(self.values) if self.rows is None else self.rows, self.columns


Row = tuple[Matrix, ...]

_TERMS = {"X": "x", "Y": "y", "Ŷ": "y_hat", "L": "L"}
_OUTPUT_TERMS = {"Z": "z", "dZ": "dz"}


def term_of(symbol: str, *, is_output: bool = False) -> str:
    """The term that a symbol stands for: the worked example's own where it has one, else the symbol."""
    if is_output and symbol.partition("[")[0] in _OUTPUT_TERMS:
        return _OUTPUT_TERMS[symbol.partition("[")[0]]
    return _TERMS.get(symbol, symbol)


def split(stage: str) -> tuple[str, int]:
    """A stage's kind and its layer, as ("dW", 2) of "dW[2]"; 0 where it has none."""
    kind, _, rest = stage.partition("[")
    return kind, int(rest.rstrip("]")) if rest else 0


def matrices(rehearsal: Rehearsal, stage: str, mistake: str | None = None) -> tuple[Row, ...]:
    """The rows of matrices of a stage, by its name out of `stages`, in the order of the calculation.

    Signs and factors before them are those of the calculation, as ``mistake`` spoils it.
    """
    kind, layer = split(stage)
    if stage == LAST:
        return _update(rehearsal)
    parts = _Parts(rehearsal, mistake)
    if kind == "Z":
        return parts.forward(layer)
    if kind == "dZ":
        return parts.output_error() if layer == parts.last else parts.error(layer)
    if kind == "dW":
        return parts.gradients(layer)
    rows: dict[str, tuple[Row, ...]] = {
        "X": ((parts.inputs(),), (parts.outputs("Y"),)),
        "Y_hat": ((parts.scores(parts.last),), (parts.outputs("Ŷ", "="),)),
        "J": ((parts.outputs("Ŷ"),), (parts.outputs("Y"),), (parts.losses(),)),
    }
    return rows[kind]


class _Parts:
    """The matrices of one rehearsal by their names."""

    def __init__(self, rehearsal: Rehearsal, mistake: str | None) -> None:
        self._trace = rehearsal.trace
        self._losses = rehearsal.losses
        self._mean, self._decay = _factors(rehearsal, mistake)
        self._has_penalty = rehearsal.l2 > 0
        self._layers = layer_views(rehearsal.before, rehearsal.sizes)
        self.last = len(self._layers)

    def _over_examples(self, symbol: str, values: Array, sign: str = "", scale: float | None = None) -> Matrix:
        """A matrix with a column for each example."""
        is_by_class = symbol in ("Y", "Ŷ", f"Z[{self.last}]", f"dZ[{self.last}]")
        return Matrix(symbol, values, self._trace.m, sign, scale=scale, is_by_class=is_by_class)

    def inputs(self, sign: str = "") -> Matrix:
        return self._over_examples("X", self._trace.X, sign)

    def outputs(self, symbol: str, sign: str = "") -> Matrix:
        """Y or Ŷ, in the same colours."""
        return self._over_examples(symbol, self._trace.Y if symbol == "Y" else self._trace.Y_hat, sign, scale=1.0)

    def losses(self) -> Matrix:
        return self._over_examples("L", self._losses[None, :], "→")

    def scores(self, layer: int, sign: str = "") -> Matrix:
        return self._over_examples(f"Z[{layer}]", self._trace.Z[layer], sign)

    def _coming_in(self, layer: int, sign: str = "") -> Matrix:
        """What a layer is given: X, or the activations of the layer before."""
        return self.inputs(sign) if layer == 1 else self._activations(layer - 1, sign)

    def _activations(self, layer: int, sign: str = "") -> Matrix:
        return self._over_examples(f"A[{layer}]", self._trace.A[layer], sign)

    def _errors(self, layer: int, sign: str = "") -> Matrix:
        scale = 1.0 if layer == self.last else None
        return self._over_examples(f"dZ[{layer}]", self._trace.dZ[layer], sign, scale)

    def _weights(self, layer: int, sign: str = "") -> Matrix:
        W = self._layers[layer - 1][:, :-1]
        return Matrix(f"W[{layer}]", W, W.shape[1], sign)

    def forward(self, layer: int) -> tuple[Row, ...]:
        b = Matrix(f"b[{layer}]", self._layers[layer - 1][:, -1:], 1, "+")
        rows: tuple[Row, ...] = (
            (self._weights(layer), self._coming_in(layer, "·"), b),
            (self.scores(layer, "="),),
        )
        return rows if layer == self.last else (*rows, (self._activations(layer, "→"),))

    def output_error(self) -> tuple[Row, ...]:
        return (self.outputs("Ŷ"),), (self.outputs("Y", "−"),), (self._errors(self.last, "="),)

    def error(self, layer: int) -> tuple[Row, ...]:
        """The error brought back from the layer above."""
        dA = self._over_examples(f"dA[{layer}]", self._trace.dA[layer], "=")
        W = self._layers[layer][:, :-1]
        return (
            (Matrix(f"W[{layer + 1}]{TRANSPOSED}", W.T, len(W)), self._errors(layer + 1, "·")),
            (dA,),
            (self._activations(layer),),
            (self._errors(layer, "→"),),
        )

    def gradients(self, layer: int) -> tuple[Row, ...]:
        dW, db = self._trace.dW[layer], self._trace.db[layer]
        made = Matrix(f"dW[{layer}]", dW, dW.shape[1], "="), Matrix(f"db[{layer}]", db[:, None], 1)
        penalised = (self._weights(layer, self._decay), *made) if self._has_penalty else made
        return (self._errors(layer, self._mean), _transposed(self._coming_in(layer, "·"))), penalised


def _transposed(matrix: Matrix) -> Matrix:
    """Its transpose, which has a row for each of its columns, or for as many as are kept."""
    return replace(
        matrix,
        symbol=matrix.symbol + TRANSPOSED,
        values=matrix.values.T,
        columns=len(matrix.values),
        rows=matrix.columns,
        is_by_class=False,
    )


def _factors(rehearsal: Rehearsal, mistake: str | None) -> tuple[str, str]:
    """What stands before dZ Aᵀ and before W in a gradient, in numbers: 1/m of the batch, and λ/m of the whole set."""
    b, m = rehearsal.trace.m, rehearsal.m
    if mistake == FORGET_MEAN:
        return "", f"+ {decay(rehearsal)} ·" if b == m else f"+ {b}/{m} · {decay(rehearsal)} ·"
    return f"1/{b} ·", f"+ {decay(rehearsal)}/{m} ·"


def _update(rehearsal: Rehearsal) -> tuple[Row, ...]:
    """For each layer W and b before, minus α times what the optimiser makes of their derivatives, and W and b after."""
    flat = (rehearsal.before, rehearsal.direction, rehearsal.after)
    letter = direction_letter(rehearsal.optimizer)
    rows = []
    for number, layers in enumerate(zip(*(layer_views(part, rehearsal.sizes) for part in flat), strict=True), start=1):
        old, direction, new = layers
        scale = _scale(old, new)
        rows.append((
            *_pair(number, old, "", when=BEFORE, scale=scale),
            *_pair(number, direction, f"− {rate(rehearsal)} ·", prefix=letter),
            *_pair(number, new, "=", when=AFTER, scale=scale),
        ))  # fmt: skip
    return tuple(rows)


def _pair(number: int, layer: Array, sign: str, prefix: str = "", when: str = "", scale: float | None = None) -> Row:
    """W and b of a layer, or what moves them."""
    return (
        Matrix(f"{prefix}W[{number}]", layer[:, :-1], layer.shape[1] - 1, sign, when, scale),
        Matrix(f"{prefix}b[{number}]", layer[:, -1:], 1, "", when, scale),
    )


def _scale(*layers: Array) -> float | None:
    """The largest size of a number in any of them, so that their colours compare; None where none is finite."""
    sizes = np.abs(np.concatenate([layer.ravel() for layer in layers]))
    sizes = sizes[np.isfinite(sizes)]
    return float(sizes.max()) if sizes.size else None
