"""The page of the points, by clicks and keys: its sums and means, the largest losses, the table of every point."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QEnterEvent, QPixmap
from PyQt6.QtWidgets import QApplication, QCheckBox, QLabel, QScrollArea, QTableView
from pytestqt.qtbot import QtBot

from playground.gui.pages import points_page
from playground.gui.pages.cost_sum import CostSum, sum_texts
from playground.gui.pages.points_page import PointsPage
from playground.gui.palette import CLASS_COLOURS, DARK, LIGHT, Theme
from playground.gui.parts.number_table import NumberTable
from playground.gui.top_bar import cost_text
from playground.session.dataset import ClassLabel, Dataset, class_labels
from playground.session.digits import read
from playground.session.light import UNLIT, Light
from playground.session.looking import Looking
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.hands import LEFT, Matrix, are_near, bring_up, named, pixels_of, send_leave, turn

NEVER = 10**9  # ms
ALL, WORST = "All points", "The ten largest losses"
POINT, CLASS, LOSS, X1 = 0, 1, 2, 3  # columns of the table of all points
SORTED_UP, SORTED_DOWN = "▴", "▾"


def some_points(m: int = 40, C: int = 3, names: tuple[str, ...] = ()) -> Dataset:
    rng = np.random.default_rng(1)
    labels = np.arange(m) % C
    X = np.stack([np.cos(labels * 2.0), np.sin(labels * 2.0)]) + 0.5 * rng.normal(size=(2, m))
    classes = tuple(ClassLabel(i, name) for i, name in enumerate(names)) or class_labels(C)
    return Dataset(X, labels, (np.arange(m) + 0.5) / m, classes)


def taught(dataset: Dataset, steps: int = 30, probe: int | None = None, **settings: float) -> Snapshot:
    """The snapshot after some steps, with the probe on a point."""
    point = None if probe is None else (float(dataset.X[0, probe]), float(dataset.X[1, probe]))
    trainer = Trainer(Request(dataset, Settings(**settings), probe=point, pictures=frozenset({"points"})))
    for _ in range(steps):
        trainer.step()
    return trainer.snapshot()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[PointsPage]:
    area, page = QScrollArea(), PointsPage()
    area.setWidgetResizable(True)
    area.setWidget(page)
    qtbot.addWidget(area)
    bring_up(qtbot, area, 410, 600)
    yield page


def texts(page: PointsPage) -> list[str]:
    """What the page says in words."""
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and " " in label.text()]


def rows(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [[str(model.index(i, j).data()) for j in range(model.columnCount())] for i in range(model.rowCount())]


def column(page: PointsPage, index: int, name: str = ALL) -> list[str]:
    return [row[index] for row in rows(named(page, QTableView, name))]


def titles(table: QTableView) -> list[str]:
    model = table.model()
    return [str(model.headerData(i, Qt.Orientation.Horizontal)) for i in range(model.columnCount())]


def number(text: str) -> float:
    return read(text.replace(" %", ""))


def selected(table: QTableView) -> list[int]:
    """The numbers of the points whose rows are selected."""
    at = [title.partition(" ")[0] for title in titles(table)].index("point")
    return [int(table.model().index(index.row(), at).data()) for index in table.selectionModel().selectedRows()]


def scroll_to(page: PointsPage, table: QTableView) -> None:
    area = page.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    area.ensureWidgetVisible(table)


def click_row(qtbot: QtBot, table: QTableView, row: int, column: int = 1) -> None:
    index = table.model().index(row, column)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())


def click_title(qtbot: QtBot, table: QTableView, index: int) -> None:
    header = table.horizontalHeader()
    table.scrollTo(table.model().index(0, index))
    place = QPoint(header.sectionViewportPosition(index) + header.sectionSize(index) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)


@pytest.fixture
def chosen(page: PointsPage) -> list[int]:
    found: list[int] = []
    page.point_chosen.connect(found.append)
    return found


# Overlays


def test_the_boxes_wish_for_overlays_and_show_what_is_on(page: PointsPage, qtbot: QtBot) -> None:
    wishes: list[tuple[str, bool]] = []
    page.overlay_switched.connect(lambda name, on: wishes.append((name, on)))
    haloes, missed = named_box(page, "Loss as haloes"), named_box(page, "Mark misclassified points")
    qtbot.mouseClick(haloes, LEFT, pos=QPoint(8, haloes.height() // 2))
    page.show_looking(Looking(overlays=frozenset({"haloes", "misses"})))
    assert missed.isChecked()
    missed.setFocus()
    qtbot.keyClick(missed, Qt.Key.Key_Space)
    page.show_looking(Looking(overlays=frozenset({"ties"})))
    assert not haloes.isChecked()
    assert wishes == [("haloes", True), ("misses", False)]


def named_box(page: PointsPage, text: str) -> QCheckBox:
    (box,) = [box for box in page.findChildren(QCheckBox) if box.text() == text]
    return box


def test_the_misses_are_counted_those_held_out_apart(page: PointsPage) -> None:
    snapshot = taught(some_points(), 0, test_share=0.25)
    page.show_snapshot(snapshot)
    assert snapshot.answers is not None
    missed = snapshot.answers.Z.argmax(axis=0) != snapshot.dataset.labels
    is_test = snapshot.dataset.ranks < 0.25
    line = (
        f"Misclassified: {(missed & ~is_test).sum()} of 30 training points, {(missed & is_test).sum()} of 10 held-out"
    )
    assert any(text.startswith(line) for text in texts(page))
    assert missed.any()


# How they add up


def sum_numbers(page: PointsPage) -> list[str]:
    (view,) = page.findChildren(CostSum)
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible() and label.text() not in "+="]


@pytest.mark.parametrize("l2", [0.0, 0.5])
def test_mean_loss_and_penalty_are_those_of_the_textbook_and_add_up_to_j(page: PointsPage, l2: float) -> None:
    snapshot = taught(some_points(), l2=l2, hidden=())
    page.show_snapshot(snapshot)
    X, labels, m = snapshot.dataset.X, snapshot.dataset.labels, 40
    theta = snapshot.parameters.astype(float).reshape(3, 3)  # [W b]
    losses = []
    for i in range(m):
        z = [row[0] * X[0, i] + row[1] * X[1, i] + row[2] for row in theta]
        losses.append(-math.log(math.exp(z[labels[i]]) / sum(math.exp(value) for value in z)))
    mean, penalty = sum(losses) / m, l2 / (2 * m) * float((theta[:, :2] ** 2).sum())
    found = sum_numbers(page)
    assert f"m = {m}" in found
    shown = [number(text) for text in found if text != f"m = {m}"]
    expected = [mean, penalty, mean + penalty] if l2 else [mean, mean]
    assert shown == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize("cost", [123456.0, 321.5, 12.34567, 1.0, 0.4567891, 0.0098765, 0.00012345, 3.2e-7])
def test_j_has_the_digits_of_the_top_bar_and_more(cost: float) -> None:
    shown = number(sum_texts(cost, 0.0, cost)[2])
    assert cost_text(shown) == cost_text(cost)


def test_the_summands_have_as_many_decimals_as_j() -> None:
    assert sum_texts(0.268917, 0.0070331, 0.27595) == ("0.26892", "0.00703", "0.27595")


def test_an_unknown_j_is_said_to_be_unknown(page: PointsPage) -> None:
    snapshot = replace(taught(some_points()), cost=None)
    page.show_snapshot(snapshot)
    assert "–" in sum_numbers(page)


def test_l_and_j_light_up_and_are_reported(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points()))
    lights: list[Light] = []
    page.lit.connect(lights.append)
    (view,) = page.findChildren(CostSum)
    total = view.findChildren(QLabel)[4]
    page.show_light(Light("J"))
    assert total.font().underline()
    page.show_light(UNLIT)
    assert not total.font().underline()
    QApplication.sendEvent(total, enter_event())
    send_leave(total)
    assert lights == [Light("J"), UNLIT]


def enter_event() -> QEnterEvent:
    return QEnterEvent(QPointF(), QPointF(), QPointF())


# Means


def test_mean_probabilities_and_shares_are_over_the_training_points(page: PointsPage) -> None:
    snapshot = taught(some_points(), test_share=0.25)
    page.show_snapshot(snapshot)
    assert snapshot.answers is not None
    trained = snapshot.dataset.ranks >= 0.25
    (means,) = page.findChildren(NumberTable)
    shown = [label.text() for label in means.findChildren(QLabel) if label.isVisible() and label.text()]
    for label in range(3):
        mean = snapshot.answers.Y_hat[label, trained].mean()
        share = (snapshot.dataset.labels[trained] == label).mean()
        assert f"{mean:.4f}" in shown
        assert f"{share:.4f}" in shown
        assert f"{mean - share:+.4f}".replace("-", "−") in shown


def test_where_the_biases_are_at_rest_the_difference_is_nothing(page: PointsPage) -> None:
    snapshot = taught(some_points(), 3000, hidden=(), l2=2.0, learning_rate=1.0, optimizer="gradient descent")
    page.show_snapshot(snapshot)
    (means,) = page.findChildren(NumberTable)
    shown = [label.text() for label in means.findChildren(QLabel)]
    assert sum(text.lstrip("+−") == "0.0000" for text in shown) == 3


# The largest losses


def test_the_ten_largest_losses_are_listed_largest_first(page: PointsPage) -> None:
    snapshot = taught(some_points(), test_share=0.25, l2=0.5)
    page.show_snapshot(snapshot)
    assert snapshot.answers is not None
    assert snapshot.cost is not None
    losses = snapshot.answers.losses
    trained = np.flatnonzero(snapshot.dataset.ranks >= 0.25)
    worst = sorted(trained, key=lambda i: -losses[i])[:10]
    assert [int(text) for text in column(page, 1, WORST)] == [i + 1 for i in worst]
    for row, i in zip(rows(named(page, QTableView, WORST)), worst, strict=True):
        own = snapshot.answers.Y_hat[snapshot.dataset.labels[i], i]
        share = 100 * losses[i] / 30 / snapshot.cost
        expected = [*snapshot.dataset.X[:, i], own, losses[i], share]
        assert [number(text) for text in row[2:]] == pytest.approx(expected, rel=6e-3, abs=0.06)
        assert -math.log(number(row[4])) == pytest.approx(number(row[5]), abs=0.02)


def test_the_list_fits_without_scrolling(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points(400), 100))
    table = named(page, QTableView, WORST)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0 == table.verticalScrollBar().maximum())


def test_fewer_points_make_a_shorter_list(page: PointsPage) -> None:
    page.show_snapshot(taught(some_points(6)))
    assert len(column(page, 1, WORST)) == 6
    page.show_snapshot(taught(some_points(40)))
    assert len(column(page, 1, WORST)) == 10


@pytest.mark.parametrize("name", [ALL, WORST])
def test_a_click_or_a_key_on_a_row_goes_to_its_point(
    name: str, page: PointsPage, chosen: list[int], qtbot: QtBot
) -> None:
    page.show_snapshot(taught(some_points()))
    table = named(page, QTableView, name)
    numbers = [int(text) - 1 for text in column(page, 0 if name == ALL else 1, name)]
    click_row(qtbot, table, 2)
    assert chosen == [numbers[2]]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen == [numbers[2], numbers[3]]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen == [numbers[2], numbers[3], numbers[3]]
    click_row(qtbot, table, 3)
    assert chosen[3:] == [numbers[3]]


# The table of every point


def test_every_point_has_a_row_with_its_numbers(page: PointsPage) -> None:
    snapshot = taught(some_points(names=("red", "", "a very long name")), test_share=0.25)
    page.show_snapshot(snapshot)
    answers, dataset = snapshot.answers, snapshot.dataset
    assert answers is not None
    table = named(page, QTableView, ALL)
    assert titles(table) == ["point ▴", "class", "L", "x₁", "x₂", "ŷ₁", "ŷ₂", "ŷ₃", "z₁", "z₂", "z₃"]
    names = ("red", "2", "a very lo…")
    for i, row in enumerate(rows(table)):
        assert row[POINT] == str(i + 1)
        assert row[CLASS] == names[dataset.labels[i]] + (" test" if dataset.ranks[i] < 0.25 else "")
        z = [number(text) for text in row[8:]]
        exponentials = [math.exp(value) for value in z]
        shares = [value / sum(exponentials) for value in exponentials]
        assert [number(text) for text in row[5:8]] == pytest.approx(shares, abs=2e-3)
        assert number(row[LOSS]) == pytest.approx(-math.log(shares[dataset.labels[i]]), rel=1e-2, abs=2e-3)
        assert [number(text) for text in row[3:5]] == pytest.approx(dataset.X[:, i], rel=1e-3)
    assert [str(table.model().headerData(i, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)) != "" for i in
            range(11)] == [True] * 11  # fmt: skip


def test_the_losses_of_the_table_have_the_mean_that_is_shown(page: PointsPage) -> None:
    page.show_snapshot(taught(some_points()))
    mean = sum(number(text) for text in column(page, LOSS)) / 40
    assert number(sum_numbers(page)[0]) == pytest.approx(mean, rel=1e-3)


def test_a_click_on_a_title_sorts_by_numbers_and_another_turns_it_round(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points()))
    table = named(page, QTableView, ALL)
    for index in (X1, LOSS, 9):
        for turned, arrow in ((False, SORTED_UP), (True, SORTED_DOWN)):
            click_title(qtbot, table, index)
            found = [number(text) for text in column(page, index)]
            assert found == sorted(found, reverse=turned)
            assert [title for title in titles(table) if title[-1] in "▴▾"] == [titles(table)[index]]
            assert titles(table)[index].endswith(arrow)


def test_equal_numbers_are_sorted_by_point_both_ways(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points()))
    table = named(page, QTableView, ALL)
    for order in ("123", "321"):
        click_title(qtbot, table, CLASS)
        found = [(row[CLASS], int(row[POINT])) for row in rows(table)]
        assert found == sorted(found, key=lambda row: (order.index(row[0]), row[1]))


def test_ctrl_and_an_arrow_sort_by_the_cursor_s_column(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points()))
    table = named(page, QTableView, ALL)
    click_row(qtbot, table, 0, LOSS)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    found = [number(text) for text in column(page, LOSS)]
    assert found == sorted(found, reverse=True)
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [number(text) for text in column(page, LOSS)] == found[::-1]


def test_the_order_stays_the_chosen_one_as_the_losses_change(page: PointsPage, qtbot: QtBot) -> None:
    dataset = some_points()
    page.show_snapshot(taught(dataset, 0))
    click_title(qtbot, named(page, QTableView, ALL), LOSS)
    before = column(page, POINT)
    page.show_snapshot(taught(dataset, 60))
    found = [number(text) for text in column(page, LOSS)]
    assert found == sorted(found)
    assert column(page, POINT) != before


def test_what_is_selected_goes_with_its_point_and_is_not_chosen_anew(
    page: PointsPage, chosen: list[int], qtbot: QtBot
) -> None:
    dataset = some_points()
    page.show_snapshot(taught(dataset, 0, probe=5))
    table = named(page, QTableView, ALL)
    assert selected(table) == [6]
    click_title(qtbot, table, LOSS)
    assert selected(table) == [6]
    page.show_snapshot(taught(dataset, 60, probe=5))
    assert selected(table) == [6]
    assert chosen == []


def test_the_probe_s_point_is_selected_and_scrolled_to_without_being_chosen(
    page: PointsPage, chosen: list[int]
) -> None:
    dataset = some_points(400)
    page.show_snapshot(taught(dataset, probe=350))
    table = named(page, QTableView, ALL)
    assert selected(table) == [351]
    shown = table.visualRect(table.model().index(350, 0))
    assert table.viewport().rect().contains(shown.center())
    page.show_snapshot(taught(dataset))
    assert selected(table) == []
    assert chosen == []


def test_of_points_at_the_same_place_the_chosen_one_stays_selected(
    page: PointsPage, chosen: list[int], qtbot: QtBot
) -> None:
    dataset = some_points()
    dataset = replace(dataset, X=np.hstack([dataset.X[:, :20], dataset.X[:, :20]]))
    page.show_snapshot(taught(dataset))
    table = named(page, QTableView, ALL)
    click_row(qtbot, table, 4)
    snapshot = taught(dataset, probe=4)
    assert snapshot.example is not None
    assert snapshot.example.index == 24
    page.show_snapshot(snapshot)
    assert selected(table) == [5]
    assert chosen == [4]


def test_a_probe_that_lags_behind_the_keys_does_not_pull_the_cursor_back(
    page: PointsPage, chosen: list[int], qtbot: QtBot
) -> None:
    dataset = some_points()
    page.show_snapshot(taught(dataset))
    table = named(page, QTableView, ALL)
    click_row(qtbot, table, 4)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    page.show_snapshot(taught(dataset, probe=4))
    assert selected(table) == [6]
    page.show_snapshot(taught(dataset, probe=5))
    assert selected(table) == [6]
    assert chosen == [4, 5]


def test_held_out_points_have_hollow_markers(page: PointsPage) -> None:
    page.show_snapshot(taught(some_points(), test_share=0.25))
    model = named(page, QTableView, ALL).model()
    filled = [centre_of_marker(model.index(i, CLASS).data(Qt.ItemDataRole.DecorationRole)) for i in (39, 0)]
    assert are_near(filled[0], CLASS_COLOURS[0], 8)
    assert are_near(filled[1], LIGHT.paper, 8)


def centre_of_marker(pixmap: QPixmap) -> Matrix:
    image = pixmap.toImage()
    found: Matrix = pixels_of(image)[image.height() // 2, image.width() // 2]
    return found


def test_no_number_is_wider_than_its_column(page: PointsPage) -> None:
    dataset = some_points(120)
    far = replace(dataset, X=dataset.X * np.array([[-1.234567e-7], [98765.4321]]))
    page.show_snapshot(taught(far, 5, learning_rate=10.0))
    for name in (ALL, WORST):
        table = named(page, QTableView, name)
        metrics = table.fontMetrics()
        for j in range(table.model().columnCount()):
            room = table.columnWidth(j) - 6 - (18 if titles(table)[j] == "class" else 0)
            widest = max(metrics.horizontalAdvance(text) for text in column(page, j, name))
            assert widest <= room, titles(table)[j]


@pytest.mark.parametrize("C", [2, 10])
def test_two_and_ten_classes(page: PointsPage, C: int) -> None:
    page.show_snapshot(taught(some_points(60, C)))
    assert len(titles(named(page, QTableView, ALL))) == 5 + 2 * C
    assert titles(named(page, QTableView, ALL))[-1] == {2: "z₂", 10: "z₁₀"}[C]


def test_classes_come_and_go_and_the_order_stays(page: PointsPage, qtbot: QtBot) -> None:
    dataset = some_points()
    page.show_snapshot(taught(dataset))
    table = named(page, QTableView, ALL)
    click_title(qtbot, table, 7)
    assert titles(table)[7] == "ŷ₃ ▴"
    page.show_snapshot(taught(dataset.with_class()))
    assert titles(table)[7] == "ŷ₃ ▴"
    found = [number(text) for text in column(page, 7)]
    assert found == sorted(found)
    click_title(qtbot, table, 8)
    assert titles(table)[8] == "ŷ₄ ▴"
    page.show_snapshot(taught(dataset.without_class(0)))
    assert titles(table)[0] == "point ▴"
    assert column(page, 0) == [str(i + 1) for i in range(len(column(page, 0)))]


def test_a_hundred_thousand_points_are_sorted(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points(100_000), 0))
    table = named(page, QTableView, ALL)
    click_title(qtbot, table, LOSS)
    losses = [number(str(table.model().index(row, LOSS).data())) for row in range(0, 100_000, 5000)]
    assert losses == sorted(losses)


# While training


def test_while_training_the_tables_are_written_a_few_times_a_second(
    page: PointsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 200 <= points_page.REFRESH_MS <= 500
    monkeypatch.setattr(points_page, "REFRESH_MS", NEVER)
    dataset = some_points()
    page.show_snapshot(replace(taught(dataset, 0), running=True))
    before = column(page, LOSS)
    later = replace(taught(dataset, 40), running=True)
    page.show_snapshot(later)
    assert column(page, LOSS) == before
    assert sum_numbers(page)[0] == f"{later.cost:.5f}"  # the sum is up to date meanwhile
    monkeypatch.setattr(points_page, "REFRESH_MS", 0)
    page.show_snapshot(later)
    assert column(page, LOSS) != before


def test_paused_or_with_other_points_the_tables_are_written_at_once(page: PointsPage) -> None:
    dataset = some_points()
    page.show_snapshot(replace(taught(dataset, 0), running=True))
    before = column(page, LOSS)
    page.show_snapshot(taught(dataset, 40))
    assert column(page, LOSS) != before
    page.show_snapshot(replace(taught(some_points(50), 40), running=True))
    assert len(column(page, LOSS)) == 50


def test_while_training_a_row_of_each_table_is_painted_in_a_frame_and_a_pause_paints_the_rest(
    page: PointsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = some_points()
    page.show_snapshot(replace(taught(dataset, 0), running=True))
    worst = named(page, QTableView, WORST)
    scroll_to(page, worst)
    painted: list[tuple[int, int]] = []
    worst.model().dataChanged.connect(lambda first, last: painted.append((first.row(), last.row())))
    later = replace(taught(dataset, 40), running=True)
    monkeypatch.setattr(points_page, "REFRESH_MS", 0)
    page.show_snapshot(later)
    monkeypatch.setattr(points_page, "REFRESH_MS", NEVER)
    for _ in range(3):
        page.show_snapshot(later)
    assert painted == [(row, row) for row in range(4)]
    page.show_snapshot(replace(later, running=False))
    assert painted[4:] == [(4, 9)]
    page.show_snapshot(replace(later, running=False))
    assert len(painted) == 5


def test_looking_about_while_paused_writes_nothing_anew(page: PointsPage) -> None:
    dataset = some_points()
    page.show_snapshot(taught(dataset))
    written = count_changes(named(page, QTableView, ALL))
    page.show_snapshot(taught(dataset, probe=3))
    assert written() == 0
    page.show_snapshot(taught(dataset, test_share=0.5))
    assert written() > 0


def count_changes(table: QTableView) -> Callable[[], int]:
    changes: list[object] = []
    table.model().dataChanged.connect(lambda *_: changes.append(None))
    return lambda: len(changes)


# Lights


def test_a_column_lights_its_term_and_is_lit_by_it(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points()))
    lights: list[Light] = []
    page.lit.connect(lights.append)
    table = named(page, QTableView, ALL)
    turn(qtbot)  # once it is laid out
    scroll_to(page, table)
    table.scrollTo(table.model().index(0, 6))
    qtbot.mouseMove(table.viewport(), table.visualRect(table.model().index(1, 6)).center())
    assert lights[-1] == Light("y_hat", 1)
    send_leave(table)
    assert lights[-1] == UNLIT
    page.show_light(Light("L"))
    model = table.model()
    tinted = [isinstance(model.index(0, j).data(Qt.ItemDataRole.BackgroundRole), QColor) for j in range(11)]
    assert tinted == [j == LOSS for j in range(11)]


# Where there is nothing to show


def test_without_points_the_page_says_what_to_do(page: PointsPage) -> None:
    page.show_snapshot(taught(some_points()))
    page.show_snapshot(taught(some_points().cleared()))
    assert any("No points yet" in text for text in texts(page))
    assert not named(page, QTableView, ALL).isVisible()
    page.show_snapshot(taught(some_points()))
    assert not any("No points yet" in text for text in texts(page))
    assert named(page, QTableView, ALL).isVisible()


def test_with_every_point_held_out_there_is_no_j_but_a_table(page: PointsPage) -> None:
    dataset = some_points()
    page.show_snapshot(taught(replace(dataset, ranks=np.zeros(40)), test_share=0.5))
    assert any("held out" in text and "no J" in text for text in texts(page))
    assert named(page, QTableView, ALL).isVisible()
    assert not named(page, QTableView, WORST).isVisible()


def test_before_the_losses_are_there_the_page_says_so(page: PointsPage) -> None:
    page.show_snapshot(replace(taught(some_points()), answers=None))
    assert any("on their way" in text for text in texts(page))
    assert not named(page, QTableView, ALL).isVisible()


# The look


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_is_cut_off_in_a_narrow_column(theme: Theme, page: PointsPage, qtbot: QtBot) -> None:
    page.set_theme(theme)
    page.show_snapshot(taught(some_points(400, 10), l2=0.1, test_share=0.2))
    assert page.minimumSizeHint().width() <= 392
    turn(qtbot)  # once it is laid out
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()


def test_tab_leads_through_the_boxes_and_the_tables(page: PointsPage, qtbot: QtBot) -> None:
    page.show_snapshot(taught(some_points()))
    named_box(page, "Loss as haloes").setFocus()
    visited = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    tables = [named(page, QTableView, name) for name in ("Confusion matrix of the training points", WORST, ALL)]
    assert visited == [named_box(page, "Mark misclassified points"), *tables]
