"""A day's report counts, goes on after a start, begins anew at midnight, and holds nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.files import beside
from scenes.kiosk.day_report import HEADER, LONGEST_NAME, MOST_NAMES, MOST_STAYS, MOST_WAITING, DayReport

DAY = date(2026, 11, 30)


class Calendar:
    """A day that stays until it is turned."""

    def __init__(self) -> None:
        self.today = DAY

    def __call__(self) -> date:
        return self.today

    def turn(self, days: int = 1) -> None:
        self.today += timedelta(days=days)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


def row(folder: Path, day: date = DAY) -> dict[str, str]:
    """The one row of the file of `day`, by the names of its header."""
    with (folder / f"{day}.csv").open(encoding="utf-8", newline="") as file:
        header, values = csv.reader(file)
    return dict(zip(header, values, strict=True))


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def fill(report: DayReport) -> None:
    for seconds, language in ((30.4, "en"), (90.6, "de"), (61.0, "en")):
        report.visited(seconds, language)
        report.began()
    report.completed()
    for kind in ("freeze", "crash", "freeze"):
        report.fault(kind)


FILLED = {
    "day": "2026-11-30",
    "starts": "3",
    "completions": "1",
    "visits": "3",
    "median_stay_seconds": "61",
    "languages": "de 1; en 2",
    "faults": "crash 1; freeze 2",
    "stays": "30 91 61",
}


def test_a_day_is_one_row(tmp_path: Path, calendar: Calendar) -> None:
    report = DayReport(tmp_path / "reports", calendar)
    fill(report)
    assert report.save() and row(tmp_path / "reports") == FILLED
    assert names(tmp_path / "reports") == ["2026-11-30.csv"]


def test_a_day_on_which_nothing_happened_is_a_row_too(tmp_path: Path, calendar: Calendar) -> None:
    assert DayReport(tmp_path, calendar).save()
    assert list(row(tmp_path).values()) == ["2026-11-30", "0", "0", "0", "", "", "", ""]
    DayReport(tmp_path, calendar).save()
    assert names(tmp_path) == ["2026-11-30.csv"]


def test_a_start_in_the_middle_of_the_day_goes_on(tmp_path: Path, calendar: Calendar) -> None:
    report = DayReport(tmp_path, calendar)
    fill(report)
    report.save()
    again = DayReport(tmp_path, calendar)
    again.began()
    again.visited(1, "fr")
    again.fault("out of memory")
    again.save()
    assert row(tmp_path) == FILLED | {
        "starts": "4",
        "visits": "4",
        "median_stay_seconds": "46",  # between 30 and 61, a half is rounded up
        "languages": "de 1; en 2; fr 1",
        "faults": "crash 1; freeze 2; out of memory 1",
        "stays": "30 91 61 1",
    }


def test_a_new_day_begins_anew_after_the_old_one_was_saved(tmp_path: Path, calendar: Calendar) -> None:
    report = DayReport(tmp_path, calendar)
    fill(report)
    calendar.turn()
    report.completed()
    assert row(tmp_path) == FILLED and names(tmp_path) == ["2026-11-30.csv"]
    assert report.save() and row(tmp_path, DAY + timedelta(1))["completions"] == "1"


def test_a_clock_that_is_set_back_takes_up_the_day_before(tmp_path: Path, calendar: Calendar) -> None:
    report = DayReport(tmp_path, calendar)
    fill(report)
    calendar.turn()
    report.began()
    calendar.turn(-1)
    report.began()
    assert report.save() and row(tmp_path) == FILLED | {"starts": "4"}
    assert row(tmp_path, DAY + timedelta(1))["starts"] == "1"


def test_the_newest_stays_are_kept_and_visits_all_counted(tmp_path: Path, calendar: Calendar) -> None:
    report = DayReport(tmp_path, calendar)
    for seconds in range(MOST_STAYS + 500):
        report.visited(seconds, "en")
    report.save()
    told = row(tmp_path)
    assert told["visits"] == "2500" and told["stays"].split() == [str(n) for n in range(500, 2500)]
    assert told["median_stay_seconds"] == "1500" and len(told["stays"]) < 32_767
    again = DayReport(tmp_path, calendar)
    assert again.save() and row(tmp_path) == told


@pytest.mark.parametrize(("seconds", "stay"), [(-5, "0"), (float("nan"), "0"), (float("inf"), "0"), (1e12, "86400")])
def test_a_stay_that_cannot_be_is_still_a_visit(tmp_path: Path, calendar: Calendar, seconds: float, stay: str) -> None:
    report = DayReport(tmp_path, calendar)
    report.visited(seconds, "en")
    report.save()
    assert row(tmp_path)["stays"] == stay and row(tmp_path)["visits"] == "1"


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ('=HYPERLINK("http://example.org")', "HYPERLINK http example.org 1"),
        ("+1", "1 1"),
        ("-2", "2 1"),
        ("@SUM(A1)", "SUM A1 1"),
        ("\t=1", "1 1"),
        ("- =1", "1 1"),
        ("＝1", "1 1"),
        ("a; b, c\r\nd", "a b c d 1"),
        ("driver-reset", "driver-reset 1"),
        ("Überhitzung", "Überhitzung 1"),
        ("", "other 1"),
        ("=", "other 1"),
    ],
)
def test_no_cell_is_a_formula(tmp_path: Path, calendar: Calendar, kind: str, written: str) -> None:
    report = DayReport(tmp_path, calendar)
    report.fault(kind)
    report.visited(1, kind)
    report.save()
    told = row(tmp_path)
    assert told["faults"] == told["languages"] == written
    assert DayReport(tmp_path, calendar).save() and row(tmp_path) == told and len(names(tmp_path)) == 1


def test_names_without_end_are_counted_together(tmp_path: Path, calendar: Calendar) -> None:
    report = DayReport(tmp_path, calendar)
    for number in range(1000):
        report.fault(f"kind {number} {'x' * 1000}")
    report.save()
    kinds = row(tmp_path)["faults"].split("; ")
    assert len(kinds) == MOST_NAMES + 1 and f"other {1000 - MOST_NAMES}" in kinds
    assert all(len(kind) <= LONGEST_NAME + 4 for kind in kinds)


GOOD = ["2026-11-30", "3", "1", "3", "61", "de 1; en 2", "crash 1", "30 91 61"]


def text(*rows: list[str]) -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe",
        text(list(HEADER)),
        text(GOOD),
        text(list(HEADER), GOOD, GOOD),
        text(list(HEADER), GOOD)[:-30],
        text(list(HEADER), GOOD[:-1]),
        text(list(HEADER)[::-1], GOOD),
        text(list(HEADER), ["2026-11-29", *GOOD[1:]]),
        text(list(HEADER), [GOOD[0], "-3", *GOOD[2:]]),
        text(list(HEADER), [GOOD[0], "3_0", *GOOD[2:]]),
        text(list(HEADER), [GOOD[0], "9" * 5000, *GOOD[2:]]),
        text(list(HEADER), [*GOOD[:5], "de", *GOOD[6:]]),
        text(list(HEADER), [*GOOD[:5], "de 1; de 2", *GOOD[6:]]),
        text(list(HEADER), [*GOOD[:7], "30 x"]),
        text(list(HEADER), [*GOOD[:7], '"30']),
        text(list(HEADER), [*GOOD[:7], "30 " * 200_000]),
    ],
)
def test_a_damaged_file_is_put_aside(tmp_path: Path, calendar: Calendar, data: bytes) -> None:
    (tmp_path / "2026-11-30.csv").write_bytes(data)
    report = DayReport(tmp_path, calendar)
    assert names(tmp_path) == ["2026-11-30.csv.damaged"]
    report.began()
    assert report.save() and row(tmp_path)["starts"] == "1" and row(tmp_path)["visits"] == "0"
    assert (tmp_path / "2026-11-30.csv.damaged").read_bytes() == data


def test_a_good_file_is_taken_as_it_is(tmp_path: Path, calendar: Calendar) -> None:
    (tmp_path / "2026-11-30.csv").write_bytes(text(list(HEADER), GOOD))
    assert DayReport(tmp_path, calendar).save()
    assert (tmp_path / "2026-11-30.csv").read_bytes() == text(list(HEADER), GOOD)


def test_a_full_disk_leaves_the_file_as_it_was_and_loses_no_day(
    tmp_path: Path, calendar: Calendar, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    report = DayReport(tmp_path, calendar)
    report.began()
    assert report.save()
    with full_disk(10):
        fill(report)
        assert not report.save() and row(tmp_path)["starts"] == "1" and names(tmp_path) == ["2026-11-30.csv"]
        calendar.turn()
        report.began()
        assert not report.save()
        calendar.turn(-1)
        report.began()  # the day that could not be written is taken up, not its file
        calendar.turn()
        report.began()
    assert report.save()
    assert row(tmp_path) == FILLED | {"starts": "5"} and row(tmp_path, DAY + timedelta(1))["starts"] == "2"


def test_days_that_cannot_be_written_do_not_pile_up(tmp_path: Path, calendar: Calendar) -> None:
    folder = tmp_path / "reports"
    folder.write_bytes(b"")  # no folder can be made here
    report = DayReport(folder, calendar)
    for _ in range(100):
        report.began()
        calendar.turn()
    assert not report.save()
    folder.unlink()
    assert report.save() and len(names(folder)) == MOST_WAITING + 1


def test_what_a_killed_program_has_begun_is_swept(tmp_path: Path, calendar: Calendar) -> None:
    left = beside(tmp_path / "2026-11-30.csv")
    left = left.with_name(left.name.rpartition("-")[0] + "-99999999.csv")  # no process has so high a number
    left.write_bytes(b"half")
    DayReport(tmp_path, calendar)
    assert names(tmp_path) == []
