"""The row above the plane: readouts equal to the snapshot, buttons that do what they say, and the speed."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton

from playground.gui import main_window
from playground.gui.top_bar import cost_text, grouped, rate_text, share_text
from playground.session.messages import Snapshot
from playground.session.settings import SPEEDS
from tests.gui.hands import LEFT, Hands, choose, named

THIN = "\u2009"


# Numbers as text


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (None, "–"),
        (1.0986123, "1.0986"),
        (0.00123456, "0.0012"),
        (0.001, "0.0010"),
        (0.00099, "9.9e-04"),
        (1.234e-8, "1.2e-08"),
        (0.0, "0.0e0"),
        (99.99, "99.9900"),
        (123.456, "123"),
        (54_321.0, "54321"),
        (9.18e29, "9.2e29"),
        (5.36e5, "5.4e5"),
        (1.7e308, "1.7e308"),
        (1.7e-308, "2e-308"),
    ],
)
def test_a_cost_is_told_to_four_figures(cost: float | None, text: str) -> None:
    assert cost_text(cost) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "–"), (0.0, "0.0 %"), (0.5, "50.0 %"), (2 / 3, "66.7 %"), (0.99999, "99.9 %"), (1.0, "100.0 %")],
)
def test_100_percent_is_said_of_all_points_only(share: float | None, text: str) -> None:
    assert share_text(share) == text


@pytest.mark.parametrize(("rate", "text"), [(0.98, "1.0"), (9.94, "9.9"), (60.4, "60"), (23456.7, f"23{THIN}457")])
def test_a_slow_rate_has_a_decimal_and_a_fast_one_gaps(rate: float, text: str) -> None:
    assert rate_text(rate) == text


def test_thousands_are_grouped() -> None:
    assert [grouped(n) for n in (0, 999, 1000, 1234567)] == ["0", "999", f"1{THIN}000", "1.235 M"]


# Readouts


def readout(hands: Hands, name: str) -> str:
    return named(hands.window.top_bar, QLabel, name).text()


def readouts(hands: Hands) -> dict[str, str]:
    return {
        name: readout(hands, name)
        for name in ("step", "epoch", "J train", "J test", "accuracy", "test acc.", "steps/s")
    }


def told(snapshot: Snapshot) -> dict[str, str]:
    return {
        "step": grouped(snapshot.step),
        "epoch": grouped(int(snapshot.epoch)),
        "J train": cost_text(snapshot.cost),
        "J test": cost_text(snapshot.test_cost),
        "accuracy": share_text(snapshot.accuracy),
        "test acc.": share_text(snapshot.test_accuracy),
        "steps/s": "–" if snapshot.steps_per_second is None else rate_text(snapshot.steps_per_second),
    }


def test_the_readouts_equal_the_snapshot_while_training_and_paused(hands: Hands) -> None:
    hands.controller.set_setting("test_share", 0.3)
    hands.controller.set_setting("batch_size", 16)
    seen: list[bool] = []
    hands.controller.snapshot_ready.connect(lambda snapshot: seen.append(readouts(hands) == told(snapshot)))
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step >= 60 and len(seen) > 5)
    hands.key(Qt.Key.Key_Space)
    hands.settled()
    assert all(seen)
    assert readout(hands, "step") == grouped(hands.step)
    assert readout(hands, "J test") != "–"


def test_the_readouts_are_those_of_the_network_on_these_points(hands: Hands) -> None:
    hands.trained_to(30)
    p = hands.probabilities(hands.dataset.X)
    losses = -np.log(p[hands.dataset.labels, np.arange(hands.dataset.m)])
    assert float(readout(hands, "J train")) == pytest.approx(losses.mean(), abs=1e-4)
    assert readout(hands, "accuracy") == share_text(hands.share_right())
    assert readout(hands, "epoch") == readout(hands, "step")  # a full batch is an epoch


def test_the_rate_is_told_while_training_only(hands: Hands) -> None:
    hands.settled()
    assert readout(hands, "steps/s") == "–"
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: readout(hands, "steps/s") != "–")
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: readout(hands, "steps/s") == "–")


def test_without_points_there_is_nothing_to_read(hands: Hands) -> None:
    hands.controller.clear()
    hands.settled()
    assert readouts(hands) == {
        "step": "0",
        "epoch": "0",
        "J train": "–",
        "J test": "–",
        "accuracy": "–",
        "test acc.": "–",
        "steps/s": "–",
    }


def test_no_readout_is_cut_off(hands: Hands) -> None:
    wide = replace(
        hands.settled(),
        step=123_456,
        epoch=23_456.5,
        cost=0.12345,
        test_cost=1.23456,
        accuracy=1.0,
        test_accuracy=1.0,
        steps_per_second=23_456.0,
    )
    hands.window.resize(1280, 800)
    hands.window.top_bar.show_snapshot(wide)
    for name in readouts(hands):
        label = named(hands.window.top_bar, QLabel, name)
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), name


# Buttons


def button(hands: Hands, name: str) -> QToolButton:
    first_words = {name, "Pause"} if name == "Train" else {name}
    buttons = hands.window.top_bar.findChildren(QToolButton)
    (found,) = [
        button
        for button in buttons
        if button.accessibleName().split(" ")[0] in first_words or button.accessibleName() == name
    ]
    return found


def press(hands: Hands, name: str) -> None:
    hands.qtbot.mouseClick(button(hands, name), LEFT, pos=QPoint(6, 6))


def test_the_train_button_trains_and_pauses_and_says_which_is_next(hands: Hands) -> None:
    assert button(hands, "Train").text() == "Train"
    press(hands, "Train")
    assert hands.running
    assert button(hands, "Train").text() == "Pause"
    press(hands, "Train")
    assert not hands.running
    assert button(hands, "Train").text() == "Train"


def test_its_accessible_name_says_what_the_train_button_does_next(hands: Hands) -> None:
    train = button(hands, "Train")
    press(hands, "Train")
    assert train.accessibleName() == "Pause"


@pytest.mark.parametrize("furnish_ms", [main_window.FURNISH_MS], ids=["furnished"])
def test_the_train_button_s_icon_changes_between_play_and_pause(hands: Hands) -> None:
    hands.until(lambda: not button(hands, "Train").icon().isNull())
    play = button(hands, "Train").icon().pixmap(16, 16).toImage()
    press(hands, "Train")
    assert button(hands, "Train").icon().pixmap(16, 16).toImage() != play
    press(hands, "Train")
    assert button(hands, "Train").icon().pixmap(16, 16).toImage() == play


def test_step_epoch_reset_and_new_start_have_buttons(hands: Hands) -> None:
    hands.controller.set_setting("batch_size", 20)
    start = hands.settled().parameters
    press(hands, "Step")
    hands.until(lambda: hands.step == 1)
    press(hands, "Epoch")
    hands.until(lambda: hands.step == 10)
    press(hands, "Reset")
    again = hands.settled()
    assert again.step == 0
    assert (again.parameters == start).all()
    press(hands, "New start")
    other = hands.settled()
    assert (other.parameters != start).any()


def test_undo_and_redo_have_buttons_that_say_what_they_would_do(hands: Hands) -> None:
    undo, redo = button(hands, "Undo"), button(hands, "Redo")
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    before = hands.dataset
    hands.click(hands.place(0.5, 0.5))
    assert undo.isEnabled()
    assert hands.window.actions_by_name["undo"].text() == "Undo add point"
    press(hands, "Undo")
    assert hands.dataset is before
    assert not undo.isEnabled()
    assert redo.isEnabled()
    assert hands.window.actions_by_name["redo"].text() == "Redo add point"
    press(hands, "Redo")
    assert hands.dataset.m == before.m + 1


@pytest.mark.parametrize("furnish_ms", [0])
def test_a_button_s_icon_and_text_fit_whatever_it_says(hands: Hands) -> None:
    hands.window.resize(1280, 800)
    train = button(hands, "Train")
    hands.until(lambda: not train.icon().isNull())
    assert hands.window.width() == 1280
    for _ in range(2):
        for name in ("Train", "Step", "Epoch", "Reset"):
            own = button(hands, name)
            assert own.sizeHint().width() <= own.width(), own.text()
            assert own.height() >= own.fontMetrics().height()
        press(hands, "Train")


# Speed


def test_the_speeds_are_offered_from_slow_to_max(hands: Hands) -> None:
    box = hands.find(QComboBox, "Speed")
    assert [box.itemText(i) for i in range(box.count())] == list(SPEEDS)
    assert box.currentText() == "1 epoch/frame"


def test_a_faster_speed_makes_more_steps(hands: Hands) -> None:
    hands.trained_to(6)
    slow = hands.runs_and_steps[-1][1]
    choose(hands.qtbot, hands.find(QComboBox, "Speed"), "25 epochs/frame")
    assert hands.controller.settings.speed == "25 epochs/frame"
    frames = len(hands.runs_and_steps)
    hands.trained_to(100)
    assert (hands.step - slow) / (len(hands.runs_and_steps) - frames) > 5


def test_the_box_shows_a_speed_set_elsewhere(hands: Hands) -> None:
    hands.controller.set_setting("speed", "4 steps/s")
    assert hands.find(QComboBox, "Speed").currentText() == "4 steps/s"


def test_buttons_leave_the_focus_where_it_is_when_clicked(hands: Hands) -> None:
    hands.plane.setFocus()
    for name in ("Train", "Train", "Reset"):
        press(hands, name)
        assert QApplication.focusWidget() is hands.plane
