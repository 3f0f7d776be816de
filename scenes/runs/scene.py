"""The scene of kept runs: the list of its parts."""

from collections.abc import Sequence

from engine.scene import SceneStack
from scenes.kit.context import SceneContext
from scenes.kit.control_set import ControlSet
from scenes.kit.hover import Hover
from scenes.kit.keymap import Keymap
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Layout, Panel
from scenes.kit.toast import ToastLine
from scenes.kit.touch_ring import TouchMark

from .head import Foot, Head
from .layout import MOST_ROWS, arrange
from .rows import Rows
from .shelf import Shelf

NAME = "runs"


def runs(context: SceneContext, scenes: SceneStack) -> PartScene:
    """The scene that lists kept runs; it takes itself off `scenes` when somebody goes on to another one."""
    look = context.appearance

    def leave(name: str) -> None:
        if len(scenes) > 1:
            scenes.remove(scene)
        if name or not len(scenes) or scenes.top is scene:
            context.show(name or "dashboard")

    def in_front() -> bool:
        return scenes.top is scene

    shelf = Shelf(context.kept_in, context.controller, context.toast, show=leave, in_front=in_front)
    controls = ControlSet(context.renderer.size)
    parts = [
        Keymap((), {"t": look.toggle_theme}),
        controls,
        shelf,
        Head(shelf, controls),
        Rows(shelf, controls, context.controller),
        Foot(shelf, controls),
        ToastLine(context.toast),
        TouchMark(context.touch),
        Hover(),
    ]

    def placed(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
        return arrange(size, scale, scroll, more, shown=shelf.below)

    scene = PartScene(NAME, context, placed, parts, depends=lambda: min(MOST_ROWS, shelf.below))
    scene.closes = True
    return scene
