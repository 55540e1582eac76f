"""The worked example as text and as LaTeX, with enough digits to be recomputed."""

from playground.session.choices import ACTIVATION_TITLES
from playground.session.dataset import Dataset
from playground.session.grid import Array
from playground.session.softmax_table import SoftmaxTable
from playground.session.worked_example import WorkedExample

DIGITS = 9  # significant ones: so many tell every float32 from the next
EXACT_DIGITS = 15  # all that a float64 holds, for what is subtracted before the network sees it


def as_text(example: WorkedExample, dataset: Dataset, cost: float | None) -> str:
    """The calculation in plain text, a line for each layer and a table for the softmax; ``cost`` is J."""
    mean, spread = example.scale
    is_plain = (mean == 0).all() and (spread == 1).all()
    about = _about_point(example, dataset)
    lines = [f"x = {_row(example.point, DIGITS if is_plain else EXACT_DIGITS)}{', ' + about if about else ''}"]
    if not is_plain:
        by = f"mean {_row(mean, EXACT_DIGITS)} and spread {_row(spread, EXACT_DIGITS)}"
        lines.append(f"standardised: (x − mean) / spread = {_row(example.x)}, with {by}")
    last = len(example.layers)
    if last > 1:
        lines.append(f"g = {ACTIVATION_TITLES.get(example.activation, example.activation)}")
    for number, layer in enumerate(example.layers, start=1):
        before = "x" if number == 1 else f"a[{number - 1}]"
        lines += ["", f"layer {number}: z[{number}] = W[{number}] {before} + b[{number}]"]
        lines += [f"  W[{number}] = {_matrix(layer.W)}", f"  b[{number}] = {_row(layer.b)}"]
        lines.append(f"  z[{number}] = {_row(layer.Z)}")
        if number < last:
            lines.append(f"  a[{number}] = g(z[{number}]) = {_row(layer.A)}")
    if example.softmax is None:
        return "\n".join([*lines, "", "The scores are too large to be numbers."])
    return "\n".join([*lines, "", *_softmax_text(example.softmax), *_cost_text(example, cost)])


def as_latex(example: WorkedExample, dataset: Dataset, cost: float | None) -> str:
    """The calculation as LaTeX (amsmath): the scores, the softmax as an array, the loss; which point, as a comment."""
    about = _about_point(example, dataset)
    lines = [rf"x = {_latex_column(example.point)}"]
    table = example.softmax
    if table is None:
        lines.append(r"\text{The scores are too large to be numbers.}")
    else:
        lines += [_latex_softmax(table), _latex_table(table), *_latex_cost(example, table, cost)]
    return "\n".join([*([f"% {about}"] if about else []), *(rf"\[{line}\]" for line in lines)])


def _latex_exponent(table: SoftmaxTable, index: str) -> str:
    return rf"z_{index} - \max z" if table.is_shifted else f"z_{index}"


def _latex_softmax(table: SoftmaxTable) -> str:
    above, below = (f"e^{{{_latex_exponent(table, index)}}}" for index in "jk")
    return rf"\hat y_j = \frac{{{above}}}{{\sum_k {below}}}"


def _latex_table(table: SoftmaxTable) -> str:
    heads = ["j", "z_j", f"e^{{{_latex_exponent(table, 'j')}}}", r"\hat y_j"]
    columns, sums = [table.Z, table.exponentials, table.Y_hat], ["", _latex_number(table.total), "1"]
    if table.Y is not None and table.dZ is not None:
        heads, columns = [*heads, "y_j", r"dz_j = \hat y_j - y_j"], [*columns, table.Y, table.dZ]
        sums += ["1", "0"]
    rows = [[str(j + 1), *(_latex_number(column[j]) for column in columns)] for j in range(table.Z.size)]
    above = [" & ".join(row) + r" \\" for row in [heads, *rows]]
    body = "\n".join([above[0] + r" \hline", *above[1:], r"\hline", " & ".join([r"\Sigma", *sums])])
    return rf"\begin{{array}}{{{'r' * len(heads)}}}" + f"\n{body}\n" + r"\end{array}"


def _latex_cost(example: WorkedExample, table: SoftmaxTable, cost: float | None) -> list[str]:
    if table.label is None or table.loss is None:
        return []
    one = rf"-\log \hat y_{{{table.label + 1}}}"
    lines = [rf"L(\hat y, y) = -\sum_j y_j \log \hat y_j = {one} = {_latex_number(table.loss)}"]
    if example.cost_share is not None and cost is not None:
        lines.append(rf"\tfrac{{1}}{{m}} L = {_latex_number(example.cost_share)}, \quad J = {_latex_number(cost)}")
    return lines


def _about_point(example: WorkedExample, dataset: Dataset) -> str:
    """Which data point it is, in one line, whatever is in its class's name; nothing where it is none."""
    if example.index is None:
        return ""
    name = " ".join(dataset.class_name(int(dataset.labels[example.index])).split())
    held_out = ", held out for the test" if example.is_test else ""
    return f"point {example.index + 1} of {dataset.m}, {name}{held_out}"


def _softmax_text(table: SoftmaxTable) -> list[str]:
    shift = _number(table.shift) if table.shift > 0 else f"({_number(table.shift)})"
    exp = f"e^(z − {shift})" if table.is_shifted else "e^z"
    heads = ["class", "z", exp, "y_hat", "hardmax"]
    columns = [table.Z, table.exponentials, table.Y_hat, table.hardmax]
    if table.Y is not None and table.dZ is not None:
        heads, columns = [*heads, "y", "dz = y_hat − y"], [*columns, table.Y, table.dZ]
    rows = [[str(j + 1), *(_number(column[j]) for column in columns)] for j in range(table.Z.size)]
    sums = ["sum", "", _number(table.total), *(_number(column.sum()) for column in columns[2:])]
    sums[-1] = "0" if table.dZ is not None else sums[-1]
    widths = [max(len(row[i]) for row in [heads, *rows, sums]) for i in range(len(heads))]
    return [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in [heads, *rows, sums]
    ]


def _cost_text(example: WorkedExample, cost: float | None) -> list[str]:
    table = example.softmax
    if table is None or table.label is None or table.loss is None:
        return []
    lines = ["", f"L = −log y_hat[{table.label + 1}] = {_number(table.loss)}"]
    if example.cost_share is not None and cost is not None:
        lines.append(f"L / m = {_number(example.cost_share)} of J = {_number(cost)}")
    return lines


def _number(value: float, digits: int = DIGITS) -> str:
    return f"{value:.{digits}g}"


def _latex_number(value: float) -> str:
    """With the power of ten as one: 1e-05 would be typeset as a product of e."""
    digits, _, power = _number(value).partition("e")
    return rf"{digits} \times 10^{{{int(power)}}}" if power else digits


def _row(values: Array | tuple[float, ...], digits: int = DIGITS) -> str:
    flat = values.ravel() if not isinstance(values, tuple) else values
    return f"({', '.join(_number(float(value), digits) for value in flat)})"


def _matrix(W: Array) -> str:
    return f"[{'; '.join(', '.join(_number(float(value)) for value in row) for row in W)}]"


def _latex_column(values: tuple[float, ...]) -> str:
    return r"\begin{pmatrix}" + r" \\ ".join(_latex_number(value) for value in values) + r"\end{pmatrix}"
