"""The loop: events, ticks, a frame. Owns clock and scenes; is given a window and a renderer."""

from collections.abc import Callable, Iterable
from typing import Protocol

from . import pauses
from .clock import TICK, FixedClock
from .flat import system_fonts
from .graphics.picture import Picture
from .graphics.renderer import Renderer
from .input import Event, Key, Quit, Resize, joined
from .pacing import Pacing
from .quality import Quality
from .scene import SceneStack
from .window import Window


class Ticked(Protocol):
    """What goes on whatever scene is shown."""

    def tick(self, dt: float) -> object:
        """Move on by `dt` seconds."""
        ...


class Gate(Protocol):
    """What stands between a window's input and the scenes: a recorder, which lets one act through a tick."""

    def hear(self, event: Event) -> bool:
        """Take input in; True if the scenes are to have it at once, False if it comes out of `due`."""
        ...

    def due(self) -> Iterable[Event]:
        """What the scenes are to have before the next tick, one after the other."""
        ...

    def ticked(self) -> None:
        """A tick has passed."""
        ...


class Pastime(Protocol):
    """What goes on in a window while nobody is there."""

    @property
    def due(self) -> bool:
        """Whether it is time for it."""
        ...

    def perform(self) -> None:
        """Go on with it, from `App.frame` to `App.frame`, for as long as nobody comes."""
        ...

    def hear(self, event: Event) -> bool:
        """Something happens in the window; False if nobody else is to hear of it."""
        ...

    def tick(self) -> None:
        """A tick has passed."""
        ...


class App:
    """Runs scenes on a renderer. With a window, `run` does it all; else `handle`, `tick` and `draw` are the loop."""

    def __init__(
        self,
        renderer: Renderer,
        scenes: SceneStack,
        *,
        model: Ticked | None = None,
        quality: Quality | None = None,
    ) -> None:
        self.renderer = renderer
        self.scenes = scenes
        self._model = model  # what the scenes show: it ticks before them
        self.clock = FixedClock()
        self.capture: Callable[[], None] | None = None  # what F12 does
        self.guard: Callable[[Event], bool] | None = (
            None  # hears first what happens in a window; False: nobody else does
        )
        self.shown: Callable[[], None] | None = None  # called after each frame of a window, drawn or not
        self.rescue: Callable[[Exception, int], bool] | None = None  # hears what scenes raise; False ends all
        self.gate: Gate | None = None  # hears what is done, before the scenes do
        self.pastime: Pastime | None = None  # in a window that nobody uses
        self.pacing = Pacing()
        self.quality = quality or Quality()
        self._window: Window | None = None
        self._frames = 0
        self._last: int | None = None  # frame of this run
        self._ended = self._settled = False

    @property
    def goes_on(self) -> bool:
        """Whether there is anything to show, and nobody has asked for the end."""
        return bool(self.scenes) and not self._ended and (self._last is None or self._frames < self._last)

    def run(self, window: Window, *, frames: int | None = None) -> None:
        """Until the last scene is gone, or for `frames` frames."""
        self._window, self._frames, self._last = window, 0, frames
        window.elapsed()  # what came before the first frame is no hitch
        while self.goes_on:
            changed = True
            try:
                if self.pastime and self.pastime.due:
                    self.pastime.perform()
                    continue
                for _ in range(self._begin(window)):
                    self.step()
                changed = self._looked(window)
            except Exception as why:
                if self.rescue is None or not self.rescue(why, self._frames):
                    raise
            self._show(window, changed=changed)

    def end(self) -> None:
        """Come to an end with this frame. Can be called at any moment, from a signal's handler, too."""
        self._ended = True

    def frame(self) -> int:
        """Within `run`: draw and show this moment, then hear what happens; the ticks that are due now."""
        assert self._window is not None
        self._show(self._window, changed=not self._window.hidden and self._redrawn(self._window))
        return self._begin(self._window)

    def handle(self, event: Event) -> None:
        """Give an event to the top scene."""
        if isinstance(event, Resize):
            self.renderer.resize(event.size)
        if isinstance(event, Quit) or (isinstance(event, Key) and event.ctrl and event.name == "q"):
            self.scenes.clear()
        elif self.gate is None or self.gate.hear(event):
            self.scenes.handle(event)

    def tick(self) -> None:
        """One tick, without a window."""
        self.clock.count += 1
        self.step()

    def draw(self) -> None:
        """Draw this moment off screen."""
        self.renderer.draw(*self.pictures())

    def step(self) -> None:
        """One tick that the clock has counted."""
        if self.pastime:
            self.pastime.tick()
        for event in self.gate.due() if self.gate else ():
            self.scenes.handle(event)
        if self._model:
            self._model.tick(TICK)
        self.scenes.tick(TICK)
        if self.gate:
            self.gate.ticked()

    def _begin(self, window: Window) -> int:
        """Hear what has happened; the ticks that are due."""
        most = self.pacing.most(hidden=window.hidden)
        for event in joined(window.events()):
            self.pacing.heard(self.clock.count)
            self._handle(window, event)
        return self.clock.ticks(window.elapsed(), most=most)

    def pictures(self) -> list[Picture]:
        return [scene.picture(now=self.clock.now, blend=self.clock.blend) for scene in self.scenes.visible()]

    def _looked(self, window: Window) -> bool:
        """Draw this moment if it is worth it; whether there is something new to be shown."""
        now, calm = self.clock.count, bool(self.scenes) and self.scenes.top.calm
        if not window.lost and (window.hidden or not self.pacing.due(now, calm=calm, every=self.quality.level.every)):
            return False
        changed = self._redrawn(window)
        self.pacing.looked(now, changed=changed)
        return changed

    def _redrawn(self, window: Window) -> bool:
        """Draw this moment unless it looks like the last one; whether there is something new to be shown."""
        return self.renderer.redraw(*self.pictures()) or window.lost

    @property
    def _top_closes(self) -> bool:
        return bool(self.scenes) and self.scenes.top.closes

    def _show(self, window: Window, *, changed: bool) -> None:
        if changed:
            self.renderer.present(window.size)
            if self.quality.adapts:
                self.renderer.finish()  # what is measured is drawing, not waiting for the screen
            window.present()
            self.quality.told(window.taken)
            self.renderer.effects = self.quality.level.effects
        else:
            window.rest(TICK * self.pacing.rest(hidden=window.hidden))
        self._frames += 1
        if self.shown:
            self.shown()
        if not self._settled:
            self._settled = True
            pauses.avoid()  # after the first frame, which waits for nothing
            system_fonts.look_ahead()

    def _handle(self, window: Window, event: Event) -> None:
        if self.guard and not self.guard(event):
            return
        if self.pastime and not self.pastime.hear(event):
            return
        if (isinstance(event, Key) and (event.name == "f11" or (event.name == "f" and not event.ctrl))) or (
            isinstance(event, Key) and event.name == "escape" and window.fullscreen and not self._top_closes
        ):
            window.toggle_fullscreen()
        elif isinstance(event, Key) and event.name == "f12" and self.capture:
            self.capture()
        else:
            self.handle(event)
