"""From x to z as it is written: computed again from the digits that stand there."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.nn import ACTIVATIONS, Network
from playground.session.generators import Recipe, generate
from playground.session.layer_text import layer_texts, rounded
from playground.session.number_text import significant
from playground.session.scale import PLAIN
from playground.session.worked_example import LayerAt, work_example
from tests.shown_numbers import follows, number

DATA = generate(Recipe("blobs", classes=10, points=30))
LONGHAND = {
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky relu": lambda z: z if z > 0 else 0.01 * z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}


def layers_at(activation: str, hidden: list[int], classes: int, size: float, seed: int) -> tuple[LayerAt, ...]:
    network = Network((2, *hidden, classes), activation, seed=seed)
    network.parameters += np.random.default_rng(seed).normal(0, 0.3, network.parameters.size).astype(np.float32)
    network.parameters *= size
    return work_example(network, PLAIN, DATA, 0.0, (0.7, -1.3)).layers


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    activation=st.sampled_from(list(ACTIVATIONS)),
    hidden=st.lists(st.integers(1, 8), max_size=3),
    classes=st.integers(2, 10),
    size_and_figures=st.sampled_from([(0.01, 4), (1.0, 4), (0.01, 9), (1.0, 9), (20.0, 9)]),
    seed=st.integers(0, 99),
)
def test_each_number_follows_from_those_before_it(
    activation: str, hidden: list[int], classes: int, size_and_figures: tuple[float, int], seed: int
) -> None:
    size, figures = size_and_figures
    layers = layers_at(activation, hidden, classes, size, seed)
    texts = layer_texts(layers, activation, significant, figures)
    a = [number(text) for text in texts[0].before]
    for layer, text in zip(layers, texts, strict=True):
        W = [[number(significant(w, figures)) for w in row] for row in layer.W.tolist()]
        b = [number(significant(value, figures)) for value in layer.b.tolist()]
        for row, b_j, z in zip(W, b, text.Z, strict=True):
            assert follows(z, math.fsum([*(w * value for w, value in zip(row, a, strict=True)), b_j]))
        assert [number(t) for t in text.before] == a
        if layer is layers[-1]:
            assert text.A == text.Z
        else:
            for z, answer in zip(text.Z, text.A, strict=True):
                assert follows(answer, LONGHAND[activation](number(z)))
        a = [number(t) for t in text.A]


def test_each_number_is_the_one_computed() -> None:
    layers = layers_at("tanh", [4, 3], 5, 1.0, 3)
    for layer, text in zip(layers, layer_texts(layers, "tanh", significant, 9), strict=True):
        for values, written in ((layer.A_before, text.before), (layer.Z, text.Z), (layer.A, text.A)):
            assert [number(t) for t in written] == pytest.approx(values.tolist(), rel=1e-6, abs=1e-8)


@settings(derandomize=True, deadline=None)
@given(value=st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-9), figures=st.integers(3, 9))
def test_rounding_is_what_a_reader_takes_the_text_for(value: float, figures: int) -> None:
    assert rounded(np.array([value]), figures)[0] == pytest.approx(float(f"{value:.{figures - 1}e}"), rel=1e-12)


def test_what_is_left_of_numbers_that_cancel_has_no_digit_that_does_not_follow() -> None:
    layer = LayerAt(
        W=np.array([[123.456, -123.4554]]), b=np.array([0.0]), A_before=np.ones(2), Z=np.array([0.0006]),
        A=np.array([0.0006]),
    )  # fmt: skip
    (text,) = layer_texts([layer], "linear", significant, 4)
    assert follows(text.Z[0], 123.5 - 123.5)
