"""The worked example as text and as LaTeX, with enough digits to be recomputed."""

from playground.session.dataset import Dataset
from playground.session.grid import Array
from playground.session.softmax_table import SoftmaxTable
from playground.session.worked_example import WorkedExample

DIGITS = 7  # significant ones: all that a float32 holds


def as_text(example: WorkedExample, dataset: Dataset, cost: float | None) -> str:
    """The calculation in plain text, a line for each layer and a table for the softmax; ``cost`` is J."""
    lines = [f"x = {_row(example.point)}{_about_point(example, dataset)}"]
    if not (example.scale.mean == 0).all() or not (example.scale.spread == 1).all():
        lines.append(
            f"standardised: (x − mean) / spread = {_row(example.x)}, with mean {_row(example.scale.mean)} and spread "
            f"{_row(example.scale.spread)}"
        )
    last = len(example.layers)
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
    """The calculation as LaTeX: the scores, the softmax as an array, the loss."""
    lines = [rf"x = {_latex_column(example.point)}"]
    table = example.softmax
    if table is None:
        return rf"\[{lines[0]}\]"
    exponent = "z_j" if not table.is_shifted else r"z_j - \max_k z_k"
    lines.append(rf"\hat y_j = \frac{{e^{{{exponent}}}}}{{\sum_k e^{{{exponent.replace('_j', '_k')}}}}}")
    known = table.Y is not None and table.dZ is not None
    heads = [r"j", r"z_j", rf"e^{{{exponent}}}", r"\hat y_j", *([r"y_j", r"dz_j = \hat y_j - y_j"] if known else [])]
    rows = [" & ".join(heads) + r" \\ \hline"]
    for j in range(table.Z.size):
        cells = [str(j + 1), *(_number(value[j]) for value in (table.Z, table.exponentials, table.Y_hat))]
        if table.Y is not None and table.dZ is not None:
            cells += [f"{table.Y[j]:.0f}", _number(table.dZ[j])]
        rows.append(" & ".join(cells) + r" \\")
    rows.append(rf"\hline \Sigma & & {_number(table.total)} & 1" + (" & 1 & 0" if known else ""))
    lines.append(rf"\begin{{array}}{{{'r' * len(heads)}}}" + "\n".join(["", *rows, ""]) + r"\end{array}")
    if table.label is not None and table.loss is not None:
        lines.append(
            rf"L(\hat y, y) = -\sum_j y_j \log \hat y_j = -\log \hat y_{{{table.label + 1}}} = {_number(table.loss)}"
        )
        if example.cost_share is not None and cost is not None:
            lines.append(rf"\tfrac{{1}}{{m}} L = {_number(example.cost_share)}, \quad J = {_number(cost)}")
    return "\n".join(rf"\[{line}\]" for line in lines)


def _about_point(example: WorkedExample, dataset: Dataset) -> str:
    if example.index is None:
        return ""
    name = dataset.class_name(int(dataset.labels[example.index]))
    held_out = ", held out for the test" if example.is_test else ""
    return f", point {example.index + 1} of {dataset.m}, {name}{held_out}"


def _softmax_text(table: SoftmaxTable) -> list[str]:
    exp = f"e^(z − {_number(table.shift)})" if table.is_shifted else "e^z"
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


def _number(value: float) -> str:
    return f"{value:.{DIGITS}g}"


def _row(values: Array | tuple[float, ...]) -> str:
    flat = values.ravel() if not isinstance(values, tuple) else values
    return f"({', '.join(_number(float(value)) for value in flat)})"


def _matrix(W: Array) -> str:
    return f"[{'; '.join(', '.join(_number(float(value)) for value in row) for row in W)}]"


def _latex_column(values: tuple[float, ...]) -> str:
    return r"\begin{pmatrix}" + r" \\ ".join(_number(value) for value in values) + r"\end{pmatrix}"
