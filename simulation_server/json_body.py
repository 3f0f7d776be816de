"""Splits the body of a request into its members, so that each can be checked on its own. Knows no bounds of values."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .messages import LARGEST_BODY

KNOWN = (
    *("epochs", "learningRate", "batchSize", "seed"),  # of every run
    "source",
    *("dataset", "csv", "classColumn", "points", "noise", "features", "split", "rows"),  # what is learned
    *("layers", "activation", "loss", "momentum", "l1", "l2", "changes"),  # how it is learned
)
WHOLE_BODY = "body"  # the field that an error names when no single field is to blame

Members = Mapping[str, msgspec.Raw]

_Body = msgspec.defstruct("_Body", [(name, msgspec.Raw, msgspec.UNSET) for name in KNOWN])


class Invalid(Exception):
    """The body cannot be used. `field` is None where the web app's own message must stay exactly as it is."""

    def __init__(self, message: str, *, field: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.status = status


def members(body: bytes) -> Members:
    """Return the known members of a JSON object, each still undecoded; no body is an empty object. Raises Invalid.

    Unknown keys are checked to be JSON and then skipped, so that they cost no memory.
    """
    given = _split(body) if body else {}
    csv = len(memoryview(given["csv"])) if "csv" in given else 0
    if len(body) - csv > LARGEST_BODY:
        raise _too_large(" besides the text in csv" if csv else "")
    return given


def decoded(name: str, raw: msgspec.Raw) -> object:
    """Return one decoded member; raises Invalid when it holds a number that no computer can use."""
    try:
        content: object = msgspec.json.decode(raw)
    except (ValueError, RecursionError) as error:  # 1e999, thousands of digits, endless nesting
        raise Invalid(f"{name} is not a number that can be used; send an ordinary finite one", field=name) from error
    return content


def kind(value: object) -> str:
    """Say in a word what a JSON value is, without repeating it."""
    kinds = {
        bool: "true or false",
        str: "text",
        float: "a fraction",
        type(None): "null",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "this")


def _split(body: bytes) -> dict[str, msgspec.Raw]:
    try:
        body.decode("utf-8")
        given = msgspec.json.decode(body, type=_Body)
    except UnicodeDecodeError as error:
        raise _broken("The body must be JSON in UTF-8; this one is in another encoding", body) from error
    except RecursionError as error:
        raise _broken("The body is nested too deeply; send one flat JSON object", body) from error
    except msgspec.ValidationError as error:
        raise _broken('The body must be a JSON object such as {"epochs": 50}', body) from error
    except msgspec.DecodeError as error:
        raise _broken(f"The body is not valid JSON: {error}", body) from error
    return {name: raw for name in KNOWN if (raw := getattr(given, name)) is not msgspec.UNSET}


def _broken(message: str, body: bytes) -> Invalid:
    """Return what is wrong with a body that cannot be split: its size, where that alone would do."""
    return _too_large() if len(body) > LARGEST_BODY else Invalid(message, field=WHOLE_BODY)


def _too_large(besides: str = "") -> Invalid:
    return Invalid(f"The body is too large; send at most {LARGEST_BODY} bytes{besides}", field=WHOLE_BODY, status=413)
