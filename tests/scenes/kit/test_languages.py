"""Every language says everything: the same keys and fields in each, nothing that breaks when it is filled in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from string import Formatter

import pygame
import pytest

from engine.flat.fonts import Fonts
from engine.flat.glyphs import known
from engine.resources import ASSETS
from scenes.kiosk import kiosk_file
from scenes.kit.appearance import Appearance
from scenes.kit.drawing import BODY, STRONG, TITLE
from scenes.kit.words import ENGLISH, FIRST, LANGUAGES, NAMED, OWN_NAMES, named, say, speak
from scenes.world.labels import clipped

OTHERS = [code for code in LANGUAGES if code != FIRST]
SAME = 0.2  # of the words at most, that are the same in two languages: names, loan words, what is but a field


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak(FIRST)


def fields(words: str) -> dict[str, str]:
    """What stands in braces, with its format."""
    return {name: kind or "" for _, name, kind, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_no_word_is_missing_and_none_is_too_many(code: str) -> None:
    assert list(LANGUAGES[code]) == list(ENGLISH)
    assert all(words.strip() == words and words for words in LANGUAGES[code].values())


@pytest.mark.parametrize("code", OTHERS)
def test_every_field_is_one_of_the_english_words(code: str) -> None:
    for key, words in LANGUAGES[code].items():
        assert fields(words).items() <= fields(ENGLISH[key]).items(), key


@pytest.mark.parametrize("code", OTHERS)
def test_it_is_another_language(code: str) -> None:
    same = [key for key, words in LANGUAGES[code].items() if words == ENGLISH[key] and re.search("[a-z]{3}", words)]
    assert len(same) <= SAME * len(ENGLISH), same


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_can_be_pressed_is_called_so_where_it_is_spoken_of(code: str) -> None:
    table = LANGUAGES[code]
    for key, words in table.items():
        if key.startswith("task."):
            named = ("button.play",) if key.startswith("task.file") else ("visit.start", "button.start.short")
            assert all(table[each] in words for each in named), key
    assert table["button.stop"] in table["fixed"] and table["button.cancel"] in table["fixed.loading"]
    assert table["button.stop"] in table["own.busy"] and table["button.start.short"] in table["walk.learned"]
    for key in ("way_on.wait", "way_on.check", "way_on.retry", "way_on.anew"):
        assert table["button.retry.short"] in table[key], key


def test_what_is_spoken_changes_and_a_language_that_is_not_there_changes_nothing() -> None:
    appearance = Appearance(theme="dark")
    assert say("visit.start") == "Start" and named("white text") == "white text"
    before = appearance.theme
    appearance.choose(language="fr")
    assert say("visit.start") == "Démarrer" and named("white text") == "texte blanc"
    assert appearance.theme.key != before.key and appearance.theme.language == "fr"
    with pytest.raises(KeyError):
        appearance.choose(language="xx")
    assert say("visit.start") == "Démarrer" and appearance.language == "fr"
    assert named("a class of somebody's own table") == "a class of somebody's own table"


def test_an_operator_can_choose_each_and_no_other() -> None:
    assert set(kiosk_file.SPOKEN) == set(LANGUAGES) == set(OWN_NAMES)
    assert tomllib.loads(kiosk_file.example())["language"] == FIRST


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("face", [TITLE, STRONG, BODY])
def test_every_letter_is_in_our_own_fonts(code: str, face: str) -> None:
    pygame.font.init()
    font = Fonts(ASSETS / "fonts", ASSETS / "icons").face(face, 20)
    letters = {letter for words in LANGUAGES[code].values() for letter in words} | set(OWN_NAMES[code])
    assert not [letter for letter in sorted(letters) if not known(letter, font)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_in_the_field_are_short_enough_to_stand_whole(code: str) -> None:
    names = [words for key, words in LANGUAGES[code].items() if key.startswith(NAMED)]
    assert len(names) == 13 and [clipped(name) for name in names] == names
