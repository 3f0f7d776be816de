"""The passes of a frame. Each draws one layer into the targets and returns its number of draw calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import moderngl
import numpy as np
from numpy.typing import NDArray

from .context import ByteOrder
from .picture import Ground, Picture
from .pipeline import Pipeline
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


@contextmanager
def opaque(context: moderngl.Context) -> Iterator[None]:
    """Replace rather than blend within the block."""
    context.disable(moderngl.BLEND)
    yield
    context.enable(moderngl.BLEND)


class GroundPass:
    """Copies the ground into the picture; draws it only when its colours or the size have changed."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._screen = Screen(context, library, "backdrop")
        self._drawn: tuple[Ground, Targets] | None = None

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        calls = 0
        if self._drawn != (picture.ground, targets):
            for name, value in vars(picture.ground).items():
                self._screen.program[name].value = value
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
    """Blurs the picture into the pyramid: a box down to 1/32, a tent back up to 1/8. Feeds glass and bloom."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._shrink = Screen(context, library, "shrink")
        self._grow = Screen(context, library, "grow")

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        calls = 0
        with opaque(self._context):
            for finer, coarser in zip([targets.picture, *targets.pyramid], targets.pyramid, strict=False):
                self._shrink.program["reach"].value = _texels(finer, 1.0 if finer is targets.picture else 0.5)
                calls += self._shrink.draw(coarser, finer.texture)
        _, eighth, sixteenth, smallest = targets.pyramid
        for source, target, share in ((smallest, sixteenth, 0.5), (sixteenth, eighth, 0.6)):
            self._grow.program["reach"].value = _texels(source, 0.75)
            self._grow.program["share"].value = share
            calls += self._grow.draw(target, source.texture)
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

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        if not picture.glass.bloom:
            return 0
        program = self._tint.program
        program["panel"].value = (0.0, 0.0, 0.0, 0.0)
        program["bias"].value = picture.glass.bias
        program["gain"].value = picture.glass.bloom
        with opaque(self._context):
            self._tint.draw(targets.bloom, targets.pyramid[1].texture)
        self._rects.write(np.array([picture.open_area], dtype=np.float32), targets.size)
        targets.picture.framebuffer.use()
        self._context.blend_func = moderngl.ONE, moderngl.ONE
        self._rects.draw(targets.bloom.texture)
        self._context.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        return 2

    def release(self) -> None:
        """See Pass."""
        self._tint.release()
        self._rects.release()


class GlassPass:
    """Panels of frosted glass: what is behind them, blurred and tinted, with a lit border and a soft shadow."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary) -> None:
        self._context = context
        self._tint = Screen(context, library, "tint")
        self._inside = Rects(context, library, down=False)
        self._border = Pipeline(context, library, "glass", layout="piece:4 panel:4 lift:2")
        self._written: bytes = b""

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        glass = picture.glass
        self._tint.program["panel"].value = glass.tint
        self._tint.program["bias"].value = 0.0
        self._tint.program["gain"].value = 1.0
        with opaque(self._context):
            self._tint.draw(targets.glass, targets.pyramid[1].texture)
        self._write(picture, targets.size)
        targets.picture.framebuffer.use()
        with opaque(self._context):
            calls = self._inside.draw(targets.glass.texture)
        targets.glass.texture.use(0)
        self._border.set(border=glass.border, shadow=glass.shadow, spread=glass.spread)
        return 1 + calls + self._border.draw()

    def release(self) -> None:
        """See Pass."""
        self._tint.release()
        self._inside.release()
        self._border.release()

    def _write(self, picture: Picture, size: tuple[int, int]) -> None:
        key = picture.panels.tobytes() + repr((size, picture.glass.spread, picture.scale)).encode()
        if key == self._written:
            return
        self._written = key
        line = float(np.ceil(picture.scale)) + 1.0
        self._inside.write(_interiors(picture.panels, line), size)
        self._border.write(_borders(picture.panels, line, picture.glass.spread))


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
        self._seen: Targets | None = None

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        for at, size, rows in picture.overlay.take():
            targets.overlay.write(at, size, rows)
        if picture.overlay.moved or self._seen is not targets:
            self._rects.write(picture.overlay.rects(), targets.size)
            self._seen = targets
        targets.picture.framebuffer.use()
        return self._rects.draw(targets.overlay.texture)

    def release(self) -> None:
        """See Pass."""
        self._rects.release()
        self._seen = None


def _texels(target: Target, count: float) -> tuple[float, float]:
    return count / target.size[0], count / target.size[1]


def _interiors(panels: NDArray[np.float32], line: float) -> NDArray[np.float32]:
    """Three plain rectangles a panel, between its corners and inside its border: float32 [3 * count, 4]."""
    x0, y0, x1, y1, _, r = panels.T
    middle = np.stack([x0 + line, y0 + r, x1 - line, y1 - r], axis=1)
    top = np.stack([x0 + r, y0 + line, x1 - r, y0 + r], axis=1)
    bottom = np.stack([x0 + r, y1 - r, x1 - r, y1 - line], axis=1)
    return np.concatenate([middle, top, bottom])


def _borders(panels: NDArray[np.float32], line: float, spread: float) -> NDArray[np.float32]:
    """Four corners and four edges a panel, with room for the shadow outside: float32 [8 * count, 10]."""
    x0, y0, x1, y1, _, r = panels.T
    left, top, right, bottom = x0 - spread, y0 - spread, x1 + spread, y1 + spread * 1.2
    pieces = [
        (left, top, x0 + r, y0 + r),
        (x1 - r, top, right, y0 + r),
        (left, y1 - r, x0 + r, bottom),
        (x1 - r, y1 - r, right, bottom),
        (x0 + r, top, x1 - r, y0 + line),
        (x0 + r, y1 - line, x1 - r, bottom),
        (left, y0 + r, x0 + line, y1 - r),
        (x1 - line, y0 + r, right, y1 - r),
    ]
    rows = [np.column_stack([*piece, panels[:, :4], panels[:, 4:6]]) for piece in pieces]
    return np.concatenate(rows).astype(np.float32)
