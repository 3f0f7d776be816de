"""The verb `selftest`: opens the screen as the exhibit would, and says what was found."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine.app import App
from engine.sound import Sound
from engine.window import Window
from scenes import stage
from scenes.cli.settings import DESIGN, Settings
from scenes.embedded import Embedded
from scenes.kiosk.kiosk_file import KioskFile, read

from .findings import Findings, Verdict
from .scene import selftest

EPOCHS, INTERVAL = 20, 100  # of the short run, and milliseconds from one to the next
LOUD = 0.8  # where the exhibit itself is silent: a test of what is not heard would say nothing


def run(path: Path | None, *, windowed: bool, as_json: bool) -> int:
    """Show it until somebody closes it, then print what was found; 0 if all of it is right, else 1.

    Raises KioskFileError, WindowError, GraphicsError or ShaderError.
    """
    told, found = read(path) if path else KioskFile(), Findings()
    sound = Sound(told["sound.volume"] or LOUD, partial(setattr, found, "silence"))
    with Embedded(7) as backend:
        size, monitor = DESIGN, told["screen.monitor"]
        window = Window(size, title=stage.TITLE, fullscreen=not windowed, monitor=monitor, icon=stage.ICON)
        looks = Settings(
            theme=told["screen.theme"], scale=told["screen.scale"] or Settings().scale, fullscreen=not windowed
        ).looks
        apps: list[App] = []  # known once the stage is there, and ended by its own scene

        def end() -> None:
            for app in apps:
                app.end()

        built = stage.build(
            window,
            url=told["training.url"] or backend.url,
            size=window.size,
            language=told["language"],
            embedded=not told["training.url"],
            opening=partial(selftest, found=found, sound=sound, end=end),
            **(looks | {"interval": INTERVAL}),
        )
        apps.append(built.app)
        try:
            built.controller.set_parameters(epochs=EPOCHS)
            built.controller.start()
            built.app.shown = _clocked(found)
            built.app.run(window)
        finally:
            sound.close()
            built.close()
    print(words(found, as_json=as_json))
    return 0 if all(verdict is Verdict.RIGHT for verdict in found.verdicts().values()) else 1


def words(found: Findings, *, as_json: bool) -> str:
    """What was found: a line each, or JSON."""
    verdicts, told = found.verdicts(), found.told()
    if as_json:
        return json.dumps({name: {"verdict": verdicts[name].value, "seen": told[name]} for name in told}, indent=2)
    return "\n".join(f"{name:<9} {verdicts[name].value:<6} {told[name]}" for name in told)


def _clocked(found: Findings) -> Callable[[], None]:
    """Tells `found` of each frame that is shown, and how long after the one before."""
    last = [time.perf_counter()]

    def shown() -> None:
        before, last[0] = last[0], time.perf_counter()
        found.framed(last[0] - before)

    return shown
