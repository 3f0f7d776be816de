"""Shimmering placeholders where figures and curves will be, while a run is on its way."""

from .drawing import Drawing
from .layout import Rect


def _bone(drawing: Drawing, bounds: tuple[float, float, float, float], radius: float = 5.0) -> None:
    colour, alpha = drawing.theme.track
    drawing.shape(bounds, colour, alpha=alpha, radius=radius, sheen=0.5)


def card(drawing: Drawing, rect: Rect) -> None:
    """A value and a line below it."""
    px = drawing.px
    _bone(drawing, (rect.x + px(16), rect.y + px(35), rect.w * 0.55, px(20)))
    _bone(drawing, (rect.x + px(16), rect.bottom - px(23), rect.w * 0.38, px(9)), 4.0)


def chart(drawing: Drawing, rect: Rect) -> None:
    """The plot."""
    px = drawing.px
    _bone(drawing, (rect.x + px(44), rect.y + px(48), rect.w - px(62), max(1, rect.h - px(78))), 8.0)
