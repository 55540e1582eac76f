"""The confusion matrix in the window: its counts, and a cell that leads to its points, by clicks and by keys."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QTableView, QTableWidget, QToolButton

from playground.gui.pages.points.confusion_table import ConfusionTable, shade
from playground.gui.palette import DARK, LIGHT, Theme, luminance
from playground.session.confusion import Cell
from playground.session.dataset import ClassLabel, Dataset
from tests.gui.eyes import read_tip
from tests.gui.hands import LEFT, Hands, turn

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
TRAIN, TEST = "Confusion matrix of the training points", "Confusion matrix of the test points"


def to_points(hands: Hands) -> None:
    hands.key(Key.Key_2, ALT)
    hands.until(lambda: hands.snapshot.confusion is not None)
    hands.settled()
    hands.plane.setFocus()  # where Space trains


def matrix(hands: Hands, name: str = TRAIN) -> QTableWidget:
    return hands.find(ConfusionTable, name)


def texts(table: QTableWidget) -> list[list[int]]:
    return [[int(table.item(i, j).text()) for j in range(table.columnCount())] for i in range(table.rowCount())]


def click_cell(hands: Hands, row: int, column: int, name: str = TRAIN) -> None:
    table = matrix(hands, name)
    hands.window.explanations.page.parentWidget().parentWidget().ensureWidgetVisible(table)
    place = table.visualItemRect(table.item(row, column)).center()
    hands.qtbot.mouseClick(table.viewport(), LEFT, pos=place)


def expected(hands: Hands, *, is_test: bool) -> Counter[tuple[int, int]]:
    """By an evaluation of the test's own: how many of each class are taken for which."""
    dataset = hands.dataset
    chosen = dataset.is_test(hands.controller.settings.test_share) == is_test
    taken = hands.probabilities(dataset.X).argmax(axis=0)
    return Counter(zip(dataset.labels[chosen].tolist(), taken[chosen].tolist(), strict=True))


def framed(hands: Hands) -> set[tuple[float, float]]:
    """The points that have a square round them on the plane."""
    path = hands.plane._overlays._frames.path()
    ends = np.array([(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]).reshape(
        -1, 6, 2
    )  # the gap repeats a corner
    middles = (ends[:, 0] + ends[:, 2]) / 2
    X = hands.dataset.X
    near = [int(np.hypot(*(X - middle[:, None])).argmin()) for middle in middles]
    assert np.allclose(X[:, near].T, middles, atol=1e-6) if near else True
    return {(float(X[0, i]), float(X[1, i])) for i in near}


def listed(hands: Hands) -> list[int]:
    model = hands.find(QTableView, "All points").model()
    return [int(model.index(row, 0).data()) - 1 for row in range(model.rowCount())]


def members(hands: Hands, label: int | None, taken: int | None, *, is_test: bool = False) -> list[int]:
    dataset = hands.dataset
    found = dataset.is_test(hands.controller.settings.test_share) == is_test
    answers = hands.probabilities(dataset.X).argmax(axis=0)
    if label is not None:
        found = found & (dataset.labels == label)
    if taken is not None:
        found = found & (answers == taken)
    return np.flatnonzero(found).tolist()


def places(hands: Hands, index: list[int]) -> set[tuple[float, float]]:
    return {(float(hands.dataset.X[0, i]), float(hands.dataset.X[1, i])) for i in index}


def chips(hands: Hands) -> list[str]:
    found = [label for label in hands.plane.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in found if label.text().startswith("Framed")]


def test_its_counts_are_those_of_the_network_on_these_points_and_add_up(hands: Hands) -> None:
    hands.controller.set_setting("test_share", 0.25)
    to_points(hands)
    for _ in range(2):
        for name, is_test in ((TRAIN, False), (TEST, True)):
            found, by_hand = texts(matrix(hands, name)), expected(hands, is_test=is_test)
            assert [[by_hand[i, j] for j in range(3)] for i in range(3)] == [row[:3] for row in found[:3]]
            assert [sum(row[:3]) for row in found] == [row[3] for row in found]
            assert [sum(column[:3]) for column in zip(*found, strict=True)] == found[3]
        hands.trained_to(30)
    assert matrix(hands, TEST).isVisible()
    hands.controller.set_setting("test_share", 0.0)
    hands.until(lambda: hands.snapshot.dataset.m == texts(matrix(hands))[3][3])
    assert not matrix(hands, TEST).isVisible()


def test_it_follows_the_training_on_every_frame(hands: Hands) -> None:
    to_points(hands)
    seen: list[bool] = []
    accuracies = set()

    def compare(snapshot: object) -> None:
        shown = hands.snapshot
        if shown.confusion is not None and shown.accuracy is not None:
            found = texts(matrix(hands))
            right = Fraction(sum(found[i][i] for i in range(3)), found[3][3])
            seen.append(abs(right - Fraction(shown.accuracy)) < Fraction(1, 10**9))
            accuracies.add(right)

    compare(hands.snapshot)
    hands.controller.snapshot_ready.connect(compare)
    hands.trained_to(60)
    assert all(seen)
    assert len(accuracies) > 1


def test_a_click_on_a_cell_frames_its_points_and_lists_them(hands: Hands) -> None:
    to_points(hands)
    click_cell(hands, 0, 2)
    hands.settled()
    wanted = members(hands, 0, 2)
    assert len(wanted) > 5
    assert framed(hands) == places(hands, wanted)
    assert sorted(listed(hands)) == wanted
    assert chips(hands) == ["Framed: the training points of class 1 that are taken for class 3."]
    click_cell(hands, 3, 2)  # a total
    hands.settled()
    wanted = members(hands, None, 2)
    assert framed(hands) == places(hands, wanted)
    assert sorted(listed(hands)) == wanted
    click_cell(hands, 3, 2)
    hands.settled()
    assert framed(hands) == set()
    assert listed(hands) == list(range(hands.dataset.m))
    assert chips(hands) == []


def test_what_is_framed_follows_the_training_and_keeps_its_order(hands: Hands) -> None:
    to_points(hands)
    click_cell(hands, 0, 3)  # every point of class 1
    click_cell(hands, 0, 2)
    table = hands.find(QTableView, "All points")
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    before = listed(hands)
    hands.trained_to(12)
    hands.round_trip()
    after_training = listed(hands)
    assert set(after_training) == set(members(hands, 0, 2))
    assert after_training != before
    losses = [float(table.model().index(row, 2).data()) for row in range(table.model().rowCount())]
    assert losses == sorted(losses, reverse=True)
    assert framed(hands) == places(hands, after_training)


def test_keys_reach_it_choose_a_cell_and_let_it_go(hands: Hands) -> None:
    to_points(hands)
    hands.key(Key.Key_2, ALT)
    for _ in range(4):
        if QApplication.focusWidget() is matrix(hands):
            break
        hands.key(Key.Key_Tab)
    assert QApplication.focusWidget() is matrix(hands)
    hands.key(Key.Key_Return)
    assert hands.controller.looking.cell == Cell(False, 0, 0)
    for key, cell in (
        (Key.Key_Right, Cell(False, 0, 1)),
        (Key.Key_Down, Cell(False, 1, 1)),
        (Key.Key_End, Cell(False, 1, None)),
        (Key.Key_Return, None),
        (Key.Key_Return, Cell(False, 1, None)),
        (Key.Key_Escape, None),
    ):
        hands.key(key)
        assert hands.controller.looking.cell == cell
    hands.settled()
    assert framed(hands) == set()
    hands.key(Key.Key_Space)
    assert hands.running
    hands.key(Key.Key_Space)


def test_the_chip_s_cross_and_the_page_s_button_let_it_go_and_esc_first_lets_the_pin_go(hands: Hands) -> None:
    to_points(hands)
    click_cell(hands, 0, 0)
    cross = "Take this away: Framed: the training points of class 1 that are rightly taken for it."
    hands.qtbot.mouseClick(hands.find(QToolButton, cross), LEFT)
    assert hands.controller.looking.cell is None
    click_cell(hands, 0, 0)
    hands.qtbot.mouseClick(hands.find(QToolButton, "All points"), LEFT)
    assert hands.controller.looking.cell is None
    click_cell(hands, 0, 0)
    hands.window.probing.pin_to(3)
    hands.key(Key.Key_Escape)
    assert hands.controller.looking.cell is not None
    hands.key(Key.Key_Escape)
    assert hands.controller.looking.cell is None


def test_another_page_frames_nothing_and_the_way_back_frames_them_again(hands: Hands) -> None:
    to_points(hands)
    click_cell(hands, 0, 2)
    hands.settled()
    hands.key(Key.Key_1, ALT)
    hands.settled()
    assert framed(hands) == set()
    assert chips(hands) == []
    to_points(hands)
    wanted = places(hands, members(hands, 0, 2))
    hands.until(lambda: framed(hands) == wanted)
    assert matrix(hands).selectedIndexes()[0].row() == 0


def test_names_stand_in_the_tips_as_text(hands: Hands) -> None:
    to_points(hands)
    hands.controller.rename_class(1, "<b>cat</b>")
    hands.settled()
    item = matrix(hands).item(0, 1)
    assert "class 2 (<b>cat</b>)" in read_tip(item.toolTip())
    assert not Qt.mightBeRichText(item.toolTip())  # type: ignore[attr-defined]  # the stubs leave it out
    assert "class 2 (<b>cat</b>)" in str(item.data(Qt.ItemDataRole.AccessibleDescriptionRole))


@pytest.mark.parametrize(("C", "m"), [(2, 60), (10, 300), (10, 90_000)])
def test_nothing_is_cut_from_2_to_10_classes(hands: Hands, C: int, m: int) -> None:
    rng = np.random.default_rng(0)
    labels = np.arange(m) % C
    classes = tuple(ClassLabel(i, "") for i in range(C))
    table = ConfusionTable("a matrix", is_test=False)
    counts = np.zeros((C + 1, C + 1), int)
    counts[:C, :C] = rng.integers(0, m // C, (C, C))
    counts[C, C] = m
    table.show_counts(counts, Dataset(rng.normal(size=(2, m)), labels, rng.random(m), classes))
    hands.qtbot.addWidget(table)
    table.resize(390, table.height())
    table.show()
    turn(hands.qtbot)
    for row in range(C + 1):
        for column in range(C + 1):
            item = table.item(row, column)
            room = table.visualItemRect(item).width()
            assert table.fontMetrics().horizontalAdvance(item.text()) <= room - 4
    for place in range(C):
        title = table.fontMetrics().horizontalAdvance(str(place + 1))
        assert table.columnWidth(place) >= 12 + title + 8
        assert table.verticalHeader().width() >= 12 + title + 8
    assert table.verticalScrollBar().maximum() == 0
    assert (table.horizontalScrollBar().maximum() == 0) == (m < 90_000)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_counts_can_be_read_on_every_shade(theme: Theme) -> None:
    def contrast(first: str, second: str) -> float:
        low, high = sorted((luminance(first), luminance(second)))
        return (high + 0.05) / (low + 0.05)

    for row, column in ((0, 0), (0, 1), (2, 0)):
        grounds = [shade(row, column, 2, share, theme) for share in np.linspace(0, 1, 21)]
        assert min(contrast(theme.text, ground) for ground in grounds) >= 4.5
        assert len(set(grounds)) > 15 or row == 2
    assert contrast(theme.muted, shade(0, 1, 2, 0, theme)) >= 4.5
