"""How large the interface is, in pixels a unit: what goes with a window, and what a window holds."""

ROOM = (340, 360)  # units of width and height that a window shows at least, whatever scale is wished
TOUCH, POINTER = 44, 26  # units of height of what can be hit, by finger and by mouse
LEAST = 24  # pixels of it, however small the scale: 2.5.8 of WCAG 2.2


PROJECTED = 800  # units of width that a projector shows: words are twice as large on 1600 pixels


class Scale:
    """Pixels a unit: as wished, or 0 for what goes with the window's size; larger for a `projector`."""

    def __init__(self, wished: float = 0.0, *, projector: bool = False) -> None:
        self.wished = wished
        self.projector = projector

    def toggle_projector(self) -> None:
        """Large words and the answer first, and back."""
        self.projector = not self.projector

    def of(self, size: tuple[int, int]) -> float:
        """For a window of `size` pixels."""
        usual = self.wished or fitting(size)
        return usual * min(2.0, max(1.0, size[0] / PROJECTED / usual)) if self.projector else usual


def fitting(size: tuple[int, int]) -> float:
    """The scale for a window of `size` pixels, in quarters: 1 up to full HD, 1.25 at 1440, 2 at 2160; upright too."""
    short, long = sorted(size)
    return max(1.0, min(3.0, round(4 * min(short / 1080, long / 1920)) / 4))


def held(size: tuple[int, int], scale: float) -> float:
    """The wished `scale`, or where it is above 1 the largest at which a window of `size` pixels shows `ROOM` units."""
    return min(scale, max(1.0, min(size[0] / ROOM[0], size[1] / ROOM[1])))


def reach(scale: float, *, touch: bool) -> float:
    """Units that a control is high: never less than `TOUCH` or `LEAST` pixels, however small the scale, and rounded."""
    return (TOUCH if scale >= 1 else (TOUCH + 1) / scale) if touch else max(POINTER, LEAST / scale)
