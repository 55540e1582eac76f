"""The time from a request to a stage of the step taken apart on screen."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QFrame, QScrollArea

from playground.app import make_application
from playground.gui.pages.step_page import StepPage
from playground.gui.parts.typesetting import typeset
from playground.session.generators import Recipe, generate
from playground.session.looking import Looking
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.stages.stages import stages
from playground.session.trainer import Trainer

HEADER = ["network", "m", "stage", "opened: median ms", "max ms", "next one: median ms", "max ms"]
HIDDEN, CLASSES, POINTS = (32, 32), 10, 1000
ROOM = (400, 560)


def rows(rounds: int) -> list[list[str]]:
    """Table rows, the header first.

    "opened" makes the snapshot and typesets the stage's formulas for the first time; "next one" comes from the stage
    before, whose view has typeset them ahead, with the snapshot that is there.
    """
    application = make_application()
    page = StepPage()
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(*ROOM)
    area.show()
    names = stages(len(HIDDEN) + 1)
    opened = np.array([[_open(page, area, place) for place in range(len(names))] for _ in range(rounds)])
    turned = np.array([[_turn(page, area, place) for place in range(len(names))] for _ in range(rounds)])
    area.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sizes = "-".join(map(str, (2, *HIDDEN, CLASSES)))
    return [
        HEADER,
        *([sizes, str(POINTS), name, *_cells(opened[:, i]), *_cells(turned[:, i])] for i, name in enumerate(names)),
    ]


def _open(page: StepPage, area: QScrollArea, place: int) -> float:
    """Milliseconds from asking the trainer to the stage painted, nothing of it known before."""
    trainer = _trainer()
    page.show_snapshot(replace(trainer.snapshot(), rehearsal=None))  # so that the stage is not shown before it is timed
    page.show_looking(Looking(page="step", stage=place))
    trainer = _trainer()
    typeset.cache_clear()
    start = perf_counter()
    page.show_snapshot(trainer.snapshot())
    _paint(area)
    return 1e3 * (perf_counter() - start)


def _turn(page: StepPage, area: QScrollArea, place: int) -> float:
    """Milliseconds from the wish for a stage to it painted, its formulas typeset ahead."""
    page.show_looking(Looking(page="step", stage=place))  # as the view beside it does while nothing is wanted
    page.show_looking(Looking(page="step", stage=place - 1 if place else 1))
    _paint(area)
    start = perf_counter()
    page.show_looking(Looking(page="step", stage=place))
    _paint(area)
    return 1e3 * (perf_counter() - start)


def _trainer() -> Trainer:
    dataset = generate(Recipe("blobs", classes=CLASSES, points=POINTS))
    request = Request(dataset, replace(Settings(), hidden=HIDDEN), pictures=frozenset({"step"}))
    trainer = Trainer(request)
    trainer.step()
    return trainer


def _paint(area: QScrollArea) -> None:
    """Lay out what has changed, and paint what is in view."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    area.grab()


def _cells(milliseconds: NDArray[np.float64]) -> list[str]:
    return [f"{np.median(milliseconds):.0f}", f"{milliseconds.max():.0f}"]
