"""The column beside the plane: tabs and keys choose a page, and the page on screen alone follows the run."""

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from playground.gui.explanations import Explanations
from playground.gui.pages.page import Page
from playground.gui.palette import DARK, Theme
from playground.gui.plots.probability_maps import ProbabilityMaps
from playground.session.example_text import as_latex, as_text
from playground.session.generators import Recipe, generate
from playground.session.light import UNLIT, Light
from playground.session.looking import PAGES, Looking
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.eyes import read_tip
from tests.gui.hands import LEFT, Hands, bring_up

NAMES = ("spot", "points", "desk")
ALT = Qt.KeyboardModifier.AltModifier
DATA = generate(Recipe("blobs", points=30))


class Noting(Page):
    """A page that notes what it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.snapshots: list[Snapshot] = []
        self.looks: list[Looking] = []
        self.lights: list[Light] = []

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshots.append(snapshot)

    def show_looking(self, looking: Looking) -> None:
        self.looks.append(looking)

    def show_light(self, light: Light) -> None:
        self.lights.append(light)


class Column:
    """Explanations with three pages, looked at as their own wishes say."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pages = {name: Noting() for name in NAMES}
        self.whole = Explanations(ProbabilityMaps(), dict(self.pages))
        qtbot.addWidget(self.whole)
        self.wishes: list[str] = []
        self.whole.page_chosen.connect(self.wishes.append)
        self.whole.page_chosen.connect(lambda page: self.whole.show_looking(Looking(page=page)))
        bring_up(qtbot, self.whole, 460, 700)
        (self.tabs,) = self.whole.findChildren(QTabBar)

    @property
    def on_screen(self) -> list[str]:
        return [name for name, page in self.pages.items() if page.isVisible()]


@pytest.fixture
def column(qtbot: QtBot) -> Column:
    return Column(qtbot)


def snapshot() -> Snapshot:
    return Trainer(Request(DATA, Settings(), probe=(0.25, 0.5))).snapshot()


# Which page


def test_each_page_has_a_tab_with_its_title_and_a_tip_with_its_key(column: Column) -> None:
    for place, name in enumerate(NAMES):
        title, tip = PAGES[name]
        assert column.tabs.tabText(place) == title
        shown = read_tip(column.tabs.tabToolTip(place))
        assert shown.startswith(tip)
        assert "Alt+" in shown
    assert column.on_screen == ["spot"]


def test_a_click_on_a_tab_brings_its_page_up(column: Column, qtbot: QtBot) -> None:
    for place in (2, 0, 1):
        column.wishes.clear()
        qtbot.mouseClick(column.tabs, LEFT, pos=column.tabs.tabRect(place).center())
        assert set(column.wishes) == {NAMES[place]}
        assert column.on_screen == [NAMES[place]]
        assert column.whole.page is column.pages[NAMES[place]]


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_a_click_beside_the_tabs_or_another_button_on_one_chooses_nothing(
    column: Column, qtbot: QtBot, button: Qt.MouseButton
) -> None:
    beside = QPoint(column.tabs.width() - 3, column.tabs.height() // 2)
    assert column.tabs.tabAt(beside) == -1
    qtbot.mouseClick(column.tabs, button, pos=beside)
    qtbot.mouseClick(column.tabs, Qt.MouseButton.RightButton, pos=column.tabs.tabRect(1).center())
    assert column.wishes == []
    assert column.on_screen == ["spot"]


def test_arrow_keys_on_the_tabs_go_from_page_to_page(column: Column, qtbot: QtBot) -> None:
    column.tabs.setFocus()
    qtbot.keyClick(column.tabs, Qt.Key.Key_Right)
    assert column.on_screen == ["points"]
    qtbot.keyClick(column.tabs, Qt.Key.Key_Left)
    assert column.on_screen == ["spot"]


def test_a_page_that_is_looked_at_for_another_reason_has_its_tab_chosen(column: Column) -> None:
    column.whole.show_looking(Looking(page="desk"))
    assert column.tabs.currentIndex() == 2
    assert column.on_screen == ["desk"]


# What pages are shown


def test_the_page_on_screen_alone_gets_snapshots_and_one_brought_up_the_latest_at_once(column: Column) -> None:
    first, second = snapshot(), snapshot()
    column.whole.show_looking(Looking(page="points"))
    assert column.pages["points"].snapshots == []  # there is none yet
    column.whole.show_looking(Looking(page="spot"))
    for moment in (first, second):
        column.whole.show_snapshot(moment)
    assert column.pages["spot"].snapshots == [first, second]
    assert column.pages["points"].snapshots == []
    column.whole.show_looking(Looking(page="points"))
    assert column.pages["points"].snapshots == [second]
    column.whole.show_looking(Looking(page="points", pin=(0.0, 0.0)))
    assert column.pages["points"].snapshots == [second]
    assert column.pages["desk"].snapshots == []


def test_all_pages_know_what_is_looked_at_and_the_theme(column: Column) -> None:
    looking = Looking(page="desk", pin=(0.5, 0.25), temperature=2.0)
    column.whole.show_looking(looking)
    column.whole.set_theme(DARK)
    themes: list[Theme] = []
    for page in column.pages.values():
        assert page.looks[-1] is looking
        themes.append(page.theme)
    assert themes == [DARK] * 3


def test_the_light_of_any_page_is_passed_on_and_a_page_brought_up_is_lit_as_the_rest_is(column: Column) -> None:
    heard: list[Light] = []
    column.whole.lit.connect(heard.append)
    column.pages["spot"].lit.emit(Light("z"))
    column.whole.show_light(Light("z"))
    assert heard == [Light("z")]
    assert column.pages["spot"].lights[-1] == Light("z")
    column.whole.show_looking(Looking(page="desk"))
    assert column.pages["desk"].lights[-1] == Light("z")
    column.whole.show_light(UNLIT)  # the mouse has left what went off the screen
    column.whole.show_looking(Looking(page="spot"))
    assert column.pages["spot"].lights[-1] == UNLIT


@pytest.mark.parametrize("page", NAMES)
def test_the_calculation_copied_is_the_latest_whatever_page_is_on_screen(column: Column, page: str) -> None:
    assert column.whole.text("text") == column.whole.text("latex") == ""
    column.whole.show_snapshot(snapshot())
    column.whole.show_looking(Looking(page=page))
    latest = Trainer(Request(DATA, Settings(seed=5), probe=(1.0, -0.5))).snapshot()
    column.whole.show_snapshot(latest)
    assert latest.example is not None
    for kind, write in (("text", as_text), ("latex", as_latex)):
        assert column.whole.text(kind) == write(latest.example, DATA, latest.cost)
    column.whole.show_snapshot(Trainer(Request(DATA, Settings())).snapshot())
    assert column.whole.text("text") == ""


# In the window


def test_alt_and_a_digit_bring_each_page_up_and_the_request_asks_for_its_pictures(hands: Hands) -> None:
    hands.settled()
    pages = hands.window.explanations.pages
    for name in [*reversed(pages), "spot"]:
        hands.key(str(list(PAGES).index(name) + 1), ALT)
        assert hands.controller.looking.page == name
        assert name in hands.controller.request.pictures
        assert pages[name].isVisible()
        assert hands.window.actions_by_name[f"page_{name}"].isChecked()
        hands.settled()
    assert hands.controller.undo_stack.count() == 0
    assert not hands.running
