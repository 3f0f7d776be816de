"""What can be chosen, by name: the values of each control, as scripts and people call them."""

from engine.flat.ranges import Range
from engine.scripting.words import VerbError, number
from scenes.training.parameters import (
    BATCH_SIZES,
    DATASETS,
    EPOCHS,
    LEARNING_RATE_STEP,
    LEARNING_RATES,
    OWN,
    SOURCES,
)
from scenes.training.playback import FINE_INTERVAL_STEP, INTERVAL_STEP, INTERVALS

from .theme import THEMES

CURVE = "curve"  # among the data: none, a simulated curve
CHOICES = {
    "dataset": (*DATASETS, CURVE),
    "batch_size": tuple(map(str, BATCH_SIZES)),
    "source": SOURCES,
    "theme": tuple(THEMES),
}
CALLED = {"xor": "exclusive-or", "gauss": "gaussians", "own": OWN}  # data, as their cells call them
RANGES = {
    "learning_rate": Range(*LEARNING_RATES, LEARNING_RATE_STEP, log=True),
    "epochs": Range(*EPOCHS, 1),
    "speed": Range(*INTERVALS, INTERVAL_STEP, reverse=True, fine=FINE_INTERVAL_STEP),
}


def exact(name: str, text: str) -> float:
    """What a slider is to show, if it can: what is asked for is never rounded. Raises VerbError."""
    value, over = number(text), RANGES[name]
    if over.exact(value) != value:
        raise VerbError(f"{name} {text} is not one of {over.low:g} to {over.high:g} in steps of {over.grain:g}")
    return value
