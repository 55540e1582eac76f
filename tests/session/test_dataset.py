"""The data set: a value that refuses change, edits that leave everyone else in place, limits that speak."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.resources import asset
from playground.session.csv import dataset_from, guess_columns, read_table
from playground.session.dataset import (
    MAX_CLASSES,
    MIN_CLASSES,
    ClassLabel,
    Dataset,
    class_labels,
    class_sources,
    empty_dataset,
    stratified_ranks,
)
from playground.session.errors import UserError
from playground.session.generators import GENERATORS, Recipe, generate

thorough = settings(derandomize=True, deadline=None, max_examples=80)
SHARES = [0.0, 0.1, 0.25, 0.5, 0.8, 0.9]


def drawing() -> Dataset:
    """Nine points of three classes, drawn in turns."""
    dataset = empty_dataset(3)
    for i in range(9):
        dataset = dataset.with_points([[float(i)], [-float(i)]], i % 3)
    return dataset


def contents(dataset: Dataset) -> tuple[Any, ...]:
    arrays = (dataset.X.tobytes(), dataset.labels.tobytes(), dataset.ranks.tobytes())
    return (*arrays, dataset.classes, dataset.axes, dataset.name)


def loaded(file: str) -> Dataset:
    table = read_table(asset(file))
    return dataset_from(table, guess_columns(table))[0]


# A value


EDITS: dict[str, Callable[[Dataset], Dataset]] = {
    "draw": lambda dataset: dataset.with_points([[1.0, 2.0], [3.0, 4.0]], 1),
    "erase": lambda dataset: dataset.without(dataset.X[0] > 4),
    "move": lambda dataset: dataset.with_moved(2, 7.0, 8.0),
    "add class": lambda dataset: dataset.with_class(),
    "remove class": lambda dataset: dataset.without_class(0),
    "rename": lambda dataset: dataset.with_name(1, "cat"),
    "clear": lambda dataset: dataset.cleared(),
}
each_edit = pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)


@each_edit
def test_an_edit_makes_another_data_set_and_leaves_the_one_before_untouched(edit: Callable[[Dataset], Dataset]) -> None:
    before = drawing()
    kept = contents(before)
    after = edit(before)
    assert contents(before) == kept
    assert contents(after) != kept


@each_edit
def test_no_array_of_an_edited_data_set_can_be_written(edit: Callable[[Dataset], Dataset]) -> None:
    dataset = edit(drawing())
    for array in (dataset.X, dataset.labels, dataset.ranks):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_fields_cannot_be_replaced() -> None:
    with pytest.raises(FrozenInstanceError):
        drawing().X = np.zeros((2, 9))


def test_writing_the_arrays_it_was_made_from_does_not_reach_it() -> None:
    X, labels, ranks = np.zeros((2, 3)), np.zeros(3, np.intp), np.zeros(3)
    dataset = Dataset(X, labels, ranks, class_labels(2))
    X[:], labels[:], ranks[:] = 5, 1, 0.5
    assert not dataset.X.any()
    assert not dataset.labels.any()
    assert not dataset.ranks.any()


def test_data_sets_are_compared_by_identity() -> None:
    one, other = empty_dataset(), empty_dataset()
    assert one == one  # noqa: PLR0124
    assert one != other
    assert len({one, other}) == 2


def test_an_empty_data_set_has_its_classes_and_no_points() -> None:
    dataset = empty_dataset(4, name="mine")
    assert (dataset.m, dataset.C, dataset.name) == (0, 4, "mine")
    assert dataset.counts().tolist() == [0, 0, 0, 0]
    assert dataset.X.shape == (2, 0)
    assert [label.style for label in dataset.classes] == [0, 1, 2, 3]


def test_points_and_classes_are_counted() -> None:
    dataset = drawing().with_points([[0.0], [0.0]], 2).with_class()
    assert (dataset.m, dataset.C) == (10, 4)
    assert dataset.counts().tolist() == [3, 3, 4, 0]


def test_a_class_without_a_name_is_called_by_its_number() -> None:
    dataset = drawing().with_name(1, "cat")
    assert [dataset.class_name(i) for i in range(3)] == ["class 1", "cat", "class 3"]


# The edits, one by one


def test_drawn_points_are_exactly_where_they_were_put() -> None:
    dataset = empty_dataset(2).with_points([[0.1, 1e30], [-1 / 3, -1e30]], 1)
    assert dataset.X.tolist() == [[0.1, 1e30], [-1 / 3, -1e30]]
    assert dataset.labels.tolist() == [1, 1]


def test_erasing_takes_the_points_of_the_mask_and_no_other() -> None:
    dataset = drawing().without([i in (0, 4, 8) for i in range(9)])
    assert dataset.X[0].tolist() == [1, 2, 3, 5, 6, 7]
    assert dataset.labels.tolist() == [1, 2, 0, 2, 0, 1]


def test_moving_takes_one_point_elsewhere() -> None:
    before = drawing()
    after = before.with_moved(4, 40.0, 41.0)
    assert after.X[:, 4].tolist() == [40.0, 41.0]
    others = np.arange(9) != 4
    np.testing.assert_array_equal(after.X[:, others], before.X[:, others])


def test_a_removed_class_takes_its_points_along_and_the_later_ones_move_up_with_their_styles() -> None:
    before = drawing().with_name(2, "cat")
    after = before.without_class(1)
    assert after.classes == (ClassLabel(0), ClassLabel(2, "cat"))
    assert after.X[0].tolist() == [0, 2, 3, 5, 6, 8]
    assert after.labels.tolist() == [0, 1, 0, 1, 0, 1]


def test_a_new_class_takes_the_first_free_style() -> None:
    dataset = drawing().without_class(1).with_class()
    assert [label.style for label in dataset.classes] == [0, 2, 1]
    assert [label.style for label in dataset.with_class().classes] == [0, 2, 1, 3]


def test_renaming_keeps_style_points_and_the_other_names() -> None:
    before = drawing().with_name(0, "dog")
    after = before.with_name(1, "cat")
    assert after.classes == (ClassLabel(0, "dog"), ClassLabel(1, "cat"), ClassLabel(2))
    assert contents(after)[:3] == contents(before)[:3]


def test_clearing_keeps_the_classes_but_not_the_name_of_the_set() -> None:
    dataset = generate(Recipe("moons", classes=4)).with_name(0, "dog").cleared()
    assert (dataset.m, dataset.name) == (0, "")
    assert [label.name for label in dataset.classes] == ["dog", "", "", ""]


# Any sequence of edits


@dataclass
class Model:
    """The same drawing in plain lists: (x1, x2, style, rank) of each point, (style, name) of each class."""

    points: list[tuple[float, float, int, float]] = field(default_factory=list)
    classes: list[tuple[int, str]] = field(default_factory=lambda: [(0, ""), (1, ""), (2, "")])


Step = Callable[[Dataset, Model, int], Dataset]


def draw(dataset: Dataset, model: Model, number: int) -> Dataset:
    label, count = number % len(model.classes), 1 + number % 4
    X = [[number / 7 + i for i in range(count)], [-number / 3 + i for i in range(count)]]
    after = dataset.with_points(X, label)
    new_ranks = after.ranks[after.m - count :].tolist()
    style = model.classes[label][0]
    model.points += [(x1, x2, style, rank) for x1, x2, rank in zip(*X, new_ranks, strict=True)]
    return after


def erase(dataset: Dataset, model: Model, number: int) -> Dataset:
    mask = [(i + number) % 3 == 0 for i in range(len(model.points))]
    model.points = [point for point, erased in zip(model.points, mask, strict=True) if not erased]
    return dataset.without(mask)


def move(dataset: Dataset, model: Model, number: int) -> Dataset:
    if not model.points:
        return dataset
    index = number % len(model.points)
    model.points[index] = (float(number), 0.5, *model.points[index][2:])
    return dataset.with_moved(index, float(number), 0.5)


def add_class(dataset: Dataset, model: Model, number: int) -> Dataset:
    if len(model.classes) == 10:
        with pytest.raises(UserError, match="10 classes"):
            dataset.with_class()
        return dataset
    used = {style for style, _ in model.classes}
    model.classes.append((min(set(range(10)) - used), ""))
    return dataset.with_class()


def remove_class(dataset: Dataset, model: Model, number: int) -> Dataset:
    index = number % len(model.classes)
    if len(model.classes) == 2:
        with pytest.raises(UserError, match="2 classes"):
            dataset.without_class(index)
        return dataset
    style, _ = model.classes.pop(index)
    model.points = [point for point in model.points if point[2] != style]
    return dataset.without_class(index)


def rename(dataset: Dataset, model: Model, number: int) -> Dataset:
    index = number % len(model.classes)
    model.classes[index] = (model.classes[index][0], f"name {number}")
    return dataset.with_name(index, f"name {number}")


def clear(dataset: Dataset, model: Model, number: int) -> Dataset:
    model.points = []
    return dataset.cleared()


STEPS: list[Step] = [draw, draw, draw, erase, move, add_class, add_class, remove_class, rename, clear]


def assert_is(dataset: Dataset, model: Model) -> None:
    styles = [dataset.classes[label].style for label in dataset.labels]
    points = list(zip(*dataset.X.tolist(), styles, dataset.ranks.tolist(), strict=True))
    assert points == model.points
    assert [(label.style, label.name) for label in dataset.classes] == model.classes
    assert dataset.counts().tolist() == [styles.count(style) for style, _ in model.classes]
    assert (dataset.m, dataset.C) == (len(model.points), len(model.classes))
    assert all(0 <= rank < 1 for rank in dataset.ranks)


@thorough
@given(edits=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 999)), max_size=25))
def test_after_any_edits_every_point_is_where_and_what_a_plain_list_says(edits: list[tuple[Step, int]]) -> None:
    dataset, model = empty_dataset(3), Model()
    for edit, number in edits:
        before, kept = dataset, contents(dataset)
        dataset = edit(dataset, model, number)
        assert contents(before) == kept
        assert_is(dataset, model)


# The test set


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("classes", [2, 3, 7, 10])
@pytest.mark.parametrize("name", list(GENERATORS))
def test_a_share_of_generated_points_is_held_out_of_every_class_to_the_nearest_point(
    name: str, classes: int, share: float
) -> None:
    assert_stratified(generate(Recipe(name, classes, points=137, data_seed=5)), share)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("file", ["data/iris.csv", "data/penguins.csv"])
def test_a_share_of_loaded_points_is_held_out_of_every_class_to_the_nearest_point(file: str, share: float) -> None:
    assert_stratified(loaded(file), share)


def assert_stratified(dataset: Dataset, share: float) -> None:
    is_test = dataset.is_test(share)
    for label, count in enumerate(dataset.counts()):
        held_out = np.count_nonzero(is_test & (dataset.labels == label))
        assert abs(held_out - share * count) <= 0.5 + 1e-9


@pytest.mark.parametrize("share", SHARES)
def test_of_drawn_points_about_a_share_of_every_class_is_held_out_at_every_moment(share: float) -> None:
    dataset = empty_dataset(3)
    for i in range(300):
        dataset = dataset.with_points([[0.0], [0.0]], (i + i // 7) % 3)
    for label, count in enumerate(dataset.counts()):
        assert count > 90
        held_out = np.cumsum(dataset.is_test(share)[dataset.labels == label])
        # fewer than 2 off, where independent coin tosses would be off by 5 or so
        assert np.abs(held_out - share * np.arange(1, count + 1)).max() < 2


def test_points_drawn_at_once_are_held_out_as_if_drawn_one_by_one() -> None:
    at_once = empty_dataset(2).with_points(np.zeros((2, 20)), 1)
    one_by_one = empty_dataset(2)
    for _ in range(20):
        one_by_one = one_by_one.with_points([[0.0], [0.0]], 1)
    np.testing.assert_allclose(one_by_one.ranks, at_once.ranks, rtol=1e-12)


@thorough
@given(m=st.integers(8, 40), share=st.sampled_from([0.1, 0.3, 0.4, 0.42, 0.5]), seed=st.integers(0, 10**6))
@pytest.mark.parametrize("which", ["first", "last", "any"])
def test_points_that_are_erased_and_drawn_again_leave_the_share_as_it_is(
    which: str, m: int, share: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    dataset = empty_dataset(2).with_points(np.zeros((2, m)), 0)
    for _ in range(5 * m):
        erased = {"first": 0, "last": m - 1, "any": int(rng.integers(m))}[which]
        dataset = dataset.without(np.arange(m) == erased).with_points([[0.0], [0.0]], 0)
    assert len(set(dataset.ranks.tolist())) == m
    held_out = dataset.is_test(share).mean()
    spread = (share * (1 - share) / m) ** 0.5  # of a share that is drawn by lot, the worst that erasing any can do
    assert abs(held_out - share) < (4.5 * spread if which == "any" else 2 / m)


def test_a_larger_share_only_adds_test_points() -> None:
    for dataset in (drawing(), generate(Recipe("moons")), loaded("data/iris.csv")):
        masks = [dataset.is_test(share) for share in (0, 0.1, 0.3, 0.5, 0.7, 0.9)]
        counts = [np.count_nonzero(mask) for mask in masks]
        assert counts == sorted(counts)
        assert counts[0] == 0 < counts[1] + counts[2] < counts[-1]
        for smaller, larger in pairwise(masks):
            assert not (smaller & ~larger).any()


def test_no_edit_moves_another_point_across() -> None:
    before = generate(Recipe("blobs", classes=3, points=60))
    sides = dict(zip(zip(*before.X.tolist(), strict=True), before.is_test(0.4).tolist(), strict=True))
    moved = before.with_moved(7, 9.0, 9.0)
    edited = moved.with_points([[5.0] * 9, [5.0] * 9], 1).without(np.arange(69) % 5 == 0).without_class(0)
    assert moved.is_test(0.4)[7] == before.is_test(0.4)[7]
    survivors = [(x, side) for x, side in zip(zip(*edited.X.tolist(), strict=True), edited.is_test(0.4), strict=True)]
    assert sum(x in sides for x, _ in survivors) > 25
    assert all(side == sides[x] for x, side in survivors if x in sides)


def test_which_points_are_held_out_first_is_random_and_seeded() -> None:
    labels = np.repeat([0, 1, 2], [50, 1, 7])
    first, again, other = (stratified_ranks(labels, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()
    assert first[:50].tolist() != sorted(first[:50])
    assert len(set(first[:50])) == 50


# Limits


def dataset_with(**changes: Any) -> Dataset:
    values: dict[str, Any] = {
        "X": np.zeros((2, 3)),
        "labels": np.zeros(3, np.intp),
        "ranks": np.zeros(3),
        "classes": class_labels(2),
    }
    return Dataset(**(values | changes))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e31, -1e31, 1.0001e30])
@pytest.mark.parametrize("axis", [0, 1])
def test_a_coordinate_that_is_no_usable_number_is_refused(value: float, axis: int) -> None:
    X = np.zeros((2, 3))
    X[axis, 1] = value
    with pytest.raises(UserError, match="between −10³⁰ and 10³⁰"):
        dataset_with(X=X)
    with pytest.raises(UserError, match="between −10³⁰ and 10³⁰"):
        drawing().with_moved(0, *X[:, 1])
    with pytest.raises(UserError, match="between −10³⁰ and 10³⁰"):
        drawing().with_points(X, 0)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"X": np.zeros((3, 3))}, r"two coordinates each, not \(3, 3\)"),
        ({"X": np.zeros((2, 4))}, "3 labels need 3 points"),
        ({"ranks": np.zeros(4)}, "3 labels need 3 points"),
        ({"made": (3, 0)}, "counted for each of 10 styles"),
        ({"made": (3, *[0] * 8, -1)}, "counted for each of 10 styles"),
        ({"labels": np.zeros((3, 1))}, "3 labels need 3 points"),
        ({"labels": [0, 1, 2]}, "between 1 and 2"),
        ({"labels": [0, -1, 1]}, "between 1 and 2"),
        ({"ranks": [0, 0.5, 1.0]}, "ranks must lie between 0 and 1"),
        ({"ranks": [0, 0.5, -0.1]}, "ranks must lie between 0 and 1"),
        ({"ranks": [0, 0.5, np.nan]}, "ranks must lie between 0 and 1"),
        ({"classes": class_labels(1)}, "2 to 10 classes, not 1"),
        ({"classes": (*class_labels(10), ClassLabel(0))}, "2 to 10 classes, not 11"),
        ({"classes": (ClassLabel(3), ClassLabel(3))}, "a style of its own, 0 to 9"),
        ({"classes": (ClassLabel(0), ClassLabel(10))}, "a style of its own, 0 to 9"),
        ({"classes": (ClassLabel(0), ClassLabel(-1))}, "a style of its own, 0 to 9"),
    ],
)
def test_what_is_no_data_set_is_refused_in_words(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        dataset_with(**changes)


def test_a_point_of_a_class_that_is_not_there_is_refused() -> None:
    with pytest.raises(UserError, match="between 1 and 3"):
        drawing().with_points([[0.0], [0.0]], 3)


def test_two_to_ten_classes_are_possible() -> None:
    dataset = empty_dataset(MIN_CLASSES)
    while dataset.C < MAX_CLASSES:
        dataset = dataset.with_class()
    assert sorted(label.style for label in dataset.classes) == list(range(10))
    with pytest.raises(UserError, match="10 classes are the most"):
        dataset.with_class()
    while dataset.C > MIN_CLASSES:
        dataset = dataset.without_class(0)
    with pytest.raises(UserError, match="needs 2 classes"):
        dataset.without_class(0)


# Which class became which


def test_a_style_tells_which_class_is_which() -> None:
    old = drawing().classes
    new = drawing().with_class().without_class(0).with_name(0, "renamed").classes
    assert class_sources(old, new) == [1, 2, None]
    assert class_sources(new, old) == [None, 0, 1]
    assert class_sources(old, old) == [0, 1, 2]
