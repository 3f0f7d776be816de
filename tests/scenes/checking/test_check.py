"""`viz.py check`, played for real: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pygame
import pytest

from scenes.checking.golden import FINGERPRINTS

if TYPE_CHECKING:
    from conftest import Check

SCRIPT = Path("own.script")  # of the folder in which `check` runs


def times() -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in Path("golden/own").iterdir()}


def test_what_is_as_it_was_passes_and_writes_nothing(check: Check) -> None:
    before = times()
    assert check() == (0, ["own.script: 2 shots as the goldens (the same bytes)"])
    assert times() == before


def test_a_first_check_fails_and_writes_nothing(check: Check) -> None:
    shutil.rmtree("golden")
    code, lines = check()
    assert (code, lines[0]) == (1, "own.script: 2 of 2 shots failed")
    assert lines[1:] == [f"  {name}: there is no golden {name}.png and no {name}.json" for name in ("one", "two")]
    assert not Path("golden").exists()


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (lambda: os.remove("golden/own/two.png"), "two: there is no golden two.png"),
        (lambda: os.truncate("golden/own/two.png", 100),
         "two: the golden two.png is no picture, or has been cut short"),
        (lambda: pygame.image.save(pygame.Surface((9, 9)), "golden/own/two.png"),
         "two: the golden is 9x9, the shot 320x200: the sizes must be equal"),
        (lambda: Path("golden/own/old.png").touch(), "old.png belongs to no shot of own.script: delete it"),
    ],
)  # fmt: skip
def test_a_spoiled_folder_fails_with_one_line_and_stays_as_it_is(
    check: Check, harm: Callable[[], object], line: str
) -> None:
    harm()
    before = times()
    code, lines = check()
    assert (code, lines[1:]) == (1, [f"  {line}"])
    assert times() == before


def test_accept_touches_only_what_failed_and_still_fails(check: Check) -> None:
    pygame.image.save(pygame.Surface((320, 200)), "golden/own/two.png")
    before = times()
    code, lines = check("--accept", "one", "two")
    assert (code, lines[-1]) == (1, "  two: accepted: look at it, then check again")
    assert {name for name, time in times().items() if time != before[name]} == {"two.png"}
    assert check()[0] == 0


def test_a_golden_that_cannot_be_written_is_a_line_and_the_verdicts_stay(check: Check) -> None:
    shutil.rmtree("golden")
    Path("golden").touch()
    shutil.copy("own.script", "other.script")
    code, lines = check("other.script", "--accept", "one")
    line = "  one is not accepted: golden/own cannot be written (Not a directory)"
    assert (code, lines[:2], len(lines)) == (1, ["own.script: 2 of 2 shots failed", line], 8)
    assert lines[-1] == "  two: there is no golden two.png and no two.json"


def test_accept_leaves_what_was_not_named(check: Check) -> None:
    for name in ("one", "two"):
        pygame.image.save(pygame.Surface((320, 200)), f"golden/own/{name}.png")
    before = times()
    check("--accept", "one")
    assert {name for name, time in times().items() if time != before[name]} == {"one.png"}
    assert check()[1][0] == "own.script: 1 of 2 shots failed"


def test_a_golden_of_another_driver_is_replaced_only_by_force(check: Check) -> None:
    elsewhere = Path("golden/own", FINGERPRINTS).read_text().replace('"renderer": "', '"renderer": "another ')
    Path("golden/own", FINGERPRINTS).write_text(elsewhere)
    pygame.image.save(pygame.Surface((320, 200)), "golden/own/two.png")
    code, lines = check("--accept", "all")
    assert code == 1
    assert lines[-1].startswith("two is not accepted: its golden was drawn with renderer another")
    code, lines = check("--accept", "all", "--force")
    assert lines[-1] == "  one: accepted, though it passed"
    assert "another" not in Path("golden/own", FINGERPRINTS).read_text()
    assert check()[0] == 0


def test_a_change_is_told_in_words_first(check: Check) -> None:
    SCRIPT.write_text(SCRIPT.read_text().replace("run", "press batch_size 64\nrun"))
    code, lines = check()
    assert (code, lines[0]) == (1, "own.script: 1 of 2 shots failed")
    assert lines[1] == "  two: parameters batch size: 32 -> 64"
    assert lines.index("  two: the text layer has changed") < len(lines) - 1


@pytest.mark.parametrize("name", ["fingerprints", "Fingerprints"])
def test_a_shot_that_would_overwrite_the_fingerprints_is_never_a_golden(check: Check, name: str) -> None:
    SCRIPT.write_text(f"{SCRIPT.read_text()}shot {name}\n")
    before = times()
    for words in ([], ["--accept", "all", "--report", "report.html"], ["--accept", name]):
        code, lines = check(*words)
        told = f"  {name}: its JSON would be fingerprints.json, which says what drew each golden: "
        assert (code, lines[:2]) == (
            1,
            ["own.script: 1 of 3 shots failed", f"{told}give the shot another name"],
        )
        assert times() == before
    assert f"--accept {name}" not in Path("report.html").read_text()


def test_a_script_that_cannot_be_played_is_a_line(check: Check) -> None:
    SCRIPT.write_text("shot one\nuntil training within=1s\n")
    code, lines = check()
    assert (code, lines[0]) == (1, "own.script: nothing was compared")
    assert lines[1].startswith("  own.script:2: until: the status is still 'idle'")


def test_a_script_without_shots_is_no_check(check: Check) -> None:
    SCRIPT.write_text("run 1ticks\n")
    code, lines = check()
    assert code == 1 and "  own.script takes no shot: there is nothing to compare" in lines


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--accept", "tow"], "no shot 'tow' to accept, did you mean 'two'"),
        (["--force"], "--force goes with --accept"),
        (["--golden", "own.script"], "is no folder"),
        (["--report", "own.script"], "must be a name that ends in"),
        (["own.txt", "--report", "report.html"], "would share the goldens in golden/own"),
    ],
)
def test_wrong_words_are_refused(check: Check, words: list[str], told: str) -> None:
    Path("own.txt").write_text("shot three\n")
    before = SCRIPT.read_bytes(), times()
    with pytest.raises(ValueError, match=told):
        check(*words)
    assert (SCRIPT.read_bytes(), times()) == before


def test_a_report_takes_the_place_of_the_one_before(check: Check) -> None:
    Path("report.html").touch()
    assert check("--report", "report.html") == check("--report", "report.html") and list(Path().glob(".*")) == []


def test_a_report_that_cannot_be_written_leaves_the_verdicts(check: Check, full_disk: Any) -> None:
    with full_disk(max(path.stat().st_size for path in Path("golden/own").iterdir())):
        code, lines = check("--report", "report.html")
    assert (code, lines) == (1, [
        "own.script: 2 shots as the goldens (the same bytes)",
        "The report report.html cannot be written (File too large).",
    ])  # fmt: skip
    assert [path.name for path in Path().iterdir() if "report" in path.name or path.name.startswith(".")] == []


def test_the_report_is_written_and_its_command_accepts(check: Check) -> None:
    pygame.image.save(pygame.Surface((320, 200)), "golden/own/two.png")
    code, lines = check("--report", "new/report.html")
    assert (code, lines[-1]) == (1, "The report is new/report.html.")
    text = Path("new/report.html").read_text(encoding="utf-8")
    assert "viz.py check own.script --size 320x200 --accept two" in text


def test_goldens_can_lie_elsewhere(check: Check) -> None:
    shutil.move("golden", "elsewhere")
    assert check("--golden", "elsewhere")[0] == 0
