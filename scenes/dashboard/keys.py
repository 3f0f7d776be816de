"""Which key does what on the dashboard."""

from collections.abc import Callable
from functools import partial

from scenes.kit.appearance import Appearance
from scenes.kit.context import SceneContext
from scenes.kit.keymap import POINTER, SLIDER, Binding, Keymap
from scenes.kit.scale import Scale
from scenes.training.controller import TrainingController
from scenes.training.parameters import BATCH_SIZES
from scenes.world.world import World

from .charts import View
from .controls import RunControls
from .line_chip import MomentLines
from .own_table import OwnTable
from .walk_card import WalkCard

Act = Callable[[], object]


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

    def told(act: Act, words: Callable[[], str]) -> Act:
        """Do it, and say what is so now: a change that may be off the screen."""

        def both() -> None:
            act()
            toast.say(words())

        return both

    bindings = (
        *_of_the_run(controller, controls, world),
        Binding("Run", ("ctrl+c",), "copy this moment as a line", lines.copy),
        Binding("Run", ("ctrl+v",), "open a copied line, or table", lines.paste),
        Binding("Run", ("ctrl+o",), "choose a table of your own", table.ask),
        Binding("Charts", ("l",), "loss on a logarithmic axis", told(view.toggle_log, lambda: _axis(view))),
        Binding("Charts", ("k",), "smooth curves", told(view.toggle_smooth, lambda: _curves(view))),
        *_of_the_camera(controller, world, told),
        *_of_a_sample(walk),
        *SLIDER,
        Binding("Looks", ("t",), "dark or light", appearance.toggle_theme),
        Binding("Looks", ("c",), "high contrast", appearance.toggle_contrast),
        Binding("Looks", ("v",), "colours for every eye", told(appearance.toggle_ramp, lambda: _ramp(appearance))),
        Binding("Looks", ("m",), "less motion", told(appearance.toggle_motion, lambda: _motion(appearance))),
        Binding("Looks", ("p",), "for a projector", told(scale.toggle_projector, lambda: _projected(scale))),
        Binding("Window", ("f1", "?"), "this help", open_help),
        Binding("Window", ("tab",), "next control"),
        Binding("Window", ("f11", "f"), "full screen"),
        Binding("Window", ("f12",), "screenshot"),
        Binding("Window", ("ctrl+q",), "quit"),
        *POINTER,
    )
    sizes = {str(n): partial(controller.set_parameters, batch_size=size) for n, size in enumerate(BATCH_SIZES, start=1)}
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
        Binding("Run", ("space",), "start, pause, play on", controls.press_primary),
        Binding("Run", ("s",), "stop", controller.stop),
        Binding("Run", ("escape",), "one step back", back),
        Binding("Run", ("ctrl+z",), "undo", controller.take_back),
        Binding("Run", ("ctrl+y",), "do it again", controller.do_again),
        Binding("Run", ("r",), "retry", controller.retry),
        Binding("Run", (".",), "one epoch on, while paused", on),
        Binding("Run", (",",), "one epoch back", lambda: controller.look_beside(-1)),
        Binding("Run", ("[",), "slower", lambda: controls.step("speed", -1)),
        Binding("Run", ("]",), "faster", lambda: controls.step("speed", 1)),
        Binding("Run", tuple(map(str, range(1, len(BATCH_SIZES) + 1))), "batch size"),
    )


def _of_the_camera(
    controller: TrainingController, world: World, told: Callable[[Act, Callable[[], str]], Act]
) -> tuple[Binding, ...]:
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
        Binding("Camera", ("left",), "turn left", partial(beside, -1, 0)),
        Binding("Camera", ("right",), "turn right", partial(beside, 1, 0)),
        Binding("Camera", ("up",), "from above", partial(beside, 0, -1)),
        Binding("Camera", ("down",), "from below", partial(beside, 0, 1)),
        Binding("Camera", ("+", "="), "nearer", lambda: world.camera.scroll(1)),
        Binding("Camera", ("-",), "farther", lambda: world.camera.scroll(-1)),
        Binding("Camera", ("o",), "go round, or sway", told(world.toggle_round, lambda: _way(world))),
        Binding("Camera", ("home",), "as it began", world.camera.home),
        Binding("Neuron", ("n",), "ask the next one", lambda: world.choice.step(world.field.layers, 1)),
        Binding("Neuron", ("b",), "ask the one before", lambda: world.choice.step(world.field.layers, -1)),
        Binding("Neuron", ("x",), "silence it, let it speak", silence),
    )


def _of_a_sample(walk: WalkCard) -> tuple[Binding, ...]:
    return (
        Binding("Sample", ("w",), "one through the network", walk.begin),
        Binding("Sample", ("a",), "let its steps play", walk.play),
        Binding("Sample", ("d",), "draw one", walk.draw_own),
    )


def _projected(scale: Scale) -> str:
    return "For a projector: the answer large, large words" if scale.projector else "For a screen nearby"


def _way(world: World) -> str:
    return "The camera goes round" if world.goes_round else "The camera sways, so that names can be read"


def _axis(view: View) -> str:
    return f"Loss on a {'logarithmic' if view.log else 'linear'} axis"


def _curves(view: View) -> str:
    return "Smooth curves, what was measured behind them" if view.smooth else "Curves as measured"


def _ramp(appearance: Appearance) -> str:
    return "Colours for every eye" if appearance.ramp == "safe" else "Colours from red to green"


def _motion(appearance: Appearance) -> str:
    return "Only what the run itself moves" if appearance.still else "Full motion"
