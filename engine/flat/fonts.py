"""Fonts and icons as premultiplied surfaces: from the program's own files; other scripts from the system's."""

from collections import OrderedDict
from math import ceil
from pathlib import Path

import pygame

from .glyphs import Piece, joins, known, pieces, stand_in

Colour = tuple[int, int, int]
Run = tuple[str, str, int, Colour, Colour | None]

SMALL = 10  # pixels below which letters are drawn finer and reduced: in whole pixels, gaps between words would close
FINER = 8  # times
PROBE = 16  # pixels at which it is asked what a text is made of
LONGEST = 4096  # letters of a text, beyond which nobody reads
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

    def cut(self, text: str, name: str, size: int, room: float) -> int:
        """How many letters from the beginning of `text` have `room` pixels, found by halves: measured a few times."""
        if len(text) > LONGEST:
            text = text[:LONGEST]
        low, high = 0, len(text)
        while low < high:  # by halves: the wider, the more letters
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._measured(text[:middle], name, size) <= room else (low, middle - 1)
        return low

    def shown(self, text: str, name: str) -> str:
        """`text` as it is drawn: with the stand-in of each letter that no font has."""
        face = self.face(name, PROBE)
        return "".join(letter if joins(letter) or known(letter, face) else stand_in(letter) for letter in text)

    def _measured(self, text: str, name: str, size: int) -> int:
        finer = _finer(size)
        face = self.face(name, size * finer)
        return -(-sum(self._of(piece, face, size * finer).size(piece.text)[0] for piece in pieces(text, face)) // finer)

    def _of(self, piece: Piece, face: pygame.Font, size: int) -> pygame.Font:
        """The font that draws a piece: our own face, or one of the system's in the direction of its script."""
        if piece.path is None:
            return face
        key = (f"{piece.path}\0{piece.script}\0{piece.rtl}", size)
        if key not in self._faces:
            made = pygame.Font(piece.path, size)
            if piece.script:
                made.set_script(piece.script)
            if piece.rtl:
                made.set_direction(pygame.DIRECTION_RTL)
            self._faces[key] = made
        return self._faces[key]

    def run(self, text: str, name: str, size: int, colour: Colour, second: Colour | None = None) -> pygame.Surface:
        """`text` as a premultiplied surface, running from `colour` to `second` if that is given.

        Control characters become spaces; what the face does not have comes from another font, or as its number.
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
        parts = pieces(text, large)
        if len(parts) == 1 and parts[0].path is None:
            drawn = large.render(parts[0].text, True, colour).convert_alpha()
        else:
            drawn = self._composed(parts, large, size * finer, colour)
        if finer == 1:
            return drawn
        room = pygame.Surface((finer * self.width(text, name, size), finer * face.get_height()), pygame.SRCALPHA)
        room.fill((*colour, 0))
        room.blit(drawn, (0, finer * face.get_ascent() - large.get_ascent()))
        return pygame.transform.smoothscale(room, (room.get_width() // finer, face.get_height()))

    def _composed(self, parts: list[Piece], face: pygame.Font, size: int, colour: Colour) -> pygame.Surface:
        """Pieces of several fonts side by side, on one line."""
        fonts = [self._of(part, face, size) for part in parts]
        pictures = [
            font.render(part.text, True, colour).convert_alpha() for font, part in zip(fonts, parts, strict=True)
        ]
        wide = sum(font.size(part.text)[0] for font, part in zip(fonts, parts, strict=True))
        room = pygame.Surface((max(1, wide), face.get_height()), pygame.SRCALPHA)
        room.fill((*colour, 0))
        x = 0
        for font, part, picture in zip(fonts, parts, pictures, strict=True):
            room.blit(picture, (x, face.get_ascent() - font.get_ascent()), special_flags=pygame.BLEND_RGBA_MAX)
            x += font.size(part.text)[0]
        return room

    def _keep(self, key: Run, surface: pygame.Surface) -> pygame.Surface:
        self._runs[key] = surface
        if len(self._runs) > KEPT:
            self._runs.popitem(last=False)
        return surface


def _finer(size: int) -> int:
    return FINER if size < SMALL else 1


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
