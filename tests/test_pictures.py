"""States in three themes, a run on nine windows and other views look as they did; scripts draw the same bytes twice.

A picture that is meant to change: look at it in the report, then accept it (CONTRIBUTING.md).
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from engine.comparison import alike, digest, load, tile_difference
from engine.resources import ASSETS
from engine.window import Window
from scenes.checking.check import PictureOptions, ServerFor, Sheet, check, rehearse

GOLDEN = Path(__file__).parent / "golden"
SCRIPTS = ASSETS / "scripts"
STATES, OWN = SCRIPTS / "states.script", Path(__file__).parent / "scripts"
HD = (1280, 720)
SETS = {  # what is played, where its goldens lie, and with which options
    "dark": (STATES, GOLDEN, PictureOptions(HD)),
    "light": (STATES, GOLDEN / "light", PictureOptions(HD, theme="light")),
    "contrast": (STATES, GOLDEN / "contrast", PictureOptions(HD, theme="contrast")),
    "sizes": (OWN / "sizes.script", GOLDEN, PictureOptions(HD)),
    "views": (OWN / "views.script", GOLDEN, PictureOptions(HD)),
    "help": (OWN / "help.script", GOLDEN, PictureOptions(HD)),
    "compare": (OWN / "compare.script", GOLDEN, PictureOptions(HD)),
}
SHOTS = [
    (name, path.stem)
    for name, (script, golden, _) in SETS.items()
    for path in sorted((golden / script.stem).glob("*.png"))
]


@pytest.fixture(scope="module")
def sheet(window: Window, script_server: ServerFor) -> Callable[[str], Sheet]:
    """A set, played and compared when it is asked for first."""

    @cache
    def of(name: str) -> Sheet:
        script, golden, options = SETS[name]
        return check(script, golden=golden, server=script_server, window=window, options=options)

    return of


@pytest.mark.parametrize(("name", "shot"), SHOTS)
def test_a_shot_looks_as_it_did(sheet: Callable[[str], Sheet], name: str, shot: str) -> None:
    problems = {verdict.name: verdict.problems for verdict in sheet(name).verdicts}
    assert problems[shot] == ()


@pytest.mark.parametrize("name", SETS)
def test_every_golden_belongs_to_a_shot(sheet: Callable[[str], Sheet], name: str) -> None:
    assert sheet(name).lines == []
    assert sorted(verdict.name for verdict in sheet(name).verdicts) == sorted(shot for of, shot in SHOTS if of == name)


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.script")), ids=lambda path: path.name)
def test_two_runs_of_a_script_write_the_same_bytes(
    script: Path, tmp_path: Path, window: Window, script_server: ServerFor, no_leaks: None
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for out in (one, other):
        rehearse(script, out=out, server=script_server, window=window, options=PictureOptions((640, 400)))
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir()) and len(names) >= 8
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_the_gates_tell_a_lost_dot_from_a_faint_change() -> None:
    picture = np.random.default_rng(1).integers(0, 200, (90, 130, 3)).astype(np.uint8)
    faint, dot = picture.copy(), picture.copy()
    faint[::7, ::5] += 1
    dot[40:48, 60:68] = 255
    assert digest(faint) != digest(picture) and alike(faint, picture)
    assert not alike(dot, picture)
    assert tile_difference(picture, picture, 16) == 0.0


def test_pictures_of_different_sizes_are_an_error_by_name() -> None:
    with pytest.raises(ValueError, match="130x90 and 131x90"):
        tile_difference(np.zeros((90, 130, 3), np.uint8), np.zeros((90, 131, 3), np.uint8), 16)


def test_what_is_no_picture_is_an_error_by_name(tmp_path: Path) -> None:
    (tmp_path / "cut.png").write_bytes(b"\x89PNG")
    with pytest.raises(ValueError, match=r"cut\.png"):
        load(tmp_path / "cut.png")
