"""The lines of the derivation of dz in LaTeX, with their terms marked, and their readings."""

Line = tuple[str, str]


def loss_line(*, is_shifted: bool) -> Line:
    """L as a function of z."""
    y, k = (f"{part} - \\max z" if is_shifted else part for part in ("z_y", "z_k"))
    last = f"({y})" if is_shifted else y
    total = rf"\sum_k e^{{{k}}}"
    return (
        rf"\term{{L}}{{L}} = -\log \term{{y_hat}}{{\hat y_y}} = -\log \frac{{\term{{exp}}{{e^{{{y}}}}}}}"
        rf"{{\term{{sum}}{{{total}}}}} = \log \term{{sum}}{{{total}}} - \term{{z}}{{{last}}}",
        "L is minus the log of y hat of y, which is the log of the sum of e to the z k, less z y",
    )


TOTAL: Line = (
    r"\frac{\partial}{\partial z_j} \log \term{sum}{\sum_k e^{z_k}} = "
    r"\frac{\term{exp}{e^{z_j}}}{\term{sum}{\sum_k e^{z_k}}} = \term{y_hat}{\hat y_j} , \qquad "
    r"\frac{\partial z_y}{\partial z_j} = \term{y}{[j = y]} = \term{y}{y_j}",
    "the derivative of the log of the sum by z j is e to the z j over the sum, which is y hat j; "
    "that of z y by z j is 1 where j is y, and else 0, which is y j",
)
START: Line = (
    r"\term{dz}{dz_j} = \frac{\partial \term{L}{L}}{\partial z_j} = \term{y_hat}{\hat y_j} - \term{y}{y_j} , \qquad "
    r"\frac{\partial \term{J}{J}}{\partial z_j^{[L]}} = \frac{\term{dz}{dz_j}}{m}",
    "dz j, the derivative of L by z j, is y hat j minus y j; that of J is a part in m of it",
)
JACOBIAN: Line = (
    r"\frac{\partial \hat y_i}{\partial z_j} = \term{y_hat}{\hat y_i} \, ([i = j] - \term{y_hat}{\hat y_j}) , \qquad "
    r"\frac{\partial \term{L}{L}}{\partial \hat y_i} = -\frac{\term{y}{y_i}}{\term{y_hat}{\hat y_i}}",
    "the derivative of y hat i by z j is y hat i times, 1 where i is j, less y hat j; that of L by y hat i is minus "
    "y i over y hat i",
)
CHAIN: Line = (
    r"\frac{\partial \term{L}{L}}{\partial z_j} = \sum_i \frac{\partial \term{L}{L}}{\partial \hat y_i} "
    r"\frac{\partial \hat y_i}{\partial z_j} = -\frac{1}{\term{y_hat}{\hat y_y}} "
    r"\frac{\partial \hat y_y}{\partial z_j}",
    "the derivative of L by z j is the sum of the products over i, of which only that of i = y is not 0: "
    "minus 1 over y hat y, times the derivative of y hat y by z j",
)
