"""What each stage of a step is called, what happens there and why, in plain sentences."""

from playground.session.choices import ACTIVATION_TITLES
from playground.session.rehearsal import Rehearsal
from playground.session.stages.stage_matrices import split
from playground.session.stages.stages import LAST

SYMBOLS = {"Y_hat": "Ŷ", LAST: "θ"}  # of stages that are not named by theirs

_MOVES = {
    "gradient descent": "Every parameter moves against its derivative, all of them at once.",
    "momentum": "Every parameter moves against the average v of its latest derivatives: what they agree on adds up, "
    "what changes its sign cancels out.",
    "rmsprop": "Every parameter moves against its derivative, divided by the root of that one's mean square s: so all "
    "move at about the same pace.",
    "adam": "Momentum's average v over RMSProp's root of s, both corrected for their start at 0, as t counts: every "
    "parameter finds its own pace.",
}


def symbol(stage: str) -> str:
    """What a stage is known by where there is little room, such as dW[2]."""
    return SYMBOLS.get(stage, stage)


def title(stage: str, sizes: tuple[int, ...]) -> str:
    """What a stage is called."""
    kind, layer = split(stage)
    last = len(sizes) - 1
    names = {
        "X": "The batch",
        "Z": "Output layer, forward" if layer == last else f"Layer {layer}, forward",
        "Y_hat": "Softmax",
        "J": "Losses and cost",
        "dZ": "Backprop starts" if layer == last else f"Back to layer {layer}",
        "dW": f"Gradient of layer {layer}",
        LAST: "The update",
    }
    return names[kind]


def about(stage: str, rehearsal: Rehearsal) -> str:
    """What happens at a stage and why, in at most 40 words."""
    kind, layer = split(stage)
    sizes = rehearsal.sizes
    last = len(sizes) - 1
    if kind == "Z":
        return _about_output(sizes) if layer == last else _about_layer(layer, sizes, rehearsal.activation)
    if kind == "dZ":
        return _BACKPROP_STARTS if layer == last else _about_error(layer, rehearsal.activation)
    if kind == "dW":
        penalty = " The penalty adds a share of each weight itself." if rehearsal.l2 else ""
        return (
            "Each weight's derivative of J is the mean, over the batch, of the error at its unit times what came in; "
            f"each bias's is the mean error.{penalty}"
        )
    penalty = ", plus the penalty on large weights" if rehearsal.l2 else ""
    texts = {
        "X": "Each column is an example, each row one of its inputs as the network sees it. Y has a 1 in the row of "
        "the example's class, and 0 elsewhere.",
        "Y_hat": "Each column of scores becomes probabilities: all above 0, with the sum 1. Training takes the largest "
        "score from all of them first, so that nothing overflows: the result is the same.",
        "J": "Each example's loss is −log of the probability that its own class got: 0 if sure and right, large if "
        f"sure and wrong. J is their mean{penalty}.",
        LAST: _MOVES[rehearsal.optimizer],
    }
    return texts[kind]


_BACKPROP_STARTS = (
    "The derivative of each example's loss by its scores: for softmax with cross-entropy it is what was "
    "predicted minus what is true. J is the mean of the losses: its derivative is that over m, which comes in with dW."
)


def _about_layer(layer: int, sizes: tuple[int, ...], g: str) -> str:
    units = f"Each of the {sizes[layer]} units" if sizes[layer] > 1 else "The one unit"
    given = "the inputs" if layer == 1 else f"the activations of layer {layer - 1}"
    bends = "g is linear, so A is Z itself" if g == "linear" else f"g, here {_name(g)}, bends the sum"
    return f"{units} weighs {given} by its row of W[{layer}] and adds its bias; {bends}."


def _about_output(sizes: tuple[int, ...]) -> str:
    given = "the inputs" if len(sizes) == 2 else "the last activations"
    return (
        f"The output layer weighs {given} into a score for each of the {sizes[-1]} classes. Its g is softmax, which "
        "comes next."
    )


def _about_error(layer: int, g: str) -> str:
    slope = "which is 1 for a linear g" if g == "linear" else f"the slope of {_name(g)} there"
    return (
        f"The chain rule: the error of layer {layer + 1} goes back along the weights it came by, and is multiplied, "
        f"cell by cell, by g′(Z[{layer}]), {slope}."
    )


def _name(g: str) -> str:
    return ACTIVATION_TITLES.get(g, g)
