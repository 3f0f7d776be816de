"""Plays a recorded run to its end off screen, and draws the last epoch."""

from pathlib import Path
from typing import Any

from engine.clock import TICK
from scenes.training.failure import RunError
from scenes.training.lifecycle import Status
from scenes.training.playback import INTERVALS

from .rehearsal import rehearsal

NAME = "run"  # of the picture, and of the description beside it
REST = 90  # ticks after which all that glides has come to rest


def draw_last(
    file: Path, *, out: Path, interval: int, ramp: str, motion: str, **looks: Any
) -> tuple[list[Path], RunError | None]:
    """Write `out`/run.png and `out`/run.json; their paths, and why the run could not be shown to its end, if so.

    What comes before a damaged line is drawn with the notice that is on the screen then. `looks`: see `rehearsal`.
    Raises WindowError or GraphicsError.
    """
    stage, pilot = rehearsal(url="", server=None, out=out, file=file, **looks)
    board = stage.dashboard
    try:
        board.appearance.choose(ramp=ramp, motion=motion)
        controller = board.controller
        controller.set_interval(INTERVALS[0])
        controller.start()
        while controller.snapshot().status not in (Status.COMPLETE, Status.ERROR):
            pilot.time.advance(TICK)  # the run alone is played: what it moves on the screen need not be
            controller.tick(TICK)
            pilot.time.settle()
        controller.set_interval(interval)
        pilot.run(f"{REST}ticks")
        pilot.shot(NAME)
        return pilot.written, controller.snapshot().error
    finally:
        stage.close()
