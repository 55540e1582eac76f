"""The regions of the plane: where each class wins, how surely, and the borders between them."""

from dataclasses import dataclass

import numpy as np

from playground.session.grid import Array, Grid


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """The winning class and its probability in each cell, (rows, columns), bottom row first, and the borders.

    ``borders`` (k, 2, 2) are line pieces from point to point in the plane's units.
    """

    winner: Array
    confidence: Array
    borders: Array


def find_regions(scores: Array, probabilities: Array, grid: Grid) -> Regions:
    """The regions of scores Z over a grid, with the confidence that probabilities give; both (C, rows, columns)."""
    winner, _ = winners(scores)
    confidence = np.maximum.reduce(probabilities, axis=0)
    return Regions(winner, confidence, to_plane(border_lines(scores, winner), grid))


def to_plane(pieces: Array, grid: Grid) -> Array:
    """Line pieces (k, 2, 2) in cells of a grid as pieces in the plane's units."""
    cell = np.array([(grid.right - grid.left) / grid.columns, (grid.top - grid.bottom) / grid.rows])
    placed: Array = (pieces + 0.5) * cell + (grid.left, grid.bottom)
    return placed


def winners(values: Array) -> tuple[Array, Array]:
    """The class with the largest value in each cell and that value; (C, rows, columns) to (rows, columns).

    Class by class, since NumPy's argmax over a short first axis takes several times as long.
    """
    best = values[0].copy()
    winner = np.zeros(best.shape, np.uint16)
    for label, value in enumerate(values[1:], start=1):
        np.copyto(winner, label, where=value > best)
        np.maximum(best, value, out=best)
    return winner, best


def border_lines(scores: Array, winner: Array) -> Array:
    """Where the two largest scores (C, rows, columns) tie: line pieces (k, 2, 2) of (x, y) in cells.

    Cell centres are at whole numbers; ``winner`` (rows, columns) is the class with the largest score in each.

    Marching squares for C classes. On every lattice edge whose ends have different winners the tie is placed by linear
    interpolation of z_a - z_b, which is exact without hidden layers. In a square with two ties a line joins them;
    where there are more, each is joined to their mean, so three classes meet in a point.
    """
    x, y, square = _ties_by_square(scores, winner)
    _, first, which, count = np.unique(square, return_index=True, return_inverse=True, return_counts=True)
    ties = np.stack([x, y], axis=1)
    is_pair = count == 2
    pairs = np.stack([ties[first[is_pair]], ties[first[is_pair] + 1]], axis=1)
    is_star = count[which] > 2
    totals = np.stack([np.bincount(which, x, count.size), np.bincount(which, y, count.size)], axis=1)
    centres = totals / np.maximum(count, 1)[:, None]
    stars = np.stack([ties[is_star], centres[which[is_star]]], axis=1)
    return np.concatenate([pairs, stars])


def _ties_by_square(scores: Array, winner: Array) -> tuple[Array, Array, Array]:
    """The x and y of each tie and a square it borders, once for each of its two, sorted by square; (k,) each."""
    rows, columns = winner.shape
    across = _ties(scores, winner, 0, 1)
    up = _ties(scores, winner, 1, 0)
    pieces = []
    for (x, y, row, column), neighbour in ((across, (-1, 0)), (up, (0, -1))):
        for below, left in ((0, 0), neighbour):
            square_row, square_column = row + below, column + left
            inside = (square_row >= 0) & (square_row < rows - 1) & (square_column >= 0) & (square_column < columns - 1)
            square = square_row * (columns - 1) + square_column
            pieces.append(np.stack([x, y, square])[:, inside])
    x, y, square = np.concatenate(pieces, axis=1)
    order = np.argsort(square, kind="stable")
    return x[order], y[order], square[order]


def _ties(scores: Array, winner: Array, down: int, right: int) -> tuple[Array, Array, Array, Array]:
    """Ties on the edges from each cell to its neighbour: x, y of the tie, row and column of the cell; (k,) each."""
    here = winner[: winner.shape[0] - down, : winner.shape[1] - right]
    row, column = np.nonzero(here != winner[down:, right:])
    a, b = winner[row, column], winner[row + down, column + right]
    at_a, at_b = (scores[a, r, c] - scores[b, r, c] for r, c in ((row, column), (row + down, column + right)))
    span = at_a - at_b
    share = np.divide(at_a, span, out=np.full(span.shape, 0.5, span.dtype), where=span > 0)
    return column + right * share, row + down * share, row, column
