"""What the user sets about the network and its training: one table that widgets, options and files are made from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.nn import ACTIVATIONS, OPTIMIZERS
from playground.session.choices import ACTIVATION_TIPS, ACTIVATION_TITLES, OPTIMIZER_TIPS, OPTIMIZER_TITLES
from playground.session.errors import UserError
from playground.session.specs import Choice, Layers, Number, Spec, Switch

FRAMES_PER_SECOND = 60
FULL_BATCH = 0

# name: (how many, of what) in a second
SPEEDS: dict[str, tuple[float, str]] = {
    "1 step/s": (1, "steps"),
    "4 steps/s": (4, "steps"),
    "20 steps/s": (20, "steps"),
    "1 epoch/frame": (FRAMES_PER_SECOND, "epochs"),
    "5 epochs/frame": (5 * FRAMES_PER_SECOND, "epochs"),
    "25 epochs/frame": (25 * FRAMES_PER_SECOND, "epochs"),
    "max": (math.inf, "steps"),
}
SEEDS = 1_000_000
STARTS_RUN = "Starts a new run."
NEXT_STEP = "Changes the next step, keeps what is learned."


@dataclass(frozen=True, slots=True)
class Settings:
    """One value for each row of `SPECS`, in its order."""

    hidden: tuple[int, ...] = (8, 8)
    activation: str = "tanh"
    standardise: bool = False
    seed: int = 0
    optimizer: str = "adam"
    learning_rate: float = 0.01
    batch_size: int = FULL_BATCH
    l2: float = 0.0
    test_share: float = 0.0
    speed: str = "1 epoch/frame"


SPECS: tuple[Spec, ...] = (
    Spec(
        "hidden",
        "Hidden layers",
        Layers(most_layers=6, most_units=64),
        "Units of each hidden layer. More units bend the borders more finely; without hidden layers every border is a "
        "straight line.",
        STARTS_RUN,
        new_run=True,
    ),
    Spec(
        "activation",
        "Activation",
        Choice(tuple(ACTIVATIONS), ACTIVATION_TITLES, ACTIVATION_TIPS),
        "What each hidden unit does with its sum. tanh and sigmoid give smooth borders, ReLU gives corners; with "
        "linear, any depth is as good as none.",
        STARTS_RUN,
        new_run=True,
    ),
    Spec(
        "standardise",
        "Standardise inputs",
        Switch(),
        "Gives the network (x − mean) / standard deviation of each input. Needed where the inputs have very different "
        "scales, as grams and millimetres.",
        f"The axes stay in your units. {STARTS_RUN}",
        new_run=True,
    ),
    Spec(
        "seed",
        "Seed",
        Number(0, SEEDS - 1, whole=True),
        "Which random weights the run starts from, and the order of its mini-batches: the same seed gives the same "
        "run.",
        STARTS_RUN,
        new_run=True,
    ),
    Spec(
        "optimizer",
        "Optimiser",
        Choice(tuple(OPTIMIZERS), OPTIMIZER_TITLES, OPTIMIZER_TIPS),
        "How the gradient becomes a step. Adam finds its own pace for each weight; gradient descent is the textbook's "
        "θ := θ − α dθ.",
        NEXT_STEP,
    ),
    Spec(
        "learning_rate",
        "Learning rate",
        Number(1e-5, 100, log=True),
        "α, the length of each step. Too small and J hardly falls, too large and it jumps about or blows up.",
        NEXT_STEP,
    ),
    Spec(
        "batch_size",
        "Batch size",
        Number(1, 100_000, whole=True, log=True, words={"full": FULL_BATCH}),
        "How many examples each step looks at. Small batches make quick, jittery steps; “full” follows the exact "
        "gradient of J.",
        NEXT_STEP,
    ),
    Spec(
        "l2",
        "L2 penalty λ",
        Number(0, 100, log=True),
        "Adds λ/(2m) Σ‖W[l]‖² to J, which holds weights small and borders calm. Biases are free.",
        NEXT_STEP,
    ),
    Spec(
        "test_share",
        "Test share",
        Number(0, 0.9),
        "The share of points that the network never trains on. Their J tells whether it learned or only memorised.",
        "They are drawn hollow. Keeps what is learned.",
    ),
    Spec(
        "speed",
        "Speed",
        Choice(tuple(SPEEDS)),
        "How fast training runs: slow enough to watch single steps, or as fast as the machine can. Changes nothing "
        "about what is learned.",
    ),
)


def another_seed() -> int:
    """One that nobody has chosen."""
    return int(np.random.SeedSequence().generate_state(1)[0]) % SEEDS


def checked(values: Mapping[str, Any]) -> Settings:
    """Settings with the given values, each checked against its spec; UserError for one that is not allowed."""
    specs = {spec.name: spec for spec in SPECS}
    unknown = sorted(set(values) - set(specs))
    if unknown:
        raise UserError(f"there is no setting called {unknown[0]!r}; the settings are {', '.join(specs)}")
    return Settings(**{name: specs[name].check(value) for name, value in values.items()})


def starts_new_run(old: Settings, new: Settings) -> bool:
    """Whether a change of settings cannot act on the live network."""
    return any(getattr(old, spec.name) != getattr(new, spec.name) for spec in SPECS if spec.new_run)


def steps_per_second(speed: str, steps_per_epoch: int) -> float:
    """The pace that a speed stands for; infinite for “max”."""
    amount, unit = SPEEDS[speed]
    return amount * steps_per_epoch if unit == "epochs" else amount
