"""The tools: what a touch does to a data set, measured in pixels on a plane of any scale."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session import strokes
from playground.session.dataset import Dataset, empty_dataset
from playground.session.strokes import ERASER_RADIUS, GRAB_RADIUS, SPRAY_RADIUS, Touch

# one pixel is 0.01 across and 20 up, as on a plane of millimetres and grams
TOUCH = Touch(3.0, 500.0, 0.01, 20.0)


def around(*pixels: tuple[float, float]) -> Dataset:
    """Points that lie so many pixels to the right of and above the touch."""
    X = [[TOUCH.x1 + right * 0.01 for right, _ in pixels], [TOUCH.x2 + up * 20 for _, up in pixels]]
    return empty_dataset(2).with_points(X, 0)


def test_a_point_is_added_exactly_at_the_touch() -> None:
    before = around((5, 5))
    after = strokes.add_point(before, TOUCH, 1)
    assert after.X[:, 1].tolist() == [3.0, 500.0]
    assert after.labels.tolist() == [0, 1]
    assert before.m == 1


# Distances


def test_distances_are_those_on_the_screen() -> None:
    away = strokes.pixels_away(around((0, 0), (3, 4), (-30, 0), (0, 40)), TOUCH)
    np.testing.assert_allclose(away, [0, 5, 30, 40], atol=1e-9)


# The eraser


def test_the_eraser_takes_the_points_under_it_and_no_other() -> None:
    inside, outside = ERASER_RADIUS - 0.01, ERASER_RADIUS + 0.01
    diagonal = ERASER_RADIUS / math.sqrt(2)
    dataset = around((inside, 0), (outside, 0), (0, inside), (0, outside), (diagonal - 0.1, 0.1 - diagonal))
    after = strokes.erase(dataset, TOUCH, TOUCH)
    np.testing.assert_array_equal(after.X, dataset.X[:, [1, 3]])


def test_an_eraser_that_meets_nothing_changes_nothing() -> None:
    for dataset in (around((ERASER_RADIUS + 1, 0)), empty_dataset()):
        assert strokes.erase(dataset, TOUCH, TOUCH) is dataset


pixels = st.floats(-300, 300)


@given(pixels, pixels, st.lists(st.tuples(pixels, pixels), max_size=12))
def test_the_eraser_takes_what_lies_under_any_place_on_its_way(
    right: float, up: float, places: list[tuple[float, float]]
) -> None:
    end = Touch(TOUCH.x1 + right * 0.01, TOUCH.x2 + up * 20, 0.01, 20.0)
    dataset = around(*places)
    away = strokes.pixels_from_way(dataset, TOUCH, end)
    along = np.linspace(0, 1, 2001)
    for (x, y), found in zip(places, away, strict=True):
        sampled = np.hypot(x - along * right, y - along * up).min()
        assert found == pytest.approx(sampled, abs=0.3)  # the samples lie up to 0.3 pixels apart
        assert found <= sampled + 1e-6
    kept = strokes.erase(dataset, TOUCH, end)
    np.testing.assert_array_equal(kept.X, dataset.X[:, away > ERASER_RADIUS])


# The hand


def test_the_hand_takes_the_nearest_point_as_seen_on_screen() -> None:
    assert strokes.nearest(around((12, 0), (0, -5), (4, 4)), TOUCH) == 1
    assert strokes.nearest(around((3, 3), (0, -5), (4, 4)), TOUCH) == 0


def test_the_hand_reaches_a_little_beyond_the_point() -> None:
    assert strokes.nearest(around((GRAB_RADIUS - 0.01, 0)), TOUCH) == 0
    assert strokes.nearest(around((GRAB_RADIUS + 0.01, 0)), TOUCH) is None
    assert strokes.nearest(empty_dataset(), TOUCH) is None


# The spray


def sprayed(touches: int, seed: int = 0) -> Dataset:
    rng = np.random.default_rng(seed)
    dataset = empty_dataset(3)
    for _ in range(touches):
        dataset = strokes.spray(dataset, [TOUCH], 2, rng)
    return dataset


def test_a_spray_adds_a_few_points_of_its_class_within_its_circle() -> None:
    dataset = sprayed(400)
    assert 400 < dataset.m <= 4000
    assert set(dataset.labels.tolist()) == {2}
    away = strokes.pixels_away(dataset, TOUCH)
    assert 0.98 * SPRAY_RADIUS < away.max() <= SPRAY_RADIUS + 1e-9


def test_a_spray_covers_its_disc_evenly() -> None:
    dataset = sprayed(2000)
    away = strokes.pixels_away(dataset, TOUCH)
    # the share of a disc within a part r of its radius is r²
    for part in (0.25, 0.5, 0.75):
        assert np.mean(away < part * SPRAY_RADIUS) == pytest.approx(part**2, abs=0.03)
    right, up = dataset.X[0] > TOUCH.x1, dataset.X[1] > TOUCH.x2
    quarters = [np.mean((right == a) & (up == b)) for a in (True, False) for b in (True, False)]
    np.testing.assert_allclose(quarters, 0.25, atol=0.03)


def test_a_spray_is_seeded() -> None:
    first, again, other = (sprayed(3, seed).X for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_a_spray_on_its_way_pours_evenly_along_it() -> None:
    corner, end = Touch(TOUCH.x1 + 3, TOUCH.x2, 0.01, 20.0), Touch(TOUCH.x1 + 3, TOUCH.x2 + 2000, 0.01, 20.0)
    rng, dataset = np.random.default_rng(0), empty_dataset(3)
    for _ in range(2000):
        dataset = strokes.spray(dataset, [TOUCH, corner, end], 2, rng)  # 300 pixels to the right, 100 up
    right, up = (dataset.X[0] - TOUCH.x1) / 0.01, (dataset.X[1] - TOUCH.x2) / 20
    first = strokes.pixels_from_way(dataset, TOUCH, corner)
    second = strokes.pixels_from_way(dataset, corner, end)
    assert (np.minimum(first, second) <= SPRAY_RADIUS + 1e-6).all()
    assert np.mean(right < 150) == pytest.approx(150 / 400, abs=0.03)
    assert np.mean(up > 50) == pytest.approx(50 / 400, abs=0.03)
