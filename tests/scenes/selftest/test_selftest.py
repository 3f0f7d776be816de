"""A self-test: what a program can judge it judges, what it cannot it asks; the panels say how each stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engine.input import Key, Move, Pinch, Press, Release, Resize
from scenes.kit.words import LANGUAGES
from scenes.selftest.findings import ASKED_KEYS, BEGINNING, COUNTED, NAMES, Findings, Verdict
from scenes.selftest.scene import selftest
from scenes.selftest.start import words

SIZES = [(1280, 720), (1920, 1080), (1080, 1920), (390, 844), (800, 480)]


class Played:
    """What a test has for a sound device."""

    def __init__(self) -> None:
        self.tones: list[tuple[float, float]] = []

    def play(self, hertz: float, seconds: float) -> None:
        self.tones.append((hertz, seconds))


@pytest.fixture
def tested(rehearsed: Any, tmp_path: Path) -> Iterator[tuple[Any, Any, Findings, Played]]:
    found, played, ended = Findings(), Played(), list[str]()
    opening = partial(selftest, found=found, sound=played, end=lambda: ended.append("end"))
    with rehearsed(tmp_path, opening=opening) as (stage, pilot):
        stage.ended = ended
        yield stage, pilot, found, played


def texts(stage: Any) -> list[str]:
    stage.app.draw()
    return [text["text"] for text in stage.app.scenes.top.entries()["texts"]()]


def verdicts(stage: Any) -> dict[str, str]:
    told: dict[str, str] = stage.app.scenes.top.entries()["selftest"]()
    return told


def touch_all(stage: Any, size: tuple[int, int], grid: tuple[int, int]) -> None:
    for column in range(grid[0]):
        for row in range(grid[1]):
            at = ((column + 0.5) * size[0] / grid[0], (row + 0.5) * size[1] / grid[1])
            stage.app.handle(Press(at))
            stage.app.handle(Release(at))


def test_all_of_it_is_in_order_once_everything_was_tried(tested: tuple[Any, Any, Findings, Played]) -> None:
    stage, pilot, found, played = tested
    assert set(verdicts(stage)) == set(NAMES) and set(verdicts(stage).values()) == {"open"}
    touch_all(stage, (1280, 720), (5, 3))
    assert verdicts(stage)["touch"] == "right" and len(found.parts) == 15
    found.answers.clear()  # a touch of every part may have reached a button
    for key in ASKED_KEYS[:4]:
        stage.app.handle(Key(key))
    assert verdicts(stage)["keys"] == "open"
    stage.app.handle(Key("space"))
    pilot.press("sound", "play")
    assert played.tones
    for name in ("colours", "tearing", "sound"):
        pilot.press(name, "yes")
    for _ in range(BEGINNING + COUNTED):
        found.framed(1 / 60)
    stage.controller.set_parameters(epochs=3)
    stage.controller.start()
    pilot.until("complete", within="60s")
    assert set(verdicts(stage).values()) == {"right"} and "All is as it should be." in texts(stage)
    assert "60" in texts(stage) and found.told()["training"].startswith("3 of 3 epochs")
    assert json.loads(words(found, as_json=True))["touch"] == {"verdict": "right", "seen": found.told()["touch"]}
    assert len(words(found, as_json=False).splitlines()) == len(NAMES)


def test_what_is_amiss_is_told(tested: tuple[Any, Any, Findings, Played]) -> None:
    stage, pilot, found, _ = tested
    pilot.press("tearing", "no")
    found.silence = "There is no sound: no device"
    found.answers["sound"] = True  # nobody hears a device that there is not
    for _ in range(BEGINNING + COUNTED):
        found.framed(1 / 30)
    assert {name for name, told in verdicts(stage).items() if told == "wrong"} == {"tearing", "sound", "frames"}
    shown = texts(stage)
    assert "There is no sound: no device" in shown and "95 of 100 within 33.3 ms" in shown
    for name in set(NAMES) - {"tearing", "sound", "frames"}:
        assert verdicts(stage)[name] == "open"


def test_a_server_that_does_not_train_is_told_in_its_own_sentence(tested: tuple[Any, Any, Findings, Played]) -> None:
    stage, pilot, found, _ = tested
    pilot.server("refused")
    stage.controller.start()
    pilot.until("error", within="60s")
    assert verdicts(stage)["training"] == "wrong" and found.error and found.told()["training"] == found.error


def test_frames_are_judged_by_the_slowest_five_of_a_hundred() -> None:
    found = Findings()
    for k in range(BEGINNING + COUNTED):
        found.framed(0.5 if k < BEGINNING or k % 25 == 0 else 0.016)  # four of a hundred are late
    assert found.verdicts()["frames"] is Verdict.RIGHT
    for _ in range(5):
        found.framed(0.5)
    assert found.verdicts()["frames"] is Verdict.WRONG


def test_an_upright_screen_has_its_parts_the_other_way_round(tested: tuple[Any, Any, Findings, Played]) -> None:
    stage, _, found, _ = tested
    stage.app.handle(Press((10, 10)))
    stage.app.handle(Resize((720, 1280)))
    touch_all(stage, (720, 1280), (3, 5))
    assert found.grid == (3, 5) and verdicts(stage)["touch"] == "right"
    stage.app.handle(Pinch((300.0, 300.0), 1.1))
    assert found.fingers == 2 and "two fingers" in found.told()["touch"]


def test_fingers_that_wander_touch_what_they_cross_and_nothing_outside(
    tested: tuple[Any, Any, Findings, Played],
) -> None:
    stage, _, found, _ = tested
    stage.app.handle(Move((640, 360), (0, 0), held=False))
    assert not found.parts
    for x in range(0, 1280, 100):
        stage.app.handle(Move((x, 719), (100, 0), held=True))
    stage.app.handle(Move((1290, 725), (0, 0), held=True))
    assert found.parts == {(column, 2) for column in range(5)}


def test_escape_and_the_button_close_it(tested: tuple[Any, Any, Findings, Played]) -> None:
    stage, pilot, _, _ = tested
    stage.app.handle(Key("escape"))
    pilot.press("end")
    assert stage.ended == ["end", "end"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_it_stands_whole_in_every_language(
    tested: tuple[Any, Any, Findings, Played], language: str
) -> None:
    stage, pilot, _, _ = tested
    stage.context.appearance.choose(language=language)
    try:
        for size in SIZES:
            pilot.size(f"{size[0]}x{size[1]}")
            told = texts(stage)
            assert not [text for text in told if "…" in text], (size, told)
            placed = [text for text in stage.app.scenes.top.entries()["texts"]() if text["text"]]
            outside = [t for t in placed if t["rect"][0] < 0 or t["rect"][0] + t["rect"][2] > size[0]]
            assert not outside
    finally:
        stage.context.appearance.choose(language="en")
