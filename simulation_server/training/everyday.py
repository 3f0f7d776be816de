"""Two data sets that need no explanation: colours with the text that is read best on them, and animals and a mouse."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from .activations import Array
from .datasets import ANIMALS, COLOURS, POINTS, Dataset

ANIMALS_FILE = Path(__file__).resolve().parents[2] / "assets" / "animals.csv"
WEIGHT = "weight in kg"  # the column whose logarithm is learned from
MICE = ("dangerous", "harmless")

TEXTS = ("black text", "white text")
CHANNELS = ("red", "green", "blue")
SHARES = np.array([0.2126, 0.7152, 0.0722])  # of the channels in the luminance
FLARE = 0.05  # luminance that every screen adds
NEAR = 1.5  # where one text has less than so many times the contrast of the other, eyes disagree


def colours(*, generator: np.random.Generator, noise: float = 0.0, count: int = POINTS) -> Dataset:
    """Return colours (count, 3) of red, green and blue in 0..1, each with the text that has more contrast on it.

    The rule is that of WCAG 2: a channel c is linear as c / 12.92 up to 0.04045 and ((c + 0.055) / 1.055) ** 2.4 above;
    the luminance L is 0.2126 red + 0.7152 green + 0.0722 blue of these; white text has the contrast 1.05 / (L + 0.05),
    black text (L + 0.05) / 0.05. So black text is better where L is above 0.179. Of the colours on which neither has
    1.5 times the contrast of the other, the share `noise`, 0 to 0.5, gets the other label.
    """
    values = generator.uniform(0.0, 1.0, (count, len(CHANNELS)))
    lead = np.log(contrast_with_black(values) / contrast_with_white(values))
    flipped = (np.abs(lead) < np.log(NEAR)) & (generator.uniform(0.0, 1.0, count) < noise)
    labels = ((lead < 0.0) ^ flipped).astype(np.int64)
    return Dataset(COLOURS, values, values, labels, CHANNELS, TEXTS)


def contrast_with_white(values: Array) -> Array:
    """Return the contrast (colours,) of white text on sRGB colours (colours, 3) in 0..1: from 1 to 21."""
    return np.asarray((1.0 + FLARE) / (_luminance(values) + FLARE))


def contrast_with_black(values: Array) -> Array:
    """Return the same of black text."""
    return np.asarray((_luminance(values) + FLARE) / FLARE)


def animals(file: Path = ANIMALS_FILE) -> Dataset:
    """Return 76 animals by six facts, and whether each is dangerous to a mouse. OSError if the file is missing.

    A table of our own (assets/LICENSES.md). Dangerous is what kills and eats mice as ordinary prey. `eats meat` means
    animals with a backbone, `hunts at night` prey that is caught in the dark, at least as often as by day. Weights are
    those of grown animals, rounded; since they go from a bee to an elephant, their logarithm to the base 10 is learned.
    """
    with file.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    features = header[1:-1]
    values = np.array([row[1:-1] for row in rows], dtype=float)
    weight = features.index(WEIGHT)
    values[:, weight] = np.log10(values[:, weight])
    features[weight] = "weight"
    labels = np.array([MICE.index(row[-1]) for row in rows], dtype=np.int64)
    return Dataset(ANIMALS, values, values, labels, tuple(features), MICE)


def _luminance(values: Array) -> Array:
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ SHARES)
