"""Numbers as the reader sees them: examples from a textbook, and what holds for every float there is."""

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.number_text import fitting, fixed, signed, significant, widest_fixed, widest_significant, width

LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
thorough = settings(derandomize=True, deadline=None, max_examples=400)
any_float = st.floats(width=64)
decimals = st.integers(0, 6)
figures = st.integers(1, 8)


def read(text: str) -> Decimal:
    """What a reader takes a finite number's text for."""
    digits, _, exponent = text.replace("−", "-").partition("×10")
    return Decimal(f"{digits}E{exponent.translate(LOWERED) or 0}")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.8420, 3, "0.842"),
        (-12.3456, 3, "−12.346"),
        (148.413159, 2, "148.41"),
        (-0.0004, 3, "0.000"),
        (-0.0, 1, "0.0"),
        (-0.4, 0, "0"),
        (999.9994, 3, "999.999"),
        (999.9996, 3, "1000.00"),
        (-12345.7, 3, "−12345.7"),
        (-123456.7, 3, "−123457"),
        (-1e200, 3, "−1×10²⁰⁰"),
        (math.nan, 3, "nan"),
        (math.inf, 3, "∞"),
        (-math.inf, 3, "−∞"),
        (np.float32(0.25), 2, "0.25"),
    ],
)
def test_fixed(value: float, places: int, text: str) -> None:
    assert fixed(value, places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.158, 3, "+0.158"),
        (-0.158, 3, "−0.158"),
        (0.0004, 3, "0.000"),
        (-0.0004, 3, "0.000"),
        (0.0, 2, "0.00"),
        (2e50, 2, "+2×10⁵⁰"),
        (math.nan, 3, "nan"),
        (math.inf, 3, "+∞"),
        (-math.inf, 3, "−∞"),
    ],
)
def test_signed(value: float, places: int, text: str) -> None:
    assert signed(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (31.1929, "31.19"),
        (math.exp(5), "148.4"),
        (math.exp(-1), "0.3679"),
        (3201.4, "3201"),
        (32014, "32014"),
        (999949, "999949"),
        (999951, "1.000×10⁶"),
        (1234567, "1.235×10⁶"),
        (99.996, "100.0"),
        (0.001234, "0.001234"),
        (0.000751234, "7.512×10⁻⁴"),
        (-0.000751234, "−7.512×10⁻⁴"),
        (1.23456e-45, "1.23×10⁻⁴⁵"),
        (1.23456e123, "1.23×10¹²³"),
        (5e-324, "4.9×10⁻³²⁴"),
        (1, "1.000"),
        (0, "0"),
        (-0.0, "0"),
        (math.nan, "nan"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_four_significant_figures(value: float, text: str) -> None:
    assert significant(value, 4) == text


@thorough
@given(value=any_float, places=decimals)
def test_no_number_is_wider_than_its_column(value: float, places: int) -> None:
    assert width(fixed(value, places)) <= widest_fixed(places)
    assert width(signed(value, places)) <= widest_fixed(places)


@thorough
@given(value=any_float, kept=figures)
def test_no_number_of_significant_figures_is_wider_than_its_column(value: float, kept: int) -> None:
    assert len(significant(value, kept)) <= widest_significant(kept)


@pytest.mark.parametrize("places", range(3, 7))
def test_the_widest_is_reached_so_no_column_is_wider_than_it_must_be(places: int) -> None:
    assert len(fixed(-999, places)) == widest_fixed(places)
    assert len(significant(-math.pi * 1e-3, places)) == places + 5


@thorough
@given(value=st.floats(-999, 999), places=decimals)
def test_fixed_is_off_by_at_most_half_its_last_place(value: float, places: int) -> None:
    assert abs(read(fixed(value, places)) - Decimal(value)) <= Decimal(10) ** -places / 2


@thorough
@given(value=st.floats(1e-9, 1e9) | st.floats(-1e9, -1e-9), kept=figures)
def test_significant_is_off_by_at_most_half_its_last_figure(value: float, kept: int) -> None:
    exact = Decimal(value)
    half = Decimal(10) ** (exact.adjusted() - kept + 1) / 2
    assert abs(read(significant(value, kept)) - exact) <= half


@thorough
@given(value=any_float, places=decimals)
def test_a_sign_is_a_true_one_and_never_a_zero_s(value: float, places: int) -> None:
    for text in (fixed(value, places), signed(value, places), significant(value, places + 1)):
        assert "-" not in text
        if not text.strip("+−0."):
            assert text[0] == "0"


@thorough
@given(value=st.floats(allow_nan=False), places=decimals)
def test_a_negative_number_reads_as_its_opposite_with_a_minus(value: float, places: int) -> None:
    for write in (fixed, significant):
        positive = write(abs(value), places + 1)
        assert write(-abs(value), places + 1) in (f"−{positive}", positive)


@pytest.mark.parametrize(
    ("write", "value", "figures", "room", "text"),
    [
        (significant, 148.4131591, 5, 9, "148.41"),
        (significant, 1.23456e-45, 5, 11, "1.235×10⁻⁴⁵"),
        (significant, 1.23456e-45, 5, 8, "1.2×10⁻⁴⁵"),
        (significant, math.inf, 5, 3, "∞"),
        (signed, -0.84203, 4, 7, "−0.8420"),
        (signed, 84.20314, 4, 7, "+84.203"),
        (signed, -100.0, 4, 7, "−100.00"),
        (significant, -1.2e-300, 5, 3, "−1×10⁻³⁰⁰"),  # no shorter way to write it
    ],
)
def test_figures_are_dropped_until_a_number_fits(write: Any, value: float, figures: int, room: int, text: str) -> None:
    assert fitting(write, value, figures, room) == text
