"""The SDL window, or none. The one place that knows real time, real events and the real screen."""

import ctypes
import ctypes.util
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame

from .input import Event, Input, Resize
from .keyboard import caption

LINUX = sys.platform.startswith("linux")
FASTEST = 250  # frames a second with vsync, for screens that report none
UNSYNCED = 60  # frames a second without
SPIN = 0.0012  # seconds before a deadline that are spun rather than slept: a sleep may be that late
FIX = (
    "Update the graphics driver, or install Mesa (Debian: apt install libegl1 libgl1 libgl1-mesa-dri; "
    "Fedora: dnf install mesa-libEGL mesa-libGL mesa-dri-drivers), or try VIZ_SOFTWARE=1."
)
UNSEEN = ("offscreen", "dummy", "evdev")  # what SDL falls back to, without a word, where there is no display


class WindowError(RuntimeError):
    """There is no display, or no OpenGL on it; the message says what to do."""


def display_present() -> bool:
    """Whether a window could be shown at all."""
    if LINUX:
        wish = os.environ.get("SDL_VIDEODRIVER", "")
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or wish in ("kmsdrm", "KMSDRM"))
    return True


def compositor_gone() -> bool:
    """Whether the Wayland compositor that windows are shown by has ended. That of X11 takes the program with it.

    SDL tells of it as of a window that somebody closes.
    """
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not LINUX or not name:
        return False
    with socket.socket(socket.AF_UNIX) as asked:
        asked.setblocking(False)
        try:
            asked.connect(os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), name))
        except BlockingIOError:  # it is there, and has no time just now
            return False
        except OSError:
            return True
    return False


class Window:
    """A window of `size` pixels with an OpenGL context, or an invisible one for drawing off screen."""

    def __init__(
        self,
        size: tuple[int, int],
        *,
        title: str,
        visible: bool = True,
        fullscreen: bool = False,
        vsync: bool = True,
        icon: Path | None = None,
        monitor: int = 0,
    ) -> None:
        os.environ.setdefault("SDL_VIDEO_WAYLAND_ALLOW_LIBDECOR", "0")  # spins for ever where its plug-ins are missing
        if not visible and LINUX:
            os.environ["SDL_VIDEODRIVER"] = "offscreen"
        self.visible = visible
        self._input = Input()
        self._open(size, title, fullscreen, icon, monitor)
        self._sdl = _sdl()
        self._sdl.SDL_GL_GetCurrentWindow.restype = ctypes.c_void_p
        self.load = _loader(self._sdl)
        self.synced = visible and vsync and self._sync()
        self._last = time.perf_counter_ns()
        self._due = time.perf_counter()
        self.hidden = False  # whether nobody can see it
        self._begun = time.perf_counter()
        self.taken = 0.0  # seconds, by the last frame that was presented, from hearing what happened to showing it
        self.lost = True  # whether what was presented last is no more to be seen

    @property
    def size(self) -> tuple[int, int]:
        """Pixels that can be drawn, as they are now: after a resize SDL alone is right."""
        width, height = pygame.display.get_window_size()
        return max(1, width), max(1, height)

    @property
    def driver(self) -> str:
        """SDL's name for where it draws."""
        return pygame.display.get_driver()

    def elapsed(self) -> int:
        """Nanoseconds since the last call."""
        before, self._last = self._last, time.perf_counter_ns()
        return self._last - before

    def events(self) -> Iterator[Event]:
        """What has happened since the last call; of several resizes the last one."""
        resized, self._begun = False, time.perf_counter()
        for event in pygame.event.get():
            if event.type in (pygame.WINDOWRESIZED, pygame.WINDOWSIZECHANGED):
                resized = True
            elif event.type in (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN):
                self.hidden = True
            elif event.type in (pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWEXPOSED):
                self.hidden, self.lost = False, True
            yield from self._input.translate(event, self.size)
        if resized:
            self.lost = True
            yield Resize(self.size)

    def present(self) -> None:
        """Show what was drawn and wait for the next frame's time."""
        self.lost = False
        drawn = time.perf_counter()
        pygame.display.flip()
        shown = drawn if self.synced else time.perf_counter()  # else it waits for the screen
        self.taken = shown - self._begun
        self._due = max(self._due + 1 / (FASTEST if self.synced else UNSYNCED), time.perf_counter())
        if (rest := self._due - time.perf_counter() - SPIN) > 0:
            time.sleep(rest)
        while time.perf_counter() < self._due:
            pass

    def rest(self, seconds: float) -> None:
        """Leave what is shown as it is, and wait for so long, a little more or less.

        Asleep: to wait for an event takes SDL 4 % of a core, since it looks for one each millisecond.
        """
        self._due = max(self._due + seconds, time.perf_counter())
        if (rest := self._due - time.perf_counter()) > 0:
            time.sleep(rest)

    def caption(self, key: str) -> str:
        """What stands on the key called `key`, on the keyboard that is used now."""
        return caption(key, self._sdl.SDL_GetKeyFromScancode)

    def show_pointer(self, shown: bool) -> None:
        """Whether the mouse pointer is seen over the window."""
        pygame.mouse.set_visible(shown)

    @property
    def fullscreen(self) -> bool:
        """Whether it fills the screen."""
        return bool(pygame.display.is_fullscreen())

    def toggle_fullscreen(self) -> None:
        """Between window and whole screen; does nothing where there is no screen."""
        if self.visible:
            pygame.display.toggle_fullscreen()

    def resize(self, size: tuple[int, int]) -> None:
        """Ask for a window of this many pixels; one that fills the screen stays as it is."""
        if self.visible and not self.fullscreen and self.size != size:
            self._sdl.SDL_SetWindowSize(ctypes.c_void_p(self._sdl.SDL_GL_GetCurrentWindow()), *size)

    def close(self) -> None:
        """Give the window back."""
        pygame.display.quit()

    def _open(self, size: tuple[int, int], title: str, fullscreen: bool, icon: Path | None, monitor: int) -> None:
        asked = os.environ.get("SDL_VIDEODRIVER", "")
        try:
            pygame.display.init()
            if self.visible and pygame.display.get_driver() in UNSEEN and pygame.display.get_driver() != asked:
                raise pygame.error("the display cannot be opened: check DISPLAY or WAYLAND_DISPLAY, or use --headless")
            pygame.font.init()
            if icon and self.visible:
                pygame.display.set_icon(pygame.image.load(icon))
            pygame.display.set_caption(title)
            for name, value in _ATTRIBUTES:
                pygame.display.gl_set_attribute(name, value)
            flags = pygame.OPENGL | pygame.DOUBLEBUF | (pygame.RESIZABLE if self.visible else pygame.HIDDEN)
            shape = (0, 0) if fullscreen and self.visible else size
            flags |= pygame.FULLSCREEN if fullscreen and self.visible else 0
            pygame.display.set_mode(shape, flags, display=min(monitor, pygame.display.get_num_displays() - 1))
        except pygame.error as why:
            raise WindowError(f"No window with OpenGL could be opened ({why}). {FIX}") from None

    def _sync(self) -> bool:
        return bool(self._sdl.SDL_GL_SetSwapInterval(1) == 0)


_ATTRIBUTES = (
    (pygame.GL_CONTEXT_MAJOR_VERSION, 3),
    (pygame.GL_CONTEXT_MINOR_VERSION, 3),
    (pygame.GL_CONTEXT_PROFILE_MASK, pygame.GL_CONTEXT_PROFILE_CORE),
    (pygame.GL_CONTEXT_FLAGS, pygame.GL_CONTEXT_FORWARD_COMPATIBLE_FLAG),
    (pygame.GL_DEPTH_SIZE, 0),  # a window with depth makes presenting six times dearer on llvmpipe
    (pygame.GL_STENCIL_SIZE, 0),
    (pygame.GL_MULTISAMPLEBUFFERS, 0),
)


def _loader(sdl: ctypes.CDLL) -> Callable[[str], int]:
    find = sdl.SDL_GL_GetProcAddress
    find.restype, find.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    return lambda name: find(name.encode()) or 0


def _sdl() -> ctypes.CDLL:
    """The very SDL that pygame has loaded: its wheel brings it along."""
    package = Path(pygame.__file__).parent
    places = (
        (package.parent / "pygame_ce.libs", "libSDL2-2*"),
        (package / ".dylibs", "libSDL2-2*"),
        (package, "SDL2.dll"),
    )
    files = [str(file) for folder, pattern in places for file in sorted(folder.glob(pattern))]
    for file in [*files, ctypes.util.find_library("SDL2-2.0")]:
        try:
            if file:
                return ctypes.CDLL(file)
        except OSError:
            continue
    raise WindowError("pygame's SDL library was not found. Delete the .venv folder and start again.")
