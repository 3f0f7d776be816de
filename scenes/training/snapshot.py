"""What the screen may know about a run: one frozen Snapshot a tick."""

from dataclasses import dataclass

from engine.retry import Attempt

from .epoch import Ending, Network, State
from .failure import RunError
from .lifecycle import Status
from .neuron import Place
from .parameters import CHOSEN, SIMULATED, Parameters, RunParameters, chosen_value, matters
from .run import TrainingRun
from .worlds import Beside


@dataclass(frozen=True)
class Snapshot:
    """All that a scene may know about the training, at one tick. Accuracies in percent, times in seconds."""

    status: Status
    parameters: Parameters | RunParameters  # the run's own while there is one, else those asked for or chosen
    interval: int  # milliseconds an epoch
    can: frozenset[str] = frozenset()  # the wishes that are legal now: "start", "pause", "set_param" ...
    in_effect: Parameters | RunParameters | None = None  # what it has at `epoch`, where something was turned before it
    chosen: Parameters | RunParameters | None = None  # what the next run will have; None: the same as `parameters`
    epoch: int = 0  # the one that is shown; everything on the screen follows it
    head: int = 0  # the last one that has been played; above `epoch` while somebody looks back
    epochs: int | None = 0  # of the run; 0 without one, None while no end is known
    loss: float | None = None
    accuracy: float | None = None
    best_accuracy: float | None = None
    best_unseen: float | None = None  # the highest accuracy on unseen rows up to `epoch`
    best_unseen_epoch: int | None = None  # the first that had it
    eta: float | None = None
    error: RunError | None = None
    attempt: Attempt | None = None
    attempt_left: float = 0.0  # seconds until that attempt
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    state: State | None = None  # of the network after `epoch`; None while there is none, and for a simulated run
    ending: Ending | None = None  # once the last epoch has been shown
    kept_every: int = 1  # 4 if of what has been shown every fourth epoch can be looked at again
    run: TrainingRun | None = None  # its first `head` rows are what has been shown
    number: int = 0  # of the run, for as long as it is known: its colour
    kept: bool = False  # whether it stays beside the next one
    beside: tuple[Beside, ...] = ()  # other runs that are on the screen, too
    branching: bool = False  # whether another run is on its way, to be trained on from here
    silent: frozenset[Place] = frozenset()  # neurons that are made to say nothing; the figures are those of the rest
    network: Network | None = None  # of the run; without a run, the one that what is chosen would have, if known

    @property
    def settings(self) -> Parameters | RunParameters:
        """What the run has at the epoch that is shown: what it began with, but for what was turned in its middle."""
        return self.in_effect or self.parameters

    @property
    def controls(self) -> Parameters | RunParameters:
        """What the controls show: those of the next run where they can be chosen now, else those of this one."""
        return self.chosen or self.settings

    @property
    def following(self) -> dict[str, object]:
        """By name, what the next run will have and the one on the screen has not; empty where none is shown."""
        if self.run is None:
            return {}
        mine, other = self.settings, self.controls
        changed: dict[str, object] = {}
        for name in CHOSEN:
            value = chosen_value(name, other)
            if value != chosen_value(name, mine) and not (name == "seed" and value is None):  # nobody has chosen one
                changed[name] = value
        if SIMULATED in (self.source, other.source):  # one of them learns nothing, so there is nothing to compare
            kept = ("learning_rate", "batch_size", "epochs", "source", *(["dataset"] if "source" in changed else []))
            return {name: value for name, value in changed.items() if name in kept}
        return {name: value for name, value in changed.items() if matters(name, other.dataset)}

    @property
    def replay(self) -> bool:
        """Whether an epoch is shown again that has been shown before."""
        return self.epoch < self.head

    @property
    def source(self) -> str:
        """Where the numbers come from, trained, simulated or file: of this run, else of the one that would be."""
        return self.parameters.source if self.run is None else self.run.source

    @property
    def progress(self) -> float:
        """The share of the run's own epochs up to the one that is shown, 0 to 1; 0 while no end is known."""
        return self.epoch / self.epochs if self.epochs else 0.0
