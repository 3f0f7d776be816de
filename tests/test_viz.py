"""The front door: what it refuses, what it starts, and with which words."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import viz
from scenes.bootstrap import commands, preparation
from scenes.bootstrap.commands import Refusal
from scenes.bootstrap.venv import Venv

VIZ = Path(viz.__file__)
NAMES = (
    "scenes/__init__",
    "scenes/cli/__init__",
    "scenes/cli/arguments",
    "scenes/cli/manual",
    "scenes/cli/values",
    "engine/addresses",
    "engine/clock",
    "engine/films/h264",
)
SOURCES = [VIZ, *(VIZ.parent / f"{name}.py" for name in NAMES)]
SOURCES += sorted((VIZ.parent / "scenes/bootstrap").glob("*.py"))


class Door:
    """Stands in for the set-up and for every process that would be started."""

    def __init__(self, folder: Path) -> None:
        self.venv, self.asked, self.started, self.codes = Venv(folder, root=folder), {}, [], [0, 0, 0]  # type: ignore[var-annotated]

    def prepare(self, _: Venv, lock: str, **wishes: bool) -> None:
        self.asked = {"lock": lock, **wishes}

    def start(self, command: list[str], _: dict[str, str], *, held: bool = False) -> int:
        assert command[:3] == [str(self.venv.python), "-P", "-m"]
        self.started.append(" ".join(command[3:]))
        return self.codes.pop(0) if self.codes else 0


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    door = Door(tmp_path)
    monkeypatch.setattr(preparation, "choose", lambda *_, **__: door.venv)
    monkeypatch.setattr(preparation, "prepare", door.prepare)
    monkeypatch.setattr(commands, "attend", door.start)
    monkeypatch.setattr(commands, "become", door.start)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)
    yield door


def alone(*words: str) -> subprocess.CompletedProcess[str]:
    """Start viz.py as on a machine where nothing is installed: no site-packages, no folder to write to."""
    command = [sys.executable, "-I", "-S", "-B", str(VIZ), *words]
    return subprocess.run(command, capture_output=True, text=True, env={"VIZ_VENV": "/dev/null/nowhere", "PATH": ""})


def test_it_parses_on_pythons_that_are_too_old() -> None:
    ast.parse(VIZ.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(SystemExit) as refused:
        runpy.run_path(str(VIZ))
    assert "3.11" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_what_runs_before_set_up_imports_the_standard_library_alone(source: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(str(node.module))
    ours = {".".join(path.relative_to(VIZ.parent).with_suffix("").parts) for path in SOURCES}
    assert {name.partition(".")[0] for name in imported - ours} <= sys.stdlib_module_names


@pytest.mark.parametrize("words", ["--help", "--version", "run --help", "serve --help", "test --help"])
def test_questions_are_answered_with_nothing_installed(words: str) -> None:
    done = alone(*words.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_wrong_words_end_with_usage_before_anything_is_set_up() -> None:
    done = alone("--size", "huge")
    assert done.returncode == 2
    assert "'huge'" in done.stderr
    assert "1280x720" in done.stderr


def test_a_folder_that_cannot_be_made_is_one_sentence_not_a_traceback() -> None:
    done = alone("serve")
    assert done.returncode == 1
    assert done.stderr.startswith("viz.py: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_program_gets_every_word_as_it_was_given(door: Door) -> None:
    assert viz.main(["--size", "640x480", "--seed", "3"]) == 0
    assert door.started == ["scenes --size 640x480 --seed 3"]
    assert door.asked == {"lock": "requirements.lock", "wants_gl": True, "must_have_gl": True}


def test_serving_asks_for_no_graphics(door: Door) -> None:
    viz.main(["serve", "--port", "0"])
    assert door.asked["wants_gl"] is False


def test_the_doctor_comes_even_where_graphics_cannot_be_had(door: Door) -> None:
    viz.main(["doctor"])
    assert door.asked["must_have_gl"] is False


def test_all_checks_run_in_order_and_pytest_last(door: Door) -> None:
    assert viz.main(["test"]) == 0
    assert door.started[:3] == ["ruff check .", "ruff format --check .", "mypy"]
    assert door.started[3:] == ["pytest -n auto --maxprocesses 8 --dist loadfile"]
    assert door.asked["lock"] == "requirements-dev.lock"
    assert Path.cwd() == VIZ.parent


def test_checks_end_at_the_first_that_fails(door: Door) -> None:
    door.codes = [0, 5]
    assert viz.main(["test"]) == 5
    assert door.started == ["ruff check .", "ruff format --check ."]


def test_with_words_of_its_own_only_pytest_runs(door: Door) -> None:
    assert viz.main(["test", "-x", "tests/test_viz.py"]) == 0
    assert door.started == ["pytest -x tests/test_viz.py"]


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Refusal("no pip", 1), 1, "no pip"),
        (Refusal("no OpenGL", 3), 3, "no OpenGL"),
        (PermissionError(13, "denied", "/there"), 1, "VIZ_VENV"),
        (KeyboardInterrupt(), 130, "Ctrl+C"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    error: BaseException,
    code: int,
    told: str,
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(preparation, "prepare", fail)
    assert viz.main([]) == code
    assert door.started == []
    [line] = capsys.readouterr().err.splitlines()
    assert told in line
