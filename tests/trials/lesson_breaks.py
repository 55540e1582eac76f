"""Ways to break a lesson's file: each takes the text of a good one and returns the bytes of another."""

import random
import re
from collections.abc import Callable
from itertools import pairwise

Break = Callable[[random.Random, str], bytes]

PLANTED = "planted-by-a-lesson"  # a file that appears in the present folder where a lesson could run a command
ENTRY = re.compile(r"\s*(- )?\w+: (?=\S)")
VALUES = (
    *(f"!!python/object/apply:os.system ['touch {PLANTED}']", "!!python/name:os.system", "!!python/module:os"),
    *("!!python/object/new:os.system [id]", "!!binary aGVsbG8=", "!!timestamp 2001-12-14", "!!set {a, b}", "!foo bar"),
    *("!!float x", "!!int 0o77", "!!null x", "&a [*a]", "*nowhere", "~", "null", "yes", "2001-12-14", "0x10", "1e400"),
    *(".nan", ".inf", "-.inf", "1_000", "'", '"', '"\\Uffffffff"', '"\\ud800"', "|", ">", "{", "[", "? x", "- - - -"),
    *("@x", "`x`", "%YAML 9.9", "--- \n--- ", "<<: *x", "[1, 2", "{a: b}", "[[[]]]", "../../../etc/passwd", "none"),
    *("<img src='/etc/passwd'>", "10000000000000000000000", "-1", "0", "''"),
)
FORMULAS = (
    *(r"\frac", r"\term", r"\term{z}", r"\term{z}{", r"\term{q}{x}", r"\term{z}{}", r"\term{z}{z_j}", "{", "}", "\\"),
    *("^", "_", "a^b^c", "x_1_2", r"\left(", r"\right)", r"\left( \sum_k e^{z_k} \right)", r"\left[ \prod_j y \right]"),
    *(r"\begin{matrix}", r"\begin{matrix}1 & 2\\3 & 4\end{matrix}", r"\begin{matrix}" + r"1\\" * 60 + r"\end{matrix}"),
    *(r"\begin{x}\end{y}", r"\input{/etc/passwd}", rf"\write18{{touch {PLANTED}}}", r"\def\x{\x}\x", r"\newcommand"),
    *("&", "#", "$", "%", "<b>x</b>", "&#x41;", r"\unicode{x}", r"\sqrt[", r"\text{é猫}", r"\mathbb{Q}"),
    *(r"\color{red}{x}", r"\href{http://x}{y}", r"\frac{1}{" * 25 + "1" + "}" * 25, "{" * 28 + "x" + "}" * 28),
    *(r"\frac{1}{" * 50 + "1" + "}" * 50, "{" * 500 + "x" + "}" * 500, "x^" * 300 + "x", r"\hat" * 100 + "{x}"),
    *("x" * 600, "x" * 5000, r"\sum" * 100, r"\sum" * 500, r"\sqrt{" * 25 + "x" + "}" * 25, "x + " * 140 + "x"),
    *(
        r"\left( " * 4 + r"\sum_k x" + r"\right)" * 4,
        r"\left( x \right)" * 40,
        r"\term{z}{" * 20000 + "x" + "}" * 20000,
    ),
)
NESTING = (10, 50, 100, 150, 200, 250, 300, 320, 340, 400, 1000, 100_000)


def values(r: random.Random, text: str) -> bytes:
    """Other values after some keys."""
    lines = text.split("\n")
    for _ in range(r.choice((1, 1, 3))):
        place = r.choice([i for i, line in enumerate(lines) if ENTRY.match(line)])
        found = ENTRY.match(lines[place])
        assert found is not None
        lines[place] = found[0] + r.choice(VALUES)
    return "\n".join(lines).encode("utf-8", "replace")


def formulas(r: random.Random, text: str) -> bytes:
    """One step with a formula, or two of them in a row."""
    latex = r.choice(FORMULAS) + r.choice(("", "", r.choice(FORMULAS)))
    step = f"steps:\n  - text: |\n      Hello *there*\n    formula: |\n      {latex}\n"
    return (text.partition("\nsteps:")[0] + "\n" + step).encode()


def flipped(r: random.Random, text: str) -> bytes:
    """Some bytes changed."""
    data = bytearray(text.encode())
    for _ in range(r.choice((1, 4, 40))):
        data[r.randrange(len(data))] = r.randrange(256)
    return bytes(data)


def cut(r: random.Random, text: str) -> bytes:
    """The end lost, or one line."""
    if r.random() < 0.5:
        return text.encode()[: r.randrange(len(text))]
    lines = text.split("\n")
    del lines[r.randrange(len(lines))]
    return "\n".join(lines).encode()


def moved(r: random.Random, text: str) -> bytes:
    """A line indented otherwise, or by a tab, doubled, or exchanged with another."""
    lines = text.split("\n")
    i, j = r.randrange(len(lines)), r.randrange(len(lines))
    way = r.randrange(4)
    if way == 0:
        lines[i] = " " * r.randint(0, 8) + lines[i].lstrip()
    elif way == 1:
        lines[i] = "\t" + lines[i]
    elif way == 2:
        lines.insert(i, lines[i])
    else:
        lines[i], lines[j] = lines[j], lines[i]
    return "\n".join(lines).encode()


def nested(r: random.Random, text: str) -> bytes:
    """Lists or mappings in one another."""
    opening, closing = r.choice((("[", "]"), ("{", "}"), ("{a: ", "}"), ("- ", "")))
    depth = r.choice(NESTING)
    lead = "z:\n  " if opening == "- " else "z: "
    return f"{text}\n{lead}{opening * depth}{closing * depth}\n".encode()


def bombs(r: random.Random, text: str) -> bytes:
    """Aliases of aliases, merged keys, or very many or long entries."""
    names = [f"b{i}" for i in range(r.choice((20, 2000)))]
    aliases = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise(names))
    made = r.choice(
        (
            f"b0: &b0 [x, x]\n{aliases}{text}",
            f"x: &x {{title: a, summary: b}}\n<<: *x\n{text}",
            "".join(f"k{i}: 1\n" for i in range(5000)) + text,
            f"{text}\nmore: {r.choice(('a', 'a ', '*a* ', 'a: ', chr(0x2028))) * r.choice((1000, 100_000))}\n",
            f"title: {'a' * 250_000}\nsummary: b\nsteps: [{{text: x}}]\n",
            f"title: a\nsummary: b\nsteps:\n  - text: '{r.choice(('*a', ' *')) * 100_000}'\n",
            "title: a\nsummary: b\nsteps:\n" + "  - text: x\n" * r.choice((40, 60, 5000)),
            f"title: a\nsummary: b\nscene: {{points: [{'[1,2,3],' * 6000}]}}\nsteps: [{{text: x}}]\n",
        )
    )
    return made.encode()


def encodings(r: random.Random, text: str) -> bytes:
    """Another encoding, or next to nothing."""
    tiny = (b"", b"\n", b"#", b"---", b"[]", b"{}", b"a", b"title: a", b"\0", b"%", b"title: a\nsummary: b\nsteps: []")
    if r.random() < 0.5:
        return r.choice(tiny)
    return text.encode(r.choice(("utf-16", "latin-1", "utf-8-sig", "utf-32")), "replace")


BREAKS: tuple[Break, ...] = (
    *(values, values, values, formulas, formulas, formulas),
    *(flipped, cut, moved, moved, nested, bombs, encodings),
)
