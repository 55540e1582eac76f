"""The costs that J is measured by."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.landmarks import landmarks


def mean_loss_of_constant(answer: list[float], labels: list[int]) -> float:
    return -sum(math.log(answer[label]) for label in labels) / len(labels)


def test_without_points_there_is_nothing_to_measure_by() -> None:
    assert landmarks(np.empty(0, int), 3) == ()


def test_balanced_classes_have_one_landmark_the_uniform_guess() -> None:
    (uniform,) = landmarks(np.array([0, 1, 2, 0, 1, 2]), 3)
    assert uniform.cost == pytest.approx(math.log(3))
    assert uniform.text == "log C = 1.099  uniform guess"


def test_shares_of_a_half_three_and_two_tenths_cost_1_0297() -> None:
    _, constant = landmarks(np.repeat([0, 1, 2], [5, 3, 2]), 3)
    assert constant.cost == pytest.approx(1.0297, abs=5e-5)
    assert constant.text == "1.030  best constant answer"


def test_one_class_alone_costs_a_constant_answer_nothing() -> None:
    assert landmarks(np.array([1, 1, 1]), 2)[1].cost == 0


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=40), st.lists(st.floats(0.01, 1), min_size=5, max_size=5))
def test_no_constant_answer_costs_less_than_the_best(labels: list[int], weights: list[float]) -> None:
    answer = [weight / sum(weights) for weight in weights]
    best = min(landmark.cost for landmark in landmarks(np.array(labels), 5))
    assert best <= mean_loss_of_constant(answer, labels) + 0.02  # so near they are told as one


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_the_uniform_guess_costs_what_it_costs_whatever_the_labels(labels: list[int]) -> None:
    cost = landmarks(np.array(labels), 10)[0].cost
    assert cost == pytest.approx(mean_loss_of_constant([0.1] * 10, labels))
