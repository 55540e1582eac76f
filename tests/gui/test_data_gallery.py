"""The gallery of data sets: on its own, and loading each set in a whole window."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from playground.gui import main_window
from playground.gui.data_gallery import DataGallery
from playground.gui.palette import CLASS_COLOURS, DARK
from playground.session.sources import BUILT_IN, thumbnails
from tests.gui.eyes import read_tip
from tests.gui.hands import LEFT, Hands, bring_up, named, same_drawing, unlikeness

NAMES = list(BUILT_IN)


@pytest.fixture
def furnish_ms() -> int:
    return main_window.FURNISH_MS


@pytest.fixture
def gallery(qtbot: QtBot) -> DataGallery:
    gallery = DataGallery(BUILT_IN)
    qtbot.addWidget(gallery)
    bring_up(qtbot, gallery, 260, 130)
    gallery.show_thumbnails(thumbnails(3))
    return gallery


def button(gallery: DataGallery, name: str) -> QToolButton:
    return named(gallery, QToolButton, f"Load {name}")


def colours_in(gallery: DataGallery, name: str) -> set[int]:
    """The styles whose colour a thumbnail shows."""
    image = button(gallery, name).icon().pixmap(48, 48).toImage()
    pixels = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    return {style for style, colour in enumerate(CLASS_COLOURS) if any(unlikeness(p, colour) < 3 for p in pixels)}


def test_the_gallery_offers_six_shapes_and_two_real_data_sets() -> None:
    assert NAMES == ["blobs", "wedges", "spiral", "rings", "moons", "checkerboard", "iris", "penguins"]


def test_a_click_asks_for_that_data_set(gallery: DataGallery, qtbot: QtBot) -> None:
    asked: list[str] = []
    gallery.chosen.connect(asked.append)
    for name in NAMES:
        qtbot.mouseClick(button(gallery, name), LEFT)
    assert asked == NAMES


def test_the_data_set_on_the_plane_is_marked_and_no_other(gallery: DataGallery) -> None:
    for name in ("spiral", "iris", ""):
        gallery.show_current(name)
        assert [own for own in NAMES if button(gallery, own).isChecked()] == [name] * (name != "")


def test_each_thumbnail_shows_the_classes_colours(gallery: DataGallery) -> None:
    for classes in (2, 3, 4):
        gallery.show_thumbnails(thumbnails(classes))
        for name in NAMES:
            expected = classes if name not in ("iris", "penguins") else 3
            assert colours_in(gallery, name) == set(range(expected)), (name, classes)


def test_thumbnails_differ_from_set_to_set(gallery: DataGallery) -> None:
    images = [button(gallery, name).icon().pixmap(48, 48).toImage() for name in NAMES]
    assert all(image != other for i, image in enumerate(images) for other in images[:i])


def test_another_theme_draws_them_anew(gallery: DataGallery) -> None:
    light = button(gallery, "blobs").icon().pixmap(48, 48).toImage()
    gallery.set_theme(DARK)
    assert button(gallery, "blobs").icon().pixmap(48, 48).toImage() != light


def test_each_button_says_what_it_brings_and_that_it_can_be_undone(gallery: DataGallery) -> None:
    for name, tip in BUILT_IN.items():
        assert tip in read_tip(button(gallery, name).toolTip())
        assert "undo" in button(gallery, name).toolTip()


# In a window


def test_each_data_set_is_loaded_fitted_and_trained_on(hands: Hands) -> None:
    start = hands.dataset
    loaded = []
    for name in NAMES[::-1]:  # iris and penguins bring three classes of their own
        hands.qtbot.mouseClick(button(hands.window.controls.gallery, name), LEFT)
        loaded.append(hands.dataset)
        assert hands.dataset.name == name
        assert hands.dataset.C == 3 or name not in ("iris", "penguins")
        assert [own for own in NAMES if button(hands.window.controls.gallery, own).isChecked()] == [name]
        (left, right), (bottom, top) = hands.plane.box.viewRange()
        assert left < hands.dataset.X[0].min() < hands.dataset.X[0].max() < right
        assert bottom < hands.dataset.X[1].min() < hands.dataset.X[1].max() < top
        assert not hands.running
        hands.key(".")
        hands.until(lambda: hands.snapshot.run_id == hands.run_id and hands.step == 1)
        assert hands.snapshot.sizes[-1] == hands.dataset.C
        assert not hands.snapshot.diverged
    for expected in [*loaded[-2::-1], start]:
        hands.undo()
        assert same_drawing(hands.dataset, expected)


@pytest.mark.parametrize("classes", [2, 10])
def test_a_generated_set_takes_the_number_of_classes_on_the_plane(hands: Hands, classes: int) -> None:
    while classes > hands.dataset.C:
        hands.choose("add_class")
    while classes < hands.dataset.C:
        hands.choose("remove_class")
    for name in NAMES[:6]:
        hands.qtbot.mouseClick(button(hands.window.controls.gallery, name), LEFT)
        assert classes == hands.dataset.C
        assert (hands.dataset.counts() > 0).all()


def test_loading_while_training_starts_a_new_run_paused(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step > 3)
    run = hands.run_id
    hands.qtbot.mouseClick(button(hands.window.controls.gallery, "spiral"), LEFT)
    assert not hands.running
    assert hands.run_id > run
    assert hands.settled().step == 0


def test_the_thumbnails_take_the_number_of_classes_on_the_plane(hands: Hands) -> None:
    gallery = hands.window.controls.gallery
    hands.until(lambda: not button(gallery, "spiral").icon().isNull())
    assert colours_in(gallery, "spiral") == {0, 1, 2}
    hands.choose("add_class")
    assert colours_in(gallery, "spiral") == {0, 1, 2, 3}
