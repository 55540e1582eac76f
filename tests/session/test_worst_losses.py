"""The training points with the largest losses, against a sort written out longhand."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.session.answers import Answers

# few different numbers, so that many are equal
losses = st.sampled_from([0.0, 0.5, 0.5, 1.0, 2.0, math.inf, math.nan])
points = st.lists(st.tuples(losses, st.booleans()), max_size=40)


@given(points, st.integers(0, 50))
def test_the_worst_are_training_points_largest_first_and_equal_ones_as_they_come(
    points: list[tuple[float, bool]], count: int
) -> None:
    m = len(points)
    answers = Answers(
        Z=np.zeros((2, m)),
        Y_hat=np.zeros((2, m)),
        losses=np.array([loss for loss, _ in points], float),
        predicted=np.zeros(m, int),
        is_miss=np.zeros(m, bool),
        is_test=np.array([is_test for _, is_test in points], bool),
        mean_loss=None,
        penalty=0.0,
        mean_Y_hat=None,
        shares=None,
    )
    trained = [i for i, (_, is_test) in enumerate(points) if not is_test]
    ranked = sorted(
        trained, key=lambda i: (math.isnan(points[i][0]), -points[i][0] if points[i][0] == points[i][0] else 0, i)
    )
    numbers = [i for i in ranked if not math.isnan(points[i][0])][:count]
    found = answers.worst(count).tolist()
    assert found[: len(numbers)] == numbers
    assert len(set(found)) == len(found) <= count
    assert set(found) <= set(trained)
