"""What is laid over the plane on request: lines of the scores, haloes of the losses, marks of the misses."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PyQt6.QtGui import QPainterPath
from PyQt6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from playground.gui.palette import CLASS_COLOURS, LIGHT, Array, Theme
from playground.gui.plots.fast_plot import line_path, path_item, recolour
from playground.gui.plots.frame import PLAIN, Frame
from playground.session.answers import Answers
from playground.session.confusion import Cell, has_classes, members
from playground.session.dataset import MAX_CLASSES, ClassLabel
from playground.session.messages import Snapshot

MOST_HALOES = 400  # the largest ones: of a very large set, the others would hide the plane
MOST_MISSES = 2000  # more would cost a frame its time
CROWD = 500  # from so many points on they are marked finely; fewer are crossed with two lines a stroke
HALO_OF_UNIT_LOSS = 9.0  # pixels of radius; the area grows with the loss
LEAST_HALO, LARGEST_HALO = 6.5, 32.0  # a smaller one would lie under its point
LEAST_LOSS = (LEAST_HALO / HALO_OF_UNIT_LOSS) ** 2
MISS_ARM, FINE_MISS_ARM = 5.5, 4.0
BOLD = 0.4  # pixels to either side: a pen of more than a pixel is many times as slow as two lines
STRONG, WEAK = 0.8, 0.4  # how opaque the rings of few points and of a crowd are
MOST_FRAMES = 2000
FRAME = 8.0  # pixels from a framed point to the sides of its square
_SQUARE = np.array([[-1.0, 1, 1, -1, -1], [-1, -1, 1, 1, -1]])
_CIRCLE = np.linspace(0, 2 * np.pi, 25)


class Overlays:
    """Plain Qt items over the plane, drawn without Python; each is empty where it was not asked for."""

    def __init__(self) -> None:
        self._theme = LIGHT
        self._ties = path_item(z=4)
        self._zero_lines = [path_item(z=6, dotted=True) for _ in range(MAX_CLASSES)]
        self._haloes = path_item(z=12)  # over the points, which would hide most of a ring where they are many
        self._misses = path_item(z=14)
        self._frames = path_item(z=13)

    @property
    def items(self) -> list[QGraphicsItem]:
        """The items, to be put into the plane's box."""
        return [self._ties, *self._zero_lines, self._haloes, self._frames, self._misses]

    def clear(self) -> None:
        """Show none."""
        for item in (self._ties, *self._zero_lines, self._haloes, self._frames, self._misses):
            _set_path(item, QPainterPath())

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        recolour(self._ties, theme.border, 0.4)
        recolour(self._frames, theme.text)
        recolour(self._misses, theme.text)  # red would be lost on half of the classes' colours

    def show_snapshot(
        self,
        snapshot: Snapshot,
        pictures: frozenset[str],
        pixel: tuple[float, float],
        cell: Cell | None = None,
        frame: Frame = PLAIN,
    ) -> None:
        """Show those that are asked for; ``pixel`` is a pixel's width and height in the frame's units."""
        X = frame.inward_points(snapshot.dataset.X)
        _set_pieces(self._ties, snapshot.ties_beyond if "ties" in pictures else None, frame)
        is_asked = "zero_lines" in pictures
        self._show_zero_lines(snapshot.zero_lines or () if is_asked else (), snapshot.dataset.classes, frame)
        recolour(self._haloes, self._theme.text, WEAK if snapshot.dataset.m > CROWD else STRONG)
        for name, item, draw in (("haloes", self._haloes, haloes), ("misses", self._misses, misses)):
            answers = snapshot.answers if name in pictures else None
            _set_path(item, draw(X, answers, pixel) if answers is not None else QPainterPath())

        _set_path(self._frames, QPainterPath() if cell is None else frames(cell, X, snapshot, pixel))

    def _show_zero_lines(self, lines: Sequence[Array], classes: Sequence[ClassLabel], frame: Frame) -> None:
        for item, pieces, class_label in zip(self._zero_lines, lines, classes, strict=False):
            _set_pieces(item, pieces, frame)
            recolour(item, CLASS_COLOURS[class_label.style])
        for item in self._zero_lines[len(lines) :]:
            _set_pieces(item, None)


def haloes(X: Array, answers: Answers, pixel: tuple[float, float]) -> QPainterPath:
    """A ring round each training point (2, m) whose area grows with its loss, of very many round the largest losses."""
    index = np.flatnonzero((answers.losses > LEAST_LOSS) & ~answers.is_test)
    if index.size > MOST_HALOES:
        index = answers.worst(MOST_HALOES)
    if not index.size:
        return QPainterPath()
    radius = np.minimum(HALO_OF_UNIT_LOSS * np.sqrt(answers.losses[index, None]), LARGEST_HALO)
    return _broken_path(
        X[0, index, None] + pixel[0] * radius * np.cos(_CIRCLE), X[1, index, None] + pixel[1] * radius * np.sin(_CIRCLE)
    )


def misses(X: Array, answers: Answers, pixel: tuple[float, float]) -> QPainterPath:
    """A cross over each point (2, m) whose most probable class is not its own; of very many over some everywhere."""
    index = np.flatnonzero(answers.is_miss)
    if not index.size:
        return QPainterPath()
    is_crowd = index.size > CROWD
    if index.size > MOST_MISSES:
        index = index[np.argpartition(_spread(answers.is_miss.size)[index], MOST_MISSES)[:MOST_MISSES]]
    shifts = (0.0,) if is_crowd else (-BOLD, BOLD)
    arm = (FINE_MISS_ARM if is_crowd else MISS_ARM) * np.array([-1.0, 1.0])
    x, y = X[0, index, None], X[1, index, None]
    across = np.stack([x + pixel[0] * (arm + shift) for shift in shifts for _ in (1, -1)])
    up = np.stack([y + pixel[1] * slope * arm for _ in shifts for slope in (1, -1)])
    return line_path(across.ravel(), up.ravel(), in_pairs=True)


def frames(cell: Cell, X: Array, snapshot: Snapshot, pixel: tuple[float, float]) -> QPainterPath:
    """A square round each point of a cell of the confusion matrix; of very many round some everywhere."""
    if snapshot.answers is None or not has_classes(cell, snapshot.dataset.C):
        return QPainterPath()
    index = members(cell, snapshot.answers, snapshot.dataset.labels)
    if not index.size:
        return QPainterPath()
    if index.size > MOST_FRAMES:
        index = index[np.argpartition(_spread(snapshot.dataset.m)[index], MOST_FRAMES)[:MOST_FRAMES]]
    x, y = X[0, index, None], X[1, index, None]
    return _broken_path(x + FRAME * pixel[0] * _SQUARE[0], y + FRAME * pixel[1] * _SQUARE[1])


@lru_cache(maxsize=1)
def _spread(m: int) -> Array:
    """A rank in [0, 1) for each point, spread evenly over any run of them: by it the same ones stay marked."""
    ranks: Array = (np.arange(m) * ((5**0.5 - 1) / 2) % 1).astype(np.float32)
    return ranks


def _broken_path(x: Array, y: Array) -> QPainterPath:
    """One path through each row of points (k, n)."""
    gap = np.full((len(x), 1), np.nan)
    return line_path(np.hstack([x, gap]).ravel(), np.hstack([y, gap]).ravel())


def _set_pieces(item: QGraphicsPathItem, pieces: Array | None, frame: Frame = PLAIN) -> None:
    ends = np.empty((0, 2)) if pieces is None else frame.inward_pieces(pieces).reshape(-1, 2)
    _set_path(item, line_path(ends[:, 0], ends[:, 1], in_pairs=True))


def _set_path(item: QGraphicsPathItem, path: QPainterPath) -> None:
    if not (path.isEmpty() and item.path().isEmpty()):
        item.setPath(path)
