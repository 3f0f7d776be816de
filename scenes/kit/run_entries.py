"""What a run is at this moment, as numbers and words by name: part of the description of every scene that shows it."""

from collections.abc import Callable
from typing import Any

from engine.scene import Entries
from scenes.training.changes import written
from scenes.training.parameters import CHOSEN
from scenes.training.snapshot import Snapshot

from .findings import sentence
from .run_words import stamp

OF_THE_RUN = (
    *("epoch", "head", "epochs", "loss", "accuracy", "best_accuracy", "validation_loss", "validation_accuracy"),
    *("best_unseen", "best_unseen_epoch", "eta"),
)


def run_entries(run: Snapshot) -> Entries:
    """Accuracies in percent, times in seconds, speed in milliseconds an epoch.

    `parameters` are the run's own; `next` those that the next run will have and this one has not.
    """

    def figure(name: str) -> Callable[[], Any]:
        return lambda: getattr(run, name)

    return {
        "source": lambda: run.source,
        "stamp": lambda: stamp(run),
        "status": lambda: run.status.value,
        "sentence": lambda: sentence(run),
        **{name: figure(name) for name in OF_THE_RUN},
        "progress": lambda: None if run.epochs is None else run.progress,
        "outcome": lambda: run.ending and run.ending.status,
        "reason": lambda: run.ending and run.ending.reason,
        "error": lambda: run.error and run.error.sentence,
        "error_hint": lambda: run.error and run.error.hint,
        "error_code": lambda: run.error and run.error.code,
        "attempt": lambda: (
            run.attempt and {"number": run.attempt.number, "of": run.attempt.of, "wait": round(run.attempt_left, 3)}
        ),
        "speed": lambda: run.interval,
        "parameters": lambda: _parameters(run),
        "next": lambda: run.following,
    }


def _parameters(run: Snapshot) -> dict[str, object]:
    told = {name: getattr(run.parameters, name) for name in CHOSEN}
    told |= {"changes": written(run.parameters.changes)} if run.parameters.changes else {}
    return told | {"dataset": None} if run.source == "simulated" else told  # a curve learns nothing
