"""The pytest plugin, as somebody else's project would use it: in a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEST = """
def test_exhibit(visualizer):
    visualizer.check("exhibit.script", size=(320, 200), theme="light")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a script, a test and, to be nasty, packages called as ours are."""
    (tmp_path / "conftest.py").write_text("import engine\n")
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").touch()
    (tmp_path / "exhibit.script").write_text("seed 7\nrun 5ticks\nshot one\n")
    (tmp_path / "test_exhibit.py").write_text(TEST)
    return tmp_path


def outcome(project: Path, *words: str) -> tuple[int, str]:
    """Run pytest there; its exit code and what it said. The plugin is loaded by path, as if it were installed."""
    load = "import sys; sys.path.append(sys.argv.pop(1)); import scenes.checking.plugin as p; sys.path.pop(); "
    start = load + "import pytest; sys.exit(pytest.main(sys.argv[1:], plugins=[p]))"
    command = [sys.executable, "-c", start, str(ROOT), "-p", "no:cacheprovider", "-q", *words]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST"))}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_test_fails_in_words_until_its_goldens_are_accepted(project: Path) -> None:
    code, told = outcome(project)
    assert code == 1 and "one: there is no golden one.png and no one.json" in told
    assert not (project / "golden").exists()
    code, told = outcome(project, "--visualizer-accept")
    assert code == 1 and "one: accepted: look at it, then check again" in told
    assert sorted(path.name for path in (project / "golden" / "exhibit").iterdir()) == [
        "fingerprints.json",
        "one.json",
        "one.png",
    ]
    assert outcome(project)[0] == 0
    (project / "exhibit.script").write_text("seed 7\npress batch_size 64\nrun 5ticks\nshot one\n")
    code, told = outcome(project, "--visualizer-report", "reports")
    assert code == 1 and "one: parameters batch size: 32 -> 64" in told and "Traceback" not in told
    assert "<!doctype html>" in (project / "reports" / "test_exhibit.html").read_text(encoding="utf-8")


def test_what_keeps_a_check_from_comparing_fails_the_test(project: Path) -> None:
    (project / "test_exhibit.py").write_text('def test_x(visualizer):\n    visualizer.check("x.script", scale=99)\n')
    code, told = outcome(project)
    assert code == 1 and "the check ended with exit code 2" in told and "99" in told


def test_the_wheel_announces_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    module = project["project"]["entry-points"]["pytest11"]["training-visualizer"]
    package, _, path = module.partition(".")
    assert package == "training_visualizer"
    assert (ROOT / path.replace(".", "/")).with_suffix(".py").is_file()
