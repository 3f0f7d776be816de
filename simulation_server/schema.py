"""What POST /api/train accepts: bytes in, `Parameters` or one `Invalid` out. Knows no HTTP beyond the status code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .json_body import Invalid, Members, decoded, kind

EPOCHS = (1, 200)
BATCH_SIZES = (16, 32, 64, 128, 256)
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Parameters:
    """One valid request; the defaults are the web app's. `seed` None leaves the choice to the server."""

    epochs: int = 50
    learning_rate: float = 0.01
    batch_size: int = 32
    seed: int | None = None


def parameters_of(given: Members) -> Parameters:
    """Return the parameters among the members of a body, defaults for what is missing; raises Invalid for the rest.

    Fields are checked in the order of the web app, so of two mistakes it names the same one. Unknown keys are ignored.
    """
    values = {
        field.attribute: field.check(decoded(field.name, given[field.name])) for field in FIELDS if field.name in given
    }
    return Parameters(**values)  # type: ignore[arg-type]  # each check returns its attribute's type


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the body, the attribute it fills, and the check that turns a JSON value into that attribute."""

    name: str
    attribute: str
    check: Callable[[object], int | float]


def _epochs(value: object) -> int:
    epochs = whole_number("epochs", value, bounds=EPOCHS)
    if not EPOCHS[0] <= epochs <= EPOCHS[1]:
        raise Invalid("Epochs must be between 1 and 200")
    return epochs


def _learning_rate(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid(f"learningRate must be a number above 0 and at most 1, not {kind(value)}", field="learningRate")
    if not 0 < value <= 1:
        raise Invalid("Learning rate must be between 0 and 1")
    return float(value)


def _batch_size(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid(f"batchSize must be one of the numbers {_batch_sizes()}, not {kind(value)}", field="batchSize")
    if value not in BATCH_SIZES:
        raise Invalid(f"Batch size must be one of: {_batch_sizes()}")
    return int(value)


def _seed(value: object) -> int:
    seed = whole_number("seed", value, bounds=(0, LARGEST_SEED))
    if not 0 <= seed <= LARGEST_SEED:
        raise Invalid(f"seed must be between 0 and {LARGEST_SEED}", field="seed")
    return seed


FIELDS = (
    Field("epochs", "epochs", _epochs),
    Field("learningRate", "learning_rate", _learning_rate),
    Field("batchSize", "batch_size", _batch_size),
    Field("seed", "seed", _seed),
)


def whole_number(name: str, value: object, *, bounds: tuple[int, int]) -> int:
    """Return a whole number; 50.0 is one, as it is in JavaScript, but true, "50" and 2.5 are not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid(
            f"{name} must be a whole number between {bounds[0]} and {bounds[1]}, not {kind(value)}", field=name
        )
    return value


def _batch_sizes() -> str:
    return ", ".join(map(str, BATCH_SIZES))
