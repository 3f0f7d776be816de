"""What all tests share: hypothesis without a stopwatch, and one hidden window whose driver forgets nothing."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy comes, as in the program

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from engine.graphics.renderer import Renderer
    from engine.scripting.script import Verbs
    from engine.window import Window
    from scenes.checking.check import ServerFor
    from scenes.stage import Stage

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no failures
settings.load_profile("untimed")

SHADERS = Path(__file__).resolve().parents[1] / "shaders"
PLURALS = {"Buffer": "Buffers", "Texture": "Textures", "Framebuffer": "Framebuffers", "VertexArray": "VertexArrays"}
KINDS = (*PLURALS, "Program")
LOW_NAMES = 512  # where a leak shows in drivers that hand out the lowest free numbers first

Make = Callable[..., "Renderer"]
FullDisk = Callable[[int], AbstractContextManager[None]]
Rehearsed = Callable[..., AbstractContextManager[tuple["Stage", "Spoken"]]]


class Spoken:
    """A `pilot` that does each verb of a table as its script would say it: `press("start")` for `press start`."""

    def __init__(self, pilot: Any, verbs: Verbs) -> None:
        self.pilot = pilot
        self._verbs = verbs

    def __getattr__(self, name: str) -> Any:
        verb = self._verbs.get(name)
        return partial(verb, self.pilot) if verb else getattr(self.pilot, name)


@pytest.fixture(scope="session")
def spoken() -> type[Spoken]:
    """Makes a pilot one that can be spoken to."""
    return Spoken


@pytest.fixture(scope="session")
def window() -> Iterator[Window]:
    """The one hidden window with OpenGL. A second one would take its context away."""
    from engine.window import Window

    with mock.patch.dict(os.environ):  # programs that other tests start shall not inherit its driver
        opened = Window((64, 64), title="tests", visible=False)
    gc.collect()
    gc.freeze()  # looking for what leaks need not walk over what is here already: a third of the time of all tests
    yield opened
    gc.unfreeze()
    opened.close()


class Lent:
    """The tests' window, which whoever it is lent to must not close."""

    def __init__(self, window: Window) -> None:
        self.load, self.caption = window.load, window.caption

    def close(self) -> None:
        """It stays open."""


@pytest.fixture(scope="session")
def lent(window: Window) -> Callable[[], Lent]:
    """What stands for `hidden_window` where a program would open one of its own."""
    return lambda: Lent(window)


@pytest.fixture(autouse=True)
def no_leftover_events() -> Iterator[None]:
    """What pygame-gui posts holds its control, and so a whole visualizer; here nobody would take it from the queue."""
    yield
    pygame = sys.modules.get("pygame")
    if pygame and pygame.display.get_init():
        pygame.event.get(pump=False)  # `clear` would not let go of what they hold


@pytest.fixture(scope="session")
def script_server() -> ServerFor:
    """Backends as scripts see them: each `with` has one of its own, on the seed that the program uses."""
    from scenes.cli.values import SCRIPTED_SEED
    from scenes.embedded import Embedded

    return lambda: Embedded(SCRIPTED_SEED)


@pytest.fixture(scope="session")
def rehearsed(window: Window) -> Rehearsed:
    """Make a stage off screen, and its pilot that writes into `out`; named looks replace 1280x720, dark, at 1.

    It has a backend of its own, unless it is given a `server`.
    """
    from scenes.scripting.rehearsal import rehearsal
    from scenes.scripting.verbs import VERBS
    from simulation_server.backend import Backend

    @contextmanager
    def make(out: Path, *, server: Any = None, **looks: Any) -> Iterator[tuple[Stage, Spoken]]:
        chosen = {"size": (1280, 720), "theme": "dark", "scale": 1.0, **looks}
        own = None if server else Backend(seed=7).start()
        try:
            stage, pilot = rehearsal(url=(server or own).url, server=server or own, out=out, window=window, **chosen)
            try:
                yield stage, Spoken(pilot, VERBS)
            finally:
                stage.close()
        finally:
            if own:
                own.stop()

    return make


@pytest.fixture(scope="session")
def longer() -> dict[str, str]:
    """The English table with 40 percent more letters in each word; what stands in braces stays."""
    from scenes.kit.words import ENGLISH

    def stretched(found: re.Match[str]) -> str:
        return found[0] + found[0][-1] * max(1, round(0.4 * len(found[0])))

    return {key: re.sub(r"\w+(?![^{]*})", stretched, words) for key, words in ENGLISH.items()}


@pytest.fixture(scope="session")
def figures_file() -> Callable[..., Path]:
    """Write a run of figures alone: `count` epochs of falling loss, an `end` unless it is None; more for the header."""

    def write(path: Path, count: int, *, end: str | None = "complete", **header: Any) -> Path:
        with path.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"type": "header", "version": 1, **header}) + "\n")
            for n in range(1, count + 1):
                told = {"type": "epoch", "epoch": n, "loss": 1 + 1 / n, "accuracy": 100 * n / (n + 10)}
                file.write(json.dumps(told) + "\n")
            if end:
                file.write(json.dumps({"type": "end", "status": end, "reason": "so it was", "epochs": count}) + "\n")
        return path

    return write


@pytest.fixture(scope="session")
def long_file() -> Callable[..., Path]:
    """Write a run of `count` epochs with the states of a 4-8-8-2 network, whose first weight tells the epoch."""
    import base64

    import numpy as np

    shape, names = [4, 8, 8, 2], ["x", "y", "x²", "y²"]

    def text(values: Any) -> str:
        return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()

    header = {
        "type": "header",
        "version": 1,
        "shape": shape,
        "dataset": "circle",
        "features": names,
        "classes": ["A", "B"],
        "offset": [0] * 4,
        "scale": [1] * 4,
        "parameters": {"activation": "tanh"},
        "samples": {"count": 0, "columns": 2, "values": "", "labels": "", "training": ""},
    }
    state = {
        "biases": text(np.zeros(18)),
        "activations": text(np.ones(22)),
        "gradientNorms": text(np.ones(3)),
        "confusion": text([4, 1, 2, 5]),
    }

    def write(path: Path, count: int, *, damaged: bool = False) -> Path:
        with path.open("w", encoding="utf-8") as file:
            file.write(json.dumps(header) + "\n")
            for n in range(1, count + 1):
                figures = {"loss": 1 / n, "accuracy": 50, "validationLoss": 2 / n, "validationAccuracy": 40}
                told = {"type": "epoch", "epoch": n, **figures, "weights": text([n, *np.ones(111)]), **state}
                file.write(json.dumps(told) + "\n")
            end = {"type": "end", "status": "complete", "reason": "so it was", "epochs": count}
            file.write(("damaged" if damaged else json.dumps(end)) + "\n")
        return path

    return write


@pytest.fixture(scope="session")
def trained_file() -> Callable[..., Path]:
    """Write a run of the real trainer as the backend sends it; the trainer's parameters by name."""
    from simulation_server.training.parameters import Parameters
    from simulation_server.training.run_lines import run_lines
    from simulation_server.training.trainer import prepare

    def write(path: Path, **asked: Any) -> Path:
        parameters = Parameters(**asked)
        path.write_bytes(b"".join(run_lines(parameters, prepare(parameters), clock=lambda: 0.0)))
        return path

    return write


@pytest.fixture
def full_disk() -> FullDisk:
    """Within the block no file grows beyond so many bytes. Not beyond it: what pytest writes to may be longer."""

    @contextmanager
    def full(size: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full


@pytest.fixture
def no_leaks(window: Window) -> Iterator[None]:
    """After the test, OpenGL holds what it held before; else the test fails and names what was left behind."""
    newest = _newest(window.load)  # the other drivers count on, so that a leak shows above these numbers
    before = _objects() + _names(window.load, newest)
    yield
    left = _objects() + _names(window.load, newest) - before
    assert not left, f"left behind in OpenGL: {', '.join(sorted(left.elements()))}"


@pytest.fixture
def renderer(window: Window, no_leaks: None) -> Iterator[Make]:
    """Make renderers of a size; those that the test has not closed are closed after it."""
    from engine.graphics.renderer import Renderer

    made: list[Renderer] = []

    def make(size: tuple[int, int] = (64, 64), shaders: Path = SHADERS) -> Renderer:
        made.append(Renderer(window.load, shaders, size))
        return made[-1]

    yield make
    for each in made:
        if not _released(each.context):
            each.close()


def _objects() -> Counter[str]:
    """What moderngl still holds, by kind and label."""
    import moderngl

    gc.collect()
    kinds = tuple(getattr(moderngl, kind) for kind in KINDS)
    held = [each for each in gc.get_objects() if isinstance(each, kinds) and not _released(each)]
    return Counter(f"{type(each).__name__} {getattr(each, 'label', None) or each.glo}" for each in held if each.glo)


def _released(each: object) -> bool:
    return type(getattr(each, "mglo", None)).__name__ == "InvalidObject"


def _newest(load: Callable[[str], int]) -> dict[str, int]:
    """The number that the driver hands out next, by kind: one is made of each, and deleted."""
    newest: dict[str, int] = {}
    for kind in KINDS:
        if kind == "Program":
            newest[kind] = ctypes.CFUNCTYPE(ctypes.c_uint)(load("glCreateProgram"))()
            ctypes.CFUNCTYPE(None, ctypes.c_uint)(load("glDeleteProgram"))(newest[kind])
            continue
        name, several = ctypes.c_uint(0), ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.POINTER(ctypes.c_uint))
        several(load(f"glGen{PLURALS[kind]}"))(1, ctypes.byref(name))
        several(load(f"glDelete{PLURALS[kind]}"))(1, ctypes.byref(name))
        newest[kind] = name.value
    return newest


def _names(load: Callable[[str], int], newest: dict[str, int]) -> Counter[str]:
    """What the driver itself knows, whoever made it: also what Python has lost sight of."""
    ctypes.CFUNCTYPE(None, ctypes.c_uint)(load("glUseProgram"))(0)  # what is in use outlives its own release
    known: Counter[str] = Counter()
    latest = _newest(load)
    for kind in KINDS:
        exists = ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)(load(f"glIs{kind}"))
        names = [*range(1, LOW_NAMES), *range(max(LOW_NAMES, newest[kind]), latest[kind] + 1)]
        known.update(f"driver's {kind.lower()} {name}" for name in names if exists(name))
    return known
