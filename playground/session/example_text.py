"""The worked example as text and as LaTeX, where each number follows from the digits written before it."""

from collections.abc import Sequence

import numpy as np

from playground.session.choices import ACTIVATION_TITLES
from playground.session.dataset import Dataset
from playground.session.digits import MINUS, as_written, following, parts, read
from playground.session.grid import Array
from playground.session.layer_text import layer_texts
from playground.session.softmax_table import SoftmaxTable
from playground.session.softmax_text import SoftmaxText, Style, softmax_text
from playground.session.worked_example import WorkedExample

DIGITS = 9  # significant ones: so many tell every float32 from the next
EXACT_DIGITS = 15  # all that a float64 holds, for what is subtracted before the network sees it


def as_text(example: WorkedExample, dataset: Dataset, cost: float | None) -> str:
    """The calculation in plain text, a line for each layer and a table for the softmax; ``cost`` is J."""
    mean, spread = (values.ravel() for values in example.scale)
    is_plain = (mean == 0).all() and (spread == 1).all()
    about = _about_point(example, dataset)
    point = [_number(value, DIGITS if is_plain else EXACT_DIGITS) for value in example.point]
    lines = [f"x = {_row(point)}{', ' + about if about else ''}"]
    x = _inputs(example, point) if not is_plain else point
    if not is_plain:
        by = " and ".join(
            f"{name} {_row([_number(value, EXACT_DIGITS) for value in values])}"
            for name, values in (("mean", mean), ("spread", spread))
        )
        lines.append(f"standardised: (x − mean) / spread = {_row(x)}, with {by}")
    if len(example.layers) > 1:
        lines.append(f"g = {ACTIVATION_TITLES.get(example.activation, example.activation)}")
    layer_lines, Z = _layers(example, x)
    lines += layer_lines
    if example.softmax is None:
        return "\n".join([*lines, "", "The scores are too large to be numbers."])
    texts = softmax_text(example.softmax, Z, COPIED)
    return "\n".join([*lines, "", *_softmax_lines(example.softmax, texts), *_cost_lines(example, texts, cost)])


def as_latex(example: WorkedExample, dataset: Dataset, cost: float | None) -> str:
    """The calculation as LaTeX (amsmath): the scores, the softmax as an array, the loss; which point, as a comment."""
    about = _about_point(example, dataset)
    lines = [rf"x = {_latex_column(example.point)}"]
    table = example.softmax
    if table is None:
        lines.append(r"\text{The scores are too large to be numbers.}")
    else:
        texts = softmax_text(table, tuple(_number(z) for z in table.Z), COPIED)
        lines += [_latex_softmax(table), _latex_table(table, texts), *_latex_cost(example, texts, cost)]
    return "\n".join([*([f"% {about}"] if about else []), *(rf"\[{line}\]" for line in lines)])


def _inputs(example: WorkedExample, point: Sequence[str]) -> list[str]:
    """What the network sees, as it follows from the point, the mean and the spread as they are written."""
    mean, spread = ([read(_number(value, EXACT_DIGITS)) for value in values.ravel()] for values in example.scale)
    shown = [(read(x) - m) / s for x, m, s in zip(point, mean, spread, strict=True)]
    return _following(example.x, shown)


def _layers(example: WorkedExample, x: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines of the layers, and the scores as they are written there."""
    lines = []
    texts = layer_texts(example.layers, example.activation, _number, DIGITS, x)
    for number, (layer, text) in enumerate(zip(example.layers, texts, strict=True), start=1):
        name = "x" if number == 1 else f"a[{number - 1}]"
        W = "; ".join(", ".join(_number(w) for w in row) for row in layer.W.tolist())
        lines += ["", f"layer {number}: z[{number}] = W[{number}] {name} + b[{number}]"]
        lines += [f"  W[{number}] = [{W}]", f"  b[{number}] = {_row([_number(b) for b in layer.b.tolist()])}"]
        lines.append(f"  z[{number}] = {_row(text.Z)}")
        if number < len(texts):
            lines.append(f"  a[{number}] = g(z[{number}]) = {_row(text.A)}")
    return lines, texts[-1].Z


def _latex_exponent(table: SoftmaxTable, index: str) -> str:
    return rf"z_{index} - \max z" if table.is_shifted else f"z_{index}"


def _latex_softmax(table: SoftmaxTable) -> str:
    above, below = (f"e^{{{_latex_exponent(table, index)}}}" for index in "jk")
    return rf"\hat y_j = \frac{{{above}}}{{\sum_k {below}}}"


def _latex_table(table: SoftmaxTable, texts: SoftmaxText) -> str:
    heads = ["j", "z_j", f"e^{{{_latex_exponent(table, 'j')}}}", r"\hat y_j"]
    columns, sums = [texts.Z, texts.exponentials, texts.Y_hat], ["", texts.total, "1"]
    if table.Y is not None:
        heads, columns = [*heads, "y_j", r"dz_j = \hat y_j - y_j"], [*columns, _units(table.Y), texts.dZ]
        sums += ["1", "0"]
    rows = [[str(j + 1), *(_latex_number(column[j]) for column in columns)] for j in range(table.Z.size)]
    above = [" & ".join(row) + r" \\" for row in [heads, *rows]]
    foot = [r"\Sigma", *(_latex_number(text) for text in sums)]
    body = "\n".join([above[0] + r" \hline", *above[1:], r"\hline", " & ".join(foot)])
    return rf"\begin{{array}}{{{'r' * len(heads)}}}" + f"\n{body}\n" + r"\end{array}"


def _latex_cost(example: WorkedExample, texts: SoftmaxText, cost: float | None) -> list[str]:
    table = example.softmax
    if table is None or table.label is None:
        return []
    one = rf"-\log \hat y_{{{table.label + 1}}}"
    lines = [rf"L(\hat y, y) = -\sum_j y_j \log \hat y_j = {one} = {_latex_number(texts.loss)}"]
    if example.cost_share is not None and cost is not None:
        share = _latex_number(_cost_share(example, texts))
        lines.append(rf"\tfrac{{1}}{{m}} L = {share}, \quad J = {_latex_number(_number(cost))}")
    return lines


def _about_point(example: WorkedExample, dataset: Dataset) -> str:
    """Which data point it is, in one line, whatever is in its class's name; nothing where it is none."""
    if example.index is None:
        return ""
    name = " ".join(dataset.class_name(int(dataset.labels[example.index])).split())
    held_out = ", held out for the test" if example.is_test else ""
    return f"point {example.index + 1} of {dataset.m}, {name}{held_out}"


def _softmax_lines(table: SoftmaxTable, texts: SoftmaxText) -> list[str]:
    shift = _number(table.shift) if table.shift > 0 else f"({_number(table.shift)})"
    exp = f"e^(z − {shift})" if table.is_shifted else "e^z"
    heads = ["class", "z", exp, "y_hat", "hardmax"]
    columns = [texts.Z, texts.exponentials, texts.Y_hat, _units(table.hardmax)]
    sums = ["sum", "", texts.total, "1", "1"]
    if table.Y is not None:
        heads, columns = [*heads, "y", "dz = y_hat − y"], [*columns, _units(table.Y), texts.dZ]
        sums += ["1", "0"]
    rows = [[str(j + 1), *(column[j] for column in columns)] for j in range(table.Z.size)]
    widths = [max(len(row[i]) for row in [heads, *rows, sums]) for i in range(len(heads))]
    return [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in [heads, *rows, sums]
    ]


def _cost_lines(example: WorkedExample, texts: SoftmaxText, cost: float | None) -> list[str]:
    table = example.softmax
    if table is None or table.label is None:
        return []
    lines = ["", f"L = −log y_hat[{table.label + 1}] = {texts.loss}"]
    if example.cost_share is not None and cost is not None:
        lines.append(f"L / m = {_cost_share(example, texts)} of J = {_number(cost)}")
    return lines


def _cost_share(example: WorkedExample, texts: SoftmaxText) -> str:
    """L / m, by the digits written of L."""
    return _following(np.array([example.cost_share]), [read(texts.loss) / example.m])[0]


def _following(values: Array, shown: Sequence[float]) -> list[str]:
    return [following(_number, float(value), own, DIGITS) for value, own in zip(values, shown, strict=True)]


def _number(value: float, digits: int = DIGITS) -> str:
    """A number of at most so many figures, without zeros behind them, and with a minus that programs can read."""
    return as_written(f"{value:.{digits}g}").replace(MINUS, "-")


def _units(values: Array) -> tuple[str, ...]:
    """Ones and zeros."""
    return tuple(f"{value:.0f}" for value in values)


def _latex_number(text: str) -> str:
    digits, power = parts(text)
    return rf"{digits} \times 10^{{{power}}}" if power else digits


def _row(texts: Sequence[str]) -> str:
    return f"({', '.join(texts)})"


def _latex_column(values: tuple[float, ...]) -> str:
    return r"\begin{pmatrix}" + r" \\ ".join(_latex_number(_number(value)) for value in values) + r"\end{pmatrix}"


COPIED = Style(*((_number, DIGITS),) * 4, least=1)
