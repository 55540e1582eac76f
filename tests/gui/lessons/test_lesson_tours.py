"""Each lesson, from its menu entry to Finish, by the keys that its hints name and no others."""

from collections.abc import Callable

import pytest

from playground.resources import asset
from playground.session.grid import Array
from playground.session.lessons.lessons import Lesson, load_lessons
from tests.gui.hands import Hands
from tests.gui.lessons.lesson_eyes import is_framed_whole
from tests.gui.lessons.lesson_hands import Pupil

LESSONS, _ = load_lessons([asset("lessons")])
SPEEDS = {"6-the-cost.yaml": "5 epochs/frame"}  # at the highest one J would fall past the next task, too
CHECK = "Check the gradient"

Act = Callable[[Pupil], None]


def train(pupil: Pupil) -> None:
    pupil.train()


def press(*keys: str) -> Act:
    return lambda pupil: pupil.press(*keys)


def enter(field: str, text: str, *keys: str) -> Act:
    """Tab to a field and type, after some other keys."""

    def act(pupil: Pupil) -> None:
        pupil.press(*keys)
        pupil.tab_to(field)
        pupil.type(text)

    return act


def push(button: str, *keys: str) -> Act:
    """Tab to a button and press it with Space, after some other keys."""

    def act(pupil: Pupil) -> None:
        pupil.press(*keys)
        pupil.tab_to(button)
        pupil.press("Space")

    return act


def switch(*overlays: str) -> Act:
    def act(pupil: Pupil) -> None:
        for overlay in overlays:
            pupil.choose("V", overlay)

    return act


def set_temperature(text: str) -> Act:
    """The field of T stands behind its slider, which bears the same name."""

    def act(pupil: Pupil) -> None:
        pupil.press("Alt+4")
        pupil.tab_to("Temperature T")
        pupil.tab_to("Temperature T")
        pupil.type(text)

    return act


def set_rate(name: str, text: str) -> Act:
    def act(pupil: Pupil) -> None:
        pupil.tab_to(name)
        pupil.tab_to(name)
        pupil.type(text)

    return act


def choose_on_second_card(number: int, *keys: str) -> Act:
    """Its buttons come behind its fields."""

    def act(pupil: Pupil) -> None:
        pupil.press(*keys)
        pupil.tab_to("ŷ of class 4")
        pupil.tab_to(f"y is class {number}")
        pupil.press("Space")

    return act


def look_through(pupil: Pupil) -> None:
    push("Also over the plane", "Alt+4")(pupil)
    pupil.press("Shift+Tab")
    pupil.type("0.05")


def make_scores_two_and_none(pupil: Pupil) -> None:
    pupil.press("Alt+4")
    pupil.type("2")
    enter("z of class 2", "0")(pupil)


def train_below_two_tenths(pupil: Pupil) -> None:
    """The task is done by the pause alone."""
    pupil.train(lambda: (pupil.hands.snapshot.cost or 1) < 0.2)


def learn_fourth(pupil: Pupil) -> None:
    pupil.choose("E", "Add a class")
    pupil.press("S", "F6", "Up", "Down", *["Return"] * 5)
    pupil.train()


def push_next(times: int, *keys: str) -> Act:
    def act(pupil: Pupil) -> None:
        pupil.press(*keys)
        pupil.tab_to("Next")
        pupil.press(*["Space"] * times)

    return act


def hide_layer(pupil: Pupil) -> None:
    push("Add a hidden layer behind the last")(pupil)
    pupil.press("F6")
    pupil.train()


def pin(pupil: Pupil, spot: Array) -> None:
    """Take the probe, go on to the plane, and there to the spot."""
    pupil.press("I")
    pupil.go_to_plane()
    pupil.walk_to(spot)
    pupil.press("Return")


def pin_to_point(pupil: Pupil) -> None:
    pin(pupil, pupil.hands.dataset.X[:, 0])


def derive_at_point(pupil: Pupil) -> None:
    pin_to_point(pupil)
    pupil.press("Alt+D")


def suppose_second(pupil: Pupil) -> None:
    """On a spot between the clouds, where no point lies."""
    pin(pupil, pupil.hands.dataset.X.mean(axis=1))
    pupil.hands.settled()
    pupil.tab_to("Suppose y is class 1")
    pupil.press("Right")


def pin_to_miss(pupil: Pupil) -> None:
    switch("Mark misclassified points")(pupil)
    hands = pupil.hands
    answers = hands.probabilities(hands.dataset.X).argmax(axis=0)
    missed = int((answers != hands.dataset.labels).argmax())
    pin(pupil, hands.dataset.X[:, missed])


def penalise(pupil: Pupil) -> None:
    set_rate("L2 penalty λ", "1")(pupil)
    pupil.train()


def check_mistake(pupil: Pupil) -> None:
    pupil.tab_to("None: backpropagation as it should be")
    pupil.press("Down", "Shift+Tab", "Space")


def put_right(pupil: Pupil) -> None:
    pupil.tab_to("Forget 1/m")
    pupil.press("Up")


# what is done in each step of each lesson; None where there is only something to read
ACTS: dict[str, list[Act | None]] = {
    "1-understanding-softmax.yaml": [
        None,
        None,
        enter("z of class 3", "3", "Alt+4"),
        push("Add 10 to every z"),
        train,
        press("I", "F6", "Right", "Up", "Return"),
    ],
    "2-softmax-and-hardmax.yaml": [
        enter("z of class 4", "4.9", "Alt+4"),
        set_temperature("0.2"),
        set_temperature("20"),
        enter("z of class 4", "3.1"),
        train_below_two_tenths,
        look_through,
        set_temperature("20"),
    ],
    "3-two-classes.yaml": [
        make_scores_two_and_none,
        press("Alt+5"),
        press("."),
        set_rate("Learning rate", "0.25"),
        train,
        press("I", "Right", "Up", "Return"),
        lambda pupil: pupil.choose("E", "Add a class"),
    ],
    "4-straight-borders.yaml": [
        train,
        switch("Whole borders"),
        switch("Zero lines"),
        learn_fourth,
        train,
        train,
        hide_layer,
    ],
    "5-the-loss.yaml": [
        enter("ŷ of class 2", "0.9", "Alt+4"),
        choose_on_second_card(4),
        push("y is class 3"),
        train,
        pin_to_point,
        press("Alt+W"),
        pin_to_miss,
    ],
    "6-the-cost.yaml": [press("Alt+2"), train, train, train, train, penalise],
    "7-backpropagation.yaml": [
        push_next(3, "Alt+3"),
        derive_at_point,
        None,
        suppose_second,
        push_next(5),
        press("."),
        push(CHECK),
        check_mistake,
        put_right,
    ],
}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.file)
def test_a_lesson_can_be_played_by_the_keys_that_its_hints_name(hands: Hands, lesson: Lesson) -> None:
    hands.window.resize(1280, 800)
    pupil = Pupil(hands)
    pupil.begin(lesson.title, SPEEDS.get(lesson.file, "max"))
    acts = ACTS[lesson.file]
    assert len(acts) == len(lesson.steps)
    for place, act in enumerate(acts):
        assert pupil.player.place == place
        hands.settled()
        assert pupil.player.is_done is False
        pointed_out = hands.window.lessons.parts[pupil.step.look]
        hands.until(lambda pointed_out=pointed_out: is_framed_whole(hands.window, pointed_out))
        if act is not None:
            act(pupil)
            pupil.until_done()
        pupil.press("Alt+Right")
    assert pupil.player.lesson is None
    assert not pupil.card.isVisible()
