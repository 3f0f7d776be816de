"""How the header, the hyper-parameters, the buttons and the error banner look."""

from engine.overlay import Item
from engine.text import Colour
from engine.ui import Slider
from scenes.theme import mixed
from scenes.training.controller import Snapshot
from scenes.training.parameters import BATCH_SIZES, DATASETS
from scenes.training.playback import speed_label

from .buttons import focus_ring, scaled
from .controls import Controls
from .drawing import BODY, DIGITS, STRONG, TITLE, Drawing
from .layout import Rect
from .words import TITLES, diverged, stamp

RAIL = 6  # units
KNOB = 8.5  # units
STEP = 4.0  # degrees that the logo turns at a time: thirty uploads a second are enough for it
SHORT = {"circle": "Circle", "exclusive-or": "Xor", "gaussians": "Gauss", "spiral": "Spiral", "digits": "Digits"}
_LABELS = {
    "dataset": "Data",
    "learning_rate": "Learning rate",
    "batch_size": "Batch size",
    "epochs": "Epochs",
    "speed": "Speed",
}


def draw_header(drawing: Drawing, rect: Rect, controls: Controls, *, spin: float, knob: float, blend: float) -> None:
    """Logo, title, the stamp of the source, and the theme toggle; `spin` in degrees, `knob` 0 dark to 1 light."""
    px, theme = drawing.px, drawing.theme
    middle = rect.y + rect.h / 2
    toggle = drawing.layout.slots["theme"]
    hover = controls.look("theme", blend).hover
    drawing.shape(toggle.bounds, theme.track[0], alpha=theme.track[1] + 0.12 * hover, radius=toggle.h / 2)
    at_knob = (toggle.x + px(14) + (toggle.w - px(28)) * (1 - knob), middle)
    focus_ring(drawing, controls, "theme", toggle, radius=14)
    drawing.disc(at_knob, 11 + 0.6 * hover, theme.accent_start, second=theme.accent_end)
    drawing.words("header", rect, None, lambda: _header_words(drawing, rect, toggle))
    logo = drawing.icon(
        "brain", (rect.x + px(30), middle), size=24, colour=theme.accent, angle=STEP * round(spin / STEP)
    )
    drawing.write("logo", rect, [logo])  # apart, since it turns and the words do not


def draw_stamp(drawing: Drawing, controls: Controls, snapshot: Snapshot, *, locked: bool, blend: float) -> None:
    """Where the numbers come from: a button between runs, a plain stamp during one."""
    px, theme, slot = drawing.px, drawing.theme, drawing.layout.slots["source"]
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


def draw_controls(
    drawing: Drawing, panel: Rect, controls: Controls, snapshot: Snapshot, *, locked: bool, blend: float
) -> None:
    """Labels with values, sliders, the grid of batch sizes."""
    for name in ("learning_rate", "epochs", "speed"):
        _slider(drawing, controls, name, blend)
    for name, _, _, chosen in _cells(snapshot):
        _cell(drawing, controls, name, chosen=chosen, locked=locked, blend=blend)
    key = (snapshot.parameters, snapshot.interval, locked)
    drawing.words("controls", panel, key, lambda: _control_words(drawing, panel, snapshot, locked=locked))


def draw_notice(drawing: Drawing, rect: Rect, snapshot: Snapshot, shown: float) -> None:
    """What happened, what to do next, and a code for the staff; slides in as `shown` goes from 0 to 1."""
    notice = _notice(drawing, snapshot)
    if notice is None or shown <= 0:
        drawing.overlay.remove("error")
        return
    px, theme, (tone, lines) = drawing.px, drawing.theme, notice
    top = rect.y - round((1 - shown) * px(10))
    ground = mixed(theme.panel, tone, 0.16)
    drawing.shape(
        (rect.x, top, rect.w, rect.h),
        ground,
        alpha=0.97 * shown,
        radius=14,
        line=tone,
        line_width=1.2,
        line_alpha=0.7 * shown,
    )
    words: list[Item] = [drawing.icon("triangle-alert", (rect.x + px(30), top + px(34)), size=24, colour=tone)]
    looks = ((13.0, STRONG, theme.text), (12.5, BODY, theme.muted), (11.0, DIGITS, theme.muted))
    base = top + px(28)
    for text, (size, face, ink) in zip(lines, looks, strict=True):
        for part in drawing.wrapped(text, rect.w - px(72), size=size, face=face):
            at = (rect.x + px(56), base)
            words.append(drawing.text(part, at, size=size, face=face, colour=ink, alpha=shown))
            base += px(16)
        base += px(5)
    drawing.write("error", Rect(rect.x, rect.y - px(12), rect.w, rect.h + px(12)), words)


def _notice(drawing: Drawing, snapshot: Snapshot) -> tuple[Colour, tuple[str, str, str]] | None:
    theme, error = drawing.theme, snapshot.error
    if error:
        return theme.danger, (error.sentence, error.hint, f"code {error.code}")
    if diverged(snapshot) and snapshot.ending:
        what, _, _ = snapshot.ending.reason.partition(": ")
        hint = "Too high a learning rate: choose a smaller one."
        return theme.warn, (_sentence(what), hint, f"epoch {snapshot.epoch} of {snapshot.epochs}")
    return None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _value(name: str, snapshot: Snapshot) -> str:
    parameters = snapshot.parameters
    return {
        "learning_rate": f"{parameters.learning_rate:.3f}",
        "batch_size": str(parameters.batch_size),
        "dataset": TITLES[parameters.dataset] if parameters.source == "trained" else "none: a simulated curve",
        "epochs": str(parameters.epochs),
        "speed": f"{speed_label(snapshot.interval)} · {snapshot.interval} ms",
    }[name]


def _slider(drawing: Drawing, controls: Controls, name: str, blend: float) -> None:
    px, theme, slot = drawing.px, drawing.theme, drawing.layout.slots[name]
    control = controls.ui.controls[name]
    assert isinstance(control, Slider)
    x, y = control.at(control.value)
    rail = (slot.x, y - px(RAIL) / 2, slot.w, px(RAIL))
    on = control.is_enabled
    drawing.shape(rail, theme.track[0], alpha=theme.track[1], radius=RAIL / 2)
    fill = (slot.x, rail[1], max(px(RAIL), x - slot.x), rail[3])
    first, second = (theme.accent_start, theme.accent_end) if on else (theme.muted, theme.muted)
    drawing.shape(fill, first, second=mixed(first, second, control.share), alpha=1.0 if on else 0.45, radius=RAIL / 2)
    look = controls.look(name, blend)
    focus_ring(drawing, controls, name, Rect(slot.x - px(4), slot.y, slot.w + px(8), slot.h), radius=8)
    if on:
        halo = 4.0 * look.hover
        drawing.disc((x, y), KNOB + halo, theme.accent, alpha=0.22 * look.hover)
        drawing.disc((x, y), KNOB + 0.8 * look.press, (255, 255, 255), line=theme.accent_start, line_width=2.0)
    else:
        drawing.disc((x, y), KNOB - 2, mixed(theme.panel, theme.muted, 0.75))


def _header_words(drawing: Drawing, rect: Rect, toggle: Rect) -> list[Item]:
    px, theme, middle = drawing.px, drawing.theme, rect.middle[1]
    title = drawing.text(
        "AI Training Visualizer",
        (rect.x + px(52), middle + px(7)),
        size=20,
        face=TITLE,
        colour=theme.accent,
        second=theme.title_end,
    )
    moon = drawing.icon("moon", (toggle.right - px(14), middle), size=14, colour=theme.muted)
    return [title, moon, drawing.icon("sun", (toggle.x + px(14), middle), size=14, colour=theme.muted)]


def _control_words(drawing: Drawing, panel: Rect, snapshot: Snapshot, *, locked: bool) -> list[Item]:
    px, theme, slots = drawing.px, drawing.theme, drawing.layout.slots
    words: list[Item] = [drawing.text("Hyper-parameters", (panel.x + px(16), panel.y + px(32)), size=15, face=TITLE)]
    if locked:
        at = (panel.right - px(16), panel.y + px(32))
        words.append(drawing.text("locked", at, size=11.5, colour=theme.muted, align="right"))
    for name, label in _LABELS.items():
        slot = slots[name]
        ink = theme.muted if locked and name != "speed" else theme.text
        base = slot.y - px(6 if name in ("batch_size", "dataset") else 1)
        words.append(drawing.text(label, (slot.x, base), size=13, face=BODY, colour=ink))
        value = _value(name, snapshot)
        words.append(drawing.text(value, (slot.right, base), size=13, face=DIGITS, colour=theme.accent, align="right"))
    for name, text, face, chosen in _cells(snapshot):
        ink = theme.muted if locked else theme.on_accent if chosen else theme.text
        at_text = (slots[name].middle[0], slots[name].middle[1] + px(4.5))
        words.append(drawing.text(text, at_text, size=12, face=face, colour=ink, align="middle"))
    return words


def _cells(snapshot: Snapshot) -> list[tuple[str, str, str, bool]]:
    """The cells of both grids: control, text, face, whether it is the chosen one."""
    asked = snapshot.parameters
    learned = asked.dataset if asked.source == "trained" else None
    sizes = [(f"batch_size.{size}", str(size), DIGITS, size == asked.batch_size) for size in BATCH_SIZES]
    return sizes + [(f"dataset.{name}", SHORT[name], BODY, name == learned) for name in DATASETS]


def _cell(drawing: Drawing, controls: Controls, name: str, *, chosen: bool, locked: bool, blend: float) -> None:
    theme = drawing.theme
    slot, look = drawing.layout.slots[name], controls.look(name, blend)
    focus_ring(drawing, controls, name, slot, radius=8)
    bounds = scaled(slot, 1 + 0.05 * look.hover - 0.10 * look.press)
    if chosen and not locked:
        drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=8)
    else:
        alpha = theme.track[1] * (0.62 + 0.6 * look.hover) * (1.9 if chosen else 1.0)
        drawing.shape(bounds, theme.track[0], alpha=alpha, radius=8)
