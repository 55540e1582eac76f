"""Large and odd CSV files: CPU seconds and memory to read one, each in a process of its own."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playground.session.csv import dataset_from, guess_columns, read_table
from playground.session.errors import UserError
from tests.trials.trial import Outcome, Trial, in_child, peak_mb

MOST_SECONDS, MOST_MB = 5, 1024


def rows(count: int) -> str:
    return "a,b,class\n" + "".join(f"{i % 997 * 0.01:.2f},{i % 991 * 0.01:.2f},{'xyz'[i % 3]}\n" for i in range(count))


def columns(names: list[str]) -> str:
    return f"{','.join(names)}\n{','.join(['1'] * len(names))}\n"


FILES: dict[str, Callable[[], str]] = {
    "10⁵ rows": lambda: rows(10**5),
    "10⁶ rows": lambda: rows(10**6),
    "10⁷ rows “1,2,3”": lambda: "a,b,c\n" + "1,2,3\n" * 10**7,
    "10⁶ rows of decimal commas": lambda: rows(10**6).replace(",", ";").replace(".", ","),
    "60 MB of commas in one line": lambda: "," * (60 * 10**6),
    "60 MB of numbers in 1000 columns": lambda: (",".join(f"{i * 0.37:.3f}" for i in range(1000)) + "\n") * 8500,
    "10⁴ columns of one name": lambda: columns(["a"] * 10**4),
    "10⁴ columns": lambda: columns([f"c{i}" for i in range(10**4)]),
    "30 000 cells in one line": lambda: ",".join(["abc"] * 30_000) + "\n",
    "10⁵ columns": lambda: columns([f"c{i}" for i in range(10**5)]),
    "60 MB of line ends": lambda: "\n" * (60 * 10**6),
    "60 MB in one cell": lambda: "x" * (60 * 10**6),
    "60 MB in one quoted cell": lambda: '"' + "x\n" * (30 * 10**6),
}


def read(path: Path) -> tuple[float, float, str]:
    """CPU seconds, the most MB used, and what came of it."""
    began = time.process_time()
    try:
        table = read_table(path)
        dataset = dataset_from(table, guess_columns(table))[0]
        found = f"{dataset.m} points of {dataset.C} classes"
    except UserError as error:
        found = f"refused in {len(str(error))} signs: {str(error)[:100]}"
    return time.process_time() - began, peak_mb(), found


def run(count: int, offset: int) -> Outcome:
    """Every file of the table, from the offset on, so that a part can be tried alone."""
    failures, slowest, largest = [], 0.0, 0.0
    chosen = list(FILES.items())[offset : offset + count]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.csv"
        for name, make in chosen:
            path.write_text(make(), encoding="utf-8")
            found, why = in_child(read, path, seconds=120)
            seconds, mb, words = found or (120.0, 0.0, why)
            print(f"    {name:36} {seconds:6.2f} s  {mb:5.0f} MB  {words}", flush=True)
            slowest, largest = max(slowest, seconds), max(largest, mb)
            if found is None or seconds > MOST_SECONDS or mb > MOST_MB:
                failures.append(f"{name}: {seconds:.1f} s, {mb:.0f} MB, {words}")
    return Outcome(len(chosen), failures, f"at most {slowest:.1f} s and {largest:.0f} MB")


TRIAL = Trial("large and odd CSV files: at most 5 s of CPU time and 1 GB each", len(FILES), run)
