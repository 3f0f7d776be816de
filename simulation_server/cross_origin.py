"""The headers that every answer carries, so that a page of the web app can read it, whatever it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .line_response import Answer
from .messages import Fields, Response

ALLOWED_ORIGINS = frozenset({"http://localhost:3000", "http://127.0.0.1:3000"})  # the web app's development server
EVERY_RESPONSE = (("Vary", "Origin"), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))


def readable(answer: Answer, origin: str | None, *, methods: Sequence[str] | None = None) -> Answer:
    """`answer` as a page of `origin` may read it; `methods` are those of its address, told to one that asks before."""
    return replace(answer, headers=(*answer.headers, *EVERY_RESPONSE, *_allowed(origin, methods)))


def last_words(response: Response, origin: str | None) -> Response:
    """The same for a refusal that no route has seen."""
    return replace(response, headers=(*response.headers, *EVERY_RESPONSE, *_allowed(origin, None)))


def _allowed(origin: str | None, methods: Sequence[str] | None) -> Fields:
    if origin not in ALLOWED_ORIGINS:
        return ()
    allow: Fields = (("Access-Control-Allow-Origin", str(origin)),)
    if methods is not None:
        allow += (
            ("Access-Control-Allow-Methods", ", ".join(methods)),
            ("Access-Control-Allow-Headers", "Content-Type"),
        )
    return allow
