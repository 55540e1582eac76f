"""The look of widgets: what must be seen can be seen, in the light theme and in the dark one."""

import pytest
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.palette import DARK, LIGHT, Theme, luminance
from playground.gui.style import heading
from tests.gui.conftest import wear
from tests.gui.hands import bring_up

NON_TEXT_CONTRAST = 3.0  # WCAG 2.2, 1.4.11


def contrasts(button: QAbstractButton, ground: str) -> list[float]:
    """The contrast of each pixel of a button's left end, where its mark is, with the ground."""
    image = button.grab().toImage()
    colours = {QColor(image.pixel(x, y)).name() for x in range(16) for y in range(image.height())}
    below = luminance(ground) + 0.05
    ratios = ((luminance(colour) + 0.05) / below for colour in colours)
    return [max(ratio, 1 / ratio) for ratio in ratios]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
@pytest.mark.parametrize("is_on", [False, True])
def test_a_box_stands_out_from_its_ground_on_or_off(
    qapp: QApplication, qtbot: QtBot, theme: Theme, kind: type[QAbstractButton], *, is_on: bool
) -> None:
    wear(qapp, theme)
    holder, button = QWidget(), kind("A choice")
    QVBoxLayout(holder).addWidget(button)
    qtbot.addWidget(holder)
    button.setChecked(is_on)
    bring_up(qtbot, holder, 200, 60)
    holder.setFocus()
    assert max(contrasts(button, theme.window)) >= NON_TEXT_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_ticked_box_has_its_tick(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    wear(qapp, theme)
    box = QCheckBox("A choice")
    qtbot.addWidget(box)
    box.setChecked(True)
    bring_up(qtbot, box, 200, 40)
    assert max(contrasts(box, theme.accent)) >= NON_TEXT_CONTRAST


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("From x to z", "FROM x TO z"),
        ("Probability of each class  ŷ", "PROBABILITY OF EACH CLASS  ŷ"),
        ("+s to every z", "+s TO EVERY z"),
        ("Plant a mistake", "PLANT A MISTAKE"),
    ],
)
def test_a_heading_is_in_capitals_and_its_symbols_are_not(text: str, shown: str, qtbot: QtBot) -> None:
    label = heading(text)
    qtbot.addWidget(label)
    assert label.text() == shown
