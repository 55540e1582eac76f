"""Files of points: dialects with a known truth must be read exactly and guessed right; broken bytes must be refused."""

import random
import tempfile
import traceback
from collections import Counter
from pathlib import Path

import numpy as np

from playground.resources import asset
from playground.session.csv import Columns, dataset_from, guess_columns, read_table
from playground.session.errors import UserError
from playground.session.settings import Settings
from playground.session.sources import load_csv
from tests.trials.csv_dialects import DIALECTS, Truth, make_truth
from tests.trials.trial import Outcome, TooSlow, Trial, deadline

SECONDS = 5
LONGEST_SENTENCE = 500
CELLS = (
    *(
        b"1e400",
        b"-1e308",
        b"1e31",
        b"9" * 400,
        b"nan",
        b"inf",
        b"-inf",
        b"0x1F",
        b"1_000",
        b"\xd9\xa1\xd9\xa2",
        b"--1",
    ),
    *(b"1,5", b"1.2.3", b"1e", b"TRUE", b"#N/A", b"1 000", b"$5", b"50%", b"2024-01-01", "½".encode(), b".5", b"-0"),
)
PIECES = (
    b'"',
    b"'",
    b",,",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"|",
    b"\xef\xbb\xbf",
    "\u2028".encode(),
    b"\x1a",
    b"\x1f",
    b"\0",
)


def run(count: int, offset: int) -> Outcome:
    """Even seeds write a dialect, odd ones break a file."""
    failures: list[str] = []
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(offset, offset + count):
            path = Path(folder) / f"case.{('csv', 'txt', 'tsv')[seed % 3]}"
            verdict, detail = _dialect(seed // 2, path) if seed % 2 == 0 else _broken(seed, path)
            tally[verdict] += 1
            if verdict not in ("read", "refused"):
                failures.append(f"seed {seed}: {verdict}: {detail}"[:400])
    return Outcome(count, failures, ", ".join(f"{number} {verdict}" for verdict, number in tally.most_common(4)))


def _dialect(number: int, path: Path) -> tuple[str, str]:
    r = random.Random(number)
    truth = make_truth(r, number)
    name = list(DIALECTS)[number // 6 % len(DIALECTS)]
    path.write_bytes(DIALECTS[name](truth, r))
    try:
        with deadline(SECONDS):
            table = read_table(path)
            guess = guess_columns(table)
            if guess.label != truth.label or {guess.x, guess.y} != {truth.x, truth.y}:
                return "guessed wrong", f"{name}: {guess} for {truth.names}"
            dataset, skipped = dataset_from(table, Columns(truth.x, truth.y, truth.label))
    except (Exception, TooSlow) as error:  # noqa: BLE001 - each is a failure to be told
        return "not read", f"{name}, {truth.names}: {type(error).__name__}: {error}"
    if skipped != (3 if name == "missing numbers" else 0):
        return "rows lost", f"{name}: {skipped}"
    return _compared(name, truth, dataset.X, [dataset.class_name(int(i)) for i in dataset.labels])


def _compared(name: str, truth: Truth, X: np.ndarray, labels: list[str]) -> tuple[str, str]:
    wanted = np.array([[float(cell) for cell in truth.columns[axis]] for axis in (truth.x, truth.y)])
    if X.shape != wanted.shape or not np.array_equal(X, wanted):
        return "other numbers", f"{name}: {X.ravel()[:3]} for {wanted.ravel()[:3]}"
    if labels != truth.columns[truth.label]:
        return "other labels", f"{name}: {labels[:4]} for {truth.columns[truth.label][:4]}"
    return "read", ""


def _broken(seed: int, path: Path) -> tuple[str, str]:
    r = random.Random(seed)
    data = asset(f"data/{r.choice(('iris', 'penguins'))}.csv").read_bytes()
    if r.random() < 0.3:
        data = b"\n".join(data.split(b"\n")[: r.randint(1, 6)]) + b"\n"
    for _ in range(r.choice((1, 1, 2))):
        data = BREAKS[r.randrange(len(BREAKS))](r, data or b"a")
    path.write_bytes(data)
    try:
        with deadline(SECONDS):
            table = read_table(path)
            dataset = load_csv(table, guess_columns(table), Settings()).dataset
    except UserError as error:
        is_readable = 8 < len(str(error)) < LONGEST_SENTENCE and "\n" not in str(error)
        return ("refused", "") if is_readable else ("sentence", str(error)[:200])
    except (Exception, TooSlow) as error:  # noqa: BLE001 - each is a failure to be told
        place = traceback.extract_tb(error.__traceback__)[-1]
        return type(error).__name__, f"{Path(place.filename).name}:{place.lineno}: {error}"
    is_sound = np.isfinite(dataset.X).all() and dataset.m and dataset.labels.max() < dataset.C
    return ("read", "") if is_sound else ("bad data set", "")


def _flip(r: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(r.choice((1, 3, 30))):
        changed[r.randrange(len(changed))] = r.randrange(256 if r.random() < 0.3 else 128)
    return bytes(changed)


def _insert(r: random.Random, data: bytes) -> bytes:
    for _ in range(5):
        at = r.randrange(len(data))
        data = data[:at] + r.choice(PIECES) + data[at:]
    return data


def _shuffle(r: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    r.shuffle(lines)
    return b"\n".join(lines)


def _cells(r: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    for _ in range(r.choice((1, 1, 20))):
        k = r.randrange(len(lines))
        row = lines[k].split(b",")
        row[r.randrange(len(row))] = r.choice(CELLS)
        lines[k] = b",".join(row)
    return b"\n".join(lines)


def _wide(r: random.Random, data: bytes) -> bytes:
    n, name = r.choice((300, 1000, 5000)), r.choice((b"c", b"", b"1", b"#"))
    rows = [b",".join(b"%d" % r.randrange(9) for _ in range(n)) for _ in range(5)]
    return b"\n".join([b",".join(name + (b"%d" % i if r.random() < 0.5 else b"") for i in range(n)), *rows])


BREAKS = (
    _flip,
    _insert,
    _shuffle,
    _cells,
    _cells,
    _wide,
    lambda r, data: data[r.randrange(len(data)) :][: r.randrange(1, len(data) + 1)],
    lambda r, data: data * r.randint(2, 20),
    lambda r, data: b"PK\x03\x04\x14\x00\x06\x00" + r.randbytes(3000),
    lambda r, data: data.decode("utf-8", "replace").encode(
        r.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7", "cp500")), "replace"
    ),
    lambda r, data: data.replace(b",", r.choice((b";", b"\t", b"|", b" ", b":", b"^", b",,", b", "))),
    lambda r, data: data + b"x" * r.choice((1000, 131_071, 131_073, 400_000)) + b",1,2\n",
    lambda r, data: data.replace(b",", b'","') if r.random() < 0.5 else data.replace(b"\n", b'"\n', 3),
    lambda r, data: r.choice(
        (
            b"",
            b"\n",
            b" ",
            b",",
            b",,\n,,\n",
            b"a,b,c",
            b"a,b,c\n",
            b"\0",
            b"1",
            b"1,2,3",
            b'"',
            b'""',
            b",,\n1,2,3",
            b"@data",
            b"sep=;",
            b"# a b c",
            b"@relation x\n@data\n",
        )
    ),
    lambda r, data: r.randbytes(r.choice((10, 500))),
    lambda r, data: data.replace(b"\n", r.choice((b"\r", b"\r\n", b"\n\r", b"\r\r\n", b"\x0b", b"\x85", b"\n\n"))),
)
TRIAL = Trial(
    "dialects of known tables in every order of columns, and broken files: read exactly or refused", 4000, run
)
