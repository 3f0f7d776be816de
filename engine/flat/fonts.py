"""Fonts and icons from the program's own files, as premultiplied surfaces. Asks the system for nothing."""

from collections import OrderedDict
from math import ceil
from pathlib import Path

import pygame

Colour = tuple[int, int, int]
Run = tuple[str, str, int, Colour, Colour | None]

SMALL = 10  # pixels below which letters are drawn finer and reduced: in whole pixels, gaps between words would close
FINER = 8  # times
KEPT = 1024  # rendered runs; a dashboard shows about a hundred
MEASURED = 8192  # widths; measuring is dearer than all that is done with them


class Fonts:
    """Renders runs of text and icons, and keeps the latest ones."""

    def __init__(self, fonts: Path, icons: Path) -> None:
        self._fonts = fonts
        self._icons = icons
        self._faces: dict[tuple[str, int], pygame.Font] = {}
        self._runs: OrderedDict[Run, pygame.Surface] = OrderedDict()
        self._widths: dict[tuple[str, str, int], int] = {}

    def face(self, name: str, size: int) -> pygame.Font:
        """The font file `name`.ttf at `size` pixels."""
        key = (name, size)
        if key not in self._faces:
            self._faces[key] = pygame.Font(self._fonts / f"{name}.ttf", size)
        return self._faces[key]

    def width(self, text: str, name: str, size: int) -> int:
        """Pixels that `text` advances."""
        key = (text, name, size)
        if key not in self._widths:
            if len(self._widths) >= MEASURED:
                self._widths.clear()
            self._widths[key] = self._measured(text, name, size)
        return self._widths[key]

    def _measured(self, text: str, name: str, size: int) -> int:
        finer = _finer(size)
        face = self.face(name, size * finer)
        return -(-face.size(_shown(text, face))[0] // finer)

    def run(self, text: str, name: str, size: int, colour: Colour, second: Colour | None = None) -> pygame.Surface:
        """`text` as a premultiplied surface, running from `colour` to `second` if that is given.

        Control characters become spaces; what the face does not have shows as question marks.
        """
        key = (text, name, size, colour, second)
        found = self._runs.get(key)
        if found is None:
            plain = self._plain(text, name, size, colour if second is None else (255, 255, 255))
            found = self._keep(key, _graded(plain, colour, second or colour).premul_alpha())
        self._runs.move_to_end(key)
        return found

    def icon(self, name: str, size: int, colour: Colour, angle: float | None = None) -> pygame.Surface:
        """The icon `name`.svg, `size` pixels square, in one colour, premultiplied.

        Turned by `angle` degrees it stands in a square that holds it at every angle.
        """
        key = (f"\0{name}", "" if angle is None else str(angle), size, colour, None)
        found = self._runs.get(key)
        if found is None:
            found = self._keep(
                key, self._icon(name, size, colour) if angle is None else _turned(self.icon(name, size, colour), angle)
            )
        self._runs.move_to_end(key)
        return found

    def _icon(self, name: str, size: int, colour: Colour) -> pygame.Surface:
        white = pygame.image.load_sized_svg(self._icons / f"{name}.svg", (size, size)).convert_alpha()
        white.fill((*colour, 255), special_flags=pygame.BLEND_RGBA_MULT)
        return white.premul_alpha()

    def _plain(self, text: str, name: str, size: int, colour: Colour) -> pygame.Surface:
        """`text` in one colour, as high as the face at `size`, with its line where that face has it."""
        finer, face = _finer(size), self.face(name, size)
        large = self.face(name, size * finer)
        drawn = large.render(_shown(text, large), True, colour).convert_alpha()
        if finer == 1:
            return drawn
        room = pygame.Surface((finer * self.width(text, name, size), finer * face.get_height()), pygame.SRCALPHA)
        room.fill((*colour, 0))
        room.blit(drawn, (0, finer * face.get_ascent() - large.get_ascent()))
        return pygame.transform.smoothscale(room, (room.get_width() // finer, face.get_height()))

    def _keep(self, key: Run, surface: pygame.Surface) -> pygame.Surface:
        self._runs[key] = surface
        if len(self._runs) > KEPT:
            self._runs.popitem(last=False)
        return surface


def _finer(size: int) -> int:
    return FINER if size < SMALL else 1


def _shown(text: str, face: pygame.Font) -> str:
    """`text` with a visible stand-in for what leaves no ink: our faces' own sign for a missing letter is blank."""
    if text.isascii() and text.isprintable():
        return text
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    inks = [metric[:4] if metric else (0, 0, 0, 0) for metric in face.metrics(printable)]
    return "".join(letter if letter == " " or any(ink) else "?" for letter, ink in zip(printable, inks, strict=True))


def _graded(surface: pygame.Surface, left: Colour, right: Colour) -> pygame.Surface:
    if left != right:
        ends = pygame.Surface((2, 1), pygame.SRCALPHA)
        ends.set_at((0, 0), left)
        ends.set_at((1, 0), right)
        ramp = pygame.transform.smoothscale(ends, surface.get_size())
        surface.blit(ramp, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return surface


def _turned(picture: pygame.Surface, angle: float) -> pygame.Surface:
    """`picture` turned in a square that holds it at every angle."""
    side = ceil(max(picture.get_size()) * 1.42)
    square = pygame.Surface((side, side), pygame.SRCALPHA)
    turned = pygame.transform.rotozoom(picture, -angle, 1.0)
    square.blit(turned, turned.get_rect(center=(side / 2, side / 2)))
    return square
