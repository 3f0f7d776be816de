"""The dashboard: the list of its parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.flat.ranges import Unfit
from engine.scene import SceneStack
from scenes.kit.context import SceneContext
from scenes.kit.help_scene import HelpScene
from scenes.kit.hover import Hover
from scenes.kit.keymap import Keymap
from scenes.kit.part import Part
from scenes.kit.part_scene import PartScene
from scenes.kit.places import Layout, Panel
from scenes.kit.pointed import Pointing
from scenes.kit.scrolling import ScrollBar, Scrolling
from scenes.kit.toast import ToastLine
from scenes.kit.touch_ring import TouchMark
from scenes.kit.words import say
from scenes.world.world import World

from .buttons import Actions
from .charts import Chart, View
from .chips import Chips
from .controls import RunControls
from .data import DataPanel
from .header import Header, Logo, Origin, Stamp
from .hyper_parameters import HyperParameters
from .keys import keymap
from .layout import layout
from .legend import Legend
from .line_chip import LineChip, MomentLines
from .network import FlatNetwork
from .neuron_card import NeuronCard
from .notice import Notice
from .own_table import OwnTable
from .replay_button import ReplayButton
from .stats import Cards, Progress
from .timeline import Timeline
from .walk_card import WalkCard

NAME = "dashboard"


@dataclass(frozen=True)
class Common:
    """What several parts of the dashboard need of each other."""

    context: SceneContext
    world: World
    view: View
    scrolling: Scrolling
    controls: RunControls
    keys: Keymap
    table: OwnTable
    walk_card: WalkCard


def parts(common: Common) -> list[Part]:
    """The parts in the order in which they are drawn; those in front hear first of what happens."""
    controls, view = common.controls, common.view
    return [
        common.world,
        common.scrolling,
        Timeline(common.context.controller, view),
        common.keys,
        controls,
        Header(controls, common.context.appearance, lambda: common.context.title),
        HyperParameters(controls),
        Actions(controls),
        Chips(controls, view),
        Logo(),
        Cards(),
        Progress(view),
        ReplayButton(controls),
        FlatNetwork(common.world),
        LineChip(controls),
        common.table,
        Legend(common.world.walk),
        DataPanel(common.world, common.table.learn, controls, common.walk_card),
        NeuronCard(common.world, controls, common.context.controller.silence),
        common.walk_card,
        Chart("loss_chart", view, plain=True, ceiling=None, suffix=""),
        Chart("accuracy_chart", view, plain=True, ceiling=100.0, suffix="%"),
        Stamp(),
        Origin(),
        Notice(common.context.fonts),
        ToastLine(common.context.toast),
        TouchMark(common.context.touch),
        ScrollBar(common.scrolling),
        Hover(),
        Pointing(common.world.pointed),
    ]


def _complaint(unfit: Unfit) -> str:
    """Why a typed value is not taken."""
    if unfit.grain is not None:
        return say("typed.grain", typed=unfit.typed, grain=unfit.grain)
    return say("typed.bounds", typed=unfit.typed, low=unfit.low, high=unfit.high)


def dashboard(
    context: SceneContext, scenes: SceneStack, *, listed: Callable[[Common], list[Part]] = parts
) -> PartScene:
    """The scene that shows one run whole: field, network, data, charts and controls. The help is laid on `scenes`."""
    controller, appearance, toast = context.controller, context.appearance, context.toast
    world, view = World(context.renderer, context.fonts), View()

    def open_help() -> None:
        table = [replace(binding, caption=context.caption) for binding in keys.table]
        scenes.push(HelpScene(context, scene, table, scenes.pop))

    table = OwnTable(controller, toast, context.file_dialog)
    lines = MomentLines(controller, world, toast, context.clipboard, table)
    switches: dict[str, Callable[[], object]] = {
        "copy": lines.copy,
        "help": open_help,
        "log_axis": view.toggle_log,
        "smoothing": view.toggle_smooth,
        "compare": lambda: context.show("compare"),
    }
    controls = RunControls(context.renderer.size, controller, appearance, switches, table.ask)
    controls.ui.complain = lambda unfit: toast.say(_complaint(unfit))
    walk_card = WalkCard(world, controls, controller, toast)
    keys = keymap(controls, view, world, context, open_help, lines, table, walk_card)
    common = Common(context, world, view, Scrolling(), controls, keys, table, walk_card)

    def arrange(size: tuple[int, int], scale: float, scroll: int, more: Sequence[Panel]) -> Layout:
        return layout(size, scale, scroll, more, projector=context.scale.projector)

    scene = PartScene(NAME, context, arrange, listed(common), backdrop=world)
    return scene
