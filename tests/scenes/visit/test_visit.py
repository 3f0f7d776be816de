"""A visitor's minute: three choices, a network that learns, and an answer to what is drawn, pressed or chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from engine.input import Move, Press, Release
from scenes.kit import words as words_module
from scenes.kit.words import ENGLISH, LANGUAGES
from scenes.visit.layout import arrange
from scenes.visit.scene import visit
from scenes.visit.steps import CHOICES, EPOCHS, INTERVAL, SETTLES, Step
from scenes.world.world import World

SIZES = [
    *((1280, 720), (1920, 1080), (1080, 1920), (390, 844), (1024, 768), (3840, 2160)),
    *((800, 600), (768, 1024), (1366, 768), (2560, 1080), (1280, 800), (2160, 3840)),
]
SEVEN = [(0.28, 0.12), (0.7, 0.12), (0.5, 0.5), (0.42, 0.9)]  # as a hand writes it, from 0 to 1 of the square


@pytest.fixture
def visited(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Any, Any, Any]]:
    with rehearsed(tmp_path) as (stage, pilot):
        scene = visit(stage.context, stage.app.scenes)
        stage.app.scenes.push(scene)
        pilot.run("500ms")
        yield stage, pilot, scene


def step(scene: Any) -> str:
    told: str = scene.entries()["visit"]()["step"]
    return told


def texts(stage: Any) -> list[str]:
    stage.app.draw()
    return [text["text"] for text in stage.app.scenes.top.entries()["texts"]()]


def led(pilot: Any, scene: Any, data: str, rate: str = "2") -> None:
    """Through all choices, to where it is the visitor's turn."""
    pilot.press("choice", data)
    pilot.press("choice", rate)
    pilot.press("choice", "2")
    assert step(scene) == "learning"
    pilot.until("complete", within="60s")
    pilot.run(f"{SETTLES + 0.5}s")
    assert step(scene) == "own"


def pad(scene: Any) -> tuple[int, int, int, int]:
    place: tuple[int, int, int, int] = scene.entries()["panels"]()["pad"]
    return place


def test_three_touches_lead_to_learning_that_is_seen_within_five_seconds(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    assert step(scene) == "data" and "What shall it learn?" in texts(stage)
    pilot.press("choice", "1")
    assert step(scene) == "rate" and stage.controller.chosen.dataset == "digits"
    pilot.press("choice", "2")
    assert step(scene) == "start" and stage.controller.chosen.learning_rate == 0.1
    pilot.press("choice", "2")
    pilot.run("2s")
    assert stage.controller.now.epoch > 0 and "It learns: watch the balls." in texts(stage)
    assert EPOCHS * INTERVAL / 1000 + SETTLES < 30, "the whole stays far below a minute and a half"


def test_a_digit_that_is_drawn_is_answered_and_the_neurons_that_spoke_glow(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    led(pilot, scene, "1")
    assert "Draw here: 0 to 9" in texts(stage) and scene.entries()["answer"]() is None
    left, top, wide, high = pad(scene)
    points = [(left + x * wide, top + y * high) for x, y in SEVEN]
    pilot.act(Press(points[0]))
    for point in points[1:]:
        pilot.act(Move(point, held=True))
        pilot.tick()
    pilot.act(Release(points[-1]))
    pilot.run("500ms")
    assert scene.entries()["answer"]() == "7"
    walk = scene.find(World).walk
    assert walk.told and walk.step.layer == len(walk.told.network.shape) - 1
    share = 100 * float(walk.told.sent.outputs[-1][7, 0])
    assert {"7", f"{share:.1f}%", "Yours"} <= set(texts(stage))


@pytest.mark.parametrize(("data", "light", "dark"), [("2", "black text", "white text")])
def test_a_colour_of_ones_own_is_answered(visited: tuple[Any, Any, Any], data: str, light: str, dark: str) -> None:
    stage, pilot, scene = visited
    led(pilot, scene, data)
    left, top, wide, high = pad(scene)
    for share, answer in ((0.04, light), (0.96, dark)):
        pilot.click(str(left + wide // 2), str(int(top + share * high)))
        assert scene.entries()["answer"]() == answer and answer in texts(stage)
    assert "Text" in texts(stage)


def test_a_point_of_ones_own_is_answered_as_the_map_says(visited: tuple[Any, Any, Any]) -> None:
    _, pilot, scene = visited
    led(pilot, scene, "3")
    left, top, wide, high = pad(scene)
    pilot.click(str(left + wide // 3), str(top + high // 4))
    walk = scene.find(World).walk
    assert walk.own is not None and scene.entries()["answer"]() in ("A", "B")
    assert np.allclose(walk.own, ((2 / 3 - 1) * 6.4, (1 - 0.5) * 6.4), atol=0.1)


def test_back_goes_one_step_back_and_gives_a_run_up(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    pilot.press("choice", "3")
    pilot.press("choice", "3")
    pilot.press("back")
    assert step(scene) == "rate"
    pilot.press("choice", "1")
    pilot.press("choice", "2")
    pilot.run("2s")
    pilot.press("back")
    assert step(scene) == "start" and stage.controller.now.run is None
    pilot.press("back")
    pilot.press("back")
    assert step(scene) == "data" and not scene.control("back")["visible"]


def test_once_more_and_the_next_visitor_begin_at_the_first_question(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    led(pilot, scene, "3")
    pilot.press("choice", "2")
    assert step(scene) == "data" and stage.controller.now.run is None
    pilot.press("choice", "1")
    scene.begin_anew()
    assert step(scene) == "data" and scene.entries()["visit"]() == {"step": "data", "data": "", "rate": ""}


def test_a_run_that_does_not_come_leads_back_to_start(visited: tuple[Any, Any, Any]) -> None:
    _, pilot, scene = visited
    pilot.server("refused")
    pilot.press("choice", "1")
    pilot.press("choice", "2")
    pilot.press("choice", "2")
    pilot.until("error", within="60s")
    pilot.run("100ms")
    assert step(scene) == "start"
    pilot.server("healthy")
    pilot.press("choice", "2")
    pilot.until("training", within="30s")
    assert step(scene) == "learning"


def speech(language: str, longer: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of that language; of `longer`, English with every word 40 percent longer, that of English."""
    if language != "longer":
        return language
    monkeypatch.setattr(words_module, "LANGUAGES", {**LANGUAGES, "en": longer})
    return "en"


@pytest.mark.parametrize("language", ["longer", *LANGUAGES])
def test_every_word_fits_and_every_button_is_large(
    visited: tuple[Any, Any, Any], language: str, longer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, pilot, scene = visited
    stage.appearance.choose(language=speech(language, longer, monkeypatch))
    for action in (None, "1", "2", "2", "own"):
        if action == "own":
            pilot.until("complete", within="60s")
            pilot.run(f"{SETTLES + 0.5}s")
        elif action:
            pilot.press("choice", action)
        for size in SIZES if language == "longer" else (SIZES[0], SIZES[2], SIZES[3]):
            pilot.size(f"{size[0]}x{size[1]}")
            pilot.run("100ms")
            page = scene.page
            for name, place in page.slots.items():
                assert min(place.w, place.h) >= page.px(44), name
                assert place.x >= 0 and place.right <= size[0] and place.y >= 0 and place.bottom <= size[1]
            scene.drawing()
            told = scene.entries()
            panels = told["panels"]()
            for text in told["texts"]():
                left, top, wide, high = text["rect"]
                x, y, across, down = panels[text["panel"]]
                assert x <= left and left + wide <= x + across and y <= top and top + high <= y + down, (size, text)
                assert "…" not in text["text"], (size, text)
        pilot.size("1280x720")
    stage.appearance.choose(language="en")


def test_the_language_is_chosen_where_a_child_reaches_and_all_words_change(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    for code, table in LANGUAGES.items():
        pilot.press("language", code)
        assert scene.entries()["language"]() == code
        assert {table["visit.data"], table["visit.digits"], table["field.output"]} <= set(seen(stage, scene))
    assert "Türkçe" in texts(stage)


def seen(stage: Any, scene: Any) -> list[str]:
    """What stands over the field and in it."""
    return [*texts(stage), *(name.text for name in scene.find(World).labels.names)]


def test_all_words_are_in_the_table() -> None:
    for choices in CHOICES.values():
        for choice in choices:
            assert f"visit.{choice.name}" in ENGLISH and f"visit.{choice.name}.means" in ENGLISH
    assert {f"visit.own.{choice.name}" for choice in CHOICES[Step.DATA]} <= set(ENGLISH)


def test_the_layout_never_scrolls() -> None:
    for size in SIZES:
        page = arrange(size, 1.0, 500, ())
        assert page.height == size[1]


def test_the_operators_picture_or_line_stands_beside_the_question_where_there_is_room(
    visited: tuple[Any, Any, Any],
) -> None:
    stage, pilot, scene = visited
    assert "brand" not in [text["panel"] for text in scene.entries()["texts"]()]
    stage.context.title = "House of Learning"
    pilot.run("100ms")
    assert "House of Learning" in texts(stage)
    pilot.size("390x844")
    assert "House of Learning" not in texts(stage)
    pilot.size("1280x720")
    logo = pygame.Surface((40, 10), pygame.SRCALPHA)
    logo.fill((250, 120, 10, 255))
    stage.context.logo = logo
    pilot.run("100ms")
    assert "House of Learning" not in texts(stage)
    place = scene.page.slots["brand"]
    x, y = place.right - 10, round(place.middle[1])
    assert scene.overlay.surface.get_at((x, y))[:3] == (250, 120, 10)


def test_whoever_is_there_can_mute_it_and_the_next_one_hears_it_again(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    hearing = stage.context.hearing
    assert not scene.control("mute")["visible"], "where nothing sounds there is nothing to mute"
    hearing.sounds = True
    pilot.run("100ms")
    for size in SIZES:
        pilot.size(f"{size[0]}x{size[1]}")
        slots = scene.page.slots
        assert slots["language"].right < slots["mute"].x and slots["mute"].right <= size[0], size
    pilot.press("mute")
    assert not hearing.on and scene.entries()["muted"]()
    stage.begin_anew()
    assert hearing.on


def test_what_is_asked_can_be_spoken_with_all_answers(visited: tuple[Any, Any, Any]) -> None:
    stage, pilot, scene = visited
    asked = scene.entries()["asked"]
    assert asked()[0] == "What shall it learn?" and asked()[-3:] == ["Digits", "Colours", "A spiral"]
    stage.appearance.choose(language="de")
    assert asked()[0] == "Was soll es lernen?" and "Farben" in asked()
    stage.appearance.choose(language="en")
    led(pilot, scene, "1")
    assert asked()[-1] == "Once more"
