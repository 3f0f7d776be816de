"""The script verbs that belong to the visualizer, and a scripted time in which its waits are counted in ticks."""

from pathlib import Path
from typing import Protocol

from engine.clock import TICK
from engine.input import Point
from engine.pilot import Pilot
from engine.window import Window
from engine.words import VerbError
from engine.worker import Cancellation, VirtualTime, Worker

from . import stage
from .stage import Stage
from .theme import MOTIONS, RAMPS, THEMES
from .training.lifecycle import Status
from .training.playback import INTERVAL
from .training.transport import HttpTransport, Interrupted, Lines, Overdue, Reply

LATENCY = 0.4  # seconds of scripted time that an answer takes: the middle of the web app's artificial wait
ENDLESS = ("silent", "hang", "drip")  # modes that never finish: the deadline is counted, not waited for
LATE = ("slow", "late")  # modes that wait: counted in ticks, too
DEFAULT_SEED = 7
LARGEST_SCALE = 12.0  # the designed layout at 15360x8640


class Server(Protocol):
    """What a script may do to the backend."""

    @property
    def url(self) -> str:
        """Where it answers."""
        ...

    def misbehave(self, mode: str) -> None:
        """From now on be in `mode`. Raises ValueError that names the modes."""
        ...


class ScriptedTransport(HttpTransport):
    """Real exchanges with a real backend, at scripted moments: how long they take is counted in ticks."""

    def __init__(self, time: VirtualTime) -> None:
        super().__init__()
        self.mode = "healthy"
        self._time = time

    def post(
        self, url: str, body: bytes, *, deadline: float, cancellation: Cancellation, lines: Lines | None = None
    ) -> Reply:
        """See Transport."""
        name, _, value = self.mode.partition(":")
        late = float(value or 1) if name in LATE else LATENCY
        taken = deadline if name in ENDLESS else min(late, deadline)
        self._time.wait(taken, cancellation)
        if cancellation.cancelled:
            raise Interrupted
        if taken >= deadline:
            raise Overdue
        return super().post(url, body, deadline=deadline, cancellation=cancellation, lines=lines)


class VisualizerPilot(Pilot):
    """All verbs of the script language. Each public method is one; its docstring is its manual."""

    def __init__(
        self, scene: Stage, *, server: Server | None, time: VirtualTime, transport: ScriptedTransport, out: Path
    ) -> None:
        board = scene.dashboard
        super().__init__(
            scene.app,
            place=self._find,
            describe=lambda: scene.app.scenes.top.describe(),
            status=lambda: board.snapshot.status.value,
            statuses=[status.value for status in Status],
            out=out,
        )
        self._stage = scene
        self._server = server
        self._time = time
        self._transport = transport

    def theme(self, name: str) -> None:
        """theme dark|light|contrast: change the colours."""
        if name not in THEMES:
            raise VerbError(f"there is no theme '{name}': choose {' or '.join(THEMES)}")
        self._stage.dashboard.appearance.choose(theme=name)

    def ramp(self, name: str) -> None:
        """ramp seed|safe: the colours of the loss; safe ones can be told apart by every eye."""
        if name not in RAMPS:
            raise VerbError(f"there is no ramp '{name}': choose {' or '.join(RAMPS)}")
        self._stage.dashboard.appearance.choose(ramp=name)

    def motion(self, name: str) -> None:
        """motion full|reduced: whether more moves than the run itself does."""
        if name not in MOTIONS:
            raise VerbError(f"there is no motion '{name}': choose {' or '.join(MOTIONS)}")
        self._stage.dashboard.appearance.choose(motion=name)

    def scale(self, factor: str) -> None:
        """scale FACTOR: make the interface 0.75 to 12 times as large."""
        try:
            value = float(factor)
        except ValueError:
            value = 0.0
        if not 0.75 <= value <= LARGEST_SCALE:
            raise VerbError(f"'{factor}' is not within 0.75 to {LARGEST_SCALE:g}")
        self._stage.dashboard.set_scale(value)

    def seed(self, number: str) -> None:
        """seed NUMBER: the same number gives the same runs."""
        if not number.isdecimal() or int(number) >= 2**63:
            raise VerbError(f"'{number}' is not a whole number from 0 to 2^63 - 1")
        self._stage.client.seed = int(number)

    def server(self, mode: str) -> None:
        """server MODE: what the backend does: healthy, refused, silent, slow:SECONDS, error:STATUS, flaky:N ..."""
        if self._server is None:
            raise VerbError("the backend at VIZ_API_URL is not ours to change")
        try:
            self._server.misbehave("healthy" if mode.partition(":")[0] in (*ENDLESS, *LATE) else mode)
            if mode.partition(":")[0] in LATE and not 0 <= float(mode.partition(":")[2] or 1) <= 600:
                raise ValueError(f"'{mode}' is not within 0 to 600 seconds")
        except ValueError as why:
            raise VerbError(str(why)) from None
        self._transport.mode = mode

    def _tick(self) -> None:
        self._time.advance(TICK)
        super()._tick()
        self._time.settle()

    def _find(self, name: str, value: str | None) -> Point | None:
        dashboard = self._stage.dashboard
        seen = dashboard.layout.slots.get(name) or dashboard.layout.panels.get(name)
        if seen:
            dashboard.reveal(seen.y, seen.bottom)
        if value is None and name == "field":
            return dashboard.layout.field.middle
        if value is None and name in dashboard.layout.panels:
            return dashboard.layout.panels[name].middle
        try:
            return dashboard.controls.at(name, value)
        except ValueError:
            raise VerbError(f"'{value}' is no value for '{name}'") from None


def rehearsal(
    *,
    url: str,
    server: Server | None,
    out: Path,
    size: tuple[int, int],
    theme: str,
    scale: float,
    csv: str = "",
    window: Window | None = None,
    kind: type[VisualizerPilot] = VisualizerPilot,
) -> tuple[Stage, VisualizerPilot]:
    """A visualizer without a window, and the pilot that drives it. Nothing of the user's settings enters.

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
        seed=DEFAULT_SEED,
        embedded=server is not None,
        csv=csv,
        worker=worker,
        transport=transport,
        wait=time.wait,
        jitter=lambda wait: wait,
    )
    built.borrowed = window is not None
    return built, kind(built, server=server, time=time, transport=transport, out=out)
