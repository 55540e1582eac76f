"""Gradient checks, planted mistakes and J*: asked for by a request, answered bit by bit between the steps."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.nn import MISTAKES, OPTIMIZERS, Network, can_show, one_hot, with_ones
from playground.nn.mistakes import FORGET_BIAS, FORGET_SLOPE, WRONG_SIGN
from playground.nn.optimum import optimum
from playground.session.dataset import Dataset, empty_dataset
from playground.session.generators import Recipe, generate
from playground.session.inquiries import CheckReport, Inquiries, Verdict
from playground.session.messages import Request
from playground.session.settings import Settings
from playground.session.trainer import Trainer

Matrix = NDArray[Any]

BLOBS = generate(Recipe("blobs", classes=3, points=60))
OVERLAPPING = generate(Recipe("blobs", classes=3, points=60, noise=0.9))
STRAIGHT = Settings(hidden=())


def trainer_on(dataset: Dataset = BLOBS, chosen: Settings | None = None, **request: Any) -> Trainer:
    return Trainer(Request(dataset, chosen or Settings(), **request))


def change(trainer: Trainer, **changes: Any) -> None:
    """Let the trainer accept its request with something changed; settings by their names."""
    names = set(Settings.__dataclass_fields__)
    chosen = {name: value for name, value in changes.items() if name in names}
    rest = {name: value for name, value in changes.items() if name not in names}
    trainer.accept(replace(trainer.request, settings=replace(trainer.request.settings, **chosen), **rest))


def train(trainer: Trainer, steps: int) -> Trainer:
    for _ in range(steps):
        trainer.step()
    return trainer


def answered(trainer: Trainer) -> Trainer:
    """All that is being found out, found out."""
    for _ in range(10_000):
        if not trainer.is_inquiring:
            return trainer
        trainer.inquire()
    raise AssertionError("an inquiry without end")


def report_of(trainer: Trainer) -> CheckReport:
    report = answered(trainer).snapshot().check
    assert report is not None
    return report


def problem(m: int, sizes: tuple[int, ...] = (2, 4, 3)) -> tuple[Network, Matrix, Matrix]:
    rng = np.random.default_rng(1)
    return Network(sizes), with_ones(rng.normal(size=(2, m))), rng.integers(0, sizes[-1], m)


# Inquiries by themselves


def test_at_first_there_is_nothing_to_find_out() -> None:
    inquiries = Inquiries()
    inquiries.advance()
    assert not inquiries.is_open
    assert (inquiries.check, inquiries.optimum, inquiries.checks_done) == (None, None, 0)


def test_a_check_tells_how_far_it_is_and_its_blocks_at_the_end() -> None:
    inquiries = Inquiries()
    net, inputs, labels = problem(30)
    inquiries.ask_check(net, inputs, labels, 0.0, step=17)
    shares = []
    while inquiries.is_open:
        report = inquiries.check
        assert report is not None
        assert report.blocks == ()
        assert inquiries.checks_done == 0
        shares.append(report.share_done)
        inquiries.advance()
    assert shares[0] == 0
    assert (np.diff(shares) > 0).all()
    done = inquiries.check
    assert done is not None
    assert (done.step, done.m, done.mistake, done.share_done, len(done.blocks)) == (17, 30, None, 1, 4)
    assert done.is_right
    assert inquiries.checks_done == 1


@pytest.mark.parametrize(
    ("hidden", "m", "fewest", "most"),
    [((4,), 1500, 1500, 1500), ((4,), 5000, 2000, 2000), ((64,) * 6, 5000, 200, 200), ((64,) * 6, 50, 50, 50)],
)
def test_a_check_looks_at_no_more_examples_than_it_has_time_for(
    hidden: tuple[int, ...], m: int, fewest: int, most: int
) -> None:
    inquiries = Inquiries()
    inquiries.ask_check(*problem(m, (2, *hidden, 10)), 0.0, step=0)
    assert inquiries.check is not None
    assert fewest <= inquiries.check.m <= most


def test_on_some_of_the_examples_the_penalty_is_that_of_all() -> None:
    inquiries, (net, inputs, labels) = Inquiries(), problem(4000, (2, 3))
    inquiries.ask_check(net, inputs, labels, 100.0, step=0)
    while inquiries.is_open:
        inquiries.advance()
    report = inquiries.check
    assert report is not None
    block = report.blocks[0]
    losses = net.gradient(inputs[:, : report.m], one_hot(labels[: report.m], 3)).reshape(3, 3)
    expected = losses[block.worst] + 100 / 4000 * net.weights[0][block.worst]
    assert report.is_right
    assert block.analytic == pytest.approx(float(expected), rel=1e-4)


def test_the_newest_question_counts() -> None:
    inquiries, (net, inputs, labels) = Inquiries(), problem(30)
    inquiries.ask_check(net, inputs, labels, 0.0, step=1)
    inquiries.advance()
    inquiries.ask_check(net, inputs[:, :10], labels[:10], 0.0, step=2)
    for m in (30, 20):
        inquiries.ask_optimum(inputs[:, :m], labels[:m], 3, 1.0)
    while inquiries.is_open:
        inquiries.advance()
    assert inquiries.check is not None
    assert (inquiries.check.step, inquiries.check.m) == (2, 10)
    assert inquiries.optimum is not None
    assert inquiries.optimum.cost == pytest.approx(optimum(inputs[:, :20], labels[:20], 3, 1.0).cost, abs=1e-12)


def test_without_examples_there_is_no_optimum_and_one_forgotten_is_gone() -> None:
    inquiries, (_, inputs, labels) = Inquiries(), problem(30)
    inquiries.ask_optimum(inputs[:, :0], labels[:0], 3, 0.0)
    assert not inquiries.is_open
    inquiries.ask_optimum(inputs, labels, 3, 0.0)
    assert inquiries.is_open
    assert inquiries.optimum is None
    inquiries.forget_optimum()
    assert not inquiries.is_open


# Gradient checks of a run


def test_the_gradient_of_a_run_is_right_wherever_it_is() -> None:
    trainer = trainer_on(BLOBS, Settings(l2=2.0, test_share=0.3))
    for count, steps in ((1, 0), (2, 50)):
        train(trainer, steps)
        change(trainer, single_checks=count)
        report = report_of(trainer)
        assert (report.step, report.mistake) == (steps, None)
        assert report.m == np.count_nonzero(~BLOBS.is_test(0.3))
        assert report.is_right
        assert trainer.snapshot().checks_done == count


def test_a_check_under_way_is_shown_with_its_share() -> None:
    trainer = trainer_on(single_checks=1)
    trainer.inquire()
    report = trainer.snapshot().check
    assert report is not None
    assert 0 < report.share_done < 1
    assert report.blocks == ()
    assert trainer.is_inquiring
    assert trainer.snapshot().checks_done == 0


def test_a_check_is_of_the_moment_that_it_was_asked_at_and_disturbs_nothing() -> None:
    plain, asked = (train(trainer_on(BLOBS, Settings(batch_size=8)), 20) for _ in range(2))
    change(asked, single_checks=1)
    while asked.is_inquiring:
        asked.inquire()
        train(asked, 1)
        train(plain, 1)
    assert asked.step_count > 30
    report = report_of(asked)
    assert report.step == 20
    assert report.is_right
    assert asked.snapshot().parameters.tobytes() == plain.snapshot().parameters.tobytes()


def test_a_check_under_way_outlasts_an_edit() -> None:
    trainer = trainer_on(single_checks=1)
    trainer.inquire()
    change(trainer, dataset=BLOBS.with_class().with_points([[0.5], [0.5]], 3))
    report = report_of(trainer)
    assert report.m == 60
    assert report.is_right
    assert report.blocks[-1].shape == (3,)


def test_other_wishes_repeat_no_check() -> None:
    trainer = trainer_on(single_checks=1)
    report = report_of(trainer)
    change(trainer, l2=1.0, running=True, probe=(0.1, 0.2))
    assert not trainer.is_inquiring
    assert trainer.snapshot().check is report
    assert trainer.snapshot().checks_done == 1


def test_a_new_run_has_nothing_checked_and_owes_nothing() -> None:
    trainer = trainer_on(single_checks=2)
    trainer.inquire()
    change(trainer, run_id=1, single_checks=0)
    assert not trainer.is_inquiring
    assert (trainer.snapshot().check, trainer.snapshot().checks_done) == (None, 0)
    change(trainer, single_checks=1)
    assert report_of(trainer).is_right


def test_a_run_that_has_diverged_can_be_checked() -> None:
    wild = Settings(activation="linear", optimizer="gradient descent", learning_rate=100)
    trainer = train(trainer_on(BLOBS, wild), 300)
    assert trainer.snapshot().diverged
    change(trainer, single_checks=1)
    report = report_of(trainer)
    assert report.share_done == 1
    assert report.names(Verdict.WRONG) == ()
    assert trainer.snapshot().diverged


@pytest.mark.parametrize("hidden", [(), (8, 8)])
def test_weights_too_large_for_scores_break_no_check(hidden: tuple[int, ...]) -> None:
    trainer = trainer_on(BLOBS, Settings(hidden=hidden, activation="relu", l2=1.0))
    trainer.network.parameters *= np.finfo(trainer.network.dtype).max / 1e3
    change(trainer, single_checks=1)
    assert report_of(trainer).share_done == 1


def test_without_points_there_is_nothing_to_check() -> None:
    trainer = trainer_on(empty_dataset(3), single_checks=1)
    assert not trainer.is_inquiring
    assert trainer.snapshot().check is None


# Mistakes


@pytest.mark.parametrize("hidden", [(), (8, 8)])
@pytest.mark.parametrize("mistake", list(MISTAKES))
def test_a_planted_mistake_is_in_the_next_check_and_gone_from_the_one_after(
    mistake: str, hidden: tuple[int, ...]
) -> None:
    trainer = train(trainer_on(BLOBS, Settings(hidden=hidden)), 5)
    change(trainer, mistake=mistake, single_checks=1)
    report = report_of(trainer)
    assert trainer.snapshot().mistake == report.mistake == mistake
    assert report.is_right != can_show(mistake, trainer.network.sizes, "tanh")
    change(trainer, mistake=None, single_checks=2)
    assert report_of(trainer).is_right
    assert trainer.snapshot().mistake is None


def test_a_mistake_acts_on_the_next_step_and_on_none_once_it_is_taken_away() -> None:
    chosen = Settings(optimizer="gradient descent", learning_rate=0.1)
    trainer, plain = (trainer_on(BLOBS, chosen) for _ in range(2))
    start = trainer.snapshot().parameters.astype(float)
    change(trainer, mistake=WRONG_SIGN)
    np.testing.assert_array_equal(trainer.snapshot().parameters, start)
    moves = [train(each, 1).snapshot().parameters - start for each in (trainer, plain)]
    np.testing.assert_allclose(moves[0], -moves[1], atol=1e-6)
    change(trainer, mistake=None)
    found = [train(trainer, 1).snapshot().cost for _ in range(10)]
    costs = [cost for cost in found if cost is not None]
    assert len(costs) == 10
    assert sorted(costs, reverse=True) == costs


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_with_the_wrong_sign_j_rises(optimizer: str) -> None:
    trainer = train(trainer_on(BLOBS, Settings(optimizer=optimizer), mistake=WRONG_SIGN), 100)
    cost = trainer.snapshot().curve.cost
    assert (np.diff(cost) > 0).all()


@pytest.mark.parametrize(
    "event",
    [
        {"dataset": BLOBS.with_points([[0.5], [0.5]], 0)},
        {"dataset": BLOBS.with_class()},
        {"optimizer": "momentum"},
        {"run_id": 1},
        {"hidden": (5,), "run_id": 1},
    ],
    ids="-".join,
)
@pytest.mark.parametrize("steps", [0, 3])
def test_a_mistake_stays_planted_whatever_else_happens(event: dict[str, Any], steps: int) -> None:
    trainer = train(trainer_on(mistake=FORGET_BIAS), steps)
    change(trainer, **event)
    before = trainer.network.biases[-1].copy()
    train(trainer, 5)
    np.testing.assert_array_equal(trainer.network.biases[-1], before)
    assert trainer.snapshot().mistake == FORGET_BIAS


def test_a_mistake_without_effect_here_changes_no_bit() -> None:
    plain, planted = (train(trainer_on(BLOBS, STRAIGHT, mistake=which), 20) for which in (None, FORGET_SLOPE))
    assert plain.snapshot().parameters.tobytes() == planted.snapshot().parameters.tobytes()


# J*


def star_of(trainer: Trainer) -> tuple[float, str] | None:
    found = [mark for mark in answered(trainer).snapshot().landmarks if mark.text.startswith("J*")]
    assert len(found) <= 1
    return (found[0].cost, found[0].text) if found else None


def lowest(dataset: Dataset, l2: float = 0.0, share: float = 0.0) -> float:
    """J* of the training points, in the plane's own units."""
    kept = ~dataset.is_test(share)
    return optimum(with_ones(dataset.X[:, kept], np.float64), dataset.labels[kept], dataset.C, l2).cost


@pytest.mark.parametrize(("hidden", "dtype"), [((), np.float64), ((8,), np.float32)])
def test_without_hidden_layers_it_computes_in_float64(hidden: tuple[int, ...], dtype: type) -> None:
    trainer = trainer_on(OVERLAPPING, Settings(hidden=hidden))
    for _ in range(2):
        assert train(trainer, 3).snapshot().parameters.dtype == dtype
        change(trainer, dataset=trainer.request.dataset.with_class())


@pytest.mark.parametrize("l2", [0.0, 3.0])
@pytest.mark.parametrize("share", [0.0, 0.3])
def test_j_star_is_the_lowest_cost_and_training_gets_there(l2: float, share: float) -> None:
    chosen = Settings(hidden=(), l2=l2, test_share=share, optimizer="momentum", learning_rate=1.0)
    trainer = trainer_on(OVERLAPPING, chosen)
    assert not any(mark.text.startswith("J*") for mark in trainer.snapshot().landmarks)
    star = star_of(trainer)
    assert star is not None
    assert star[0] == pytest.approx(lowest(OVERLAPPING, l2, share), abs=1e-9)
    assert star[1] == f"J* = {star[0]:.4f}  lowest with straight borders"
    cost = train(trainer, 1500).snapshot().cost
    assert cost is not None
    assert star[0] - 1e-9 <= cost < star[0] + 1e-4


def test_with_standardised_inputs_j_star_without_a_penalty_is_the_same() -> None:
    plain, scaled = (star_of(trainer_on(OVERLAPPING, replace(STRAIGHT, standardise=on))) for on in (False, True))
    assert plain is not None
    assert scaled is not None
    assert scaled[0] == pytest.approx(plain[0], abs=1e-8)


def test_with_hidden_layers_there_is_no_j_star_and_nothing_to_find_out() -> None:
    trainer = trainer_on(OVERLAPPING)
    assert not trainer.is_inquiring
    assert star_of(trainer) is None
    change(trainer, hidden=(), run_id=1)
    assert star_of(trainer) is not None
    change(trainer, hidden=(4,), run_id=2)
    assert star_of(trainer) is None


def test_j_star_follows_edits_the_penalty_and_the_test_share() -> None:
    trainer = trainer_on(OVERLAPPING, STRAIGHT)
    more = OVERLAPPING.with_points([[0.0, 0.1], [0.0, 0.3]], 1)
    seen = []
    for changes, dataset, l2, share in (
        ({"dataset": more}, more, 0.0, 0.0),
        ({"l2": 5.0}, more, 5.0, 0.0),
        ({"test_share": 0.3}, more, 5.0, 0.3),
        ({"dataset": OVERLAPPING}, OVERLAPPING, 5.0, 0.3),
    ):
        answered(trainer)
        change(trainer, **changes)
        assert not any(mark.text.startswith("J*") for mark in trainer.snapshot().landmarks)  # not yet: no old one
        star = star_of(trainer)
        assert star is not None
        assert star[0] == pytest.approx(lowest(dataset, l2, share), abs=1e-8)
        seen.append(star[0])
    assert len({round(cost, 4) for cost in seen}) == 4


@pytest.mark.parametrize(
    "changes",
    [{"learning_rate": 0.3}, {"batch_size": 8}, {"optimizer": "momentum"}, {"speed": "max"}, {"running": True}]
    + [{"dataset": OVERLAPPING.with_name(0, "Adelie")}],
    ids=lambda changes: next(iter(changes)),
)
def test_what_does_not_move_j_star_does_not_ask_for_it_again(changes: dict[str, Any]) -> None:
    trainer = trainer_on(OVERLAPPING, STRAIGHT)
    star = star_of(trainer)
    change(trainer, **changes)
    train(trainer, 3)
    assert not trainer.is_inquiring
    assert star_of(trainer) == star


def test_classes_that_straight_borders_separate_are_said_to_be_so_unless_there_is_a_penalty() -> None:
    apart = empty_dataset(2).with_points([[-1.0, -2.0], [0.0, 1.0]], 0).with_points([[1.0, 2.0], [0.0, 1.0]], 1)
    trainer = trainer_on(apart, STRAIGHT)
    assert star_of(trainer) == (0, "J* = 0  separable: never reached")
    change(trainer, l2=1.0)
    star = star_of(trainer)
    assert star is not None
    assert star[0] > 0
    assert "lowest with straight borders" in star[1]


def test_a_class_without_points_is_approached_and_never_reached() -> None:
    star = star_of(trainer_on(OVERLAPPING.with_class(), STRAIGHT))
    assert star is not None
    assert star[0] == pytest.approx(lowest(OVERLAPPING), abs=1e-8)
    assert "approached, never reached" in star[1]


def test_without_points_there_is_no_j_star() -> None:
    trainer = trainer_on(empty_dataset(3), STRAIGHT)
    assert not trainer.is_inquiring
    assert star_of(trainer) is None
    change(trainer, dataset=OVERLAPPING)
    assert star_of(trainer) is not None
    change(trainer, dataset=empty_dataset(3))
    assert star_of(trainer) is None
