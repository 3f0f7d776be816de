"""What is shown outside of the opening hours: nothing, so that no picture burns in and nobody is tempted."""

import numpy as np

from engine.camera import OrbitCamera
from engine.flat.fonts import Fonts
from engine.flat.overlay import Overlay
from engine.graphics.picture import Ground, Picture
from engine.input import Event, Resize
from engine.scene import Scene
from scenes.kit.theme import Theme

BLACK = (0.0, 0.0, 0.0)
DARK = Ground(top=BLACK, bottom=BLACK, left_glow=BLACK, right_glow=BLACK)


class AsleepScene(Scene):
    """A black screen; what lies below rests."""

    halts = True

    def __init__(self, fonts: Fonts, theme: Theme, size: tuple[int, int]) -> None:
        self._theme, self._size = theme, size
        self.overlay = Overlay(fonts, size)

    @property
    def calm(self) -> bool:
        """See Scene."""
        return True

    def handle(self, event: Event) -> bool:
        """See Scene: nothing is heard."""
        if isinstance(event, Resize):
            self._size = event.size
            self.overlay.resize(event.size)
        return True

    def picture(self, *, now: float, blend: float) -> Picture:
        """See Scene."""
        size = self._size
        camera, area = OrbitCamera(), (0.0, 0.0, float(size[0]), float(size[1]))
        return Picture(
            ground=DARK,
            world=[],
            panels=np.zeros((0, 6), dtype=np.float32),
            glass=self._theme.glass(1.0),
            flat=[],
            overlay=self.overlay,
            view=camera.view(blend),
            projection=camera.projection(size, area),
            open_area=area,
            scale=1.0,
            light=False,
        )
