"""Which kept run is meant: by its id, a part of it that no other has, or its name."""

from collections.abc import Sequence
from difflib import get_close_matches

from .index import Run
from .place import SUFFIX

SHORTEST = 2  # characters of an id that are taken for it
MOST_NAMED = 3  # runs in a sentence


class NotOneRun(ValueError):
    """No kept run, or more than one, is called so; the message says what might have been meant."""


def chosen(text: str, runs: Sequence[Run]) -> Run:
    """The run of that id or name; of an id, or of its last part, the beginning is enough. Raises NotOneRun."""
    asked = text.strip().casefold()
    named = [run for run in runs if run.name and run.name.casefold() == asked]
    if len(named) == 1:
        return named[0]
    found = named
    if not found and len(asked) >= SHORTEST:
        found = [run for run in runs if asked in _beginnings(run.id, len(asked))]
    if not found:
        raise NotOneRun(f"No kept run is called '{text}'{_near(asked, runs)}")
    if len(found) > 1:
        several = ", ".join(_told(run) for run in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
        raise NotOneRun(f"'{text}' may be any of {len(found):,} kept runs: {several}{more}.")
    return found[0]


def _beginnings(run: str, length: int) -> tuple[str, str]:
    """Of the whole id, and of its last part, which is all that most need."""
    return run[:length], run[-SUFFIX:][:length]


def _near(asked: str, runs: Sequence[Run]) -> str:
    """What else it might be, as the rest of a sentence."""
    if not runs:
        return ": there are none yet."
    known: dict[str, Run] = {}
    for run in reversed(runs):  # the newest has the last word
        known |= {run.id[-SUFFIX:]: run, run.id: run}
    known |= {run.name.casefold(): run for run in runs if run.name}
    close = dict.fromkeys(_told(known[key]) for key in get_close_matches(asked, known, n=MOST_NAMED))
    return f", did you mean {' or '.join(close)}?" if close else "; python3 viz.py runs lists them."


def _told(run: Run) -> str:
    return f"{run.id} ({run.name})" if run.name else run.id
