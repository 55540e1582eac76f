"""The two values that pass between the window and the trainer: each complete, so that the latest one is enough."""

from dataclasses import dataclass

from playground.session.answers import Answers
from playground.session.confusion import Confusion
from playground.session.dataset import Dataset
from playground.session.derivation import Derivation
from playground.session.grid import Array, Grid, Point
from playground.session.inquiries import CheckReport
from playground.session.landmarks import Landmark
from playground.session.regions import Regions
from playground.session.rehearsal import Rehearsal
from playground.session.settings import Settings
from playground.session.twin import TwinReport
from playground.session.why_log import WhyLog
from playground.session.worked_example import WorkedExample


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Everything the window wants of the trainer at this moment.

    A new ``run_id`` starts a new run. ``single_steps`` and ``single_epochs`` count how often one step or one epoch
    has been asked for in this run; the trainer makes up the difference, so asking is a value too and none is lost.
    ``single_checks`` does the same for gradient checks. Without a ``grid`` no class probabilities are computed;
    ``pictures`` names the optional ones, see `looking`, ``temperature`` is the lens before the plane, and ``supposed``
    the class that stands for y at a probe that is on no point.
    ``mistake`` is planted in backpropagation. ``parked`` is a run that is to be kept aside until it is asked for again.
    """

    dataset: Dataset
    settings: Settings
    run_id: int = 0
    running: bool = False
    single_steps: int = 0
    single_epochs: int = 0
    single_checks: int = 0
    grid: Grid | None = None
    probe: Point | None = None
    pictures: frozenset[str] = frozenset()
    temperature: float = 1.0
    supposed: int = 0
    mistake: str | None = None
    parked: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The cost curve so far: epoch, J and test J of each recorded moment, (k,) each; NaN where there was none."""

    epoch: Array
    cost: Array
    test_cost: Array


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everything the trainer has to say about one moment of a run.

    Costs and accuracies are those of ``parameters``, None where there is no example to take them from, or where J is
    not finite, ``is_finite``: only records end a run for that, so that how often it is looked at does not matter.
    ``penalty`` is the part of the costs that is λ/(2m) Σ‖W[l]‖².
    ``probabilities`` (C, rows, columns) and ``regions`` belong to ``grid``, ``probe_probabilities`` (C,) to ``probe``,
    all through the lens of ``temperature``. ``example`` is the worked example at the probe; it and all that follows
    know no lens. ``rehearsal`` is the step that comes next, while none is made. ``ties_beyond`` and, for each class,
    ``zero_lines`` are line pieces (k, 2, 2) on the plane. All of it was computed with ``dataset``. ``diverged``: J
    stopped being finite and the last finite parameters were kept. ``asked_to_run``: what the request said;
    ``running``: whether steps are being made. ``seconds_taken``: what it took to make this snapshot.
    """

    run_id: int
    step: int
    epoch: float
    sizes: tuple[int, ...]
    activation: str
    parameters: Array
    dataset: Dataset
    cost: float | None
    penalty: float
    accuracy: float | None
    test_cost: float | None
    test_accuracy: float | None
    curve: Curve
    landmarks: tuple[Landmark, ...]
    diverged: bool
    running: bool
    asked_to_run: bool
    is_finite: bool = True
    steps_per_second: float | None = None
    seconds_taken: float | None = None
    grid: Grid | None = None
    probabilities: Array | None = None
    regions: Regions | None = None
    probe: Point | None = None
    probe_probabilities: Array | None = None
    temperature: float = 1.0
    example: WorkedExample | None = None
    derivation: Derivation | None = None
    why_log: WhyLog | None = None
    ties_beyond: Array | None = None
    zero_lines: tuple[Array, ...] | None = None
    answers: Answers | None = None
    confusion: Confusion | None = None
    rehearsal: Rehearsal | None = None
    mistake: str | None = None
    check: CheckReport | None = None
    checks_done: int = 0
    twin: TwinReport | None = None
