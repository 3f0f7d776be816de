"""Arrows point down: scenes -> engine -> libraries; the server knows neither; each library has its one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("engine", "scenes", "simulation_server")
FILES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]

PLACES = {  # library: where it may be imported
    "moderngl": ("engine/graphics/",),
    "pygame_gui": ("engine/flat/controls.py", "engine/flat/slider.py"),
    "pyrr": ("engine/camera.py",),
    "requests": ("scenes/training/sources/transport.py",),
    "urllib3": ("scenes/training/sources/transport.py",),
    "tenacity": ("engine/retry.py",),
    "pytest": ("scenes/checking/plugin.py",),
    "PIL": ("engine/films/animation.py",),
    "imageio_ffmpeg": ("engine/films/video.py",),
    "platformdirs": ("engine/settings.py", "scenes/exhibit/window.py"),
}
CLOCKS = ("time", "datetime", "random")  # what asks for the time or for chance
CLOCK_PLACES = (
    "engine/window.py",
    "engine/graphics/driver_time.py",
    "scenes/diagnosis/bench.py",
    "scenes/scripting/film.py",  # the bar
    "scenes/exhibit/window.py",
    "scenes/training/sources/http.py",  # the jitter's default
    "simulation_server/",  # a server's own deadlines and seeds
    "scenes/bootstrap/",
)
SUBJECT = ("neuron", "epoch", "loss", "accuracy", "learning")


def imported(path: Path) -> Iterator[str]:
    """The absolute module names that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_imports_only_from_below(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    allowed = {"engine": {"engine"}, "scenes": {"engine", "scenes"}, "simulation_server": {"simulation_server"}}[
        package
    ]
    if named(path) in ("scenes/__main__.py", "scenes/embedded.py"):
        allowed = set(OURS)
    above = [name for name in imported(path) if name.split(".")[0] in OURS and name.split(".")[0] not in allowed]
    assert not above


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_library_is_imported_in_its_own_place_alone(path: Path) -> None:
    for name in imported(path):
        places = PLACES.get(name.split(".")[0])
        assert places is None or named(path).startswith(places), f"{name} is imported in {named(path)}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_time_and_chance_are_asked_for_at_the_edge_alone(path: Path) -> None:
    if not named(path).startswith(CLOCK_PLACES):
        assert not [name for name in imported(path) if name in CLOCKS]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.is_relative_to(ROOT / "engine") and path.stem != "video"], ids=named
)
def test_the_engine_does_not_say_what_is_shown(path: Path) -> None:
    code = path.read_text(encoding="utf-8").lower()
    assert not [word for word in SUBJECT if word in code]


def test_the_subject_of_training_needs_no_display() -> None:
    for path in (ROOT / "scenes" / "training").rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] in ("pygame", "moderngl", "pygame_gui")]
