"""The lowest cost of a softmax network without hidden layers: J is convex there, and Newton's method finds it.

With u = the inputs over a row of ones and y_hat the probabilities, the second derivatives of the mean loss by the
parameters of classes c and d are 1/m sum of y_hat_c ([c = d] - y_hat_d) u u^T (Bishop, Pattern Recognition and Machine
Learning, 2006, equation 4.110).
"""

from itertools import pairwise

import numpy as np

from playground.nn.arrays import Floats, Integers
from playground.nn.losses import LOWEST_LOGIT, checked_labels

CLOSE_ENOUGH = 1e-12  # to the lowest cost; a Newton step from there lands closer still
MOST_STEPS = 200  # the hardest sets met took 60
MOST_HALVINGS = 40  # of a step; the cost that still does not fall has reached its rounding
FLATTEST = 1e-14  # curvature that is told from none, relative to the largest
COLUMNS_AT_ONCE = 4096  # so that the products of the probabilities stay in the processor's cache


class Optimum:
    """Newton's method on J = mean L + l2 / (2m) sum of squared weights, in float64, one iteration at a time.

    inputs: (n + 1, m) from `with_ones`; labels: (m,) class indices below C. ``cost`` is J at ``parameters``, which
    are laid out like those of ``Network((n, C))``; at the end it is J*, the lowest there is, to 1e-9 or better, as far
    as the rounding of the inputs lets them know it: points on one line of a slanted, narrow set lie a little beside it
    once they are rounded, and borders 1e10 times as steep would tell them apart. No fall is looked for in there.

    No finite parameters may have that cost; then ``is_attained`` is False at the end, and ``parameters`` come close:

    - A class without points is the less probable the better. The others are solved alone, and it is given a bias
      that makes it as good as impossible.
    - Without a penalty, classes that straight borders separate let J fall towards 0 for ever. It ends when all
      points lie strictly on their own sides: ``is_separable``, ``cost`` 0. (With a penalty this is not looked for.)
    - Without a penalty, classes that borders separate but for points on the borders themselves: J falls for ever
      too, towards a J* above 0.

    Raises ValueError without examples and for a label that is no class.
    """

    def __init__(self, inputs: Floats, labels: Integers, C: int, l2: float = 0.0) -> None:
        if labels.size == 0:
            raise ValueError("the cost is a mean over examples: it needs at least one")
        index = checked_labels(labels, C, inputs.shape[1])
        self._shape = (C, inputs.shape[0])
        self._present, self._labels, counts = np.unique(index, return_inverse=True, return_counts=True)
        self._m = labels.size
        self._centre, self._axes = _axes(inputs[:-1], is_penalised=l2 > 0)
        self._rounding = np.full((len(self._axes) + 1, 1), np.finfo(np.float64).eps)  # of each row of U
        self._rounding[:-1] += np.abs(self._axes) @ _rounding(inputs[:-1])
        self._U = np.ones((len(self._axes) + 1, self._m))
        np.matmul(self._axes, inputs[:-1] - self._centre, out=self._U[:-1])
        self._pull = np.zeros(len(self._U))  # of the penalty on a weight along each axis; none on the bias
        if l2:
            self._pull[:-1] = l2 / self._m * np.square(self._axes).sum(axis=1)
        self._is_penalised = l2 > 0
        self._upper = np.triu_indices(len(self._U))
        self._products = self._U[self._upper[0]] * self._U[self._upper[1]]

        self.is_done = self.is_separable = False
        self.is_attained = len(self._present) == C
        self._steps = 0
        self._theta = np.zeros((len(self._present), len(self._U)))
        self._theta[:, -1] = np.log(counts / self._m)  # the best constant answer
        self._theta -= self._theta.mean(axis=0)
        self.cost, self._Y_hat = self._evaluate(self._theta)
        if len(counts) == 1:  # always right
            self._end_separated()

    @property
    def parameters(self) -> Floats:
        """The present parameters, flat like those of ``Network((n, C))``."""
        layer = np.zeros(self._shape)
        W = self._theta[:, :-1] @ self._axes
        layer[self._present, :-1] = W
        layer[self._present, -1] = self._theta[:, -1] - (W @ self._centre)[:, 0]
        absent = np.setdiff1d(np.arange(len(layer)), self._present)
        layer[absent, -1] = (self._theta @ self._U).max(axis=0).min() + LOWEST_LOGIT
        return layer.ravel()

    def advance(self) -> None:
        """Make one Newton iteration, unless it is done."""
        if self.is_done:
            return
        self._steps += 1
        gradient, blur = self._gradient()
        move = -_solve(self._curvature(), gradient.ravel()).reshape(gradient.shape)
        move -= move.mean(axis=0)  # one vector added to all classes changes no probability
        promise = -float((gradient * move).sum())  # twice the fall that the second-order model foretells
        is_real = promise > float(np.linalg.norm(blur * move))  # a fall that is not made by the inputs' rounding
        has_fallen = is_real and self._search(move, promise)
        if not self._is_penalised and self._is_separated():
            self._end_separated()
        elif promise <= CLOSE_ENOUGH or not has_fallen or self._steps == MOST_STEPS:
            self.is_done = True
            # Where a loss only falls as e^-z each Newton step adds 1 to z; elsewhere the last ones are tiny.
            self.is_attained = self.is_attained and bool(np.abs(move @ self._U).max() < 0.1)

    def _search(self, move: Floats, promise: float) -> bool:
        """Go along the Newton step, halved until J falls in proportion; returns whether it did."""
        share = 1.0
        for _ in range(MOST_HALVINGS):
            theta = self._theta + share * move
            cost, Y_hat = self._evaluate(theta)
            rounding = 1e-15 * self.cost if promise <= CLOSE_ENOUGH else 0
            if cost <= self.cost - 1e-4 * share * promise + rounding:
                self._theta, self.cost, self._Y_hat = theta, cost, Y_hat
                return True
            share /= 2
        return False

    def _evaluate(self, theta: Floats) -> tuple[float, Floats]:
        """J and the probabilities (present classes, m)."""
        Z = theta @ self._U
        Z -= Z.max(axis=0)
        Z_label = Z[self._labels, np.arange(self._m)]
        np.exp(Z, out=Z)
        total = Z.sum(axis=0)
        Z /= total
        cost = (np.log(total) - Z_label).mean() + (self._pull * theta**2).sum() / 2
        return float(cost), Z

    def _gradient(self) -> tuple[Floats, Floats]:
        """dJ/dtheta, and how far the rounding of the inputs, of each point on its own, may have moved it."""
        dZ = self._Y_hat.copy()
        dZ[self._labels, np.arange(self._m)] -= 1
        gradient: Floats = dZ @ self._U.T / self._m + self._pull * self._theta
        blur: Floats = np.linalg.norm(dZ, axis=1, keepdims=True) / self._m * self._rounding[:, 0]
        return gradient, blur

    def _curvature(self) -> Floats:
        """Second derivatives of J (C k, C k) for C present classes of k parameters.

        What two different classes share is summed, once for each pair and for the upper triangle of u u^T; a class's
        own is minus the sum of what it shares, since probabilities add up to 1.
        """
        C, k = self._theta.shape
        rows, columns = np.triu_indices(C, 1)
        upper = np.zeros((C, C, self._products.shape[0]))
        upper[rows, columns] = self._sums_over_pairs() / -self._m
        upper += upper.transpose(1, 0, 2)
        upper[range(C), range(C)] = -upper.sum(axis=1)
        blocks = np.empty((C, C, k, k))
        blocks[:, :, self._upper[0], self._upper[1]] = upper
        blocks[:, :, self._upper[1], self._upper[0]] = upper
        curvature = blocks.transpose(0, 2, 1, 3).reshape(C * k, C * k)
        curvature[np.diag_indices(C * k)] += np.tile(self._pull, C)
        return curvature

    def _sums_over_pairs(self) -> Floats:
        """Sums of y_hat_c y_hat_d u_a u_b over the examples, for c < d and a <= b: (C (C - 1) / 2, k (k + 1) / 2)."""
        C = len(self._theta)
        starts = np.cumsum([0, *range(C - 1, 0, -1)])
        sums = np.zeros((starts[-1], self._products.shape[0]))
        shared = np.empty((starts[-1], min(self._m, COLUMNS_AT_ONCE)))
        for first in range(0, self._m, COLUMNS_AT_ONCE):
            Y_hat = self._Y_hat[:, first : first + COLUMNS_AT_ONCE]
            part = shared[:, : Y_hat.shape[1]]
            for c, (start, stop) in enumerate(pairwise(starts)):
                np.multiply(Y_hat[c], Y_hat[c + 1 :], out=part[start:stop])
            sums += part @ self._products[:, first : first + COLUMNS_AT_ONCE].T
        return sums

    def _is_separated(self) -> bool:
        """Whether each point's own logit is above all others by more than rounding can do."""
        Z = self._theta @ self._U
        own = self._labels, np.arange(self._m)
        Z_label = Z[own]
        if np.any(Z_label < Z.max(axis=0)):
            return False
        Z[own] = -np.inf
        rounding = (np.abs(self._theta) @ (1e-12 * np.abs(self._U) + self._rounding)).max()
        return bool((Z_label - Z.max(axis=0)).min() > rounding)

    def _end_separated(self) -> None:
        self.is_done = True
        self.is_separable = not self._is_penalised
        self.is_attained = self._shape[0] == 1
        self.cost = 0.0


def optimum(inputs: Floats, labels: Integers, C: int, l2: float = 0.0) -> Optimum:
    """Newton's method run to its end; see `Optimum`."""
    result = Optimum(inputs, labels, C, l2)
    while not result.is_done:
        result.advance()
    return result


def _axes(X: Floats, *, is_penalised: bool) -> tuple[Floats, Floats]:
    """A centre (n, 1) and axes (r, n), such that axes @ (X - centre) is of the order of 1.

    With a penalty they are the axes of X, so that it stays a sum over them. Without, they are those along which X
    is spread, uncorrelated, but for those along which it differs by no more than the rounding of its numbers: points
    on one line are to stay on one line.
    """
    points = X.astype(np.float64)
    centre = points.mean(axis=1, keepdims=True)
    spread = np.abs(points - centre).max(axis=1, keepdims=True)
    if is_penalised:
        return centre, np.diag(1 / np.where(spread > 0, spread, 1)[:, 0])
    rounding = 4 * _rounding(X)
    varies = (spread > rounding)[:, 0]
    if not varies.any():
        return centre, np.empty((0, len(X)))
    spread, rounding = spread[varies], rounding[varies]
    triangle: Floats = np.asarray(np.linalg.qr(((points - centre)[varies] / spread).T, mode="r"))
    directions, extents, _ = np.linalg.svd(triangle.T)
    extents = extents / np.sqrt(X.shape[1])
    wide = extents > (rounding / spread).max()
    axes = np.zeros((np.count_nonzero(wide), len(X)))
    axes[:, varies] = (directions[:, : len(wide)][:, wide] / extents[wide] / spread).T
    return centre, axes


def _rounding(X: Floats) -> Floats:
    """The distance from the largest number of each row to its neighbour in X's type, (n, 1)."""
    distance: Floats = np.finfo(X.dtype).eps * np.abs(X).max(axis=1, keepdims=True).astype(np.float64)
    return distance


def _solve(curvature: Floats, gradient: Floats) -> Floats:
    """curvature^-1 gradient, with curvature taken as no smaller than ``FLATTEST`` in any direction.

    So directions that change nothing, along which the gradient is 0, get next to nothing of it. Parameters are first
    scaled to a curvature of 1, so that FLATTEST does not depend on their units.
    """
    diagonal = curvature.diagonal()
    scale = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1))
    values, vectors = np.linalg.eigh(scale[:, None] * curvature * scale)
    values = np.maximum(values, FLATTEST * values[-1])
    result: Floats = scale * (vectors @ ((vectors.T @ (scale * gradient)) / values))
    return result
