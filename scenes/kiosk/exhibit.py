"""The exhibit itself: the window that fills the screen, what visitors can do in it, and what the office hears of it."""

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pygame

from engine import png
from engine.input import Event, Quit
from engine.sound import Sound
from engine.window import Window, compositor_gone
from scenes import stage
from scenes.cli.settings import DESIGN, Settings
from scenes.embedded import Embedded
from scenes.exhibit.attract import Attract
from scenes.exhibit.rescue import Rescue
from scenes.kit import words
from scenes.training.lifecycle import Status
from scenes.training.sources.http import HttpSource

from .asleep_scene import AsleepScene
from .backup_source import BackupSource
from .counters import Counters
from .day_report import DayReport
from .guard import Guard
from .heart import Heart, pipe
from .kiosk_file import KioskFile
from .log_file import LogFile
from .office import Office
from .one_switch import OneSwitch
from .pin_lock import PinLock
from .sounds import Sounds
from .speech import Speech, one_text
from .staff_scene import Act, StaffScene
from .supervisor import AGAIN, AWAY, QUIT, resident
from .visits import Visits

HERE = "here"  # the word of a beat while somebody is there
LOOK = 1.0  # seconds between two looks at the clock on the wall, and at visitors
SAVED = 60.0  # seconds between two times that the day report is written
PICTURE = 5.0  # seconds that the office waits for a picture
COUNTERS, DAYS, LOG = "counters.json", "days", "exhibit.log"  # what is written into the folder
COUNTED = ("starts", "crashes", "freezes", "renewals")


class Exhibit:
    """One start of it, on a stage that is built. `code` is what its process ends with; `say` writes its log."""

    def __init__(
        self,
        told: KioskFile,
        built: stage.Stage,
        attract: Attract | None,
        folder: Path,
        say: Callable[[str], object] = lambda line: None,
    ) -> None:
        self._told, self._stage, self._attract, self._folder, self._say = told, built, attract, folder, say
        self.code = AGAIN  # a window that is gone by itself is opened again
        self._guard = Guard(self._staff)
        self._lock = PinLock(told["pin"])
        self._heart = Heart(pipe(), pixels=lambda: built.app.renderer.pixels().tobytes(), moves=self._moves)
        self._report = DayReport(folder / DAYS, date.today)
        self._sound = Sound(told["sound.volume"], say)
        self._hearing, self._speech = built.context.hearing, Speech(say) if told["sound.spoken"] else None
        spoken = self._speech is not None and self._speech.speaks
        self._hearing.sounds = told["sound.volume"] > 0 or spoken
        self._sounds = Sounds(self._sound, loss=told["sound.loss"], heard=lambda: self._hearing.on)
        if attract:
            attract.warned = self._sounds.warn
        self._switch = OneSwitch(built.app.scenes, told["switch"])
        self._visits = Visits(self._report, lambda: built.appearance.language)
        self._asleep: AsleepScene | None = None
        self._last = self._begun = time.monotonic()
        self._looked = self._unsaved = 0.0
        self._wanted = threading.Event()  # whether the office waits for a picture
        self._given = threading.Event()
        self._picture = b""
        built.app.guard, built.app.shown, built.app.capture = self._hear, self._shown, None
        self._report.began()

    @property
    def away(self) -> bool:
        """Whether nobody is there."""
        return self._attract is None or self._attract.away

    def status(self) -> dict[str, str | int | float | bool | None]:
        """How it stands, for the office."""
        now, counts = self._stage.controller.now, Counters(self._folder / COUNTERS).counts
        return {
            "status": now.status.value,
            "language": self._stage.appearance.language,
            "somebody_there": not self.away,
            "asleep": self._asleep is not None,
            "epoch": now.epoch,
            "up_seconds": round(time.monotonic() - self._begun),
            "ticks": self._stage.app.clock.count,
            "memory_mb": resident(os.getpid()),
            **{name: counts.get(name, 0) for name in COUNTED},
        }

    def picture(self) -> bytes | None:
        """What is on the screen, as a PNG: made by the loop, which this waits for."""
        self._given.clear()
        self._wanted.set()
        return self._picture if self._given.wait(PICTURE) else None

    def close(self) -> None:
        """Write what is counted."""
        self._report.save()
        self._sound.close()
        if self._speech:
            self._speech.hush()

    def _shown(self) -> None:
        """After each frame: time passes here, too, where nothing is drawn."""
        now = time.monotonic()
        seconds, self._last = now - self._last, now
        self._guard.tick(seconds)
        self._switch.tick(seconds, away=self.away)
        self._sounds.hear(self._stage.controller.now, seconds)
        self._heart.frame(seconds, lambda: f"{AWAY if self.away else HERE} {self._stage.controller.now.status.value}")
        if self._wanted.is_set():
            self._wanted.clear()
            self._picture = png.encoded(self._stage.app.renderer.pixels())
            self._given.set()
        self._looked += seconds
        if self._looked >= LOOK:
            self._look(self._looked)
            self._looked = 0.0

    def _hear(self, event: Event) -> bool:
        """What the window hears: nobody may close it, but where its compositor is gone, nobody sees it any more."""
        if isinstance(event, Quit) and compositor_gone():
            self._say("The compositor has ended; the exhibit is started anew until there is one again")
            self._end(AGAIN)
        return self._guard.hear(event)

    def _speak(self) -> None:
        """What a visitor is asked at this moment, once; nobody is spoken to who is not there."""
        if self._speech is None:
            return
        asked = self._stage.scene.entries().get("asked") if not self.away and self._hearing.on else None
        if asked is None:
            self._speech.hush()
        else:
            self._speech.tell(one_text(asked()), self._stage.appearance.language)

    def _look(self, seconds: float) -> None:
        self._speak()
        self._unsaved += seconds
        if self._unsaved >= SAVED:
            self._unsaved = 0.0
            self._report.save()
        idle = self._attract.idle if self._attract else 0.0
        self._visits.look(seconds, away=self.away, idle=idle, status=self._stage.controller.now.status)
        now = datetime.now()
        lit = self._told.lit(now.weekday(), 60 * now.hour + now.minute)
        if lit == (self._asleep is None):
            return
        scenes, context = self._stage.app.scenes, self._stage.context
        if self._asleep is None:
            self._asleep = AsleepScene(context.fonts, context.appearance.theme, self._stage.app.renderer.size)
            scenes.push(self._asleep)
        else:
            scenes.remove(self._asleep)
            self._asleep = None
        self._guard.shut = self._asleep is not None
        if self._attract:
            self._attract.rests = self._asleep is not None

    def _moves(self) -> bool:
        """Whether the picture has to change by itself: where motion is full it always does, but while paused."""
        still = self._stage.appearance.still or self._asleep is not None
        now = self._stage.controller.now
        if now.status is Status.TRAINING:
            return self._asleep is None and now.interval <= 1000
        return not still and now.status is not Status.PAUSED and not self._stage.window.hidden

    def _staff(self) -> None:
        """The corner was held."""
        scenes = self._stage.app.scenes
        if not self._told["pin"] or isinstance(scenes.top, StaffScene):
            return
        self._guard.shut = False
        acts = (Act("again", lambda: self._end(AGAIN)), Act("quit", lambda: self._end(QUIT)))
        staff = StaffScene(
            self._stage.context, self._stage.first, self._lock, told=self._words, acts=acts, close=self._close_staff
        )
        scenes.push(staff)

    def _close_staff(self) -> None:
        scenes = self._stage.app.scenes
        if isinstance(scenes.top, StaffScene):
            scenes.pop()
        self._guard.shut = self._asleep is not None

    def _words(self) -> Mapping[str, str]:
        """How it stands, for the staff: words by their keys."""
        told, port = self.status(), self._told["office.port"]
        hours, minutes = divmod(int(told["up_seconds"] or 0) // 60, 60)
        return {
            "status": words.say(f"staff.status.{told['status']}"),
            "language": str(told["language"]),
            "up": words.say("staff.up.time", hours=hours, minutes=minutes),
            "starts": f"{told['starts']}, {told['renewals']}",
            "crashes": f"{told['crashes']}, {told['freezes']}",
            "memory": f"{told['memory_mb']} MB",
            "office": words.say("staff.office.port" if port else "staff.office.none", port=port),
        }

    def end_in_order(self, number: int, frame: object) -> None:
        """What a signal does."""
        self._end(QUIT)

    def _end(self, code: int) -> None:
        self.code = code
        self._stage.app.end()


def show(told: KioskFile, folder: Path, *, safe: bool) -> int:
    """Open the window and run the exhibit in it; its exit code. `safe`: nothing of the operator's own is played.

    Raises WindowError, GraphicsError, ShaderError or ScriptError.
    """
    log = LogFile(folder / LOG, datetime.now)
    say = log.say
    chosen = Settings(
        theme=told["screen.theme"],
        motion="reduced" if safe else told["screen.motion"],
        ramp=told["screen.ramp"],
        interval=told["training.speed"],
        scale=told["screen.scale"] or Settings().scale,
        fullscreen=True,
        projector=told["screen.projector"],
    )
    seed = None if told["training.seed"] < 0 else told["training.seed"]
    with Embedded(seed) as backend:
        window = Window(DESIGN, title=told["title"] or stage.TITLE, fullscreen=True, monitor=told["screen.monitor"])
        built = _built(window, told, chosen, backend, seed, say, safe=safe)
        built.app.rescue = Rescue(built, say)
        attract = None
        if not safe:
            attract = Attract(
                told.script,
                built,
                window,
                chosen=chosen,
                server=None,
                patience=told["patience"],
                say=say,
                pointer=told["screen.pointer"],
            )
            built.app.pastime = attract
        window.show_pointer(told["screen.pointer"])
        exhibit = Exhibit(told, built, attract, folder, say)
        office = _office(told, exhibit, say)
        before = {number: signal.signal(number, exhibit.end_in_order) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            built.app.run(window, frames=1)
            backend.warm()
            built.app.run(window)
            return exhibit.code
        finally:
            if office:
                office.close()
            exhibit.close()
            built.close()
            log.close()
            for number, handler in before.items():
                signal.signal(number, handler)


def _built(
    window: Window,
    told: KioskFile,
    chosen: Settings,
    backend: Embedded,
    seed: int | None,
    say: Callable[[str], Any],
    *,
    safe: bool,
) -> stage.Stage:
    ours = HttpSource(backend.url, embedded=True, header=backend.header)
    url = "" if safe else told["training.url"]
    source = BackupSource(HttpSource(url, waits=()), ours, say=say, now=time.monotonic) if url else ours
    built = stage.build(
        window,
        url=backend.url,
        size=window.size,
        language=told["language"],
        seed=seed,
        source=source,
        opening=stage.OPENINGS[told.scene],
        **chosen.looks,
    )
    built.context.title, built.context.logo = told["title"], _picture(told.logo, say)
    return built


def _picture(path: Path | None, say: Callable[[str], Any]) -> pygame.Surface | None:
    """The picture in that file, premultiplied; where it is broken, there is none, and the log says why."""
    if path is None:
        return None
    try:
        loaded = pygame.image.load(path)
        made = pygame.Surface(loaded.get_size(), pygame.SRCALPHA)
        made.blit(loaded, (0, 0))
        return made.premul_alpha()
    except (OSError, pygame.error) as why:
        say(f"The logo cannot be shown: {why}")
        return None


def _office(told: KioskFile, exhibit: Exhibit, say: Callable[[str], Any]) -> Office | None:
    """The office's server, where there is to be one: without it, the exhibit goes on."""
    if not told["office.port"]:
        return None
    try:
        return Office(
            host=told["office.host"],
            port=told["office.port"],
            token=told["office.token"],
            tell=exhibit.status,
            picture=exhibit.picture,
        )
    except (OSError, ValueError) as why:
        say(f"The office cannot ask: {why}")
        return None
