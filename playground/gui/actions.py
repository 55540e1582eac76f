"""Everything a key, a menu or a button can do: one table."""

from collections.abc import Iterable
from typing import NamedTuple

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup, QIcon, QKeySequence

from playground.gui.palette import Theme
from playground.session.looking import OVERLAYS, PAGES


class ActionSpec(NamedTuple):
    """An action: its name in the code, what the menu says, its key, its icon, and cause and effect in a sentence."""

    name: str
    text: str
    key: str
    icon: str
    tip: str
    menu: str


def page_action(page: str) -> str:
    """The name of the action that brings a page up."""
    return f"page_{page}"


ACTIONS = (
    ActionSpec("open", "Open…", "Ctrl+O", "folder-open-outline", "Open a CSV file or a project", "File"),
    ActionSpec("save", "Save", "Ctrl+S", "content-save-outline", "Save points and settings as a project", "File"),
    ActionSpec("save_as", "Save as…", "Ctrl+Shift+S", "", "Save points and settings under another name", "File"),
    ActionSpec("quit", "Quit", "Ctrl+Q", "", "Close the window", "File"),
    ActionSpec("undo", "Undo", "Ctrl+Z", "undo", "Take the last edit back; a whole stroke is one edit", "Edit"),
    ActionSpec("redo", "Redo", "Ctrl+Shift+Z", "redo", "Make the edit again", "Edit"),
    ActionSpec(
        "clear", "Erase all points", "Ctrl+Backspace", "", "Empty the plane; undo brings the points back", "Edit"
    ),
    ActionSpec(
        "add_class", "Add a class", "Ctrl+=", "", "Grow the network by an output; it keeps what it knows", "Edit"
    ),
    ActionSpec("copy_text", "Copy the calculation", "Ctrl+C", "", "Copy the worked example as text", "Edit"),
    ActionSpec("copy_latex", "Copy it as LaTeX", "Ctrl+Shift+C", "", "Copy the worked example as LaTeX", "Edit"),
    ActionSpec(
        "release",
        "Release the probe",
        "Esc",
        "",
        "Let the probe follow the mouse again; else frame no points any more",
        "Edit",
    ),
    ActionSpec("remove_class", "Remove the chosen class", "Ctrl+-", "", "Remove the class and its points", "Edit"),
    ActionSpec("train", "Train", "Space", "play", "Train: step after step, at the chosen speed", "Train"),
    ActionSpec("step", "Step", ".", "skip-next", "One update of the weights, on one batch", "Train"),
    ActionSpec("epoch", "Epoch", ">", "fast-forward", "Train to the end of this pass over the training set", "Train"),
    ActionSpec("reset", "Reset", "Ctrl+R", "restart", "Go back to the same start: the same seed, step 0", "Train"),
    ActionSpec("new_start", "New start", "Ctrl+N", "dice-multiple-outline", "Start from other random weights", "Train"),
    ActionSpec(
        "next_part", "Next part of the window", "F6", "", "Give the keys to the plane, the page, the controls", "View"
    ),
    ActionSpec("fit", "Fit the view", "F", "", "Bring all points into view", "View"),
    ActionSpec("zoom_in", "Zoom in", "+", "", "Show less of the plane, larger", "View"),
    ActionSpec("zoom_out", "Zoom out", "-", "", "Show more of the plane", "View"),
    ActionSpec("log", "Logarithmic J", "L", "", "Scale the chart of J by its logarithm", "View"),
    *(ActionSpec(name, text, "", "", tip, "View") for name, (text, tip) in OVERLAYS.items()),
    ActionSpec("theme", "Light or dark", "Ctrl+T", "theme-light-dark", "Change between light and dark", "View"),
    ActionSpec("system_theme", "Follow the system's colours", "", "", "Light or dark as the system is", "View"),
    *(
        ActionSpec(page_action(page), text, f"Alt+{place}", "", tip, "Page")
        for place, (page, (text, tip)) in enumerate(PAGES.items(), start=1)
    ),
    ActionSpec("next_step", "Next step", "Alt+Right", "", "To the next step of the lesson", "Lessons"),
    ActionSpec("previous_step", "Step back", "Alt+Left", "", "To the step before, as the window is now", "Lessons"),
    ActionSpec("leave_lesson", "Leave the lesson", "Ctrl+L", "", "Your own work comes back as it was", "Lessons"),
    ActionSpec("lesson_folder", "My own lessons…", "", "", "The folder that lessons of your own go into", "Lessons"),
    ActionSpec("keys", "Keys", "F1", "", "All keys and what the mouse does", "Help"),
    ActionSpec("words", "Words and conventions", "", "", "Our words beside the field's, and what is computed", "Help"),
    ActionSpec("about", "About", "", "", "What this is, its version and licence", "Help"),
)
TOOLS = (
    ActionSpec("point", "Point", "P", "", "Click to place a point of the chosen class", "Tool"),
    ActionSpec("spray", "Spray", "S", "", "Hold to pour points of the chosen class", "Tool"),
    ActionSpec("move", "Move", "M", "", "Drag a point to another place", "Tool"),
    ActionSpec("probe", "Probe", "I", "", "Click to pin the calculation to a spot, or to a point near it", "Tool"),
    ActionSpec("erase", "Erase", "E", "", "Drag over points to erase them", "Tool"),
)
EXCLUSIVE = ([tool.name for tool in TOOLS], [page_action(page) for page in PAGES])  # of each only one is on
CHECKABLE = {"log", *OVERLAYS, *(name for names in EXCLUSIVE for name in names)}


def make_actions(owner: QObject, specs: Iterable[ActionSpec] = ACTIONS + TOOLS) -> dict[str, QAction]:
    """A QAction for each row, by name."""
    actions = {}
    for spec in specs:
        action = QAction(spec.text, owner)
        if spec.key:
            action.setShortcut(QKeySequence(spec.key))
        hint = f" ({QKeySequence(spec.key).toString(QKeySequence.SequenceFormat.NativeText)})" if spec.key else ""
        action.setToolTip(spec.tip + hint)
        action.setCheckable(spec.name in CHECKABLE)
        actions[spec.name] = action
    for names in EXCLUSIVE:
        group = QActionGroup(owner)
        for name in names:
            group.addAction(actions[name])
    return actions


def show_icons(actions: dict[str, QAction], theme: Theme, *, running: bool) -> None:
    """Icons in the theme's colours; the Train action's says what it will do next."""
    from playground.gui.icons import icon  # a third of a start's time, so not before the window is there

    for spec in ACTIONS:
        if spec.icon:
            actions[spec.name].setIcon(icon(spec.icon, theme.text, theme))
    actions["train"].setIcon(icon("pause" if running else "play", theme.accent_text, theme))


def lessons_icon(theme: Theme) -> QIcon:
    """The icon of the Lessons button, in the theme's colours."""
    from playground.gui.icons import icon

    return icon("school-outline", theme.text, theme)
