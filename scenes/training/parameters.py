"""What a visitor can choose before a run, and within which bounds."""

from dataclasses import dataclass, field, fields
from typing import ClassVar

from .changes import Change, check
from .inference import ACTIVATIONS as KNOWN_ACTIVATIONS
from .inference import FEATURES as KNOWN_FEATURES

LEARNING_RATES = (0.001, 1.0)
LEARNING_RATE_STEP = 0.001
BATCH_SIZES = (16, 32, 64, 128, 256)
EPOCHS = (5, 200)  # of the control; the backend takes 1 to 200
TRAINED, SIMULATED = SOURCES = ("trained", "simulated")
CLOUDS = ("circle", "exclusive-or", "gaussians", "spiral")  # points of a plane
COLOURS, ANIMALS = EVERYDAY = ("colours", "animals")  # data that need no explanation
DATASETS = (*CLOUDS, "digits", *EVERYDAY)
CURVE = "curve"  # what a simulated run is called among the data: it learns none
OWN = "csv"  # a visitor's own rows
FILE = "file"  # the source of a run that is read, which nobody can choose
ACTIVATIONS, FEATURES = tuple(KNOWN_ACTIVATIONS), tuple(KNOWN_FEATURES)
LOSSES = ("cross-entropy", "mean-squared-error")
NEURONS = (1, 64)  # in a hidden layer
MOST_LAYERS = 8  # hidden ones
MOST_ROWS = 100  # of the visitor's own, learned beside the others
COLUMNS = {**dict.fromkeys(CLOUDS, 2), COLOURS: 3}  # of data that can have such rows
WITHIN = {**dict.fromkeys(CLOUDS, (-6.4, 6.4)), COLOURS: (0.0, 1.0)}  # that each column lies
BOUNDS = {  # lowest and highest
    "points": (10, 2000),
    "noise": (0.0, 0.5),
    "split": (0.5, 0.9),
    "momentum": (0.0, 0.99),
    "l1": (0.0, 0.1),
    "l2": (0.0, 0.1),
}
LARGEST_SEED = 2**63 - 1
USUAL_LAYERS = {"digits": (32, 16)}  # hidden layers that suit the data, where nobody has chosen any
OTHER_LAYERS = (6, 5)


Row = tuple[float, ...]  # the columns of a data set, then the number of a class, from 0


@dataclass(frozen=True)
class Parameters:
    """All that decides one run. Raises ValueError, naming the field, if a value lies outside its bounds.

    The defaults are the backend's own, and so are names and bounds. `dataset` and what follows it is what a trained run
    learns and what with; a simulated one passes it over. `layers` are neurons per hidden layer, None for what suits the
    data; `features`, `points` and `noise` are those of points of a plane; `noise` and `split` are shares, `split` of
    the rows that are learned from. `rows` are of the visitor's own, learned beside the others. Without a `seed` the
    backend decides. `changes` are what is turned in its middle.
    """

    learning_rate: float = 0.01
    batch_size: int = 32
    epochs: int = 50
    source: str = "simulated"
    dataset: str = "spiral"
    layers: tuple[int, ...] | None = None
    activation: str = "tanh"
    features: tuple[str, ...] = ("x", "y", "x²", "y²")
    points: int = 500
    noise: float = 0.1
    rows: tuple[Row, ...] = ()
    split: float = 0.8
    loss: str = "cross-entropy"
    momentum: float = 0.9
    l1: float = 0.0
    l2: float = 0.0
    seed: int | None = None
    table: str = field(default="", repr=False)  # a visitor's own rows, the text of a file: the data set OWN
    class_column: str = ""  # the name of the column of it that is learned; empty for the last one
    changes: tuple[Change, ...] = ()
    title: ClassVar[str] = ""  # a word of its own, and a file: see RunParameters
    name: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not LEARNING_RATES[0] <= self.learning_rate <= LEARNING_RATES[1]:
            raise ValueError(f"learning_rate {self.learning_rate:g} is not within {LEARNING_RATES[0]} to 1")
        if not 1 <= self.epochs <= EPOCHS[1]:
            raise ValueError(f"epochs {self.epochs} is not within 1 to {EPOCHS[1]}")
        _one_of("batch_size", self.batch_size, BATCH_SIZES)
        _one_of("source", self.source, SOURCES)
        _one_of("dataset", self.dataset, (*DATASETS, OWN))
        _one_of("activation", self.activation, ACTIVATIONS)
        _one_of("loss", self.loss, LOSSES)
        for name, (low, high) in BOUNDS.items():
            if not low <= (value := getattr(self, name)) <= high:
                raise ValueError(f"{name} {value:g} is not within {low:g} to {high:g}")
        if self.seed is not None and not 0 <= self.seed <= LARGEST_SEED:
            raise ValueError(f"seed {self.seed} is not within 0 to 2^63 - 1")
        self._check_lists()
        if len(self.rows) > MOST_ROWS or not all(fits(row, self.dataset) for row in self.rows):
            raise ValueError(
                f"rows are at most {MOST_ROWS}, of points or colours: x,y,class or red,green,blue,class, 0 or 1"
            )
        check(self.changes, self.epochs)

    def _check_lists(self) -> None:
        for feature in self.features:
            _one_of("features", feature, FEATURES)
        if not self.features or len(set(self.features)) < len(self.features):
            raise ValueError("features are at least one, and none twice")
        if len(self.hidden) > MOST_LAYERS:
            raise ValueError(f"layers are at most {MOST_LAYERS}, not {len(self.hidden)}")
        for neurons in self.hidden:
            if not NEURONS[0] <= neurons <= NEURONS[1]:
                raise ValueError(f"layers have {NEURONS[0]} to {NEURONS[1]} neurons each, not {neurons}")

    @property
    def hidden(self) -> tuple[int, ...]:
        """Neurons per hidden layer: those chosen, or those that suit the data."""
        return USUAL_LAYERS.get(self.dataset, OTHER_LAYERS) if self.layers is None else self.layers


@dataclass(frozen=True)
class RunParameters:
    """What a run says of itself, within no bounds of ours; None where it says nothing.

    `epochs` None: it has no known end. `source` says how it came about, one of SOURCES or FILE; `title` is its own word
    for what is learned, `name` that of its file. `layers` are those of its network.
    """

    learning_rate: float | None = None
    batch_size: int | None = None
    epochs: int | None = None
    source: str = FILE
    dataset: str | None = None
    title: str = ""
    name: str = ""
    layers: tuple[int, ...] | None = None
    activation: str | None = None
    features: tuple[str, ...] | None = None
    points: int | None = None
    noise: float | None = None
    rows: tuple[Row, ...] | None = None
    split: float | None = None
    loss: str | None = None
    momentum: float | None = None
    l1: float | None = None
    l2: float | None = None
    seed: int | None = None
    changes: tuple[Change, ...] = ()

    @property
    def hidden(self) -> tuple[int, ...] | None:
        """Neurons per hidden layer, as far as they are known."""
        return self.layers


OF_A_TABLE = ("table", "class_column")
OF_A_RUN = "changes"  # turned while it goes, so nobody chooses it before
CHOSEN = tuple(
    each.name for each in fields(Parameters) if each.name not in (*OF_A_TABLE, OF_A_RUN)
)  # what can be chosen, by name
ONLY_OF = {"features": CLOUDS, "points": (*CLOUDS, COLOURS), "noise": (*CLOUDS, COLOURS)}  # settings of some data
ONLY_OF["rows"] = tuple(COLUMNS)


def fits(row: Row, dataset: str) -> bool:
    """Whether it can be a row of that data set, with the number of a class at its end."""
    if len(row) != COLUMNS.get(dataset, -1) + 1 or row[-1] not in (0, 1):
        return False
    low, high = WITHIN[dataset]
    return all(low <= value <= high for value in row[:-1])


def matters(name: str, dataset: str | None) -> bool:
    """Whether the setting of that name, one of CHOSEN, makes any difference to such data."""
    return name not in ONLY_OF or dataset in ONLY_OF[name]


def chosen_value(name: str, told: Parameters | RunParameters) -> object:
    """What `told` has under `name`, one of CHOSEN; layers that nobody chose are those that the run will have."""
    if name == "rows":
        return told.rows or ()  # a run without any says nothing of them
    return told.hidden if name == "layers" else getattr(told, name)


def _one_of(name: str, value: object, known: tuple[object, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} '{value}' is not one of {', '.join(map(str, known))}")
