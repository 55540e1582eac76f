"""Regions and borders: the winner cell by cell in plain Python, borders against the lines they must lie on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from playground.nn import softmax
from playground.session.grid import Grid
from playground.session.regions import Regions, find_regions, winners

Matrix = NDArray[np.float64]

GRID = Grid(left=-2, right=4, bottom=10, top=13, columns=30, rows=24)
WIDTH, HEIGHT = 6 / 30, 3 / 24

thorough = settings(derandomize=True, deadline=None, max_examples=60)
maps = hnp.arrays(
    np.float32,
    st.tuples(st.integers(2, 5), st.integers(1, 6), st.integers(1, 6)),
    elements=st.integers(0, 4).map(lambda i: i / 8),
)


def linear_map(W: Matrix, b: Matrix, grid: Grid = GRID) -> Matrix:
    """Class probabilities (C, rows, columns) of a network without hidden layers."""
    Z = W @ grid.points() + b[:, None]
    return softmax(Z).astype(np.float64).reshape(-1, grid.rows, grid.columns)


def found(probabilities: Matrix, grid: Grid = GRID) -> Regions:
    """The regions of a network that gives these probabilities."""
    scores = np.log(np.maximum(probabilities, np.finfo(np.float32).tiny))
    return find_regions(scores, probabilities, grid)


def regions_of(W: list[list[float]], b: list[float]) -> Regions:
    return found(linear_map(np.array(W), np.array(b)))


def total_length(borders: Matrix) -> float:
    return float(np.hypot(*(borders[:, 1] - borders[:, 0]).T).sum())


# Winners


@thorough
@given(probabilities=maps)
def test_each_cell_belongs_to_its_most_probable_class_the_first_one_on_a_tie(probabilities: Matrix) -> None:
    winner, confidence = winners(probabilities)
    for row in range(winner.shape[0]):
        for column in range(winner.shape[1]):
            cell = probabilities[:, row, column].tolist()
            assert winner[row, column] == cell.index(max(cell))
            assert confidence[row, column] == max(cell)


def test_finding_regions_leaves_the_probabilities_as_they_are() -> None:
    probabilities = linear_map(np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]), np.array([0.0, -11.0, 5.0]))
    before = probabilities.copy()
    found(probabilities)
    np.testing.assert_array_equal(probabilities, before)


# Borders


@thorough
@given(probabilities=maps)
def test_borders_stay_inside_the_lattice_of_cell_centres(probabilities: Matrix) -> None:
    rows, columns = probabilities.shape[1:]
    borders = found(probabilities, Grid(0, columns, 0, rows, columns, rows)).borders
    assert np.isfinite(borders).all()
    assert ((borders >= 0.5) & (borders <= [columns - 0.5, rows - 0.5])).all()


def test_one_region_has_no_border() -> None:
    regions = regions_of([[0.0, 0.0], [0.0, 0.0]], [1.0, 0.0])
    assert regions.borders.shape == (0, 2, 2)
    assert not regions.winner.any()


@pytest.mark.parametrize(
    ("W", "b"),
    [
        ([[1.0, 0.0], [-1.0, 0.0]], [0.0, 1.234]),  # upright
        ([[0.0, 3.0], [0.0, 0.0]], [-34.0, 0.0]),  # level
        ([[1.0, 2.0], [-1.5, 0.5]], [0.0, 19.1]),  # slanting
    ],
)
def test_the_border_of_two_classes_without_hidden_layers_is_their_line(W: list[list[float]], b: list[float]) -> None:
    borders = regions_of(W, b).borders
    difference, offset = np.subtract(*W), np.subtract(*b)
    np.testing.assert_allclose(borders @ difference + offset, 0, atol=1e-9)
    # the line's whole way across the lattice, whose cells' centres lie half a cell inside
    direction = np.abs([difference[1], difference[0]]) / np.hypot(*difference)
    reach = np.array([6 - WIDTH, 3 - HEIGHT])
    span = np.ptp(borders.reshape(-1, 2), axis=0)
    assert total_length(borders) == pytest.approx(np.hypot(*span), rel=1e-9)
    assert (span >= 0.98 * reach).any()
    np.testing.assert_allclose(span, direction * np.hypot(*span), atol=1e-9)


def test_three_classes_meet_in_a_point() -> None:
    W = [[0.0, 1.0], [-1.0, -0.6], [1.0, -0.6]]
    meeting = np.array([1.03, 11.57])
    b = [-float(np.dot(w, meeting)) for w in W]
    ends = regions_of(W, b).borders.reshape(-1, 2)
    places, pieces = np.unique(ends.round(9), axis=0, return_counts=True)
    assert np.count_nonzero(pieces == 3) == 1
    junction = places[pieces == 3][0]
    assert (np.abs(junction - meeting) < [WIDTH, HEIGHT]).all()
    logits = np.sort(places[pieces < 3] @ np.transpose(W) + b, axis=1)
    np.testing.assert_allclose(logits[:, 2] - logits[:, 1], 0, atol=1e-7)


def test_borders_run_between_the_cells_of_different_regions_and_nowhere_else() -> None:
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet(np.ones(4), (12, 9)).transpose(2, 0, 1)
    regions = found(probabilities, Grid(0, 9, 0, 12, 9, 12))
    squares = {(int(x), int(y)) for x, y in (regions.borders.mean(axis=1) - 0.5).tolist()}
    winner = regions.winner
    mixed = {
        (column, row)
        for row in range(11)
        for column in range(8)
        if len(set(winner[row : row + 2, column : column + 2].ravel().tolist())) > 1
    }
    assert squares == mixed


def test_a_tie_is_nearer_to_the_cell_that_is_less_sure() -> None:
    probabilities = np.array([[[0.9, 0.45], [0.9, 0.45]], [[0.1, 0.55], [0.1, 0.55]]])
    x = found(probabilities, Grid(0, 2, 0, 2, 2, 2)).borders[..., 0]
    sure, unsure = np.log(9), np.log(55 / 45)
    np.testing.assert_allclose(x, 0.5 + sure / (sure + unsure))


def test_probabilities_of_0_and_1_give_a_border_half_way() -> None:
    probabilities = np.zeros((2, 2, 2), np.float32)
    probabilities[0, :, 0] = probabilities[1, :, 1] = 1
    borders = found(probabilities, Grid(0, 2, 0, 2, 2, 2)).borders
    np.testing.assert_allclose(borders[..., 0], 1)
