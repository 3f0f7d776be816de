"""A log stays small and readable, whatever is said, how often, and whatever becomes of the disk."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scenes.kiosk.log_file import LONGEST, LogFile

NOON = datetime(2026, 11, 30, 12, 0, 0)


class Clock:
    """A time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "exhibit.log"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_line_has_its_time(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock)
    assert log.say("Begun")
    clock.pass_(hours=2, minutes=3, seconds=22)
    assert log.say("Größe ✓")
    assert lines(path) == ["2026-11-30 12:00:00 Begun", "2026-11-30 14:03:22 Größe ✓"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("a\r\nb", r"a\x0d\x0ab"),
        ("\x1b[31mred\x00\t", r"\x1b[31mred\x00\x09"),
        ("\x7f\x9b", r"\x7f\x9b"),
        ("a\u2028b\u202ec", r"a\u2028b\u202ec"),
        ("\ud800", r"\ud800"),
        ("", ""),
        ("a\xa0b 👩\u200d💻", "a\xa0b 👩\u200d💻"),
    ],
)
def test_no_line_pretends_to_be_two_or_to_be_coloured(path: Path, clock: Clock, said: str, written: str) -> None:
    assert LogFile(path, clock).say(said)
    assert path.read_text(encoding="utf-8") == f"2026-11-30 12:00:00 {written}\n"


@pytest.mark.parametrize("said", ["x" * 10_000, "\n" * 10_000, "✓" * 2000])
def test_a_long_line_is_cut(path: Path, clock: Clock, said: str) -> None:
    assert LogFile(path, clock).say(said)
    (line,) = lines(path)
    assert len(line) == LONGEST == 2000 and line.endswith("…")


def test_the_same_line_again_and_again_is_counted(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock)
    assert all(log.say("No answer") for _ in range(38))
    assert lines(path) == ["2026-11-30 12:00:00 No answer"]
    clock.pass_(minutes=1)
    assert log.say("An answer") and log.say("An answer") and log.say("No answer")
    assert [line[20:] for line in lines(path)] == [
        "No answer",
        "(the line before came 37 times more)",
        "An answer",
        "(the line before came 1 time more)",
        "No answer",
    ]


def test_repeats_are_told_every_ten_minutes_also_by_a_clock_that_was_set_back(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock)
    for _ in range(21):
        log.say("No answer")
        clock.pass_(minutes=1)
    clock.now = NOON - timedelta(days=1)
    log.say("No answer")
    assert lines(path) == [
        "2026-11-30 12:00:00 No answer",
        "2026-11-30 12:10:00 (the line before came 10 times more)",
        "2026-11-30 12:20:00 (the line before came 10 times more)",
        "2026-11-29 12:00:00 (the line before came 1 time more)",
    ]


def test_closing_tells_the_repeats_once(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock)
    for _ in range(3):
        log.say("No answer")
    log.close()
    log.close()
    assert [line[20:] for line in lines(path)] == ["No answer", "(the line before came 2 times more)"]
    assert log.say("No answer") and len(lines(path)) == 3


def test_what_grows_too_large_becomes_old_and_the_oldest_goes(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock, largest=100, kept=2)
    for number in range(40):  # 30 bytes each: three a file
        assert log.say(f"line {number:04}")
    names = ["exhibit.log", "exhibit.log.1", "exhibit.log.2"]
    assert sorted(each.name for each in path.parent.iterdir()) == names
    assert all(each.stat().st_size <= 100 for each in path.parent.iterdir())
    told = [line[-4:] for name in reversed(names) for line in lines(path.with_name(name))]
    assert told == [f"{number:04}" for number in range(33, 40)]


def test_no_old_files_are_kept_where_none_are_wanted(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock, largest=100, kept=0)
    for number in range(10):
        assert log.say(f"line {number:04}")
    assert list(path.parent.iterdir()) == [path] and len(lines(path)) == 1


def test_old_files_beyond_those_that_are_kept_now_go_and_others_stay(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    kept = ["exhibit.log.old", "exhibit.log.01", "exhibitxlog.7", "exhibit.log.7.txt"]
    for name in (*kept, "exhibit.log.1", "exhibit.log.3", "exhibit.log.7"):
        path.with_name(name).write_text(name)
    path.write_text("x" * 200)
    assert LogFile(path, clock, largest=100, kept=3).say("new")
    there = {each.name: each.read_text(encoding="utf-8") for each in path.parent.iterdir()}
    assert there.pop("exhibit.log").endswith(" new\n")
    assert there == {name: name for name in kept} | {"exhibit.log.1": "x" * 200, "exhibit.log.2": "exhibit.log.1"}


def test_a_line_that_alone_is_too_long_is_still_written(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock, largest=10)
    assert log.say("first") and log.say("second")
    assert lines(path)[0].endswith("second") and lines(path.with_name("exhibit.log.1"))[0].endswith("first")


def test_a_start_goes_on_where_the_log_ended_even_in_the_middle_of_a_line(path: Path, clock: Clock) -> None:
    LogFile(path, clock).say("one")
    with path.open("a", encoding="utf-8") as file:
        file.write("half a li")
    LogFile(path, clock).say("two")
    assert lines(path) == ["2026-11-30 12:00:00 one", "half a li", "2026-11-30 12:00:00 two"]


def test_a_full_disk_leaves_no_half_line_and_writing_goes_on(
    path: Path, clock: Clock, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    log = LogFile(path, clock)
    assert log.say("one")
    with full_disk(path.stat().st_size + 10):
        assert not log.say("two") and not log.say("two") and not log.say("three")
    with full_disk(path.stat().st_size):
        assert not log.say("two")
        assert log.say("one")  # is only counted
    assert log.say("two")
    assert [line[20:] for line in lines(path)] == ["one", "(the line before came 1 time more)", "two"]


def test_repeats_that_could_not_be_written_are_not_forgotten(
    path: Path, clock: Clock, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    log = LogFile(path, clock)
    assert log.say("one") and log.say("one")
    with full_disk(path.stat().st_size):
        clock.pass_(minutes=10)
        assert not log.say("one") and not log.say("two")
        log.close()
    assert log.say("three")
    assert [line[20:] for line in lines(path)] == ["one", "(the line before came 2 times more)", "three"]


def test_a_folder_that_is_gone_is_waited_for(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock)
    assert log.say("one")
    shutil.rmtree(path.parent)
    assert not log.say("two") and not path.parent.exists()  # a stick that was pulled out has no other place
    path.parent.mkdir()
    assert log.say("two") and len(lines(path)) == 1


def test_a_place_that_cannot_be_is_no_failure(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "exhibit.log", tmp_path):
        log = LogFile(path, clock)
        assert not log.say("one")
        log.close()


def test_an_old_file_that_cannot_be_moved_stops_the_log_from_growing(path: Path, clock: Clock) -> None:
    path.with_name("exhibit.log.1").mkdir(parents=True)
    (path.with_name("exhibit.log.1") / "full").write_bytes(b"")
    log = LogFile(path, clock, largest=40, kept=1)
    assert log.say("one") and not log.say("two") and not log.say("three")
    assert len(lines(path)) == 1


def test_many_threads_write_whole_lines(path: Path, clock: Clock) -> None:
    log = LogFile(path, clock)

    def work(name: str) -> None:
        for number in range(50):
            log.say(f"{name} {number}")

    workers = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(line[20:] for line in lines(path)) == sorted(f"{name} {n}" for name in "abcd" for n in range(50))


@pytest.mark.parametrize("sizes", [{"largest": 0}, {"kept": -1}])
def test_a_log_that_could_hold_nothing_is_refused(path: Path, clock: Clock, sizes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="is none"):
        LogFile(path, clock, **sizes)
