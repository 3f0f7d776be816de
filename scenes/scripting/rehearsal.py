"""The visualizer without a window, in scripted time: what a script plays off screen is the same to the tick, always."""

from pathlib import Path
from typing import Any

from engine.clock import TICK
from engine.window import Window
from engine.worker import VirtualTime, Worker
from scenes import stage
from scenes.cli.values import SCRIPTED_SEED
from scenes.stage import Stage
from scenes.training.playback import INTERVAL

from .pilot import VisualizerPilot
from .scripted_transport import ScriptedTransport, Server, counted


class RehearsedPilot(VisualizerPilot):
    """Ticks as fast as they can be computed; what waits, waits for scripted `time`."""

    def __init__(self, scene: Stage, *, time: VirtualTime, transport: ScriptedTransport, **given: Any) -> None:
        super().__init__(scene, **given)
        self.time = time
        self._transport = transport

    def _misbehave(self, server: Server, mode: str) -> None:
        super()._misbehave(server, mode)
        if counted(mode):
            super()._misbehave(server, "healthy")
        self._transport.mode = mode

    def _tick(self) -> None:
        self.time.advance(TICK)
        super()._tick()
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
    file: Path | None = None,
    window: Window | None = None,
    kind: type[RehearsedPilot] = RehearsedPilot,
) -> tuple[Stage, RehearsedPilot]:
    """A visualizer without a window, and the pilot that drives it. Nothing of the user's settings enters.

    With `file` it shows that recorded run, and needs neither url nor server.
    `window` lends a hidden one; a process can have only one at a time.
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
        csv=csv,
        file=file,
        worker=worker,
        transport=transport,
        wait=time.wait,
        jitter=lambda wait: wait,
    )
    built.borrowed = window is not None
    return built, kind(built, server=server, time=time, transport=transport, out=out)
