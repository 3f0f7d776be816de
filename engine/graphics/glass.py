"""Panels of frosted glass: what is behind them, blurred and tinted, with a lit border and, where wanted, a shadow."""

from collections.abc import Sequence

import moderngl
import numpy as np
from numpy.typing import NDArray

from .context import ByteOrder
from .passes import opaque
from .picture import Glass, Picture, Rgba
from .pipeline import Pipeline
from .rects import Rects
from .shaders import ShaderLibrary
from .targets import Target, Targets
from .tiles import Part

TOP, BOTTOM = 1.35, 0.45  # brightness of the border: the light comes from above
LIT = 0.8  # how much brighter it is where the pointer is

Panels = NDArray[np.float32]  # float32 [count, 6]: left, top, right, bottom, hover 0..1, corner radius


class GlassPass:
    """Copies the tinted blur where panels are. Only corners and edges, few pixels, compute their shape."""

    def __init__(self, context: moderngl.Context, library: ShaderLibrary, order: ByteOrder) -> None:
        self._context = context
        self._flush = order.flush
        self._inside = Rects(context, library, down=False)
        self._corners = Pipeline(context, library, "glass", layout="piece:4 round:4")
        self._shadows = Pipeline(context, library, "edge", layout="piece:4 reach:4 ink:4")
        self._edges = Pipeline(context, library, "edge", layout="piece:4 reach:4 ink:4")
        self._written: object = None

    def draw(self, picture: Picture, targets: Targets) -> int:
        """See Pass."""
        return self.lay(picture, targets, targets.picture)

    def lay(self, picture: Picture, targets: Targets, ground: Target) -> int:
        """Put the panes of `picture` on `ground`, as far as it is limited to, made of what was blurred last."""
        self._write(picture, targets.part)
        ground.framebuffer.use()
        calls = self._shadows.draw()  # below the panes: they reach under them
        self._flush()
        with opaque(self._context):
            calls += self._inside.draw(targets.glass.texture)
        self._flush()  # llvmpipe copies plain rectangles fast, but only in tiles that hold nothing else
        targets.glass.texture.use(0)
        self._corners.set(border=picture.glass.border)
        return calls + self._edges.draw() + self._corners.draw()

    def release(self) -> None:
        """See Pass."""
        for each in (self._inside, self._corners, self._shadows, self._edges):
            each.release()

    def _write(self, picture: Picture, part: Part) -> None:
        key = picture.panels.tobytes(), part, picture.glass, picture.scale
        if key != self._written:
            self._written = key
            self._inside.write(_interiors(picture.panels), part.size, part.at)
            self._corners.write(_corners(picture.panels))
            self._shadows.write(_shadows(picture.panels, picture.glass))
            self._edges.write(_borders(picture.panels, picture.glass.border, picture.scale))


def _interiors(panels: Panels) -> NDArray[np.float32]:
    """Three plain rectangles a panel, between its corners: float32 [3 * count, 4]."""
    x0, y0, x1, y1, _, r = panels.T
    middle = np.stack([x0, y0 + r, x1, y1 - r], axis=1)
    top = np.stack([x0 + r, y0, x1 - r, y0 + r], axis=1)
    bottom = np.stack([x0 + r, y1 - r, x1 - r, y1], axis=1)
    return np.concatenate([middle, top, bottom])


def _corners(panels: Panels) -> NDArray[np.float32]:
    """Four corners a panel: float32 [4 * count, 8]."""
    x0, y0, x1, y1, hover, r = panels.T
    top, bottom = TOP * (1 + LIT * hover), BOTTOM * (1 + LIT * hover)
    pieces = [
        (x0, y0, x0 + r, y0 + r, x0 + r, y0 + r, r, top),
        (x1 - r, y0, x1, y0 + r, x1 - r, y0 + r, r, top),
        (x0, y1 - r, x0 + r, y1, x0 + r, y1 - r, r, bottom),
        (x1 - r, y1 - r, x1, y1, x1 - r, y1 - r, r, bottom),
    ]
    return _rows(pieces)


def _borders(panels: Panels, border: Rgba, scale: float) -> NDArray[np.float32]:
    """Four straight lines a panel, bright above and faint below: float32 [4 * count, 12]."""
    x0, y0, x1, y1, hover, r = panels.T
    line, zero = max(1.0, round(scale)), np.zeros(len(panels))
    below = zero + (1 - (BOTTOM / TOP) ** 0.5) ** 0.5
    ink = _ink((*border[:3], border[3] * TOP), len(panels))
    ink[:, 3] *= 1 + LIT * hover
    pieces = [
        (x0 + r, y0, x1 - r, y0 + line, zero, zero, zero, zero, ink),
        (x0 + r, y1 - line, x1 - r, y1, zero, below, zero, below, ink),
        (x0, y0 + r, x0 + line, y1 - r, zero, zero, zero, below, ink),
        (x1 - line, y0 + r, x1, y1 - r, zero, zero, zero, below, ink),
    ]
    return _rows(pieces)


def _shadows(panels: Panels, glass: Glass) -> NDArray[np.float32]:
    """Four corners and four edges outside each panel, a little lower than it: float32 [8 * count, 12]."""
    if not glass.shadow[3]:
        panels = panels[panels[:, 4] > 0]
    x0, y0, x1, y1, hover, r = panels.T
    drop, zero, one = 0.2 * glass.spread, np.zeros(len(panels)), np.ones(len(panels))
    inset = 0.5 * r  # the corners' shadow begins inside the rounding
    left, right, top, bottom = x0 + inset, x1 - inset, y0 + inset + drop, y1 - inset + drop
    reach = glass.spread + inset
    rest, lift = _ink(glass.shadow, len(panels)), _ink(glass.lift, len(panels))
    ink = rest + (lift - rest) * hover[:, None]
    pieces = [
        (left - reach, top - reach, left, top, one, one, zero, zero, ink),
        (right, top - reach, right + reach, top, zero, one, one, zero, ink),
        (left - reach, bottom, left, bottom + reach, one, zero, zero, one, ink),
        (right, bottom, right + reach, bottom + reach, zero, zero, one, one, ink),
        (left, top - reach, right, top, zero, one, zero, zero, ink),
        (left, bottom, right, bottom + reach, zero, zero, zero, one, ink),
        (left - reach, top, left, bottom, one, zero, zero, zero, ink),
        (right, top, right + reach, bottom, zero, zero, one, zero, ink),
    ]
    return _rows(pieces)


def _ink(colour: Rgba, count: int) -> NDArray[np.float32]:
    return np.tile(np.array(colour, dtype=np.float32), (count, 1))


def _rows(pieces: Sequence[Sequence[NDArray[np.floating]]]) -> NDArray[np.float32]:
    return np.concatenate([np.column_stack(piece) for piece in pieces]).astype(np.float32)
