"""The passes of a frame. Each draws one layer into the targets and returns its number of draw calls."""

from typing import Protocol

import moderngl
import numpy as np

from engine.flat.overlay import Overlay

from .context import ByteOrder
from .picture import Glass, Picture
from .pipeline import Value, set_uniforms
from .rects import Rects
from .shaders import ShaderLibrary
from .targets import Target, Targets


class Pass(Protocol):
    """One layer of the frame."""

    def draw(self, picture: Picture, targets: Targets) -> int:
        """Draw into `targets`; returns the number of draw calls."""
        ...

    def release(self) -> None:
        """Give back what is held."""
        ...


class Screen:
    """A program that covers its target with one triangle."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary, name: str) -> None:
        self.program = library.program(name, vertex="screen")
        self._array = context.vertex_array(self.program, [])

    def set(self, **uniforms: Value) -> None:
        """Set uniforms."""
        set_uniforms(self.program, uniforms)

    def draw(self, target: moderngl.Framebuffer, *sources: moderngl.Texture) -> int:
        """Fill `target`, reading `sources`, which stand at texture units 0, 1 and so on."""
        target.use()
        for unit, source in enumerate(sources):
            source.use(unit)
        self._array.render(moderngl.TRIANGLES, vertices=3)
        return 1

    def release(self) -> None:
        """Give the vertex array back."""
        self._array.release()


class opaque:
    """Replace rather than blend within the block."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context

    def __enter__(self) -> None:
        self._context.disable(moderngl.BLEND)

    def __exit__(self, *_: object) -> None:
        self._context.enable(moderngl.BLEND)


class WorldPass:
    """Draws the scene's own pipelines, the farthest first."""

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        targets.picture.framebuffer.use()
        return sum(pipeline.draw() for pipeline in picture.world if targets.effects or not pipeline.effect)

    def release(self) -> None:
        """See Pass."""


class BlurPass:
    """Blurs the picture: a box down to 1/32, a tent back up to 1/8, and there becomes what glass shows and what blooms.

    In the shader, although plain copies by halves cost 40 % less: llvmpipe's fast copies round down at each step, and
    differently from version to version, so that bloom came out five levels apart.
    """

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._shrink = Screen(context, library, "shrink")
        self._grow = Screen(context, library, "grow")
        self._panes = Screen(context, library, "panes")
        self._panes.set(fine=0, coarse=1)

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        if picture.bare:
            return 0
        return self.blur(targets.picture, picture.glass, targets)

    def blur(self, source: Target, glass: Glass, targets: Targets) -> int:
        """Blur `source`, as large as the picture, into as much of the targets as they are limited to."""
        calls = 0
        with opaque(self._context):
            for finer, coarser in zip([source, *targets.pyramid], targets.pyramid, strict=False):
                self._shrink.set(reach=_texels(finer, 1.0 if finer is source else 0.5))
                calls += self._shrink.draw(coarser.framebuffer, finer.texture)
        _, eighth, sixteenth, smallest = targets.pyramid
        self._grow.set(reach=_texels(smallest, 0.75), share=0.5)
        calls += self._grow.draw(sixteenth.framebuffer, smallest.texture)
        self._panes.set(reach=_texels(sixteenth, 0.75), share=0.6)
        self._panes.set(panel=glass.tint, bias=glass.bias, gain=glass.bloom)
        with opaque(self._context):
            return calls + self._panes.draw(targets.panes, eighth.texture, sixteenth.texture)

    def release(self) -> None:
        """See Pass."""
        self._shrink.release()
        self._grow.release()
        self._panes.release()


class BloomPass:
    """Adds the light around bright things, where no panel covers it."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._rects = Rects(context, library, down=False)
        self._written: object = None  # where the light is added, and in which targets

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        if picture.ground is None:  # what it is laid over has its light already
            return 0
        if picture.bare or not targets.effects or not picture.glass.bloom:
            return 0
        place = picture.open_area, targets.size, targets.part.at
        if place != self._written:
            self._written = place
            self._rects.write(np.array([picture.open_area], dtype=np.float32), targets.size, targets.part.at)
        targets.picture.framebuffer.use()
        return self._rects.draw(targets.bloom.texture)  # its alpha is 0: what is premultiplied then adds

    def release(self) -> None:
        """See Pass."""
        self._rects.release()


class FlatPass:
    """Draws charts, the flat network and the controls' shapes, wherever they are."""

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        targets.limit(None)
        targets.picture.framebuffer.use()
        return sum(pipeline.draw() for pipeline in picture.flat)

    def release(self) -> None:
        """See Pass."""


class OverlayPass:
    """Uploads the parts of the text layer that have changed, and lays it on top."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary, order: ByteOrder) -> None:
        self._order = order
        self._rects = Rects(context, library, down=True)
        self._seen: tuple[Overlay, Targets] | None = None  # whose rectangles are written

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        if picture.overlay.moved or self._seen != (picture.overlay, targets):
            self._rects.write(picture.overlay.rects(), targets.size, targets.part.at)
            self._seen = picture.overlay, targets
        targets.picture.framebuffer.use()
        self._order.flush()  # as in GlassPass: plain rectangles apart from everything else
        return self._rects.draw(targets.overlay.texture)

    def release(self) -> None:
        """See Pass."""
        self._rects.release()
        self._seen = None


class Presentation:
    """Lays the picture on the window, as one plain rectangle: copies between framebuffers turn it over, row by row."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._rects = Rects(context, library, down=False)
        self._written: Target | None = None
        self._nearest = context.sampler(filter=(moderngl.NEAREST, moderngl.NEAREST))

    def show(self, picture: Target, size: tuple[int, int]) -> None:
        """On a window of `size` pixels."""
        screen = self._context.screen
        screen.viewport, screen.scissor = (0, 0, *size), (0, 0, *size)
        if self._written is not picture:
            self._written = picture
            self._rects.write(np.array([(0, 0, *picture.size)], dtype=np.float32), picture.size)
        screen.use()
        self._nearest.use(0)
        with opaque(self._context):
            self._rects.draw(picture.texture)
        self._nearest.clear(0)

    def release(self) -> None:
        """Give back what is held."""
        self._rects.release()
        self._nearest.release()
        self._written = None


def _texels(target: Target, count: float) -> tuple[float, float]:
    return count / target.size[0], count / target.size[1]
