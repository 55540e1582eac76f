"""Marching squares: the lines on which something changes between neighbours of a lattice.

The lattice has columns and rows of corners; its edges run across, from a corner to the next in its row, and up, to the
next in its column. An edge is crossed where what stands at its two ends differs, and a line enters and leaves a square
through its crossed edges. Places are (x, y) in cells, corners at whole numbers.
"""

from dataclasses import dataclass

import numpy as np

from playground.session.grid import Array


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """The crossed edges of a stack of lattices, (k,) each: lattice, row and column of the start, and which way it goes.

    ``across`` (n, rows, columns - 1) and ``up`` (n, rows - 1, columns) mark them; those that run across come first.
    """

    across: Array
    up: Array
    lattice: Array
    row: Array
    column: Array
    is_up: Array

    def starts(self, stack: Array) -> Array:
        """Where the edges start, as places in a stack (n, rows, columns) that is laid out flat."""
        rows, columns = stack.shape[1:]
        places: Array = (self.lattice * rows + self.row) * columns + self.column
        return places

    def ends(self, stack: Array) -> Array:
        """Where they end."""
        return self.starts(stack) + np.where(self.is_up, stack.shape[2], 1)

    def places(self, share: Array) -> Array:
        """The places (k, 2) so far along each edge, 0 its start and 1 its end."""
        return np.stack([self.column + share * ~self.is_up, self.row + share * self.is_up], axis=1)


def crossings(across: Array, up: Array) -> Crossings:
    """The crossed edges by where they are marked, (n, rows, columns - 1) and (n, rows - 1, columns)."""
    found = [np.unravel_index(np.flatnonzero(mask), mask.shape) for mask in (across, up)]
    lattice, row, column = (np.concatenate(pair) for pair in zip(*found, strict=True))
    return Crossings(across, up, lattice, row, column, np.arange(row.size) >= found[0][0].size)


@dataclass(frozen=True, slots=True, eq=False)
class CrossedSquares:
    """The squares that a line goes through: ``lattice`` (k,), ``count`` (k,) of crossed edges.

    ``edges`` (4, k), by their numbers among the crossings, -1 where not crossed: below, left, right, above.
    """

    lattice: Array
    count: Array
    edges: Array

    def pairs(self) -> Array:
        """The two crossed edges (2, k) of each square that has two, the rest left out."""
        last = np.maximum.reduce(self.edges, axis=0)
        first = np.add.reduce(self.edges, axis=0) + 2 - last  # the two that are not crossed add up to -2
        return np.stack([first, last]).compress(self.count == 2, axis=1)


def crossed_squares(found: Crossings) -> CrossedSquares:
    """The squares with a crossed edge; one has two, three or four of them."""
    across, up = found.across, found.up
    is_crossed = across[:, :-1] | across[:, 1:] | up[:, :, :-1] | up[:, :, 1:]
    lattice, row, column = np.unravel_index(np.flatnonzero(is_crossed), is_crossed.shape)
    marks = np.concatenate([across.ravel(), up.ravel()])
    number = np.full(marks.size, -1)
    number[np.flatnonzero(marks)] = np.arange(found.row.size)
    below = (lattice * across.shape[1] + row) * across.shape[2] + column
    left = across.size + (lattice * up.shape[1] + row) * up.shape[2] + column
    edges = number.take(np.stack([below, left, left + 1, below + across.shape[2]]))
    return CrossedSquares(lattice, np.add.reduce(edges >= 0, axis=0), edges)
