"""Everything a key, a menu or a button can do: one table."""

from collections.abc import Iterable
from typing import NamedTuple

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup, QIcon, QKeySequence

from playground.gui.palette import Theme
from playground.gui.parts.labels import set_tip
from playground.session.dataset import MAX_CLASSES
from playground.session.looking import OVERLAYS, PAGES, SPOT_VIEWS


class ActionSpec(NamedTuple):
    """An action: its name in the code, what the menu says, its keys, its icon, and cause and effect in a sentence.

    Keys are separated by "; ", the one that menus and tips name first; the platform's own come to them, where it has
    any for this. Most act once a press; those in `REPEATED` again and again while they are held.
    """

    name: str
    text: str
    keys: str
    icon: str
    tip: str
    menu: str


def page_action(page: str) -> str:
    """The name of the action that brings a page up."""
    return f"page_{page}"


def view_action(view: str) -> str:
    """The name of the action that brings a view of the spot up."""
    return f"spot_{view}"


ACTIONS = (
    ActionSpec("new", "New", "Ctrl+N", "", "Begin an empty drawing; undo brings this one back", "File"),
    ActionSpec("open", "Open…", "Ctrl+O", "folder-open-outline", "Open a CSV file or a project", "File"),
    ActionSpec("save", "Save", "Ctrl+S", "content-save-outline", "Save points and settings as a project", "File"),
    ActionSpec("save_as", "Save as…", "Ctrl+Shift+S", "", "Save points and settings under another name", "File"),
    ActionSpec("close", "Close", "Ctrl+W", "", "Close this window", "File"),
    ActionSpec("quit", "Quit", "Ctrl+Q", "", "Close every window of the program", "File"),
    ActionSpec("undo", "Undo", "Ctrl+Z", "undo", "Take the last edit back; a whole stroke is one edit", "Edit"),
    ActionSpec("redo", "Redo", "Ctrl+Y; Ctrl+Shift+Z", "redo", "Make the edit again", "Edit"),
    ActionSpec(
        "clear", "Erase all points", "Ctrl+Backspace", "", "Empty the plane; undo brings the points back", "Edit"
    ),
    ActionSpec("add_class", "Add a class", "", "", "Grow the network by an output; it keeps what it knows", "Edit"),
    ActionSpec("copy_text", "Copy the calculation", "Ctrl+C", "", "Copy what is shown of the spot as text", "Edit"),
    ActionSpec("copy_latex", "Copy it as LaTeX", "Ctrl+Shift+C", "", "Copy what is shown of the spot as LaTeX", "Edit"),
    ActionSpec(
        "release",
        "Let go",
        "Esc",
        "",
        "Take back the stroke that is being made; else let the probe go; else frame no points any more",
        "Edit",
    ),
    ActionSpec("remove_class", "Remove the chosen class", "", "", "Remove the class and its points", "Edit"),
    ActionSpec("train", "Train", "Space", "play", "Train: step after step, at the chosen speed", "Train"),
    ActionSpec("step", "Step", ".", "skip-next", "One update of the weights, on one batch", "Train"),
    ActionSpec("epoch", "Epoch", ">", "fast-forward", "Train to the end of this pass over the training set", "Train"),
    ActionSpec("reset", "Reset", "Ctrl+R", "restart", "Go back to the same start: the same seed, step 0", "Train"),
    ActionSpec(
        "new_start", "New start", "Ctrl+Shift+R", "dice-multiple-outline", "Start from other random weights", "Train"
    ),
    ActionSpec(
        "next_part", "Next part of the window", "F6", "", "Give the keys to the plane, the page, the controls", "View"
    ),
    ActionSpec("fit", "Fit the view", "F", "", "Bring all points into view", "View"),
    ActionSpec("zoom_in", "Zoom in", "+", "", "Show less of the plane, larger", "View"),
    ActionSpec("zoom_out", "Zoom out", "-", "", "Show more of the plane", "View"),
    ActionSpec("log", "Logarithmic J", "J", "", "Scale the chart of J by its logarithm", "View"),
    *(ActionSpec(name, text, "", "", tip, "View") for name, (text, tip) in OVERLAYS.items()),
    ActionSpec("theme", "Light or dark", "Ctrl+T", "theme-light-dark", "Change between light and dark", "View"),
    ActionSpec("system_theme", "Follow the system's colours", "", "", "Light or dark as the system is", "View"),
    *(
        ActionSpec(page_action(page), text, f"Alt+{place}", "", tip, "Page")
        for place, (page, (text, tip)) in enumerate(PAGES.items(), start=1)
    ),
    *(
        ActionSpec(view_action(view), f"Spot: {title}", key, "", tip, "Page")
        for view, (title, tip, key) in SPOT_VIEWS.items()
    ),
    ActionSpec("next_step", "Next step", "Alt+Right", "", "To the next step of the lesson", "Lessons"),
    ActionSpec("previous_step", "Step back", "Alt+Left", "", "To the step before, as the window is now", "Lessons"),
    ActionSpec("leave_lesson", "Leave the lesson", "Ctrl+L", "", "Your own work comes back as it was", "Lessons"),
    ActionSpec("lesson_folder", "My own lessons…", "", "", "The folder that lessons of your own go into", "Lessons"),
    ActionSpec("keys", "Keys", "F1", "", "All keys and what the mouse does", "Help"),
    ActionSpec("words", "Words and conventions", "", "", "Our words beside the field's, and what is computed", "Help"),
    ActionSpec(
        "copy_error", "Copy the last error", "", "", "Copy what went wrong in the program, for a report of it", "Help"
    ),
    ActionSpec("about", "About", "", "", "What this is, its version and licence", "Help"),
)
TOOLS = (
    ActionSpec("point", "Point", "P", "", "Click to place a point of the chosen class", "Tool"),
    ActionSpec("spray", "Spray", "S", "", "Hold to pour points of the chosen class", "Tool"),
    ActionSpec("move", "Move", "M", "", "Drag a point to another place", "Tool"),
    ActionSpec("probe", "Probe", "I", "", "Click to pin the calculation to a spot, or to a point near it", "Tool"),
    ActionSpec("erase", "Erase", "E", "", "Drag over points to erase them", "Tool"),
)
CLASSES = tuple(
    ActionSpec(f"class_{n}", f"Class {n}", str(n % 10), "", f"Draw with class {n}, if there is one", "Class")
    for n in range(1, MAX_CLASSES + 1)
)
ALL = ACTIONS + TOOLS + CLASSES
EXCLUSIVE = (  # of each only one is on
    [tool.name for tool in TOOLS],
    [page_action(page) for page in PAGES],
    [view_action(view) for view in SPOT_VIEWS],
)
CHECKABLE = {"log", *OVERLAYS, *(name for names in EXCLUSIVE for name in names)}
REPEATED = {"undo", "redo", "step", "epoch", "zoom_in", "zoom_out", "next_part"}
PLATFORM_KEYS = {
    "new": QKeySequence.StandardKey.New,
    "open": QKeySequence.StandardKey.Open,
    "save": QKeySequence.StandardKey.Save,
    "save_as": QKeySequence.StandardKey.SaveAs,
    "close": QKeySequence.StandardKey.Close,
    "quit": QKeySequence.StandardKey.Quit,
    "undo": QKeySequence.StandardKey.Undo,
    "redo": QKeySequence.StandardKey.Redo,
    "copy_text": QKeySequence.StandardKey.Copy,
    "keys": QKeySequence.StandardKey.HelpContents,
}
BY_HAND = (  # what mouse and keys do on the plane itself
    ("Left button", "the chosen tool"),
    ("Wheel", "zoom"),
    ("Middle or Ctrl + left, drag", "move the view"),
    ("Right button", "menu"),
    ("Arrows, with the plane in focus", "move a crosshair; Shift: pixel by pixel"),
    ("Enter, with the plane in focus", "use the tool at the crosshair"),
    ("Enter, arrows, Enter", "a whole stroke of Spray, Move or Erase"),
)


def keys_of(spec: ActionSpec) -> list[QKeySequence]:
    """The keys that the table names, the first one first, and the platform's that it does not."""
    named = QKeySequence.listFromString(spec.keys) if spec.keys else []
    platform = QKeySequence.keyBindings(PLATFORM_KEYS[spec.name]) if spec.name in PLATFORM_KEYS else []
    return named + [key for key in platform if key not in named]


def key_table() -> list[tuple[str, str]]:
    """Every key and what it does, for people; the classes' are one row."""
    rows = [*BY_HAND, ("1 … 9, 0", "choose the class")]
    for spec in ACTIONS + TOOLS:
        if spec.keys:
            keys = " or ".join(_native(key) for key in QKeySequence.listFromString(spec.keys))
            rows.append((keys, spec.text.replace("…", "")))
    return rows


def make_actions(owner: QObject, specs: Iterable[ActionSpec] = ALL) -> dict[str, QAction]:
    """A QAction for each row, by name."""
    actions = {}
    for spec in specs:
        action = QAction(spec.text, owner)
        keys = keys_of(spec)
        action.setShortcuts(keys)
        action.setAutoRepeat(spec.name in REPEATED)
        set_tip(action, spec.tip + (f" ({_native(keys[0])})" if keys else ""))
        action.setCheckable(spec.name in CHECKABLE)
        actions[spec.name] = action
    for names in EXCLUSIVE:
        group = QActionGroup(owner)
        for name in names:
            group.addAction(actions[name])
    return actions


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)


def show_icons(actions: dict[str, QAction], theme: Theme, *, running: bool) -> None:
    """Icons in the theme's colours; the Train action's says what it will do next."""
    from playground.gui.icons import icon  # a third of a start's time, so not before the window is there

    icons = {spec.name: icon(spec.icon, theme.text, theme) for spec in ACTIONS if spec.icon}
    icons["train"] = icon("pause" if running else "play", theme.accent_text, theme)
    for name, picture in icons.items():
        if actions[name].icon().cacheKey() != picture.cacheKey():  # all that shows an action is laid out anew
            actions[name].setIcon(picture)


def lessons_icon(theme: Theme) -> QIcon:
    """The icon of the Lessons button, in the theme's colours."""
    from playground.gui.icons import icon

    return icon("school-outline", theme.text, theme)
