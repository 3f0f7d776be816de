"""Which key does what: one table, from which the help is drawn, and the README's table is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.input import Key
from scenes.training.parameters import BATCH_SIZES

if TYPE_CHECKING:
    from .scene import Dashboard

TURN = 24.0  # pixels of drag that an arrow key stands for
NAMES = {"escape": "Esc", "left": "←", "right": "→", "up": "↑", "down": "↓", "f1": "F1", "f11": "F11", "f12": "F12"}


@dataclass(frozen=True)
class Binding:
    """One or more keys, what they do in words, and the deed; None for what window or control do themselves."""

    group: str
    keys: tuple[str, ...]
    what: str
    act: Callable[[], object] | None = None

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys as they are written on them."""
        return tuple(NAMES.get(key, key.title()) for key in self.keys)


SLIDER = (  # engine/flat/slider.py
    Binding("Focused slider", ("left", "right"), "one step"),
    Binding("Focused slider", ("home", "end"), "least, most"),
    Binding("Focused slider", ("0 – 9",), "type a value"),
    Binding("Focused slider", ("Enter",), "set it"),
)
POINTER = (  # orbit.py, engine/flat/controls.py
    Binding("Pointer", ("drag",), "turn, or move a slider"),
    Binding("Pointer", ("wheel",), "zoom, or move a slider"),
    Binding("Pointer", ("pinch",), "zoom"),
)


class Bindings:
    """The keys of the dashboard, for those that no control has taken."""

    def __init__(self, scene: "Dashboard") -> None:
        self._scene = scene
        self.table = (
            *self._run(),
            *self._charts(),
            *self._camera(),
            *SLIDER,
            *self._looks(),
            *self._window(),
            *POINTER,
        )
        self._acts = {key: binding.act for binding in self.table if binding.act for key in binding.keys}
        for number, size in enumerate(BATCH_SIZES, start=1):
            self._acts[str(number)] = self._batch(size)

    def press(self, key: Key) -> bool:
        """Do what the key stands for; True if it stands for something."""
        act = None if key.ctrl else self._acts.get("?" if key.name == "/" and key.shift else key.name)
        if act:
            act()
        return act is not None

    def _run(self) -> tuple[Binding, ...]:
        scene, controller = self._scene, self._scene.controller
        return (
            Binding("Run", ("space",), "start, pause, resume or retry", self._primary),
            Binding("Run", ("s", "escape"), "stop", controller.stop),
            Binding("Run", ("r",), "retry", controller.retry),
            Binding("Run", (".",), "one epoch on, while paused", self._next),
            Binding("Run", (",",), "one epoch back", lambda: controller.look_beside(-1)),
            Binding("Run", ("[",), "slower", lambda: scene.controls.step("speed", -1)),
            Binding("Run", ("]",), "faster", lambda: scene.controls.step("speed", 1)),
            Binding("Run", tuple(map(str, range(1, len(BATCH_SIZES) + 1))), "batch size"),
        )

    def _charts(self) -> tuple[Binding, ...]:
        view = self._scene.view
        return (
            Binding("Charts", ("l",), "loss on a logarithmic axis", self._told(view.toggle_log, self._axis)),
            Binding("Charts", ("k",), "smooth curves", self._told(view.toggle_smooth, self._curves)),
        )

    def _looks(self) -> tuple[Binding, ...]:
        appearance = self._scene.appearance
        return (
            Binding("Looks", ("t",), "dark or light", appearance.toggle_theme),
            Binding("Looks", ("c",), "high contrast", appearance.toggle_contrast),
            Binding("Looks", ("v",), "colours for every eye", self._told(appearance.toggle_ramp, self._ramp)),
            Binding("Looks", ("m",), "less motion", self._told(appearance.toggle_motion, self._motion)),
        )

    def _camera(self) -> tuple[Binding, ...]:
        camera, scene = self._scene.camera, self._scene

        def turn(x: float, y: float) -> Callable[[], None]:
            return lambda: camera.drag(x * TURN, y * TURN, scene.layout.field.h)

        return (
            Binding("Camera", ("left",), "turn left", turn(1, 0)),
            Binding("Camera", ("right",), "turn right", turn(-1, 0)),
            Binding("Camera", ("up",), "from above", turn(0, 1)),
            Binding("Camera", ("down",), "from below", turn(0, -1)),
            Binding("Camera", ("+", "="), "nearer", lambda: camera.scroll(1)),
            Binding("Camera", ("-",), "farther", lambda: camera.scroll(-1)),
            Binding("Camera", ("home",), "as it began", camera.home),
        )

    def _window(self) -> tuple[Binding, ...]:
        return (
            Binding("Window", ("f1", "?"), "this help", self._scene.open_help),
            Binding("Window", ("tab",), "next control"),
            Binding("Window", ("f11", "f"), "full screen"),
            Binding("Window", ("f12",), "screenshot"),
            Binding("Window", ("Ctrl+Q",), "quit"),
        )

    def _primary(self) -> None:
        name = self._scene.controls.primary(self._scene.snapshot)
        getattr(self._scene.controller, name)()

    def _next(self) -> None:
        controller, now = self._scene.controller, self._scene.snapshot
        if not controller.step() and now.replay:
            controller.look_beside(1)

    def _told(self, act: Callable[[], object], told: Callable[[], str]) -> Callable[[], None]:
        """Do it, and say what is so now: a change that may be off the screen."""

        def both() -> None:
            act()
            self._scene.toast.say(told())

        return both

    def _axis(self) -> str:
        return f"Loss on a {'logarithmic' if self._scene.view.log else 'linear'} axis"

    def _curves(self) -> str:
        return "Smooth curves, what was measured behind them" if self._scene.view.smooth else "Curves as measured"

    def _ramp(self) -> str:
        return "Colours for every eye" if self._scene.appearance.ramp == "safe" else "Colours from red to green"

    def _motion(self) -> str:
        return "Only what the run itself moves" if self._scene.appearance.still else "Full motion"

    def _batch(self, size: int) -> Callable[[], object]:
        return lambda: self._scene.controller.set_parameters(batch_size=size)
