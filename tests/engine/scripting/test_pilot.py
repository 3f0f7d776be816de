"""The pilot does what a hand would do, tick by tick, and says why it cannot."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.input import Event, Key, Move, Point, Press, Release, Resize, Scroll
from engine.scene import Scene
from engine.scripting.hand import DRAG
from engine.scripting.verbs import VERBS
from engine.scripting.words import VerbError, ticks

CONTROLS = {"start": {"enabled": True}, "reset": {"enabled": False}, "rate": {"enabled": True}}


class Canvas:
    """A picture that is red above and blue below."""

    size = (800, 600)

    def resize(self, size: tuple[int, int]) -> None:
        self.size = size

    def draw(self, *_: object) -> None: ...

    def pixels(self) -> np.ndarray:
        rows = np.zeros((4, 6, 3), dtype=np.uint8)
        rows[:2, :, 0] = rows[2:, :, 2] = 255
        return rows


class Noted(Scene):
    """Keeps its events, each with the tick at which it came."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, Event]] = []
        self.ticks = 0

    def handle(self, event: Event) -> bool:
        self.heard.append((self.ticks, event))
        return True

    def tick(self, dt: float) -> None:
        self.ticks += 1

    def picture(self, *, now: float, blend: float) -> Any: ...


@pytest.fixture
def scene() -> Noted:
    """A scene that writes down what happens to it."""
    return Noted()


@pytest.fixture
def pilot(scene: Noted, piloted: Any, tmp_path: Path) -> Any:
    """A pilot of an app with three controls; its status is the number of ticks."""
    places: dict[tuple[str, str | None], Point] = {("start", None): (5.0, 6.0), ("rate", None): (10.0, 20.0)}
    places |= {("rate", "9"): (34.0, 20.0)}
    told = {"controls": CONTROLS, "panels": {"chart": {}}}
    out = tmp_path / "shots"
    return piloted(scene, Canvas(), places=places, told=told, status=lambda: str(scene.ticks), out=out)


def test_a_click_moves_presses_and_releases_a_tick_apart(pilot: Any, scene: Noted) -> None:
    pilot.click("start")
    at = (5.0, 6.0)
    assert scene.heard == [(0, Move(at, (6.0, 7.0))), (0, Press(at)), (1, Release(at))]
    assert scene.ticks == 2


def test_a_click_takes_coordinates(pilot: Any, scene: Noted) -> None:
    pilot.click("1.5", "2")
    assert (0, Press((1.5, 2.0))) in scene.heard


@pytest.mark.parametrize("words", [("rate", "9"), ("rate", "24", "0"), ("10", "20", "24", "0")])
def test_a_drag_is_spread_over_ticks_and_held(pilot: Any, scene: Noted, words: tuple[str, ...]) -> None:
    pilot.drag(*words)
    moves = [(tick, event) for tick, event in scene.heard if isinstance(event, Move) and event.held]
    assert [tick for tick, _ in moves] == list(range(ticks(DRAG)))
    assert moves[-1][1].at == (34.0, 20.0)
    assert sum(move.by[0] for _, move in moves) == pytest.approx(24.0)
    assert scene.heard[1][1] == Press((10.0, 20.0))
    assert scene.heard[-1] == (ticks(DRAG), Release((34.0, 20.0)))


def test_the_wheel_turns_at_a_place(pilot: Any, scene: Noted) -> None:
    pilot.scroll("start", "-3")
    pilot.scroll("7", "8", "2")
    assert [e for _, e in scene.heard if isinstance(e, Scroll)] == [Scroll((5.0, 6.0), -3.0), Scroll((7.0, 8.0), 2.0)]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("space", Key("space")),
        ("shift+Tab", Key("tab", shift=True)),
        ("ctrl+shift+a", Key("a", shift=True, ctrl=True)),
        ("+", Key("+")),
    ],
)
def test_keys_are_told_with_their_modifiers(pilot: Any, scene: Noted, name: str, key: Key) -> None:
    pilot.key(name)
    assert scene.heard == [(0, key)]


def test_time_passes_in_ticks_until_the_status_is_reached(pilot: Any, scene: Noted) -> None:
    pilot.run("0.5s")
    pilot.until("45")
    assert scene.ticks == 45
    pilot.until("60", within="15ticks")
    with pytest.raises(VerbError, match="the status is still '120' after 1s, not 'done'"):
        pilot.until("done", within="1s")


def test_a_control_is_pressed_only_where_it_is_and_can_be_used(pilot: Any, scene: Noted) -> None:
    with pytest.raises(VerbError, match="there is no control 'stop'"):
        pilot.press("stop")
    with pytest.raises(VerbError, match="the control 'reset' cannot be used now"):
        pilot.press("reset")
    assert scene.heard == []
    pilot.press("start")
    assert (0, Press((5.0, 6.0))) in scene.heard


@pytest.mark.parametrize(
    ("verb", "words", "why"),
    [
        ("click", ("nowhere",), "there is nothing called 'nowhere'; known are: start, reset, rate, chart, field"),
        ("click", ("rate", "77"), "'rate' has no '77'"),
        ("click", ("12",), "'12' needs a second number: X Y in pixels"),
        ("click", ("12", "y"), "'y' is not a number"),
        ("click", ("9" * 400, "1"), "there is nothing called"),
        ("drag", ("start",), "drag takes a slider and a value"),
        ("scroll", ("start",), "scroll takes a place and a number of steps"),
        ("scroll", ("start", "up"), "'up' is not a number"),
        ("size", ("large",), "'large' is not WIDTHxHEIGHT"),
        ("size", ("63x64",), "at least 64 pixels"),
        ("size", ("16385x64",), "has a side above 16384 pixels"),
        ("size", ("9" * 5000 + "x64",), "is not WIDTHxHEIGHT"),
        ("shot", ("../up",), "is no name for a file"),
        ("shot", ("",), "is no name for a file"),
    ],
)
def test_what_cannot_be_done_is_said(pilot: Any, verb: str, words: tuple[str, ...], why: str) -> None:
    with pytest.raises(VerbError) as caught:
        getattr(pilot, verb)(*words)
    assert why in str(caught.value)


def test_a_size_is_a_resize(pilot: Any, scene: Noted) -> None:
    pilot.size("640x64")
    assert scene.heard == [(0, Resize((640, 64)))]


def test_a_shot_is_a_picture_the_right_way_up_and_its_description(pilot: Any, tmp_path: Path) -> None:
    pilot.shot("first-view_1")
    picture, told = pilot.written
    surface = pygame.image.load(picture)
    assert picture.parent == tmp_path / "shots"
    assert surface.get_size() == (6, 4)
    assert surface.get_at((0, 0))[:3] == (255, 0, 0)
    assert surface.get_at((5, 3))[:3] == (0, 0, 255)
    assert json.loads(told.read_text(encoding="utf-8"))["controls"] == CONTROLS


def test_a_shot_that_cannot_be_written_is_told(pilot: Any, tmp_path: Path) -> None:
    (tmp_path / "shots").write_text("in the way", encoding="utf-8")
    with pytest.raises(VerbError, match="cannot be written"):
        pilot.shot("view")
    assert pilot.written == []


def test_no_verb_follows_the_end_of_the_program(pilot: Any) -> None:
    with pytest.raises(VerbError, match="the program has ended"):
        pilot.key("ctrl+q")


def test_the_verbs_are_those_of_the_table() -> None:
    hand = {"click", "drag", "key", "pinch", "point", "press", "scroll", "type"}
    assert set(VERBS) == hand | {"expect", "film", "mark", "run", "shot", "size", "until", "wait"}


def test_a_film_runs_from_mark_to_mark(pilot: Any) -> None:
    pilot.app.draw = lambda: None
    pilot.app.renderer.size = (6, 4)
    with pilot.films.rolling():
        pilot.film("part/", "from", "a", "to", "b", fps="30")
        for mark in "ab":
            pilot.mark(mark)
            pilot.run("10ticks")
    [folder] = pilot.written
    assert len(list(folder.iterdir())) == 5
    assert pilot.marks == [("a", 0), ("b", 10)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("part/", "from"), "is not 'from MARK'"),
        (("part/", "till", "b"), "is not 'from MARK'"),
        (("part/", "to", "a", "to", "b"), "is not 'from MARK'"),
        (("../part",), "no name for a film"),
        (("part.avi",), "no film that can be written"),
    ],
)
def test_a_film_that_cannot_be_is_refused_at_its_line(pilot: Any, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(VerbError, match=told):
        pilot.film(*words)
