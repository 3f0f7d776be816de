"""Fixtures of the engine's tests: the project's own fonts, and a bare OpenGL context."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import moderngl
import pytest

from engine.flat.controls import Ui
from engine.flat.fonts import Fonts
from engine.flat.ranges import Range
from engine.graphics import context as gl
from engine.input import Key, Press, Release
from engine.resources import ASSETS
from engine.window import Window

SLOTS = {"go": (0, 0, 60, 20), "rate": (0, 40, 120, 20), "stop": (0, 80, 60, 20), "size": (0, 120, 120, 20)}


@pytest.fixture
def fonts(window: Window) -> Fonts:
    """The program's own faces and icons."""
    return Fonts(ASSETS / "fonts", ASSETS / "icons")


@pytest.fixture
def context(window: Window, no_leaks: None) -> Iterator[moderngl.Context]:
    """A context without a renderer. What a test makes in it, the test releases."""
    made = gl.create(window.load)
    yield made
    made.release()


@pytest.fixture
def order(window: Window) -> gl.ByteOrder:
    """Textures in pygame's byte order."""
    return gl.ByteOrder(window.load)


@dataclass
class Desk:
    """Two buttons and two sliders, with all that they asked for."""

    ui: Ui = field(default_factory=lambda: Ui((320, 200)))
    log: list[object] = field(default_factory=list)
    slots = SLOTS

    def __post_init__(self) -> None:
        self.ui.button("go", lambda: self.log.append("go"))
        self.rate = self.ui.slider("rate", Range(0, 10, 1), 5, self.asks("rate"))
        self.ui.button("stop", lambda: self.log.append("stop"))
        self.size = self.ui.slider("size", Range(1, 9, 1, reverse=True), 3, self.asks("size"))
        self.ui.place((320, 200), self.slots)

    def asks(self, name: str) -> Callable[[float], None]:
        """A change that is granted."""

        def change(value: float) -> None:
            self.log.append((name, value))
            self.ui.controls[name].value = value

        return change

    def click(self, at: tuple[float, float]) -> None:
        """Press and release."""
        self.ui.handle(Press(at))
        self.ui.handle(Release(at))
        self.ui.tick(1 / 60)

    def key(self, name: str, *, shift: bool = False) -> bool:
        """Press a key."""
        return self.ui.handle(Key(name, shift=shift))


@pytest.fixture
def desk(window: object) -> Desk:
    """A fresh desk."""
    return Desk()
