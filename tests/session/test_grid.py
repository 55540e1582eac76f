"""The lattice of cells that the plane's probabilities are asked for on."""

import numpy as np
import pytest

from playground.session.grid import Grid

GRID = Grid(left=-1, right=3, bottom=10, top=16, columns=4, rows=3)


def test_values_belong_to_the_middles_of_the_cells() -> None:
    x1, x2 = GRID.centres()
    assert x1.tolist() == [-0.5, 0.5, 1.5, 2.5]
    assert x2.tolist() == [11.0, 13.0, 15.0]


def test_points_go_row_by_row_from_the_bottom_left() -> None:
    points = GRID.points()
    assert points.shape == (2, 12)
    assert points[:, 0].tolist() == [-0.5, 11.0]
    assert points[:, 1].tolist() == [0.5, 11.0]
    assert points[:, 4].tolist() == [-0.5, 13.0]
    assert points[:, 11].tolist() == [2.5, 15.0]
    assert len({tuple(point) for point in points.T.tolist()}) == 12


@pytest.mark.parametrize("cells", [1, 2, 256])
def test_the_cells_fill_the_rectangle_evenly(cells: int) -> None:
    x1, x2 = Grid(-2.5, 0.5, 3, 4, cells, cells).centres()
    width, height = 3 / cells, 1 / cells
    np.testing.assert_allclose(np.diff(x1), width)
    np.testing.assert_allclose(np.diff(x2), height)
    assert x1[0] == pytest.approx(-2.5 + width / 2)
    assert x2[-1] == pytest.approx(4 - height / 2)


def test_equal_rectangles_are_the_same_grid() -> None:
    assert Grid(0, 1, 0, 1, 8, 8) == Grid(0, 1, 0, 1, 8, 8)
    assert len({Grid(0, 1, 0, 1, 8, 8), Grid(0, 1, 0, 1, 8, 8), Grid(0, 1, 0, 1, 8, 9)}) == 2
