"""Project files: what is saved is loaded to the last bit, what is damaged is refused in words, nothing is lost."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from playground.session import project_files
from playground.session.dataset import ClassLabel, Dataset, empty_dataset
from playground.session.errors import UserError
from playground.session.generators import Recipe, generate
from playground.session.project_files import PROJECT, SUFFIX, load_project, save_project
from playground.session.settings import SPECS, Settings, checked
from playground.session.specs import Choice, Layers, Number, Spec

thorough = settings(derandomize=True, deadline=None, max_examples=40)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    styles = draw(st.lists(st.integers(0, 9), min_size=2, max_size=10, unique=True))
    classes = tuple(ClassLabel(style, draw(st.text(max_size=8))) for style in styles)
    m = draw(st.integers(0, 12))
    X = draw(hnp.arrays(float, (2, m), elements=st.floats(-1e30, 1e30)))
    labels = draw(hnp.arrays(int, m, elements=st.integers(0, len(classes) - 1)))
    ranks = draw(hnp.arrays(float, m, elements=st.floats(0, 1, exclude_max=True)))
    axes = (draw(st.text(max_size=8)), draw(st.text(max_size=8)))
    return Dataset(X, labels, ranks, classes, axes, draw(st.text(max_size=8)))


def values_of(spec: Spec) -> st.SearchStrategy[Any]:
    match spec.kind:
        case Choice(options):
            return st.sampled_from(options)
        case Layers(most_layers, most_units):
            return st.lists(st.integers(1, most_units), max_size=most_layers).map(tuple)
        case Number(low, high, whole):
            return st.integers(int(low), int(high)) if whole else st.floats(low, high)
        case _:
            return st.booleans()


any_settings = st.fixed_dictionaries({spec.name: values_of(spec) for spec in SPECS}).map(checked)


def saved(folder: Path, dataset: Dataset | None = None, chosen: Settings | None = None) -> Path:
    path = folder / f"drawing{SUFFIX}"
    save_project(path, dataset or generate(Recipe(points=20)), chosen or Settings())
    return path


def changed(folder: Path, change: Callable[[dict[str, Any]], Any]) -> Path:
    """A project file with something about it changed."""
    path = saved(folder)
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def assert_same(loaded: Dataset, dataset: Dataset) -> None:
    assert loaded.X.tobytes() == dataset.X.tobytes()
    assert loaded.labels.tolist() == dataset.labels.tolist()
    assert loaded.ranks.tobytes() == dataset.ranks.tobytes()
    assert (loaded.classes, loaded.axes, loaded.name) == (dataset.classes, dataset.axes, dataset.name)


# There and back


@thorough
@given(dataset=datasets(), chosen=any_settings)
def test_what_is_saved_is_loaded_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, dataset: Dataset, chosen: Settings
) -> None:
    path = saved(tmp_path_factory.getbasetemp(), dataset, chosen)
    loaded, loaded_settings = load_project(path)
    assert_same(loaded, dataset)
    assert loaded_settings == chosen


def test_the_file_is_json_that_a_person_can_read(tmp_path: Path) -> None:
    dataset = empty_dataset(2, name="mine").with_points([[1.5], [-2.0]], 1).with_name(1, "Füchse")
    content = json.loads(saved(tmp_path, dataset, Settings(l2=0.5)).read_text(encoding="utf-8"))
    assert (content["format"], content["version"], content["name"]) == ("softmax-playground", 1, "mine")
    assert content["points"] == [[1.5, -2.0, 2, pytest.approx((5**0.5 - 1) / 2)]]  # classes are counted from 1
    assert content["classes"] == [{"style": 0, "name": ""}, {"style": 1, "name": "Füchse"}]
    assert content["settings"]["l2"] == 0.5
    assert list(content["settings"]) == [spec.name for spec in SPECS]


def test_a_project_without_points_is_kept(tmp_path: Path) -> None:
    loaded, _ = load_project(saved(tmp_path, empty_dataset(5)))
    assert (loaded.m, loaded.C, loaded.X.shape) == (0, 5, (2, 0))


def test_the_points_ever_made_are_kept_and_a_file_that_does_not_know_them_opens(tmp_path: Path) -> None:
    dataset = empty_dataset(2).with_points(np.zeros((2, 9)), 1).without(np.arange(9) < 4)
    path = saved(tmp_path, dataset)
    assert load_project(path)[0].made == dataset.made == (0, 9, *[0] * 8)
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["made"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert load_project(path)[0].made == (0, 5, *[0] * 8)


def test_a_project_without_a_setting_gets_its_default(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda content: content["settings"].pop("l2"))
    assert load_project(path)[1] == Settings()


# Damaged files

NOT_A_PROJECT = r"drawing\.softmax is not a Softmax Playground project, or is damaged: "


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"x1,x2\n1,2\n", b'{"format": "softmax-playground"}', b"\xff\xfe", b"\x00" * 40],
)
def test_what_is_no_project_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / f"drawing{SUFFIX}"
    path.write_bytes(content)
    with pytest.raises(UserError, match=NOT_A_PROJECT):
        load_project(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = saved(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UserError, match=NOT_A_PROJECT):
        load_project(path)


def put(*keys: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change that puts a value at a place in a file."""

    def change(content: Any) -> None:
        for key in keys[:-1]:
            content = content[key]
        content[keys[-1]] = value

    return change


WRONG_VALUES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "other format": (put("format", value="drawing"), "version 1 of the format “drawing”; this program reads version 1"),
    "newer version": (put("version", value=2), "version 2 of the format “softmax-playground”; this program reads"),
    "no version": (lambda content: content.pop("version"), "missing required field `version`"),
    "no points": (lambda content: content.pop("points"), "missing required field `points`"),
    "word for a version": (put("version", value="one"), r"at `\$\.version`"),
    "word for x1": (put("points", 3, 0, value="left"), r"at `\$\.points\[3\]\[0\]`"),
    "null for x2": (put("points", 0, 1, value=None), r"at `\$\.points\[0\]\[1\]`"),
    "fraction for a class": (put("points", 0, 2, value=1.5), r"at `\$\.points\[0\]"),
    "short point": (put("points", 0, value=[1, 2]), r"at `\$\.points\[0\]"),
    "far point": (put("points", 0, 0, value=1e31), r"coordinates must be numbers between −10³⁰ and 10³⁰"),
    "class 0": (put("points", 0, 2, value=0), "class numbers must lie between 1 and 3"),
    "class 4 of 3": (put("points", 0, 2, value=4), "class numbers must lie between 1 and 3"),
    "rank 1": (put("points", 0, 3, value=1), "ranks must lie between 0 and 1"),
    "negative rank": (put("points", 0, 3, value=-0.1), "ranks must lie between 0 and 1"),
    "style 10": (put("classes", 0, "style", value=10), "a style of its own, 0 to 9"),
    "style twice": (put("classes", 0, "style", value=1), "a style of its own, 0 to 9"),
    "one class": (put("classes", value=[{"style": 0}]), "2 to 10 classes, not 1"),
    "three axes": (put("axes", value=["a", "b", "c"]), r"at `\$\.axes`"),
    "unknown setting": (put("settings", "depth", value=3), "no setting called 'depth'; the settings are hidden, "),
    "learning rate": (put("settings", "learning_rate", value=1e6), "Learning rate must be a number between 1e-05 and"),
    "NaN in words": (put("settings", "l2", value="nan"), "L2 penalty λ must be a number between 0 and 100, not 'nan'"),
    "layers": (put("settings", "hidden", value=[8, 0]), "Hidden layers must be up to 6 layers of 1 to 64 units"),
    "optimiser": (put("settings", "optimizer", value=1), "Optimiser must be one of gradient descent"),
    "number for a switch": (put("settings", "standardise", value=1), "Standardise inputs must be on or off, not 1"),
    "settings as a list": (put("settings", value=[]), r"at `\$\.settings`"),
}


@pytest.mark.parametrize(("change", "message"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_a_wrong_value_is_refused_by_the_files_name_and_in_words(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any], message: str
) -> None:
    with pytest.raises(UserError, match=rf"^drawing\.softmax.*{message}"):
        load_project(changed(tmp_path, change))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_coordinate_that_is_no_finite_number_is_refused(tmp_path: Path, number: str) -> None:
    path = changed(tmp_path, put("points", 0, 0, value=123456))
    path.write_text(path.read_text(encoding="utf-8").replace("123456", number), encoding="utf-8")
    with pytest.raises(UserError, match=NOT_A_PROJECT):
        load_project(path)


@pytest.mark.parametrize("label", [2**63 + 1, 10**30, -(2**63)])
def test_a_class_number_too_large_for_an_array_is_refused(tmp_path: Path, label: int) -> None:
    with pytest.raises(UserError, match="class numbers must lie between 1 and 3"):
        load_project(changed(tmp_path, put("points", 0, 2, value=label)))


def test_a_setting_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, put("settings", "hidden", value="deep"))
    deep = "[" * 5000 + "]" * 5000
    path.write_text(path.read_text(encoding="utf-8").replace('"deep"', deep), encoding="utf-8")
    with pytest.raises(UserError, match=r"^drawing\.softmax") as refusal:  # by the reader, or by the setting
        load_project(path)
    assert len(str(refusal.value)) < 250


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no file .*nothing\.softmax"):
        load_project(tmp_path / "nothing.softmax")
    with pytest.raises(UserError, match="there is no file"):
        load_project(tmp_path / "no\0name.softmax")
    with pytest.raises(UserError, match="is a folder"):
        load_project(tmp_path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / f"large{SUFFIX}"
    with path.open("wb") as file:
        file.truncate(PROJECT.largest + 1)  # sparse: takes no room on the disk
    with pytest.raises(UserError, match=r"large\.softmax has 256 MB; files up to 256 MB can be read"):
        load_project(path)


# Saving


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    saved(tmp_path)
    dataset = generate(Recipe("moons", points=30))
    path = saved(tmp_path, dataset)
    assert_same(load_project(path)[0], dataset)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_saving_where_there_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"drawing\.softmax cannot be written: .*\. Save it somewhere else"):
        saved(tmp_path / "nowhere")


def test_saving_over_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"drawing{SUFFIX}").mkdir()
    with pytest.raises(UserError, match=r"drawing\.softmax cannot be written: .*\. Save it somewhere else"):
        saved(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_saving_in_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match=r"cannot be written: Permission denied\. Save it somewhere else"):
        saved(tmp_path)


def test_what_would_be_too_large_to_be_opened_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path)
    size = path.stat().st_size
    monkeypatch.setattr(project_files, "PROJECT", replace(PROJECT, largest=size))
    assert load_project(saved(tmp_path))[0].m == 20
    monkeypatch.setattr(project_files, "PROJECT", replace(PROJECT, largest=size - 1))
    with pytest.raises(UserError, match=r"drawing\.softmax would take .* MB for 20 points; .* Erase some"):
        saved(tmp_path)


def test_a_million_points_can_be_saved_and_opened() -> None:
    line = len(b"\n  [\n   -1.2345678901234567e-10,\n   -1.2345678901234567e-10,\n   10,\n   0.12345678901234567\n  ],")
    assert 10**6 * line < PROJECT.largest


def test_a_drawing_named_after_a_file_whose_name_is_no_utf_8_is_saved(tmp_path: Path) -> None:
    assert load_project(saved(tmp_path, empty_dataset(2, name="caf\udce9.csv")))[0].name == "caf?.csv"


def test_half_a_character_in_a_name_does_not_keep_the_drawing_from_being_saved(tmp_path: Path) -> None:
    path = saved(tmp_path, empty_dataset(2).with_name(0, "fox \ud83e"))
    assert load_project(path)[0].classes[0].name.startswith("fox ")


def test_a_loaded_data_set_refuses_writes_too(tmp_path: Path) -> None:
    loaded, _ = load_project(saved(tmp_path))
    with pytest.raises(ValueError, match="read-only"):
        loaded.X[:] = 0
    assert loaded.X.dtype == np.float64
