"""The textures that passes draw into, resized together."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import moderngl

from .context import ByteOrder, Texels, Texture
from .picture import Area
from .tiles import Part

Size = tuple[int, int]
LEVELS = (4, 8, 16, 32)  # of the blur: pixels a texel
REACH = 24  # pixels that light reaches through the blur: it fades before the lit area's edge, and is no level farther
MOST = 0.9  # share of the picture, beyond which all of it is quicker than a part


@dataclass(frozen=True)
class Region:
    """The part of a picture that is drawn anew each frame; the rest stands still."""

    picture: Texels
    levels: tuple[Texels, ...]  # of the pyramid, from the finest

    def area(self, height: int) -> Area:
        """Where it lies in a picture of so many rows: left, top, right, bottom in pixels."""
        left, bottom, wide, high = self.picture
        return float(left), float(height - bottom - high), float(left + wide), float(height - bottom)

    def around(self, size: Size) -> list[Texels]:
        """All the rest of a picture of `size` pixels: what is below, above, left and right."""
        (width, height), (left, bottom, wide, high) = size, self.picture
        right, top = left + wide, bottom + high
        rest = (
            (0, 0, width, bottom),
            (0, top, width, height - top),
            (0, bottom, left, high),
            (right, bottom, width - right, high),
        )
        return [texels for texels in rest if texels[2] and texels[3]]


class Target:
    """A texture that can be drawn into. 8 bits, no depth: what software rasterisers are fast at."""

    def __init__(self, context: moderngl.Context, order: ByteOrder, size: Size, label: str) -> None:
        self.size = size
        self._held = order.texture(context, size)
        self.texture = self._held.texture
        self.texture.label = label
        self.framebuffer = context.framebuffer(color_attachments=[self.texture])
        self.framebuffer.label = label

    def limit(self, texels: Texels | None) -> None:
        """Draw into no more of it than these from now on; into all of it with None."""
        _limit(self.framebuffer, texels)

    def release(self) -> None:
        """Give it back."""
        self.framebuffer.release()
        self._held.release()


class Targets:
    """All targets of a frame of `size` pixels: picture, what of it stands still, blur pyramid, and what is made of it.

    `part` says which part of a larger picture they hold.
    """

    def __init__(self, context: moderngl.Context, order: ByteOrder, size: Size, *, part: Part | None = None) -> None:
        def target(label: str, divisor: int = 1) -> Target:
            return Target(context, order, _reduced(size, divisor), label)

        self.size = size
        self.part = part or Part.all(size)
        self.picture = target("picture")
        self.ground = target("ground")
        self.still = target("still")  # the ground with panes of glass on it
        self.pyramid = [target(f"blur 1/{divisor}", divisor) for divisor in LEVELS]
        self.glass = target("glass", 8)
        self.bloom = target("bloom", 8)
        self.panes = context.framebuffer(color_attachments=[self.glass.texture, self.bloom.texture])
        self.effects = True  # whether what glows does
        self.region: Region | None = None  # what of the picture is drawn anew in this frame; None for all of it
        self.overlay: Texture = order.texture(context, size)
        self.overlay.texture.label = "overlay"

    def reached(self, area: Area) -> Region | None:
        """As much as light in `area` reaches; None for all of the picture. Of a part, the region of the whole."""
        return _reached(self.part.whole, area)

    def limit(self, region: Region | None) -> None:
        """Draw no more than `region` into the picture and what is made of its blur; into all of them with None."""
        self.picture.limit(region.picture if region else None)
        for place, level in enumerate(self.pyramid):
            level.limit(region.levels[place] if region else None)
        _limit(self.panes, region.levels[1] if region else None)

    def release(self) -> None:
        """Give all of them back."""
        self.panes.release()
        for each in (self.picture, self.ground, self.still, *self.pyramid, self.glass, self.bloom):
            each.release()
        self.overlay.release()


def _reduced(size: Size, divisor: int) -> Size:
    return max(1, -(-size[0] // divisor)), max(1, -(-size[1] // divisor))


def _limit(framebuffer: moderngl.Framebuffer, texels: Texels | None) -> None:
    framebuffer.scissor = texels  # type: ignore[assignment]  # its annotation does not know None, which takes it away


@lru_cache(maxsize=8)  # asked for each frame, and another one seldom
def _reached(size: Size, area: Area) -> Region | None:
    """In whole texels of the coarsest blur; None where it is all of a picture of `size`, or nearly, or nothing."""
    width, height = size
    left, right = max(0.0, area[0] - REACH) / width, min(width, area[2] + REACH) / width
    bottom, top = max(0.0, height - area[3] - REACH) / height, min(height, height - area[1] + REACH) / height
    if right <= left or top <= bottom or (right - left) * (top - bottom) > MOST:
        return None
    across, down = _reduced(size, LEVELS[-1])
    x0, x1, y0, y1 = floor(left * across), ceil(right * across), floor(bottom * down), ceil(top * down)

    def texels(level: Size) -> Texels:
        wide, high = level[0] / across, level[1] / down
        begin = floor(x0 * wide), floor(y0 * high)
        return *begin, ceil(x1 * wide) - begin[0], ceil(y1 * high) - begin[1]

    return Region(texels(size), tuple(texels(_reduced(size, divisor)) for divisor in LEVELS))
