"""Every word on the screen comes from the table of the language that is spoken: in a language that nobody speaks, whose
letters are all ø, what is left of others are units, names of keys, and what comes from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from engine.flat.overlay import Text
from engine.input import Drop, Key
from engine.retry import Cancellation
from scenes.exhibit.failure_scene import FailureScene
from scenes.kiosk.exhibit import Exhibit
from scenes.kiosk.kiosk_file import KioskFile
from scenes.kit import words
from scenes.kit.keymap import Keymap
from scenes.kit.words import ENGLISH, LANGUAGES, say
from scenes.training.failure import RunError
from scenes.training.parameters import Parameters
from scenes.training.sources.exchange import Broken, Foreign, Overdue, Reply
from scenes.training.sources.file import unreadable
from scenes.training.sources.http import HttpSource
from scenes.world.world import World

NOBODYS = "ø"
FOREIGN = {
    *("AI", "Training", "Visualizer"),  # what the program is called
    *("ms", "MB", "ln"),  # units, and a function
    *("Space", "Esc", "Ctrl", "Home", "End", "Tab", "Enter"),  # what stands on keys
    *("relu", "tanh", "sigmoid", "linear", "sin", "xy"),  # what is the same in every language
    *("http", "unreachable", "ZeroDivisionError"),  # an address, and codes for the staff
}
LETTERS = re.compile("[A-Za-z]{2,}")
TABLE = "q,w,v,k\n" + "".join(
    f"{n * 37 % 101},{n * 53 % 103},{n * 71 % 107},{'mn'[n % 2]}\n" for n in range(40)
)  # names of one letter


def nobodys(said: str) -> str:
    """The same words in the language that nobody speaks; what stands in braces stays."""
    parts = re.split(r"({[^}]*})", said)
    return "".join(part if part.startswith("{") else re.sub(r"[^\W\d_]", NOBODYS, part) for part in parts)


@pytest.fixture(scope="module")
def table() -> Iterator[None]:
    """The language that nobody speaks."""
    with mock.patch.object(
        words, "LANGUAGES", {**LANGUAGES, NOBODYS: {key: nobodys(said) for key, said in ENGLISH.items()}}
    ):
        yield


@pytest.fixture(scope="module")
def begun(rehearsed: Any, table: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """A visualizer in a large window."""
    with rehearsed(tmp_path_factory.mktemp("words"), size=(1920, 1080)) as (stage, pilot):
        pilot.set("speed", "1")
        pilot.set("epochs", "5")
        yield stage, pilot


@pytest.fixture
def board(begun: tuple[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """The same, while it speaks it."""
    begun[0].appearance.choose(language=NOBODYS)
    yield begun
    begun[0].appearance.choose(language=words.FIRST)


def foreign(stage: Any) -> set[str]:
    """What is drawn by the top scene, and in the field, without being of the table."""
    top = stage.app.scenes.top
    top.picture(now=0.0, blend=1.0)
    overlay = top._overlay if hasattr(top, "_overlay") else top.overlay
    drawn = [item.text for panel in overlay._panels.values() for item in panel.items if isinstance(item, Text)]
    assert any(NOBODYS in text for text in drawn)
    drawn += [name.text for name in stage.first.find(World).labels.names]
    return {f"{word} of '{text}'" for text in drawn for word in LETTERS.findall(text) if word not in FOREIGN}


def told(stage: Any, pilot: Any, *acts: tuple[str, ...]) -> set[str]:
    """The same after each of these acts."""
    found = set[str]()
    for name, *named in acts:
        getattr(pilot, name)(*named)
        pilot.tick(2)
        found |= foreign(stage)
    return found


def trained(stage: Any, pilot: Any, data: str) -> set[str]:
    """The same while a run on such data comes and goes, and while one of its neurons and samples is looked at."""
    pilot.press("dataset", data)
    found = told(stage, pilot, ("press", "start"))
    pilot.until("training", within="60s")
    found |= told(stage, pilot, ("run", "50ms"))
    pilot.until("complete", within="60s")
    found |= told(stage, pilot, ("run", "300ms"), ("neuron", "1", "1"), ("press", "silence"), ("neuron", "0", "1"))
    found |= told(stage, pilot, ("press", "silence"), ("neuron", "3", "1"), ("neuron", "1", "2", "1"))
    found |= told(stage, pilot, ("neuron", "none"), ("walk", "3"), ("walk", "3", "2"), ("walk", "3", "4"))
    found |= told(stage, pilot, *(("walk", "3", str(step)) for step in range(5, 9)), ("walk", "none"))
    return found | told(stage, pilot, ("key", ","), ("press", "stop"))


@pytest.mark.parametrize("data", ["spiral", "digits", "colours", "animals"])
def test_of_a_run_and_the_cards_of_its_neurons_and_samples(board: tuple[Any, Any], data: str) -> None:
    stage, pilot = board
    assert not trained(stage, pilot, data)


def test_of_the_settings_of_a_run_that_learns_nothing_and_of_the_help(board: tuple[Any, Any]) -> None:
    stage, pilot = board
    assert not told(stage, pilot, *(("press", "settings", tab) for tab in ("network", "data", "run")))
    assert not told(stage, pilot, ("press", "dataset", "curve"), ("press", "start"), ("run", "1s"), ("press", "stop"))
    assert not told(stage, pilot, ("press", "dataset", "spiral"), ("size", "390x844"), ("size", "1920x1080"))
    assert not told(stage, pilot, ("key", "f1"))
    assert all(NOBODYS in binding.what for binding in stage.first.find(Keymap).table)
    pilot.key("escape")


def test_of_what_keys_have_changed_and_of_what_is_typed(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, pilot = board
    toast = stage.context.toast
    stage.context.clipboard.put("no line of any run")  # whatever a test before has copied
    for key in [*"llkkvvmmppoo", "ctrl+v", "ctrl+c", "ctrl+o"]:
        toast.clear()
        pilot.key(key)
        assert toast.text.startswith(NOBODYS), (key, toast.text)
    while not stage.first.control("learning_rate")["focused"]:
        pilot.key("tab")
    for typed in ("7", "0.0255"):
        toast.clear()
        for key in (*typed, "enter"):
            stage.app.handle(Key(key))
        assert NOBODYS in toast.text, toast.text
    (tmp_path / "y").write_text(TABLE, encoding="utf-8")
    stage.app.handle(Drop(tmp_path / "y"))
    assert not told(stage, pilot, ("run", "100ms"), ("press", "start"))
    stage.app.handle(Drop(tmp_path / "y"))
    assert not told(stage, pilot, ("run", "100ms"))
    pilot.until("complete", within="60s")
    assert not told(stage, pilot, ("run", "100ms"), ("press", "mix_ups"), ("press", "stop"))


def test_of_what_went_wrong(board: tuple[Any, Any]) -> None:
    stage, pilot = board
    pilot.press("dataset", "spiral")
    pilot.server("refused")
    assert not told(stage, pilot, ("press", "start"), ("run", "500ms"))
    pilot.until("error", within="60s")
    assert not told(stage, pilot, ("run", "400ms"))
    pilot.server("healthy")
    stage.controller.fail(RunError.unexpected(ZeroDivisionError()))
    assert not told(stage, pilot, ("run", "400ms"), ("press", "stop"))
    scene = FailureScene(
        stage.context.fonts, stage.appearance.theme, (1280, 720), 1.0, code="ZeroDivisionError", close=lambda: None
    )
    stage.app.scenes.push(scene)
    assert not foreign(stage)
    stage.app.scenes.pop()


def test_of_the_staffs_panel(board: tuple[Any, Any], tmp_path: Path) -> None:
    stage, _ = board
    attract: Any = mock.Mock(away=True)
    exhibit = Exhibit(KioskFile(values={"pin": "1"}), stage, attract, tmp_path)
    exhibit._staff()
    assert not foreign(stage)
    for key in ("2", "return", "1", "return"):
        stage.app.handle(Key(key))
        assert not foreign(stage)
    assert stage.app.scenes.top.open
    exhibit._close_staff()
    stage.app.guard = None


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_staffs_panel_and_the_failure_stand_whole_in_every_language(
    board: tuple[Any, Any], tmp_path: Path, code: str
) -> None:
    stage, _ = board
    stage.appearance.choose(language=code)
    attract: Any = mock.Mock(away=True)
    exhibit = Exhibit(KioskFile(values={"pin": "1"}), stage, attract, tmp_path)
    exhibit._staff()
    panel = stage.app.scenes.top
    assert whole(panel, "staff")
    for key in ("2", "return", "1", "return"):
        stage.app.handle(Key(key))
        assert whole(panel, "staff")
    exhibit._close_staff()
    stage.app.guard = None
    fonts, theme = stage.context.fonts, stage.appearance.theme
    assert whole(FailureScene(fonts, theme, (1280, 720), 1.0, code="E", close=lambda: None), "broken")


def whole(scene: Any, name: str) -> bool:
    """Whether the words of a panel are neither cut nor beyond its edges, nor over each other."""
    scene.picture(now=0.0, blend=1.0)
    overlay = scene._overlay if hasattr(scene, "_overlay") else scene.overlay
    panel = overlay._panels[name]
    x, _, wide, _ = panel.bounds
    found = []
    for text in (item for item in panel.items if isinstance(item, Text)):
        across = overlay.fonts.width(text.text, text.face, text.size)
        left = text.at[0] - {"left": 0.0, "middle": across / 2, "right": across}[text.align]
        assert x <= left and left + across <= x + wide and "…" not in text.text, text.text
        found.append((text.at[1], left, left + across))
    apart = [a for a, b in combinations(found, 2) if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]]
    assert not apart
    return bool(found)


class Failing:
    """A transport that answers, or raises, what it is given."""

    def __init__(self, answer: Exception | Reply) -> None:
        self._answer = answer

    def post(self, *_: object, **__: object) -> Reply:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def close(self) -> None:
        """Nothing is held."""


def refused(answer: Exception | Reply, *, embedded: bool) -> RunError:
    source = HttpSource("http://somewhere:1", transport=Failing(answer), waits=(), embedded=embedded)
    with pytest.raises(RunError) as raised:
        source.run(Parameters(), Cancellation(), lambda _: None)
    return raised.value


@pytest.mark.parametrize("embedded", [False, True])
@pytest.mark.parametrize(
    "answer",
    [
        *(Broken(), Broken(reached=True), Overdue(), Foreign()),
        *(Reply(status, "application/json", b"{}", 0.0) for status in (200, 302, 429, 500)),
    ],
    ids=str,
)
def test_the_table_says_of_a_failure_what_it_says_itself(answer: Exception | Reply, *, embedded: bool) -> None:
    why = refused(answer, embedded=embedded)
    assert say(f"error.{why.kind}", **why.facts) == why.sentence
    assert not why.way_on or say(f"way_on.{why.way_on}", **why.facts) == why.hint


@pytest.mark.parametrize("error", [FileNotFoundError(2, "no"), IsADirectoryError(21, "no"), PermissionError(13, "no")])
def test_and_of_a_file_that_cannot_be_read(error: OSError, tmp_path: Path) -> None:
    for why in (unreadable(tmp_path / "run", error), RunError.unexpected(ValueError())):
        assert say(f"error.{why.kind}", **why.facts) == why.sentence
        assert say(f"way_on.{why.way_on}", **why.facts) == why.hint
