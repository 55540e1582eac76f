"""The mathematics, in NumPy alone: examples are columns, parameters are one flat vector."""

from playground.nn.activations import ACTIVATIONS, Activation
from playground.nn.losses import cross_entropy, hardmax, log_softmax, softmax
from playground.nn.network import Evaluation, Network, one_hot, with_ones
from playground.nn.optimizers import OPTIMIZERS, Optimizer
from playground.nn.optimum import Optimum
from playground.nn.trace import Trace, trace_gradient

__all__ = [
    "ACTIVATIONS",
    "OPTIMIZERS",
    "Activation",
    "Evaluation",
    "Network",
    "Optimizer",
    "Optimum",
    "Trace",
    "cross_entropy",
    "hardmax",
    "log_softmax",
    "one_hot",
    "softmax",
    "trace_gradient",
    "with_ones",
]
