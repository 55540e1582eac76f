"""What the user is told about a run, and that there is nothing to tell about a good one."""

from dataclasses import replace

import numpy as np
import pytest

from playground.session.advice import about_data, about_divergence, why_not_training
from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.settings import Settings

GOOD = generate(Recipe())
ONE_POINT = empty_dataset(2).with_points([[0.0], [0.0]], 0)


def held_out(dataset: Dataset) -> Settings:
    """The smallest allowed share that holds every point out, which one or two points have."""
    share = next(share for share in np.arange(0, 0.91, 0.01) if dataset.is_test(share).all())
    return Settings(test_share=float(share))


def test_a_good_data_set_needs_no_word() -> None:
    for share in (0.0, 0.3, 0.9):
        assert why_not_training(GOOD, Settings(test_share=share)) is None
        assert about_data(GOOD, Settings(test_share=share)) is None


def test_an_empty_plane_asks_for_points() -> None:
    reason = why_not_training(empty_dataset(), Settings())
    assert reason is not None
    assert "click some points" in reason
    assert about_data(empty_dataset(), Settings()) == reason


def test_a_set_that_is_held_out_whole_asks_for_a_lower_share() -> None:
    settings = held_out(ONE_POINT)
    reason = why_not_training(ONE_POINT, settings)
    assert reason is not None
    assert "lower the test share" in reason
    assert about_data(ONE_POINT, settings) == reason
    assert why_not_training(ONE_POINT, Settings()) is None


def test_a_single_class_with_training_points_is_named() -> None:
    dataset = empty_dataset(3).with_points([[0.0] * 5, [0.0] * 5], 1)
    word = about_data(dataset, Settings())
    assert word is not None
    assert "Only class 2 has training points" in word
    named = about_data(dataset.with_name(1, "cat"), Settings())
    assert named is not None
    assert "answer cat everywhere" in named
    assert why_not_training(dataset, Settings()) is None


def test_a_class_whose_points_are_all_held_out_counts_as_absent() -> None:
    dataset = ONE_POINT.with_points(np.zeros((2, 20)), 1)
    settings = held_out(ONE_POINT)
    word = about_data(dataset, settings)
    assert word is not None
    assert "Only class 2" in word


@pytest.mark.parametrize("activation", ["relu", "leaky relu", "linear"])
def test_divergence_of_an_unbounded_activation_suggests_a_bounded_one(activation: str) -> None:
    word = about_divergence(GOOD, Settings(activation=activation, learning_rate=12.5))
    assert "12.5" in word
    assert "Lower the learning rate" in word
    assert "take tanh" in word


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_divergence_of_a_bounded_activation_suggests_a_lower_rate_alone(activation: str) -> None:
    word = about_divergence(GOOD, Settings(activation=activation, learning_rate=12.5))
    assert "Lower the learning rate and press Reset" in word
    assert "take tanh" not in word


def scaled(scale: float) -> Dataset:
    return replace(GOOD, X=GOOD.X * scale)


def test_divergence_on_inputs_in_large_units_suggests_to_standardise_them() -> None:
    word = about_divergence(scaled(1e6), Settings(activation="relu"))
    assert "far from the scale" in word
    assert "Switch Standardise inputs on" in word
    assert "Lower the learning rate" not in word
    assert "Lower the learning rate" in about_divergence(scaled(1e6), Settings(standardise=True))


def test_inputs_in_small_units_are_not_called_too_large() -> None:
    assert "too large" not in about_divergence(scaled(1e-6), Settings())
