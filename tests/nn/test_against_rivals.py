"""The optimum, and what training comes to, against scikit-learn's; skipped where the `bench` extra is not installed."""

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import LogisticRegression, Network, log_softmax, one_hot, twin_settings, with_ones
from playground.nn.optimum import optimum

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]


def clouds(m: int, C: int, seed: int) -> tuple[Matrix, Labels]:
    """Overlapping clouds, so that an unpenalised optimum exists; every class has points."""
    rng = np.random.default_rng(seed)
    labels = np.arange(m) % C
    return rng.normal(size=(2, C))[:, labels] + rng.normal(size=(2, m)), labels


def rivals_cost(X: Matrix, labels: Labels, C: int, l2: float) -> float:
    """J at scikit-learn's optimum. Its objective is the sum of the losses + 1/(2C) sum of squared weights."""
    linear_model = pytest.importorskip("sklearn.linear_model")
    # Of two classes it has one vector w only. Softmax's best are w/2 and -w/2, whose squares add up to half of w's.
    strength = l2 / 2 if C == 2 else l2
    inverse = 1 / strength if strength else np.inf
    rival = linear_model.LogisticRegression(C=inverse, solver="newton-cholesky", tol=1e-10, max_iter=1000)
    rival.fit(X.T, labels)
    Z = rival.decision_function(X.T).T
    if C == 2:
        Z = np.array([-Z, Z]) / 2
    losses = -log_softmax(Z)[labels, np.arange(labels.size)]
    return float(losses.mean() + strength / (2 * labels.size) * (rival.coef_**2).sum())


@pytest.mark.parametrize("C", [2, 3, 10])
@pytest.mark.parametrize("l2", [0, 0.01, 1, 100])
@pytest.mark.parametrize("seed", range(3))
def test_the_optimum_is_scikit_learns(C: int, l2: float, seed: int) -> None:
    X, labels = clouds(300, C, seed)
    assert optimum(with_ones(X, np.float64), labels, C, l2).cost == pytest.approx(
        rivals_cost(X, labels, C, l2), abs=1e-9
    )


def test_the_optimum_of_a_thousand_points_in_ten_classes_is_scikit_learns() -> None:
    X, labels = clouds(1000, 10, seed=0)
    assert optimum(with_ones(X, np.float64), labels, 10).cost == pytest.approx(rivals_cost(X, labels, 10, 0), abs=1e-9)


@pytest.mark.parametrize("l2", [0.5, 20])
@pytest.mark.parametrize("seed", range(2))
def test_a_trained_softmax_of_two_classes_is_scikit_learns_logistic_regression_with_half_the_penalty(
    l2: float, seed: int
) -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    X, labels = clouds(200, 2, seed)
    inputs, Y, rate = with_ones(X, np.float64), one_hot(labels, 2, np.float64), 0.5
    softmax = Network((2, 2), seed=seed, dtype=np.float64)
    twin, (twin_rate, twin_l2) = LogisticRegression(2, np.float64), twin_settings(rate, l2)
    for _ in range(3000):
        softmax.parameters -= rate * softmax.gradient(inputs, Y, l2)
        twin.parameters -= twin_rate * twin.gradient(inputs, Y, twin_l2)
    assert twin_l2 == l2 / 2
    rival = linear_model.LogisticRegression(C=1 / (l2 / 2), solver="newton-cholesky", tol=1e-12, max_iter=1000)
    rival.fit(X.T, labels == 0)  # it gives the probability of True, the regression that of the first class
    expected = [*rival.coef_[0], rival.intercept_[0]]
    first, second = softmax.layers[0]
    np.testing.assert_allclose(first - second, expected, atol=1e-8)
    np.testing.assert_allclose(twin.parameters, expected, atol=1e-8)
    np.testing.assert_allclose(softmax.probabilities(X)[0], rival.predict_proba(X.T)[:, 1], atol=1e-8)
