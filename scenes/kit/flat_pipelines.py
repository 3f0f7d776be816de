"""The pipelines of what lies flat over the field, in drawing order: curves, strokes, tiles, shapes."""

from operator import is_

import numpy as np
from numpy.typing import NDArray

from engine.graphics.pipeline import Pipeline
from engine.graphics.renderer import Renderer

from .drawing import RIBBON_LAYOUT, SHAPE_LAYOUT, STRIP_LAYOUT, TILE_LAYOUT, Drawing


class FlatPipelines:
    """Owned by the renderer, filled here."""

    def __init__(self, renderer: Renderer) -> None:
        self._ribbons = renderer.pipeline("ribbon", layout=RIBBON_LAYOUT)
        self._strips = renderer.pipeline("strip", layout=STRIP_LAYOUT, mode="triangles")
        self.tiles = renderer.pipeline("tile", layout=TILE_LAYOUT)  # what they read is set by whoever has faces
        self._shapes = renderer.pipeline("shape", layout=SHAPE_LAYOUT)
        self._written: list[NDArray[np.float32]] = []

    def filled(self, drawing: Drawing) -> list[Pipeline]:
        """With the shapes and strokes of this frame; curves are written only when they have changed."""
        self._ribbons.write(np.concatenate([np.zeros((0, 16), dtype=np.float32), *drawing.ribbons]))
        same = len(self._written) == len(drawing.strips) and all(map(is_, self._written, drawing.strips))
        if not same:
            empty = np.zeros((0, 8), dtype=np.float32)
            self._strips.write(np.concatenate([empty, *drawing.strips]))
            self._written = list(drawing.strips)  # held, so that no other array can take their identity
        self.tiles.write(np.concatenate([np.zeros((0, 13), dtype=np.float32), *drawing.tiles]))
        self._shapes.write(np.concatenate([*drawing.nodes, drawing.shape_rows()]))
        return [self._strips, self._ribbons, self.tiles, self._shapes]
