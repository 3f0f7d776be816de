"""Arrows point down, never in a circle; each library has its place; a file does one job, in short functions."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("engine", "scenes", "simulation_server")
FILES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]

BELOW = {  # package: what of ours it may import beside itself; the longest name that fits decides
    "engine": (),
    "engine.films": ("engine",),
    "engine.flat": ("engine.input",),
    "engine.graphics": ("engine.flat", "engine.motion"),
    "engine.recording": ("engine", "engine.scripting"),
    "engine.scripting": ("engine", "engine.films"),
    "scenes": ("engine", "scenes"),
    "scenes.bootstrap": ("scenes.cli", "engine.films.h264"),
    "scenes.checking": ("engine", "scenes"),
    "scenes.cli": ("engine", "scenes"),
    "scenes.compare": ("engine", "scenes.kit", "scenes.training"),
    "scenes.dashboard": ("engine", "scenes.kit", "scenes.world", "scenes.training"),
    "scenes.figures": ("engine", "scenes.compare.companions", "scenes.kit", "scenes.training"),
    "scenes.kept": ("engine", "scenes.figures", "scenes.training"),
    "scenes.kit": ("engine", "scenes.training"),
    "scenes.runs": ("engine", "scenes.kept", "scenes.kit", "scenes.training"),
    "scenes.training": ("engine",),
    "scenes.visit": ("engine", "scenes.kit", "scenes.world", "scenes.training"),
    "scenes.world": ("engine", "scenes.kit", "scenes.training"),
    "simulation_server": (),
}
BOTH_SIDES = ("scenes.__main__", "scenes.embedded")  # what may see the server, too
PLACES = {  # library: where it may be imported
    "moderngl": ("engine/graphics/",),
    "pygame_gui": ("engine/flat/controls.py", "engine/flat/slider.py"),
    "pyrr": ("engine/camera.py",),
    "requests": ("scenes/training/sources/transport.py",),
    "urllib3": ("scenes/training/sources/transport.py",),
    "tenacity": ("engine/retry.py",),
    "pytest": ("scenes/checking/plugin.py",),
    "matplotlib": ("scenes/figures/", "scenes/diagnosis/peers.py"),
    "PIL": ("engine/films/animation.py",),
    "imageio_ffmpeg": ("engine/films/video.py",),
    "platformdirs": (
        "engine/settings.py",
        "scenes/exhibit/window.py",
        "scenes/kept/place.py",
        "scenes/kiosk/start.py",
    ),
}
CLOCKS = ("time", "datetime", "random")  # what asks for the time or for chance
CLOCK_PLACES = (
    "engine/window.py",
    "scenes/kept/place.py",  # the type alone
    "scenes/kept/store.py",  # the type alone
    "scenes/kiosk/day_report.py",
    "scenes/kiosk/exhibit.py",
    "scenes/kiosk/log_file.py",
    "scenes/kiosk/start.py",
    "scenes/kiosk/supervisor.py",
    "engine/graphics/driver_time.py",
    "scenes/diagnosis/bench.py",
    "scenes/diagnosis/bench_server.py",
    "scenes/diagnosis/bench_window.py",
    "scenes/diagnosis/peers.py",
    "scenes/diagnosis/yardstick.py",
    "scenes/diagnosis/doctor.py",
    "scenes/diagnosis/faults.py",
    "scenes/diagnosis/fault_rows.py",
    "scenes/diagnosis/rows/",
    "scenes/diagnosis/soak.py",
    "scenes/selftest/start.py",
    "scenes/sweep/",
    "scenes/scripting/film.py",  # the bar
    "scenes/exhibit/window.py",
    "scenes/training/sources/http.py",  # the jitter's default
    "simulation_server/",  # a server's own deadlines and seeds
    "scenes/bootstrap/",
)
SLOW_FIRST = ("unique", "union1d", "intersect1d", "setdiff1d", "setxor1d", "isin", "in1d")  # loads numpy.ma: 18 ms
SUBJECT = ("neuron", "epoch", "loss", "accuracy", "learning")
LONGEST_FUNCTION = 60  # lines


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return named(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def each(paths: list[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """One test for all these files, which names every one that fails: two thousand tests would take as many reports."""

    def for_all(test: Callable[[Path], None]) -> Callable[[], None]:
        def whole() -> None:
            failed = {}
            for path in paths:
                try:
                    test(path)
                except AssertionError as why:
                    failed[named(path)] = str(why)
            assert paths and not failed, failed

        whole.__name__, whole.__doc__ = test.__name__, test.__doc__
        return whole

    return for_all


MODULES = {dotted(path): path for path in FILES}


@cache
def tree_of(path: Path) -> ast.Module:
    """What stands in a file, read once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The same as `imports`, read once."""
    return tuple(imports(path))


def imports(path: Path) -> Iterator[str]:
    """The absolute names that a file imports: within functions and behind TYPE_CHECKING, too."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (above, node.module or "") if part)
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield full if full in MODULES else module


def arrows() -> dict[str, set[str]]:
    """Each module of ours, and those of ours that it imports."""
    return {name: {other for other in imported(path) if other in MODULES} - {name} for name, path in MODULES.items()}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The modules of one circle, the first of them once more at the end; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_import_goes_in_a_circle_not_even_a_hidden_one() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": set()}), "the test itself is blind"
    assert not (found := circle(arrows())), f"a circle of imports: {' <- '.join(found)}"


@each(FILES)
def test_nothing_of_ours_hides_behind_type_checking(path: Path) -> None:
    hidden = [
        node
        for block in ast.walk(tree_of(path))
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] in OURS)
    ]
    assert not hidden


@each(FILES)
def test_a_file_imports_only_from_below(path: Path) -> None:
    name = dotted(path)
    home = max((each for each in BELOW if f"{name}.".startswith(f"{each}.")), key=len)
    allowed = (*BELOW[home], home) if name not in BOTH_SIDES else OURS
    ours = [other for other in imported(path) if other.split(".")[0] in OURS]
    assert not [each for each in ours if not f"{each}.".startswith(tuple(f"{place}." for place in allowed))]


@each(FILES)
def test_a_library_is_imported_in_its_own_place_alone(path: Path) -> None:
    for name in imported(path):
        places = PLACES.get(name.split(".")[0])
        assert places is None or named(path).startswith(places), f"{name} is imported in {named(path)}"


def test_every_place_that_is_named_exists() -> None:
    for place in chain(*PLACES.values(), CLOCK_PLACES, (package.replace(".", "/") for package in BELOW)):
        assert (ROOT / place).exists(), f"there is no {place} any more"


@each(FILES)
def test_time_and_chance_are_asked_for_at_the_edge_alone(path: Path) -> None:
    if not named(path).startswith(CLOCK_PLACES):
        assert not [name for name in imported(path) if name in CLOCKS]


@each([path for path in FILES if path.is_relative_to(ROOT / "engine")])
def test_the_engine_does_not_say_what_is_shown(path: Path) -> None:
    words = set(re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower()))
    assert not words & {form for word in SUBJECT for form in (word, f"{word}s", f"{word}es")}


@each(FILES)
def test_a_function_stays_short_enough_to_read(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_the_subject_of_training_needs_no_display() -> None:
    for path in (ROOT / "scenes" / "training").rglob("*.py"):
        assert not [name for name in imported(path) if name.split(".")[0] in ("pygame", "moderngl", "pygame_gui")]


def test_the_controller_loads_no_http() -> None:
    seen = {"scenes.training.controller"}
    graph = arrows()
    while new := set(chain(*(graph[name] for name in seen))) - seen:
        seen |= new
    libraries = {name.split(".")[0] for module in seen for name in imported(MODULES[module])}
    assert not libraries & {"requests", "urllib3", "http", "socket"}


@each(FILES)
def test_nothing_large_is_loaded_by_a_numpy_call_in_the_middle_of_a_run(path: Path) -> None:
    tree = tree_of(path)
    assert not [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in SLOW_FIRST]
