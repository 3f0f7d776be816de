"""The flat layer of text and icons, on the CPU. Panels say what they show; only what changed is drawn again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from .dirty_rects import merged
from .fonts import Colour, Fonts

Bounds = tuple[int, int, int, int]  # left, top, width, height, pixels


@dataclass(frozen=True)
class Text:
    """A run of text. `at` is the baseline's left end, middle or right end, as `align` says; pixels."""

    text: str
    at: tuple[float, float]
    face: str
    size: int
    colour: Colour
    align: str = "left"
    alpha: float = 1.0
    second: Colour | None = None  # the colour at the right end, for a gradient


@dataclass(frozen=True)
class Icon:
    """An icon of `size` pixels with its middle at `at`, turned by `angle` degrees."""

    name: str
    at: tuple[float, float]
    size: int
    colour: Colour
    angle: float | None = None  # None for one that never turns; a turning one keeps its rectangle


@dataclass(frozen=True)
class Image:
    """A picture, premultiplied, with its left top corner at `at`. Two are equal if they are the same surface."""

    surface: pygame.Surface
    at: tuple[int, int]


Item = Text | Icon | Image


@dataclass
class _Panel:
    bounds: Bounds
    items: tuple[Item, ...]
    rects: list[pygame.Rect]
    key: object
    front: bool
    apart: int  # the arrangement of panels in which no other one overlaps it; 0 where one does


class Overlay:
    """A premultiplied surface as large as the picture. The renderer uploads `take()` and draws `rects()`."""

    def __init__(self, fonts: Fonts, size: tuple[int, int]) -> None:
        self.fonts = fonts
        self._panels: dict[str, _Panel] = {}
        self._arrangement = 0  # another number whenever a panel comes, goes or moves
        self.resize(size)

    def resize(self, size: tuple[int, int]) -> None:
        """Start empty at `size` pixels."""
        self.surface = pygame.Surface(size, pygame.SRCALPHA)
        self._panels.clear()
        self._arrangement += 1
        self._dirty = [self.surface.get_rect()]
        self._digest = ""
        self.moved = True  # whether rects() differs from what the renderer last took

    def shows(self, panel: str, key: object) -> bool:
        """Whether `panel` was last put with `key`: then its items need not even be made."""
        known = self._panels.get(panel)
        return known is not None and known.key is not None and known.key == key

    def put(
        self, panel: str, bounds: Bounds, items: Sequence[Item], *, key: object = None, front: bool = False
    ) -> None:
        """Let `panel` show `items`, clipped to `bounds`. Costs a comparison if nothing has changed.

        In `front`, it keeps all of its bounds to itself, whatever other panels show there before or after.
        """
        before = self._panels.get(panel)
        now = tuple(items)
        if before and before.bounds == bounds and before.items == now:
            before.key = key
            return
        self._digest = ""
        alone = before and before.bounds == bounds and before.apart == self._arrangement and not front
        if before and alone and self._redrawn(before, now):
            before.key = key
            return
        if before:
            self._wipe(before.rects)
        if before is None or before.bounds != bounds:
            self._arrangement += 1
        if front:
            self.surface.fill((0, 0, 0, 0), bounds)
            self._dirty.append(pygame.Rect(bounds))
        rects = self._blitted(bounds, now)
        self.moved |= before is None or before.rects != rects
        others = [other.bounds for name, other in self._panels.items() if name != panel]
        overlaps = front or pygame.Rect(bounds).collidelist(others) >= 0
        self._panels[panel] = _Panel(bounds, now, rects, key, front, 0 if overlaps else self._arrangement)
        self._dirty += [rect for rect in rects if rect.size != (0, 0)]
        if not front:
            self._restore_front([*rects, *(before.rects if before else ())])

    def warm(self, items: Sequence[Item]) -> None:
        """Render the words among `items`, which will be put soon."""
        for item in items:
            if isinstance(item, Text):
                self.fonts.run(item.text, item.face, item.size, item.colour, item.second)

    def remove(self, panel: str) -> None:
        """Show nothing more of `panel`."""
        if before := self._panels.pop(panel, None):
            self._digest = ""
            self._arrangement += 1
            self._wipe(before.rects)
            self._restore_front(before.rects)
            self.moved = True

    @property
    def changed(self) -> bool:
        """Whether there is anything to take, or rects() has changed."""
        return bool(self._dirty) or self.moved

    def take(self) -> list[pygame.Rect]:
        """The parts of the surface that changed since the last call."""
        whole = self.surface.get_rect()
        dirty, self._dirty = self._dirty, []
        return merged([each.clip(whole) for each in dirty])

    def rects(self) -> NDArray[np.float32]:
        """Where something stands: float32 [count, 4], left, top, right, bottom."""
        self.moved = False
        rects = [r for panel in self._panels.values() for r in panel.rects if r.size != (0, 0)]
        return np.array([(r.left, r.top, r.right, r.bottom) for r in rects], dtype=np.float32).reshape(-1, 4)

    def describe(self) -> list[dict[str, Any]]:
        """Each text with the rectangle of its ink, its panel, and how many pixels of ink can be seen."""
        width, height = self.surface.get_size()
        ink = np.frombuffer(self.surface.get_buffer().raw, dtype=np.uint8).reshape(height, -1, 4)[:, :width, 3] > 0
        told = []
        for name, panel in self._panels.items():
            for item, rect in zip(panel.items, panel.rects, strict=True):
                if isinstance(item, Text) and item.text.strip():
                    seen = ink[rect.top : rect.bottom, rect.left : rect.right]
                    entry = {"text": item.text, "rect": list(rect), "panel": name, "pixels": int(seen.sum())}
                    shown = item.text if item.text.isascii() else self.fonts.shown(item.text, item.face)
                    told.append(entry if shown == item.text else {**entry, "shown": shown})
        return told

    def digest(self) -> str:
        """SHA-256 of the layer's pixels. The processor draws them: no graphics driver can change it."""
        self._digest = self._digest or hashlib.sha256(self.surface.get_buffer().raw).hexdigest()
        return self._digest

    def _redrawn(self, panel: _Panel, items: tuple[Item, ...]) -> bool:
        """Draw those alone that have changed; False, and nothing done, where that would touch one of the others."""
        if len(items) != len(panel.items):
            return False
        changed = {place: item for place, item in enumerate(items) if item != panel.items[place]}
        kept = [rect for place, rect in enumerate(panel.rects) if place not in changed]
        drawn = {place: self._placed(item) for place, item in changed.items()}
        old = [panel.rects[place] for place in changed]
        new = [pygame.Rect(at, ink.size) for _, at, ink in drawn.values()]
        if any(rect.collidelist(kept) >= 0 for rect in (*old, *new)):
            return False
        self._wipe(old)
        self.surface.set_clip(panel.bounds)
        panel.items, panel.rects = items, panel.rects.copy()
        for place, picture in drawn.items():
            panel.rects[place] = rect = self._blit(*picture)
            self.moved |= rect not in old
            self._dirty.append(rect)
        self.surface.set_clip(None)
        return True

    def _wipe(self, rects: Sequence[pygame.Rect]) -> None:
        for rect in rects:
            self.surface.fill((0, 0, 0, 0), rect)
        self._dirty += rects

    def _restore_front(self, touched: Sequence[pygame.Rect]) -> None:
        for panel in self._panels.values():
            if panel.front and pygame.Rect(panel.bounds).collidelist(touched) >= 0:
                self.surface.fill((0, 0, 0, 0), panel.bounds)
                self._blitted(panel.bounds, panel.items)

    def _blitted(self, bounds: Bounds, items: Sequence[Item]) -> list[pygame.Rect]:
        self.surface.set_clip(bounds)
        rects = [self._blit(*self._placed(item)) for item in items]
        self.surface.set_clip(None)
        return rects

    def _blit(self, picture: pygame.Surface, at: tuple[int, int], ink: pygame.Rect) -> pygame.Rect:
        return self.surface.blit(picture, at, ink, special_flags=pygame.BLEND_PREMULTIPLIED)

    def _placed(self, item: Item) -> tuple[pygame.Surface, tuple[int, int], pygame.Rect]:
        """The picture of an item, where its ink stands, and where within the picture that is."""
        if isinstance(item, Text):
            picture, at = self._written(item)
            ink = picture.get_bounding_rect()
        elif isinstance(item, Icon):
            picture = self.fonts.icon(item.name, item.size, item.colour, item.angle)
            at = item.at[0] - picture.get_width() / 2, item.at[1] - picture.get_height() / 2
            ink = picture.get_bounding_rect() if item.angle is None else picture.get_rect()
        else:
            picture, at, ink = item.surface, item.at, item.surface.get_rect()
        return picture, (round(at[0]) + ink.x, round(at[1]) + ink.y), ink

    def _written(self, item: Text) -> tuple[pygame.Surface, tuple[float, float]]:
        picture = self.fonts.run(item.text, item.face, item.size, item.colour, item.second)
        if item.alpha < 1:
            picture = picture.copy()
            level = round(max(0.0, item.alpha) * 255)
            picture.fill((level, level, level, level), special_flags=pygame.BLEND_RGBA_MULT)
        shift = {"left": 0.0, "middle": 0.5, "right": 1.0}[item.align] * picture.get_width()
        return picture, (item.at[0] - shift, item.at[1] - self.fonts.face(item.face, item.size).get_ascent())
