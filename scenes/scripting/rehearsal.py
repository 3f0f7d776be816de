"""The visualizer without a window, in scripted time: what a script plays off screen is the same to the tick, always."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from engine.clock import TICK
from engine.scripting.pilot import Pilot, plain_tick
from engine.window import Window
from engine.worker import VirtualTime, Worker
from scenes import stage
from scenes.cli.values import SCRIPTED_SEED
from scenes.dashboard.scene import dashboard
from scenes.stage import Opening, Stage
from scenes.training.playback import INTERVAL

from .screen import Visualizer, VisualizerPilot
from .scripted_transport import ScriptedTransport, Server


@dataclass(frozen=True)
class ScriptedTick:
    """A tick as fast as it can be computed; what waits, waits for scripted `time`."""

    time: VirtualTime

    def __call__(self, pilot: Pilot[Any]) -> None:
        """Let one pass."""
        self.time.advance(TICK)
        plain_tick(pilot)
        self.time.settle()


def rehearsal(
    *,
    url: str,
    server: Server | None,
    out: Path,
    size: tuple[int, int],
    theme: str,
    scale: float,
    csv: str = "",
    class_column: str = "",
    file: Path | None = None,
    window: Window | None = None,
    opening: Opening = dashboard,
) -> tuple[Stage, VisualizerPilot]:
    """A visualizer without a window, and the pilot that drives it. Nothing of the user's settings enters.

    With `file` it shows that recorded run, and needs neither url nor server. `window` lends a hidden one; a process
    can have only one at a time. `opening` makes the scene that it opens with.
    """
    worker = Worker()
    time = VirtualTime(worker)
    transport = ScriptedTransport(time)
    built = stage.build(
        window or stage.hidden_window(),
        url=url,
        size=size,
        theme=theme,
        scale=scale,
        interval=INTERVAL,
        seed=SCRIPTED_SEED,
        embedded=server is not None,
        header=server.header if server else None,
        csv=csv,
        class_column=class_column,
        file=file,
        worker=worker,
        transport=transport,
        wait=time.wait,
        jitter=lambda wait: wait,
        opening=opening,
    )
    built.borrowed = window is not None
    screen = Visualizer(built, partial(transport.command, server) if server else None)
    return built, Pilot(built.app, screen, out=out, ticking=ScriptedTick(time))
