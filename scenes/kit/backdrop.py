"""What lies behind the panels of a scene: the 3D field, an empty ground, or the scene below."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.camera import OrbitCamera
from engine.graphics.picture import Picture
from engine.graphics.pipeline import Pipeline
from engine.graphics.renderer import Renderer

from .drawing import Drawing
from .flat_pipelines import FlatPipelines
from .part import Moment
from .theme import Theme

DARK = (0.0, 0.0, 1.0, 1.0)  # without a world nothing is lit; some place has to be named
Rows = NDArray[np.float32]


class Backdrop(Protocol):
    """Makes the picture of a frame."""

    def picture(self, drawing: Drawing, moment: Moment, panels: Rows) -> Picture:
        """`drawing` over what lies behind. `panels`: float32 [count, 6], see Picture."""
        ...


class Empty:
    """No field: an empty ground, or with `over` the scene below, over which this one is laid."""

    def __init__(self, renderer: Renderer, *, over: bool) -> None:
        self._flat = FlatPipelines(renderer)
        self._over = over

    def picture(self, drawing: Drawing, moment: Moment, panels: Rows) -> Picture:
        """See Backdrop."""
        made = plain_picture(drawing, moment.theme, panels, self._flat.filled(drawing))
        made.ground = None if self._over else made.ground
        return made


def plain_picture(drawing: Drawing, theme: Theme, panels: Rows, flat: list[Pipeline]) -> Picture:
    """`drawing` on an empty ground."""
    camera, size = OrbitCamera(), drawing.layout.size
    area = (0.0, 0.0, float(size[0]), float(size[1]))
    return Picture(
        ground=theme.ground,
        world=[],
        panels=panels,
        glass=theme.glass(drawing.layout.scale),
        flat=flat,
        overlay=drawing.overlay,
        view=camera.view(1.0),
        projection=camera.projection(size, area),
        open_area=area,
        lit_area=DARK,
        scale=drawing.layout.scale,
        light=theme.light,
    )
