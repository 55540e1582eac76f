"""Coordinates as they are written: neighbours differ, at any size and distance from 0, and nothing else is lost."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from playground.gui.parts.place_text import (
    SUPERSCRIPTS,
    THIN,
    Notation,
    coordinate,
    grouped,
    legible,
    notation,
    point_text,
    step_between,
    whole,
)
from playground.session.digits import MINUS

shares = st.floats(-4, 12).map(lambda power: 10.0**power)  # of a coordinate, in steps
LEAST = 1e-90  # what the plane zooms to
middles = st.one_of(st.floats(-1e3, 1e3), st.floats(-1e30, 1e30), st.floats(-1e-20, 1e-20)).filter(
    lambda middle: abs(middle) >= LEAST
)


def read(text: str) -> float:
    """The number that a text says."""
    back = {chr(value): chr(key) for key, value in SUPERSCRIPTS.items()}
    plain = text.replace(THIN, "").replace(MINUS, "-")
    mantissa, _, exponent = plain.partition("×10")
    return float(mantissa) * 10.0 ** int("".join(back[it] for it in exponent) or "0")


@given(middles, shares)
@example(1.0, 10.0**3.5)
def test_what_is_written_tells_neighbours_apart_and_is_near_what_it_stands_for(value: float, share: float) -> None:
    step = abs(value) / share
    assume(step > 0)
    for write in (coordinate, legible):
        text = write(value, step)
        assert text != write(value + 1.01 * step, step)
        assert read(text) == pytest.approx(value, abs=0.51 * step, rel=1e-12)
        assert "e" not in text or write is legible


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (2459001.43335, 0.008, "2 459 001.433"),
        (-691234.5, 0.2, "−691 234.5"),
        (2822550362125.0, 1.6e10, "2.82×10¹²"),
        (3.14159e-13, 1e-15, "3.14×10⁻¹³"),
        (1234.5, 0.01, "1234.50"),
        (-0.0001, 0.01, "0.00"),
        (0.0, 1e-20, "0"),
    ],
)
def test_coordinates_are_written_as_people_write_them(value: float, step: float, text: str) -> None:
    assert coordinate(value, step).replace(THIN, " ") == text


def test_where_four_figures_tell_places_apart_they_are_what_is_written() -> None:
    assert point_text((0.51234, -1.23456), (0.006, 0.006)) == "(0.5123, −1.235)"
    assert legible(12.3456, 0.0001) == "12.3456"


@given(middles, st.floats(-3, 10).map(lambda power: 10.0**power))
def test_an_axis_writes_few_digits_and_names_what_it_left_out(middle: float, share: float) -> None:
    width = abs(middle) / share
    assume(width > 0)
    low, high = middle - width / 2, middle + width / 2
    found = notation(low, high)
    numbers = [(low + share * (high - low) - found.offset) / 10.0**found.exponent for share in np.linspace(0, 1, 11)]
    decimals = max(0, math.ceil(-math.log10(width / 10 / 10.0**found.exponent)))
    texts = [grouped(f"{number:.{decimals}f}") for number in numbers]
    assert len(set(texts)) == len(texts)
    assert max(len(text.replace(THIN, "").strip("−").replace(".", "")) for text in texts) <= 10
    assert (found == Notation()) == (found.name("x") == "x")


def test_the_name_of_an_axis_says_what_its_numbers_are_of_it() -> None:
    assert notation(-3, 5).name("x₁") == "x₁"
    assert notation(2459000, 2459007).name("bjd").replace(THIN, " ") == "bjd − 2 459 000"
    assert notation(-1700000001, -1700000000).name("t").replace(THIN, " ") == "t + 1 700 000 000"
    assert notation(1.5e12, 16.5e12).name("gdp") == "gdp, in 10¹²"
    assert notation(-1e-12, 2e-12).name("a") == "a, in 10⁻¹²"
    assert whole(1.5e20) == "1.5×10²⁰"


def test_the_step_between_points_is_no_finer_than_the_eye() -> None:
    assert step_between(np.array([0.0, 1e-9, 1.0])) == pytest.approx(1e-3)
    assert step_between(np.array([5.0, 1.0, 3.0])) == 2
    assert step_between(np.array([2.0, 2.0])) == 0
