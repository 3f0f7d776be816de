"""A pytest plugin: a user's own project tests its scripts with `def test_exhibit(visualizer): ...`.

Standard library and pytest only. Each check is a process of its own: one window with OpenGL a process, nothing of the
visualizer on the project's import path, and a driver that crashes is a failed test instead of the end of them all.
From a checkout that is not installed: `pytest_plugins = ["scenes.checking.plugin"]`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[1] / "__main__.py"
DIFFERED = 1  # the exit code of a check that found a difference

Word = str | float | Path | tuple[int, int]


class Visualizer:
    """What the fixture `visualizer` gives: `check` passes, or fails the test in words."""

    def __init__(self, folder: Path, *, report: Path, accept: bool) -> None:
        self._folder = folder
        self._report = report
        self._accept = accept

    def check(self, script: str | Path, **looks: Word) -> None:
        """Compare the shots of `script`, relative to the test's file, with the goldens beside it.

        `looks` are what `viz.py check` knows: size=(1280, 720), theme="light", scale=1.5, csv=..., golden=... . Fails
        the test if anything differs; with --visualizer-accept the goldens are written, and it fails all the same.
        """
        __tracebackhide__ = True
        path = self._folder / script
        words = [*(word for pair in looks.items() for word in _option(*pair)), "--report", str(self._report)]
        words += ["--accept", "all"] if self._accept else []
        done = subprocess.run(
            [sys.executable, "-P", str(PROGRAM), "check", str(path), *words],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            told = done.stdout.strip() if done.returncode == DIFFERED and done.stdout else ""
            pytest.fail(told or _ended(done), pytrace=False)


@pytest.fixture
def visualizer(request: pytest.FixtureRequest, tmp_path: Path) -> Visualizer:
    """Plays scripts of the AI Training Visualizer and compares their shots with the goldens beside them."""
    folder = request.config.getoption("--visualizer-report")
    name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in request.node.name)
    report = Path(folder).absolute() / f"{name}.html" if folder else tmp_path / "report.html"
    return Visualizer(request.path.parent, report=report, accept=request.config.getoption("--visualizer-accept"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's two options."""
    group = parser.getgroup("visualizer", "AI Training Visualizer")
    group.addoption(
        "--visualizer-accept", action="store_true", help="write the goldens of what failed; the tests fail all the same"
    )
    group.addoption(
        "--visualizer-report", metavar="DIR", help="folder for the HTML reports, one a test (default: its tmp_path)"
    )


def _option(name: str, value: Word) -> list[str]:
    return [f"--{name}", "x".join(map(str, value)) if isinstance(value, tuple) else str(value)]


def _ended(done: subprocess.CompletedProcess[str]) -> str:
    """What is said when the check could not compare at all."""
    last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["it said nothing"]
    return f"the check ended with exit code {done.returncode}: {last[0]}"
