"""Kinds of setting: what is written is read back, what is not allowed is refused in words, sliders go one way."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.errors import UserError
from playground.session.generators import RECIPE_SPECS
from playground.session.settings import SPECS
from playground.session.specs import Choice, Kind, Layers, Number, Spec, Switch

ALL_SPECS = {spec.name: spec for spec in (*SPECS, *RECIPE_SPECS)}
NUMBERS = {name: spec.kind for name, spec in ALL_SPECS.items() if isinstance(spec.kind, Number)}

thorough = settings(derandomize=True, deadline=None, max_examples=60)
each_spec = pytest.mark.parametrize("spec", ALL_SPECS.values(), ids=ALL_SPECS)
each_number = pytest.mark.parametrize("kind", NUMBERS.values(), ids=NUMBERS)


def allowed_values(kind: Kind) -> st.SearchStrategy[Any]:
    match kind:
        case Choice(options):
            return st.sampled_from(options)
        case Switch():
            return st.booleans()
        case Layers(most_layers, most_units):
            return st.lists(st.integers(1, most_units), max_size=most_layers).map(tuple)
        case Number(low, high, whole, words=words):
            special = st.sampled_from(sorted(words.values())) if words else st.nothing()
            plain: st.SearchStrategy[float] = st.integers(int(low), int(high)) if whole else st.floats(low, high)
            return plain | special


def says_what_is_allowed(message: str, kind: Kind) -> bool:
    match kind:
        case Choice(options):
            words = list(options)
        case Switch():
            words = ["on", "off"]
        case Layers(most_layers, most_units):
            words = [f"up to {most_layers} layers", f"1 to {most_units} units", "none"]
        case Number(low, high, whole, words=special):
            words = [f"between {low:g} and {high:g}", "a whole number" if whole else "a number", *special]
    return all(word in message for word in words)


# Text


@pytest.mark.parametrize("text", ["dZ[2]", "dz[2]", " DZ[2] "])
def test_an_option_with_capitals_is_read_in_any(text: str) -> None:
    assert Choice(("dZ[2]", "by hand")).parse(text) == "dZ[2]"
    assert Choice(("dZ[2]", "By hand")).parse("by-hand") == "By hand"


@each_spec
@thorough
@given(data=st.data())
def test_what_is_written_is_read_back(spec: Spec, data: st.DataObject) -> None:
    value = data.draw(allowed_values(spec.kind))
    read = spec.parse(spec.write(value))
    assert read == value
    assert type(read) is type(spec.check(value))


@each_spec
@thorough
@given(data=st.data())
def test_an_allowed_value_passes_unchanged(spec: Spec, data: st.DataObject) -> None:
    value = data.draw(allowed_values(spec.kind))
    assert spec.check(value) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("hidden", "8,8", (8, 8)),
        ("hidden", " 8, 8 ", (8, 8)),
        ("hidden", "8 16", (8, 16)),
        ("hidden", "8-16-4", (8, 16, 4)),
        ("hidden", "none", ()),
        ("hidden", "None", ()),
        ("hidden", "", ()),
        ("optimizer", "gradient descent", "gradient descent"),
        ("optimizer", "gradient-descent", "gradient descent"),
        ("optimizer", " ADAM ", "adam"),
        ("activation", "Leaky-ReLU", "leaky relu"),
        ("speed", "1 Epoch/Frame", "1 epoch/frame"),
        ("batch_size", "full", 0),
        ("batch_size", "FULL ", 0),
        ("batch_size", "32", 32),
        ("batch_size", "32.0", 32),
        ("learning_rate", "1e-3", 0.001),
        ("learning_rate", " 0.5 ", 0.5),
        ("l2", "0", 0.0),
        ("standardise", "on", True),
        ("standardise", "Yes", True),
        ("standardise", "true", True),
        ("standardise", "1", True),
        ("standardise", "off", False),
        ("standardise", "no", False),
        ("standardise", "FALSE", False),
        ("standardise", "0", False),
    ],
)
def test_text_is_read_the_way_people_type_it(name: str, text: str, value: object) -> None:
    read = ALL_SPECS[name].parse(text)
    assert read == value
    assert type(read) is type(value)


def test_a_minus_sign_as_printed_is_understood() -> None:
    with pytest.raises(UserError, match="not -2"):
        ALL_SPECS["l2"].parse("−2")  # read as the number −2, which is too small


# Refusals

WRONG_TEXT: dict[type, list[str]] = {
    Number: ["text", "", "nan", "inf", "-inf", "1e999", "1,5", "-1", "1e7", "0x10", "1 2"],
    Choice: ["nonsense", "", "nan", "1"],
    Switch: ["maybe", "", "nan", "2", "-1"],
    Layers: ["8,x", "x", "nan", "inf", "0", "8,0", "65", "-8", "8.5", "1,2,3,4,5,6,7"],
}
WRONG_VALUES: dict[type, list[Any]] = {
    Number: [True, False, "3", "full", None, float("nan"), float("inf"), -float("inf"), -1, 1e7, [3], 1j],
    Choice: [True, 0, None, "", "nonsense", ["tanh"], float("nan")],
    Switch: [0, 1, None, "on", "", float("nan")],
    Layers: [8, None, "8,8", (8.0,), (True,), ("8",), (0,), (65,), (-1,), (1,) * 7, {8: 8}, float("nan")],
}


def wrong_for(kind: Kind, table: dict[type, list[Any]]) -> list[Any]:
    fraction = [2.5] if isinstance(kind, Number) and kind.whole else []
    return table[type(kind)] + ([str(value) for value in fraction] if table is WRONG_TEXT else fraction)


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        pytest.param(spec, text, id=f"{spec.name}-{text}")
        for spec in ALL_SPECS.values()
        for text in wrong_for(spec.kind, WRONG_TEXT)
    ],
)
def test_a_text_that_is_not_allowed_is_refused_by_name_saying_what_is(spec: Spec, text: str) -> None:
    with pytest.raises(UserError) as refusal:
        spec.parse(text)
    assert str(refusal.value).startswith(f"{spec.label} must be ")
    assert says_what_is_allowed(str(refusal.value), spec.kind)
    assert ", not " in str(refusal.value)


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        pytest.param(spec, value, id=f"{spec.name}-{value!r}")
        for spec in ALL_SPECS.values()
        for value in wrong_for(spec.kind, WRONG_VALUES)
    ],
)
def test_a_value_that_is_not_allowed_is_refused_by_name_saying_what_is(spec: Spec, value: object) -> None:
    with pytest.raises(UserError) as refusal:
        spec.check(value)
    assert str(refusal.value).startswith(f"{spec.label} must be ")
    assert says_what_is_allowed(str(refusal.value), spec.kind)


@each_number
def test_numbers_just_outside_the_limits_are_refused_and_the_limits_are_not(kind: Number) -> None:
    step = 1 if kind.whole else 1e-6
    assert kind.check(kind.low) == kind.low
    assert kind.check(kind.high) == kind.high
    for outside in (kind.low - step, kind.high + step):
        if outside not in kind.words.values():
            with pytest.raises(UserError):
                kind.check(outside)


@pytest.mark.parametrize("value", [10**400, -(10**400)], ids=["10^400", "-10^400"])
@each_number
def test_a_number_too_large_for_a_float_is_refused(kind: Number, value: int) -> None:
    with pytest.raises(UserError):
        kind.check(value)


@pytest.mark.parametrize("text", ["8,-8", "8, -1", ","])
def test_layers_with_a_minus_before_a_number_or_without_numbers_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="Hidden layers must be"):
        ALL_SPECS["hidden"].parse(text)


# Values have one type each


@each_spec
@thorough
@given(data=st.data())
def test_a_checked_value_has_the_type_of_its_kind(spec: Spec, data: st.DataObject) -> None:
    value = spec.check(data.draw(allowed_values(spec.kind)))
    whole = isinstance(spec.kind, Number) and spec.kind.whole
    types: dict[type, type] = {Number: int if whole else float, Choice: str, Switch: bool, Layers: tuple}
    assert type(value) is types[type(spec.kind)]


def test_a_whole_number_written_with_a_point_becomes_an_int() -> None:
    assert type(ALL_SPECS["seed"].check(7.0)) is int
    assert type(ALL_SPECS["batch_size"].check(0.0)) is int
    assert type(ALL_SPECS["l2"].check(1)) is float


def test_a_list_of_layers_becomes_a_tuple() -> None:
    assert ALL_SPECS["hidden"].check([8, 4]) == (8, 4)


# Sliders


@each_number
def test_a_slider_starts_at_the_lowest_value_and_ends_at_the_highest_or_at_the_word(kind: Number) -> None:
    end = next(iter(kind.words.values())) if kind.words else kind.high
    assert (kind.at(0), kind.at(1)) == (kind.low, end)
    assert (kind.at(-0.5), kind.at(1.5)) == (kind.low, end)
    assert (kind.fraction(kind.low), kind.fraction(end)) == (0, 1)


@each_number
def test_along_a_slider_values_only_grow(kind: Number) -> None:
    values = [kind.at(tick / 1000) for tick in range(1000)]
    assert values == sorted(values)
    assert len(set(values)) >= min(50, kind.high - kind.low if kind.whole else 50)
    assert all(kind.check(value) == value for value in values)


@each_number
@thorough
@given(data=st.data())
def test_a_larger_value_lies_further_along_the_slider(kind: Number, data: st.DataObject) -> None:
    values = st.integers(int(kind.low), int(kind.high)) if kind.whole else st.floats(kind.low, kind.high)
    less, more = sorted([data.draw(values), data.draw(values)])
    assert 0 <= kind.fraction(less) <= kind.fraction(more) <= 1 + 1e-12


@each_number
@thorough
@given(data=st.data())
def test_the_value_at_a_values_own_place_is_about_that_value(kind: Number, data: st.DataObject) -> None:
    # a slider that ends in a word has no place for the highest number
    value = data.draw(allowed_values(kind).filter(lambda value: not (kind.words and value == kind.high)))
    near = kind.at(kind.fraction(value))
    if not kind.log:
        assert near == pytest.approx(value, abs=1e-6)
    elif value in kind.words.values():
        assert near == value
    else:
        assert near == pytest.approx(value, rel=0.051, abs=0.5 if kind.whole else kind.high * 1e-7)


def test_a_logarithmic_slider_multiplies_and_a_plain_one_adds() -> None:
    rate, share = NUMBERS["learning_rate"], NUMBERS["test_share"]
    assert rate.at(0.5) == pytest.approx((1e-5 * 100) ** 0.5, rel=0.05)
    assert share.at(0.5) == pytest.approx(0.45)


# The tables


@each_spec
def test_every_setting_has_a_label_and_a_tip_in_whole_sentences(spec: Spec) -> None:
    assert spec.label
    assert spec.tip.endswith(".")
    assert len(spec.tip) > 20


@each_number
@given(data=st.data())
def test_a_step_up_is_the_next_value_and_a_step_down_leads_back(kind: Number, data: st.DataObject) -> None:
    value = kind.at(data.draw(st.floats(0, 1)))
    up = kind.stepped(value, 1)
    assert kind.check(up) == up
    assert type(up) is (int if kind.whole else float)
    if value == kind.at(1):
        assert up == value
        assert kind.stepped(value, -1) != value
        return
    assert up > value or up in kind.words.values()
    assert kind.stepped(up, -1) <= value or up in kind.words.values()
    assert kind.stepped(kind.stepped(up, 1), -1) == up or kind.stepped(up, 1) in (kind.high, up)


def test_ten_steps_are_ten_times_as_much_where_a_slider_multiplies() -> None:
    rate = Number(1e-5, 100, log=True)
    assert [rate.stepped(0.01, count) for count in (1, 2, 3, 10, -10)] == [0.013, 0.016, 0.02, 0.1, 0.001]
    assert rate.stepped(0.0123, 1) == 0.013
    assert rate.stepped(99, 10) == 100


def test_a_step_is_one_of_what_is_counted_and_leads_to_the_words_at_the_end() -> None:
    assert Number(0, 999_999, whole=True).stepped(7, 1) == 8
    batch = Number(1, 100_000, whole=True, log=True, words={"full": 0})
    assert [batch.stepped(1, 1), batch.stepped(2, -1), batch.stepped(1, -1)] == [2, 1, 1]
    assert [batch.stepped(100_000, 1), batch.stepped(0, 1), batch.stepped(0, -1)] == [0, 0, 100_000]
    penalty = Number(0, 100, log=True)
    assert [penalty.stepped(0, 1), penalty.stepped(1e-5, -1), penalty.stepped(1e-7, -1)] == [1e-5, 0, 0]
    assert Number(0, 0.9).stepped(0.3, 1) == 0.31
