"""Draws one moment off screen: the last epoch of a recorded run, or the one that a line tells."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.scripting.pictures import shot
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.moment_line import MomentLine
from scenes.training.playback import INTERVALS
from scenes.training.sources.whole_file import RecordedRun

from .rehearsal import rehearsal
from .scripted_transport import Server

COMPARED = "compare"  # of the picture of several runs, and of the scene that shows them
MOMENT = "moment"  # of the picture of a line
NAME = "run"  # of the picture, and of the description beside it
REST = 90  # ticks after which all that glides has come to rest


def draw_last(
    file: Path, *, out: Path, interval: int, ramp: str, motion: str, **options: Any
) -> tuple[list[Path], RunError | None]:
    """Write `out`/run.png and `out`/run.json; their paths, and why the run could not be shown to its end, if so.

    What comes before a damaged line is drawn with the notice that is on the screen then. `options`: see `rehearsal`.
    Raises WindowError or GraphicsError.
    """
    stage, pilot = rehearsal(url="", server=None, out=out, file=file, **options)
    try:
        stage.appearance.choose(ramp=ramp, motion=motion)
        controller = stage.controller
        controller.set_interval(INTERVALS[0])
        controller.start()
        while controller.now.status not in (Status.COMPLETE, Status.ERROR):
            pilot.tick()
        controller.set_interval(interval)
        pilot.tick(REST)
        shot(pilot, NAME)
        return pilot.written, controller.now.error
    finally:
        stage.close()


def draw_compared(
    runs: Sequence[RecordedRun], *, url: str, server: Server | None, out: Path, **options: Any
) -> list[Path]:
    """Write `out`/compare.png and `out`/compare.json: those runs beside each other, at their ends; their paths.

    Raises WindowError or GraphicsError.
    """
    stage, pilot = rehearsal(url=url, server=server, out=out, **options)
    try:
        stage.controller.lay_out([(each.run, each.asked) for each in runs])
        stage.show(COMPARED)
        pilot.tick(REST)
        shot(pilot, COMPARED)
        return pilot.written
    finally:
        stage.close()


def draw_moment(
    line: MomentLine, *, url: str, server: Server | None, out: Path, **options: Any
) -> tuple[list[Path], RunError | None]:
    """Write `out`/moment.png and `out`/moment.json: what `line` tells, trained anew; and what kept it from that, if so.

    Raises WindowError or GraphicsError.
    """
    stage, pilot = rehearsal(url=url, server=server, out=out, **options)
    try:
        pilot.tick(REST)
        stage.open(line)
        reached = (Status.PAUSED, Status.COMPLETE, Status.ERROR) if line.epoch else (Status.IDLE,)
        while stage.controller.now.status not in reached:
            pilot.tick()
        pilot.tick(REST)
        if line.camera:
            stage.look_from(line.camera)  # meanwhile it has swayed
        shot(pilot, MOMENT)
        return pilot.written, stage.controller.now.error
    finally:
        stage.close()
