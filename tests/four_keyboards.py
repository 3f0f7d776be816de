"""Proof, by hand: the keys of four keyboards, pressed in a real window of X11 and heard as they should be.

    .venv/bin/python tests/four_keyboards.py

Needs Xvfb, setxkbmap and xdotool (Debian: apt install xvfb x11-xkb-utils xdotool). Keys are pressed by their place, as
a finger does; what stands on them is the layout's business.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DISPLAY = ":93"
ALTGR, SHIFT, CTRL = "108", "50", "37"  # keycodes
KEYS = {  # layout: (held, keycode, what it is called); the place of each as a keyboard of the United States names it
    "us": [
        ("", "28", "t"),
        ("", "34", "["),
        ("", "35", "]"),
        (SHIFT, "61", "?"),
        (CTRL, "52", "ctrl+z"),
        ("", "14", "5"),
    ],
    "de": [
        ("", "29", "z"),  # on y
        ("", "52", "y"),  # on z
        (CTRL, "29", "ctrl+z"),
        (SHIFT, "20", "?"),  # on -
        (ALTGR, "17", "["),  # on 8
        (ALTGR, "18", "]"),  # on 9
        (ALTGR, "14", "½"),  # on 5
        (ALTGR, "26", "€"),  # on e
    ],
    "fr": [
        ("", "24", "a"),  # on q
        ("", "38", "q"),  # on a
        (CTRL, "25", "ctrl+z"),  # on w
        (SHIFT, "58", "?"),  # on m
        (ALTGR, "14", "["),  # on 5
        (ALTGR, "20", "]"),  # on -
        (SHIFT, "14", "5"),
        ("", "47", "m"),  # on ;
    ],
    "ru": [
        ("", "28", "t"),  # е on t
        ("", "33", "p"),  # з on p
        ("", "34", "["),  # х on [
        ("", "35", "]"),  # ъ on ]
        (SHIFT, "16", "?"),  # on 7
        (CTRL, "52", "ctrl+z"),  # я on z
        ("", "14", "5"),
    ],
}
HELP = {"us": "t y z [ ,", "de": "t y z [ ,", "fr": "t y z [ ,", "ru": "Е Н Я Х Б"}  # what the help calls t y z [ ,
LISTEN = """
import sys, time
from engine.input import Key
from engine.window import Window
window = Window((320, 200), title="keys")
print("ready", *map(window.caption, "tyz[,"), flush=True)
while True:
    for event in window.events():
        if isinstance(event, Key) and not event.name.startswith(("left ", "right ", "alt", "mode")):
            print(("ctrl+" if event.ctrl else "") + event.name, flush=True)
    time.sleep(0.005)
"""


def main() -> int:
    """Press every key of every layout, and tell what was heard; 1 if anything else was."""
    environment = {**os.environ, "DISPLAY": DISPLAY, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    wrong = count = 0
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "640x480x24", "-noreset"], stderr=subprocess.DEVNULL)
    try:
        _until_open(environment)
        for layout, keys in KEYS.items():
            subprocess.run(["setxkbmap", layout], env=environment, check=True)
            heard = _press(keys, environment)
            due = [*HELP[layout].split(), *(name for _, _, name in keys)]
            wrong, count = wrong + (heard != due), count + len(keys)
            print(f"{layout}: {' '.join(heard)}" + ("" if heard == due else f"   should be: {' '.join(due)}"))
    finally:
        server.terminate()
    print(f"{count} keys of {len(KEYS)} keyboards, {wrong} keyboards heard wrongly")
    return bool(wrong)


def _until_open(environment: dict[str, str]) -> None:
    for _ in range(100):
        if subprocess.run(["xdotool", "getmouselocation"], env=environment, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("Xvfb does not answer.")


def _press(keys: list[tuple[str, str, str]], environment: dict[str, str]) -> list[str]:
    """What a window that opens now calls five keys in its help, and what it hears of these."""
    listener = subprocess.Popen(
        [sys.executable, "-c", LISTEN], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert listener.stdout is not None
    words = [""]
    while words[0] != "ready":
        words = listener.stdout.readline().split() or [""]
    subprocess.run(["xdotool", "mousemove", "100", "100"], env=environment, check=True)
    time.sleep(0.5)
    for held, code, _ in keys:
        steps = [*(["keydown", held] if held else []), "key", code, *(["keyup", held] if held else [])]
        subprocess.run(["xdotool", *steps], env=environment, check=True)
        time.sleep(0.1)
    time.sleep(0.3)
    listener.kill()  # SDL would make an event of a milder signal
    return [*words[1:], *listener.stdout.read().split()]


if __name__ == "__main__":
    sys.exit(main())
