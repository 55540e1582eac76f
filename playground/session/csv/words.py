"""Parts of sentences about a file: lists, lines and cells cut to a readable length."""

from collections.abc import Sequence

LONGEST = 40  # signs of a cell, a name or a line


def short(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut with an ellipsis where it is long."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest and len(text) <= 4 * longest else f"{line[: longest - 1]}…"


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names one after the other; of many the first ones and how many more there are."""
    if len(names) <= most + 1:
        return ", ".join(map(short, names))
    return f"{', '.join(map(short, names[:most]))} and {grouped(len(names) - most)} more"


def grouped(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}".replace(",", "\u00a0" if count >= 10_000 else "")


def plural(count: int, what: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{grouped(count)} {what}{'' if count == 1 else 's'}"
