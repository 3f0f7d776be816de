"""Images that pipelines read: a stack of small ones of two bytes a texel, and a sheet of coloured ones."""

import moderngl
import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.uint8]  # [images, height, width, 2], from the top row


class Stack:
    """Small images of one size, chosen by number in the shader: `sampler2DArray`. Linear, clamped at their edges.

    A texel is a pair of bytes, so that one look reads both: what was before, and what comes.
    """

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._texture: moderngl.TextureArray | None = None
        self.version = 0  # another number whenever it shows something else

    def write(self, images: Pairs) -> None:
        """Take uint8 [images, height, width, 2], at least one image."""
        count, height, width, _ = images.shape
        if self._texture is None or self._texture.size != (width, height, count):
            self.release()
            self._texture = self._context.texture_array((width, height, count), 2)
            self._texture.filter = moderngl.LINEAR, moderngl.LINEAR
            self._texture.repeat_x = self._texture.repeat_y = False
        self._texture.write(np.ascontiguousarray(images))
        self.version += 1

    def use(self, unit: int) -> None:
        """Let shaders read it at texture unit `unit`."""
        if self._texture:
            self._texture.use(unit)

    def release(self) -> None:
        """Give it back."""
        if self._texture:
            self._texture.release()
        self._texture = None


class Sheet:
    """One image of premultiplied colours, made anew as a whole."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._texture: moderngl.Texture | None = None
        self.version = 0  # another number whenever it shows something else

    def write(self, size: tuple[int, int], pixels: bytes) -> None:
        """Take R G B A bytes of `size` pixels, from the top row."""
        if self._texture is None or self._texture.size != size:
            self.release()
            self._texture = self._context.texture(size, 4)
            self._texture.repeat_x = self._texture.repeat_y = False
        self._texture.write(pixels)
        self.version += 1

    def use(self, unit: int) -> None:
        """Let shaders read it at texture unit `unit`."""
        if self._texture:
            self._texture.use(unit)

    def release(self) -> None:
        """Give it back."""
        if self._texture:
            self._texture.release()
        self._texture = None


Image = Stack | Sheet
