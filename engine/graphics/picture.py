"""What a scene gives to the renderer: one moment, described. Nothing in here draws."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Overlay

from .pipeline import Pipeline

Rgb = tuple[float, float, float]  # 0..1
Rgba = tuple[float, float, float, float]
Area = tuple[float, float, float, float]  # left, top, right, bottom; pixels


@dataclass(frozen=True)
class Ground:
    """Colours of the ground: a vertical gradient and two glows. Drawn again only when they change."""

    top: Rgb
    bottom: Rgb
    left_glow: Rgb
    right_glow: Rgb


@dataclass(frozen=True)
class Glass:
    """How panels look; sizes in pixels."""

    tint: Rgba  # colour, and how much of it covers what is blurred behind
    border: Rgba
    shadow: Rgba
    lift: Rgba  # the shadow of a panel that the pointer is over
    spread: float
    bloom: float  # gain of the bloom; 0 leaves the pass out, as on light ground
    bias: float  # brightness below which nothing blooms


@dataclass
class Picture:
    """One frame. Layers are drawn in the order of these fields."""

    ground: Ground | None  # None for one that is laid over the picture before it
    world: Sequence[Pipeline]
    panels: NDArray[np.float32]  # float32 [count, 6]: left, top, right, bottom, hover 0..1, corner radius
    glass: Glass
    flat: Sequence[Pipeline]
    overlay: Overlay
    view: NDArray[np.float32]  # float32 [4, 4], row vectors as pyrr has them
    projection: NDArray[np.float32]
    open_area: Area  # where bloom is added
    lit_area: Area | None = None  # where the world may be lit, less and less at its edges; None: anywhere
    time: float = 0.0  # seconds, wrapped
    scale: float = 1.0  # pixels a layout unit
    light: bool = False
    mood: Rgba = field(default=(1.0, 1.0, 1.0, 0.0))

    @property
    def bare(self) -> bool:
        """Whether nothing but its ground lies behind what is flat: then nothing is blurred, and nothing blooms."""
        return self.ground is not None and not self.world and not len(self.panels)
