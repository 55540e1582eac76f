"""The mathematics, in NumPy alone: examples are columns, parameters are one flat vector."""

from playground.nn.activations import ACTIVATIONS, Activation
from playground.nn.gradient_check import BlockCheck, GradientCheck, Verdict
from playground.nn.logistic import (
    LogisticRegression,
    agrees_step_by_step,
    remembers_alike,
    twin_optimizer,
    twin_settings,
)
from playground.nn.losses import cross_entropy, hardmax, log_softmax, softmax
from playground.nn.mistakes import MISTAKES, Mistake, can_show
from playground.nn.network import Evaluation, Network, one_hot, with_ones
from playground.nn.optimizers import OPTIMIZERS, Optimizer
from playground.nn.optimum import Optimum
from playground.nn.trace import Trace, trace_gradient

__all__ = [
    "ACTIVATIONS",
    "MISTAKES",
    "OPTIMIZERS",
    "Activation",
    "BlockCheck",
    "Evaluation",
    "GradientCheck",
    "LogisticRegression",
    "Mistake",
    "Network",
    "Optimizer",
    "Optimum",
    "Trace",
    "Verdict",
    "agrees_step_by_step",
    "can_show",
    "cross_entropy",
    "hardmax",
    "log_softmax",
    "one_hot",
    "remembers_alike",
    "softmax",
    "trace_gradient",
    "twin_optimizer",
    "twin_settings",
    "with_ones",
]
