"""The controller without a window: what each wish does to the request, the run and the undo stack."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.gui.controller import Controller
from playground.nn.mistakes import FORGET_BIAS, WRONG_SIGN
from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.grid import Grid
from playground.session.messages import Snapshot
from playground.session.settings import SPECS, Settings
from playground.session.sources import Loaded
from playground.session.trainer import Trainer
from tests.gui.hands import PATIENCE, same_drawing

RECIPE = Recipe("blobs", points=240)
DATA = generate(RECIPE)
GRID = Grid(-1, 1, -1, 1, 8, 8)
OTHER: dict[str, Any] = {
    "hidden": (5,),
    "activation": "relu",
    "standardise": True,
    "seed": 3,
    "optimizer": "momentum",
    "learning_rate": 0.02,
    "batch_size": 16,
    "l2": 0.5,
    "test_share": 0.3,
    "speed": "20 steps/s",
}


class Desk:
    """A started controller, and all that it has said."""

    def __init__(self, controller: Controller, qtbot: QtBot) -> None:
        self.controller, self.qtbot = controller, qtbot
        self.snapshots: list[Snapshot] = []
        self.notices: list[tuple[str, str]] = []
        self.signals: list[str] = []
        controller.snapshot_ready.connect(self.snapshots.append)
        controller.noticed.connect(lambda text, kind: self.notices.append((text, kind)))
        for name in ("dataset_changed", "drawing_loaded", "settings_changed", "label_changed"):
            getattr(controller, name).connect(lambda name=name: self.signals.append(name))
        controller.running_changed.connect(lambda running: self.signals.append(f"running {running}"))

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def train_to(self, step: int) -> None:
        """Train, from a pause, until that step of the run is shown; go on training."""
        if not self.controller.request.running:
            self.controller.toggle_training()
        self.until(lambda: self.shows(lambda snapshot: snapshot.step >= step))

    def shows(self, condition: Callable[[Snapshot], bool]) -> bool:
        shown = self.snapshots[-1] if self.snapshots else None
        return shown is not None and shown.run_id == self.controller.request.run_id and condition(shown)

    def answer(self) -> Snapshot:
        """A snapshot of everything as it is now."""
        probe = (float(len(self.snapshots)), 0.5)
        self.controller.look(GRID, probe)
        self.until(lambda: self.shows(lambda snapshot: snapshot.probe is probe))
        return self.snapshots[-1]

    def said(self, kind: str) -> list[str]:
        return [text for text, own_kind in self.notices if own_kind == kind and text]

    @property
    def run_id(self) -> int:
        return self.controller.request.run_id


def desk_on(dataset: Dataset, qtbot: QtBot, settings: Settings | None = None) -> Iterator[Desk]:
    controller = Controller(Loaded(dataset, settings or Settings(speed="max")), RECIPE)
    desk = Desk(controller, qtbot)
    controller.start()
    yield desk
    controller.stop()
    controller.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    yield from desk_on(DATA, qtbot)


@pytest.fixture
def bare_desk(qtbot: QtBot) -> Iterator[Desk]:
    yield from desk_on(empty_dataset(3), qtbot)


def clicked(dataset: Dataset, label: int = 0, at: float = 0.5) -> Dataset:
    return dataset.with_points([[at], [at]], label)


# The start


def test_a_start_shows_everything_and_trains_nothing(desk: Desk) -> None:
    assert desk.signals == ["drawing_loaded", "dataset_changed", "settings_changed", "label_changed", "running False"]
    assert desk.answer().step == 0
    assert desk.controller.dataset is DATA
    assert not desk.controller.has_unsaved_work


# Training


def test_training_starts_and_pauses_at_the_same_wish(desk: Desk) -> None:
    desk.signals.clear()
    desk.train_to(10)
    desk.controller.toggle_training()
    assert [signal for signal in desk.signals if "running" in signal] == ["running True", "running False"]
    paused = desk.answer()
    assert desk.answer().step == paused.step >= 10


@pytest.mark.parametrize("wish", ["toggle_training", "single_step", "single_epoch"])
def test_without_points_every_way_to_train_says_why_not(bare_desk: Desk, wish: str) -> None:
    getattr(bare_desk.controller, wish)()
    assert not bare_desk.controller.request.running
    assert bare_desk.controller.request.single_steps == bare_desk.controller.request.single_epochs == 0
    (sentence,) = bare_desk.said("note")
    assert "nothing to learn" in sentence
    assert bare_desk.answer().step == 0


def test_where_every_point_is_held_out_training_says_so(bare_desk: Desk) -> None:
    bare_desk.controller.set_setting("test_share", 0.9)
    bare_desk.controller.edit("Add point", clicked(bare_desk.controller.dataset))
    assert bare_desk.controller.dataset.is_test(0.9).all()
    bare_desk.controller.toggle_training()
    assert not bare_desk.controller.request.running
    assert "held out" in bare_desk.said("note")[0]


@pytest.mark.parametrize(("wish", "steps"), [("single_step", 1), ("single_epoch", 6)])
def test_a_single_wish_pauses_and_makes_what_it_says(desk: Desk, wish: str, steps: int) -> None:
    desk.controller.set_setting("batch_size", 40)  # 240 points: 6 batches
    getattr(desk.controller, wish)()
    desk.until(lambda: desk.shows(lambda snapshot: snapshot.step == steps and not snapshot.running))
    assert desk.answer().step == steps


def test_single_steps_asked_for_quickly_are_all_made(desk: Desk) -> None:
    for _ in range(7):
        desk.controller.single_step()
    desk.until(lambda: desk.shows(lambda snapshot: snapshot.step == 7))
    assert desk.answer().step == 7


def test_a_single_step_stops_a_run_that_is_training(desk: Desk) -> None:
    desk.train_to(5)
    desk.controller.single_step()
    assert not desk.controller.request.running
    assert desk.answer().step == desk.answer().step


def test_reset_returns_to_the_same_start_paused(desk: Desk) -> None:
    start = desk.answer()
    desk.train_to(20)
    desk.controller.reset()
    assert not desk.controller.request.running
    again = desk.answer()
    assert (again.step, again.epoch, again.curve.cost.size) == (0, 0.0, 0)
    np.testing.assert_array_equal(again.parameters, start.parameters)
    assert again.cost == start.cost


def test_single_steps_of_an_old_run_are_not_owed_to_the_new(desk: Desk) -> None:
    desk.controller.single_step()
    desk.controller.reset()
    desk.controller.reset()
    assert desk.answer().step == 0
    desk.controller.single_step()
    desk.until(lambda: desk.shows(lambda snapshot: snapshot.step == 1))
    assert desk.answer().step == 1


def test_a_new_start_is_elsewhere_with_a_seed_of_its_own_and_keeps_running(desk: Desk) -> None:
    start = desk.answer()
    desk.controller.new_start()
    other = desk.answer()
    assert other.step == 0
    assert (other.parameters != start.parameters).any()
    assert desk.controller.settings.seed != Settings().seed
    assert 0 <= desk.controller.settings.seed < 1_000_000
    desk.train_to(5)
    seed, run = desk.controller.settings.seed, desk.run_id
    desk.controller.new_start()
    assert desk.controller.request.running
    assert desk.controller.settings.seed != seed
    assert desk.run_id > run


def test_a_snapshot_of_another_run_is_never_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = desk.answer()
    thread = desk.controller._thread
    monkeypatch.setattr(thread, "take", lambda: replace(shown, run_id=shown.run_id + 1, step=99))
    desk.controller.frame()
    assert desk.snapshots[-1] is shown
    monkeypatch.setattr(thread, "take", lambda: replace(shown, step=99))
    desk.controller.frame()
    assert desk.snapshots[-1].step == 99


# Divergence and errors


WILD = Settings(speed="max", activation="linear", optimizer="gradient descent", learning_rate=100.0)


@pytest.fixture
def wild_desk(qtbot: QtBot) -> Iterator[Desk]:
    """A run that diverges within a few steps, and has."""
    for desk in desk_on(DATA, qtbot, WILD):
        desk.controller.toggle_training()
        desk.until(lambda: not desk.controller.request.running)
        yield desk


def test_a_divergence_is_told_once_and_pauses(wild_desk: Desk) -> None:
    assert wild_desk.answer().diverged
    (sentence,) = wild_desk.said("error")
    assert "no longer finite" in sentence
    assert "100" in sentence
    assert "learning rate" in sentence


def test_after_a_divergence_a_lower_rate_and_a_reset_train_as_the_notice_says(wild_desk: Desk) -> None:
    assert "press Reset" in wild_desk.said("error")[0]
    wild_desk.controller.set_setting("learning_rate", 1e-3)
    wild_desk.controller.reset()
    wild_desk.train_to(20)
    assert wild_desk.controller.request.running
    assert len(wild_desk.said("error")) == 1


def test_an_old_snapshot_does_not_stop_a_run_that_is_asked_to_go_on(wild_desk: Desk) -> None:
    stopped = wild_desk.answer()
    wild_desk.controller.set_setting("learning_rate", 1e-3)
    thread = wild_desk.controller._thread
    with thread._changed:  # the worker cannot answer the wish before the next frame
        thread._latest = stopped
        wild_desk.controller.toggle_training()
        wild_desk.controller.frame()
    assert wild_desk.controller.request.running
    assert len(wild_desk.said("error")) == 1


def test_an_error_in_the_worker_is_told_and_a_reset_trains_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(self: Trainer) -> None:
        raise RuntimeError("the trainer broke")

    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "step", break_down)
        desk.controller.toggle_training()
        desk.until(lambda: bool(desk.said("fault")))
    assert "RuntimeError: the trainer broke" in desk.said("fault")[0]
    assert not desk.controller.request.running
    assert desk.controller.dataset is DATA
    desk.controller.reset()
    desk.train_to(10)
    assert len(desk.said("fault")) == 1


# Settings


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_a_setting_changes_itself_alone_and_starts_a_new_run_only_where_it_says_so(desk: Desk, spec: Any) -> None:
    desk.train_to(5)
    run, old = desk.run_id, desk.controller.settings
    desk.signals.clear()
    desk.controller.set_setting(spec.name, OTHER[spec.name])
    assert desk.controller.settings == replace(old, **{spec.name: OTHER[spec.name]})
    assert desk.controller.request.running
    assert (desk.run_id != run) is spec.new_run
    assert ("new run" in spec.tip) is spec.new_run
    assert "settings_changed" in desk.signals
    assert desk.controller.dataset is DATA
    assert desk.controller.undo_stack.count() == 0


def test_a_setting_that_stays_as_it_is_changes_nothing(desk: Desk) -> None:
    request = desk.controller.request
    desk.signals.clear()
    for name in OTHER:
        desk.controller.set_setting(name, getattr(desk.controller.settings, name))
    assert desk.controller.request is request
    assert desk.signals == []


def test_a_live_setting_keeps_what_is_learned(desk: Desk) -> None:
    desk.train_to(20)
    desk.controller.toggle_training()
    learned = desk.answer()
    for spec in SPECS:
        if not spec.new_run:
            desk.controller.set_setting(spec.name, OTHER[spec.name])
    same = desk.answer()
    np.testing.assert_array_equal(same.parameters, learned.parameters)
    assert (same.run_id, same.step) == (learned.run_id, learned.step)


# Edits and undo


def test_an_edit_is_on_the_plane_at_once_and_one_undo_step(desk: Desk) -> None:
    edited = clicked(DATA)
    desk.signals.clear()
    desk.controller.edit("Add point", edited)
    assert desk.controller.dataset is edited
    assert "dataset_changed" in desk.signals
    assert desk.controller.undo_stack.undoText() == "Add point"
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset is DATA
    desk.controller.undo_stack.redo()
    assert desk.controller.dataset is edited


def test_an_edit_that_changes_nothing_is_none(desk: Desk) -> None:
    desk.controller.edit("Erase", DATA)
    assert desk.controller.undo_stack.count() == 0


def test_strokes_have_numbers_of_their_own(desk: Desk) -> None:
    strokes = [desk.controller.new_stroke() for _ in range(3)]
    assert len(set(strokes)) == 3
    assert min(strokes) >= 0


def test_work_is_unsaved_from_the_first_edit_until_it_is_undone(desk: Desk) -> None:
    desk.controller.edit("Add point", clicked(DATA))
    assert desk.controller.has_unsaved_work
    desk.controller.undo_stack.undo()
    assert not desk.controller.has_unsaved_work
    desk.controller.undo_stack.redo()
    desk.controller.clear()
    assert not desk.controller.has_unsaved_work


def test_erasing_all_points_stops_training_says_so_and_can_be_undone(desk: Desk) -> None:
    desk.train_to(5)
    desk.controller.clear()
    assert desk.controller.dataset.m == 0
    assert desk.controller.dataset.classes == DATA.classes
    assert not desk.controller.request.running
    assert desk.notices[-2:] == [(desk.said("state")[-1], "state"), (desk.said("undo")[-1], "undo")]
    assert "nothing to learn" in desk.said("state")[-1]
    assert "were removed" in desk.said("undo")[-1]
    desk.controller.undo_stack.undo()
    assert same_drawing(desk.controller.dataset, DATA)
    assert desk.notices[-1] == ("", "state")


def test_erasing_nothing_is_no_undo_step(bare_desk: Desk) -> None:
    bare_desk.controller.clear()
    assert bare_desk.controller.undo_stack.count() == 0


def test_training_points_of_one_class_alone_are_remarked_on(bare_desk: Desk) -> None:
    bare_desk.controller.edit("Add point", clicked(bare_desk.controller.dataset, 1))
    assert "Only class 2" in bare_desk.said("state")[-1]
    bare_desk.controller.edit("Add point", clicked(bare_desk.controller.dataset, 2))
    assert bare_desk.notices[-1] == ("", "state")


# Classes


def test_a_class_can_be_added_while_training_and_is_chosen(desk: Desk) -> None:
    desk.train_to(5)
    run = desk.run_id
    before = desk.snapshots[-1]
    desk.controller.add_class()
    desk.controller.edit("Add point", clicked(desk.controller.dataset, 3))
    desk.until(lambda: desk.shows(lambda snapshot: snapshot.sizes[-1] == 4 and snapshot.step > before.step + 5))
    assert desk.controller.label == 3
    assert desk.run_id == run
    assert desk.controller.request.running
    steps = [snapshot.step for snapshot in desk.snapshots]
    assert steps == sorted(steps)


def test_the_kept_classes_go_on_from_what_they_have_learned(desk: Desk) -> None:
    desk.train_to(50)
    desk.controller.toggle_training()
    before = desk.answer()
    desk.controller.add_class()
    after_it = desk.answer()
    rows = before.sizes[-1] * (before.sizes[-2] + 1)
    np.testing.assert_array_equal(after_it.parameters[: before.parameters.size], before.parameters)
    assert after_it.parameters.size == before.parameters.size + rows // 3
    desk.controller.undo_stack.undo()
    np.testing.assert_array_equal(desk.answer().parameters, before.parameters)


def test_there_are_at_most_ten_classes_and_at_least_two(desk: Desk) -> None:
    for _ in range(9):
        desk.controller.add_class()
    assert desk.controller.dataset.C == 10
    assert len(desk.said("note")) == 2
    assert "10 classes" in desk.said("note")[0]
    for _ in range(10):
        desk.controller.remove_class(0)
    assert desk.controller.dataset.C == 2
    assert "2 classes" in desk.said("note")[-1]


def test_a_class_that_cannot_be_added_leaves_the_chosen_one(desk: Desk) -> None:
    for _ in range(7):
        desk.controller.add_class()
    desk.controller.choose_label(2)
    desk.controller.add_class()
    assert desk.controller.label == 2


def test_removing_a_class_takes_its_points_and_undo_brings_them_back(desk: Desk) -> None:
    desk.controller.remove_class(1)
    assert desk.controller.dataset.C == 2
    assert desk.controller.dataset.m == DATA.m - DATA.counts()[1]
    desk.controller.undo_stack.undo()
    assert same_drawing(desk.controller.dataset, DATA)


def test_removing_the_last_class_chooses_one_that_is_there(desk: Desk) -> None:
    desk.controller.choose_label(2)
    desk.controller.remove_class(2)
    assert desk.controller.label == 1
    desk.controller.undo_stack.undo()
    assert 0 <= desk.controller.label < 3


def test_the_chosen_class_stays_chosen_when_one_before_it_is_removed(desk: Desk) -> None:
    desk.controller.add_class()
    desk.controller.choose_label(2)
    chosen = desk.controller.dataset.classes[2]
    desk.controller.remove_class(0)
    assert desk.controller.dataset.classes[desk.controller.label] == chosen
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset.classes[desk.controller.label] == chosen


def test_naming_a_class_keeps_run_points_and_steps(desk: Desk) -> None:
    desk.train_to(5)
    run = desk.run_id
    desk.controller.rename_class(1, "setosa")
    assert desk.controller.dataset.class_name(1) == "setosa"
    np.testing.assert_array_equal(desk.controller.dataset.X, DATA.X)
    assert desk.run_id == run
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset.class_name(1) == "class 2"


@pytest.mark.parametrize("label", [-1, 3, 9])
def test_a_class_that_is_not_there_cannot_be_chosen(desk: Desk, label: int) -> None:
    desk.controller.choose_label(1)
    desk.controller.choose_label(label)
    assert desk.controller.label == 1


# Loading


def test_a_load_starts_a_new_run_paused_and_can_be_undone_with_its_settings(desk: Desk) -> None:
    desk.train_to(5)
    run, settings = desk.run_id, desk.controller.settings
    loaded = Loaded(clicked(DATA), replace(settings, hidden=(4,), standardise=True), "a.csv")
    desk.signals.clear()
    desk.controller.load(loaded, "Open a.csv")
    assert desk.controller.dataset is loaded.dataset
    assert desk.controller.settings == loaded.settings
    assert desk.run_id > run
    assert not desk.controller.request.running
    assert "drawing_loaded" in desk.signals
    assert desk.said("note") == ["241 points from a.csv, inputs standardised."]
    assert desk.answer().sizes == (2, 4, 3)
    assert not desk.controller.has_unsaved_work
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset is DATA
    assert desk.controller.settings == settings
    assert desk.answer().sizes == (2, 8, 8, 3)


def test_undoing_a_load_leaves_settings_that_were_changed_since(desk: Desk) -> None:
    loaded = Loaded(clicked(DATA), replace(desk.controller.settings, standardise=True))
    desk.controller.load(loaded, "Open a.csv")
    desk.controller.set_setting("learning_rate", 0.5)
    desk.controller.undo_stack.undo()
    assert desk.controller.settings == replace(Settings(speed="max"), learning_rate=0.5)


@pytest.mark.parametrize("name", ["blobs", "wedges", "spiral", "rings", "moons", "checkerboard"])
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_a_generated_set_has_as_many_classes_as_the_plane(bare_desk: Desk, name: str, classes: int) -> None:
    bare_desk.controller.load(Loaded(empty_dataset(classes), Settings()), "Empty")
    bare_desk.controller.load_built_in(name)
    dataset = bare_desk.controller.dataset
    assert (dataset.name, dataset.C, dataset.m) == (name, classes, RECIPE.points)
    assert (dataset.counts() > 0).all()


def test_a_shipped_set_brings_its_own_classes_and_names(desk: Desk) -> None:
    desk.controller.load_built_in("iris")
    assert desk.controller.dataset.m == 150
    assert [label.name for label in desk.controller.dataset.classes] == ["setosa", "versicolor", "virginica"]
    assert desk.controller.dataset.axes == ("petal_length_cm", "petal_width_cm")
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset is DATA


@pytest.mark.parametrize(("name", "value"), [("points", 40), ("noise", 0.3), ("data_seed", 9)])
def test_a_recipe_draws_the_set_anew_as_one_undo_step(desk: Desk, name: str, value: float) -> None:
    run = desk.run_id
    desk.controller.set_recipe(name, value)
    assert same_drawing(desk.controller.dataset, generate(replace(RECIPE, **{name: value})))
    assert desk.run_id > run
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset is DATA


def test_a_slider_s_drag_is_one_undo_step(desk: Desk) -> None:
    for noise in (0.15, 0.2, 0.25):
        desk.controller.set_recipe("noise", noise, drag=-7)
    assert desk.controller.undo_stack.count() == 1
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset is DATA
    assert not desk.controller.undo_stack.canUndo()


def test_different_parts_of_the_recipe_are_undone_one_by_one(desk: Desk) -> None:
    desk.controller.set_recipe("noise", 0.3)
    noisy = desk.controller.dataset
    desk.controller.set_recipe("points", 40)
    desk.controller.undo_stack.undo()
    assert same_drawing(desk.controller.dataset, noisy)


def test_after_an_undo_the_recipe_is_that_of_the_points_on_the_plane(desk: Desk) -> None:
    desk.controller.set_recipe("points", 40)
    desk.controller.undo_stack.undo()
    assert desk.controller.dataset.m == 240
    assert desk.controller.recipe.points == 240


def test_a_recipe_keeps_the_classes_names(desk: Desk) -> None:
    desk.controller.rename_class(1, "setosa")
    desk.controller.set_recipe("noise", 0.3)
    assert [label.name for label in desk.controller.dataset.classes] == ["", "setosa", ""]


# Checks and mistakes


def checked(desk: Desk) -> Snapshot:
    """The snapshot that brings the result of every check asked for."""
    asked = desk.controller.request.single_checks
    desk.until(lambda: desk.shows(lambda snapshot: snapshot.checks_done == asked))
    return desk.snapshots[-1]


def test_a_check_is_made_at_the_present_weights_of_a_paused_run(desk: Desk) -> None:
    desk.train_to(10)
    desk.controller.toggle_training()
    before = desk.answer()
    desk.controller.check_gradient()
    found = checked(desk)
    assert found.check is not None
    assert found.check.is_right
    assert found.check.step == before.step == found.step
    assert not desk.controller.request.running
    assert desk.controller.undo_stack.count() == 0


def test_a_check_does_not_stop_the_training(desk: Desk) -> None:
    desk.train_to(10)
    desk.controller.check_gradient()
    assert checked(desk).running
    step = desk.snapshots[-1].step
    desk.until(lambda: desk.snapshots[-1].step > step)


def test_checks_asked_for_in_one_run_are_not_owed_to_the_next(desk: Desk) -> None:
    desk.controller.check_gradient()
    desk.controller.check_gradient()
    desk.controller.reset()
    assert desk.answer().check is None
    desk.controller.check_gradient()
    assert checked(desk).checks_done == 1


def test_without_points_a_check_says_why_not(bare_desk: Desk) -> None:
    bare_desk.controller.check_gradient()
    (sentence,) = bare_desk.said("note")
    assert "nothing to learn" in sentence
    assert bare_desk.answer().check is None


def mistakes_told(desk: Desk) -> list[str | None]:
    told: list[str | None] = []
    desk.controller.mistake_changed.connect(lambda: told.append(desk.controller.request.mistake))
    return told


def test_a_mistake_is_planted_found_and_taken_away_and_each_is_told_once(desk: Desk) -> None:
    told = mistakes_told(desk)
    for mistake in (FORGET_BIAS, FORGET_BIAS, None, None):
        desk.controller.plant_mistake(mistake)
        desk.controller.check_gradient()
        check = checked(desk).check
        assert check is not None
        assert check.is_right == (mistake is None)
        assert desk.snapshots[-1].mistake == mistake
    assert told == [FORGET_BIAS, None]


def test_a_mistake_is_no_edit_and_undo_leaves_it(desk: Desk) -> None:
    desk.controller.edit("Add point", clicked(DATA))
    desk.controller.plant_mistake(WRONG_SIGN)
    assert desk.controller.undo_stack.count() == 1
    desk.controller.undo_stack.undo()
    desk.controller.undo_stack.redo()
    assert desk.controller.request.mistake == WRONG_SIGN


@pytest.mark.parametrize(
    "wish",
    [
        lambda controller: controller.reset(),
        lambda controller: controller.new_start(),
        lambda controller: controller.set_setting("hidden", (5,)),
        lambda controller: controller.load_built_in("spiral"),
    ],
    ids=["reset", "new start", "other layers", "other data"],
)
def test_a_new_run_keeps_the_mistake_and_says_so(desk: Desk, wish: Callable[[Controller], None]) -> None:
    desk.controller.plant_mistake(WRONG_SIGN)
    run = desk.run_id
    wish(desk.controller)
    assert desk.run_id != run
    assert desk.answer().mistake == WRONG_SIGN
    desk.controller.plant_mistake(None)
    assert desk.answer().mistake is None


# Looking


def test_looking_changes_nothing_about_the_run(desk: Desk) -> None:
    desk.train_to(20)
    desk.controller.toggle_training()
    before = desk.answer()
    for probe in ((0.0, 0.0), (0.5, -0.5), None):
        desk.controller.look(GRID, probe)
    after_it = desk.answer()
    assert (after_it.run_id, after_it.step, after_it.curve.cost.size) == (
        before.run_id,
        before.step,
        before.curve.cost.size,
    )
    np.testing.assert_array_equal(after_it.parameters, before.parameters)
    assert desk.controller.undo_stack.count() == 0
