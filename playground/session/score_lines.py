"""Lines of the scores on request: where two classes tie beyond their border, and where each score is zero."""

from itertools import combinations

import numpy as np

from playground.session.grid import Array, Grid
from playground.session.regions import to_plane

BLOCK = 3  # cells: these lines are drawn through every third; odd, so that a block has a middle cell
# The edges of a square, each from one corner to another, as (row, column); the first two meet, and so do the last two.
EDGES = (((0, 0), (0, 1)), ((0, 0), (1, 0)), ((1, 0), (1, 1)), ((0, 1), (1, 1)))


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
    """Marching squares: the line pieces (k, 2, 2) where each field (n, rows, columns) is 0, and whose they are (k,).

    Pieces are of (x, y) in cells, cell centres at whole numbers; a zero is placed on a square's edge by linear
    interpolation. A square whose four edges all have one is a saddle: its pieces cut off two opposite corners.
    """
    is_high = fields > 0
    corners = [is_high[:, r : is_high.shape[1] - 1 + r, c : is_high.shape[2] - 1 + c] for r in (0, 1) for c in (0, 1)]
    is_low_somewhere = ~(corners[0] & corners[1] & corners[2] & corners[3])
    index, row, column = np.nonzero(is_low_somewhere & (corners[0] | corners[1] | corners[2] | corners[3]))
    crossed, places = [], []
    for (r0, c0), (r1, c1) in EDGES:
        start, end = fields[index, row + r0, column + c0], fields[index, row + r1, column + c1]
        crossed.append((start > 0) != (end > 0))
        span = end - start
        share = np.divide(-start, span, out=np.full(span.shape, 0.5), where=crossed[-1] & np.isfinite(span))
        places.append(np.stack([column + c0 + share * (c1 - c0), row + r0 + share * (r1 - r0)], axis=1))
    is_crossed, ends = np.array(crossed), np.array(places)
    first = np.argsort(~is_crossed, axis=0, kind="stable")  # the crossed edges of each square, in order
    every = np.arange(index.size)
    is_saddle = is_crossed.all(axis=0)
    pieces = np.stack([ends[first[0], every], ends[first[1], every]], axis=1)
    others = np.stack([ends[2], ends[3]], axis=1)[is_saddle]
    return np.concatenate([pieces, others]), np.concatenate([index, index[is_saddle]])


def _between(scores: Array, places: Array) -> Array:
    """Scores (C, k) at places (k, 2) of (x, y) in cells, bilinear between them: exact without hidden layers."""
    column, row = np.minimum(places.astype(int), np.array(scores.shape[:0:-1]) - 2).T
    x, y = places.T - (column, row)
    below = scores[:, row, column] * (1 - x) + scores[:, row, column + 1] * x
    above = scores[:, row + 1, column] * (1 - x) + scores[:, row + 1, column + 1] * x
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
