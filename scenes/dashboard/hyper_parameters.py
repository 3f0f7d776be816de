"""The hyper-parameters: labels with values, sliders, grids of cells."""

from dataclasses import dataclass

from engine.flat.overlay import Item
from engine.flat.slider import Slider
from scenes.kit.choices import CURVE
from scenes.kit.control_drawing import CELL_GROW, CELL_SHRINK, focus_ring, scaled
from scenes.kit.drawing import BODY, DIGITS, TITLE, TITLE_BASE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import TITLES
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.theme import mixed
from scenes.kit.words import say
from scenes.training.lifecycle import Status
from scenes.training.parameters import BATCH_SIZES, DATASETS, FILE, OWN, Parameters, RunParameters
from scenes.training.playback import speed_label
from scenes.training.snapshot import Snapshot

from .controls import RunControls, data_of
from .stat_card import NOTHING

RAIL = 6  # units
KNOB = 8.5  # units
ABOVE_GRID, ABOVE_RAIL = 8, 18  # units from a label's baseline down to these: the ring of the focus lies between
SHORT = {"circle": "Circle", "exclusive-or": "Xor", "gaussians": "Gauss", "spiral": "Spiral", "digits": "Digits"}
SHORT |= {CURVE: "Curve", OWN: "Own"}
NAMES = {**TITLES, CURVE: "none: a simulated curve"}
CELL_SIZES, CELL_PAD = (12, 11, 10.5), 5  # units: the largest at which all words of a grid have room
MARK = (2, 14)  # units wide and high: where the value of the run on the screen lies, when the next has another
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
            _slider(drawing, controls, name, moment, known=_value(name, run, run.controls) != NOTHING)
        for cell in _cells(run, own=controls.own):
            _cell(drawing, controls, cell, locked=locked, blend=moment.blend)
        typed = controls.typed
        key = (run.parameters, run.controls, run.run is None, run.interval, locked, *typed.items())
        drawing.words("controls", panel, key, lambda: _control_words(drawing, panel, run, typed, locked=locked))


def _value(name: str, snapshot: Snapshot, told: Parameters | RunParameters) -> str:
    """What `told` has under `name`, in words; the speed is the playback's, of whatever run."""
    rate, learned = told.learning_rate, data_of(told)
    return {
        "learning_rate": NOTHING if rate is None else f"{rate:.3f}" if round(rate, 3) == rate < 1000 else f"{rate:.3g}",
        "batch_size": NOTHING if told.batch_size is None else f"{told.batch_size:,}",
        "dataset": NAMES.get(learned, learned) if learned else NOTHING,
        "epochs": NOTHING if told.epochs is None else f"{told.epochs:,}",
        "speed": f"{speed_label(snapshot.interval)} · {snapshot.interval} ms",
    }[name]


def changes(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """By control: what the run on the screen has, and what the next will have, where that is something else."""
    if snapshot.run is None:
        return {}
    pairs = {
        name: (_value(name, snapshot, snapshot.parameters), _value(name, snapshot, snapshot.controls))
        for name in ("dataset", "learning_rate", "batch_size", "epochs")
    }
    pairs["dataset"] = (_short(snapshot.parameters), _short(snapshot.controls))  # so both have room side by side
    return {name: (mine, other) for name, (mine, other) in pairs.items() if mine != other}


def _short(told: Parameters | RunParameters) -> str:
    learned = data_of(told)
    return SHORT.get(learned, learned) if learned else NOTHING


def _slider(drawing: Drawing, controls: RunControls, name: str, moment: Moment, *, known: bool) -> None:
    blend, px, theme, slot = moment.blend, drawing.px, drawing.theme, drawing.layout.slots[name]
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
    if name in changes(moment.run):
        own = control.at(float(getattr(moment.run.parameters, name) or 0.0))[0]
        if slot.x <= own <= slot.right:
            wide, high = map(px, MARK)
            drawing.shape((own - wide / 2, y - high / 2, wide, high), theme.muted, radius=1)
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
    px, theme, slots, width = drawing.px, drawing.theme, drawing.layout.slots, drawing.overlay.fonts.width
    following = changes(snapshot)
    words: list[Item] = [drawing.text("Settings", (panel.x + px(16), panel.y + px(TITLE_BASE)), size=15, face=TITLE)]
    if locked:
        at = (panel.right - px(16), panel.y + px(TITLE_BASE))
        told = ".file" if snapshot.source == FILE else ".replay" if snapshot.replay else ""
        word = say("fixed.loading" if snapshot.status is Status.LOADING and not told else f"fixed{told}")
        words.append(drawing.text(word, at, size=11.5, colour=theme.muted, align="right"))
    for name, (label, plain) in _LABELS.items():
        slot = slots[name]
        ink = theme.muted if locked and name != "speed" else theme.text
        grid = name in ("batch_size", "dataset")
        base = slot.y - px(ABOVE_GRID) if grid else round(slot.middle[1]) - px(ABOVE_RAIL)
        words.append(drawing.text(label, (slot.x, base), size=13, face=BODY, colour=ink))
        label_room = width(label, BODY, px(13)) + px(8)
        mine, other = following.get(name, ("", _value(name, snapshot, snapshot.controls)))
        value = f"{typed[name]}_" if name in typed else say("next", value=other) if mine else other
        last = drawing.text(value, (slot.right, base), size=13, face=DIGITS, colour=theme.accent, align="right")
        last = drawing.fitted(last, slot.w - label_room)
        words.append(last)
        between = slot.w - label_room - width(last.text, DIGITS, px(13)) - px(8)
        if mine:
            at = (slot.right - width(last.text, DIGITS, px(13)) - px(8), base)
            own = drawing.text(mine, at, size=13, face=DIGITS, colour=theme.text, align="right")
            words.append(drawing.fitted(own, between))
        elif width(plain, BODY, px(PLAIN)) <= between:
            words.append(drawing.text(plain, (slot.x + label_room, base), size=PLAIN, colour=theme.muted))
    cells = _cells(snapshot, own=f"dataset.{OWN}" in slots)
    for cell in cells:
        ink = (
            theme.on_accent if cell.chosen and not locked else theme.muted if locked and not cell.chosen else theme.text
        )
        at_text = (slots[cell.name].middle[0], slots[cell.name].middle[1] + px(4.5))
        size = _cell_size(drawing, [each for each in cells if each.face == cell.face])
        words.append(drawing.text(cell.text, at_text, size=size, face=cell.face, colour=ink, align="middle"))
    return words


@dataclass(frozen=True)
class _Cell:
    """One cell of a grid. `chosen`: what the controls show; `mine`: what the run on the screen has, if there is one."""

    name: str
    text: str
    face: str
    chosen: bool
    mine: bool


def _cells(snapshot: Snapshot, *, own: bool) -> list[_Cell]:
    """The cells of both grids."""
    asked, told = snapshot.controls, snapshot.parameters
    batch, learned, shown = told.batch_size, data_of(told), snapshot.run is not None
    names = (*DATASETS, CURVE, OWN) if own else (*DATASETS, CURVE)
    sizes = [
        _Cell(f"batch_size.{size}", str(size), DIGITS, size == asked.batch_size, shown and size == batch)
        for size in BATCH_SIZES
    ]
    return sizes + [
        _Cell(f"dataset.{name}", SHORT[name], BODY, name == data_of(asked), shown and name == learned) for name in names
    ]


def _cell_size(drawing: Drawing, cells: list[_Cell]) -> float:
    """Units: the largest size at which the words of all `cells` have room."""
    room = drawing.layout.slots[cells[0].name].w - drawing.px(CELL_PAD)

    def fits(size: float) -> bool:
        return all(drawing.overlay.fonts.width(cell.text, cell.face, drawing.px(size)) <= room for cell in cells)

    return next(filter(fits, CELL_SIZES), min(CELL_SIZES))


def _cell(drawing: Drawing, controls: RunControls, cell: _Cell, *, locked: bool, blend: float) -> None:
    theme, name, chosen = drawing.theme, cell.name, cell.chosen
    slot, look = drawing.layout.slots[name], controls.reaction(name, blend)
    focus_ring(drawing, controls, name, slot, radius=8)
    bounds = scaled(slot, 1 + CELL_GROW * look.hover - CELL_SHRINK * look.press)
    if chosen and not locked:
        drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=8)
    else:
        alpha = drawing.ground((0.62 + 0.6 * look.hover) * (1.9 if chosen else 1.0))
        line = 1.0 if chosen or cell.mine else 0.0
        drawing.shape(bounds, theme.track[0], alpha=alpha, radius=8, line=theme.muted, line_width=line, line_alpha=0.7)
