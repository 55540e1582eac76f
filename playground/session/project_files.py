"""The project file: a drawing and its settings as JSON."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from playground.session.dataset import ClassLabel, Dataset
from playground.session.errors import UserError
from playground.session.file_bytes import MB, Kind, Progress, no_progress, read_bytes
from playground.session.files import Mark, printable, write_file
from playground.session.settings import SPECS, Settings, checked

SUFFIX = ".softmax"
FORMAT = "softmax-playground"
VERSION = 1
PROJECT = Kind("project file", 256 * MB, "a project is smaller")  # some 2.5 million points


class Point(msgspec.Struct, array_like=True, gc=False):
    """One point: its place, its class counted from 1, and the rank that decides whether it is held out."""

    x1: float
    x2: float
    label: int
    rank: float


class Header(msgspec.Struct):
    """What tells a project file from others, and one version from another."""

    format: str
    version: int


class Project(Header):
    """What a project file holds."""

    name: str
    axes: tuple[str, str]
    classes: list[ClassLabel]
    points: list[Point]
    settings: dict[str, Any]
    made: tuple[int, ...] = ()  # not in the first files


def save_project(path: Path, dataset: Dataset, settings: Settings) -> Mark:
    """Write a project so that a failure loses neither the old nor the new; what the file is known by from now on.

    UserError where it cannot be written, or would be too large to be opened again.
    """
    content = _written(dataset, settings)
    if len(content) > PROJECT.largest:
        raise UserError(
            f"{printable(path.name)} would take {len(content) / MB:.0f} MB for {dataset.m:,} points; a project can "
            f"have {PROJECT.largest / MB:.0f} MB. Erase some of the points, then save"
        )
    return write_file(path, content)


def _written(dataset: Dataset, settings: Settings) -> bytes:
    rows = zip(*dataset.X.tolist(), (dataset.labels + 1).tolist(), dataset.ranks.tolist(), strict=True)
    points = [Point(*row) for row in rows]
    classes = [ClassLabel(label.style, printable(label.name)) for label in dataset.classes]
    axes = (printable(dataset.axes[0]), printable(dataset.axes[1]))
    values = {spec.name: getattr(settings, spec.name) for spec in SPECS}
    project = Project(FORMAT, VERSION, printable(dataset.name), axes, classes, points, values, dataset.made)
    return msgspec.json.format(msgspec.json.encode(project), indent=1)


def load_project(path: Path, progress: Progress = no_progress) -> tuple[Dataset, Settings]:
    """The data set and settings of a project file; UserError where it is not one."""
    content = read_bytes(path, PROJECT, progress)
    try:
        header = msgspec.json.decode(content, type=Header)
        if header.format != FORMAT or header.version != VERSION:
            raise UserError(
                f"version {header.version} of the format “{header.format}”; this program reads version "
                f"{VERSION} of “{FORMAT}”"
            )
        project = msgspec.json.decode(content, type=Project)
        return _dataset(project), checked(project.settings)
    except UserError as error:
        raise UserError(f"{path.name}: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{path.name} is not a Softmax Playground project, or is damaged: {error}") from None


def _dataset(project: Project) -> Dataset:
    points, m = project.points, len(project.points)
    X = np.empty((2, m))
    X[0] = np.fromiter((point.x1 for point in points), float, m)
    X[1] = np.fromiter((point.x2 for point in points), float, m)
    known = range(1, len(project.classes) + 1)  # what is not becomes -1, which `Dataset` refuses in words
    labels = np.fromiter((point.label - 1 if point.label in known else -1 for point in points), int, m)
    ranks = np.fromiter((point.rank for point in points), float, m)
    return Dataset(X, labels, ranks, tuple(project.classes), project.axes, project.name, project.made)
