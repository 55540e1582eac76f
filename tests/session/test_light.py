"""What the mouse rests on is a value: equal where it means the same."""

import dataclasses

import pytest

from playground.session.light import UNLIT, Light


def test_a_light_on_the_same_thing_is_the_same_light() -> None:
    assert Light("y_hat", 2) == Light("y_hat", 2)
    assert len({Light("y_hat", 2), Light("y_hat", 2), Light("y_hat"), Light(label=2), Light("z", 2)}) == 4


def test_at_rest_nothing_is_lit() -> None:
    assert (UNLIT.term, UNLIT.label) == ("", None)
    assert Light() == UNLIT


def test_a_light_cannot_be_changed_by_a_view_that_sees_it() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        UNLIT.term = "z"
