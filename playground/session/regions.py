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


def find_regions(probabilities: Array, grid: Grid) -> Regions:
    """The regions of class probabilities (C, rows, columns) over a grid."""
    winner, confidence = winners(probabilities)
    pieces = border_lines(probabilities, winner)
    cell = np.array([(grid.right - grid.left) / grid.columns, (grid.top - grid.bottom) / grid.rows])
    return Regions(winner, confidence, (pieces + 0.5) * cell + (grid.left, grid.bottom))


def winners(probabilities: Array) -> tuple[Array, Array]:
    """The class with the largest probability in each cell and that probability; (C, rows, columns) to (rows, columns).

    Class by class, since NumPy's argmax over a short first axis takes several times as long.
    """
    best = probabilities[0].copy()
    winner = np.zeros(best.shape, np.uint16)
    for label, probability in enumerate(probabilities[1:], start=1):
        np.copyto(winner, label, where=probability > best)
        np.maximum(best, probability, out=best)
    return winner, best


def border_lines(probabilities: Array, winner: Array) -> Array:
    """Where two classes tie: line pieces (k, 2, 2) of (x, y) in cells, cell centres at whole numbers.

    Marching squares for C classes. On every lattice edge whose ends have different winners the tie is placed by linear
    interpolation of log y_hat_a - log y_hat_b = z_a - z_b, which is exact without hidden layers. In a square with two
    ties a line joins them; where there are more, each is joined to their mean, so three classes meet in a point.
    """
    x, y, square = _ties_by_square(probabilities, winner)
    _, first, which, count = np.unique(square, return_index=True, return_inverse=True, return_counts=True)
    ties = np.stack([x, y], axis=1)
    is_pair = count == 2
    pairs = np.stack([ties[first[is_pair]], ties[first[is_pair] + 1]], axis=1)
    is_star = count[which] > 2
    totals = np.stack([np.bincount(which, x, count.size), np.bincount(which, y, count.size)], axis=1)
    centres = totals / np.maximum(count, 1)[:, None]
    stars = np.stack([ties[is_star], centres[which[is_star]]], axis=1)
    return np.concatenate([pairs, stars])


def _ties_by_square(probabilities: Array, winner: Array) -> tuple[Array, Array, Array]:
    """The x and y of each tie and a square it borders, once for each of its two, sorted by square; (k,) each."""
    rows, columns = winner.shape
    across = _ties(probabilities, winner, 0, 1)
    up = _ties(probabilities, winner, 1, 0)
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


def _ties(probabilities: Array, winner: Array, down: int, right: int) -> tuple[Array, Array, Array, Array]:
    """Ties on the edges from each cell to its neighbour: x, y of the tie, row and column of the cell; (k,) each."""
    here = winner[: winner.shape[0] - down, : winner.shape[1] - right]
    row, column = np.nonzero(here != winner[down:, right:])
    a, b = winner[row, column], winner[row + down, column + right]
    tiny = np.finfo(probabilities.dtype).tiny
    at_a, at_b = (
        np.log(np.maximum(probabilities[a, r, c], tiny)) - np.log(np.maximum(probabilities[b, r, c], tiny))
        for r, c in ((row, column), (row + down, column + right))
    )
    span = at_a - at_b
    share = np.divide(at_a, span, out=np.full(span.shape, 0.5, span.dtype), where=span > 0)
    return column + right * share, row + down * share, row, column
