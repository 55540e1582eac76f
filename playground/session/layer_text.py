"""From x to z as it is written: each layer's numbers by the digits of what was written before them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.nn import ACTIVATIONS
from playground.session.digits import SLACK, Write, following, read, unit
from playground.session.grid import Array
from playground.session.number_text import fixed
from playground.session.worked_example import LayerAt

LEAST_EXPONENT = -280  # below it a power of ten that undoes it is no float64


@dataclass(frozen=True, slots=True)
class LayerText:
    """The texts of what comes in, of z and of a; the output layer's a are its z."""

    before: tuple[str, ...]
    Z: tuple[str, ...]
    A: tuple[str, ...]


def layer_texts(
    layers: Sequence[LayerAt], activation: str, write: Write, figures: int, x: Sequence[str] | None = None
) -> list[LayerText]:
    """The layers' numbers where W and b are written with so many figures, and x so too or as given."""
    before = tuple(x or (write(float(value), figures) for value in layers[0].A_before))
    texts = []
    for number, layer in enumerate(layers, start=1):
        shown = rounded(layer.W, figures) @ _read(before) + rounded(layer.b, figures)
        Z = _following(write, layer.Z, shown, figures)
        is_last = number == len(layers)
        A = Z if is_last else _following(write, layer.A, _by_calculator(activation, _read(Z)), figures)
        texts.append(LayerText(before, Z, A))
        before = texts[-1].A
    return texts


def rounded(values: Array, figures: int) -> Array:
    """What a reader takes values for that are written with so many significant figures."""
    sizes = np.abs(values)
    exponents = np.floor(np.log10(sizes, where=sizes > 0, out=np.zeros_like(sizes)))
    powers = 10.0 ** (figures - 1 - np.clip(exponents, LEAST_EXPONENT, None))
    return np.asarray(np.round(values * powers) / powers)


def _by_calculator(activation: str, Z: Array) -> Array:
    """What g makes of z on a calculator; the network's sigmoid, which is quicker, is exact to 16 decimals only."""
    if activation == "sigmoid":
        with np.errstate(over="ignore"):
            return np.asarray(1 / (1 + np.exp(-Z)))
    A = Z.copy()
    ACTIVATIONS[activation].apply(A, np.empty_like(A))
    return A


def _read(texts: Sequence[str]) -> Array:
    return np.array([read(text) for text in texts])


def _following(write: Write, values: Array, shown: Array, figures: int) -> tuple[str, ...]:
    pairs = zip(values.tolist(), shown.tolist(), strict=True)
    return tuple(_followed(write, value, own, figures) for value, own in pairs)


def _followed(write: Write, value: float, shown: float, figures: int) -> str:
    """A number that follows; one that is left of larger ones, which all but cancel, has decimals instead of figures."""
    text = following(write, value, shown, figures)
    if not math.isfinite(shown) or abs(read(text) - shown) <= unit(text) * (1 + SLACK):
        return text
    return following(fixed, value, shown, figures, least=0)
