"""What the choices of a setting are called, and what each of them does, with the numbers that are used."""

from playground.nn.activations import LEAK
from playground.nn.optimizers import OPTIMIZERS, Adam, Momentum, RMSProp

ACTIVATION_TITLES = {"relu": "ReLU", "leaky relu": "leaky ReLU"}
OPTIMIZER_TITLES = {"rmsprop": "RMSProp", "adam": "Adam"}

ACTIVATION_TIPS = {
    "tanh": "g(z) = tanh z, between −1 and 1: smooth borders.",
    "relu": "g(z) = max(0, z): borders with corners. A unit whose z is below 0 everywhere learns no more.",
    "leaky relu": f"g(z) = max({LEAK:g} z, z): as ReLU, but every unit goes on learning.",
    "sigmoid": "g(z) = 1/(1 + e⁻ᶻ), between 0 and 1: smooth borders, learned more slowly than with tanh.",
    "linear": "g(z) = z: no bending at all, so any depth is as good as none, and borders are straight.",
}


def _decays(name: str) -> tuple[str, ...]:
    """An optimiser's decays β, and 1 − β beside each."""
    return tuple(f"{number:g}" for decay in OPTIMIZERS[name].decays for number in (decay, 1 - decay))


def power_of_ten(value: float) -> str:
    """A power of ten as 10⁻⁸."""
    mantissa, _, exponent = f"{value:.0e}".partition("e")
    return ("" if mantissa == "1" else f"{mantissa} × ") + "10" + str(int(exponent)).translate(_RAISED)


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOMENTUM, _RMSPROP, _ADAM = (_decays(name) for name in ("momentum", "rmsprop", "adam"))

OPTIMIZER_TIPS = {
    "gradient descent": "θ := θ − α dθ, as in the textbook. In PyTorch: SGD(lr=α).",
    "momentum": (
        f"v := {_MOMENTUM[0]} v + {_MOMENTUM[1]} dθ, from v = 0, and θ := θ − α v: a step along the average of the "
        f"latest gradients. In PyTorch: SGD(lr={_MOMENTUM[1]}·α, momentum={_MOMENTUM[0]}), whose v is a sum, not an "
        f"average, and so {1 / (1 - Momentum.decays[0]):.0f} times as large."
    ),
    "rmsprop": (
        f"s := {_RMSPROP[0]} s + {_RMSPROP[1]} dθ², from s = 0, and θ := θ − α dθ / (√s + ε), ε\u00a0=\u00a0"
        f"{power_of_ten(RMSProp.epsilon)}: every parameter moves at about the same pace. "
        f"In PyTorch: RMSprop(lr=α, alpha={_RMSPROP[0]}, eps={RMSProp.epsilon:g})."
    ),
    "adam": (
        f"v := {_ADAM[0]} v + {_ADAM[1]} dθ, s := {_ADAM[2]} s + {_ADAM[3]} dθ², and in step t θ := θ − α · "
        f"v/(1 − {_ADAM[0]}ᵗ) / (√(s/(1 − {_ADAM[2]}ᵗ)) + ε), ε\u00a0=\u00a0{power_of_ten(Adam.epsilon)}: momentum "
        "over RMSProp, both corrected for their start at 0. In PyTorch: Adam(lr=α), whose betas and eps are these."
    ),
}
