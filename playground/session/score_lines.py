"""Lines of the scores on request: where two classes tie beyond their border, and where each score is zero."""

from itertools import combinations

import numpy as np

from playground.session.grid import Array, Grid
from playground.session.marching_squares import crossed_squares, crossings
from playground.session.regions import to_plane

BLOCK = 3  # cells: these lines are drawn through every third; odd, so that a block has a middle cell


def ties_beyond(scores: Array, grid: Grid) -> Array:
    """Line pieces (k, 2, 2) where z_i = z_j while a third class wins, for every pair; scores (C, rows, columns)."""
    coarse, blocks = coarsened(scores, grid)
    i, j = np.array(list(combinations(range(len(coarse)), 2))).T
    pieces, pair = zero_contours(coarse[i] - coarse[j])
    at_middle, every = _between(coarse, pieces.mean(axis=1)), np.arange(pair.size)
    is_beyond = at_middle.max(axis=0) > np.maximum(at_middle[i[pair], every], at_middle[j[pair], every])
    return to_plane(pieces[is_beyond], blocks)


def zero_lines(scores: Array, grid: Grid) -> tuple[Array, ...]:
    """For each class the line pieces (k, 2, 2) where its own score is 0; scores (C, rows, columns)."""
    coarse, blocks = coarsened(scores, grid)
    pieces, label = zero_contours(coarse)
    placed = to_plane(pieces, blocks)
    return tuple(placed[label == c] for c in range(len(coarse)))


def zero_contours(fields: Array) -> tuple[Array, Array]:
    """The line pieces (k, 2, 2) where each field (n, rows, columns) is 0, and whose they are (k,); `marching_squares`.

    A zero is placed on an edge by linear interpolation, half way where an end is no finite number. A square whose four
    edges all have one is a saddle: its pieces cut off two opposite corners.
    """
    is_high = fields > 0
    edges = crossings(is_high[:, :, :-1] != is_high[:, :, 1:], is_high[:, :-1] != is_high[:, 1:])
    at_start, at_end = (fields.ravel()[places] for places in (edges.starts(fields), edges.ends(fields)))
    span = at_end - at_start
    share = np.divide(-at_start, span, out=np.full(span.shape, 0.5), where=np.isfinite(span))
    squares = crossed_squares(edges)
    is_saddle = squares.count == 4
    below, left, right, above = squares.edges[:, is_saddle]
    ends = np.concatenate([squares.pairs(), [below, left], [right, above]], axis=1)
    whose = [squares.lattice[squares.count == 2], *2 * [squares.lattice[is_saddle]]]
    return edges.places(share).take(ends.T, axis=0), np.concatenate(whose)


def _between(scores: Array, places: Array) -> Array:
    """Scores (C, k) at places (k, 2) of (x, y) in cells, bilinear between them: exact without hidden layers."""
    column, row = np.minimum(places.astype(int), np.array(scores.shape[:0:-1]) - 2).T
    x, y = places.T - (column, row)
    flat, width = scores.reshape(len(scores), -1), scores.shape[2]
    cell = row * width + column
    here, right, up, corner = (flat.take(cell + step, axis=1) for step in (0, 1, width, width + 1))
    below, above = here * (1 - x) + right * x, up * (1 - x) + corner * x
    between: Array = below * (1 - y) + above * y
    return between


def coarsened(scores: Array, grid: Grid) -> tuple[Array, Grid]:
    """The middle cell of each block of cells, and the grid of the blocks, whose centres are those cells' centres."""
    rows, columns = (n // BLOCK for n in scores.shape[1:])
    if min(rows, columns) < 2:
        return scores, grid
    width, height = (grid.right - grid.left) / grid.columns, (grid.top - grid.bottom) / grid.rows
    blocks = Grid(
        grid.left, grid.left + columns * BLOCK * width, grid.bottom, grid.bottom + rows * BLOCK * height, columns, rows
    )
    return scores[:, BLOCK // 2 : rows * BLOCK : BLOCK, BLOCK // 2 : columns * BLOCK : BLOCK], blocks
