"""The page of the spot: its numbers recomputed longhand, what it says of each state, and what lights up where."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.pages.spot.head import NO_SPOT, TOO_LARGE
from playground.gui.pages.spot.views import SpotViews
from playground.gui.palette import DARK, LIGHT
from playground.gui.parts.formula import Formula
from playground.gui.parts.matrix_picture import MatrixPicture
from playground.gui.parts.number_table import NumberTable
from playground.nn import Network
from playground.session.dataset import Dataset, empty_dataset
from playground.session.example_text import as_latex, as_text
from playground.session.generators import Recipe, generate
from playground.session.light import UNLIT, Light
from playground.session.looking import Looking
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.hands import (
    CONTROL,
    LEFT,
    SHIFT,
    Hands,
    bring_up,
    delete_the_dying,
    pixels_of,
    return_to,
    send_leave,
    turn,
)
from tests.shown_numbers import number

Key = Qt.Key
DATA = generate(Recipe("blobs", classes=3, points=30, noise=0.6))
WIDTH = 440  # of the page in a window of 1280 pixels, about
LONGHAND: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky relu": lambda z: max(z, 0.01 * z),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}


def point(index: int, dataset: Dataset = DATA) -> tuple[float, float]:
    x1, x2 = dataset.X[:, index]
    return float(x1), float(x2)


def moment(
    probe: tuple[float, float] | None, dataset: Dataset = DATA, steps: int = 10, scale: float = 1.0, **chosen: Any
) -> Snapshot:
    """A snapshot after some steps, its output layer as many times as large."""
    trainer = Trainer(Request(dataset, Settings(**chosen), probe=probe))
    for _ in range(steps):
        trainer.step()
    trainer.network.layers[-1][:] *= scale
    return trainer.snapshot()


class Reader:
    """What a reader sees on a page, and a mouse and keys on it."""

    def __init__(self, page: SpotViews, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
        self.heard: list[Light] = []
        page.lit.connect(self.heard.append)

    def show(self, snapshot: Snapshot) -> None:
        self.page.show_snapshot(snapshot)
        turn(self.qtbot)  # Qt lays out what is new, and shows it, in events of its own

    @property
    def texts(self) -> list[str]:
        delete_the_dying()
        return [label.text() for label in self.page.findChildren(QLabel) if label.isVisibleTo(self.page)]

    def says(self, part: str) -> bool:
        return any(part in text for text in self.texts)

    @property
    def table(self) -> NumberTable:
        (table,) = self.page.findChildren(NumberTable)
        return table

    def rows(self) -> list[dict[str, str]]:
        """The table's rows and its foot, the last, by the titles of their columns."""
        delete_the_dying()
        labels = [label for label in self.table.findChildren(QLabel) if label.isVisibleTo(self.table)]
        titles = {label.text(): label.geometry() for label in labels if label.y() == 0 and label.text()}
        rows: dict[int, dict[str, str]] = {}
        for label in labels:
            if label.y() == 0 or not label.text():
                continue
            row, centre = rows.setdefault(label.y(), {}), label.geometry().center().x()
            columns = [title for title, place in titles.items() if place.left() <= centre <= place.right()]
            row[columns[0] if columns else "class"] = label.text()
        return [row for _, row in sorted(rows.items())]

    def formulas(self) -> list[Formula]:
        delete_the_dying()
        return [formula for formula in self.page.findChildren(Formula) if formula.isVisibleTo(self.page)]

    def pictures(self) -> dict[str, MatrixPicture]:
        """The matrices by their names, as W[1]."""
        delete_the_dying()
        shown = [picture for picture in self.page.findChildren(MatrixPicture) if picture.isVisibleTo(self.page)]
        return {picture.accessibleName().partition(",")[0]: picture for picture in shown}

    def cell(self, picture: MatrixPicture, row: int, column: int) -> float:
        """Read a cell by keys, as the page tells it."""
        picture.setFocus()
        self.qtbot.keyClick(picture, Key.Key_Home)
        for _ in range(picture.height() // 10):
            self.qtbot.keyClick(picture, Key.Key_Up)
        for key, times in ((Key.Key_Down, row), (Key.Key_Right, column)):
            for _ in range(times):
                self.qtbot.keyClick(picture, key)
        name = picture.accessibleName().partition(",")[0]
        start = f"{name} row {row + 1}, column {column + 1} = "
        (told,) = (text for text in self.texts if text.startswith(start))
        return number(told.removeprefix(start))


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Reader]:
    page = SpotViews()
    qtbot.addWidget(page)
    bring_up(qtbot, page, WIDTH, 900)
    yield Reader(page, qtbot)


def longhand(snapshot: Snapshot, x: tuple[float, ...]) -> list[float]:
    """The scores of the output layer, unit by unit, from the snapshot's parameters."""
    theta, a = [float(value) for value in snapshot.parameters], list(x)
    for layer, n_out in enumerate(snapshot.sizes[1:], start=1):
        z = []
        for _ in range(n_out):
            row, theta = theta[: len(a) + 1], theta[len(a) + 1 :]
            z.append(sum(w * value for w, value in zip(row, a, strict=False)) + row[-1])
        a = z if layer == len(snapshot.sizes) - 1 else [LONGHAND[snapshot.activation](value) for value in z]
    return a


# The numbers


@pytest.mark.parametrize(
    ("hidden", "activation", "l2"), [((), "tanh", 0.0), ((3,), "relu", 2.0), ((4, 3), "sigmoid", 0.0)]
)
def test_every_number_of_the_table_and_below_it_is_the_one_computed_longhand(
    reader: Reader, hidden: tuple[int, ...], activation: str, l2: float
) -> None:
    snapshot = moment(point(4), hidden=hidden, activation=activation, l2=l2)
    reader.show(snapshot)
    z = longhand(snapshot, point(4))
    total = sum(math.exp(value) for value in z)
    label = int(DATA.labels[4])
    *rows, foot = reader.rows()
    assert len(rows) == 3
    for j, row in enumerate(rows):
        y_hat = math.exp(z[j]) / total
        assert row["class"] == str(j + 1)
        assert number(row["z"]) == pytest.approx(z[j], abs=6e-5)
        assert number(row["eᶻ"]) == pytest.approx(math.exp(z[j]), rel=6e-5)
        assert number(row["ŷ"]) == pytest.approx(y_hat, abs=6e-6)
        assert number(row["hard"]) == (z[j] == max(z))
        assert number(row["y"]) == (j == label)
        assert number(row["dz"]) == pytest.approx(y_hat - (j == label), abs=6e-6)
    assert number(foot["eᶻ"]) == pytest.approx(total, rel=6e-5)
    assert (foot["ŷ"], foot["hard"], foot["y"], foot["dz"]) == ("1", "1", "1", "0")
    loss = math.log(total) - z[label]
    losses = []
    for i in range(30):
        scores = longhand(snapshot, point(i))
        losses.append(math.log(sum(map(math.exp, scores))) - scores[int(DATA.labels[i])])
    net = Network(snapshot.sizes)
    net.parameters[:] = snapshot.parameters
    cost = sum(losses) / 30 + l2 / 60 * sum(float((W**2).sum()) for W in net.weights)
    told = [number(text) for text in reader.texts if text.startswith("= ")]
    assert told == [pytest.approx(loss, rel=6e-5), pytest.approx(cost, rel=6e-5)]
    (added,) = (text for text in reader.texts if "adds L / m" in text)
    share, percent = re.findall(r"(?:= |: )([\d.e−]+)", added)
    assert number(share) == pytest.approx(loss / 30, rel=6e-4)
    assert number(percent) == pytest.approx(100 * loss / 30 / cost, abs=0.06)


@pytest.mark.parametrize("activation", ["leaky relu", "sigmoid"])
def test_every_cell_from_x_to_z_can_be_read_and_adds_up(reader: Reader, activation: str) -> None:
    snapshot = moment((0.3, -0.7), hidden=(3,), activation=activation)
    reader.show(snapshot)
    pictures = reader.pictures()
    x = [reader.cell(pictures["x"], k, 0) for k in range(2)]
    assert x == [0.3, -0.7]
    before, last = x, len(snapshot.sizes) - 1
    for layer in (1, 2):
        W, b, z = (pictures[f"{part}[{layer}]"] for part in "Wbz")
        outputs = []
        for j in range(3):
            total = sum(reader.cell(W, j, k) * before[k] for k in range(len(before))) + reader.cell(b, j, 0)
            assert reader.cell(z, j, 0) == pytest.approx(total, abs=3e-3)
            outputs.append(LONGHAND[activation](total))
        before = outputs if layer < last else []


def test_a_cell_can_be_read_by_the_mouse_and_what_is_read_goes_when_it_leaves(reader: Reader) -> None:
    snapshot = moment((0.3, -0.7), hidden=())
    reader.show(snapshot)
    picture = reader.pictures()["W[1]"]
    reader.qtbot.mouseMove(picture, QPoint(picture.width() // 2, picture.height() // 2))
    reader.qtbot.mouseMove(picture, QPoint(6, 6))
    (told,) = (text for text in reader.texts if text.startswith("W[1] row 1, column 1 = "))
    assert number(told.rpartition("= ")[2]) == pytest.approx(float(snapshot.parameters[0]), rel=6e-4)
    send_leave(picture)
    assert not reader.says("W[1] row")


def test_what_is_read_of_a_layer_that_is_there_no_more_goes_with_it(reader: Reader) -> None:
    reader.show(moment((0.3, -0.7), hidden=(3,)))
    reader.cell(reader.pictures()["z[2]"], 1, 0)
    assert reader.says("z[2] row 2")
    reader.show(moment((0.3, -0.7), hidden=()))
    assert not reader.says("z[2] row")


def test_as_many_layers_as_the_network_has_are_shown(reader: Reader) -> None:
    for hidden in ((3, 4), (), (2,), (2, 2, 2)):
        reader.show(moment((0.3, -0.7), hidden=hidden, steps=1))
        layers = len(hidden) + 1
        expected = {f"{part}[{number}]" for part in "Wbz" for number in range(1, layers + 1)}
        expected |= {f"a[{number}]" for number in range(1, layers)} | {"x"}
        assert set(reader.pictures()) == expected
        spoken = [formula.accessibleName() for formula in reader.formulas() if "W[" in formula.accessibleName()]
        assert len(spoken) == layers


@pytest.mark.parametrize("classes", range(2, 11))
def test_all_classes_have_their_row_and_nothing_is_clipped(reader: Reader, classes: int) -> None:
    dataset = generate(Recipe("blobs", classes=classes, points=40))
    reader.show(moment(point(3, dataset), dataset, scale=60))
    *rows, _ = reader.rows()
    assert [row["class"] for row in rows] == [str(j + 1) for j in range(classes)]
    assert sum(number(row["ŷ"]) for row in rows) == pytest.approx(1, abs=1e-4)
    assert reader.page.minimumSizeHint().width() <= WIDTH
    for label in reader.page.findChildren(QLabel):
        if label.isVisibleTo(reader.page) and label.text() and not label.wordWrap():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), label.text()


def test_the_page_follows_the_run_from_number_to_number(reader: Reader) -> None:
    seen = set()
    for steps in (0, 1, 30):
        snapshot = moment(point(4), steps=steps)
        reader.show(snapshot)
        z = longhand(snapshot, point(4))
        assert [number(row["z"]) for row in reader.rows()[:-1]] == pytest.approx(z, abs=6e-5)
        seen.add(reader.rows()[0]["z"])
    assert len(seen) == 3


# The states


def test_without_a_spot_it_says_how_to_come_by_one(reader: Reader) -> None:
    assert NO_SPOT in reader.texts
    for probe in (None, (0.3, 0.2), None):
        reader.show(moment(probe))
        assert (NO_SPOT in reader.texts) == (probe is None)
        assert reader.table.isVisible() == (probe is not None)
        assert reader.page.copy_button.isEnabled() == (probe is not None)


def test_off_the_points_there_is_no_class_and_so_no_loss(reader: Reader) -> None:
    for probe in (point(4), (0.3, 0.2)):
        reader.show(moment(probe))
        is_known = probe == point(4)
        *rows, foot = reader.rows()
        assert all((row["y"] == "–", row["dz"] == "–") == (not is_known,) * 2 for row in rows)
        assert ("dz" in foot) == is_known
        assert reader.says("adds L / m") == is_known
        assert len([text for text in reader.texts if text.startswith("= ")]) == (2 if is_known else 0)
        assert reader.says(f"Point 5 of 30, {DATA.class_name(int(DATA.labels[4]))}.") == is_known


def test_a_held_out_point_has_a_loss_and_no_part_in_j(reader: Reader) -> None:
    index = int(np.flatnonzero(DATA.is_test(0.4))[0])
    reader.show(moment(point(index), test_share=0.4))
    assert reader.says(f"Point {index + 1} of 30")
    assert reader.says("held out for the test")
    assert reader.says("nothing of its loss is in J")
    assert not reader.says("adds L / m")


def test_where_no_point_is_trained_on_there_is_a_loss_and_no_j(reader: Reader) -> None:
    dataset = replace(DATA, ranks=np.zeros_like(DATA.ranks))
    snapshot = moment(point(0, dataset), dataset, test_share=0.5, steps=0)
    assert snapshot.cost is None
    reader.show(snapshot)
    assert len([text for text in reader.texts if text.startswith("= ")]) == 1


def test_the_pin_is_told_and_how_to_let_go(reader: Reader) -> None:
    reader.show(moment((0.3, 0.2)))
    assert reader.says("Follows the mouse")
    reader.page.show_looking(Looking(pin=(0.3, 0.2)))
    assert reader.says("Esc lets go")
    assert not reader.says("Follows the mouse")
    reader.page.show_looking(Looking())
    assert not reader.says("Esc lets go")


def test_standardised_inputs_are_shown_beside_the_users_own(reader: Reader) -> None:
    snapshot = moment((0.25, 0.5), standardise=True)
    reader.show(snapshot)
    told = " ".join(text for text in reader.texts if "x = (" in text)
    own, scaled = ([number(part) for part in pair.split(", ")] for pair in re.findall(r"\(([^)]*)\)", told))
    mean, spread = DATA.X.mean(axis=1), DATA.X.std(axis=1)
    assert own == [0.25, 0.5]
    assert scaled == pytest.approx((np.array([0.25, 0.5]) - mean) / spread, rel=6e-4)


@pytest.mark.parametrize(("lift", "why"), [(900.0, "eᶻ would overflow"), (-900.0, "Every eᶻ would be 0")])
def test_where_e_to_the_z_is_no_number_the_largest_z_is_taken_first_and_that_is_said(
    reader: Reader, lift: float, why: str
) -> None:
    plain = moment(point(4), hidden=())
    trainer = Trainer(Request(DATA, Settings(hidden=()), probe=point(4)))
    trainer.network.parameters[:] = plain.parameters
    trainer.network.biases[-1][:] += lift
    lifted = trainer.snapshot()
    for snapshot, is_shifted in ((plain, False), (lifted, True), (plain, False)):
        reader.show(snapshot)
        z = longhand(snapshot, point(4))
        shift = max(z) if is_shifted else 0
        *rows, foot = reader.rows()
        title = "eᶻ⁻ᵐᵃˣ" if is_shifted else "eᶻ"
        assert [number(row[title]) for row in rows] == pytest.approx([math.exp(v - shift) for v in z], rel=6e-4)
        assert number(foot[title]) == pytest.approx(sum(math.exp(v - shift) for v in z), rel=6e-4)
        assert any("less the largest z" in formula.accessibleName() for formula in reader.formulas()) == is_shifted
        (about,) = (text for text in reader.texts if text.startswith("Point 5"))
        assert (why in about) == is_shifted
        if is_shifted:
            told = re.search(r"largest z, ([\d.−]+),", about)
            assert told is not None
            assert number(told[1]) == pytest.approx(max(z), abs=6e-5)
        assert [number(row["ŷ"]) for row in rows] == pytest.approx(
            [math.exp(v - max(z)) / sum(math.exp(w - max(z)) for w in z) for v in z], abs=6e-6
        )


def test_scores_that_are_no_numbers_are_said_to_be_too_large_and_can_be_copied_with_that(reader: Reader) -> None:
    far = moment((3e38, 3e38), scale=1e30, hidden=(4,), activation="linear")
    assert far.example is not None
    assert far.example.softmax is None
    reader.show(far)
    assert TOO_LARGE in reader.texts
    assert not reader.table.isVisible()
    assert reader.page.copy_button.isEnabled()
    reader.show(moment((0.3, 0.2)))
    assert TOO_LARGE not in reader.texts
    assert reader.table.isVisible()


def test_one_class_alone_and_an_empty_plane_have_their_calculation_too(reader: Reader) -> None:
    for dataset in (empty_dataset(3), empty_dataset(3).with_points([[0.5], [0.5]], 1)):
        reader.show(moment((0.5, 0.5), dataset, steps=3))
        assert len(reader.rows()) == 4
        assert reader.says("Point 1 of 1") == (dataset.m == 1)


def test_the_penalty_stands_in_the_formula_of_j_where_there_is_one(reader: Reader) -> None:
    for l2 in (0.0, 2.0, 0.0):
        reader.show(moment(point(4), l2=l2))
        spoken = [formula.accessibleName() for formula in reader.formulas()]
        assert any("plus the penalty" in reading for reading in spoken) == (l2 > 0)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_formulas_are_in_the_theme_s_colour(reader: Reader, theme: Any) -> None:
    reader.page.set_theme(theme)
    reader.show(moment(point(4)))
    for formula in reader.formulas():
        pixels = pixels_of(formula.grab().toImage())
        darkest = np.abs(pixels - [int(theme.text[i : i + 2], 16) for i in (1, 3, 5)]).max(axis=-1).min()
        assert darkest < 40, formula.accessibleName()


# Lights: rest the mouse on a term, and what it stands for lights up elsewhere


def lights_on(reader: Reader, widget: QWidget) -> set[Light]:
    """All that a mouse hears on its way over a widget, row by row."""
    reader.heard.clear()
    for y in range(2, widget.height(), 4):
        for x in range(1, widget.width(), 3):
            reader.qtbot.mouseMove(widget, QPoint(x, y))
    send_leave(widget)
    found = set(reader.heard) - {UNLIT}
    assert reader.heard == [] or reader.heard[-1] == UNLIT
    return found


def test_each_term_of_the_formulas_says_what_it_stands_for(reader: Reader) -> None:
    reader.show(moment(point(4), hidden=(3,)))
    label = int(DATA.labels[4])
    expected = {
        "over the sum": {"y_hat", "exp", "z", "sum"},
        "dz j is": {"dz", "y_hat", "y"},
        "L is minus": {"L", "y", "y_hat"},
        "J is": {"J", "L"},
        "z[1] = ": {"x"},
        "z[2] = ": {"z", "y_hat"},
    }
    for formula in reader.formulas():
        (terms,) = (terms for part, terms in expected.items() if part in formula.accessibleName())
        found = lights_on(reader, formula)
        assert {light.term for light in found} == terms, formula.accessibleName()
        assert {light.label for light in found} - {None} == ({label} if "L is" in formula.accessibleName() else set())


def test_each_column_cell_and_sum_of_the_table_says_what_it_stands_for(reader: Reader) -> None:
    reader.show(moment(point(4)))
    terms = ("z", "exp", "y_hat", "hard", "y", "dz")
    found = lights_on(reader, reader.table)
    cells = {Light(term, label) for term in terms for label in range(3)}
    assert found == cells | {Light(term) for term in terms} | {Light("", label) for label in range(3)} | {Light("sum")}


def test_the_values_of_x_l_and_j_light_up_what_they_are(reader: Reader) -> None:
    reader.show(moment(point(4)))
    x, loss, cost = (
        label
        for label in reader.page.findChildren(QLabel)
        if label.isVisibleTo(reader.page) and label.text().startswith(("x = ", "= "))
    )
    for value, term in ((x, "x"), (loss, "L"), (cost, "J")):
        reader.heard.clear()
        for kind in (QEvent.Type.Enter, QEvent.Type.Leave):
            QApplication.sendEvent(value, QEvent(kind))
        assert reader.heard == [Light(term), UNLIT]


SEEN = {
    Light("x"): {"x", "plane", "z[1] ="},
    Light("z"): {"table", "softmax", "z[3] ="},
    Light("exp"): {"table", "softmax"},
    Light("sum"): {"table", "softmax"},
    Light("y_hat"): {"table", "softmax", "dz j", "L is", "maps", "z[3] ="},
    Light("y_hat", 1): {"table", "softmax", "dz j", "L is", "maps", "z[3] ="},
    Light("hard"): {"table"},
    Light("y"): {"table", "dz j", "L is"},
    Light("dz"): {"table", "dz j"},
    Light("L"): {"L", "L is", "J is"},
    Light("J"): {"J", "J is", "chart", "readouts"},
    Light("", 2): {"table", "maps"},
}


def looks(hands: Hands, page: SpotViews) -> dict[str, bytes]:
    """What each part of the window that can be lit looks like."""
    window = hands.window
    parts: dict[str, QWidget] = {
        "table": page.findChildren(NumberTable)[0],
        "maps": window.maps,
        "chart": window.cost_plot,
        "readouts": window.top_bar,
        "plane": window.plane,
    }
    names = ("softmax", "dz j", "L is", "J is", *(f"z[{number}] =" for number in (1, 2, 3)))
    spoken = {"softmax": "over the sum"}
    for formula in page.findChildren(Formula):
        reading = formula.accessibleName()
        parts |= {name: formula for name in names if reading.startswith(name) or spoken.get(name, "\n") in reading}
    values = [label for label in page.findChildren(QLabel) if label.text().startswith(("x = ", "= "))]
    parts |= dict(zip(("x", "L", "J"), values, strict=True))
    return {name: bits_of(part) for name, part in parts.items()}


def bits_of(widget: QWidget) -> bytes:
    image = widget.grab().toImage()
    bits = image.constBits()
    assert bits is not None
    return bytes(bits.asstring(image.sizeInBytes()))


def test_what_is_lit_anywhere_lights_up_everywhere_it_is_and_goes_out_again(hands: Hands) -> None:
    hands.trained_to(20)  # so that there is a curve of J
    index = int(np.flatnonzero(hands.dataset.labels == 0)[3])  # so that class 2 is not the loss's
    hands.window.probing.pin_to(index)
    hands.settled()
    (page,) = hands.window.findChildren(SpotViews)
    hands.hover(hands.window.top_bar, QPoint(2, 2))
    plain = looks(hands, page)
    (table,) = page.findChildren(NumberTable)
    for light, expected in SEEN.items():
        table.lit.emit(light)
        lit = looks(hands, page)
        assert {name for name in plain if lit[name] != plain[name]} == expected, light
        table.lit.emit(UNLIT)
        assert looks(hands, page) == plain, light


def test_resting_on_a_map_the_chart_or_the_readout_lights_the_page_up_and_leaving_puts_it_out(hands: Hands) -> None:
    hands.settled()
    hands.window.probing.pin_to(3)
    hands.settled()
    (page,) = hands.window.findChildren(SpotViews)
    (table,) = page.findChildren(NumberTable)
    values = [label for label in page.findChildren(QLabel) if label.text().startswith("= ")]
    away = hands.window.controls, QPoint(2, 2)
    hands.hover(*away)
    plain = pixels_of(table.grab().toImage())
    hands.hover(hands.find(QWidget, "Probability of class 2"), QPoint(20, 8))
    lit = pixels_of(table.grab().toImage())
    rows = np.flatnonzero((lit != plain).any(axis=(1, 2)))
    assert 40 <= rows.min() < rows.max() < 60 or rows.min() < 20  # the row of class 2, and the title of its column
    hands.hover(*away)
    np.testing.assert_array_equal(pixels_of(table.grab().toImage()), plain)
    hands.hover(hands.window.cost_plot, QPoint(60, 60))
    assert [value.font().underline() for value in values] == [False, True]
    hands.hover(*away)
    assert [value.font().underline() for value in values] == [False, False]


# Copying


def test_the_calculation_is_copied_by_key_and_by_button(hands: Hands) -> None:
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    hands.settled()
    hands.window.probing.pin_to(3)
    snapshot = hands.settled()
    assert snapshot.example is not None
    (page,) = hands.window.findChildren(SpotViews)
    menu = page.copy_button.menu()
    assert menu is not None
    for place, (write, modifier) in enumerate(((as_text, CONTROL), (as_latex, CONTROL | SHIFT))):
        expected = write(snapshot.example, snapshot.dataset, snapshot.cost)
        clipboard.setText("before")
        hands.plane.setFocus()
        hands.key(Key.Key_C, modifier)
        assert clipboard.text() == expected
        clipboard.setText("before")
        menu.popup(QPoint(0, 0))
        hands.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[place]).center())
        assert clipboard.text() == expected
        return_to(hands.qtbot, hands.window)


def test_without_a_spot_there_is_nothing_to_copy_and_the_clipboard_is_left_alone(hands: Hands) -> None:
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    hands.settled()
    send_leave(hands.plane)
    hands.settled()
    clipboard.setText("before")
    hands.plane.setFocus()
    hands.key(Key.Key_C, CONTROL)
    assert clipboard.text() == "before"
    (page,) = hands.window.findChildren(SpotViews)
    assert not page.copy_button.isEnabled()
