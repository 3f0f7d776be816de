"""Scenes and the stack that they lie on. Draws nothing itself."""

from collections.abc import Callable, Iterator
from typing import Any

from .graphics.picture import Picture
from .input import Event, Resize

Entries = dict[str, Callable[[], Any]]  # what a scene can say of itself: names, and what works each of them out


class Scene:
    """One thing that fills the window.

    Every scene on the stack ticks, the top one listens, and those from the highest covering one upwards are drawn.
    """

    covers = True  # False for one that is laid over the scene below, which is drawn first
    closes = False  # True for one that Esc puts away
    halts = False  # True for one below which nothing ticks

    @property
    def calm(self) -> bool:
        """Whether nothing in it moves so fast that every frame of it can be told."""
        return False

    def handle(self, event: Event) -> bool:
        """Take an event; True if it was used."""
        return False

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds: the only place where state changes by itself."""

    def entries(self) -> Entries:
        """What can be seen, as numbers and words by name, each worked out when it is called."""
        return {}

    def describe(self) -> dict[str, Any]:
        """All entries."""
        return {name: told() for name, told in self.entries().items()}

    def picture(self, *, now: float, blend: float) -> Picture:
        """This moment, `blend` of the way between the last two ticks; `now` in seconds. Moves nothing."""
        raise NotImplementedError


class SceneStack:
    """push, pop, raise. An empty stack ends the program."""

    def __init__(self, *scenes: Scene) -> None:
        self._scenes = list(scenes)

    def __len__(self) -> int:
        return len(self._scenes)

    def __iter__(self) -> Iterator[Scene]:
        """From the lowest upwards."""
        return iter(self._scenes)

    @property
    def top(self) -> Scene:
        """The scene that listens. Raises IndexError if there is none."""
        return self._scenes[-1]

    def push(self, scene: Scene) -> None:
        """Lay `scene` on top; those below go on ticking."""
        self._scenes.append(scene)

    def pop(self) -> Scene:
        """Take the top scene off; the one below listens again."""
        return self._scenes.pop()

    def remove(self, scene: Scene) -> None:
        """Take `scene` off, wherever it lies; nothing happens where it is not there."""
        if scene in self._scenes:
            self._scenes.remove(scene)

    def show(self, scene: Scene) -> None:
        """Bring `scene` to the top: from where it lies on the stack, or as a new one."""
        if scene in self._scenes:
            self._scenes.remove(scene)
        self.push(scene)

    def clear(self) -> None:
        """Take every scene off: the program ends."""
        self._scenes.clear()

    def handle(self, event: Event) -> bool:
        """Give the event to the top scene; of another size all that are drawn hear."""
        if isinstance(event, Resize):
            for scene in self.visible():
                scene.handle(event)
            return True
        return bool(self._scenes) and self.top.handle(event)

    def tick(self, dt: float) -> None:
        """Tick every scene from the lowest upwards; none that lies below one that halts."""
        halting = [index for index, scene in enumerate(self._scenes) if scene.halts]
        for scene in self._scenes[halting[-1] if halting else 0 :]:
            scene.tick(dt)

    def visible(self) -> Iterator[Scene]:
        """From the highest covering scene upwards: the order in which to draw."""
        covering = [index for index, scene in enumerate(self._scenes) if scene.covers]
        yield from self._scenes[covering[-1] if covering else 0 :]
