"""The words of J's landmarks stand where nothing else is drawn."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.gui.plots.landmark_words import Box, place_words

AREA = 400.0, 120.0
SIZE = 90.0, 14.0
X = np.linspace(0, 400, 300)
ALONG_60 = [(X, np.where(X > 250, y, 5.0)) for y in (50.0, 70.0)]  # on both sides of it, at the right


def falling(start: float, end: float, speed: float) -> tuple[np.ndarray, np.ndarray]:
    return X, end - (end - start) * np.exp(-X / 400 * speed)


def is_crossed(box: Box, curve: tuple[np.ndarray, np.ndarray]) -> bool:
    x, y = curve
    inside = (x >= box.left) & (x <= box.right) & (y > box.top) & (y < box.bottom)
    return bool(inside.any())


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    lines=st.lists(st.floats(2, 118), min_size=1, max_size=3).map(sorted),
    start=st.floats(0, 60),
    end=st.floats(60, 119),
    speed=st.floats(1, 60),
)
def test_words_lie_in_view_at_their_line_and_on_no_curve(
    lines: list[float], start: float, end: float, speed: float
) -> None:
    curve = falling(start, end, speed)
    boxes = place_words(lines, [SIZE] * len(lines), [curve], AREA, [None] * len(lines))
    for line, box in zip(lines, boxes, strict=True):
        assert min(abs(box.top - line), abs(line - box.bottom)) < 3.1
        assert not box.top < line < box.bottom
        assert box.left >= 0
        assert box.right <= AREA[0]
        assert box.bottom <= AREA[1]
    if len(lines) == 1:
        places = [
            Box(left, top, left + SIZE[0], top + SIZE[1])
            for left in np.linspace(6, 304, 6).tolist()
            for top in (lines[0] + 3, lines[0] - SIZE[1] - 3)
            if 0 <= top <= AREA[1] - SIZE[1]
        ]
        assert not is_crossed(boxes[0], curve) or all(is_crossed(place, curve) for place in places)


def test_words_go_left_where_a_curve_runs_along_their_line_at_the_right() -> None:
    (at_the_end,) = place_words([60.0], [SIZE], [(X, np.full(300, 20.0))], AREA, [None])
    assert at_the_end.right > 390
    (box,) = place_words([60.0], [SIZE], ALONG_60, AREA, [None])
    assert box.right < 250


def test_words_stay_where_they_were_while_that_is_free() -> None:
    low = [(X, np.full(300, 110.0))]
    (first,) = place_words([60.0], [SIZE], ALONG_60, AREA, [None])
    (second,) = place_words([61.0], [SIZE], low, AREA, [first])
    assert second.left == first.left
    (third,) = place_words([61.0], [SIZE], low, AREA, [None])
    assert third.left > first.left


def test_words_of_lines_close_together_do_not_touch() -> None:
    first, second = place_words([60.0, 64.0], [SIZE] * 2, [], AREA, [None] * 2)
    assert not first.touches(second)
    assert not first.top < 64 < first.bottom
    assert not second.top < 60 < second.bottom


def test_a_curve_of_nothing_is_no_obstacle() -> None:
    empty = np.empty(0), np.empty(0)
    unknown = X, np.full(300, np.nan)
    (box,) = place_words([60.0], [SIZE], [empty, unknown], AREA, [None])
    assert box.right > 390


def test_words_keep_off_a_curve_that_has_come_down_to_their_line() -> None:
    arrived = X, np.where(X < 10, 5.0, 60.0)
    (box,) = place_words([60.0], [SIZE], [arrived], AREA, [None])
    assert box.top >= 62 or box.bottom <= 58, "a curve is two pixels wide"
