"""The textures that passes draw into, resized together."""

import moderngl

from .context import ByteOrder, Texture
from .tiles import Part

Size = tuple[int, int]


class Target:
    """A texture that can be drawn into. 8 bits, no depth: what software rasterisers are fast at."""

    def __init__(self, context: moderngl.Context, order: ByteOrder, size: Size, label: str) -> None:
        self.size = size
        self._held = order.texture(context, size)
        self.texture = self._held.texture
        self.texture.label = label
        self.framebuffer = context.framebuffer(color_attachments=[self.texture])
        self.framebuffer.label = label

    def release(self) -> None:
        """Give it back."""
        self.framebuffer.release()
        self._held.release()


class Targets:
    """All targets of a frame of `size` pixels: the picture, its ground, the blur pyramid, and what is made of it.

    `part` says which part of a larger picture they hold.
    """

    def __init__(self, context: moderngl.Context, order: ByteOrder, size: Size, *, part: Part | None = None) -> None:
        def target(label: str, divisor: int = 1) -> Target:
            return Target(context, order, (max(1, -(-size[0] // divisor)), max(1, -(-size[1] // divisor))), label)

        self.size = size
        self.part = part or Part.all(size)
        self.picture = target("picture")
        self.ground = target("ground")
        self.pyramid = [target(f"blur 1/{divisor}", divisor) for divisor in (4, 8, 16, 32)]
        self.eighth = self.pyramid[1]
        self.glass = target("glass", 8)
        self.bloom = target("bloom", 8)
        self.overlay: Texture = order.texture(context, size)
        self.overlay.texture.label = "overlay"

    def release(self) -> None:
        """Give all of them back."""
        for each in (self.picture, self.ground, *self.pyramid, self.glass, self.bloom):
            each.release()
        self.overlay.release()
