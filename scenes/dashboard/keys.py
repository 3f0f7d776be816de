"""Which key does what on the dashboard."""

from collections.abc import Callable
from functools import partial

from scenes.kit.appearance import Appearance
from scenes.kit.context import SceneContext
from scenes.kit.keymap import POINTER, SLIDER, Binding, Keymap
from scenes.kit.scale import Scale
from scenes.kit.words import say
from scenes.training.controller import TrainingController
from scenes.training.parameters import BATCH_SIZES
from scenes.world.world import World

from .charts import View
from .controls import RunControls
from .line_chip import MomentLines
from .own_table import OwnTable
from .walk_card import WalkCard

Act = Callable[[], object]
Told = Callable[[Act, Callable[[], str]], Act]


def keymap(
    controls: RunControls,
    view: View,
    world: World,
    context: SceneContext,
    open_help: Act,
    lines: MomentLines,
    table: OwnTable,
    walk: WalkCard,
) -> Keymap:
    """All keys of the dashboard, as the help shows them."""
    controller, appearance, toast, scale = context.controller, context.appearance, context.toast, context.scale

    def told(act: Act, so: Callable[[], str]) -> Act:
        """Do it, and say what is so now, a key of the table: a change that may be off the screen."""

        def both() -> None:
            act()
            toast.say(say(f"now.{so()}"))

        return both

    bindings = (
        *_of_the_run(controller, controls, world),
        Binding("run", ("ctrl+c",), "copy", lines.copy),
        Binding("run", ("ctrl+v",), "paste", lines.paste),
        Binding("run", ("ctrl+o",), "table", table.ask),
        Binding("run", ("e",), "compare", lambda: context.show("compare")),
        Binding("run", ("h",), "runs", context.show_runs),
        Binding("charts", ("l",), "log", told(view.toggle_log, lambda: "log" if view.log else "linear")),
        Binding("charts", ("k",), "smooth", told(view.toggle_smooth, lambda: "smooth" if view.smooth else "measured")),
        *_of_the_camera(controller, world, told),
        *_of_a_sample(walk),
        *SLIDER,
        *_of_looks(appearance, scale, told),
        Binding("window", ("f1", "?"), "help", open_help),
        Binding("window", ("tab",), "tab"),
        Binding("window", ("f11", "f"), "full"),
        Binding("window", ("f12",), "shot"),
        Binding("window", ("ctrl+q",), "quit"),
        *POINTER,
    )
    sizes = {str(n): partial(controls.choose, "batch_size", size) for n, size in enumerate(BATCH_SIZES, start=1)}
    return Keymap(bindings, sizes)


def _of_the_run(controller: TrainingController, controls: RunControls, world: World) -> tuple[Binding, ...]:
    def on() -> None:
        now = controller.now
        if not controller.step() and now.replay:
            controller.look_beside(1)

    def back() -> bool:  # the help and the window have heard of it before
        if world.choice.place or world.walk.open:
            world.choice.clear()
            world.walk.clear()
            return True
        return controller.look_ahead() or controller.stop()

    return (
        Binding("run", ("space",), "start", controls.press_primary),
        Binding("run", ("s",), "stop", controller.stop),
        Binding("run", ("escape",), "back", back),
        Binding("run", ("ctrl+z",), "undo", controller.take_back),
        Binding("run", ("ctrl+y",), "redo", controller.do_again),
        Binding("run", ("r",), "retry", controller.retry),
        Binding("run", (".",), "epoch_on", on),
        Binding("run", (",",), "epoch_back", lambda: controller.look_beside(-1)),
        Binding("run", ("[",), "slower", lambda: controls.step("speed", -1)),
        Binding("run", ("]",), "faster", lambda: controls.step("speed", 1)),
        Binding("run", tuple(map(str, range(1, len(BATCH_SIZES) + 1))), "batch"),
    )


def _of_looks(appearance: Appearance, scale: Scale, told: Told) -> tuple[Binding, ...]:
    ramp = told(appearance.toggle_ramp, lambda: appearance.ramp)
    motion = told(appearance.toggle_motion, lambda: "still" if appearance.still else "full_motion")
    projector = told(scale.toggle_projector, lambda: "projector" if scale.projector else "nearby")
    return (
        Binding("looks", ("t",), "theme", appearance.toggle_theme),
        Binding("looks", ("c",), "contrast", appearance.toggle_contrast),
        Binding("looks", ("v",), "ramp", ramp),
        Binding("looks", ("m",), "motion", motion),
        Binding("looks", ("p",), "projector", projector),
    )


def _of_the_camera(controller: TrainingController, world: World, told: Told) -> tuple[Binding, ...]:
    def silence() -> None:
        if world.choice.place:
            controller.silence(world.choice.place)

    def beside(across: int, down: int) -> None:
        """Look at the neuron beside the one that is looked at, or at the next step; without one, turn."""
        if world.walk.open:
            world.walk.go(across)
            world.walk.look_beside(down)
        elif not world.choice.move(world.field.layers, across, down):
            world.turn(-across, -down)

    return (
        Binding("camera", ("left",), "left", partial(beside, -1, 0)),
        Binding("camera", ("right",), "right", partial(beside, 1, 0)),
        Binding("camera", ("up",), "up", partial(beside, 0, -1)),
        Binding("camera", ("down",), "down", partial(beside, 0, 1)),
        Binding("camera", ("+", "="), "nearer", lambda: world.camera.scroll(1)),
        Binding("camera", ("-",), "farther", lambda: world.camera.scroll(-1)),
        Binding("camera", ("o",), "round", told(world.toggle_round, lambda: "round" if world.goes_round else "sways")),
        Binding("camera", ("home",), "home", world.camera.home),
        Binding("neuron", ("n",), "next_neuron", lambda: world.choice.step(world.field.layers, 1)),
        Binding("neuron", ("b",), "previous_neuron", lambda: world.choice.step(world.field.layers, -1)),
        Binding("neuron", ("x",), "silence", silence),
    )


def _of_a_sample(walk: WalkCard) -> tuple[Binding, ...]:
    return (
        Binding("sample", ("w",), "walk", walk.begin),
        Binding("sample", ("a",), "walk_play", walk.play),
        Binding("sample", ("d",), "draw", walk.draw_own),
    )
