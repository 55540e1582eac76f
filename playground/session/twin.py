"""The twin: a logistic regression that trains beside a softmax network with two classes and no hidden layer."""

from dataclasses import dataclass

import numpy as np

from playground.nn import (
    LogisticRegression,
    Network,
    Optimizer,
    agrees_step_by_step,
    can_show,
    remembers_alike,
    twin_optimizer,
    twin_settings,
)
from playground.session.grid import Array
from playground.session.settings import Settings

SIZES = (2, 2)


@dataclass(frozen=True, slots=True)
class BothAt:
    """Both at one spot: the network's scores and its ŷ₁, the twin's own score w x + b and its σ of that."""

    z_1: float
    z_2: float
    y_hat: float
    score: float
    sigma: float


@dataclass(frozen=True, slots=True, eq=False)
class TwinReport:
    """Both at one moment, as far as they are the same.

    ``W`` (2, 2) and ``b`` (2,) are the network's, ``w`` (2,) and ``b_twin`` the twin's; w stands beside W[0] − W[1].
    ``learning_rate`` and ``l2`` are what the twin trains with. ``since`` is the step that it started at, and
    ``agrees`` whether it has made the same moves from there; where not, ``optimizer`` and ``l2`` tell why.
    ``is_spoiled``: a planted mistake keeps the network, and it alone, from the right moves. ``cost`` is the twin's J,
    None without examples. ``largest_difference`` is that of ŷ₁ and σ over the plane in view, NaN where a score is no
    number.
    """

    W: Array
    b: Array
    w: Array
    b_twin: float
    learning_rate: float
    l2: float
    since: int
    optimizer: str
    agrees: bool
    is_spoiled: bool
    cost: float | None
    largest_difference: float | None
    at_probe: BothAt | None


class Twin:
    """Starts as the difference of the network's two output vectors, and learns from the same batches."""

    def __init__(self, network: Network, optimizer: Optimizer, step: int) -> None:
        self._since = step
        self._regression = LogisticRegression.from_softmax(network)
        self._optimizer = twin_optimizer(optimizer, self._regression)
        self._agrees = remembers_alike(optimizer)

    def follow(self, inputs: Array, Y: Array, settings: Settings, l2: float) -> None:
        """Make the step that the network makes; ``l2`` is the penalty as this batch sees it."""
        self._agrees = self._agrees and agrees_step_by_step(settings.optimizer, l2)
        rate, own_l2 = twin_settings(settings.learning_rate, l2)
        gradient = self._regression.gradient(inputs, Y, own_l2)
        self._optimizer.update(self._regression.parameters, gradient, rate)

    def report(
        self,
        network: Network,
        settings: Settings,
        examples: tuple[Array, Array],
        over_grid: tuple[Array, Array] | None,
        at_probe: Array | None,
    ) -> TwinReport:
        """Where both are now.

        ``examples`` are the training set's inputs (3, m) and labels (m,); ``over_grid`` the plane's inputs (3, k) and
        the network's Y_hat there (2, k); ``at_probe`` the probe's inputs (3, 1).
        """
        twin, (inputs, labels) = self._regression, examples
        rate, l2 = twin_settings(settings.learning_rate, settings.l2)
        difference = None
        if over_grid is not None:
            difference = float(np.abs(twin.probabilities(over_grid[0]) - over_grid[1][0]).max())
        return TwinReport(
            W=network.weights[0].copy(),
            b=network.biases[0].copy(),
            w=twin.w.copy(),
            b_twin=float(twin.b),
            learning_rate=rate,
            l2=l2,
            since=self._since,
            optimizer=settings.optimizer,
            agrees=self._agrees and agrees_step_by_step(settings.optimizer, settings.l2),
            is_spoiled=network.mistake is not None and can_show(network.mistake, network.sizes, network.activation),
            cost=twin.cost(inputs, labels, l2) if labels.size else None,
            largest_difference=difference,
            at_probe=None if at_probe is None else _at(network, twin, at_probe),
        )


def _at(network: Network, twin: LogisticRegression, inputs: Array) -> BothAt:
    z_1, z_2 = (float(z) for z in network.logits_of(inputs)[:, 0])
    y_hat = float(network.probabilities_of(inputs)[0, 0])
    return BothAt(z_1, z_2, y_hat, float(twin.scores(inputs)[0]), float(twin.probabilities(inputs)[0]))
