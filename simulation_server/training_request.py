"""What a request for real training may hold: members of a body in, a `TrainingRequest` or one `Invalid` out.

Loads the trainer, so it is imported only when training is asked for. The bounds are those of `training.parameters`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from .json_body import Invalid, Members, decoded, kind
from .schema import FIELDS
from .training.activations import ACTIVATIONS
from .training.changes import MOST_CHANGES, Change, check_order
from .training.datasets import CSV, NAMES
from .training.losses import LOSSES
from .training.parameters import BOUNDS, MOST_LAYERS, MOST_ROWS, ROWS, WIDEST_LAYER, Parameters, fits
from .training.points import FEATURES

LONGEST_NAME = 200  # characters of a column's name; the reader of tables compares fewer
WHOLE = frozenset({"points"})  # the numbers that have no fraction
LAYERS = f"layers must be a list of at most {MOST_LAYERS} whole numbers between 1 and {WIDEST_LAYER}, one per layer"

Check = Callable[[str, object], object]


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """One valid request for training, and the text of the person's own file where the data set is `csv`.

    `class_column` is the name of the column that is learned, None for the last one.
    """

    parameters: Parameters
    csv: str | None
    class_column: str | None = None


def parse_training(given: Mapping[str, msgspec.Raw]) -> TrainingRequest:
    """Return what is to be trained, defaults for what is missing; raises Invalid, which always names the field."""
    values: dict[str, Any] = {
        field.attribute: _named(field.name, field.check, given) for field in FIELDS if field.name in given
    }
    values |= {name: check(name, decoded(name, given[name])) for name, check in CHECKS.items() if name in given}
    text = _csv(given)
    dataset = values.setdefault("dataset", CSV) if text is not None else values.get("dataset")
    if text is not None and dataset != CSV:
        raise Invalid(f'csv is only read with "dataset": "{CSV}"; leave one of the two out', field="csv")
    if text is None and dataset == CSV:
        raise Invalid("csv is missing; send the text of the file, at most 100,000 rows, in it", field="csv")
    if not all(fits(row, values.get("dataset", Parameters().dataset)) for row in values.get("rows", ())):
        raise Invalid(ROWS, field="rows")
    try:
        check_order(values.get("changes", ()), values.get("epochs", Parameters().epochs))
    except ValueError as why:
        raise Invalid(str(why), field="changes") from why
    return TrainingRequest(Parameters(**values), text, _class_column(given))


def _named(name: str, check: Callable[[object], object], given: Members) -> object:
    """Check a field of the web app; where the web app's own message names no field, the answer does."""
    try:
        return check(decoded(name, given[name]))
    except Invalid as invalid:
        raise Invalid(invalid.message, field=name) from invalid


def _csv(given: Members) -> str | None:
    if "csv" not in given:
        return None
    try:
        return msgspec.json.decode(given["csv"], type=str)  # nothing else is built, however large it is
    except msgspec.ValidationError as error:
        raise Invalid("csv must be the text of a CSV file, at most 100,000 rows", field="csv") from error


def _class_column(given: Members) -> str | None:
    name = decoded("classColumn", given["classColumn"]) if "classColumn" in given else None
    if name is None:
        return None
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise Invalid("classColumn must be the name of a column of the file in csv", field="classColumn")
    if "csv" not in given:
        raise Invalid("classColumn names a column of a file; send the file's text in csv", field="classColumn")
    return name


def _choice(choices: Iterable[str]) -> Check:
    names = tuple(choices)

    def check(name: str, value: object) -> object:
        if value not in names:
            raise Invalid(f"{name} must be one of: {', '.join(names)}", field=name)
        return value

    return check


def _number(name: str, value: object) -> object:
    lowest, highest = BOUNDS[name]
    what = "whole number" if name in WHOLE else "number"
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Invalid(f"{name} must be a {what} between {lowest:g} and {highest:g}, not {kind(value)}", field=name)
    if not lowest <= value <= highest or (name in WHOLE and value != int(value)):
        raise Invalid(f"{name} must be a {what} between {lowest:g} and {highest:g}", field=name)
    return int(value) if name in WHOLE else float(value)


def _layers(name: str, value: object) -> object:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST_LAYERS or not all(map(_is_width, value)):
        raise Invalid(LAYERS, field=name)
    return tuple(int(width) for width in value)


def _is_width(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return 1 <= value <= WIDEST_LAYER and value == int(value)


def _rows(name: str, value: object) -> object:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        raise Invalid(ROWS, field=name)
    if not all(isinstance(row, list) and all(map(_is_number, row)) for row in value):
        raise Invalid(ROWS, field=name)
    return tuple(tuple(map(float, row)) for row in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _features(name: str, value: object) -> object:
    names = tuple(FEATURES)
    if not isinstance(value, list) or not value or any(value.count(each) > 1 or each not in names for each in value):
        raise Invalid(f"features must be a list of at least one of: {', '.join(names)}; none twice", field=name)
    return tuple(value)


def _changes(name: str, value: object) -> object:
    if not isinstance(value, list) or len(value) > MOST_CHANGES:
        raise Invalid(f"changes must be a list of at most {MOST_CHANGES} objects", field=name)
    try:
        return msgspec.convert(value, tuple[Change, ...])
    except msgspec.ValidationError as why:
        raise Invalid(f"changes: {why}", field=name) from why


CHECKS: Mapping[str, Check] = {
    "dataset": _choice(NAMES),
    "features": _features,
    "layers": _layers,
    "rows": _rows,
    "changes": _changes,
    "activation": _choice(ACTIVATIONS),
    "loss": _choice(LOSSES),
    **dict.fromkeys(BOUNDS, _number),
}
