"""What a key stands for on any keyboard: the character that it types decides; where it is not Latin, its place."""

import unicodedata
from collections.abc import Callable

import pygame

ROWS = "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"
PLACES: dict[int, str] = {getattr(pygame, f"KSCAN_{letter.upper()}"): letter for row in ROWS for letter in row} | {
    pygame.KSCAN_MINUS: "-",
    pygame.KSCAN_EQUALS: "=",
    pygame.KSCAN_LEFTBRACKET: "[",
    pygame.KSCAN_RIGHTBRACKET: "]",
    pygame.KSCAN_BACKSLASH: "\\",
    pygame.KSCAN_SEMICOLON: ";",
    pygame.KSCAN_APOSTROPHE: "'",
    pygame.KSCAN_GRAVE: "`",
    pygame.KSCAN_COMMA: ",",
    pygame.KSCAN_PERIOD: ".",
    pygame.KSCAN_SLASH: "/",
}  # by scancode, what a keyboard of the United States has there
SPECIAL = 1 << 30  # codes from here on are no characters (SDLK_SCANCODE_MASK)


def key_name(code: int, scancode: int, typed: str, mod: int) -> str:
    """What a key that went down is called: "space", "f11", "left", or the character that it makes, in lower case.

    `code`, `scancode`, `typed` and `mod` as pygame tells them. Empty for a key held with AltGr that makes no character:
    AltGr makes characters, and never a shortcut of the key below.
    """
    own = pygame.key.name(code)
    held = mod & (pygame.KMOD_CTRL | pygame.KMOD_LALT | pygame.KMOD_META)
    third = mod & (pygame.KMOD_MODE | pygame.KMOD_RALT)
    if len(typed) == 1 and typed.isprintable() and not typed.isspace() and (third or not held):
        own_sign = third or typed.isascii() or latin(typed)
        return typed.lower() if own_sign else PLACES.get(scancode, typed.lower())
    if scancode not in PLACES:
        return own
    if third:
        return ""
    return own if len(own) == 1 and own.isascii() else PLACES[scancode]  # held with Ctrl, or a dead key


def caption(name: str, types: Callable[[int], int]) -> str:
    """What stands on the key that is heard as `name` on the keyboard of this window: "Х" for "[" on a Russian one.

    `types` gives the code of what a key types by its scancode, 0 for nothing. The name itself where some key types it,
    or where its place types Latin letters and signs: then it is typed with Shift or AltGr, as its owners know.
    """
    code = next((types(scancode) for scancode, place in PLACES.items() if place == name), 0)
    letter = chr(code) if 0 < code < SPECIAL else ""
    foreign = letter.isalpha() and not latin(letter)
    return letter.upper() if foreign and all(types(scancode) != ord(name) for scancode in PLACES) else name


def latin(letter: str) -> bool:
    """Whether a character belongs to the Latin letters, accents and all; signs of other kinds do not."""
    return unicodedata.name(letter, "").startswith("LATIN")
