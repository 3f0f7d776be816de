"""The textures that passes draw into, resized together."""

from math import ceil, floor

import moderngl

from .context import ByteOrder, Texture
from .picture import Area
from .tiles import Part

Size = tuple[int, int]
Region = tuple[tuple[int, int, int, int], ...]  # of each level of the pyramid: left, bottom, width, height in texels
REACH = 72  # pixels that light reaches through the blur: a texel of its coarsest level, and what two tents add
MOST = 0.9  # share of the picture, beyond which all of it is quicker than a part


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
        self.fresh = True  # whether all of the pyramid is of this frame, and not only what it was limited to
        self.overlay: Texture = order.texture(context, size)
        self.overlay.texture.label = "overlay"

    def region(self, area: Area) -> Region | None:
        """As much of the pyramid as light in `area` reaches, in whole texels of its coarsest level; None for all of it.

        Parts of a larger picture are always blurred whole.
        """
        width, height = self.size
        if self.part.whole != self.size:
            return None
        left, right = max(0.0, area[0] - REACH) / width, min(width, area[2] + REACH) / width
        bottom, top = max(0.0, height - area[3] - REACH) / height, min(height, height - area[1] + REACH) / height
        if right <= left or top <= bottom or (right - left) * (top - bottom) > MOST:
            return None
        across, down = self.pyramid[-1].size
        x0, x1, y0, y1 = floor(left * across), ceil(right * across), floor(bottom * down), ceil(top * down)

        def texels(size: Size) -> tuple[int, int, int, int]:
            wide, high = size[0] / across, size[1] / down
            begin = floor(x0 * wide), floor(y0 * high)
            return *begin, ceil(x1 * wide) - begin[0], ceil(y1 * high) - begin[1]

        return tuple(texels(level.size) for level in self.pyramid)

    def limit(self, region: Region | None) -> None:
        """Draw into no more of the pyramid than `region`; into all of it with None."""
        for level, texels in zip(self.pyramid, region or [(0, 0, *level.size) for level in self.pyramid], strict=True):
            level.framebuffer.scissor = texels

    def release(self) -> None:
        """Give all of them back."""
        for each in (self.picture, self.ground, *self.pyramid, self.glass, self.bloom):
            each.release()
        self.overlay.release()
