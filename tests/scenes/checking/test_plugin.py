"""The pytest plugin, as somebody else's project would use it: in a pytest of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scenes.checking import plugin
from scenes.checking.plugin import report_name

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
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


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as pip leaves one: the packages in training_visualizer, beside it what they announce."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "training_visualizer").symlink_to(ROOT)
    facts = folder / "ai_training_visualizer-0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: ai-training-visualizer\nVersion: 0\n")
    announced = PROJECT["project"]["entry-points"]["pytest11"]
    (facts / "entry_points.txt").write_text("[pytest11]\n" + "".join(f"{k} = {v}\n" for k, v in announced.items()))
    return folder


def outcome(project: Path, *words: str, path: Path | None = None) -> tuple[int, str]:
    """Run pytest there, with `path` on Python's path; its exit code and what it said."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *words]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST"))}
    environment |= {"PYTHONPATH": str(path)} if path else {}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_test_fails_in_words_until_its_goldens_are_accepted(project: Path, installed: Path) -> None:
    code, told = outcome(project, path=installed)
    assert code == 1 and "one: there is no golden one.png and no one.json" in told
    assert not (project / "golden").exists()
    code, told = outcome(project, "--visualizer-accept", path=installed)
    assert code == 1 and "one: accepted: look at it, then check again" in told
    assert sorted(path.name for path in (project / "golden" / "exhibit").iterdir()) == [
        "fingerprints.json",
        "one.json",
        "one.png",
    ]
    assert outcome(project, path=installed)[0] == 0
    (project / "exhibit.script").write_text("seed 7\npress batch_size 64\nrun 5ticks\nshot one\n")
    code, told = outcome(project, "--visualizer-report", "reports", path=installed)
    assert code == 1 and "one: parameters batch size: 32 -> 64" in told and "Traceback" not in told
    (report,) = (project / "reports").iterdir()
    assert report.name == report_name("test_exhibit.py::test_exhibit")
    assert "<!doctype html>" in report.read_text(encoding="utf-8")


def test_what_keeps_a_check_from_comparing_fails_the_test(project: Path, installed: Path) -> None:
    (project / "test_exhibit.py").write_text('def test_x(visualizer):\n    visualizer.check("x.script", scale=99)\n')
    code, told = outcome(project, path=installed)
    assert code == 1 and "the check ended with exit code 2" in told and "99" in told


def test_the_wheel_announces_the_plugin() -> None:
    module = PROJECT["project"]["entry-points"]["pytest11"]["training-visualizer"]
    package, _, path = module.partition(".")
    assert package == "training_visualizer" and module.rpartition(".")[0] in PROJECT["tool"]["setuptools"]["packages"]
    assert (ROOT / path.replace(".", "/")).with_suffix(".py").is_file()


def documented(kind: str, begin: str) -> str:
    """The example in docs/checks.md of this kind that begins so."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"```{kind}\n({re.escape(begin)}.*?)```", page, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("kind", ["installed", "checkout"])
def test_pytest_finds_the_fixture_as_the_manual_says(tmp_path: Path, installed: Path, kind: str) -> None:
    (tmp_path / "exhibit.script").write_text("size 64x64\nshot one\n")
    (tmp_path / "test_exhibit.py").write_text(documented("python", "def test_exhibit"))
    if kind == "checkout":
        lines = documented("ini", "[pytest]")
        assert "../ai-training-visualizer" in lines
        (tmp_path / "pytest.ini").write_text(lines.replace("../ai-training-visualizer", f"'{ROOT}'"))
        (tmp_path / "conftest.py").write_text(documented("python", "pytest_plugins"))
    code, told = outcome(tmp_path, "--visualizer-accept", path=installed if kind == "installed" else None)
    assert code == 1 and "one: there is no golden one.png and no one.json" in told
    assert (tmp_path / "golden" / "exhibit" / "one.png").is_file()


def test_found_twice_it_says_which_of_the_two_to_take_away(project: Path, installed: Path) -> None:
    (project / "pytest.ini").write_text(f"[pytest]\npythonpath = '{ROOT}'\n")
    (project / "conftest.py").write_text(documented("python", "pytest_plugins"))
    code, told = outcome(project, path=installed)
    assert code == pytest.ExitCode.USAGE_ERROR and plugin.TWICE in told and "Traceback" not in told


TEST_IT = "a/test_x.py::test_it"
NAMES = [TEST_IT, "b/test_x.py::test_it", "a/test_x.py::Test::test_it"]
NAMES += [f"{TEST_IT}[{which}]" for which in ("1.0", "1-0", "ä/" * 200, "\ud800")]


def test_every_test_has_a_report_of_its_own() -> None:
    reports = [report_name(name) for name in NAMES]
    assert len(set(reports)) == len(NAMES)
    assert all(re.fullmatch(r"\w[\w-]{,120}\.html", report, re.ASCII) for report in reports)
    assert reports[0].startswith("a-test_x-test_it-")


ENDS = "import os, signal, sys\n"
TERMINATED = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from scenes import __main__ as program
from scenes.checking import command
command.run = lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM)
sys.exit(program.main())
"""


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("os.kill(os.getpid(), signal.SIGTERM)", "the check was ended by SIGTERM before it had"),
        ("sys.exit(-9)", "the check ended with exit code 247: it said nothing"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "the check was ended by SIGKILL before"),
        ("sys.exit(143)", "the check was ended by SIGTERM before"),
        ("sys.exit(130)", "the check was ended by SIGINT before"),
        ("sys.exit(3)", "the check ended with exit code 3: it said nothing"),
        ("sys.exit('viz: why')", "the check ended with exit code 1: viz: why"),
        ("sys.exit(200)", "the check ended with exit code 200"),
        ("print('own.script: 1 of'); sys.exit(143)", "the check was ended by SIGTERM before"),
        ("", "the check ended with exit code 0, but without a verdict: it said nothing"),
        (TERMINATED, "the check "),
    ],
)  # fmt: skip
def test_a_check_that_ends_before_it_has_compared_fails_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, told: str
) -> None:
    (tmp_path / "program.py").write_text(ENDS + program)
    monkeypatch.setattr(plugin, "PROGRAM", tmp_path / "program.py")
    visualizer = plugin.Visualizer(tmp_path, report=tmp_path / "report.html", accept=False)
    with pytest.raises(pytest.fail.Exception) as why:
        visualizer.check("own.script")
    assert str(why.value).startswith(told)
