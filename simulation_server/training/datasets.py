"""What can be learned, each as one `Dataset`: here four point clouds and the handwritten digits."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from .activations import Array
from .points import CLASSES, CLOUDS, DEFAULT_FEATURES, Labels, seen

DIGITS = "digits"
COLOURS, ANIMALS = "colours", "animals"  # see everyday.py
CSV = "csv"
CLOUD_NAMES = tuple(CLOUDS)
SHIPPED = (*CLOUD_NAMES, DIGITS, COLOURS, ANIMALS)
NAMES = (*SHIPPED, CSV)
POINTS = 500  # rows of a point cloud, unless asked otherwise
DIGITS_FILE = Path(__file__).resolve().parents[2] / "assets" / "digits.csv.gz"
DARKEST_PIXEL = 16.0  # a pixel counts the inked dots, 0 to 16, of a 4x4 block

HIDDEN_LAYERS = (6, 5)  # with four inputs and two classes: 4-6-5-2
DIGITS_HIDDEN_LAYERS = (32, 16)  # 64-32-16-10


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows with their classes, before they are split and scaled.

    `values` (rows, columns) is what a person looks at: the two coordinates, the pixels or the columns of a file.
    `inputs` (rows, features) is what the network is given; `labels` (rows,) indexes `classes`.
    `standardised` asks the split to bring every input to mean 0 and deviation 1.
    """

    name: str
    values: Array
    inputs: Array
    labels: Labels
    features: tuple[str, ...]
    classes: tuple[str, ...]
    hidden_layers: tuple[int, ...] = HIDDEN_LAYERS
    standardised: bool = True


def cloud(
    name: str,
    *,
    generator: np.random.Generator,
    noise: float = 0.0,
    count: int = POINTS,
    features: tuple[str, ...] = DEFAULT_FEATURES,
) -> Dataset:
    """Return the point cloud of that name; the same generator state gives the same points. KeyError if unknown."""
    values, labels = CLOUDS[name](generator, count=count, noise=noise)
    return Dataset(name, values, seen(values, features), labels, features, CLASSES)


@lru_cache(maxsize=1)  # reading it takes 50 ms, and whoever turns a knob asks for it again and again
def digits(file: Path = DIGITS_FILE) -> Dataset:
    """Return the UCI optical digits: 1,797 rows of 8x8 pixels in 0..1 (row by row, from the top), classes 0 to 9.

    Alpaydin & Kaynak 1998, DOI 10.24432/C50P49, CC BY 4.0. OSError if the file is missing.
    """
    with gzip.open(file) as text:
        table = np.loadtxt(text, delimiter=",", dtype=np.int64)
    pixels = table[:, :-1] / DARKEST_PIXEL
    names = tuple(f"pixel {row},{column}" for row in range(8) for column in range(8))
    classes = tuple(str(digit) for digit in range(10))
    return Dataset(DIGITS, pixels, pixels, table[:, -1], names, classes, DIGITS_HIDDEN_LAYERS, standardised=False)
