"""The formulas of each stage of a step in the course's notation, with the stage's own layer, g and optimiser."""

from dataclasses import dataclass

from playground.nn import MISTAKES, OPTIMIZERS
from playground.nn.mistakes import FORGET_BIAS, FORGET_MEAN, FORGET_SLOPE, WRONG_SIGN
from playground.session.choices import ACTIVATION_TITLES
from playground.session.rehearsal import Rehearsal
from playground.session.stages.stage_matrices import split, term_of


@dataclass(frozen=True, slots=True)
class StageFormula:
    """A formula in LaTeX with its terms marked, its reading, and whether it is a planted mistake."""

    latex: str
    spoken: str
    is_mistaken: bool = False


LEAST = "10^{-8}"  # keeps RMSProp and Adam from dividing by 0
MOST_ARGUMENTS = 2  # layers whose W and b are all written out
OF_BATCH = "m_b"  # how many examples are in a batch that is a part of the training set

# g of Z, by its name; and its slope g', which training takes from A = g(Z).
_APPLIED = {
    "tanh": r"\tanh({Z})",
    "relu": r"\max(0, {Z})",
    "leaky relu": r"\max(0.01\,{Z}, {Z})",
    "sigmoid": r"\sigma({Z})",
    "linear": "{Z}",
}
_SLOPES = {
    "tanh": r"1 - {A} \odot {A}",
    "relu": r"1 \text{{ where }} {A} > 0 \text{{, else }} 0",
    "leaky relu": r"1 \text{{ where }} {A} > 0 \text{{, else }} 0.01",
    "sigmoid": r"{A} \odot (1 - {A})",
    "linear": "1",
}


def formulas(rehearsal: Rehearsal, stage: str, mistake: str | None) -> tuple[StageFormula, ...]:
    """The formulas of a stage, by its name out of `stages`; those that ``mistake`` spoils are as they are computed."""
    kind, layer = split(stage)
    writer = _Writer(rehearsal, mistake)
    if kind == "Z":
        return writer.forward(layer)
    if kind == "dZ":
        return writer.output_error() if layer == writer.last else writer.error(layer)
    if kind == "dW":
        return writer.gradients(layer)
    return {"X": writer.batch, "Y_hat": writer.softmax, "J": writer.cost, "update": writer.update}[stage]()


def is_spoilt(rehearsal: Rehearsal, stage: str, mistake: str | None) -> bool:
    """Whether what is computed at a stage is not what should be, by the mistake itself."""
    kind, layer = split(stage)
    last = len(rehearsal.sizes) - 1
    spoilt = {
        WRONG_SIGN: kind == "dZ" and layer == last,
        FORGET_SLOPE: kind == "dZ" and layer < last,
        FORGET_MEAN: kind == "dW",
        FORGET_BIAS: kind == "dW" and layer == last,
    }
    return mistake is not None and spoilt[mistake]


class _Writer:
    def __init__(self, rehearsal: Rehearsal, mistake: str | None) -> None:
        self._rehearsal = rehearsal
        self._mistake = mistake
        self._has_penalty = rehearsal.l2 > 0
        self._m = OF_BATCH if rehearsal.is_part else "m"  # of the means; the penalty's is the training set's
        self.last = len(rehearsal.sizes) - 1

    def _symbol(self, letter: str, layer: int = 0, beside: str = "") -> str:
        """A letter with its layer and what stands beside that, marked as its term; layer 0 of A is X."""
        if letter == "A" and layer == 0:
            letter = "X"
        name = f"{letter}[{layer}]" if layer else {r"\hat Y": "Ŷ"}.get(letter, letter)
        above = (f"[{layer}]" if layer else "") + beside
        script = f"^{{{above}}}" if above else ""
        return rf"\term{{{term_of(name, is_output=layer == self.last)}}}{{{letter}{script}}}"

    def batch(self) -> tuple[StageFormula, ...]:
        return tuple(
            StageFormula(
                rf"{self._symbol(letter.upper())} = [\, {letter}^{{(1)}} \; {letter}^{{(2)}} \; \dots \; "
                rf"{letter}^{{({self._m})}} \,]",
                f"{letter.upper()} has the columns {letter} 1 to {letter} {self._m}",
            )
            for letter in "xy"
        )

    def forward(self, layer: int) -> tuple[StageFormula, ...]:
        before = "X" if layer == 1 else f"A {layer - 1}"
        Z = self._symbol("Z", layer)
        first = StageFormula(
            f"{Z} = {self._symbol('W', layer)} {self._symbol('A', layer - 1)} + {self._symbol('b', layer)}",
            f"Z {layer} is W {layer} times {before}, plus b {layer}",
        )
        if layer == self.last:
            return (first,)
        g = self._rehearsal.activation
        applied = _APPLIED[g].format(Z=Z)
        return first, StageFormula(
            f"{self._symbol('A', layer)} = {applied}", f"A {layer} is {ACTIVATION_TITLES.get(g, g)} of Z {layer}"
        )

    def softmax(self) -> tuple[StageFormula, ...]:
        Z, Y_hat = self._symbol("Z", self.last), self._symbol(r"\hat Y")
        g = rf"g^{{[{self.last}]}}"
        z_j, z_k = (rf"\term{{z}}{{z_{index}^{{[{self.last}](i)}}}}" for index in "jk")
        return (
            StageFormula(
                rf"\term{{y_hat}}{{\hat y_j^{{(i)}}}} = \frac{{e^{{{z_j}}}}}{{\sum_{{k=1}}^C e^{{{z_k}}}}}",
                "y hat j of example i is e to its z j, over the sum of e to its z k",
            ),
            StageFormula(
                rf"{Y_hat} = A^{{[{self.last}]}} = {g}({Z}), \quad {g} = \mathrm{{softmax}}",
                f"Y hat is A {self.last}, g {self.last} of Z {self.last}, where g {self.last} is softmax",
            ),
        )

    def cost(self) -> tuple[StageFormula, ...]:
        penalty = r" + \frac{\lambda}{2m} \sum_l \|W^{[l]}\|^2" if self._has_penalty else ""
        loss = r"\term{L}{L^{(i)}}"
        return (
            StageFormula(
                rf"{loss} = -\sum_j \term{{y}}{{y_j^{{(i)}}}} \log \term{{y_hat}}{{\hat y_j^{{(i)}}}}",
                "L of example i is minus the sum of y j log y hat j",
            ),
            StageFormula(
                rf"\term{{J}}{{J}}({self._arguments()}) = "
                rf"\frac{{1}}{{{self._m}}} \sum_{{i=1}}^{{{self._m}}} {loss}{penalty}",
                "J of all weights and biases is the mean of the losses" + (", plus the penalty" if penalty else ""),
            ),
        )

    def _arguments(self) -> str:
        """What J depends on: W and b of every layer, those in the middle left out where there are many."""
        layers = range(1, self.last + 1)
        pairs = [f"W^{{[{layer}]}}, b^{{[{layer}]}}" for layer in layers]
        return ", ".join(pairs if self.last <= MOST_ARGUMENTS else [pairs[0], r"\dots", pairs[-1]])

    def output_error(self) -> tuple[StageFormula, ...]:
        dZ = self._symbol("dZ", self.last)
        Y, Y_hat = self._symbol("Y"), self._symbol(r"\hat Y")
        if self._mistake == WRONG_SIGN:
            return (StageFormula(f"{dZ} = {Y} - {Y_hat}", f"dZ {self.last} is Y minus Y hat", is_mistaken=True),)
        return (
            StageFormula(f"{dZ} = {Y_hat} - {Y}", f"dZ {self.last} is Y hat minus Y"),
            StageFormula(
                rf"\frac{{\partial J}}{{\partial {self._symbol('Z', self.last)}}} = \frac{{1}}{{{self._m}}} {dZ}",
                f"the derivative of J by Z {self.last} is dZ {self.last} over {self._m}",
            ),
        )

    def error(self, layer: int) -> tuple[StageFormula, ...]:
        dA, A, Z, dZ = (self._symbol(letter, layer) for letter in ("dA", "A", "Z", "dZ"))
        above = layer + 1
        brought = StageFormula(
            f"{dA} = {self._symbol('W', above, 'T')} {self._symbol('dZ', above)}",
            f"dA {layer} is W {above} transposed times dZ {above}",
        )
        if self._mistake == FORGET_SLOPE:
            return brought, StageFormula(f"{dZ} = {dA}", f"dZ {layer} is dA {layer}", is_mistaken=True)
        g = self._rehearsal.activation
        slope = _SLOPES[g].format(A=A)
        return (
            brought,
            StageFormula(rf"{dZ} = {dA} \odot g'({Z})", f"dZ {layer} is dA {layer} times the slope of g, cell by cell"),
            StageFormula(f"g'({Z}) = {slope}", f"the slope of {ACTIVATION_TITLES.get(g, g)}, by A {layer}"),
        )

    def gradients(self, layer: int) -> tuple[StageFormula, ...]:
        forgets_mean = self._mistake == FORGET_MEAN
        mean = "" if forgets_mean else rf"\frac{{1}}{{{self._m}}} "
        factor = r"\frac{\lambda}{m} "
        if forgets_mean:  # of the whole gradient, penalty and all, and m / m is 1
            factor = rf"\frac{{{self._m}}}{{m}} \lambda\," if self._rehearsal.is_part else r"\lambda\,"
        penalty = f" + {factor}{self._symbol('W', layer)}" if self._has_penalty else ""
        product = f"{self._symbol('dZ', layer)} {self._symbol('A', layer - 1, 'T')}"
        dW = StageFormula(
            f"{self._symbol('dW', layer)} = {mean}{product}{penalty}",
            f"dW {layer} is {'' if forgets_mean else 'the mean of '}dZ {layer} times the transpose of what came in",
            forgets_mean,
        )
        db = self._symbol("db", layer)
        if self._mistake == FORGET_BIAS and layer == self.last:
            return dW, StageFormula(f"{db} = 0", f"db {layer} is 0", is_mistaken=True)
        total = rf"\sum_{{i=1}}^{{{self._m}}} {self._symbol('dZ', layer, '(i)')}"
        spoken = f"db {layer} is the {'sum' if forgets_mean else 'mean'} of dZ {layer} over the examples"
        return dW, StageFormula(f"{db} = {mean}{total}", spoken, forgets_mean)

    def update(self) -> tuple[StageFormula, ...]:
        return update_rule(self._rehearsal.optimizer)


def update_rule(optimizer: str) -> tuple[StageFormula, ...]:
    """An optimiser's own rule with its own numbers; v is the average of the gradients, s that of their squares.

    u is what becomes of the gradient, where that is neither itself nor v.
    """
    kind = OPTIMIZERS[optimizer]
    averages = ", \\quad ".join(
        rf"{letter} := {decay:g}\,{letter} + {1 - decay:g}\,d\theta{'^2' if power == 2 else ''}"
        for letter, power, decay in zip(_letters(kind.powers), kind.powers, kind.decays, strict=True)
    )
    moves = {
        (): r"d\theta",
        (1,): "v",
        (2,): rf"u, \quad u = \frac{{d\theta}}{{\sqrt s + {LEAST}}}",
        (1, 2): rf"u, \quad u = \frac{{\hat v}}{{\sqrt{{\hat s}} + {LEAST}}}",
    }
    rule = StageFormula(
        rf"\theta := \theta - \alpha\,{moves[kind.powers]}",
        f"theta becomes theta minus alpha times {_words(kind.powers)}",
    )
    kept = (StageFormula(averages, f"{_words(kind.powers)} is kept"),) if averages else ()
    if kind.powers != (1, 2):
        return *kept, rule
    hats = ", \\quad ".join(
        rf"\hat {letter} = \frac{{{letter}}}{{1 - {decay:g}^t}}"
        for letter, decay in zip("vs", kind.decays, strict=True)
    )
    return *kept, StageFormula(hats, "both are corrected for their start at zero"), rule


def _letters(powers: tuple[int, ...]) -> str:
    return "".join("vs"[power - 1] for power in powers)


def _words(powers: tuple[int, ...]) -> str:
    words = {
        (): "the gradient",
        (1,): "the average gradient",
        (2,): "the gradient over the root of its mean square",
        (1, 2): "the average gradient over the root of its mean square",
    }
    return words[powers]


def planted(mistake: str) -> str:
    """What a planted mistake does, in a sentence."""
    return MISTAKES[mistake].what
