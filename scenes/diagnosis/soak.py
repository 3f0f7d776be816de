"""Runs the exhibit for hours off screen, as fast as it can, and says what has grown by then.

It is the exhibit itself: its loop, its attract loop, its guard and reports. Only its window is another one, in which a
frame takes a tick whatever the clock says, and visitors come by themselves.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pygame

from engine.clock import NANOSECONDS, TICK, TICKS_PER_SECOND
from engine.graphics.driver_objects import DriverObjects
from engine.input import Event
from scenes import stage
from scenes.cli.settings import DESIGN, Settings
from scenes.embedded import Embedded
from scenes.exhibit.attract import Attract
from scenes.exhibit.window import ended_in_order
from scenes.kiosk.exhibit import Exhibit
from scenes.kiosk.kiosk_file import KioskFile
from scenes.scripting.rehearsal import ScriptedTick, rehearsal
from scenes.training.lifecycle import Status

from .memory import resident
from .soak_visitor import EPOCHS, INTERVAL, POINTS, Acts, script, visit
from .soak_words import Look, Measured, Minute, figures, verdicts, words
from .yardstick import yardstick

MINUTE, HOUR = 60.0, 3600.0  # seconds
FIRST, APART = 5.0, 60.0  # seconds until the first visitor comes, and from one to the next
PATIENCE = 10.0  # seconds after the last touch
EVERY = 1.0  # seconds from one look at the process to the next
QUICK = 20.0  # the same in simulated time, which passes about so much faster
TOLD = 20  # parts of the way, each of which is told of
UNDRAWN = 60  # ticks from one frame that is drawn to the next, in simulated time
LOOKED = Settings(size="x".join(map(str, DESIGN)), scale=1.0, interval=INTERVAL, fullscreen=True)


@dataclass(frozen=True)
class Pace:
    """How time passes. All in seconds of `now`."""

    length: float
    now: Callable[[], float]
    every: float = EVERY  # from one look to the next
    drawn: int = 1  # ticks from one frame that is drawn to the next; only where it is 1 are frames timed
    ticked: Callable[[], object] = lambda: None  # called after each tick
    clock: Callable[[], float] = time.perf_counter  # what frames are timed by
    ruler: Callable[[tuple[int, int]], dict[str, float]] = yardstick


class Unseen:
    """What the exhibit has for a window: a frame is a tick, nothing waits, and what happens in it is scripted."""

    lost, fullscreen = False, True
    size = DESIGN

    def __init__(self, built: stage.Stage, pace: Pace, measured: Measured) -> None:
        self._built, self._pace, self._measured = built, pace, measured
        self._objects = DriverObjects(built.window.load)
        self._acts: Acts = iter(())
        self._taken: list[float] = []  # milliseconds of the frames of this minute
        self._frame = 0
        self._begun = self._started = 0.0
        self._look = 0.0  # when the next one is due, as the next two are
        self._minute, self._visitor = MINUTE, FIRST
        self._status = Status.IDLE
        self._said = -1  # of the way
        self.taken = 0.0  # see Window

    def start(self) -> None:
        """From here on time counts."""
        self._started = self._pace.now()

    @property
    def passed(self) -> float:
        """Seconds since then."""
        return self._pace.now() - self._started

    @property
    def hidden(self) -> bool:
        """Whether this frame is not drawn."""
        return bool(self._frame % self._pace.drawn)

    def events(self) -> Iterator[Event]:
        """What the visitor does before this tick, if there is one."""
        self._begun = self._pace.clock()
        pygame.event.get()  # as every window does: what is never taken from the queue fills it
        yield from next(self._acts, ())

    def elapsed(self) -> int:
        """Nanoseconds: a tick."""
        return NANOSECONDS // TICKS_PER_SECOND + 1

    def present(self) -> None:
        """See Window: a frame was drawn. Nobody sees it."""
        self._built.app.renderer.finish()
        self._taken.append((self._pace.clock() - self._begun) * 1000)
        self._passed()

    def rest(self, seconds: float) -> None:
        """See Window: there was nothing to be drawn."""
        self._passed()

    def show_pointer(self, shown: bool) -> None:
        """See Window."""

    def toggle_fullscreen(self) -> None:
        """See Window: it stays as it is."""

    def resize(self, size: tuple[int, int]) -> None:
        """See Window: it stays as it is."""

    def _passed(self) -> None:
        """A tick has passed."""
        self._frame += 1
        self._pace.ticked()
        self._count()
        now = self.passed
        if now >= self._look:
            self._look += self._pace.every
            self._measured.looks.append(_looked(now / MINUTE, self._objects))
            self._tell(now)
        if now >= self._minute:
            self._minute += MINUTE
            self._minute_over(now / MINUTE)
        if now >= self._visitor:
            self._visitor += APART
            self._measured.visitors += 1
            self._acts = visit(self._built, self._measured.visitors)
        if now >= self._pace.length:
            self._built.app.end()

    def _count(self) -> None:
        """Runs that have come to an end in this tick."""
        now = self._built.controller.now
        if now.status is not self._status:
            self._measured.runs += now.status is Status.COMPLETE
            if now.status is Status.ERROR and now.error:
                _noted(self._measured, f"a run ended in an error: {now.error.sentence}")
        self._status = now.status

    def _tell(self, now: float) -> None:
        """How far it is; where lines stay, only each twentieth of the way."""
        done, measured = int(TOLD * now / self._pace.length), self._measured
        if sys.stderr.isatty() or done > self._said:
            look = measured.looks[-1]
            counted = f"{measured.runs} runs, {measured.visitors} visitors, {look.memory:.1f} MB"
            held = f"{look.objects} GL objects, {look.threads} threads, {look.handles} handles"
            _progress(f"{look.at:6.1f} of {measured.length:g} minutes: {counted}, {held}")
        self._said = done

    def _minute_over(self, at: float) -> None:
        if self._pace.drawn == 1 and self._taken:
            ruler = self._pace.ruler(self.size)
            p95 = float(np.percentile(self._taken, 95))
            self._measured.minutes.append(Minute(at, p95, ruler["copy_ms"], ruler["loop_ms"]))
        self._taken.clear()


def soak(*, minutes: float = 0.0, hours: float = 0.0, as_json: bool = False) -> int:
    """Run the exhibit for so many real `minutes`, or simulated `hours`, and print what has grown; 0 if nothing, else 1.

    Raises WindowError or GraphicsError.
    """
    with ExitStack() as held:
        folder = Path(held.enter_context(TemporaryDirectory()))
        backend = held.enter_context(Embedded(None if minutes else 7))
        if hours:
            built, pilot = rehearsal(
                url=backend.url,
                server=backend,
                out=folder,
                size=DESIGN,
                theme=LOOKED.theme,
                scale=LOOKED.scale,
            )
            assert isinstance(pilot.ticking, ScriptedTick)
            pace = simulated(built, pilot.ticking, hours * HOUR)
        else:
            built = _built(backend)
            pace = Pace(minutes * MINUTE, time.monotonic)
        held.callback(built.close)
        measured = exhibited(built, pace, folder)
    _progress("")
    told = figures(measured)
    print(words(told, as_json=as_json))
    return 0 if all(verdict.holds for verdict in verdicts(told)) else 1


def simulated(built: stage.Stage, tick: ScriptedTick, length: float) -> Pace:
    """A pace of `length` seconds of the exhibit's own time, which does not wait; answers come in that time, too."""

    def ticked() -> None:
        tick.time.advance(TICK)
        tick.time.settle()

    return Pace(length, lambda: built.app.clock.count * TICK, every=QUICK, drawn=UNDRAWN, ticked=ticked)


def exhibited(built: stage.Stage, pace: Pace, folder: Path) -> Measured:
    """Run the exhibit on that stage for so long, with its files in `folder`; what was measured of it meanwhile.

    Ctrl+C and SIGTERM end it early: what was measured by then is told.
    """
    measured = Measured(pace.length / MINUTE, simulated=pace.drawn > 1)
    path = folder / "soak.script"
    path.write_text(script(), encoding="utf-8")
    built.controller.set_parameters(epochs=EPOCHS, points=POINTS)
    built.controller.set_interval(INTERVAL)
    unseen = Unseen(built, pace, measured)
    window: Any = unseen  # an App and its pastime ask a window for nothing else
    attract = Attract(
        path,
        built,
        window,
        chosen=LOOKED,
        server=None,
        patience=PATIENCE,
        say=lambda line: _noted(measured, line),
    )
    built.app.pastime = attract
    exhibit = Exhibit(KioskFile(), replace(built, window=window), attract, folder)
    unseen.start()
    with ended_in_order(built.app):
        built.app.run(window)
    exhibit.close()
    passed = unseen.passed / MINUTE
    if passed < measured.length:
        measured.length, measured.early = passed, True
    return measured


def _built(backend: Embedded) -> stage.Stage:
    """The exhibit's stage, in real time."""
    built = stage.build(
        stage.hidden_window(),
        url=backend.url,
        size=DESIGN,
        theme=LOOKED.theme,
        scale=LOOKED.scale,
        interval=INTERVAL,
        embedded=True,
        header=backend.header,
    )
    backend.warm()
    return built


def _looked(at: float, objects: DriverObjects) -> Look:
    """This process at this moment, `at` minutes after the start."""
    return Look(at, resident(), objects.count(), _entries("task") or threading.active_count(), _entries("fd"))


def _entries(what: str) -> int:
    """How many threads ("task") or open handles ("fd") the system lists, that of the list itself among them."""
    try:
        return len(os.listdir(f"/proc/self/{what}"))
    except OSError:
        return 0


def _noted(measured: Measured, line: str) -> None:
    """Something is amiss; said once, however often it is."""
    if line not in measured.amiss and len(measured.amiss) < 100:
        measured.amiss.append(line)
        print(f"\nviz: {line}", file=sys.stderr, flush=True)


def _progress(line: str) -> None:
    """How far it is: on a terminal always in the same line."""
    text = f"\r\033[K{line}" if sys.stderr.isatty() else f"{line}\n" if line else ""
    print(text, end="", file=sys.stderr, flush=True)
