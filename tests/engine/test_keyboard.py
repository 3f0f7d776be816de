"""What a key stands for, on keyboards of four languages: what it types decides, then its place; never AltGr's key."""

import pygame
import pytest

from engine.input import Input, Key
from engine.keyboard import PLACES, caption, latin
from engine.window import Window

SHIFT, CTRL, ALT, ALTGR = pygame.KMOD_LSHIFT, pygame.KMOD_LCTRL, pygame.KMOD_LALT, pygame.KMOD_RALT
NONE = pygame.KMOD_NONE
SCAN = {name: scancode for scancode, name in PLACES.items()}
CASES = [
    # what is said of the key; its code, place, what it types, modifiers; what it is called
    ("US t", pygame.K_t, "t", "t", NONE, "t"),
    ("US shift+/", pygame.K_SLASH, "/", "?", SHIFT, "?"),
    ("US [", pygame.K_LEFTBRACKET, "[", "[", NONE, "["),
    ("US ctrl+z", pygame.K_z, "z", "\x1a", CTRL, "z"),
    ("German z, where the US has y", pygame.K_z, "y", "z", NONE, "z"),
    ("German ctrl+z, there too", pygame.K_z, "y", "\x1a", CTRL, "z"),
    ("German shift+ß", 223, "-", "?", SHIFT, "?"),
    ("German AltGr+8", pygame.K_8, "8", "[", ALTGR, "["),
    ("German AltGr+8 of Windows", pygame.K_8, "8", "[", ALTGR | CTRL, "["),
    ("German AltGr+5 that makes nothing", pygame.K_5, "5", "", ALTGR, ""),
    ("German AltGr+e", pygame.K_e, "e", "€", ALTGR, "€"),
    ("German ö", 246, ";", "ö", NONE, "ö"),
    ("German +", pygame.K_PLUS, "]", "+", NONE, "+"),
    ("French shift+&", pygame.K_AMPERSAND, "1", "1", SHIFT, "1"),
    ("French &", pygame.K_AMPERSAND, "1", "&", NONE, "&"),
    ("French a, where the US has q", pygame.K_a, "q", "a", NONE, "a"),
    ("French ,", pygame.K_COMMA, "m", ",", NONE, ","),
    ("French AltGr+5", pygame.K_LEFTPAREN, "5", "[", ALTGR, "["),
    ("Russian е, where the US has t", 1077, "t", "е", NONE, "t"),
    ("Russian Е", 1077, "t", "Е", SHIFT, "t"),
    ("Russian х, where the US has [", 1093, "[", "х", NONE, "["),
    ("Russian ctrl+я", 1103, "z", "\x1a", CTRL, "z"),
    ("Russian shift+7", pygame.K_7, "7", "?", SHIFT, "?"),
    ("Russian ю, where the US has .", 1102, ".", "ю", NONE, "."),
    ("Greek τ", 964, "t", "τ", NONE, "t"),
    ("Hebrew א", 1488, "t", "א", NONE, "t"),
    ("alt+t", pygame.K_t, "t", "t", ALT, "t"),
]


@pytest.mark.parametrize(("told", "code", "place", "typed", "mod", "name"), CASES, ids=[case[0] for case in CASES])
def test_a_key_is_called_by_what_it_types_and_else_by_its_place(
    told: str, code: int, place: str, typed: str, mod: int, name: str, window: object
) -> None:
    event = pygame.event.Event(pygame.KEYDOWN, key=code, scancode=SCAN[place], unicode=typed, mod=mod)
    ctrl = bool(mod & CTRL) and not mod & ALTGR
    expected = [Key(name, shift=bool(mod & SHIFT), ctrl=ctrl)] if name else []
    assert list(Input().translate(event, (100, 100))) == expected


@pytest.mark.parametrize(
    ("code", "scancode", "typed", "name"),
    [
        (pygame.K_SPACE, pygame.KSCAN_SPACE, " ", "space"),
        (pygame.K_RETURN, pygame.KSCAN_RETURN, "\r", "return"),
        (pygame.K_ESCAPE, pygame.KSCAN_ESCAPE, "\x1b", "escape"),
        (pygame.K_F11, pygame.KSCAN_F11, "", "f11"),
        (pygame.K_LEFT, pygame.KSCAN_LEFT, "", "left"),
        (pygame.K_KP5, pygame.KSCAN_KP5, "5", "5"),
        (pygame.K_KP5, pygame.KSCAN_KP5, "", "[5]"),
        (pygame.K_LSHIFT, pygame.KSCAN_LSHIFT, "", "left shift"),
    ],
)
def test_keys_that_type_nothing_have_names_of_their_own(
    code: int, scancode: int, typed: str, name: str, window: object
) -> None:
    event = pygame.event.Event(pygame.KEYDOWN, key=code, scancode=scancode, unicode=typed, mod=NONE)
    assert list(Input().translate(event, (100, 100))) == [Key(name)]


RUSSIAN = {SCAN["t"]: "е", SCAN["["]: "х", SCAN["."]: "ю", SCAN["1"]: "1", SCAN["/"]: ".", SCAN["-"]: "-"}
GERMAN = {SCAN["z"]: "y", SCAN["y"]: "z", SCAN["["]: "ü", SCAN["t"]: "t"}


@pytest.mark.parametrize(
    ("keyboard", "name", "stands"),
    [
        (RUSSIAN, "t", "Е"),
        (RUSSIAN, "[", "Х"),
        (RUSSIAN, ".", "."),  # some key types it
        (RUSSIAN, "1", "1"),
        (RUSSIAN, "-", "-"),
        (RUSSIAN, "?", "?"),
        (GERMAN, "z", "z"),
        (GERMAN, "[", "["),  # AltGr and 8
        (GERMAN, "escape", "escape"),
    ],
)
def test_the_help_shows_what_stands_on_the_keys_of_this_keyboard(
    keyboard: dict[int, str], name: str, stands: str
) -> None:
    assert caption(name, lambda scancode: ord(keyboard.get(scancode, "\0"))) == stands


def test_a_window_knows_its_keyboard(window: Window) -> None:
    assert [window.caption(name) for name in ("t", "[", "space", "ctrl+z", "?")] == ["t", "[", "space", "ctrl+z", "?"]


def test_letters_with_accents_are_latin_and_signs_are_not() -> None:
    assert all(map(latin, "aZöñŁ")) and not any(map(latin, "яτא5€"))
