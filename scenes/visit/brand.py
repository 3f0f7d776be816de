"""Whose exhibit it is: the operator's own picture, or a line, beside what a visitor is asked. Where there is room."""

from collections.abc import Callable

import pygame

from engine.flat.overlay import Image, Item
from scenes.kit.drawing import STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect

from .layout import BRAND

SIZE, LEAST = 16, 11  # units high, of the line


class Brand(Part):
    """`title` and `logo` are asked for each time, since they are told after the scene is made."""

    def __init__(self, title: Callable[[], str], logo: Callable[[], pygame.Surface | None]) -> None:
        self._title, self._logo = title, logo

    def place(self, page: Layout) -> Rect | None:
        """Where it stands; None where there is nothing to show, or no room."""
        return page.slots.get(BRAND) if self._title() or self._logo() else None

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        place, title, logo = self.place(drawing.layout), self._title(), self._logo()
        if place:
            drawing.words(BRAND, place, (title, logo), lambda: self._made(drawing, place, title, logo))

    def _made(self, drawing: Drawing, place: Rect, title: str, logo: pygame.Surface | None) -> list[Item]:
        if logo:
            share = min(place.w / logo.get_width(), place.h / logo.get_height())
            size = max(1, round(share * logo.get_width())), max(1, round(share * logo.get_height()))
            left, top = place.right - size[0], round(place.middle[1] - size[1] / 2)
            return [Image(pygame.transform.smoothscale(logo, size), (left, top))]
        width = drawing.overlay.fonts.width
        fits = (units for units in range(SIZE, LEAST, -1) if width(title, STRONG, drawing.px(units)) <= place.w)
        high = next(fits, LEAST)
        at = place.right, place.middle[1] + drawing.px(high / 3)
        line = drawing.text(title, at, size=high, face=STRONG, colour=drawing.theme.muted, align="right")
        return [drawing.fitted(line, place.w)]
