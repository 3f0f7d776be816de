"""Rows K about files: settings, counters and logs that are broken, cannot be written, or are cut off by a failure."""

import json
import os
import random
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from engine import settings
from engine.files import beside
from scenes.cli.settings import Settings
from scenes.kiosk.counters import DAMAGED, Counters
from scenes.kiosk.kiosk_file import KioskFileError, read
from scenes.kiosk.log_file import LogFile

from .ground import Ground, process
from .row import Row, need, on_posix
from .waiting import wait_until

NOON = datetime(2026, 11, 30, 12, 0)  # a Monday
KILLS = 20
SAVING = """
import sys
from pathlib import Path
from engine import settings
from scenes.cli.settings import Settings
path, number = Path(sys.argv[1]), int(sys.argv[3])
while number != int(sys.argv[2]):
    print(settings.save(Settings(theme='light' if number % 2 else 'dark', interval=1 + number % 500), path), flush=True)
    number += 1
"""
FULL = """
import resource, sys
from datetime import datetime
from pathlib import Path
from engine import settings
from scenes.cli.settings import Settings
from scenes.kiosk.counters import Counters
from scenes.kiosk.log_file import LogFile
folder, said = Path(sys.argv[1]), []
resource.setrlimit(resource.RLIMIT_FSIZE, (20, resource.RLIM_INFINITY))
saved = settings.save(Settings(theme='light'), folder / 'settings.json')
logged = LogFile(folder / 'a.log', datetime.now).say('a line that is longer than there is room for')
counted = Counters(folder / 'counters.json', said.append).add('a counter with a long name')
print(saved, logged, counted, len(said))
"""


def broken_settings(ground: Ground) -> str:
    """K5: broken settings."""
    good = json.dumps({"theme": "light", "interval": 300}).encode()
    spoiled = {"empty": b"", "cut": good[:-5], "binary": bytes(range(256)), "a list": b"[]", "null": b"null"}
    spoiled |= {"wrong types": b'{"theme": 7, "interval": "fast"}', "nested": b"[" * 60_000, "NaN": b'{"scale": NaN}'}
    path = ground.folder / "settings.json"
    for name, data in spoiled.items():
        path.write_bytes(data)
        said: list[str] = []
        need(settings.load(Settings, path, say=said.append) == Settings(), f"{name}: not the defaults")
        need(len(said) == 1 and "\n" not in said[0], f"{name}: {len(said)} lines are said")
        aside = path.with_suffix(".broken")
        need(aside.read_bytes() == data and not path.exists(), f"{name}: the old file is not kept")
    path.write_bytes(b'{"theme": "light", "of a later version": [1, 2]}')
    need(settings.load(Settings, path, say=print).theme == "light", "a later version's file is not read")
    need(settings.change(path, {"theme": "dark"}) and b"later version" in path.read_bytes(), "its keys are lost")
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    need(settings.load(Settings, path, say=lambda line: None) == Settings(), "100 MB are read")
    told = _broken_counters(ground.folder) + _broken_kiosk(ground.folder)
    return f"{len(spoiled) + 1} files: defaults, each kept aside, one line each; a later version's keys stay{told}"


def _broken_counters(folder: Path) -> str:
    path, said = folder / "counters.json", list[str]()
    path.write_bytes(b"[1")
    counters = Counters(path, said.append)
    need(counters.counts == {} and len(said) == 1, "broken counters are believed")
    need(path.with_name(path.name + DAMAGED).read_bytes() == b"[1", "broken counters are not kept")
    need(counters.add("starts") == 1, "it does not count again")
    return "; broken counters too"


def _broken_kiosk(folder: Path) -> str:
    path = folder / "kiosk.toml"
    for text in ("patience = ", "patience = 'long'\nnonsense = 1\n", "\x00"):
        path.write_text(text, encoding="utf-8")
        try:
            read(path)
            need(False, f"{text!r} is taken for an operator's file")
        except KioskFileError as why:
            need("kiosk.toml" in str(why), f"it says: {why}")
    return "; an operator's file is refused with its line"


def power_cut(ground: Ground) -> str:
    """K6: power cut while saving."""
    chance, path, saves = random.Random(7), ground.folder / "settings.json", 0
    settings.save(Settings(), path)
    for _ in range(KILLS):
        saving = process("-c", SAVING, str(path), "-1", str(chance.randint(0, 400)))
        try:
            assert saving.stdout
            for _ in range(chance.randint(1, 30)):
                need(saving.stdout.readline() == "True\n", "it cannot be saved")
                saves += 1
            time.sleep(chance.uniform(0, 0.005))
        finally:
            saving.kill()
            saving.communicate()
        told = json.loads(path.read_bytes())
        need(Settings(**told).checked(), "not what was saved")
    need(settings.load(Settings, path, say=print), "it cannot be read")
    left = [each.name for each in ground.folder.iterdir() if each != path]
    need(not left, f"left behind: {left}")
    return f"{KILLS} kills within {saves} saves and more: always whole, nothing left behind"


def full_disk(ground: Ground) -> str:
    """K7: disk full."""
    on_posix("a limit of the size of files")
    path = ground.folder / "settings.json"
    settings.save(Settings(theme="contrast"), path)
    before = path.read_bytes()
    run = process("-c", FULL, str(ground.folder))
    told, why = run.communicate(timeout=60)
    need(told.split() == ["False", "False", "1", "1"], f"saved, logged, counted, said: {told}{why[-300:]}")
    need(path.read_bytes() == before, "the old settings are gone")
    log = ground.folder / "a.log"
    need(not log.exists() or not log.read_bytes(), "half a line is in the log")
    full = Path("/dev/full")
    if full.exists():
        need(not LogFile(full, lambda: NOON).say("x"), "a line went into /dev/full")
    return "no room: nothing is raised, it is said once; the old settings are whole, no half line in the log"


def nowhere(ground: Ground) -> str:
    """K8: nowhere to write."""
    (ground.folder / "file").write_text("not a folder", encoding="utf-8")
    for home in (Path(os.devnull) / "home", ground.folder / "file" / "home"):
        said: list[str] = []
        path = home / "settings.json"
        need(settings.load(Settings, path, say=said.append) == Settings(), "not the defaults")
        need(not settings.save(Settings(), path) and len(said) <= 1, f"{len(said)} lines are said")
        need(not LogFile(home / "log", lambda: NOON).say("x"), "a line was written")
        counters = Counters(home / "counters.json", said.append)
        need([counters.add("starts") for _ in range(2)] == [1, 2], "it does not count")
    return "runs with the defaults; it counts, and neither settings nor log raise"


def log_flood(ground: Ground) -> str:
    """K10: log flood."""
    path = ground.folder / "log"
    log = LogFile(path, lambda: NOON, largest=100_000, kept=2)
    for _ in range(3600):
        log.say("KeyError: 'gone' (scene.py:12)")
    log.close()
    lines = path.read_text(encoding="utf-8").splitlines()
    need(
        len(lines) == 2 and "gone" in lines[0] and "3599 times more" in lines[1], f"3,600 errors are {len(lines)} lines"
    )
    for number in range(5000):
        log.say(f"error {number} " + "x" * 80)
    log.say("y" * 100_000 + "\n\x1b[31m")
    sizes = [each.stat().st_size for each in ground.folder.iterdir()]
    need(len(sizes) == 3 and max(sizes) <= 100_000, f"{len(sizes)} files, the largest has {max(sizes)} bytes")
    last = path.read_text(encoding="utf-8")
    need("\x1b" not in last and max(map(len, last.splitlines())) <= 2000, "a line of any length")
    return f"3,600 repeats are 2 lines, the first of them kept; 5,000 others stay within {len(sizes)} files of 100 KB"


def two_writers(ground: Ground) -> str:
    """K15: second copy."""
    with ground.backend() as one, ground.backend() as other:
        need(one.url != other.url, "two programs have one port")
    path = ground.folder / "settings.json"
    settings.save(Settings(), path)
    writers = [process("-c", SAVING, str(path), "100", "0") for _ in range(2)]
    looks = 0

    def over() -> bool:
        nonlocal looks
        Settings(**json.loads(path.read_bytes())).checked()
        looks += 1
        return all(each.poll() is not None for each in writers)

    try:
        wait_until(over, 60.0)
    finally:
        for each in writers:
            with suppress(ProcessLookupError):
                each.kill()
            told = each.communicate()[0]
            need(told.split() == ["True"] * 100, "not all could be saved")
    need(not beside(path).exists() and len(list(ground.folder.iterdir())) == 1, "something is left behind")
    return f"each has its own port; two that save 100 times each: whole in all {looks} looks"


ROWS = (
    Row("K5", "broken settings", "empty, cut, binary, other types, a later version, 100 MB", broken_settings),
    Row("K6", "power cut while saving", f"SIGKILL at {KILLS} random moments of saving", power_cut, slow=True),
    Row("K7", "disk full", "a limit of 20 bytes a file, /dev/full", full_disk),
    Row("K8", "nowhere to write", "homes below what is no folder", nowhere),
    Row("K10", "log flood", "3,600 equal errors, 5,000 others, a line of 100,000 letters", log_flood),
    Row("K15", "second copy", "two backends, two processes that save the same settings", two_writers, slow=True),
)
