"""Colours and shapes: of classes, of regions, and of the light and the dark theme. NumPy only, no Qt."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# Okabe and Ito's seven, told apart by any kind of colour vision, then three that differ from them in lightness too.
CLASS_COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#D55E00",
    "#56B4E9",
    "#F0E442",
    "#7B52CC",
    "#9C6644",
    "#7F8894",
)
# pyqtgraph's names for ● ■ ▲ ◆ ✚ ★ ⬟ ⬢ ✕ ▼
CLASS_SYMBOLS = ("o", "s", "t1", "d", "+", "star", "p", "h", "x", "t")
# Pixels across, so that each shape covers about as much paper as the others.
SYMBOL_SIZES = (9.0, 8.0, 9.5, 10.0, 10.0, 12.5, 10.0, 10.0, 10.0, 9.5)


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window, as #rrggbb, and how strongly a sure region takes its class's colour."""

    name: str
    window: str
    panel: str
    paper: str
    line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    field: str
    border: str
    outline: str
    warning: str
    strength: float


LIGHT = Theme(
    name="light",
    window="#F5F7FA",
    panel="#FFFFFF",
    paper="#FFFFFF",
    line="#DFE3E9",
    text="#1B2330",
    muted="#626C7C",
    accent="#2F6FED",
    accent_text="#FFFFFF",
    field="#FFFFFF",
    border="#2A313C",
    outline="#FFFFFF",
    warning="#B3261E",
    strength=0.52,
)
DARK = Theme(
    name="dark",
    window="#1B1F26",
    panel="#14171C",
    paper="#14171C",
    line="#2C323C",
    text="#E8EBF0",
    muted="#949DAC",
    accent="#2E68E0",
    accent_text="#FFFFFF",
    field="#1F242C",
    border="#E8EBF0",
    outline="#0B0D10",
    warning="#FF8A80",
    strength=0.55,
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

# The two curves of the J chart.
TRAIN_CURVE = "#2F6FED"
TEST_CURVE = "#C9651B"

# Of signed numbers, and of nothing else: negative, zero, positive. The ends are equally light, so neither sign is
# louder, and no lighter or darker than the theme's text can be read on.
SIGNED = {"light": ("#D07A25", "#F3F4F6", "#4F93DB"), "dark": ("#A5520F", "#262B34", "#2E6BAF")}

LEVELS = 256


@lru_cache(maxsize=1024)
def mix(first: str, second: str, share: float) -> str:
    """The colour that lies ``share`` of the way from the first to the second."""
    mixed = (1 - share) * _rgb(first) + share * _rgb(second)
    return "#" + "".join(f"{round(channel):02X}" for channel in mixed)


@lru_cache(maxsize=256)
def luminance(colour: str) -> float:
    """How light a colour is, 0 to 1 (WCAG relative luminance)."""
    channels = _rgb(colour) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def lit_ground(theme: Theme) -> str:
    """What is lit stands on this instead of a panel's colour; a dark one needs more of the accent to be seen."""
    return mix(theme.panel, theme.accent, 0.2 if luminance(theme.panel) > 0.5 else 0.34)


@lru_cache(maxsize=8)
def region_table(styles: tuple[int, ...], theme: Theme) -> Array:
    """Colours (C * LEVELS,) as 0xAARRGGBB: for each class from nearly paper at a tie to full strength at p = 1."""
    chance = 1 / len(styles)
    p = (np.arange(LEVELS) + 0.5) / LEVELS
    sure = np.clip((p - chance) / (1 - chance), 0, 1) ** 1.5
    shares = theme.strength * (0.06 + 0.94 * sure)
    return _table(styles, theme.paper, shares)


@lru_cache(maxsize=32)
def map_table(style: int, theme: Theme, strength: float = 1.0) -> Array:
    """Colours (LEVELS,) as 0xAARRGGBB of one class's probability: paper at 0, ``strength`` of its colour at 1."""
    return _table((style,), theme.paper, np.linspace(0, strength, LEVELS))


def _table(styles: tuple[int, ...], paper: str, shares: Array) -> Array:
    ground = _rgb(paper)
    colours = np.array([_rgb(CLASS_COLOURS[style]) for style in styles])
    rgb = ground + shares[None, :, None] * (colours[:, None, :] - ground)
    red, green, blue = np.moveaxis(rgb.round().astype(np.uint32), -1, 0)
    table: Array = (0xFF000000 | red << 16 | green << 8 | blue).ravel().astype(np.uint32)
    return table


def region_picture(winner: Array, best: Array, table: Array) -> Array:
    """The pixels (rows, columns) 0xAARRGGBB of a region map; `table` from `region_table`."""
    index = levels(best)
    index += winner * LEVELS
    return table.take(index, mode="clip")


def signed_picture(values: Array, scale: float, theme: Theme) -> Array:
    """The pixels (rows, columns) 0xAARRGGBB of signed numbers: full colour from ``scale`` on, and pale at 0.

    What is not a number is grey. Raises ValueError unless the scale is positive and finite.
    """
    if not 0 < scale < np.inf:
        raise ValueError(f"The scale must be positive and finite, not {scale}")
    is_number = ~np.isnan(values)
    with np.errstate(over="ignore"):  # clipped at once
        share = np.clip(np.where(is_number, values, 0) / scale, -1, 1)
    index = np.where(is_number, LEVELS + np.rint(share * LEVELS), 2 * LEVELS + 1).astype(np.intp)
    return _signed_table(theme).take(index)


@lru_cache(maxsize=2)
def _signed_table(theme: Theme) -> Array:
    """Colours (2 LEVELS + 2,) as 0xAARRGGBB, from −1 by 0 in the middle to 1, and at last that of no number."""
    negative, zero, positive = SIGNED[theme.name]
    shares = np.arange(LEVELS + 1) / LEVELS
    colours = [mix(zero, negative, share) for share in shares[:0:-1]]
    colours += [mix(zero, positive, share) for share in shares]
    colours.append(mix(theme.panel, theme.muted, 0.4))
    return np.array([0xFF000000 | int(colour[1:], 16) for colour in colours], np.uint32)


def levels(probability: Array) -> Array:
    """Probabilities as indices 0 to LEVELS - 1 into a colour table."""
    index: Array = (np.fmax(probability, 0) * (LEVELS - 1e-3)).astype(np.uint16)  # 0 for what is no number
    return index


def _rgb(colour: str) -> Array:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)
