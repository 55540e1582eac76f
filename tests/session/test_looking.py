"""What is looked at: a desk takes what a softmax takes and refuses the rest in a sentence; overlays are switched."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.session.errors import UserError
from playground.session.looking import (
    OVERLAYS,
    PAGES,
    SPOT_VIEWS,
    TEMPERATURE,
    Desk,
    Looking,
    pictures_of,
    with_overlay,
)
from playground.session.softmax_table import softmax_table

thorough = settings(derandomize=True, deadline=None, max_examples=60)

# The desk


def test_the_desk_opens_with_the_courses_two_cards() -> None:
    desk = Desk()
    first = softmax_table(desk.Z, desk.label, desk.temperature)
    assert [f"{y:.3f}" for y in first.Y_hat] == ["0.842", "0.042", "0.002", "0.114"]
    second = softmax_table([math.log(y) for y in desk.Y_hat], desk.Y_hat_label)
    assert f"{second.loss:.3f}" == "1.609"


@thorough
@given(
    Z=st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=10),
    temperature=st.floats(0.01, 100),
    data=st.data(),
)
def test_whatever_a_desk_takes_has_a_softmax(Z: list[float], temperature: float, data: st.DataObject) -> None:
    label = data.draw(st.none() | st.integers(0, len(Z) - 1))
    desk = Desk(Z=tuple(Z), label=label, temperature=temperature)
    table = softmax_table(desk.Z, desk.label, desk.temperature)
    assert math.fsum(table.Y_hat) == pytest.approx(1)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"Z": (1.0,)}, "2 to 10 numbers, not 1"),
        ({"Z": ()}, "2 to 10 numbers, not 0"),
        ({"Z": (0.0,) * 11}, "2 to 10 numbers, not 11"),
        ({"Z": (1.0, math.nan)}, "z must be a number between"),
        ({"Z": (1.0, math.inf)}, "z must be a number between"),
        ({"Z": (-1e308, 1.0)}, "z must be a number between"),
        ({"Z": (1.0, "2")}, "z must be a number between .* not '2'"),
        ({"Z": (1.0, True)}, "z must be a number between"),
        ({"Z": (1.0, None)}, "z must be a number between"),
        ({"label": 4}, "y must be one of the classes 1 to 4"),
        ({"label": -1}, "y must be one of the classes 1 to 4"),
        ({"label": 1.5}, "y must be one of the classes 1 to 4"),
        ({"temperature": 0.0}, "Temperature T must be a number between 0.01 and 100, not 0"),
        ({"temperature": 101.0}, "Temperature T must be"),
        ({"temperature": math.nan}, "Temperature T must be"),
        ({"Y_hat": (0.5, 1.5)}, "ŷ must be a number between 0 and 1, not 1.5"),
        ({"Y_hat": (0.5, -0.1)}, "ŷ must be"),
        ({"Y_hat": (1.0,), "Y_hat_label": 0}, "2 to 10 numbers"),
        ({"Y_hat": (0.5, 0.5), "Y_hat_label": 2}, "y must be one of the classes 1 to 2"),
    ],
)
def test_a_desk_refuses_what_has_no_softmax_and_says_what_it_takes(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        Desk(**wrong)


@pytest.mark.parametrize(
    ("text", "allowed"), [("0.01", 0.01), ("100", 100.0), ("1e308", None), ("x", None), ("", None)]
)
def test_a_typed_temperature_is_taken_or_explained(text: str, allowed: float | None) -> None:
    if allowed is None:
        with pytest.raises(UserError, match="Temperature T must be a number between"):
            TEMPERATURE.parse(text)
    else:
        assert TEMPERATURE.parse(text) == allowed


# Overlays and pictures


@thorough
@given(switches=st.lists(st.tuples(st.sampled_from(list(OVERLAYS)), st.booleans()), max_size=12))
def test_each_overlay_is_as_it_was_switched_last(switches: list[tuple[str, bool]]) -> None:
    overlays: frozenset[str] = frozenset()
    last: dict[str, bool] = {}
    for name, on in switches:
        overlays = with_overlay(overlays, name, on=on)
        last[name] = on
    assert overlays == {name for name, on in last.items() if on}


@pytest.mark.parametrize("page", list(PAGES))
def test_what_is_on_screen_are_the_overlays_and_the_page(page: str) -> None:
    looking = Looking(page=page, overlays=frozenset({"ties", "misses"}))
    assert pictures_of(looking) == {"ties", "misses", page} | ({"calculation"} if page == "spot" else set())


@pytest.mark.parametrize("view", list(SPOT_VIEWS))
def test_a_view_of_the_spot_is_on_screen_with_its_page_alone(view: str) -> None:
    assert pictures_of(Looking(page="spot", spot_view=view)) == {"spot", view}
    assert pictures_of(Looking(page="points", spot_view=view)) == {"points"}


def test_at_first_nothing_is_laid_over_the_plane_and_no_lens_before_it() -> None:
    looking = Looking()
    assert (looking.overlays, looking.temperature, looking.pin) == (frozenset(), 1.0, None)
    assert looking.page in PAGES
    assert Looking() == looking
