"""Which sample is led through the network, and how far it has come: a choice of whoever watches, never of the run."""

from dataclasses import dataclass, field

from engine.motion import Glide
from scenes.training.epoch import Floats, Network
from scenes.training.inference import answers, given
from scenes.training.lifecycle import Status
from scenes.training.neuron import CROSS_ENTROPY, Place
from scenes.training.sample_walk import SAMPLE, SampleWalk, Step, walked
from scenes.training.snapshot import Snapshot

EACH = 1.8  # seconds that a step is shown where the walk plays by itself
TURNING = 0.25  # seconds that the light takes to turn to it


@dataclass
class WalkChoice:
    """The sample, by its number among those of the network from 0, or a row of the visitor's `own`; None for none.

    `light` runs 0 to 1 with it. `told` are the numbers of the walk, made anew with each epoch that is shown.
    """

    sample: int | None = None
    own: Floats | None = None  # float32 [columns]
    label: int | None = None  # the class that the own one is said to be; None: the one that is answered
    at: int = 0  # the step
    playing: bool = False
    told: SampleWalk | None = None
    light: Glide = field(default_factory=lambda: Glide(0.0, seconds=TURNING))
    last: tuple[SampleWalk, Step, int] | None = None  # what the light leaves, while it does
    _focus: int | None = None
    _played: float = 0.0  # seconds that the step has been shown
    _made: object = None  # what of the run `told` was made of

    @property
    def open(self) -> bool:
        """Whether a sample is led through."""
        return self.told is not None

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.told.steps[min(self.at, len(self.told.steps) - 1)] if self.told else Step(SAMPLE, 0)

    @property
    def focus(self) -> int:
        """The neuron that the step is told of: the one that was asked for, else where most happens."""
        if self.told is None:
            return 0
        return self.told.loudest(self.step) if self._focus is None else self._focus

    @property
    def near(self) -> Place | None:
        """The same with its layer; None at the sample itself and while none is led through."""
        return (self.step.layer, self.focus) if self.told and self.step.layer else None

    @property
    def asked(self) -> Place | None:
        """The same where somebody has asked for that one."""
        return self.near if self._focus is not None else None

    def begin(self, run: Snapshot, sample: int) -> bool:
        """Lead that sample of the network through; whether there is such a one, and a network to ask."""
        self.sample, self.own, self.label = sample, None, None
        return self._begin(run)

    def begin_own(self, run: Snapshot, row: Floats, *, at: int | None = None) -> bool:
        """Lead a row of the visitor's own through; with `at` that step is shown."""
        self.sample, self.own = None, row
        begun = self._begin(run)
        self.at = self.at if at is None else at
        return begun

    def say(self, label: int, run: Snapshot) -> None:
        """Of an own row: say which class it is."""
        if self.own is not None:
            self.label, self._made = label, None
            self._follow(run)

    def go(self, steps: int) -> None:
        """Show the step so many on, or back; at either end nothing changes."""
        if self.told:
            self.show(min(max(0, self.at + steps), len(self.told.steps) - 1))

    def show(self, at: int) -> None:
        """Show the step of that number, and play no more."""
        self._turn(at)
        self.playing = False

    def play(self) -> None:
        """Let the steps follow each other, from the first one where the last is shown; or stop there."""
        if self.told:
            if not self.playing and self.at >= len(self.told.steps) - 1:
                self._turn(0)
            self.playing, self._played = not self.playing, 0.0

    def look(self, place: Place) -> None:
        """Be told of that neuron: of its layer's step if another one is shown."""
        if self.told is None or not place[0] or place[0] >= len(self.told.network.shape):
            return
        if place[1] >= self.told.network.shape[place[0]]:
            return
        if self.step.layer != place[0]:
            self.show(place[0])
        self._focus = place[1]

    def look_beside(self, down: int) -> None:
        """Be told of the next neuron of the layer, or the one before."""
        if self.told and self.step.layer:
            self._focus = min(max(0, self.focus + down), self.told.network.shape[self.step.layer] - 1)

    def clear(self) -> None:
        """Lead none through."""
        if self.told:
            self.last = self.told, self.step, self.focus
        self.sample = self.own = self.label = self.told = self._made = None
        self.playing = False
        self.light.target = 0.0

    def tick(self, run: Snapshot, dt: float) -> None:
        """Move on by `dt` seconds: follow the epoch that is shown; a run that goes on ends the walk."""
        self.light.tick(dt)
        if self.told is None:
            return
        if run.status in (Status.TRAINING, Status.LOADING) or not self._follow(run):
            self.clear()
            return
        self._played += dt * self.playing
        if self.playing and self._played >= EACH:
            self._turn(self.at + 1)
            self.playing = self.at < len(self.told.steps) - 1

    def _begin(self, run: Snapshot) -> bool:
        self._made, self._focus, self.at, self.playing = None, None, 0, False
        if not self._follow(run):
            self.clear()
            return False
        self.light.target = 1.0
        return True

    def _turn(self, at: int) -> None:
        self.at, self._focus, self._played = at, None, 0.0

    def _follow(self, run: Snapshot) -> bool:
        """Have the numbers of what the run shows now; whether it shows a network that can be asked."""
        network, state, asked = run.network, run.state, run.parameters
        if network is None or state is None:
            return False
        row = self._row(network)
        if row is None:
            return False
        loss, rate = asked.loss or CROSS_ENTROPY, asked.learning_rate
        made = network, state, loss, rate
        if self._made != made:
            if self.sample is not None:
                label = int(network.labels[self.sample])
            elif self.label is not None and self.label < len(network.classes):
                label = self.label
            else:
                label = int(answers(network, state, given(network, row[None, :]))[:, 0].argmax())
            self.told, self._made = walked(network, state, row, label, loss=loss, rate=rate), made
        return True

    def _row(self, network: Network) -> Floats | None:
        columns = network.samples.shape[1] if network.samples.ndim == 2 else 0
        if self.own is not None:
            return self.own if len(self.own) == columns else None
        if self.sample is None or not 0 <= self.sample < len(network.samples):
            return None
        row: Floats = network.samples[self.sample]
        return row
