"""The confusion matrix against a count by hand, and the points that each of its cells leads to."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.session.answers import Answers
from playground.session.confusion import Cell, about_cell, confusion, has_classes, members
from playground.session.dataset import ClassLabel, Dataset
from playground.session.looking import Looking, framed_cell
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer


def answers_of(predicted: list[int], is_test: list[bool]) -> Answers:
    m = len(predicted)
    none = np.zeros(m)
    return Answers(
        Z=none[None],
        Y_hat=none[None],
        losses=none,
        predicted=np.array(predicted, int),
        is_miss=none.astype(bool),
        is_test=np.array(is_test, bool),
        mean_loss=None,
        penalty=0.0,
        mean_Y_hat=None,
        shares=None,
    )


triples = st.integers(2, 10).flatmap(
    lambda C: st.tuples(
        st.just(C), st.lists(st.tuples(st.integers(0, C - 1), st.integers(0, C - 1), st.booleans()), max_size=60)
    )
)


@given(triples)
def test_each_cell_counts_its_points_and_the_totals_add_up(drawn: tuple[int, list[tuple[int, int, bool]]]) -> None:
    C, points = drawn
    labels = np.array([label for label, *_ in points], int)
    answers = answers_of([taken for _, taken, _ in points], [held_out for *_, held_out in points])
    made = confusion(answers, labels, C)
    for is_test, counts in ((False, made.train), (True, made.test)):
        by_hand = Counter((label, taken) for label, taken, held_out in points if held_out == is_test)
        for row, column in product(range(C + 1), repeat=2):
            label, taken = (None if place == C else place for place in (row, column))
            expected = [i for i, point in enumerate(points) if matches(point, label, taken, is_test)]
            cell = Cell(is_test, label, taken)
            assert members(cell, answers, labels).tolist() == expected
            assert counts[row, column] == len(expected)
            if None not in (label, taken):
                assert counts[row, column] == by_hand[row, column]


def matches(point: tuple[int, int, bool], label: int | None, taken: int | None, is_test: bool) -> bool:
    return point[2] == is_test and label in (None, point[0]) and taken in (None, point[1])


@pytest.mark.parametrize("pictures", [frozenset({"points"}), frozenset({"spot", "haloes", "misses"})])
def test_it_is_counted_only_while_the_page_of_the_points_is_open(pictures: frozenset[str]) -> None:
    rng = np.random.default_rng(3)
    dataset = Dataset(
        rng.normal(size=(2, 60)), np.arange(60) % 3, np.arange(60) / 60, tuple(ClassLabel(i, "") for i in range(3))
    )
    shown = Trainer(Request(dataset, Settings(test_share=0.25), pictures=pictures)).snapshot()
    if "points" not in pictures:
        assert shown.confusion is None
        return
    assert shown.confusion is not None
    assert shown.accuracy == pytest.approx(np.trace(shown.confusion.train[:3, :3]) / 45)
    assert shown.test_accuracy == pytest.approx(np.trace(shown.confusion.test[:3, :3]) / 15)


def test_a_cell_says_in_words_which_points_it_counts() -> None:
    classes = (ClassLabel(0, ""), ClassLabel(1, "cat"), ClassLabel(2, ""))
    dataset = Dataset(np.zeros((2, 0)), np.zeros(0, int), np.zeros(0), classes)
    for cell, words in (
        (Cell(False, 0, 1), "training points of class 1 that are taken for class 2 (cat)"),
        (Cell(True, 1, 1), "test points of class 2 (cat) that are rightly taken for it"),
        (Cell(True, 2, None), "test points of class 3"),
        (Cell(False, None, 2), "training points that are taken for class 3"),
        (Cell(False, None, None), "training points"),
    ):
        assert about_cell(cell, dataset) == words


def test_points_are_framed_on_their_page_and_while_their_class_is_there() -> None:
    cell = Cell(False, 2, None)
    assert framed_cell(Looking(page="points", cell=cell), 3) == cell
    assert framed_cell(Looking(page="spot", cell=cell), 3) is None
    assert framed_cell(Looking(page="points", cell=cell), 2) is None
    assert has_classes(Cell(True, None, None), 2)
    assert Cell(False, 1, 2).is_miss
    assert not any(Cell(False, *pair).is_miss for pair in ((1, 1), (None, 1), (1, None), (None, None)))
