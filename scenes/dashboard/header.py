"""Logo, title, stamp, and the switches beside them."""

from engine.flat.fonts import Colour
from engine.flat.overlay import Item
from scenes.kit.drawing import STRONG, TITLE, Drawing
from scenes.kit.places import Rect
from scenes.kit.theme import Theme
from scenes.training.parameters import RunParameters
from scenes.training.snapshot import Snapshot

from .buttons import CELL_GROW, CELL_SHRINK, focus_ring, scaled
from .control_slots import INSIDE, STAMP, SWITCH, TRAVEL
from .controls import Controls
from .words import stamp

NAME = "AI Training Visualizer"
TITLE_SIZES = (20, 17.5, 16, 14.5, 13)  # units: the largest that has room
GAP, LEAST_NAME = 16, 80  # units beside a file's name, and those that it is shown from
STEP = 4.0  # degrees that the logo turns at a time: thirty uploads a second are enough for it


def draw_header(drawing: Drawing, rect: Rect, controls: Controls, *, knob: float, blend: float) -> None:
    """Title, help and the theme toggle; `knob` from 0 dark to 1 light."""
    theme, toggle = drawing.theme, switch(drawing, "theme")
    draw_toggle(drawing, controls, toggle, knob=knob, blend=blend)
    ask = switch(drawing, "help")
    over = controls.look("help", blend).hover
    focus_ring(drawing, controls, "help", ask, radius=14)
    drawing.shape(ask.bounds, theme.track[0], alpha=0.9 * theme.track[1] * over, radius=14)
    over_sun = knob > 0.5
    drawing.words("header", rect, over_sun, lambda: _header_words(drawing, rect, toggle, ask, over_sun=over_sun))


def draw_logo(drawing: Drawing, rect: Rect, *, spin: float) -> None:
    """The logo, turned by `spin` degrees: apart, since it turns and the words do not."""
    at, angle = (rect.x + drawing.px(30), rect.middle[1]), STEP * round(spin / STEP)
    drawing.write("logo", rect, [drawing.icon("brain", at, size=24, colour=drawing.theme.accent, angle=angle)])


def draw_toggle(drawing: Drawing, controls: Controls, toggle: Rect, *, knob: float, blend: float) -> None:
    """The switch of the theme: grows under the pointer, gives way to a press; `knob` 0 dark to 1 light."""
    theme, look = drawing.theme, controls.look("theme", blend)
    size = 1 + CELL_GROW * look.hover - CELL_SHRINK * look.press
    focus_ring(drawing, controls, "theme", toggle, radius=14)
    alpha = theme.track[1] + 0.12 * look.hover
    drawing.shape(scaled(toggle, size), theme.track[0], alpha=alpha, radius=SWITCH / 2 * size)
    way = TRAVEL / 2 * size * (1 - 2 * knob)
    at_knob = (toggle.middle[0] + drawing.layout.scale * way, toggle.y + toggle.h / 2)
    drawing.disc(at_knob, 11 * size, theme.accent_start, second=theme.accent_end)


def draw_stamp(drawing: Drawing, controls: Controls, snapshot: Snapshot, *, locked: bool, blend: float) -> None:
    """Where the numbers come from: a button between runs, a plain stamp during one."""
    px, theme, slot = drawing.px, drawing.theme, switch(drawing, "source")
    word = stamp(snapshot)
    ink = tone(theme, word)
    hover = 0.0 if locked else controls.look("source", blend).hover
    rim = 0.55 + 0.4 * hover
    strip = Rect(0, 0, drawing.layout.size[0], drawing.layout.strip)
    if strip.h:
        drawing.shape((0, 0, strip.w, strip.h), theme.panel, radius=0)
        drawing.shape((0, strip.h - px(1), strip.w, px(1)), theme.muted, alpha=0.3, radius=0)
    elif not drawing.layout.panels["header"].holds(slot.middle):  # over the field, whatever glows there
        drawing.shape(slot.bounds, theme.panel, radius=13)
    focus_ring(drawing, controls, "source", slot, radius=13)
    drawing.shape(slot.bounds, ink, alpha=0.06 + 0.03 * hover, radius=13, line=ink, line_width=1.0, line_alpha=rim)
    at = (slot.middle[0], slot.middle[1] + px(4))

    def words() -> list[Item]:
        return [drawing.text(word, at, size=11.5, face=STRONG, colour=ink, align="middle")]

    drawing.words("stamp", strip if strip.h else slot, word, words, front=bool(strip.h))


def draw_file(drawing: Drawing, rect: Rect, snapshot: Snapshot) -> None:
    """The name of the file that is shown, between title and stamp where there is room for it."""
    told, stamped = snapshot.parameters, drawing.layout.slots["source"]
    name = told.name if isinstance(told, RunParameters) else ""
    left = rect.x + drawing.px(52 + GAP) + drawing.overlay.fonts.width(NAME, TITLE, drawing.px(max(TITLE_SIZES)))
    right = stamped.x - drawing.px(GAP)
    if not name or not rect.holds(stamped.middle) or right - left < drawing.px(LEAST_NAME):
        drawing.overlay.remove("file")
        return
    at = (right, rect.middle[1] + drawing.px(4))

    def words() -> list[Item]:
        text = drawing.text(name, at, size=12, colour=drawing.theme.muted, align="right")
        return [drawing.fitted(text, right - left)]

    drawing.words("file", rect, name, words)


def tone(theme: Theme, word: str) -> Colour:
    """The colour of a stamp."""
    return {"TRAINED": theme.ok, "SIMULATED": theme.warn}.get(word, theme.accent)


def switch(drawing: Drawing, name: str) -> Rect:
    """Where a control of the header is drawn: as high as all of them, though a finger may hit more than that."""
    slot, high = drawing.layout.slots[name], drawing.px(SWITCH)
    wide = {"help": high, "theme": drawing.px(SWITCH + TRAVEL)}.get(name, slot.w)
    return Rect(slot.x + (slot.w - wide) // 2, slot.y + (slot.h - high) // 2, wide, high)


def _header_words(drawing: Drawing, rect: Rect, toggle: Rect, ask: Rect, *, over_sun: bool) -> list[Item]:
    px, theme, middle = drawing.px, drawing.theme, rect.middle[1]
    left, end = rect.x + px(52), drawing.layout.slots["help"].x - px(6)
    room = end - left - (px(8 + STAMP) if rect.w >= px(INSIDE) else 0)
    sizes = [size for size in TITLE_SIZES if drawing.overlay.fonts.width(NAME, TITLE, px(size)) <= room]
    size = max(sizes, default=min(TITLE_SIZES))
    title = drawing.text(
        NAME, (left, middle + px(7)), size=size, face=TITLE, colour=theme.accent, second=theme.title_end
    )
    inks = (theme.panel, theme.muted) if over_sun else (theme.muted, theme.panel)  # one of them is on the knob
    sun = drawing.icon("sun", (toggle.x + px(14), middle), size=14, colour=inks[0])
    moon = drawing.icon("moon", (toggle.right - px(14), middle), size=14, colour=inks[1])
    question = drawing.icon("circle-help", ask.middle, size=17, colour=theme.muted)
    return [title, question, moon, sun]
