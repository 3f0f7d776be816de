"""Opens the window and runs the visualizer in it until somebody closes it."""

import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import platformdirs
import pygame

from engine.clock import FixedClock
from engine.window import Window

from . import stage
from .recording import Recording, claim
from .rescue import Rescue
from .settings import Settings, pixels, remember

HINT = 10.0  # seconds, at the first start


def run(
    chosen: Settings,
    *,
    url: Callable[[], str],
    settings_path: Path,
    seed: int | None,
    embedded: bool,
    vsync: bool,
    frames: int | None,
    csv: str,
    warm: Callable[[], None],
    say: Callable[[str], None],
    record: Path | None = None,
) -> bool:
    """Show the window; whether Ctrl+C ended it. `url` is asked for with the window there, `warm` called after a frame.

    What is done in it is written to `record`: raises ScriptError or ValueError where that cannot be, and else
    WindowError, GraphicsError or ShaderError.
    """
    if record:
        claim(record)
    window = Window(pixels(chosen.size), title=stage.TITLE, fullscreen=chosen.fullscreen, vsync=vsync, icon=stage.ICON)
    built = stage.build(
        window,
        url=url(),
        size=window.size,
        theme=chosen.theme,
        ramp=chosen.ramp,
        motion=chosen.motion,
        scale=chosen.scale,
        interval=chosen.interval,
        seed=seed,
        embedded=embedded,
        csv=csv,
        changed=lambda: save(),
    )
    warned = False

    def save() -> None:
        nonlocal warned
        looks, interval = built.dashboard.appearance, built.dashboard.controller.interval
        kept = remember(settings_path, theme=looks.name, ramp=looks.ramp, motion=looks.motion, interval=interval)
        if not kept and not warned:
            warned = True
            say(f"The settings cannot be saved to {settings_path}; the program goes on without.")

    if not settings_path.exists():
        built.dashboard.toast.say("Press Space to train, F1 for all keys", seconds=HINT)
    built.app.rescue = Rescue(built, say)
    recording = Recording(record, built, csv=bool(csv), say=say) if record else None

    def capture() -> None:
        _capture(built, say)
        if recording:
            recording.shot()

    built.app.capture = capture
    interrupted = False

    def end(number: int, _: object) -> None:
        nonlocal interrupted
        interrupted = number == signal.SIGINT
        built.app.scenes.clear()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        built.app.run(window, frames=1)  # the first frame first; what can wait is fetched behind it
        warm()
        built.app.run(window, frames=None if frames is None else frames - 1)
        save()
    finally:
        if recording:
            recording.close()
            print(record)
        _report(built.app.clock, say)
        built.close()
    return interrupted


def _capture(built: stage.Stage, say: Callable[[str], None]) -> None:
    folder = Path(platformdirs.user_pictures_dir()) / stage.TITLE
    name = datetime.now().strftime("%Y-%m-%d %H.%M.%S.png")
    shot = built.app.renderer.pixels()
    height, width, _ = shot.shape
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pygame.image.save(pygame.image.frombuffer(shot.tobytes(), (width, height), "RGB"), folder / name)
    except (OSError, pygame.error) as why:
        say(f"The screenshot could not be written to {folder} ({why}).")
        built.dashboard.toast.say("The screenshot could not be written")
        return
    print(folder / name, flush=True)
    built.dashboard.toast.say(f"Saved as {name} in {folder.parent.name}/{folder.name}")


def _report(clock: FixedClock, say: Callable[[str], None]) -> None:
    if clock.dropped:
        say(f"{clock.dropped} ticks of {clock.count + clock.dropped} were dropped after hitches.")
