"""The table of settings: each has its row, its default, its limits, and either acts on the live network or not."""

import math
from dataclasses import fields, replace
from typing import Any

import pytest

from playground.session.errors import UserError
from playground.session.settings import SPECS, Settings, checked, starts_new_run, steps_per_second

NAMES = [field.name for field in fields(Settings)]

# name: (another value, whether it needs a new run)
CHANGES: dict[str, tuple[Any, bool]] = {
    "hidden": ((8,), True),
    "activation": ("relu", True),
    "standardise": (True, True),
    "seed": (1, True),
    "optimizer": ("momentum", False),
    "learning_rate": (0.1, False),
    "batch_size": (32, False),
    "l2": (0.5, False),
    "test_share": (0.2, False),
    "speed": ("max", False),
}


def test_there_is_a_row_for_every_setting_in_order() -> None:
    assert [spec.name for spec in SPECS] == NAMES == list(CHANGES)
    assert len({spec.label for spec in SPECS}) == len(SPECS)


@pytest.mark.parametrize("spec", SPECS, ids=NAMES)
def test_the_default_is_allowed(spec: Any) -> None:
    assert spec.check(getattr(Settings(), spec.name)) == getattr(Settings(), spec.name)


# New runs


@pytest.mark.parametrize("name", NAMES)
def test_only_layers_activation_inputs_and_seed_start_a_new_run(name: str) -> None:
    value, needs_new_run = CHANGES[name]
    old = Settings()
    new = replace(old, **{name: value})
    assert starts_new_run(old, new) is needs_new_run
    assert starts_new_run(new, old) is needs_new_run


def test_the_same_settings_start_no_new_run() -> None:
    assert not starts_new_run(Settings(), Settings())


def test_all_live_settings_together_start_no_new_run_and_one_other_among_them_does() -> None:
    live = {name: value for name, (value, needs_new_run) in CHANGES.items() if not needs_new_run}
    assert not starts_new_run(Settings(), replace(Settings(), **live))
    assert starts_new_run(Settings(), replace(Settings(), **live, seed=5))


def test_the_tips_say_which_settings_start_a_new_run() -> None:
    for spec in SPECS:
        assert ("Starts a new run." in spec.tip) is CHANGES[spec.name][1]


# From a file


def test_nothing_given_means_the_defaults() -> None:
    assert checked({}) == Settings()


def test_given_values_replace_the_defaults_in_their_own_types() -> None:
    given = {"hidden": [4, 2], "seed": 7.0, "l2": 1, "batch_size": 0}
    settings = checked(given)
    assert settings == Settings(hidden=(4, 2), seed=7, l2=1.0, batch_size=0)
    assert [type(getattr(settings, name)) for name in given] == [tuple, int, float, int]


def test_all_values_at_once_are_kept() -> None:
    values = {name: value for name, (value, _) in CHANGES.items()}
    assert checked(values) == Settings(**values)


@pytest.mark.parametrize("name", ["learning rate", "rate", "", "Hidden", "__class__"])
def test_an_unknown_setting_is_refused_with_a_list_of_the_known(name: str) -> None:
    with pytest.raises(UserError) as refusal:
        checked({"seed": 1, name: 3})
    assert f"no setting called {name!r}" in str(refusal.value)
    assert all(known in str(refusal.value) for known in NAMES)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("learning_rate", 1e6, r"Learning rate must be a number between 1e-05 and 100, not 1e\+06"),
        ("batch_size", -1, "Batch size must be a whole number between 1 and 100000, or “full”, not -1"),
        ("batch_size", 2.5, "Batch size must be a whole number"),
        ("test_share", 0.95, "Test share must be a number between 0 and 0.9, not 0.95"),
        ("l2", -1, "L2 penalty λ must be a number between 0 and 100, not -1"),
        ("hidden", [65], "Hidden layers must be up to 6 layers of 1 to 64 units"),
        ("standardise", 1, "Standardise inputs must be on or off, not 1"),
        ("speed", "warp", "Speed must be one of 1 step/s, .*, max, not 'warp'"),
    ],
)
def test_a_value_out_of_its_limits_is_refused_by_name(name: str, value: object, message: str) -> None:
    with pytest.raises(UserError, match=message):
        checked({name: value})


# Speeds


@pytest.mark.parametrize(
    ("speed", "steps_per_epoch", "pace"),
    [
        ("1 step/s", 1, 1),
        ("1 step/s", 50, 1),
        ("4 steps/s", 50, 4),
        ("20 steps/s", 50, 20),
        ("1 epoch/frame", 1, 60),
        ("1 epoch/frame", 50, 3000),
        ("5 epochs/frame", 2, 600),
        ("25 epochs/frame", 1, 1500),
        ("max", 1, math.inf),
        ("max", 50, math.inf),
    ],
)
def test_a_speed_is_a_pace_in_steps_per_second(speed: str, steps_per_epoch: int, pace: float) -> None:
    assert steps_per_second(speed, steps_per_epoch) == pace
