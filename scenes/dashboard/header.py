"""Logo, title, stamp, and the switches beside them."""

from engine.overlay import Item
from scenes.training.controller import Snapshot

from .buttons import focus_ring
from .controls import Controls
from .drawing import STRONG, TITLE, Drawing
from .layout import Rect
from .slots import SWITCH
from .words import stamp

STEP = 4.0  # degrees that the logo turns at a time: thirty uploads a second are enough for it


def draw_header(drawing: Drawing, rect: Rect, controls: Controls, *, knob: float, blend: float) -> None:
    """Title, help and the theme toggle; `knob` from 0 dark to 1 light."""
    px, theme = drawing.px, drawing.theme
    middle = rect.y + rect.h / 2
    toggle = switch(drawing, "theme")
    hover = controls.look("theme", blend).hover
    drawing.shape(toggle.bounds, theme.track[0], alpha=theme.track[1] + 0.12 * hover, radius=toggle.h / 2)
    at_knob = (toggle.x + px(14) + (toggle.w - px(28)) * (1 - knob), middle)
    focus_ring(drawing, controls, "theme", toggle, radius=14)
    drawing.disc(at_knob, 11 + 0.6 * hover, theme.accent_start, second=theme.accent_end)
    ask = switch(drawing, "help")
    over = controls.look("help", blend).hover
    focus_ring(drawing, controls, "help", ask, radius=14)
    drawing.shape(ask.bounds, theme.track[0], alpha=0.9 * theme.track[1] * over, radius=14)
    drawing.words("header", rect, None, lambda: _header_words(drawing, rect, toggle, ask))


def draw_logo(drawing: Drawing, rect: Rect, *, spin: float) -> None:
    """The logo, turned by `spin` degrees: apart, since it turns and the words do not."""
    at, angle = (rect.x + drawing.px(30), rect.middle[1]), STEP * round(spin / STEP)
    drawing.write("logo", rect, [drawing.icon("brain", at, size=24, colour=drawing.theme.accent, angle=angle)])


def draw_stamp(drawing: Drawing, controls: Controls, snapshot: Snapshot, *, locked: bool, blend: float) -> None:
    """Where the numbers come from: a button between runs, a plain stamp during one."""
    px, theme, slot = drawing.px, drawing.theme, switch(drawing, "source")
    word = stamp(snapshot)
    tone = {"TRAINED": theme.ok, "SIMULATED": theme.warn}.get(word, theme.accent)
    hover = 0.0 if locked else controls.look("source", blend).hover
    focus_ring(drawing, controls, "source", slot, radius=13)
    rim = 0.55 + 0.4 * hover
    if drawing.layout.floats:
        drawing.shape(slot.bounds, theme.panel, alpha=1.0, radius=13)
    drawing.shape(slot.bounds, tone, alpha=0.1 + 0.1 * hover, radius=13, line=tone, line_width=1.0, line_alpha=rim)
    at = (slot.middle[0], slot.middle[1] + px(4))

    def words() -> list[Item]:
        return [drawing.text(word, at, size=11.5, face=STRONG, colour=tone, align="middle")]

    drawing.words("stamp", slot, word, words, front=drawing.layout.floats)


def switch(drawing: Drawing, name: str) -> Rect:
    """Where a control of the header is drawn: as high as all of them, though a finger may hit more than that."""
    slot, high = drawing.layout.slots[name], drawing.px(SWITCH)
    wide = high if name == "help" else slot.w
    return Rect(slot.x + (slot.w - wide) // 2, slot.y + (slot.h - high) // 2, wide, high)


def _header_words(drawing: Drawing, rect: Rect, toggle: Rect, ask: Rect) -> list[Item]:
    px, theme, middle = drawing.px, drawing.theme, rect.middle[1]
    title = drawing.text(
        "AI Training Visualizer",
        (rect.x + px(52), middle + px(7)),
        size=20 if rect.w >= drawing.px(480) else 17.5,
        face=TITLE,
        colour=theme.accent,
        second=theme.title_end,
    )
    moon = drawing.icon("moon", (toggle.right - px(14), middle), size=14, colour=theme.muted)
    question = drawing.icon("circle-help", ask.middle, size=17, colour=theme.muted)
    return [title, question, moon, drawing.icon("sun", (toggle.x + px(14), middle), size=14, colour=theme.muted)]
