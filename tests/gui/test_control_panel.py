"""The controls of a whole window: settings and recipe, by slider, field, list and box, and what they do to the run."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QSlider, QSpinBox, QToolButton, QWidget

from playground.gui.setting_widgets import SettingWidget
from playground.session.generators import RECIPE_SPECS, Recipe, generate
from playground.session.settings import FULL_BATCH, SPECS, Settings
from playground.session.sources import Loaded
from playground.session.specs import Number
from tests.gui.hands import LEFT, Hands, choose, same_drawing, turn_wheel

FIELDS = [
    spec.label for spec in SPECS + RECIPE_SPECS if isinstance(spec.kind, Number) and spec.name not in ("classes",)
]


def settings_of(hands: Hands) -> Settings:
    return hands.controller.settings


def field(hands: Hands, label: str) -> QLineEdit:
    return hands.find(QLineEdit, label)


# What each control does to the run


def set_hidden(hands: Hands) -> None:
    hands.qtbot.keyClick(hands.find(QSpinBox, "Units of hidden layer 2"), Qt.Key.Key_Up)


def set_activation(hands: Hands) -> None:
    choose(hands.qtbot, hands.find(QComboBox, "Activation"), "ReLU")


def set_standardise(hands: Hands) -> None:
    box = next(box for box in hands.window.controls.findChildren(QCheckBox) if box.text() == "Standardise inputs")
    hands.qtbot.mouseClick(box, LEFT, pos=QPoint(9, box.height() // 2))


def set_seed(hands: Hands) -> None:
    hands.type_into(field(hands, "Seed"), "77")


def set_optimizer(hands: Hands) -> None:
    choose(hands.qtbot, hands.find(QComboBox, "Optimiser"), "momentum")


def set_learning_rate(hands: Hands) -> None:
    hands.type_into(field(hands, "Learning rate"), "0.5")


def set_batch_size(hands: Hands) -> None:
    hands.type_into(field(hands, "Batch size"), "32")


def set_l2(hands: Hands) -> None:
    hands.type_into(field(hands, "L2 penalty λ"), "0.125")


def set_test_share(hands: Hands) -> None:
    hands.type_into(field(hands, "Test share"), "0.25")


def set_speed(hands: Hands) -> None:
    choose(hands.qtbot, hands.find(QComboBox, "Speed"), "20 steps/s")


CHANGES: dict[str, tuple[Any, Any]] = {
    "hidden": (set_hidden, (8, 9)),
    "activation": (set_activation, "relu"),
    "standardise": (set_standardise, True),
    "seed": (set_seed, 77),
    "optimizer": (set_optimizer, "momentum"),
    "learning_rate": (set_learning_rate, 0.5),
    "batch_size": (set_batch_size, 32),
    "l2": (set_l2, 0.125),
    "test_share": (set_test_share, 0.25),
    "speed": (set_speed, "20 steps/s"),
}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_each_control_sets_its_setting_alone_live_or_with_a_new_run_as_it_says(hands: Hands, spec: Any) -> None:
    change, value = CHANGES[spec.name]
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step >= 10)
    run, old, made = hands.run_id, settings_of(hands), len(hands.runs_and_steps)
    change(hands)
    assert settings_of(hands) == replace(old, **{spec.name: value})
    assert hands.running
    hands.until(lambda: len(hands.runs_and_steps) > made + 2 and hands.snapshot.run_id == hands.run_id)
    steps = [step for own_run, step in hands.runs_and_steps if own_run == hands.run_id]
    assert steps == sorted(steps)
    if spec.new_run:
        assert hands.run_id > run
        assert steps[0] < 10
    else:
        assert hands.run_id == run
        assert hands.step >= 10
    assert not hands.controller.undo_stack.canUndo()


def test_layers_are_added_and_removed_by_their_buttons(hands: Hands) -> None:
    hands.settled()
    more, fewer = (
        hands.find(QToolButton, name) for name in ("Add a hidden layer behind the last", "Remove the last hidden layer")
    )
    hands.qtbot.mouseClick(more, LEFT)
    assert settings_of(hands).hidden == (8, 8, 8)
    assert hands.settled().sizes == (2, 8, 8, 8, 3)
    for _ in range(3):
        hands.qtbot.mouseClick(fewer, LEFT)
    assert hands.settled().sizes == (2, 3)
    assert not fewer.isEnabled()


def test_a_slider_sets_its_setting_live(hands: Hands) -> None:
    run = hands.run_id
    for label, fraction, low, high in (
        ("Learning rate", 0.9, 1, 100),
        ("L2 penalty λ", 0.9, 1, 100),
        ("Test share", 0.5, 0.449, 0.451),
    ):
        hands.slide(hands.find(QSlider, label), fraction)
        name = next(spec.name for spec in SPECS if spec.label == label)
        assert low <= getattr(settings_of(hands), name) <= high
        assert float(field(hands, label).text()) == getattr(settings_of(hands), name)
    assert hands.run_id == run


def test_full_batch_can_be_chosen_by_word_and_by_the_slider_s_end(hands: Hands) -> None:
    hands.type_into(field(hands, "Batch size"), "16")
    assert settings_of(hands).batch_size == 16
    hands.type_into(field(hands, "Batch size"), "full")
    assert settings_of(hands).batch_size == FULL_BATCH
    hands.slide(hands.find(QSlider, "Batch size"), 0.5)
    assert settings_of(hands).batch_size > 1
    hands.slide(hands.find(QSlider, "Batch size"), 1.0)
    assert settings_of(hands).batch_size == FULL_BATCH
    assert field(hands, "Batch size").text() == "full"


def test_a_penalty_shows_in_j_at_once(hands: Hands) -> None:
    before = hands.settled().cost
    hands.type_into(field(hands, "L2 penalty λ"), "10")
    hands.until(lambda: hands.snapshot.cost != before)
    assert hands.snapshot.cost is not None
    assert before is not None
    assert hands.snapshot.cost > before


# Text in number fields


def test_nonsense_in_any_field_is_marked_explained_and_leaves_the_value_in_use(hands: Hands) -> None:
    for label, text in itertools.product(FIELDS, ("abc", "", "1,5,", "-1", "1e9", "nan")):
        request, shown = hands.controller.request, field(hands, label).text()
        hands.type_into(field(hands, label), text)
        assert hands.controller.request is request, label
        assert field(hands, label).property("valid") == "false", label
        sentence = hands.window.notice.text()
        assert hands.window.notice.isVisible()
        assert sentence.startswith(label)
        assert f"still {shown}." in sentence
        hands.type_into(field(hands, label), shown)
        assert field(hands, label).property("valid") != "false", label
        assert hands.controller.request is request, label
    assert hands.controller.undo_stack.count() == 0


def test_nonsense_that_is_left_gives_way_to_the_value_in_use(hands: Hands) -> None:
    for label in FIELDS:
        shown = field(hands, label).text()
        hands.type_into(field(hands, label), "abc", enter=False)
        hands.plane.setFocus()
        assert field(hands, label).text() == shown, label
        assert field(hands, label).property("valid") != "false", label


def test_nonsense_that_is_entered_and_then_left_gives_way_too(hands: Hands) -> None:
    hands.type_into(field(hands, "Seed"), "abc")
    hands.plane.setFocus()
    assert field(hands, "Seed").text() == "0"


def test_nonsense_does_not_stop_training(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: hands.step > 3)
    step = hands.step
    hands.type_into(field(hands, "Learning rate"), "fast")
    hands.until(lambda: hands.step > step + 3)
    assert hands.running
    assert settings_of(hands).learning_rate == Settings().learning_rate


def test_keys_typed_into_a_field_trigger_no_shortcut(hands: Hands) -> None:
    hands.key("2")
    before, label_before, tool = hands.dataset, hands.controller.label, hands.window.tools.tool
    view = hands.plane.box.viewRange()
    for label in ("Learning rate", "Points", "Seed"):
        edit = field(hands, label)
        edit.setFocus()
        edit.selectAll()
        hands.qtbot.keyClicks(edit, "10.5e-3>+psmflL")
        assert edit.text() == "10.5e-3>+psmflL"
        hands.key(Qt.Key.Key_Backspace, on=edit)
        hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, on=edit)
    assert not hands.running
    assert hands.controller.request.single_steps == hands.controller.request.single_epochs == 0
    assert hands.dataset is before
    assert (hands.controller.label, hands.window.tools.tool) == (label_before, tool)
    assert hands.plane.box.viewRange() == view
    assert not hands.window.cost_plot.is_log()


def test_keys_typed_into_a_layer_s_field_trigger_no_shortcut(hands: Hands) -> None:
    edit = hands.find(QSpinBox, "Units of hidden layer 1").lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    hands.qtbot.keyClicks(edit, "2.> 1")
    assert hands.controller.label == 0
    assert not hands.running
    assert hands.controller.request.single_steps == hands.controller.request.single_epochs == 0


# The wheel


def test_scrolling_the_panel_changes_no_setting_under_the_mouse(hands: Hands) -> None:
    hands.settled()
    request = hands.controller.request
    turned = [widget for kind in (QComboBox, QSlider, QSpinBox) for widget in hands.window.controls.findChildren(kind)]
    assert len(turned) > 8
    for widget, notches in itertools.product(turned, (1, -1)):
        turn_wheel(widget, widget.rect().center(), notches)
    assert hands.controller.settings == request.settings
    assert hands.run_id == request.run_id
    assert hands.dataset is request.dataset


# Keyboard


def test_every_control_can_be_reached_by_tab_and_has_a_name_and_a_tooltip(hands: Hands) -> None:
    reached: set[QWidget] = set()
    widget = hands.plane
    for _ in range(2000):
        widget = widget.nextInFocusChain()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            reached.add(widget)
    kinds = (QLineEdit, QSlider, QComboBox, QCheckBox, QSpinBox, QToolButton)
    controls = [
        child
        for kind in kinds
        for child in hands.window.centralWidget().findChildren(kind)
        if child.isVisible() and child.isEnabled() and not isinstance(child.parentWidget(), QSpinBox)
    ]
    assert len(controls) > 40
    for control in controls:
        name = control.accessibleName() or getattr(control, "text", str)()
        assert control in reached, name
        assert name, control
        owner: QWidget | None = control
        while owner is not None and not owner.toolTip():
            owner = owner.parentWidget()
        assert owner is not None, name


def test_space_on_a_box_reached_by_tab_ticks_it_and_does_not_train(hands: Hands) -> None:
    box = next(box for box in hands.window.controls.findChildren(QCheckBox))
    box.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is box
    hands.key(Qt.Key.Key_Space)
    assert settings_of(hands).standardise
    assert not hands.running


# The recipe


def test_a_recipe_s_slider_draws_the_points_anew_as_one_undo_step(hands: Hands) -> None:
    start, run = hands.dataset, hands.run_id
    for label, fraction in (("Points", 0.2), ("Noise", 0.7), ("Data seed", 0.4)):
        hands.slide(hands.find(QSlider, label), 0.9, 0.5, 0.3, fraction)
        assert not same_drawing(hands.dataset, start)
        assert hands.dataset.name == start.name
        assert hands.run_id > run
        assert hands.controller.undo_stack.count() == 1
        hands.undo()
        assert same_drawing(hands.dataset, start)


def test_a_recipe_s_field_takes_an_exact_number(hands: Hands) -> None:
    hands.type_into(field(hands, "Points"), "33")
    assert hands.dataset.m == 33
    hands.type_into(field(hands, "Data seed"), "5")
    seeded = hands.dataset
    hands.type_into(field(hands, "Data seed"), "6")
    assert not same_drawing(hands.dataset, seeded)
    hands.type_into(field(hands, "Data seed"), "5")
    assert same_drawing(hands.dataset, seeded)


def test_two_drags_of_a_recipe_s_slider_are_two_undo_steps(hands: Hands) -> None:
    slider = hands.find(QSlider, "Noise")
    hands.slide(slider, 0.3)
    first = hands.dataset
    hands.slide(slider, 0.6)
    hands.undo()
    assert same_drawing(hands.dataset, first)


def test_a_key_on_a_slider_after_a_drag_is_an_undo_step_of_its_own(hands: Hands) -> None:
    slider = hands.find(QSlider, "Noise")
    hands.slide(slider, 0.3)
    dragged = hands.dataset
    hands.key(Qt.Key.Key_Right, on=slider)
    assert not same_drawing(hands.dataset, dragged)
    hands.undo()
    assert same_drawing(hands.dataset, dragged)


def test_after_an_undo_the_slider_says_what_is_on_the_plane(hands: Hands) -> None:
    hands.type_into(field(hands, "Points"), "33")
    hands.plane.setFocus()
    hands.undo()
    assert hands.dataset.m == 200
    assert field(hands, "Points").text() == "200"


def test_the_same_number_written_otherwise_keeps_run_and_points(hands: Hands) -> None:
    before, run = hands.dataset, hands.run_id
    hands.type_into(field(hands, "Noise"), "0.10")
    assert hands.dataset is before
    assert hands.run_id == run


def test_there_is_no_recipe_for_points_that_were_not_generated(hands: Hands) -> None:
    slider = hands.find(QSlider, "Noise")
    assert slider.isEnabled()
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load iris"), LEFT)
    assert not slider.isEnabled()
    hands.undo()
    assert slider.isEnabled()
    hands.controller.clear()
    assert not slider.isEnabled()


def test_points_says_how_many_there_are_whatever_was_asked_for(hands: Hands) -> None:
    shown = field(hands, "Points")
    hands.click(hands.place(0.5, 0.5))
    assert shown.text() == "201"
    hands.choose("remove_class")
    assert shown.text() == str(hands.dataset.m) != "201"
    hands.undo(2)
    assert shown.text() == "200"
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load iris"), LEFT)
    assert (shown.text(), shown.isEnabled()) == ("150", False)
    for m in (60_000, 6):
        few = replace(generate(Recipe(points=60_000)), name="points.csv")
        hands.controller.load(Loaded(few.without(np.arange(few.m) >= m), hands.controller.settings), "Open points.csv")
        assert (shown.text(), shown.isEnabled()) == (str(m), False)
    hands.choose("clear")
    assert shown.text() == "0"


def test_what_a_set_was_not_made_from_is_unknown(hands: Hands) -> None:
    for label, value in (("Noise", "0.1"), ("Data seed", "0")):
        assert field(hands, label).text() == value
        hands.qtbot.mouseClick(hands.find(QToolButton, "Load penguins"), LEFT)
        assert field(hands, label).text() == "–"
        assert hands.find(QSlider, label).value() == 0
        hands.undo()
        assert field(hands, label).text() == value


def test_more_noise_changes_no_number_of_points(hands: Hands) -> None:
    hands.click(hands.place(0.5, 0.5))
    hands.type_into(field(hands, "Noise"), "0.3")
    assert hands.dataset.m == 201
    assert field(hands, "Points").text() == "201"
    hands.type_into(field(hands, "Points"), "200")
    assert hands.dataset.m == 200


def test_a_set_of_a_few_points_can_be_generated_anew(hands: Hands) -> None:
    hands.controller.edit("Erase", hands.dataset.without(np.arange(200) > 4))
    hands.type_into(field(hands, "Data seed"), "3")
    assert hands.dataset.m == 10
    assert field(hands, "Points").text() == "10"


def test_no_data_set_is_marked_on_a_plane_without_points(hands: Hands) -> None:
    blobs = hands.find(QToolButton, "Load blobs")
    assert blobs.isChecked()
    hands.controller.edit("Erase", hands.dataset.without(np.ones(200, bool)))
    assert not blobs.isChecked()
    hands.undo()
    assert blobs.isChecked()


def test_what_was_said_of_a_data_set_goes_with_it(hands: Hands) -> None:
    notice = hands.window.notice
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load penguins"), LEFT)
    assert "points from penguins" in notice.text()
    hands.qtbot.mouseClick(hands.find(QToolButton, "Load spiral"), LEFT)
    assert not notice.isVisible()
    hands.undo()
    hands.redo()
    assert not notice.isVisible()


# What the panel shows


def test_the_panel_shows_the_settings_whoever_sets_them(hands: Hands) -> None:
    values = {"hidden": (3, 5), "activation": "sigmoid", "learning_rate": 0.25, "l2": 2.0, "seed": 12}
    for name, value in values.items():
        hands.controller.set_setting(name, value)
    assert hands.find(QSpinBox, "Units of hidden layer 1").value() == 3
    assert hands.find(QSpinBox, "Units of hidden layer 2").value() == 5
    assert hands.find(QComboBox, "Activation").currentText() == "sigmoid"
    assert field(hands, "Learning rate").text() == "0.25"
    assert field(hands, "L2 penalty λ").text() == "2"
    assert field(hands, "Seed").text() == "12"


def test_each_setting_has_its_place_on_the_panel_but_speed(hands: Hands) -> None:
    shown = [widget.spec.name for widget in hands.window.controls.findChildren(SettingWidget)]
    assert sorted(shown) == sorted(
        [spec.name for spec in SPECS if spec.name != "speed"] + ["points", "noise", "data_seed"]
    )


def test_test_share_draws_hollow_points_and_fills_the_test_readouts(hands: Hands) -> None:
    before = hands.plane.grab().toImage()
    hands.type_into(field(hands, "Test share"), "0.5")
    assert hands.plane.grab().toImage() != before
    hands.until(lambda: hands.snapshot.test_cost is not None)
    held_out = hands.dataset.is_test(0.5)
    answers = hands.probabilities(hands.dataset.X[:, held_out]).argmax(axis=0)
    share_right = np.mean(answers == hands.dataset.labels[held_out])
    assert hands.snapshot.test_accuracy == pytest.approx(share_right)
