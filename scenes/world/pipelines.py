"""The field's pipelines, in drawing order, and how each frame's rows reach them."""

from math import fmod, pi

import numpy as np
from numpy.typing import NDArray

from engine.graphics.pipeline import Pipeline
from engine.graphics.renderer import Renderer
from scenes.kit.theme import Theme, unit

from . import field_rows as rows
from .faces import Faces, Levels
from .field import Field, floating

BEAT = round(3600 / 9) / 3600  # turns a second, of the balls' bending: it closes with the hour
TURNED = 2048 * pi  # radians, a whole number of turns: float32 is exact enough up to there, and not after weeks
NOBODY = np.zeros((1, 4, 4), dtype=np.uint8)  # the face of nobody: samplers have to read something


class FaceImages:
    """The faces of the epoch before and of the one that is shown, on the card: sent once an epoch."""

    def __init__(self, renderer: Renderer) -> None:
        self._stack = renderer.stack()
        self._sent: tuple[Levels, Levels] | None = None
        self._share = 1.0  # of the way from one to the other

    def write(self, faces: Faces | None) -> None:
        """Hold these."""
        before, after = (faces.before, faces.after) if faces else (NOBODY, NOBODY)
        if self._sent is None or self._sent[0] is not before or self._sent[1] is not after:
            self._sent = before, after
            self._stack.write(np.stack([before, after], axis=-1))
        self._share = faces.share if faces else 1.0

    def wear(self, pipeline: Pipeline, theme: Theme) -> None:
        """Let a pipeline whose shader includes face.glsl read them, in the inks of `theme`."""
        pipeline.images = {"faces": self._stack}
        pipeline.set(share=self._share, zero=unit(theme.zero), no=unit(theme.no))


class WorldPipelines:
    """Owned by the renderer, filled here."""

    def __init__(self, renderer: Renderer) -> None:
        self.motes = renderer.pipeline("particle", layout="place_phase:4", mode="points")
        self.links = renderer.pipeline("link", layout="from_phase:4 to_width:4 tint_alpha:4 drive:1")
        self.halos = renderer.pipeline("halo", layout="place_radius:4 tint_glow:4", effect=True)
        self.neurons = renderer.pipeline("neuron", layout="place_radius:4 tint_glow:4 form:4 wear:2 yes:3")
        self.faces = FaceImages(renderer)
        self.all: list[Pipeline] = [self.motes, self.halos, self.links, self.neurons]

    def fill(
        self,
        field: Field,
        theme: Theme,
        view: NDArray[np.float32],
        *,
        time: float,
        blend: float,
        aim: rows.Aim = rows.NO_AIM,
    ) -> None:
        """Write what moves, and bring out what `aim` says."""
        turn = field.turn_before + (field.turn - field.turn_before) * blend
        self.motes.set(spin=rows.mote_spin(time).tobytes(), style=(0.03, 0.5, 0.0, 0.0), tint=unit(theme.mote))
        parts = [(part, floating(part.neurons, time), aim if part is field else rows.NO_AIM) for part in field.parts]
        self.links.write(
            np.concatenate([rows.link_rows(part, at, theme, time, blend, aim=own) for part, at, own in parts])
        )
        busy = max(field.transition.at(blend).busy, aim.walk.aside if aim.walk else 0.0)
        self.links.set(flow=(0.45, 0.16, 1.1 * busy * theme.links))
        neurons = np.concatenate([rows.neuron_rows(part, at, theme, view, blend, aim=own) for part, at, own in parts])
        self.halos.write(neurons[:, :8])
        self.neurons.write(neurons)
        self.neurons.set(turn=(fmod(turn[0], TURNED), fmod(turn[1], TURNED)), beat=BEAT)
        self.faces.write(field.transition.at(blend).faces)
        self.faces.wear(self.neurons, theme)
