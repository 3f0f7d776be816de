"""What a decoder of JSON complains about, in words for whoever wrote the line, or only sees that it does not work."""

import re

KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_EXPECTED = re.compile(r"Expected `(?P<due>[^`]+)`(?: (?P<bound>[<>]=? [-\d.e+]+))?(?:, got `(?P<got>[^`]+)`)?")
_LENGTH = re.compile(r"Expected `(?P<due>[^`]+)` of length (?P<bound>[<>=]+ \d+)")
_NO_NUMBER = re.compile(rb'"(\w{1,40})"\s*:\s*(-?(?:NaN|Infinity))\b')  # as programs write what JSON has no word for
_EPOCH = re.compile(rb'"epoch"\s*:\s*(\d{1,9})\b')
NEAR = 1000  # bytes before such a member in which its epoch is looked for
_BOUNDS = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}


def in_words(why: Exception, text: bytes = b"") -> str:
    """One clause about the line: which member of it is amiss, and what is due there. `text` is what was decoded."""
    told = str(why)
    place = re.search(r" - at `(?:\$|key in \$)\.?([^`]*)`", told)
    name = f"`{place[1]}`" if place and place[1] else "it"
    if missing := re.search(r"missing required field `([^`]+)`", told):
        return f"`{missing[1]}` is missing{f' in {name}' if name != 'it' else ''}"
    if length := _LENGTH.search(told):
        return f"{name} has not the length that is due, {_bound(length['bound'])}"
    if found := _EXPECTED.search(told):
        due = " or ".join(KINDS.get(kind.strip(), kind.strip()) for kind in found["due"].split("|"))
        if found["bound"]:
            return f"{name} is not {due} of {_bound(found['bound'])}"
        got = KINDS.get(found["got"] or "", "")
        return f"{name} is {got} where {due} is due" if got else f"{name} is not {due}"
    if value := re.search(r"Invalid value '([^']*)'", told):
        return f"{name} is '{value[1]}', which is not due here"
    if "out of range" in told:
        return "it has a number that is too large"
    if "truncated" in told:
        return "it ends before it is whole"
    if byte := re.search(r"malformed.*\(byte (\d+)\)", told):
        return no_number(text) or f"it is not JSON from character {int(byte[1]) + 1:,} on"
    if isinstance(why, UnicodeDecodeError) or "utf-8" in told.lower():
        return "it is not UTF-8 text"
    if isinstance(why, RecursionError):
        return "it is nested too deep"
    return "it is not whole JSON"


def no_number(text: bytes) -> str:
    """Which member is NaN or infinite, with its epoch where that is known; "" where none is."""
    found = _NO_NUMBER.search(text)
    if found is None:
        return ""
    epochs = _EPOCH.findall(text, max(0, found.start() - NEAR), found.start())
    of = f" in epoch {epochs[-1].decode()}" if epochs else ""
    return f"`{found[1].decode()}` is {found[2].decode()}{of}"


def _bound(text: str) -> str:
    sign, _, limit = text.partition(" ")
    return f"{_BOUNDS.get(sign, sign)} {limit}"
