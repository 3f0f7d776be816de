"""An orbit camera: drag turns, wheel and pinch zoom, it turns by itself when left alone. The sole user of pyrr."""

from functools import lru_cache
from math import cos, pi, radians, sin, tan

import numpy as np
import pyrr
from numpy.typing import NDArray

from .motion import Eased, toward

FIELD_OF_VIEW = radians(50)
NEAREST, FARTHEST = 3.0, 8.0
HOME = (-0.20, 0.10, 5.0)  # yaw, pitch in radians; distance
STEEPEST = radians(80)
ZOOM_STEP = 0.9  # of the distance, a wheel step
SWAY, SWAYING = 0.09, 24.0  # radians to either side, and seconds there and back, while it sways
SETTLED = 1e-5  # below which nobody can tell a speed, or a share of swaying, from what it eases to
FITTING_ASPECT = 1.38  # width over height that the scene needs to be seen whole

Matrix = NDArray[np.float32]
Area = tuple[float, float, float, float]  # left, top, right, bottom, pixels


class OrbitCamera:
    """Looks at the origin from `distance`. Targets move at once, the view follows them damped; no panning."""

    def __init__(self) -> None:
        self._yaw = Eased(HOME[0], rate=14.0)
        self._pitch = Eased(HOME[1], rate=14.0)
        self._distance = Eased(HOME[2], rate=10.0)
        self.turning = 0.0  # turns a second, eased towards what tick() is told
        self._sways = 0.0  # 0 to 1, eased alike
        self._sway = Eased(0.0)  # radians beside where it looks; moved by hand alone
        self._swayed = 0.0  # seconds of swaying
        self.held = False

    @property
    def yaw(self) -> float:
        """Radians about the vertical axis."""
        return self._yaw.value + self._sway.value

    @property
    def pitch(self) -> float:
        """Radians above the horizon."""
        return self._pitch.value

    @property
    def distance(self) -> float:
        """World units to the origin, within `NEAREST` and `FARTHEST`."""
        return self._distance.value

    def drag(self, dx: float, dy: float, height: float) -> None:
        """Turn by a drag of pixels over a view `height` pixels high: the whole height is one turn."""
        self._yaw.target -= 2 * pi * dx / height
        self._pitch.target = max(-STEEPEST, min(STEEPEST, self._pitch.target + 2 * pi * dy / height))

    def zoom(self, factor: float) -> None:
        """Multiply the distance, within its limits. Factors that are not positive are passed over."""
        if factor > 0:
            self._distance.target = max(NEAREST, min(FARTHEST, self._distance.target * factor))

    def scroll(self, steps: float) -> None:
        """Zoom by wheel steps, positive is nearer."""
        self.zoom(ZOOM_STEP ** max(-40.0, min(40.0, steps)))

    @property
    def place(self) -> tuple[float, float, float]:
        """Where it looks from: yaw, pitch, distance."""
        return self.yaw, self.pitch, self.distance

    def look_from(self, yaw: float, pitch: float, distance: float) -> None:
        """Look from there at once, within its limits, and sway from there on."""
        self._yaw.jump(yaw)
        self._pitch.jump(max(-STEEPEST, min(STEEPEST, pitch)))
        self._distance.jump(max(NEAREST, min(FARTHEST, distance)))
        self._swayed = 0.0
        self._sway.jump(0.0)

    def home(self) -> None:
        """Go back to where it began, by the shorter way round."""
        turns = round((self._yaw.target - HOME[0]) / (2 * pi))
        self._yaw.target = HOME[0] + turns * 2 * pi
        self._pitch.target, self._distance.target = HOME[1], HOME[2]

    def begin_anew(self) -> None:
        """Go back to where it began, and sway from there as at first: somebody else comes."""
        self.home()
        self._swayed = self._sways = self.turning = 0.0
        self.held = False

    def tick(self, dt: float, *, turns: float, sways: float = 0.0) -> None:
        """Move on by `dt` seconds, by itself turning `turns` a second and swaying, 0 to 1, unless held."""
        self.turning = _nearer(self.turning, 0.0 if self.held else turns, dt)
        self._sways = _nearer(self._sways, 0.0 if self.held else sways, dt)
        self._swayed = (self._swayed + dt * self._sways) % SWAYING
        self._sway.previous, self._sway.value = self._sway.value, SWAY * sin(2 * pi * self._swayed / SWAYING)
        before, drift = self._yaw.value, self.turning * 2 * pi * dt
        self._yaw.target += drift
        self._yaw.value += drift  # turning by itself lags behind nothing
        for eased in (self._yaw, self._pitch, self._distance):
            eased.tick(dt)
        self._yaw.previous = before if abs(self._yaw.value - before) <= pi else self._yaw.value
        if abs(self._yaw.value) > 1e4:  # weeks of turning: come back near zero, with the same view
            self._wind_back()

    def view(self, blend: float) -> Matrix:
        """float32 [4, 4] for row vectors, `blend` of the way between the last two ticks."""
        yaw, pitch, distance = (each.at(blend) for each in (self._yaw, self._pitch, self._distance))
        yaw += self._sway.at(blend)
        sy, cy, sp, cp = sin(yaw), cos(yaw), sin(pitch), cos(pitch)
        return np.array(  # pyrr's look_at for this case, which costs ten times as much (a test compares them)
            [[cy, -sy * sp, sy * cp, 0], [0, cp, sp, 0], [-sy, -cy * sp, cy * cp, 0], [0, 0, -distance, 1]],
            dtype=np.float32,
        )

    def projection(self, size: tuple[int, int], area: Area) -> Matrix:
        """float32 [4, 4]: the field of view fills `area` of a picture of `size`, and the origin lies in its middle."""
        return _projection(size, area)

    def _wind_back(self) -> None:
        turns = round(self._yaw.value / (2 * pi)) * 2 * pi
        for name in ("value", "target", "previous"):
            setattr(self._yaw, name, getattr(self._yaw, name) - turns)


def _nearer(value: float, target: float, dt: float) -> float:
    """On its way to `target`, and at rest once nobody can tell it from that: else it would never be."""
    value += (target - value) * toward(3.0, dt)
    return value if target or abs(value) >= SETTLED else 0.0


@lru_cache(maxsize=8)  # of the scenes in a window, and of its sizes a moment ago
def _projection(size: tuple[int, int], area: Area) -> Matrix:
    width, height = size
    left, top, right, bottom = area
    fitted = min(bottom - top, (right - left) / FITTING_ASPECT)
    focal = max(1.0, fitted) / 2 / tan(FIELD_OF_VIEW / 2)  # pixels
    matrix = np.array(pyrr.matrix44.create_perspective_projection(50.0, 1.0, 0.1, 100.0), dtype=np.float64)
    matrix[0, 0], matrix[1, 1] = 2 * focal / width, 2 * focal / height
    matrix[2, 0] = -((left + right) / width - 1)
    matrix[2, 1] = -(1 - (top + bottom) / height)
    made = matrix.astype(np.float32)
    made.flags.writeable = False
    return made
