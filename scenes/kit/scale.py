"""How large the interface is, in pixels a unit: what goes with a window, and what a window holds."""

LEAST = (340, 360)  # units of width and height that a window shows at least, whatever scale is wished


def fitting(size: tuple[int, int]) -> float:
    """The scale for a window of `size` pixels, in quarters: 1 up to full HD, 1.25 at 1440, 2 at 2160; upright too."""
    short, long = sorted(size)
    return max(1.0, min(3.0, round(4 * min(short / 1080, long / 1920)) / 4))


def held(size: tuple[int, int], scale: float) -> float:
    """The wished `scale`, or where it is above 1 the largest at which a window of `size` pixels shows `LEAST` units."""
    return min(scale, max(1.0, min(size[0] / LEAST[0], size[1] / LEAST[1])))
