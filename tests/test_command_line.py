"""The command line: options that come from the tables, results that a script can read, exit codes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playground import __version__
from playground.app import main
from playground.command_line import parse
from playground.session.errors import UserError
from playground.session.generators import RECIPE_SPECS, Recipe, generate
from playground.session.messages import Request
from playground.session.project_files import save_project
from playground.session.settings import SPECS, Settings
from playground.session.sources import BUILT_IN
from playground.session.specs import Choice
from playground.session.trainer import Trainer

ROOT = Path(__file__).parents[1]
OPTIONS = [f"--{spec.name.replace('_', '-')}" for spec in (*SPECS, *RECIPE_SPECS) if spec.name not in ("speed", "name")]

Capture = pytest.CaptureFixture[str]


def result_of(capsys: Capture, *arguments: str) -> dict[str, Any]:
    """The JSON object that a training prints, which must succeed."""
    assert main(["train", *arguments, "--json"]) == 0
    output = capsys.readouterr().out
    assert output.count("\n") == 1
    result: dict[str, Any] = json.loads(output, parse_constant=refuse_constant)
    return result


def refuse_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def refusal_of(capsys: Capture, *arguments: str) -> str:
    """The last line on stderr of a training that must exit with 2 and print no result."""
    try:
        code: object = main(["train", *arguments])
    except SystemExit as end:
        code = end.code
    captured = capsys.readouterr()
    assert code == 2
    assert captured.out == ""
    return captured.err.strip().splitlines()[-1]


# Learning


def test_iris_is_learned_to_95_percent(capsys: Capture) -> None:
    result = result_of(capsys, "iris", "--hidden", "8")
    assert result["accuracy"] >= 0.95
    assert (result["epochs"], result["points"], result["classes"]) == (500, 150, 3)


def test_penguins_are_learned_to_90_percent(capsys: Capture) -> None:
    result = result_of(capsys, "penguins")
    assert result["accuracy"] >= 0.9
    assert (result["epochs"], result["points"], result["classes"]) == (500, 342, 3)


@pytest.mark.parametrize("source", BUILT_IN)
def test_every_built_in_data_set_can_be_trained_on(capsys: Capture, source: str) -> None:
    result = result_of(capsys, source, "--epochs", "5")
    assert (result["source"], result["epochs"], result["steps"]) == (source, 5, 5)
    assert 0 < result["cost"] < 3


# The result


def test_the_result_has_all_that_a_script_needs(capsys: Capture) -> None:
    result = result_of(capsys, "blobs", "--epochs", "7", "--batch-size", "32", "--test-share", "0.2", "--points", "100")
    assert set(result) == {
        *("source", "points", "classes", "epochs", "steps", "cost", "accuracy", "test_cost", "test_accuracy"),
        *("diverged", "seconds", "columns", "settings"),
    }
    assert (result["points"], result["epochs"], result["steps"]) == (100, 7, 21)  # 80 examples, 3 batches an epoch
    assert 0 <= result["accuracy"] <= 1
    assert 0 <= result["test_accuracy"] <= 1
    assert 0 < result["cost"] < 2
    assert 0 < result["test_cost"] < 2
    assert result["diverged"] is False
    assert 0 < result["seconds"] < 60


def test_without_a_test_set_its_figures_are_null(capsys: Capture) -> None:
    result = result_of(capsys, "blobs", "--epochs", "1")
    assert result["test_cost"] is None
    assert result["test_accuracy"] is None


@pytest.mark.parametrize("batch_size", ["full", "16"])
def test_the_numbers_are_those_of_a_trainer_driven_by_hand(capsys: Capture, batch_size: str) -> None:
    result = result_of(
        capsys,
        *("moons", "--classes", "4", "--points", "90", "--noise", "0.2", "--data-seed", "3", "--epochs", "12"),
        *("--hidden", "6,5", "--activation", "leaky-relu", "--optimizer", "gradient-descent", "--learning-rate", "0.3"),
        *("--l2", "0.5", "--test-share", "0.3", "--seed", "9", "--batch-size", batch_size),
    )
    chosen = Settings(
        hidden=(6, 5),
        activation="leaky relu",
        seed=9,
        optimizer="gradient descent",
        learning_rate=0.3,
        batch_size=0 if batch_size == "full" else 16,
        l2=0.5,
        test_share=0.3,
    )
    trainer = Trainer(Request(generate(Recipe("moons", 4, 90, 0.2, 3)), chosen, running=True))
    while trainer.epoch < 12:
        trainer.step()
    snapshot = trainer.snapshot()
    told = [result[name] for name in ("steps", "cost", "accuracy", "test_cost", "test_accuracy")]
    expected = [snapshot.step, snapshot.cost, snapshot.accuracy, snapshot.test_cost, snapshot.test_accuracy]
    assert told == expected


def test_the_same_command_gives_the_same_numbers(capsys: Capture) -> None:
    command = ("spiral", "--epochs", "20", "--batch-size", "10")
    first, again, other = (result_of(capsys, *command, *seed) for seed in ((), (), ("--seed", "1")))
    assert first | {"seconds": 0} == again | {"seconds": 0}
    assert first["cost"] != other["cost"]


def test_no_epochs_report_the_untrained_network(capsys: Capture) -> None:
    result = result_of(capsys, "blobs", "--epochs", "0")
    assert (result["steps"], result["epochs"]) == (0, 0)
    assert result["cost"] == Trainer(Request(generate(Recipe()), Settings())).snapshot().cost


def test_the_result_can_be_read_by_a_person_too(capsys: Capture) -> None:
    assert main(["train", "blobs", "--epochs", "3"]) == 0
    lines = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.replace("test ", "test_").splitlines())
    assert lines["epochs"] == "3"
    assert lines["test_cost"] == "none"
    assert 0 < float(lines["cost"]) < 2


def test_the_note_about_a_file_goes_to_stderr(capsys: Capture) -> None:
    assert main(["train", "penguins", "--epochs", "1", "--json"]) == 0
    captured = capsys.readouterr()
    assert "2 rows with missing values skipped, inputs standardised" in captured.err
    assert json.loads(captured.out)["points"] == 342


def test_it_is_told_which_columns_were_taken_and_with_which_settings(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = [f"{15_000_000 + 37 * i % 1000},{'mf'[i % 2]},{20 + i},{1000 * i},{i % 3 % 2}\n" for i in range(30)]
    path.write_text("User ID,Sex,Age,Pay,Bought\n" + "".join(rows), encoding="utf-8")
    assert main(["train", str(path), "--epochs", "1", "--json"]) == 0
    captured = capsys.readouterr()
    assert "x is column “Age”, y “Pay”, the class “Bought”" in captured.err
    result = json.loads(captured.out)
    assert result["columns"] == {"x": "Age", "y": "Pay", "label": "Bought"}
    assert Settings(
        **result["settings"] | {"hidden": tuple(result["settings"]["hidden"]), "batch_size": 0}
    ) == Settings(standardise=True)
    assert result["settings"]["batch_size"] == "full"
    generated = result_of(capsys, "blobs", "--epochs", "1", "--hidden", "3", "--batch-size", "7")
    assert generated["columns"] is None
    assert (generated["settings"]["hidden"], generated["settings"]["batch_size"]) == ([3], 7)


def test_a_file_of_one_class_is_called_so(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "oaks.csv"
    path.write_text("stem,leaf,kind\n" + "".join(f"{i},{i * i},oak\n" for i in range(9)), encoding="utf-8")
    assert main(["train", str(path), "--epochs", "1", "--json"]) == 0
    captured = capsys.readouterr()
    assert "9 points of one class only, “oak”, from oaks.csv" in captured.err
    assert json.loads(captured.out)["classes"] == 1


# Sources


def write_points(folder: Path) -> Path:
    path = folder / "points.csv"
    rows = [f"{i / 10},{100 * i},{i % 2},{'ab'[i > 9]}\n" for i in range(20)]
    path.write_text("u,v,w,name\n" + "".join(rows), encoding="utf-8")
    return path


def test_the_columns_of_a_csv_file_can_be_chosen(capsys: Capture, tmp_path: Path) -> None:
    path = str(write_points(tmp_path))
    assert result_of(capsys, path, "--label", "name", "--x", "u", "--y", "v", "--epochs", "300")["accuracy"] == 1
    assert result_of(capsys, path, "--label", "w", "--x", "u", "--y", "v", "--epochs", "30")["accuracy"] < 0.9


def test_an_option_overrides_what_the_file_suggests(capsys: Capture, tmp_path: Path) -> None:
    path = str(write_points(tmp_path))
    columns = ("--x", "u", "--y", "v", "--label", "name", "--epochs", "30")
    suggested, on, off = (
        result_of(capsys, path, *columns, *option) for option in ((), ("--standardise", "on"), ("--standardise", "off"))
    )
    assert suggested["cost"] == on["cost"] != off["cost"]


def test_a_project_is_trained_with_its_own_settings_unless_told_otherwise(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "mine.softmax"
    own = Settings(hidden=(3,), activation="relu", l2=0.25, batch_size=10)
    save_project(path, generate(Recipe("rings", points=50)), own)
    as_saved = result_of(capsys, str(path), "--epochs", "4")
    told = result_of(capsys, str(path), "--epochs", "4", "--batch-size", "full")
    assert (as_saved["steps"], told["steps"]) == (20, 4)
    trainer = Trainer(Request(generate(Recipe("rings", points=50)), replace(own, batch_size=0), running=True))
    for _ in range(4):
        trainer.step()
    assert told["cost"] == trainer.snapshot().cost


# Refusals

WRONG_OPTIONS = {
    "hidden word": (("--hidden", "8,x"), "--hidden: Hidden layers must be up to 6 layers of 1 to 64 units, such as"),
    "hidden 0": (("--hidden", "0"), "up to 6 layers of 1 to 64 units"),
    "hidden -8": (("--hidden", "-8"), "up to 6 layers of 1 to 64 units"),
    "negative rate": (("--learning-rate", "-1"), "Learning rate must be a number between 1e-05 and 100, not -1"),
    "large rate": (("--learning-rate", "1e6"), "Learning rate must be a number between 1e-05 and 100, not "),
    "rate nan": (("--learning-rate", "nan"), "Learning rate must be a number between 1e-05 and 100, not nan"),
    "no classes": (("--classes", "0"), "--classes: Classes must be a whole number between 2 and 10, not 0"),
    "half a class": (("--classes", "2.5"), "Classes must be a whole number between 2 and 10, not 2.5"),
    "no points": (("--points", "0"), "Points must be a whole number between 10 and 100000, not 0"),
    "batch 0.5": (("--batch-size", "0.5"), "Batch size must be a whole number between 1 and 100000, or “full”"),
    "share 1": (("--test-share", "1"), "Test share must be a number between 0 and 0.9, not 1"),
    "optimiser": (("--optimizer", "newton"), "must be one of gradient descent, momentum, rmsprop, adam, not 'newton'"),
    "activation": (("--activation", "step"), "must be one of tanh, relu, leaky relu, sigmoid, linear, not 'step'"),
    "standardise": (("--standardise", "maybe"), "Standardise inputs must be on or off, not 'maybe'"),
    "epochs": (("--epochs", "-1"), "Epochs must be a whole number between 0 and 1"),
    "epochs word": (("--epochs", "many"), "Epochs must be a whole number between 0 and 1"),
    "seed": (("--seed", "1e9"), "Seed must be a whole number between 0 and 999999, not "),
    "no such option": (("--depth", "3"), "unrecognized arguments: --depth 3"),
    "an option cut short": (("--learn", "0.1"), "unrecognized arguments: --learn 0.1"),
    "window option": (("--speed", "max"), "unrecognized arguments: --speed max"),
    "no value": (("--seed",), "--seed: expected one argument"),
    "figure type": (("--figure", "x.jpg"), "name a file that ends in .png, not 'x.jpg'"),
    "figure without a type": (("--figure", "x"), "name a file that ends in .png, not 'x'"),
    "figure folder": (("--figure", "/nowhere/at/all/x.png"), "--figure: there is no folder /nowhere/at/all"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG_OPTIONS.values(), ids=WRONG_OPTIONS)
def test_a_wrong_option_ends_with_2_and_says_what_is_allowed(
    capsys: Capture, arguments: tuple[str, ...], message: str
) -> None:
    assert message in refusal_of(capsys, "blobs", *arguments)


def test_a_source_that_is_nothing_ends_with_2_and_lists_the_built_in_ones(capsys: Capture) -> None:
    message = refusal_of(capsys, "squares")
    assert "'squares' is neither a file nor a built-in data set" in message
    assert all(name in message for name in BUILT_IN)


def test_a_missing_source_or_file_ends_with_2(capsys: Capture, tmp_path: Path) -> None:
    assert "required: SOURCE" in refusal_of(capsys)
    assert "there is no file" in refusal_of(capsys, str(tmp_path / "nothing.csv"))
    assert "is a folder" in refusal_of(capsys, str(tmp_path))


def test_a_wrong_column_ends_with_2_and_names_those_there_are(capsys: Capture) -> None:
    message = refusal_of(capsys, "penguins", "--x", "wings")
    assert "no column “wings”; its columns are species, island" in message


def test_a_file_that_cannot_be_read_ends_with_2(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "damaged.softmax"
    path.write_text("{", encoding="utf-8")
    assert "damaged.softmax is not a Softmax Playground project" in refusal_of(capsys, str(path))


def test_a_set_that_is_held_out_whole_ends_with_2(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x,y,class\n1,2,a\n3,4,b\n", encoding="utf-8")
    assert "lower the test share" in refusal_of(capsys, str(path), "--test-share", "0.9")


def test_a_figure_is_refused_before_training_and_not_after(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trainer, "step", fail)
    assert "ends in .png" in refusal_of(capsys, "blobs", "--figure", "x.jpg")


def fail(trainer: Trainer) -> None:
    raise AssertionError("there should be no training")


# Exit codes


def divergence_of(capsys: Capture, *arguments: str) -> str:
    """What stderr says about a training that must diverge."""
    assert main(["train", *arguments, "--optimizer", "gradient-descent", "--learning-rate", "100", "--json"]) == 1
    captured = capsys.readouterr()
    result = json.loads(captured.out, parse_constant=refuse_constant)
    assert result["diverged"] is True
    assert result["steps"] < 500
    assert result["cost"] > 0
    return captured.err


def test_a_run_that_diverges_ends_with_1_and_says_what_to_do(capsys: Capture) -> None:
    assert "Lower the learning rate" in divergence_of(capsys, "blobs", "--l2", "100")


def test_a_run_that_diverges_for_its_large_inputs_says_so(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "far.csv"
    rows = [f"{(i % 5) * 1e9},{(i % 3) * 1e9},{'ab'[i % 2]}\n" for i in range(30)]
    path.write_text("x,y,class\n" + "".join(rows), encoding="utf-8")
    word = divergence_of(capsys, str(path), "--activation", "relu", "--standardise", "off")
    assert "Switch Standardise inputs on" in word


def test_a_far_test_point_among_tiny_ones_brings_no_warning(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "far.csv"
    rows = [f"{i * 1e-9},{(i % 4) * 1e-9},{'ab'[i % 2]}\n" for i in range(20)] + ["1e30,1e30,a\n"]
    path.write_text("x,y,class\n" + "".join(rows), encoding="utf-8")
    options = ("--test-share", "0.8", "--activation", "relu", "--standardise", "on", "--epochs", "5")
    assert result_of(capsys, str(path), *options)["points"] == 21


@pytest.mark.parametrize("stop_after", [0, 5])
def test_an_interrupted_training_reports_what_it_has_and_ends_with_130(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    step = Trainer.step

    def interrupted(trainer: Trainer) -> None:
        if trainer.step_count == stop_after:
            raise KeyboardInterrupt
        step(trainer)

    monkeypatch.setattr(Trainer, "step", interrupted)
    assert main(["train", "blobs", "--json"]) == 130
    assert json.loads(capsys.readouterr().out)["steps"] == stop_after


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    without_screen = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=without_screen | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=50,
    )


def test_the_module_and_the_script_end_with_the_exit_code() -> None:
    trained = run("-m", "playground", "train", "blobs", "--epochs", "2", "--json", PYTHONUTF8="1")
    assert (trained.returncode, trained.stderr) == (0, "")
    assert json.loads(trained.stdout)["epochs"] == 2
    refused = run("main.py", "train", "blobs", "--hidden", "8,x", PYTHONUTF8="1")
    assert refused.returncode == 2
    assert "Hidden layers must be" in refused.stderr
    assert "Traceback" not in refused.stderr


# Without Qt

LOADED = "print(*sorted(name for name in sys.modules if 'qt' in name.lower()), 'playground.gui' in sys.modules)"


def test_neither_session_nor_command_line_loads_qt() -> None:
    paths = (ROOT / "playground/session").rglob("[!_]*.py")
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    assert len(modules) > 10
    program = f"import sys, playground.command_line, playground.app, {', '.join(modules)}; {LOADED}"
    assert run("-c", program).stdout.split() == ["False"]


def test_training_without_a_figure_loads_no_qt() -> None:
    program = f"import sys; from playground.app import main; main(['train', 'iris', '--epochs', '2']); {LOADED}"
    assert run("-c", program).stdout.splitlines()[-1] == "False"


# Options from the tables


def test_every_setting_and_every_part_of_a_recipe_is_an_option_with_its_effect_and_default(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["train", "--help"])
    assert end.value.code == 0
    text = " ".join(capsys.readouterr().out.split())
    for option in (*OPTIONS, "--epochs", "--x", "--y", "--label", "--figure", "--json"):
        assert f"{option} " in text
    for spec in (*SPECS, *RECIPE_SPECS):
        assert (" ".join(spec.effect.split()) in text) is (spec.name not in ("speed", "name"))
    for default in ("8,8", "tanh", "off", "adam", "0.01", "full", "500", "200"):
        assert f"Default: {default}." in text
    assert "--speed" not in text


@pytest.mark.parametrize(
    ("option", "text", "name", "value"),
    [
        ("--hidden", "16,8", "hidden", (16, 8)),
        ("--hidden", "none", "hidden", ()),
        ("--activation", "leaky-relu", "activation", "leaky relu"),
        ("--standardise", "on", "standardise", True),
        ("--seed", "7", "seed", 7),
        ("--optimizer", "gradient-descent", "optimizer", "gradient descent"),
        ("--learning-rate", "1e-3", "learning_rate", 0.001),
        ("--batch-size", "full", "batch_size", 0),
        ("--l2", "0.5", "l2", 0.5),
        ("--test-share", "0.25", "test_share", 0.25),
        ("--classes", "10", "classes", 10),
        ("--points", "100000", "points", 100_000),
        ("--noise", "0", "noise", 0.0),
        ("--data-seed", "3", "data_seed", 3),
        ("--epochs", "0", "epochs", 0),
    ],
)
def test_an_option_is_read_as_its_setting_is(option: str, text: str, name: str, value: object) -> None:
    for arguments in (["train", "blobs", option, text], ["train", f"{option}={text}", "blobs"]):
        options = parse(arguments)
        assert getattr(options, name) == value
        assert (options.command, options.source) == ("train", "blobs")


def test_options_that_were_not_given_are_none_so_that_a_project_keeps_its_own() -> None:
    options = vars(parse(["train", "blobs"]))
    assert all(options[spec.name] is None for spec in (*SPECS, *RECIPE_SPECS) if spec.name not in ("speed", "name"))
    assert options["epochs"] == 500


# The window


def test_a_file_or_nothing_opens_the_window() -> None:
    assert vars(parse([])) == {"command": "window", "file": None, "debug": False}
    assert vars(parse(["drawing.softmax"])) == {"command": "window", "file": "drawing.softmax", "debug": False}
    assert vars(parse(["--debug"])) == {"command": "window", "file": None, "debug": True}


def test_the_version_is_told(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"Softmax Playground {__version__}\n"


# Any terminal


def test_a_figure_is_drawn_without_a_display_whatever_platform_is_asked_for(tmp_path: Path) -> None:
    figure = tmp_path / "figure.png"
    done = run(
        "-m",
        "playground",
        "train",
        "blobs",
        "--epochs",
        "3",
        "--figure",
        str(figure),
        QT_QPA_PLATFORM="xcb",
        DISPLAY="",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "accuracy" in done.stdout
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_the_result_is_printed_before_the_figure_is_drawn_which_may_fail(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        assert "accuracy" in capsys.readouterr().out
        raise UserError("the figure could not be written")

    monkeypatch.setattr("playground.gui.figure.save_figure", fail)
    assert main(["train", "blobs", "--epochs", "1", "--figure", str(tmp_path / "figure.png")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_help_can_be_printed_where_not_every_sign_is_known() -> None:
    done = run("-m", "playground", "train", "--help", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "? d?" in done.stdout


def test_help_lists_what_each_option_takes_and_speaks_of_no_window(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        parse(["train", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    for spec in (*SPECS, *RECIPE_SPECS):
        if spec.name not in ("speed", "name"):
            for word in spec.kind.options if isinstance(spec.kind, Choice) else (spec.kind.allowed(),):
                assert word.replace(" ", "-") in text.replace(" ", "-").replace("--", "-"), (spec.name, word)
    for window in ("new run", "keeps what", "hollow", "axes stay", "click", "anew"):
        assert window not in text


def test_who_reads_may_stop_reading() -> None:
    command = [sys.executable, "-m", "playground", "train", "blobs", "--epochs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the platform has no full device")
def test_a_result_that_cannot_be_written_is_told_in_a_sentence() -> None:
    command = [sys.executable, "-m", "playground", "train", "blobs", "--epochs", "1"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("softmax-playground: the result could not be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_stream_may_be_closed(closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, closed, None)  # as Python has it then
    assert main(["train", "iris", "--epochs", "1"]) == 0
    getattr(sys, closed).close()
