"""The loop: the only place with a `while`. Owns clock and scenes; is given a window and a renderer."""

from collections.abc import Callable

from .clock import TICK, FixedClock
from .graphics.renderer import Renderer
from .input import Event, Key, Quit, Resize
from .recorder import Recorder
from .scene import SceneStack
from .window import Window


class App:
    """Runs scenes on a renderer. With a window, `run` does it all; else `handle`, `tick` and `draw` are the loop."""

    def __init__(self, renderer: Renderer, scenes: SceneStack) -> None:
        self.renderer = renderer
        self.scenes = scenes
        self.clock = FixedClock()
        self.capture: Callable[[], None] | None = None  # what F12 does
        self.rescue: Callable[[Exception, int], bool] | None = None  # hears what scenes raise; False ends all
        self.recorder: Recorder | None = None  # writes down what is done

    def run(self, window: Window, *, frames: int | None = None) -> None:
        """Until the last scene is gone, or for `frames` frames."""
        count = 0
        window.elapsed()  # what came before the first frame is no hitch
        while self.scenes and count != frames:
            try:
                self._frame(window)
            except Exception as why:
                if self.rescue is None or not self.rescue(why, count):
                    raise
            self.renderer.present(window.size)
            window.present()
            count += 1

    def handle(self, event: Event) -> None:
        """Give an event to the top scene."""
        if isinstance(event, Resize):
            self.renderer.resize(event.size)
        if isinstance(event, Quit) or (isinstance(event, Key) and event.ctrl and event.name == "q"):
            self.scenes.clear()
        elif self.recorder is None or self.recorder.hear(event):
            self.scenes.handle(event)

    def tick(self) -> None:
        """One tick, without a window."""
        self.clock.count += 1
        self._step()

    def draw(self) -> None:
        """Draw this moment off screen."""
        for scene in self.scenes.visible():
            scene.draw(self.renderer, now=self.clock.now, blend=self.clock.blend)

    def _frame(self, window: Window) -> None:
        for event in window.events():
            self._handle(window, event)
        for _ in range(self.clock.ticks(window.elapsed())):
            self._step()
        self.draw()

    def _step(self) -> None:
        if self.recorder is None:
            self.scenes.tick(TICK)
            return
        for event in self.recorder.due():
            self.scenes.handle(event)
        self.scenes.tick(TICK)
        self.recorder.ticked()

    def _handle(self, window: Window, event: Event) -> None:
        if isinstance(event, Key) and (event.name == "f11" or (event.name == "f" and not event.ctrl)):
            window.toggle_fullscreen()
        elif isinstance(event, Key) and event.name == "f12" and self.capture:
            self.capture()
        else:
            self.handle(event)
