"""What is said, in the language that is spoken: one table a language. A word that is in no table is said by nobody.

A key with ".short" is the same for a narrow place, one with ".one" the same of a single thing. A bar stands between
the lines of what has several. What stands in braces is a named field with Python's own format; another language may
leave it out, or put it elsewhere. No pixels, no numbers of its own.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .languages.english import ENGLISH
from .languages.french import FRENCH
from .languages.german import GERMAN
from .languages.spanish import SPANISH
from .languages.turkish import TURKISH

SHORT, ONE, BETWEEN_LINES = ".short", ".one", "|"
NAMED = "name."  # and a class's or a column's own name: those that come along are translated, others are not
LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "tr": TURKISH}  # by ISO 639-1
)
OWN_NAMES = MappingProxyType(
    {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "tr": "Türkçe"}  # as its speakers look for it
)
FIRST = "en"

_spoken: Mapping[str, str] = ENGLISH  # one program speaks one language: what draws need not be told which


def speak(language: str) -> None:
    """Say everything in that language from now on. Raises KeyError for one that has no table."""
    global _spoken
    _spoken = LANGUAGES[language]


def say(key: str, *, short: bool = False, **fields: object) -> str:
    """What stands under `key`, its fields filled in; the short form where one is asked for and there is one.

    Raises KeyError for a key, or a field of its words, that is not there.
    """
    words = _spoken.get(key + SHORT) if short else None
    return (words or _spoken[key]).format(**fields)


def say_or(key: str, otherwise: str, *, short: bool = False, **fields: object) -> str:
    """The same, or `otherwise` where no table has the key: what comes from elsewhere has words of its own."""
    return say(key, short=short, **fields) if key in _spoken else otherwise


def counted(key: str, count: int) -> str:
    """What stands under `key` of so many; of one there may be other words."""
    return say(key + ONE if count == 1 and key + ONE in _spoken else key, count=count)


def lines_of(key: str) -> tuple[str, ...]:
    """What stands under `key`, in its lines."""
    return tuple(say(key).split(BETWEEN_LINES))


def named(name: str) -> str:
    """The name of a class or a column, in the language that is spoken where it is one of those that come along."""
    return _spoken.get(NAMED + name, name)
