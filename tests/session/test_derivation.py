"""dz = ŷ − y derived: both ways against finite differences and longhand, and what becomes of them at the extremes."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.nn import Network
from playground.session.derivation import Derivation, derive, softmax_jacobian
from playground.session.generators import Recipe, generate
from playground.session.scale import PLAIN
from playground.session.softmax_table import softmax_table
from playground.session.worked_example import WorkedExample, work_example

thorough = settings(derandomize=True, deadline=None, max_examples=100)
scores = st.lists(st.floats(-20, 20), min_size=2, max_size=10)
DATA = generate(Recipe("blobs", classes=4, points=40))
NUDGE = 1e-6


def at(Z: list[float], label: int | None = None) -> WorkedExample:
    """An example whose scores are these, on a point of that class if one is given."""
    example = work_example(Network((2, len(Z))), PLAIN, DATA, 0.0, (0.25, 0.5))
    return replace(example, softmax=softmax_table(Z, label), index=None if label is None else 3)


def derived(Z: list[float], label: int | None = None, supposed: int = 0, m: int = 40) -> Derivation:
    found = derive(at(Z, label), supposed, m)
    assert found is not None
    return found


def loss_of(Z: list[float], label: int) -> float:
    return math.log(sum(map(math.exp, Z))) - Z[label]


def shares_of(Z: list[float]) -> list[float]:
    total = sum(map(math.exp, Z))
    return [math.exp(z) / total for z in Z]


def nudged(Z: list[float], j: int, by: float) -> list[float]:
    return [z + by * (k == j) for k, z in enumerate(Z)]


@thorough
@given(Z=scores, data=st.data())
def test_the_loss_is_the_log_of_the_sum_less_the_score_of_y(Z: list[float], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    found = derived(Z, label)
    assert found.log_total - found.table.exponents[label] == pytest.approx(loss_of(Z, label), abs=1e-12)
    assert found.table.loss == pytest.approx(loss_of(Z, label), abs=1e-12)


@thorough
@given(Z=scores, data=st.data())
def test_both_ways_give_what_nudging_each_score_gives(Z: list[float], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    found = derived(Z, label)
    dZ = [
        (loss_of(nudged(Z, j, NUDGE), label) - loss_of(nudged(Z, j, -NUDGE), label)) / (2 * NUDGE)
        for j in range(len(Z))
    ]
    np.testing.assert_allclose(found.table.dZ, dZ, atol=1e-8)
    np.testing.assert_allclose(found.long_way, dZ, atol=1e-8)


@thorough
@given(Z=scores)
def test_the_jacobian_is_what_nudging_each_score_does_to_each_share(Z: list[float]) -> None:
    jacobian = derived(Z).jacobian
    for j in range(len(Z)):
        up, down = shares_of(nudged(Z, j, NUDGE)), shares_of(nudged(Z, j, -NUDGE))
        column = [(a - b) / (2 * NUDGE) for a, b in zip(up, down, strict=True)]
        np.testing.assert_allclose(jacobian[:, j], column, atol=1e-8)
    np.testing.assert_allclose(jacobian, jacobian.T, atol=1e-15)
    np.testing.assert_allclose(jacobian.sum(axis=0), 0, atol=1e-15)


@thorough
@given(Z=scores, data=st.data())
def test_only_the_share_of_y_is_divided_by(Z: list[float], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    expected = [-1 / share if j == label else 0 for j, share in enumerate(shares_of(Z))]
    assert derived(Z, label).by_share == pytest.approx(expected, rel=1e-9)


def test_the_course_s_scores_longhand() -> None:
    found = derived([5, 2, -1, 3], 0)
    assert f"{found.log_total:.4f}" == "5.1719"
    assert found.table.dZ == pytest.approx([-0.157966, 0.041922, 0.002087, 0.113957], abs=5e-7)
    assert found.jacobian[0] == pytest.approx([0.133013, -0.035300, -0.001757, -0.095955], abs=6e-7)
    assert found.by_share == pytest.approx([-1.187601, 0, 0, 0], abs=5e-7)


@pytest.mark.parametrize("Z", [[1e5, 0.0, -1e5], [-3000.0, -3001.0, -9000.0], [1e300, -1e300]])
def test_scores_that_need_a_shift_have_the_same_derivation(Z: list[float]) -> None:
    for label in range(len(Z)):
        found = derived(Z, label)
        assert np.isfinite(found.log_total)
        assert found.log_total - found.table.exponents[label] == pytest.approx(found.table.loss)
        if found.long_way is not None:
            np.testing.assert_allclose(found.long_way, found.table.dZ, atol=1e-12)


def test_what_is_too_small_to_divide_by_leaves_the_short_way_alone() -> None:
    found = derived([1000.0, 0.0], 1)
    assert found.long_way is None
    assert found.table.dZ == pytest.approx([1, -1])


def test_the_point_s_own_class_is_y_and_elsewhere_the_supposed_one() -> None:
    assert (derived([1, 2, 3], 1, supposed=2).label, derived([1, 2, 3], 1, supposed=2).is_supposed) == (1, False)
    assert (derived([1, 2, 3], None, supposed=2).label, derived([1, 2, 3], None, supposed=2).is_supposed) == (2, True)
    assert derived([1, 2], None, supposed=7).label == 1  # there are not so many classes any more


def test_scores_that_are_no_numbers_have_none() -> None:
    assert derive(replace(at([1.0, 2.0]), softmax=None), 0, 40) is None


def test_j_counts_training_points_alone() -> None:
    on_point, beside = at([1, 2, 3], 1), at([1, 2, 3])
    found = [derive(each, 0, 40) for each in (on_point, replace(on_point, is_test=True), beside)]
    assert [each.is_in_cost for each in found if each is not None] == [True, False, False]


@thorough
@given(Z=scores)
def test_a_jacobian_has_no_size_but_that_of_its_probabilities(Z: list[float]) -> None:
    assert softmax_jacobian(np.array(shares_of(Z))).shape == (len(Z), len(Z))
