"""The project file: a drawing and its settings as JSON."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from playground.session.csv_files import LARGEST_FILE
from playground.session.dataset import ClassLabel, Dataset
from playground.session.errors import UserError
from playground.session.settings import SPECS, Settings, checked

SUFFIX = ".softmax"
FORMAT = "softmax-playground"
VERSION = 1


class Point(msgspec.Struct, array_like=True):
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


def save_project(path: Path, dataset: Dataset, settings: Settings) -> None:
    """Write a project beside the old one, then put it in its place, so that a failure loses neither."""
    points = [
        Point(float(x1), float(x2), int(label) + 1, float(rank))
        for (x1, x2), label, rank in zip(dataset.X.T, dataset.labels, dataset.ranks, strict=True)
    ]
    values = {spec.name: getattr(settings, spec.name) for spec in SPECS}
    project = Project(FORMAT, VERSION, dataset.name, dataset.axes, list(dataset.classes), points, values)
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(project), indent=1))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserError(f"{path.name} cannot be written: {error.strerror}. Save it somewhere else") from None


def load_project(path: Path) -> tuple[Dataset, Settings]:
    """The data set and settings of a project file; UserError where it is not one."""
    content = _content(path)
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


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise UserError(f"{path} is a folder: choose a project file inside it")
    if not path.is_file():
        raise UserError(f"there is no file {path}")
    if path.stat().st_size > LARGEST_FILE:
        raise UserError(f"{path.name} is larger than {LARGEST_FILE / 2**20:.0f} MB: it is not a project file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}") from None


def _dataset(project: Project) -> Dataset:
    X = np.array([[point.x1, point.x2] for point in project.points], float).reshape(-1, 2).T
    known = range(1, len(project.classes) + 1)  # what is not becomes -1, which `Dataset` refuses in words
    labels = np.array([point.label - 1 if point.label in known else -1 for point in project.points], int)
    ranks = np.array([point.rank for point in project.points], float)
    return Dataset(X, labels, ranks, tuple(project.classes), project.axes, project.name)
