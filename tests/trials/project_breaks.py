"""Ways to break a project's JSON: odd values anywhere, odd bytes, other text, points and classes beyond all bounds."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from playground.session.settings import SPECS

Value = Any  # of JSON
Path = tuple[str | int, ...]

ODD: tuple[Value, ...] = (
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 64, 65, 10**6, 2**63, -(2**63), 2**70, 0.1),
    *(1e30, 1e31, 1e308, -1e308, 5e-324, 1e-40),
    *("", "x", "1", "NaN", "é猫\u202e<b>&", "\x00", "a" * 100_000, "<img src='/etc/passwd'>", "\ud800"),
    *([], {}, [[]], [1], [1, 2], [1, 2, 3, 4], {"a": 1}),
)
SETTINGS: tuple[Value, ...] = (
    *ODD,
    *([64] * 6, [1] * 6, [0], [65], [8] * 7, ["8"], 100, 100_000, 0.9, 0.90001, 0.5, 999_999, 1e-5),
    *("max", "relu", "linear", "gradient descent"),
)
RAW = ("NaN", "Infinity", "-Infinity", "1e400", "01", "1.", ".5", "0x10", "'a'", "undefined", "//c\n1", "9" * 5000)
WHOLE = (
    *(
        b"",
        b" ",
        b"null",
        b"[]",
        b"{}",
        b"1",
        b'"a"',
        b"PK\x03\x04",
        b"\x00" * 100,
        b"\xef\xbb\xbf{}",
        b"a,b,c\n1,2,x\n",
    ),
    *(b'{"format":"softmax-playground"}', b'{"format":"softmax-playground","version":2}'),
    *(b'{"format":"softmax-playground","version":1.0}', b'{"format":"softmax-playground","version":true}'),
)


def places(value: Value, at: Path = ()) -> Iterator[Path]:
    """Where there is something in it; of lists the first five."""
    yield at
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*at, key))
    elif isinstance(value, list):
        for i in range(min(len(value), 5)):
            yield from places(value[i], (*at, i))


def _place(project: Value, r: random.Random) -> tuple[Value, str | int]:
    """A thing in it, and the key or index of something in that."""
    *way, last = r.choice([place for place in places(project) if place])
    for key in way:
        project = project[key]
    return project, last


def odd_values(project: Value, r: random.Random) -> bytes:
    for _ in range(r.choice((1, 1, 3))):
        thing, key = _place(project, r)
        thing[key] = copy.deepcopy(r.choice(ODD))
    return text(project)


def odd_settings(project: Value, r: random.Random) -> bytes:
    for _ in range(r.choice((1, 3))):
        project["settings"][r.choice(SPECS).name] = copy.deepcopy(r.choice(SETTINGS))
    return text(project)


def odd_classes(project: Value, r: random.Random) -> bytes:
    count, names = r.choice((0, 1, 2, 3, 10, 11, 1000)), [one for one in ODD if isinstance(one, str)]
    project["classes"] = [{"style": r.choice((i, i, i, 0, 11, -1)), "name": r.choice(names)} for i in range(count)]
    return text(project)


def extreme_points(project: Value, r: random.Random) -> bytes:
    sizes, ranks = (0, 1e30, -1e30, 1e-320, 1e-300, 1e15, 3.3), (0, 0.5, 1 - 1e-16, 0.9999999999999999)
    rows = range(r.choice((0, 1, 2, 3, 50)))
    project["points"] = [[r.choice(sizes), r.choice(sizes), r.randint(1, 3), r.choice(ranks)] for _ in rows]
    return text(project)


def scaled_points(project: Value, r: random.Random) -> bytes:
    size, shift = r.choice((1e30, 1e20, 1e10, 1e-10, 1e-30, 1e-300)), r.choice((0, 1, 1e16, 1e30))
    for point in project["points"]:
        point[0] = max(-1e30, min(1e30, point[0] * size + shift))
        point[1] *= min(size, 1)
    project["settings"]["standardise"] = r.random() < 0.5
    return text(project)


def many_points(project: Value, r: random.Random) -> bytes:
    project["points"] *= r.choice((10**4, 10**5)) // len(project["points"])
    return text(project)


def something_missing(project: Value, r: random.Random) -> bytes:
    thing, key = _place(project, r)
    del thing[key]
    return text(project)


def something_more(project: Value, r: random.Random) -> bytes:
    thing, _ = _place(project, r)
    if isinstance(thing, dict):
        thing["more"] = r.choice(ODD)
    else:
        thing.append(copy.deepcopy(r.choice(ODD)))
    return text(project)


def no_json(project: Value, r: random.Random) -> bytes:
    thing, key = _place(project, r)
    thing[key] = "@@"
    return text(project).replace(b'"@@"', r.choice(RAW).encode())


def odd_bytes(project: Value, r: random.Random) -> bytes:
    data = bytearray(text(project))
    for _ in range(r.choice((1, 4, 40))):
        data[r.randrange(len(data))] = r.randrange(256)
    return bytes(data)


def cut_off(project: Value, r: random.Random) -> bytes:
    data = text(project)
    return data[: r.randrange(len(data))]


def keys_twice(project: Value, _r: random.Random) -> bytes:
    return text(project)[:-1] + b', "version": 2, "format": "x", "points": []}'


def nested(project: Value, r: random.Random) -> bytes:
    opening, closing = r.choice(((b"[", b"]"), (b'{"a":', b"}")))
    depth = r.choice((100, 1000, 10**5, 10**6))
    deep = opening * depth + b"1" + closing * depth
    return deep if r.random() < 0.5 else text(project)[:-1] + b', "more": ' + deep + b"}"


def another_encoding(project: Value, r: random.Random) -> bytes:
    return text(project).decode().encode(r.choice(("utf-16", "utf-8-sig", "utf-32", "cp500")))


def something_else(_project: Value, r: random.Random) -> bytes:
    return r.choice(WHOLE)


def text(project: Value) -> bytes:
    """The file that it makes."""
    return json.dumps(project).encode("ascii")


BREAKS: tuple[Callable[[Value, random.Random], bytes], ...] = (
    *(odd_values,) * 6,
    *(odd_settings,) * 3,
    *(extreme_points, scaled_points) * 2,
    *(odd_classes, many_points, something_missing, something_more, no_json, odd_bytes, cut_off),
    *(keys_twice, nested, another_encoding, something_else),
)
