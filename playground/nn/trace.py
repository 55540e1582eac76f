"""One gradient with every array on the way to it, kept."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from playground.nn.arrays import Floats
from playground.nn.network import Network, layer_views

COLUMNS_KEPT = 2000  # more examples than can be looked at

ByLayer = Mapping[int, Floats]


@dataclass(frozen=True, eq=False)
class Trace:
    """The stages of one gradient over m examples; read-only arrays, by layer from 1 to L as in the course.

    Arrays with a column for each example hold the first ``COLUMNS_KEPT`` of them, k = min(m, COLUMNS_KEPT) columns:
    ``X`` (n_x, k), ``Y`` and ``Y_hat`` (C, k), ``Z[l]`` and ``dZ[l]`` (n_l, k) for l = 1 to L, ``A[l]`` and ``dA[l]``
    (n_l, k) for the hidden layers 1 to L - 1. dZ and dA are derivatives of each example's own loss.

    All examples are in ``sums[l]`` (n_l, n_(l-1) + 1), which is dZ[l] times the transpose of A[l-1] over a row of
    ones, and in ``dW[l]`` (n_l, n_(l-1)) and ``db[l]`` (n_l,), the derivatives of J: with 1/m and with the penalty.
    """

    m: int
    X: Floats
    Y: Floats
    Z: ByLayer
    A: ByLayer
    Y_hat: Floats
    dZ: ByLayer
    dA: ByLayer
    sums: ByLayer
    dW: ByLayer
    db: ByLayer


def trace_gradient(network: Network, inputs: Floats, Y: Floats, l2: float = 0.0) -> Trace:
    """`Network.gradient` at the present parameters with all its stages, told by the code that trains.

    inputs: (n_x + 1, m) from `with_ones`; Y: one-hot (C, m), m >= 1.
    """
    recorder = _Recorder()
    gradient = network.gradient(inputs, Y, l2, recorder)
    layers = dict(enumerate(layer_views(gradient, network.sizes), start=1))
    return Trace(
        m=inputs.shape[1],
        X=_frozen(inputs[:-1, :COLUMNS_KEPT]),
        Y=_frozen(Y[:, :COLUMNS_KEPT]),
        Z=recorder.by_layer("Z"),
        A=recorder.by_layer("A"),
        Y_hat=recorder.by_layer("Y_hat")[len(layers)],
        dZ=recorder.by_layer("dZ"),
        dA=recorder.by_layer("dA"),
        sums=recorder.sums(),
        dW=MappingProxyType({number: _frozen(layer[:, :-1]) for number, layer in layers.items()}),
        db=MappingProxyType({number: _frozen(layer[:, -1]) for number, layer in layers.items()}),
    )


class _Recorder:
    """Copies what it is shown: of each chunk the columns that still have room."""

    def __init__(self) -> None:
        self._chunks: defaultdict[str, defaultdict[int, list[Floats]]] = defaultdict(lambda: defaultdict(list))
        self._sums: dict[int, Floats] = {}

    def __call__(self, name: str, layer: int, array: Floats) -> None:
        if name == "dW_db":
            self._sums[layer] = self._sums[layer] + array if layer in self._sums else array.copy()
            return
        chunks = self._chunks[name][layer]
        room = COLUMNS_KEPT - sum(chunk.shape[1] for chunk in chunks)
        if room > 0:
            chunks.append(array[:, :room].copy())

    def by_layer(self, name: str) -> ByLayer:
        layers = sorted(self._chunks[name].items())
        return MappingProxyType({layer: _frozen(np.concatenate(chunks, axis=1)) for layer, chunks in layers})

    def sums(self) -> ByLayer:
        return MappingProxyType({layer: _frozen(array) for layer, array in sorted(self._sums.items())})


def _frozen(array: Floats) -> Floats:
    """A copy that cannot be written to."""
    copy = array.copy()
    copy.flags.writeable = False
    return copy
