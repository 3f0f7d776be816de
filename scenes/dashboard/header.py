"""Logo, title, stamp, and the switches beside them."""

from collections.abc import Callable
from dataclasses import replace

from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.appearance import Appearance
from scenes.kit.control_drawing import CELL_GROW, CELL_SHRINK, focus_ring, scaled
from scenes.kit.drawing import BODY, STRONG, TITLE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import origin, stamp, stamp_colour, stamp_words
from scenes.kit.shape_cache import ShapeCache
from scenes.training.lifecycle import Status
from scenes.training.parameters import FILE

from .control_slots import INSIDE, STAMP, SWITCH, TRAVEL, switch
from .controls import RunControls

NAME = "AI Training Visualizer"
TITLE_SIZES = (20, 17.5, 16, 14.5, 13)  # units: the largest that has room
STAMP_SIZES, STAMP_EDGE = (11.5, 10.5, 9.5, 8.5), 14  # units: the largest that has room, within that of its edges
GAP, LEAST_NAME = 16, 80  # units beside a file's name, and those that it is shown from
LOGO = 360 / 3  # degrees a second while training
STEP = 4.0  # degrees that the logo turns at a time: thirty uploads a second are enough for it


class Header(Part):
    """Title, help and the switch of the theme, whose knob stands from 0 dark to 1 light."""

    def __init__(self, controls: RunControls, appearance: Appearance, title: Callable[[], str] = lambda: NAME) -> None:
        self._controls, self._knob, self._title = controls, appearance.knob, title
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        rests = self._knob.value == self._knob.target
        key = self._controls.key(moment) if rests else None
        self._cache.draw(drawing, key, lambda: self._draw(drawing, moment.blend))

    def _draw(self, drawing: Drawing, blend: float) -> None:
        theme, page, knob = drawing.theme, drawing.layout, self._knob.value
        rect, toggle, ask = page.panels["header"], switch(page, "theme"), switch(page, "help")
        self._draw_toggle(drawing, toggle, blend)
        over = self._controls.reaction("help", blend).hover
        focus_ring(drawing, self._controls, "help", ask, radius=14)
        drawing.shape(ask.bounds, theme.track[0], alpha=0.9 * theme.track[1] * over, radius=14)
        over_sun = knob > 0.5
        name = self._title() or NAME
        drawing.words(
            "header",
            rect,
            (over_sun, name),
            lambda: _header_words(drawing, rect, toggle, ask, name, over_sun=over_sun),
        )

    def _draw_toggle(self, drawing: Drawing, toggle: Rect, blend: float) -> None:
        """The switch of the theme: grows under the pointer, gives way to a press."""
        theme, look = drawing.theme, self._controls.reaction("theme", blend)
        size = 1 + CELL_GROW * look.hover - CELL_SHRINK * look.press
        focus_ring(drawing, self._controls, "theme", toggle, radius=14)
        alpha = theme.track[1] + 0.12 * look.hover
        drawing.shape(scaled(toggle, size), theme.track[0], alpha=alpha, radius=SWITCH / 2 * size)
        way = TRAVEL / 2 * size * (1 - 2 * self._knob.value)
        at_knob = (toggle.middle[0] + drawing.layout.scale * way, toggle.y + toggle.h / 2)
        drawing.disc(at_knob, 11 * size, theme.accent_start, second=theme.accent_end)


class Logo(Part):
    """Turns while a run moves, ends its turn, and rests upright: apart from the title, which does not turn."""

    def __init__(self) -> None:
        self.spin = 0.0  # degrees

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        turns = not moment.still and (moment.run.status is Status.TRAINING or self.spin > LOGO * dt)
        self.spin = (self.spin + LOGO * dt) % 360 if turns else 0.0

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        rect, angle = drawing.layout.panels["header"], STEP * round(self.spin / STEP)
        if drawing.layout.slots["help"].x < rect.x + drawing.px(52):  # where the switches take all the room
            drawing.overlay.remove("logo")
            return

        def words() -> list[Item]:
            at = (rect.x + drawing.px(30), rect.middle[1])
            return [drawing.icon("brain", at, size=24, colour=drawing.theme.accent, angle=angle)]

        drawing.words("logo", rect, angle, words)

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"panels": lambda: {"logo": list(moment.page.panels["header"].bounds)}}


class Stamp(Part):
    """How the run that is shown came about; nothing where there is none."""

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        px, theme, page, word = drawing.px, drawing.theme, drawing.layout, stamp(moment.run)
        slot, strip = page.panels["stamp"], Rect(0, 0, page.size[0], page.strip)
        if strip.h:
            drawing.shape((0, 0, strip.w, strip.h), theme.panel, radius=0)
            drawing.shape((0, strip.h - px(1), strip.w, px(1)), theme.muted, alpha=0.3, radius=0)
        if not word:
            drawing.overlay.remove("stamp")
            return
        ink = stamp_colour(theme, word)
        if not strip.h and not page.panels["header"].holds(slot.middle):  # over the field, whatever glows there
            drawing.shape(slot.bounds, theme.panel, radius=13)
        drawing.shape(slot.bounds, ink, alpha=0.06, radius=13, line=ink, line_width=1.0, line_alpha=0.55)

        def words() -> list[Item]:
            text = drawing.text(stamp_words(word), (slot.middle[0], slot.middle[1] + px(4)), face=STRONG, colour=ink)
            sizes = (replace(text, size=px(size), align="middle") for size in STAMP_SIZES)
            return [next((each for each in sizes if drawing.width(each) <= slot.w - px(STAMP_EDGE)), text)]

        drawing.words("stamp", strip if strip.h else slot, word, words, front=bool(strip.h))

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {"panels": lambda: {"stamp": list(moment.page.panels["stamp"].bounds)}} if stamp(moment.run) else {}


class Origin(Part):
    """Where the run that is shown comes from: in words, or the name of its file; between title and stamp."""

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        page, name = drawing.layout, origin(moment.run)
        rect, stamped = page.panels["header"], page.panels["stamp"]
        left = rect.x + drawing.px(52 + GAP) + drawing.overlay.fonts.width(NAME, TITLE, drawing.px(max(TITLE_SIZES)))
        right = stamped.x - drawing.px(GAP)
        right = page.slots["start"].x if "actions" in page.floating else right  # where the buttons stand there
        least = drawing.px(LEAST_NAME)  # a name can be cut, a sentence cannot
        if moment.run.source != FILE:
            least = drawing.overlay.fonts.width(name, BODY, drawing.px(12))
        if not name or not rect.holds(stamped.middle) or right - left < least:
            drawing.overlay.remove("file")
            return
        at = (right, rect.middle[1] + drawing.px(4))

        def words() -> list[Item]:
            text = drawing.text(name, at, size=12, colour=drawing.theme.muted, align="right")
            return [drawing.fitted(text, right - left)]

        drawing.words("file", rect, name, words)

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        told = moment.run.parameters
        place: Entries = {"panels": lambda: {"file": list(moment.page.panels["header"].bounds)}}
        if moment.run.source != FILE:
            return place if moment.run.run else {}
        return {"file": lambda: told.name, "title": lambda: told.title, **place}


def _header_words(drawing: Drawing, rect: Rect, toggle: Rect, ask: Rect, name: str, *, over_sun: bool) -> list[Item]:
    px, theme, middle = drawing.px, drawing.theme, rect.middle[1]
    left, end = rect.x + px(52), drawing.layout.slots["help"].x - px(6)
    room = end - left - (px(8 + STAMP) if rect.w >= px(INSIDE) else 0)
    sizes = [size for size in TITLE_SIZES if drawing.overlay.fonts.width(name, TITLE, px(size)) <= room]
    if not sizes and name != NAME and room > px(LEAST_NAME):  # an operator's own may be longer than any room
        sizes = [TITLE_SIZES[-1]]
    titles = [  # none where it has no room at all
        drawing.fitted(
            drawing.text(
                name, (left, middle + px(7)), size=size, face=TITLE, colour=theme.accent, second=theme.title_end
            ),
            room,
        )
        for size in sizes[:1]
    ]
    inks = (theme.panel, theme.muted) if over_sun else (theme.muted, theme.panel)  # one of them is on the knob
    sun = drawing.icon("sun", (toggle.x + px(14), middle), size=14, colour=inks[0])
    moon = drawing.icon("moon", (toggle.right - px(14), middle), size=14, colour=inks[1])
    question = drawing.icon("circle-help", ask.middle, size=17, colour=theme.muted)
    return [*titles, question, moon, sun]
