"""The lessons hold line by line: what each shot is to make plain is expected in the script itself."""

from pathlib import Path
from typing import Any

import pytest

from engine.clock import TICKS_PER_SECOND
from engine.resources import ASSETS
from engine.scripting.script import play
from scenes.scripting.checks import CHECKS
from scenes.scripting.play import found
from scenes.scripting.verbs import VERBS

LESSONS = sorted((ASSETS / "scripts" / "lessons").glob("*.script"))
LONGEST = 4 * 60  # seconds


def test_there_are_eight_found_by_name() -> None:
    assert [script.name[0] for script in LESSONS] == list("12345678")
    assert found(Path("lessons") / LESSONS[0].name) == LESSONS[0]


@pytest.mark.parametrize("script", LESSONS, ids=lambda script: script.stem)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_lesson_holds_and_is_short(rehearsed: Any, tmp_path: Path, script: Path, theme: str) -> None:
    with rehearsed(tmp_path, theme=theme, size=(640, 360)) as (stage, pilot):
        play(script, {**VERBS, "size": lambda pilot, size: None}, pilot.pilot, checks=CHECKS)
        assert stage.app.clock.count < LONGEST * TICKS_PER_SECOND
    assert script.read_text().splitlines()[-1].startswith("shot ")
    assert len(list(tmp_path.glob("*.png"))) >= 2
