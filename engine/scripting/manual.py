"""The manual of the script language, as Markdown made of the docstrings of its verbs. Knows no verb by itself.

A verb's docstring begins with `verb WORDS: what it does.`; paragraphs may follow, and indented lines are an example.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping

from .pilot import Pilot, verbs
from .script import INCLUDE, include

ORDER = (
    *("size", "scale", "theme", "ramp", "motion", "seed", "dataset", "server", "set"),
    *("point", "press", "click", "drag", "scroll", "pinch", "key", "type"),
    *("run", "wait", "until", "expect", "mark", "shot", "film", INCLUDE),
)
LEAD = "For example:"  # goes without saying below a headline


def language(pilot: type[Pilot]) -> dict[str, Callable[..., object]]:
    """Every verb that a script may use on such a pilot, by name, in the order of the manual."""
    known = {INCLUDE: include, **{name: getattr(pilot, name) for name in verbs(pilot)}}
    return {name: known[name] for name in sorted(known, key=lambda name: (_rank(name), name))}


def table(known: Mapping[str, Callable[..., object]]) -> str:
    """A row for each verb: how it is written, and what it does."""
    return "\n".join(["| verb | does |", "| --- | --- |", *map(_row, known.values())])


def chapters(known: Mapping[str, Callable[..., object]]) -> str:
    """What else there is to know of each verb, with its examples."""
    told = {name: list(_blocks(inspect.getdoc(verb) or "")) for name, verb in known.items()}
    return "\n\n".join("\n\n".join([f"### {name}", *blocks]) for name, blocks in told.items() if blocks)


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _row(verb: Callable[..., object]) -> str:
    usage, _, what = (inspect.getdoc(verb) or "").partition("\n")[0].partition(": ")
    return f"| `{_cell(usage)}` | {_cell(what)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _blocks(doc: str) -> Iterator[str]:
    """The paragraphs below the first line; one that is indented becomes a script."""
    for paragraph in doc.partition("\n")[2].strip("\n").split("\n\n"):
        text = textwrap.dedent(paragraph).strip()
        if text and text != LEAD:
            yield f"```script\n{text}\n```" if paragraph.startswith(" ") else text
