"""A pilot of an app that draws nothing, before a screen of which everything is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from engine.app import App
from engine.input import Point
from engine.scene import Scene, SceneStack
from engine.scripting.pilot import Pilot
from engine.scripting.verbs import VERBS

Places = Mapping[tuple[str, str | None], Point]


class Given:
    """A screen with these places and this description."""

    statuses = ()

    def __init__(self, places: Places, told: dict[str, Any], status: Callable[[], str]) -> None:
        self._places, self._told = places, told
        self.status = status

    def place(self, name: str, value: str | None) -> Point | None:
        return self._places.get((name, value))

    def names(self) -> Sequence[str]:
        return [*self._told["controls"], *self._told["panels"], "field"]

    def control(self, name: str, value: str | None = None) -> Mapping[str, Any] | None:
        return self._told["controls"].get(name)

    def note(self) -> bytes:
        return b""

    def ask(self, name: str) -> Any:
        return self._told[name]

    def describe(self) -> dict[str, Any]:
        return self._told


@pytest.fixture
def piloted(spoken: Any) -> Callable[..., Any]:
    """Makes a pilot of `scene` that is spoken to."""

    def make(scene: Scene, canvas: Any, *, places: Places, told: dict[str, Any], status: Any, **given: Any) -> Any:
        return spoken(Pilot(App(canvas, SceneStack(scene)), Given(places, told, status), **given), VERBS)

    return make
