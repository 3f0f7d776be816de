"""The journal of a run: what was turned in its middle, and after which epoch (docs/protocol.md); as text and back."""

import re
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from .neuron import Place

BATCH_SIZES = (16, 32, 64, 128, 256)
WITHIN = {  # lowest and highest, as the backend takes them; a learning rate lies above the first
    "learning_rate": (0.0, 1.0),
    "momentum": (0.0, 0.99),
    "l1": (0.0, 0.1),
    "l2": (0.0, 0.1),
}
MOST = 100  # changes of one run
MOST_SILENT = 64  # neurons that one of them silences
LAST = 199  # epoch after which one can be
NUMBER = re.compile(r"(\d{1,15}(\.\d{0,25})?|\.\d{1,25})(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
PLACE = re.compile(r"(\d{1,4})\.(\d{1,4})", re.ASCII)
EXAMPLE = "30:learning_rate=0.01,batch_size=64;40:silent=1.3+2.1"


@dataclass(frozen=True)
class Change:
    """From the epoch behind `after_epoch` on, what is told here is so; None, or no neurons: it stays as it was.

    Neurons in `silent` say nothing from then on. Raises ValueError, naming the field, for what the backend refuses.
    """

    after_epoch: int
    learning_rate: float | None = None
    batch_size: int | None = None
    momentum: float | None = None
    l1: float | None = None
    l2: float | None = None
    silent: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.after_epoch <= LAST:
            raise ValueError(f"a change after epoch {self.after_epoch} is not within 1 to {LAST}")
        for name, (low, high) in WITHIN.items():
            value = getattr(self, name)
            if value is not None and not (low <= value <= high and (value > 0 or name != "learning_rate")):
                raise ValueError(f"{name} {value:g} of a change is not within {low:g} to {high:g}")
        if self.batch_size not in (None, *BATCH_SIZES):
            raise ValueError(f"batch_size {self.batch_size} of a change is not one of {BATCH_SIZES}")
        if len(self.silent) > MOST_SILENT or any(min(place) < 0 for place in self.silent):
            raise ValueError(f"silent of a change are at most {MOST_SILENT} neurons, as layer.number")
        if not self.turned:
            raise ValueError(f"a change after epoch {self.after_epoch} changes nothing")

    @property
    def turned(self) -> dict[str, Any]:
        """What it says, by name."""
        told = {name: getattr(self, name) for name in TURNED}
        return {name: value for name, value in told.items() if value not in (None, ())}

    def __str__(self) -> str:
        said = [f"{name}={_text(value)}" for name, value in self.turned.items()]
        return f"{self.after_epoch}:{','.join(said)}"


TURNED = tuple(each.name for each in fields(Change) if each.name != "after_epoch")


def check(changes: tuple[Change, ...], epochs: int) -> None:
    """Raise ValueError unless they follow each other, one an epoch, and all come before the last of `epochs`."""
    if len(changes) > MOST:
        raise ValueError(f"changes are at most {MOST}, not {len(changes)}")
    if any(after.after_epoch <= before.after_epoch for before, after in pairwise(changes)):
        raise ValueError("changes are in the order of their epochs, one for each at most")
    if changes and changes[-1].after_epoch >= epochs:
        raise ValueError(f"a change after epoch {changes[-1].after_epoch} is behind the last but one of {epochs}")


def written(changes: tuple[Change, ...]) -> str:
    """As `read` takes them."""
    return ";".join(map(str, changes))


def read(text: str) -> tuple[Change, ...]:
    """The changes that such a text tells, as in EXAMPLE. Raises ValueError that says what is due."""
    return tuple(map(_change, text.split(";"))) if text else ()


def _change(text: str) -> Change:
    after, _, rest = text.partition(":")
    if not (after.isascii() and after.isdecimal() and len(after) <= 3) or not rest:
        raise ValueError(f"changes '{text}' are not as in {EXAMPLE}")
    told: dict[str, Any] = {}
    for part in rest.split(","):
        name, equals, value = part.partition("=")
        if not equals or name not in TURNED or name in told:
            raise ValueError(f"'{part}' of a change is not one of {', '.join(TURNED)}, as in {EXAMPLE}")
        told[name] = _value(name, value)
    return Change(int(after), **told)


def _value(name: str, text: str) -> object:
    if name == "silent":
        places = [PLACE.fullmatch(part) for part in text.split("+")]
        if not all(place and int(place[2]) for place in places):
            raise ValueError(f"silent '{text}' of a change are not neurons as layer.number, as in 1.3+2.1")
        return tuple((int(place[1]), int(place[2]) - 1) for place in places if place)
    if name == "batch_size":
        if not (text.isascii() and text.isdecimal() and len(text) <= 4):
            raise ValueError(f"batch_size '{text}' of a change is not a whole number")
        return int(text)
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{name} '{text}' of a change is not a number")
    return float(text)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "+".join(f"{layer}.{number + 1}" for layer, number in value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)
