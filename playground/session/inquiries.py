"""Questions about a run whose answers take longer than a frame: they are worked on bit by bit, between the steps."""

from dataclasses import dataclass

from playground.nn import BlockCheck, GradientCheck, Network, Optimum, Verdict
from playground.session.grid import Array

__all__ = ["CheckReport", "Inquiries", "Verdict"]

CHECKED_AT_ONCE = 2  # parameters
MOST_EXAMPLES, LEAST_EXAMPLES = 2000, 200  # that a gradient check looks at, where there are so many
EXAMPLES_TIMES_PARAMETERS = 400_000  # at most, between those two: so even a large network's check takes seconds


@dataclass(frozen=True, slots=True, eq=False)
class CheckReport:
    """A gradient check, made at a step of the run: its blocks once it is done, before that how far it is, 0 to 1.

    ``m`` are the examples it looked at, the first of the training set; ``mistake`` what was planted.
    """

    step: int
    m: int
    mistake: str | None
    share_done: float
    blocks: tuple[BlockCheck, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether every block is; of a check that is done."""
        return all(block.verdict is Verdict.RIGHT for block in self.blocks)

    def names(self, verdict: Verdict) -> tuple[str, ...]:
        """The blocks of that verdict, such as W[1]."""
        return tuple(block.name for block in self.blocks if block.verdict is verdict)


class Inquiries:
    """What is being found out: the optimum J* of a training set without hidden layers, and a gradient check."""

    def __init__(self) -> None:
        self._optimum: Optimum | None = None
        self._check: GradientCheck | None = None
        self._report: CheckReport | None = None
        self.checks_done = 0

    def ask_optimum(self, inputs: Array, labels: Array, C: int, l2: float) -> None:
        """Find J* of these examples, as `Optimum` takes them; there is none without any."""
        self._optimum = Optimum(inputs, labels, C, l2) if labels.size else None

    def forget_optimum(self) -> None:
        """There is no J* to find: the cost of this network has more than one valley."""
        self._optimum = None

    def ask_check(self, network: Network, inputs: Array, labels: Array, l2: float, step: int) -> None:
        """Check the gradient of this network as it is now, on the first examples of a training set."""
        m = min(labels.size, MOST_EXAMPLES, max(LEAST_EXAMPLES, EXAMPLES_TIMES_PARAMETERS // network.parameters.size))
        l2_of_those = l2 * m / labels.size  # the penalty l2 / (2m) of the whole set
        self._check = GradientCheck(network, inputs[:, :m], labels[:m], l2_of_those)
        self._report = CheckReport(step, m, network.mistake, 0.0)

    def forget_check(self) -> None:
        """A new run has nothing checked yet."""
        self._check = self._report = None
        self.checks_done = 0

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to find out."""
        return self._check is not None or (self._optimum is not None and not self._optimum.is_done)

    def advance(self) -> None:
        """Get on with it for a few milliseconds."""
        if self._check is not None and self._report is not None:
            self._check.advance(CHECKED_AT_ONCE)
            is_done = self._check.is_done
            blocks = self._check.blocks() if is_done else ()
            report = self._report
            self._report = CheckReport(report.step, report.m, report.mistake, self._check.share_done, blocks)
            if is_done:
                self._check = None
                self.checks_done += 1
        elif self._optimum is not None:
            self._optimum.advance()

    @property
    def optimum(self) -> Optimum | None:
        """J*, once it is found."""
        return self._optimum if self._optimum is not None and self._optimum.is_done else None

    @property
    def check(self) -> CheckReport | None:
        """The latest gradient check of the run, done or not."""
        return self._report
