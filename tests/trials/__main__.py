"""Run trials, print their figures: ``python -m tests.trials [NAME …] [--offset N] [--count N]``; 1 where any failed."""

import sys
from argparse import ArgumentParser, Namespace

from tests.benchmarks.table import text
from tests.trials.trial import Outcome, in_child, run_named

NAMES = (
    "gesture_cost",
    "soak",
    "undo_memory",
    "extremes",
    "gestures",
    "csv_fuzz",
    "csv_sizes",
    "csv_leak",
    "project_fuzz",
    "lesson_fuzz",
    "large_project",
    "object_leak",
    "kill9",
    "bad_places",
    "close_save",
    "signals",
    "security",
)  # each a module beside this one, with its TRIAL
LONGEST = 1800  # seconds
SHOWN = 20  # failures of one trial


def main() -> int:
    """Each trial in a process of its own, one after the other, then the table."""
    options = _options()
    rows, has_failed = [["trial", "tried", "failed", "figure"]], False
    for name in options.names or NAMES:
        outcome, why = in_child(run_named, name, options.count, options.offset, seconds=LONGEST)
        if outcome is None:
            outcome = Outcome(1, [why])
        for failure in outcome.failures[:SHOWN]:
            print(f"{name}: {failure}", flush=True)
        if len(outcome.failures) > SHOWN:
            print(f"{name}: and {len(outcome.failures) - SHOWN} more", flush=True)
        rows.append([name, str(outcome.tried), str(len(outcome.failures)), outcome.figure])
        has_failed |= bool(outcome.failures)
    print(f"\n{text(rows)}")
    return int(has_failed)


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.trials", description="Run trials; print what failed, and a table.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all where none is named")
    parser.add_argument("--offset", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, help="how many things to try; each trial has its own number")
    options = parser.parse_args()
    if strange := set(options.names) - set(NAMES):
        parser.error(f"there is no trial {', '.join(sorted(strange))}; those are {', '.join(NAMES)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
