"""The journal of a run: what is turned in its middle, and after which epoch. Trains nothing."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

BATCH_SIZES = (16, 32, 64, 128, 256)
MOST_CHANGES = 100
MOST_SILENT = 64  # neurons that one change silences
Told = TypeVar("Told")
Neuron = tuple[Annotated[int, Meta(ge=0, le=16)], Annotated[int, Meta(ge=0, le=1023)]]  # layer and place, from 0


class Change(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """From the epoch behind `after_epoch` on, what is told here is so; the rest stays as it was.

    after_epoch: 1 to 199. learning_rate: above 0, at most 1. batch_size: 16, 32, 64, 128 or 256. momentum: 0 to 0.99.
    l1, l2: 0 to 0.1. silent: neurons that say nothing from then on, as (layer, place), both from 0, inputs included:
    what leads out of them is 0 and stays so. The neurons of the last layer are the answers, and cannot be silenced.
    """

    after_epoch: Annotated[int, Meta(ge=1, le=199)]
    learning_rate: Annotated[float, Meta(gt=0.0, le=1.0)] | UnsetType = UNSET
    batch_size: int | UnsetType = UNSET
    momentum: Annotated[float, Meta(ge=0.0, le=0.99)] | UnsetType = UNSET
    l1: Annotated[float, Meta(ge=0.0, le=0.1)] | UnsetType = UNSET
    l2: Annotated[float, Meta(ge=0.0, le=0.1)] | UnsetType = UNSET
    silent: Annotated[tuple[Neuron, ...], Meta(min_length=1, max_length=MOST_SILENT)] | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Raise ValueError for a batch size that there is not, and for a change that changes nothing."""
        if not isinstance(self.batch_size, UnsetType) and self.batch_size not in BATCH_SIZES:
            raise ValueError(f"batchSize of a change must be one of {', '.join(map(str, BATCH_SIZES))}")
        if all(isinstance(getattr(self, name), UnsetType) for name in TURNED):
            raise ValueError(f"a change must have at least one of {', '.join(TURNED_CALLED)}")


TURNED = ("learning_rate", "batch_size", "momentum", "l1", "l2", "silent")
TURNED_CALLED = ("learningRate", "batchSize", "momentum", "l1", "l2", "silent")  # in a request


def check_order(changes: Sequence[Change], epochs: int) -> None:
    """Raise ValueError unless they follow each other, one an epoch, and all come before the last of `epochs`."""
    if any(after.after_epoch <= before.after_epoch for before, after in pairwise(changes)):
        raise ValueError("changes must be in the order of afterEpoch, one for each epoch at most")
    if changes and changes[-1].after_epoch >= epochs:
        raise ValueError(f"changes must come before the last epoch, {epochs}")


def check_neurons(changes: Sequence[Change], shape: Sequence[int]) -> None:
    """Raise ValueError where one silences a neuron that a network of this shape has not, or one of the answers."""
    for layer, place in (each for change in changes for each in told(change.silent, ())):
        if layer >= len(shape) - 1 or place >= shape[layer]:
            raise ValueError(
                f"silent has ({layer}, {place}), which a network of {'-'.join(map(str, shape))} cannot silence"
            )


def told(value: Told | UnsetType, otherwise: Told) -> Told:
    """What a change says, or what was so before it."""
    return otherwise if isinstance(value, UnsetType) else value
