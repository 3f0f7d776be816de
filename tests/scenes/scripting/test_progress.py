"""The bar says how far a film is and how long the rest will take; without a terminal it is a line now and then."""

import io

import pytest

from scenes.scripting.progress import Progress, clocked


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_of_a_short_film_without_a_terminal_only_the_end_is_told() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress("a.mp4", 200, stream=stream, clock=clock) as progress:
        for frame in range(1, 201):
            clock.now += 0.02
            progress.at(frame)
    assert stream.getvalue() == "viz: a.mp4: 200 of 200 frames, in 0:04\n"


def test_without_a_terminal_each_tenth_is_a_line() -> None:
    stream, clock = io.StringIO(), Clock()
    with Progress("a.mp4", 200, stream=stream, clock=clock) as progress:
        for frame in range(1, 201):
            clock.now += 0.5
            progress.at(frame)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[0] == "viz: a.mp4: 20/200 frames, 2 fps, 1:30 left"
    assert lines[-1] == "viz: a.mp4: 200 of 200 frames, in 1:40"


def test_on_a_terminal_one_line_is_drawn_over_and_not_too_often() -> None:
    stream, clock = Terminal(), Clock()
    with Progress("a.mp4", 400, stream=stream, clock=clock) as progress:
        for frame in range(1, 101):
            clock.now += 0.01
            progress.at(frame)
        assert "\n" not in stream.getvalue()
        assert 9 <= stream.getvalue().count("\r") <= 12
        assert stream.getvalue().endswith("fps, 0:03 left")
        assert "[######..................] 100/400 frames, 100 fps, 0:03 left" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[Kviz: a.mp4: 100 of 400 frames, in 0:01\n")


def test_a_film_that_never_began_is_not_spoken_of() -> None:
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), Progress("a.mp4", 10, stream=stream, clock=Clock()) as progress:
        progress.at(0)
        raise KeyboardInterrupt
    assert stream.getvalue() == ""


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (59.6, "1:00"), (61, "1:01"), (3600, "60:00")])
def test_times_are_minutes_and_seconds(seconds: float, told: str) -> None:
    assert clocked(seconds) == told
