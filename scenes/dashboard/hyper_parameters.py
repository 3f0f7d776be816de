"""The hyper-parameters: labels with values, sliders, grids of cells."""

from engine.flat.overlay import Item
from engine.flat.slider import Slider
from scenes.kit.control_drawing import CELL_GROW, CELL_SHRINK, focus_ring, scaled
from scenes.kit.drawing import BODY, DIGITS, TITLE, TITLE_BASE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import TITLES
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.theme import mixed
from scenes.training.parameters import BATCH_SIZES, DATASETS, FILE, OWN
from scenes.training.playback import speed_label
from scenes.training.snapshot import Snapshot

from .controls import RunControls
from .stat_card import NOTHING

RAIL = 6  # units
KNOB = 8.5  # units
ABOVE_GRID, ABOVE_RAIL = 8, 18  # units from a label's baseline down to these: the ring of the focus lies between
SHORT = {"circle": "Circle", "exclusive-or": "Xor", "gaussians": "Gauss", "spiral": "Spiral", "digits": "Digits"}
SHORT[OWN] = "Own"
_LABELS = {  # the field's word, and what it means in plain ones
    "dataset": ("Data", "what is to be learned"),
    "learning_rate": ("Learning rate", "size of each step"),
    "batch_size": ("Batch size", "examples a step"),
    "epochs": ("Epochs", "rounds through all"),
    "speed": ("Speed", "per epoch"),
}
PLAIN = 11  # units, of those


class HyperParameters(Part):
    """Labels with values, sliders, the grids of data sets and batch sizes."""

    def __init__(self, controls: RunControls) -> None:
        self._controls = controls
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        self._cache.draw(drawing, self._controls.key(moment), lambda: self._draw(drawing, moment))

    def _draw(self, drawing: Drawing, moment: Moment) -> None:
        panel, controls, run = drawing.layout.panels["controls"], self._controls, moment.run
        locked = "set_param" not in run.can
        for name in ("learning_rate", "epochs", "speed"):
            _slider(drawing, controls, name, moment.blend, known=_value(name, run) != NOTHING)
        for name, _, _, chosen in _cells(run, own=controls.own):
            _cell(drawing, controls, name, chosen=chosen, locked=locked, blend=moment.blend)
        typed = controls.typed
        key = (run.parameters, run.interval, locked, *typed.items())
        drawing.words("controls", panel, key, lambda: _control_words(drawing, panel, run, typed, locked=locked))


def _value(name: str, snapshot: Snapshot) -> str:
    told = snapshot.parameters
    rate, learned = told.learning_rate, TITLES.get(told.dataset, told.dataset) if told.dataset else NOTHING
    return {
        "learning_rate": NOTHING if rate is None else f"{rate:.3f}" if round(rate, 3) == rate < 1000 else f"{rate:.3g}",
        "batch_size": NOTHING if told.batch_size is None else f"{told.batch_size:,}",
        "dataset": "none: a simulated curve" if told.source == "simulated" else learned,
        "epochs": NOTHING if told.epochs is None else f"{told.epochs:,}",
        "speed": f"{speed_label(snapshot.interval)} · {snapshot.interval} ms",
    }[name]


def _slider(drawing: Drawing, controls: RunControls, name: str, blend: float, *, known: bool) -> None:
    px, theme, slot = drawing.px, drawing.theme, drawing.layout.slots[name]
    control = controls.ui.controls[name]
    assert isinstance(control, Slider)
    x, y = control.at(control.value)
    rail = (slot.x, y - px(RAIL) / 2, slot.w, px(RAIL))
    on = control.is_enabled
    drawing.shape(rail, theme.track[0], alpha=theme.track[1], radius=RAIL / 2)
    if not known:  # a knob would say a value
        return
    fill = (slot.x, rail[1], max(px(RAIL), x - slot.x), rail[3])
    first, second = (theme.accent_start, theme.accent_end) if on else (theme.muted, theme.muted)
    drawing.shape(fill, first, second=mixed(first, second, control.share), alpha=1.0 if on else 0.45, radius=RAIL / 2)
    look = controls.reaction(name, blend)
    focus_ring(drawing, controls, name, Rect(slot.x - px(4), round(y) - px(9), slot.w + px(8), px(18)), radius=8)
    if on:
        halo = 4.0 * look.hover
        drawing.disc((x, y), KNOB + halo, theme.accent, alpha=0.22 * look.hover)
        drawing.disc((x, y), KNOB + 0.8 * look.press, (255, 255, 255), line=theme.accent_start, line_width=2.0)
    else:
        drawing.disc((x, y), KNOB - 2, mixed(theme.panel, theme.muted, 0.75))


def _control_words(
    drawing: Drawing, panel: Rect, snapshot: Snapshot, typed: dict[str, str], *, locked: bool
) -> list[Item]:
    px, theme, slots = drawing.px, drawing.theme, drawing.layout.slots
    words: list[Item] = [drawing.text("Settings", (panel.x + px(16), panel.y + px(TITLE_BASE)), size=15, face=TITLE)]
    if locked:
        at = (panel.right - px(16), panel.y + px(TITLE_BASE))
        word = "recorded" if snapshot.source == FILE else "fixed while it trains"
        words.append(drawing.text(word, at, size=11.5, colour=theme.muted, align="right"))
    for name, (label, plain) in _LABELS.items():
        slot = slots[name]
        ink = theme.muted if locked and name != "speed" else theme.text
        grid = name in ("batch_size", "dataset")
        base = slot.y - px(ABOVE_GRID) if grid else round(slot.middle[1]) - px(ABOVE_RAIL)
        words.append(drawing.text(label, (slot.x, base), size=13, face=BODY, colour=ink))
        value = f"{typed[name]}_" if name in typed else _value(name, snapshot)
        value_text = drawing.text(value, (slot.right, base), size=13, face=DIGITS, colour=theme.accent, align="right")
        label_room = drawing.overlay.fonts.width(label, BODY, px(13)) + px(8)
        value_text = drawing.fitted(value_text, slot.w - label_room)
        words.append(value_text)
        between = slot.w - label_room - drawing.overlay.fonts.width(value_text.text, DIGITS, px(13)) - px(8)
        if drawing.overlay.fonts.width(plain, BODY, px(PLAIN)) <= between:
            words.append(drawing.text(plain, (slot.x + label_room, base), size=PLAIN, colour=theme.muted))
    for name, text, face, chosen in _cells(snapshot, own=f"dataset.{OWN}" in slots):
        ink = theme.muted if locked and not chosen else theme.text if locked or not chosen else theme.on_accent
        at_text = (slots[name].middle[0], slots[name].middle[1] + px(4.5))
        words.append(drawing.text(text, at_text, size=12, face=face, colour=ink, align="middle"))
    return words


def _cells(snapshot: Snapshot, *, own: bool) -> list[tuple[str, str, str, bool]]:
    """The cells of both grids: control, text, face, whether it is the chosen one."""
    asked = snapshot.parameters
    learned = None if asked.source == "simulated" else asked.dataset
    names = (*DATASETS, OWN) if own else DATASETS
    sizes = [(f"batch_size.{size}", str(size), DIGITS, size == asked.batch_size) for size in BATCH_SIZES]
    return sizes + [(f"dataset.{name}", SHORT[name], BODY, name == learned) for name in names]


def _cell(drawing: Drawing, controls: RunControls, name: str, *, chosen: bool, locked: bool, blend: float) -> None:
    theme = drawing.theme
    slot, look = drawing.layout.slots[name], controls.reaction(name, blend)
    focus_ring(drawing, controls, name, slot, radius=8)
    bounds = scaled(slot, 1 + CELL_GROW * look.hover - CELL_SHRINK * look.press)
    if chosen and not locked:
        drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=8)
    else:
        alpha = drawing.ground((0.62 + 0.6 * look.hover) * (1.9 if chosen else 1.0))
        line = 1.0 if chosen else 0.0
        drawing.shape(bounds, theme.track[0], alpha=alpha, radius=8, line=theme.muted, line_width=line, line_alpha=0.7)
