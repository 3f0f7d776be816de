"""What http.server would let pass in the head of a request, and is refused here. Parses nothing, reads nothing.

Whatever two readers could understand in two ways is refused, so that no request can hide in another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPMessage

from .messages import Refused

VERSIONS = ("HTTP/1.0", "HTTP/1.1")

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]*")  # what methods and names of headers are made of (RFC 9110, 5.6.2)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # neither text, nor a tab, nor an end of a line
_DIGITS = re.compile(r"[0-9]+")
_MOST_DIGITS = 15  # of a length that is worth reading as a number


class Headers(HTTPMessage):
    """Headers and nothing else: whatever Content-Type says, no parts of a mail are looked for, where decoding fails."""

    def get_content_type(self) -> str:
        return "text/plain"


def target_of(first_line: bytes) -> str:
    """Return the target of a request by its first line: three words, one space between each. Raises Refused."""
    line = str(first_line, "latin-1").rstrip("\r\n")
    words = line.split(" ")
    malformed = len(words) != 3 or words != line.split() or _CONTROL.search(first_line)
    if malformed or not _TOKEN.fullmatch(words[0]) or words[2] not in VERSIONS:
        raise Refused(400, "The first line must be a request such as: GET /api/health HTTP/1.1")
    return words[1]


def origin_form(target: str) -> tuple[str, str | None]:
    """Return the path of a target, and its host where it is a whole address (RFC 9112, 3.2.2). Raises Refused."""
    scheme, colon, rest = target.partition("://")
    if not colon or scheme.lower() not in ("http", "https"):
        return target, None
    host, slash, path = rest.partition("/")
    host, question, query = host.partition("?")
    if not host or "@" in host or "#" in target:
        raise Refused(400, "The address in the first line cannot be used; send its path and a Host header")
    return f"/{path}" if slash else f"/{question}{query}", host


def trusted_fields(head: bytearray, headers: Message) -> dict[str, tuple[str, ...]]:
    """Return the parsed headers by their names in lower case; raises Refused unless `head` has a line for each.

    The parser of http.client is made for mail: it joins folded lines, ends a line at a lone carriage return, and takes
    a line without a colon for the end of the headers. `head` is what it was given, with the first line of the request.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in headers.raw_items():
        key = name.lower()
        fields[key] = (*fields.get(key, ()), value.strip(" \t"))
    lines = head.count(b"\n") - 2  # without the first one and the empty last one
    lone_returns = head.count(b"\r") - head.count(b"\r\n")
    malformed = lone_returns or len(headers) != lines or _CONTROL.search(head)
    if malformed or not _TOKEN.fullmatch("".join(fields)):
        raise Refused(400, "A header is malformed; write each as: Name: value")
    return fields


def length_of_body(method: str, fields: Mapping[str, tuple[str, ...]], following: bytes) -> int:
    """Return the length of the body in bytes: digits, given once; it may still be too large. Raises Refused.

    `following` is what has arrived behind the head.
    """
    if "transfer-encoding" in fields:
        raise Refused(411, "Chunked bodies are not accepted; send a Content-Length", field="body")
    lengths = fields.get("content-length", ())
    if not lengths:
        if method == "POST" and ("content-type" in fields or _looks_like_a_body(following)):
            raise Refused(411, "A body needs a Content-Length header; send one", field="body")
        return 0
    if len(lengths) > 1 or not _DIGITS.fullmatch(lengths[0]):
        raise Refused(400, "Content-Length must be one whole number, in digits only", field="body")
    digits = lengths[0].lstrip("0") or "0"
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS  # larger than anybody admits


def _looks_like_a_body(following: bytes) -> bool:
    """A POST without a length has no body, so what follows must be the next request: a method in capitals."""
    start = following.lstrip(b"\r\n")[:1]
    return bool(start) and not start.isupper()
