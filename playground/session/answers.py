"""What the network answers at every point of the data set, and how the losses add up to J."""

from dataclasses import dataclass

import numpy as np

from playground.nn import Network, cross_entropy, softmax
from playground.session.dataset import Dataset
from playground.session.grid import Array
from playground.session.scale import Scale


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Scores ``Z`` and probabilities ``Y_hat`` (C, m), ``losses`` (m,), ``is_miss`` and ``is_test`` masks (m,).

    ``predicted`` (m,) is the class of the largest score; where it is not the point's own, the point is a miss.

    Over the training points: ``mean_loss``, ``mean_Y_hat`` and the true ``shares`` of the classes (C,), None without
    any. ``mean_loss`` + ``penalty`` is the J shown.
    """

    Z: Array
    Y_hat: Array
    losses: Array
    predicted: Array
    is_miss: Array
    is_test: Array
    mean_loss: float | None
    penalty: float
    mean_Y_hat: Array | None
    shares: Array | None

    def worst(self, count: int) -> Array:
        """Indices of the training points with the largest losses, largest first; equal ones as they come."""
        ranked = np.where(self.is_test | np.isnan(self.losses), -np.inf, self.losses)
        among = np.arange(ranked.size)
        if 0 < count < ranked.size:  # 100 000 points are sorted for each frame otherwise
            among = np.flatnonzero(ranked >= np.partition(ranked, -count)[-count])
        order = among[np.argsort(-ranked[among], kind="stable")[:count]]
        return order[~self.is_test[order]]


def answers_at(network: Network, scale: Scale, dataset: Dataset, test_share: float, l2: float) -> Answers:
    """The answers of a network at the points of a data set, the penalty by the training set's m."""
    Z = network.logits(scale.apply(dataset.X)).astype(np.float64)
    Y_hat = softmax(Z)
    losses = cross_entropy(Z, dataset.labels)
    predicted = Z.argmax(axis=0)
    is_test = dataset.is_test(test_share)
    trained = ~is_test
    m = int(np.count_nonzero(trained))
    counts = np.bincount(dataset.labels[trained], minlength=dataset.C)
    return Answers(
        Z=Z,
        Y_hat=Y_hat,
        losses=losses,
        predicted=predicted,
        is_miss=predicted != dataset.labels,
        is_test=is_test,
        mean_loss=float(losses[trained].mean()) if m else None,
        penalty=network.penalty(l2, max(m, 1)),
        mean_Y_hat=Y_hat[:, trained].mean(axis=1) if m else None,
        shares=counts / m if m else None,
    )
