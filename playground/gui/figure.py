"""A picture of a run as the window draws it, without a window."""

import os
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT
from playground.gui.parts.markers import marker_pixmap
from playground.gui.plots.cost_plot import CostPlot
from playground.gui.plots.plane import Plane
from playground.gui.style import apply_theme
from playground.session.dataset import Dataset
from playground.session.errors import UserError
from playground.session.trainer import Trainer

SIZE = QSize(800, 1000)
RATIO = 2.0
RESOLUTION = 512
MARKER, LEGEND_MARGIN, BESIDE = 16, 12, 18  # pixels
LONGEST_NAME = 60  # characters


def save_figure(path: Path, trainer: Trainer, dataset: Dataset) -> None:
    """Draw regions, borders, points and J of this moment; UserError where the file cannot be written."""
    app = QApplication.instance()
    if app is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the user's is: without a display Qt ends the program
        app = QApplication(["softmax-playground"])
    assert isinstance(app, QApplication)
    apply_theme(app, LIGHT)
    sheet, column, plane, cost_plot = _sheet()
    test_share = trainer.request.settings.test_share
    names = _legend(dataset, test_share)
    column.insertWidget(0, names)
    for view in (names, *names.findChildren(QWidget)):
        view.show()  # the sheet is only rendered, and what nobody has shown counts as hidden
    plane.show_dataset(dataset, test_share)
    plane.fit(dataset)
    _settle(sheet)
    plane.fit(dataset)  # the numbers have taken their room from the plane
    trainer.accept(replace(trainer.request, grid=plane.grid(RESOLUTION)))
    snapshot = trainer.snapshot()
    plane.show_snapshot(snapshot)
    cost_plot.show_curve(snapshot.curve, snapshot.landmarks)
    image = QImage(SIZE * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    painter = QPainter(image)
    sheet.render(painter)
    painter.end()
    if not image.save(str(path)):
        raise UserError(f"the figure could not be written to {path}")


def _sheet() -> tuple[QWidget, QVBoxLayout, Plane, CostPlot]:
    sheet, plane, cost_plot = QWidget(), Plane(), CostPlot()
    cost_plot.log_button.hide()
    column = QVBoxLayout(sheet)
    column.addWidget(plane, 4)
    column.addWidget(cost_plot, 1)
    for view in (plane, cost_plot):
        view.set_theme(LIGHT)
    sheet.resize(SIZE)
    _settle(sheet)
    return sheet, column, plane, cost_plot


def _settle(sheet: QWidget) -> None:
    """Lay out what is never shown: an axis learns in painting how wide its numbers are."""
    sheet.grab()
    QApplication.sendPostedEvents()


def _legend(dataset: Dataset, test_share: float) -> QWidget:
    """The shape, colour and name of each class, and what a hollow shape means where there is one."""
    entries = [_entry(label.style, dataset.class_name(i)) for i, label in enumerate(dataset.classes)]
    columns = max(1, (SIZE.width() - 2 * LEGEND_MARGIN) // (max(it.sizeHint().width() for it in entries) + BESIDE))
    names = QWidget()
    grid = QGridLayout(names)
    grid.setContentsMargins(LEGEND_MARGIN, 0, LEGEND_MARGIN, 0)
    grid.setHorizontalSpacing(BESIDE)
    grid.setColumnStretch(columns, 1)
    for i, entry in enumerate(entries):
        grid.addWidget(entry, i // columns, i % columns)
    if dataset.is_test(test_share).any():
        hollow = _entry(dataset.classes[0].style, "hollow: held out for the test", is_hollow=True)
        grid.addWidget(hollow, grid.rowCount(), 0, 1, columns + 1)
    return names


def _entry(style: int, name: str, *, is_hollow: bool = False) -> QWidget:
    entry, marker, words = QWidget(), QLabel(), QLabel()
    marker.setPixmap(marker_pixmap(style, LIGHT, MARKER, RATIO, is_hollow=is_hollow))
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setText(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…")
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(marker)
    row.addWidget(words)
    row.addStretch(1)
    return entry
