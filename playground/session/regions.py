"""The regions of the plane: where each class wins, how surely, and the borders between them."""

from dataclasses import dataclass

import numpy as np

from playground.session.grid import Array, Grid
from playground.session.marching_squares import CrossedSquares, Crossings, crossed_squares, crossings


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

    `marching_squares` for C classes. On every lattice edge whose ends have different winners the tie is placed by
    linear interpolation of z_a - z_b, which is exact without hidden layers. In a square with two ties a line joins
    them; where there are more, each is joined to their mean, so three classes meet in a point.
    """
    edges = crossings((winner[:, :-1] != winner[:, 1:])[None], (winner[:-1] != winner[1:])[None])
    ties = edges.places(_shares(scores, winner, edges))
    squares = crossed_squares(edges)
    return np.concatenate([ties.take(squares.pairs().T, axis=0), _stars(ties, squares)])


def _shares(scores: Array, winner: Array, edges: Crossings) -> Array:
    """How far along each crossed edge the winners of its two ends tie, (k,)."""
    start, end = edges.starts(winner[None]), edges.ends(winner[None])
    a, b = winner.ravel()[start].astype(int), winner.ravel()[end].astype(int)
    flat, n = scores.ravel(), winner.size
    at_start, at_end = (flat[a * n + cell] - flat[b * n + cell] for cell in (start, end))
    span = at_start - at_end
    share: Array = np.divide(at_start, span, out=np.full(span.shape, 0.5, span.dtype), where=span > 0)
    return share


def _stars(ties: Array, squares: CrossedSquares) -> Array:
    """The pieces (k, 2, 2) that join the ties of each square with three or four of them to their mean."""
    is_star = squares.count > 2
    edges, count = squares.edges[:, is_star], squares.count[is_star]
    is_tie = edges >= 0
    centres = np.where(is_tie[..., None], ties[edges], 0).sum(axis=0) / count[:, None]
    _, square = np.nonzero(is_tie)
    return np.stack([ties[edges[is_tie]], centres[square]], axis=1)
