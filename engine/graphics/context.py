"""The OpenGL context, and the few calls that moderngl does not have. Refuses a driver that is too old, by name."""

import ctypes
from collections.abc import Callable, Sequence
from typing import Any, cast

import moderngl
import pygame

REQUIRED = 330  # OpenGL 3.3

_TEXTURE_2D = 0x0DE1
_RGBA, _BGRA = 0x1908, 0x80E1  # unsized: only then does Mesa keep the byte order that it is given
_ALIGNMENT, _ROW_LENGTH = 0x0CF5, 0x0CF2  # GL_UNPACK_ALIGNMENT in bytes, GL_UNPACK_ROW_LENGTH in texels
_READ_FRAMEBUFFER, _COLOUR, _NEAREST = 0x8CA8, 0x4000, 0x2600
_BYTES_REVERSED = 0x8367  # GL_UNSIGNED_INT_8_8_8_8_REV: B, G, R, A in memory, as pygame keeps its surfaces

Texels = tuple[int, int, int, int]  # left, bottom, width, height
Load = Callable[[str], int]


class GraphicsError(RuntimeError):
    """There is no usable OpenGL; the message says what to do."""


class _Loader:
    """What moderngl asks for in place of its own detection, which fails for a second window in one process."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.load_opengl_function = load

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def release(self) -> None:
        pass


def create(load: Load) -> moderngl.Context:
    """The context of the window that is open. Raises GraphicsError."""
    try:
        loader: Any = _Loader(load)  # moderngl takes any object with these names; its annotation says less
        context = moderngl.create_context(require=REQUIRED, context=loader)
    except Exception as why:  # moderngl raises bare Exception here, among others
        raise GraphicsError(f"No OpenGL 3.3 here ({why}). Update the graphics driver, or set VIZ_SOFTWARE=1.") from None
    context.enable_only(moderngl.BLEND | moderngl.PROGRAM_POINT_SIZE)
    context.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
    return context


class ByteOrder:
    """Textures in pygame's own byte order, B G R A: uploads convert nothing, and llvmpipe has a fast way for them."""

    def __init__(self, load: Load) -> None:
        def call(name: str, *arguments: type) -> Callable[..., None]:
            return ctypes.CFUNCTYPE(None, *arguments)(load(name))

        i, u, p = ctypes.c_int, ctypes.c_uint, ctypes.c_void_p
        self._make = call("glGenTextures", i, p)
        self._bind = call("glBindTexture", u, u)
        self._drop = call("glDeleteTextures", i, p)
        self._parameter = call("glTexParameteri", u, u, i)
        self._image = call("glTexImage2D", u, i, i, i, i, i, u, u, p)
        self._part = call("glTexSubImage2D", u, i, i, i, i, i, u, u, p)
        self._active = call("glActiveTexture", u)
        self._align = call("glPixelStorei", u, i)
        self._read_from = call("glBindFramebuffer", u, u)
        self._blit = call("glBlitFramebuffer", i, i, i, i, i, i, i, i, u, u)
        self.flush = call("glFlush")

    def texture(self, context: moderngl.Context, size: tuple[int, int]) -> "Texture":
        """An empty texture of `size` pixels, linear, clamped at its edges."""
        name = ctypes.c_uint()
        self._active(0x84C0)
        self._make(1, ctypes.byref(name))
        self._bind(_TEXTURE_2D, name.value)
        for parameter, value in ((0x2800, 0x2601), (0x2801, 0x2601), (0x2802, 0x812F), (0x2803, 0x812F)):
            self._parameter(_TEXTURE_2D, parameter, value)
        self._image(_TEXTURE_2D, 0, _RGBA, *size, 0, _BGRA, _BYTES_REVERSED, None)
        return Texture(context.external_texture(name.value, size, 4, 0, "f1"), self, name.value)

    def send(
        self, name: int, surface: pygame.Surface, parts: Sequence[pygame.Rect], origin: tuple[int, int] = (0, 0)
    ) -> None:
        """Replace parts of a texture by those of a surface, B G R A, straight from its memory.

        `origin`: the pixel of the surface that the texture begins with.
        """
        if not parts:
            return
        self._active(0x84C0)
        self._bind(_TEXTURE_2D, name)
        self._align(_ALIGNMENT, 4)  # moderngl leaves it at 1
        pitch, buffer = surface.get_pitch(), cast(Any, surface.get_buffer())
        memory = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
        self._align(_ROW_LENGTH, pitch // 4)
        for part in parts:
            first = memory + part.top * pitch + part.left * 4
            at = part.left - origin[0], part.top - origin[1]
            self._part(_TEXTURE_2D, 0, *at, *part.size, _BGRA, _BYTES_REVERSED, first)
        self._align(_ROW_LENGTH, 0)

    def copy(self, source: moderngl.Framebuffer, target: moderngl.Framebuffer, texels: Texels) -> None:
        """Copy a part, left, bottom, width and height in texels, to the same place of `target`, which is used then.

        Only without a scissor does llvmpipe just move memory.
        """
        left, bottom, wide, high = texels
        box = left, bottom, left + wide, bottom + high
        target.use()
        self._read_from(_READ_FRAMEBUFFER, source.glo)
        self._blit(*box, *box, _COLOUR, _NEAREST)

    def delete(self, name: int) -> None:
        """Give a texture back to the driver."""
        self._drop(1, ctypes.byref(ctypes.c_uint(name)))


class Texture:
    """A texture with one owner, who calls `release`."""

    def __init__(self, texture: moderngl.Texture, order: ByteOrder, name: int) -> None:
        self.texture = texture
        self.size: tuple[int, int] = texture.size
        self._order = order
        self._name = name

    def send(self, surface: pygame.Surface, parts: Sequence[pygame.Rect], origin: tuple[int, int] = (0, 0)) -> None:
        """Replace these parts by those of a surface, of which the pixel at `origin` is the first of the texture."""
        self._order.send(self._name, surface, parts, origin)

    def release(self) -> None:
        """Give it back."""
        self.texture.release()
        self._order.delete(self._name)
