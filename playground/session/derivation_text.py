"""The derivation of dz, and the reasons for −log, as text and as LaTeX: in the digits that are shown."""

from collections.abc import Sequence

from playground.session.derivation import Derivation
from playground.session.derivation_numbers import long_way, short_way
from playground.session.digits import parts
from playground.session.grid import Point
from playground.session.why_log import TwoLosses, WhyLog
from playground.session.why_log_numbers import likelihood_numbers, two_losses_numbers


def derivation_text(derivation: Derivation, point: Point) -> str:
    """Both ways in plain text: a line for each step, a table for the classes, the Jacobian by rows."""
    short, long = short_way(derivation), long_way(derivation)
    y = derivation.label + 1
    z = "(z − max z)" if derivation.table.is_shifted else "z"
    lines = [
        f"dz = y_hat − y at {_place(point)}, {_about_y(derivation.label, is_supposed=derivation.is_supposed)}",
        "",
        f"L = log Σ e^{z} − {z}[{y}] = {short.log_total} − {_bracketed(short.z[y - 1])} = {short.loss}",
        f"d(log Σ e^{z}) / dz[j] = y_hat[j], and d(z[{y}]) / dz[j] = y[j], so dL / dz[j] = y_hat[j] − y[j]:",
        *_table(["class", z, "y_hat", "y", "dz"], [_numbered(short.z), short.z, short.y_hat, short.y, short.dz]),
    ]
    if derivation.is_in_cost:
        lines.append(f"dJ / dz = dz / m, m = {derivation.m}: {', '.join(short.dj)}")
    lines += ["", "The long way: d(y_hat[i]) / dz[j] = y_hat[i] ([i = j] − y_hat[j]), in row i and column j:"]
    lines += _table([f"z[{j + 1}]" for j in range(len(short.z))], list(zip(*long.jacobian, strict=True)))
    if long.dz is None or long.by_share is None:
        return "\n".join([*lines, f"y_hat[{y}] is too small to divide by."])
    lines.append(f"dL / dy_hat[{y}] = −1 / y_hat[{y}] = {long.by_share}, times row {y}:")
    return "\n".join([*lines, f"dL / dz = ({', '.join(long.dz)})"])


def derivation_latex(derivation: Derivation, point: Point) -> str:
    """Both ways as LaTeX (amsmath)."""
    short, long = short_way(derivation), long_way(derivation)
    y = derivation.label + 1
    shift = r" - \max z" if derivation.table.is_shifted else ""
    own = f"(z_{{{y}}}{shift})" if shift else f"z_{{{y}}}"
    rows = [_numbered(short.z), short.z, short.y_hat, short.y, short.dz]
    lines = [
        rf"L = \log \sum_k e^{{z_k{shift}}} - {own} = {_latex(short.log_total)} - "
        rf"{_bracketed(_latex(short.z[y - 1]))} = {_latex(short.loss)}",
        r"\frac{\partial}{\partial z_j} \log \sum_k e^{z_k} = \hat y_j, \quad "
        rf"\frac{{\partial z_{{{y}}}}}{{\partial z_j}} = y_j, \quad dz_j = \hat y_j - y_j",
        _array(["j", f"z_j{shift}", r"\hat y_j", "y_j", "dz_j"], rows),
    ]
    if derivation.is_in_cost:
        column = r" \\ ".join(map(_latex, short.dj))
        lines.append(
            rf"\frac{{\partial J}}{{\partial z}} = \frac{{1}}{{m}} dz = \begin{{pmatrix}}{column}\end{{pmatrix}}, "
            rf"\quad m = {derivation.m}"
        )
    matrix = r" \\ ".join(" & ".join(map(_latex, row)) for row in long.jacobian)
    lines.append(
        r"\frac{\partial \hat y_i}{\partial z_j} = \hat y_i ([i = j] - \hat y_j) = "
        rf"\begin{{pmatrix}}{matrix}\end{{pmatrix}}"
    )
    if long.dz is not None and long.by_share is not None:
        column = r" \\ ".join(map(_latex, long.dz))
        lines.append(
            rf"\frac{{\partial L}}{{\partial z}} = -\frac{{1}}{{\hat y_{{{y}}}}} "
            rf"\frac{{\partial \hat y_{{{y}}}}}{{\partial z}}, \quad -\frac{{1}}{{\hat y_{{{y}}}}} = "
            rf"{_latex(long.by_share)}: \quad \begin{{pmatrix}}{column}\end{{pmatrix}}"
        )
    about = _about_y(derivation.label, is_supposed=derivation.is_supposed)
    return "\n".join([f"% {_place(point)}, {about}", *(rf"\[{line}\]" for line in lines)])


def why_log_text(why: WhyLog, point: Point | None) -> str:
    """Likelihood and the two losses in plain text; empty where there is neither."""
    lines: list[str] = []
    if why.likelihood is not None:
        numbers = likelihood_numbers(why.likelihood)
        lines += [
            f"likelihood of the labels of m = {numbers.m} training points: Π y_hat_y = {numbers.product}",
            f"Σ −log y_hat_y = Σ L = {numbers.total}",
            f"1/m Σ L = {numbers.mean}",
            f"J = {numbers.mean} + penalty {numbers.penalty} = {numbers.cost}" if numbers.penalty else "",
        ]
    if why.at_spot is not None and point is not None:
        lines += _two_losses_text(why.at_spot, point)
    return "\n".join(line for line in lines if line)


def _two_losses_text(losses: TwoLosses, point: Point) -> list[str]:
    shown, y = two_losses_numbers(losses), losses.label + 1
    spot = shown.at_spot
    heads = ["class", "y_hat", "y", "dz of −log y_hat", "dz of the squared error"]
    columns = [_numbered(shown.y_hat), shown.y_hat, shown.y, shown.log_gradient, shown.square_gradient]
    return [
        f"At {_place(point)}, {_about_y(losses.label, is_supposed=losses.is_supposed)}:",
        f"−log y_hat[{y}] = −log {spot.y_hat} = {spot.log_loss}",
        f"squared error 1/2 Σ (y_hat − y)^2 = {spot.square_loss}",
        *_table(heads, columns),
    ]


def why_log_latex(why: WhyLog, point: Point | None) -> str:
    """The same as LaTeX (amsmath)."""
    lines: list[str] = []
    if why.likelihood is not None:
        numbers = likelihood_numbers(why.likelihood)
        lines += [
            rf"\prod_{{i=1}}^m \hat y_y^{{(i)}} = {_latex(numbers.product)}, \quad m = {numbers.m}",
            rf"\sum_{{i=1}}^m L^{{(i)}} = -\log \prod_i \hat y_y^{{(i)}} = {_latex(numbers.total)}, \quad "
            rf"\frac{{1}}{{m}} \sum_i L^{{(i)}} = {_latex(numbers.mean)}",
        ]
    if why.at_spot is not None and point is not None:
        shown, y = two_losses_numbers(why.at_spot), why.at_spot.label + 1
        heads = ["j", r"\hat y_j", "y_j", r"\partial L / \partial z_j", r"\partial S / \partial z_j"]
        columns = [_numbered(shown.y_hat), shown.y_hat, shown.y, shown.log_gradient, shown.square_gradient]
        lines += [
            rf"L = -\log \hat y_{{{y}}} = {_latex(shown.at_spot.log_loss)}, \quad "
            rf"S = \tfrac{{1}}{{2}} \sum_j (\hat y_j - y_j)^2 = {_latex(shown.at_spot.square_loss)}",
            _array(heads, columns),
        ]
    return "\n".join(rf"\[{line}\]" for line in lines)


def _place(point: Point) -> str:
    return f"x = ({', '.join(f'{value:.9g}' for value in point)})"


def _about_y(label: int, *, is_supposed: bool) -> str:
    return f"y = class {label + 1}{', supposed' if is_supposed else ''}"


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith(("−", "-")) else text


def _numbered(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(j + 1) for j in range(len(texts)))


def _table(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, (head, *column))) for head, column in zip(heads, columns, strict=True)]
    rows = [heads, *zip(*columns, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _array(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> str:
    rows = [" & ".join(map(_latex, row)) + r" \\" for row in zip(*columns, strict=True)]
    head = " & ".join(heads) + r" \\ \hline"
    return "\n".join([rf"\begin{{array}}{{{'r' * len(heads)}}}", head, *rows, r"\end{array}"])


def _latex(text: str) -> str:
    """A number's text, its power of ten typeset."""
    digits, exponent = parts(text)
    return rf"{digits} \times 10^{{{exponent}}}" if exponent else digits
