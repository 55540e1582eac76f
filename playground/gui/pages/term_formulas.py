"""Formulas of the loss that several pages show, in LaTeX with their terms marked, and their readings."""


def loss_formula(label: int, name: str = "L") -> tuple[str, str]:
    """The loss, by that name, in LaTeX with its terms marked, where y is that class, and its reading."""
    c = label + 1
    return (
        rf"\term{{L}}{{{name}}} = -\sum_j \term{{y}}{{y_j}} \log \term{{y_hat}}{{\hat y_j}} "
        rf"= -\log \term{{y_hat:{label}}}{{\hat y_{{{c}}}}}",
        f"L is minus the sum of y j log y hat j, which is minus log y hat {c}",
    )


def start_formula(*, has_temperature: bool = False) -> tuple[str, str]:
    """The derivative of the loss by each score in LaTeX, with its terms marked, and its reading."""
    y_hat, y = r"\term{y_hat}{\hat y_j}", r"\term{y}{y_j}"
    if has_temperature:
        return rf"\term{{dz}}{{dz_j}} = \frac{{{y_hat} - {y}}}{{T}}", "dz j is y hat j minus y j, over T"
    return rf"\term{{dz}}{{dz_j}} = {y_hat} - {y}", "dz j is y hat j minus y j"
