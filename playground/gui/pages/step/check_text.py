"""What the gradient check says: a verdict in a cell, what was found in sentences, and what it was made of."""

from playground.session.inquiries import CheckReport, Verdict
from playground.session.messages import Snapshot

CELLS = {
    Verdict.RIGHT: "✓ right",
    Verdict.WRONG: "✗ wrong",
    Verdict.AT_A_CORNER: "∧ corner",
    Verdict.TOO_SMALL: "? too small",
}
ALL_RIGHT = "✓ Backpropagation is right: a mistake of a ten-thousandth of any W or b would have been seen."
_SENTENCES = {
    Verdict.WRONG: "✗ Wrong in {names}.",
    Verdict.AT_A_CORNER: "∧ At a corner in {names}: a hidden unit has z = 0, where ReLU bends and J has two slopes. "
    "Backpropagation takes that of z < 0. Make a step and check again.",
    Verdict.TOO_SMALL: "? Too small to tell in {names}: the change of J is lost among its rounding errors, and a "
    "mistake there would be too. Check at another step.",
}


def verdict(report: CheckReport) -> str:
    """What a check that is done has found, in sentences."""
    found = [
        sentence.format(names=", ".join(report.names(kind)))
        for kind, sentence in _SENTENCES.items()
        if report.names(kind)
    ]
    return "\n".join(found) or ALL_RIGHT


def about_moment(report: CheckReport, snapshot: Snapshot) -> str:
    """When the check was made and of what, where that is not plain."""
    examples = "1 example" if report.m == 1 else f"{report.m} examples"
    text = f"Checked at step {report.step} on {examples}"
    text += f", with the mistake “{report.mistake}” planted." if report.mistake else "."
    if report.mistake != snapshot.mistake:
        planted = f"“{snapshot.mistake}” is planted" if snapshot.mistake else "no mistake is planted"
        return f"{text} Now {planted}: check again."
    return f"{text} The run has gone on since." if is_past(snapshot) else text


def is_past(snapshot: Snapshot) -> bool:
    """Whether steps have been made since the latest check."""
    return snapshot.check is not None and snapshot.check.step != snapshot.step
