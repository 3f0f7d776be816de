"""The script verbs that belong to the visualizer, and the table of all that there are, in the order of the manual."""

from engine.scripting import hand, timing
from engine.scripting.script import Verbs
from engine.scripting.verbs import VERBS as ENGINE_VERBS
from engine.scripting.words import LONGEST, VerbError, guess, ticks
from scenes.cli.values import LARGEST_SEED, LONGEST_SEED
from scenes.stage import OPENINGS
from scenes.training.lifecycle import Status
from scenes.training.moment_line import NotALine, read_line
from scenes.training.neuron import Place
from scenes.world.world import World

from .appearance_verbs import language, motion, projector, ramp, scale, theme
from .run_verbs import branch, compare, highlight, keep
from .screen import VisualizerPilot

LONGEST_COUNT = 6  # digits
UNDER_WAY = (Status.LOADING, Status.TRAINING)


def seed(pilot: VisualizerPilot, number: str) -> None:
    """seed NUMBER: the same number gives the same runs.

    For example:

        seed 7
    """
    if not number.isdecimal() or len(number) > LONGEST_SEED or int(number) > LARGEST_SEED:
        raise VerbError(f"'{number}' is not a whole number from 0 to 2^63 - 1")
    pilot.screen.stage.controller.choose_seed(int(number))


def dataset(pilot: VisualizerPilot, name: str) -> None:
    """dataset NAME: what is learned from now on; short for set dataset NAME.

    For example:

        dataset circle
    """
    pilot.screen.stage.scene.set("dataset", name)


def open_moment(pilot: VisualizerPilot, *words: str) -> None:
    """open LINE: bring back the moment of a line that was copied, trained anew: data, settings, epoch, camera.

    Without an epoch the settings are chosen and nothing is trained. The epoch is there, paused, once `until paused`
    says so; the last one of a run is `complete`.

        open spiral layers=8,8 activation=relu learning_rate=0.03 epoch=5
        until paused within=20s
    """
    try:
        line = read_line(" ".join(words))
    except NotALine as why:
        raise VerbError(str(why)) from None
    if not pilot.screen.stage.open(line):
        raise VerbError("a recorded run is shown: nothing can be trained here")
    pilot.screen.stage.refresh()


def click(pilot: VisualizerPilot, where: str, value: str | None = None, hold: str = "1ticks", neuron: str = "") -> None:
    """click CONTROL [VALUE] | PANEL | X Y [hold=1ticks] [neuron=LAYER.NUMBER]: press and release the pointer there.

    A name stands for its middle, a slider's value for where the knob shows it. In the field a click looks at the neuron
    that it hits, or at a link into it; `neuron` says which one is meant, or `none`, wherever the camera has gone
    meanwhile. LAYER.NUMBER.NUMBER means the link from that neuron of the layer before.

        click speed 50
        click 320 200 hold=250ms
        click 640 300 neuron=1.3
    """
    hand.click(pilot, where, value, hold)
    world = pilot.screen.stage.scene.find(World)
    if neuron and world:
        place, source = None, None
        if neuron != "none":
            layer, number, *more = neuron.split(".")[:3] if "." in neuron else (neuron, "")
            place = _place(world, layer, number)
            source = _source(world, place, more[0]) if more else None
        if world.walk.open:
            world.ask(place)
        elif (world.choice.place, world.choice.source) != (place, source):
            world.choice.choose(place, source)


def _source(world: World, place: Place, number: str) -> int:
    """The neuron of the layer before. Raises VerbError where there is none."""
    if not place[0]:
        raise VerbError("no link leads to an input")
    return _counted("input of that neuron", number, world.field.layers[place[0] - 1])


def point(pilot: VisualizerPilot, where: str, value: str | None = None, neuron: str = "") -> None:
    """point CONTROL [VALUE] | PANEL | X Y [neuron=LAYER.NUMBER]: move the pointer there, in no time, and press nothing.

    What is under the pointer may tell more about itself. `neuron` says which one it is over, wherever the camera has
    gone meanwhile.

        point theme
        point 320 200
        point 640 300 neuron=1.3
    """
    hand.point(pilot, where, value)
    world = pilot.screen.stage.scene.find(World)
    if neuron and world:
        world.pointed.neuron = _place(world, *neuron.partition(".")[::2])


def neuron(pilot: VisualizerPilot, layer: str, number: str = "", link: str = "") -> None:
    """neuron LAYER NUMBER [link=NUMBER] | none: look at a neuron, or at a link into it, as a click on it does.

    LAYER 0 is the inputs, NUMBER begins at 1; `link` is the neuron of the layer before. It takes a tick. The card is
    `neuron` in the description: name, value, bias, inputs with weights and gradients, and the link.

        neuron 1 3
        neuron 1 3 link=2
        neuron none
    """
    world = pilot.screen.stage.scene.find(World)
    if world is None:
        raise VerbError("this scene shows no network")
    if layer == "none":
        world.choice.clear()
        pilot.tick()
        return
    place = _place(world, layer, number)
    source = _source(world, place, link) if link else None
    if (world.choice.place, world.choice.source) != (place, source):
        world.walk.clear()
        world.choice.choose(None)
        world.choice.choose(place, source)
    pilot.tick()


def walk(pilot: VisualizerPilot, sample: str, step: str = "1", neuron: str = "") -> None:
    """walk NUMBER | none [step=1] [neuron=NUMBER]: lead a sample through the network, as a press on it does.

    Samples are counted from 1, as steps and neurons are: the sample itself, forward layer by layer, the loss, back
    again, the update. A run that is under way is held. It takes a tick. The numbers are `walk` in the description.

        open spiral learning_rate=0.1 epochs=20 epoch=5
        until paused within=20s
        walk 12
        walk 12 step=3 neuron=2
        walk none
    """
    controller, world = pilot.screen.stage.controller, pilot.screen.stage.scene.find(World)
    if world is None:
        raise VerbError("this scene leads no sample through")
    if sample == "none":
        world.walk.clear()
        pilot.tick()
        return
    network = controller.now.network
    number = _counted("sample", sample, len(network.samples) if network else 0)
    controller.pause()
    world.choice.clear()
    if not world.walk.begin(controller.refresh(), number) or not world.walk.told:
        raise VerbError("there is no trained network that could be asked")
    world.walk.show(_counted("step", step, len(world.walk.told.steps)))
    if neuron:
        layer = world.walk.step.layer
        world.walk.look((layer, _counted("neuron", neuron, world.field.layers[layer])))
    pilot.tick()


def _counted(what: str, text: str, count: int) -> int:
    """The number of those words, from 0. Raises VerbError for what is not from 1 to `count`."""
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= count):
        raise VerbError(f"'{text}' is no {what}: 1 to {count}" if count else f"there is no {what}")
    return int(text) - 1


def _place(world: World, layer: str, number: str) -> Place:
    """The neuron of those words. Raises VerbError where there is none."""
    layers = world.field.layers
    if not (layer.isdecimal() and len(layer) < 4 and int(layer) < len(layers)):
        raise VerbError(f"'{layer}' is no layer: 0 to {len(layers) - 1}, or none")
    if not (number.isdecimal() and len(number) < 6 and 1 <= int(number) <= layers[int(layer)]):
        raise VerbError(f"'{number}' is no neuron of layer {layer}: 1 to {layers[int(layer)]}")
    return int(layer), int(number) - 1


def scene(pilot: VisualizerPilot, name: str) -> None:
    """scene NAME: bring a scene to the front; the run and the scenes behind it go on.

    There is `dashboard`; `compare`, which lays runs beside each other; and `visit`, that of an exhibit, which leads a
    visitor.

    For example:

        scene dashboard
    """
    try:
        pilot.screen.stage.show(name)
    except KeyError:
        raise VerbError(f"there is no scene '{name}'{guess(name, OPENINGS)}") from None


def server(pilot: VisualizerPilot, mode: str) -> None:
    """server MODE: what the backend does: healthy, refused, silent, slow:SECONDS, error:STATUS, flaky:N ...

    It stays so until the next `server`. All modes are listed below.

        server flaky:2
    """
    command = pilot.screen.command
    if command is None:
        raise VerbError("a backend that was named by --url or VIZ_API_URL is not ours to change")
    try:
        command(mode)
    except ValueError as why:
        raise VerbError(str(why)) from None


def set_control(pilot: VisualizerPilot, name: str, value: str) -> None:
    """set CONTROL VALUE: give a control exactly this value, without a pointer; fails where it is locked.

    Of the run: `dataset` (circle, xor, gauss, spiral, digits, curve for a simulated one, own with `--csv`),
    `learning_rate` (0.001 to 1), `batch_size` (16, 32, 64, 128, 256), `epochs` (5 to 200), `speed` (1 to 500
    milliseconds an epoch). Of the network: `layers` (neurons per hidden layer, as in 8,8; none; usual), `neurons` (of
    the hidden layer that is meant), `activation` (tanh, relu, sigmoid, linear), `loss` (cross-entropy,
    mean-squared-error), `momentum` (0 to 0.99), `l1` and `l2` (0 to 0.1). Of the data: `features` (of x, y, x2, y2, xy,
    sinx, siny), `points` (10 to 2000), `noise` (0 to 0.5), `split` (0.5 to 0.9), `seed`. Besides: `theme`, and
    `settings` (run, network, data) for the tab that is shown. To show how a visitor does it, use `press` and `drag`.
    While a run is trained, `learning_rate`, `batch_size`, `momentum`, `l1` and `l2` change that run, from its next
    epoch on. All names and values of a script are checked before its first line is played.

        set learning_rate 0.03
        set layers 8,8
        set features x,y,sinx
        set batch_size 64
        set epochs 40
        set speed 50
    """
    pilot.screen.stage.scene.set(name, value)


def run(pilot: VisualizerPilot, duration: str) -> None:
    """run DURATION: let time pass; DURATION as 2s, 250ms, 90ticks or 10epochs.

    Epochs are those of the run: so many more will have been shown. That fails where no run is under way, and where
    it ends before.

        run 1s
        press start
        run 10epochs
    """
    count = duration.removesuffix("s").removesuffix("epoch")
    if count.isdecimal() and len(count) <= LONGEST_COUNT and duration not in (count, f"{count}s"):
        _run_epochs(pilot, int(count))
    else:
        timing.run(pilot, duration)


def _run_epochs(pilot: VisualizerPilot, count: int) -> None:
    controller = pilot.screen.stage.controller
    begun = controller.now.head
    for _ in range(ticks(f"{LONGEST:g}s")):
        shown, status = controller.now.head - begun, controller.now.status
        if shown >= count:
            return
        if status not in UNDER_WAY:
            told = f"the status is '{status.value}' after {shown} of {count} epochs"
            raise VerbError(told if shown else f"no epoch will be shown while the status is '{status.value}'")
        pilot.tick()
    raise VerbError(f"{count} epochs have not been shown after {LONGEST:g}s, but {controller.now.head - begun}")


VERBS: Verbs = {
    "size": ENGINE_VERBS["size"],
    "scale": scale,
    "projector": projector,
    "theme": theme,
    "ramp": ramp,
    "motion": motion,
    "language": language,
    "seed": seed,
    "dataset": dataset,
    "open": open_moment,
    "neuron": neuron,
    "walk": walk,
    "scene": scene,
    "keep": keep,
    "branch": branch,
    "compare": compare,
    "highlight": highlight,
    "server": server,
    "set": set_control,
    **ENGINE_VERBS,
    "point": point,
    "click": click,
    "run": run,
    "wait": timing.waiting(run),
}
