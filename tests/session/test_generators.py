"""The synthetic data sets: every shape, for every number of classes, at every noise."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from playground.session.dataset import Dataset
from playground.session.errors import UserError
from playground.session.generators import GENERATORS, RECIPE_SPECS, Recipe, generate, needs_standardising
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer

NAMES = ["blobs", "wedges", "spiral", "rings", "moons", "checkerboard"]

each_name = pytest.mark.parametrize("name", NAMES)
each_class_count = pytest.mark.parametrize("classes", range(2, 11))


def share_nearer_to_another_class(dataset: Dataset) -> float:
    """How much the classes overlap: the share of points whose nearest neighbour is of another class."""
    x1, x2 = dataset.X
    away = np.hypot(x1[:, None] - x1, x2[:, None] - x2)
    np.fill_diagonal(away, np.inf)
    return float(np.mean(dataset.labels[away.argmin(axis=1)] != dataset.labels))


def accuracy_after(dataset: Dataset, settings: Settings, steps: int) -> float:
    trainer = Trainer(Request(dataset, settings, running=True))
    for _ in range(steps):
        trainer.step()
    accuracy = trainer.snapshot().accuracy
    assert accuracy is not None
    return accuracy


def test_six_shapes_are_offered() -> None:
    assert list(GENERATORS) == NAMES


@each_name
@each_class_count
@pytest.mark.parametrize("noise", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("points", [10, 137])
def test_every_class_has_its_even_share_of_finite_points(name: str, classes: int, noise: float, points: int) -> None:
    dataset = generate(Recipe(name, classes, points, noise))
    assert (dataset.m, dataset.C, dataset.name) == (points, classes, name)
    assert dataset.counts().sum() == points
    assert dataset.counts().max() - dataset.counts().min() <= 1
    assert np.isfinite(dataset.X).all()


@each_name
@each_class_count
def test_the_points_are_about_one_unit_in_radius(name: str, classes: int) -> None:
    radii = np.hypot(*generate(Recipe(name, classes, points=500)).X)
    assert 0.7 < radii.max() < 1.5
    assert 0.4 < np.median(radii) < 0.9


@each_name
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(name: str) -> None:
    recipe = Recipe(name, classes=5, data_seed=7)
    first, again, other = generate(recipe), generate(recipe), generate(replace(recipe, data_seed=8))
    assert (first.X.tobytes(), first.ranks.tobytes()) == (again.X.tobytes(), again.ranks.tobytes())
    assert not np.equal(first.X, other.X).any(axis=0).any()
    assert first.ranks.tobytes() != other.ranks.tobytes()


@each_name
def test_more_noise_takes_points_further_from_their_shape(name: str) -> None:
    shape = generate(Recipe(name, classes=4, noise=0)).X
    strayed = [np.hypot(*(generate(Recipe(name, 4, noise=noise)).X - shape)).mean() for noise in (0.05, 0.1, 0.5, 1)]
    assert strayed[0] > 0
    assert all(more > 1.2 * less for less, more in pairwise(strayed))


@each_name
@pytest.mark.parametrize("classes", [2, 3, 6])
def test_noise_makes_classes_overlap_that_are_apart_without_it(name: str, classes: int) -> None:
    clear, noisy = (generate(Recipe(name, classes, points=600, noise=noise)) for noise in (0, 1))
    assert share_nearer_to_another_class(clear) < 0.08
    assert share_nearer_to_another_class(noisy) > 0.2


@each_class_count
def test_straight_lines_separate_wedges_at_the_default_noise(classes: int) -> None:
    dataset = generate(Recipe("wedges", classes, points=400))
    assert accuracy_after(dataset, Settings(hidden=(), learning_rate=0.3), 600) >= 0.995


def test_two_hidden_layers_learn_the_spiral() -> None:
    dataset = generate(Recipe("spiral", classes=4, points=400))
    assert accuracy_after(dataset, Settings(hidden=(16, 16), learning_rate=0.01), 1500) >= 0.99


@pytest.mark.parametrize("name", ["spiral", "rings", "moons", "checkerboard"])
def test_straight_lines_do_not_separate_the_bent_shapes(name: str) -> None:
    dataset = generate(Recipe(name, classes=4, points=400, noise=0))
    assert accuracy_after(dataset, Settings(hidden=(), learning_rate=0.3), 600) < 0.9


def test_the_most_and_the_fewest_points_are_possible() -> None:
    assert generate(Recipe("blobs", 10, points=10)).counts().tolist() == [1] * 10
    assert generate(Recipe("checkerboard", 3, points=100_000)).m == 100_000


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        (Recipe(name="squares"), "Data set must be one of blobs, wedges"),
        (Recipe(classes=1), "Classes must be a whole number between 2 and 10, not 1"),
        (Recipe(classes=11), "Classes must be a whole number between 2 and 10, not 11"),
        (Recipe(points=9), "Points must be a whole number between 10 and 100000, not 9"),
        (Recipe(noise=-0.1), "Noise must be a number between 0 and 1, not -0.1"),
        (Recipe(noise=float("nan")), "Noise must be a number between 0 and 1, not nan"),
        (Recipe(data_seed=-1), "Data seed must be a whole number between 0 and 999999, not -1"),
    ],
)
def test_a_recipe_out_of_its_limits_is_refused_in_words(recipe: Recipe, message: str) -> None:
    with pytest.raises(UserError, match=message):
        generate(recipe)


def test_every_part_of_a_recipe_has_its_spec() -> None:
    assert [spec.name for spec in RECIPE_SPECS] == list(Recipe.__dataclass_fields__)


# Whether to standardise


@each_name
def test_a_generated_data_set_is_on_the_scale_that_training_needs(name: str) -> None:
    assert not needs_standardising(generate(Recipe(name, classes=3)).X)


@pytest.mark.parametrize(
    ("scales", "offsets", "is_needed"),
    [
        ((1, 1), (0, 0), False),
        ((0.3, 3), (2, -2), False),
        ((1000, 1), (0, 0), True),
        ((1, 1000), (0, 0), True),
        ((1, 1), (0, -4000), True),
        ((1, 1), (40, 0), True),
        ((0.001, 0.001), (0, 0), True),
        ((1, 0.004), (0, 1.5), True),
        ((0.004, 1), (0, 0), True),
        ((0.12, 4), (0, 0), True),
        ((1, 0), (0, 2), False),
    ],
)
def test_inputs_need_standardising_where_their_scale_is_far_from_one(
    scales: tuple[float, float], offsets: tuple[float, float], is_needed: bool
) -> None:
    X = np.random.default_rng(0).standard_normal((2, 50)) * np.array([scales]).T + np.array([offsets]).T
    assert needs_standardising(X) is is_needed


def test_no_points_need_no_standardising() -> None:
    assert not needs_standardising(np.empty((2, 0)))
