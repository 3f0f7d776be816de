"""Opens the window and runs the visualizer in it until somebody closes it."""

import random
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import platformdirs

from engine import png
from engine.app import App
from engine.clock import FixedClock
from engine.file_dialog import commands
from engine.files import put
from engine.window import Window
from scenes import stage
from scenes.cli.settings import Settings, pixels, remember
from scenes.cli.values import PATIENCE
from scenes.kept.place import usual_folder
from scenes.kit import words
from scenes.scripting.play import found
from scenes.scripting.recording import Recording, claim
from scenes.scripting.scripted_transport import Server
from scenes.training import parameter_words
from scenes.training.moment_line import MomentLine
from scenes.training.sources.keeping import Keep, Keeper
from scenes.training.sources.whole_file import RecordedRun

from .attract import Attract
from .rescue import Rescue

HINT = 10.0  # seconds, at the first start
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """What a window is opened for, beside how it looks. `frames` None: until it is closed."""

    url: Callable[[], str]  # asked for with the window there
    server: Server | None  # the embedded backend, which scripts may command
    warm: Callable[[], None]  # called after the first frame
    seed: int | None = None
    vsync: bool = True
    frames: int | None = None
    csv: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)  # of the next run, by name, as they are written
    compared: Sequence[RecordedRun] = ()  # that are laid beside each other at once
    moment: MomentLine | None = None  # that is trained anew, and shown
    class_column: str = ""  # the column of it that is learned; empty: the last one
    file: Path | None = None  # a recorded run, which is played at once
    record: Path | None = None  # where what is done is written to
    attract: Path | None = None  # the script that is played while nobody is there
    patience: float = PATIENCE  # seconds before that
    keep: bool = False  # whether each run that is trained is kept


def run(chosen: Settings, wishes: Wishes, *, settings_path: Path, say: Say) -> bool:
    """Show the window; whether Ctrl+C ended it.

    Raises ScriptError or ValueError where nothing can be recorded or played, else WindowError, GraphicsError or
    ShaderError.
    """
    if wishes.record:
        claim(wishes.record)
    if wishes.attract:
        found(wishes.attract)
    size, full = pixels(chosen.size), chosen.fullscreen
    window = Window(size, title=stage.TITLE, fullscreen=full, vsync=wishes.vsync, icon=stage.ICON)
    kept = _Kept(settings_path, say)
    built = _built(window, chosen, wishes, changed=kept.save, say=say)
    built.app.rescue = Rescue(built, say)
    recording = _recording(wishes.record, built, wishes, say) if wishes.record else None
    # What is recorded is played where nothing is left out.
    built.context.quality.adapts = recording is None and chosen.quality == "auto"
    built.app.capture = lambda: _capture(built, recording, say)
    try:
        if wishes.attract:
            built.app.pastime = Attract(
                wishes.attract, built, window, chosen=chosen, server=wishes.server, patience=wishes.patience, say=say
            )
        else:
            kept.stage = built  # what a visitor of an exhibit changes goes with the visitor
            if not recording:  # a script could not say which file
                built.context.file_dialog.known = commands()
            if not settings_path.exists():
                built.context.toast.say(words.say(f"window.hint.{'pause' if wishes.file else 'train'}"), seconds=HINT)
        if wishes.file:
            built.controller.start()
        if wishes.moment:
            built.open(wishes.moment)
        if wishes.compared and wishes.keep:
            built.controller.recall_numbers(_numbers(say))
        if wishes.compared and built.controller.lay_out([(each.run, each.asked) for each in wishes.compared]):
            built.show("compare")
        with ended_in_order(built.app) as interrupted:
            built.app.run(window, frames=1)  # the first frame first; what can wait is fetched behind it
            wishes.warm()
            built.app.run(window, frames=None if wishes.frames is None else wishes.frames - 1)
        kept.save()
        if wishes.keep:
            _note_numbers(built, say)
    finally:
        if recording:
            recording.close()
            print(wishes.record)
        _report(built.app.clock, say)
        built.context.file_dialog.close()
        built.close()
    return bool(interrupted)


def _built(window: Window, chosen: Settings, wishes: Wishes, *, changed: Callable[[], None], say: Say) -> stage.Stage:
    return stage.build(
        window,
        url=wishes.url(),
        size=window.size,
        seed=wishes.seed,
        embedded=wishes.server is not None,
        header=wishes.server.header if wishes.server else None,
        csv=wishes.csv,
        chosen=parameter_words.changed(stage.BEGIN_WITH, wishes.settings),
        class_column=wishes.class_column,
        file=wishes.file,
        changed=changed,
        keep=_keep(say) if wishes.keep else None,
        kept_in=usual_folder() if wishes.keep else None,
        **chosen.looks,
    )


def _keep(say: Say) -> Keep:
    """Keeps runs in this user's folder. What that takes is loaded behind the first frame, or by the first run."""

    @cache
    def store() -> Any:
        from scenes.kept.store import Store

        return Store(usual_folder(), now=datetime.now, chance=random.random, say=say)

    return lambda: cast(Keeper, store().keeper())


def _numbers(say: Say) -> dict[str, int]:
    """What numbers kept runs have; none where that cannot be read."""
    from scenes.kept.numbers import numbers_in

    try:
        return numbers_in(usual_folder())
    except OSError as why:
        say(f"The colours of kept runs cannot be read ({why.strerror}).")
        return {}


def _note_numbers(built: stage.Stage, say: Say) -> None:
    """Let kept runs have the same colours another time."""
    if built.controller.numbers:
        from scenes.kept.numbers import note_numbers

        try:
            note_numbers(usual_folder(), built.controller.numbers)
        except OSError as why:
            say(f"The colours of kept runs cannot be saved ({why.strerror}).")


def _recording(path: Path, built: stage.Stage, wishes: Wishes, say: Say) -> Recording:
    return Recording(path, built, csv=bool(wishes.csv), class_column=wishes.class_column, say=say)


class _Kept:
    """Writes how `stage` looks to the settings' file; complains once where that cannot be."""

    def __init__(self, path: Path, say: Say) -> None:
        self.stage: stage.Stage | None = None
        self._path, self._say = path, say
        self._complained = False

    def save(self) -> None:
        if not self.stage:
            return
        look, interval = self.stage.appearance, self.stage.controller.interval
        kept = remember(self._path, theme=look.name, ramp=look.ramp, motion=look.motion, interval=interval)
        if not kept and not self._complained:
            self._complained = True
            self._say(f"The settings cannot be saved to {self._path}; the program goes on without.")


@contextmanager
def ended_in_order(app: App) -> Iterator[list[int]]:
    """Within the block SIGTERM and Ctrl+C end `app`; the list holds something once it was Ctrl+C."""
    interrupted: list[int] = []

    def end(number: int, _: object) -> None:
        if number == signal.SIGINT:
            interrupted.append(number)
        app.end()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield interrupted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _capture(built: stage.Stage, recording: Recording | None, say: Say) -> None:
    """Keep a picture, where pictures are kept on this machine."""
    folder = Path(platformdirs.user_pictures_dir()) / stage.TITLE
    name = datetime.now().strftime("%Y-%m-%d %H.%M.%S.png")
    try:
        put(folder / name, png.encoded(built.app.renderer.pixels(), note=built.note()))
    except OSError as why:
        say(f"The screenshot could not be written to {folder} ({why.strerror}).")
        built.context.toast.say(words.say("window.unsaved"))
    else:
        print(folder / name, flush=True)
        built.context.toast.say(words.say("window.saved", name=name, folder=f"{folder.parent.name}/{folder.name}"))
    if recording:
        recording.shot()


def _report(clock: FixedClock, say: Say) -> None:
    if clock.dropped:
        say(f"{clock.dropped} ticks of {clock.count + clock.dropped} were dropped after hitches.")
