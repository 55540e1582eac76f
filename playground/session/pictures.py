"""What is computed for the eye of one moment of a run, as far as the request asks for it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from playground.nn import Network, with_ones
from playground.nn.losses import softmax_in_place
from playground.session.answers import Answers, answers_at
from playground.session.batches import Batches
from playground.session.confusion import confusion
from playground.session.derivation import derive
from playground.session.grid import Array, Grid
from playground.session.messages import Request
from playground.session.regions import Regions, find_regions
from playground.session.scale import PLAIN, Scale
from playground.session.score_lines import ties_beyond, zero_lines
from playground.session.twin import Twin, TwinReport
from playground.session.why_log import why_log
from playground.session.worked_example import WorkedExample, work_example


@dataclass(frozen=True, slots=True, eq=False)
class OverGrid:
    """Scores and probabilities (C, rows, columns) over a grid, the latter through the lens, and the regions."""

    scores: Array
    probabilities: Array
    regions: Regions


class Pictures:
    """Makes the pictures of a moment; keeps the ones over the plane, since looking about does not change them."""

    def __init__(self) -> None:
        self._key: object = None
        self._over_grid: OverGrid | None = None
        self.use_scale(PLAIN, np.float32)

    def use_scale(self, scale: Scale, dtype: DTypeLike) -> None:
        """Take inputs by this scale, and in the network's type, from now on."""
        self._scale = scale
        self._grid_inputs = lru_cache(maxsize=2)(lambda grid: with_ones(scale.apply(grid.points()), dtype))
        self._key = None

    def fields(self, request: Request, network: Network, version: int) -> dict[str, Any]:
        """The fields of a `Snapshot` that are pictures; ``version`` counts the changes of parameters and classes."""
        pictures, probe, settings = request.pictures, request.probe, request.settings
        found: dict[str, Any] = {"grid": request.grid, "probe": probe, "temperature": request.temperature}
        if request.grid is not None:
            over = self._over(request.grid, network, request.temperature, version)
            found |= {"probabilities": over.probabilities, "regions": over.regions}
            if "ties" in pictures:
                found["ties_beyond"] = ties_beyond(over.scores, request.grid)
            if "zero_lines" in pictures:
                found["zero_lines"] = zero_lines(over.scores, request.grid)
        if probe is not None:
            found["probe_probabilities"] = self._at(probe, network, request.temperature)
            found["example"] = work_example(network, self._scale, request.dataset, settings.test_share, probe)
        if pictures & {"points", "haloes", "misses", "why_log"} and request.dataset.m:
            answers = answers_at(network, self._scale, request.dataset, settings.test_share, settings.l2)
            found["answers"] = answers
            if "points" in pictures:
                found["confusion"] = confusion(answers, request.dataset.labels, request.dataset.C)
        return found | _explained(request, found.get("example"), found.get("answers"))

    def twin(self, twin: Twin, request: Request, network: Network, batches: Batches, version: int) -> TwinReport:
        """The twin beside the network, over the plane and at the probe."""
        grid, probe = request.grid, request.probe
        over = None
        if grid is not None:
            shown, has_lens = self._over(grid, network, request.temperature, version), request.temperature != 1
            Y_hat = through_lens(shown.scores.reshape(2, -1), 1.0) if has_lens else shown.probabilities.reshape(2, -1)
            over = (self._grid_inputs(grid), Y_hat)
        at = None if probe is None else with_ones(self._scale.apply(np.array(probe)[:, None]), network.dtype)
        return twin.report(network, request.settings, (batches.inputs, batches.labels), over, at)

    def _over(self, grid: Grid, network: Network, temperature: float, version: int) -> OverGrid:
        key = (grid, temperature, version)
        if self._over_grid is None or self._key != key:
            scores = network.logits_of(self._grid_inputs(grid)).reshape(-1, grid.rows, grid.columns)
            probabilities = through_lens(scores.reshape(len(scores), -1), temperature).reshape(scores.shape)
            self._over_grid = OverGrid(scores, probabilities, find_regions(scores, probabilities, grid))
            self._key = key
        return self._over_grid

    def _at(self, probe: tuple[float, float], network: Network, temperature: float) -> Array:
        Z = network.logits(self._scale.apply(np.array(probe)[:, None]))
        return through_lens(Z, temperature)[:, 0]


def through_lens(Z: Array, temperature: float) -> Array:
    """Probabilities softmax(Z / T), (C, m), by the code that training uses."""
    row = np.empty((1, Z.shape[1]), Z.dtype)
    Y_hat = Z.copy()
    if temperature != 1:
        np.maximum.reduce(Z, axis=0, out=row, keepdims=True)
        np.subtract(Z, row, out=Y_hat)
        np.divide(Y_hat, temperature, out=Y_hat)
    softmax_in_place(Y_hat, row)
    return Y_hat


def _explained(request: Request, example: WorkedExample | None, answers: Answers | None) -> dict[str, Any]:
    """What the page of the spot shows beside the calculation."""
    found: dict[str, Any] = {}
    if "derivation" in request.pictures and example is not None:
        m = request.dataset.m - int(np.count_nonzero(request.dataset.is_test(request.settings.test_share)))
        found["derivation"] = derive(example, request.supposed, m)
    if "why_log" in request.pictures:
        found["why_log"] = why_log(example, request.supposed, answers)
    return found
