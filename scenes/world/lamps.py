"""The picture that is on its way through a network of pictures: each neuron is a lamp, bright as it is active."""

import numpy as np
from numpy.typing import NDArray

from engine.motion import Glide
from scenes.training.epoch import State

from .faces import Question, lamps

EACH = 4.0  # seconds that a picture is shown
FADE = 0.4  # seconds from one to the next

Rows = NDArray[np.float32]


class Lamps:
    """Which unseen picture is shown, and how bright each neuron is meanwhile; nothing for what is no picture."""

    def __init__(self) -> None:
        self.sample = 0
        self._question: Question | None = None
        self._state: State | None = None
        self._before = self._after = np.zeros(0, dtype=np.float32)
        self._way = Glide(1.0, seconds=FADE)
        self._time = 0.0  # seconds that the picture has been shown

    @property
    def lit(self) -> bool:
        """Whether there is a picture."""
        return self._question is not None

    def tick(self, question: Question | None, state: State | None, dt: float, *, pace: float) -> None:
        """Move on by `dt` seconds; the next picture comes by `pace` of the time."""
        question = question if question and question.network.side and len(question.network.samples) else None
        if question is not self._question:
            self.sample, self._time = 0, 0.0
        self._time += dt * pace
        turned = self._time >= EACH
        if turned and question:
            self.sample, self._time = (self.sample + 1) % len(question.network.samples), 0.0
        if turned or question is not self._question or state is not self._state:
            self._turn(question, state)
        self._way.tick(dt)

    def answer(self, classes: int) -> int:
        """Which class is answered to the picture: the brightest of the last `classes` lamps."""
        return int(self._after[-classes:].argmax()) if len(self._after) else -1

    def at(self, blend: float) -> Rows | None:
        """How bright each neuron is, 0 to 1: float32 [neurons]; None where there is no picture."""
        if self._question is None:
            return None
        share = self._way.at(blend)
        return self._after if share >= 1 else self._before + (self._after - self._before) * np.float32(share)

    def _turn(self, question: Question | None, state: State | None) -> None:
        now = self.at(1.0)
        self._question, self._state = question, state
        self._after = np.zeros(0, dtype=np.float32) if question is None else lamps(question, state, self.sample)
        self._before = now if now is not None and len(now) == len(self._after) else self._after
        self._way = Glide(0.0, seconds=FADE, target=1.0)
