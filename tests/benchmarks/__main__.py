"""Print every table: ``python -m tests.benchmarks [--quick]``."""

from argparse import ArgumentParser
from collections.abc import Callable

from tests.benchmarks import frame_meter, region_map, step_page, table, training_step

ROUNDS = 15
QUICK_ROUNDS = 3


def sections(rounds: int) -> dict[str, Callable[[], list[list[str]]]]:
    """Title of each table -> what measures its rows, the header first."""
    return {
        "One training step: Adam, the whole set as one batch, float32, one thread": lambda: training_step.rows(rounds),
        "Region map of a 2-8-8-4 network: n x n points, float32, one thread": lambda: region_map.rows(rounds),
        "A step taken apart: one stage on screen": lambda: step_page.rows(rounds),
        "The window at 1440 x 900 with all views, 2-8-8-4 on a spiral at full speed": lambda: frame_meter.rows(
            seconds=10 if rounds > QUICK_ROUNDS else 2
        ),
    }


def main() -> None:
    """Measure and print one table after the other."""
    parser = ArgumentParser(prog="python -m tests.benchmarks", description="Print the benchmark tables.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}")
    rounds = QUICK_ROUNDS if parser.parse_args().quick else ROUNDS
    for title, rows in sections(rounds).items():
        print(f"{title}\n\n{table.text(rows())}\n", flush=True)


if __name__ == "__main__":
    main()
