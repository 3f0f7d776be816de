"""The passes of a frame. Each draws one layer into the targets and returns its number of draw calls."""

from typing import Protocol

import moderngl
import numpy as np

from engine.flat.overlay import Overlay

from .context import ByteOrder
from .picture import Ground, Picture
from .pipeline import Value, set_uniforms
from .rects import Rects
from .shaders import ShaderLibrary
from .targets import Region, Target, Targets


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

    def draw(self, target: Target, source: moderngl.Texture | None = None) -> int:
        """Fill `target`, reading `source`."""
        target.framebuffer.use()
        if source:
            source.use(0)
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


class GroundPass:
    """Copies the ground into the picture; draws it only when its colours or the size have changed."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._screen = Screen(context, library, "backdrop")
        self._drawn: tuple[Ground, Targets] | None = None

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        calls = 0
        if picture.ground is None:
            return 0
        if self._drawn != (picture.ground, targets):
            self._screen.set(**vars(picture.ground), window=targets.part.window)
            with opaque(self._context):
                calls = self._screen.draw(targets.ground)
            self._drawn = picture.ground, targets
        self._context.copy_framebuffer(targets.picture.framebuffer, targets.ground.framebuffer)
        return calls + 1

    def release(self) -> None:
        """See Pass."""
        self._screen.release()
        self._drawn = None


class WorldPass:
    """Draws the scene's own pipelines, the farthest first."""

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        targets.picture.framebuffer.use()
        return sum(pipeline.draw() for pipeline in picture.world)

    def release(self) -> None:
        """See Pass."""


class BlurPass:
    """Blurs the picture into the pyramid: a box down to 1/32, a tent back up to 1/8. Feeds glass and bloom.

    Where the world is not lit there is only the ground, which does not move: its blur is made when it changes, and each
    frame blurs no more than the lit area and what its light reaches.

    In the shader, although plain copies by halves cost 40 % less: llvmpipe's fast copies round down at each step, and
    differently from version to version, so that bloom came out five levels apart.
    """

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._shrink = Screen(context, library, "shrink")
        self._grow = Screen(context, library, "grow")
        self._rests: tuple[Ground, Targets, Region] | None = None  # of which ground the pyramid holds what is around

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        region = targets.region(picture.lit_area) if picture.lit_area and picture.ground else None
        calls = 0
        targets.fresh = region is None
        if region is None or picture.ground is None:
            self._rests = None
        elif self._rests != (picture.ground, targets, region):
            self._rests = picture.ground, targets, region
            targets.limit(None)
            calls += self._blur(targets, targets.ground)
            targets.fresh = True
        targets.limit(region)
        calls += self._blur(targets, targets.picture)
        targets.limit(None)
        return calls

    def _blur(self, targets: Targets, source: Target) -> int:
        """Of `source`, as large as the picture, into as much of the pyramid as they are limited to."""
        calls = 0
        with opaque(self._context):
            for finer, coarser in zip([source, *targets.pyramid], targets.pyramid, strict=False):
                self._shrink.set(reach=_texels(finer, 1.0 if finer is source else 0.5))
                calls += self._shrink.draw(coarser, finer.texture)
        _, eighth, sixteenth, smallest = targets.pyramid
        for smaller, larger, share in ((smallest, sixteenth, 0.5), (sixteenth, eighth, 0.6)):
            self._grow.set(reach=_texels(smaller, 0.75), share=share)
            calls += self._grow.draw(larger, smaller.texture)
        return calls

    def release(self) -> None:
        """See Pass."""
        self._shrink.release()
        self._grow.release()


class BloomPass:
    """Adds the light around bright things, where no panel covers it."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._tint = Screen(context, library, "tint")
        self._rects = Rects(context, library, down=False)
        self._written: object = None  # where the light is added, and in which targets

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        if not picture.glass.bloom or picture.ground is None:  # what it is laid over has its light already
            return 0
        self._tint.set(panel=(0.0, 0.0, 0.0, 0.0), bias=picture.glass.bias, gain=picture.glass.bloom, cover=0.0)
        with opaque(self._context):
            self._tint.draw(targets.bloom, targets.eighth.texture)
        place = picture.open_area, targets.size, targets.part.at
        if place != self._written:
            self._written = place
            self._rects.write(np.array([picture.open_area], dtype=np.float32), targets.size, targets.part.at)
        targets.picture.framebuffer.use()
        self._rects.draw(targets.bloom.texture)  # its alpha is 0: what is premultiplied then adds
        return 2

    def release(self) -> None:
        """See Pass."""
        self._tint.release()
        self._rects.release()


class FlatPass:
    """Draws charts, the flat network and the controls' shapes."""

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
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


def _texels(target: Target, count: float) -> tuple[float, float]:
    return count / target.size[0], count / target.size[1]
