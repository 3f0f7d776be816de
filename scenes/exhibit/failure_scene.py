"""What is shown where the other scenes cannot be drawn any more: a sentence, and a way back."""

from collections.abc import Callable

import numpy as np

from engine.camera import OrbitCamera
from engine.flat.fonts import Fonts
from engine.flat.overlay import Icon, Overlay, Text
from engine.graphics.picture import Picture
from engine.input import Event, Key, Press, Resize
from engine.scene import Scene
from scenes.kit.theme import Theme
from scenes.kit.words import say

WIDE, HIGH = 460, 150  # units
LEFT = 64  # units: where its words begin
RADIUS = 16  # units
EDGE = 8  # units that the notice keeps from the window's edge at least
TRIES_AGAIN_AFTER = 15.0  # seconds
LINES = ((62, 17, "Inter-SemiBold", "error.internal"), (90, 14, "Inter-Medium", "way_on.any"))


class FailureScene(Scene):
    """Needs nothing but fonts and a theme; what lies below rests. `close` takes it off the stack."""

    halts = True

    def __init__(
        self, fonts: Fonts, theme: Theme, size: tuple[int, int], scale: float, *, code: str, close: Callable[[], object]
    ) -> None:
        self._theme, self._size, self._scale, self._code, self._close = theme, size, scale, code, close
        self.overlay = Overlay(fonts, size)
        self._left = TRIES_AGAIN_AFTER

    def handle(self, event: Event) -> bool:
        """See Scene."""
        if isinstance(event, Resize):
            self._size = event.size
            self.overlay.resize(event.size)
        elif isinstance(event, Key | Press):
            self._close()
        return True

    def tick(self, dt: float) -> None:
        """See Scene: where nobody is near, it tries again by itself."""
        self._left -= dt
        if self._left <= 0:
            self._close()

    def _line(self, key: str, at: tuple[float, float], face: str, points: float, scale: float) -> Text:
        """A line of the notice, smaller where it would leave it."""
        words, room = say(key), (WIDE - LEFT - EDGE) * scale
        fits = (
            size for size in range(round(points * scale), 6, -1) if self.overlay.fonts.width(words, face, size) <= room
        )
        return Text(words, at, face, next(fits, 6), self._theme.text)

    def picture(self, *, now: float, blend: float) -> Picture:
        """See Scene."""
        theme, size = self._theme, self._size
        scale = min(self._scale, size[0] / (WIDE + 2 * EDGE), size[1] / (HIGH + 2 * EDGE))
        width, height = round(WIDE * scale), round(HIGH * scale)
        left, top = (self._size[0] - width) // 2, (self._size[1] - height) // 2
        words = [
            self._line(key, (left + LEFT * scale, top + y * scale), face, points, scale)
            for y, points, face, key in LINES
        ]
        at = (left + LEFT * scale, top + 116 * scale)
        code = Text(say("notice.code", code=self._code), at, "JetBrainsMono-Medium", round(11 * scale), theme.muted)
        icon = Icon("triangle-alert", (left + 34 * scale, top + 57 * scale), round(26 * scale), theme.danger)
        self.overlay.put("broken", (left, top, width, height), [icon, *words, code])
        camera, area = OrbitCamera(), (0.0, 0.0, float(size[0]), float(size[1]))
        return Picture(
            ground=theme.ground,
            world=[],
            panels=np.array([(left, top, left + width, top + height, 0.0, RADIUS * scale)], dtype=np.float32),
            glass=theme.glass(scale),
            flat=[],
            overlay=self.overlay,
            view=camera.view(blend),
            projection=camera.projection(size, area),
            open_area=area,
            scale=scale,
            light=theme.light,
        )
