"""The chips over the plane: each says what is different from the plain run, and its cross takes that away."""

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QPoint
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.chips import Chip, Chips
from playground.gui.controller import Controller
from playground.gui.palette import LIGHT
from playground.nn.mistakes import WRONG_SIGN
from tests.gui.hands import LEFT, Hands, bring_up, delete_the_dying, pixels_of

LONG = "A sentence that goes on and on, so that no line of this width can hold it as it is. " * 2


class Board:
    """A host with chips over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.host = QWidget()
        qtbot.addWidget(self.host)
        bring_up(qtbot, self.host, 600, 300)
        self.chips = Chips(self.host)
        self.dismissed: list[str] = []
        self.chips.dismissed.connect(self.dismissed.append)

    @property
    def shown(self) -> list[Chip]:
        delete_the_dying()
        return sorted(self.host.findChildren(Chip), key=Chip.y)

    @property
    def texts(self) -> list[str]:
        return [chip.label.text() for chip in self.shown]


def cross_of(chip: Chip) -> QToolButton:
    (button,) = chip.findChildren(QToolButton)
    return button


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    return Board(qtbot)


def test_a_chip_shows_its_sentence_until_it_is_empty(board: Board) -> None:
    board.chips.show_chip("lens", "T = 2")
    (chip,) = board.shown
    assert chip.isVisible()
    board.chips.show_chip("lens", "T = 2")
    assert board.shown == [chip]  # the same, not another
    board.chips.show_chip("lens", "T = 3")
    assert board.texts == ["T = 3"]
    board.chips.show_chip("lens", "")
    board.chips.show_chip("lens", "")
    assert board.texts == []


def test_a_cross_tells_which_chip_is_to_go_and_takes_nothing_away_itself(board: Board, qtbot: QtBot) -> None:
    board.chips.show_chip("mistake", "wrong sign", is_warning=True)
    board.chips.show_chip("lens", "T = 2")
    for chip in board.shown:
        qtbot.mouseClick(cross_of(chip), LEFT)
    assert board.dismissed == ["mistake", "lens"]
    assert board.texts == ["wrong sign", "T = 2"]
    assert "wrong sign" in cross_of(board.shown[0]).accessibleName()


@pytest.mark.parametrize("width", [320, 600, 1200])
def test_chips_lie_below_each_other_inside_their_host_with_all_their_text(board: Board, width: int) -> None:
    board.host.resize(width, 400)
    for name, text in (("first", LONG), ("second", "short"), ("third", LONG)):
        board.chips.show_chip(name, text)
    first, second, third = board.shown
    assert [chip.label.text() for chip in (first, second, third)] == [LONG, "short", LONG]
    for chip in (first, second, third):
        assert board.host.rect().contains(chip.geometry())
        assert chip.label.height() >= chip.label.heightForWidth(chip.label.width())
        assert chip.rect().contains(cross_of(chip).geometry())
    assert first.geometry().bottom() < second.y()
    assert second.geometry().bottom() < third.y()
    assert second.width() < first.width()


def test_a_chip_that_goes_lets_those_below_move_up_and_a_resize_wraps_them_anew(board: Board) -> None:
    board.chips.show_chip("first", LONG)
    top = board.shown[0].y()
    board.chips.show_chip("second", LONG)
    board.chips.show_chip("first", "")
    (chip,) = board.shown
    assert chip.y() == top
    height = chip.height()
    board.host.resize(300, 300)
    assert chip.height() > height
    assert board.host.rect().contains(chip.geometry())


# In the window


def chips_of(hands: Hands) -> dict[str, Chip]:
    delete_the_dying()
    return {chip.label.text(): chip for chip in hands.plane.findChildren(Chip)}


def plant(controller: Controller) -> None:
    controller.plant_mistake(WRONG_SIGN)


@pytest.mark.parametrize(
    ("make_different", "part", "is_plain"),
    [
        (plant, "wrong sign", lambda controller: controller.request.mistake is None),
        (
            lambda controller: controller.show(temperature=3.0),
            "T = 3",
            lambda controller: controller.looking.temperature == controller.request.temperature == 1,
        ),
        (
            lambda controller: controller.show(overlays=frozenset({"zero_lines"})),
            "No border",
            lambda controller: controller.looking.overlays == frozenset(),
        ),
    ],
    ids=["mistake", "lens", "zero lines"],
)
def test_what_is_different_says_so_over_the_plane_and_goes_with_one_click(
    hands: Hands,
    make_different: Callable[[Controller], None],
    part: str,
    is_plain: Callable[[Controller], bool],
) -> None:
    hands.settled()
    before = hands.dataset
    assert chips_of(hands) == {}
    assert is_plain(hands.controller)
    make_different(hands.controller)
    ((text, chip),) = chips_of(hands).items()
    assert part in text
    hands.qtbot.mouseClick(chip, LEFT, pos=QPoint(12, 5))  # beside the cross: it draws nothing either
    assert not is_plain(hands.controller)
    hands.qtbot.mouseClick(cross_of(chip), LEFT)
    assert is_plain(hands.controller)
    assert chips_of(hands) == {}
    assert hands.dataset is before
    assert hands.controller.undo_stack.count() == 0


def test_a_planted_mistake_stays_on_screen_through_a_reset_and_stands_out(hands: Hands) -> None:
    hands.settled()
    plant(hands.controller)
    hands.trained_to(20)
    hands.controller.reset()
    hands.settled()
    ((_, chip),) = chips_of(hands).items()
    edge = pixels_of(chip.grab().toImage())[chip.height() // 2, 0]
    warning = QColor(LIGHT.warning)
    assert edge == pytest.approx([warning.red(), warning.green(), warning.blue()], abs=3)
