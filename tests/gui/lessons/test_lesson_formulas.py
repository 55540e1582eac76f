"""Formulas in a lesson: what would push text and task out of view is refused, what is of ordinary height is not."""

from pathlib import Path

import pytest

from playground.gui.palette import LIGHT
from playground.gui.parts.formula import SIZE, Formula
from playground.gui.parts.typesetting import typeset
from tests.gui.hands import Hands, drop_files

LARGE = ("sum", "prod", "coprod", "int", "oint", "bigcup", "bigcap", "bigvee", "bigwedge", "bigoplus", "bigotimes")
TALL = r"\begin{matrix}" + r"1 \\ " * 60 + r"\end{matrix}"
FORMULA = """title: Own
summary: One of the user's own.
steps:
  - text: Read this.
    formula: |
      {}
"""


def write(folder: Path, formula: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(FORMULA.format(formula))
    return path


def height(latex: str) -> float:
    return typeset(latex, SIZE, LIGHT.text).height


@pytest.mark.parametrize("operator", LARGE)
@pytest.mark.parametrize("script", ["", "_{k}", "^{k}", "_{k}^{n}"])
def test_brackets_that_grow_around_a_large_operator_are_not_much_taller_than_it(operator: str, script: str) -> None:
    """They lie as far above the axis as below, and come in a few sizes."""
    bare = height(rf"\{operator}{script} x")
    assert height(rf"\left( \{operator}{script} x \right)") < 2 * bare


def test_a_formula_that_is_too_tall_for_the_card_is_refused(hands: Hands, tmp_path: Path) -> None:
    drop_files(hands.window, write(tmp_path, TALL))
    (said,) = hands.said("error")
    assert said.startswith("own.yaml, step 1: the formula is ")
    assert said.endswith(" pixels tall; 240 is the most, so show it in parts.")
    assert hands.window.lessons.player.lesson is None


def test_a_mean_in_brackets_that_grow_is_played(hands: Hands, tmp_path: Path) -> None:
    drop_files(hands.window, write(tmp_path, r"\left( \frac{1}{m} \sum_{i} L^{(i)} \right)^2"))
    assert hands.said("error") == []
    hands.settled()
    assert 0 < hands.window.lesson_card.findChild(Formula).height() < 80
