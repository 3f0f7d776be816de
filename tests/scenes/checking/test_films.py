"""A check complains of a script's films in the words of `play`, and writes none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.films import video
from engine.films.encoder import FilmError
from engine.scripting.script import ScriptError, play
from scenes.scripting.verbs import VERBS

if TYPE_CHECKING:
    from conftest import Check

SCRIPT = Path("own.script")  # of the folder in which `check` runs


def played(tmp_path: Path, rehearsed: Callable[..., Any]) -> str:
    """What `play` says of the script."""
    with rehearsed(tmp_path / "out", size=(320, 200)) as (_, pilot):
        with pytest.raises((ScriptError, FilmError)) as why, pilot.films.rolling():
            play(SCRIPT, VERBS, pilot.pilot)
        return str(why.value)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("film x.avi", "own.script:1: film: 'x.avi' is no film that can be written: use .mp4, .webp, .gif"),
        ("film x/ fps=7", "own.script:1: film: '7' frames a second do not fall on the ticks: use 10, 12"),
        ("film x/\nfilm x/", "own.script:2: film: there is a film 'x/' already: each needs a name of its own"),
        ("film x/ until end", "own.script:1: film: 'until end' is not 'from MARK', 'to MARK' or both"),
        ("film x/ from end", "x waits for the mark 'end', which never came"),
        ("film x/ to end\nmark other", "x waits for the mark 'end', which never came"),
        ("mark end\nfilm x/ from end", "x waits for the mark 'end', which never came"),
        ("film x/ to end\nmark end",
         "own.script:2: mark: x is over before its first frame: let more time pass between its marks"),
        ("film x/\nrun 2ticks\nsize 640x400\nrun 2ticks",
         "A film keeps its size: x began as 320x200 and would go on as 640x400"),
    ],
)  # fmt: skip
def test_what_play_refuses_a_check_refuses_in_the_same_words(
    check: Check, rehearsed: Callable[..., Any], tmp_path: Path, lines: str, told: str
) -> None:
    SCRIPT.write_text(f"{lines}\nshot one\nrun 20ticks\n")
    code, said = check()
    assert (code, said) == (1, ["own.script: nothing was compared", f"  {played(tmp_path, rehearsed)}"])
    assert said[1].startswith(f"  {told}")


def test_films_that_play_would_write_pass_without_a_frame_or_a_program(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise FilmError("there is no ffmpeg")

    monkeypatch.setattr(video, "program", missing)
    films = "film a to end\nfilm b.webp to end\nfilm c.GIF to end fps=10\nfilm d/ from one to end\n"
    SCRIPT.write_text(f"{films}mark one\n{SCRIPT.read_text()}mark end\nsize 640x400\nrun 1ticks\n")
    assert check("--accept", "all")[0] == 1
    assert check() == (0, ["own.script: 2 shots as the goldens (the same bytes)"])
    assert sorted(path.name for path in Path().iterdir()) == ["golden", "own.script"]
