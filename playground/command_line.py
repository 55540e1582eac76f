"""The command line: options made from the tables of settings, and training without a window."""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from playground import __version__
from playground.session.advice import about_divergence, why_not_training
from playground.session.csv import Columns
from playground.session.errors import UserError
from playground.session.generators import GENERATORS, RECIPE_SPECS, Recipe
from playground.session.messages import Request, Snapshot
from playground.session.settings import FULL_BATCH, SPECS, Settings
from playground.session.sources import BUILT_IN, Loaded, load_source
from playground.session.specs import Choice, Number, Spec
from playground.session.trainer import Trainer
from playground.system_libraries import why_no_qt

EPOCHS = Spec("epochs", "Epochs", Number(0, 10_000_000, whole=True), "Passes over the training set.")
DEFAULT_EPOCHS = 500
WINDOW_ONLY = {"speed"}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Options of ``softmax-playground [FILE]`` or ``... train SOURCE``; exits with 2 on wrong ones."""
    if arguments and arguments[0] == "train":
        return _train_parser().parse_args(arguments[1:])
    return _window_parser().parse_args(arguments)


def run_training(options: argparse.Namespace) -> int:
    """Train as the options say, print the result, draw the figure; returns the exit code."""
    try:
        loaded = _load(options)
        reason = why_not_training(loaded.dataset, loaded.settings)
        if reason:
            raise UserError(reason)
        _check_figure(options.figure)
    except UserError as error:
        print(f"softmax-playground: {error}", file=sys.stderr)
        return 2
    if loaded.note:
        print(f"{loaded.note}; {_told(loaded.columns)}" if loaded.columns else loaded.note, file=sys.stderr)
    started = time.perf_counter()
    trainer = Trainer(Request(loaded.dataset, loaded.settings, running=True))
    was_interrupted = not _train(trainer, options.epochs)
    while trainer.is_inquiring:
        trainer.inquire()
    snapshot = trainer.snapshot()
    seconds = time.perf_counter() - started
    _report(options, loaded, snapshot, seconds)  # before the figure: whatever becomes of that, this is told
    if snapshot.diverged:
        print(f"softmax-playground: {about_divergence(loaded.dataset, loaded.settings)}", file=sys.stderr)
    is_drawn = options.figure is None or _draw(options.figure, trainer, loaded)
    return 130 if was_interrupted else 1 if snapshot.diverged or not is_drawn else 0


def _draw(path: Path, trainer: Trainer, loaded: Loaded) -> bool:
    from playground.gui.figure import save_figure

    try:
        save_figure(path, trainer, loaded.dataset)
    except UserError as error:
        print(f"softmax-playground: {error}", file=sys.stderr)
        return False
    return True


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="softmax-playground",
        description="Draw points and watch a softmax network learn them.",
        epilog="Without a window: softmax-playground train SOURCE (see softmax-playground train --help).",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a project, a table of points or a lesson to open")
    parser.add_argument("--debug", action="store_true", help="tell of errors in the program on the terminal too")
    parser.add_argument("--version", action="version", version=f"Softmax Playground {__version__}")
    parser.set_defaults(command="window")
    return parser


def _train_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="softmax-playground train", description="Train without a window.", allow_abbrev=False
    )
    parser.add_argument("source", metavar="SOURCE", help=f"a project, a CSV file, or one of {', '.join(BUILT_IN)}")
    network = parser.add_argument_group("network and training")
    for spec in SPECS:
        if spec.name not in WINDOW_ONLY:
            _add_option(network, spec, getattr(Settings(), spec.name))
    _add_option(network, EPOCHS, DEFAULT_EPOCHS, shown_only=False)
    generated = parser.add_argument_group("generated data sets")
    for spec in RECIPE_SPECS:
        if spec.name != "name":
            _add_option(generated, spec, getattr(Recipe(), spec.name))
    columns = parser.add_argument_group("CSV files")
    for name, what in (("x", "across"), ("y", "up"), ("label", "the class")):
        columns.add_argument(f"--{name}", metavar="COLUMN", help=f"the column that is {what}; guessed where not given")
    result = parser.add_argument_group("result")
    result.add_argument("--figure", type=Path, metavar="FILE.png", help="draw regions, points and J into a picture")
    result.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(command="train")
    return parser


def _add_option(group: Any, spec: Spec, default: Any, *, shown_only: bool = True) -> None:
    """An option from a spec; without a value on the command line it is None, so that a project keeps its own."""
    text = spec.write(default).replace(", ", ",")
    takes = spec.kind.allowed()
    if isinstance(spec.kind, Choice):
        takes = f"one of {', '.join(option.replace(' ', '-') for option in spec.kind.options)}"  # no shell splits it
    group.add_argument(
        f"--{spec.name.replace('_', '-')}",
        type=_reader(spec),
        default=None if shown_only else default,
        metavar="VALUE",
        help=f"{spec.effect} Takes {takes}. Default: {text}.".replace("%", "%%"),
    )


def _reader(spec: Spec) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return spec.parse(text)
        except UserError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def _load(options: argparse.Namespace) -> Loaded:
    given = {name: value for name, value in vars(options).items() if value is not None}
    chosen = {spec.name: given[spec.name] for spec in SPECS if spec.name in given}
    recipe = {spec.name: given[spec.name] for spec in RECIPE_SPECS if spec.name in given}
    columns = [name for name in ("x", "y", "label") if name in given]
    if recipe and options.source not in GENERATORS:
        raise UserError(f"--{next(iter(recipe)).replace('_', '-')} is for generated data sets: {', '.join(GENERATORS)}")
    if columns and options.source in GENERATORS:
        raise UserError(f"--{columns[0]} is for CSV files; {options.source} is generated")
    source = load_source(
        options.source, replace(Recipe(), **recipe), replace(Settings(), **chosen), options.x, options.y, options.label
    )
    return replace(source, settings=replace(source.settings, **chosen))


def _check_figure(path: Path | None) -> None:
    """Say before training, not after it, that a figure could not be written."""
    if path is None:
        return
    problem = why_no_qt()
    if problem:
        raise UserError(f"--figure cannot draw. {problem}")
    if path.is_dir():
        raise UserError(f"--figure: {path} is a folder; name a file in it")
    if path.suffix.lower() != ".png":
        raise UserError(f"--figure draws PNG pictures: name a file that ends in .png, not {path.name!r}")
    if not path.absolute().parent.is_dir():
        raise UserError(f"--figure: there is no folder {path.absolute().parent}")


def _train(trainer: Trainer, epochs: int) -> bool:
    """Train for that many epochs or until J is not finite; whether it was left to finish."""
    from tqdm import tqdm

    with tqdm(total=epochs, unit="epoch", disable=None, leave=False) as bar:
        try:
            while trainer.epoch < epochs and trainer.can_step:
                trainer.step()
                if trainer.epoch - bar.n >= 1:
                    bar.update(math.floor(trainer.epoch) - bar.n)
        except KeyboardInterrupt:
            return False
    return True


def _settings(settings: Settings) -> dict[str, Any]:
    """The settings of a training, a whole-set batch by its word."""
    values = {name: value for name, value in asdict(settings).items() if name not in WINDOW_ONLY}
    return values | {"batch_size": values["batch_size"] if values["batch_size"] != FULL_BATCH else "full"}


def _told(columns: Columns) -> str:
    return f"x is column “{columns.x}”, y “{columns.y}”, the class “{columns.label}”"


def _report(options: argparse.Namespace, loaded: Loaded, snapshot: Snapshot, seconds: float) -> None:
    result = {
        "source": options.source,
        "points": loaded.dataset.m,
        "classes": int(np.count_nonzero(loaded.dataset.counts())),
        "epochs": math.floor(snapshot.epoch),
        "steps": snapshot.step,
        "cost": snapshot.cost,
        "accuracy": snapshot.accuracy,
        "test_cost": snapshot.test_cost,
        "test_accuracy": snapshot.test_accuracy,
        "diverged": snapshot.diverged,
        "seconds": round(seconds, 3),
    }
    if options.json:
        columns = None if loaded.columns is None else asdict(loaded.columns)
        result |= {"columns": columns, "settings": _settings(loaded.settings)}
        print(json.dumps(result, allow_nan=False))
        return
    for name, value in result.items():
        text = "none" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
        print(f"{name.replace('_', ' '):14} {text}")
