"""The script verbs that belong to the visualizer, and the table of all that there are, in the order of the manual."""

from engine.scripting import timing
from engine.scripting.script import Verbs
from engine.scripting.verbs import VERBS as ENGINE_VERBS
from engine.scripting.words import LONGEST, VerbError, guess, ticks
from scenes.cli.values import LARGEST_SEED, LONGEST_SEED
from scenes.training.lifecycle import Status

from .appearance_verbs import motion, projector, ramp, scale, theme
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


def scene(pilot: VisualizerPilot, name: str) -> None:
    """scene NAME: bring a scene to the front; the run and the scenes behind it go on. There is `dashboard`.

    For example:

        scene dashboard
    """
    try:
        pilot.screen.stage.show(name)
    except KeyError:
        raise VerbError(f"there is no scene '{name}'{guess(name, pilot.screen.stage.named)}") from None


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

    Controls: `learning_rate` (0.001 to 1), `batch_size` (16, 32, 64, 128, 256), `epochs` (5 to 200), `speed` (1 to
    500 milliseconds an epoch), `dataset` (circle, xor, gauss, spiral, digits, curve for a simulated one, own with
    `--csv`), `theme`. To show how a visitor does it, use `press` and `drag`. All names and values of a script are
    checked before its first line is played.

        set learning_rate 0.03
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
    "seed": seed,
    "dataset": dataset,
    "scene": scene,
    "server": server,
    "set": set_control,
    **ENGINE_VERBS,
    "run": run,
    "wait": timing.waiting(run),
}
