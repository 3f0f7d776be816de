"""When an exhibit is started again: a function of time, tried without waiting for any."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.kiosk.counters import Counters
from scenes.kiosk.heart import DESCRIPTOR, EVERY, STILL, Heart, pipe
from scenes.kiosk.pin_lock import FIRST_WAIT, FREE, LONGEST_WAIT, PinLock
from scenes.kiosk.watch import BACK_OFF, CRASHES, FROZEN, HEALTHY, SAFE_FOR, SLOW_START, WINDOW, Watch


def test_without_a_beat_for_so_long_it_is_frozen_but_a_first_start_may_be_slow() -> None:
    watch = Watch()
    watch.begin(100.0)
    assert not watch.frozen(100.0 + SLOW_START) and watch.frozen(100.1 + SLOW_START)
    watch.heard(110.0)
    assert not watch.frozen(110.0 + FROZEN) and watch.frozen(110.1 + FROZEN)
    watch.begin(200.0)
    assert not watch.frozen(210.0), "the beats of the one before do not count"
    assert FROZEN < 15, "a freeze is mended within 15 seconds"


def test_a_machine_that_stood_still_has_frozen_nothing() -> None:
    watch = Watch()
    watch.begin(0.0)
    for tenth in range(0, 300, 2):
        watch.looked(tenth / 10)
        watch.heard(tenth / 10)
    watch.looked(3629.8)  # an hour later
    assert not watch.frozen(3629.8)
    now = 3629.8
    while not watch.frozen(now):
        now += 0.25
        watch.looked(now)
    assert FROZEN <= now - 3629.8 < FROZEN + 0.5, "who does not wake up with it is frozen"
    watch.begin(now)
    watch.looked(now + 100.0)
    assert not watch.frozen(now + 100.0), "a start may be interrupted, too"


def test_crashes_in_a_row_wait_longer_and_longer_until_one_has_lived() -> None:
    watch, now = Watch(), 0.0
    waited = []
    for _ in range(4):
        watch.begin(now)
        waited.append(watch.crashed(now + 1))
        now += 1000.0
    assert waited == list(BACK_OFF[:4])
    watch.begin(now)
    assert watch.crashed(now + HEALTHY + 1) == BACK_OFF[0]
    assert BACK_OFF[0] < 5, "a crash is mended within 5 seconds"


def test_five_crashes_in_five_minutes_show_the_safe_scene_for_a_while() -> None:
    watch, now = Watch(), 0.0
    for k in range(CRASHES):
        assert not watch.safe
        watch.begin(now)
        watch.crashed(now + 1)
        now += WINDOW / CRASHES - 1
        del k
    assert watch.safe
    since = watch.safe_since or 0.0
    assert not watch.tries_again(since + SAFE_FOR - 1) and watch.safe
    assert watch.tries_again(since + SAFE_FOR) and not watch.safe


def test_five_crashes_in_a_day_do_not() -> None:
    watch = Watch()
    for k in range(20):
        watch.begin(k * WINDOW)
        watch.crashed(k * WINDOW + 1)
    assert not watch.safe


def beaten(pictures: list[bytes], *, moves: bool) -> list[int]:
    """At which seconds a heart beats that sees these pictures, one a second."""
    beats: list[int] = []
    seen, looked = iter(pictures), list[int]()
    heart = Heart(lambda _: beats.append(len(looked)), pixels=lambda: next(seen), moves=lambda: moves)
    for second in range(len(pictures)):
        heart.frame(EVERY / 2)
        heart.frame(EVERY / 2)
        looked.append(second)
    return beats


def test_a_heart_beats_once_a_second_while_the_picture_moves() -> None:
    assert beaten([bytes([k]) for k in range(12)], moves=True) == list(range(12))


def test_a_picture_that_should_move_and_does_not_stops_the_heart_and_starts_it_again() -> None:
    still = round(STILL) + 1
    beats = beaten([b"same"] * 12 + [b"other"], moves=True)
    assert beats == [*range(still), 12]


def test_a_picture_that_may_rest_rests() -> None:
    assert beaten([b"same"] * 12, moves=False) == list(range(12))


def test_beats_go_to_the_pipe_and_nowhere_without_one(tmp_path: Path) -> None:
    import os

    read, write = os.pipe()
    tell = pipe({DESCRIPTOR: str(write)})
    tell("here training")
    os.close(write)
    assert os.read(read, 100) == b"here training\n"
    os.close(read)
    tell("nobody")  # the pipe is gone
    pipe({})("nobody")


def test_a_pin_opens_and_wrong_ones_cost_more_and_more_time() -> None:
    lock = PinLock("4711")
    assert lock.opens("4711", 0.0) and not lock.opens("4712", 0.0)
    for _ in range(FREE - 1):
        assert not lock.opens("1", 1.0)
    assert lock.wait(1.0) == FIRST_WAIT
    assert not lock.opens("4711", 1.0 + FIRST_WAIT - 0.1), "while one has to wait, nothing opens"
    assert not lock.opens("0000", 1.0 + FIRST_WAIT)
    assert lock.wait(1.0 + FIRST_WAIT) == 2 * FIRST_WAIT
    now = 1e4
    for _ in range(12):
        lock.opens("0000", now)
        now += LONGEST_WAIT + 1
    assert lock.wait(now - LONGEST_WAIT - 1) == LONGEST_WAIT
    assert lock.opens("4711", now) and lock.wait(now) == 0.0


def test_without_a_pin_nothing_opens() -> None:
    assert not PinLock("").opens("", 0.0)


def test_counters_survive_every_start_and_are_set_back_by_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "counters.json"
    assert [Counters(path).add("crashes") for _ in range(3)] == [1, 2, 3]
    assert Counters(path).counts == {"crashes": 3}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"crashes": "x"}', b'{"crashes": null}', b"5"])
def test_counters_that_cannot_be_read_are_put_aside(tmp_path: Path, content: bytes) -> None:
    path, said = tmp_path / "counters.json", list[str]()
    path.write_bytes(content)
    assert Counters(path, said.append).add("crashes") == 1
    assert path.with_name("counters.json.damaged").read_bytes() == content and len(said) == 1


def test_counters_that_cannot_be_written_count_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said: list[str] = []
    counters = Counters(tmp_path / "file" / "counters.json", said.append)
    assert [counters.add("crashes"), counters.add("crashes")] == [1, 2] and said
