"""What happens when a scene raises: a line in the log, the ERROR state, and if that does not help, a plain scene."""

import traceback
from collections.abc import Callable
from pathlib import Path

from scenes.stage import Stage
from scenes.training.failure import RunError

from .failure_scene import FailureScene

TRIES = 3  # frames in a row that may fail before what is shown is left alone


class Rescue:
    """Called with each exception and the number of its frame; False if nothing more can be done."""

    def __init__(self, stage: Stage, say: Callable[[str], object]) -> None:
        self._stage = stage
        self._say = say
        self._told: set[str] = set()
        self._frame = -1
        self._row = 0

    def __call__(self, why: Exception, frame: int) -> bool:
        stage, scenes = self._stage, self._stage.app.scenes
        if not scenes or isinstance(scenes.top, FailureScene):
            return False
        self._row = self._row + 1 if frame == self._frame + 1 else 1
        self._frame = frame
        self._tell(why)
        if self._row == 1:
            stage.controller.fail(RunError.unexpected(why))
        if self._row >= TRIES:
            self._row = 0
            scenes.push(
                FailureScene(
                    stage.context.fonts,
                    stage.appearance.theme,
                    stage.app.renderer.size,
                    stage.context.scale.of(stage.app.renderer.size),
                    code=type(why).__name__,
                    close=scenes.pop,
                )
            )
        return True

    def _tell(self, why: Exception) -> None:
        """One line for each fault, not one for each frame."""
        last = traceback.extract_tb(why.__traceback__)[-1]
        line = f"{type(why).__name__}: {why} ({Path(last.filename).name}:{last.lineno})"
        if line not in self._told and len(self._told) < 100:
            self._told.add(line)
            self._say(f"A scene has failed and the visualizer goes on: {line}")
