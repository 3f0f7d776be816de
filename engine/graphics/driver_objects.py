"""Counts what the driver holds: it is asked of every name that it may have given out, whoever made it, or lost it."""

import ctypes
from collections.abc import Callable

from .context import Load

SEVERAL = ("Buffer", "Texture", "Framebuffer", "Renderbuffer", "Sampler")  # made with glGen and an s
KINDS = (*SEVERAL, "VertexArray", "Program", "Shader")
LOW_NAMES = 512  # drivers that give out the lowest free name first hold all that they have below it


class DriverObjects:
    """Of the context that is current. A name that nothing was ever made of does not count.

    Some drivers give out the lowest free name, others count on: so the names up to the newest one are asked for, and
    those up to LOW_NAMES in any case. Programs and shaders that are deleted while they are used count until they go.
    """

    def __init__(self, load: Load) -> None:
        found = {kind: load(f"glIs{kind}") for kind in KINDS}
        self._exists = {kind: ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)(at) for kind, at in found.items()}
        self._newest = {kind: _newest(load, f"{kind}s") for kind in SEVERAL}
        self._newest["VertexArray"] = _newest(load, "VertexArrays")
        self._newest["Program"] = self._newest["Shader"] = _newest_program(load)  # they share their names

    def count(self) -> int:
        """Buffers, textures, framebuffers, renderbuffers, samplers, vertex arrays, programs and shaders together."""
        return sum(self.by_kind().values())

    def by_kind(self) -> dict[str, int]:
        """How many there are of each kind."""
        counted = {}
        for kind, exists in self._exists.items():
            counted[kind] = sum(map(bool, map(exists, range(1, max(LOW_NAMES, self._newest[kind]()) + 1))))
        return counted


def _newest(load: Load, kinds: str) -> Callable[[], int]:
    """Tells the name that the driver gives out next: one is made, and deleted."""
    several = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.POINTER(ctypes.c_uint))
    make, drop = several(load(f"glGen{kinds}")), several(load(f"glDelete{kinds}"))

    def newest() -> int:
        name = ctypes.c_uint(0)
        make(1, ctypes.byref(name))
        drop(1, ctypes.byref(name))
        return name.value

    return newest


def _newest_program(load: Load) -> Callable[[], int]:
    make = ctypes.CFUNCTYPE(ctypes.c_uint)(load("glCreateProgram"))
    drop = ctypes.CFUNCTYPE(None, ctypes.c_uint)(load("glDeleteProgram"))

    def newest() -> int:
        name: int = make()
        drop(name)
        return name

    return newest
