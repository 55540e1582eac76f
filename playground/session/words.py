"""Words and conventions: our words beside the field's, and what exactly is computed, with the numbers that are used."""

from typing import NamedTuple

from playground.nn.activations import ACTIVATIONS
from playground.session.choices import OPTIMIZER_TIPS, OPTIMIZER_TITLES
from playground.session.dataset import MAX_CLASSES, MIN_CLASSES


class Entry(NamedTuple):
    """A word or a symbol, and what it means."""

    term: str
    meaning: str


class Section(NamedTuple):
    """Entries that belong together."""

    title: str
    entries: tuple[Entry, ...]


def _gain(name: str) -> str:
    return f"{ACTIVATIONS[name].gain:.4g}"


def find(query: str, sections: tuple[Section, ...] | None = None) -> tuple[Section, ...]:
    """The entries in which every word of the query occurs, in their sections; all for an empty query."""
    wanted = query.casefold().split()
    found = (
        Section(
            title,
            tuple(entry for entry in entries if all(word in " ".join((title, *entry)).casefold() for word in wanted)),
        )
        for title, entries in (SECTIONS if sections is None else sections)
    )
    return tuple(section for section in found if section.entries)


SECTIONS: tuple[Section, ...] = (
    Section(
        "What a network says",
        (
            Entry("score, z", "What the output layer computes for each class. The field says logit."),
            Entry(
                "probability, ŷ",
                "softmax of the scores: eᶻ of the class over the sum of all. It is the output layer's activation: with "
                "g[L] = softmax, ŷ = a[L] = g[L](z[L]).",
            ),
            Entry(
                "softmax",
                "Named against hardmax: softmax shares 1 out softly, so that a close second is seen to be close.",
            ),
            Entry(
                "hardmax",
                "1 for the largest score and 0 for all others: the class that is predicted. The field's argmax.",
            ),
            Entry("temperature, T", "softmax(z/T): T → 0 is hardmax, a large T makes all classes equal."),
            Entry("region", "Where a class has the largest ŷ. The field says decision region."),
            Entry("border", "Where two classes tie for the largest z. The field says decision boundary."),
            Entry(
                "softmax regression",
                "A network without hidden layers: borders are straight. Also called multinomial logistic regression.",
            ),
            Entry(
                "logistic regression",
                "Softmax regression of C = 2 classes, which is binary classification: ŷ₁ = σ(z₁ − z₂), where σ is the "
                "sigmoid. The page C = 2 shows both side by side.",
            ),
        ),
    ),
    Section(
        "What is true, and what errors cost",
        (
            Entry("point", "An example: two inputs x and its class. m is how many are learned from."),
            Entry("class, C", f"What a point is one of; there are {MIN_CLASSES} to {MAX_CLASSES}."),
            Entry("y", "1 for the class that the point has, 0 for the others. The field says one-hot."),
            Entry(
                "loss, L",
                "L(ŷ, y) = −Σⱼ yⱼ log ŷⱼ = −log of the ŷ of the true class. The field says cross-entropy, log loss, or "
                "negative log-likelihood: to make the mean L small is to look for the maximum likelihood.",
            ),
            Entry(
                "cost, J",
                "J(w[1], b[1], …, w[L], b[L]) = 1/m Σ L + λ/(2m) Σ‖W[l]‖². The penalty is on weights, never on biases. "
                "Without λ, J is the mean of the losses.",
            ),
            Entry("log", "Always the natural logarithm. The guess 1/C costs log C."),
            Entry(
                "accuracy", "The share of points whose largest ŷ is their own class's. Of equal ones the first counts."
            ),
            Entry(
                "confusion matrix",
                "How many points of each class (rows) are taken for which (columns). On the page Points.",
            ),
        ),
    ),
    Section(
        "How it learns",
        (
            Entry("step", "One update of all weights and biases. The field also says iteration."),
            Entry("batch", "The points that a step looks at: all m of them (full), or a mini-batch of some."),
            Entry("epoch", "One pass over the training points: each is looked at once."),
            Entry("run", "From the random start to the next reset."),
            Entry(
                "dz, dW, db",
                "Derivatives. dz = ŷ − y of one point is the derivative of its own L. In J that point counts 1/m, so "
                "∂J/∂z = dz/m; the 1/m comes in with dW and db, which are derivatives of J.",
            ),
            Entry("θ, dθ", "All weights and biases in one, and their derivatives of J. α is the learning rate."),
            *(
                Entry(OPTIMIZER_TITLES.get(name, name.capitalize()), meaning)
                for name, meaning in OPTIMIZER_TIPS.items()
            ),
            Entry(
                "penalty, λ",
                "Adds λ/m W to each dW, in every batch, with the m of the whole training set. In PyTorch: weight_decay "
                "= λ/m for the weights and 0 for the biases (not AdamW's, which leaves dW alone).",
            ),
            Entry(
                "initialisation",
                "Biases start at 0. Weights of a layer with n inputs are normal with mean 0 and variance "
                f"{_gain('tanh')}/n for tanh and linear, {_gain('relu')}/n for ReLU (He), {_gain('leaky relu')}/n for "
                f"leaky ReLU, {_gain('sigmoid')}/n for sigmoid, and 1/n in the output layer. The seed decides which.",
            ),
            Entry(
                "standardise",
                "Inputs become (x − mean) / standard deviation, both of the training points at the run's start.",
            ),
            Entry(
                "test share",
                "The share of points held out: drawn hollow, never learned from, not in J. Each point has a rank from "
                "0 to 1 for life, and is held out while that is below the share: a larger share only adds to them.",
            ),
            Entry(
                "float32, float64",
                "A network with hidden layers calculates in float32, with about 7 figures; one without in float64, "
                "with about 16, since there is an exact answer, J*, to be agreed with.",
            ),
        ),
    ),
    Section(
        "Signs and shapes",
        (
            Entry("x, X", "One point's inputs, (2 × 1); all of them, a column each, (2 × m)."),
            Entry(
                "Z, A, Ŷ",
                "Scores, activations and probabilities, a column for each point: (C × m) in the output layer.",
            ),
            Entry("W[l], b[l]", "Weights and biases of layer l: (units × units of the layer before), (units × 1)."),
            Entry("[l] and (i)", "Of layer l, counted from 1 to L, the output layer; of example i, from 1 to m."),
            Entry("g, g′", "The activation function of a hidden layer, and its slope."),
            Entry("⊙", "The product cell by cell, as in dZ[l] = dA[l] ⊙ g′(Z[l]). The course writes ∗."),
            Entry(
                "ε",
                "Something very small: the nudge of a parameter in the gradient check.",
            ),
            Entry("Σ, ‖W[l]‖²", "A sum; the sum of a layer's squared weights."),
            Entry(":=", "Becomes: the right side is worked out first."),
        ),
    ),
)
