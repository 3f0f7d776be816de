"""The scene of a visitor's minute: the list of its parts."""

from dataclasses import dataclass

from engine.scene import SceneStack
from scenes.kit.context import SceneContext
from scenes.kit.control_set import ControlSet
from scenes.kit.hover import Hover
from scenes.kit.part_scene import PartScene
from scenes.kit.toast import ToastLine
from scenes.kit.touch_ring import TouchMark
from scenes.training.snapshot import Snapshot
from scenes.world.world import World

from .brand import Brand
from .language_switch import LanguageSwitch
from .layout import arrange
from .look import Look
from .mute_switch import MuteSwitch
from .prompt import Prompt
from .steps import Steps

NAME = "visit"


@dataclass
class _Turn:
    """Who hears that it is the visitor's turn: the panel that is made after the steps."""

    look: Look | None = None

    def __call__(self, run: Snapshot) -> None:
        if self.look:
            self.look.ready(run)


def visit(context: SceneContext, scenes: SceneStack) -> PartScene:
    """The scene that leads a visitor; nothing is laid on `scenes`."""
    del scenes
    world, controls, turn = World(context.renderer, context.fonts), ControlSet(context.renderer.size), _Turn()
    steps = Steps(context.controller, turn)
    brand = Brand(lambda: context.title, lambda: context.logo)
    turn.look = Look(world, steps)
    parts = [
        world,
        controls,
        turn.look,
        brand,
        Prompt(steps, controls, brand),
        LanguageSwitch(steps, controls, context.appearance),
        MuteSwitch(context.hearing, controls),
        ToastLine(context.toast),
        TouchMark(context.touch),
        Hover(),
    ]
    return PartScene(NAME, context, arrange, parts, backdrop=world)
