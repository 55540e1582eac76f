"""Where data comes from: what each word on the command line stands for, and what is told about it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from playground.resources import asset
from playground.session.csv import Columns, read_table
from playground.session.errors import UserError
from playground.session.generators import GENERATORS, Recipe, generate
from playground.session.project_files import save_project
from playground.session.settings import Settings
from playground.session.sources import BUILT_IN, SHIPPED, load_built_in, load_csv, load_source, thumbnails

SETTINGS = Settings(learning_rate=0.05)


# Built-in data sets


def test_the_built_in_data_sets_are_the_generators_and_the_shipped_files() -> None:
    assert list(BUILT_IN) == [*GENERATORS, "iris", "penguins"]


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_data_set_loads_under_its_name(name: str) -> None:
    loaded = load_source(name, Recipe(), SETTINGS)
    assert loaded.dataset.name == name
    assert loaded.dataset.C == 3
    assert loaded.dataset.m >= 150
    assert loaded.settings.learning_rate == 0.05


@pytest.mark.parametrize("name", list(SHIPPED))
def test_a_shipped_data_set_has_its_file_and_a_word_about_where_it_is_from(name: str) -> None:
    assert asset(SHIPPED[name].file).is_file()
    assert SHIPPED[name].tip.endswith(".")


def test_every_built_in_data_set_says_what_it_is() -> None:
    assert len(set(BUILT_IN.values())) == len(BUILT_IN)
    assert all(tip.endswith(".") for tip in BUILT_IN.values())


@pytest.mark.parametrize("classes", [2, 5, 10])
def test_thumbnails_show_every_built_in_data_set_with_the_classes_on_the_plane(classes: int) -> None:
    small = thumbnails(classes)
    assert list(small) == list(BUILT_IN)
    assert {small[name].C for name in GENERATORS} == {classes}
    assert {small[name].C for name in SHIPPED} == {3}
    assert all(0 < dataset.m < 400 for dataset in small.values())


def test_a_generated_data_set_is_what_the_recipe_says() -> None:
    recipe = Recipe("blobs", classes=5, points=77, noise=0.3, data_seed=4)
    loaded = load_built_in("moons", recipe, replace(SETTINGS, standardise=True))
    expected = generate(replace(recipe, name="moons"))
    assert loaded.dataset.X.tobytes() == expected.X.tobytes()
    assert loaded.settings == SETTINGS  # its inputs are on the unit scale
    assert loaded.note == ""


def test_iris_opens_on_its_petals_as_they_are() -> None:
    loaded = load_source("iris", Recipe(), SETTINGS)
    assert loaded.dataset.axes == ("petal_length_cm", "petal_width_cm")
    assert loaded.dataset.counts().tolist() == [50, 50, 50]
    assert not loaded.settings.standardise
    assert loaded.note == "150 points from iris.csv"


def test_penguins_are_standardised_and_the_note_says_so() -> None:
    loaded = load_source("penguins", Recipe(), SETTINGS)
    assert loaded.dataset.axes == ("bill_length_mm", "body_mass_g")
    assert loaded.dataset.m == 342
    assert loaded.settings.standardise
    assert loaded.note == "342 points from penguins.csv, 2 rows with missing values skipped, inputs standardised"


def test_the_columns_of_a_shipped_data_set_can_be_chosen() -> None:
    loaded = load_source("penguins", Recipe(), SETTINGS, x="flipper_length_mm")
    assert loaded.dataset.axes == ("flipper_length_mm", "bill_length_mm")
    by_island = load_source("penguins", Recipe(), SETTINGS, label="island")
    assert [label.name for label in by_island.dataset.classes] == ["Biscoe", "Dream", "Torgersen"]
    assert load_source("iris", Recipe(), SETTINGS, y="sepal_width_cm").dataset.axes[1] == "sepal_width_cm"


# Files


def write_csv(folder: Path, rows: str, name: str = "points.csv") -> Path:
    path = folder / name
    path.write_text("x,y,class\n" + rows, encoding="utf-8")
    return path


def test_a_csv_file_is_loaded_with_guessed_columns(tmp_path: Path) -> None:
    path = write_csv(tmp_path, "1,2,a\n-1,-2,b\n")
    loaded = load_source(str(path), Recipe(), replace(SETTINGS, standardise=True))
    assert loaded.dataset.X.tolist() == [[1, -1], [2, -2]]
    assert loaded.dataset.name == "points"
    assert loaded.settings == SETTINGS
    assert loaded.note == "2 points from points.csv"


def test_the_columns_of_a_csv_file_can_be_chosen(tmp_path: Path) -> None:
    path = write_csv(tmp_path, "1,2,a\n-1,-2,b\n")
    loaded = load_source(str(path), Recipe(), SETTINGS, x="y", y="x", label="class")
    assert loaded.dataset.X.tolist() == [[2, -2], [1, -1]]


@pytest.mark.parametrize(("missing", "note"), [(0, ""), (1, ", 1 row with"), (2, ", 2 rows with")])
def test_skipped_rows_are_told(tmp_path: Path, missing: int, note: str) -> None:
    path = write_csv(tmp_path, "1,2,a\n-1,-2,b\n" + "NA,1,a\n" * missing)
    told = load_csv(read_table(path), Columns("x", "y", "class"), SETTINGS).note
    assert told == "2 points from points.csv" + (f"{note} missing values skipped" if missing else "")


def test_inputs_far_from_the_unit_scale_are_standardised(tmp_path: Path) -> None:
    loaded = load_source(str(write_csv(tmp_path, "1000,2,a\n-1000,-2,b\n")), Recipe(), SETTINGS)
    assert loaded.settings.standardise
    assert "inputs standardised" in loaded.note
    assert loaded.dataset.X[0].tolist() == [1000, -1000]  # in the user's units all the same


def test_a_project_brings_its_own_settings(tmp_path: Path) -> None:
    path = tmp_path / "mine.softmax"
    own = Settings(hidden=(3,), l2=0.25, standardise=True)
    dataset = generate(Recipe("rings", points=50))
    save_project(path, dataset, own)
    loaded = load_source(str(path), Recipe(), SETTINGS)
    assert loaded.settings == own
    assert loaded.note == "50 points from mine.softmax, inputs standardised"
    np.testing.assert_array_equal(loaded.dataset.X, dataset.X)


# What cannot be found


def test_a_word_that_is_neither_a_file_nor_a_name_is_refused_with_the_names() -> None:
    with pytest.raises(UserError) as refusal:
        load_source("squares", Recipe(), SETTINGS)
    assert "'squares' is neither a file nor a built-in data set" in str(refusal.value)
    assert all(name in str(refusal.value) for name in BUILT_IN)


@pytest.mark.parametrize("name", ["nothing.csv", "nothing.softmax"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=f"there is no file .*{name}"):
        load_source(str(tmp_path / name), Recipe(), SETTINGS)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        load_source(str(tmp_path), Recipe(), SETTINGS)


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(UserError, match=r"penguins\.csv has no column “wings”"):
        load_source("penguins", Recipe(), SETTINGS, x="wings")


def test_a_recipe_out_of_its_limits_is_refused() -> None:
    with pytest.raises(UserError, match="Classes must be"):
        load_source("blobs", Recipe(classes=11), SETTINGS)


def test_a_lesson_is_no_table_of_points(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("title: A\nsummary: B\nsteps:\n  - text: C, D, E\n")
    with pytest.raises(UserError, match="is a lesson"):
        load_source(str(path), Recipe(), Settings())
