"""The dashboard's own pipelines, in drawing order, and how each frame's rows reach them."""

from operator import is_

import numpy as np
from numpy.typing import NDArray

from engine.graphics.pipeline import Pipeline
from engine.graphics.renderer import Renderer
from scenes.kit.drawing import RIBBON_LAYOUT, SHAPE_LAYOUT, STRIP_LAYOUT, Drawing
from scenes.kit.theme import Theme, unit

from . import field_rows as rows
from .field import Field


class Pipelines:
    """Owned by the renderer, filled here."""

    def __init__(self, renderer: Renderer) -> None:
        self.motes = renderer.pipeline("particle", layout="place_phase:4", mode="points")
        self.links = renderer.pipeline("link", layout="from_phase:4 to_width:4 tint_alpha:4 drive:1")
        self.halos = renderer.pipeline("halo", layout="place_radius:4 tint_glow:4")
        self.neurons = renderer.pipeline("neuron", layout="place_radius:4 tint_glow:4 form:4")
        self.ribbons = renderer.pipeline("ribbon", layout=RIBBON_LAYOUT)
        self.strips = renderer.pipeline("strip", layout=STRIP_LAYOUT, mode="triangles")
        self.shapes = renderer.pipeline("shape", layout=SHAPE_LAYOUT)
        self.world: list[Pipeline] = [self.motes, self.halos, self.links, self.neurons]
        self.flat: list[Pipeline] = [self.strips, self.ribbons, self.shapes]
        self._strips: list[NDArray[np.float32]] = []

    def fill_world(self, field: Field, theme: Theme, view: NDArray[np.float32], *, time: float, blend: float) -> None:
        """Write what moves."""
        turn = field.turn_before + (field.turn - field.turn_before) * blend
        self.motes.set(spin=rows.mote_spin(time).tobytes(), style=(0.03, 0.5, 0.0, 0.0), tint=unit(theme.mote))
        self.links.write(np.concatenate([rows.link_rows(part, theme, time, blend) for part in field.parts]))
        self.links.set(flow=(0.45, 0.16, 1.1 * field.busy.at(blend) * theme.links))
        neurons = np.concatenate([rows.neuron_rows(part, theme, view, blend) for part in field.parts])
        self.halos.write(neurons[:, :8])
        self.neurons.write(neurons)
        self.neurons.set(turn=(float(turn[0]), float(turn[1])))

    def fill_flat(self, drawing: Drawing) -> None:
        """Write the shapes and strokes of this frame; curves only when they have changed."""
        self.ribbons.write(np.concatenate([np.zeros((0, 16), dtype=np.float32), *drawing.ribbons]))
        same = len(self._strips) == len(drawing.strips) and all(map(is_, self._strips, drawing.strips))
        if not same:
            empty = np.zeros((0, 8), dtype=np.float32)
            self.strips.write(np.concatenate([empty, *drawing.strips]))
            self._strips = list(drawing.strips)  # held, so that no other array can take their identity
        self.shapes.write(np.concatenate([*drawing.nodes, drawing.shape_rows()]))
