"""A pytest plugin: a user's own project tests its scripts with `def test_exhibit(visualizer): ...`.

Standard library and pytest only. Each check is a process of its own: one window with OpenGL a process, nothing of the
visualizer on the project's import path, and a driver that crashes is a failed test instead of the end of them all.
docs/checks.md says how pytest finds it, installed or in a checkout.
"""

import hashlib
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[1] / "__main__.py"
SAME, DIFFERED = 0, 1  # the exit codes of a check that has compared
SIGNALLED = 128  # a program that ends because of signal n does so with this much more, if it is not -n
READABLE = 100  # characters of a test's name in that of its report
TWICE = "pytest finds the visualizer twice: it is installed, so take its pytest_plugins line out of your conftest.py"

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
        told = done.stdout.strip() if done.returncode in (SAME, DIFFERED) else ""
        if done.returncode != SAME or not told:
            pytest.fail(told or _ended(done), pytrace=False)


@pytest.fixture
def visualizer(request: pytest.FixtureRequest, tmp_path: Path) -> Visualizer:
    """Plays scripts of the AI Training Visualizer and compares their shots with the goldens beside them."""
    folder = request.config.getoption("--visualizer-report")
    report = Path(folder).absolute() / report_name(request.node.nodeid) if folder else tmp_path / "report.html"
    return Visualizer(request.path.parent, report=report, accept=request.config.getoption("--visualizer-accept"))


def report_name(test: str) -> str:
    """The file for the report of the test with this node id: one of its own, in letters that every system knows."""
    own = hashlib.sha256(test.encode(errors="backslashreplace")).hexdigest()[:8]
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", test.replace(".py::", "::"))[-READABLE:].strip("-")
    return f"{plain}-{own}.html"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's two options. Raises pytest.UsageError if they are there: pytest has loaded the plugin twice."""
    group = parser.getgroup("visualizer", "AI Training Visualizer")
    try:
        group.addoption(
            "--visualizer-accept",
            action="store_true",
            help="write the goldens of what failed; the tests fail all the same",
        )
    except ValueError:
        raise pytest.UsageError(TWICE) from None
    group.addoption(
        "--visualizer-report", metavar="DIR", help="folder for the HTML reports, one a test (default: its tmp_path)"
    )


def _option(name: str, value: Word) -> list[str]:
    return [f"--{name}", "x".join(map(str, value)) if isinstance(value, tuple) else str(value)]


def _ended(done: subprocess.CompletedProcess[str]) -> str:
    """What is said when the check could not compare at all."""
    last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["it said nothing"]
    number = -done.returncode if done.returncode < 0 else done.returncode - SIGNALLED
    if number in list(signal.Signals):
        return f"the check was ended by {signal.Signals(number).name} before it had compared: {last[0]}"
    without = "" if done.returncode else ", but without a verdict"
    return f"the check ended with exit code {done.returncode}{without}: {last[0]}"
