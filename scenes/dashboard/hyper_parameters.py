"""The settings of a run on their three tabs: labels with values, sliders, grids of cells."""

from dataclasses import dataclass
from typing import Any

from engine.flat.overlay import Item
from engine.flat.slider import Slider
from scenes.kit.choices import SETTINGS
from scenes.kit.control_drawing import CELL_GROW, CELL_SHRINK, focus_ring, scaled
from scenes.kit.drawing import BODY, DIGITS, TITLE, TITLE_BASE, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Rect
from scenes.kit.run_words import titled
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.theme import mixed
from scenes.kit.words import say, say_or
from scenes.training.lifecycle import Status
from scenes.training.parameters import FILE, Parameters, RunParameters
from scenes.training.playback import speed_label
from scenes.training.snapshot import Snapshot
from scenes.training.steering import STEERED

from .control_slots import GRIDS, MOST_APART, TAB_HIGH, TAB_MIDDLE, TAB_OF, TWO_LINES
from .controls import RunControls, applies, data_of, neurons
from .stat_card import NOTHING

RAIL = 6  # units
KNOB = 8.5  # units
ABOVE_GRID, ABOVE_RAIL = 8, 18  # units from a label's baseline down to these: the ring of the focus lies between
CELL_SIZES, CELL_PAD = (12, 11, 10.5, 9.5, 8.5), 5  # units: the largest at which all words of a grid have room
MARK = (2, 14)  # units wide and high: where the value of the run on the screen lies, when the next has another
UNNAMED = ("new_seed",)  # what has a cell, and no label of its own
PLAIN = 11  # units high, of what a setting means in plain words
TAB_SIZES, TAB_GAP = (15, 14, 13, 12, 11, 10), 4  # units: the largest that has room; between two
LABEL_SIZES, LABEL_SHARE = (13, 12, 11, 10, 9), 0.66  # units; of a row's width, that a setting's name takes at most


class HyperParameters(Part):
    """Labels with values, sliders, grids; of the three tabs, the one that the controls show."""

    def __init__(self, controls: RunControls) -> None:
        self._controls = controls
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        self._cache.draw(drawing, self._controls.key(moment), lambda: self._draw(drawing, moment))

    def _draw(self, drawing: Drawing, moment: Moment) -> None:
        panel, controls, run = drawing.layout.panels["controls"], self._controls, moment.run
        for tab in SETTINGS:
            _tab(drawing, controls, tab, blend=moment.blend)
        for name in _shown(controls):
            if isinstance(controls.ui.controls.get(name), Slider):
                _slider(drawing, controls, name, moment, known=_value(name, run, run.controls, controls) != NOTHING)
        cells = _cells(run, controls)
        for cell in cells:
            _cell(drawing, controls, cell, blend=moment.blend)
        seen = (controls.tab, controls.layer, *controls.typed.items())
        can = run.can & {"set_param", "steer"}
        key = (run.settings, run.controls, run.run is None, run.interval, can, *seen)
        drawing.words("controls", panel, key, lambda: _control_words(drawing, panel, run, controls, cells))


def _shown(controls: RunControls) -> list[str]:
    """The settings of the tab that is shown."""
    return [name for name, tab in TAB_OF.items() if tab == controls.tab]


def _value(name: str, snapshot: Snapshot, told: Parameters | RunParameters, controls: RunControls) -> str:
    """What `told` has under `name`, in words; the speed is the playback's, of whatever run."""
    if name == "speed":
        return f"{say(f'speed.{speed_label(snapshot.interval)}')} · {snapshot.interval} ms"
    if name == "dataset":
        learned = data_of(told)
        return titled(learned) if learned else NOTHING
    if not applies(name, told):
        return NOTHING
    if name == "layers":
        return NOTHING if told.hidden is None else " – ".join(map(str, told.hidden)) or say("setting.none")
    value: Any = neurons(told, controls.layer) if name == "neurons" else getattr(told, name)
    if name == "seed" and value is None:
        return "0" if isinstance(told, Parameters) else NOTHING
    if value is None:
        return NOTHING
    if name == "learning_rate":
        return f"{value:.3f}" if round(value, 3) == value < 1000 else f"{value:.3g}"
    if name == "features":
        return ", ".join(value)
    if name in ("noise", "split"):
        return f"{100 * value:.3g}%"
    if isinstance(value, float):
        return f"{value:.3f}" if name in ("l1", "l2") else f"{value:.2f}"
    return say_or(f"cell.{value}", value) if isinstance(value, str) else f"{value:,}"


def changes(snapshot: Snapshot, controls: RunControls) -> dict[str, tuple[str, str]]:
    """By control: what the run on the screen has, and what the next will have, where that is something else."""
    if snapshot.run is None:
        return {}
    own = isinstance(snapshot.controls, Parameters) and snapshot.controls.seed is None
    names = [name for name in TAB_OF if name not in ("speed", "neurons", *UNNAMED, *(["seed"] if own else []))]
    pairs = {
        name: tuple(_value(name, snapshot, told, controls) for told in (snapshot.settings, snapshot.controls))
        for name in names
    }
    pairs["dataset"] = (_short(snapshot.settings), _short(snapshot.controls))  # so both have room side by side
    return {name: (pair[0], pair[1]) for name, pair in pairs.items() if pair[0] != pair[1]}


def _short(told: Parameters | RunParameters) -> str:
    learned = data_of(told)
    return titled(learned, short=True) if learned else NOTHING


def _tab(drawing: Drawing, controls: RunControls, tab: str, *, blend: float) -> None:
    """The head of a tab: a line under the one that is shown."""
    theme, px, slot = drawing.theme, drawing.px, drawing.layout.slots[f"settings.{tab}"]
    look, shown = controls.reaction(f"settings.{tab}", blend), tab == controls.tab
    high, top = px(TAB_HIGH), drawing.layout.panels["controls"].y + px(TAB_MIDDLE - TAB_HIGH / 2)
    bounds = (slot.x, top, slot.w, high)
    focus_ring(drawing, controls, f"settings.{tab}", Rect(*map(round, bounds)), radius=8)
    if look.hover and not shown:
        drawing.shape(bounds, theme.track[0], alpha=drawing.ground(0.8 * look.hover), radius=8)
    if shown:
        line = (slot.x + px(7), bounds[1] + high - px(2), slot.w - 2 * px(7), px(2.5))
        drawing.shape(line, theme.accent_start, second=theme.accent_end, radius=1.2)


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
    if name in changes(moment.run, controls):
        own = control.at(float(getattr(moment.run.settings, name) or 0.0))[0]
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
    drawing: Drawing, panel: Rect, snapshot: Snapshot, controls: RunControls, cells: "list[_Cell]"
) -> list[Item]:
    words = _tab_words(drawing, panel, snapshot, controls)
    following, typed = changes(snapshot, controls), controls.typed
    for name in _shown(controls):
        if name not in UNNAMED:
            words += _label(drawing, name, snapshot, controls, following.get(name), typed.get(name))
    theme, px = drawing.theme, drawing.px
    for cell in cells:
        slot, usable = drawing.layout.slots[cell.name], controls.enabled(cell.name)
        ink = theme.on_accent if cell.chosen and usable else theme.text if usable or cell.chosen else theme.muted
        at_text = (slot.middle[0], slot.middle[1] + px(4.5))
        size = _cell_size(drawing, [each for each in cells if each.grid == cell.grid])
        words.append(drawing.text(cell.text, at_text, size=size, face=cell.face, colour=ink, align="middle"))
    return words


def _tab_words(drawing: Drawing, panel: Rect, snapshot: Snapshot, controls: RunControls) -> list[Item]:
    """The names of the tabs, and why nothing can be changed, where that is so."""
    px, theme, slots = drawing.px, drawing.theme, drawing.layout.slots
    words: list[Item] = []
    base, size = panel.y + px(TITLE_BASE), _tab_size(drawing)
    for tab in SETTINGS:
        ink = theme.text if tab == controls.tab else theme.muted
        at = (slots[f"settings.{tab}"].middle[0], base)
        words.append(drawing.text(say(f"tab.{tab}"), at, size=size, face=TITLE, colour=ink, align="middle"))
    if "set_param" in snapshot.can:
        return words
    told = ".file" if snapshot.source == FILE else ".replay" if snapshot.replay else ""
    turning = "steer" in snapshot.can and any(TAB_OF.get(name) == controls.tab for name in STEERED)
    key = "fixed.loading" if snapshot.status is Status.LOADING and not told else f"fixed{told}"
    key = "fixed.steer" if turning else key
    room = panel.right - px(16) - slots["settings"].right - px(6)
    for short, size in ((False, 11.5), (True, 11.5), (True, 10.5), (True, 9.5)):
        end, told = (panel.right - px(16), base), say(key, short=short)
        word = drawing.text(told, end, size=size, colour=theme.muted, align="right")
        if drawing.width(word) <= room:
            return [*words, word]
    return words


def _tab_size(drawing: Drawing) -> float:
    """Units: the largest size at which the names of all tabs have room."""
    rooms = {tab: drawing.layout.slots[f"settings.{tab}"].w - drawing.px(TAB_GAP) for tab in SETTINGS}

    def fits(size: float) -> bool:
        width = drawing.overlay.fonts.width
        return all(width(say(f"tab.{tab}"), TITLE, drawing.px(size)) <= room for tab, room in rooms.items())

    return next(filter(fits, TAB_SIZES), TAB_SIZES[-1])


def _label(
    drawing: Drawing,
    name: str,
    snapshot: Snapshot,
    controls: RunControls,
    pair: tuple[str, str] | None,
    typed: str | None,
) -> list[Item]:
    """A setting's name, what it means where there is room, and its value: this run's and the next one's."""
    px, theme, slot, width = drawing.px, drawing.theme, drawing.layout.slots[name], drawing.overlay.fonts.width
    plain = say_or(f"setting.{name}.plain", "", layer=controls.layer + 1)
    if name == "neurons" and len(snapshot.controls.hidden or ()) < 2:  # there is no other one
        plain = ""
    usable = controls.enabled(next((cell for cell in GRIDS.get(name, ()) if cell in controls.ui.controls), name))
    usable |= name == "layers" and "set_param" in snapshot.can and applies(name, snapshot.controls)
    ink = theme.text if usable else theme.muted
    base = slot.y - px(ABOVE_GRID) if name in GRIDS else round(slot.middle[1]) - px(ABOVE_RAIL)
    label = drawing.said(f"setting.{name}", (slot.x, base), LABEL_SHARE * slot.w, sizes=LABEL_SIZES, colour=ink)
    words: list[Item] = [label]
    label_room = drawing.width(label) + px(8)
    mine, other = pair or ("", _value(name, snapshot, snapshot.controls, controls))
    value = f"{typed}_" if typed else say("next", value=other) if mine else other
    if name in ("loss", "activation", "features") and not mine:
        value = ""  # the cells say it
    forms = [value, _short(snapshot.controls)] if name == "dataset" and not mine else [value]
    last = drawing.largest(
        forms,
        (slot.right, base),
        slot.w - label_room,
        sizes=(13,),
        face=DIGITS,
        colour=theme.accent,
        align="right",
    )
    if value:
        words.append(last)
    between = slot.w - label_room - width(last.text, DIGITS, px(13)) - px(8)
    if mine:
        at = (slot.right - width(last.text, DIGITS, px(13)) - px(8), base)
        own = drawing.fitted(drawing.text(mine, at, size=13, face=DIGITS, colour=theme.text, align="right"), between)
        words += [own] if own.text.strip("…") else []
    elif plain and width(plain, BODY, px(PLAIN)) <= between:
        words.append(drawing.text(plain, (slot.x + label_room, base), size=PLAIN, colour=theme.muted))
    return words


@dataclass(frozen=True)
class _Cell:
    """One cell of a grid. `chosen`: what the controls show; `mine`: what the run on the screen has, if there is one."""

    name: str
    text: str
    face: str
    chosen: bool
    mine: bool

    @property
    def grid(self) -> str:
        """The control that it is a cell of."""
        return self.name.partition(".")[0]


def _cells(snapshot: Snapshot, controls: RunControls) -> list[_Cell]:
    """The cells of all grids of the tab that is shown."""
    asked, told, cells = snapshot.controls, snapshot.settings, list[_Cell]()
    for grid in _shown(controls):
        for name in GRIDS.get(grid, ()):
            if name not in controls.ui.controls:
                continue
            value = name.partition(".")[2]
            chosen, mine = (_has(grid, value, each) for each in (asked, told))
            text = say_or(f"cell.{value or name}", value)
            text = titled(value, short=True) if grid == "dataset" else text
            face = DIGITS if grid == "batch_size" else BODY
            cells.append(_Cell(name, text, face, chosen, snapshot.run is not None and mine))
    return cells


def _has(grid: str, value: str, told: Parameters | RunParameters) -> bool:
    """Whether such a run has the value of that cell."""
    if grid == "dataset":
        return value == data_of(told)
    if not applies(grid, told) or grid in ("layers", "new_seed"):
        return False
    if grid == "features":
        return value in (told.features or ())
    return value == str(getattr(told, grid))


def _cell_size(drawing: Drawing, cells: list[_Cell]) -> float:
    """Units: the largest size at which the words of all `cells` have room."""
    room = drawing.layout.slots[cells[0].name].w - drawing.px(CELL_PAD)

    def fits(size: float) -> bool:
        return all(drawing.overlay.fonts.width(cell.text, cell.face, drawing.px(size)) <= room for cell in cells)

    return next(filter(fits, CELL_SIZES), min(CELL_SIZES))


def _cell(drawing: Drawing, controls: RunControls, cell: _Cell, *, blend: float) -> None:
    theme, name, chosen = drawing.theme, cell.name, cell.chosen
    locked = not controls.enabled(name)
    slot, look = drawing.layout.slots[name], controls.reaction(name, blend)
    focus_ring(drawing, controls, name, slot, radius=8)
    if (
        not drawing.layout.wide and len(GRIDS.get(cell.grid, ())) > MOST_APART and cell.grid not in TWO_LINES
    ):  # as close as fingers allow
        slot = Rect(slot.x + drawing.px(1), slot.y, slot.w - 2 * drawing.px(1), slot.h)
    bounds = scaled(slot, 1 + CELL_GROW * look.hover - CELL_SHRINK * look.press)
    if chosen and not locked:
        drawing.shape(bounds, theme.primary_start, second=theme.primary_end, radius=8)
    else:
        alpha = drawing.ground((0.62 + 0.6 * look.hover) * (1.9 if chosen else 1.0))
        line = 1.0 if chosen or cell.mine else 0.0
        drawing.shape(bounds, theme.track[0], alpha=alpha, radius=8, line=theme.muted, line_width=line, line_alpha=0.7)
