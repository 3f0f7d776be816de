"""Looks at the machine and says what is there, what is missing, and the fix for each."""

import os
import platform
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version

import numpy
import pygame

from engine.graphics.context import GraphicsError
from engine.graphics.renderer import Renderer
from engine.resources import SHADERS
from engine.window import Window, WindowError, display_present
from scenes.cli.arguments import VERSION
from scenes.cli.settings import DESIGN
from scenes.stage import TITLE, build, hidden_window
from scenes.training.playback import INTERVAL

FRAMES = 240  # that are drawn to see how much of them this machine can show
FIXES = {
    "libEGL.so.1": "Debian: apt install libegl1; Fedora: dnf install mesa-libEGL; Arch: pacman -S mesa",
    "libGL.so.1": "Debian: apt install libgl1; Fedora: dnf install mesa-libGL; Arch: pacman -S mesa",
}


def examine() -> int:
    """Print the findings; 0 if the visualizer can draw here, else 3."""
    for name, value in _facts():
        print(f"{name:<16} {value}")
    for library in _missing():
        print(f"{'missing':<16} {library}. {FIXES[library]}")
    try:
        for name, value in _graphics():
            print(f"{name:<16} {value}")
    except (WindowError, GraphicsError) as why:
        print(f"{'graphics':<16} {why}")
        print(f"{'verdict':<16} the visualizer cannot draw here yet; the backend (viz.py serve) runs")
        return 3
    print(f"{'verdict':<16} the visualizer can draw here")
    return 0


def _facts() -> Iterator[tuple[str, str]]:
    yield "visualizer", VERSION
    yield "python", f"{platform.python_version()} ({sys.executable})"
    yield "system", f"{platform.platform()}, {os.cpu_count()} cores"
    yield "libraries", f"pygame-ce {pygame.version.ver}, moderngl {version('moderngl')}, numpy {numpy.__version__}"
    yield "SDL", ".".join(map(str, pygame.get_sdl_version()))
    told = {name: os.environ[name] for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER") if name in os.environ}
    yield (
        "display",
        ", ".join(f"{name}={value}" for name, value in told.items()) or "none: pictures are drawn off screen",
    )


def _missing() -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    import ctypes

    def absent(library: str) -> bool:
        try:
            ctypes.CDLL(library)
        except OSError:
            return True
        return False

    return [library for library in FIXES if absent(library)]


def _graphics() -> Iterator[tuple[str, str]]:
    visible = display_present()
    window = Window((640, 360), title=TITLE) if visible else hidden_window()
    try:
        yield "SDL driver", window.driver
        yield "window", f"{window.size[0]}x{window.size[1]} pixels"
        yield "vsync", "on" if window.synced else "off: frames are paced by the clock"
        renderer = Renderer(window.load, SHADERS, (640, 360))
        yield from ((f"GL {name}", value) for name, value in renderer.driver.items())
        largest = renderer.context.info["GL_MAX_TEXTURE_SIZE"]
        yield "largest picture", f"{largest}x{largest} pixels"
        renderer.close()
    finally:
        window.close()
    yield "frames", _frames()


def _frames() -> str:
    """What the dashboard's frames take here before a run, and how much of them a window would show."""
    built = build(hidden_window(), url="", size=DESIGN, theme="dark", scale=1.0, interval=INTERVAL)
    quality, app = built.context.quality, built.app
    quality.adapts = True
    try:
        for _ in range(FRAMES):
            begun = time.perf_counter()
            app.tick()
            app.draw()
            app.renderer.finish()
            quality.told(time.perf_counter() - begun)
            app.renderer.effects = quality.level.effects
        told = f"{quality.slowest * 1000:.1f} ms at {DESIGN[0]}x{DESIGN[1]}, 95 of 100"
        return f"{told}; quality in a window: {quality.level.name}"
    finally:
        built.close()
