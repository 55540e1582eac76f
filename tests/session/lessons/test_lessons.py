"""Lesson files: what a teacher writes is what the lesson says, and every mistake is named with its line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.resources import asset
from playground.session.errors import UserError
from playground.session.generators import Recipe, generate
from playground.session.lessons.lesson_conditions import CONDITIONS
from playground.session.lessons.lesson_nodes import LARGEST_FILE
from playground.session.lessons.lesson_scenes import DESK_KEYS, SCENE_KEYS, Scene
from playground.session.lessons.lessons import (
    LESSON_KEYS,
    PANELS,
    STEP_KEYS,
    emphasised,
    load_lesson,
    load_lessons,
)
from playground.session.light import TERMS
from playground.session.looking import OVERLAYS, PAGES, Desk, Looking
from playground.session.settings import SPECS, Settings
from playground.session.specs import Choice, Switch
from playground.session.stages.mistake_choices import mistake_names
from playground.session.stages.stages import stages

README = asset("lessons/README.md").read_text(encoding="utf-8")
SHIPPED = sorted(asset("lessons").glob("*.yaml"))

WHOLE = r"""
title: Shapes
summary: What shapes do.
scene:
  data: rings
  classes: 4
  points: 80
  noise: 0.2
  data_seed: 7
  settings: {hidden: [8, 4], activation: relu, batch_size: full, standardise: on, speed: max}
  page: points
  overlays: [ties, haloes]
  temperature: 0.5
steps:
  - text: |
      One *fine*
      paragraph.

      Another, with a: colon # and a hash.
    formula: \term{y_hat}{\hat y_j} = \frac{\term{exp}{e^{\term{z}{z_j}}}}{2}
    look: cost
  - text: Do it.
    scene:
      page: desk
      pin: [0.5, -1]
      desk: {z: [1, 2.5, −3], y: 2, temperature: 2, card: [0.5, 0.5], card_y: 1}
    task: Train on,
      please.
    done:
      trained: 3
      overlay: ties
      desk_y: none
      setting: {l2: 0.5, hidden: none}
    hint: Space.
"""

thorough = settings(derandomize=True, deadline=None, max_examples=60)


def written(folder: Path, content: str | bytes, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def with_step(lines: str) -> str:
    """A lesson of one step with these lines, of which the first is line 4."""
    indented = "\n".join(f"    {line}" for line in lines.splitlines())
    return f"title: t\nsummary: s\nsteps:\n  -{indented[3:]}\n"


def with_scene(lines: str) -> str:
    """A lesson whose scene holds these lines, of which the first is line 4."""
    indented = "\n".join(f"  {line}" for line in lines.splitlines())
    return f"title: t\nsummary: s\nscene:\n{indented}\nsteps: [{{text: a}}]\n"


def scene(folder: Path, lines: str) -> Scene:
    return load_lesson(written(folder, with_scene(lines))).scene


# What is written is what is said


def test_a_whole_lesson_says_what_is_written(tmp_path: Path) -> None:
    lesson = load_lesson(written(tmp_path, WHOLE))
    assert (lesson.title, lesson.summary, lesson.file) == ("Shapes", "What shapes do.", "mine.yaml")
    first, second = lesson.steps
    assert first.text == ("One *fine* paragraph.", "Another, with a: colon # and a hash.")
    assert first.formula == r"\term{y_hat}{\hat y_j} = \frac{\term{exp}{e^{\term{z}{z_j}}}}{2}"
    assert (first.look, first.task, first.done, first.hint) == ("cost", "", {}, "")
    assert (second.text, second.task, second.hint) == (("Do it.",), "Train on, please.", "Space.")
    assert second.done == {
        "trained": 3,
        "overlay": ("ties",),
        "desk_y": None,
        "setting": {"l2": 0.5, "hidden": ()},
    }


def test_a_scene_sets_data_settings_and_what_is_looked_at(tmp_path: Path) -> None:
    lesson = load_lesson(written(tmp_path, WHOLE))
    loaded = lesson.scene.loaded(Settings(l2=0.25))
    assert loaded is not None
    wanted = generate(Recipe("rings", classes=4, points=80, noise=0.2, data_seed=7))
    assert loaded.dataset.X.tobytes() == wanted.X.tobytes()
    assert loaded.dataset.name == "rings"
    assert loaded.settings == Settings(
        hidden=(8, 4), activation="relu", batch_size=0, standardise=True, speed="max", l2=0.25
    )
    before = Looking(pin=(1.0, 2.0), stage=3, desk=Desk(label=1))
    assert lesson.scene.looking(before) == Looking(
        page="points", overlays=frozenset({"ties", "haloes"}), temperature=0.5, desk=Desk(label=1)
    )


def test_a_scene_without_data_keeps_drawing_pin_and_stage(tmp_path: Path) -> None:
    change = load_lesson(written(tmp_path, WHOLE)).steps[1].scene
    assert change.loaded(Settings()) is None
    assert not change.has_data
    assert change.changed(Settings(l2=1)) == Settings(l2=1)
    desk = Desk(Z=(1.0, 2.5, -3.0), label=1, temperature=2.0, Y_hat=(0.5, 0.5), Y_hat_label=0)
    overlays = frozenset({"ties"})
    assert change.looking(Looking(overlays=overlays, stage=3)) == Looking(
        page="desk", pin=(0.5, -1.0), overlays=overlays, stage=3, desk=desk
    )
    assert Scene().looking(Looking(pin=(1, 2), stage=3)) == Looking(pin=(1, 2), stage=3)


def test_points_may_be_listed(tmp_path: Path) -> None:
    loaded = scene(tmp_path, "points: [[1, 2, 3], [0.5, −1, 1], [3, 4, 3]]").loaded(Settings())
    assert loaded is not None
    assert loaded.dataset.X.T.tolist() == [[0.5, -1], [1, 2], [3, 4]]
    assert loaded.dataset.labels.tolist() == [0, 2, 2]
    assert loaded.dataset.C == 3
    assert not loaded.settings.standardise


def test_listed_points_on_a_foreign_scale_are_standardised_unless_told(tmp_path: Path) -> None:
    far = "points: [[100, 2000, 1], [300, 4000, 2]]"
    loaded, told = (scene(tmp_path, far + more).loaded(Settings()) for more in ("", "\nsettings: {standardise: no}"))
    assert loaded is not None
    assert told is not None
    assert (loaded.settings.standardise, told.settings.standardise) == (True, False)


def test_there_may_be_more_classes_than_listed_points(tmp_path: Path) -> None:
    loaded = scene(tmp_path, "points: [[1, 2, 1]]\nclasses: 4").loaded(Settings())
    assert loaded is not None
    assert (loaded.dataset.C, loaded.dataset.m) == (4, 1)
    assert scene(tmp_path, "points: [[1, 2, 1]]").points.C == 2


def test_shipped_data_are_loaded_by_their_name(tmp_path: Path) -> None:
    loaded = scene(tmp_path, "data: penguins\npin: none\noverlays: none").loaded(Settings())
    assert loaded is not None
    assert loaded.dataset.C == 3
    assert loaded.settings.standardise


@pytest.mark.parametrize(
    ("paragraph", "pieces"),
    [
        ("a *b c* d", [("a ", False), ("b c", True), (" d", False)]),
        ("*all*", [("all", True)]),
        ("2 * 3 * 4", [("2 * 3 * 4", False)]),
        ("J* is below J*.", [("J* is below J*.", False)]),
        ("open *end", [("open *end", False)]),
        ("(*a*), *b*", [("(", False), ("a", True), ("), ", False), ("b", True)]),
    ],
)
def test_stars_mark_emphasis(paragraph: str, pieces: list[tuple[str, bool]]) -> None:
    assert emphasised(paragraph) == pieces


# Mistakes

DEEP = "[" * 3000 + "]" * 3000
MISTAKES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty: a lesson needs a title"),
    "comment": ("# a\n", "holds comments alone"),
    "text": ("hello", "line 1: here must stand keys"),
    "list": ("- a\n- b", "line 1: here must stand keys"),
    "no title": ("summary: s\nsteps: [{text: a}]", "line 1: “title:” is missing; add it"),
    "no steps": ("title: t\nsummary: s", "line 1: “steps:” is missing"),
    "empty title": ("title:\nsummary: s\nsteps: [{text: a}]", "line 1: title is empty"),
    "title as list": ("title: [a]\nsummary: s\nsteps: [{text: a}]", "line 1: title must be text"),
    "unknown key": (
        "title: t\nsummary: s\nstep: [{text: a}]",
        "line 3: there is no key “step” here, did you mean “steps”?",
    ),
    "strange key": ("title: t\nsummary: s\nqqq: 1", "line 3: there is no key “qqq” here; the keys are title, "),
    "key twice": ("title: t\ntitle: u", "line 2: “title” is written twice"),
    "list as key": ("? [a]\n: b", "line 1: a key must be a word"),
    "steps as text": ("title: t\nsummary: s\nsteps: a", "line 3: steps must be a list"),
    "no step": ("title: t\nsummary: s\nsteps: []", "line 3: steps must have 1 to 50 entries, not 0"),
    "many steps": ("title: t\nsummary: s\nsteps: [&a {text: a}" + ", *a" * 50 + "]", "1 to 50 entries, not 51"),
    "tab": ("title: t\nsummary: s\nsteps:\n\t- text: a", "line 4: a tab stands before the text"),
    "syntax": ("title: t\nsummary: a: b", r"line 2: this cannot be read as YAML \(mapping values.*\). Put text under"),
    "star first": ("title: t\nsummary: *a* b", "line 2: this cannot be read as YAML .* Put text under"),
    "open bracket": ("title: [a\nsummary: b", "line 2: this cannot be read"),
    "two documents": ("title: t\n---\ntitle: u", "line 2: this cannot be read"),
    "itself": ("title: t\nsummary: s\nsteps: &a [*a]", "line 3: this refers to itself"),
    "encoding": (b"title: t\nsummary: \xe9t\xe9", "line 2: a sign there is not UTF-8"),
    "utf-16": ("title: t".encode("utf-16"), "line 1: a sign there is not UTF-8"),
    "control sign": ("title: t\nsummary: \x07", r"line 2: there is a sign that cannot be printed \(U\+0007\)"),
    "escaped sign": ('title: t\nsummary: "\\a"\nsteps: []', r"line 2: summary has a sign in it .* \(U\+0007\)"),
    "half a sign": ('title: t\nsummary: "\\ud800"\nsteps: []', r"line 2: summary has a sign in it .* \(U\+D800\)"),
    "no such sign": ('title: "\\UFFFFFFFF"', "cannot be read as YAML"),
    "deep": (f"title: {DEEP}", "nested too deeply"),
    "large": ("#" * (LARGEST_FILE + 1), "is larger than 256 kB"),
    "no text": (with_step("look: plane"), "line 4: “text:” is missing"),
    "unknown panel": (with_step("text: a\nlook: plan"), "line 5: look must be one of plane, cost, .*, not 'plan'"),
    "task alone": (with_step("text: a\ntask: b"), "line 5: this needs “done:” beside it"),
    "done alone": (with_step("text: a\ndone: {steps: 1}"), "line 5: this needs “task:” beside it"),
    "done empty": (with_step("text: a\ntask: b\ndone: {}"), "line 6: there is no condition here"),
    "done as text": (with_step("text: a\ntask: b\ndone: steps"), "line 6: here must stand keys"),
    "unknown condition": (
        with_step("text: a\ntask: b\ndone:\n  step: 1"),
        "line 7: there is no key “step” here, did you mean “steps”?",
    ),
    "word for a count": (
        with_step("text: a\ntask: b\ndone:\n  trained: soon"),
        "line 7: trained must be a whole number between 1 and 1000000, not 'soon'",
    ),
    "no count": (with_step("text: a\ntask: b\ndone: {trained: 0}"), "trained must be a whole number between 1"),
    "accuracy in percent": (with_step("text: a\ntask: b\ndone: {accuracy: 95}"), "accuracy must be .* 0 and 1, not 95"),
    "class 0": (with_step("text: a\ntask: b\ndone: {desk_y: 0}"), "desk_y must be a whole number between 1 and 10"),
    "one z": (with_step("text: a\ntask: b\ndone: {desk: [1]}"), "desk must have 2 to 10 entries, not 1"),
    "z as text": (with_step("text: a\ntask: b\ndone: {desk: 1}"), "desk must be a list"),
    "unknown page": (with_step("text: a\ntask: b\ndone: {page: spots}"), "page must be one of spot, .*, not 'spots'"),
    "unknown overlay": (with_step("text: a\ntask: b\ndone: {overlay: [ties, tie]}"), "overlay must be one of haloes"),
    "unknown stage": (with_step("text: a\ntask: b\ndone: {stage: 'dZ[9]'}"), "stage must be one of X, "),
    "unknown setting": (
        with_step("text: a\ntask: b\ndone:\n  setting:\n    learnig_rate: 1"),
        "line 8: there is no key “learnig_rate” here, did you mean “learning_rate”?",
    ),
    "formula open": (with_step("text: a\nformula: e^{z"), "line 5: the formula opens a brace"),
    "formula closed": (with_step("text: a\nformula: e}^{z"), "line 5: the formula closes a brace"),
    "formula escape": (with_step("text: a\nformula: \\{ {\\}"), "line 5: the formula opens a brace"),
    "unknown term": (with_step("text: a\nformula: \\term{w}{w}"), "line 5: the formula marks the term “w”"),
    "term without name": (with_step("text: a\nformula: \\term z"), "lacks its name in braces"),
    "term without body": (with_step("text: a\nformula: \\term{z} z"), "lacks what it marks in braces"),
    "empty term": (with_step("text: a\nformula: \\term{z}{ }"), "there is nothing in the term"),
    "inner term": (with_step("text: a\nformula: \\term{z}{\\term{q}{z}}"), "the term “q”"),
    "brace in a term": (with_step("text: a\nformula: \\term{z}{\\{}"), "a term of the formula is not closed"),
    "unknown data": (with_scene("data: blob"), "line 4: data must be one of blobs, .*, not 'blob'"),
    "out of range": (with_scene("settings:\n  l2: 1000"), "line 5: L2 penalty λ must be .* 0 and 100, not 1000"),
    "nan": (with_scene("settings:\n  learning_rate: .nan"), "line 5: Learning rate must be a number"),
    "layers": (with_scene("settings:\n  hidden: [8, x]"), "line 5: Hidden layers must be up to 6 layers"),
    "nested value": (with_scene("settings:\n  hidden: [[8]]"), "line 5: Hidden layers must be a single value"),
    "too few points": (with_scene("data: blobs\npoints: 3"), "line 5: Points must be a whole number between 10"),
    "one class": (with_scene("data: blobs\nclasses: 1"), "line 5: Classes must be a whole number between 2 and 10"),
    "classes of iris": (with_scene("data: iris\nclasses: 2"), "line 5: iris is measured data"),
    "noise alone": (with_scene("noise: 0.1"), "line 4: this needs “data:” beside it"),
    "count alone": (with_scene("points: 50"), "line 4: points, without “data:” beside it, must be a list"),
    "noise of points": (with_scene("points: [[1, 2, 1]]\nnoise: 1"), "line 5: a list of points has none of this"),
    "short point": (with_scene("points:\n  - [1, 2, 1]\n  - [1, 2]"), "line 6: a point must have 3 entries, not 2"),
    "point of class 11": (with_scene("points: [[1, 2, 11]]"), "line 4: the class of a point must be .* 1 and 10"),
    "far point": (with_scene("points: [[1, 1e31, 1]]"), "line 4: A coordinate must be a number"),
    "too few classes": (with_scene("points: [[1, 2, 3]]\nclasses: 2"), "line 5: there are points of class 3"),
    "desk of one": (with_scene("desk:\n  z: [1]"), "line 5: z must have 2 to 10 entries, not 1"),
    "desk y": (with_scene("desk:\n  z: [1, 2]\n  y: 3"), "line 4: y must be one of the classes 1 to 2"),
    "desk word": (with_scene("desk:\n  z: [1, two]"), "line 5: z must be a number .*, not 'two'"),
    "sum of probabilities": (
        with_scene("desk:\n  card: [0.5, 0.4]"),
        "line 4: probabilities must add up to 1, and these to 0.9",
    ),
    "probability": (with_scene("desk:\n  card: [0.5, 1.5]"), "line 5: card must be a number between 0 and 1, not 1.5"),
    "temperature": (with_scene("temperature: 0"), "line 4: temperature must be a number between 0.01 and 100"),
    "pin": (with_scene("pin: [1]"), "line 4: pin must have 2 entries, not 1"),
}


@pytest.mark.parametrize(("content", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(UserError, match=rf"^mine\.yaml.*{message}") as caught:
        load_lesson(written(tmp_path, content))
    assert str(caught.value).count("mine.yaml") == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder: choose a lesson file inside it"):
        load_lesson(tmp_path)
    with pytest.raises(UserError, match="there is no file"):
        load_lesson(tmp_path / "none.yaml")
    with pytest.raises(UserError, match="cannot be read"):
        load_lesson(tmp_path / ("n" * 300 + ".yaml"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user whom a file can be kept from")
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    path.chmod(0)
    with pytest.raises(UserError, match=r"mine\.yaml cannot be read"):
        load_lesson(path)


@thorough
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_content_raises_anything_but_a_user_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    loads_or_refuses(written(tmp_path_factory.getbasetemp(), content))


BITS = [
    "*",
    "&a ",
    "*a",
    "!!x ",
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "|",
    "\n",
    "\t",
    '"',
    "\\U",
    "%",
    "? ",
    "<<: ",
    "~",
    "é",
]


@thorough
@given(
    path=st.sampled_from(SHIPPED),
    cut=st.tuples(st.floats(0, 1), st.integers(0, 30)),
    bits=st.lists(st.sampled_from(BITS), max_size=4),
)
def test_no_slip_of_the_hand_raises_anything_but_a_user_error(
    tmp_path_factory: pytest.TempPathFactory, path: Path, cut: tuple[float, int], bits: list[str]
) -> None:
    content = path.read_text(encoding="utf-8")
    start = int(cut[0] * len(content))
    changed = content[:start] + "".join(bits) + content[start + cut[1] :]
    loads_or_refuses(written(tmp_path_factory.getbasetemp(), changed))


yaml_values = st.recursive(
    st.sampled_from(["1", "0.5", "-2", "none", "yes", "ties", "spot", "blobs", "''", "nan", "1e400", "9" * 5000]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(st.sampled_from([*SCENE_KEYS, *DESK_KEYS, *CONDITIONS]), inner, max_size=3).map(
            lambda parts: f"{{{', '.join(f'{key}: {value}' for key, value in parts.items())}}}"
        ),
    ),
    max_leaves=8,
)


@thorough
@given(key=st.sampled_from([*SCENE_KEYS, *STEP_KEYS, *CONDITIONS]), value=yaml_values)
def test_no_value_raises_anything_but_a_user_error(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = with_scene(f"{key}: {value}") if key in SCENE_KEYS else with_step(f"text: a\n{key}: {value}")
    if key in CONDITIONS:
        content = with_step(f"text: a\ntask: b\ndone: {{{key}: {value}}}")
    loads_or_refuses(written(folder, content))


def loads_or_refuses(path: Path) -> None:
    try:
        lesson, refusal = load_lesson(path), ""
    except UserError as error:
        lesson, refusal = None, str(error)
    assert lesson or refusal.startswith(path.name)
    for part in (lesson.scene, *(step.scene for step in lesson.steps)) if lesson else ():
        part.loaded(Settings())
        part.looking(Looking())


# Folders


def test_lessons_come_in_the_order_of_their_names_and_broken_ones_are_told(tmp_path: Path) -> None:
    good = "title: {}\nsummary: s\nsteps: [{{text: a}}]"
    for name in ("b.yaml", "a.yml", "C.YAML"):
        written(tmp_path, good.format(name), name)
    written(tmp_path, "title: t", "broken.yaml")
    for other in ("README.md", ".hidden.yaml", "a.yaml~"):
        written(tmp_path, "title: t", other)
    (tmp_path / "folder.yaml").mkdir()
    lessons, problems = load_lessons([tmp_path])
    assert [lesson.title for lesson in lessons] == ["C.YAML", "a.yml", "b.yaml"]
    assert len(problems) == 2
    assert problems[0].startswith("broken.yaml, line 1: ")
    assert "folder.yaml is a folder" in problems[1]


def test_the_users_own_file_takes_the_place_of_a_shipped_one_unless_it_is_broken(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
        for name in ("1.yaml", "2.yaml"):
            written(folder, f"title: {folder.name}\nsummary: s\nsteps: [{{text: a}}]", name)
    written(theirs, "title: t", "2.yaml")
    lessons, problems = load_lessons([ours, theirs])
    assert [(lesson.file, lesson.title) for lesson in lessons] == [("1.yaml", "theirs"), ("2.yaml", "ours")]
    assert len(problems) == 1


def test_a_folder_that_is_not_there_holds_none_and_a_file_is_no_folder(tmp_path: Path) -> None:
    assert load_lessons([tmp_path / "none"]) == ([], [])
    _, (problem,) = load_lessons([written(tmp_path, WHOLE)])
    assert "mine.yaml cannot be read" in problem


def test_yaml_is_not_imported_before_a_lesson_is_opened() -> None:
    program = "import sys, playground.session.lessons.lessons; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# The page for teachers


def test_the_readmes_example_is_a_lesson(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    lesson = load_lesson(written(tmp_path, example))
    assert len(lesson.steps) == 2
    assert lesson.scene.loaded(Settings()) is not None


def rows(*cells: tuple[str, ...]) -> list[str]:
    return ["| " + " | ".join((f"`{first}`", *rest)) + " |" for first, *rest in cells]


def test_the_readme_has_every_key_condition_and_name() -> None:
    wanted = [
        *(rows(*table.items()) for table in (LESSON_KEYS, STEP_KEYS, PANELS, SCENE_KEYS, DESK_KEYS)),
        rows(*((name, condition.takes, condition.meaning) for name, condition in CONDITIONS.items())),
    ]
    for table in wanted:
        assert "\n".join(table) + "\n\n" in README  # these rows, and no others below them
    for name in (*TERMS, *PAGES, *OVERLAYS, *mistake_names(), *stages(2)):
        assert f"`{name}`" in README
    assert ", ".join(f"`{stage}`" for stage in stages(2)) in " ".join(README.split())


def test_the_readme_says_what_each_setting_takes() -> None:
    for spec in SPECS:
        match spec.kind:
            case Choice(options):
                takes = ", ".join(f"`{option}`" for option in options)
            case Switch():
                takes = "`on` or `off`"
            case kind:
                takes = kind.allowed()
        assert f"| `{spec.name}` | {spec.label}: {takes} |" in README


def test_stages_go_forward_and_back_through_every_layer() -> None:
    assert stages(1) == ("X", "Z[1]", "Y_hat", "J", "dZ[1]", "dW[1]", "update")
    assert stages(3)[:6] == ("X", "Z[1]", "Z[2]", "Z[3]", "Y_hat", "J")
    assert stages(3)[6:] == ("dZ[3]", "dW[3]", "dZ[2]", "dW[2]", "dZ[1]", "dW[1]", "update")
    assert np.unique(stages(7)).size == len(stages(7))


@pytest.mark.parametrize("depth", [13, 60, 340, 5000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_what_is_nested_without_end_is_refused_and_the_others_are_read(
    tmp_path: Path, depth: int, opening: str, closing: str
) -> None:
    (tmp_path / "1-deep.yaml").write_text("title: " + opening * depth + closing * depth)
    (tmp_path / "2-good.yaml").write_text("title: A\nsummary: B\nsteps:\n  - text: C\n")
    lessons, problems = load_lessons([tmp_path])
    assert [lesson.title for lesson in lessons] == ["A"]
    (said,) = problems
    assert "1-deep.yaml" in said
    assert "nested too deeply" in said


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("x + " * 200 + "x", "801 signs; 600 is the most"),
        ("{" * 31 + "x" + "}" * 31, "more than 30 pairs of braces"),
        (r"\left( " * 5 + "x" + r" \right)" * 5, "more than 4 pairs of"),
    ],
)
def test_a_formula_that_would_keep_the_typesetter_busy_is_refused(tmp_path: Path, formula: str, said: str) -> None:
    path = tmp_path / "big.yaml"
    path.write_text(f"title: A\nsummary: B\nsteps:\n  - text: C\n    formula: |\n      {formula}\n")
    with pytest.raises(UserError, match=re.escape(said)) as refusal:
        load_lesson(path)
    assert str(refusal.value).startswith("big.yaml, line 5")
