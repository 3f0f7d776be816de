"""The scene of a self-test: the list of its parts."""

from collections.abc import Callable

from engine.scene import SceneStack
from engine.sound import Sound
from scenes.kit.context import SceneContext
from scenes.kit.control_set import ControlSet
from scenes.kit.part_scene import PartScene
from scenes.kit.touch_ring import TouchMark

from .findings import COLOURS, FRAMES, KEYS, TEARING, TOUCH, TRAINING, Findings
from .layout import arrange
from .panels import Colours, Head, Listener, Paced, Pressed, Sounding, Tearing, Touched, Trained

NAME = "selftest"


class SelfTest(PartScene):
    """Always in motion: every frame of it can be told."""

    calm = False
    closes = True  # Esc does, on the whole screen, too


def selftest(
    context: SceneContext, scenes: SceneStack, *, found: Findings, sound: Sound, end: Callable[[], object]
) -> PartScene:
    """The scene that keeps what it finds in `found`; `end` closes it. Nothing is laid on `scenes`."""
    del scenes
    controls = ControlSet(context.renderer.size)
    parts = [
        controls,
        Head(found, controls, end),
        Tearing(TEARING, found, controls),
        Touched(TOUCH, found, controls),
        Pressed(KEYS, found, controls),
        Colours(COLOURS, found, controls),
        Paced(FRAMES, found, controls),
        Sounding(found, controls, sound),
        Trained(TRAINING, found, controls),
        TouchMark(context.touch),
        Listener(found, end),
    ]
    return SelfTest(NAME, context, arrange, parts)
