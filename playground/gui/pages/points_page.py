"""The page of the points: every point's loss, how they add up to J, and what they mean."""

import numpy as np
from PyQt6.QtCore import QElapsedTimer, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.gui.pages.cost_sum import CostSum
from playground.gui.pages.page import Page
from playground.gui.pages.points.confusion_view import ConfusionView
from playground.gui.pages.points_columns import point_columns, worst_columns
from playground.gui.pages.points_table import PointsTable
from playground.gui.palette import Theme
from playground.gui.parts.buttons import keep_space_for, word_button
from playground.gui.parts.labels import plain_label, sentence, set_text, set_tip
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.table_cells import Column
from playground.gui.style import heading
from playground.session.answers import Answers
from playground.session.confusion import Cell, about_cell, members
from playground.session.light import Light
from playground.session.looking import OVERLAYS, Looking, framed_cell
from playground.session.messages import Snapshot
from playground.session.number_text import fixed, signed, widest_fixed

REFRESH_MS = 500  # while training: two rounds a second are as many as can be read
WORST = 10
LEAST_TABLE_HEIGHT = 220  # pixels
SPACE = 4  # pixels more above a heading
NO_POINTS = "No points yet: draw some on the plane, or choose a data set. What each of them costs then stands here."
NO_ANSWERS = "The losses of this moment are on their way."
NO_TRAINING = "Every point is held out for the test: there is nothing to learn from, and no J."
ABOUT_MEANS = (
    "The difference is 1/m Σ (ŷ − y), and that is db of the output layer. Where its biases have come to rest, db = 0: "
    "then the mean ŷ of each class is its true share, in any network. The penalty leaves biases alone."
)
MEANS = (
    Column("", "", chars=3, kind="marker", align="left", tip="The class"),
    Column("y_hat", "mean ŷ", chars=6, tip="The mean of the class's ŷ over the training points"),
    Column("y_hat", "", chars=2, kind="bar"),
    Column("y", "share", chars=6, tip="How many of the training points are of the class: the mean of its y"),
    Column("y", "", chars=2, kind="bar"),
    Column("dz", "difference", chars=widest_fixed(4), tip="The mean of ŷ − y, which is db of the output layer"),
)


class PointsPage(Page):
    """Overlays to switch, the sum that is J, the means of the classes, the largest losses, and every point."""

    overlay_switched = pyqtSignal(str, bool)
    point_chosen = pyqtSignal(int)  # its index in the data set
    cell_chosen = pyqtSignal(object)  # Cell of the confusion matrix, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Snapshot | None = None  # in the tables
        self._looking = Looking()
        self._shown_cell: Cell | None = None
        self._since_refresh = QElapsedTimer()
        self._boxes = {name: self._box(name) for name in ("haloes", "misses")}
        self._misses, self._about = plain_label(), plain_label(NO_POINTS)
        self._misses.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for label in (self._misses, self._about):
            label.setProperty("role", "muted")
        self._about.setWordWrap(True)
        self._sum, self._confusion = CostSum(), ConfusionView()
        self._confusion.cell_chosen.connect(self.cell_chosen)
        self._filtered = sentence()
        self._all_button = word_button("All points", "List every point again, and frame none on the plane")
        self._all_button.clicked.connect(lambda _down: self.cell_chosen.emit(None))
        self._means = NumberTable()
        self._means.set_columns(MEANS)
        self._worst = PointsTable("The ten largest losses", can_sort=False)
        self._worst.set_room(WORST)
        self._table = PointsTable("All points", can_sort=True)
        self._table.setMinimumHeight(LEAST_TABLE_HEIGHT)
        self._trained, self._all = QWidget(), QWidget()
        for view in self._views():
            view.lit.connect(self.lit)
        for table in (self._worst, self._table):
            table.point_chosen.connect(self.point_chosen)
        self._lay_out()

    def _box(self, name: str) -> QCheckBox:
        title, tip = OVERLAYS[name]
        box = QCheckBox(title)
        set_tip(box, tip)
        box.setAccessibleDescription(tip)
        keep_space_for(box)
        box.clicked.connect(lambda on: self.overlay_switched.emit(name, on))
        return box

    def _lay_out(self) -> None:
        boxes = QHBoxLayout()
        boxes.setSpacing(14)
        for box in self._boxes.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        trained = _column(self._trained)
        parts: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("How they add up", (self._sum,)),
            ("Mean probability and true share", (self._means, sentence(ABOUT_MEANS))),
            ("The ten largest losses", (self._worst,)),
        )
        for title, widgets in parts:
            trained.addSpacing(SPACE)
            for widget in (heading(title), *widgets):
                trained.addWidget(widget)
        points = _column(self._all)
        points.addSpacing(SPACE)
        points.addWidget(heading("Every point"))
        row = QHBoxLayout()
        row.addWidget(self._filtered, 1)
        row.addWidget(self._all_button)
        points.addLayout(row)
        points.addWidget(self._table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 8, 7, 8)
        column.setSpacing(6)
        column.addLayout(boxes)
        for widget in (self._misses, self._about, self._confusion, self._trained):
            column.addWidget(widget)
        column.addWidget(self._all, 1)
        column.addStretch(0)
        self._show_parts(None)

    def _views(self) -> tuple[CostSum | NumberTable | PointsTable, ...]:
        return self._sum, self._means, self._worst, self._table

    def parts(self) -> dict[str, list[QWidget]]:
        """What can be pointed out on it."""
        return {"confusion": [self._confusion]}

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        super().set_theme(theme)
        self._confusion.set_theme(theme)
        for view in self._views():
            view.set_theme(theme)

    def show_looking(self, looking: Looking) -> None:
        """Show which overlays are on."""
        for name, box in self._boxes.items():
            box.setChecked(name in looking.overlays)
        self._looking = looking
        if self._shown is not None and self._cell(self._shown) != self._shown_cell:
            self.show_snapshot(self._shown)

    def show_light(self, light: Light) -> None:
        """Light up what stands for this term or class."""
        for view in self._views():
            view.show_light(light)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the losses of this moment, or say why there are none."""
        answers = snapshot.answers
        self._show_parts(answers)
        set_text(self._about, _about(snapshot))
        self._about.setVisible(bool(self._about.text()))
        if answers is None:
            return
        set_text(self._misses, _about_misses(answers))
        if snapshot.confusion is not None:
            self._confusion.show_confusion(snapshot.confusion, snapshot.dataset)
        self._confusion.show_cell(self._cell(snapshot))
        if answers.mean_loss is not None:
            self._sum.show_sum(answers.mean_loss, answers.penalty, snapshot.cost, int((~answers.is_test).sum()))
        self._show_means(snapshot, answers)
        if self._is_due(snapshot, answers):
            self._show_points(snapshot, answers)
        for table in (self._worst, self._table):
            table.paint_on(is_live=snapshot.running)
            table.show_probe(snapshot)

    def _cell(self, snapshot: Snapshot) -> Cell | None:
        return framed_cell(self._looking, snapshot.dataset.C)

    def _show_parts(self, answers: Answers | None) -> None:
        self._misses.setVisible(answers is not None)
        self._all.setVisible(answers is not None)
        self._confusion.setVisible(answers is not None)
        self._trained.setVisible(answers is not None and answers.mean_loss is not None)

    def _show_means(self, snapshot: Snapshot, answers: Answers) -> None:
        if answers.mean_Y_hat is None or answers.shares is None:
            return
        self._means.set_rows(snapshot.dataset.C)
        longest = max(answers.mean_Y_hat.max(), answers.shares.max())
        for label, class_label in enumerate(snapshot.dataset.classes):
            mean, share = float(answers.mean_Y_hat[label]), float(answers.shares[label])
            bars = mean / longest, share / longest
            row = [str(label + 1), fixed(mean, 4), bars[0], fixed(share, 4), bars[1], signed(mean - share, 4)]
            self._means.show_row(label, row, label, class_label.style)

    def _is_due(self, snapshot: Snapshot, answers: Answers) -> bool:
        """Whether the tables are to be written: at once where the points are others, else when there is time."""
        shown = self._shown
        if shown is None or shown.answers is None or shown.dataset is not snapshot.dataset:
            return True
        if self._cell(snapshot) != self._shown_cell:
            return True
        if snapshot.running:
            return self._since_refresh.elapsed() >= REFRESH_MS
        same_points = np.array_equal(shown.answers.is_test, answers.is_test) and shown.cost == snapshot.cost
        return not (same_points and np.array_equal(shown.answers.Z, answers.Z, equal_nan=True))

    def _show_points(self, snapshot: Snapshot, answers: Answers) -> None:
        self._shown = snapshot
        self._since_refresh.start()
        X = snapshot.dataset.X
        is_live = snapshot.running
        self._worst.show_points(X, worst_columns(snapshot, answers), answers.worst(WORST), is_live=is_live)
        cell = self._shown_cell = self._cell(snapshot)
        among = None if cell is None else members(cell, answers, snapshot.dataset.labels)
        self._table.show_points(X, point_columns(snapshot, answers), among=among, is_live=is_live)
        for widget in (self._filtered, self._all_button):
            widget.setVisible(cell is not None)
        if cell is not None and among is not None:
            set_text(self._filtered, f"Only the {among.size} {about_cell(cell, snapshot.dataset)}.")


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column


def _about(snapshot: Snapshot) -> str:
    """Why something is missing; nothing where all is there."""
    if snapshot.dataset.m == 0:
        return NO_POINTS
    if snapshot.answers is None:
        return NO_ANSWERS
    return NO_TRAINING if snapshot.answers.mean_loss is None else ""


def _about_misses(answers: Answers) -> str:
    """How many points are misclassified, the held-out ones counted apart."""
    test = int(np.count_nonzero(answers.is_test))
    missed_test = int(np.count_nonzero(answers.is_miss & answers.is_test))
    trained, missed = answers.is_miss.size - test, int(np.count_nonzero(answers.is_miss)) - missed_test
    if not test:
        return f"Misclassified: {missed} of {trained} points."
    return f"Misclassified: {missed} of {trained} training points, {missed_test} of {test} held-out ones."
