"""The page by hand: what it shows of a desk, what its fields, sliders and buttons ask for, and what it refuses."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.explanations import _scrolled
from playground.gui.pages.desk_loss import LossCard
from playground.gui.pages.desk_page import DeskPage
from playground.gui.pages.desk_scores import ScoreCard
from playground.gui.pages.desk_shift import ShiftView
from playground.gui.palette import DARK, LIGHT, lit_ground
from playground.gui.parts.formula import Formula
from playground.gui.parts.number_field import NumberField
from playground.gui.parts.number_table import NumberTable
from playground.session.by_hand import shifted
from playground.session.light import UNLIT, Light
from playground.session.looking import Desk, Looking
from tests.gui.hands import LEFT, NONE, bring_up, colour_at, delete_the_dying, named, turn, type_into

WIDTH = 400
HANDLE = 14  # pixels of a slider's handle
KEYS = Qt.Key
FILLERS = "\u2007\u2008\u2060"  # keep points under one another


class Kit:
    """The page in a window that grants every wish, and what it has reported."""

    def __init__(self, qtbot: QtBot, *, is_scrolled: bool = True) -> None:
        self.qtbot = qtbot
        self.page = DeskPage()
        self.window: QWidget = _scrolled(self.page) if is_scrolled else self.page
        qtbot.addWidget(self.window)
        self.looking = Looking(page="desk")
        self.lenses: list[float] = []
        self.refusals: list[str] = []
        self.lights: list[Light] = []
        self.page.desk_changed.connect(self._grant_desk)
        self.page.lens_changed.connect(self._grant_lens)
        self.page.rejected.connect(self.refusals.append)
        self.page.lit.connect(self.lights.append)
        self.page.lit.connect(self.page.show_light)
        self.page.show_looking(self.looking)
        bring_up(qtbot, self.window, WIDTH, 1100)
        qtbot.mouseMove(self.window, QPoint(5, 1095))  # away from where another test left it

    def _grant_desk(self, desk: Desk) -> None:
        self.show(replace(self.looking, desk=desk))

    def _grant_lens(self, temperature: float) -> None:
        self.lenses.append(temperature)
        self.show(replace(self.looking, temperature=temperature))

    def show(self, looking: Looking) -> None:
        self.looking = looking
        self.page.show_looking(looking)

    def lay(self, desk: Desk) -> None:
        self.show(replace(self.looking, desk=desk))

    @property
    def desk(self) -> Desk:
        return self.looking.desk

    def card(self, kind: type[Any]) -> Any:
        (found,) = self.page.findChildren(kind)
        return found

    def tables(self, card: type[QWidget]) -> list[NumberTable]:
        found: list[NumberTable] = self.card(card).findChildren(NumberTable)
        return found

    def column(self, title: str, card: type[QWidget] = ScoreCard, table: int = 0) -> list[str]:
        """The texts of a table's column, foot included, by where they stand on the screen."""
        delete_the_dying()
        labels = [
            label
            for label in self.tables(card)[table].findChildren(
                QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if label.isVisible()
        ]
        (head,) = (label for label in labels if label.text() == title)
        below = [label for label in labels if label.y() > head.y() and abs(label.x() - head.x()) <= 1 and label.text()]
        return [label.text().rstrip(FILLERS) for label in sorted(below, key=QWidget.y)]

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def field(self, label: int, of: str = "z") -> QLineEdit:
        return named(self.page, QLineEdit, f"{of} of class {label + 1}")

    def fields(self, of: str = "z") -> list[str]:
        delete_the_dying()
        found = [f for f in self.page.findChildren(NumberField) if f.accessibleName().startswith(of)]
        return [field.text() for field in sorted(found, key=QWidget.y)]

    def slider(self, label: int, of: str = "z") -> QSlider:
        return named(self.page, QSlider, f"Drag {of} of class {label + 1}")

    def y(self, label: int, card: type[QWidget] = ScoreCard) -> QToolButton:
        return named(self.card(card), QToolButton, f"y is class {label + 1}")

    def button(self, text: str, card: type[QWidget]) -> QWidget:
        kinds = (QPushButton, QToolButton)
        found = [b for kind in kinds for b in self.card(card).findChildren(kind) if b.text() == text]
        (button,) = [b for b in found if not b.accessibleName().startswith("y is")]
        return button

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, LEFT)

    def type(self, field: QLineEdit, text: str, *, enter: bool = True) -> None:
        type_into(self.qtbot, field, text, enter=enter)

    def press(self, key: Qt.Key, on: QWidget | None = None) -> None:
        self.qtbot.keyClick(on or QApplication.focusWidget() or self.window, key)

    def is_marked(self, field: QLineEdit) -> bool:
        return bool(field.property("valid") == "false")

    @property
    def box(self) -> QCheckBox:
        (found,) = self.page.findChildren(QCheckBox)
        return found

    def click_box(self) -> None:
        self.qtbot.mouseClick(self.box, LEFT, NONE, QPoint(9, self.box.height() // 2))

    def dial(self) -> tuple[QSlider, QLineEdit]:
        return named(self.page, QSlider, "Temperature T"), named(self.page, QLineEdit, "Temperature T")


@pytest.fixture
def kit(qtbot: QtBot) -> Kit:
    return Kit(qtbot)


# The first card


def test_it_opens_with_the_course_s_softmax(kit: Kit) -> None:
    assert kit.fields() == ["5", "2", "−1", "3"]
    assert kit.column("eᶻ") == ["148.413", "7.38906", "0.367879", "20.0855", "176.256"]
    assert kit.column("ŷ") == ["0.84203", "0.04192", "0.00209", "0.11396", "1"]
    assert kit.column("hard") == ["1", "0", "0", "0", "1"]
    assert kit.column("dz") == ["–"] * 4
    assert "Choose a class for y" in kit.texts()


def test_a_typed_score_is_used_and_shown_everywhere(kit: Kit) -> None:
    kit.type(kit.field(1), "6.25")
    assert kit.desk.Z == (5, 6.25, -1, 3)
    assert kit.column("eᶻ")[1] == "518.013"
    assert kit.column("hard") == ["0", "1", "0", "0", "1"]
    assert kit.slider(1).value() == 62


def test_a_dragged_score_is_used_and_written_into_its_field(kit: Kit) -> None:
    slider = kit.slider(2)
    slider.setSliderDown(True)
    slider.setSliderPosition(37)
    slider.setSliderDown(False)
    assert kit.desk.Z == (5, 2, 3.7, 3)
    assert kit.fields()[2] == "3.7"


def test_a_score_beyond_the_slider_is_kept_with_the_slider_at_its_end(kit: Kit) -> None:
    for text, end in (("123.5", 100), ("-1e5", -100)):
        kit.type(kit.field(0), text)
        assert kit.desk.Z[0] == float(text)
        assert kit.slider(0).value() == end


def test_arrow_and_page_keys_step_a_score(kit: Kit) -> None:
    field = kit.field(0)
    field.setFocus()
    seen = []
    for key in (KEYS.Key_Up, KEYS.Key_Up, KEYS.Key_Down, KEYS.Key_PageUp, KEYS.Key_PageDown, KEYS.Key_PageDown):
        kit.press(key)
        seen.append(kit.desk.Z[0])
        assert field.text() == str(seen[-1])
        assert field.hasFocus()
    assert seen == [5.1, 5.2, 5.1, 6.1, 5.1, 4.1]


def test_a_step_starts_from_what_was_just_typed(kit: Kit) -> None:
    kit.type(kit.field(0), "7", enter=False)
    kit.press(KEYS.Key_Up)
    assert kit.desk.Z[0] == 7.1


def test_a_long_score_is_rounded_to_its_field_and_whole_while_it_is_typed_in(kit: Kit) -> None:
    kit.field(3).setFocus()
    kit.lay(Desk(Z=(-123456.789012, 0.123456789, 1e300, 3)))
    for field in (kit.field(label) for label in range(4)):
        assert field.fontMetrics().horizontalAdvance(field.text()) < field.width() - 10
    shown = kit.fields()
    assert shown[0].startswith("−1")
    assert shown[0].endswith("×10⁵")
    assert shown[2:] == ["1×10³⁰⁰", "3"]
    kit.field(0).setFocus()
    assert kit.field(0).text() == "−123456.789012"
    kit.field(1).setFocus()
    assert kit.fields()[0] == shown[0]
    assert kit.desk.Z[0] == -123456.789012


def test_y_is_chosen_changed_and_taken_back_with_a_click(kit: Kit) -> None:
    kit.click(kit.y(1))
    assert kit.desk.label == 1
    assert [kit.y(i).text() for i in range(4)] == ["0", "1", "0", "0"]
    assert kit.column("dz") == ["+0.84203", "−0.95808", "+0.00209", "+0.11396", "0"]
    assert "= −log 0.04192 = 3.172" in kit.texts()
    kit.click(kit.y(0))
    assert kit.desk.label == 0
    assert "= −log 0.84203 = 0.1719" in kit.texts()
    kit.click(kit.y(0))
    assert kit.desk.label is None
    assert not any(kit.y(i).isChecked() for i in range(4))
    assert kit.column("dz") == ["–"] * 4


def test_y_is_chosen_with_keys_too(kit: Kit) -> None:
    kit.y(2).setFocus(Qt.FocusReason.TabFocusReason)
    kit.press(KEYS.Key_Space)
    assert kit.desk.label == 2


def test_classes_come_and_go_at_the_end(kit: Kit) -> None:
    for _ in range(6):
        kit.click(kit.button("+", ScoreCard))
    assert kit.desk.Z == (5, 2, -1, 3, 0, 0, 0, 0, 0, 0)
    assert len(kit.fields()) == 10
    assert not kit.button("+", ScoreCard).isEnabled()
    for _ in range(8):
        kit.click(kit.button("−", ScoreCard))
    assert kit.desk.Z == (5, 2)
    assert kit.fields() == ["5", "2"]
    assert not kit.button("−", ScoreCard).isEnabled()
    assert kit.column("ŷ") == ["0.95257", "0.04743", "1"]


def test_the_class_of_a_field_that_is_typed_in_can_go(kit: Kit) -> None:
    kit.type(kit.field(3), "8", enter=False)
    kit.lay(Desk(Z=(5, 2, -1)))
    assert kit.desk.Z == (5, 2, -1)
    assert kit.fields() == ["5", "2", "−1"]


def test_news_from_elsewhere_are_shown_in_the_field_with_the_focus_too(kit: Kit) -> None:
    kit.type(kit.field(0), "7", enter=False)
    kit.lay(Desk(Z=(5, 9, -1, 3)))
    assert kit.fields() == ["7", "9", "−1", "3"]  # what is being typed stays
    kit.lay(Desk(Z=(6, 9, -1, 3)))
    assert kit.fields() == ["6", "9", "−1", "3"]


def test_the_course_s_numbers_come_back(kit: Kit) -> None:
    kit.lay(Desk(Z=(1, 2), temperature=3))
    kit.click(kit.button("Course's numbers", ScoreCard))
    assert kit.desk == Desk()
    assert kit.fields() == ["5", "2", "−1", "3"]


@pytest.mark.parametrize("is_scrolled", [True, False])  # a scroll area takes the focus at a click, a plain page not
def test_what_is_being_typed_counts_before_a_button_acts(qtbot: QtBot, is_scrolled: bool) -> None:
    kit = Kit(qtbot, is_scrolled=is_scrolled)
    kit.type(kit.field(0), "7", enter=False)
    kit.click(kit.button("+10", ShiftView))
    assert kit.desk.Z == (17, 12, 9, 13)
    kit.type(kit.field(0), "8", enter=False)
    kit.click(kit.button("Course's numbers", ScoreCard))
    assert kit.fields() == ["5", "2", "−1", "3"]


# What is no number


def test_a_score_that_is_none_is_marked_explained_and_not_used(kit: Kit) -> None:
    field = kit.field(1)
    for text in ("", "abc", "nan", "inf", "-inf", "1e308", "1e999", "1,5,2", "0x10"):
        kit.refusals.clear()
        kit.type(field, text)
        assert kit.desk == Desk()
        assert kit.is_marked(field)
        (said,) = kit.refusals
        assert said.startswith("z of class 2 must be a number between -1e+300 and 1e+300")
        assert said.endswith("It is still 2.")
        assert field.text() == text
        kit.press(KEYS.Key_Return)
        kit.field(2).setFocus()
        assert len(kit.refusals) == 2
        assert kit.refusals[1] == "", "it is said no longer"
        assert field.text() == "2"
        assert not kit.is_marked(field)


def test_a_probability_that_is_none_is_marked_explained_and_not_used(kit: Kit) -> None:
    field = kit.field(0, "ŷ")
    for text in ("", "x", "nan", "-0.1", "1.5", "1e999"):
        kit.type(field, text)
        assert kit.desk == Desk()
        assert kit.is_marked(field)
        assert kit.refusals.pop().startswith("ŷ of class 1 must be a number between 0 and 1")
        kit.press(KEYS.Key_Escape)
        assert field.text() == "0.3"
        assert not kit.is_marked(field)


def test_a_temperature_of_nothing_is_refused(kit: Kit) -> None:
    kit.type(kit.dial()[1], "0")
    assert kit.desk == Desk()
    assert kit.refusals[0].startswith("Temperature T must be a number between 0.01 and 100")


def test_any_other_number_is_taken(kit: Kit) -> None:
    for text in ("1e300", "-1e300", " -3 ", "1e-320"):
        kit.type(kit.field(0), text)
        assert kit.desk.Z[0] == float(text)
    assert kit.refusals == []


def test_typing_triggers_no_shortcut_of_the_window(kit: Kit, qtbot: QtBot) -> None:
    heard: list[str] = []
    for keys in (".", ">", "1", "e", "-", "Space", "Up", "Down", "PgUp", "PgDown"):
        QShortcut(QKeySequence(keys), kit.window, activated=lambda keys=keys: heard.append(keys))
    field = kit.field(0)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "-1.e1")
    for key in (KEYS.Key_Up, KEYS.Key_Down, KEYS.Key_PageUp, KEYS.Key_PageDown):
        kit.press(key)
    assert heard == []
    kit.press(KEYS.Key_Space)
    assert heard == ["Space"]  # no number has one, so it trains here too
    kit.press(KEYS.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), ".")
    assert heard == ["Space", "."]  # the keys are the window's again


def test_tab_goes_through_the_scores_first_from_top_to_bottom(kit: Kit) -> None:
    kit.click(kit.button("+", ScoreCard))
    kit.field(0).setFocus()
    seen = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
        kit.press(KEYS.Key_Tab)
    assert seen[:5] == [kit.field(i) for i in range(5)]
    for within in (kit.box, kit.button("+1000", ShiftView), kit.field(3, "ŷ"), kit.slider(4), *kit.dial()):
        assert within in seen
    assert seen.index(kit.box) < seen.index(kit.button("+1", ShiftView)) < seen.index(kit.field(0, "ŷ"))


# From hard to soft


def test_the_dial_divides_the_scores(kit: Kit) -> None:
    kit.type(kit.dial()[1], "2")
    assert kit.desk.temperature == 2
    assert kit.column("e^(z/T)") == ["12.1825", "2.71828", "0.606531", "4.48169", "19.9890"]
    assert kit.column("ŷ")[0] == "0.60946"
    assert kit.lenses == []


@pytest.mark.parametrize(("end", "Y_hat", "said"), [(0, "1.00000", "hardmax"), (1, "0.25691", "softer")])
def test_its_ends_are_hardmax_and_nearly_uniform(kit: Kit, end: float, Y_hat: str, said: str) -> None:
    slider, _ = kit.dial()
    slider.setValue(round(end * slider.maximum()))
    assert kit.column("ŷ")[0] == Y_hat
    assert said in kit.texts()


def test_scores_close_together_are_said_to_be_equal_at_a_high_temperature(kit: Kit) -> None:
    kit.lay(Desk(Z=(0.2, 0, 0.1), temperature=100))
    assert "all classes are nearly equal, 1/C = 0.3333 each" in kit.texts()


def test_the_lens_follows_the_dial_while_it_is_ticked(kit: Kit) -> None:
    _, field = kit.dial()
    kit.type(field, "2")
    kit.click_box()
    assert kit.lenses == [2]
    assert "The plane is seen through T = 2." in kit.texts()
    for text in ("1", "0.5"):
        kit.type(field, text)
        assert kit.box.isChecked()
    assert kit.lenses == [2, 1, 0.5]
    kit.type(kit.field(0), "1")
    assert kit.lenses == [2, 1, 0.5]
    kit.click_box()
    assert kit.lenses == [2, 1, 0.5, 1]
    assert kit.desk.temperature == 0.5
    assert not kit.box.isChecked()
    assert "seen through" not in kit.texts()


def test_the_lens_can_be_ticked_before_the_dial_is_turned(kit: Kit) -> None:
    kit.click_box()
    assert kit.box.isChecked()
    assert "The lens is on, at T = 1" in kit.texts()
    kit.type(kit.dial()[1], "4")
    assert kit.lenses == [1, 4]


def test_a_lens_that_is_taken_away_elsewhere_is_no_longer_ticked(kit: Kit) -> None:
    kit.type(kit.dial()[1], "2")
    kit.click_box()
    kit.show(replace(kit.looking, temperature=1.0))
    assert not kit.box.isChecked()
    kit.type(kit.dial()[1], "1")
    assert not kit.box.isChecked()
    assert kit.lenses == [2]


def test_a_lens_that_was_put_on_elsewhere_is_ticked_and_says_its_own_temperature(kit: Kit) -> None:
    kit.show(replace(kit.looking, temperature=7.0))
    assert kit.box.isChecked()
    assert "The plane is seen through T = 7." in kit.texts()


# +s


def test_k_is_added_to_every_score_and_changes_no_probability(kit: Kit) -> None:
    before = kit.column("ŷ")
    for text, Z in (("+1", (6, 3, 0, 4)), ("+10", (16, 13, 10, 14)), ("−1000", (-984, -987, -990, -986))):
        kit.click(kit.button(text, ShiftView))
        assert kit.desk.Z == Z
        assert kit.column("ŷ") == before


def test_both_ways_stand_side_by_side(kit: Kit) -> None:
    assert kit.column("eᶻ", ShiftView) == ["148.413", "7.38906", "0.367879", "20.0855", "176.256"]
    assert kit.column("eᶻ⁻ᵐᵃˣ", ShiftView, 1) == ["1.00000", "0.049787", "0.002479", "0.135335", "1.18760"]
    for table in (0, 1):
        assert kit.column("over Σ", ShiftView, table) == ["0.84203", "0.04192", "0.00209", "0.11396", "1.0000"]
    assert "Both ways agree." in kit.texts()


@pytest.mark.parametrize(("text", "written", "theme"), [("+1000", "∞", LIGHT), ("−1000", "0", DARK)])
def test_the_naive_way_fails_in_the_warning_colour(kit: Kit, text: str, written: str, theme: Any) -> None:
    kit.page.set_theme(theme)
    kit.click(kit.button(text, ShiftView))
    assert kit.column("eᶻ", ShiftView) == [written] * 5
    assert kit.column("over Σ", ShiftView) == ["nan"] * 5
    assert kit.column("over Σ", ShiftView, 1) == ["0.84203", "0.04192", "0.00209", "0.11396", "1.0000"]
    assert "The naive way fails" in kit.texts()
    naive, stable = kit.tables(ShiftView)
    inks = [{label.palette().windowText().color().name() for label in t.findChildren(QLabel)} for t in (naive, stable)]
    assert inks[0] == {theme.warning.lower()}
    assert theme.warning.lower() not in inks[1]


def test_the_first_card_says_that_it_shifts(kit: Kit) -> None:
    kit.lay(shifted(Desk(), 1000))
    assert kit.column("eᶻ⁻ᵐᵃˣ") == ["1.00000", "0.049787", "0.002479", "0.135335", "1.18760"]
    assert "the largest z is taken from each first" in kit.texts()


def test_a_loss_whose_probability_is_no_number_any_more_is_still_right(kit: Kit) -> None:
    kit.lay(Desk(Z=(0, 5000), label=0))
    assert "= 5000.0" in kit.texts()
    assert "too small for a number" in kit.texts()


# The second card


def test_it_opens_with_the_course_s_loss(kit: Kit) -> None:
    assert kit.fields("ŷ") == ["0.3", "0.2", "0.1", "0.4"]
    assert "L = −log 0.2 = 1.6094" in kit.texts()
    assert kit.column("dz", LossCard) == ["+0.3000", "−0.8000", "+0.1000", "+0.4000", "0.0000"]
    assert kit.column("−y log ŷ", LossCard) == ["0", "1.6094", "0", "0", "1.6094"]
    assert kit.y(1, LossCard).isChecked()


def drag(kit: Kit, slider: QSlider, *ticks: int) -> None:
    """Take hold of a slider's handle with the mouse and bring it to these ticks, one after the other."""

    def at(tick: int) -> QPoint:
        span = slider.width() - HANDLE
        share = (tick - slider.minimum()) / (slider.maximum() - slider.minimum())
        return QPoint(HANDLE // 2 + round(share * span), slider.height() // 2)

    kit.qtbot.mousePress(slider, LEFT, pos=at(slider.value()))
    for tick in ticks:
        kit.qtbot.mouseMove(slider, at(tick))
    kit.qtbot.mouseRelease(slider, LEFT, pos=at(ticks[-1]))


def test_the_picture_is_a_cat_and_the_network_hardly_sure_of_it(kit: Kit) -> None:
    assert "The picture is a cat: y₂ = 1" in kit.texts()
    assert "The network is 20 % certain: bad." in kit.texts()


def test_a_dragged_probability_leaves_the_others_their_proportions(kit: Kit) -> None:
    kit.click(kit.button("The cat ↓", ScoreCard))
    drag(kit, kit.slider(1, "ŷ"), 60, 100, 0, 90)
    near = kit.desk.Y_hat[1]
    assert near == pytest.approx(0.9, abs=0.03)
    left = sum(kit.desk.Y_hat) - near
    assert kit.desk.Y_hat[0] / left == pytest.approx(3 / 8, abs=1e-3)
    kit.slider(1, "ŷ").setFocus()
    for _ in range(20):
        kit.press(KEYS.Key_Right if kit.desk.Y_hat[1] < 0.9 else KEYS.Key_Left)
        if kit.desk.Y_hat[1] == 0.9:
            break
    assert kit.fields("ŷ") == ["0.0375", "0.9", "0.0125", "0.05"]
    assert "The network is 90 % certain: good." in kit.texts()
    assert "L = −log 0.9 = 0.10536" in kit.texts()
    assert sum(map(Fraction, kit.fields("ŷ"))) == 1


def test_a_typed_probability_is_rounded_to_what_is_shown(kit: Kit) -> None:
    kit.type(kit.field(1, "ŷ"), "0.20001")
    assert kit.desk == Desk(shares=kit.desk.shares)
    assert kit.fields("ŷ") == ["0.3", "0.2", "0.1", "0.4"]
    kit.type(kit.field(1, "ŷ"), "0.12345", enter=False)
    kit.press(KEYS.Key_Up)
    assert kit.desk.Y_hat[1] == pytest.approx(0.1334, abs=2e-4)
    assert sum(map(Fraction, kit.fields("ŷ"))) == 1


def test_the_arrows_step_a_probability_to_its_end(kit: Kit) -> None:
    kit.field(1, "ŷ").setFocus()
    for _ in range(9):
        kit.press(KEYS.Key_PageUp)
    assert kit.desk.Y_hat == (0, 1, 0, 0)
    assert "100 % certain: very good" in kit.texts()
    for _ in range(8):
        kit.press(KEYS.Key_PageDown)
    assert kit.desk.Y_hat == Desk().Y_hat


def test_another_picture_is_of_the_class_that_is_chosen(kit: Kit) -> None:
    kit.click(kit.y(3, LossCard))
    assert "The picture is of class 4: y₄ = 1" in kit.texts()
    assert "The network is 40 % certain: poor." in kit.texts()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_bad_verdict_is_in_the_warning_colour(kit: Kit, theme: Any) -> None:
    def ink() -> str:
        (said,) = [label for label in kit.page.findChildren(QLabel) if "% certain: " in label.text()]
        return str(said.palette().windowText().color().name())

    kit.page.set_theme(theme)
    assert ink() == theme.warning.lower()
    kit.type(kit.field(1, "ŷ"), "0.9")
    assert ink() != theme.warning.lower()


def test_one_click_or_key_leads_down_to_the_cat(kit: Kit) -> None:
    kit.window.resize(WIDTH, 500)
    (verdict,) = [label for label in kit.page.findChildren(QLabel) if "% certain: " in label.text()]
    assert not verdict.visibleRegion().boundingRect().height()
    button = kit.button("The cat ↓", ScoreCard)
    kit.click(button)
    assert verdict.visibleRegion().boundingRect().size() == verdict.size()
    button.setFocus()
    kit.press(KEYS.Key_Space)
    assert verdict.visibleRegion().boundingRect().size() == verdict.size()
    assert kit.field(0, "ŷ").hasFocus()


def test_log_0_is_infinite_and_it_says_why(kit: Kit) -> None:
    kit.type(kit.field(1, "ŷ"), "0")
    assert "L = −log 0 = ∞" in kit.texts()
    assert "no chance at all" in kit.texts()
    assert kit.column("−y log ŷ", LossCard) == ["0", "∞", "0", "0", "∞"]


def test_its_y_is_always_some_class(kit: Kit) -> None:
    kit.click(kit.y(3, LossCard))
    assert kit.desk.Y_hat_label == 3
    assert "L = −log 0.4 = 0.91629" in kit.texts()
    kit.click(kit.y(3, LossCard))
    assert kit.desk.Y_hat_label == 3
    assert kit.y(3, LossCard).isChecked()


def test_the_cards_do_not_touch_each_other(kit: Kit) -> None:
    kit.click(kit.button("+", LossCard))
    kit.click(kit.y(4, LossCard))
    kit.type(kit.field(4, "ŷ"), "0.5")
    assert replace(kit.desk, shares=()) == replace(Desk(), Y_hat=(0.15, 0.1, 0.05, 0.2, 0.5), Y_hat_label=4)
    kit.click(kit.button("Course's numbers", LossCard))
    assert kit.desk == Desk()


# Light and looks


def enter(kit: Kit, widget: QWidget, at: QPoint | None = None) -> None:
    """Rest the mouse on a place of the page."""
    from PyQt6.QtTest import QTest

    place = widget.mapTo(kit.window, at if at is not None else widget.rect().center())
    QTest.mouseMove(kit.window.windowHandle(), place)
    turn(kit.qtbot)


def term_of(formula: Formula, light: Light) -> QPoint:
    """Where a term of a formula lies in its widget."""
    made = formula._typeset
    assert made is not None
    (box,) = [term.box for term in made.terms if term.light == light]
    scale = min(1.0, formula.width() / made.width)
    spot = box.center() if light.term != "exp" else QPointF(box.left() + 1, box.bottom() - 1)
    return QPoint(round(spot.x() * scale), round(spot.y() * scale + (formula.height() - made.height * scale) / 2))


@pytest.mark.parametrize(("light", "title"), [(Light("sum"), "Σ"), (Light("z"), "z"), (Light("exp"), "eᶻ")])
def test_a_term_of_the_formula_lights_up_its_column(kit: Kit, light: Light, title: str) -> None:
    formula = kit.card(ScoreCard).findChildren(Formula)[0]
    enter(kit, formula, term_of(formula, light))
    assert kit.lights[-1] == light
    (table,) = kit.tables(ScoreCard)
    labels = [label for label in table.findChildren(QLabel) if label.isVisible()]
    (shown,) = [label for label in labels if label.text().rstrip(FILLERS) == ("176.256" if title == "Σ" else title)]
    assert colour_at(table, shown.geometry().topLeft() + QPoint(1, 2)) == lit_ground(LIGHT).upper()
    enter(kit, kit.window, QPoint(5, 1095))
    assert kit.lights[-1] == UNLIT
    assert colour_at(table, shown.geometry().topLeft() + QPoint(1, 2)) != lit_ground(LIGHT).upper()


def test_fields_sliders_and_y_say_what_they_stand_for(kit: Kit) -> None:
    for widget, light in (
        (kit.field(1), Light("z", 1)),
        (kit.slider(2), Light("z", 2)),
        (kit.y(3), Light("y", 3)),
        (kit.field(0, "ŷ"), Light("y_hat", 0)),
    ):
        enter(kit, widget)
        assert kit.lights[-1] == light


@pytest.mark.parametrize("count", [2, 4, 10])
def test_everything_fits_beside_a_scroll_bar(kit: Kit, count: int) -> None:
    Z = tuple(1005.25 - i for i in range(count))
    kit.lay(Desk(Z=Z, label=1, temperature=0.5, Y_hat=(1 / count,) * count, is_lens=True))
    turn(kit.qtbot)
    kit.type(kit.field(1, "ŷ"), "0.5555")  # the longest verdict
    assert kit.page.minimumSizeHint().width() <= WIDTH - 8
    for label in kit.page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()
    for widget in kit.page.findChildren(QWidget):
        if widget.isVisible():
            right = widget.mapTo(kit.page, QPoint(widget.width(), 0)).x()
            assert 0 <= right <= kit.page.width(), widget


def test_the_page_shows_what_changed_while_it_was_out_of_sight(kit: Kit) -> None:
    kit.page.hide()
    kit.lay(Desk(Z=(1, 1)))
    kit.page.show()
    assert kit.fields() == ["1", "1"]
    assert kit.column("ŷ") == ["0.50000", "0.50000", "1"]


def test_showing_the_same_again_asks_for_nothing(kit: Kit) -> None:
    wishes: list[Any] = []
    kit.page.desk_changed.connect(wishes.append)
    for desk in (Desk(Z=(3, 4, 5)), Desk(temperature=9, label=2), Desk()):
        kit.lay(desk)
        kit.lay(desk)
    assert not any((wishes, kit.lenses, kit.refusals))
