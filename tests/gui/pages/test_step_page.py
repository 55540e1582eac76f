"""The page of the step: going through its stages, reading its numbers, checking the gradient, planting mistakes."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QRadioButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playground.gui.pages.stage_map import StageMap
from playground.gui.pages.stage_view import StageView
from playground.gui.pages.step_page import StepPage
from playground.gui.palette import DARK, LIGHT, Theme
from playground.gui.parts.formula import Formula
from playground.gui.parts.matrix_picture import MatrixPicture
from playground.gui.parts.number_table import NumberTable
from playground.gui.parts.typesetting import typeset
from playground.session.dataset import Dataset, empty_dataset
from playground.session.digits import read
from playground.session.generators import Recipe, generate
from playground.session.light import UNLIT, Light
from playground.session.looking import Looking
from playground.session.messages import Request, Snapshot
from playground.session.settings import Settings
from playground.session.stages.stages import stages
from playground.session.trainer import Trainer
from tests.gui.hands import LEFT, NONE, Hands, are_near, bring_up, named, pixels_of, send_leave

BLOBS = generate(Recipe("blobs", classes=3, points=40))
NAMES = stages(2)
ROOM = 392  # pixels beside a scroll bar
Key = Qt.Key


def trained(steps: int = 1, dataset: Dataset = BLOBS, mistake: str | None = None, **chosen: Any) -> Trainer:
    settings = replace(Settings(), **({"hidden": (3,)} | chosen))
    trainer = Trainer(Request(dataset, settings, pictures=frozenset({"step"}), mistake=mistake))
    for _ in range(steps):
        trainer.step()
    return trainer


def checked(trainer: Trainer) -> Snapshot:
    trainer.accept(replace(trainer.request, single_checks=trainer.request.single_checks + 1))
    done = trainer.snapshot().checks_done
    while trainer.snapshot().checks_done == done:
        trainer.inquire()
    return trainer.snapshot()


@pytest.fixture
def page(qtbot: QtBot) -> StepPage:
    page = StepPage()
    qtbot.addWidget(page)
    bring_up(qtbot, page, 400, 1300)
    return page


def heard_from(signal: Any) -> list[Any]:
    heard: list[Any] = []
    signal.connect(lambda *values: heard.append(values[0] if values else None))
    return heard


def open_stage(page: StepPage, stage: str, names: tuple[str, ...] = NAMES) -> None:
    page.show_looking(Looking(page="step", stage=names.index(stage)))


def seen(page: QWidget, kind: type[Any]) -> list[Any]:
    return [widget for widget in page.findChildren(kind) if widget.isVisibleTo(page)]


def texts(page: QWidget) -> str:
    return "\n".join(label.text() for label in seen(page, QLabel))


def picture(page: QWidget, name: str) -> MatrixPicture:
    (found,) = (each for each in seen(page, MatrixPicture) if each.accessibleName().partition(",")[0] == name)
    return found


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, LEFT, NONE, QPoint(8, widget.height() // 2))


# Going through the stages


def test_the_head_says_which_step_it_is_and_on_what(page: StepPage) -> None:
    page.show_snapshot(trained(1).snapshot())
    assert "Step 1 → 2 on the whole set as one batch of 40" in texts(page)
    page.show_snapshot(trained(4, batch_size=7).snapshot())
    assert "Step 4 → 5 on the current batch of 7" in texts(page)


def test_next_and_back_ask_for_the_stages_beside(page: StepPage, qtbot: QtBot) -> None:
    page.show_snapshot(trained().snapshot())
    wishes = heard_from(page.stage_chosen)
    assert not page.back_button.isEnabled()
    click(qtbot, page.next_button)
    page.show_looking(Looking(stage=4))
    click(qtbot, page.next_button)
    page.back_button.setFocus()
    qtbot.keyClick(page.back_button, Key.Key_Space)
    assert wishes == [1, 5, 3]
    assert "Losses and cost" in texts(page)  # it shows what is looked at, not what was asked for
    open_stage(page, "update")
    assert not page.next_button.isEnabled()


def test_beyond_the_last_stage_is_the_last(page: StepPage, qtbot: QtBot) -> None:
    page.show_snapshot(trained().snapshot())
    wishes = heard_from(page.stage_chosen)
    page.show_looking(Looking(stage=99))
    assert "The update" in texts(page)
    click(qtbot, page.back_button)
    assert wishes == [len(NAMES) - 2]


@pytest.mark.parametrize("hidden", [(), (3,), (2, 3, 2, 3, 2, 3)])
def test_every_stage_has_a_bead_to_be_clicked(page: StepPage, qtbot: QtBot, hidden: tuple[int, ...]) -> None:
    page.show_snapshot(trained(hidden=hidden).snapshot())
    (beads,) = seen(page, StageMap)
    wishes = heard_from(page.stage_chosen)
    names = stages(len(hidden) + 1)
    places = [beads.place_of(stage) for stage in range(len(names))]
    for place in places:
        qtbot.mouseClick(beads, LEFT, NONE, place.center().toPoint())
        assert beads.rect().contains(place.toAlignedRect())
    assert wishes == list(range(len(names)))
    assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[:i])


def test_between_the_beads_is_nothing_to_click(page: StepPage, qtbot: QtBot) -> None:
    page.show_snapshot(trained(hidden=()).snapshot())
    (beads,) = seen(page, StageMap)
    wishes = heard_from(page.stage_chosen)
    qtbot.mouseClick(beads, LEFT, NONE, QPoint(beads.width() - 3, beads.height() - 3))
    assert wishes == []


def test_the_keys_go_along_the_string(page: StepPage, qtbot: QtBot) -> None:
    page.show_snapshot(trained().snapshot())
    page.stage_chosen.connect(lambda stage: page.show_looking(Looking(stage=stage)))
    wishes = heard_from(page.stage_chosen)
    (beads,) = seen(page, StageMap)
    beads.setFocus()
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_End, Key.Key_Right, Key.Key_Home):
        qtbot.keyClick(beads, key)
    assert wishes == [1, 2, 1, len(NAMES) - 1, 0]
    assert beads.accessibleDescription() == f"X: The batch, 1 of {len(NAMES)}"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_open_bead_stands_out(page: StepPage, theme: Theme) -> None:
    page.set_theme(theme)
    page.show_snapshot(trained().snapshot())
    (beads,) = seen(page, StageMap)
    for stage in (0, 5):
        page.show_looking(Looking(stage=stage))
        image = pixels_of(beads.grab().toImage())
        filled = []
        for number in range(len(NAMES)):
            corner = beads.place_of(number).topLeft().toPoint()
            filled.append(bool(are_near(image[corner.y() + 3, corner.x() + 8], theme.accent, 3)))
        assert [number for number, is_filled in enumerate(filled) if is_filled] == [stage]


# What a stage shows


def test_each_stage_has_title_words_formulas_and_its_matrices(page: StepPage) -> None:
    page.show_snapshot(trained(l2=1.0).snapshot())
    expected = {
        "X": ("The batch", "X Y", 2),
        "Z[1]": ("Layer 1, forward", "W[1] X b[1] Z[1] A[1]", 2),
        "Z[2]": ("Output layer, forward", "W[2] A[1] b[2] Z[2]", 1),
        "Y_hat": ("Softmax", "Z[2] Ŷ", 1),
        "J": ("Losses and cost", "Ŷ Y L", 2),
        "dZ[2]": ("Backprop starts", "Ŷ Y dZ[2]", 2),
        "dW[2]": ("Gradient of layer 2", "dZ[2] A[1]ᵀ W[2] dW[2] db[2]", 2),
        "dZ[1]": ("Back to layer 1", "W[2]ᵀ dZ[2] dA[1] A[1] dZ[1]", 3),
        "dW[1]": ("Gradient of layer 1", "dZ[1] Xᵀ W[1] dW[1] db[1]", 2),
    }
    for stage, (name, matrices, formulas) in expected.items():
        open_stage(page, stage)
        assert name in texts(page)
        shown = [each.accessibleName().partition(",")[0] for each in seen(page, MatrixPicture)]
        assert shown == matrices.split()
        assert len([formula for formula in seen(page, Formula) if formula.accessibleName()]) >= formulas


def test_shapes_stand_beside_the_names_with_m(page: StepPage) -> None:
    page.show_snapshot(trained().snapshot())
    open_stage(page, "Z[1]")
    assert texts(page).count("(3, 40)") == 2
    assert "(3, 2)" in texts(page)
    assert "(2, 40)" in texts(page)
    assert "(3, 1)" in texts(page)


def test_every_cell_is_read_by_keys_in_a_line_of_words(page: StepPage, qtbot: QtBot) -> None:
    snapshot = trained().snapshot()
    assert snapshot.rehearsal is not None
    page.show_snapshot(snapshot)
    open_stage(page, "dW[2]")
    shown = picture(page, "dW[2]")
    shown.setFocus()
    for key in (Key.Key_Down, Key.Key_End):
        qtbot.keyClick(shown, key)
    value = float(snapshot.rehearsal.trace.dW[2][1, 2])
    (readout,) = re.findall(r"dW\[2\] row 2, column 3 = (\S+)", texts(page))
    assert float(readout.replace("−", "-")) == pytest.approx(value, rel=1e-3)
    shown.clearFocus()
    assert "dW[2] row" not in texts(page)


def test_after_a_step_the_numbers_are_the_next_ones(page: StepPage, qtbot: QtBot) -> None:
    trainer = trained()
    page.show_snapshot(trainer.snapshot())
    open_stage(page, "dW[2]")
    picture(page, "dW[2]").setFocus()
    (first,) = re.findall(r"dW\[2\] row 1.*", texts(page))
    trainer.step()
    page.show_snapshot(trainer.snapshot())
    (second,) = re.findall(r"dW\[2\] row 1.*", texts(page))
    assert first != second
    assert "Step 2 → 3" in texts(page)


def test_j_is_told_with_its_parts(page: StepPage) -> None:
    snapshot = trained(l2=1.0).snapshot()
    page.show_snapshot(snapshot)
    open_stage(page, "J")
    (numbers,) = re.findall(r"J of this batch = (\S+) \+ (\S+) = (\S+):", texts(page))
    mean, penalty, cost = map(float, numbers)
    assert mean + penalty == pytest.approx(cost, abs=2e-4)
    assert cost == pytest.approx(snapshot.cost, rel=1e-4)
    page.show_snapshot(trained().snapshot())
    assert "the mean of its losses" in texts(page)


@pytest.mark.parametrize(("optimizer", "own"), [("gradient descent", ""), ("adam", "t = 3")])
def test_the_update_tells_what_changes_most_and_is_made_with_a_button(
    page: StepPage, qtbot: QtBot, optimizer: str, own: str
) -> None:
    trainer = trained(2, optimizer=optimizer, learning_rate=0.25)
    snapshot = trainer.snapshot()
    assert snapshot.rehearsal is not None
    page.show_snapshot(snapshot)
    open_stage(page, "dW[1]")
    assert not page.step_button.isVisible()
    open_stage(page, "update")
    assert "α = 0.25" in texts(page)
    assert own in texts(page)
    (numbers,) = re.findall(r"Largest change: \S+ row \d, column \d: (\S+) − .* = (\S+), by ", texts(page))
    before, after = (float(number.replace("−", "-")) for number in numbers)
    moved = np.abs(snapshot.rehearsal.after - snapshot.rehearsal.before).max()
    assert abs(after - before) == pytest.approx(moved, rel=1e-2)
    names = [each.accessibleName().partition(",")[0] for each in seen(page, MatrixPicture)]
    moved_by = "u" if optimizer == "adam" else "d"
    by = [f"{moved_by}W[1]", f"{moved_by}b[1]"]
    assert names[:6] == ["W[1] before", "b[1] before", *by, "W[1] after", "b[1] after"]
    assert len(names) == 12
    wishes = heard_from(page.step_wanted)
    click(qtbot, page.step_button)
    assert len(wishes) == 1


def test_where_a_share_is_lifted_the_page_says_so(page: StepPage) -> None:
    page.show_snapshot(trained().snapshot())
    open_stage(page, "Y_hat")
    assert "lifted" not in texts(page)
    trainer = trained(0, hidden=())
    trainer.network.parameters *= 1000
    trainer.step()
    snapshot = trainer.snapshot()
    assert snapshot.rehearsal is not None
    page.show_snapshot(snapshot)
    open_stage(page, "Y_hat", stages(1))
    Z = snapshot.rehearsal.trace.Z[1]
    lifted = int((Z.max(axis=0) - Z > 40).sum())
    assert lifted > 1
    assert f"{lifted} cells are lifted" in texts(page)
    open_stage(page, "J", stages(1))
    assert "L is computed from Z" in texts(page)


def test_a_batch_tells_its_own_m_beside_the_sets(page: StepPage) -> None:
    page.show_snapshot(trained(batch_size=8, l2=2.0).snapshot())
    open_stage(page, "X")
    assert "m<sub>b</sub> = 8 examples in this batch, of m = 40 in the training set." in texts(page)
    open_stage(page, "dW[2]")
    said = texts(page)
    assert "m<sub>b</sub> = 8, so 1/m<sub>b</sub> = 0.125" in said
    assert "λ/m = 2/40 = 0.05" in said
    assert {"1/8 ·", "·", "+ 2/40 ·", "="} <= set(said.split("\n"))


def test_of_many_examples_the_page_says_how_many_are_shown(page: StepPage) -> None:
    page.show_snapshot(trained(0, generate(Recipe("blobs", classes=3, points=2400)), hidden=()).snapshot())
    assert "The first 2000 of 2400 examples are shown" in texts(page)
    assert "(2, 2400)" in texts(page)


@pytest.mark.parametrize("hidden", [(), (3,), (32, 32), (2, 3, 2, 3, 2, 3)])
def test_no_stage_is_wider_than_the_page(page: StepPage, hidden: tuple[int, ...]) -> None:
    page.show_snapshot(trained(hidden=hidden, l2=1.0).snapshot())
    names = stages(len(hidden) + 1)
    for stage in ("X", "Z[1]", f"Z[{len(hidden) + 1}]", f"dW[{len(hidden) + 1}]", "update"):
        open_stage(page, stage, names)
        assert page.minimumSizeHint().width() <= ROOM, stage


# Lights


def test_a_matrix_lights_its_term_and_a_term_underlines_its_matrix(page: StepPage, qtbot: QtBot) -> None:
    page.show_snapshot(trained().snapshot())
    open_stage(page, "dZ[2]")
    lights = heard_from(page.lit)
    shown = picture(page, "dZ[2]")
    spots = cycle([QPoint(60, 10), QPoint(80, 12)])  # the layout may not be done yet, and only a move is an event

    def is_lit() -> bool:
        QTest.mouseMove(page.windowHandle(), shown.mapTo(page, next(spots)))
        return Light("dz") in lights[-1:]

    qtbot.waitUntil(is_lit)
    send_leave(shown)
    assert lights[-1] == UNLIT
    for term, name in (("dz", "dZ[2]"), ("y_hat", "Ŷ"), ("y", "Y")):
        page.show_light(Light(term))
        assert [label.text() for label in seen(page, QLabel) if label.font().underline()] == [name]
    page.show_light(UNLIT)
    assert not any(label.font().underline() for label in seen(page, QLabel))


def test_the_terms_of_a_formula_are_lit_by_their_matrices(page: StepPage) -> None:
    page.show_snapshot(trained().snapshot())
    open_stage(page, "Z[1]")
    formula = next(each for each in seen(page, Formula) if each.accessibleName().startswith("Z 1 is"))
    before = pixels_of(formula.grab().toImage())
    page.show_light(Light("W[1]"))
    changed = np.abs(pixels_of(formula.grab().toImage()) - before).max(axis=-1) > 0
    assert changed.any()
    page.show_light(Light("W[2]"))
    np.testing.assert_array_equal(pixels_of(formula.grab().toImage()), before)


# Time


def test_formulas_of_the_next_stage_are_typeset_ahead(page: StepPage, qtbot: QtBot) -> None:
    page.show_snapshot(trained().snapshot())
    open_stage(page, "dZ[2]")
    misses = typeset.cache_info().misses
    qtbot.waitUntil(lambda: not page.findChild(StageView).is_typesetting, timeout=3000)
    known = typeset.cache_info().misses
    assert known >= misses
    open_stage(page, "dW[2]")
    assert typeset.cache_info().misses == known


def test_the_same_step_again_costs_no_layout(page: StepPage, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = trained()
    page.show_snapshot(trainer.snapshot())
    shown: list[str] = []
    monkeypatch.setattr(MatrixPicture, "show_matrix", lambda _self, _values, name, _scale=None: shown.append(name))
    page.show_snapshot(trainer.snapshot())
    assert shown == []
    trainer.step()
    page.show_snapshot(trainer.snapshot())
    assert shown == ["X", "Y"]


def ink(formula: Formula, theme: Theme) -> bool:
    """Whether a formula is drawn in a theme's colour of text."""
    return bool(are_near(pixels_of(formula.grab().toImage()), theme.text, 8).any())


def test_a_theme_changed_while_the_page_is_hidden_is_in_its_formulas_once_it_is_seen(
    page: StepPage, qtbot: QtBot
) -> None:
    snapshot = trained().snapshot()
    page.show_snapshot(snapshot)
    shown = [formula for formula in seen(page, Formula) if formula.accessibleName()]
    page.hide()
    page.set_theme(DARK)
    page.setStyleSheet(f"background: {DARK.panel}")
    page.show()
    page.show_snapshot(snapshot)
    assert len(shown) >= 2
    assert all(ink(formula, DARK) for formula in shown)
    check = seen(page.check_view, Formula)
    qtbot.waitUntil(lambda: all(formula.accessibleName() and ink(formula, DARK) for formula in check))


# Why there is no step


def test_while_training_runs_the_page_offers_to_pause(page: StepPage, qtbot: QtBot) -> None:
    trainer = trained()
    trainer.accept(replace(trainer.request, running=True))
    page.show_snapshot(trainer.snapshot())
    assert "Pause to take the next one apart" in texts(page)
    assert seen(page, StageMap) == []
    wishes = heard_from(page.pause_wanted)
    click(qtbot, page.pause_button)
    assert len(wishes) == 1
    trainer.accept(replace(trainer.request, running=False))
    page.show_snapshot(trainer.snapshot())
    assert "The batch" in texts(page)
    assert not page.pause_button.isVisible()


def diverged() -> Snapshot:
    return trained(300, optimizer="gradient descent", learning_rate=6.0, l2=100.0).snapshot()


@pytest.mark.parametrize(
    ("snapshot", "sentence"),
    [
        (lambda: trained(0, empty_dataset(3)).snapshot(), "click some points onto the plane"),
        (lambda: trained(0, empty_dataset(2).with_points([[0.5], [0.5]], 1), test_share=0.9).snapshot(), "held out"),
        (diverged, "J is no longer finite"),
    ],
)
def test_a_sentence_says_why_there_is_no_step(page: StepPage, snapshot: Callable[[], Snapshot], sentence: str) -> None:
    page.show_snapshot(snapshot())
    assert sentence in texts(page)
    assert not page.pause_button.isVisible()
    assert seen(page, StageMap) == []


# Planted mistakes


def radio(page: StepPage, start: str) -> QRadioButton:
    (found,) = (button for button in seen(page, QRadioButton) if button.text().startswith(start))
    return found


def test_a_mistake_is_wished_for_and_shown_once_it_is_planted(page: StepPage, qtbot: QtBot) -> None:
    trainer = trained()
    page.show_snapshot(trainer.snapshot())
    assert radio(page, "None").isChecked()
    wishes = heard_from(page.mistake_chosen)
    click(qtbot, radio(page, "Wrong sign"))
    radio(page, "None").setFocus()
    qtbot.keyClick(radio(page, "None"), Key.Key_Space)
    assert wishes == ["wrong sign", None]
    trainer.accept(replace(trainer.request, mistake="forget a bias"))
    page.show_snapshot(trainer.snapshot())
    assert radio(page, "Forget a bias").isChecked()
    trainer.accept(replace(trainer.request, mistake=None))
    page.show_snapshot(trainer.snapshot())
    assert radio(page, "None").isChecked()


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [({"hidden": ()}, "Without a hidden layer"), ({"activation": "linear"}, "A linear g has the slope 1")],
)
def test_a_mistake_that_would_change_nothing_says_so(page: StepPage, chosen: dict[str, Any], reason: str) -> None:
    page.show_snapshot(trained().snapshot())
    assert radio(page, "Forget g′").isEnabled()
    page.show_snapshot(trained(**chosen).snapshot())
    assert not radio(page, "Forget g′").isEnabled()
    assert reason in texts(page)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_spoilt_stage_warns_in_words_and_colour(page: StepPage, theme: Theme) -> None:
    page.set_theme(theme)
    page.show_snapshot(trained(mistake="wrong sign").snapshot())
    open_stage(page, "dZ[2]")
    assert "Planted mistake: dZ of the output layer is y − ŷ" in texts(page)
    formula = next(each for each in seen(page, Formula) if each.accessibleName() == "dZ 2 is Y minus Y hat")
    assert are_near(pixels_of(formula.grab().toImage()), theme.warning, 12).any()
    (beads,) = seen(page, StageMap)
    corner = beads.place_of(NAMES.index("dZ[2]"))
    edge = pixels_of(beads.grab().toImage())[round(corner.top()), round(corner.left()) + 10]
    assert are_near(edge, theme.warning, 40)
    open_stage(page, "dW[2]")
    assert "Planted mistake" not in texts(page)
    formula = next(each for each in seen(page, Formula) if each.accessibleName().startswith("dW 2"))
    assert not are_near(pixels_of(formula.grab().toImage()), theme.warning, 12).any()


# The gradient check


def test_a_check_is_asked_for_and_tells_how_far_it_is(page: StepPage, qtbot: QtBot) -> None:
    trainer = trained()
    page.show_snapshot(trainer.snapshot())
    wishes = heard_from(page.check_wanted)
    button = named(page, QToolButton, "Check the gradient")
    click(qtbot, button)
    assert len(wishes) == 1
    trainer.accept(replace(trainer.request, single_checks=1))
    trainer.inquire()
    page.show_snapshot(trainer.snapshot())
    assert re.search(r"Checking, [1-9]\d? % done", texts(page))
    assert not button.isEnabled()
    page.show_snapshot(checked(trainer))
    assert "Checking" not in texts(page)
    assert button.isEnabled()


def test_a_right_gradient_is_told_to_be_right_block_by_block(page: StepPage) -> None:
    snapshot = checked(trained())
    page.show_snapshot(snapshot)
    assert "✓ Backpropagation is right: a mistake of a ten-thousandth of any W or b would have been seen." in texts(
        page
    )
    assert texts(page).count("✓ right") == 4
    assert "Checked at step 1 on 40 examples." in texts(page)
    (table,) = seen(page, NumberTable)
    words = [label.text() for label in seen(table, QLabel)]
    assert snapshot.check is not None
    for block in snapshot.check.blocks:
        place = words.index(block.name)
        error, verdict, worst, analytic, numeric = words[place + 1 : place + 6]
        assert read(error) == pytest.approx(block.relative_error, rel=0.5, abs=1e-12)
        assert verdict == "✓ right"
        assert worst == f"{block.worst[0] + 1}, {block.worst[1] + 1}"
        assert read(analytic) == pytest.approx(block.analytic, rel=1e-3)
        assert read(numeric) == pytest.approx(block.numeric, rel=1e-3)


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("forget 1/m", "W[1], b[1], W[2], b[2]"),
        ("wrong sign", "W[1], b[1], W[2], b[2]"),
        ("forget g′", "W[1], b[1]"),
        ("forget a bias", "b[2]"),
    ],
)
def test_a_planted_mistake_is_caught_and_named(page: StepPage, mistake: str, wrong: str) -> None:
    page.show_snapshot(checked(trained(mistake=mistake)))
    assert f"✗ Wrong in {wrong}." in texts(page)
    assert texts(page).count("✗ wrong") == wrong.count("[")
    assert f"with the mistake “{mistake}” planted" in texts(page)


def cells(page: StepPage, name: str) -> list[str]:
    """The row of the check's table that starts with that name."""
    (table,) = seen(page, NumberTable)
    words = [label.text() for label in seen(table, QLabel)]
    return words[words.index(name) : words.index(name) + 6]


def test_at_a_corner_the_page_says_so_and_shows_both_numbers(page: StepPage) -> None:
    at_the_origin = BLOBS.with_points([[0.0], [0.0]], 1)
    page.show_snapshot(checked(trained(0, at_the_origin, activation="relu", standardise=False)))
    assert "∧ At a corner in b[1]: a hidden unit has z = 0" in texts(page)
    assert "✗" not in texts(page)
    _, error, verdict, _, analytic, numeric = cells(page, "b[1]")
    assert (error, verdict) == ("–", "∧ corner")
    assert analytic != numeric
    assert cells(page, "W[2]")[2] == "✓ right"


def test_what_rounding_hides_is_too_small_to_tell(page: StepPage) -> None:
    place = [[0.5], [0.2]]  # of two classes: ½ each is best there, and then no slope is left
    dataset = empty_dataset(2).with_points(place, 0).with_points(place, 1)
    trainer = trained(400, dataset, hidden=(), optimizer="gradient descent", learning_rate=1.0, standardise=False)
    page.show_snapshot(checked(trainer))
    assert "? Too small to tell in W[1], b[1]: " in texts(page)
    assert cells(page, "W[1]")[2] == "? too small"


def test_a_check_of_the_past_says_so(page: StepPage) -> None:
    trainer = trained()
    page.show_snapshot(checked(trainer))
    trainer.step()
    page.show_snapshot(trainer.snapshot())
    assert "Checked at step 1 on 40 examples. The run has gone on since." in texts(page)
    trainer.accept(replace(trainer.request, mistake="wrong sign"))
    page.show_snapshot(trainer.snapshot())
    assert "Now “wrong sign” is planted: check again." in texts(page)


def test_another_run_has_nothing_checked(page: StepPage) -> None:
    trainer = trained()
    page.show_snapshot(checked(trainer))
    trainer.accept(replace(trainer.request, run_id=1, single_checks=0))
    page.show_snapshot(trainer.snapshot())
    assert "Backpropagation is right" not in texts(page)
    assert "Checked at" not in texts(page)


def test_without_1_over_m_the_penalty_s_part_is_m_times_too_large_as_well(hands: Hands) -> None:
    hands.controller.set_setting("l2", 100.0)
    hands.trained_to(3)
    page = hands.window.explanations.pages["step"]
    hands.controller.show(page="step")
    hands.settled()
    radio(page, "Forget 1/m").click()
    named(page, QToolButton, "Check the gradient").click()
    hands.until(lambda: "✗ Wrong in" in texts(page))
    m = hands.dataset.m
    for name in ("W[1]", "W[2]"):
        analytic, numeric = (read(text) for text in cells(page, name)[4:])
        assert analytic == pytest.approx(m * numeric, rel=2e-3)
