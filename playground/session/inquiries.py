"""Questions about a run whose answers take longer than a frame: they are worked on bit by bit, between the steps."""

from playground.nn import Optimum
from playground.session.grid import Array


class Inquiries:
    """What is being found out: the optimum J* of a training set without hidden layers."""

    def __init__(self) -> None:
        self._optimum: Optimum | None = None

    def ask_optimum(self, inputs: Array, labels: Array, C: int, l2: float) -> None:
        """Find J* of these examples, as `Optimum` takes them; one question less without any."""
        self._optimum = Optimum(inputs, labels, C, l2) if labels.size else None

    def forget_optimum(self) -> None:
        """There is no J* to find: the cost of this network has more than one valley."""
        self._optimum = None

    @property
    def is_open(self) -> bool:
        """Whether there is anything left to find out."""
        return self._optimum is not None and not self._optimum.is_done

    def advance(self) -> None:
        """Get on with it for a few milliseconds."""
        if self._optimum is not None:
            self._optimum.advance()

    @property
    def optimum(self) -> Optimum | None:
        """J*, once it is found."""
        return self._optimum if self._optimum is not None and self._optimum.is_done else None
