"""How far a visitor has come: what is learned, how fast, start; then the network learns, and answers to one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from scenes.training.controller import TrainingController
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

EPOCHS, INTERVAL = 60, 150  # of a run, and milliseconds each: nine seconds
SETTLES = 1.5  # seconds that the end of a run is seen before it is the visitor's turn


class Step(Enum):
    """What is asked of a visitor."""

    DATA = "data"
    RATE = "rate"
    START = "start"
    LEARNING = "learning"
    OWN = "own"


@dataclass(frozen=True)
class Choice:
    """One large button: `name` is what it is called in words.py, `value` what is chosen by it."""

    name: str
    value: object


CHOICES = {
    Step.DATA: (Choice("digits", "digits"), Choice("colours", "colours"), Choice("spiral", "spiral")),
    Step.RATE: (Choice("careful", 0.01), Choice("well", 0.1), Choice("reckless", 1.0)),
    Step.START: (Choice("start", None),),
    Step.LEARNING: (),
    Step.OWN: (Choice("again", None),),
}


class Steps:
    """One visitor's way. `ready` is called once it is the visitor's turn, with what the run has come to."""

    def __init__(self, controller: TrainingController, ready: Callable[[Snapshot], object]) -> None:
        self._controller, self._ready = controller, ready
        self.step = Step.DATA
        self.dataset, self.rate = "", ""  # the names of what was chosen
        self._ended = 0.0  # seconds since the run has come to its end

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be pressed now."""
        return CHOICES[self.step]

    def choose(self, number: int) -> None:
        """Press the button of that number, from 0."""
        if number >= len(self.choices):
            return
        choice, controller = self.choices[number], self._controller
        if self.step is Step.DATA:
            controller.stop()
            controller.set_parameters(dataset=choice.value, source="trained", epochs=EPOCHS, layers=None)
            self.dataset, self.step = choice.name, Step.RATE
        elif self.step is Step.RATE:
            controller.set_parameters(learning_rate=choice.value)
            self.rate, self.step = choice.name, Step.START
        elif self.step is Step.START:
            controller.set_interval(INTERVAL)
            if controller.start() or controller.retry():
                self.step = Step.LEARNING
        else:
            self.begin_anew()

    def back(self) -> None:
        """One step back; a run that is under way is given up."""
        if self.step in (Step.LEARNING, Step.OWN):
            self._controller.stop()
        self.step = {Step.RATE: Step.DATA, Step.START: Step.RATE, Step.LEARNING: Step.START, Step.OWN: Step.DATA}.get(
            self.step, Step.DATA
        )
        self._ended = 0.0

    def begin_anew(self) -> None:
        """As for the next visitor."""
        self._controller.stop()
        self.step, self.dataset, self.rate, self._ended = Step.DATA, "", "", 0.0

    def tick(self, run: Snapshot, dt: float) -> None:
        """Follow the run: at its end, and a moment later, it is the visitor's turn."""
        if self.step is not Step.LEARNING:
            return
        if run.status is Status.ERROR or run.status is Status.IDLE:
            self.step, self._ended = Step.START, 0.0
        elif run.status is Status.COMPLETE:
            self._ended += dt
            if self._ended >= SETTLES:
                self.step = Step.OWN
                self._ready(run)
