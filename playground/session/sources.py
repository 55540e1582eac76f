"""Where data comes from: a generator's name, a shipped data set's name, a CSV file or a project."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from playground.resources import asset
from playground.session.csv import (
    Columns,
    Table,
    choose_columns,
    dataset_from,
    doubts,
    read_table,
    skipped_rows,
)
from playground.session.dataset import Dataset
from playground.session.errors import UserError
from playground.session.file_bytes import Progress, no_progress
from playground.session.generators import GENERATORS, Recipe, generate, needs_standardising
from playground.session.lessons.lesson_nodes import SUFFIXES as LESSONS
from playground.session.project_files import SUFFIX, load_project
from playground.session.settings import Settings


@dataclass(frozen=True, slots=True)
class Shipped:
    """A data set that comes with the app: its file, the columns shown first, and what it is."""

    file: str
    columns: Columns
    tip: str


SHIPPED: dict[str, Shipped] = {
    "iris": Shipped(
        "data/iris.csv",
        Columns("petal_length_cm", "petal_width_cm", "species"),
        "Petals of three species of iris, in centimetres. R. A. Fisher, 1936; public domain.",
    ),
    "penguins": Shipped(
        "data/penguins.csv",
        Columns("bill_length_mm", "body_mass_g", "species"),
        "Bill length and body mass of three species of penguin near Palmer Station. Horst, Hill and Gorman; CC0.",
    ),
}

# every built-in data set's name and what it is
BUILT_IN = {name: generator.tip for name, generator in GENERATORS.items()} | {
    name: shipped.tip for name, shipped in SHIPPED.items()
}
THUMBNAIL = Recipe(points=120, noise=0.06)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A data set, the settings that belong with it, and the file it came from, where it came from one."""

    dataset: Dataset
    settings: Settings
    file: str = ""
    skipped: int = 0  # rows with missing values
    columns: Columns | None = None  # of a table
    remarks: tuple[str, ...] = ()  # on how the file was read

    @property
    def note(self) -> str:
        """What to tell about it; empty for a generated one."""
        if not self.file:
            return ""
        present = np.flatnonzero(self.dataset.counts())
        lonely = f" of one class only, “{self.dataset.class_name(int(present[0]))}”," if present.size == 1 else ""
        scaled = ", inputs standardised" if self.settings.standardise else ""
        points = f"{self.dataset.m} points{lonely} from {self.file}{skipped_rows(self.skipped)}{scaled}"
        return "; ".join((points, *self.remarks))


def load_built_in(name: str, recipe: Recipe, settings: Settings) -> Loaded:
    """A generated data set as the recipe says, or a shipped one."""
    if name in GENERATORS:
        return Loaded(generate(replace(recipe, name=name)), replace(settings, standardise=False))
    shipped = SHIPPED[name]
    loaded = load_csv(read_table(asset(shipped.file)), shipped.columns, settings)
    return replace(loaded, dataset=replace(loaded.dataset, name=name))


def thumbnails(classes: int) -> dict[str, Dataset]:
    """A small version of each built-in data set, the generated ones with that many classes."""
    recipe = replace(THUMBNAIL, classes=classes)
    return {name: load_built_in(name, recipe, Settings()).dataset for name in BUILT_IN}


def load_csv(table: Table, columns: Columns, settings: Settings) -> Loaded:
    """Three columns of a CSV file; inputs are standardised where their scale needs it."""
    dataset, skipped = dataset_from(table, columns)
    own_settings = replace(settings, standardise=needs_standardising(dataset.X))
    remarks = (*table.remarks, *doubts(table, columns))
    return Loaded(_named_apart(dataset, table.path), own_settings, table.path.name, skipped, columns, remarks)


def load_project_file(path: Path, progress: Progress = no_progress) -> Loaded:
    """The data set and the settings of a project."""
    dataset, settings = load_project(path, progress)
    return Loaded(_named_apart(dataset, path), settings, path.name)


def _named_apart(dataset: Dataset, path: Path) -> Dataset:
    """Named after its file where it bears a built-in data set's name: it is not the one that a recipe would make."""
    return replace(dataset, name=path.name) if dataset.name in BUILT_IN else dataset


def load_source(
    source: str,
    recipe: Recipe,
    settings: Settings,
    x: str | None = None,
    y: str | None = None,
    label: str | None = None,
) -> Loaded:
    """What a word on the command line stands for; UserError where it stands for nothing."""
    if source in SHIPPED and (x or y or label):
        source_path = asset(SHIPPED[source].file)
    elif source in BUILT_IN:
        return load_built_in(source, recipe, settings)
    else:
        source_path = Path(source)
    if source_path.suffix == SUFFIX:
        return load_project_file(source_path)
    if source_path.suffix.lower() in LESSONS:
        raise UserError(f"{source} is a lesson, and has no points to train on; open it in the window")
    if not source_path.exists() and not source_path.suffix:
        raise UserError(f"{source!r} is neither a file nor a built-in data set; those are {', '.join(BUILT_IN)}")
    table = read_table(source_path)
    return load_csv(table, choose_columns(table, x, y, label), settings)
