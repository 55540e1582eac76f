"""LaTeX with marked terms, typeset: a picture that is sharp at any size, and the box of each term in it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from PyQt6.QtCore import QByteArray, QRectF
from PyQt6.QtSvg import QSvgRenderer

from playground.gui.parts.math_spacing import space
from playground.session.light import Light

MARK = r"\term{"
MARGIN = 3.0  # pixels round a formula, for the light behind its outermost terms


@dataclass(frozen=True, slots=True)
class Term:
    """A marked part of a formula: what rests under the mouse there, and its box in the formula's pixels."""

    light: Light
    box: QRectF


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula ready to be drawn: its size in pixels, and its terms, outer ones before what is in them."""

    picture: QSvgRenderer
    width: float
    height: float
    terms: tuple[Term, ...]


@lru_cache(maxsize=256)
def typeset(latex: str, size: float, colour: str) -> Typeset:
    r"""Typeset LaTeX, in which ``\term{name}{...}`` or ``\term{name:label}{...}`` marks a term; terms may nest.

    ``size`` is the font's in pixels, ``colour`` #rrggbb. Takes some 20 ms. Raises ValueError for a mark that is not
    closed or holds nothing.

    ziamath draws a rectangle behind what has a background colour. So each term is given a colour that stands for it,
    and its rectangle, which is its box, is taken out of the picture again.
    """
    from ziamath.config import config  # takes a third of a second, and the window opens without a formula
    from ziamath.tex import tex2mml
    from ziamath.zmath import Math

    config.svg2 = False  # QtSvg reads SVG 1
    marks: list[str] = []
    coloured = _translated(latex, marks, lambda index, body: rf"{{\color{{{_colour(index)}}}{{{body}}}}}")
    mathml = ET.fromstring(tex2mml(coloured.replace(":=", r"\coloneqq ")))
    for element in mathml.iter():
        if "mathcolor" in element.attrib:
            element.set("mathbackground", element.attrib.pop("mathcolor"))
    mathml = _without_idle_rows(mathml)
    space(mathml)
    _merge_layers(mathml)
    mathml.set("mathcolor", colour)
    svg = Math(mathml, size=size, margin=MARGIN).svgxml()
    boxes = _taken_boxes(svg)
    left, top, width, height = (float(number) for number in svg.attrib["viewBox"].split())
    terms = (Term(_light_of(mark), boxes[_colour(index)].translated(-left, -top)) for index, mark in enumerate(marks))
    return Typeset(QSvgRenderer(QByteArray(ET.tostring(svg))), width, height, tuple(terms))


def plain_latex(latex: str) -> str:
    """The LaTeX without its marks, as it can be pasted elsewhere."""
    return _translated(latex, [], lambda _index, body: body)


def _translated(latex: str, marks: list[str], write: Callable[[int, str], str]) -> str:
    """The LaTeX with each mark written anew from its index and body; ``marks`` is given the names, outer first."""
    before, mark, rest = latex.partition(MARK)
    if not mark:
        return latex
    name, rest = _braced(rest, latex)
    if not rest.startswith("{"):
        raise ValueError(f"The term {name!r} of {latex!r} has no braces after its name")
    body, rest = _braced(rest[1:], latex)
    if not body.strip():
        raise ValueError(f"There is nothing in the term {name!r} of {latex!r}")
    index = len(marks)
    marks.append(name)
    return before + write(index, _translated(body, marks, write)) + _translated(rest, marks, write)


def _braced(text: str, whole: str) -> tuple[str, str]:
    """What lies before the brace that closes, and what comes after it."""
    depth = 1
    for i, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return text[:i], text[i + 1 :]
    raise ValueError(f"A brace of {whole!r} is not closed")


def _light_of(mark: str) -> Light:
    name, _, label = mark.partition(":")
    return Light(name, int(label) if label else None)


def _colour(index: int) -> str:
    """The colour that stands for a term; no formula is drawn in one of these."""
    return f"#0102{index:02x}"


def _without_idle_rows(element: ET.Element) -> ET.Element:
    """The MathML without rows of one part, whose attributes go to that part.

    ziamath sets the parts of a row twice, so that its time doubles with every row in a row: ten times as long for
    softmax with four marks. A lone operator keeps its row, which says on which sides it has space.
    """
    element[:] = [_without_idle_rows(child) for child in element]
    is_row = element.tag.rpartition("}")[2] in ("mrow", "mstyle")
    if not is_row or len(element) != 1 or element[0].tag.endswith("}mo"):
        return element
    child = element[0]
    if element.attrib.keys() & child.attrib.keys():
        return element
    child.attrib.update(element.attrib)
    return child


def _merge_layers(element: ET.Element) -> None:
    """Set a layer's number and its brackets, the [1] of a superscript, as one text, in place.

    ziamath takes as long for a bracket as for a letter, and sets both twice for every row that they are in: formulas
    with layers take half the time.
    """
    for child in element:
        _merge_layers(child)
    parts = list(element)
    for opening, number, closing in zip(parts, parts[1:], parts[2:], strict=False):
        if number.tag.endswith("}mn") and (opening.text, closing.text) == ("[", "]"):
            number.text = f"[{number.text}]"
            element.remove(opening)
            element.remove(closing)


def _taken_boxes(svg: ET.Element) -> dict[str, QRectF]:
    """Take the terms' rectangles out of the picture: the boxes of those drawn first, by colour.

    The parts of a term inherit its background, and are drawn after it and inside it.
    """
    boxes: dict[str, QRectF] = {}
    for rectangle in svg.findall("rect"):
        fill = rectangle.attrib["fill"]
        if fill.startswith(_colour(0)[:5]):
            x, y, width, height = (float(rectangle.attrib[name]) for name in ("x", "y", "width", "height"))
            boxes.setdefault(fill, QRectF(x, y, width, height))
            svg.remove(rectangle)
    return boxes
