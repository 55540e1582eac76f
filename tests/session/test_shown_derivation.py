"""A reader recomputes the derivation from the digits shown: each number agrees to one unit of its last place."""

import math
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.derivation_numbers import log_of, long_way, power_of_e, short_way
from playground.session.digits import read, unit
from playground.session.why_log import Likelihood, two_losses
from playground.session.why_log_numbers import likelihood_numbers, tried_numbers, two_losses_numbers
from tests.session.test_derivation import at, derived
from tests.shown_numbers import follows

thorough = settings(derandomize=True, deadline=None, max_examples=300)
# trained, untrained and extreme
scores = st.one_of(
    st.lists(st.floats(-1, 1), min_size=2, max_size=10),
    st.lists(st.floats(-30, 30), min_size=2, max_size=10),
    st.lists(st.floats(-800, 800), min_size=2, max_size=10),
    st.lists(st.floats(-1e7, 1e7), min_size=2, max_size=10),
)


@thorough
@given(Z=scores, m=st.integers(1, 100_000), data=st.data())
def test_every_number_of_the_derivation_follows_from_the_digits_before_it(
    Z: list[float], m: int, data: st.DataObject
) -> None:
    recompute(Z, data.draw(st.integers(0, len(Z) - 1)), m)


@pytest.mark.parametrize(("Z", "label"), [([22.25, 30.0], 0), ([0.0, 9.0, 9.0], 0)])
def test_so_they_do_where_the_true_class_has_a_small_share(Z: list[float], label: int) -> None:
    recompute(Z, label, 1)


def recompute(Z: list[float], label: int, m: int) -> None:
    found = derived(Z, label, m=m)
    short, long = short_way(found), long_way(found)
    z, y_hat, dz = ([read(text) for text in texts] for texts in (short.z, short.y_hat, short.dz))
    top = max(z)
    total = math.fsum(math.exp(value - top) for value in z)
    assert follows(short.log_total, top + math.log(total))
    assert follows(short.loss, read(short.log_total) - z[label])
    for j in range(len(Z)):
        assert follows(short.y_hat[j], math.exp(z[j] - top) / total)
        assert follows(short.dz[j], y_hat[j] - (j == label))
        assert follows(short.dj[j], dz[j] / m)
        for i in range(len(Z)):
            assert follows(long.jacobian[i][j], y_hat[i] * ((i == j) - y_hat[j]))
    if long.by_share is not None and long.dz is not None:
        assert follows(long.by_share, -1 / y_hat[label])
        for j in range(len(Z)):
            assert follows(long.dz[j], read(long.jacobian[label][j]) * read(long.by_share))
            assert abs(read(long.dz[j]) - dz[j]) <= unit(long.dz[j]) + unit(short.dz[j])


@thorough
@given(Z=scores, p=st.integers(1, 999), data=st.data())
def test_every_number_of_the_two_losses_follows(Z: list[float], p: int, data: st.DataObject) -> None:
    label = data.draw(st.integers(0, len(Z) - 1))
    losses = two_losses(at(Z, label), 0)
    assert losses is not None
    shown = two_losses_numbers(losses)
    y_hat = [read(text) for text in shown.y_hat]
    u = [share - (j == label) for j, share in enumerate(y_hat)]
    s = math.fsum(share * apart for share, apart in zip(y_hat, u, strict=True))
    for j in range(len(Z)):
        assert follows(shown.log_gradient[j], u[j])
        assert follows(shown.square_gradient[j], y_hat[j] * (u[j] - s))
    spot = shown.at_spot
    assert follows(spot.log_loss, -log_of(spot.y_hat))
    assert follows(spot.log_pull, 1 - read(spot.y_hat))
    assert follows(spot.square_loss, math.fsum(apart**2 for apart in u) / 2)
    tried, r = tried_numbers(p / 1000, losses, shown.unevenness), read(shown.unevenness)
    assert read(tried.y_hat) == p / 1000
    assert follows(tried.log_loss, -math.log(p / 1000))
    assert follows(tried.log_pull, 1 - p / 1000)
    assert follows(tried.square_loss, (1 - p / 1000) ** 2 * (1 + r) / 2)
    assert follows(tried.square_pull, p / 1000 * (1 - p / 1000) ** 2 * (1 + r))


@thorough
@given(m=st.integers(1, 100_000), mean=st.floats(1e-6, 700), penalty=st.one_of(st.just(0.0), st.floats(1e-6, 10)))
def test_every_number_of_the_likelihood_follows(m: int, mean: float, penalty: float) -> None:
    shown = likelihood_numbers(Likelihood(m, -m * mean, mean, penalty))
    assert follows(shown.total, -log_of(shown.product))
    assert follows(shown.mean, read(shown.total) / m)
    assert follows(shown.cost, read(shown.mean) + (read(shown.penalty) if shown.penalty else 0))
    assert bool(shown.penalty) == bool(penalty)


@thorough
@given(exponent=st.floats(-1e6, 0))
def test_a_power_that_no_float_holds_is_a_power_of_ten(exponent: float) -> None:
    text = power_of_e(exponent)
    with localcontext(prec=40, Emin=-(10**9)):
        exact = Decimal(exponent).exp()
        digits = text.partition("×")[0]
    decimals = len(digits.partition(".")[2])
    assert decimals >= (4 if exponent > -2e5 else 3)  # an exponent of six digits takes the room of one
    assert log_of(text) == pytest.approx(float(exact.ln()), abs=0.6 * 10.0**-decimals / float(digits))


def test_the_course_s_scores_as_they_are_shown() -> None:
    found = derived([5, 2, -1, 3], 0)
    short, long = short_way(found), long_way(found)
    assert short.z == ("5.000000", "2.000000", "−1.000000", "3.000000")
    assert short.y_hat == ("0.842034", "0.041922", "0.002087", "0.113957")
    assert short.dz == ("−0.157966", "+0.041922", "+0.002087", "+0.113957")
    assert (short.log_total, short.loss) == ("5.171935", "0.171935")
    assert long.jacobian[0] == ("0.133013", "−0.035300", "−0.001757", "−0.095955")
    assert (long.by_share, long.dz) == ("−1.18760", ("−0.157966", "+0.041922", "+0.002087", "+0.113957"))
