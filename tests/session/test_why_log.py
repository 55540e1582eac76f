"""Why −log: likelihoods multiplied in longhand, and squared error's derivative by finite differences."""

import math
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from playground.session.looking import Looking, pictures_of
from playground.session.messages import Snapshot
from playground.session.settings import Settings
from playground.session.why_log import (
    TwoLosses,
    log_loss,
    log_pull,
    square_loss,
    square_pull,
    two_losses,
    unevenness,
)
from tests.session.test_derivation import NUDGE, at, nudged, scores, shares_of
from tests.session.test_pictures import BLOBS, change, trained

thorough = hypothesis_settings(derandomize=True, deadline=None, max_examples=100)


def two_losses_of(Z: list[float], label: int) -> TwoLosses:
    found = two_losses(at(Z, label), 0)
    assert found is not None
    return found


def square_of(Z: list[float], label: int) -> float:
    return sum((share - (j == label)) ** 2 for j, share in enumerate(shares_of(Z))) / 2


# Squared error


@thorough
@given(Z=scores, data=st.data())
def test_squared_error_and_its_derivative_are_those_of_nudging_each_score(Z: list[float], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    found = two_losses_of(Z, label)
    assert found.square == pytest.approx(square_of(Z, label), abs=1e-12)
    expected = [
        (square_of(nudged(Z, j, NUDGE), label) - square_of(nudged(Z, j, -NUDGE), label)) / (2 * NUDGE)
        for j in range(len(Z))
    ]
    np.testing.assert_allclose(found.square_gradient, expected, atol=1e-8)


@thorough
@given(Z=scores, data=st.data())
def test_the_curves_go_through_the_spot(Z: list[float], data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    found = two_losses_of(Z, label)
    p = np.array([shares_of(Z)[label]])
    assert log_loss(p) == pytest.approx(found.loss, abs=1e-9)
    assert found.table.dZ is not None
    assert log_pull(p) == pytest.approx(-found.table.dZ[label], abs=1e-12)
    assert square_loss(p, found.unevenness) == pytest.approx(found.square, rel=1e-6, abs=1e-12)
    assert square_pull(p, found.unevenness) == pytest.approx(-found.square_gradient[label], rel=1e-6, abs=1e-12)


@thorough
@given(Z=scores, p=st.floats(0.01, 0.99), data=st.data())
def test_along_the_curves_the_other_classes_keep_their_proportions(
    Z: list[float], p: float, data: st.DataObject
) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    shares = shares_of(Z)
    assume(shares[label] < 0.999)
    moved = [p if j == label else share * (1 - p) / (1 - shares[label]) for j, share in enumerate(shares)]
    found = two_losses_of([math.log(share) for share in moved], label)
    r = unevenness(np.array(shares), label)
    assert square_loss(np.array([p]), r) == pytest.approx(found.square, rel=1e-6)
    assert square_pull(np.array([p]), r) == pytest.approx(-found.square_gradient[label], rel=1e-6)


def test_where_the_network_is_sure_and_wrong_squared_error_no_longer_pulls_and_the_logarithm_does() -> None:
    found = two_losses_of([20.0, 0.0], 1)
    assert found.square == pytest.approx(1)
    assert np.abs(found.square_gradient).max() < 1e-8
    assert np.abs(found.table.dZ).max() == pytest.approx(1)


def test_where_nothing_is_left_the_others_are_taken_to_be_equal() -> None:
    assert unevenness(np.array([0.0, 1.0, 0.0]), 1) == 0.5
    assert unevenness(np.array([0.0, 1.0]), 1) == 1


# Likelihood


def seen(**other: Any) -> Snapshot:
    return trained(pictures=pictures_of(Looking(page="spot", spot_view="why_log")), **other).snapshot()


def test_the_likelihoods_multiplied_are_e_to_minus_the_sum_of_the_losses() -> None:
    snapshot = seen()
    assert snapshot.why_log is not None
    assert snapshot.answers is not None
    likelihood = snapshot.why_log.likelihood
    assert likelihood is not None
    labels, trains = snapshot.dataset.labels, ~snapshot.answers.is_test
    with localcontext(prec=40):
        product = Decimal(1)
        for Y_hat, label, is_trained in zip(snapshot.answers.Y_hat.T, labels, trains, strict=True):
            product *= Decimal(float(Y_hat[label])) if is_trained else 1
        assert float(product.ln()) == pytest.approx(likelihood.log_product, rel=1e-9)
    assert likelihood.m == trains.sum()
    assert likelihood.mean_loss == pytest.approx(-likelihood.log_product / likelihood.m, rel=1e-12)
    assert snapshot.cost == pytest.approx(likelihood.mean_loss + likelihood.penalty, rel=1e-5)


def test_held_out_points_are_no_part_of_the_likelihood() -> None:
    snapshot = seen(settings=Settings(test_share=0.5))
    assert snapshot.why_log is not None
    assert snapshot.why_log.likelihood is not None
    assert 0 < snapshot.why_log.likelihood.m < snapshot.dataset.m


def test_without_a_spot_there_is_the_likelihood_and_without_points_the_spot() -> None:
    nowhere = seen(probe=None).why_log
    assert nowhere is not None
    assert (nowhere.at_spot, nowhere.likelihood is None) == (None, False)
    trainer = trained(0, pictures=pictures_of(Looking(spot_view="why_log")))
    blank = change(trainer, dataset=BLOBS.cleared()).why_log
    assert blank is not None
    assert (blank.at_spot is None, blank.likelihood) == (False, None)
