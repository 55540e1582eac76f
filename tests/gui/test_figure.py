"""The picture of a run that the command line writes, without a window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication

from playground.gui.figure import save_figure
from playground.gui.palette import CLASS_COLOURS, LIGHT, TEST_CURVE, TRAIN_CURVE
from playground.session.dataset import ClassLabel, Dataset
from playground.session.errors import UserError
from playground.session.generators import Recipe, generate
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer
from tests.gui.hands import Matrix, are_near, channels, pixels_of

DATA = generate(Recipe("blobs", points=90))


def trained(dataset: Dataset = DATA, steps: int = 80, **settings: float) -> Trainer:
    trainer = Trainer(Request(dataset, Settings(**settings), running=True))
    for _ in range(steps):
        trainer.step()
    return trainer


def picture(path: Path) -> Matrix:
    """The channels of a picture that was written, (rows, columns, 3)."""
    image = QImage(str(path))
    assert not image.isNull()
    return pixels_of(image)


def share_near(pixels: Matrix, colour: str, tolerance: float = 12) -> float:
    return float(are_near(pixels, colour, tolerance).mean())


def test_a_figure_shows_regions_points_and_j(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "run.png"
    data = generate(Recipe("blobs", points=90, noise=0.3))  # where the two curves part
    save_figure(path, trained(data, test_share=0.3), data)
    pixels = picture(path)
    assert pixels.shape == (2000, 1600, 3)
    pixels = pixels[::2, ::2]
    assert len(np.unique(pixels @ (1, 256, 65536))) > 200
    for style in range(3):
        assert share_near(pixels, CLASS_COLOURS[style]) > 0.0004  # the points
        full = LIGHT.strength * channels(CLASS_COLOURS[style]) + (1 - LIGHT.strength) * channels(LIGHT.paper)
        region = np.abs(pixels - full).max(axis=-1) <= 12
        assert region.mean() > 0.01
    for curve in (TRAIN_CURVE, TEST_CURVE):
        assert share_near(pixels[750:], curve, 40) > 0.0005


def test_a_figure_follows_the_training_and_is_the_same_for_the_same_run(qapp: QApplication, tmp_path: Path) -> None:
    pictures = []
    for steps in (0, 80, 80):
        save_figure(tmp_path / "run.png", trained(steps=steps), DATA)
        pictures.append(picture(tmp_path / "run.png"))
    start, end, again = pictures
    assert (np.abs(start - end).max(axis=-1) > 20).mean() > 0.1
    np.testing.assert_array_equal(end, again)


def test_drawing_a_figure_changes_nothing_about_the_run(qapp: QApplication, tmp_path: Path) -> None:
    trainer = trained()
    before = trainer.snapshot()
    save_figure(tmp_path / "run.png", trainer, DATA)
    now = trainer.snapshot()
    np.testing.assert_array_equal(now.parameters, before.parameters)
    assert (now.step, now.cost, now.curve.cost.size) == (before.step, before.cost, before.curve.cost.size)


def test_a_place_that_cannot_be_written_is_explained(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be written"):
        save_figure(tmp_path / "no such folder" / "run.png", trained(), DATA)


def test_a_figure_names_each_class_beside_its_shape(qapp: QApplication, tmp_path: Path) -> None:
    heads = []
    for share in (0.0, 0.3):
        for names in (["", "", ""], ["setosa", "a name that takes more room", "<b>bold</b>"]):
            named = replace(DATA, classes=tuple(ClassLabel(style, name) for style, name in enumerate(names)))
            path = tmp_path / "run.png"
            save_figure(path, trained(named, 1, test_share=share), named)
            heads.append(picture(path)[:104])
    for head in heads:
        for style in range(3):
            assert are_near(head, CLASS_COLOURS[style], 12).sum() > 80
    assert (heads[0] != heads[1]).any()
    assert (heads[1] != heads[3]).any()


@pytest.mark.parametrize("middle", [0.0, 5335012.25, -1e15])
def test_the_name_of_the_vertical_axis_stands_clear_of_its_numbers(
    qapp: QApplication, tmp_path: Path, middle: float
) -> None:
    data = replace(DATA, X=DATA.X * 30 + [[0.0], [middle]], axes=("easting", "northing"))
    path = tmp_path / "run.png"
    save_figure(path, trained(data, 1, standardise=True), data)
    pixels = picture(path)[200:1500]
    start = int(np.argmax((np.abs(pixels - channels(LIGHT.panel)).max(axis=2) < 4).mean(axis=0) > 0.9))
    ink = (np.abs(pixels - channels(LIGHT.panel)).max(axis=2) > 60).any(axis=0)[start : start + 400]
    inked = np.flatnonzero(ink)
    gaps = np.diff(inked)
    name_ends = inked[int(np.argmax(gaps >= 6))]
    assert 10 <= name_ends - inked[0] <= 45  # one line of text, and then some room before the numbers
