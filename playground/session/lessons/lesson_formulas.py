r"""Formulas of lessons: LaTeX in which ``\term{name}{...}`` marks what lights up, checked before it is typeset."""

import re

from playground.session.errors import UserError
from playground.session.light import TERMS

MARK = r"\term"
# What is longer or deeper takes the typesetter seconds, or minutes: it sets growing brackets anew for each pair around
# them, and looks through all signs for each of them.
LONGEST, DEEPEST, DEEPEST_GROWING = 600, 30, 4
TALLEST = 240  # pixels: a card has to show what to read and what to do, too


def check_formula(latex: str) -> None:
    r"""Refuse braces that do not match, and terms that are not written ``\term{z}{...}``."""
    _check_size(latex)
    _check_braces(latex)
    rest = latex
    while MARK in rest:
        rest = rest.partition(MARK)[2]
        name, rest = _braced(rest, "its name")
        body, _ = _braced(rest, "what it marks")  # looked through in its turn, since terms may stand in terms
        if name not in TERMS:
            raise UserError(f"the formula marks the term “{name}”, which is not known; terms are {', '.join(TERMS)}")
        if not body.strip():
            raise UserError(rf"there is nothing in the term {MARK}{{{name}}}{{}} of the formula; write what it marks")


def check_height(pixels: float) -> None:
    """Refuse a formula that was typeset so tall."""
    if pixels > TALLEST:
        raise UserError(f"the formula is {pixels:.0f} pixels tall; {TALLEST} is the most, so show it in parts")


def _check_size(latex: str) -> None:
    if len(latex) > LONGEST:
        raise UserError(f"the formula has {len(latex)} signs; {LONGEST} is the most, so show it in parts")
    if _depth(latex, r"\\.|([{])|([}])") > DEEPEST:
        raise UserError(f"the formula has more than {DEEPEST} pairs of braces in one another; make it simpler")
    if _depth(latex, r"(\\left(?![a-zA-Z]))|(\\right(?![a-zA-Z]))") > DEEPEST_GROWING:
        raise UserError(
            rf"the formula has more than {DEEPEST_GROWING} pairs of \left … \right in one another; write plain brackets"
        )


def _depth(latex: str, pair: str) -> int:
    """How many pairs stand in one another at most; the first group of the expression opens one, the second closes."""
    depth = deepest = 0
    for found in re.finditer(pair, latex):
        depth += bool(found[1]) - bool(found[2])
        deepest = max(deepest, depth)
    return deepest


def _check_braces(latex: str) -> None:
    depth, is_escaped = 0, False
    for sign in latex:
        if not is_escaped:
            depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            raise UserError("the formula closes a brace } that it has not opened; delete it, or open one before it")
        is_escaped = sign == "\\" and not is_escaped
    if depth:
        raise UserError("the formula opens a brace { that it does not close; add a } where it ends")


def _braced(text: str, what: str) -> tuple[str, str]:
    """What lies in the braces that the text begins with, and the text after them."""
    if not text.startswith("{"):
        raise UserError(rf"a term of the formula lacks {what} in braces: write {MARK}{{z}}{{z_j}}")
    depth = 0
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            return text[1:place], text[place + 1 :]
    raise UserError(r"a term of the formula is not closed; braces in a term cannot be written \{ or \}")
