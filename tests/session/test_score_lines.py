"""Lines of the scores: marching squares in plain Python, and the straight lines of networks without hidden layers."""

import math
from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from playground.nn import softmax
from playground.session.grid import Grid
from playground.session.regions import find_regions
from playground.session.score_lines import coarsened, ties_beyond, zero_contours, zero_lines

Matrix = NDArray[np.floating]
Place = tuple[float, float]

GRID = Grid(left=-2, right=4, bottom=10, top=13, columns=90, rows=72)
COARSE = (6 / 30, 3 / 24)  # width and height of a block of three by three cells

thorough = settings(derandomize=True, deadline=None, max_examples=60)
fields_of = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 3), st.integers(1, 5), st.integers(1, 5)),
    elements=st.sampled_from([-math.inf, -3.0, -1.0, -0.25, 0.0, 0.5, 1.0, 4.0, math.inf, math.nan]),
)


def crossing(start: float, end: float) -> float | None:
    """Where between 0 and 1 the straight line from one value to the other is 0; half way where one is no number."""
    if (start > 0) == (end > 0):
        return None
    return -start / (end - start) if math.isfinite(start) and math.isfinite(end) else 0.5


def longhand_crossings(field: list[list[float]]) -> Iterator[list[Place]]:
    """For each square of a field the places on its edges where it is 0."""
    for row, column in product(range(len(field) - 1), range(len(field[0]) - 1)):
        found = []
        for (r0, c0), (r1, c1) in (((0, 0), (0, 1)), ((1, 0), (1, 1)), ((0, 0), (1, 0)), ((0, 1), (1, 1))):
            share = crossing(field[row + r0][column + c0], field[row + r1][column + c1])
            if share is not None:
                found.append((column + c0 + share * (c1 - c0), row + r0 + share * (r1 - r0)))
        yield found


def total_length(pieces: Matrix) -> float:
    return float(np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum())


def chord(w: Matrix, b: float, low: Place, high: Place) -> tuple[Matrix, Matrix] | None:
    """The part of the line w·x + b = 0 within a rectangle, by cutting it with the four sides."""
    foot, along = -b * w / (w @ w), np.array([-w[1], w[0]])
    first, last = -math.inf, math.inf
    for k in range(2):
        if along[k] == 0:
            if not low[k] <= foot[k] <= high[k]:
                return None
            continue
        ends = sorted(((low[k] - foot[k]) / along[k], (high[k] - foot[k]) / along[k]))
        first, last = max(first, ends[0]), min(last, ends[1])
    return (foot + first * along, foot + last * along) if first < last else None


# Marching squares


@thorough
@given(fields=fields_of)
def test_the_pieces_join_the_zeros_on_the_edges_of_each_square(fields: Matrix) -> None:
    with np.errstate(invalid="ignore"):
        pieces, label = zero_contours(fields)
    assert pieces.shape == (label.size, 2, 2)
    for index, field in enumerate(fields):
        squares = list(longhand_crossings(field.tolist()))
        expected = sorted(place for square in squares for place in square)
        ends = sorted(tuple(end) for end in pieces[label == index].reshape(-1, 2).tolist())
        assert len(ends) == len(expected)
        for end, place in zip(ends, expected, strict=True):
            assert end == pytest.approx(place, abs=1e-12)
        for piece in pieces[label == index].tolist():
            assert any(all(is_among(end, square) for end in piece) for square in squares)


def is_among(end: list[float], places: list[Place]) -> bool:
    return any(math.isclose(end[0], x, abs_tol=1e-12) and math.isclose(end[1], y, abs_tol=1e-12) for x, y in places)


@thorough
@given(
    a=st.integers(-5, 5),
    b=st.integers(-5, 5),
    c=st.integers(-20, 20),
    rows=st.integers(2, 9),
    columns=st.integers(2, 9),
)
def test_a_linear_field_is_0_on_its_line_from_side_to_side(a: int, b: int, c: int, rows: int, columns: int) -> None:
    y, x = np.mgrid[:rows, :columns].astype(float)
    pieces, _ = zero_contours((a * x + b * y + c + 0.37)[None])
    ends = pieces.reshape(-1, 2)
    np.testing.assert_allclose(ends @ [a, b] + c + 0.37, 0, atol=1e-12)
    line = None if a == b == 0 else chord(np.array([a, b]), c + 0.37, (0, 0), (columns - 1, rows - 1))
    expected = 0.0 if line is None else float(np.hypot(*(line[1] - line[0])))
    assert total_length(pieces) == pytest.approx(expected, abs=1e-9)


def test_a_saddle_cuts_off_two_opposite_corners() -> None:
    pieces, label = zero_contours(np.array([[[1.0, -1.0], [-3.0, 1.0]]]))
    found = {frozenset(map(tuple, piece)) for piece in pieces.tolist()}
    assert found == {frozenset({(0.5, 0.0), (0.0, 0.25)}), frozenset({(1.0, 0.5), (0.75, 1.0)})}
    assert label.tolist() == [0, 0]


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, math.inf, -math.inf])
def test_a_constant_field_has_no_line(value: float) -> None:
    pieces, label = zero_contours(np.full((2, 4, 5), value))
    assert (pieces.shape, label.shape) == ((0, 2, 2), (0,))


def test_each_field_has_its_own_lines() -> None:
    x = np.mgrid[:4, :6][1].astype(float)
    pieces, label = zero_contours(np.stack([x - 1.5, x + 9, 3.25 - x]))
    assert sorted(label.tolist()) == [0, 0, 0, 2, 2, 2]
    np.testing.assert_array_equal(pieces[label == 0][..., 0], 1.5)
    np.testing.assert_array_equal(pieces[label == 2][..., 0], 3.25)


# Blocks


@thorough
@given(rows=st.integers(1, 40), columns=st.integers(1, 40))
def test_a_block_lies_where_its_middle_cell_does(rows: int, columns: int) -> None:
    grid = Grid(-2, 4, 10, 13, columns, rows)
    x1, x2 = grid.points().reshape(2, rows, columns)
    coarse, blocks = coarsened(np.stack([x1, x2]), grid)
    assert coarse.shape[1:] == (blocks.rows, blocks.columns)
    np.testing.assert_allclose(coarse.reshape(2, -1), blocks.points(), atol=1e-12)
    assert blocks.rows <= rows <= 3 * blocks.rows + 2
    assert blocks.columns <= columns <= 3 * blocks.columns + 2


# Zero lines


def scores_of(W: Matrix, b: Matrix, grid: Grid = GRID) -> Matrix:
    scores: Matrix = (W @ grid.points() + b[:, None]).reshape(-1, grid.rows, grid.columns)
    return scores


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_zero_line_of_a_class_is_where_its_own_score_is_0(dtype: type) -> None:
    W = np.array([[1.0, 2.0], [3.0, 0.0], [0.0, -1.0], [1.0, 1.0]])
    b = np.array([-24.05, -3.3, 11.111, -100.0])  # the last one is beyond the plane
    lines = zero_lines(scores_of(W, b).astype(dtype), GRID)
    assert len(lines) == 4
    low, high = (-2 + COARSE[0] / 2, 10 + COARSE[1] / 2), (4 - COARSE[0] / 2, 13 - COARSE[1] / 2)
    for w, offset, pieces in zip(W, b, lines, strict=True):
        np.testing.assert_allclose(pieces.reshape(-1, 2) @ w + offset, 0, atol=1e-4 if dtype is np.float32 else 1e-9)
        line = chord(w, offset, low, high)
        expected = 0.0 if line is None else np.hypot(*(line[1] - line[0]))
        assert total_length(pieces) == pytest.approx(expected, rel=1e-4)
    assert lines[3].shape == (0, 2, 2)


@pytest.mark.parametrize("cells", [2, 3, 5])
def test_on_a_grid_too_small_for_blocks_every_cell_counts(cells: int) -> None:
    grid = Grid(0, cells, 0, cells, cells, cells)
    (pieces,) = zero_lines(scores_of(np.array([[1.0, 0.0]]), np.array([-1.25]), grid), grid)
    np.testing.assert_allclose(pieces[..., 0], 1.25)
    assert total_length(pieces) == pytest.approx(cells - 1)


# Ties beyond the borders


@st.composite
def linear_networks(draw: st.DrawFn) -> tuple[Matrix, Matrix]:
    """W and b of three to five classes whose lines cross near the middle of the plane."""
    C, seed = draw(st.integers(3, 5)), draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    W = rng.normal(size=(C, 2))
    while least_sine(W) < 0.2:
        W = rng.normal(size=(C, 2))
    return W, -W @ [1.0, 11.5] + rng.normal(0, 0.4, C)


def least_sine(W: Matrix) -> float:
    """Of the angles at which lines of three classes meet: nearly parallel ones leave slivers thinner than a cell."""
    sines = []
    for i, j, k in combinations(range(len(W)), 3):
        for a, b in combinations((W[i] - W[j], W[j] - W[k], W[i] - W[k]), 2):
            sines.append(abs(a[0] * b[1] - a[1] * b[0]) / np.hypot(*a) / np.hypot(*b))
    return float(min(sines))


def on_line(pieces: Matrix, difference: Matrix, offset: float) -> Matrix:
    """The pieces whose both ends tie."""
    return pieces[ties(pieces, difference, offset).all(axis=1)]


def with_rays(pieces: Matrix, difference: Matrix, offset: float) -> Matrix:
    """Those, and the rays from a tie to where several borders meet."""
    return pieces[ties(pieces, difference, offset).any(axis=1)]


def ties(pieces: Matrix, difference: Matrix, offset: float) -> NDArray[np.bool_]:
    ends: NDArray[np.bool_] = np.abs(pieces @ difference + offset) < 1e-7
    return ends


def within(pieces: Matrix, low: Place, high: Place) -> Matrix:
    """The pieces whose middle lies in a rectangle: borders reach farther out than what is drawn block by block."""
    middle = pieces.mean(axis=1)
    return pieces[((middle >= low) & (middle <= high)).all(axis=1)]


@thorough
@given(network=linear_networks())
def test_a_tie_beyond_is_a_tie_under_a_third_class_that_wins(network: tuple[Matrix, Matrix]) -> None:
    W, b = network
    for piece in ties_beyond(scores_of(W, b), GRID):
        z = W @ piece.T + b[:, None]
        pairs = [(i, j) for i, j in combinations(range(len(b)), 2) if np.allclose(z[i], z[j], atol=1e-7)]
        middle = (W @ piece.mean(axis=0) + b).tolist()
        assert any(max(middle) > max(middle[i], middle[j]) for i, j in pairs)


@thorough
@given(network=linear_networks())
def test_with_the_borders_they_make_whole_lines_and_cover_no_part_twice(network: tuple[Matrix, Matrix]) -> None:
    W, b = network
    scores = scores_of(W, b)
    borders = find_regions(scores, softmax(scores.reshape(len(b), -1)).reshape(scores.shape), GRID).borders
    beyond = ties_beyond(scores, GRID)
    low, high = (-2 + COARSE[0] / 2, 10 + COARSE[1] / 2), (4 - COARSE[0] / 2, 13 - COARSE[1] / 2)
    for i, j in combinations(range(len(b)), 2):
        line = chord(W[i] - W[j], float(b[i] - b[j]), low, high)
        if line is None:
            continue
        span = float(np.hypot(*(line[1] - line[0])))
        of_pair = W[i] - W[j], float(b[i] - b[j])
        drawn = [within(pieces, low, high) for pieces in (with_rays(borders, *of_pair), on_line(beyond, *of_pair))]
        # at each end of the border a piece as long as a block's diagonal is drawn or left out by its middle
        assert total_length(drawn[0]) + total_length(drawn[1]) == pytest.approx(span, abs=1.3 * np.hypot(*COARSE))
        ends = np.concatenate(drawn).reshape(-1, 2)
        for share in np.linspace(0, 1, 21):
            place = line[0] + share * (line[1] - line[0])
            assert np.hypot(*(ends - place).T).min() < 1.5 * np.hypot(*COARSE)


def test_the_line_of_two_classes_goes_on_under_the_third() -> None:
    W, meeting = np.array([[0.0, 1.0], [-1.0, -0.6], [1.0, -0.6]]), np.array([1.03, 11.57])
    pieces = ties_beyond(scores_of(W, -W @ meeting), GRID)
    upright = on_line(pieces, W[1] - W[2], float(-(W[1] - W[2]) @ meeting))
    assert upright[..., 1].min() == pytest.approx(meeting[1], abs=COARSE[1])  # the first class wins above
    assert upright[..., 1].max() == pytest.approx(13 - COARSE[1] / 2)
    assert total_length(upright) == pytest.approx(np.ptp(upright[..., 1]))


def test_two_classes_have_no_tie_beyond_their_border() -> None:
    W, b = np.array([[1.0, 2.0], [-1.5, 0.5]]), np.array([0.0, 19.1])
    assert ties_beyond(scores_of(W, b), GRID).shape == (0, 2, 2)


# Small, constant and broken maps


@thorough
@given(scores=fields_of, third=st.sampled_from([-1.0, 5.0, math.inf]))
def test_lines_of_any_scores_on_any_grid_stay_within_it(scores: Matrix, third: float) -> None:
    rows, columns = scores.shape[1:]
    grid = Grid(0, columns, 0, rows, columns, rows)
    scores = np.concatenate([scores, np.full((1, rows, columns), third)])
    with np.errstate(invalid="ignore"):
        lines = [ties_beyond(scores, grid), *zero_lines(scores, grid)]
    for pieces in lines:
        assert pieces.shape[1:] == (2, 2)
        assert np.isfinite(pieces).all()
        assert ((pieces >= 0.5) & (pieces <= [columns - 0.5, rows - 0.5])).all()


def test_finding_lines_leaves_the_scores_as_they_are() -> None:
    scores = scores_of(np.array([[0.0, 1.0], [-1.0, -0.6], [1.0, -0.6]]), np.array([-11.0, 8.0, 6.0]))
    before = scores.copy()
    ties_beyond(scores, GRID)
    zero_lines(scores, GRID)
    np.testing.assert_array_equal(scores, before)
