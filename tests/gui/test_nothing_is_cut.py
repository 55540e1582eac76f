"""No text of the window is cut at 1280 × 800: what may be long has an ellipsis and a tip with the whole, or wraps."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QTableView, QToolButton, QWidget

from playground.gui.plots.class_map import ClassMap
from playground.session.dataset import ClassLabel, Dataset
from playground.session.looking import PAGES, SPOT_VIEWS
from playground.session.settings import Settings
from playground.session.sources import Loaded
from tests.gui.eyes import read_tip
from tests.gui.hands import PATIENCE, Hands

LONG = "Chinstrap penguin of the island, seen from far away in the morning's fog"
NAMES = (LONG, "versicolor", "10", "Adelie", "W" * 20, "setosa", "a_name_without_a_space_in_it", "i", "", "W&M")


def drawing(names: tuple[str, ...], width: float = 1.0, shift: float = 0.0) -> Dataset:
    rng = np.random.default_rng(0)
    labels = np.arange(8 * len(names)) % len(names)
    angles = 2 * np.pi * labels / len(names)
    X = np.stack([np.cos(angles), np.sin(angles)]) + rng.normal(scale=0.1, size=(2, labels.size))
    classes = tuple(ClassLabel(i, name) for i, name in enumerate(names))
    return Dataset(shift + width * X, labels, rng.random(labels.size), classes, ("x1", "x2"))


DRAWINGS = {
    "ten long names": drawing(NAMES),
    "two": drawing((LONG, "")),
    "iris's names": drawing(("setosa", "versicolor", "virginica")),
    "1.1e9 wide": drawing(NAMES[1:4], 1.1e9, 3.3e9),
    "Julian dates": drawing(NAMES[1:4], 1e-3, 2459000.5),
    "far below 1": drawing(NAMES[1:4], 1e-88, -3e-88),
}


def is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height()
    return label.sizeHint().width() > label.width()


def check_texts(owner: QWidget) -> None:
    labels = [label for label in owner.findChildren(QLabel) if label.isVisible() and label.text()]
    assert [label.text() for label in labels if is_cut(label)] == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_label_of_any_page_is_cut(hands: Hands, name: str) -> None:
    window = hands.window
    window.resize(1280, 760)  # of a screen of 1280 × 800
    hands.controller.load(Loaded(DRAWINGS[name], Settings(standardise=name != "two")), "Open")
    hands.controller.show(temperature=2.0)
    window.probing.pin_to(0)
    for page in PAGES:
        for view in SPOT_VIEWS if page == "spot" else [hands.controller.looking.spot_view]:
            hands.controller.show(page=page, spot_view=view)
            hands.settled()
            hands.qtbot.waitUntil(lambda: check_texts(window), timeout=PATIENCE)


def check_titles(hands: Hands) -> None:
    """Over each map stand the number, whole, and the name, whole or with an ellipsis."""
    for i, name in enumerate(NAMES):
        tile = hands.find(ClassMap, f"Probability of {name or 'class 9'}")
        texts = [label.text() for label in tile.findChildren(QLabel)]
        (title,) = (text for text in texts if text.split(" ")[0] == str(i + 1))
        assert title == f"{i + 1} {name}".strip() or title.endswith("…")


def test_a_long_name_ends_in_an_ellipsis_and_stands_whole_in_the_tip(hands: Hands) -> None:
    hands.controller.load(Loaded(DRAWINGS["ten long names"], Settings()), "Open")
    hands.controller.show(page="points")
    hands.settled()
    hands.qtbot.waitUntil(lambda: check_titles(hands), timeout=PATIENCE)
    for name in NAMES:
        tile = hands.find(ClassMap, f"Probability of {name or 'class 9'}")
        (button,) = (
            button
            for button in hands.window.findChildren(QToolButton)
            if button.accessibleName().startswith(f"{name or 'class 9'}, ")
        )
        assert name in read_tip(tile.toolTip())
        assert name in read_tip(button.toolTip())
    points = next(
        view for view in hands.window.findChildren(QTableView) if view.isVisible() and view.model().rowCount() == 80
    )
    tips = {str(points.model().index(row, 1).data(Qt.ItemDataRole.ToolTipRole)) for row in range(80)}
    assert {read_tip(tip) for tip in tips} == {name or "class 9" for name in NAMES}


@pytest.mark.parametrize(("names", "cut"), [(("setosa", "versicolor", "virginica"), 0), (NAMES, 4)])
def test_names_are_cut_in_the_list_only_where_there_is_no_room(hands: Hands, names: tuple[str, ...], cut: int) -> None:
    hands.controller.load(Loaded(drawing(names), Settings()), "Open")
    buttons = [it for it in hands.window.findChildren(QToolButton) if it.accessibleName().endswith(", 8 points")]
    assert len(buttons) == len(names)
    assert sum("…" in button.text() for button in buttons) == cut


def test_long_names_of_axes_and_in_menus_end_in_an_ellipsis(hands: Hands) -> None:
    for plain, end in ((drawing((LONG, "b", "c")), "…"), (drawing((LONG, "b", "c"), 1.1e9, 3.3e9), "…, in 10⁹")):
        hands.controller.load(Loaded(replace(plain, axes=(LONG * 2, LONG * 2)), Settings()), "Open")
        hands.settled()
        for axis in hands.plane.axes.values():
            words = axis.label.mapRectToScene(axis.label.boundingRect())
            assert axis.mapRectToScene(axis.boundingRect()).adjusted(-6, 0, 6, 6).contains(words)
            assert axis.label.toPlainText().strip().endswith(end)
            assert read_tip(axis.label.toolTip()) == LONG * 2
    hands.controller.remove_class(0)
    assert hands.window.actions_by_name["undo"].text().startswith("Undo remove Chinstrap")
    assert hands.window.actions_by_name["undo"].text().endswith("…")
