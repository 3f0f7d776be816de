"""Scrolling, where the page is longer than the window: wheel, drag, and a slim bar."""

from engine.input import Event, FocusLost, Move, Press, Release, Scroll

from .drawing import Drawing
from .part import Moment, Part
from .places import Layout

STEP = 60  # units a wheel step
BAR = 6  # units wide, as drawn
TOUCHED = 44  # units wide, as hit


class Scrolling(Part):
    """How far the page is scrolled, in pixels."""

    def __init__(self) -> None:
        self.scroll = 0
        self._held = False  # by a press beside the field
        self._bar = False  # by a press on the bar

    def clamp(self, page: Layout) -> int:
        """The scroll that `page` allows, which is kept."""
        self.scroll = max(0, min(self.scroll, page.height - page.size[1]))
        return self.scroll

    def handle(self, event: Event, moment: Moment) -> bool:
        """Scroll by wheel or by dragging beside the field; True if the page has moved."""
        page = moment.page
        if page.height <= page.size[1]:
            return False
        match event:
            case Scroll(at, steps) if not page.field.holds(at):
                return self._move(-steps * page.px(STEP), page)
            case Press(at):
                self._bar = at[0] >= page.size[0] - page.px(TOUCHED)
                self._held = not page.field.holds(at) and not self._bar
                return self._bar and self._jump(at[1], page)
            case Move(at, _, held) if held and self._bar:
                return self._jump(at[1], page)
            case Move(_, by, held) if held and self._held:
                return self._move(-by[1], page)
            case Release() | FocusLost():
                self._held = self._bar = False
        return False

    def reveal(self, top: int, bottom: int, page: Layout) -> bool:
        """Scroll no farther than needed to bring `top` to `bottom` into the window; True if the page has moved."""
        space = page.px(16)
        if top < page.strip + space:
            return self._move(top - page.strip_height - space, page)
        return bottom > page.size[1] - space and self._move(bottom - page.size[1] + space, page)

    def begin_anew(self) -> None:
        """See Part."""
        self.scroll = 0

    def _jump(self, at: float, page: Layout) -> bool:
        """Bring the middle of the bar's knob to `at` pixels from the top."""
        size = _knob(page)
        share = (at - size / 2) / max(1.0, page.size[1] - size)
        return self._move(share * (page.height - page.size[1]) - self.scroll, page)

    def _move(self, pixels: float, page: Layout) -> bool:
        before = self.scroll
        self.scroll = max(0, min(round(self.scroll + pixels), page.height - page.size[1]))
        return self.scroll != before


class ScrollBar(Part):
    """The bar at the right, where there is something to scroll: in front of all else."""

    def __init__(self, scrolling: Scrolling) -> None:
        self._scrolling = scrolling

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        page = drawing.layout
        height = page.size[1]
        if page.height > height:
            size = _knob(page)
            top = self._scrolling.scroll / (page.height - height) * (height - size)
            left = page.size[0] - page.px(BAR + 3)
            drawing.shape((left, top, page.px(BAR), size), drawing.theme.muted, alpha=0.5, radius=BAR / 2)


def takes(event: Event, page: Layout, focused: str | None) -> bool:
    """Whether a page that scrolls takes this, rather than a control under the pointer.

    That is what happens on the strip beside the stamp, and the wheel, unless it turns over the slider in focus.
    """
    if not isinstance(event, Press | Scroll) or page.height <= page.size[1]:
        return False
    if isinstance(event, Scroll) and not (focused and page.slots[focused].holds(event.at)):
        return True
    pinned = any(page.slots[name].holds(event.at) for name in page.pinned if name in page.slots)
    return event.at[1] < page.strip and not pinned


def _knob(page: Layout) -> float:
    """Pixels of the knob's length: the window's share of the page, but long enough to be held."""
    return max(float(page.px(TOUCHED)), page.size[1] ** 2 / page.height)
