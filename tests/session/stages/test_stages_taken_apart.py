"""The stages of a step: what they show adds up by hand, and what is said of them is said of the right ones."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import ACTIVATIONS, MISTAKES, OPTIMIZERS
from playground.session.generators import Recipe, generate
from playground.session.messages import Request
from playground.session.rehearsal import Rehearsal
from playground.session.settings import Settings
from playground.session.stages.largest_move import largest_move
from playground.session.stages.mistake_choices import mistake_choices
from playground.session.stages.stage_formulas import formulas, is_spoilt, update_rule
from playground.session.stages.stage_matrices import Matrix, matrices
from playground.session.stages.stage_places import stage_place
from playground.session.stages.stage_texts import about, symbol, title
from playground.session.stages.stages import stages
from playground.session.trainer import Trainer

Numbers = NDArray[Any]

BLOBS = generate(Recipe("blobs", classes=3, points=60))
G: dict[str, Callable[[Numbers], Numbers]] = {
    "tanh": np.tanh,
    "relu": lambda Z: np.maximum(Z, 0),
    "leaky relu": lambda Z: np.where(Z > 0, Z, 0.01 * Z),
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "linear": lambda Z: Z,
}
SLOPES: dict[str, Callable[[Numbers], Numbers]] = {
    "tanh": lambda A: 1 - A * A,
    "relu": lambda A: np.where(A > 0, 1.0, 0.0),
    "leaky relu": lambda A: np.where(A > 0, 1.0, 0.01),
    "sigmoid": lambda A: A * (1 - A),
    "linear": np.ones_like,
}


def rehearsed(steps: int = 3, mistake: str | None = None, points: int = 60, **chosen: Any) -> Rehearsal:
    dataset = BLOBS if points == 60 else generate(Recipe("blobs", classes=3, points=points))
    settings = replace(Settings(), **({"hidden": (4, 3)} | chosen))
    trainer = Trainer(Request(dataset, settings, pictures=frozenset({"step"}), mistake=mistake))
    for _ in range(steps):
        trainer.step()
    rehearsal = trainer.snapshot().rehearsal
    assert rehearsal is not None
    return rehearsal


def signs(rehearsal: Rehearsal, stage: str, mistake: str | None = None) -> dict[str, str]:
    """What stands before each matrix."""
    return {matrix.name: matrix.sign for row in matrices(rehearsal, stage, mistake) for matrix in row}


def factor(sign: str) -> float:
    """The number in a sign, as 0.25 of "− 1/4 ·"."""
    product = 1.0
    for part in sign.strip("+− ·").split(" · "):
        over, _, under = part.partition("/")
        product *= float(over) / float(under or 1)
    return product


def shown(rehearsal: Rehearsal, stage: str) -> dict[str, Numbers]:
    """The values of a stage's matrices in float64, by their names."""
    return {
        matrix.name: matrix.values.astype(float)
        for row in matrices(rehearsal, stage)
        for matrix in row
    }  # fmt: skip


def every_matrix(rehearsal: Rehearsal) -> list[Matrix]:
    names = stages(len(rehearsal.sizes) - 1)
    return [matrix for stage in names for row in matrices(rehearsal, stage) for matrix in row]


def equal(first: Numbers, second: Numbers) -> None:
    np.testing.assert_allclose(first, second, rtol=2e-4, atol=2e-6)


# The matrices add up


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_each_forward_stage_makes_what_it_shows_of_what_it_shows(activation: str) -> None:
    rehearsal = rehearsed(activation=activation, batch_size=7)
    for layer, before in ((1, "X"), (2, "A[1]"), (3, "A[2]")):
        seen = shown(rehearsal, f"Z[{layer}]")
        equal(seen[f"W[{layer}]"] @ seen[before] + seen[f"b[{layer}]"], seen[f"Z[{layer}]"])
        assert (f"A[{layer}]" in seen) == (layer < 3)
        if layer < 3:
            equal(G[activation](seen[f"Z[{layer}]"]), seen[f"A[{layer}]"])


def test_softmax_and_losses_add_up() -> None:
    rehearsal = rehearsed(batch_size=7, l2=2.0)
    seen = shown(rehearsal, "Y_hat")
    powers = np.exp(seen["Z[3]"])
    equal(powers / powers.sum(axis=0), seen["Ŷ"])
    seen = shown(rehearsal, "J")
    equal(-(seen["Y"] * np.log(seen["Ŷ"])).sum(axis=0, keepdims=True), seen["L"])
    assert rehearsal.batch_cost == pytest.approx(seen["L"].mean() + rehearsal.penalty)
    weights = [values for name, values in shown(rehearsal, "update").items() if re.fullmatch(r"W\[.\] before", name)]
    assert rehearsal.penalty == pytest.approx(2.0 / (2 * 60) * sum((W**2).sum() for W in weights))


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_each_backward_stage_makes_what_it_shows_of_what_it_shows(activation: str) -> None:
    rehearsal = rehearsed(activation=activation, batch_size=7)
    seen = shown(rehearsal, "dZ[3]")
    equal(seen["Ŷ"] - seen["Y"], seen["dZ[3]"])
    for layer in (2, 1):
        seen = shown(rehearsal, f"dZ[{layer}]")
        equal(seen[f"W[{layer + 1}]ᵀ"] @ seen[f"dZ[{layer + 1}]"], seen[f"dA[{layer}]"])
        equal(seen[f"dA[{layer}]"] * SLOPES[activation](seen[f"A[{layer}]"]), seen[f"dZ[{layer}]"])


@pytest.mark.parametrize(("batch_size", "b"), [(0, 60), (7, 7)])
@pytest.mark.parametrize("l2", [0.0, 3.0])
def test_gradients_are_means_and_the_penalty_takes_the_whole_sets_m(batch_size: int, b: int, l2: float) -> None:
    rehearsal = rehearsed(batch_size=batch_size, l2=l2)
    for layer, before in ((1, "Xᵀ"), (2, "A[1]ᵀ"), (3, "A[2]ᵀ")):
        seen, before_it = shown(rehearsal, f"dW[{layer}]"), signs(rehearsal, f"dW[{layer}]")
        dZ = seen[f"dZ[{layer}]"]
        assert factor(before_it[f"dZ[{layer}]"]) == 1 / b
        penalty: Numbers | float = 0.0
        if l2:
            assert factor(before_it[f"W[{layer}]"]) == l2 / 60
            penalty = l2 / 60 * seen[f"W[{layer}]"]
        equal(dZ @ seen[before] / b + penalty, seen[f"dW[{layer}]"])
        equal(dZ.sum(axis=1, keepdims=True) / b, seen[f"db[{layer}]"])


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_the_update_goes_from_before_to_after_by_what_the_optimiser_makes_of_the_gradient(optimizer: str) -> None:
    rehearsal = rehearsed(optimizer=optimizer, learning_rate=0.3, batch_size=7)
    seen, before_it = shown(rehearsal, "update"), signs(rehearsal, "update")
    letter = {"gradient descent": "d", "momentum": "v"}.get(optimizer, "u")
    for name in ("W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"):
        equal(seen[f"{name} before"] - 0.3 * seen[letter + name], seen[f"{name} after"])
    for layer in "123":
        assert factor(before_it[f"{letter}W[{layer}]"]) == 0.3
        assert before_it[f"W[{layer}] after"] == "="
    averages = dict(
        zip({"momentum": "v", "rmsprop": "s", "adam": "vs"}.get(optimizer, ""), rehearsal.averages, strict=True)
    )
    t, gradient = rehearsal.updates, rehearsal.gradient
    expected = {
        "gradient descent": lambda: gradient,
        "momentum": lambda: averages["v"],
        "rmsprop": lambda: gradient / (np.sqrt(averages["s"]) + 1e-8),
        "adam": lambda: averages["v"] / (1 - 0.9**t) / (np.sqrt(averages["s"] / (1 - 0.999**t)) + 1e-8),
    }[optimizer]()
    np.testing.assert_allclose(rehearsal.direction, expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("batch_size", [0, 7])
def test_shapes_multiply(batch_size: int) -> None:
    rehearsal = rehearsed(batch_size=batch_size, points=2300)
    for stage, first, second, product in (
        ("Z[2]", "W[2]", "A[1]", "Z[2]"),
        ("dZ[2]", "W[3]ᵀ", "dZ[3]", "dA[2]"),
        ("dW[2]", "dZ[2]", "A[1]ᵀ", "dW[2]"),
        ("dW[1]", "dZ[1]", "Xᵀ", "dW[1]"),
    ):
        shapes = {matrix.symbol: matrix.shape for row in matrices(rehearsal, stage) for matrix in row}
        assert shapes[first][1] == shapes[second][0]
        assert shapes[product] == (shapes[first][0], shapes[second][1])


def test_the_colours_of_before_and_after_compare() -> None:
    rehearsal = rehearsed(optimizer="gradient descent", learning_rate=0.3)
    scales = {matrix.name: matrix.scale for row in matrices(rehearsal, "update") for matrix in row}
    assert scales["W[2] before"] == scales["W[2] after"] is not None


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_averages_are_those_of_all_gradients_so_far(optimizer: str) -> None:
    decays = {"gradient descent": [], "momentum": [(1, 0.9)], "rmsprop": [(2, 0.9)], "adam": [(1, 0.9), (2, 0.999)]}
    trainer = Trainer(
        Request(BLOBS, replace(Settings(), optimizer=optimizer, batch_size=9), pictures=frozenset({"step"}))
    )
    averages: list[Numbers] = [np.zeros(trainer.network.parameters.size) for _ in decays[optimizer]]
    for step in range(1, 6):
        rehearsal = trainer.snapshot().rehearsal
        assert rehearsal is not None
        gradient = rehearsal.gradient.astype(float)
        averages = [
            decay * average + (1 - decay) * gradient**power
            for average, (power, decay) in zip(averages, decays[optimizer], strict=True)
        ]
        assert rehearsal.updates == step
        np.testing.assert_allclose(rehearsal.averages, np.array(averages).reshape(rehearsal.averages.shape), rtol=1e-4)
        trainer.step()


def test_updates_are_counted_from_where_the_optimiser_was_chosen() -> None:
    trainer = Trainer(Request(BLOBS, Settings(), pictures=frozenset({"step"})))
    for _ in range(4):
        trainer.step()
    trainer.accept(replace(trainer.request, settings=replace(Settings(), optimizer="rmsprop")))
    rehearsal = trainer.snapshot().rehearsal
    assert rehearsal is not None
    assert (rehearsal.step, rehearsal.updates) == (4, 1)


def test_matrices_are_the_traces_own_arrays() -> None:
    rehearsal = rehearsed(l2=1.0)
    trace = rehearsal.trace
    layered = [
        array for arrays in (trace.Z, trace.A, trace.dZ, trace.dA, trace.dW, trace.db) for array in arrays.values()
    ]
    flat = [rehearsal.before, rehearsal.direction, rehearsal.after, rehearsal.losses]
    own = [trace.X, trace.Y, trace.Y_hat, *layered, *flat]
    for matrix in every_matrix(rehearsal):
        assert any(np.shares_memory(matrix.values, array) for array in own), matrix.name


def test_shapes_are_those_of_the_whole_batch_and_rows_of_the_output_are_classes() -> None:
    rehearsal = rehearsed(points=2300)
    over_examples = {"X", "Y", "Ŷ", "L", "Z[1]", "A[1]", "Z[3]", "dZ[2]", "dA[1]", "dZ[3]"}
    for matrix in every_matrix(rehearsal):
        if matrix.symbol in over_examples:
            assert matrix.shape == (len(matrix.values), 2300)
            assert matrix.values.shape[1] == 2000
        if matrix.symbol[0] in "Wb":
            assert matrix.shape == matrix.values.shape
    assert {matrix.symbol for matrix in every_matrix(rehearsal) if matrix.is_by_class} == {"Y", "Ŷ", "Z[3]", "dZ[3]"}


def test_without_hidden_layers_there_is_one_of_each() -> None:
    rehearsal = rehearsed(hidden=())
    seen = shown(rehearsal, "Z[1]")
    assert set(seen) == {"W[1]", "X", "b[1]", "Z[1]"}
    assert set(shown(rehearsal, "dW[1]")) == {"dZ[1]", "Xᵀ", "dW[1]", "db[1]"}
    assert set(shown(rehearsal, "dZ[1]")) == {"Ŷ", "Y", "dZ[1]"}


# The largest move


@pytest.mark.parametrize("place", ["W[1]", "b[1]", "W[2]", "b[3]"])
def test_the_largest_move_is_found_where_it_is(place: str) -> None:
    rehearsal = rehearsed(optimizer="adam")
    start, size = {"W[1]": (0, 3), "b[1]": (2, 3), "W[2]": (12, 5), "b[3]": (12 + 15 + 3, 4)}[place]
    index = start + size  # in the second row of its layer
    after = rehearsal.after.copy()
    after[index] = rehearsal.before[index] - 7
    move = largest_move(replace(rehearsal, after=after))
    assert (move.symbol, move.row, move.column) == (place, 2, 1)
    assert move.after == pytest.approx(move.before - 7)
    assert move.gradient == rehearsal.gradient[index]
    assert move.averages == tuple(rehearsal.averages[:, index])


def test_a_step_that_goes_nowhere_has_a_largest_move_all_the_same() -> None:
    rehearsal = rehearsed()
    for after in (rehearsal.before, np.full_like(rehearsal.before, np.nan)):
        assert largest_move(replace(rehearsal, after=after)).symbol == "W[1]"


# Formulas and sentences


def plain(latex: str) -> str:
    """LaTeX without the marks of its terms and without spaces."""
    while r"\term{" in latex:
        latex = re.sub(r"\\term\{[^{}]*\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", latex)
    return latex.replace(" ", "").replace("X^{T}", "A^{[0]T}")


@pytest.mark.parametrize("mistake", list(MISTAKES))
@pytest.mark.parametrize("hidden", [(), (4,), (4, 3)])
def test_a_planted_mistake_is_written_as_it_is_computed_and_where(mistake: str, hidden: tuple[int, ...]) -> None:
    rehearsal = rehearsed(hidden=hidden, mistake=mistake)
    last = len(hidden) + 1
    for stage in stages(last):
        mistaken = [plain(formula.latex) for formula in formulas(rehearsal, stage, mistake) if formula.is_mistaken]
        assert bool(mistaken) == is_spoilt(rehearsal, stage, mistake)
        if mistaken:
            layer = int(stage[3])
            expected = MISTAKES[mistake].latex.replace("[l-1]", f"[{layer - 1}]").replace("[l]", f"[{layer}]")
            assert expected.replace("[L]", f"[{last}]").replace(" ", "") in mistaken


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize(("batch_size", "b"), [(0, 60), (7, 7)])
def test_mistaken_stages_show_what_their_formulas_say(batch_size: int, b: int, l2: float) -> None:
    rehearsal = rehearsed(mistake="forget 1/m", l2=l2, batch_size=batch_size)
    seen, before_it = shown(rehearsal, "dW[2]"), signs(rehearsal, "dW[2]", "forget 1/m")
    dW = plain(formulas(rehearsal, "dW[2]", "forget 1/m")[0].latex)
    assert before_it["dZ[2]"] == ""
    penalty: Numbers | float = 0.0
    if l2:
        assert factor(before_it["W[2]"]) == pytest.approx(l2 * b / 60)
        assert dW.endswith(r"+\lambda\,W^{[2]}" if b == 60 else r"+\frac{m_b}{m}\lambda\,W^{[2]}")
        penalty = l2 * b / 60 * seen["W[2]"]
    np.testing.assert_allclose(seen["dZ[2]"] @ seen["A[1]ᵀ"] + penalty, seen["dW[2]"], rtol=1e-3, atol=1e-4)
    seen = shown(rehearsed(mistake="wrong sign", l2=l2), "dZ[3]")
    equal(seen["Y"] - seen["Ŷ"], seen["dZ[3]"])
    seen = shown(rehearsed(mistake="forget g′", l2=l2), "dZ[1]")
    equal(seen["dA[1]"], seen["dZ[1]"])
    assert not shown(rehearsed(mistake="forget a bias", l2=l2), "dW[3]")["db[3]"].any()


def test_without_a_mistake_nothing_is_spoilt_and_every_formula_is_right() -> None:
    rehearsal = rehearsed()
    for stage in stages(3):
        assert not is_spoilt(rehearsal, stage, None)
        assert not any(formula.is_mistaken for formula in formulas(rehearsal, stage, None))


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize("hidden", [(), (4, 3)])
def test_every_matrix_of_a_stage_is_a_term_of_its_formulas(hidden: tuple[int, ...], l2: float) -> None:
    rehearsal = rehearsed(hidden=hidden, l2=l2)
    for stage in stages(len(hidden) + 1)[:-1]:
        latex = " ".join(formula.latex for formula in formulas(rehearsal, stage, None))
        for row in matrices(rehearsal, stage):
            for matrix in row:
                assert rf"\term{{{matrix.term}}}" in latex, (stage, matrix.symbol)


@pytest.mark.parametrize("batch_size", [0, 7])
def test_a_batchs_m_has_a_name_of_its_own(batch_size: int) -> None:
    rehearsal = rehearsed(batch_size=batch_size, l2=3.0)
    own = "m_b" if batch_size else "m"
    latex = {stage: [plain(formula.latex) for formula in formulas(rehearsal, stage, None)] for stage in stages(3)}
    assert latex["X"][0].endswith(rf"x^{{({own})}}\,]")
    mean = rf"\frac{{1}}{{{own}}}"
    assert rf"={mean}\sum_{{i=1}}^{{{own}}}L^{{(i)}}+\frac{{\lambda}}{{2m}}\sum_l\|W^{{[l]}}\|^2" in latex["J"][1]
    assert latex["J"][1].startswith(r"J(W^{[1]},b^{[1]},\dots,W^{[3]},b^{[3]})=")
    assert latex["dZ[3]"][1] == rf"\frac{{\partialJ}}{{\partialZ^{{[3]}}}}={mean}dZ^{{[3]}}"
    assert latex["dW[2]"] == [
        rf"dW^{{[2]}}={mean}dZ^{{[2]}}A^{{[1]T}}+\frac{{\lambda}}{{m}}W^{{[2]}}",
        rf"db^{{[2]}}={mean}\sum_{{i=1}}^{{{own}}}dZ^{{[2](i)}}",
    ]


def test_the_penalty_stands_in_the_formulas_where_there_is_one() -> None:
    for l2 in (0.0, 3.0):
        rehearsal = rehearsed(l2=l2)
        for stage in ("J", "dW[1]"):
            latex = " ".join(formula.latex for formula in formulas(rehearsal, stage, None))
            assert (r"\lambda" in latex) == (l2 > 0)


@pytest.mark.parametrize(
    ("optimizer", "numbers"),
    [
        ("gradient descent", set()),
        ("momentum", {"0.9", "0.1"}),
        ("rmsprop", {"0.9", "0.1"}),
        ("adam", {"0.9", "0.1", "0.999", "0.001"}),
    ],
)
def test_the_optimisers_rule_has_its_own_numbers(optimizer: str, numbers: set[str]) -> None:
    rule = update_rule(optimizer)
    latex = " ".join(formula.latex for formula in rule)
    assert set(re.findall(r"\d*\.\d+", latex)) == numbers
    assert rule[-1].latex.startswith(r"\theta := \theta - \alpha")
    assert len(rule) <= 3


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_stage_is_told_in_no_more_than_forty_words(activation: str, optimizer: str) -> None:
    for hidden in ((), (1,), (4, 3)):
        rehearsal = rehearsed(steps=0, hidden=hidden, activation=activation, optimizer=optimizer, l2=1.0)
        for stage in stages(len(hidden) + 1):
            assert 5 < len(about(stage, rehearsal).split()) <= 40, (stage, about(stage, rehearsal))


@pytest.mark.parametrize("layers", [1, 2, 7])
def test_every_stage_has_a_name_and_a_place_of_its_own(layers: int) -> None:
    sizes = (2, *[3] * layers)
    names = stages(layers)
    assert len({title(stage, sizes) for stage in names}) == len({symbol(stage) for stage in names}) == len(names)
    places = [stage_place(stage, layers) for stage in names]
    assert len(set(places)) == len(names)
    assert {row for _, row in places} == {0, 1, 2}
    forward = [column for column, row in places if row == 0]
    backward = [column for column, row in places if row == 1]
    assert forward == list(range(layers + 3))
    assert backward == list(range(layers, 0, -1))


def test_the_choices_say_what_each_mistake_does_and_why_one_cannot_be_made() -> None:
    for sizes, activation, blocked in (((2, 3), "tanh", True), ((2, 4, 3), "linear", True), ((2, 4, 3), "relu", False)):
        choices = mistake_choices(sizes, activation)
        assert [choice.name for choice in choices] == list(MISTAKES)
        assert [choice.what for choice in choices] == [mistake.what for mistake in MISTAKES.values()]
        assert {choice.name for choice in choices if choice.obstacle} == ({"forget g′"} if blocked else set())
