"""What a visitor can choose before a run, and within which bounds."""

from dataclasses import dataclass
from typing import ClassVar

LEARNING_RATES = (0.001, 1.0)
LEARNING_RATE_STEP = 0.001
BATCH_SIZES = (16, 32, 64, 128, 256)
EPOCHS = (5, 200)  # of the control; the backend takes 1 to 200
TRAINED, SIMULATED = SOURCES = ("trained", "simulated")
DATASETS = ("circle", "exclusive-or", "gaussians", "spiral", "digits")
OWN = "csv"  # a visitor's own rows
FILE = "file"  # the source of a run that is read, which nobody can choose
CHOSEN = ("learning_rate", "batch_size", "epochs", "source", "dataset")  # what can be chosen for a run, by name


@dataclass(frozen=True)
class Parameters:
    """Hyper-parameters of one run. Raises ValueError, naming the field, if a value lies outside its bounds.

    The defaults are the backend's own. `dataset` is what a trained run learns; a simulated one passes it over.
    """

    learning_rate: float = 0.01
    batch_size: int = 32
    epochs: int = 50
    source: str = "simulated"
    dataset: str = "spiral"
    title: ClassVar[str] = ""  # a word of its own, and a file: see RunParameters
    name: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not LEARNING_RATES[0] <= self.learning_rate <= LEARNING_RATES[1]:
            raise ValueError(f"learning_rate {self.learning_rate:g} is not within {LEARNING_RATES[0]} to 1")
        if self.batch_size not in BATCH_SIZES:
            raise ValueError(f"batch_size {self.batch_size} is not one of {', '.join(map(str, BATCH_SIZES))}")
        if not 1 <= self.epochs <= EPOCHS[1]:
            raise ValueError(f"epochs {self.epochs} is not within 1 to {EPOCHS[1]}")
        if self.source not in SOURCES:
            raise ValueError(f"source '{self.source}' is not one of {', '.join(SOURCES)}")
        if self.dataset not in (*DATASETS, OWN):
            raise ValueError(f"dataset '{self.dataset}' is not one of {', '.join((*DATASETS, OWN))}")


@dataclass(frozen=True)
class RunParameters:
    """What a run says of itself, within no bounds of ours; None where it says nothing.

    `epochs` None: it has no known end. `source` says how it came about, one of SOURCES or FILE; `title` is its own word
    for what is learned, `name` that of its file.
    """

    learning_rate: float | None = None
    batch_size: int | None = None
    epochs: int | None = None
    source: str = FILE
    dataset: str | None = None
    title: str = ""
    name: str = ""
