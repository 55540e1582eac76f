"""The palette: tables of colours that never average two classes, and grow with the probability."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.gui.palette import (
    CLASS_COLOURS,
    CLASS_SYMBOLS,
    LEVELS,
    SIGNED,
    SYMBOL_SIZES,
    THEMES,
    Theme,
    levels,
    map_table,
    mix,
    region_picture,
    region_table,
    signed_picture,
)
from tests.gui.hands import Matrix, channels

thorough = settings(derandomize=True, deadline=None, max_examples=60)
each_theme = pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")
styles = st.lists(st.integers(0, 9), min_size=2, max_size=10, unique=True).map(tuple)


def rgb(pixels: Matrix) -> Matrix:
    """Channels (..., 3) of 0xAARRGGBB pixels."""
    assert ((pixels >> 24) == 0xFF).all()
    return np.stack([(pixels >> shift) & 0xFF for shift in (16, 8, 0)], axis=-1).astype(float)


def share_of(pixel: Matrix, paper: str, colour: str) -> float:
    """How far a pixel (3,) lies on the way from paper to a colour; it must lie on that way, to rounding."""
    way = channels(colour) - channels(paper)
    share = float((pixel - channels(paper)) @ way / (way @ way))
    np.testing.assert_allclose(pixel, channels(paper) + share * way, atol=1)
    return share


def luminance(colour: str) -> float:
    """WCAG's relative luminance, longhand."""
    total = 0.0
    for channel, weight in zip(channels(colour) / 255, (0.2126, 0.7152, 0.0722), strict=True):
        total += weight * (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
    return total


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


# Colours


def test_the_first_seven_classes_are_okabe_and_ito_s() -> None:
    assert CLASS_COLOURS[:7] == ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442")


def test_ten_classes_differ_in_colour_and_shape() -> None:
    assert len(CLASS_COLOURS) == len(CLASS_SYMBOLS) == len(SYMBOL_SIZES) == 10
    assert len(set(CLASS_SYMBOLS)) == 10
    for first, second in itertools.combinations(CLASS_COLOURS, 2):
        assert np.linalg.norm(channels(first) - channels(second)) > 45, (first, second)


@each_theme
def test_the_theme_s_texts_can_be_read(theme: Theme) -> None:
    for text, ground in (
        (theme.text, theme.window),
        (theme.text, theme.panel),
        (theme.text, theme.field),
        (theme.muted, theme.window),
        (theme.muted, theme.panel),
        (theme.warning, theme.panel),
    ):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(theme.accent_text, theme.accent) >= 3.9


@thorough
@given(first=colours, second=colours, share=st.floats(0, 1))
def test_a_mixture_lies_between_its_two_colours(first: str, second: str, share: float) -> None:
    expected = (1 - share) * channels(first) + share * channels(second)
    np.testing.assert_allclose(channels(mix(first, second, share)), expected, atol=0.5 + 1e-9)


def test_the_ends_of_a_mixture_are_its_colours() -> None:
    assert mix("#0072B2", "#E69F00", 0) == "#0072B2"
    assert mix("#0072B2", "#E69F00", 1) == "#E69F00"
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"


# Tables


@each_theme
@thorough
@given(chosen=styles)
def test_a_region_table_has_levels_for_each_class_all_on_the_way_from_paper_to_its_colour(
    theme: Theme, chosen: tuple[int, ...]
) -> None:
    table = region_table(chosen, theme)
    assert table.shape == (len(chosen) * LEVELS,)
    assert table.dtype == np.uint32
    for style, rows in zip(chosen, rgb(table.reshape(len(chosen), LEVELS)), strict=True):
        for pixel in rows[:: LEVELS // 8]:
            share_of(pixel, theme.paper, CLASS_COLOURS[style])


@each_theme
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_strength_grows_with_p_from_nearly_paper_at_a_tie(theme: Theme, classes: int) -> None:
    table = rgb(region_table(tuple(range(classes)), theme).reshape(classes, LEVELS))
    tie = int(LEVELS / classes)
    for style in range(classes):
        shares = [share_of(pixel, theme.paper, CLASS_COLOURS[style]) for pixel in table[style]]
        assert 0 < shares[tie] < 0.1
        assert shares[tie + LEVELS // 4] < shares[tie + LEVELS // 3] < shares[-1]
        assert (np.diff(shares) > -0.02).all()
        assert shares[-1] == pytest.approx(theme.strength, abs=0.02)


@each_theme
@pytest.mark.parametrize("style", range(10))
def test_a_map_table_goes_from_paper_to_the_class_s_colour(theme: Theme, style: int) -> None:
    table = rgb(map_table(style, theme))
    assert table.shape == (LEVELS, 3)
    np.testing.assert_allclose(table[0], channels(theme.paper))
    np.testing.assert_allclose(table[-1], channels(CLASS_COLOURS[style]))
    shares = [share_of(pixel, theme.paper, CLASS_COLOURS[style]) for pixel in table]
    np.testing.assert_allclose(shares, np.linspace(0, 1, LEVELS), atol=0.02)


def test_a_paler_map_table_ends_at_its_strength() -> None:
    theme = THEMES["light"]
    table = rgb(map_table(0, theme, 0.5))
    assert share_of(table[-1], theme.paper, CLASS_COLOURS[0]) == pytest.approx(0.5, abs=0.01)


# Pictures


@thorough
@given(chosen=styles, data=st.data())
def test_a_region_picture_takes_the_winner_s_row_and_the_confidence_s_level(
    chosen: tuple[int, ...], data: st.DataObject
) -> None:
    theme = THEMES["light"]
    table = region_table(chosen, theme)
    inside_a_level = st.integers(1024 // len(chosen), 1023).map(lambda i: (i + 0.5) / 1024)
    cells = st.tuples(st.integers(0, len(chosen) - 1), inside_a_level)
    drawn = data.draw(st.lists(cells, min_size=1, max_size=12))
    winner = np.array([[cell[0] for cell in drawn]], np.uint16)
    best = np.array([[cell[1] for cell in drawn]], np.float32)
    picture = region_picture(winner, best, table)
    assert picture.shape == winner.shape
    for (label, p), pixel in zip(drawn, picture[0], strict=True):
        assert pixel == table[label * LEVELS + int(p * LEVELS)]


@each_theme
def test_a_region_picture_never_averages_two_classes(theme: Theme) -> None:
    chosen = (0, 1, 6)
    picture = region_picture(
        np.array([[0, 0, 1, 1, 2, 2]], np.uint16),
        np.array([[0.9, 0.34, 0.34, 0.9, 0.4, 1]], np.float32),
        region_table(chosen, theme),
    )
    for label, pixel in zip((0, 0, 1, 1, 2, 2), rgb(picture)[0], strict=True):
        share_of(pixel, theme.paper, CLASS_COLOURS[chosen[label]])


def test_a_region_picture_leaves_the_winners_as_they_are() -> None:
    winner = np.array([[0, 1], [1, 0]], np.uint16)
    best = np.full((2, 2), 0.75, np.float32)
    region_picture(winner, best, region_table((0, 1), THEMES["light"]))
    assert winner.tolist() == [[0, 1], [1, 0]]
    assert (best == 0.75).all()


def test_levels_cut_probabilities_into_equal_parts_and_keep_1_inside() -> None:
    p = np.array([0, 0.9 / LEVELS, 1.1 / LEVELS, 0.499, 0.501, 1 - 1e-6, 1], np.float32)
    assert levels(p).tolist() == [0, 0, 1, LEVELS // 2 - 1, LEVELS // 2, LEVELS - 1, LEVELS - 1]
    assert levels(np.ones((2, 2), np.float32)).max() == LEVELS - 1


def test_the_palette_needs_no_qt() -> None:
    program = "import sys, playground.gui.palette; print([name for name in sys.modules if 'Qt' in name])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


# Signed numbers


@each_theme
def test_a_sign_is_a_hue_and_a_size_a_strength(theme: Theme) -> None:
    negative, zero, positive = SIGNED[theme.name]
    shown = rgb(signed_picture(np.array([[-2.0, -1.0, 0.0, 1.0, 2.0, np.inf, -np.inf]]), 1.0, theme))[0]
    expected = [negative, negative, zero, positive, positive, positive, negative]
    np.testing.assert_array_equal(shown, [channels(colour) for colour in expected])
    for values, end in ((np.linspace(0, 1, 9), positive), (-np.linspace(0, 1, 9), negative)):
        shares = [share_of(pixel, zero, end) for pixel in rgb(signed_picture(values[None], 1.0, theme))[0]]
        np.testing.assert_allclose(shares, np.linspace(0, 1, 9), atol=0.02)


@each_theme
def test_opposite_numbers_are_equally_light(theme: Theme) -> None:
    values = np.linspace(0, 1, 21)[None]
    pairs = zip(rgb(signed_picture(values, 1.0, theme))[0], rgb(signed_picture(-values, 1.0, theme))[0], strict=True)
    for first, second in pairs:
        lights = [luminance("#" + "".join(f"{int(channel):02X}" for channel in pixel)) for pixel in (first, second)]
        assert lights[0] == pytest.approx(lights[1], abs=0.012)


@each_theme
def test_the_theme_s_text_can_be_read_on_every_sign_and_size(theme: Theme) -> None:
    for colour in SIGNED[theme.name]:
        assert contrast(theme.text, colour) >= 4.5
        assert colour not in CLASS_COLOURS


@each_theme
def test_what_is_no_number_has_neither_sign_s_colour(theme: Theme) -> None:
    pixel = rgb(signed_picture(np.array([[np.nan]]), 1.0, theme))[0, 0]
    assert pixel.max() - pixel.min() < 24
    assert all(np.abs(pixel - channels(colour)).max() > 12 for colour in SIGNED[theme.name])


@thorough
@given(value=st.floats(allow_nan=False), scale=st.floats(5e-324, 1e308))
def test_any_number_at_any_scale_has_a_colour_of_its_sign(value: float, scale: float) -> None:
    theme = THEMES["light"]
    negative, zero, positive = SIGNED["light"]
    share_of(rgb(signed_picture(np.array([[value]]), scale, theme))[0, 0], zero, positive if value >= 0 else negative)


@pytest.mark.parametrize("scale", [0.0, -1.0, np.inf, np.nan])
def test_a_scale_is_positive_and_finite(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        signed_picture(np.zeros((1, 1)), scale, THEMES["light"])


def test_what_is_no_probability_is_painted_as_0() -> None:
    assert levels(np.array([np.nan, 0.0, 1.0], np.float32)).tolist() == [0, 0, LEVELS - 1]
