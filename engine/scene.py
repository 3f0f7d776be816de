"""Scenes and the stack that they lie on. Draws nothing itself."""

from collections.abc import Iterator
from typing import Any

from .input import Event


class Scene:
    """One thing that fills the window. The top scene ticks and listens; what lies below a covering one is not drawn."""

    covers = True  # False for an overlay through which the scene below is seen

    def entered(self) -> None:
        """Called when the scene comes to the top."""

    def left(self) -> None:
        """Called when the scene has been taken off the stack: give back what is held."""

    def handle(self, event: Event) -> bool:
        """Take an event; True if it was used."""
        return False

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds: the only place where state changes."""

    def describe(self) -> dict[str, Any]:
        """What can be seen, as numbers and words; nothing, for a scene that does not tell."""
        return {}

    def draw(self, canvas: Any, *, now: float, blend: float) -> None:
        """Put this moment on the canvas. State is read-only here."""


class SceneStack:
    """push, pop, replace. An empty stack ends the program."""

    def __init__(self, *scenes: Scene) -> None:
        self._scenes: list[Scene] = []
        for scene in scenes:
            self.push(scene)

    def __len__(self) -> int:
        return len(self._scenes)

    @property
    def top(self) -> Scene:
        """The scene that ticks and listens. Raises IndexError if there is none."""
        return self._scenes[-1]

    def push(self, scene: Scene) -> None:
        """Lay `scene` on top; the one below keeps its state and rests."""
        self._scenes.append(scene)
        scene.entered()

    def pop(self) -> Scene:
        """Take the top scene off; the one below goes on where it was."""
        scene = self._scenes.pop()
        scene.left()
        if self._scenes:
            self.top.entered()
        return scene

    def replace(self, scene: Scene) -> None:
        """Put `scene` in the place of the top one."""
        self._scenes.pop().left()
        self.push(scene)

    def clear(self) -> None:
        """Take every scene off, the top one first."""
        while self._scenes:
            self._scenes.pop().left()

    def handle(self, event: Event) -> bool:
        """Give the event to the top scene alone."""
        return bool(self._scenes) and self.top.handle(event)

    def tick(self, dt: float) -> None:
        """Tick the top scene alone."""
        if self._scenes:
            self.top.tick(dt)

    def visible(self) -> Iterator[Scene]:
        """From the highest covering scene upwards: the order in which to draw."""
        covering = [index for index, scene in enumerate(self._scenes) if scene.covers]
        yield from self._scenes[covering[-1] if covering else 0 :]
