"""Easing, springs and phases: how values move. Everything is a function of the time that it is given."""

import math
from dataclasses import dataclass

WRAP = 3600.0  # seconds; shader time starts again each hour, since float32 seconds grow coarse (0.25 s after 30 days)


def wrapped(now: float) -> float:
    """Shader time for `now` seconds: 0 to `WRAP`, exact in float32 to a quarter of a millisecond."""
    return math.fmod(now, WRAP)


def turns(period: float) -> float:
    """Turns a second nearest to one per `period` seconds that close after `WRAP`, so that the wrap cannot be seen."""
    return max(1, round(WRAP / period)) / WRAP


def ease_out(t: float) -> float:
    """Cubic ease-out: 0 to 1 for t from 0 to 1, clamped; fast first, gentle at the end."""
    if t >= 1:
        return 1.0
    rest = 1 - max(0.0, t)
    return 1 - rest * rest * rest


def toward(rate: float, dt: float) -> float:
    """The share of the way that exponential smoothing at `rate` per second covers in `dt` seconds."""
    return 1 - math.exp(-rate * dt)


class _Ticked:
    """A value on its way to a target, one tick after the other; between two ticks it lies between both values."""

    value: float
    target: float
    previous: float

    def __post_init__(self) -> None:
        self.target = self.value if math.isnan(self.target) else self.target
        self.previous = self.value

    @property
    def moving(self) -> bool:
        """Whether the last tick has changed the value, or the next one will."""
        return self.previous != self.value or self.value != self.target

    def at(self, blend: float) -> float:
        """The value between the last two ticks."""
        return self.previous + (self.value - self.previous) * blend

    def jump(self, value: float) -> None:
        """Be at `value` at once, at rest."""
        self.value = self.target = self.previous = value


@dataclass
class Eased(_Ticked):
    """A number that follows its target smoothly; remembers its last value, so that a frame may lie between ticks."""

    value: float
    rate: float = 8.0  # per second
    target: float = math.nan
    previous: float = math.nan

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self.previous = self.value
        if self.value == self.target:
            return
        self.value += (self.target - self.value) * toward(self.rate, dt)
        if abs(self.target - self.value) < 1e-5:
            self.value = self.target


@dataclass
class Spring:
    """A damped spring with unit mass: stiffness 500 and damping 30 are the seed's theme knob."""

    value: float
    target: float
    stiffness: float = 500.0  # 1/s²
    damping: float = 30.0  # 1/s
    speed: float = 0.0

    STEPS = 16  # a tick; semi-implicit Euler is stable here and stays within 1 % of the exact curve

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        if self.value == self.target and not self.speed:
            return
        step = dt / self.STEPS
        for _ in range(self.STEPS):
            self.speed += (self.stiffness * (self.target - self.value) - self.damping * self.speed) * step
            self.value += self.speed * step
        if abs(self.target - self.value) < 1e-4 and abs(self.speed) < 1e-3:
            self.value, self.speed = self.target, 0.0


@dataclass
class Glide(_Ticked):
    """A number that goes evenly to its target: a way of 1 takes `seconds`, in whole ticks and never more."""

    value: float
    seconds: float = 0.3
    target: float = math.nan
    previous: float = math.nan

    def tick(self, dt: float) -> None:
        """Move on by `dt` seconds; at least one tick is needed, however few the seconds."""
        self.previous = self.value
        if self.value == self.target:
            return
        step = 1 / max(1, math.floor(self.seconds / dt + 1e-6))
        way = self.target - self.value
        self.value = self.target if abs(way) <= step + 1e-9 else self.value + math.copysign(step, way)
