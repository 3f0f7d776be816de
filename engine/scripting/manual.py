"""The manual of the script language, as Markdown made of the docstrings of its verbs. Knows no verb by itself.

A verb's docstring begins with `verb WORDS: what it does.`; paragraphs may follow, and indented lines are an example.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator

from .script import INCLUDE, Verbs, include

LEAD = "For example:"  # goes without saying below a headline


def language(verbs: Verbs) -> Verbs:
    """All that a script with these verbs may say: also what belongs to the reader."""
    return {**verbs, INCLUDE: include}


def table(known: Verbs) -> str:
    """A row for each verb: how it is written, and what it does."""
    return "\n".join(["| verb | does |", "| --- | --- |", *map(_row, known.values())])


def chapters(known: Verbs) -> str:
    """What else there is to know of each verb, with its examples."""
    told = {name: list(_blocks(inspect.getdoc(verb) or "")) for name, verb in known.items()}
    return "\n\n".join("\n\n".join([f"### {name}", *blocks]) for name, blocks in told.items() if blocks)


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
