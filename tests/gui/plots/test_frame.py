"""Frames: data of any size at any distance is drawn near the origin, about as large as 1, and exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.gui.plots.frame import PLAIN, Frame, extent, frame_of

powers = st.floats(-90, 29)


@given(powers, st.floats(-1, 1), st.floats(-1e6, 1e6), st.booleans())
def test_data_lies_near_the_origin_and_is_about_as_large_as_1(
    power: float, share: float, distance: float, is_alike: bool
) -> None:
    size = 10.0**power
    low = np.array([distance * size, share * size])
    high = low + size
    frame = frame_of(low, high, is_alike=is_alike)
    if frame is PLAIN:
        assert size >= 1e-6
        return
    drawn = frame.inward_points(np.stack([low, high], axis=1))
    assert np.abs(drawn).max() <= 10
    assert np.diff(drawn, axis=1).max() >= 0.5
    assert not is_alike or frame.unit[0] == frame.unit[1]
    for axis in (0, 1):
        for value in (low[axis], high[axis]):
            assert frame.outward(axis, frame.inward(axis, value)) == pytest.approx(value, rel=1e-15, abs=1e-15 * size)


@pytest.mark.parametrize("X", [[[-3, 5], [0, 1]], [[900, 1000], [0.1, 0.2]], [[0, 1e6], [0, 1e5]]])
def test_ordinary_data_is_drawn_as_it_is(X: list[list[float]]) -> None:
    assert frame_of(*extent(np.array(X, float)), is_alike=False) is PLAIN
    pieces = np.ones((3, 2, 2))
    assert PLAIN.inward_pieces(pieces) is pieces


def test_points_and_the_ends_of_lines_are_drawn_alike() -> None:
    frame = Frame((1e9, -5e-13), (1.0, 1e-13))
    X = np.array([[1e9 + 0.5, 1e9], [-4e-13, -5.5e-13]])
    np.testing.assert_allclose(frame.inward_points(X), [[0.5, 0], [1, -0.5]], rtol=1e-9)
    np.testing.assert_allclose(frame.inward_pieces(X.T[None]), [[[0.5, 1], [0, -0.5]]], rtol=1e-9)
    assert frame.inward_point(frame.outward_point((0.25, 3.0))) == pytest.approx((0.25, 3.0))


@pytest.mark.parametrize("place", [0.0, 1e-300, 7.0, -3e12, 1e30])
def test_points_at_one_place_have_room_around_them(place: float) -> None:
    low, high = extent(np.full((2, 3), place))
    assert (low < place).all()
    assert (high > place).all()


def test_points_a_second_apart_in_seconds_since_1970_are_apart() -> None:
    low, high = extent(1.7e9 + np.array([[0, 1.1], [0, 1e-2]]))
    np.testing.assert_allclose(high - low, [1.1, 0.01], rtol=1e-4)
