"""Textured rectangles: two plain triangles each, which llvmpipe copies as fast as memory."""

import moderngl
import numpy as np
from numpy.typing import NDArray

from .shaders import ShaderLibrary

Bounds = NDArray[np.float32]  # float32 [count, 4]: left, top, right, bottom in pixels from the top left


class Rects:
    """Copies rectangles of a texture to the same place of the target. Texture rows run `down` or up."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary, *, down: bool) -> None:
        self._context = context
        self._down = down
        self._program = library.program("copy", vertex="rect")
        self._reserve(6 * 16 * 64)
        self._count = 0

    def write(self, bounds: Bounds, size: tuple[int, int], at: tuple[int, int] = (0, 0)) -> None:
        """Take the rectangles; the texture is `size` pixels large and begins `at` that place of the whole picture."""
        self._count = len(bounds)
        if not self._count:
            return
        x0, y0, x1, y1 = bounds.T
        corners = np.stack([x0, y0, x1, y0, x0, y1, x0, y1, x1, y0, x1, y1], axis=1).reshape(-1, 2)
        texels = (corners - np.array(at, dtype=np.float32)) / np.array(size, dtype=np.float32)
        if not self._down:
            texels[:, 1] = 1 - texels[:, 1]
        data = np.column_stack([corners, texels]).astype(np.float32)
        if data.nbytes > self._buffer.size:
            self.release()
            self._reserve(data.nbytes * 2)
        self._buffer.write(data)

    def draw(self, texture: moderngl.Texture) -> int:
        """Draw them all; returns the number of draw calls."""
        if not self._count:
            return 0
        texture.use(0)
        self._array.render(moderngl.TRIANGLES, vertices=6 * self._count)
        return 1

    def release(self) -> None:
        """Give the buffer back."""
        self._array.release()
        self._buffer.release()

    def _reserve(self, size: int) -> None:
        self._buffer = self._context.buffer(reserve=size, dynamic=True)
        self._array = self._context.vertex_array(self._program, [(self._buffer, "2f 2f", "at", "texel")])
