"""Typeset formulas: where their terms are, what lights up, what the mouse on them is reported as, and that they fit."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.gui.palette import DARK, LIGHT, Theme, lit_ground
from playground.gui.parts.formula import Formula
from playground.gui.parts.typesetting import Term, plain_latex, typeset
from playground.session.light import UNLIT, Light
from tests.gui.hands import Matrix, bring_up, colour_at, delete_the_dying, pixels_of, send_leave, unlikeness

SOFTMAX = r"\term{y_hat}{\hat y_j} = \frac{\term{exp}{e^{\term{z}{z_j}}}}{\term{sum}{\sum_{k=1}^{C} e^{z_k}}}"
LOSS = r"\term{L}{L(\hat y, y)} = -\sum_j \term{y}{y_j} \log \hat y_j = -\log \term{y_hat:2}{\hat y_{3}}"
TEXTBOOK = [
    SOFTMAX,
    LOSS,
    r"J(w^{[1]}, b^{[1]}, \dots, w^{[L]}, b^{[L]}) = \frac{1}{m} \sum_{i=1}^m \term{L}{L(\hat y^{(i)}, y^{(i)})}",
    r"\term{dW}{dW^{[2]}} = \frac{1}{m}\, \term{dZ}{dZ^{[2]}} A^{[1]T}",
    r"dZ^{[1]} = \term{dA}{dA^{[1]}} \ast \term{slope}{g'(Z^{[1]})}",
    r"\sigma(z) = \term{y_hat}{\frac{1}{1+\term{exp}{e^{-z}}}}",
    r"w := w - \alpha\, \term{dw}{dw}",
]
SCALE = 4


@pytest.fixture
def formula(qtbot: QtBot) -> Formula:
    formula = Formula()
    qtbot.addWidget(formula)
    formula.set_latex(SOFTMAX, "y hat j is e to the z j over the sum of all")
    bring_up(qtbot, formula, 380, 90)
    qtbot.mouseMove(formula, QPoint(370, 85))  # away from where another test left it
    return formula


def ink(latex: str) -> Matrix:
    """Where a formula leaves ink, (rows, columns) at a multiple of its size."""
    made = typeset(latex, 16, "#000000")
    image = QImage(round(SCALE * made.width), round(SCALE * made.height), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    made.picture.render(painter, QRectF(0, 0, SCALE * made.width, SCALE * made.height))
    painter.end()
    found: Matrix = pixels_of(image).max(axis=-1) < 200
    return found


def extent(found: Matrix) -> QRectF:
    rows, columns = np.nonzero(found)
    left, top = columns.min(), rows.min()
    return QRectF(left, top, columns.max() + 1 - left, rows.max() + 1 - top)


def terms_of(latex: str) -> dict[str, Term]:
    return {term.light.term: term for term in typeset(latex, 16, "#000000").terms}


# Typesetting


@pytest.mark.parametrize("latex", TEXTBOOK)
def test_marks_leave_the_picture_as_it_is(latex: str, qapp: Any) -> None:
    np.testing.assert_array_equal(ink(latex), ink(plain_latex(latex)))


@pytest.mark.parametrize("latex", TEXTBOOK)
def test_a_formula_lies_whole_in_its_picture(latex: str, qapp: Any) -> None:
    found = ink(latex)
    assert found.any()
    assert not any(edge.any() for edge in (found[0], found[-1], found[:, 0], found[:, -1]))


@pytest.mark.parametrize(
    ("before", "body", "after"),
    [
        (r"\hat y_j = \frac{e^{", "z_j", r"}}{\sum_k e^{z_k}}"),
        (r"\hat y_j = \frac{", r"e^{z_j}", r"}{\sum_k e^{z_k}}"),
        (r"\hat y_j = \frac{e^{z_j}}{", r"\sum_{k=1}^{C} e^{z_k}", "}"),
        (r"L = - \log ", r"\hat y_{3}", ""),
        (r"dz_j = ", r"\hat y^{(i)}", ""),
        ("", r"\frac{1}{m}", ""),
        ("", "x", ""),
    ],
)
def test_a_term_s_box_is_round_its_ink(before: str, body: str, after: str, qapp: Any) -> None:
    whole = ink(before + body + after)
    without = ink(before + rf"\phantom{{{body}}}" + after)
    assert whole.shape == without.shape
    around = extent(whole & ~without)
    box = terms_of(rf"{before}\term{{t}}{{{body}}}{after}")["t"].box
    box = QRectF(SCALE * box.x(), SCALE * box.y(), SCALE * box.width(), SCALE * box.height())
    assert box.adjusted(-SCALE, -SCALE, SCALE, SCALE).contains(around)
    assert box.width() < around.width() + 6 * SCALE
    assert box.height() < around.height() + 3 * SCALE


def test_a_term_in_a_term_lies_inside_it(qapp: Any) -> None:
    terms = terms_of(SOFTMAX)
    assert terms["exp"].box.adjusted(-0.01, -0.01, 0.01, 0.01).contains(terms["z"].box)
    assert not terms["sum"].box.intersects(terms["exp"].box)


def test_a_term_says_its_class(qapp: Any) -> None:
    assert [term.light for term in typeset(LOSS, 16, "#000000").terms] == [Light("L"), Light("y"), Light("y_hat", 2)]


def test_the_same_formula_is_set_once(qapp: Any) -> None:
    assert typeset(SOFTMAX, 16, "#000000") is typeset(SOFTMAX, 16, "#000000")


@pytest.mark.parametrize(
    ("latex", "trouble"),
    [
        (r"\term{z}{z_j", "not closed"),
        (r"\term{z", "not closed"),
        (r"\term{z} z_j", "no braces"),
        (r"x + \term{z}{}", "nothing"),
    ],
)
def test_a_broken_mark_is_an_error_that_says_so(latex: str, trouble: str, qapp: Any) -> None:
    with pytest.raises(ValueError, match=trouble):
        typeset(latex, 16, "#000000")


def test_plain_latex_is_free_of_marks() -> None:
    assert plain_latex(r"a \term{exp}{e^{\term{z:1}{z_{j}}}} b") == "a e^{z_{j}} b"


def test_typesetting_is_not_imported_with_the_window() -> None:
    program = "import sys, playground.gui.parts.formula; print('ziamath' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


# The mouse


def centre_of(formula: Formula, name: str, latex: str = SOFTMAX) -> QPoint:
    """The pixel of a formula's widget over the middle of a term."""
    made = typeset(latex, 16, "#000000")
    scale = min(1.0, formula.width() / made.width, formula.height() / made.height)
    centre = terms_of(latex)[name].box.center() * scale
    return QPoint(round(centre.x()), round(centre.y() + (formula.height() - scale * made.height) / 2))


def heard_from(formula: Formula) -> list[Light]:
    heard: list[Light] = []
    formula.lit.connect(heard.append)
    return heard


def test_the_mouse_on_a_term_reports_it_and_once(formula: Formula, qtbot: QtBot) -> None:
    heard = heard_from(formula)
    for name in ("sum", "y_hat", "z"):
        at = centre_of(formula, name)
        qtbot.mouseMove(formula, at)
        qtbot.mouseMove(formula, at + QPoint(1, 0))
    assert heard == [Light("sum"), Light("y_hat"), Light("z")]


def test_the_innermost_term_wins(formula: Formula, qtbot: QtBot) -> None:
    heard = heard_from(formula)
    box = terms_of(SOFTMAX)["exp"].box
    foot_of_e = QPoint(round(box.left() + 2), centre_of(formula, "exp").y() + round(box.height() / 2) - 2)
    qtbot.mouseMove(formula, foot_of_e)
    qtbot.mouseMove(formula, centre_of(formula, "z"))
    assert heard == [Light("exp"), Light("z")]


def test_between_terms_and_outside_nothing_is_lit(formula: Formula, qtbot: QtBot) -> None:
    heard = heard_from(formula)
    qtbot.mouseMove(formula, centre_of(formula, "z"))
    qtbot.mouseMove(formula, QPoint(300, 45))
    qtbot.mouseMove(formula, centre_of(formula, "z"))
    send_leave(formula)
    send_leave(formula)
    assert heard == [Light("z"), UNLIT, Light("z"), UNLIT]


# The light


def is_lit(formula: Formula, name: str, latex: str, theme: Theme = LIGHT) -> bool:
    """Whether a term stands on the light's colour, looked at just above its box, where there is no ink."""
    made = typeset(latex, 16, "#000000")
    box = terms_of(latex)[name].box
    at = QPoint(round(box.center().x()), round(box.top() - 1.5 + (formula.height() - made.height) / 2))
    return unlikeness(colour_at(formula, at), lit_ground(theme)) < 12


@pytest.mark.parametrize(
    ("light", "lit"),
    [
        (Light("y_hat", 2), {"y_hat"}),
        (Light("y_hat", 1), set()),
        (Light("y_hat"), set()),
        (Light("y"), {"y"}),
        (Light("y", 1), {"y"}),
        (Light("L"), {"L"}),
        (Light(label=2), {"y_hat"}),
        (Light(label=0), set()),
        (Light("J"), set()),
        (UNLIT, set()),
    ],
)
def test_what_a_light_lights_up(formula: Formula, light: Light, lit: set[str]) -> None:
    formula.set_latex(LOSS, "the loss")
    formula.show_light(light)
    assert {name for name in terms_of(LOSS) if is_lit(formula, name, LOSS)} == lit


def test_a_light_goes_out(formula: Formula) -> None:
    formula.show_light(Light("sum"))
    assert is_lit(formula, "sum", SOFTMAX)
    formula.show_light(UNLIT)
    assert not is_lit(formula, "sum", SOFTMAX)


def test_another_theme_has_its_own_ink_and_light(formula: Formula) -> None:
    formula.show_light(Light("sum"))
    formula.set_theme(DARK)
    assert is_lit(formula, "sum", SOFTMAX, DARK)
    bright = pixels_of(formula.grab().toImage()).min(axis=-1) > 220
    assert bright.sum() > 20


# Size, sound and cost


@pytest.mark.parametrize("width", [380, 200, 120])
def test_a_formula_is_scaled_down_rather_than_clipped(formula: Formula, width: int) -> None:
    formula.set_latex(TEXTBOOK[2], "the cost")
    formula.setFixedWidth(width)
    assert formula.heightForWidth(width) <= formula.sizeHint().height()
    formula.setFixedHeight(formula.heightForWidth(width))
    found = pixels_of(formula.grab().toImage()).max(axis=-1) < 150
    around = extent(found)
    assert 1 <= around.left() < around.right() <= width - 1
    assert 0 < around.top() < around.bottom() < formula.height()
    assert around.width() > 0.9 * min(width, formula.sizeHint().width()) - 10


def test_scaled_down_it_still_knows_its_terms(formula: Formula, qtbot: QtBot) -> None:
    heard = heard_from(formula)
    formula.resize(70, 90)
    qtbot.mouseMove(formula, centre_of(formula, "sum"))
    assert heard == [Light("sum")]


def test_its_name_is_its_reading(formula: Formula) -> None:
    formula.set_latex(LOSS, "the loss is minus the logarithm of y hat 3")
    assert formula.accessibleName() == "the loss is minus the logarithm of y hat 3"


def test_no_formula_takes_no_room(formula: Formula) -> None:
    formula.set_latex("", "")
    assert formula.sizeHint().isEmpty()
    assert (pixels_of(formula.grab().toImage()) > 200).all()


class Paintings(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        self.count += event is not None and event.type() == QEvent.Type.Paint
        return False


def test_the_same_formula_again_paints_nothing(formula: Formula, qtbot: QtBot) -> None:
    delete_the_dying()
    beside = QWidget(formula.window())  # painted in the same round as all that is to be painted of its window
    beside.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # with nothing of what is under it
    beside.setGeometry(0, 0, 4, 4)
    beside.show()
    rounds, paintings = Paintings(), Paintings()
    beside.installEventFilter(rounds)
    qtbot.waitUntil(lambda: rounds.count > 0)
    formula.installEventFilter(paintings)
    formula.set_latex(LOSS, "the loss")
    qtbot.waitUntil(lambda: paintings.count == 1)
    for _ in range(5):
        formula.set_latex(LOSS, "the loss")
        formula.show_light(UNLIT)
        formula.set_theme(LIGHT)
        before = rounds.count
        beside.update()
        qtbot.waitUntil(lambda before=before: rounds.count > before)
    assert paintings.count == 1


def test_a_window_opens_without_the_typesetter() -> None:
    program = (
        "import sys; from playground.app import make_application, make_window; app = make_application(); "
        "window = make_window(); window.show(); window.controller.stop(); print('ziamath' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
