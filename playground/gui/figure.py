"""A picture of a run as the window draws it, without a window."""

import os
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from playground.gui.palette import LIGHT
from playground.gui.plots.cost_plot import CostPlot
from playground.gui.plots.plane import Plane
from playground.gui.style import apply_theme
from playground.session.dataset import Dataset
from playground.session.errors import UserError
from playground.session.trainer import Trainer

SIZE = QSize(800, 1000)
RATIO = 2.0
RESOLUTION = 512


def save_figure(path: Path, trainer: Trainer, dataset: Dataset) -> None:
    """Draw regions, borders, points and J of this moment; UserError where the file cannot be written."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["softmax-playground"])
    assert isinstance(app, QApplication)
    apply_theme(app, LIGHT)
    sheet, plane, cost_plot = _sheet()
    plane.show_dataset(dataset, trainer.request.settings.test_share)
    QApplication.sendPostedEvents()  # the axes have made room for their names
    plane.fit(dataset)
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


def _sheet() -> tuple[QWidget, Plane, CostPlot]:
    sheet, plane, cost_plot = QWidget(), Plane(), CostPlot()
    cost_plot.log_button.hide()
    column = QVBoxLayout(sheet)
    column.addWidget(plane, 4)
    column.addWidget(cost_plot, 1)
    for view in (plane, cost_plot):
        view.set_theme(LIGHT)
    sheet.resize(SIZE)
    sheet.grab()  # lays out what is never shown
    QApplication.sendPostedEvents()
    return sheet, plane, cost_plot
