"""The worked example on paper: what was copied, computed again from its own digits alone."""

import math
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.nn import ACTIVATIONS, Network
from playground.session.choices import ACTIVATION_TITLES
from playground.session.dataset import Dataset
from playground.session.example_text import as_latex, as_text
from playground.session.generators import Recipe, generate
from playground.session.grid import Point
from playground.session.scale import PLAIN, scale_of
from playground.session.worked_example import WorkedExample, work_example

BLOBS = generate(Recipe("blobs", classes=3, points=60))
FAR = replace(BLOBS, X=BLOBS.X * 0.5 + 1_000_000)  # where x − mean takes six digits away
NUMBER = r"-?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")

thorough = settings(derandomize=True, deadline=None, max_examples=60)


def g(name: str, z: float) -> float:
    return {
        "tanh": math.tanh(z),
        "relu": max(z, 0.0),
        "leaky relu": z if z > 0 else 0.01 * z,
        "sigmoid": 1 / (1 + math.exp(-z)),
        "linear": z,
    }[name]


def example_at(
    point: Point, hidden: tuple[int, ...] = (3,), activation: str = "tanh", size: float = 1.0, **other: Any
) -> tuple[WorkedExample, Dataset]:
    """An example of a random network whose parameters are about ``size`` times those at a run's start."""
    dataset, standardise = other.get("dataset", BLOBS), other.get("standardise", False)
    network = Network((2, *hidden, 3), activation, seed=4)
    network.parameters += np.random.default_rng(1).normal(0, 0.3, network.parameters.size).astype(np.float32)
    network.parameters *= size
    scale = scale_of(dataset.X, standardise=standardise)
    return work_example(network, scale, dataset, other.get("test_share", 0.0), point), dataset


def point_of(dataset: Dataset, index: int) -> Point:
    return float(dataset.X[0, index]), float(dataset.X[1, index])


class Page:
    """The text read back: vectors and matrices by their names, and the columns of the softmax."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vectors = {name: floats(row) for name, row in re.findall(r"([xzab](?:\[\d+\])?) = \(([^)]*)\)", text)}
        self.vectors |= {
            name: floats(row) for name, row in re.findall(r"(a\[\d+\]) = g\(z\[\d+\]\) = \(([^)]*)\)", text)
        }
        self.matrices = {
            name: [floats(row) for row in rows.split(";")]
            for name, rows in re.findall(r"(W\[\d+\]) = \[([^]]*)\]", text)
        }
        lines = text.splitlines()
        start = next(i for i, line in enumerate(lines) if line.strip().startswith("class "))
        self.heads = re.split(r"\s{2,}", lines[start].strip())
        self.cells = []
        for line in lines[start + 1 :]:
            if line.strip().startswith("sum"):
                self.sums = floats(line)
                break
            self.cells.append(floats(line))

    def column(self, head: str) -> list[float]:
        return [row[self.heads.index(head)] for row in self.cells]

    def value(self, name: str) -> float:
        found = re.search(rf"{re.escape(name)} = ({NUMBER})", self.text)
        assert found
        return as_float(found[1])


def as_float(text: str) -> float:
    digits, _, power = text.partition("×10")
    return float(f"{digits}e{power.translate(LOWERED) or 0}")


def floats(text: str) -> list[float]:
    return [as_float(number) for number in re.findall(NUMBER, text)]


def last_place(value: float) -> float:
    """One unit of the last place of a number that was written without zeros at its end."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return float(f"1e{exponent}")


def assert_agree(shown: list[float], by_hand: list[float]) -> None:
    """Each as computed from what was written before it, to one unit of its last place."""
    for one, other in zip(shown, by_hand, strict=True):
        assert abs(one - other) <= last_place(one) * (1 + 1e-5) + 1e-300, (one, other)


def assert_recomputes(page: Page, activation: str, layers: int, x: list[float]) -> None:
    """Each layer from the one before, then ŷ from z, each from the digits on the page."""
    a = x
    for number in range(1, layers + 1):
        W, b, z = page.matrices[f"W[{number}]"], page.vectors[f"b[{number}]"], page.vectors[f"z[{number}]"]
        for row, b_j, z_j in zip(W, b, z, strict=True):
            terms = [*(w * value for w, value in zip(row, a, strict=True)), b_j]
            assert_agree([z_j], [math.fsum(terms)])
        if number < layers:
            a = page.vectors[f"a[{number}]"]
            assert_agree(a, [g(activation, value) for value in z])
    assert page.column("z") == page.vectors[f"z[{layers}]"]
    z = page.column("z")
    powers = [math.exp(value - max(z)) for value in z]
    assert page.column("y_hat") == pytest.approx([power / math.fsum(powers) for power in powers], rel=1e-6)
    assert page.column("hardmax") == [float(value == max(z)) for value in z]


# The text


@thorough
@given(
    activation=st.sampled_from(list(ACTIVATIONS)),
    hidden=st.lists(st.integers(1, 4), max_size=2),
    size=st.sampled_from([0.3, 1.0, 4.0]),
    point=st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
)
def test_the_text_can_be_computed_again_from_its_own_digits(
    activation: str, hidden: list[int], size: float, point: Point
) -> None:
    example, dataset = example_at(point, tuple(hidden), activation, size)
    page = Page(as_text(example, dataset, None))
    assert page.vectors["x"] == pytest.approx(point, rel=1e-8)
    assert_recomputes(page, activation, len(hidden) + 1, page.vectors["x"])
    assert (f"g = {ACTIVATION_TITLES.get(activation, activation)}\n" in page.text) == bool(hidden)
    if abs(max(page.column("z"))) <= 700:
        powers = page.column("e^z")
        assert_agree(powers, [math.exp(z) for z in page.column("z")])
        assert_agree(page.sums[:1], [math.fsum(powers)])
        assert_agree(page.column("y_hat"), [power / page.sums[0] for power in powers])


@pytest.mark.parametrize("size", [1.0, 4.0, 30.0])
@pytest.mark.parametrize("index", [0, 30, 59])
def test_on_a_point_loss_and_dz_can_be_computed_again_too(index: int, size: float) -> None:
    example, dataset = example_at(point_of(BLOBS, index), size=size)
    page = Page(as_text(example, dataset, 0.75))
    label = int(BLOBS.labels[index])
    y_hat, y = page.column("y_hat"), page.column("y")
    assert y == [float(j == label) for j in range(3)]
    assert_agree(page.column("dz = y_hat − y"), [a - b for a, b in zip(y_hat, y, strict=True)])
    loss = page.value(f"L = −log y_hat[{label + 1}]")
    assert_agree([loss], [-math.log(y_hat[label])])
    assert_agree([page.value("L / m")], [loss / 60])
    assert page.value("L / m") == pytest.approx(example.cost_share, rel=1e-5)
    assert page.text.endswith("of J = 0.75")
    assert page.sums[1:] == [1, 1, 1, 0]
    assert f"point {index + 1} of 60, class {label + 1}" in page.text.splitlines()[0]


@pytest.mark.parametrize("dataset", [BLOBS, FAR])
def test_standardised_inputs_can_be_computed_again_from_the_users_units(dataset: Dataset) -> None:
    example, _ = example_at(point_of(dataset, 7), dataset=dataset, standardise=True)
    page = Page(as_text(example, dataset, None))
    rows = re.search(r"standardised: .* = \(([^)]*)\), with mean \(([^)]*)\) and spread \(([^)]*)\)", page.text)
    assert rows
    scaled, mean, spread = map(floats, rows.groups())
    by_hand = [(x - m) / s for x, m, s in zip(page.vectors["x"], mean, spread, strict=True)]
    assert_agree(scaled, by_hand)
    assert_recomputes(page, "tanh", 2, scaled)


def test_plain_inputs_are_not_called_standardised() -> None:
    example, dataset = example_at((0.5, 0.5))
    assert "standardised" not in as_text(example, dataset, None)


@pytest.mark.parametrize(("lift", "head"), [(800.0, "e^(z − 800)"), (-800.0, "e^(z − (-800))")])
def test_a_shift_is_written_so_that_it_can_be_read(lift: float, head: str) -> None:
    network = Network((2, 3))
    network.parameters[:] = 0
    network.biases[0][:] = [lift, lift - 1, lift - 2]
    page = Page(as_text(work_example(network, PLAIN, BLOBS, 0.0, (9.0, 9.0)), BLOBS, None))
    assert head in page.heads
    powers = [1, math.exp(-1), math.exp(-2)]
    assert page.column(head) == pytest.approx(powers, rel=1e-8)
    assert page.column("y_hat") == pytest.approx([power / sum(powers) for power in powers], rel=1e-8)


def test_a_held_out_point_is_said_to_be_and_has_no_share_of_j() -> None:
    index = int(np.flatnonzero(BLOBS.is_test(0.4))[0])
    example, dataset = example_at(point_of(BLOBS, index), test_share=0.4)
    text = as_text(example, dataset, 0.75)
    assert "held out for the test" in text
    assert "L = −log" in text
    assert "J" not in text


@pytest.mark.parametrize("write", [as_text, as_latex])
def test_scores_that_are_no_numbers_are_said_to_be_too_large(write: Any) -> None:
    network = Network((2, 3))
    network.parameters[:] = 3e38
    with np.errstate(over="ignore", invalid="ignore"):
        example = work_example(network, PLAIN, BLOBS, 0.0, (3.0, 3.0))
    assert "The scores are too large to be numbers." in write(example, BLOBS, None)


def test_a_name_of_several_lines_stays_in_its_own() -> None:
    named = BLOBS.with_name(int(BLOBS.labels[3]), "a\nb {c")
    example, _ = example_at(point_of(BLOBS, 3))
    assert as_text(example, named, None).splitlines()[0].endswith("a b {c")
    assert_balanced(as_latex(example, named, None))


# LaTeX


def assert_balanced(latex: str) -> None:
    """Every brace, environment and display is closed in its turn, and no row has more cells than columns."""
    code = "\n".join(line for line in latex.splitlines() if not line.startswith("%"))
    opened = []
    pairs = {"}": "{", r"\]": r"\["}
    for token in re.findall(r"\\begin\{\w+\}|\\end\{\w+\}|\\\\|\\\[|\\\]|[{}]", code):
        if token.startswith((r"\begin", r"\[")) or token == "{":
            opened.append(token)
        elif token.startswith(r"\end"):
            assert opened.pop() == token.replace("end", "begin")
        elif token in pairs:
            assert opened.pop() == pairs[token]
    assert not opened
    for columns, body in re.findall(r"\\begin\{array\}\{(r+)\}(.*?)\\end\{array\}", code, re.DOTALL):
        rows = re.split(r"\\\\", body)
        assert {row.count("&") for row in rows} == {len(columns) - 1}
    assert not re.search(r"\de[+-]?\d", code)  # which would be typeset as a product


@thorough
@given(
    size=st.sampled_from([1e-3, 1.0, 30.0, 3000.0]),
    place=st.one_of(st.integers(0, 59), st.tuples(st.floats(-3, 3), st.floats(-3, 3))),
    cost=st.sampled_from([None, 0.5, 1e-12]),
)
def test_the_latex_is_balanced(size: float, place: Any, cost: float | None) -> None:
    point = point_of(BLOBS, place) if isinstance(place, int) else place
    example, dataset = example_at(point, (3,), "relu", size)
    latex = as_latex(example, dataset, cost)
    assert_balanced(latex)
    assert example.softmax is not None
    assert (r"\max z" in latex) == example.softmax.is_shifted
    assert latex.startswith("% point") == (example.index is not None)


def test_the_latex_has_the_tables_numbers() -> None:
    example, dataset = example_at(point_of(BLOBS, 30))
    latex = as_latex(example, dataset, 1.25e-7)
    table = example.softmax
    assert table is not None
    assert table.loss is not None
    assert table.dZ is not None
    body = re.search(r"\\begin\{array\}\{r+\}(.*?)\\end\{array\}", latex, re.DOTALL)
    assert body
    rows = [[latex_number(cell) for cell in row.split("&")] for row in body[1].split(r"\\")[1:4]]
    columns = [range(1, 4), table.Z, table.exponentials, table.Y_hat, table.Y, table.dZ]
    for row, expected in zip(rows, zip(*columns, strict=True), strict=True):
        assert row == pytest.approx([float(value) for value in expected], rel=1e-8)
    (loss,) = re.findall(r"_\{\d\} = (.*)\\\]", latex)
    assert latex_number(loss) == pytest.approx(table.loss, rel=1e-8)
    assert r"J = 1.25 \times 10^{-7}" in latex


def latex_number(cell: str) -> float:
    digits, _, power = cell.replace(r"\hline", "").partition(r"\times 10^")
    return float(digits) * 10 ** int(power.strip(" {}\n") or 0)
