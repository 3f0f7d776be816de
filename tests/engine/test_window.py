"""The hidden window: drawn off screen, and quiet about it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from engine import window as module
from engine.input import Quit, Resize
from engine.window import LINUX, Window, compositor_gone, display_present

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment on Linux that names no display."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module, "LINUX", True)
    return monkeypatch


@pytest.fixture
def queue(window: Window) -> Iterator[Window]:
    """The window with no event waiting, before and after."""
    pygame.event.clear()
    yield window
    pygame.event.clear()


def test_a_hidden_window_is_drawn_off_screen_on_linux(window: Window) -> None:
    assert not window.visible
    assert not window.synced
    if LINUX:
        assert window.driver == "offscreen"


def test_the_drawable_size_is_that_asked_for(window: Window) -> None:
    assert window.size == (64, 64)


def test_opengl_is_found_and_nonsense_is_not(window: Window) -> None:
    assert window.load("glClear") != 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0"), ("SDL_VIDEODRIVER", "kmsdrm"), ("SDL_VIDEODRIVER", "KMSDRM")],
)
def test_a_display_is_present_where_the_environment_names_one(
    nowhere: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert not display_present()
    nowhere.setenv(name, value)
    assert display_present()


@pytest.mark.parametrize("driver", ["", "offscreen", "dummy"])
def test_a_driver_without_a_screen_is_no_display(nowhere: pytest.MonkeyPatch, driver: str) -> None:
    nowhere.setenv("SDL_VIDEODRIVER", driver)
    assert not display_present()


def test_other_systems_always_have_a_display(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setattr(module, "LINUX", False)
    assert display_present()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="sockets with names in the file system")
def test_a_compositor_is_gone_once_nobody_listens(nowhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not compositor_gone(), "of Wayland nothing is known"
    nowhere.chdir(tmp_path)  # the path of a socket has to be short
    nowhere.setenv("XDG_RUNTIME_DIR", "")
    nowhere.setenv("WAYLAND_DISPLAY", "wayland-7")
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind("wayland-7")
        compositor.listen(0)
        assert not any(compositor_gone() for _ in range(5)), "not even where it answers nobody"
    assert compositor_gone(), "its socket is still there"
    (tmp_path / "wayland-7").unlink()
    assert compositor_gone()


def test_of_several_resizes_the_last_one_is_told_once_and_last(queue: Window) -> None:
    for size in ((10, 10), (20, 20)):
        pygame.event.post(pygame.event.Event(pygame.WINDOWRESIZED, x=size[0], y=size[1]))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert list(queue.events()) == [Quit(), Resize((64, 64))]
    assert list(queue.events()) == []


def test_real_time_is_told_in_whole_nanoseconds_since_the_last_call(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([1_000, 1_700, 5_000_000_700])
    monkeypatch.setattr("time.perf_counter_ns", lambda: next(moments))
    window.elapsed()
    assert [window.elapsed(), window.elapsed()] == [700, 4_999_999_000]


class Time:
    """A clock that only sleeping and looking at it move on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def perf_counter(self) -> float:
        self.now += 1e-6
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_frames_come_sixty_times_a_second(queue: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    monkeypatch.setattr(module, "time", time)
    queue.present()
    begun = time.now
    for _ in range(60):
        queue.present()
    assert time.now - begun == pytest.approx(1.0, abs=0.001)


def test_a_rest_lasts_as_long_as_it_is_told_and_never_spins(queue: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    monkeypatch.setattr(module, "time", time)
    queue.rest(0.01)
    begun, slept = time.now, sum(time.slept)
    for _ in range(30):
        queue.rest(1 / 15)
    assert time.now - begun == pytest.approx(2.0, abs=0.002)
    assert time.now - begun - (sum(time.slept) - slept) < 30 * 5e-6  # each look at the clock takes a microsecond


def test_what_was_presented_is_lost_when_the_window_was_away_or_has_another_size(queue: Window) -> None:
    queue.present()
    assert not queue.lost and not queue.hidden
    for gone, back in ((pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED), (pygame.WINDOWHIDDEN, pygame.WINDOWSHOWN)):
        pygame.event.post(pygame.event.Event(gone))
        list(queue.events())
        assert queue.hidden
        pygame.event.post(pygame.event.Event(back))
        list(queue.events())
        assert queue.lost and not queue.hidden
        queue.present()
        assert not queue.lost
    for event in (pygame.WINDOWEXPOSED, pygame.WINDOWRESIZED):
        pygame.event.post(pygame.event.Event(event, x=64, y=64))
        list(queue.events())
        assert queue.lost
        queue.rest(0.001)
        assert queue.lost
        queue.present()
