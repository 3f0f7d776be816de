"""Verbs ask the screen for what they need: what is written on it is gathered for a shot, and for words, alone."""

import inspect
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.flat.overlay import Overlay
from engine.scripting.words import VerbError
from scenes.exhibit.attract import LIVE
from scenes.scripting.film import FILMED
from scenes.scripting.screen import Visualizer
from scenes.scripting.verbs import VERBS
from scenes.stage import Stage


@pytest.fixture
def played(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Stage, Any]]:
    """A visualizer without a window, and its pilot."""
    with rehearsed(tmp_path) as made:
        yield made


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the texts of the screen, and the sum of their pixels, have been made."""
    counts: Counter[str] = Counter()
    for name in ("describe", "digest"):
        real = getattr(Overlay, name)

        def counted(overlay: Overlay, name: str = name, real: Any = real) -> Any:
            counts[name] += 1
            return real(overlay)

        monkeypatch.setattr(Overlay, name, counted)
    return counts


def test_no_verb_gathers_the_texts_that_does_not_need_them(played: tuple[Stage, Any], gathered: Counter[str]) -> None:
    _, pilot = played
    pilot.point("theme")
    pilot.press("theme")
    pilot.click("dataset", "circle")
    pilot.drag("learning_rate", "0.1")
    pilot.scroll("field", "3")
    pilot.set("speed", "20")
    pilot.press("start")
    pilot.until("status", "==", "training")
    pilot.until("training")
    pilot.until("epoch", ">=", "3")
    pilot.expect("epoch", "3")
    pilot.expect("parameters.dataset", "circle")
    pilot.expect("learning_rate", "0.1")
    pilot.expect("dataset.enabled", "no")
    pilot.expect("enabled", "pause", "stop")
    pilot.run("2epochs")
    pilot.mark("here")
    pilot.expect("mark", "here")
    with pytest.raises(VerbError, match="there is no control 'strt', did you mean 'start'"):
        pilot.press("strt")
    with pytest.raises(VerbError, match="there is nothing called 'fild', did you mean 'field'"):
        pilot.click("fild")
    assert gathered == {}


def test_words_gather_the_texts_and_a_shot_their_pixels_too(played: tuple[Stage, Any], gathered: Counter[str]) -> None:
    _, pilot = played
    pilot.expect("text", "Speed")
    assert gathered == {"describe": 1}
    pilot.shot("all")
    assert gathered == {"describe": 2, "digest": 1}


@pytest.mark.parametrize("under_the_help", [False, True])
def test_an_entry_that_is_asked_for_alone_is_that_of_the_description(
    played: tuple[Stage, Any], under_the_help: bool
) -> None:
    stage, pilot = played
    if under_the_help:
        pilot.key("f1")
    stage.app.draw()
    screen = Visualizer(stage, None)
    assert {name: screen.ask(name) for name in screen.describe()} == stage.app.scenes.top.describe()
    assert (screen.control("start") is None) == under_the_help
    with pytest.raises(KeyError):
        screen.ask("strat")


@pytest.mark.parametrize(("table", "replaced"), [(FILMED, {"shot"}), (LIVE, {"size", "shot", "film"})])
def test_what_stands_in_for_a_verb_takes_the_same_words(table: Any, replaced: set[str]) -> None:
    assert list(table) == list(VERBS)
    assert {name for name in VERBS if table[name] is not VERBS[name]} == replaced
    for name in replaced:
        words = [list(inspect.signature(verbs[name]).parameters.values())[1:] for verbs in (table, VERBS)]
        assert words[0] == words[1]
