"""TeX's spacing for MathML: what latex2mathml leaves out and ziamath does not infer."""

from xml.etree import ElementTree as ET

SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
OPENING, CLOSING = frozenset("([{"), frozenset(")]}!")
SIGNS = frozenset("+−±")
LARGE = frozenset("∑∏∐∫∬∭∮⋀⋁⋂⋃⨀⨁⨂⨄⨆")
THIN, HAIR = "thinmathspace", "veryverythinmathspace"


def space(element: ET.Element, *, is_display: bool = True) -> None:
    """Set the spaces of a MathML element and of all in it, in place (Knuth, The TeXbook, chapter 18)."""
    kind = _kind(element)
    for child in element:
        space(child, is_display=is_display and kind != "mfrac")
    if kind == "mfrac":
        for part in element:
            part.set("displaystyle", "false")  # a sum in it has its limits beside it
    elif kind == "mover" and element.get("accent"):
        element[1].tag = "mtext"  # as an operator it would grow as wide as the letter
    elif kind in ("msup", "msubsup") and _kind(element[0]) == "mover":
        _lower_superscript(element)
    elif kind == "mo" and _operator(element) in LARGE:
        # TeX lets none grow with what stands beside it; and where one may grow, ziamath makes a pair of brackets
        # around it two thousand pixels tall
        element.set("stretchy", "false")
    elif kind in ("mrow", "math", "mstyle"):
        _space_row(element, is_display=is_display)


def _lower_superscript(element: ET.Element) -> None:
    """Set the superscript of an accented letter as high as that of the letter; the accent would push it up."""
    accented, *scripts = element
    scripted = ET.Element(_kind(element))
    scripted.extend([ET.Element("mspace"), *scripts])
    element.tag = "mrow"
    element[:] = [accented, scripted]


def _space_row(row: ET.Element, *, is_display: bool) -> None:
    parts: list[ET.Element | None] = list(row)
    spaced: list[ET.Element] = []
    for before, part, after in zip([None, *parts], list(row), [*parts[1:], None], strict=False):
        text = _operator(part)
        if text == ",":
            part.set("rspace", THIN)
        elif text in SIGNS and not _ends_a_value(before):
            part.set("form", "prefix")  # a sign, not a sum
        if _is_applied(part) and _ends_a_value(before):
            spaced.append(ET.Element("mspace", width=THIN))
        spaced.append(part)
        width = _space_between(part, after, is_display=is_display)
        if width:
            spaced.append(ET.Element("mspace", width=width))
    row[:] = spaced


def _space_between(part: ET.Element, after: ET.Element | None, *, is_display: bool) -> str:
    """The space that a part needs before what comes after it, or nothing."""
    if after is None or _operator(after) == ",":
        return ""
    if _is_function(part) and _operator(after) not in OPENING | CLOSING:
        return THIN
    if not is_display and _base(part) is not part and _operator(_base(part)) in LARGE:
        return THIN
    return HAIR if _ends_with_index(part) else ""


def _ends_with_index(part: ET.Element) -> bool:
    """Whether the last thing in it is a script that ends with a bracket, which would touch what follows."""
    if _kind(part) in ("msup", "msubsup") and len(part[-1]):
        return _operator(part[-1][-1]) in CLOSING
    return _kind(part) == "mrow" and len(part) > 0 and _ends_with_index(part[-1])


def _ends_a_value(part: ET.Element | None) -> bool:
    """Whether something to the left of an operator is what it takes, as a letter or a closing bracket is."""
    if part is None:
        return False
    text = _operator(part)
    return not text or text in CLOSING


def _is_applied(part: ET.Element) -> bool:
    """Whether it acts on what follows: a large operator or a function, with limits or without."""
    return _operator(_base(part)) in LARGE or _is_function(part)


def _is_function(part: ET.Element) -> bool:
    base = _base(part)
    text = (base.text or "").strip()
    return _kind(base) in ("mi", "mo") and len(text) > 1 and text.isalpha()


def _base(part: ET.Element) -> ET.Element:
    """What carries the scripts."""
    while _kind(part) in SCRIPTED:
        part = part[0]
    return part


def _operator(part: ET.Element) -> str:
    """The text of a lone operator, else nothing."""
    return (part.text or "").strip() if _kind(part) == "mo" else ""


def _kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
