"""Which key does what: one table, from which help can be made too."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.input import Key
from scenes.training.parameters import BATCH_SIZES

if TYPE_CHECKING:
    from .scene import Dashboard

TURN = 24.0  # pixels of drag that an arrow key stands for


class Bindings:
    """The keys of the dashboard, for those that no control has taken."""

    def __init__(self, scene: "Dashboard") -> None:
        self._scene = scene
        controller, camera = scene.controller, scene.camera
        self.table: dict[str, tuple[str, Callable[[], object]]] = {
            "space": ("start, pause, resume or retry", self._primary),
            "s": ("stop", controller.stop),
            "escape": ("stop", controller.stop),
            "r": ("retry", controller.retry),
            "t": ("dark or light", scene.appearance.toggle_theme),
            "c": ("high contrast", scene.appearance.toggle_contrast),
            "v": ("a ramp that every eye can tell apart", scene.appearance.toggle_ramp),
            "m": ("less motion", scene.appearance.toggle_motion),
            "[": ("slower", lambda: scene.controls.step("speed", -1)),
            "]": ("faster", lambda: scene.controls.step("speed", 1)),
            ".": ("one epoch on", self._next),
            ",": ("one epoch back", lambda: controller.look(scene.snapshot.epoch - 1)),
            "l": ("loss on a logarithmic axis", scene.view.toggle_log),
            "k": ("smooth curves", scene.view.toggle_smooth),
            "left": ("turn left", lambda: camera.drag(TURN, 0, scene.layout.field.h)),
            "right": ("turn right", lambda: camera.drag(-TURN, 0, scene.layout.field.h)),
            "up": ("look from above", lambda: camera.drag(0, TURN, scene.layout.field.h)),
            "down": ("look from below", lambda: camera.drag(0, -TURN, scene.layout.field.h)),
            "=": ("nearer", lambda: camera.scroll(1)),
            "+": ("nearer", lambda: camera.scroll(1)),
            "-": ("farther", lambda: camera.scroll(-1)),
            "home": ("camera as it began", camera.home),
        }
        for number, size in enumerate(BATCH_SIZES, start=1):
            self.table[str(number)] = (f"batch size {size}", self._batch(size))

    def press(self, key: Key) -> bool:
        """Do what the key stands for; True if it stands for something."""
        if key.ctrl or key.name not in self.table:
            return False
        self.table[key.name][1]()
        return True

    def _primary(self) -> None:
        name = self._scene.controls.primary(self._scene.snapshot)
        getattr(self._scene.controller, name)()

    def _next(self) -> None:
        controller, now = self._scene.controller, self._scene.snapshot
        if not controller.step() and now.replay:
            controller.look(now.epoch + 1)

    def _batch(self, size: int) -> Callable[[], object]:
        return lambda: self._scene.controller.set_parameters(batch_size=size)
