"""One update taken apart: the next step of a run made on copies, with every array on the way kept."""

from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from playground.nn import Network, Optimizer, Trace, cross_entropy, trace_gradient
from playground.session.batches import Batches
from playground.session.grid import Array
from playground.session.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """The step that comes next: ``trace`` of its gradient and the flat parameters ``before`` and ``after`` it.

    ``losses`` (k,) are those of the examples that the trace keeps, in its order, and ``batch_cost`` is J of the batch.
    ``m`` examples are in the training set, ``trace.m`` in the batch; ``columns`` (k,) are the kept examples' places in
    the training set. ``l2`` is the penalty as this batch sees it, l2 b / m of the set's, and ``penalty`` its part of J.

    ``updates`` counts the optimiser's steps with this one, and ``averages`` (k, parameters) are its k exponentially
    weighted averages, this gradient included, before any correction; gradient descent keeps none. ``direction`` is what
    it makes of the gradient: after = before - learning_rate * direction, but for the rounding of the difference.
    """

    step: int
    sizes: tuple[int, ...]
    activation: str
    optimizer: str
    learning_rate: float
    l2: float
    m: int
    trace: Trace
    columns: Array
    losses: Array
    batch_cost: float
    penalty: float
    before: Array
    gradient: Array
    after: Array
    updates: int
    averages: Array
    direction: Array

    @property
    def is_part(self) -> bool:
        """Whether the batch is not the whole training set."""
        return self.trace.m < self.m


def rehearse(network: Network, optimizer: Optimizer, batches: Batches, settings: Settings, step: int) -> Rehearsal:
    """The step that a run would make next, without making it; ``step`` are the steps made so far."""
    own_network, own_batches = network.copy(), deepcopy(batches)
    own_optimizer = optimizer.copy(own_network.parameters)
    inputs, Y = own_batches.draw(settings.batch_size)
    l2 = settings.l2 * Y.shape[1] / own_batches.m
    trace = trace_gradient(own_network, inputs, Y, l2)
    gradient = own_network.gradient(inputs, Y, l2).copy()
    before = own_network.parameters.copy()
    labels = Y.argmax(axis=0)
    cost, penalty = own_network.evaluate(inputs, labels, l2).cost, own_network.penalty(l2, labels.size)
    own_optimizer.update(own_network.parameters, gradient, settings.learning_rate)
    kept = trace.Y.shape[1]
    return Rehearsal(
        step=step,
        sizes=network.sizes,
        activation=network.activation,
        optimizer=settings.optimizer,
        learning_rate=settings.learning_rate,
        l2=l2,
        m=own_batches.m,
        trace=trace,
        columns=own_batches.last_drawn()[:kept],
        losses=cross_entropy(trace.Z[len(network.sizes) - 1].astype(np.float64), labels[:kept]),  # as J is summed
        batch_cost=cost,
        penalty=penalty,
        before=before,
        gradient=gradient,
        after=own_network.parameters.copy(),
        updates=own_optimizer.steps,
        direction=own_optimizer.move / np.array(settings.learning_rate, network.dtype),
        averages=own_optimizer.sums * (1 - np.array(own_optimizer.decays, np.float64)[:, None]),
    )
