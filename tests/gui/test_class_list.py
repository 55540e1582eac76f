"""The list of classes: on its own, and in a whole window with its dialogs and undo."""

from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QInputDialog, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from playground.gui.class_list import ClassList
from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT
from playground.session.dataset import empty_dataset
from tests.gui.eyes import read_tip
from tests.gui.hands import (
    LEFT,
    NONE,
    Hands,
    ask_for_menu,
    bring_up,
    delete_the_dying,
    named,
    return_to,
    same_drawing,
    unlikeness,
)

DATA = empty_dataset(3).with_points([[0.0, 1.0], [0.0, 1.0]], 0).with_points([[2.0], [2.0]], 2).with_name(2, "oak")

ADD = "Add a class: the network keeps what it knows and grows an output"


@pytest.fixture
def classes(qtbot: QtBot) -> ClassList:
    classes = ClassList()
    qtbot.addWidget(classes)
    bring_up(qtbot, classes, 260, 240)
    classes.show_dataset(DATA, 0)
    return classes


def buttons(classes: ClassList) -> list[QToolButton]:
    """The button of each class, first to last."""
    delete_the_dying()
    found = [button for button in classes.findChildren(QToolButton) if button.isCheckable()]
    return sorted(found, key=lambda button: int(button.text().split()[0]))


def heard_from(classes: ClassList) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []
    classes.chosen.connect(lambda label: heard.append(("chosen", label)))
    classes.added.connect(lambda: heard.append(("added", None)))
    classes.removed.connect(lambda label: heard.append(("removed", label)))
    classes.renamed.connect(lambda label, name: heard.append(("renamed", (label, name))))
    return heard


def answer(monkeypatch: pytest.MonkeyPatch, name: str, *, given: bool = True) -> list[str]:
    """Answer the question for a name; what was offered."""
    offered: list[str] = []

    def get_text(*_: Any, text: str = "") -> tuple[str, bool]:
        offered.append(text)
        return name, given

    monkeypatch.setattr(QInputDialog, "getText", get_text)
    return offered


def double_click(button: QToolButton) -> None:
    window = button.window()
    assert window is not None
    QTest.mouseDClick(window.windowHandle(), LEFT, NONE, button.mapTo(window, button.rect().center()))


# What it shows


def test_each_class_shows_its_number_name_and_count(classes: ClassList) -> None:
    texts = [button.text() for button in buttons(classes)]
    assert [text.split()[0] for text in texts] == ["1", "2", "3"]
    assert [text.split()[-1] for text in texts] == ["2", "0", "1"]
    assert "oak" in texts[2]
    assert [button.accessibleName() for button in buttons(classes)] == [
        "class 1, 2 points",
        "class 2, 0 points",
        "oak, 1 points",
    ]


def test_the_number_of_classes_is_told(classes: ClassList) -> None:
    for count in (3, 7, 2, 10):
        classes.show_dataset(empty_dataset(count), 0)
        assert len(buttons(classes)) == count
        assert any(label.text() == f"C = {count}" for label in classes.findChildren(QLabel))


def test_the_chosen_class_alone_is_marked(classes: ClassList) -> None:
    for current in (0, 2, 1):
        classes.show_dataset(DATA, current)
        assert [button.isChecked() for button in buttons(classes)] == [i == current for i in range(3)]


def test_each_class_shows_its_shape_in_its_colour(classes: ClassList) -> None:
    classes.show_dataset(DATA.without_class(1), 0)  # the styles that are left are 0 and 2
    for theme in (LIGHT, DARK):
        classes.set_theme(theme)
        for button, style in zip(buttons(classes), (0, 2), strict=True):
            image = button.icon().pixmap(16, 16).toImage()
            centre = image.pixelColor(image.width() // 2, image.height() // 2).name()
            assert unlikeness(centre, CLASS_COLOURS[style]) < 10


def test_a_long_name_is_cut_and_its_count_is_not(classes: ClassList) -> None:
    name = "a name that is longer than a button is wide"
    long = DATA.with_name(0, name)
    classes.show_dataset(long, 0)
    text = buttons(classes)[0].text()
    assert "…" in text
    assert text.endswith(" 2")
    assert name in read_tip(buttons(classes)[0].toolTip())


def test_the_tooltip_names_the_key(classes: ClassList) -> None:
    classes.show_dataset(empty_dataset(10), 0)
    for i, button in enumerate(buttons(classes)):
        assert f"key {(i + 1) % 10}" in button.toolTip()


# What it asks for


def test_a_click_chooses_a_class(classes: ClassList, qtbot: QtBot) -> None:
    heard = heard_from(classes)
    for i, button in enumerate(buttons(classes)):
        qtbot.mouseClick(button, LEFT)
        assert heard.pop() == ("chosen", i)
    assert heard == []


def test_plus_and_minus_add_a_class_and_remove_the_chosen_one(classes: ClassList, qtbot: QtBot) -> None:
    heard = heard_from(classes)
    classes.show_dataset(DATA, 1)
    signs = {button.text(): button for button in classes.findChildren(QToolButton) if not button.isCheckable()}
    qtbot.mouseClick(signs["+"], LEFT)
    qtbot.mouseClick(signs["−"], LEFT)
    assert heard == [("added", None), ("removed", 1)]


@pytest.mark.parametrize(("count", "more", "fewer"), [(2, True, False), (3, True, True), (10, False, True)])
def test_plus_and_minus_end_at_ten_and_two(classes: ClassList, count: int, more: bool, fewer: bool) -> None:
    classes.show_dataset(empty_dataset(count), 0)
    enabled = {b.text(): b.isEnabled() for b in classes.findChildren(QToolButton) if not b.isCheckable()}
    assert enabled == {"+": more, "−": fewer}


def test_a_double_click_asks_for_a_name(classes: ClassList, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = heard_from(classes)
    offered = answer(monkeypatch, "  setosa ")
    double_click(buttons(classes)[1])
    assert heard[-1] == ("renamed", (1, "setosa"))
    double_click(buttons(classes)[2])
    assert offered == ["", "oak"]
    assert heard[-1] == ("renamed", (2, "setosa"))


def test_a_name_that_is_taken_back_or_stays_renames_nothing(
    classes: ClassList, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = heard_from(classes)
    answer(monkeypatch, "setosa", given=False)
    double_click(buttons(classes)[1])
    answer(monkeypatch, " oak")
    double_click(buttons(classes)[2])
    assert [name for name, _ in heard if name == "renamed"] == []


def test_an_empty_name_takes_the_name_away_and_a_long_one_stays_whole(
    classes: ClassList, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = heard_from(classes)
    answer(monkeypatch, "")
    double_click(buttons(classes)[2])
    assert heard[-1] == ("renamed", (2, ""))
    answer(monkeypatch, "x" * 100)
    double_click(buttons(classes)[0])
    assert heard[-1] == ("renamed", (0, "x" * 100))


def menu_over(classes: ClassList, index: int) -> QMenu:
    ask_for_menu(buttons(classes)[index], QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def trigger(menu: QMenu, words: str, qtbot: QtBot) -> None:
    (action,) = [action for action in menu.actions() if words in action.text()]
    owner = menu.parentWidget()
    qtbot.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    menu.close()
    return_to(qtbot, owner.window() if owner else None)


def test_a_right_click_opens_a_menu_that_names_or_removes_that_class(
    classes: ClassList, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = heard_from(classes)
    trigger(menu_over(classes, 2), "Remove", qtbot)
    assert heard == [("removed", 2)]
    answer(monkeypatch, "setosa")
    trigger(menu_over(classes, 1), "Name", qtbot)
    assert heard[1:] == [("renamed", (1, "setosa"))]


def test_the_menu_removes_none_of_the_last_two(classes: ClassList, qtbot: QtBot) -> None:
    classes.show_dataset(empty_dataset(2), 0)
    heard = heard_from(classes)
    trigger(menu_over(classes, 0), "Remove", qtbot)
    assert heard == []


# In a window


def test_a_class_chosen_with_the_mouse_is_drawn_with(hands: Hands) -> None:
    for label in (2, 0, 1):
        hands.qtbot.mouseClick(buttons(hands.window.controls.classes)[label], LEFT)
        hands.click(hands.place(0.5, 0.5))
        assert hands.dataset.labels[-1] == label


def test_counts_follow_the_points(hands: Hands) -> None:
    def counts() -> list[int]:
        return [int(button.text().split()[-1]) for button in buttons(hands.window.controls.classes)]

    assert counts() == hands.dataset.counts().tolist()
    hands.key("2")
    hands.click(hands.place(0.5, 0.5))
    assert counts() == hands.dataset.counts().tolist()
    hands.undo()
    assert counts() == hands.dataset.counts().tolist()


def test_tab_goes_through_the_classes_in_their_order_new_ones_too(hands: Hands) -> None:
    classes = hands.window.controls.classes
    for _ in range(3):
        hands.choose("add_class")
    wanted = buttons(classes)
    hands.until(lambda: all(button.isVisible() for button in wanted))
    passed = []
    for _ in range(60):
        hands.key(Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    first = passed.index(wanted[0])
    assert passed[first : first + len(wanted)] == wanted
    assert named(classes, QToolButton, ADD) is passed[first - 1]


def test_renaming_removing_and_undo_in_a_window(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    start = hands.dataset
    answer(monkeypatch, "setosa")
    double_click(buttons(hands.window.controls.classes)[1])
    named = hands.dataset
    assert [label.name for label in named.classes] == ["", "setosa", ""]
    assert "setosa" in buttons(hands.window.controls.classes)[1].text()
    hands.key("3")
    hands.choose("remove_class")
    assert [label.name for label in hands.dataset.classes] == ["", "setosa"]
    assert hands.dataset.m == start.m - start.counts()[2]
    hands.undo()
    assert same_drawing(hands.dataset, named)
    hands.undo()
    assert same_drawing(hands.dataset, start)
    assert "setosa" not in buttons(hands.window.controls.classes)[1].text()


def test_a_name_reaches_the_maps(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "setosa")
    double_click(buttons(hands.window.controls.classes)[1])
    hands.settled()
    texts = [label.text() for label in hands.window.maps.findChildren(QLabel)]
    assert any("setosa" in text for text in texts)


def test_an_ampersand_in_a_name_is_shown_as_it_is(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "R&D")
    double_click(buttons(hands.window.controls.classes)[1])
    assert hands.dataset.classes[1].name == "R&D"
    assert "R&&D" in buttons(hands.window.controls.classes)[1].text()  # a single one would underline the D


def test_adding_a_class_while_training_keeps_the_run_and_its_points_are_learned(hands: Hands) -> None:
    hands.train_as_fast_as_possible()
    run = hands.run_id
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step > 50)
    more = next(b for b in hands.window.controls.classes.findChildren(QToolButton) if b.text() == "+")
    hands.qtbot.mouseClick(more, LEFT)
    for i in range(12):
        hands.click(hands.place(0.08, 0.06 + 0.01 * i))
    hands.until(lambda: hands.snapshot.dataset is hands.dataset)
    step = hands.step
    hands.until(lambda: hands.step > step + 400)
    hands.key(Qt.Key.Key_Space)
    hands.settled()
    assert hands.run_id == run
    assert {own_run for own_run, _ in hands.runs_and_steps} == {run}
    steps = [made for _, made in hands.runs_and_steps]
    assert steps == sorted(steps)
    assert (hands.probabilities(hands.dataset.X[:, -12:]).argmax(axis=0) == 3).all()
    assert hands.share_right() > 0.97
