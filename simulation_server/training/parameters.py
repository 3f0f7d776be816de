"""What a run can be asked for, with the bounds of every number. Reads no request and trains nothing."""

from typing import Annotated

import msgspec
from msgspec import Meta

from .activations import ACTIVATIONS
from .changes import MOST_CHANGES, Change, check_order
from .datasets import CLOUD_NAMES, COLOURS, NAMES, POINTS
from .losses import LOSSES
from .points import DEFAULT_FEATURES, FEATURES

WIDEST_LAYER = 64  # neurons in a hidden layer
MOST_LAYERS = 8  # hidden layers
MOST_EPOCHS = 200
LARGEST_SEED = 2**63 - 1
MOST_ROWS = 100  # of a person's own, that are learned beside the others
BOUNDS = {  # lowest and highest value of each number that only training has
    "points": (10, 2000),
    "noise": (0.0, 0.5),
    "momentum": (0.0, 0.99),
    "l1": (0.0, 0.1),
    "l2": (0.0, 0.1),
    "split": (0.5, 0.9),
}


def within(name: str) -> Meta:
    """Return the bounds of the number of that name, as msgspec checks them."""
    lowest, highest = BOUNDS[name]
    return Meta(ge=lowest, le=highest)


Row = tuple[float, ...]  # the columns of a data set, then the number of a class, from 0
Width = Annotated[int, Meta(ge=1, le=WIDEST_LAYER)]
Rate = Annotated[float, Meta(gt=0.0, le=1.0)]


COLUMNS = {**dict.fromkeys(CLOUD_NAMES, ("x", "y")), COLOURS: ("red", "green", "blue")}  # of data with own rows
WITHIN = {**dict.fromkeys(CLOUD_NAMES, (-6.4, 6.4)), COLOURS: (0.0, 1.0)}  # that each of them lies
ROWS = f"rows must be a list of at most {MOST_ROWS} lists: x, y and a class, or red, green, blue and a class, 0 or 1"


class Parameters(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """All that decides a run: equal parameters (and equal CSV rows) give a bit-identical history.

    Building one directly checks the names and lists but not the bounds; `checked` and `msgspec.convert` check all.

    dataset: one of `datasets.NAMES`; `csv` stands for rows that the caller hands over.
    features: inputs of a point cloud, any of `points.FEATURES`, each at most once; other data sets ignore them.
    points: rows of a point cloud, or colours, 10 to 2,000. noise: 0 to 0.5 (0-50 %), of the same.
    layers: neurons per hidden layer, up to 8 layers of 1 to 64; None takes the shape that suits the data set.
    activation: of the hidden layers. loss: cross-entropy (behind a softmax) or mean-squared-error.
    learning_rate: above 0, at most 1. batch_size: 16 to 256 rows. epochs: 1 to 200. momentum: 0 to 0.99.
    rows: of a person's own, learned beside the others: up to 100 points of a plane (x, y, class) or colours (red,
    green, blue, class), each column within -6.4 to 6.4, or 0 to 1; classes are counted from 0.
    l1, l2: strength of the penalty on the weights, 0 to 0.1.
    split: fraction of the rows that is learned from, 0.5 to 0.9. seed: 0 to 2^63 - 1.
    changes: what is turned in the middle of the run, in the order of the epochs, up to 100.
    """

    dataset: str = "spiral"
    features: tuple[str, ...] = DEFAULT_FEATURES
    points: Annotated[int, within("points")] = POINTS
    noise: Annotated[float, within("noise")] = 0.1
    rows: Annotated[tuple[Row, ...], Meta(max_length=MOST_ROWS)] | msgspec.UnsetType = msgspec.UNSET
    layers: Annotated[tuple[Width, ...], Meta(max_length=MOST_LAYERS)] | None = None
    activation: str = "tanh"
    loss: str = "cross-entropy"
    learning_rate: Rate = 0.01
    batch_size: Annotated[int, Meta(ge=16, le=256)] = 32
    epochs: Annotated[int, Meta(ge=1, le=MOST_EPOCHS)] = 50
    momentum: Annotated[float, within("momentum")] = 0.9
    l1: Annotated[float, within("l1")] = 0.0
    l2: Annotated[float, within("l2")] = 0.0
    split: Annotated[float, within("split")] = 0.8
    seed: Annotated[int, Meta(ge=0, le=LARGEST_SEED)] = 0
    changes: Annotated[tuple[Change, ...], Meta(max_length=MOST_CHANGES)] | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        """Raise ValueError, naming the field and the choices, where a name is unknown."""
        _one_of("dataset", self.dataset, NAMES)
        _one_of("activation", self.activation, tuple(ACTIVATIONS))
        _one_of("loss", self.loss, tuple(LOSSES))
        for feature in self.features:
            _one_of("features", feature, tuple(FEATURES))
        if not self.features or len(set(self.features)) < len(self.features):
            raise ValueError("features must name at least one feature, and none twice")
        for row in self.own_rows:
            if not fits(row, self.dataset):
                raise ValueError(ROWS)
        if len(self.own_rows) > MOST_ROWS:
            raise ValueError(ROWS)
        check_order(self.journal, self.epochs)

    @property
    def journal(self) -> tuple[Change, ...]:
        """What is turned in the middle of the run."""
        return () if isinstance(self.changes, msgspec.UnsetType) else self.changes

    @property
    def own_rows(self) -> tuple[Row, ...]:
        """The rows that are learned beside the others."""
        return () if isinstance(self.rows, msgspec.UnsetType) else self.rows


def fits(row: Row, dataset: str) -> bool:
    """Whether it can be a row of that data set, with the number of a class at its end."""
    if dataset not in COLUMNS or len(row) != len(COLUMNS[dataset]) + 1 or row[-1] not in (0, 1):
        return False
    low, high = WITHIN[dataset]
    return all(low <= value <= high for value in row[:-1])


def checked(parameters: Parameters) -> Parameters:
    """Return equal parameters after checking every bound; msgspec.ValidationError (a ValueError) names the field."""
    return msgspec.convert(msgspec.to_builtins(parameters), Parameters)


def _one_of(field: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{field} must be one of {', '.join(choices)}, not {value!r}")
