"""A scene that is an ordered list of parts, in one place for each of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.flat.overlay import Overlay
from engine.flat.slider import Slider
from engine.graphics.picture import Picture
from engine.input import Event, FocusLost, Move, Point, Resize
from engine.recording.gesture import Target
from engine.scene import Entries, Scene
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from .backdrop import Backdrop, Empty
from .context import SceneContext
from .control_set import ControlSet, add_buttons
from .drawing import Drawing
from .hover import OUTSIDE, Hover
from .part import Moment, Part
from .places import Layout, Panel, Rect
from .run_entries import run_entries
from .scrolling import Scrolling

Arrange = Callable[[tuple[int, int], float, int, Sequence[Panel]], Layout]  # size, scale, scroll, panels of the parts
Kind = TypeVar("Kind")
RADIUS = 16  # units, of a panel's corners
CALM = (Status.IDLE, Status.COMPLETE, Status.ERROR)  # states in which no run moves
AT_ONCE = 2  # parts that prepare for the next epoch in one frame
ARRIVED = 1.0  # seconds after which everything has gone where such a state wants it


class PartScene(Scene):
    """`parts` in the order in which they are ticked and drawn; `arrange` is the one place for the layout.

    Where it asks for more than size, scale and scroll, `depends` tells what that is now. Without a `backdrop` the scene
    has an empty ground, or lies over the scene below if it does not cover it.
    """

    def __init__(
        self,
        name: str,
        context: SceneContext,
        arrange: Arrange,
        parts: Sequence[Part],
        *,
        backdrop: Backdrop | None = None,
        covers: bool = True,
        depends: Callable[[], object] = lambda: None,
    ) -> None:
        self.name, self.parts, self.covers = name, list(parts), covers
        self._context, self._arrange, self._depends = context, arrange, depends
        self._panels = [part.panel for part in parts if part.panel]
        self._controls = self._part(ControlSet, lambda: ControlSet(context.renderer.size))
        self._hover, self._scrolling = self._part(Hover, Hover), self._part(Scrolling, Scrolling)
        self._ticking = [part for part in self.parts if type(part).tick is not Part.tick]
        self._drawing = [part for part in self.parts if type(part).draw is not Part.draw]
        self._preparing = [part for part in self.parts if type(part).prepare is not Part.prepare]
        self._upcoming: Snapshot | None = None  # the next epoch, and who has not prepared for it yet
        self._unprepared: list[Part] = []
        self._backdrop = backdrop or Empty(context.renderer, over=not covers)
        self.overlay = Overlay(context.fonts, context.renderer.size)
        for part in self.parts:
            add_buttons(self._controls, part.buttons())
        self._controls.reveal = self.reveal
        self._laid_out: object = None  # the size, scale and scroll that the page is for
        self._glazed: tuple[Layout, object] | None = None  # what the panes of glass are for
        self._panes = _rows(())
        self._status: Status | None = None  # at the last tick, and for how many seconds it has been that
        self._lasted = 0.0
        self._page = self.page
        self.refresh()  # a press may come before the first tick

    def _part(self, kind: type[Kind], make: Callable[[], Kind]) -> Kind:
        """The part of that kind; a scene whose list has none has one all the same."""
        found = self.find(kind) or make()
        if found not in self.parts:
            self.parts.append(found)  # type: ignore[arg-type]
        return found

    def find(self, kind: type[Kind]) -> Kind | None:
        """The first part of that kind."""
        return next((part for part in self.parts if isinstance(part, kind)), None)

    @property
    def page(self) -> Layout:
        """Where everything stands at this moment; the same object until something moves."""
        size, panels = self._context.renderer.size, self._panels
        scale = self._context.scale.of(size)
        if self._laid_out != (size, scale, self._scrolling.scroll, self._depends()):
            scroll = self._scrolling.clamp(self._arrange(size, scale, 0, panels))
            self._page = self._arrange(size, scale, scroll, panels)
            self._laid_out = size, scale, scroll, self._depends()
            self.overlay.resize(size)
        return self._page

    def moment(self, blend: float = 1.0) -> Moment:
        """What the parts are told."""
        look = self._context.appearance
        return Moment(self._context.controller.now, self.page, look.theme, look.still, blend)

    @property
    def calm(self) -> bool:
        """See Scene: where no run moves and nothing is touched, things only drift."""
        touched = self._controls.moving or self._hover.rest is None
        return self._status in CALM and self._lasted > ARRIVED and not touched

    def handle(self, event: Event) -> bool:
        """See Scene: the last part hears first."""
        if isinstance(event, Resize):
            return True  # the page asks for the size
        moment = self.moment()
        return any(part.handle(event, moment) for part in reversed(self.parts))

    def refresh(self) -> None:
        """Let the controls stand as this very moment has them, where somebody asks before the next tick."""
        self._controls.tick(self.moment(), 0.0)

    def tick(self, dt: float) -> None:
        """See Scene."""
        moment = self.moment()
        status, self._status = self._status, moment.run.status
        self._lasted = self._lasted + dt if status is self._status else 0.0
        for part in self._ticking:
            part.tick(moment, dt)

    def picture(self, *, now: float, blend: float) -> Picture:
        """See Scene."""
        moment = self.moment(blend)
        return self._backdrop.picture(self._drawn(moment, now), moment, self._glass(moment.page, blend))

    def drawing(self, *, now: float = 0.0, blend: float = 1.0) -> Drawing:
        """All that the parts draw."""
        return self._drawn(self.moment(blend), now)

    def _drawn(self, moment: Moment, now: float) -> Drawing:
        drawing = Drawing(moment.page, moment.theme, self.overlay, now)
        for part in self._drawing:
            part.draw(drawing, moment)
        self._prepare(moment, now)
        return drawing

    def _prepare(self, moment: Moment, now: float) -> None:
        """Have the parts make what the next epoch will need, a few a frame."""
        upcoming = self._context.controller.upcoming
        if upcoming is None:
            return
        if upcoming is not self._upcoming:
            self._upcoming, self._unprepared = upcoming, list(self._preparing)
            return  # not in the frame of an epoch, which has enough to do
        drawing = Drawing(moment.page, moment.theme, self.overlay, now)
        for part in self._unprepared[:AT_ONCE]:
            self.overlay.warm(part.prepare(drawing, replace(moment, run=upcoming)))
        del self._unprepared[:AT_ONCE]

    def behind(self, drawing: Drawing, blend: float, panels: Sequence[tuple[Rect, float]]) -> Picture:
        """`drawing`, with these panels of glass and how far each is lifted, over what lies behind this scene."""
        return self._backdrop.picture(drawing, self.moment(blend), _rows(panels, drawing.px(RADIUS)))

    def _glass(self, page: Layout, blend: float) -> NDArray[np.float32]:
        """The panes of this page; made again when it is another one, or one of them has been lifted or let down."""
        rest, known = self._hover.rest, self._glazed
        if rest is None or known is None or known[0] is not page or known[1] is not rest:
            places = [(name, rect) for name, rect in page.panels.items() if name not in page.floating]
            self._panes = _rows([(rect, self._hover.lift(name, blend)) for name, rect in places], page.px(RADIUS))
            self._glazed = page, rest
        return self._panes

    def entries(self) -> Entries:
        """See Scene: rectangles are [left, top, width, height] in pixels from the top left."""
        moment, look = self.moment(), self._context.appearance
        page = moment.page
        told: Entries = {
            "scene": lambda: self.name,
            "size": lambda: list(page.size),
            "scale": lambda: page.scale,
            "theme": lambda: look.theme.name,
            "ramp": lambda: look.ramp,
            "motion": lambda: look.motion,
            "quality": lambda: self._context.quality.level.name,
            **run_entries(moment.run),
        }
        several: dict[str, list[Callable[[], Any]]] = {}
        for part in self.parts:
            for name, tell in part.describe(moment).items():
                several.setdefault(name, []).append(tell)
        several.setdefault("panels", []).append(partial(_panels, page))  # what stands in the layout stands there
        told |= {name: partial(_joined, tells) for name, tells in several.items()}
        return told | {"texts": self.overlay.describe, "text_layer": self.overlay.digest}

    def begin_anew(self) -> None:
        """Nobody has touched anything: no pointer, no focus, everything as at first."""
        for event in (FocusLost(), Move(OUTSIDE)):
            self.handle(event)
        for part in self.parts:
            part.begin_anew()

    def reveal(self, name: str) -> None:
        """Scroll so that a control or panel can be seen, if the page scrolls at all and it with the page."""
        page = self.page
        seen = page.slots.get(name) or page.panels.get(name)
        if seen and not (page.strip and name in page.pinned):
            self._scrolling.reveal(seen.y, seen.bottom, page)

    def place(self, name: str, value: str | None) -> Point | None:
        """Where scripts find what has a name; it is brought into sight. None for what is not there; or ValueError."""
        self.reveal(name)
        page = self.page
        if value is None and name == "field":
            return page.field.middle
        if value is None and name in page.panels:
            return page.panels[name].middle
        self._controls.place(page)
        found = self._controls.at(name, value)
        if found or value is not None or name in self._controls.names:
            return found
        panels: dict[str, list[int]] = self.entries()["panels"]()  # what parts say of their own places
        return Rect(*panels[name]).middle if name in panels else None

    def control(self, name: str, value: str | None = None) -> dict[str, Any] | None:
        """How one control stands, or its cell for `value`; None if there is none of that name."""
        return self._controls.stands(name, self.page, value) if name in self._controls.names else None

    def set(self, name: str, text: str) -> None:
        """Give a control exactly the value written as `text`, without a pointer. Raises VerbError."""
        self._controls.set(name, text, self.moment())

    @property
    def names(self) -> list[str]:
        """What scripts can name: controls, panels, and the field."""
        return list(dict.fromkeys([*self._controls.names, *self.entries()["panels"](), "field"]))

    def target(self, at: Point) -> Target | None:
        """What a recording may call by name at this point: an enabled control, or the field.

        Nothing while the page can scroll, since naming would scroll it.
        """
        page = self.page
        if page.height > page.size[1]:
            return None
        self._controls.place(page)
        name = self._controls.under(at)
        if name is None:
            free = self._controls.under(page.field.middle) is None
            if not (free and page.field.holds(at)):
                return None
            moment = self.moment()
            added = next((told for part in self.parts if (told := part.added_to_click(at, moment))), "")
            return Target(("field",), added=added)
        control = self._controls.ui.controls[name]
        if not control.is_enabled:
            return None
        if isinstance(control, Slider):
            return Target((name,), value=partial(_value, control))
        return Target(tuple(name.split(".")), button=True, holds=Rect(*control.rect).holds)


def _value(slider: Slider, at: Point) -> str:
    return f"{slider.value_at(at):g}"


def _rows(panels: Sequence[tuple[Rect, float]], radius: int = 0) -> NDArray[np.float32]:
    """Panes of glass as Picture has them, float32 [count, 6], of places and how far each is lifted."""
    rows = [(r.x, r.y, r.right, r.bottom, lift, radius) for r, lift in panels]
    return np.array(rows, dtype=np.float32).reshape(-1, 6)


def _panels(page: Layout) -> dict[str, list[int]]:
    return {name: list(rect.bounds) for name, rect in page.panels.items() if name not in page.floating}


def _joined(tells: Sequence[Callable[[], Any]]) -> Any:
    """What several parts say of one name: dictionaries joined, else what the last one says."""
    told = [tell() for tell in tells]
    if len(told) > 1 and all(isinstance(each, dict) for each in told):
        return {name: value for each in told for name, value in each.items()}
    return told[-1]
