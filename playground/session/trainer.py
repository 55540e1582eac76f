"""The trainer: follows the latest `Request`, makes steps, answers with a `Snapshot`; knows no thread and no clock."""

import math

import numpy as np

from playground.nn import OPTIMIZERS, Evaluation, Network, with_ones
from playground.nn.network import remap_classes
from playground.session.batches import Batches
from playground.session.dataset import class_sources
from playground.session.history import History
from playground.session.inquiries import Inquiries
from playground.session.landmarks import landmarks
from playground.session.messages import Request, Snapshot
from playground.session.pictures import Pictures
from playground.session.rehearsal import Rehearsal, rehearse
from playground.session.scale import scale_of
from playground.session.settings import Settings
from playground.session.twin import SIZES, Twin, TwinReport


class Trainer:
    """One run of training at a time.

    Edits of the data set and of live settings act on the network as it is; a new ``run_id`` starts another. When J
    stops being finite, training stops at the last recorded finite parameters until it is asked to run again.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self._version = 0  # counts the changes of parameters, classes and scale
        self._pictures = Pictures()
        self._inquiries = Inquiries()
        self._twin: Twin | None = None
        self._rehearsed: tuple[object, Rehearsal] | None = None
        self._evaluated: tuple[Evaluation | None, Evaluation | None] | None = None  # of this moment, once it is known
        self._checks_begun = 0
        self._start(request)
        self._follow_wishes()

    def accept(self, request: Request) -> None:
        """Follow this request from now on."""
        old, self.request = self.request, request
        self._evaluated = None
        if request.run_id != old.run_id:
            self._start(request)
            self._follow_wishes()
            return
        if _asks_to_go_on(old, request):
            self.diverged = False
        if request.settings.optimizer != old.settings.optimizer:
            self._new_optimizer()
        if request.mistake != old.mistake and old.mistake is not None:
            self._twin = None  # the mistake has led the network away from it
        if _has_other_examples(old, request):
            self._use_data()
        elif request.settings.l2 != old.settings.l2:
            self._ask_optimum()
        self._follow_wishes()

    def _follow_wishes(self) -> None:
        """What is asked for beside the training: a mistake in it, a check of it, a twin of it."""
        request, batches = self.request, self._batches
        self.network.mistake = request.mistake
        if request.single_checks > self._checks_begun and batches.m:
            self._checks_begun = request.single_checks
            with np.errstate(over="ignore", invalid="ignore"):  # a diverged run can be checked too
                self._inquiries.ask_check(
                    self.network, batches.inputs, batches.labels, request.settings.l2, self.step_count
                )
        self._follow_wish_for_twin()

    def _follow_wish_for_twin(self) -> None:
        """Have one where it is asked for; without one it starts from the network as it is now."""
        if "twin" not in self.request.pictures or self.network.sizes != SIZES:
            self._twin = None
        elif self._twin is None:
            self._twin = Twin(self.network, self._optimizer, self.step_count)

    @property
    def can_step(self) -> bool:
        """Whether there is anything to learn from, and J is finite."""
        return self._batches.m > 0 and not self.diverged

    @property
    def wants_single_step(self) -> bool:
        """Whether single steps or epochs have been asked for that are not made yet."""
        return self.can_step and (self._steps_owed > 0 or self.request.single_epochs > self._single_epochs_done)

    @property
    def _steps_owed(self) -> int:
        return self.request.single_steps - self._single_steps_done

    @property
    def steps_per_epoch(self) -> int:
        """Steps that one pass over the training set takes at the present batch size."""
        return self._batches.steps_per_epoch(self.request.settings.batch_size)

    @property
    def epoch(self) -> float:
        """Passes over the training set so far."""
        return self._batches.epoch

    def step(self) -> None:
        """Make one update, if there is anything to learn from, and record J where it is due."""
        if not self.can_step:
            return
        with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges is found by its J
            self._record_if_due()
            self._update()
            self._record_if_due()

    def _update(self) -> None:
        settings = self.request.settings
        inputs, Y = self._batches.draw(settings.batch_size)
        # the penalty of J is l2 / (2m) with the m of the whole set, of which a batch of b sees l2 b / m
        l2 = settings.l2 * Y.shape[1] / self._batches.m
        if self._twin is not None:
            self._twin.follow(inputs, Y, settings, l2)
        self._optimizer.update(self.network.parameters, self.network.gradient(inputs, Y, l2), settings.learning_rate)
        self.step_count += 1
        self._version += 1
        self._evaluated = None

    def single_step(self) -> None:
        """Make one step that was asked for singly, or one step of an epoch that was."""
        epochs_done = math.floor(self.epoch)
        self.step()
        if self._steps_owed > 0:
            self._single_steps_done += 1
        elif math.floor(self.epoch) > epochs_done:
            self._single_epochs_done += 1

    def snapshot(self) -> Snapshot:
        """This moment of the run, with the pictures that the request asks for; looking changes nothing of the run."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self._snapshot(*self._evaluate())

    def _snapshot(self, train: Evaluation | None, test: Evaluation | None) -> Snapshot:
        request = self.request
        return Snapshot(
            run_id=request.run_id,
            step=self.step_count,
            epoch=self.epoch,
            sizes=self.network.sizes,
            activation=self.network.activation,
            parameters=self.network.parameters.copy(),
            dataset=request.dataset,
            cost=train.cost if train and math.isfinite(train.cost) else None,
            penalty=self.network.penalty(request.settings.l2, max(self._batches.m, 1)),
            is_finite=train is None or math.isfinite(train.cost),
            accuracy=train.accuracy if train and math.isfinite(train.cost) else None,
            test_cost=test.cost if test and math.isfinite(test.cost) else None,
            test_accuracy=test.accuracy if test and math.isfinite(test.cost) else None,
            curve=self._history.curve(),
            landmarks=landmarks(self._batches.labels, request.dataset.C, self._inquiries.optimum),
            diverged=self.diverged,
            asked_to_run=request.running,
            running=(request.running or self.wants_single_step) and self.can_step,
            mistake=request.mistake,
            check=self._inquiries.check,
            checks_done=self._inquiries.checks_done,
            twin=self._report_twin(),
            rehearsal=self._rehearse() if "step" in request.pictures else None,
            **self._pictures.fields(request, self.network, self._version),
        )

    def _report_twin(self) -> TwinReport | None:
        if self._twin is None:
            return None
        return self._pictures.twin(self._twin, self.request, self.network, self._batches, self._version)

    def _rehearse(self) -> Rehearsal | None:
        """The next step, taken apart; None while steps are made, or where none can be."""
        if self.request.running or not self.can_step:
            return None
        if self._rehearsed is None or self._rehearsed[0] != self._rehearsal_key():
            made = rehearse(self.network, self._optimizer, self._batches, self.request.settings, self.step_count)
            self._rehearsed = (self._rehearsal_key(), made)
        return self._rehearsed[1]

    def _rehearsal_key(self) -> object:
        return self._version, self.request.settings, self.request.mistake

    def _start(self, request: Request) -> None:
        settings = request.settings
        sizes = (2, *settings.hidden, request.dataset.C)
        self.network = Network(sizes, settings.activation, settings.seed, _precision(settings))
        self._new_optimizer()
        self._batches = Batches(settings.seed)
        self._history = History()
        self._classes = request.dataset.classes
        self._last_finite = self.network.parameters.copy()
        self.step_count = 0
        self._evaluated = None
        self._single_steps_done = self._single_epochs_done = self._checks_begun = 0
        self._inquiries.forget_check()
        self._twin = None
        self.diverged = False
        self._use_data()

    def _new_optimizer(self) -> None:
        self._optimizer = OPTIMIZERS[self.request.settings.optimizer](self.network.parameters)
        self._twin = None  # it goes on from here, once it is asked for again

    def _use_data(self) -> None:
        """Take over the request's data set, keeping what the network has learned."""
        self._version += 1
        dataset, share = self.request.dataset, self.request.settings.test_share
        is_test = dataset.is_test(share)
        if self.step_count == 0:  # nothing is learned yet that a change of scale would spoil
            self._scale = scale_of(dataset.X[:, ~is_test], standardise=self.request.settings.standardise)
            self._pictures.use_scale(self._scale, self.network.dtype)
        if dataset.classes != self._classes:
            self._use_classes()
        self._batches.use(
            self._scale.apply(dataset.X[:, ~is_test]), dataset.labels[~is_test], dataset.C, self.network.dtype
        )
        self._ask_optimum()
        self._test_inputs = with_ones(self._scale.apply(dataset.X[:, is_test]), self.network.dtype)
        self._test_labels = dataset.labels[is_test]

    def _ask_optimum(self) -> None:
        if self.request.settings.hidden:
            self._inquiries.forget_optimum()
        else:
            batches, l2 = self._batches, self.request.settings.l2
            self._inquiries.ask_optimum(batches.inputs, batches.labels, self.request.dataset.C, l2)

    @property
    def is_inquiring(self) -> bool:
        """Whether something is being found out that takes longer than a frame."""
        return self._inquiries.is_open

    def inquire(self) -> None:
        """Get on with it for a few milliseconds."""
        with np.errstate(over="ignore", invalid="ignore"):
            self._inquiries.advance()

    def _use_classes(self) -> None:
        """Give the output layer a row for each present class; see `Network.with_classes`."""
        sources = class_sources(self._classes, self.request.dataset.classes)
        self._classes = self.request.dataset.classes
        if sources == list(range(self.network.sizes[-1])):
            return
        if self.step_count == 0:  # an untrained network of this size, so that Reset returns to this same start
            settings = self.request.settings
            sizes = (*self.network.sizes[:-1], len(sources))
            self.network = Network(sizes, settings.activation, settings.seed, _precision(settings))
            self._new_optimizer()
            self._last_finite = self.network.parameters.copy()
            return
        sizes, old = self.network.sizes, self._optimizer
        self.network = self.network.with_classes(sources)
        self._last_finite = remap_classes(self._last_finite, sizes, sources)
        self._new_optimizer()
        self._optimizer.steps = old.steps
        for row, old_row in zip(self._optimizer.sums, old.sums, strict=True):
            row[:] = remap_classes(old_row, sizes, sources)

    def _record_if_due(self) -> None:
        if not self._history.is_due(self.step_count):
            return
        train, test = self._evaluate()
        if train is None:
            return
        if not math.isfinite(train.cost):
            self._back_to_finite()
            return
        self._last_finite[:] = self.network.parameters
        test_cost = test.cost if test else None
        self._history.record(self.step_count, self.steps_per_epoch, self.epoch, train.cost, test_cost)

    def _back_to_finite(self) -> None:
        self.diverged = True
        self._version += 1
        self.network.parameters[:] = self._last_finite
        self._evaluated = None
        self._new_optimizer()
        self._follow_wish_for_twin()

    def _evaluate(self) -> tuple[Evaluation | None, Evaluation | None]:
        """Of the training set and of the test set, None for an empty one; both with the training set's penalty."""
        if self._evaluated is None:
            self._evaluated = self._evaluate_anew()
        return self._evaluated

    def _evaluate_anew(self) -> tuple[Evaluation | None, Evaluation | None]:
        l2, m = self.request.settings.l2, self._batches.m
        train = self.network.evaluate(self._batches.inputs, self._batches.labels, l2) if m else None
        has_test = self._test_labels.size > 0
        test = self.network.evaluate(self._test_inputs, self._test_labels, l2, max(m, 1)) if has_test else None
        return train, test


def _precision(settings: Settings) -> type[np.floating]:
    """float32 is fast, and as fine as any picture; without hidden layers there is an exact answer to be near to."""
    return np.float32 if settings.hidden else np.float64


def _has_other_examples(old: Request, new: Request) -> bool:
    """Whether more has changed than names."""
    before, after = old.dataset, new.dataset
    same_points = before.X is after.X and before.labels is after.labels and before.ranks is after.ranks
    same_styles = [label.style for label in before.classes] == [label.style for label in after.classes]
    return not (same_points and same_styles and old.settings.test_share == new.settings.test_share)


def _asks_to_go_on(old: Request, new: Request) -> bool:
    starts = new.running and not old.running
    return starts or new.single_steps > old.single_steps or new.single_epochs > old.single_epochs
