"""A lesson file as nodes that know their line, and how values are read from them, each refusal in words."""

import difflib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from playground.session.errors import UserError
from playground.session.specs import Spec

if TYPE_CHECKING:
    import yaml

SUFFIXES = (".yaml", ".yml")
LARGEST_FILE = 2**18
DEEPEST = 12  # levels of lists and keys; the deepest that means anything, a scene's desk, has six
BLOCK = "Put text under a key with “|” after it, indented by two spaces: there every sign may stand"


@dataclass(frozen=True, slots=True)
class Node:
    """What is written at a place, as "shapes.yaml, line 3": text, a list of nodes, or nodes by their keys.

    The place of a key's value is that of the key.
    """

    place: str
    value: "str | list[Node] | dict[str, Node]"


def refuse(node: Node, sentence: str) -> NoReturn:
    """Raise the UserError that names the node's file and line."""
    raise UserError(f"{node.place}: {sentence}")


@contextmanager
def at(node: Node) -> Iterator[None]:
    """Name the node's file and line in a UserError that is raised in the body."""
    try:
        yield
    except UserError as error:
        refuse(node, str(error))


# The file


def read_nodes(path: Path) -> Node:
    """What a YAML file holds; UserError, with its name and line, for what is none."""
    text = _text(path)
    if not text.strip():
        raise UserError(f"{path.name} is empty: a lesson needs a title, a summary and steps")
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())] and line.strip():
            raise UserError(f"{path.name}, line {number}: a tab stands before the text; put spaces in its place")
    root = _composed(path, text)
    if root is None:
        raise UserError(f"{path.name} holds comments alone: a lesson needs a title, a summary and steps")
    return Node(f"{path.name}, line 1", _Converter(path.name).value_of(root))


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder: choose a lesson file inside it")
        if not path.is_file():
            raise UserError(f"there is no file {path}")
        content = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}") from None
    if content is None:
        raise UserError(f"{path.name} is larger than {LARGEST_FILE // 1024} kB: it is not a lesson")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path.name}, line {line}: a sign there is not UTF-8; save the file as UTF-8 in your editor"
        ) from None


def _composed(path: Path, text: str) -> "yaml.Node | None":
    """The file's YAML node, None for an empty document."""
    import yaml  # a lesson is opened long after the window is

    try:
        return yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise UserError(f"{path.name}{line}: this cannot be read as YAML ({_problem(error)}). {BLOCK}") from None
    except yaml.reader.ReaderError as error:
        number = text.count("\n", 0, error.position) + 1
        raise UserError(
            f"{path.name}, line {number}: there is a sign that cannot be printed (U+{ord(text[error.position]):04X}); "
            "delete it"
        ) from None
    except RecursionError:
        raise UserError(f"{path.name} is nested too deeply to be a lesson") from None
    except (ValueError, OverflowError) as error:  # an escape for a sign that there is not, as "\Uffffffff"
        raise UserError(f"{path.name} cannot be read as YAML ({error}). {BLOCK}") from None


def _problem(error: "yaml.MarkedYAMLError") -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


class _Converter:
    """Makes nodes of YAML's, each once, however often a file refers to it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._made: dict[int, Any] = {}
        self._open: set[int] = set()

    def value_of(self, node: "yaml.Node") -> Any:
        """The text, list or mapping that a node stands for."""
        if id(node) in self._open:
            raise UserError(f"{self._place(node)}: this refers to itself; write out what is meant")
        if len(self._open) == DEEPEST:
            raise UserError(f"{self._place(node)}: this is nested too deeply to be part of a lesson; write it flatter")
        if id(node) not in self._made:
            self._open.add(id(node))
            self._made[id(node)] = self._convert(node)
            self._open.discard(id(node))
        return self._made[id(node)]

    def _convert(self, node: "yaml.Node") -> Any:
        import yaml

        if isinstance(node, yaml.SequenceNode):
            return [Node(self._place(item), self.value_of(item)) for item in node.value]
        if not isinstance(node, yaml.MappingNode):
            return str(node.value)
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self.value_of(key)
            if not isinstance(name, str):
                raise UserError(f"{self._place(key)}: a key must be a word before a colon")
            if name in found:
                raise UserError(f"{self._place(key)}: “{name}” is written twice here; keep one of them")
            found[name] = Node(self._place(key), self.value_of(value))
        return found

    def _place(self, node: "yaml.Node") -> str:
        return f"{self._file}, line {node.start_mark.line + 1}"


# What is in it


def fields(node: Node, known: Collection[str], required: Collection[str] = ()) -> dict[str, Node]:
    """The nodes by their keys; refused where one is not known or a required one is missing."""
    if not isinstance(node.value, dict):
        refuse(node, f"here must stand keys with their values, such as “{next(iter(known))}: …”, one on each line")
    for name, value in node.value.items():
        if name not in known:
            refuse(value, f"there is no key “{name}” here{nearest_to(name, known)}; the keys are {', '.join(known)}")
    missing = [name for name in required if name not in node.value]
    if missing:
        refuse(node, f"“{missing[0]}:” is missing; add it")
    return node.value


def nearest_to(name: str, known: Collection[str]) -> str:
    """The known name that was probably meant, as a question; empty where there is none like it."""
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return f", did you mean “{near[0]}”?" if near else ""


def text(node: Node, what: str) -> str:
    """Some text, without blank ends; ``what`` it is, for the refusal."""
    if not isinstance(node.value, str):
        refuse(node, f"{what} must be text. {BLOCK}")
    found = node.value.strip()
    if not found:
        refuse(node, f"{what} is empty; write it, or delete its key")
    odd = next((sign for sign in found if not (sign.isprintable() or sign.isspace())), None)
    if odd is not None:
        refuse(node, f"{what} has a sign in it that cannot be printed (U+{ord(odd):04X}); delete it")
    return found


def line(node: Node, what: str) -> str:
    """Some text as one line."""
    return " ".join(text(node, what).split())


def items(node: Node, what: str, least: int, most: int) -> list[Node]:
    """The nodes of a list with so many entries; ``what`` it is, for the refusal."""
    if not isinstance(node.value, list):
        refuse(node, f"{what} must be a list: [ … , … ], or a line that starts with “- ” for each")
    if not least <= len(node.value) <= most:
        allowed = f"{least} to {most}" if least < most else f"{most}"
        refuse(node, f"{what} must have {allowed} entries, not {len(node.value)}")
    return node.value


def value_of(node: Node, spec: Spec) -> Any:
    """The value that a text stands for by a spec, as a widget or an option takes it; a list is joined by commas."""
    parts = node.value if isinstance(node.value, list) else [node]
    words = [part.value for part in parts if isinstance(part.value, str)]
    if len(words) < len(parts):
        refuse(node, f"{spec.label} must be a single value or a list of some")
    with at(node):
        return spec.parse(", ".join(words))


def values_of(node: Node, spec: Spec, least: int, most: int) -> tuple[Any, ...]:
    """The values of a list, each by the same spec; where one is enough it may stand without brackets."""
    entries = [node] if least == 1 and isinstance(node.value, str) else items(node, spec.label, least, most)
    return tuple(value_of(entry, spec) for entry in entries)


def settings_of(node: Node, specs: Collection[Spec]) -> dict[str, Any]:
    """Values by the names of their specs."""
    by_name = {spec.name: spec for spec in specs}
    return {name: value_of(value, by_name[name]) for name, value in fields(node, by_name).items()}
