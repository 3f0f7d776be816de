"""What can be chosen, by name: the values of each control, as scripts and people call them."""

from engine.flat.ranges import Range
from engine.scripting.words import VerbError, number
from scenes.training.parameter_words import changed, value_of
from scenes.training.parameters import (
    ACTIVATIONS,
    BATCH_SIZES,
    BOUNDS,
    CURVE,
    DATASETS,
    EPOCHS,
    LEARNING_RATE_STEP,
    LEARNING_RATES,
    LOSSES,
    NEURONS,
    SOURCES,
    Parameters,
)
from scenes.training.playback import FINE_INTERVAL_STEP, INTERVAL_STEP, INTERVALS

from .theme import THEMES

CHOICES = {
    "dataset": (*DATASETS, CURVE),
    "batch_size": tuple(map(str, BATCH_SIZES)),
    "activation": ACTIVATIONS,
    "loss": LOSSES,
    "source": SOURCES,
    "theme": tuple(THEMES),
}
SETTINGS = ("run", "network", "data")  # the tabs that the settings stand on
LAYER_ACTS = ("previous", "next", "remove", "add")  # which hidden layer is meant, and what becomes of it
LISTS = ("layers", "features")  # settings that are several words at once
SEEDS = (0, 999)  # of the slider; scripts and the command line take any
RANGES = {
    "learning_rate": Range(*LEARNING_RATES, LEARNING_RATE_STEP, log=True),
    "epochs": Range(*EPOCHS, 1),
    "speed": Range(*INTERVALS, INTERVAL_STEP, reverse=True, fine=FINE_INTERVAL_STEP),
    "neurons": Range(*NEURONS, 1),
    "points": Range(*BOUNDS["points"], 10),
    "noise": Range(*BOUNDS["noise"], 0.01),
    "split": Range(*BOUNDS["split"], 0.05),
    "momentum": Range(*BOUNDS["momentum"], 0.01),
    "l1": Range(*BOUNDS["l1"], 0.001),
    "l2": Range(*BOUNDS["l2"], 0.001),
    "seed": Range(*SEEDS, 1),
}


def exact(name: str, text: str) -> float:
    """What a slider is to show, if it can: what is asked for is never rounded. Raises VerbError."""
    value, over = number(text), RANGES[name]
    if over.exact(value) != value:
        raise VerbError(f"{name} {text} is not one of {over.low:g} to {over.high:g} in steps of {over.grain:g}")
    return value


def within_bounds(name: str, text: str) -> object:
    """What `text` says under `name`, of a run's parameters. Raises VerbError."""
    try:
        value = value_of(name, text)
        changed(Parameters(), {name: text})
    except ValueError as why:
        raise VerbError(str(why)) from None
    return value
