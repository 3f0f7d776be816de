"""Keeps the script of what a person does in the window, in a file that is whole at every moment."""

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.clock import TICKS_PER_SECOND
from engine.input import Point
from engine.recording.gesture import Target
from engine.recording.recorder import Recorder
from engine.recording.watched import Moment
from engine.scripting.script import ScriptError
from engine.window import WindowError, display_present
from scenes.cli.values import SCRIPTED_SEED
from scenes.stage import Stage
from scenes.training.lifecycle import Status
from scenes.training.playback import INTERVAL
from scenes.world.world import World

from .scripted_transport import LATENCY

BY_ITSELF = (Status.TRAINING.value, Status.COMPLETE.value, Status.ERROR.value)  # what no visitor can bring about
SAVE = TICKS_PER_SECOND  # ticks between two writes: what a crash can lose


def claim(path: Path) -> None:
    """Make sure that something can be recorded to `path`.

    Raises WindowError without a display, ValueError if the name is taken, ScriptError if it cannot be written.
    """
    if not display_present():
        raise WindowError("Recording needs a display: start it on a desktop, or write the script by hand.")
    try:
        with open(path, "x", encoding="utf-8"):
            pass
        path.unlink()
    except FileExistsError:
        raise ValueError(f"{path} is there already: choose another name to record to, or delete it") from None
    except OSError as why:
        raise ScriptError(f"{path} cannot be written ({why.strerror}): choose another name to record to") from None


@dataclass
class View:
    """What the recorder has to know of the scene in front."""

    stage: Stage
    figure = "epoch"

    def target(self, at: Point) -> Target | None:
        """See PartScene; nothing while another scene lies on top."""
        stage = self.stage
        return stage.scene.target(at) if stage.app.scenes and stage.app.scenes.top is stage.scene else None

    def inside(self, at: Point) -> Point:
        """The nearest pixel of the picture."""
        width, height = self.stage.app.renderer.size
        return max(0.0, min(at[0], width - 1.0)), max(0.0, min(at[1], height - 1.0))

    def moment(self) -> Moment:
        """The status, and the last epoch that has been played: while a run goes on, the one that is shown."""
        snapshot = self.stage.controller.now
        return Moment(snapshot.status.value, snapshot.head)

    def pointed(self) -> object:
        """The epoch that the pointer over a chart reads, the neuron or the sample that it is over."""
        world = self.stage.scene.find(World)
        return self.stage.scene.entries().get("hover", lambda: None)(), replace(world.pointed) if world else None

    def pointing(self) -> str:
        """The neuron: the camera sways for as long as a backend needs."""
        world = self.stage.scene.find(World)
        place = world.pointed.neuron if world else None
        return f"neuron={place[0]}.{place[1] + 1}" if place else ""

    def by_itself(self, before: str, after: str) -> bool:
        """What the backend and the playback bring about; to go on after a pause is the visitor's doing."""
        return after in BY_ITSELF and before != Status.PAUSED.value

    def limit(self, status: str) -> int | None:
        """A scripted answer comes after a fixed time, whenever the live one came."""
        return round(LATENCY * TICKS_PER_SECOND) if status == Status.LOADING.value else None


class Recording:
    """From now until `close`, what is done on `stage` is written to `path`, once a second.

    `csv`: own rows are used; `class_column`: the column of them that is learned, empty for the last one.
    """

    def __init__(
        self, path: Path, stage: Stage, *, csv: bool, say: Callable[[str], None], class_column: str = ""
    ) -> None:
        self._path = path
        self._say = say
        self._stage = stage
        self._header = _header(path, stage, csv=csv, class_column=class_column)
        self._written = ""
        self._ticks = self._shots = 0
        self._failed = False
        self.recorder = stage.app.gate = Recorder(View(stage), heard=self._tick)

    def shot(self) -> None:
        """A visitor keeps a picture: so does the script."""
        self._shots += 1
        self.recorder.say(f"shot picture-{self._shots}", 0)

    def text(self) -> str:
        """The script so far."""
        return "\n".join([*self._header, *self.recorder.lines(), ""])

    def close(self) -> None:
        """Write what is left, and hear no more."""
        self._stage.app.gate = None
        self._save()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % SAVE == 1:
            self._save()

    def _save(self) -> None:
        text = self.text()
        if text == self._written:
            return
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, self._path)
            self._written = text
        except OSError as why:
            beside.unlink(missing_ok=True)
            if not self._failed:
                self._say(f"The recording cannot be written to {self._path} ({why.strerror}); the program goes on.")
            self._failed = True


def _header(path: Path, stage: Stage, *, csv: bool, class_column: str) -> list[str]:
    look, interval, scale = stage.appearance, stage.controller.interval, stage.context.scale.wished
    width, height = stage.app.renderer.size
    learned = f" --class {shlex.quote(' '.join(class_column.split()))}" if class_column else ""
    own = f" --csv FILE{learned}, with the same rows" if csv else ""
    return [
        f"# Recorded by viz.py play --record. To play it: python3 viz.py play {path.name}{own}",
        f"size {width}x{height}",
        f"scale {scale:g}" if scale else "scale fit",
        *(["projector on"] if stage.context.scale.projector else []),
        f"theme {look.name}",
        f"ramp {look.ramp}",
        f"motion {look.motion}",
        f"seed {SCRIPTED_SEED if stage.controller.chosen.seed is None else stage.controller.chosen.seed}",
        *([f"set speed {interval}"] if interval != INTERVAL else []),
        "",
    ]
