"""What an exhibit does while nobody is there: it plays a script in its own window, again and again, in real time.

Whoever comes finds everything as it was at the start: the first touch only wakes, and is not taken for a press.
"""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from engine.clock import TICK
from engine.idle import Idle
from engine.input import Event, Key, Move, Press
from engine.scripting.pilot import Pilot
from engine.scripting.script import ScriptError, Verbs, checked, play
from engine.window import Window
from scenes.cli.settings import Settings
from scenes.kit import words
from scenes.scripting.checks import CHECKS
from scenes.scripting.play import found
from scenes.scripting.screen import Visualizer, VisualizerPilot
from scenes.scripting.scripted_transport import Server
from scenes.scripting.verbs import UNDER_WAY, VERBS
from scenes.stage import Stage

WARNING = 20.0  # seconds before, in which whoever is still there is told; at most half of the patience


class Awake(Exception):
    """Somebody has come, or the program ends: the script is left where it is."""


def same_size(pilot: VisualizerPilot, size: str) -> None:
    """size WIDTHxHEIGHT: the window stays as large as it is."""


def no_shot(pilot: VisualizerPilot, name: str) -> None:
    """shot NAME: no picture is kept."""


def no_film(pilot: VisualizerPilot, name: str, *span: str, fps: str = "") -> None:
    """film NAME: no film is kept."""


LIVE: Verbs = {**VERBS, "size": same_size, "shot": no_shot, "film": no_film}


class Attract:
    """The pastime of `stage`: `script` after `patience` seconds without anybody, at once after a start.

    `chosen` is how the window began. Raises ScriptError for a script that cannot be played at all.
    """

    def __init__(
        self,
        script: Path,
        stage: Stage,
        window: Window,
        *,
        chosen: Settings,
        server: Server | None,
        patience: float,
        say: Callable[[str], object],
        pointer: bool = True,
    ) -> None:
        self._script, self._stage, self._window, self._chosen = found(script), stage, window, chosen
        self._server, self._patience, self._say = server, patience, say
        self._parameters = asdict(stage.controller.chosen)
        self._language = stage.appearance.language
        self._fullscreen, self._size = chosen.fullscreen, window.size  # Wayland says later what was granted
        self._told: set[str] = set()
        self._idle = Idle()
        self._idle.seconds = patience  # nobody is there yet
        self._playing = self._awake = self._visited = False
        self._due = 0  # ticks
        self._pointer = pointer  # whether visitors see one
        self.rests = False  # whether the screen sleeps, and nothing is played
        self.warned: Callable[[], object] = lambda: None  # called as whoever is still there is told
        checked(self._script, LIVE, CHECKS)

    @property
    def due(self) -> bool:
        """See Pastime."""
        return self._idle.seconds >= self._patience and not self.rests

    @property
    def away(self) -> bool:
        """Whether nobody is there."""
        return self._playing or self._idle.seconds >= self._patience

    @property
    def idle(self) -> float:
        """Seconds since somebody was."""
        return self._idle.seconds

    def hear(self, event: Event) -> bool:
        """See Pastime: what wakes does nothing else, unless it is a chord such as Ctrl+Q."""
        if not self._idle.hear(event):
            return not (self._playing and isinstance(event, Move))  # a trembling table leads no slider astray
        if not self._playing:
            self._visited = True
            return True
        first, self._awake = not self._awake, True
        return not first or (isinstance(event, Key) and event.ctrl)

    def tick(self) -> None:
        """See Pastime: a run that a visitor has started is waited for."""
        stage = self._stage
        if self._playing or not stage.app.scenes:
            return
        if stage.controller.now.status in UNDER_WAY:
            self._idle.seconds = 0.0
        before = self._idle.seconds
        self._idle.tick(TICK)
        if self._visited and before < self._patience - self.warning <= self._idle.seconds:
            stage.context.toast.say(words.say("exhibit.still"), seconds=self.warning)
            self.warned()

    @property
    def warning(self) -> float:
        """Seconds before it begins, in which whoever is still there is told."""
        return min(WARNING, self._patience / 2)

    def perform(self) -> None:
        """See Pastime: one round of the script after the other. One that fails is told of once, and tried again."""
        self._playing, self._awake, self._due = True, False, 0
        self._idle.seconds = 0.0  # whatever ends this round: the next one begins after a while
        self._window.show_pointer(False)
        try:
            while True:
                self._begin_anew()
                pilot = self._pilot()
                play(self._script, LIVE, pilot, cause=pilot.cause, checks=CHECKS)
                self._tick()
        except Awake:
            if not self._awake:  # these were all frames that were asked for: nobody has come
                self._idle.seconds = self._patience
        except ScriptError as why:
            self._tell(f"The script for the time without visitors cannot go on: {why}")
        finally:
            self._playing = self._visited = False
            self._window.show_pointer(self._pointer)
            self._begin_anew()

    def _pilot(self) -> VisualizerPilot:
        """One whose ticks are due by the clock, and whose touches are shown. Nothing is written."""
        screen = Visualizer(self._stage, self._server.misbehave if self._server else None)
        return Pilot(self._stage.app, screen, out=Path(), ticking=lambda _: self._tick(), act=self._act)

    def _act(self, event: Event) -> None:
        self._stage.app.handle(event)
        if isinstance(event, Press) or (isinstance(event, Move) and event.held):
            self._stage.context.touch.show(event.at)

    def _tick(self) -> None:
        """One tick of the script, when it is due by the clock. Raises Awake."""
        app, toast = self._stage.app, self._stage.context.toast
        if not toast.text:
            toast.say(words.say("exhibit.invitation"), seconds=float("inf"))
        while not self._due and not self._over():
            self._due = app.frame()
        if self._over():
            raise Awake
        self._due -= 1
        app.step()

    def _over(self) -> bool:
        return self._awake or self.rests or not self._stage.app.goes_on

    def _begin_anew(self) -> None:
        """Everything as it was when the program began."""
        stage, chosen = self._stage, self._chosen
        if self._server:
            self._server.misbehave("healthy")
        stage.begin_anew(goes_round=self._playing)
        stage.controller.set_parameters(**self._parameters)
        stage.controller.begin_anew()  # nobody takes back what somebody else has chosen, or brought
        stage.controller.set_interval(chosen.interval)
        stage.appearance.choose(theme=chosen.theme, ramp=chosen.ramp, motion=chosen.motion, language=self._language)
        stage.context.scale.wished, stage.context.scale.projector = chosen.scale, chosen.projector
        if self._window.fullscreen != self._fullscreen:
            self._window.toggle_fullscreen()
        if not self._fullscreen:
            self._window.resize(self._size)
        stage.refresh()

    def _tell(self, line: str) -> None:
        if line not in self._told and len(self._told) < 100:
            self._told.add(line)
            self._say(line)
