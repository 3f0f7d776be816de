"""Shimmering placeholders while a run is on its way: five variants, each as large as what it stands for."""

from scenes.kit.drawing import Drawing
from scenes.kit.places import Rect


def _bone(drawing: Drawing, bounds: tuple[float, float, float, float], radius: float = 5.0) -> None:
    colour, alpha = drawing.theme.track
    drawing.shape(bounds, colour, alpha=alpha, radius=radius, sheen=0.5)


def card(drawing: Drawing, rect: Rect) -> None:
    """A value and a line below it."""
    px = drawing.px
    _bone(drawing, (rect.x + px(16), rect.y + px(29), rect.w * 0.55, px(18)))
    _bone(drawing, (rect.x + px(16), rect.bottom - px(18), rect.w * 0.38, px(9)), 4.0)


def network(drawing: Drawing, rect: Rect) -> None:
    """Four columns of neurons, and their names."""
    px = drawing.px
    for share in (0.16, 0.39, 0.61, 0.84):
        middle = rect.x + share * rect.w
        _bone(drawing, (middle - px(9), rect.y + px(50), px(18), max(1, rect.h - px(90))), 9.0)
        _bone(drawing, (middle - px(20), rect.bottom - px(24), px(40), px(9)), 4.0)


def data(drawing: Drawing, rect: Rect) -> None:
    """The picture of what is learned: the default, a block."""
    px = drawing.px
    side = min(rect.w - px(32), rect.h - px(58))
    _bone(drawing, (rect.middle[0] - side / 2, rect.y + px(42), side, max(1, side)), 8.0)


def progress(drawing: Drawing, bar: Rect) -> None:
    """The bar, with a light that sweeps over it."""
    _bone(drawing, bar.bounds, 6.0)


def chart(drawing: Drawing, plot: Rect) -> None:
    """Where the curves go."""
    _bone(drawing, plot.bounds, 8.0)
