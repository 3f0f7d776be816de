"""For whoever has a single switch: one button after the other is marked, and the switch presses it."""

from engine.input import Key
from engine.scene import SceneStack
from scenes.kit.part_scene import PartScene


class OneSwitch:
    """Marks the next button of the top scene of `scenes` every `seconds`; 0: never."""

    def __init__(self, scenes: SceneStack, seconds: float) -> None:
        self._scenes, self._seconds, self._waited = scenes, seconds, 0.0

    def tick(self, dt: float, *, away: bool) -> None:
        """`dt` seconds have passed; while nobody is there (`away`) nothing is marked."""
        if not self._seconds or away or not self._scenes or not isinstance(self._scenes.top, PartScene):
            self._waited = 0.0
            return
        self._waited += dt
        if self._waited >= self._seconds:
            self._waited = 0.0
            self._scenes.handle(Key("tab"))  # not through the loop: nobody has touched anything
