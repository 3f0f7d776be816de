"""What all tests share: hypothesis without a stopwatch, and one hidden window whose driver forgets nothing."""

from __future__ import annotations

import ctypes
import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy comes, as in the program

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from engine.graphics.renderer import Renderer
    from engine.window import Window

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

SHADERS = Path(__file__).resolve().parents[1] / "shaders"
KINDS = ("Buffer", "Texture", "Framebuffer", "VertexArray", "Program")
MOST_NAMES = 512  # OpenGL hands out the lowest free numbers first, so that a leak shows below this one

Make = Callable[..., "Renderer"]


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


@pytest.fixture
def no_leaks(window: Window) -> Iterator[None]:
    """After the test, OpenGL holds what it held before; else the test fails and names what was left behind."""
    before = _objects() + _names(window.load)
    yield
    left = _objects() + _names(window.load) - before
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


def _names(load: Callable[[str], int]) -> Counter[str]:
    """What the driver itself knows, whoever made it: also what Python has lost sight of."""
    ctypes.CFUNCTYPE(None, ctypes.c_uint)(load("glUseProgram"))(0)  # what is in use outlives its own release
    known: Counter[str] = Counter()
    for kind in KINDS:
        exists = ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)(load(f"glIs{kind}"))
        known.update(f"driver's {kind.lower()} {name}" for name in range(1, MOST_NAMES) if exists(name))
    return known
